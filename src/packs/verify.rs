//! Judges every byte of an archive against `files.json`, in a stream.
//!
//! Tablets believe whatever the box sends: no browser checks the trailer of a gzip stream, and a cut one is taken for a
//! shorter file. So each file is inflated once, here, before anybody sees it.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;

use flate2::Crc;
use sha2::{Digest, Sha256};

use super::archive::Entry;
use super::as_built::demand_as_built;
use super::format::{Files, LARGEST_DOCUMENT, Manifest, read_document};
use super::index::{Index, Place};
use super::media::ending;
use super::unpack::Unpacker;
use crate::error::{Error, Result};
use crate::ids::from_hex;

/// `files.json` of the largest pack: 50,000 files at some 300 bytes.
const LARGEST_LIST: u64 = 16 << 20;
const LARGEST_SIGNATURE: u64 = 4 << 10;

/// Checks that every file is there, whole and as `files.json` says, and writes down where each lies. Entries that
/// `files.json` does not name do not exist.
///
/// # Errors
/// `pack.manifest`, `pack.checksum`, or that the archive can't be read.
pub(super) fn verify(file: &File, entries: &[Entry]) -> Result<Index> {
    let by_path: HashMap<&str, &Entry> = entries.iter().map(|entry| (entry.path.as_str(), entry)).collect();
    let entry = |path: &str| by_path.get(path).copied().ok_or_else(|| missing(path));
    let mut files = Vec::new();
    let (manifest, place) = read_whole(file, entry("pack.json")?, LARGEST_DOCUMENT)?;
    let manifest = Manifest::read(&manifest)?;
    files.push(("pack.json".into(), place));
    let (list, place) = read_whole(file, entry("files.json")?, LARGEST_LIST)?;
    let wanted: Option<[u8; 32]> = manifest.files.as_deref().and_then(from_hex);
    if wanted != Some(Sha256::digest(&list).into()) {
        return Err(changed("files.json"));
    }
    files.push(("files.json".into(), place));
    let list: Files = read_document("files.json", &list)?;
    for listed in &list.files {
        let entry = entry(&listed.path)?;
        let digest = check(file, entry, |_| {})?;
        if listed.bytes != entry.size || from_hex(&listed.sha256) != Some(digest) {
            return Err(changed(&listed.path));
        }
        files.push((listed.path.as_str().into(), place_of(entry, digest)));
    }
    // Signatures come after `files.json`, so it cannot name them.
    let signatures: Vec<&Entry> = entries.iter().filter(|entry| is_signature(&entry.path)).collect();
    if !signatures.is_empty() {
        demand_as_built(file, entries)?;
    }
    for entry in signatures {
        let (_, place) = read_whole(file, entry, LARGEST_SIGNATURE)?;
        files.push((entry.path.as_str().into(), place));
    }
    Ok(Index::new(files))
}

fn is_signature(path: &str) -> bool {
    path.strip_prefix("sig/").is_some_and(|name| matches!(ending(name), "minisig" | "pub"))
}

fn read_whole(file: &File, entry: &Entry, limit: u64) -> Result<(Vec<u8>, Place)> {
    if entry.size > limit {
        return Err(super::tree::too_large(&entry.path, limit));
    }
    let mut bytes = Vec::new();
    let digest = check(file, entry, |part| bytes.extend_from_slice(part))?;
    Ok((bytes, place_of(entry, digest)))
}

/// Reads a whole entry, hands on its bytes, and compares length and CRC-32; answers with its SHA-256.
fn check(file: &File, entry: &Entry, mut take: impl FnMut(&[u8])) -> Result<[u8; 32]> {
    let mut reader = Unpacker::new(file, place_of(entry, [0; 32]));
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

fn place_of(entry: &Entry, digest: [u8; 32]) -> Place {
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

fn changed(path: &str) -> Error {
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
