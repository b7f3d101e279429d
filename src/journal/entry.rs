//! One entry of the journal, and the kinds that there are.

use crate::ids::{ClientId, StreamId};

use super::hlc::Hlc;

/// What an entry says. Numbers are for ever; unknown ones are kept and passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EntryKind(pub u16);

impl EntryKind {
    /// A student's answer to an item.
    pub const ANSWER: Self = Self(1);
    /// A sign-in or its end.
    pub const SESSION: Self = Self(2);
    /// Fields of a student, class, school … set to new values.
    pub const SET: Self = Self(3);
    /// The box learned the date.
    pub const ANCHOR: Self = Self(4);
    /// Two student ids are one person.
    pub const ALIAS: Self = Self(5);
    /// A student moved to another school.
    pub const MOVE: Self = Self(6);
    /// A student's progress, summed up for a move.
    pub const CARD: Self = Self(7);
    /// A pack was installed or removed.
    pub const PACK: Self = Self(8);
    /// Something worth knowing happened to the box, or came that it could not understand.
    pub const NOTE: Self = Self(9);
    /// A student opened an activity.
    pub const OPEN: Self = Self(10);
    /// A student finished reading a page.
    pub const READ: Self = Self(11);
    /// A class was given a course or a lesson by its teacher, or had it taken back.
    pub const GIVEN: Self = Self(12);
    /// What a student showed in the room, as a teacher wrote it down.
    pub const SCORED: Self = Self(13);
    /// A teacher said which band a student is in, or took that back.
    pub const BAND: Self = Self(14);
    /// How hard skills and items are, learned from answers.
    pub const DIFFICULTY: Self = Self(15);
    /// A student asked for help, or was helped.
    pub const HELP: Self = Self(16);
    /// A lesson in the room began, went on to its next round, or ended.
    pub const LESSON: Self = Self(17);
    /// Who was there, said by hand.
    pub const ATTENDANCE: Self = Self(18);
    /// What a class is to reach was set, changed or given up.
    pub const GOAL: Self = Self(19);
    /// Students were asked to find out where to start in a course, or no more.
    pub const PLACEMENT: Self = Self(21);
    /// A box belongs to the school, or no more.
    pub const BOX: Self = Self(22);
}

/// Where an entry stands: this names it everywhere and for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// Whose stream.
    pub stream: StreamId,
    /// Which life of that box: 32 bits of count, 32 random bits.
    pub epoch: u64,
    /// From 1, without gaps.
    pub seq: u64,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands.
    pub position: Position,
    /// The boot of its box.
    pub boot: u32,
    /// Milliseconds since that boot.
    pub mono: u64,
    /// Its stamp.
    pub hlc: Hlc,
    /// What it says.
    pub kind: EntryKind,
    /// The tablet that sent it, and its number there.
    pub client: Option<(ClientId, u64)>,
    /// CBOR, by kind.
    pub body: Vec<u8>,
}

impl Entry {
    /// Reads the body; `None` when it is of a shape that this version does not know.
    pub fn read<'b, T: minicbor::Decode<'b, ()>>(&'b self) -> Option<T> {
        minicbor::decode(&self.body).ok()
    }
}

/// An entry that has no place yet.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What it says.
    pub kind: EntryKind,
    /// CBOR, by kind.
    pub body: Vec<u8>,
}

impl Draft {
    /// Writes `body` down.
    pub fn new<T: minicbor::Encode<()>>(kind: EntryKind, body: &T) -> Self {
        // Writing to a vector can't fail.
        Self { kind, body: minicbor::to_vec(body).unwrap_or_default() }
    }
}
