//! A zip that is no pack: a book, a web page with its pictures, a folder that somebody packed for the way. It is judged
//! as hard as a pack, and read where it lies.

use std::fs::File;
use std::io::{BufReader, ErrorKind, Read, Result as IoResult};

use flate2::Crc;

use super::archive::{self, Entry, LIMITS};
use super::index::Place;
use super::source::{Source, read_exact_at};
use super::tree::{Tree, no_such_file};
use super::unpack::Unpacker;
use crate::error::{Error, Result};

/// Bytes of the end record of a zip, and what it begins with.
const END: usize = 22;
const END_SIGN: &[u8] = b"PK\x05\x06";
/// Bytes of the longest comment behind it.
const LONGEST_COMMENT: u64 = 0xffff;

/// The files of a zip.
pub struct Bundle {
    file: WithoutComment,
    /// In byte order of their paths.
    entries: Vec<Entry>,
}

impl Bundle {
    /// Judges a zip. What a computer keeps for itself (hidden files, `__MACOSX`) is left out.
    ///
    /// # Errors
    /// All refusals of an archive but `pack.not-a-pack`.
    pub fn open(file: File) -> Result<Self> {
        let file = WithoutComment::of(file)?;
        let mut entries = archive::inspect_foreign(&file, &LIMITS).map_err(speak_of_file)?;
        entries.retain(|entry| !entry.path.split('/').any(is_of_computer));
        entries.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { file, entries })
    }

    /// Bytes of a file after inflating.
    pub fn size(&self, path: &str) -> Option<u64> {
        self.find(path).map(|entry| entry.size)
    }

    fn find(&self, path: &str) -> Option<&Entry> {
        let found = self.entries.binary_search_by(|entry| entry.path.as_str().cmp(path)).ok()?;
        self.entries.get(found)
    }
}

/// A zip without the comment behind its end, which no pack may have and many programs write: what follows is cut off, and
/// its length is read as 0.
struct WithoutComment {
    file: File,
    length: u64,
    /// Where the length of the comment stands, when there is one.
    comment: Option<u64>,
}

impl WithoutComment {
    fn of(file: File) -> Result<Self> {
        let whole = file.length()?;
        let from = whole.saturating_sub(LONGEST_COMMENT + END as u64);
        let mut tail = vec![0; usize::try_from(whole - from).unwrap_or_default()];
        read_exact_at(&file, &mut tail, from)?;
        let last = tail.windows(END_SIGN.len()).rposition(|sign| sign == END_SIGN);
        let reaches_end = |at: &usize| {
            let length =
                tail.get(at + END - 2..at + END).map(|two| usize::from(two[0]) | usize::from(two[1]) << 8);
            length.is_some_and(|length| at + END + length == tail.len())
        };
        // Where the last such sign is no end, the judge of archives finds the words for it.
        let length = last.filter(reaches_end).map_or(whole, |at| from + (at + END) as u64);
        let comment = (length < whole).then_some(length - 2);
        Ok(Self { file, length, comment })
    }
}

impl Source for WithoutComment {
    fn length(&self) -> IoResult<u64> {
        Ok(self.length)
    }

    fn read_at(&self, to: &mut [u8], at: u64) -> IoResult<usize> {
        let left = usize::try_from(self.length.saturating_sub(at)).unwrap_or(usize::MAX);
        let wanted = to.len().min(left);
        let got = self.file.read_at(&mut to[..wanted], at)?;
        if let Some(comment) = self.comment {
            for (_, byte) in (at..).zip(to[..got].iter_mut()).filter(|(place, _)| *place >= comment) {
                *byte = 0;
            }
        }
        Ok(got)
    }
}

fn is_of_computer(part: &str) -> bool {
    part.starts_with('.') || matches!(part, "__MACOSX" | "Thumbs.db" | "desktop.ini")
}

/// Nobody called it a pack.
fn speak_of_file(mut error: Error) -> Error {
    if let Some(rest) = error.message.strip_prefix("This pack ") {
        error.message = format!(
            "This file {}",
            rest.replace("its publisher", "whoever made it").replace("out of the pack", "out of it")
        );
    }
    error
}

impl Tree for Bundle {
    fn paths(&self) -> Result<Vec<String>> {
        Ok(self.entries.iter().map(|entry| entry.path.clone()).collect())
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>> {
        let entry = self.find(path).ok_or_else(|| no_such_file(path))?;
        let Entry { start, packed, size, crc, deflated, .. } = *entry;
        let place = Place { start, packed, size, crc, deflated, content: [0; 16] };
        let inner = BufReader::new(Unpacker::new(&self.file, place));
        Ok(Box::new(Checked { inner, sum: Crc::new(), wanted: crc, left: size }))
    }
}

/// Reads a file and compares its checksum at its end: there is no list of hashes in a zip that is no pack.
struct Checked<R> {
    inner: R,
    sum: Crc,
    wanted: u32,
    left: u64,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, to: &mut [u8]) -> IoResult<usize> {
        let got = self.inner.read(to)?;
        self.sum.update(&to[..got]);
        self.left = self.left.saturating_sub(got as u64);
        if self.left == 0 && self.sum.sum() != self.wanted {
            return Err(ErrorKind::InvalidData.into());
        }
        Ok(got)
    }
}

#[cfg(test)]
mod tests;
