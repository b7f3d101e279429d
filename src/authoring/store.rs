//! Drafts on the disk: `authoring/ID/course.json` and the files of the course in `authoring/ID/media/`. A course is
//! written whole each time, so that after a power cut there is the last saving or the one before.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::draft::Draft;
use crate::error::{Error, Result};
use crate::files::{sync_directory, write_atomically};
use crate::ids::{StaffId, random_bytes, to_hex};

/// An own course as it lies on the disk.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OwnCourse {
    /// Counts the savings.
    pub(super) revision: u64,
    pub(super) changed_by: StaffId,
    /// Milliseconds since 1970.
    pub(super) changed_at: u64,
    /// Everybody who ever saved it.
    pub(super) authors: BTreeSet<StaffId>,
    pub(super) draft: Draft,
    /// What was made for the shelf last.
    pub(super) edition: Option<Edition>,
}

/// What is made of a draft for the shelf. Made again, it gives the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Edition {
    /// Semver.
    pub(super) version: String,
    /// The day, `2026-11-25`.
    pub(super) released: String,
    /// SHA-256 of the draft.
    pub(super) draft: String,
    /// The version of each question, and the SHA-256 of what it said then.
    pub(super) items: BTreeMap<String, (u32, String)>,
}

/// The folder of all own courses.
pub(super) struct Store {
    folder: PathBuf,
}

impl Store {
    /// Opens the folder, making it when it is missing.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(super) fn open(folder: PathBuf) -> Result<Self> {
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// All ids.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(super) fn ids(&self) -> Result<Vec<String>> {
        let mut ids = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_own_id(&name) && entry.path().join(COURSE).is_file() {
                ids.push(name);
            }
        }
        Ok(ids)
    }

    /// Reads a course.
    ///
    /// # Errors
    /// `authoring.unknown`; that it is damaged.
    pub(super) fn read(&self, id: &str) -> Result<OwnCourse> {
        if !is_own_id(id) {
            return Err(unknown());
        }
        let bytes = fs::read(self.folder.join(id).join(COURSE)).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => unknown(),
            _ => e.into(),
        })?;
        serde_json::from_slice(&bytes).map_err(|e| Error::damaged().caused_by(e))
    }

    /// Makes room for a new course, and answers its id.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(super) fn make(&self, course: &OwnCourse) -> Result<String> {
        let id = to_hex(&random_bytes::<8>()?);
        fs::create_dir_all(self.folder.join(&id).join(MEDIA))?;
        self.write(&id, course)?;
        sync_directory(&self.folder)?;
        Ok(id)
    }

    /// Writes a course.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(super) fn write(&self, id: &str, course: &OwnCourse) -> Result<()> {
        let bytes = serde_json::to_vec(course)
            .map_err(|e| Error::internal("A draft could not be written.").caused_by(e))?;
        write_atomically(&self.folder.join(id).join(COURSE), &bytes, 0o600)
    }

    /// Throws a course away: first what makes it one, so that a power cut leaves no half of it.
    ///
    /// # Errors
    /// `authoring.unknown`, or that the disk refuses.
    pub(super) fn remove(&self, id: &str) -> Result<()> {
        self.read(id)
            .map(drop)
            .or_else(|error| if error.code == "authoring.unknown" { Err(error) } else { Ok(()) })?;
        let folder = self.folder.join(id);
        fs::remove_file(folder.join(COURSE))?;
        sync_directory(&folder)?;
        fs::remove_dir_all(folder)?;
        Ok(())
    }

    /// Where the files of a course lie.
    pub(super) fn media(&self, id: &str) -> PathBuf {
        self.folder.join(id).join(MEDIA)
    }

    /// Clears away what a power cut left of courses that were thrown away.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(super) fn clear(&self) -> Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.is_dir() && !path.join(COURSE).exists() {
                fs::remove_dir_all(&path)?;
            }
        }
        Ok(())
    }
}

const COURSE: &str = "course.json";
const MEDIA: &str = "media";

fn is_own_id(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// There is no such course.
pub(super) fn unknown() -> Error {
    let sentence = "This course is not there any more. Somebody may have thrown it away.";
    Error::not_found("authoring.unknown", sentence)
}
