//! An installed pack as a file again, for another school: on a stick, with its checksum beside it.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::Installer;
use crate::error::{Error, Kind, Result};
use crate::files::sync_directory;
use crate::ids::{from_hex, to_hex};
use crate::packs::serve::Loose;
use crate::packs::volumes::CHECKSUM;
use crate::packs::{Pack, Step, Watch};

/// Bytes of a volume: a file on FAT32 is shorter than 4 GiB.
const VOLUME: u64 = 3_900_000_000;
/// What statfs(2) says of FAT in all its widths.
const FAT: u64 = 0x4d44;
/// Bytes that are copied at once, and after how many they are written through to the stick, so that the progress is true.
const PART: usize = 1 << 20;
const STEP: u64 = 16 << 20;

impl Installer {
    /// Writes the file of an installed pack into `folder`, such as a stick: the same bytes that its publisher made, as
    /// `ID-VERSION.schoolpack`, or as volumes where the file system holds no such file. Its checksum goes beside it, so
    /// that the next box can tell a stick that wrote badly. Answers with the first file. A broken-off copy is cleared away.
    ///
    /// # Errors
    /// `pack.unknown`; `pack.licence-unknown` where nobody may pass it on; `pack.no-room-there`, `pack.folder-lost`; `pack.checksum` when the
    /// box's own copy is damaged; what `watch` says.
    pub fn export(&self, id: &str, folder: &Path, watch: &dyn Watch) -> Result<PathBuf> {
        let pack = self.packs.pack(id)?;
        demand_licence(&pack)?;
        let whole = Export::of(&pack, folder, watch)?;
        demand_room(folder, pack.bytes)?;
        let is_fat = rustix::fs::statfs(folder).is_ok_and(|disk| u64::try_from(disk.f_type) == Ok(FAT));
        if pack.bytes <= VOLUME || !is_fat {
            match whole.write(u64::MAX) {
                // Another file system that holds no file of this size.
                Err(error) if error.code == "pack.file-too-long" && pack.bytes > VOLUME => {}
                written => return written,
            }
        }
        whole.write(VOLUME)
    }
}

impl Installer {
    /// The file of an installed pack, for another school: the same bytes that its publisher made, called
    /// `ID-VERSION.schoolpack`.
    ///
    /// # Errors
    /// `pack.unknown`; `pack.licence-unknown` where nobody may pass it on.
    pub fn file(&self, id: &str) -> Result<Loose> {
        let pack = self.packs.pack(id)?;
        demand_licence(&pack)?;
        let packed = pack.packed.as_ref().ok_or_else(|| crate::packs::unknown(id))?;
        Ok(Loose {
            file: packed.file.clone(),
            bytes: pack.bytes,
            name: file_name(&pack),
            hash: pack.course.hash.clone(),
            is_download: true,
        })
    }
}

fn file_name(pack: &Pack) -> String {
    format!("{}-{}.schoolpack", pack.course.id, pack.course.version)
}

/// One pack on its way out.
pub(super) struct Export<'a> {
    file: &'a File,
    bytes: u64,
    sha256: [u8; 32],
    folder: &'a Path,
    name: String,
    watch: &'a dyn Watch,
}

impl<'a> Export<'a> {
    pub(super) fn of(pack: &'a Pack, folder: &'a Path, watch: &'a dyn Watch) -> Result<Self> {
        // Packs of trees are never installed; they are there for tests and previews.
        let unknown = || crate::packs::unknown(&pack.course.id);
        let packed = pack.packed.as_ref().ok_or_else(unknown)?;
        let sha256 = from_hex(&pack.course.hash).ok_or_else(unknown)?;
        let name = file_name(pack);
        Ok(Self { file: &packed.file, bytes: pack.bytes, sha256, folder, name, watch })
    }

    /// Writes it as one file, or as several of at most `volume` bytes.
    pub(super) fn write(&self, volume: u64) -> Result<PathBuf> {
        let mut drafts: Vec<PathBuf> = Vec::new();
        let copied = self.copy(volume, &mut drafts).and_then(|()| self.name(volume, &drafts));
        if copied.is_err() {
            for draft in drafts {
                // The stick may be gone with it.
                let _ = fs::remove_file(draft);
            }
        }
        copied
    }

