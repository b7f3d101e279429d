//! Looks into media files: what they are made of, how large and how long they are. Reads what says so and steps over
//! the rest, so that a film of two gigabytes costs no more than its headers. Believes nothing: a strange file gives
//! `None` or a sentence, never a panic and never more than a bounded piece in memory.

pub(super) mod audio;
mod avc;
mod bits;
pub(super) mod captions;
pub(super) mod exif;
pub(super) mod image;
pub(super) mod mp4;
pub(super) mod pdf;
pub(super) mod webm;

use std::io::Read;

use crate::error::Result;
use crate::packs::Tree;

/// What lies between here and there is read and thrown away up to this many bytes; beyond, the file is opened anew at
/// the place.
const WORTH_READING: u64 = 64 << 10;

/// Opens a file from a place on.
type Open<'a> = dyn Fn(u64) -> Result<Box<dyn Read + 'a>> + 'a;

/// A file that is read here and there, mostly forwards.
pub(super) struct Bytes<'a> {
    size: u64,
    open: Box<Open<'a>>,
    reader: Option<(u64, Box<dyn Read + 'a>)>,
}

impl<'a> Bytes<'a> {
    /// A file of a pack.
    pub(super) fn of(tree: &'a dyn Tree, path: &'a str, size: u64) -> Self {
        Self { size, open: Box::new(move |at| tree.open_at(path, at)), reader: None }
    }

    /// How long it is.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Up to `length` bytes from the place `at`; fewer at the end.
    pub(super) fn read(&mut self, at: u64, length: usize) -> Result<Vec<u8>> {
        let (mut place, mut reader) = match self.reader.take() {
            Some((place, reader)) if place <= at && at - place <= WORTH_READING => (place, reader),
            _ => (at, (self.open)(at)?),
        };
        place += std::io::copy(&mut reader.by_ref().take(at - place), &mut std::io::sink())?;
        let mut bytes = Vec::with_capacity(length.min(1 << 16));
        if place == at {
            place += reader.by_ref().take(length as u64).read_to_end(&mut bytes)? as u64;
        }
        self.reader = Some((place, reader));
        Ok(bytes)
    }

    /// Exactly `N` bytes from the place `at`; `None` where the file ends before.
    pub(super) fn exactly<const N: usize>(&mut self, at: u64) -> Result<Option<[u8; N]>> {
        Ok(self.read(at, N)?.try_into().ok())
    }
}

/// The number in up to eight bytes, the most significant first.
fn big(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// The number in up to eight bytes, the least significant first.
fn little(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// `length` bytes of `bytes` from the place `at`, if there are so many.
fn part(bytes: &[u8], at: usize, length: usize) -> Option<&[u8]> {
    bytes.get(at..at.checked_add(length)?)
}
