//! Copies of the database on the box's own disk: made once a day and before tables are changed, looked over before they count.

use std::fs;
use std::path::PathBuf;

use super::archive::Archive;
use super::rules;
use crate::db::{self, Options};
use crate::error::{Error, Kind, Result};
use crate::files::{DataDir, remove_if_there, sync_directory};

/// A copy, and when it was made, in milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Snapshot {
    pub(super) at: u64,
    pub(super) path: PathBuf,
}

/// Where copies lie.
pub(super) fn folder(data: &DataDir) -> PathBuf {
    data.path().join("snapshots")
}

/// All copies that were looked over, the newest first.
///
/// # Errors
/// When the folder can't be read.
pub(super) fn all(data: &DataDir) -> Result<Vec<Snapshot>> {
    let (folder, mut found) = (folder(data), Vec::new());
    if !folder.exists() {
        return Ok(found);
    }
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        let stem = path.extension().filter(|end| *end == "db").and(path.file_stem());
        let at = stem.and_then(|stem| stem.to_str()?.parse().ok());
        found.extend(at.map(|at| Snapshot { at, path }));
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.at));
    Ok(found)
}

/// Makes a copy of the journal's file, looks it over, and takes those away that are not needed any more.
///
/// # Errors
/// `backup.no-room`; `box.data-damaged` when the copy does not hold together or says something else than what lies beside it; when the disk
/// refuses.
pub(super) fn make(data: &DataDir, now: u64) -> Result<Snapshot> {
    let folder = folder(data);
    fs::create_dir_all(&folder)?;
    demand_room(data)?;
    let draft = folder.join("draft");
    remove_if_there(&draft)?;
    db::copy(&Options::journal(data.journal()), &draft)?;
    db::examine(&Options::journal(&draft))?;
    if Archive::open(data)?.compare(&draft)?.changed > 0 {
        return Err(Error::damaged().caused_by("entries say something else than what lies beside them"));
    }
    db::clear_beside(&draft)?;
    let path = folder.join(format!("{now}.db"));
    fs::rename(&draft, &path)?;
    sync_directory(&folder)?;
    let dates: Vec<u64> = all(data)?.iter().map(|one| one.at).collect();
    for old in rules::to_remove(&dates, now) {
        remove_if_there(&folder.join(format!("{old}.db")))?;
    }
    Ok(Snapshot { at: now, path })
}

/// A copy takes as much as the file; answers come first.
fn demand_room(data: &DataDir) -> Result<()> {
    let wanted = fs::metadata(data.journal())?.len();
    let disk = rustix::fs::statvfs(data.path()).map_err(std::io::Error::from)?;
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    if free > wanted.saturating_mul(2) {
        return Ok(());
    }
    let sentence = "There is no room for a copy of the school's data on the box. Remove a course that nobody uses, or use a larger card.";
    Err(Error::new(Kind::Full, "backup.no-room", sentence).with("megabytes", wanted.div_ceil(1 << 20)))
}
