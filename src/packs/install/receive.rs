//! What of an archive must be read from where it comes from, and what the box has already: entry by entry.
//!
//! `files.json` names every file of the new archive by its SHA-256, so an entry that an installed pack holds, or that an
//! earlier try left in the draft, need not be read again. It is hashed as it passes by; where it is not what it should be,
//! it is read from the source after all. The directory always comes from the source, and so do the heads of entries, unless the
//! SHA-256 of the whole file is known beforehand: then a head is made of what the directory says, because each read of one costs a
//! whole way on a long line. So the file becomes the publisher's to the byte.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::sync::Arc;

use super::lay::{Laid, Origin, Run, lay};
use super::room::Room;
use crate::error::{Error, Result};
use crate::ids::from_hex;
use crate::packs::archive::{Directory, Listed};
use crate::packs::index::Likeness;
use crate::packs::source::Source;
use crate::packs::verify::Papers;

/// So much of an archive is read although it is at hand, where it lies between what is not: fewer and longer reads.
const READ_OVER: u64 = 100;
/// The disk is asked how full it is after so many bytes.
const LOOK_EVERY: u64 = 8 << 20;

/// The entries of this box that can stand for entries of the new archive.
pub(super) type Own = HashMap<Likeness, (Arc<File>, u64)>;

/// An archive on its way into a draft.
pub(super) struct Coming<'a> {
    pub(super) source: &'a dyn Source,
    pub(super) directory: &'a Directory,
    /// In the order of their places.
    listed: Vec<&'a Listed>,
    /// What each must be, by its path.
    sums: HashMap<&'a str, [u8; 32]>,
}

/// An entry that is not read from the source.
struct Taken<'a> {
    listed: &'a Listed,
    start: u64,
    end: u64,
    from: Origin,
}

impl<'a> Coming<'a> {
    pub(super) fn new(source: &'a dyn Source, directory: &'a Directory, papers: &'a Papers) -> Self {
        let sums = papers.files.iter().filter_map(|file| Some((&*file.path, from_hex(&file.sha256)?)));
        Self { source, directory, listed: directory.in_order(), sums: sums.collect() }
    }

