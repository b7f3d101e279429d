//! The people of the school: students, classes, staff, and how each of them signs in.
//!
//! Who there is, is edits in the journal; the tables made of them are small and held in memory as a [`Directory`], so
//! that every request can ask who may see what. Sessions, wrong tries and waiting requests are this box's own business
//! and stay out of the journal; that a student came or went is an entry.
//!
//! A student's three pictures, badge and ticket are not stored anywhere: they follow from the school's secret.

mod directory;
mod roster;
mod rules;
mod school;
mod sessions;
mod sign_in;
mod staff;
mod store;
mod throttle;

pub mod routes;

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tokio::sync::{Semaphore, broadcast};

pub use crate::web::Role;
pub use directory::{Class, Directory, School, Staff, Student};
pub use roster::NewStudent;
pub use routes::Me;
pub use school::SetUp;
pub use sessions::SessionEntry;
pub use sign_in::Asking;

use crate::db::Db;
use crate::error::{Error, Result};
use crate::files::DataDir;
use crate::ids::{ClassId, StaffId, StudentId};
use crate::journal::{Edit, Entry, EntryKind, Journal, View};
pub use rules::LANGUAGES;
use rules::{Verdict, Wish};
use sessions::Sessions;
use sign_in::{Asks, Secret};
use throttle::Throttle;

/// So many photos at once are more than a class shows; the others try again in a moment.
const PHOTOS_COMING: usize = 6;

/// A student or a staff member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Person {
    /// Learns.
    Student(StudentId),
    /// Teaches, helps, leads or looks after the box.
    Staff(StaffId),
}

impl Person {
    fn student(self) -> Option<StudentId> {
        if let Self::Student(id) = self { Some(id) } else { None }
    }
}

/// What this box tells of itself beside the school.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The port of the packs origin, on the same host.
    pub packs_port: u16,
    /// Whether this is a throw-away sample school.
    pub sample: bool,
    /// What the first page offers.
    pub offer: Offer,
}

/// What is filled in on the first page of a box that belongs to no school yet; people can write something else there.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    /// The school's name; may be empty.
    pub school: String,
    /// One of [`LANGUAGES`]; anything else is taken for English.
    pub language: String,
}

/// All that concerns people.
pub struct People {
    journal: Arc<Journal>,
    local: Arc<Db>,
    facts: Facts,
    secret: RwLock<Secret>,
    directory: RwLock<Arc<Directory>>,
    tail: Mutex<Tail>,
    sessions: Sessions,
    throttle: Throttle,
    /// One password at a time: each takes 19 MiB and most of a core.
    hashing: Arc<Semaphore>,
    /// One photo at a time: each takes tens of megabytes.
    photos: Arc<Semaphore>,
    /// A few photos on their way, or waiting for their turn: each may have twelve megabytes.
    photos_coming: Semaphore,
    asks: Asks,
    setup_code: Mutex<Option<String>>,
}

/// The view that the journal must keep for [`People`].
pub fn view() -> Box<dyn View> {
    Box::new(store::PeopleView)
}

impl People {
    /// Reads who there is and who is signed in. The journal must have been opened with [`view`].
    ///
    /// # Errors
    /// When a database or the school's secret can't be read.
    pub fn open(journal: Arc<Journal>, local: Arc<Db>, data: &DataDir, facts: Facts) -> Result<Self> {
        let now = journal.clock().now().wall;
        let tail = Mutex::new(Tail { entries: journal.subscribe(), stale: false });
        let directory = journal.read_blocking(store::load_directory)?;
        let setup_code = school::load_setup_code(&local, directory.school().is_some())?;
        Ok(Self {
            sessions: Sessions::open(local.clone(), now)?,
            throttle: Throttle::open(local.clone(), now)?,
            directory: RwLock::new(Arc::new(directory)),
            tail,
            facts,
            secret: RwLock::new(Secret(data.secret("school.secret")?)),
            hashing: Arc::new(Semaphore::new(1)),
            photos: Arc::new(Semaphore::new(1)),
            photos_coming: Semaphore::new(PHOTOS_COMING),
            asks: Asks::default(),
            setup_code: Mutex::new(setup_code),
            journal,
            local,
        })
    }

