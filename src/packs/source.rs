//! Where the bytes of an archive come from: a file, the volumes of a large pack on a stick, what a network brings.

use std::fs::File;
use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom};
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::error;

/// Bytes that can be read at any place. A stick may be pulled, so every read may fail.
pub trait Source: Send + Sync {
    /// How many bytes there are.
    ///
    /// # Errors
    /// When they can't be reached.
    fn length(&self) -> Result<u64>;

    /// Reads up to `to.len()` bytes from the place `at`; 0 at the end.
    ///
    /// # Errors
    /// When they can't be reached.
    fn read_at(&self, to: &mut [u8], at: u64) -> Result<usize>;

    /// The SHA-256 of all of them, where whoever made them says it beside them.
    fn sha256(&self) -> Option<[u8; 32]> {
        None
    }
}

impl Source for File {
    fn length(&self) -> Result<u64> {
        Ok(self.metadata()?.len())
    }

    fn read_at(&self, to: &mut [u8], at: u64) -> Result<usize> {
        FileExt::read_at(self, to, at)
    }
}

/// Bytes in memory.
impl Source for Vec<u8> {
    fn length(&self) -> Result<u64> {
        Ok(self.len() as u64)
    }

    fn read_at(&self, to: &mut [u8], at: u64) -> Result<usize> {
        let rest = usize::try_from(at).ok().and_then(|at| self.get(at..)).unwrap_or_default();
        let got = rest.len().min(to.len());
        to[..got].copy_from_slice(&rest[..got]);
        Ok(got)
    }
}

impl<S: Source + ?Sized> Source for &S {
    fn length(&self) -> Result<u64> {
        (**self).length()
    }

    fn read_at(&self, to: &mut [u8], at: u64) -> Result<usize> {
        (**self).read_at(to, at)
    }

    fn sha256(&self) -> Option<[u8; 32]> {
        (**self).sha256()
    }
}

impl<S: Source + ?Sized> Source for Arc<S> {
    fn length(&self) -> Result<u64> {
        (**self).length()
    }

    fn read_at(&self, to: &mut [u8], at: u64) -> Result<usize> {
        (**self).read_at(to, at)
    }

    fn sha256(&self) -> Option<[u8; 32]> {
        (**self).sha256()
    }
}

/// Fills `to` from the place `at`.
///
/// # Errors
/// `UnexpectedEof` where there are fewer bytes; when they can't be reached.
pub(super) fn read_exact_at(source: &dyn Source, mut to: &mut [u8], mut at: u64) -> Result<()> {
    while !to.is_empty() {
        match source.read_at(to, at) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(got) => {
                to = &mut to[got..];
                at += got as u64;
            }
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(())
}

/// Reads a source from one end to the other, for those who know no other way.
pub(super) struct Reader<'a> {
    source: &'a dyn Source,
    at: u64,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a dyn Source) -> Self {
        Self { source, at: 0 }
    }
}

impl Read for Reader<'_> {
    fn read(&mut self, to: &mut [u8]) -> Result<usize> {
        let got = self.source.read_at(to, self.at)?;
        self.at += got as u64;
        Ok(got)
    }
}

impl Seek for Reader<'_> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let found = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.source.length()?.checked_add_signed(by),
        };
        self.at = found.ok_or_else(|| Error::from(ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

/// A source that counts what is read from it, and remembers whether it failed.
pub(super) struct Counted<'a> {
    source: &'a dyn Source,
    read: AtomicU64,
    failed: AtomicBool,
}

impl<'a> Counted<'a> {
    pub(super) fn new(source: &'a dyn Source) -> Self {
        Self { source, read: AtomicU64::new(0), failed: AtomicBool::new(false) }
    }

    /// Bytes that were read so far.
    pub(super) fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// The error for people: of a source that failed, not of a disk of the box.
    pub(super) fn explain(&self, error: error::Error) -> error::Error {
        if !self.failed.load(Ordering::Relaxed) || error.kind != error::Kind::Unavailable {
            return error;
        }
        let sentence = "The pack can't be read any more. Put the stick in again and try once more: the box goes on where it stopped.";
        error::Error::new(error::Kind::Unavailable, "pack.source-lost", sentence).caused_by(error)
    }
}

impl Source for Counted<'_> {
    fn length(&self) -> Result<u64> {
        self.source.length().inspect_err(|_| self.failed.store(true, Ordering::Relaxed))
    }

    fn read_at(&self, to: &mut [u8], at: u64) -> Result<usize> {
        let read = self.source.read_at(to, at);
        match &read {
            Ok(got) => {
                self.read.fetch_add(*got as u64, Ordering::Relaxed);
            }
            Err(_) => self.failed.store(true, Ordering::Relaxed),
        }
        read
    }

    fn sha256(&self) -> Option<[u8; 32]> {
        self.source.sha256()
    }
}
