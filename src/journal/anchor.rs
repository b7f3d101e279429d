//! When the box learned the date. Entries carry boot and milliseconds since then, which are always true; from anchors of
//! the same boot their dates are worked out, and mended when a better anchor comes.

use minicbor::{Decode, Encode};
use rusqlite::Connection;

use super::entry::{Draft, Entry, EntryKind};
use super::store;
use crate::clock::Moment;
use crate::error::Result;

/// Where a date comes from; greater is better. Numbers are for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum TimeSource {
    /// The system's clock, which on a board without a battery may stand where it stood at the last stop.
    #[n(0)]
    System,
    /// A teacher's device, or several tablets that agree.
    #[n(1)]
    People,
    /// A hub, or a file that a hub wrote.
    #[n(2)]
    Hub,
    /// A clock with a battery.
    #[n(3)]
    Battery,
}

/// The body of an `ANCHOR` entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Anchor {
    /// Milliseconds since 1970 at the entry's own boot and time.
    #[n(0)]
    pub wall: u64,
    /// How far off that may be, in milliseconds.
    #[n(1)]
    pub error: u64,
    /// Where it comes from.
    #[n(2)]
    pub source: TimeSource,
}

/// A clock that nobody has confirmed may be off by anything: a year stands for that.
const UNCONFIRMED: u64 = 365 * 24 * 60 * 60 * 1_000;

impl Anchor {
    /// What the system's clock says at the start.
    pub fn of_system(now: Moment) -> Draft {
        let anchor = Self { wall: now.wall, error: UNCONFIRMED, source: TimeSource::System };
        Draft::new(EntryKind::ANCHOR, &anchor)
    }
}

/// Takes an anchor into its table.
pub(super) fn fold(connection: &Connection, entry: &Entry) -> Result<()> {
    let Some(anchor) = entry.read::<Anchor>() else { return Ok(()) };
    store::insert_anchor(connection, entry, anchor.wall, anchor.error, anchor.source as u8)
}
