//! The students at work, in memory: what each did last, from entries as they come and from what tablets tell of
//! themselves.

use std::collections::HashMap;

use super::help::HelpEntry;
use super::rules::{self, Facts, Last, Recent};
use crate::clock::Moment;
use crate::evidence::{Answer, Open, Read, Spot, Stamp};
use crate::ids::{StreamId, StudentId};
use crate::journal::{Entry, EntryKind};
use crate::people::SessionEntry;

/// What is older belongs to another school day.
const SAME_DAY: i64 = 12 * 60 * 60 * 1_000;
/// A tablet tells how long it was not touched in whole seconds, so a touch is only news when it is this much later.
const TOUCH_STEP: i64 = 1_500;
/// The clock on the wall is followed when it moves by more; less is the noise of reading two clocks.
const WALL_STEP: i64 = 1_000;

/// What one student is doing.
#[derive(Default)]
pub(super) struct Work {
    /// The activity on the screen.
    pub(super) spot: Option<Spot>,
    /// Answered places of it.
    pub(super) done: u32,
    pub(super) last: Last,
    pub(super) answers: u32,
    pub(super) right_answers: u32,
    /// Entries that the tablet still holds.
    pub(super) waiting: u32,
    opened: Option<i64>,
    finished: Option<i64>,
    touched: Option<i64>,
    came_or_left: Option<i64>,
    hand: Option<Hand>,
    /// How often the hand went up or down.
    pub(super) hands: u32,
}

/// The newest word on a student's hand.
struct Hand {
    stamp: Stamp,
    /// When it went up; nothing when it went down.
    up: Option<i64>,
}

impl Work {
    /// What judgements rest on in a class of that strictness; `visited` is when a teacher was there last.
    pub(super) fn facts(&self, signed_in: bool, visited: Option<i64>, strictness: usize) -> Facts<'_> {
        Facts {
            signed_in,
            last: &self.last,
            touched: self.touched,
            opened: self.opened,
            finished: self.finished,
            came_or_left: self.came_or_left,
            hand: self.hand_up(),
            visited,
            held: self.waiting,
            strictness,
        }
    }

    /// Since when the hand is up.
    pub(super) fn hand_up(&self) -> Option<i64> {
        self.hand.as_ref()?.up
    }

    fn touch(&mut self, at: i64) {
        self.touched = self.touched.max(Some(at));
    }

    fn go_to(&mut self, spot: &Spot, at: i64) {
        self.touch(at);
        if self.spot.as_ref() != Some(spot) {
            self.spot = Some(spot.clone());
            (self.opened, self.finished, self.done) = (Some(at), None, 0);
        }
    }

    fn is_of_today(&self, now: i64) -> bool {
        self.touched.max(self.came_or_left).is_some_and(|heard| now - heard < SAME_DAY)
    }
}

/// What a tablet tells of itself.
pub(super) struct Sign {
    /// The activity on its screen, without a run.
    pub(super) spot: Option<Spot>,
    /// Seconds without a touch.
    pub(super) idle: u32,
    /// Entries that it still holds.
    pub(super) waiting: u32,
}

/// All students at work.
#[derive(Default)]
pub(super) struct Picture {
    students: HashMap<StudentId, Work>,
    /// When a teacher was there last. Nothing writes it down: after a restart a name may be there again too early.
    visits: HashMap<StudentId, i64>,
    /// The last entry taken in, of each stream.
    seen: HashMap<(StreamId, u64), u64>,
    /// From the steady clock to the one on the wall.
    offset: Option<i64>,
}

fn steady(now: Moment) -> i64 {
    now.mono.cast_signed()
}

impl Picture {
    /// Follows the clock on the wall, and answers the steady time.
    pub(super) fn tick(&mut self, now: Moment) -> i64 {
        let offset = now.wall.cast_signed() - steady(now);
        if self.offset.is_none_or(|known| (known - offset).abs() > WALL_STEP) {
            self.offset = Some(offset);
        }
        steady(now)
    }

    /// A steady time as milliseconds since 1970.
    pub(super) fn wall(&self, at: i64) -> u64 {
        u64::try_from(at + self.offset.unwrap_or(0)).unwrap_or(0)
    }

    /// What a student did today; `None` when nothing.
    pub(super) fn work(&self, student: StudentId, now: i64) -> Option<&Work> {
        self.students.get(&student).filter(|work| work.is_of_today(now))
    }

    /// A teacher was there.
    pub(super) fn visit(&mut self, student: StudentId, now: Moment) {
        self.visits.insert(student, steady(now));
    }

    /// When a teacher was there last.
    pub(super) fn visited(&self, student: StudentId) -> Option<i64> {
        self.visits.get(&student).copied()
    }

    /// What a student did today, to add to it what is known elsewhere.
    pub(super) fn last_mut(&mut self, student: StudentId) -> Option<&mut Last> {
        self.students.get_mut(&student).map(|work| &mut work.last)
    }

    /// Begins anew with what tablets told kept, because entries were missed.
    pub(super) fn forget_entries(&mut self) {
        self.students.clear();
        self.seen.clear();
    }

