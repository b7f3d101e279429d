//! A pack on a stick: one file, or volumes `NAME.schoolpack.001`, `.002` … where the stick's file system holds no file
//! that is large enough. Read as one.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::source::Source;
use crate::error::{Error, Result};
use crate::ids::from_hex;

/// What the checksum beside a pack is called: its name and this.
pub(super) const CHECKSUM: &str = ".sha256";
/// A line of `sha256sum` for the longest name.
const LONGEST_CHECKSUM: u64 = 400;

/// The bytes of one or several files, one after the other.
pub struct Volumes {
    /// Each with the place of its first byte.
    parts: Vec<(u64, File)>,
    length: u64,
    sha256: Option<[u8; 32]>,
}

impl Volumes {
    /// Opens the files of one pack, in their order, with the checksum that lies beside them, if any.
    ///
    /// # Errors
    /// `pack.nothing-there`, `pack.volume-missing`, or that they can't be read.
    pub fn open(paths: &[PathBuf]) -> Result<Self> {
        let first = paths.first().map_or(Path::new(""), PathBuf::as_path);
        let mut volumes = Self { parts: Vec::new(), length: 0, sha256: checksum_beside(first) };
        for (expected, path) in (1..).zip(paths) {
            if volume_of(path).is_some_and(|(_, number)| number != expected) {
                return Err(volume_missing(path, expected));
            }
            let file = File::open(path).map_err(|e| nothing_there(path).caused_by(e))?;
            let start = volumes.length;
            volumes.length += file.length()?;
            volumes.parts.push((start, file));
        }
        if volumes.parts.is_empty() { Err(nothing_there(first)) } else { Ok(volumes) }
    }

    /// All files of the pack to which `path` belongs, in their order: itself, or with it the other volumes in its folder.
    ///
    /// # Errors
    /// `pack.volume-missing`, or that the folder can't be read.
    pub fn of(path: &Path) -> Result<Vec<PathBuf>> {
        let Some((name, _)) = volume_of(path) else { return Ok(vec![path.to_owned()]) };
        let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut found = Vec::new();
        for entry in folder.read_dir()? {
            let other = entry?.path();
            match volume_of(&other) {
                Some((known, number)) if known == name => found.push((number, other)),
                _ => {}
            }
        }
        found.sort_unstable();
        for (expected, (number, _)) in (1..).zip(&found) {
            if *number != expected {
                return Err(volume_missing(path, expected));
            }
        }
        Ok(found.into_iter().map(|(_, path)| path).collect())
    }
}

impl Source for Volumes {
    fn length(&self) -> std::io::Result<u64> {
        Ok(self.length)
    }

    fn read_at(&self, to: &mut [u8], at: u64) -> std::io::Result<usize> {
        // A volume of no bytes has nothing to give; the one behind it begins at the same place.
        let after = self.parts.partition_point(|(start, _)| *start <= at);
        match after.checked_sub(1).and_then(|found| self.parts.get(found)) {
            Some((start, file)) if at < self.length => file.read_at(to, at - start),
            _ => Ok(0),
        }
    }

    fn sha256(&self) -> Option<[u8; 32]> {
        self.sha256
    }
}

/// The name of the pack and the number of the volume, when `path` is that of a volume: `x.schoolpack` and 2 of
/// `x.schoolpack.002`.
pub fn volume_of(path: &Path) -> Option<(&str, u32)> {
    let (name, number) = path.file_name()?.to_str()?.rsplit_once('.')?;
    let is_number = number.len() == 3 && number.bytes().all(|digit| digit.is_ascii_digit());
    let is_pack = name.to_ascii_lowercase().ends_with(".schoolpack");
    number.parse().ok().filter(|_| is_number && is_pack).map(|number| (name, number))
}

/// The hash that the file `NAME.schoolpack.sha256` beside a pack names, in the form of `sha256sum`.
fn checksum_beside(path: &Path) -> Option<[u8; 32]> {
    let name = volume_of(path).map(|(name, _)| name).or_else(|| path.file_name()?.to_str())?;
    let mut line = String::new();
    let file = File::open(path.with_file_name(format!("{name}{CHECKSUM}"))).ok()?;
    file.take(LONGEST_CHECKSUM).read_to_string(&mut line).ok()?;
    from_hex(&line.split_whitespace().next()?.to_ascii_lowercase())
}

fn nothing_there(path: &Path) -> Error {
    let sentence =
        format!("{} can't be read. Put the stick in again, or choose another file.", path.display());
    Error::not_found("pack.nothing-there", sentence).with("path", path.display())
}

fn volume_missing(path: &Path, number: u32) -> Error {
    let name = volume_of(path).map_or_else(String::new, |(name, _)| format!("{name}.{number:03}"));
    let sentence =
        format!("This pack comes in several files, and {name} is missing. Copy it into the same folder.");
    Error::invalid("pack.volume-missing", sentence).with("file", name)
}

#[cfg(test)]
mod tests;
