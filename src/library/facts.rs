//! What is known of something on a stick at the first look: what it is, and how it is known again.

use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::ids::{from_hex, to_hex};
use crate::imports::{Found, Recognised};
use crate::packs::{
    Folder, Manifest, Packs, Signer, Source, Tree, Trusted, Volumes, find_signer, peek, read_manifest,
};

use super::patient::{Patience, PatientSource, PatientTree};

/// Bytes at both ends of a file that tell it from others of its name and length. The directory of an archive, with the
/// checksums of all that is in it, lies at its end.
const HEAD: u64 = 4 << 10;
const TAIL: u64 = 64 << 10;
/// A larger picture is no cover; it is held in memory, because its stick may be pulled.
const LARGEST_PICTURE: u64 = 512 << 10;

/// Names something by its content as far as that can be had at once: the same file is known again after its stick was
/// pulled and put back in, and on another stick.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Identity([u8; 8]);

impl Identity {
    /// From its 16 hexadecimal digits.
    pub(super) fn parse(text: &str) -> Option<Self> {
        from_hex(text).map(Self)
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_hex(&self.0))
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A picture that a browser shows and that can do nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) media_type: &'static str,
    pub(super) bytes: Vec<u8>,
}

impl Picture {
    /// Told by its first bytes: what a stranger calls it is not believed.
    pub(super) fn recognise(bytes: Vec<u8>) -> Option<Self> {
        let starts = |sign: &[u8]| bytes.starts_with(sign);
        let media_type = match () {
            () if bytes.len() as u64 > LARGEST_PICTURE => return None,
            () if starts(b"\x89PNG\r\n\x1a\n") => "image/png",
            () if starts(b"\xff\xd8\xff") => "image/jpeg",
            () if starts(b"GIF8") => "image/gif",
            () if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => "image/webp",
            () if is_svg(&bytes) => "image/svg+xml",
            () => return None,
        };
        Some(Self { media_type, bytes })
    }

    /// The picture at `path` of a tree, if it is one.
    pub(super) fn of(tree: &dyn Tree, path: &str) -> Option<Arc<Self>> {
        let bytes = tree.read(path, LARGEST_PICTURE).ok()?;
        Self::recognise(bytes).map(Arc::new)
    }
}

fn is_svg(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2 << 10)]).to_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    (head.starts_with('<') && head.contains("<svg"))
        && !head.starts_with("<!doctype html")
        && !head.starts_with("<html")
}

/// What the first look tells.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) identity: Identity,
    pub(super) what: Recognised,
    /// Bytes of all of it.
    pub(super) bytes: u64,
    /// Those of them that the box did not have when it looked.
    pub(super) lacking: u64,
    /// Of packs; of everything else once it was wrapped.
    pub(super) manifest: Option<Arc<Manifest>>,
    pub(super) picture: Option<Arc<Picture>>,
    /// Of packs.
    pub(super) signer: Option<Signer>,
    /// Why it can't be added, whatever anybody says.
    pub(super) trouble: Option<Trouble>,
}

/// What the school has already.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) trusted: &'a Trusted,
    pub(super) packs: &'a Packs,
}

/// An error that is kept and shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) params: Vec<(&'static str, String)>,
}

impl Trouble {
    /// The same as an error, for those who try all the same.
    pub(super) fn to_error(&self) -> Error {
        let error = Error::invalid(self.code, self.message.clone());
        self.params.iter().fold(error, |error, (name, value)| error.with(name, value))
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self { code: error.code, message: error.message, params: error.params }
    }
}

/// Whether something is a pack in one file, or in volumes.
pub(super) fn is_archive(what: &Recognised) -> bool {
    what.found == Found::Pack
}

/// Whether something is a pack already, and nothing that becomes one.
pub(super) fn is_pack(what: &Recognised) -> bool {
    matches!(what.found, Found::Pack | Found::PackFolder)
}

/// Opens the archive at `path`, which may be the first of its volumes.
///
/// # Errors
/// When it can't be opened.
pub(super) fn open_archive(path: &Path, patience: &Patience) -> Result<PatientSource> {
    let path = path.to_owned();
    let inner: Arc<dyn Source> = Arc::new(patience.run(move || Volumes::open(&Volumes::of(&path)?))??);
    Ok(PatientSource::new(inner, patience.clone()))
}

/// The files of the folder at `path`.
pub(super) fn open_folder(path: &Path, patience: &Patience) -> PatientTree {
    PatientTree::new(Arc::new(Folder(path.to_owned())), patience.clone())
}

impl Facts {
    /// What it is, at one of the places where it lies.
    pub(super) fn what_at(&self, path: &Path) -> Recognised {
        Recognised { path: path.to_owned(), parts: vec![path.to_owned()], ..self.what.clone() }
    }

    /// Looks at what was recognised. What can't be read is told as trouble: it is there, and somebody wants to know why
    /// it can't be added.
    ///
    /// # Errors
    /// When its stick is gone.
    pub(super) fn gather(what: Recognised, known: &Known, patience: &Patience) -> Result<Self> {
        let mut facts = Self {
            identity: of_path(&what.path),
            bytes: what.bytes,
            lacking: what.bytes,
            what,
            manifest: None,
            picture: None,
            signer: None,
            trouble: None,
        };
        let read = facts.identify(patience).and_then(|()| facts.open_pack(known, patience));
        match read {
            Err(error) if patience.gone.is_up() => return Err(error),
            Err(error) => facts.trouble = Some(error.into()),
            Ok(()) => {}
        }
        Ok(facts)
    }