    /// The entries that `files.json` names. Nobody looks into others, however large they say that they are.
    pub(super) fn vouched(&self) -> Vec<&'a Listed> {
        self.listed.iter().copied().filter(|listed| self.sums.contains_key(&*listed.path)).collect()
    }

    /// What entries of the box could stand for the archive's.
    pub(super) fn wanted(&self) -> HashSet<Likeness> {
        let likeness = |listed: &&Listed| Some(listed.likeness(self.sums.get(&*listed.path)?));
        self.listed.iter().filter_map(likeness).collect()
    }

    /// Brings the archive into the draft, of which the first `lying` bytes are there from an earlier try.
    ///
    /// # Errors
    /// When a read or a write fails; `pack.checksum`, `box.disk-full`; what `tell` says.
    pub(super) fn bring(
        &self,
        draft: &File,
        mut lying: u64,
        own: &Own,
        room: &Room,
        tell: &dyn Fn(u64, u64) -> Result<()>,
    ) -> Result<Laid> {
        let length = self.directory.length;
        let vouched = self.vouched();
        let mut distrusted: HashSet<&str> = HashSet::new();
        let mut guesses = self.source.sha256().is_some();
        loop {
            let mut taken = self.take(lying, own, &distrusted)?;
            let mut looked = 0;
            let mut tell = |done: u64| {
                if done >= looked + LOOK_EVERY {
                    looked = done;
                    room.demand(length.saturating_sub(done.max(lying)))?;
                }
                tell(done, length)
            };
            let laid = lay(draft, self.source, &runs(&taken, length, guesses), &vouched, &mut tell)?;
            let paths =
                |taken: &[Taken<'a>]| taken.iter().map(|one| &*one.listed.path).collect::<Vec<&str>>();
            let all = paths(&taken);
            taken.retain(|one| !self.is_right(one, &laid));
            let wrong = paths(&taken);
            let is_whole = self.source.sha256().is_none_or(|wanted| wanted == laid.sha256);
            match (wrong.is_empty(), is_whole, all.is_empty()) {
                (true, true, _) => return Ok(laid),
                // Heads that say more than usual.
                _ if std::mem::take(&mut guesses) => {}
                (true, false, true) => return Err(another_file()),
                // Packed in another way, though to the same length: the publisher's own bytes are wanted.
                (true, false, false) => distrusted.extend(all),
                (false, ..) => distrusted.extend(wrong),
            }
            tracing::info!(entries = distrusted.len(), "some files of a pack are read again");
            lying = length;
        }
    }

    /// The entries that need not be read, in the order of their places.
    fn take(&self, lying: u64, own: &Own, distrusted: &HashSet<&str>) -> Result<Vec<Taken<'a>>> {
        let mut taken = Vec::new();
        let mut free = 0;
        for (number, listed) in self.listed.iter().enumerate() {
            let next = self.listed.get(number + 1).map_or(self.directory.start, |next| next.head);
            let Some(sha256) = self.sums.get(&*listed.path) else { continue };
            let twin = own.get(&listed.likeness(sha256));
            let is_at_hand = twin.is_some() || listed.head < lying;
            if !is_at_hand || listed.packed == 0 || distrusted.contains(&*listed.path) {
                continue;
            }
            let start = if listed.plain_start() + listed.packed == next {
                listed.plain_start()
            } else {
                listed.entry(self.source)?.start
            };
            let end = start + listed.packed;
            if start < free || end > next {
                continue; // Two readings of the same bytes: refused later, by those who compare them.
            }
            free = end;
            match twin {
                Some((file, place)) if lying < end => {
                    taken.push(Taken { listed, start, end, from: Origin::Own(file.clone(), *place) });
                }
                _ if lying > start => {
                    taken.push(Taken { listed, start, end: end.min(lying), from: Origin::Draft });
                }
                _ => {}
            }
        }
        self.read_over(&mut taken);
        Ok(taken)
    }

    /// Gives up the shortest ones, as far as that costs little.
    fn read_over(&self, taken: &mut Vec<Taken>) {
        let mut lengths: Vec<u64> = taken.iter().map(|one| one.end - one.start).collect();
        lengths.sort_unstable();
        let mut left = self.directory.length / READ_OVER;
        let affordable = lengths.into_iter().take_while(|length| {
            let is_affordable = *length <= left;
            left = left.saturating_sub(*length);
            is_affordable
        });
        if let Some(longest) = affordable.last() {
            // Of several of the longest, none: their sum may be too much.
            taken.retain(|one| one.end - one.start >= longest);
        }
    }

    fn is_right(&self, taken: &Taken, laid: &Laid) -> bool {
        let found = laid.known.get(&(taken.start, taken.listed.packed)).map(|(_, digest)| digest);
        found.is_some() && found == self.sums.get(&*taken.listed.path)
    }
}

/// The archive from its first byte to its last; what is not taken comes from the source, or is guessed where it is a head.
fn runs(taken: &[Taken], length: u64, guesses: bool) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    for Taken { listed, start, end, from } in taken {
        if at < *start {
            let is_head = guesses && at == listed.head && *start == listed.plain_start();
            let from = if is_head { Origin::Guess(listed.likely_head().into()) } else { Origin::Source };
            runs.push(Run { start: at, end: *start, from });
        }
        runs.push(Run { start: *start, end: *end, from: from.clone() });
        at = *end;
    }
    if at < length {
        runs.push(Run { start: at, end: length, from: Origin::Source });
    }
    runs
}

fn another_file() -> Error {
    let sentence = "This pack was not added: it is not the file that its checksum was made of. Copy it again, or ask its publisher for a new one.";
    Error::invalid("pack.checksum", sentence)
}

#[cfg(test)]
mod tests;
