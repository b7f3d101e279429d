//! A pack that was made, under a name that its author gives it.

use std::io::{Cursor, Read};

use serde_json::{Value as Json, json};

use super::Wrapped;
use crate::error::{Error, Result};
use crate::packs::Tree;

/// A manifest is a few kilobytes.
const LARGEST_MANIFEST: u64 = 4 << 20;

impl Wrapped {
    /// The same pack with another id and version, for authors who bring out their own: results are kept under the id, so
    /// it must stay while the content changes.
    ///
    /// # Errors
    /// When its manifest can't be read.
    pub fn named(self, id: Option<&str>, version: Option<&str>) -> Result<Self> {
        let unwritable = |e| Error::internal("A document could not be written.").caused_by(e);
        let bytes = self.tree.read("pack.json", LARGEST_MANIFEST)?;
        let mut manifest: Json = serde_json::from_slice(&bytes).map_err(unwritable)?;
        for (field, value) in [("id", id), ("version", version)] {
            if let Some(value) = value {
                manifest[field] = json!(value);
            }
        }
        let manifest = serde_json::to_vec_pretty(&manifest).map_err(unwritable)?;
        Ok(Self { tree: Box::new(Named { tree: self.tree, manifest }), losses: self.losses })
    }
}

struct Named {
    tree: Box<dyn Tree>,
    manifest: Vec<u8>,
}

impl Tree for Named {
    fn paths(&self) -> Result<Vec<String>> {
        self.tree.paths()
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>> {
        if path == "pack.json" { Ok(Box::new(Cursor::new(&self.manifest))) } else { self.tree.open(path) }
    }
}
