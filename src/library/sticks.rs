//! Where packs may come from: what is plugged in, folders of the configuration, what was sent from phones.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::device::Mount;
use crate::ids::to_hex;

/// The id of the place where what was sent lies.
pub(super) const UPLOADS: &str = "uploads";

/// What kind of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum StickKind {
    /// Something that is plugged in.
    Stick,
    /// A folder that the configuration names.
    Folder,
    /// What was sent from a phone or laptop.
    Uploads,
}

/// One place to look into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stick {
    /// Another one for whatever is plugged in next, also at the same folder.
    pub(super) id: String,
    pub(super) kind: StickKind,
    pub(super) folder: PathBuf,
    /// What people know it by; empty for uploads.
    pub(super) name: String,
    /// Whether packs can be copied to it.
    pub(super) writable: bool,
}

/// Which stick somebody means.
#[derive(Deserialize, ToSchema)]
pub struct OnStick {
    /// Its id, as the library names it.
    pub stick: String,
}

/// A stick that can be written to.
#[derive(Clone, Serialize, ToSchema)]
pub struct WritableStick {
    /// Its id, as screens name it.
    pub id: String,
    /// What people know it by.
    pub name: String,
    /// Where its files are.
    #[serde(skip)]
    pub folder: PathBuf,
}

impl From<&Stick> for WritableStick {
    fn from(stick: &Stick) -> Self {
        Self { id: stick.id.clone(), name: stick.name.clone(), folder: stick.folder.clone() }
    }
}

impl Stick {
    pub(super) fn of_mount(mount: &Mount) -> Self {
        let id = name_of(&[mount.id.as_bytes(), mount.folder.as_os_str().as_encoded_bytes()]);
        let (folder, name, writable) = (mount.folder.clone(), mount.name(), mount.writable);
        Self { id, kind: StickKind::Stick, folder, name, writable }
    }

    /// A folder of the configuration; none when it is not there.
    pub(super) fn of_folder(folder: &PathBuf) -> Option<Self> {
        if !folder.is_dir() {
            return None;
        }
        let id = name_of(&[b"folder", folder.as_os_str().as_encoded_bytes()]);
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let writable = rustix::fs::access(folder, rustix::fs::Access::WRITE_OK).is_ok();
        Some(Self { id, kind: StickKind::Folder, folder: folder.clone(), name, writable })
    }

    pub(super) fn of_uploads(folder: PathBuf) -> Self {
        let id = UPLOADS.to_owned();
        Self { id, kind: StickKind::Uploads, folder, name: String::new(), writable: false }
    }
}

fn name_of(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
        hash.update([0]);
    }
    to_hex(&hash.finalize()[..8])
}
