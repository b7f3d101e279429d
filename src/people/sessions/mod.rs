//! Who is signed in where. Asked on every request, so kept in memory, and written beside for the next start.

mod store;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};

use super::{People, Person, Role};
use crate::db::{Db, Urgency};
use crate::error::Result;
use crate::ids::{ClassId, ClientId, StudentId, random_bytes};
use crate::journal::{Draft, EntryKind, Journal};
use crate::web::Caller;

/// The SHA-256 of a session's token.
pub(super) type Hash = [u8; 32];

/// A student who comes back the next day picks their face anew.
const STUDENT_LASTS: Duration = Duration::from_secs(14 * 60 * 60);
/// A teacher's own phone stays signed in over the holidays.
const STAFF_LASTS: Duration = Duration::from_secs(90 * 24 * 60 * 60);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Session {
    pub(super) person: Person,
    /// The tablet.
    pub(super) client: Option<ClientId>,
}

/// The body of a `SESSION` entry: a student signed in or out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SessionEntry {
    /// Who.
    #[n(0)]
    pub student: StudentId,
    /// Their class at that time, if they had one.
    #[n(1)]
    pub class: Option<ClassId>,
    /// In or out.
    #[n(2)]
    pub opened: bool,
}

/// Where somebody signs in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Device {
    /// The name that the browser keeps for itself.
    pub(super) client: Option<ClientId>,
    /// The session that the browser held until now; it ends.
    pub(super) former: Option<Hash>,
}

/// All sessions.
pub(super) struct Sessions {
    local: Arc<Db>,
    open: RwLock<HashMap<Hash, Session>>,
}

pub(super) fn hash(token: &[u8; 32]) -> Hash {
    Sha256::digest(token).into()
}

impl Sessions {
    /// Reads the sessions that the restart left. The length of a session is looked at only here: a box that learns the
    /// date in the middle of a lesson must not throw the class out.
    pub(super) fn open(local: Arc<Db>, now: u64) -> Result<Self> {
        let before =
            |lasts: Duration| now.saturating_sub(u64::try_from(lasts.as_millis()).unwrap_or(u64::MAX));
        let (students, staff) = (before(STUDENT_LASTS), before(STAFF_LASTS));
        let open = local.write_blocking(Urgency::Now, move |connection| {
            store::delete_old(connection, students, staff)?;
            store::load(connection)
        })?;
        Ok(Self { local, open: RwLock::new(open) })
    }

    pub(super) fn get(&self, hash: &Hash) -> Option<Session> {
        self.open.read().unwrap_or_else(PoisonError::into_inner).get(hash).copied()
    }

    pub(super) fn students(&self) -> HashSet<StudentId> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        open.values().filter_map(|session| session.person.student()).collect()
    }

    /// Takes out the sessions that `ends` picks and puts in `begins`, in one step; answers what was taken out.
    fn swap(
        &self,
        ends: impl Fn(&Hash, &Session) -> bool,
        begins: Option<(Hash, Session)>,
    ) -> Vec<(Hash, Session)> {
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        let ended = open.extract_if(|hash, session| ends(hash, session)).collect();
        open.extend(begins);
        ended
    }

    async fn keep(&self, ended: &[(Hash, Session)], begun: Option<(Hash, Session)>, now: u64) {
        let ended: Vec<Hash> = ended.iter().map(|(hash, _)| *hash).collect();
        let kept = self.local.write(Urgency::Now, move |connection| {
            store::delete(connection, &ended)?;
            begun.map_or(Ok(()), |(hash, session)| store::insert(connection, &hash, &session, now))
        });
        if let Err(error) = kept.await {
            // On a full or failing disk a lesson goes on; only the next start will ask for a sign-in again.
            tracing::warn!(%error, "a session is not kept over a restart");
        }
    }
}

impl People {
    /// The students who are signed in, of one class.
    pub fn signed_in(&self, class: ClassId) -> HashSet<StudentId> {
        let directory = self.directory();
        let mut students = self.sessions.students();
        students
            .retain(|student| directory.class(class).is_some_and(|class| class.students.contains(student)));
        students
    }

    /// Whether the session that a request came with is still open: for answers that outlive their request.
    pub fn is_signed_in(&self, caller: &Caller) -> bool {
        self.sessions.get(&caller.session).is_some()
    }

    /// Whose session a token opens, with the role they have now.
    pub(super) fn who_calls(&self, token: &[u8; 32]) -> Option<(Person, Role, Hash)> {
        let hash = hash(token);
        let person = self.sessions.get(&hash)?.person;
        Some((person, self.role_of(person)?, hash))
    }

    /// Begins a session and answers its token. Whoever was signed in on that browser is signed out; on a tablet there is
    /// one student at a time.
    pub(super) async fn begin_session(&self, person: Person, device: Device) -> Result<[u8; 32]> {
        let token = random_bytes()?;
        let begun = (hash(&token), Session { person, client: device.client });
        let on_this_tablet = |session: &Session| {
            person.student().is_some()
                && session.person.student().is_some()
                && session.client.is_some()
                && session.client == device.client
        };
        let ended = self
            .sessions
            .swap(|hash, session| device.former == Some(*hash) || on_this_tablet(session), Some(begun));
        self.follow(&ended, Some(begun)).await;
        Ok(token)
    }

    /// Ends one session.
    pub(super) async fn end_session(&self, ends: Hash) {
        let ended = self.sessions.swap(|hash, _| *hash == ends, None);
        self.follow(&ended, None).await;
    }

    /// Ends all sessions of a person but one.
    pub(super) async fn end_sessions_of(&self, person: Person, but: Option<Hash>) {
        let ended = self.sessions.swap(|hash, session| session.person == person && Some(*hash) != but, None);
        self.follow(&ended, None).await;
    }

    /// Writes down that a student is here who holds no session of their own: they work on a classmate's tablet.
    pub(super) async fn note_arrival(&self, student: StudentId) {
        let class = self.directory().classes_of_student(student).first().map(|class| class.id);
        append_soon(&self.journal, vec![SessionEntry { student, class, opened: true }]).await;
    }

    /// Tells everybody who must know: the journal, and the file for the next start.
    async fn follow(&self, ended: &[(Hash, Session)], begun: Option<(Hash, Session)>) {
        let directory = self.directory();
        let entry = |session: &Session, opened| {
            let student = session.person.student()?;
            let class = directory.classes_of_student(student).first().map(|class| class.id);
            Some(SessionEntry { student, class, opened })
        };
        let out = ended.iter().filter_map(|(_, session)| entry(session, false));
        let entries: Vec<_> =
            out.chain(begun.iter().filter_map(|(_, session)| entry(session, true))).collect();
        append_soon(&self.journal, entries).await;
        self.sessions.keep(ended, begun, self.now()).await;
    }
}

/// Hands entries to the writer in this order, and lets nobody wait for their commit: the session itself is kept beside.
async fn append_soon(journal: &Arc<Journal>, entries: Vec<SessionEntry>) {
    if entries.is_empty() {
        return;
    }
    let journal = journal.clone();
    let mut write = Box::pin(async move {
        let written = journal.write(Urgency::Soon, move |stage| {
            entries.iter().try_for_each(|entry| stage.append(Draft::new(EntryKind::SESSION, entry)).map(drop))
        });
        if let Err(error) = written.await {
            tracing::warn!(%error, "a sign-in is missing from the journal");
        }
    });
    // The first poll puts the entries into the writer's queue; what follows them comes later.
    tokio::select! {
        biased;
        () = &mut write => {}
        () = std::future::ready(()) => drop(tokio::spawn(write)),
    }
}
