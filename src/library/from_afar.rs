//! Packs that come without a stick: from the district, or from another box of the school.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Library;
use super::jobs::{Distant, Job, JobState, Name, Task};
use super::rules::Accepted;
use crate::error::{Error, Result};
use crate::ids::StreamId;
use crate::packs::serve::Loose;
use crate::packs::{HeldPack, Source, shelves};

/// A pack that lies somewhere else.
pub struct FromAfar {
    /// Its id.
    pub course: String,
    /// What it is called.
    pub title: String,
    /// What its file must be.
    pub sha256: [u8; 32],
    /// Bytes of it.
    pub bytes: u64,
    /// Its bytes.
    pub source: Arc<dyn Source>,
}

impl Library {
    /// What every box of the school has or has had.
    ///
    /// # Errors
    /// When the journal can't be read.
    pub async fn shelves_of_boxes(&self) -> Result<BTreeMap<StreamId, Vec<HeldPack>>> {
        self.journal.read(shelves).await
    }

    /// The file of an installed pack whose SHA-256 is that, in hexadecimal digits, for another box of the school.
    ///
    /// # Errors
    /// `pack.unknown`; `pack.licence-unknown` where nobody may pass it on.
    pub fn file_named(&self, hash: &str) -> Result<Loose> {
        let installed = self.packs.installed();
        let found = installed.iter().find(|pack| pack.course.hash == hash);
        let found = found.ok_or_else(|| Error::not_found("pack.unknown", "This box has no such pack."))?;
        self.installer.file(&found.course.id)
    }

    /// Begins to bring a pack, without anybody asking for it; the school trusts whoever offers it. One that is on its way, was refused or
    /// called off is not begun again before the box starts anew; one whose line broke is gone on with. Answers whether it was begun.
    ///
    /// # Errors
    /// `library.no-room`.
    pub fn fetch(self: &Arc<Self>, pack: FromAfar) -> Result<bool> {
        let FromAfar { course, title, sha256, bytes, source } = pack;
        {
            let mut state = self.state();
            let is_same =
                |job: &Job| matches!(&job.task, Task::Fetch { sha256: other, .. } if *other == sha256);
            if let Some(at) = state.jobs.iter().position(is_same) {
                if !was_cut_off(&state.jobs[at]) {
                    return Ok(false);
                }
                state.jobs.remove(at);
            }
        }
        self.demand_room(bytes)?;
        let accepted = Accepted { unsigned: true, ..Accepted::default() };
        let task = Task::Fetch { course, sha256, from: Distant(source) };
        let job = Job::new(task, Name::Plain(title), None, accepted)?;
        self.state().put_job(job);
        self.kick();
        Ok(true)
    }
}

/// Whether a job ended because its line or the box did.
fn was_cut_off(job: &Job) -> bool {
    let code = job.trouble.as_ref().map(|trouble| trouble.code);
    job.state == JobState::Failed && matches!(code, Some("pack.source-lost" | "box.stopping" | "box.busy"))
}
