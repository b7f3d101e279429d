//! A pack on the box's own disk that is not in its place yet.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use crate::error::Result;
use crate::files::DataDir;
use crate::ids::{random_bytes, to_hex};
use crate::packs::format::Manifest;
use crate::packs::packed::Packed;
use crate::packs::signature::Signer;
use crate::packs::tree::Tree;

/// How a draft's name ends that can be gone on with, and one that can't.
const UNFINISHED: &str = "half";
const PASSING: &str = "draft";
/// A draft that nobody goes on with is cleared away after so long.
const KEPT_FOR: Duration = Duration::from_secs(3 * 24 * 60 * 60);

/// A whole pack whose every byte was judged. Nothing of it is visible until it is put in its place; gone with its value.
pub struct Draft {
    pub(super) loose: Loose,
    pub(super) packed: Packed,
    pub(super) manifest: Manifest,
    pub(super) signer: Signer,
    pub(super) sha256: [u8; 32],
    pub(super) bytes: u64,
    pub(super) fetched: u64,
}

impl Draft {
    /// Its files, to look them over.
    pub fn tree(&self) -> &dyn Tree {
        &self.packed
    }

    /// Its `pack.json`.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Who signed it, as far as this school knows; never [`Signer::Wrong`].
    pub fn signer(&self) -> &Signer {
        &self.signer
    }

    /// Leaves an adopted file where it lies, for somebody who changed their mind.
    pub fn leave(self) {
        self.loose.leave();
    }

    /// SHA-256 of its file, as 64 hexadecimal digits: where it will be on the packs origin.
    pub fn hash(&self) -> String {
        to_hex(&self.sha256)
    }

    /// Bytes of its file.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Bytes that were read from where it came from, this time; the rest was on the box already.
    pub fn fetched(&self) -> u64 {
        self.fetched
    }
}

/// The drafts that somebody holds at this moment.
#[derive(Clone, Default)]
pub(super) struct Held(Arc<Mutex<HashSet<PathBuf>>>);

impl Held {
    fn paths(&self) -> MutexGuard<'_, HashSet<PathBuf>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The draft at `path`, unless somebody holds it.
    pub(super) fn take(&self, path: PathBuf) -> Option<Loose> {
        self.paths().insert(path.clone()).then(|| Loose { path, held: self.clone(), is_kept: false })
    }
}

/// A file that is not in its place yet; gone with its value unless it is kept.
pub(super) struct Loose {
    pub(super) path: PathBuf,
    held: Held,
    is_kept: bool,
}

impl Loose {
    /// Leaves the file where it is.
    fn leave(mut self) {
        self.is_kept = true;
    }

    /// Leaves the file where it is, as one that was written to at `now` in milliseconds since 1970.
    pub(super) fn keep(mut self, now: u64) {
        self.is_kept = true;
        // Of a board's two clocks the box's own is the one that never goes back.
        let dated =
            self.open().and_then(|file| Ok(file.set_modified(UNIX_EPOCH + Duration::from_millis(now))?));
        if let Err(error) = dated {
            tracing::warn!(%error, "a draft can't be dated");
        }
    }

    /// Opens the file for writing, making it when it is missing.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(super) fn open(&self) -> Result<File> {
        let open = || OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&self.path);
        open().or_else(|error| {
            // A power cut met it on its way to its place, where nobody may write to it any more.
            fs::set_permissions(&self.path, Permissions::from_mode(0o644)).map_err(|_| error)?;
            Ok(open()?)
        })
    }
}

impl Drop for Loose {
    fn drop(&mut self) {
        if !self.is_kept {
            // It is gone already once it is in its place.
            let _ = fs::remove_file(&self.path);
        }
        self.held.paths().remove(&self.path);
    }
}

/// Where drafts lie.
pub(super) struct Drafts {
    folder: PathBuf,
    held: Held,
}

impl Drafts {
    pub(super) fn of(data: &DataDir) -> Self {
        Self { folder: data.temporary(), held: Held::default() }
    }

    /// The draft of the archive with this mark: the one that an earlier try left, if any.
    ///
    /// # Errors
    /// When there is no randomness to be had.
    pub(super) fn of_archive(&self, mark: &[u8; 16]) -> Result<Loose> {
        match self.held.take(self.folder.join(format!("{}.{UNFINISHED}", to_hex(mark)))) {
            Some(loose) => Ok(loose),
            // Somebody else holds it and will do with it what they like.
            None => self.passing(),
        }
    }

    /// A new draft that nobody can go on with.
    ///
    /// # Errors
    /// When there is no randomness to be had.
    pub(super) fn passing(&self) -> Result<Loose> {
        loop {
            let name = format!("{}.{PASSING}", to_hex(&random_bytes::<8>()?));
            if let Some(loose) = self.held.take(self.folder.join(name)) {
                return Ok(loose);
            }
        }
    }

    /// A file that lies whole in the data directory already.
    pub(super) fn adopt(&self, path: PathBuf) -> Option<Loose> {
        self.held.take(path)
    }

    /// Clears away what nobody will go on with, as of `now` in milliseconds since 1970. A board's clock may have been
    /// anywhere, so a draft from the future is as old as it is far.
    ///
    /// # Errors
    /// When the directory can't be read.
    pub(super) fn clear_old(&self, now: u64) -> Result<()> {
        let now = UNIX_EPOCH + Duration::from_millis(now);
        self.clear(|path| {
            let written = fs::metadata(path).and_then(|data| data.modified());
            let age = written.map(|at| now.duration_since(at).unwrap_or_else(|ahead| ahead.duration()));
            path.extension().is_some_and(|kind| kind == PASSING) || age.is_ok_and(|age| age > KEPT_FOR)
        })
    }

    /// Clears away all that nobody holds, because the room is needed.
    ///
    /// # Errors
    /// When the directory can't be read.
    pub(super) fn clear_all(&self) -> Result<()> {
        self.clear(|_| true)
    }

    fn clear(&self, is_stray: impl Fn(&Path) -> bool) -> Result<()> {
        let held = self.held.paths();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let is_draft = path.extension().is_some_and(|kind| kind == UNFINISHED || kind == PASSING);
            if is_draft && !held.contains(&path) && is_stray(&path) {
                tracing::info!(file = %path.display(), "cleared away what a broken-off installation left");
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }
}
