//! A look at an archive without reading all of it: its directory, what vouches for its files, and its cover. So a stick
//! with twenty large packs is shown within seconds.

use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read};

use super::archive::{Directory, Entry, LIMITS, Listed, not_a_pack};
use super::format::Manifest;
use super::index::Likeness;
use super::media::media_type;
use super::signature::{Signer, Trusted, find_signer};
use super::source::{Counted, Source};
use super::tree::{Tree, no_such_file};
use super::verify::{LARGEST_SIGNATURE, Papers, is_signature, read_whole};
use crate::error::Result;
use crate::ids::from_hex;

/// A cover that is larger is not shown before the pack is installed.
const LARGEST_COVER: u64 = 1 << 20;
/// Files below `sig/` that are looked at.
const MOST_SIGNATURES: usize = 32;

/// What is known of a pack that was only looked at. Its files were compared with nothing yet.
#[derive(Debug)]
pub struct Peeked {
    /// Its `pack.json`.
    pub manifest: Manifest,
    /// The picture, and what kind it is, such as `image/svg+xml`.
    pub cover: Option<(&'static str, Vec<u8>)>,
    /// Bytes of the archive.
    pub bytes: u64,
    /// All files that it vouches for, in byte order of their paths.
    pub files: Vec<PeekedFile>,
    /// The manifest as it is written, and the signatures over it.
    signed: Signed,
}

impl Peeked {
    /// Who signed what it says of itself.
    ///
    /// # Errors
    /// None at present: all that it takes was read.
    pub fn signer(&self, trusted: &Trusted) -> Result<Signer> {
        find_signer(&self.signed, trusted)
    }
}

/// What a signature takes, by path.
#[derive(Debug)]
struct Signed(BTreeMap<String, Vec<u8>>);

impl Tree for Signed {
    fn paths(&self) -> Result<Vec<String>> {
        Ok(self.0.keys().cloned().collect())
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>> {
        Ok(Box::new(Cursor::new(self.0.get(path).ok_or_else(|| no_such_file(path))?)))
    }
}

/// One file of a pack that was only looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeekedFile {
    /// Where it is in the pack.
    pub path: String,
    /// What it must be.
    pub sha256: [u8; 32],
    /// How long it is,
    pub bytes: u64,
    /// and how long in the archive.
    pub packed: u64,
    pub(super) likeness: Option<Likeness>,
}

/// Looks at an archive.
///
/// # Errors
/// What can be told from its directory of the refusals of `packs/archive.rs`; `pack.manifest` and its kin;
/// `pack.checksum`; `pack.source-lost`.
pub fn peek(source: &dyn Source) -> Result<Peeked> {
    let counted = Counted::new(source);
    let look = || {
        let directory = Directory::read(&counted, &LIMITS)?;
        directory.judge(&LIMITS)?;
        let listed = Listing::of(&directory);
        let papers = listed.papers(&counted)?;
        let cover = papers.manifest.cover.as_deref().and_then(|path| {
            let entry = listed.entry(&counted, path).ok().flatten()?;
            // A picture that is too large or damaged is none; what is wrong is told when the pack is received.
            let (bytes, _) = read_whole(&counted, &entry, LARGEST_COVER).ok()?;
            Some((media_type(path), bytes))
        });
        let mut signed = listed.signatures(&counted)?;
        signed.insert("pack.json".to_owned(), papers.written);
        let files = papers.files.iter().filter_map(|file| {
            let listed = listed.find(&file.path)?;
            let sha256 = from_hex(&file.sha256)?;
            let likeness = Some(listed.likeness(&sha256)).filter(|_| listed.size == file.bytes);
            Some(PeekedFile {
                path: file.path.clone(),
                sha256,
                bytes: file.bytes,
                packed: listed.packed,
                likeness,
            })
        });
        let files = files.collect();
        Ok(Peeked {
            manifest: papers.manifest,
            cover,
            bytes: directory.length,
            files,
            signed: Signed(signed),
        })
    };
    look().map_err(|error| counted.explain(error))
}

/// The entries of a directory by their paths.
pub(super) struct Listing<'a>(HashMap<&'a str, &'a Listed>);

impl<'a> Listing<'a> {
    pub(super) fn of(directory: &'a Directory) -> Self {
        Self(directory.listed.iter().map(|listed| (&*listed.path, listed)).collect())
    }

    pub(super) fn find(&self, path: &str) -> Option<&'a Listed> {
        self.0.get(path).copied()
    }

    /// What vouches for all files.
    ///
    /// # Errors
    /// As [`Papers::read`].
    pub(super) fn papers(&self, source: &dyn Source) -> Result<Papers> {
        if self.find("pack.json").is_none() {
            return Err(not_a_pack());
        }
        Papers::read(source, |path| self.entry(source, path))
    }

    fn entry(&self, source: &dyn Source, path: &str) -> Result<Option<Entry>> {
        self.find(path).map(|listed| Ok(listed.entry(source)?)).transpose()
    }

    fn signatures(&self, source: &dyn Source) -> Result<BTreeMap<String, Vec<u8>>> {
        let mut paths: Vec<&str> = self.0.keys().copied().filter(|path| is_signature(path)).collect();
        paths.sort_unstable();
        let mut signatures = BTreeMap::new();
        for path in paths.into_iter().take(MOST_SIGNATURES) {
            if let Some(entry) = self.entry(source, path)? {
                signatures.insert(path.to_owned(), read_whole(source, &entry, LARGEST_SIGNATURE)?.0);
            }
        }
        Ok(signatures)
    }
}

#[cfg(test)]
mod tests;
