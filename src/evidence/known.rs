//! What is known of the students at work, in memory: their progress, their ratings.
//!
//! Pages that show it must be true to the last answer, and a fold for each of them would wear the card out. So what is
//! known of a student is read once, from the views and what is not folded yet, and from then on follows the journal's
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

/// What can be known of a student and kept up to date entry by entry.
pub trait Picture: Clone {
    /// What an entry adds to it.
    type Step;
    /// Whose pictures an entry changes, and how.
    fn steps(entry: &Entry) -> Vec<(StudentId, Self::Step)>;
    /// Takes a step in; answers whether that could be done. If not, the picture must be read anew.
    #[must_use]
    fn take(&mut self, step: Self::Step) -> bool;
}

impl Picture for Progress {
    type Step = Step;

    fn steps(entry: &Entry) -> Vec<(StudentId, Step)> {
        step_of(entry).into_iter().collect()
    }

    fn take(&mut self, step: Step) -> bool {
        self.add(step);
        true
    }
}

enum Slot<P: Picture> {
    /// Somebody reads it from the disk; what is committed meanwhile waits here. The turn since when tells a reading of
    /// now from one that began before entries were missed.
    Awaited(u64, Vec<P::Step>),
    Here(Arc<P>),
}

/// What there is to know of a student without reading the disk.
pub enum Look<P> {
    /// The picture as of the last commit.
    Here(Arc<P>),
    /// It must be read and [`Known::admit`]ted, with this.
    Read(Reading),
}

/// Belongs to one reading of the disk.
#[derive(Clone, Copy)]
pub struct Reading(u64);

/// The pictures that are at hand.
pub struct Known<P: Picture> {
    tail: Receiver<Arc<[Entry]>>,
    slots: HashMap<StudentId, (u64, Slot<P>)>,
    turn: u64,
}

impl<P: Picture> Known<P> {
    /// Nothing is known yet; `tail` is the journal's.
    pub fn new(tail: Receiver<Arc<[Entry]>>) -> Self {
        Self { tail, slots: HashMap::new(), turn: 0 }
    }

    /// A student's picture, or that it must be read from now on.
    pub fn look(&mut self, student: StudentId) -> Look<P> {
        self.follow();
        self.turn += 1;
        let turn = self.turn;
        if let Some((used, slot)) = self.slots.get_mut(&student) {
            *used = turn;
            return match slot {
                Slot::Here(picture) => Look::Here(picture.clone()),
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
    pub fn admit(&mut self, student: StudentId, reading: Reading, mut read: P) -> Arc<P> {
        self.follow();
        match self.slots.get_mut(&student) {
            Some((_, Slot::Here(picture))) => return picture.clone(),
            Some((_, Slot::Awaited(since, steps))) if *since == reading.0 => {
                let all_taken = std::mem::take(steps).into_iter().all(|step| read.take(step));
                if !all_taken {
                    self.slots.remove(&student);
                    return Arc::new(read);
                }
            }
            // It was pushed out meanwhile, or entries were missed: true for whoever asked then, but not from now on.
            _ => return Arc::new(read),
        }
        let picture = Arc::new(read);
        self.slots.insert(student, (self.turn, Slot::Here(picture.clone())));
        picture
    }

    /// Forgets everything: something else than the entries of students has changed.
    pub fn forget(&mut self) {
        self.slots.clear();
    }

    fn follow(&mut self) {
        loop {
            match self.tail.try_recv() {
                Ok(entries) => {
                    let steps = entries.iter().flat_map(P::steps);
                    steps.for_each(|(student, step)| self.take(student, step));
                }
                // So much was missed that the views are the shorter way.
                Err(TryRecvError::Lagged(_)) => self.slots.clear(),
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            }
        }
    }

    fn take(&mut self, student: StudentId, step: P::Step) {
        let could = match self.slots.get_mut(&student) {
            Some((_, Slot::Here(picture))) => Arc::make_mut(picture).take(step),
            Some((_, Slot::Awaited(_, steps))) => {
                steps.push(step);
                true
            }
            None => true,
        };
        if !could {
            self.slots.remove(&student);
        }
    }
}
