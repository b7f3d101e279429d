//! The progress of the students at work, in memory.
//!
//! Pages that show progress must be true to the last answer, and a fold for each of them would wear the card out. So a
//! student's progress is read once, from the views and what is not folded yet, and from then on follows the journal's
//! tail. Whoever looks first takes in all that is committed: the tail is told of a commit before its sender is, so an
//! acknowledged answer is always in the picture.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;

use super::progress::{Progress, Step, step_of};
use crate::ids::StudentId;
use crate::journal::Entry;

/// Three classes at once; a year's progress of one student takes about 300 KB.
const ROOM: usize = 120;

enum Slot {
    /// Somebody reads it from the disk; what is committed meanwhile waits here. The turn since when tells a reading of
    /// now from one that began before entries were missed.
    Awaited(u64, Vec<Step>),
    Here(Arc<Progress>),
}

/// What there is to know of a student without reading the disk.
pub(super) enum Look {
    /// Their progress as of the last commit.
    Here(Arc<Progress>),
    /// It must be read and [`Known::admit`]ted, with this.
    Read(Reading),
}

/// Belongs to one reading of the disk.
#[derive(Clone, Copy)]
pub(super) struct Reading(u64);

pub(super) struct Known {
    tail: Receiver<Arc<[Entry]>>,
    slots: HashMap<StudentId, (u64, Slot)>,
    turn: u64,
}

impl Known {
    pub(super) fn new(tail: Receiver<Arc<[Entry]>>) -> Self {
        Self { tail, slots: HashMap::new(), turn: 0 }
    }

    /// A student's progress, or that it must be read from now on.
    pub(super) fn look(&mut self, student: StudentId) -> Look {
        self.follow();
        self.turn += 1;
        let turn = self.turn;
        if let Some((used, slot)) = self.slots.get_mut(&student) {
            *used = turn;
            return match slot {
                Slot::Here(progress) => Look::Here(progress.clone()),
                Slot::Awaited(since, _) => Look::Read(Reading(*since)),
            };
        }
        if self.slots.len() >= ROOM {
            let oldest = self.slots.iter().min_by_key(|(_, (used, _))| *used).map(|(student, _)| *student);
            oldest.and_then(|student| self.slots.remove(&student));
        }
        self.slots.insert(student, (turn, Slot::Awaited(turn, Vec::new())));
        Look::Read(Reading(turn))
    }

    /// Takes in what was read after [`Known::look`] said that it must be.
    pub(super) fn admit(
        &mut self,
        student: StudentId,
        reading: Reading,
        mut read: Progress,
    ) -> Arc<Progress> {
        self.follow();
        match self.slots.get_mut(&student) {
            Some((_, Slot::Here(progress))) => return progress.clone(),
            Some((_, Slot::Awaited(since, steps))) if *since == reading.0 => {
                for step in std::mem::take(steps) {
                    read.take(step);
                }
            }
            // It was pushed out meanwhile, or entries were missed: true for whoever asked then, but not from now on.
            _ => return Arc::new(read),
        }
        let progress = Arc::new(read);
        self.slots.insert(student, (self.turn, Slot::Here(progress.clone())));
        progress
    }

    fn follow(&mut self) {
        loop {
            match self.tail.try_recv() {
                Ok(entries) => {
                    entries.iter().filter_map(step_of).for_each(|(student, step)| self.take(student, step));
                }
                // So much was missed that the views are the shorter way.
                Err(TryRecvError::Lagged(_)) => self.slots.clear(),
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            }
        }
    }

    fn take(&mut self, student: StudentId, step: Step) {
        match self.slots.get_mut(&student) {
            Some((_, Slot::Awaited(_, steps))) => steps.push(step),
            Some((_, Slot::Here(progress))) => Arc::make_mut(progress).take(step),
            None => {}
        }
    }
}
