//! How a pack gets onto the box, whole or not at all.
//!
//! Copy → judge → put in its place under its SHA-256 → one entry in the journal → visible. Until the entry is on the
//! disk the old version serves; a cut before that leaves a stray file, which the next start clears away.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::archive::LIMITS;
use super::compose::{Plan, digest};
use super::course::Course;
use super::packed::Packed;
use super::store::{PackEntry, packs_of};
use super::version::Version;
use super::{Pack, Packs, Source, Step, Tree, Watch};
use crate::db::Urgency;
use crate::error::{Error, Kind, Result};
use crate::files::{DataDir, sync_directory, write_atomically};
use crate::ids::{StaffId, random_bytes, to_hex};
use crate::journal::Journal;

/// Of every ten bytes of the disk one stays free: a full card fails in worse ways than a refused pack.
const KEPT_FREE: u64 = 10;
/// The disk is asked how full it is after so many bytes.
const LOOK_EVERY: u64 = 8 << 20;

/// Where a pack comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// It came with the program.
    BuiltIn,
    /// Somebody brought it.
    Brought,
}

/// Puts packs on the box.
pub struct Installer {
    packs: Arc<Packs>,
    pub(super) journal: Arc<Journal>,
    pub(super) data: DataDir,
    /// One pack at a time: two would fight for the card.
    turn: Mutex<()>,
}

/// A whole pack on the box's own disk that is not in its place yet; gone with its value.
pub struct Draft {
    path: PathBuf,
    pub(super) file: File,
    sha256: [u8; 32],
    bytes: u64,
}

/// What was agreed to when a pack is put in its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Who did it; nobody at the command line.
    pub by: Option<StaffId>,
    /// An older version may take the place of a newer one.
    pub older: bool,
    /// It may come from somebody else.
    pub publisher_changed: bool,
    /// It may stand without packs that it needs.
    pub incomplete: bool,
    /// What the lint gave it.
    pub grade: Option<char>,
    /// Codes of the faults that somebody accepted.
    pub accepted: Vec<String>,
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Gone already once it is in its place; a leftover is cleared away at the next start.
        let _ = fs::remove_file(&self.path);
    }
}

impl Installer {
    /// Opens what is installed on this box, and clears away what a cut left behind. A pack whose file is lost or damaged
    /// is left out, with a word in the log; the others serve.
    ///
    /// # Errors
    /// When the journal or the directory can't be read.
    pub fn open(data: DataDir, journal: Arc<Journal>) -> Result<Self> {
        let stream = journal.stream();
        let rows = journal.read_blocking(move |connection| packs_of(connection, stream))?;
        let packs = Packs::of_trees(Vec::new())?;
        let mut kept = Vec::new();
        for row in rows.into_iter().filter(|row| row.installed) {
            let hash = to_hex(&row.sha256);
            let (archive, index) = places(&data, &hash);
            match Packed::open(&archive, &index).and_then(|packed| Pack::of_archive(packed, hash, &row)) {
                Ok(pack) => packs.put(pack),
                Err(error) => tracing::error!(pack = row.id, %error, "a pack can't be opened; add it again"),
            }
            kept.extend([archive, index]);
        }
        clear(&data.packs(), |path| !kept.contains(path))?;
        clear(&data.temporary(), |path| path.extension().is_some_and(|kind| kind == "schoolpack"))?;
        Ok(Self { packs: Arc::new(packs), journal, data, turn: Mutex::default() })
    }

    /// The packs that are installed.
    pub fn packs(&self) -> Arc<Packs> {
        self.packs.clone()
    }

