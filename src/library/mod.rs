//! The teacher's shelf: what is on a stick or was sent, what of it becomes a course, what is on the box and what goes.
//!
//! [`Library::watch`] notices sticks; what lies on them is offered after a first look, and looked at closely in the
//! background. Adding, copying and removing are jobs, done one after the other. All of it is in memory: what is left of
//! an interrupted job is taken up by `packs::Installer` when the same thing is added again.

mod asks;
mod check;
mod facts;
mod from_afar;
mod jobs;
mod look;
mod page;
mod patient;
pub mod routes;
mod rules;
mod screens;
mod state;
mod sticks;
mod uploads;
mod used;
mod walk;
mod work;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use from_afar::FromAfar;
pub use rules::Accepted;
pub use screens::LibraryPage;
pub use sticks::{OnStick, WritableStick};

use crate::error::{Error, Kind, Result};
use crate::evidence::Evidence;
use crate::files::DataDir;
use crate::ids::StaffId;
use crate::journal::Journal;
use crate::packs::serve::Loose;
use crate::packs::{Installer, Manifest, Packs, Tree, Version};
use crate::people::People;
use crate::web::Stopping;
use facts::{Identity, is_pack};
use jobs::{Job, JobState, Made, Name, Task};
use rules::Relation;
use screens::{DiskPart, VerdictPart};
use state::State;
use uploads::{Upload, Uploads};
use used::Used;

/// What the library stands on.
#[derive(Clone)]
pub struct Ground {
    /// What happened.
    pub journal: Arc<Journal>,
    /// Whose school it is.
    pub people: Arc<People>,
    /// What students did.
    pub evidence: Arc<Evidence>,
    /// What is installed.
    pub packs: Arc<Packs>,
    /// Puts packs on the box.
    pub installer: Arc<Installer>,
    /// Where everything lies.
    pub data: DataDir,
    /// The word that the server is about to stop.
    pub stopping: Stopping,
}

/// A course that was written on this box.
pub struct Own {
    /// The pack's id.
    pub course: String,
    /// What it is called.
    pub title: String,
    /// The pack's files.
    pub tree: Arc<dyn Tree>,
    /// Bytes of all of them.
    pub bytes: u64,
}

/// What the school has and could have.
pub struct Library {
    journal: Arc<Journal>,
    people: Arc<People>,
    evidence: Arc<Evidence>,
    packs: Arc<Packs>,
    installer: Arc<Installer>,
    data: DataDir,
    stopping: Stopping,
    /// Looked into as if they were sticks.
    folders: Vec<PathBuf>,
    uploads: Uploads,
    state: Mutex<State>,
    used: tokio::sync::Mutex<Option<Used>>,
}