    fn copy(&self, volume: u64, drafts: &mut Vec<PathBuf>) -> Result<()> {
        let mut hash = Sha256::new();
        let mut part = vec![0; PART];
        let mut at = 0;
        while at < self.bytes {
            let draft = self.folder.join(format!(".{}.{:03}.new", self.name, drafts.len() + 1));
            let mut to =
                OpenOptions::new().write(true).create(true).truncate(true).open(&draft).map_err(lost)?;
            drafts.push(draft);
            let end = at.saturating_add(volume).min(self.bytes);
            let mut written = 0;
            while at < end {
                let wanted = usize::try_from(end - at).unwrap_or(PART).min(PART);
                self.file.read_exact_at(&mut part[..wanted], at)?;
                hash.update(&part[..wanted]);
                to.write_all(&part[..wanted]).map_err(lost)?;
                at += wanted as u64;
                written += wanted as u64;
                if written >= STEP {
                    to.sync_data().map_err(lost)?;
                    written = 0;
                }
                self.watch.at(Step::Writing, at, self.bytes)?;
            }
            to.sync_all().map_err(lost)?;
        }
        let found: [u8; 32] = hash.finalize().into();
        if found == self.sha256 { Ok(()) } else { Err(damaged_here(&self.name)) }
    }

    /// Gives the drafts their names, the last one first: a stick that is pulled out now has no first volume.
    fn name(&self, volume: u64, drafts: &[PathBuf]) -> Result<PathBuf> {
        let whole = self.folder.join(&self.name);
        let part = |number: usize| self.folder.join(format!("{}.{number:03}", self.name));
        let is_split = volume < self.bytes;
        let line = format!("{}  {}\n", to_hex(&self.sha256), self.name);
        let mut to = File::create(self.folder.join(format!("{}{CHECKSUM}", self.name))).map_err(lost)?;
        to.write_all(line.as_bytes()).and_then(|()| to.sync_all()).map_err(lost)?;
        for (number, draft) in drafts.iter().enumerate().rev() {
            let named = if is_split { part(number + 1) } else { whole.clone() };
            fs::rename(draft, named).map_err(lost)?;
        }
        // A copy of another day, split in another way, must not be read along with it.
        let strays = (if is_split { drafts.len() + 1 } else { 1 }..).map(part);
        strays.take_while(|stray| fs::remove_file(stray).is_ok()).for_each(drop);
        if is_split {
            let _ = fs::remove_file(&whole);
        }
        // The file systems of some sticks know no such thing.
        let _ = sync_directory(self.folder);
        Ok(if is_split { part(1) } else { whole })
    }
}

/// Refuses a folder on a disk that has no room for so many bytes.
fn demand_room(folder: &Path, bytes: u64) -> Result<()> {
    let disk = rustix::fs::statvfs(folder).map_err(|e| lost(e.into()))?;
    let free = disk.f_bavail * disk.f_frsize;
    if free >= bytes {
        return Ok(());
    }
    let (needed, free) = (bytes.div_ceil(1_000_000), free / 1_000_000);
    let sentence = format!(
        "There is no room there for this pack: it has {needed} MB, and {free} MB are free. Take another stick, or make room on this one."
    );
    Err(Error::new(Kind::Full, "pack.no-room-there", sentence).with("needed", needed).with("free", free))
}

fn lost(error: std::io::Error) -> Error {
    let made = match error.kind() {
        ErrorKind::FileTooLarge => {
            Error::new(Kind::Full, "pack.file-too-long", "No file there can be so long.")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Error::new(
            Kind::Full,
            "pack.no-room-there",
            "There is no room there for this pack. Take another stick, or make room on this one.",
        ),
        _ => Error::new(
            Kind::Unavailable,
            "pack.folder-lost",
            "The folder can't be written to any more. Put the stick in again and try once more.",
        ),
    };
    made.caused_by(error)
}

fn demand_licence(pack: &Pack) -> Result<()> {
    if !pack.manifest.licence.eq_ignore_ascii_case("unknown") {
        return Ok(());
    }
    let title = pack.course.title("en");
    let sentence = format!(
        "Nobody knows under which licence {title} may be passed on, so it stays on this box. Ask its authors."
    );
    Err(Error::invalid("pack.licence-unknown", sentence).with("title", title))
}

fn damaged_here(name: &str) -> Error {
    let sentence =
        format!("The box's own copy of {name} is damaged, so nothing was written. Add the pack again.");
    Error::new(Kind::Internal, "pack.damaged-here", sentence).with("file", name)
}

#[cfg(test)]
mod tests;
