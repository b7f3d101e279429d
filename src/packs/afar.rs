//! The files of an archive where it lies, on a stick or anywhere else, to look them over before anything is copied.

use std::collections::BTreeMap;
use std::io::{BufReader, Read};
use std::sync::Arc;

use super::archive::{Directory, LIMITS, Listed};
use super::index::Place;
use super::peek::Listing;
use super::source::Source;
use super::tree::{Tree, no_such_file};
use super::unpack::Unpacker;
use super::verify::is_signature;
use crate::error::Result;
use crate::ids::from_hex;

/// An archive whose directory was judged. Its files were compared with nothing yet; that is done when it is received.
struct Afar {
    source: Arc<dyn Source>,
    /// The files that it vouches for, and its signatures; the first half of what their SHA-256 must be, where it says so.
    files: BTreeMap<Box<str>, (Listed, Option<[u8; 16]>)>,
}

/// The files of the archive in `source`, as far as its directory and what vouches for them hold together.
///
/// # Errors
/// As [`super::peek`].
pub fn open_afar(source: Arc<dyn Source>) -> Result<Box<dyn Tree>> {
    let directory = Directory::read(&source, &LIMITS)?;
    directory.judge(&LIMITS)?;
    let papers = Listing::of(&directory).papers(&source)?;
    let mut vouched: BTreeMap<&str, Option<[u8; 16]>> =
        ["pack.json", "files.json"].map(|path| (path, None)).into();
    for file in &papers.files {
        let digest: Option<[u8; 32]> = from_hex(&file.sha256);
        vouched.insert(&file.path, digest.and_then(|digest| digest.first_chunk().copied()));
    }
    let mut files = BTreeMap::new();
    for listed in directory.listed {
        let digest = vouched.get(&*listed.path).copied();
        if digest.is_some() || is_signature(&listed.path) {
            files.insert(listed.path.clone(), (listed, digest.flatten()));
        }
    }
    Ok(Box::new(Afar { source, files }))
}

impl Afar {
    fn listed(&self, path: &str) -> Result<&Listed> {
        self.files.get(path).map(|(listed, _)| listed).ok_or_else(|| no_such_file(path))
    }

    fn place(&self, path: &str) -> Result<Place> {
        let entry = self.listed(path)?.entry(&self.source)?;
        let content = self.known_digest(path).unwrap_or_default();
        let (start, packed, size, crc, deflated) =
            (entry.start, entry.packed, entry.size, entry.crc, entry.deflated);
        Ok(Place { start, packed, size, crc, deflated, content })
    }

    fn unpack(&self, place: Place) -> Box<dyn Read + '_> {
        Box::new(BufReader::new(Unpacker::new(&self.source, place)))
    }
}

impl Tree for Afar {
    fn paths(&self) -> Result<Vec<String>> {
        Ok(self.files.keys().map(ToString::to_string).collect())
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>> {
        Ok(self.unpack(self.place(path)?))
    }

    fn open_at(&self, path: &str, at: u64) -> Result<Box<dyn Read + '_>> {
        let place = self.place(path)?;
        let Some(rest) = place.size.checked_sub(at).filter(|_| !place.deflated) else {
            let mut from = self.unpack(place);
            std::io::copy(&mut from.by_ref().take(at), &mut std::io::sink())?;
            return Ok(from);
        };
        Ok(self.unpack(Place { start: place.start + at, packed: rest, size: rest, ..place }))
    }

    fn size(&self, path: &str) -> Result<u64> {
        Ok(self.listed(path)?.size)
    }

    fn known_digest(&self, path: &str) -> Option<[u8; 16]> {
        self.files.get(path).and_then(|(_, digest)| *digest)
    }
}
