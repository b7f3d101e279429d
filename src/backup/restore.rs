//! A backup put on a new box, and the look whether a backup or this box's own data hold together.

use std::fs;
use std::path::{Path, PathBuf};

use super::{FOLDER, SECRET, code, file, repair, snapshot};
use crate::db::{self, Options};
use crate::error::{Error, Result};
use crate::files::DataDir;

/// Puts a backup into an empty data directory. `from` is a file, or a stick or folder of which the newest backup that the code opens is
/// taken. Answers which one it was.
///
/// # Errors
/// `backup.box-in-use` when the directory holds a school; `backup.none`, `backup.code-wrong`, `backup.unreadable`; when the disk refuses.
pub fn restore(data: &DataDir, from: &Path, typed: &str) -> Result<PathBuf> {
    if data.journal().exists() {
        let sentence = "There is a school on this box already. Restore onto a new card, or choose an empty directory with --data.";
        return Err(Error::conflict("backup.box-in-use", sentence));
    }
    let key = code::key_of_code(typed)?;
    let draft = data.temporary().join("restore");
    let (chosen, at) = read_newest(from, |path| {
        match fs::remove_dir_all(&draft) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => fs::create_dir_all(&draft)?,
        }
        file::read(path, &key, Some(&draft))?;
        db::examine(&Options::journal(draft.join("journal.db")))
    })?;
    repair::say_restoring(data, at)?;
    db::clear_beside(&draft.join("journal.db"))?;
    let mut entries: Vec<PathBuf> =
        fs::read_dir(&draft)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    // The database last: while it is missing, a second try begins anew.
    entries.sort_by_key(|path| path.ends_with("journal.db"));
    for entry in entries {
        let Some(name) = entry.file_name() else { continue };
        let to = data.path().join(name);
        if to.is_dir() {
            fs::remove_dir_all(&to)?;
        }
        fs::rename(&entry, &to)?;
    }
    crate::files::sync_directory(data.path())?;
    Ok(chosen)
}

/// Reads a backup to its end. Without a code the box's own is taken. Answers which one it was, and how many files it holds.
///
/// # Errors
/// `backup.none`, `backup.code-wrong`, `backup.unreadable`.
pub fn verify(data: Option<&DataDir>, from: &Path, typed: Option<&str>) -> Result<(PathBuf, usize)> {
    let key = match (typed, data) {
        (Some(typed), _) => code::key_of_code(typed)?,
        (None, Some(data)) => code::key_of_secret(&data.secret(SECRET)?),
        (None, None) => {
            return Err(Error::invalid("backup.code-wrong", "Give the recovery code with --code."));
        }
    };
    let mut count = 0;
    let (chosen, _) = read_newest(from, |path| {
        count = file::read(path, &key, None)?;
        Ok(())
    })?;
    Ok((chosen, count))
}

/// Looks over the database of a box that is not running, and its newest copy.
///
/// # Errors
/// `box.data-damaged`; `backup.none` when there is no copy yet; when the disk can't be read.
pub fn verify_here(data: &DataDir) -> Result<u64> {
    repair::check(data)?;
    let copies = snapshot::all(data)?;
    let newest = copies.first().ok_or_else(none)?;
    db::examine(&Options::journal(&newest.path))?;
    db::clear_beside(&newest.path)?;
    Ok(newest.at)
}

/// Tries the backups of a place from the newest on. Answers the first one that could be read, with its date in milliseconds since 1970.
fn read_newest(from: &Path, mut read: impl FnMut(&Path) -> Result<()>) -> Result<(PathBuf, u64)> {
    let mut last = none();
    for (at, path) in candidates(from) {
        match read(&path) {
            Ok(()) => return Ok((path, at)),
            Err(error) => {
                tracing::warn!(%error, path = %path.display(), "a backup is of no use; an older one is tried");
                last = error;
            }
        }
    }
    Err(last)
}

/// A file itself, or all backups in a folder and in the one that the box writes on sticks, the newest first.
fn candidates(from: &Path) -> Vec<(u64, PathBuf)> {
    let mut found = if from.is_file() {
        vec![(file::date_of(from), from.to_owned())]
    } else {
        [file::in_folder(from), file::in_folder(&from.join(FOLDER))].concat()
    };
    found.sort();
    // One that somebody gave another name comes last.
    found.into_iter().rev().map(|(at, path)| (at.unwrap_or(0), path)).collect()
}

fn none() -> Error {
    Error::not_found(
        "backup.none",
        "There is no backup here. Plug in the stick that has the folder schoolhouse-backup.",
    )
}
