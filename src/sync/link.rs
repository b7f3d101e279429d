//! The hub that this box belongs to: a small file that a person can read.

use serde::{Deserialize, Serialize};

use super::Sync;
use crate::error::{Error, Result};
use crate::files::{remove_if_there, write_atomically};
use crate::ids::{SchoolId, from_hex, to_hex};

const FILE: &str = "hub.json";

/// A box's hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Where it is, such as `https://hub.example.org`.
    pub url: String,
    /// The school's id there.
    pub school: SchoolId,
    /// The school's name there.
    pub name: String,
    /// The hub's public key, in hexadecimal digits: only answers signed with it count.
    pub hub: String,
}

impl Link {
    /// To a hub with that key.
    pub fn new(url: &str, school: SchoolId, name: &str, hub: &[u8; 32]) -> Self {
        Self { url: url.trim_end_matches('/').to_owned(), school, name: name.to_owned(), hub: to_hex(hub) }
    }

    /// The hub's public key.
    ///
    /// # Errors
    /// When the file holds something else.
    pub fn hub(&self) -> Result<[u8; 32]> {
        from_hex(&self.hub).ok_or_else(damaged)
    }
}

impl Sync {
    /// The hub that this box belongs to; nothing before it was added to one.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn link(&self) -> Result<Option<Link>> {
        match std::fs::read(self.data.path().join(FILE)) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|_| damaged()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Makes this box one of that hub. What an earlier hub acknowledged counts no more.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn set_link(&self, link: &Link) -> Result<()> {
        let bytes = serde_json::to_vec_pretty(link).unwrap_or_default();
        write_atomically(&self.data.path().join(FILE), &bytes, 0o600)?;
        self.talks.lock().await.clear();
        Ok(())
    }

    /// Takes this box away from its hub.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn unlink(&self) -> Result<()> {
        remove_if_there(&self.data.path().join(FILE))?;
        self.talks.lock().await.clear();
        Ok(())
    }
}

fn damaged() -> Error {
    Error::internal(
        "hub.json in the data directory is damaged. Add the box to its hub again, with a new code.",
    )
}