    /// Takes in an entry, once. Answers with the student and the spot whose count of answers must be looked up.
    pub(super) fn take(&mut self, entry: &Entry, own: StreamId, now: Moment) -> Option<(StudentId, Spot)> {
        let seen = self.seen.entry((entry.position.stream, entry.position.epoch)).or_default();
        if entry.position.seq <= *seen {
            return None;
        }
        *seen = entry.position.seq;
        let arrived = arrival(entry, own, now);
        if steady(now) - arrived >= SAME_DAY {
            return None;
        }
        match entry.kind {
            EntryKind::ANSWER => self.take_answer(entry.read()?, arrived, now),
            EntryKind::OPEN => {
                let Open { student, spot, ago } = entry.read()?;
                let at = arrived - ago.cast_signed();
                let work = self.work_mut(student, now);
                work.go_to(&spot, at);
                // Opened again, also after it was finished: a page is read again, a practice looked at.
                (work.opened, work.finished) = (work.opened.max(Some(at)), None);
                Some((student, spot))
            }
            EntryKind::READ => {
                let Read { student, spot, ago, .. } = entry.read()?;
                let at = arrived - ago.cast_signed();
                let work = self.work_mut(student, now);
                work.go_to(&spot, at);
                work.finished = Some(at);
                None
            }
            EntryKind::SESSION => {
                let SessionEntry { student, opened, .. } = entry.read()?;
                let work = self.work_mut(student, now);
                work.came_or_left = Some(arrived);
                if opened {
                    // Who just came has not touched anything for long by necessity.
                    work.touch(arrived);
                    work.waiting = 0;
                }
                None
            }
            EntryKind::HELP => {
                self.take_help(&entry.read()?, Stamp::of(entry), arrived, now);
                None
            }
            _ => None,
        }
    }

    fn take_help(&mut self, help: &HelpEntry, stamp: Stamp, arrived: i64, now: Moment) {
        let work = self.work_mut(help.student, now);
        work.hands += 1;
        if help.by.is_none() {
            work.touch(arrived);
        }
        if work.hand.as_ref().is_none_or(|hand| stamp > hand.stamp) {
            work.hand = Some(Hand { stamp, up: help.asks.then_some(arrived) });
        }
    }

    fn take_answer(&mut self, answer: Answer, arrived: i64, now: Moment) -> Option<(StudentId, Spot)> {
        let at = arrived - answer.ago.cast_signed();
        if steady(now) - at >= SAME_DAY {
            return None;
        }
        let work = self.work_mut(answer.student, now);
        work.go_to(&answer.spot, at);
        work.answers += 1;
        work.right_answers += u32::from(answer.is_right());
        let mut skills = answer.skills;
        skills.sort_by_key(|skill| std::cmp::Reverse(skill.weight));
        let recent = Recent {
            at,
            score: answer.score,
            item: answer.item,
            seed: answer.seed,
            course: answer.spot.course.clone(),
            skills: skills.into_iter().map(|skill| skill.id).collect(),
            milliseconds: answer.milliseconds,
            hints: answer.hints,
            item_hints: None,
            standings: None,
        };
        rules::keep(&mut work.last, recent);
        if let Some(partner) = answer.partner {
            // Whoever answers on somebody else's tablet is here, too.
            self.work_mut(partner, now).touch(at);
        }
        Some((answer.student, answer.spot))
    }

    /// How many of a spot's `of` places are answered, after an entry about it.
    pub(super) fn count(&mut self, student: StudentId, spot: &Spot, done: u32, of: u32) {
        let Some(work) = self.students.get_mut(&student) else { return };
        if work.spot.as_ref() == Some(spot) {
            work.done = done;
            if of > 0 && done >= of {
                work.finished = work.finished.or(work.touched);
            }
        }
    }

    /// Takes in what a tablet tells of itself.
    pub(super) fn sign(&mut self, student: StudentId, sign: Sign, now: Moment) {
        let work = self.work_mut(student, now);
        work.waiting = sign.waiting;
        let touched = steady(now) - i64::from(sign.idle) * 1_000;
        if work.touched.is_none_or(|known| touched > known + TOUCH_STEP) {
            work.touch(touched);
        }
        if let Some(spot) = sign.spot {
            let same = |known: &Spot| {
                (&known.course, &known.lesson, &known.activity)
                    == (&spot.course, &spot.lesson, &spot.activity)
            };
            if !work.spot.as_ref().is_some_and(same) {
                work.go_to(&spot, touched);
            }
        }
    }

    fn work_mut(&mut self, student: StudentId, now: Moment) -> &mut Work {
        let work = self.students.entry(student).or_default();
        if !work.is_of_today(steady(now)) {
            *work = Work::default();
        }
        work
    }
}

/// When an entry was written, on this boot's steady clock: exactly for entries of this boot, by the date for others.
fn arrival(entry: &Entry, own: StreamId, now: Moment) -> i64 {
    if entry.position.stream == own && entry.boot == now.boot && entry.mono <= now.mono {
        entry.mono.cast_signed()
    } else {
        let ago = now.wall.saturating_sub(entry.hlc.wall());
        steady(now) - ago.cast_signed()
    }
}
