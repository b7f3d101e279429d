//! What somebody asked the library to do, from the tap to its end.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

use serde::Serialize;
use utoipa::ToSchema;

use super::facts::{Identity, Trouble};
use super::patient::Flag;
use super::rules::{Accepted, Consent};
use crate::error::{Error, Kind, Result};
use crate::ids::{StaffId, random_bytes, to_hex};
use crate::lint::Verdict;
use crate::packs::{Draft, Manifest, Source, Step, Tree, Watch};
use crate::web::Stopping;

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Task {
    /// Something that lies on a stick becomes a course of the school.
    Install(Identity),
    /// A course that was written here is put on the shelf.
    Shelve {
        /// The pack's id.
        course: String,
        /// Its files.
        made: Made,
    },
    /// A pack comes from the district or from another box of the school.
    Fetch {
        /// The pack's id.
        course: String,
        /// Of its file.
        sha256: [u8; 32],
        /// Where it lies.
        from: Distant,
    },
    /// A course is copied to a stick.
    Export {
        /// The pack's id.
        course: String,
        /// The stick's.
        stick: String,
    },
    /// A course is taken off the box.
    Remove {
        /// The pack's id.
        course: String,
    },
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum JobState {
    /// Others come first.
    Waiting,
    /// Bytes are on their way.
    Copying,
    /// It is looked over.
    Checking,
    /// Somebody must say yes to something.
    Asking,
    /// Its stick is away.
    Paused,
    /// It is done.
    Done,
    /// It can't be done.
    Failed,
    /// Somebody called it off.
    Cancelled,
}

/// The files of a pack that was made on this box.
#[derive(Clone)]
pub(super) struct Made(pub(super) Arc<dyn Tree>);

impl PartialEq for Made {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Made {}

impl fmt::Debug for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Made")
    }
}

/// The bytes of a pack that lies somewhere else.
#[derive(Clone)]
pub(super) struct Distant(pub(super) Arc<dyn Source>);

impl PartialEq for Distant {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Distant {}

impl fmt::Debug for Distant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Distant")
    }
}

impl JobState {
    /// Whether nothing happens to it any more.
    pub(super) fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }

    /// Whether it is the one that is worked on.
    pub(super) fn is_under_way(self) -> bool {
        matches!(self, Self::Copying | Self::Checking)
    }
}

/// What a job is about, as people call it.
#[derive(Clone, Debug)]
pub(super) enum Name {
    /// A pack's titles.
    Of(Arc<Manifest>),
    /// The best that there is.
    Plain(String),
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    /// The pack's id.
    pub(super) course: String,
    pub(super) version: String,
    /// The name of what was written to a stick.
    pub(super) file: Option<String>,
}

/// A pack on the box's own disk that waits for a yes.
pub(super) struct Ready {
    pub(super) draft: Draft,
    pub(super) verdict: Arc<Verdict>,
    /// The upload that it was made of.
    pub(super) upload: Option<PathBuf>,
}

/// One job.
pub(super) struct Job {
    pub(super) id: String,
    pub(super) task: Task,
    pub(super) name: Name,
    pub(super) state: JobState,
    /// Who asked for it; nobody for what a box brings by itself.
    pub(super) by: Option<StaffId>,
    pub(super) accepted: Accepted,
    /// What is asked.
    pub(super) wanted: Vec<Consent>,
    pub(super) progress: Arc<Progress>,
    /// Raised to call it off.
    pub(super) off: Flag,
    pub(super) trouble: Option<Trouble>,
    pub(super) verdict: Option<Arc<Verdict>>,
    pub(super) ready: Option<Ready>,
    pub(super) outcome: Option<Outcome>,
}

impl Job {
    /// A job that waits for its turn.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub(super) fn new(task: Task, name: Name, by: Option<StaffId>, accepted: Accepted) -> Result<Self> {
        Ok(Self {
            id: to_hex(&random_bytes::<8>()?),
            task,
            name,
            state: JobState::Waiting,
            by,
            accepted,
            wanted: Vec::new(),
            progress: Arc::default(),
            off: Flag::default(),
            trouble: None,
            verdict: None,
            ready: None,
            outcome: None,
        })
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job")
            .field("id", &self.id)
            .field("task", &self.task)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// How far the work is, written by the one who does it and read by all who look on.
#[derive(Debug, Default)]
pub(super) struct Progress {
    step: AtomicU8,
    done: AtomicU64,
    of: AtomicU64,
}

const CHECKING: u8 = 1;

impl Progress {
    pub(super) fn set(&self, step: Step, done: u64, of: u64) {
        self.step.store(if step == Step::Checking { CHECKING } else { 0 }, Ordering::Relaxed);
        self.of.store(of, Ordering::Relaxed);
        self.done.store(done.min(of), Ordering::Relaxed);
    }

    /// The state of a job under way, and how far it is.
    pub(super) fn get(&self) -> (JobState, u64, u64) {
        let is_checking = self.step.load(Ordering::Relaxed) == CHECKING;
        let state = if is_checking { JobState::Checking } else { JobState::Copying };
        (state, self.done.load(Ordering::Relaxed), self.of.load(Ordering::Relaxed))
    }
}

/// Follows work and stops it when nobody wants it any more.
pub(super) struct Follow {
    pub(super) progress: Arc<Progress>,
    pub(super) off: Flag,
    pub(super) stopping: Stopping,
}

impl Watch for Follow {
    fn at(&self, step: Step, done: u64, of: u64) -> Result<()> {
        self.progress.set(step, done, of);
        if self.off.is_up() {
            return Err(called_off());
        }
        if self.stopping.is_called() {
            let sentence = "The box is being switched off. Try again in a moment.";
            return Err(Error::new(Kind::Unavailable, "box.stopping", sentence));
        }
        Ok(())
    }
}

/// Somebody called it off; nobody is told what they know.
pub(super) fn called_off() -> Error {
    Error::new(Kind::Conflict, "library.cancelled", "It was called off. Nothing was changed.")
}
