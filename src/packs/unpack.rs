//! A file of an archive, from its place in it: read with positioned reads, inflated when it is deflated, in little memory.
//!
//! Never through a memory map: an I/O error on a mapped card would kill the process, a failed read is the error of one
//! request.

use std::io::{Error, ErrorKind, Read, Result};

use flate2::{Decompress, FlushDecompress, Status};

use super::index::Place;
use super::source::{Source, read_exact_at};

/// Bytes that are read from the archive at once.
const STEP: usize = 32 << 10;

/// Reads a file of an archive. At its end it has given exactly as many bytes as announced, from exactly as many bytes of
/// data, or it has failed.
pub(super) struct Unpacker<S> {
    source: S,
    place: Place,
    inflate: Option<Box<Decompress>>,
    /// Bytes of data taken from the archive.
    taken: u64,
    /// Bytes given out.
    given: u64,
    held: Vec<u8>,
    used: usize,
}

impl<S: Source> Unpacker<S> {
    pub(super) fn new(source: S, place: Place) -> Self {
        let inflate = place.deflated.then(|| Box::new(Decompress::new(false)));
        Self { source, place, inflate, taken: 0, given: 0, held: Vec::new(), used: 0 }
    }

    fn fill(&mut self) -> Result<()> {
        let left = usize::try_from(self.place.packed - self.taken).unwrap_or(usize::MAX);
        self.held.resize(left.min(STEP), 0);
        self.used = 0;
        read_exact_at(&self.source, &mut self.held, self.place.start + self.taken)?;
        self.taken += self.held.len() as u64;
        Ok(())
    }
}

fn damaged() -> Error {
    Error::new(ErrorKind::InvalidData, "the file in the archive is damaged")
}

impl<S: Source> Read for Unpacker<S> {
    fn read(&mut self, to: &mut [u8]) -> Result<usize> {
        let Some(mut inflate) = self.inflate.take() else {
            let left = usize::try_from(self.place.size - self.given).unwrap_or(usize::MAX);
            let wanted = to.len().min(left);
            if wanted == 0 {
                return Ok(0);
            }
            let got = self.source.read_at(&mut to[..wanted], self.place.start + self.given)?;
            self.given += got as u64;
            return if got == 0 { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(got) };
        };
        if to.is_empty() {
            self.inflate = Some(inflate);
            return Ok(0);
        }
        loop {
            if self.used == self.held.len() && self.taken < self.place.packed {
                self.fill()?;
            }
            let (before_in, before_out) = (inflate.total_in(), inflate.total_out());
            let status = inflate
                .decompress(&self.held[self.used..], to, FlushDecompress::None)
                .map_err(|_| damaged())?;
            let eaten = inflate.total_in() - before_in;
            let made = inflate.total_out() - before_out;
            self.used += usize::try_from(eaten).unwrap_or(0);
            self.given += made;
            let is_end = status == Status::StreamEnd;
            let is_whole = self.given == self.place.size && inflate.total_in() == self.place.packed;
            if self.given > self.place.size || is_end && !is_whole || !is_end && eaten == 0 && made == 0 {
                return Err(damaged());
            }
            if is_end || made > 0 {
                // After its end the stream is gone, and nothing is left to give.
                if !is_end {
                    self.inflate = Some(inflate);
                }
                return Ok(usize::try_from(made).unwrap_or(0));
            }
        }
    }
}
