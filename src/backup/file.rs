//! A backup as one file: everything that a new box needs to be this school, locked with the recovery code.
//!
//! Packs are not in it: they lie whole on sticks and at the district, and the list of them is.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use super::sealed::{Opening, Sealing};
use crate::error::{Error, Result};
use crate::files::{DataDir, sync_directory};

/// The end of the names of backups.
pub(super) const END: &str = "schoolhouse-backup";
/// Beside the journal, these files and folders make a school; whatever is missing is left out.
const MORE: [&str; 9] = [
    "box.key",
    "school.secret",
    "school.key",
    "recovery.key",
    "hub.json",
    "boxes.json",
    "schoolhouse.toml",
    "trusted",
    "authoring",
];
const JOURNAL: &str = "journal.db";
/// Longer names of files are none of ours.
const LONGEST_NAME: usize = 1_024;

/// All backups in a folder with the dates in their names, the oldest first; none where there is no such folder.
pub(super) fn in_folder(folder: &Path) -> Vec<(Option<u64>, PathBuf)> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let ours = paths.filter(|path| path.extension().is_some_and(|end| end == END));
    let mut found: Vec<_> = ours.map(|path| (date_of(&path), path)).collect();
    found.sort();
    found
}

/// The date in the name of a backup, in milliseconds since 1970.
pub(super) fn date_of(path: &Path) -> Option<u64> {
    path.file_stem()?.to_str()?.rsplit('-').next()?.parse().ok()
}

/// Writes a backup: `journal` is a copy of the database that holds together.
///
/// # Errors
/// When a file can't be read, or the disk refuses.
pub(super) fn write(
    data: &DataDir,
    journal: &Path,
    to: &Path,
    key: &[u8; 32],
    chance: [u8; 16],
) -> Result<()> {
    let mut sealing = Sealing::begin(BufWriter::new(File::create(to)?), key, chance)?;
    write_file(&mut sealing, JOURNAL, journal)?;
    for name in MORE {
        write_all(&mut sealing, name, &data.path().join(name))?;
    }
    write_head(&mut sealing, "", 0)?;
    let file = sealing.end()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.sync_all()?;
    // FAT knows no folders to sync; the file is what counts.
    let _ = to.parent().map(sync_directory);
    Ok(())
}

fn write_all(to: &mut impl Write, name: &str, path: &Path) -> Result<()> {
    if path.is_dir() {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        entries.sort();
        for entry in entries {
            // Our own folders hold nothing else.
            let Some(last) = entry.file_name().and_then(|last| last.to_str()) else { continue };
            write_all(to, &format!("{name}/{last}"), &entry)?;
        }
        return Ok(());
    }
    if path.is_file() { write_file(to, name, path) } else { Ok(()) }
}

fn write_file(to: &mut impl Write, name: &str, path: &Path) -> Result<()> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    write_head(to, name, length)?;
    // What grows meanwhile is cut, what shrinks is filled up: the next backup has it right.
    let copied = std::io::copy(&mut Read::by_ref(&mut file).take(length), to)?;
    std::io::copy(&mut std::io::repeat(0).take(length - copied), to)?;
    Ok(())
}

fn write_head(to: &mut impl Write, name: &str, length: u64) -> Result<()> {
    let bytes = u16::try_from(name.len()).unwrap_or(0);
    to.write_all(&bytes.to_be_bytes())?;
    to.write_all(name.as_bytes())?;
    to.write_all(&length.to_be_bytes())?;
    Ok(())
}

/// Reads a backup to its end, into a folder or nowhere. Answers how many files are in it.
///
/// # Errors
/// `backup.unreadable`; when the disk refuses.
pub(super) fn read(from: &Path, key: &[u8; 32], to: Option<&Path>) -> Result<usize> {
    let unreadable = |error: std::io::Error| {
        let sentence = format!(
            "{} can't be read. Either it is damaged, or the recovery code is of another school.",
            from.display()
        );
        Error::invalid("backup.unreadable", sentence).caused_by(error)
    };
    let file = File::open(from)?;
    let mut opening = Opening::begin(BufReader::new(file), key).map_err(unreadable)?;
    let mut count = 0;
    while let Some((name, length)) = read_head(&mut opening).map_err(unreadable)? {
        let mut part = opening.by_ref().take(length);
        let copied = match to {
            None => std::io::copy(&mut part, &mut std::io::sink()),
            Some(folder) => {
                let path = folder.join(&name);
                path.parent().map(fs::create_dir_all).transpose()?;
                let mut file = File::create(&path)?;
                let copied = std::io::copy(&mut part, &mut file);
                file.sync_all()?;
                copied
            }
        };
        if copied.map_err(unreadable)? != length {
            return Err(unreadable(std::io::ErrorKind::UnexpectedEof.into()));
        }
        count += 1;
    }
    Ok(count)
}

/// The name and length of the next file; nothing at the end.
fn read_head(from: &mut impl Read) -> std::io::Result<Option<(String, u64)>> {
    let damaged = || std::io::Error::new(std::io::ErrorKind::InvalidData, "a name in it is none of ours");
    let (mut length, mut size) = ([0; 2], [0; 8]);
    from.read_exact(&mut length)?;
    let mut name = vec![0; usize::from(u16::from_be_bytes(length)).min(LONGEST_NAME)];
    from.read_exact(&mut name)?;
    from.read_exact(&mut size)?;
    let name = String::from_utf8(name).map_err(|_| damaged())?;
    if name.is_empty() {
        return Ok(None);
    }
    let is_ours = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains('\\');
    let first = name.split('/').next().unwrap_or_default();
    if !name.split('/').all(is_ours) || !(first == JOURNAL || MORE.contains(&first)) {
        return Err(damaged());
    }
    Ok(Some((name, u64::from_be_bytes(size))))
}
