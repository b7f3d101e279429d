//! Does what was asked for, one job at a time, on a thread that is there only as long as there is work.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

use super::Library;
use super::check::{Opened, is_about_the_way};
use super::facts::{Identity, identify_again, is_archive, open_archive};
use super::jobs::{Follow, JobState, Made, Name, Outcome, Progress, Ready, Task};
use super::patient::{Flag, Patience, gone};
use super::rules::{Accepted, Consent, unanswered};
use super::sticks::UPLOADS;
use crate::error::{Error, Result};
use crate::ids::StaffId;
use crate::imports::Recognised;
use crate::lint::{Verdict, lint};
use crate::packs::{Course, Draft, Source, Terms};

/// What the one who works must know of a job.
struct Order {
    id: String,
    task: Task,
    by: Option<StaffId>,
    accepted: Accepted,
    ready: Option<Ready>,
    progress: Arc<Progress>,
    off: Flag,
}

/// How far a job came.
#[expect(clippy::large_enum_variant, reason = "one at a time, handed on at once")]
enum End {
    Done(Outcome),
    /// It waits for a yes.
    Asks(Ready, Vec<Consent>),
    /// It waits for its stick.
    Paused(Error),
}

impl Library {
    /// Sees to it that somebody works when there is something to do.
    pub(super) fn kick(self: &Arc<Self>) {
        let begins = {
            let mut state = self.state();
            let begins = !state.is_working && state.jobs.iter().any(|job| job.state == JobState::Waiting);
            if begins {
                state.is_working = true;
                // A job has the stick and the card for itself.
                if let Some(checker) = &state.checker {
                    checker.raise();
                }
            }
            begins
        };
        if !begins {
            return self.begin_checks();
        }
        let library = self.clone();
        if let Err(error) = thread::Builder::new().name("library".into()).spawn(move || library.work()) {
            tracing::error!(%error, "nobody does what the library shall do");
            self.state().is_working = false;
        }
    }

    fn work(self: &Arc<Self>) {
        while let Some(order) = self.next_order() {
            let id = order.id.clone();
            let is_install = matches!(order.task, Task::Install(_));
            let ended = catch_unwind(AssertUnwindSafe(|| self.carry_out(order)));
            let ended = ended.unwrap_or_else(|_| Err(Error::internal("A job of the library broke off.")));
            self.end(&id, ended, is_install);
        }
        self.begin_checks();
    }

    fn next_order(&self) -> Option<Order> {
        let mut state = self.state();
        if self.stopping.is_called() {
            state.is_working = false;
            return None;
        }
        let Some(job) = state.next_job() else {
            state.is_working = false;
            return None;
        };
        Some(Order {
            id: job.id.clone(),
            task: job.task.clone(),
            by: job.by,
            accepted: job.accepted,
            ready: job.ready.take(),
            progress: job.progress.clone(),
            off: job.off.clone(),
        })
    }

    fn end(&self, id: &str, ended: Result<End>, is_install: bool) {
        let mut state = self.state();
        state.changed();
        let Some(job) = state.job(id) else { return };
        job.trouble = None;
        match ended {
            Ok(End::Done(outcome)) => {
                job.outcome = Some(outcome);
                job.state = JobState::Done;
            }
            _ if job.off.is_up() => job.state = JobState::Cancelled,
            Ok(End::Asks(ready, consents)) => {
                job.verdict = Some(ready.verdict.clone());
                job.ready = Some(ready);
                job.wanted = consents;
                job.state = JobState::Asking;
            }
            Ok(End::Paused(error)) => {
                job.trouble = Some(error.into());
                job.state = JobState::Paused;
            }
            Err(error) => {
                tracing::warn!(%error, install = is_install, "the library could not do what it was asked for");
                job.trouble = Some(error.into());
                job.state = JobState::Failed;
            }
        }
    }

    fn carry_out(self: &Arc<Self>, order: Order) -> Result<End> {
        match order.task.clone() {
            Task::Install(identity) => self.bring_in(identity, order),
            Task::Fetch { from, .. } => self.bring_from_afar(&*from.0, order),
            Task::Shelve { made, .. } => self.make_edition(&made, order),
            Task::Export { course, stick } => self.copy_out(&course, &stick, &order),
            Task::Remove { course } => {
                let version =
                    self.packs.course(&course).map_or_else(String::new, |course| course.version.clone());
                self.installer.remove(&course, order.by)?;
                Ok(End::Done(Outcome { course, version, file: None }))
            }
        }
    }

    fn bring_in(self: &Arc<Self>, identity: Identity, order: Order) -> Result<End> {
        let follow = self.follow(&order);
        if let Some(ready) = order.ready {
            return self.place(ready, order.by, order.accepted);
        }
        let Some((facts, spot, patience)) = self.state().find(identity) else {
            return Ok(End::Paused(gone()));
        };
        let patience = Patience { off: order.off.clone(), ..patience };
        let what = facts.what_at(&spot.path);
        let draft = match self.receive(&what, &spot.stick, &patience, &follow) {
            Ok(draft) => draft,
            Err(error) if order.off.is_up() || !is_about_the_way(&error) => return Err(error),
            // A read that failed: is the file damaged, or is the stick away?
            Err(error) => match identify_again(&what.path, &patience) {
                Ok(still) if still == identity => return Err(error),
                _ => return Ok(End::Paused(gone().caused_by(error))),
            },
        };
        self.name_after(&order.id, &draft);
        let verdict = Arc::new(lint(draft.tree(), &follow)?);
        let upload = (spot.stick == UPLOADS).then_some(spot.path);
        self.place(Ready { draft, verdict, upload }, order.by, order.accepted)
    }

