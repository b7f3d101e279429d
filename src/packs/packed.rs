//! An installed pack: its file, open, and the index that says where everything lies in it.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use super::archive::{self, LIMITS};
use super::compose;
use super::content::Content;
use super::format::Manifest;
use super::index::{Index, Place};
use super::source::Source;
use super::tree::{Tree, no_such_file};
use super::unpack::Unpacker;
use super::verify::{Known, verify};
use super::warm::Warm;
use crate::error::Result;
use crate::files::write_atomically;

/// An archive and where everything lies in it. The file stays open, so it can be read even after a newer version has
/// taken its place in the directory.
pub(super) struct Packed<S: ?Sized = File> {
    pub(super) file: Arc<S>,
    pub(super) index: Index,
    pub(super) warm: Warm,
}

impl<S: Source + ?Sized> Packed<S> {
    pub(super) fn new(file: Arc<S>, index: Index) -> Self {
        Self { warm: Warm::new(file.length().unwrap_or(0)), file, index }
    }
}

impl Packed {
    /// Judges an archive from its first byte to its last, and notes where everything lies.
    ///
    /// # Errors
    /// All refusals of [`archive::inspect`] and [`verify`], and `pack.faults` where a fault is fatal.
    pub(super) fn judge(file: File) -> Result<Self> {
        Self::judge_known(file, &Known::new()).map(|(packed, _)| packed)
    }

    /// As [`Packed::judge`], without reading again what is `known`; answers with the manifest, too.
    ///
    /// # Errors
    /// As [`Packed::judge`].
    pub(super) fn judge_known(file: File, known: &Known) -> Result<(Self, Manifest)> {
        let entries = archive::inspect(&file, &LIMITS)?;
        let (papers, index) = verify(&file, &entries, known)?;
        let mut packed = Self::new(file.into(), index);
        let content = Content::read(&packed)?;
        compose::refuse_fatal(&compose::judge(&content))?;
        packed.index.questions = content.places;
        Ok((packed, papers.manifest))
    }

    /// Opens an archive that was judged when it was installed. A lost or damaged index is made anew.
    ///
    /// # Errors
    /// When the archive can't be read.
    pub(super) fn open(archive: &Path, index: &Path) -> Result<Self> {
        let file = File::open(archive)?;
        let known = std::fs::read(index).ok().and_then(|bytes| Index::from_bytes(&bytes));
        if let Some(known) = known {
            return Ok(Self::new(file.into(), known));
        }
        let packed = Self::judge(file)?;
        write_atomically(index, &packed.index.to_bytes(), 0o644)?;
        Ok(packed)
    }

    /// Where a file lies, if anybody may fetch it.
    pub(super) fn public(&self, path: &str) -> Option<Place> {
        if super::rules::is_public(path) { self.index.find(path).copied() } else { None }
    }
}

impl<S: Source + ?Sized> Tree for Packed<S> {
    fn paths(&self) -> Result<Vec<String>> {
        Ok(self.index.paths().map(str::to_owned).collect())
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>> {
        let place = self.index.find(path).ok_or_else(|| no_such_file(path))?;
        Ok(Box::new(BufReader::new(Unpacker::new(&*self.file, *place))))
    }

    fn open_at(&self, path: &str, at: u64) -> Result<Box<dyn Read + '_>> {
        let place = *self.index.find(path).ok_or_else(|| no_such_file(path))?;
        if place.deflated || at > place.size {
            let mut from = self.open(path)?;
            std::io::copy(&mut from.by_ref().take(at), &mut std::io::sink())?;
            return Ok(from);
        }
        // What lies there as it is can be read from any place on.
        let rest = place.size - at;
        let rest = Place { start: place.start + at, packed: rest, size: rest, ..place };
        Ok(Box::new(BufReader::new(Unpacker::new(&*self.file, rest))))
    }

    fn size(&self, path: &str) -> Result<u64> {
        self.index.find(path).map(|place| place.size).ok_or_else(|| no_such_file(path))
    }

    fn known_digest(&self, path: &str) -> Option<[u8; 16]> {
        self.index.find(path).map(|place| place.content)
    }
}
