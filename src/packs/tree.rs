//! A pack's files, wherever they lie: in a folder, in an archive, in the program itself.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, copy, sink};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::format::{LARGEST_PLAN, read_document};
use crate::error::{Error, Kind, Result};

/// Names and contents of files.
pub trait Tree: Send + Sync {
    /// All paths, in byte order.
    ///
    /// # Errors
    /// When they can't be listed, or one of them can't be a path in a pack.
    fn paths(&self) -> Result<Vec<String>>;

    /// The bytes of one file, from the first on.
    ///
    /// # Errors
    /// `pack.file-missing`, or that it can't be read.
    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>>;

    /// The bytes of one file from the place `at` on; none where it ends before.
    ///
    /// # Errors
    /// As [`Tree::open`].
    fn open_at(&self, path: &str, at: u64) -> Result<Box<dyn Read + '_>> {
        let mut from = self.open(path)?;
        copy(&mut from.by_ref().take(at), &mut sink())?;
        Ok(from)
    }

    /// How many bytes a file has.
    ///
    /// # Errors
    /// As [`Tree::open`].
    fn size(&self, path: &str) -> Result<u64> {
        Ok(copy(&mut self.open(path)?, &mut sink())?)
    }

    /// The first half of a file's SHA-256, where it is known without reading the file.
    fn known_digest(&self, _path: &str) -> Option<[u8; 16]> {
        None
    }

    /// One whole file of at most `limit` bytes.
    ///
    /// # Errors
    /// `pack.file-missing`, `pack.file-large`, or that it can't be read.
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit { Err(too_large(path, limit)) } else { Ok(bytes) }
    }
}

/// A document that a pack may go without.
pub(super) fn optional<T: Default + DeserializeOwned>(tree: &dyn Tree, name: &str) -> Result<T> {
    match tree.read(name, LARGEST_PLAN) {
        Ok(bytes) => read_document(name, &bytes),
        Err(Error { code: "pack.file-missing", .. }) => Ok(T::default()),
        Err(error) => Err(error),
    }
}

/// There is no such file in the pack.
pub fn no_such_file(path: &str) -> Error {
    Error::not_found("pack.file-missing", format!("The pack has no file {path}.")).with("file", path)
}

/// The file is larger than it may be.
pub(super) fn too_large(path: &str, limit: u64) -> Error {
    let sentence =
        format!("The file {path} is larger than {}. Split it, or make it smaller.", in_words(limit));
    Error::new(Kind::TooLarge, "pack.file-large", sentence).with("file", path)
}

fn in_words(bytes: u64) -> String {
    if bytes < 1 << 20 { format!("{} KB", bytes / 1_000) } else { format!("{} MB", bytes >> 20) }
}

/// A pack as its author keeps it.
pub struct Folder(pub PathBuf);

impl Folder {
    /// Bytes of all its files.
    ///
    /// # Errors
    /// When they can't be listed.
    pub fn length(&self) -> Result<u64> {
        self.paths()?.iter().map(|path| Ok(self.0.join(path).metadata()?.len())).sum()
    }
}

impl Tree for Folder {
    fn paths(&self) -> Result<Vec<String>> {
        let mut paths = Vec::new();
        list(&self.0, "", &mut paths)?;
        paths.sort_unstable();
        Ok(paths)
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.file(path)?))
    }

    fn open_at(&self, path: &str, at: u64) -> Result<Box<dyn Read + '_>> {
        let mut file = self.file(path)?;
        file.seek(SeekFrom::Start(at))?;
        Ok(Box::new(file))
    }

    fn size(&self, path: &str) -> Result<u64> {
        Ok(self.file(path)?.metadata()?.len())
    }
}

impl Folder {
    fn file(&self, path: &str) -> Result<File> {
        File::open(self.0.join(path)).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => no_such_file(path),
            _ => e.into(),
        })
    }
}

/// Hidden files and folders (`.git`, `.DS_Store`) belong to the author's tools, not to the pack.
fn list(folder: &Path, under: &str, paths: &mut Vec<String>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            let shown = entry.path();
            let sentence = format!("The name of {} is not UTF-8. Rename the file.", shown.display());
            return Err(Error::invalid("pack.entry-name", sentence));
        };
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{under}{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() {
            list(&entry.path(), &format!("{path}/"), paths)?;
        } else if kind.is_file() {
            paths.push(path);
        } else {
            let sentence = format!("{path} is a link or a special file. Put a plain file in its place.");
            return Err(Error::invalid("pack.entry-special", sentence).with("file", path));
        }
    }
    Ok(())
}