impl Library {
    /// A library that looks at nothing yet; `folders` are looked into as if they were sticks.
    ///
    /// # Errors
    /// When the data directory can't be read or written.
    pub fn open(ground: Ground, folders: Vec<PathBuf>) -> Result<Self> {
        let Ground { journal, people, evidence, packs, installer, data, stopping } = ground;
        let now = journal.clock().now().wall;
        Ok(Self {
            uploads: Uploads::open(data.temporary().join("uploads"), now)?,
            state: Mutex::default(),
            used: tokio::sync::Mutex::default(),
            journal,
            people,
            evidence,
            packs,
            installer,
            data,
            stopping,
            folders,
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Today by the box's best guess, as `2026-11-25`.
    fn today(&self) -> String {
        rules::date(self.journal.clock().now().wall)
    }

    /// Bytes of the disk that holds the data.
    fn disk(&self) -> Result<DiskPart> {
        let disk = rustix::fs::statvfs(self.data.path()).map_err(std::io::Error::from)?;
        let (free, total) = (disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize);
        Ok(DiskPart { free, total, kept: rules::kept(total) })
    }

    /// Room for `needed` more bytes, beside what is on its way already.
    ///
    /// # Errors
    /// `library.no-room`, with the megabytes that are missing.
    pub fn demand_room(&self, needed: u64) -> Result<()> {
        let DiskPart { free, total, .. } = self.disk()?;
        let missing = rules::missing(free, total, needed.saturating_add(self.uploads.to_come()));
        if missing == 0 {
            return Ok(());
        }
        let megabytes = missing.div_ceil(1 << 20);
        let sentence = format!(
            "There is not enough room on the box: {megabytes} MB are missing. Remove a course that nobody uses, then try again."
        );
        Err(Error::new(Kind::Full, "library.no-room", sentence).with("missing", megabytes))
    }

    /// How a pack stands to what is installed.
    fn relation_of(&self, manifest: &Manifest) -> Relation {
        let installed = self.packs.installed();
        let Some(there) = installed.iter().find(|pack| pack.course.id == manifest.id) else {
            return rules::relation(None, false);
        };
        let order = Version::parse(&manifest.version).cmp(&Version::parse(&there.course.version));
        // A folder that was never built says nothing of its files.
        let has_same_files = manifest.files.is_none() || manifest.files == there.manifest.files;
        rules::relation(Some(order), has_same_files)
    }

    /// Adds what is offered, or tells what must be said yes to first. Answers the job's id.
    ///
    /// # Errors
    /// `library.offer-unknown`, `library.refused`, `library.consent-needed` with what is asked, `library.no-room`, and
    /// whatever else stands against it.
    pub fn install(self: &Arc<Self>, offer: &str, by: StaffId, accepted: Accepted) -> Result<String> {
        let (job, needed) = {
            let state = self.state();
            let (identity, offer) = find_offer(&state, offer)?;
            let checked = state.checked.get(&identity).cloned().unwrap_or_default();
            let trouble = offer.facts.trouble.as_ref().or(checked.trouble.as_ref());
            if let Some(trouble) = trouble {
                return Err(trouble.to_error());
            }
            let manifest = offer.facts.manifest.clone().or_else(|| checked.manifest.clone());
            let signer = offer.facts.signer.as_ref().or(checked.signer.as_ref());
            let standing = self.weigh(manifest.as_deref(), signer, checked.verdict.as_deref())?;
            if let Some(refusal) = standing.refusal {
                return Err(refusal);
            }
            if let Some(first) = rules::unanswered(&standing.asked, accepted).first() {
                let sentence = "Somebody must say yes to this first.";
                let error = Error::conflict("library.consent-needed", sentence);
                return Err(error.with("consent", first.name()));
            }
            let name = manifest.map_or_else(|| Name::Plain(offer.facts.what.title.clone()), Name::Of);
            // What was sent becomes the pack where it lies; everything else comes beside it.
            let is_here = offer.spots.first().is_some_and(|spot| spot.stick == sticks::UPLOADS);
            let needed = if is_here && is_pack(&offer.facts.what) { 0 } else { offer.facts.bytes };
            (Job::new(Task::Install(identity), name, Some(by), accepted)?, needed)
        };
        self.demand_room(needed)?;
        let id = self.state().put_job(job);
        self.kick();
        Ok(id)
    }

    /// Puts a course that was written on this box on the shelf. Nobody is asked whether they know where it is from. Answers
    /// the job's id.
    ///
    /// # Errors
    /// `library.no-room`, `library.job-runs` while an edition of the same course is on its way.
    pub fn shelve(self: &Arc<Self>, own: Own, by: StaffId) -> Result<String> {
        let Own { course, title, tree, bytes } = own;
        self.demand_room(bytes)?;
        let accepted = Accepted { unsigned: true, ..Accepted::default() };
        let is_same = |job: &&Job| {
            !job.state.is_over()
                && matches!(&job.task, Task::Shelve { course: other, .. } if *other == course)
        };
        let id = {
            let mut state = self.state();
            if state.jobs.iter().any(|job| is_same(&job)) {
                let sentence = "This course is being put on the shelf already. Wait until that is done.";
                return Err(Error::conflict("library.job-runs", sentence));
            }
            let task = Task::Shelve { course: course.clone(), made: Made(tree) };
            state.put_job(Job::new(task, Name::Plain(title), Some(by), accepted)?)
        };
        self.kick();
        Ok(id)
    }

    /// Copies a course to a stick. Answers the job's id.
    ///
    /// # Errors
    /// `pack.unknown`, `library.stick-unknown`, `library.stick-read-only`.
    pub fn export(self: &Arc<Self>, course: &str, stick: &str, by: StaffId) -> Result<String> {
        let name = self.name_of(course)?;
        let task = Task::Export { course: course.to_owned(), stick: stick.to_owned() };
        let job = Job::new(task, name, Some(by), Accepted::default())?;
        self.writable_stick(stick)?;
        let id = self.state().put_job(job);
        self.kick();
        Ok(id)
    }

    /// A stick that can be written to.
    ///
    /// # Errors
    /// `library.stick-unknown`, `library.stick-read-only`.
    pub fn writable_stick(&self, stick: &str) -> Result<WritableStick> {
        let state = self.state();
        let looked = state.stick(stick).ok_or_else(|| {
            Error::not_found("library.stick-unknown", "This stick is not there any more. Plug it in again.")
        })?;
        if !looked.stick.writable {
            let sentence = "Nothing can be written to this stick. Use another one.";
            return Err(Error::conflict("library.stick-read-only", sentence));
        }
        Ok((&looked.stick).into())
    }

    /// What is plugged in and can be written to.
    pub fn writable_sticks(&self) -> Vec<WritableStick> {
        let state = self.state();
        let sticks = state.sticks.iter().map(|looked| &looked.stick);
        sticks.filter(|stick| stick.writable).map(WritableStick::from).collect()
    }

    /// Takes a course off the box; what students did in it stays. Answers the job's id.
    ///
    /// # Errors
    /// `pack.unknown`.
    pub fn remove(self: &Arc<Self>, course: &str, by: StaffId) -> Result<String> {
        let name = self.name_of(course)?;
        let job = Job::new(Task::Remove { course: course.to_owned() }, name, Some(by), Accepted::default())?;
        let id = self.state().put_job(job);
        self.kick();
        Ok(id)
    }

    /// Says yes to what a job asks.
    ///
    /// # Errors
    /// `library.job-unknown`; `library.consent-needed` when more is asked than was said yes to.
    pub fn accept(self: &Arc<Self>, job: &str, accepted: Accepted) -> Result<()> {
        {
            let mut state = self.state();
            state.changed();
            let job = state.job(job).ok_or_else(unknown_job)?;
            if job.state == JobState::Asking {
                job.accepted = job.accepted.and(accepted);
                job.wanted.clear();
                job.state = JobState::Waiting;
            }
        }
        self.kick();
        Ok(())
    }

    /// Calls a job off; nothing of it stays. What is over already stays as it is.
    ///
    /// # Errors
    /// `library.job-unknown`.
    pub fn cancel(&self, job: &str) -> Result<()> {
        let mut state = self.state();
        state.changed();
        let job = state.job(job).ok_or_else(unknown_job)?;
        job.off.raise();
        if !job.state.is_over() && !job.state.is_under_way() {
            job.state = JobState::Cancelled;
            match job.ready.take() {
                // Nobody wants to send it again who only changed their mind.
                Some(ready) if ready.upload.is_some() => ready.draft.leave(),
                other => drop(other),
            }
        }
        Ok(())
    }

    /// Takes a job that is over off the screen.
    ///
    /// # Errors
    /// `library.job-unknown`; `library.job-runs` while it is not over.
    pub fn forget_job(&self, job: &str) -> Result<()> {
        let mut state = self.state();
        if !state.job(job).ok_or_else(unknown_job)?.state.is_over() {
            let sentence = "This is still being done. Call it off first.";
            return Err(Error::conflict("library.job-runs", sentence));
        }
        state.jobs.retain(|known| known.id != job);
        state.changed();
        Ok(())
    }

    /// All that the lint says of an offer.
    ///
    /// # Errors
    /// `library.offer-unknown`; `library.not-checked` when nobody has looked at it closely yet.
    pub fn verdict(&self, offer: &str) -> Result<VerdictPart> {
        let state = self.state();
        let (identity, _) = find_offer(&state, offer)?;
        let verdict = state.checked.get(&identity).and_then(|checked| checked.verdict.clone());
        let verdict = verdict.ok_or_else(|| {
            Error::not_found(
                "library.not-checked",
                "Nobody has looked at this closely yet. Try again in a moment.",
            )
        })?;
        Ok(page::verdict_part(&verdict, usize::MAX))
    }

    /// The picture of an offer: media type and bytes.
    ///
    /// # Errors
    /// `library.offer-unknown`, `library.no-picture`.
    pub fn picture(&self, offer: &str) -> Result<(&'static str, Vec<u8>)> {
        let state = self.state();
        let (identity, offer) = find_offer(&state, offer)?;
        let checked = state.checked.get(&identity).and_then(|checked| checked.picture.clone());
        let picture = offer.facts.picture.clone().or(checked);
        let picture = picture.ok_or_else(|| Error::not_found("library.no-picture", "It has no picture."))?;
        Ok((picture.media_type, picture.bytes.clone()))
    }

    /// Throws away something that was sent.
    ///
    /// # Errors
    /// `library.offer-unknown`; `library.not-ours` for what lies on somebody's stick.
    pub fn discard(self: &Arc<Self>, offer: &str) -> Result<()> {
        let path = {
            let state = self.state();
            let (_, offer) = find_offer(&state, offer)?;
            let own = offer.spots.iter().find(|spot| spot.stick == sticks::UPLOADS);
            own.map(|spot| spot.path.clone()).ok_or_else(|| {
                let sentence = "This lies on somebody's stick, where nothing is thrown away.";
                Error::conflict("library.not-ours", sentence)
            })?
        };
        self.uploads.discard_whole(&path);
        self.look_at_uploads();
        Ok(())
    }

    /// Begins to take a file.
    ///
    /// # Errors
    /// `library.no-room`, `library.uploads-full`, `library.upload-empty`.
    fn begin_upload(&self, name: &str, bytes: u64) -> Result<Upload> {
        self.demand_room(bytes)?;
        let upload = self.uploads.begin(name, bytes, self.journal.clock().now().wall)?;
        self.state().changed();
        Ok(upload)
    }

    fn discard_upload(self: &Arc<Self>, upload: &str) -> Result<()> {
        self.uploads.discard(upload)?;
        self.state().changed();
        self.look_at_uploads();
        Ok(())
    }

    /// Moves a file that was sent to `to`, on the same disk, for somebody who has a better use for it than the shelf.
    ///
    /// # Errors
    /// `library.upload-unknown`, `library.upload-unfinished`.
    pub fn take_upload(self: &Arc<Self>, upload: &str, to: &Path) -> Result<()> {
        self.uploads.take(upload, to)?;
        self.state().changed();
        self.look_at_uploads();
        Ok(())
    }

    /// The file of a course, to take along.
    ///
    /// # Errors
    /// `pack.unknown`, `pack.licence-unknown`.
    fn file(&self, course: &str) -> Result<Loose> {
        self.installer.file(course)
    }

    fn look_at_uploads(self: &Arc<Self>) {
        let stick = sticks::Stick::of_uploads(self.uploads.whole());
        self.state().have_stick(stick.clone());
        self.look_at(stick);
    }

    fn name_of(&self, course: &str) -> Result<Name> {
        let installed = self.packs.installed();
        let found = installed.into_iter().find(|pack| pack.course.id == course);
        found.map(|pack| Name::Of(pack.manifest)).ok_or_else(|| work::unknown_course(course))
    }
}

fn find_offer<'s>(state: &'s State, id: &str) -> Result<(Identity, &'s state::Offer)> {
    let found = Identity::parse(id).and_then(|identity| Some((identity, state.offers.get(&identity)?)));
    found.ok_or_else(|| {
        let sentence = "This is not there any more. Plug the stick in again.";
        Error::not_found("library.offer-unknown", sentence)
    })
}

fn unknown_job() -> Error {
    Error::not_found("library.job-unknown", "There is no such job any more.")
}
