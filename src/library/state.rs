//! What the library knows at this moment: sticks, what lies on them, what is being done. Held in memory alone: after a
//! restart the sticks are looked at again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::facts::{Facts, Identity, Picture, Trouble};
use super::jobs::{Job, JobState, Task};
use super::look::Memory;
use super::patient::{Flag, Patience};
use super::rules::natural;
use super::sticks::Stick;
use crate::imports::Loss;
use crate::lint::Verdict;
use crate::packs::{Manifest, Signer};

/// Jobs that are over and still shown.
const FORMER_JOBS: usize = 12;
/// Verdicts that are kept for sticks that may come back.
const VERDICTS_KEPT: usize = 1_000;
/// Unknown files that are told of, for each stick.
const UNKNOWN_TOLD: usize = 50;

/// A stick and how far it was looked at.
#[expect(clippy::struct_excessive_bools, reason = "four things that may each be so or not")]
pub(super) struct Looked {
    pub(super) stick: Stick,
    /// Raised when it is pulled out.
    pub(super) gone: Flag,
    pub(super) is_looking: bool,
    /// Something changed on it while it was looked at.
    pub(super) again: bool,
    /// It was looked at to its end at least once.
    pub(super) was_seen: bool,
    pub(super) is_full: bool,
    pub(super) unknown: Vec<UnknownFile>,
    /// What each file was at the last look.
    pub(super) memory: Memory,
}

impl Looked {
    fn new(stick: Stick) -> Self {
        Self {
            stick,
            gone: Flag::default(),
            is_looking: false,
            again: false,
            was_seen: false,
            is_full: false,
            unknown: Vec::new(),
            memory: Memory::new(),
        }
    }
}

/// A file that can't be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UnknownFile {
    pub(super) shown: String,
    pub(super) why: String,
}

/// Where something lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) stick: String,
    /// As people see it.
    pub(super) shown: String,
    pub(super) path: PathBuf,
}

/// Something that can be added.
pub(super) struct Offer {
    pub(super) facts: Arc<Facts>,
    /// Where it lies; more than one place for what was brought twice.
    pub(super) spots: Vec<Spot>,
    /// It could not be read to its end; once its stick was away, somebody tries again.
    is_passed_over: bool,
}

/// What a closer look told.
#[derive(Clone, Debug, Default)]
pub(super) struct Checked {
    pub(super) verdict: Option<Arc<Verdict>>,
    /// Of what was wrapped.
    pub(super) manifest: Option<Arc<Manifest>>,
    pub(super) picture: Option<Arc<Picture>>,
    pub(super) signer: Option<Signer>,
    pub(super) losses: Vec<Loss>,
    pub(super) trouble: Option<Trouble>,
}

/// All of it.
#[derive(Default)]
pub(super) struct State {
    pub(super) sticks: Vec<Looked>,
    pub(super) offers: BTreeMap<Identity, Offer>,
    pub(super) checked: BTreeMap<Identity, Arc<Checked>>,
    pub(super) jobs: Vec<Job>,
    /// Grows with every change that a screen shows.
    pub(super) revision: u64,
    pub(super) is_working: bool,
    /// Raised to let the checker end; there while one is at work.
    pub(super) checker: Option<Flag>,
}

impl State {
    pub(super) fn changed(&mut self) {
        self.revision += 1;
    }