    /// Brings a pack over a line, and puts it in its place.
    fn bring_from_afar(self: &Arc<Self>, from: &dyn Source, order: Order) -> Result<End> {
        let follow = self.follow(&order);
        if let Some(ready) = order.ready {
            return self.place(ready, order.by, order.accepted);
        }
        let draft = self.installer.receive(from, &follow)?;
        self.name_after(&order.id, &draft);
        let verdict = Arc::new(lint(draft.tree(), &follow)?);
        self.place(Ready { draft, verdict, upload: None }, order.by, order.accepted)
    }

    /// Makes a pack of what was written here, and puts it in its place.
    fn make_edition(self: &Arc<Self>, made: &Made, order: Order) -> Result<End> {
        let follow = self.follow(&order);
        if let Some(ready) = order.ready {
            return self.place(ready, order.by, order.accepted);
        }
        let draft = self.installer.compose(&*made.0, &follow)?;
        let verdict = Arc::new(lint(draft.tree(), &follow)?);
        self.place(Ready { draft, verdict, upload: None }, order.by, order.accepted)
    }

    /// Brings something to the box's own disk as a pack.
    fn receive(&self, what: &Recognised, stick: &str, patience: &Patience, follow: &Follow) -> Result<Draft> {
        if is_archive(what) {
            // What was sent lies on the box's own disk already.
            let is_whole = what.path.extension().is_some_and(|ending| ending != "001");
            if stick == UPLOADS && is_whole {
                return self.installer.adopt(what.path.clone(), follow);
            }
            return self.installer.receive(&open_archive(&what.path, patience)?, follow);
        }
        let Opened { tree, .. } = self.open_tree(what, patience)?;
        self.installer.compose(&*tree, follow)
    }

    /// Puts a draft in its place, or tells what must be said yes to first.
    fn place(self: &Arc<Self>, ready: Ready, by: Option<StaffId>, accepted: Accepted) -> Result<End> {
        let (manifest, signer) = (ready.draft.manifest(), ready.draft.signer());
        let standing = self.weigh(Some(manifest), Some(signer), Some(&ready.verdict))?;
        if let Some(refusal) = standing.refusal {
            return Err(refusal);
        }
        let open = unanswered(&standing.asked, accepted);
        if !open.is_empty() {
            return Ok(End::Asks(ready, open));
        }
        let terms = Terms {
            by,
            older: accepted.older,
            publisher_changed: accepted.publisher,
            incomplete: accepted.incomplete,
            grade: ready.verdict.grade.letter(),
            accepted: ready.verdict.error_codes(),
        };
        let course = self.installer.place(ready.draft, &terms)?;
        if let Some(upload) = ready.upload {
            // What was sent and added would lie twice on the box.
            self.uploads.discard_whole(&upload);
            self.look_at_uploads();
        }
        Ok(End::Done(Outcome { course: course.id.clone(), version: course.version.clone(), file: None }))
    }

    fn copy_out(self: &Arc<Self>, course: &str, stick: &str, order: &Order) -> Result<End> {
        let (stick, gone_flag) = {
            let state = self.state();
            let looked = state.stick(stick).ok_or_else(gone)?;
            (looked.stick.clone(), looked.gone.clone())
        };
        let folder = stick.folder.clone();
        let found: Arc<Course> = self.packs.course(course).ok_or_else(|| unknown_course(course))?;
        let patience = Patience { gone: gone_flag, off: Flag::default() };
        let (installer, follow, id) = (self.installer.clone(), self.follow(order), course.to_owned());
        // A stick that is written to may hold its writer as long as one that is read.
        let written = patience.run(move || installer.export(&id, &folder, &follow))??;
        let file = written.file_name().map(|name| name.to_string_lossy().into_owned());
        self.look_at(stick);
        Ok(End::Done(Outcome { course: found.id.clone(), version: found.version.clone(), file }))
    }

    /// Once a pack says what it is called, the job is called so, too.
    fn name_after(&self, job: &str, draft: &Draft) {
        let manifest = Arc::new(draft.manifest().clone());
        if let Some(job) = self.state().job(job) {
            job.name = Name::Of(manifest);
        }
    }

    fn follow(&self, order: &Order) -> Follow {
        Follow { progress: order.progress.clone(), off: order.off.clone(), stopping: self.stopping.clone() }
    }
}

/// Why a verdict stands against an installation, in the words of the gravest finding.
pub(super) fn refused(verdict: &Verdict) -> Error {
    let Some(first) = verdict.findings.first() else {
        return Error::invalid("library.refused", "This can't be added.");
    };
    let sentence = format!("This can't be added. {} {}", first.place, first.message);
    Error::invalid("library.refused", sentence).with("finding", first.code)
}

pub(super) fn unknown_course(course: &str) -> Error {
    Error::not_found("pack.unknown", format!("There is no course {course} on this box."))
        .with("course", course)
}
