//! The packs that the program carries.
//!
//! They are embedded as plain folders and become archives on the box by the same code as `schoolhouse pack build`, at the
//! first start and whenever the program brings a newer version. So there is one way to make a pack and one way to
//! install it, and nothing to build before the program itself can be built. The price is the text of the folders lying
//! plain in the program, some 600 KB; most of their weight is sound, which no archive makes smaller.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use rust_embed::RustEmbed;

use super::compose::{digest, is_written_by_build};
use super::format::{LARGEST_DOCUMENT, Manifest};
use super::tree::{Tree, no_such_file};
use crate::error::Result;

#[derive(RustEmbed)]
#[folder = "content-packs/"]
struct ContentPacks;

/// One folder of `content-packs/`.
pub(super) struct Starter {
    /// Its name and a stroke.
    prefix: String,
}

/// All of them, in the order of their names.
pub(super) fn all() -> Vec<Starter> {
    let folders: BTreeSet<String> = ContentPacks::iter()
        .filter_map(|path| path.split_once('/').map(|(name, _)| name.to_owned()))
        .collect();
    folders.into_iter().map(|name| Starter { prefix: name + "/" }).collect()
}

impl Starter {
    /// The folder's name.
    pub(super) fn name(&self) -> &str {
        self.prefix.trim_end_matches('/')
    }

    /// Its `pack.json`.
    ///
    /// # Errors
    /// When it is not as the format says.
    pub(super) fn manifest(&self) -> Result<Manifest> {
        Manifest::read(&self.read("pack.json", LARGEST_DOCUMENT)?)
    }

    /// Whether an installed pack holds exactly these files.
    ///
    /// # Errors
    /// When the installed pack can't be read.
    pub(super) fn is_in(&self, installed: &dyn Tree) -> Result<bool> {
        let mut theirs = Manifest::read(&installed.read("pack.json", LARGEST_DOCUMENT)?)?;
        theirs.contents = None;
        theirs.files = None;
        let documents = |paths: Vec<String>| {
            paths.into_iter().filter(|path| !is_written_by_build(path)).collect::<Vec<String>>()
        };
        let paths = documents(self.paths()?);
        if serde_json::to_value(theirs).ok() != serde_json::to_value(self.manifest()?).ok()
            || paths != documents(installed.paths()?)
        {
            return Ok(false);
        }
        for path in paths {
            let (ours, _) = digest(&mut self.open(&path)?)?;
            if installed.known_digest(&path) != ours.first_chunk().copied() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl Tree for Starter {
    fn paths(&self) -> Result<Vec<String>> {
        let mut paths: Vec<String> = ContentPacks::iter()
            .filter_map(|path| path.strip_prefix(&self.prefix).map(str::to_owned))
            .filter(|path| !path.split('/').any(|part| part.starts_with('.')))
            .collect();
        paths.sort_unstable();
        Ok(paths)
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>> {
        let file = ContentPacks::get(&format!("{}{path}", self.prefix)).ok_or_else(|| no_such_file(path))?;
        Ok(Box::new(Cursor::new(file.data)))
    }
}