    fn secret(&self) -> Secret {
        *self.secret.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// What pictures, badges and tickets follow from, for another box of the school.
    pub fn secret_bytes(&self) -> [u8; 32] {
        self.secret().0
    }

    /// Takes over the secret of the school that this box now belongs to; whoever joins has put it into the data directory.
    pub fn adopt_secret(&self, secret: [u8; 32]) {
        *self.secret.write().unwrap_or_else(PoisonError::into_inner) = Secret(secret);
    }

    /// Everybody who is not gone, with every edit that was answered.
    pub fn directory(&self) -> Arc<Directory> {
        // Held while reading, so that nobody goes on with the former list after an edit of their own.
        let mut tail = self.tail.lock().unwrap_or_else(PoisonError::into_inner);
        if tail.is_stale() {
            match self.journal.read_blocking(store::load_directory) {
                Ok(fresh) => {
                    *self.directory.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(fresh);
                    tail.stale = false;
                }
                Err(error) => tracing::error!(%error, "the list of people can't be read"),
            }
        }
        self.directory.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The class, if that person may see it.
    ///
    /// # Errors
    /// `people.not-allowed`; `people.class-unknown` where they may not even know of it.
    pub fn class_seen_by(&self, who: Person, class: ClassId) -> Result<Class> {
        self.class_for(who, class, Wish::See)
    }

    /// The class, if that person may change it.
    ///
    /// # Errors
    /// As [`People::class_seen_by`].
    pub fn class_changed_by(&self, who: Person, class: ClassId) -> Result<Class> {
        self.class_for(who, class, Wish::Change)
    }

    /// The student, if that person is one of their staff, or is that student.
    ///
    /// # Errors
    /// `people.not-allowed`; `people.student-unknown` where they may not even know of them.
    pub fn student_seen_by(&self, who: Person, student: StudentId) -> Result<Student> {
        if who == Person::Student(student) {
            return self.directory().student(student).cloned().ok_or_else(student_unknown);
        }
        self.student_for(who, student, Wish::See)
    }

    /// The student, if that person is one of their teachers.
    ///
    /// # Errors
    /// As [`People::student_seen_by`].
    pub fn student_changed_by(&self, who: Person, student: StudentId) -> Result<Student> {
        self.student_for(who, student, Wish::Change)
    }

    /// The role that somebody has now; none when they are gone.
    pub fn role_of(&self, who: Person) -> Option<Role> {
        let directory = self.directory();
        match who {
            Person::Student(id) => directory.student(id).map(|_| Role::Student),
            Person::Staff(id) => directory.staff_member(id).map(|member| member.role),
        }
    }

    fn class_for(&self, who: Person, class: ClassId, wish: Wish) -> Result<Class> {
        let role = self.role_of(who).ok_or_else(Error::sign_in_needed)?;
        let directory = self.directory();
        let class = directory.class(class);
        let own = class.is_some_and(|class| is_staff_of(class, who));
        granted(rules::judge(role, own, wish), class, class_unknown)
    }

    fn student_for(&self, who: Person, student: StudentId, wish: Wish) -> Result<Student> {
        let role = self.role_of(who).ok_or_else(Error::sign_in_needed)?;
        let directory = self.directory();
        let own = directory.classes_of_student(student).iter().any(|class| is_staff_of(class, who));
        granted(rules::judge(role, own, wish), directory.student(student), student_unknown)
    }

    fn now(&self) -> u64 {
        self.journal.clock().now().wall
    }
}

fn granted<T: Clone>(verdict: Verdict, found: Option<&T>, unknown: fn() -> Error) -> Result<T> {
    match verdict {
        Verdict::Granted => found.cloned().ok_or_else(unknown),
        Verdict::Refused => Err(Error::forbidden()),
        Verdict::Hidden => Err(unknown()),
    }
}

fn is_staff_of(class: &Class, who: Person) -> bool {
    matches!(who, Person::Staff(id) if class.staff.contains(&id))
}

fn class_unknown() -> Error {
    Error::not_found("people.class-unknown", "There is no such class.")
}

fn student_unknown() -> Error {
    Error::not_found("people.student-unknown", "There is no such student.")
}

/// A name fit to be kept.
fn name(text: &str) -> Result<String> {
    rules::clean_name(text).map_err(|problem| Error::invalid(problem.code(), problem.sentence()))
}

/// Does heavy work off the runtime's threads, when its turn comes.
async fn one_at_a_time<T: Send + 'static>(
    turns: &Arc<Semaphore>,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let turn = turns.clone().acquire_owned().await;
    let turn = turn.map_err(|e| Error::internal("No turn came.").caused_by(e))?;
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        work()
    })
    .await
    .map_err(|e| Error::internal("Heavy work broke off.").caused_by(e))?
}

/// Tells when the directory is out of date.
struct Tail {
    entries: broadcast::Receiver<Arc<[Entry]>>,
    stale: bool,
}

impl Tail {
    /// Looks through what was committed since the last time.
    fn is_stale(&mut self) -> bool {
        use broadcast::error::TryRecvError;
        loop {
            match self.entries.try_recv() {
                Ok(group) => self.stale |= group.iter().any(is_about_people),
                Err(TryRecvError::Lagged(_)) => self.stale = true,
                Err(TryRecvError::Empty | TryRecvError::Closed) => return self.stale,
            }
        }
    }
}

fn is_about_people(entry: &Entry) -> bool {
    entry.kind == EntryKind::SET
        && entry.read::<Edit>().is_none_or(|edit| store::ENTITIES.contains(&edit.entity.as_str()))
}

#[cfg(test)]
mod tests;