    /// Takes over which sticks there are; answers all of them, and which are new. What lay on a stick that is gone is
    /// offered no longer.
    pub(super) fn have_sticks(&mut self, now: Vec<Stick>) -> Vec<(Stick, bool)> {
        let is_there = |looked: &Looked| now.iter().any(|stick| stick.id == looked.stick.id);
        let (there, gone): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.sticks).into_iter().partition(is_there);
        self.sticks = there;
        for looked in gone {
            looked.gone.raise();
            self.drop_spots(|spot| spot.stick == looked.stick.id);
            self.changed();
        }
        let mut known = Vec::with_capacity(now.len());
        for stick in now {
            let is_new = self.have_stick(stick.clone());
            known.push((stick, is_new));
        }
        known
    }

    /// Takes over one more stick; answers whether it is new.
    pub(super) fn have_stick(&mut self, stick: Stick) -> bool {
        if let Some(looked) = self.sticks.iter_mut().find(|looked| looked.stick.id == stick.id) {
            if looked.stick != stick {
                looked.stick = stick;
                self.changed();
            }
            return false;
        }
        self.sticks.push(Looked::new(stick));
        self.changed();
        true
    }

    /// What each file of a stick was at the last look.
    pub(super) fn memory_of(&mut self, stick: &str) -> Memory {
        let looked = self.sticks.iter_mut().find(|looked| looked.stick.id == stick);
        looked.map(|looked| std::mem::take(&mut looked.memory)).unwrap_or_default()
    }

    /// Begins to look at a stick; none when it is gone, or somebody looks at it already and will look once more.
    pub(super) fn begin_look(&mut self, stick: &str) -> Option<Flag> {
        let looked = self.sticks.iter_mut().find(|looked| looked.stick.id == stick)?;
        if looked.is_looking {
            looked.again = true;
            return None;
        }
        looked.is_looking = true;
        Some(looked.gone.clone())
    }

    /// Takes in what was seen on a stick. Answers false when the stick is gone.
    pub(super) fn put_offer(&mut self, spot: Spot, facts: Arc<Facts>) -> bool {
        let is_there = self.sticks.iter().any(|looked| looked.stick.id == spot.stick && !looked.gone.is_up());
        if !is_there {
            return false;
        }
        let identity = facts.identity;
        let offer = self.offers.entry(identity).or_insert_with(|| Offer {
            facts: facts.clone(),
            spots: Vec::new(),
            is_passed_over: false,
        });
        if !offer.spots.contains(&spot) {
            offer.spots.push(spot);
            offer.facts = facts;
            self.changed();
        }
        for job in &mut self.jobs {
            if job.state == JobState::Paused && job.task == Task::Install(identity) {
                job.state = JobState::Waiting;
                job.trouble = None;
            }
        }
        true
    }

    /// Ends a look: what was not seen any more is offered no longer. Answers whether to look once more.
    pub(super) fn end_look(
        &mut self,
        stick: &str,
        seen: &BTreeSet<Spot>,
        mut unknown: Vec<UnknownFile>,
        is_full: bool,
        memory: Memory,
    ) -> bool {
        self.drop_spots(|spot| spot.stick == stick && !seen.contains(spot));
        unknown.truncate(UNKNOWN_TOLD);
        let Some(looked) = self.sticks.iter_mut().find(|looked| looked.stick.id == stick) else {
            return false;
        };
        let news = !looked.was_seen || looked.is_full != is_full || looked.unknown != unknown;
        (looked.is_looking, looked.was_seen, looked.is_full) = (false, true, is_full);
        (looked.unknown, looked.memory) = (unknown, memory);
        let again = std::mem::take(&mut looked.again);
        if news {
            self.changed();
        }
        again
    }

    fn drop_spots(&mut self, is_gone: impl Fn(&Spot) -> bool) {
        let mut dropped = false;
        self.offers.retain(|_, offer| {
            let before = offer.spots.len();
            offer.spots.retain(|spot| !is_gone(spot));
            dropped |= offer.spots.len() < before;
            !offer.spots.is_empty()
        });
        if dropped {
            self.changed();
        }
    }

    /// The offers as people look through them: by stick, packs first, in the order in which people count.
    pub(super) fn shown(&self) -> Vec<(&Identity, &Offer, &Spot)> {
        let place = |id: &str| self.sticks.iter().position(|looked| looked.stick.id == id);
        let mut shown: Vec<_> =
            self.offers.iter().filter_map(|(id, offer)| Some((id, offer, offer.spots.first()?))).collect();
        shown.sort_by(|(_, a, one), (_, b, other)| {
            let key =
                |offer: &Offer, spot: &Spot| (place(&spot.stick), !super::facts::is_pack(&offer.facts.what));
            key(a, one).cmp(&key(b, other)).then_with(|| natural(&one.shown, &other.shown))
        });
        shown
    }

    /// Where an offer lies now, and how long to wait for it.
    pub(super) fn find(&self, identity: Identity) -> Option<(Arc<Facts>, Spot, Patience)> {
        let offer = self.offers.get(&identity)?;
        let spot = offer.spots.first()?;
        let looked = self.sticks.iter().find(|looked| looked.stick.id == spot.stick)?;
        let patience = Patience { gone: looked.gone.clone(), off: Flag::default() };
        Some((offer.facts.clone(), spot.clone(), patience))
    }

    /// The stick of that id.
    pub(super) fn stick(&self, id: &str) -> Option<&Looked> {
        self.sticks.iter().find(|looked| looked.stick.id == id)
    }

    /// The next offer to look at closely: the smallest, so that most verdicts are there soon.
    pub(super) fn next_to_check(&self) -> Option<Identity> {
        let waiting = self.offers.iter().filter(|(identity, offer)| {
            offer.facts.trouble.is_none() && !offer.is_passed_over && !self.checked.contains_key(identity)
        });
        waiting.min_by_key(|(_, offer)| offer.facts.bytes).map(|(identity, _)| *identity)
    }

    /// Leaves out what could not be read.
    pub(super) fn pass_over(&mut self, identity: Identity) {
        if let Some(offer) = self.offers.get_mut(&identity) {
            offer.is_passed_over = true;
        }
    }

    /// Keeps a verdict.
    pub(super) fn put_checked(&mut self, identity: Identity, checked: Checked) {
        if self.checked.len() >= VERDICTS_KEPT {
            let offers = &self.offers;
            self.checked.retain(|known, _| offers.contains_key(known));
        }
        self.checked.insert(identity, Arc::new(checked));
        self.changed();
    }

    /// The job of that id.
    pub(super) fn job(&mut self, id: &str) -> Option<&mut Job> {
        self.jobs.iter_mut().find(|job| job.id == id)
    }

    /// Takes a job into the queue, unless the same is in it already; answers its id.
    pub(super) fn put_job(&mut self, job: Job) -> String {
        if let Some(known) = self.jobs.iter().find(|known| known.task == job.task && !known.state.is_over()) {
            return known.id.clone();
        }
        // What was done before to the same thing is told no longer.
        self.jobs.retain(|known| known.task != job.task);
        let id = job.id.clone();
        self.jobs.push(job);
        let over = self.jobs.iter().filter(|job| job.state.is_over()).count();
        let mut too_many = over.saturating_sub(FORMER_JOBS);
        self.jobs.retain(|job| {
            let drops = job.state.is_over() && too_many > 0;
            too_many -= usize::from(drops);
            !drops
        });
        self.changed();
        id
    }

    /// The next job in the queue, which is under way from now on.
    pub(super) fn next_job(&mut self) -> Option<&mut Job> {
        let place = self.jobs.iter().position(|job| job.state == JobState::Waiting)?;
        self.changed();
        let job = &mut self.jobs[place];
        job.state = JobState::Copying;
        Some(job)
    }
}