    /// Installs a pack from anywhere: an upload, a stick. Answers when it is on the disk and visible. Waits for the disk.
    ///
    /// # Errors
    /// All refusals of `packs/archive.rs` and `packs/verify.rs`; `pack.faults`, `pack.older`; `box.disk-full`.
    pub fn install(&self, from: &mut dyn Read) -> Result<Arc<Course>> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let draft = self.draft(|file, room| copy(from, file, room))?;
        self.put_in_place(&draft, Origin::Brought, &Terms::default())
    }

    /// Brings the archive in `from` to the box's own disk, and compares every file with what it should be. Nothing of it
    /// is visible until it is put in its [`Installer::place`]. Waits for the disk.
    ///
    /// # Errors
    /// All refusals of `packs/archive.rs` and `packs/verify.rs`; `box.disk-full`; what `watch` says.
    pub fn receive(&self, from: &dyn Source, watch: &dyn Watch) -> Result<Draft> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let of = from.length()?;
        self.draft(|file, room| {
            let mut done = 0;
            let mut part = vec![0; 256 << 10];
            loop {
                let got = from.read_at(&mut part, done)?;
                if got == 0 {
                    return Ok(());
                }
                file.write_all(&part[..got])?;
                done += got as u64;
                watch.at(Step::Copying, done, of)?;
                room.look()?;
            }
        })
    }

    /// Makes a pack of a folder, or of anything else that has files. Otherwise as [`Installer::receive`].
    ///
    /// # Errors
    /// As [`Installer::receive`]; `pack.faults`.
    pub fn compose(&self, tree: &dyn Tree, watch: &dyn Watch) -> Result<Draft> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let plan = Plan::new(tree)?;
        watch.at(Step::Writing, 0, 1)?;
        self.draft(|file, _| plan.write(file).map(drop))
    }

    /// Makes a draft the version that serves. Until it does, the version before it serves.
    ///
    /// # Errors
    /// `pack.faults`; `pack.older` unless the terms allow it.
    #[expect(clippy::needless_pass_by_value, reason = "the draft is used up")]
    pub fn place(&self, draft: Draft, terms: &Terms) -> Result<Arc<Course>> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.put_in_place(&draft, Origin::Brought, terms)
    }

    /// Installs the packs that the program carries: those that are new, newer than the installed ones, or, while somebody
    /// writes them, changed. A fault is logged and stops nothing.
    pub fn install_starters(&self) {
        for starter in super::starters::all() {
            let name = starter.name().to_owned();
            if let Err(error) = self.install_starter(&starter) {
                tracing::error!(pack = name, %error, "a pack of the program can't be installed");
            }
        }
    }

    fn install_starter(&self, starter: &super::starters::Starter) -> Result<()> {
        let stream = self.journal.stream();
        let manifest = starter.manifest()?;
        let rows = self.journal.read_blocking(move |connection| packs_of(connection, stream))?;
        let row = rows.into_iter().find(|row| row.id == manifest.id);
        let installed = self.packs.pack(&manifest.id).ok();
        if let (Some(row), Some(pack)) = (&row, &installed) {
            let is_older = Version::parse(&row.version) < Version::parse(&manifest.version);
            let was_changed =
                row.built_in && row.version == manifest.version && !starter.is_in(&*pack.tree)?;
            if !is_older && !was_changed {
                return Ok(());
            }
        }
        if row.is_some_and(|row| !row.installed) {
            return Ok(());
        }
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let plan = Plan::new(starter)?;
        let draft = self.draft(|file, _| plan.write(file).map(drop))?;
        self.put_in_place(&draft, Origin::BuiltIn, &Terms::default()).map(drop)
    }

    /// Fills a new file on the box's own disk, and makes sure that it is there.
    fn draft(&self, fill: impl FnOnce(&mut File, &Room) -> Result<()>) -> Result<Draft> {
        let name = format!("{}.schoolpack", to_hex(&random_bytes::<8>()?));
        let path = self.data.temporary().join(name);
        let opened = OpenOptions::new().read(true).write(true).create_new(true).open(&path)?;
        let mut draft = Draft { path, file: opened, sha256: [0; 32], bytes: 0 };
        let room = Room { folder: self.data.packs() };
        room.look()?;
        fill(&mut draft.file, &room)?;
        draft.file.sync_all()?;
        draft.file.rewind()?;
        (draft.sha256, draft.bytes) = digest(&mut draft.file)?;
        Ok(draft)
    }

    /// Judges a draft and makes it the version that serves.
    fn put_in_place(&self, draft: &Draft, origin: Origin, terms: &Terms) -> Result<Arc<Course>> {
        let packed = Packed::judge(draft.file.try_clone()?)?;
        let hash = to_hex(&draft.sha256);
        let mut row = PackEntry {
            id: String::new(),
            version: String::new(),
            sha256: draft.sha256,
            bytes: draft.bytes,
            built_in: origin == Origin::BuiltIn,
            installed: true,
        };
        let (archive, index) = places(&self.data, &hash);
        let index_bytes = packed.index.to_bytes();
        let pack = Pack::of_archive(packed, hash, &row)?;
        let course = pack.course.clone();
        row.id.clone_from(&course.id);
        row.version.clone_from(&course.version);
        let former = self.packs.pack(&course.id).ok();
        if let Some(former) = &former {
            if former.course.hash == course.hash {
                return Ok(former.course.clone());
            }
            if !terms.older {
                refuse_older(&former.course, &course)?;
            }
        }
        write_atomically(&index, &index_bytes, 0o644)?;
        fs::set_permissions(&draft.path, Permissions::from_mode(0o444))?;
        draft.file.sync_all()?;
        fs::rename(&draft.path, &archive)?;
        sync_directory(&self.data.packs())?;
        self.journal.write_blocking(Urgency::Now, move |stage| stage.append(row.draft()).map(drop))?;
        self.packs.put(pack);
        tracing::info!(pack = course.id, version = course.version, "a pack was installed");
        if let Some(former) = former {
            // It is read through its open file until the last one has let go of it.
            let (archive, index) = places(&self.data, &former.course.hash);
            let _ = fs::remove_file(archive);
            let _ = fs::remove_file(index);
        }
        Ok(course)
    }
}

