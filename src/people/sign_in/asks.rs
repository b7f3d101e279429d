//! Requests to be let in that wait for a teacher. In memory: whoever still waits after a restart asks again.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast;

use crate::error::{Error, Result};
use crate::ids::{AskId, ClassId, ClientId, StudentId};
use crate::people::sessions::Device;
use crate::people::{People, Person, student_unknown};

/// Nobody waits longer, in milliseconds: the lesson has begun.
const LASTS: u64 = 10 * 60 * 1_000;
/// More tablets than this do not wait at once.
const MOST: usize = 200;
/// Changes that a slow listener may lag behind before it must look at the whole again.
const LAG: usize = 64;

/// A student who asks to be let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asking {
    /// Names the request.
    pub ask: AskId,
    /// Who.
    pub student: StudentId,
    /// Since when, in milliseconds since 1970.
    pub at: u64,
}

#[derive(Clone, Copy)]
struct Ask {
    student: StudentId,
    client: ClientId,
    at: u64,
    answer: Option<bool>,
}

pub(in crate::people) struct Asks {
    open: Mutex<HashMap<AskId, Ask>>,
    changes: broadcast::Sender<StudentId>,
}

impl Default for Asks {
    fn default() -> Self {
        Self { open: Mutex::default(), changes: broadcast::Sender::new(LAG) }
    }
}

/// How a request stands.
pub(super) enum Answered {
    Waiting,
    Refused,
    /// Nobody knows of it any more.
    Gone,
    /// Let in: the student, and the new session's token. Told once.
    Allowed(StudentId, [u8; 32]),
}

impl Asks {
    fn open(&self, now: u64) -> MutexGuard<'_, HashMap<AskId, Ask>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, ask| {
            // Asked while the clock stood in the future.
            ask.at = ask.at.min(now);
            now - ask.at < LASTS
        });
        open
    }

    fn tell(&self, student: StudentId) {
        // Nobody may be listening.
        let _ = self.changes.send(student);
    }
}

impl People {
    /// The students of a class who wait for somebody to let them in, oldest first.
    pub fn asking(&self, class: ClassId) -> Vec<Asking> {
        let directory = self.directory();
        let Some(class) = directory.class(class) else { return Vec::new() };
        let open = self.asks.open(self.now());
        let mut asking: Vec<Asking> = open
            .iter()
            .filter(|(_, ask)| ask.answer.is_none() && class.students.contains(&ask.student))
            .map(|(id, ask)| Asking { ask: *id, student: ask.student, at: ask.at })
            .collect();
        asking.sort_by_key(|asking| (asking.at, asking.ask));
        asking
    }

    /// Tells whose request came or was answered.
    pub fn ask_changes(&self) -> broadcast::Receiver<StudentId> {
        self.asks.changes.subscribe()
    }

    /// Asks to be let in as that student; a tablet asks for one student at a time.
    pub(super) fn ask(&self, student: StudentId, client: ClientId) -> Result<AskId> {
        self.directory().student(student).ok_or_else(student_unknown)?;
        let id = AskId::random()?;
        let now = self.now();
        {
            let mut open = self.asks.open(now);
            open.retain(|_, ask| ask.client != client);
            if open.len() >= MOST {
                return Err(Error::new(
                    crate::error::Kind::TooMany,
                    "people.too-many-asks",
                    "Too many students are asking at once. Go to your teacher.",
                ));
            }
            open.insert(id, Ask { student, client, at: now, answer: None });
        }
        self.asks.tell(student);
        Ok(id)
    }

    /// How a request stands; whoever was let in is signed in by this.
    pub(super) async fn hear_answer(&self, id: AskId, former: Device) -> Result<Answered> {
        let ask = {
            let mut open = self.asks.open(self.now());
            match open.get(&id).copied() {
                None => return Ok(Answered::Gone),
                Some(Ask { answer: None, .. }) => return Ok(Answered::Waiting),
                Some(Ask { answer: Some(false), .. }) => return Ok(Answered::Refused),
                Some(ask) => {
                    open.remove(&id);
                    ask
                }
            }
        };
        self.clear_pictures(ask.student, ask.client).await;
        let device = Device { client: Some(ask.client), ..former };
        let token = self.begin_session(Person::Student(ask.student), device).await?;
        Ok(Answered::Allowed(ask.student, token))
    }

    /// Lets a student in, or not.
    ///
    /// # Errors
    /// `people.ask-gone`; as for a student of another class when `who` is not of their staff.
    pub(super) fn answer_ask(&self, who: Person, id: AskId, allow: bool) -> Result<()> {
        let gone = || Error::not_found("people.ask-gone", "This student is not waiting any more.");
        let now = self.now();
        let student = self.asks.open(now).get(&id).map(|ask| ask.student).ok_or_else(gone)?;
        self.student_seen_by(who, student)?;
        self.asks.open(now).get_mut(&id).ok_or_else(gone)?.answer = Some(allow);
        self.asks.tell(student);
        Ok(())
    }
}
