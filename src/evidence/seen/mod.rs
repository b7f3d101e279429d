//! All that was seen of a student, in the order in which it happened: what a rating is made of.
//!
//! The order is the same on every box, whatever the order in which entries arrived: by the time at which a thing
//! happened, then by the entry's stamp. A test on paper of last week, written down today, stands in last week.

mod store;

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

pub use store::{SeenView, pieces_of};

use super::body::{Answer, BandSet, Scored, Spot};
use super::progress::Stamp;
use crate::ids::{ScoreId, StudentId};
use crate::journal::{Entry, EntryKind};

/// When a piece of evidence happened, in milliseconds since 1970, and which entry holds it. Pieces are rated in this
/// order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct When {
    /// The moment.
    pub at: u64,
    /// The entry.
    pub stamp: Stamp,
}

/// Something that says what a student can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// When it happened.
    pub when: When,
    /// What it is.
    pub what: What,
}

/// The kinds of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// An answer on a tablet.
    Answer(Box<Answer>),
    /// Something in the room.
    Scored(Box<Scored>),
    /// A teacher's word on a skill.
    Band(BandSet),
}

/// What two pieces have in common of which only one counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Name {
    /// A place of an activity: a student's first answer counts.
    Place(StudentId, Spot, u32),
    /// A score: its newest version counts.
    Score(ScoreId),
    /// Nothing: each word of a teacher stands for itself.
    Word(Stamp),
}

impl Piece {
    /// The evidence in an entry; `None` for entries of other kinds.
    pub fn of(entry: &Entry) -> Option<Self> {
        let stamp = Stamp::of(entry);
        let written = entry.hlc.wall();
        let (at, what) = match entry.kind {
            EntryKind::ANSWER => {
                let answer: Answer = entry.read()?;
                (written.saturating_sub(answer.ago), What::Answer(Box::new(answer)))
            }
            EntryKind::SCORED => {
                let scored: Scored = entry.read()?;
                (scored.at, What::Scored(Box::new(scored)))
            }
            EntryKind::BAND => (written, What::Band(entry.read()?)),
            _ => return None,
        };
        Some(Self { when: When { at, stamp }, what })
    }

    /// Whom it is about: two students where they answered together.
    pub fn students(&self) -> impl Iterator<Item = StudentId> + use<> {
        let (first, second) = match &self.what {
            What::Answer(answer) => (answer.student, answer.partner.filter(|other| *other != answer.student)),
            What::Scored(scored) => (scored.student, None),
            What::Band(set) => (set.student, None),
        };
        std::iter::once(first).chain(second)
    }

    /// Of several pieces with one name one counts.
    pub fn name(&self) -> Name {
        match &self.what {
            What::Answer(answer) => Name::Place(answer.student, answer.spot.clone(), answer.place),
            What::Scored(scored) => Name::Score(scored.id),
            What::Band(_) => Name::Word(self.when.stamp),
        }
    }

    fn counts_before(&self, other: &Self) -> bool {
        match self.what {
            What::Scored(_) => self.when.stamp > other.when.stamp,
            What::Answer(_) | What::Band(_) => self.when.stamp < other.when.stamp,
        }
    }
}

/// The pieces that count, in their order. Taking pieces in another order, or twice, gives the same.
pub fn in_order(pieces: impl IntoIterator<Item = Piece>) -> Vec<Piece> {
    let mut counting: HashMap<Name, Piece> = HashMap::new();
    for piece in pieces {
        match counting.entry(piece.name()) {
            Slot::Vacant(free) => {
                free.insert(piece);
            }
            Slot::Occupied(mut kept) if piece.counts_before(kept.get()) => {
                kept.insert(piece);
            }
            Slot::Occupied(_) => {}
        }
    }
    let mut pieces: Vec<Piece> = counting.into_values().collect();
    pieces.sort_by_key(|piece| piece.when);
    pieces
}