fn refuse_older(former: &Course, offered: &Course) -> Result<()> {
    if Version::parse(&offered.version) >= Version::parse(&former.version) {
        return Ok(());
    }
    let sentence = format!(
        "This is version {} of {}; the box has the newer version {} already. Nothing was changed.",
        offered.version,
        offered.title("en"),
        former.version
    );
    Err(Error::conflict("pack.older", sentence)
        .with("offered", &offered.version)
        .with("installed", &former.version))
}

/// The archive and its index.
fn places(data: &DataDir, hash: &str) -> (PathBuf, PathBuf) {
    (data.packs().join(format!("{hash}.schoolpack")), data.packs().join(format!("{hash}.index")))
}

fn clear(folder: &Path, is_stray: impl Fn(&PathBuf) -> bool) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if is_stray(&path) {
            tracing::info!(file = %path.display(), "cleared away what a broken-off installation left");
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Looks after the free part of the disk.
struct Room {
    folder: PathBuf,
}

impl Room {
    fn look(&self) -> Result<()> {
        let disk = rustix::fs::statvfs(&self.folder).map_err(std::io::Error::from)?;
        if disk.f_bavail < disk.f_blocks / KEPT_FREE {
            let sentence = "The disk is almost full, so the pack was not added. Remove a pack that is not used, then try again.";
            return Err(Error::new(Kind::Full, "box.disk-full", sentence));
        }
        Ok(())
    }
}

fn copy(from: &mut dyn Read, to: &mut File, room: &Room) -> Result<()> {
    let mut from = from.take(LIMITS.total + 1);
    let mut copied = 0;
    loop {
        let got = std::io::copy(&mut from.by_ref().take(LOOK_EVERY), to)?;
        copied += got;
        if copied > LIMITS.total {
            return Err(super::archive::too_large(LIMITS.total));
        }
        if got < LOOK_EVERY {
            return Ok(to.flush()?);
        }
        room.look()?;
    }
}

#[cfg(test)]
mod tests;
