//! A folder becomes a pack: the same folder, the same bytes, on every machine.

use std::io::{Cursor, Read, Seek, Write};

use sha2::{Digest, Sha256};

use super::archive;
use super::content::Content;
use super::format::{FileEntry, Files, Manifest, Role};
use super::media::{is_stored, media_type};
use super::rules::{Fault, faults, path_key, path_trouble};
use super::tree::Tree;
use super::watch::{Step, Unwatched, Watch, Watched};
use crate::error::{Error, Result};
use crate::ids::to_hex;

/// A pack that is ready to be written: the documents that build adds, and the files in their order.
pub(super) struct Plan<'a> {
    tree: &'a dyn Tree,
    manifest: Vec<u8>,
    files: Vec<u8>,
    paths: Vec<String>,
    /// Bytes of all files together, before they are deflated.
    pub(super) bytes: u64,
    /// What is wrong with it without being fatal.
    pub(super) faults: Vec<Fault>,
    /// Id and version, for the name of the file.
    pub(super) name: String,
}

impl<'a> Plan<'a> {
    /// Reads a tree and works out what build adds.
    ///
    /// # Errors
    /// `pack.faults` when something is fatally wrong with the tree, or that it can't be read.
    pub(super) fn new(tree: &'a dyn Tree) -> Result<Self> {
        Self::watched(tree, &Unwatched)
    }

    /// As [`Plan::new`], with somebody looking on.
    ///
    /// # Errors
    /// As [`Plan::new`]; what `watch` says.
    pub(super) fn watched(tree: &'a dyn Tree, watch: &dyn Watch) -> Result<Self> {
        let content = Content::read(tree)?;
        let faults = judge(&content);
        refuse_fatal(&faults)?;
        let paths: Vec<String> =
            content.paths.iter().filter(|path| !is_written_by_build(path)).cloned().collect();
        let mut files = Vec::new();
        // How much it will be is known only when all is read.
        let watched = Watched::new(tree, watch, Step::Checking, 0);
        for path in &paths {
            files.push(describe(&watched, path)?);
        }
        let bytes = files.iter().map(|file| file.bytes).sum();
        let contents = content.count(bytes);
        let files = pretty(&Files { files })?;
        let manifest = Manifest {
            contents: Some(contents),
            files: Some(to_hex(&Sha256::digest(&files))),
            ..content.manifest
        };
        let name = format!("{}-{}.schoolpack", manifest.id, manifest.version);
        Ok(Self { tree, manifest: pretty(&manifest)?, files, paths, bytes, faults, name })
    }

    /// Writes the archive.
    ///
    /// # Errors
    /// When a file can't be read or the archive not written.
    pub(super) fn write<W: Write + Seek>(&self, to: W) -> Result<W> {
        self.write_watched(to, &Unwatched)
    }

    /// As [`Plan::write`], with somebody looking on.
    ///
    /// # Errors
    /// As [`Plan::write`]; what `watch` says.
    pub(super) fn write_watched<W: Write + Seek>(&self, to: W, watch: &dyn Watch) -> Result<W> {
        let mut paths: Vec<&str> = self.paths.iter().map(String::as_str).collect();
        paths.extend(["pack.json", "files.json"]);
        paths.sort_unstable();
        archive::write(to, &Watched::new(self, watch, Step::Writing, self.bytes), &paths, is_stored)
    }
}

/// The finished tree: the author's files with the documents that build writes.
impl Tree for Plan<'_> {
    fn paths(&self) -> Result<Vec<String>> {
        Ok(self.paths.clone())
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>> {
        match path {
            "pack.json" => Ok(Box::new(Cursor::new(&self.manifest))),
            "files.json" => Ok(Box::new(Cursor::new(&self.files))),
            other => self.tree.open(other),
        }
    }
}

/// Everything that is wrong with a tree.
///
/// # Errors
/// When a document can't be read at all.
pub(super) fn judge(content: &Content) -> Vec<Fault> {
    let mut found = faults(content);
    let mut keys = std::collections::BTreeMap::new();
    for path in &content.paths {
        if let Some(trouble) = path_trouble(path) {
            let message = format!("its name {trouble}; rename the file.");
            found.push(Fault { code: "F-004", path: path.clone(), message });
        }
        if let Some(other) = keys.insert(path_key(path), path) {
            let message = format!("has the same name as {other} on some computers; rename one of them.");
            found.push(Fault { code: "F-004", path: path.clone(), message });
        }
    }
    found
}

/// Turns faults into one error.
///
/// # Errors
/// `pack.faults` when there are any, with the first in words and all of them in `faults`.
pub(super) fn refuse_faults(faults: &[Fault]) -> Result<()> {
    let Some(first) = faults.first() else { return Ok(()) };
    let more = match faults.len() - 1 {
        0 => String::new(),
        more => format!(" And {more} more."),
    };
    let all: Vec<String> = faults.iter().map(Fault::to_string).collect();
    Err(Error::invalid("pack.faults", format!("The pack has faults. {first}{more}"))
        .with("faults", all.join("\n")))
}

/// As [`refuse_faults`], for those that no teacher can accept.
///
/// # Errors
/// As [`refuse_faults`].
pub(super) fn refuse_fatal(faults: &[Fault]) -> Result<()> {
    let fatal: Vec<Fault> = faults.iter().filter(|fault| fault.is_fatal()).cloned().collect();
    refuse_faults(&fatal)
}

/// Documents that build writes, and signatures, which come after it.
pub(super) fn is_written_by_build(path: &str) -> bool {
    matches!(path, "mimetype" | "pack.json" | "files.json") || path.starts_with("sig/")
}

fn describe(tree: &dyn Tree, path: &str) -> Result<FileEntry> {
    let (sha256, bytes) = digest(&mut tree.open(path)?)?;
    let media_type = media_type(path).to_owned();
    Ok(FileEntry { path: path.to_owned(), sha256: to_hex(&sha256), bytes, media_type, role: role(path) })
}

/// The SHA-256 of all that comes, and how many bytes it was.
///
/// # Errors
/// When it can't be read.
pub(super) fn digest(from: &mut dyn Read) -> Result<([u8; 32], u64)> {
    let mut hash = Sha256::new();
    let mut bytes = 0;
    let mut part = vec![0; 64 << 10];
    loop {
        let got = from.read(&mut part)?;
        if got == 0 {
            return Ok((hash.finalize().into(), bytes));
        }
        bytes += got as u64;
        hash.update(&part[..got]);
    }
}

fn role(path: &str) -> Role {
    match path.split_once('/').map_or(path, |(folder, _)| folder) {
        "skills.json" => Role::Skills,
        "outline.json" => Role::Outline,
        "items" => Role::Items,
        "pages" => Role::Page,
        "media" => Role::Media,
        "books" => Role::Book,
        "apps" => Role::App,
        "LICENSES" => Role::Licence,
        _ => Role::Other,
    }
}

fn pretty<T: serde::Serialize>(document: &T) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(document)
        .map_err(|e| Error::internal("A document could not be written.").caused_by(e))?;
    bytes.push(b'\n');
    Ok(bytes)
}