    fn identify(&mut self, patience: &Patience) -> Result<()> {
        (self.identity, self.bytes) = identify_path(&self.what.path, patience)?;
        self.lacking = self.bytes;
        Ok(())
    }

    fn open_pack(&mut self, known: &Known, patience: &Patience) -> Result<()> {
        match self.what.found {
            Found::Pack => {
                let peeked = peek(&open_archive(&self.what.path, patience)?)?;
                self.signer = Some(peeked.signer(known.trusted)?);
                self.lacking = known.packs.lacks(&peeked);
                self.picture = peeked.cover.and_then(|(_, bytes)| Picture::recognise(bytes)).map(Arc::new);
                self.manifest = Some(Arc::new(peeked.manifest));
            }
            Found::PackFolder => {
                let tree = open_folder(&self.what.path, patience);
                let manifest = read_manifest(&tree)?;
                self.picture = manifest.cover.as_ref().and_then(|cover| Picture::of(&tree, cover));
                self.manifest = Some(Arc::new(manifest));
                self.signer = Some(find_signer(&tree, known.trusted)?);
            }
            _ => {}
        }
        Ok(())
    }
}

/// The identity of what lies at `path` as it is now.
///
/// # Errors
/// When it can't be read.
pub(super) fn identify_again(path: &Path, patience: &Patience) -> Result<Identity> {
    identify_path(path, patience).map(|(identity, _)| identity)
}

fn identify_path(path: &Path, patience: &Patience) -> Result<(Identity, u64)> {
    let folder = path.to_owned();
    if patience.run(move || folder.is_dir())? {
        let folder = path.to_owned();
        return patience.run(move || identify_folder(&folder))?;
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    identify(&name, &open_archive(path, patience)?)
}

/// What can't be read is known by its place alone.
fn of_path(path: &Path) -> Identity {
    finish(Sha256::new_with_prefix(path.as_os_str().as_encoded_bytes()))
}

/// Name, length and both ends of a file, or of its volumes together.
fn identify(name: &str, source: &dyn Source) -> Result<(Identity, u64)> {
    let length = source.length()?;
    let mut hash = Sha256::new();
    hash.update(name.as_bytes());
    hash.update([0]);
    hash.update(length.to_le_bytes());
    for (start, end) in [(0, HEAD.min(length)), (length.saturating_sub(TAIL), length)] {
        let mut at = start;
        let mut part = vec![0; 16 << 10];
        while at < end {
            let wanted = part.len().min(usize::try_from(end - at).unwrap_or(usize::MAX));
            let got = source.read_at(&mut part[..wanted], at)?;
            if got == 0 {
                break;
            }
            hash.update(&part[..got]);
            at += got as u64;
        }
    }
    Ok((finish(hash), length))
}

/// Names, lengths and times of the files in a folder.
fn identify_folder(folder: &Path) -> Result<(Identity, u64)> {
    let mut hash = Sha256::new();
    hash.update(folder.file_name().unwrap_or_default().as_encoded_bytes());
    let mut bytes = 0_u64;
    for path in Folder(folder.to_owned()).paths()? {
        let facts = fs::symlink_metadata(folder.join(&path))?;
        let changed = facts.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        hash.update([0]);
        hash.update(path.as_bytes());
        hash.update([0]);
        hash.update(facts.len().to_le_bytes());
        hash.update(changed.map_or(0, |since| since.as_secs()).to_le_bytes());
        bytes = bytes.saturating_add(facts.len());
    }
    Ok((finish(hash), bytes))
}

fn finish(hash: Sha256) -> Identity {
    let digest = hash.finalize();
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    Identity(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_told_by_what_they_are() {
        for (bytes, wanted) in [
            (&b"\x89PNG\r\n\x1a\n...."[..], Some("image/png")),
            (b"\xff\xd8\xff\xe0....", Some("image/jpeg")),
            (b"GIF89a....", Some("image/gif")),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some("image/webp")),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", Some("image/svg+xml")),
            (b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- drawn --><svg/>", Some("image/svg+xml")),
            (b"<!DOCTYPE html><svg/><script>alert(1)</script>", None),
            (b"<html><svg/></html>", None),
            (b"alert(1) // <svg", None),
            (b"", None),
        ] {
            let told = Picture::recognise(bytes.to_vec()).map(|picture| picture.media_type);
            assert_eq!(told, wanted, "{}", String::from_utf8_lossy(bytes));
        }
        let huge = [b"GIF8".to_vec(), vec![0; 600 << 10]].concat();
        assert_eq!(Picture::recognise(huge), None);
    }

    #[test]
    fn a_file_is_known_again_and_told_from_others() {
        let folder = tempfile::tempdir().unwrap();
        let identity = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, bytes).unwrap();
            identify_again(&path, &Patience::default()).unwrap()
        };
        let mut bytes = vec![7; 300_000];
        let first = identity("a/video.mp4", &bytes);
        assert_eq!(identity("b/video.mp4", &bytes), first, "on another stick, in another folder");
        assert_ne!(identity("a/video 2.mp4", &bytes), first);
        bytes[299_999] = 8;
        assert_ne!(identity("a/video.mp4", &bytes), first, "another end");
        bytes.push(7);
        assert_ne!(identity("a/video.mp4", &bytes), first, "another length");
        fs::write(folder.path().join("a/more.txt"), "x").unwrap();
        let one = identify_again(&folder.path().join("a"), &Patience::default()).unwrap();
        fs::write(folder.path().join("a/more.txt"), "xy").unwrap();
        assert_ne!(identify_again(&folder.path().join("a"), &Patience::default()).unwrap(), one);
    }
}
