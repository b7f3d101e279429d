//! Judges every byte of an archive against `files.json`, in a stream.
//!
//! Tablets believe whatever the box sends: no browser checks the trailer of a gzip stream, and a cut one is taken for a
//! shorter file. So each file is inflated once, here, before anybody sees it.

use std::collections::HashMap;
use std::io::Read;

use flate2::Crc;
use sha2::{Digest, Sha256};

use super::archive::Entry;
use super::as_built::demand_as_built;
use super::format::{FileEntry, Files, LARGEST_DOCUMENT, Manifest, read_document};
use super::index::{Index, Place};
use super::media::ending;
use super::source::Source;
use super::unpack::Unpacker;
use crate::error::{Error, Result};
use crate::ids::from_hex;

/// `files.json` of the largest pack: 50,000 files at some 300 bytes.
const LARGEST_LIST: u64 = 16 << 20;
pub(super) const LARGEST_SIGNATURE: u64 = 4 << 10;

/// The two documents that vouch for all others.
pub(super) struct Papers {
    pub(super) manifest: Manifest,
    /// `pack.json` as it is written: what a signature is made over.
    pub(super) written: Vec<u8>,
    /// What `files.json` lists, which `pack.json` names by its hash.
    pub(super) files: Vec<FileEntry>,
    places: [(Box<str>, Place); 2],
}

impl Papers {
    /// Reads them, wherever `find` says that they lie.
    ///
    /// # Errors
    /// `pack.manifest` and its kin, `pack.checksum`, or that the archive can't be read.
    pub(super) fn read(source: &dyn Source, find: impl Fn(&str) -> Result<Option<Entry>>) -> Result<Self> {
        let entry = |path: &str| find(path)?.ok_or_else(|| missing(path));
        let (written, manifest_place) = read_whole(source, &entry("pack.json")?, LARGEST_DOCUMENT)?;
        let manifest = Manifest::read(&written)?;
        let (list, list_place) = read_whole(source, &entry("files.json")?, LARGEST_LIST)?;
        let wanted: Option<[u8; 32]> = manifest.files.as_deref().and_then(from_hex);
        if wanted != Some(Sha256::digest(&list).into()) {
            return Err(changed("files.json"));
        }
        let Files { files } = read_document("files.json", &list)?;
        let places = [("pack.json".into(), manifest_place), ("files.json".into(), list_place)];
        Ok(Self { manifest, written, files, places })
    }
}

/// The SHA-256 of entries that were read already: of exactly these bytes, inflated in exactly this way.
pub(super) type Known = HashMap<(u64, u64), (Place, [u8; 32])>;

/// Checks that every file is there, whole and as `files.json` says, and writes down where each lies. Entries that
/// `files.json` does not name do not exist, except signatures. What is `known` is not read again.
///
/// # Errors
/// `pack.manifest`, `pack.checksum`, or that the archive can't be read.
pub(super) fn verify(source: &dyn Source, entries: &[Entry], known: &Known) -> Result<(Papers, Index)> {
    let mut by_path: HashMap<&str, &Entry> =
        entries.iter().map(|entry| (entry.path.as_str(), entry)).collect();
    let papers = Papers::read(source, |path| Ok(by_path.get(path).copied().cloned()))?;
    let mut files = papers.places.to_vec();
    for listed in &papers.files {
        // Taken out, so that a list which names a file over and over is not read over and over.
        let entry = by_path.remove(&*listed.path).ok_or_else(|| missing(&listed.path))?;
        let digest = match known.get(&(entry.start, entry.packed)) {
            Some((place, digest)) if *place == place_of(entry, digest) => *digest,
            _ => check(source, entry, |_| {})?,
        };
        if listed.bytes != entry.size || from_hex(&listed.sha256) != Some(digest) {
            return Err(changed(&listed.path));
        }
        files.push((listed.path.as_str().into(), place_of(entry, &digest)));
    }
    // Signatures come after `files.json`, so it cannot name them.
    let signatures: Vec<&Entry> = entries.iter().filter(|entry| is_signature(&entry.path)).collect();
    if !signatures.is_empty() {
        demand_as_built(source, entries)?;
    }
    for entry in signatures {
        let (_, place) = read_whole(source, entry, LARGEST_SIGNATURE)?;
        files.push((entry.path.as_str().into(), place));
    }
    Ok((papers, Index::new(files)))
}

/// Whether a path is that of a signature over `pack.json`, or of the key that made it.
pub(super) fn is_signature(path: &str) -> bool {
    path.strip_prefix("sig/").is_some_and(|name| matches!(ending(name), "minisig" | "pub"))
}

/// One whole file of at most `limit` bytes.
///
/// # Errors
/// `pack.file-large`, `pack.checksum`, or that the archive can't be read.
pub(super) fn read_whole(source: &dyn Source, entry: &Entry, limit: u64) -> Result<(Vec<u8>, Place)> {
    if entry.size > limit {
        return Err(super::tree::too_large(&entry.path, limit));
    }
    let mut bytes = Vec::new();
    let digest = check(source, entry, |part| bytes.extend_from_slice(part))?;
    Ok((bytes, place_of(entry, &digest)))
}

/// Reads a whole entry, hands on its bytes, and compares length and CRC-32; answers with its SHA-256.
///
/// # Errors
/// `pack.checksum`, or that the archive can't be read.
pub(super) fn check(source: &dyn Source, entry: &Entry, mut take: impl FnMut(&[u8])) -> Result<[u8; 32]> {
    let mut reader = Unpacker::new(source, place_of(entry, &[0; 32]));
    let (mut crc, mut hash) = (Crc::new(), Sha256::new());
    let mut part = vec![0; 64 << 10];
    let mut size = 0;
    while size < entry.size {
        let got = reader.read(&mut part).map_err(|e| unreadable(&entry.path, e))?;
        if got == 0 {
            return Err(changed(&entry.path));
        }
        size += got as u64;
        crc.update(&part[..got]);
        hash.update(&part[..got]);
        take(&part[..got]);
    }
    // One more, so that the end of the stream is seen to be the end of the entry.
    let rest = reader.read(&mut part).map_err(|e| unreadable(&entry.path, e))?;
    if rest > 0 || crc.sum() != entry.crc {
        return Err(changed(&entry.path));
    }
    Ok(hash.finalize().into())
}

pub(super) fn place_of(entry: &Entry, digest: &[u8; 32]) -> Place {
    let mut content = [0; 16];
    content.copy_from_slice(&digest[..16]);
    let Entry { start, packed, size, crc, deflated, .. } = *entry;
    Place { start, packed, size, crc, deflated, content }
}

fn missing(path: &str) -> Error {
    let sentence = format!(
        "This pack was not added: its file {path} is missing. Copy it again, or ask its publisher for a new one."
    );
    Error::invalid("pack.checksum", sentence).with("file", path)
}

/// A file is not what it should be.
pub(super) fn changed(path: &str) -> Error {
    let sentence = format!(
        "This pack was not added: its file {path} is damaged or was changed. Copy it again, or ask its publisher for a new one."
    );
    Error::invalid("pack.checksum", sentence).with("file", path)
}

fn unreadable(path: &str, error: std::io::Error) -> Error {
    if matches!(error.kind(), std::io::ErrorKind::InvalidData | std::io::ErrorKind::UnexpectedEof) {
        changed(path).caused_by(error)
    } else {
        error.into()
    }
}
