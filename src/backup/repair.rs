//! A damaged database: found at the start, put aside, restored from the last good copy, and completed from what lies beside it.
//!
//! What of the damaged file itself can be read is asked last. The restored box begins a new life, so that nothing it writes has the number of
//! something that others may hold.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::archive::{Archive, Difference, log_folder};
use super::snapshot::{self, Snapshot};
use crate::db::{self, JOURNAL, Options};
use crate::error::{Error, Result};
use crate::files::{DataDir, remove_if_there, write_atomically};
use crate::journal::{self, Entry, Journal, StreamEnd};
use crate::sync::Life;

/// There while the program runs, with the steps of the tables: who finds it at the start was switched off without a word.
const RUNNING: &str = "running";
/// There while a copy is put in the place of the journal's file and until it is complete.
const RESTORING: &str = "restoring.json";
/// What happened, for the screens.
const REPORT: &str = "repaired.json";
/// The journal's file and what belongs to it.
const FILES: [&str; 3] = ["journal.db", "journal.db-wal", "journal.db-shm"];

/// What was found and done at a start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Repair {
    /// When, in milliseconds since 1970 by the box's best guess.
    pub at: u64,
    /// The date of the copy that it went on from; nothing where there was none.
    #[schema(required)]
    pub copy: Option<u64>,
    /// Entries that were brought back from beside the database.
    pub brought_back: u64,
    /// Entries that are known to be missing.
    pub lost: u64,
}

/// A database that was put aside, before the journal is open again.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Broken {
    copy: Option<u64>,
    /// Where the damaged file is now; nothing where a backup was put on a new box.
    aside: Option<PathBuf>,
}

/// Opens a journal, after whatever its file needs first, and keeps the second copy of it from then on.
///
/// # Errors
/// When the disk refuses; those of `open`, but for damage.
pub fn open_journal(data: &DataDir, now: u64, open: impl Fn() -> Result<Journal>) -> Result<Journal> {
    let mut broken = look_after(data, now)?;
    let journal = match open() {
        Err(error) if error.code == "box.data-damaged" => {
            tracing::error!(%error, "the database is damaged");
            broken = Some(put_aside(data, now)?);
            open()?
        }
        opened => opened?,
    };
    if let Some(broken) = &broken {
        complete(&journal, data, broken, now)?;
    }
    journal.keep_log(log_folder(data))?;
    write_atomically(&data.path().join(RUNNING), JOURNAL.len().to_string().as_bytes(), 0o600)?;
    Ok(journal)
}

/// Looks whether the journal's file holds together, if the box was switched off without a word; puts a damaged one aside and the last good
/// copy in its place. Also makes a copy before a new program changes the tables.
///
/// # Errors
/// When the disk refuses.
fn look_after(data: &DataDir, now: u64) -> Result<Option<Broken>> {
    if let Ok(bytes) = fs::read(data.path().join(RESTORING))
        && data.journal().exists()
    {
        // What it lacks is still to be brought back.
        return if is_good_copy(data, &data.journal()) {
            Ok(Some(serde_json::from_slice(&bytes).unwrap_or_default()))
        } else {
            put_aside(data, now).map(Some)
        };
    }
    if !data.journal().exists() {
        // A card from which only this file is gone is a damaged one, too.
        return if Archive::is_there(data) { put_aside(data, now).map(Some) } else { Ok(None) };
    }
    if data.path().join(RUNNING).exists()
        && let Err(error) = check(data)
    {
        tracing::error!(%error, "the database is damaged");
        return put_aside(data, now).map(Some);
    }
    let steps = usize::try_from(db::steps(&Options::journal(data.journal()))?).unwrap_or(0);
    if steps > 0 && steps < JOURNAL.len() {
        match snapshot::make(data, now) {
            Ok(_) => {}
            Err(error) if error.code == "backup.no-room" => {
                tracing::warn!(%error, "no copy before the change");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

/// Whether the journal's file holds together and says what lies beside it.
///
/// # Errors
/// `box.data-damaged`; when the file can't be read.
pub(super) fn check(data: &DataDir) -> Result<()> {
    let options = Options::journal(data.journal());
    db::examine(&options)?;
    let (steps, now) = (db::steps(&options)?.to_string(), JOURNAL.len().to_string());
    // A new program may have been cut off before it said so.
    let wanted = fs::read_to_string(data.path().join(RUNNING)).unwrap_or_default();
    if !wanted.is_empty() && wanted != steps && now != steps {
        return Err(Error::damaged().caused_by(format!("tables of step {steps} instead of {wanted}")));
    }
    let found = Archive::open(data)?.compare(&data.journal())?;
    if found == Difference::default() {
        return Ok(());
    }
    Err(Error::damaged().caused_by(format!("{} entries changed, {} lacking", found.changed, found.lacking)))
}

/// Puts the damaged file aside, and the newest copy that holds together in its place.
///
/// # Errors
/// When the disk refuses.
fn put_aside(data: &DataDir, now: u64) -> Result<Broken> {
    let aside = data.path().join("damaged").join(now.to_string());
    fs::create_dir_all(&aside)?;
    let mut broken = Broken { copy: None, aside: Some(aside.clone()) };
    for name in FILES {
        match fs::rename(data.path().join(name), aside.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    let draft = data.temporary().join("restoring.db");
    for Snapshot { at, path } in snapshot::all(data)? {
        fs::copy(&path, &draft)?;
        let is_good = is_good_copy(data, &draft);
        db::clear_beside(&draft)?;
        if is_good {
            broken.copy = Some(at);
            break;
        }
        tracing::warn!(path = %path.display(), "a copy is of no use; an older one is tried");
    }
    note(data, &broken)?;
    if broken.copy.is_some() {
        fs::File::open(&draft)?.sync_all()?;
        fs::rename(&draft, data.journal())?;
    }
    Ok(broken)
}

fn is_good_copy(data: &DataDir, copy: &Path) -> bool {
    let look = || -> Result<bool> {
        db::examine(&Options::journal(copy))?;
        let epoch = journal::life_of(&db::open_aside(copy)?)?;
        let found = Archive::open(data)?.compare(copy)?;
        Ok(epoch >= journal::first_life(&log_folder(data)) && found.changed == 0)
    };
    look().unwrap_or(false)
}

/// Says that a backup was put on a new box: the next start completes it.
///
/// # Errors
/// When the disk refuses.
pub(super) fn say_restoring(data: &DataDir, copy: u64) -> Result<()> {
    note(data, &Broken { copy: Some(copy), aside: None })
}

fn note(data: &DataDir, broken: &Broken) -> Result<()> {
    write_atomically(&data.path().join(RESTORING), &serde_json::to_vec(broken).unwrap_or_default(), 0o600)
}

/// Brings back what lies beside the database, once the journal is open on the copy. To be called before anything is written.
///
/// # Errors
/// When the disk refuses; what was brought back stays, and the next start goes on.
fn complete(journal: &Journal, data: &DataDir, broken: &Broken, now: u64) -> Result<Repair> {
    let archive = Archive::open(data)?;
    begin_after(journal, &archive)?;
    let mut back = Back { journal, next: ends_of(journal)?, count: 0, seen: BTreeMap::new() };
    for life in archive.lives()? {
        archive.visit(life, back.next_of(life), |entries| back.run(life, entries.to_vec()))?;
    }
    if let Some(aside) = &broken.aside {
        for (life, entries) in salvage(&aside.join("journal.db"), &back.next) {
            back.run(life, entries)?;
        }
    }
    let repair = Repair { at: now, copy: broken.copy, brought_back: back.count, lost: back.missing() };
    tracing::warn!(?repair, "the database was restored");
    if broken.aside.is_some() {
        let bytes = serde_json::to_vec(&repair).unwrap_or_default();
        write_atomically(&data.path().join(REPORT), &bytes, 0o600)?;
    }
    remove_if_there(&data.path().join(RESTORING))?;
    Ok(repair)
}

/// A life after all that this box had: what others may hold under the present numbers is merged, and not written again.
fn begin_after(journal: &Journal, archive: &Archive) -> Result<()> {
    let ends = ends_of(journal)?;
    let own = |(stream, _): &Life| *stream == journal.stream();
    let next = ends.iter().rfind(|(life, _)| own(life)).map_or(1, |(_, next)| *next);
    let last = archive.lives()?.into_iter().filter(own).map(|(_, epoch)| epoch).max().unwrap_or(0);
    let mut epoch = journal.begin_epoch_blocking(next)?;
    while epoch >> 32 <= last >> 32 {
        epoch = journal.begin_epoch_blocking(1)?;
    }
    Ok(())
}

/// Entries on their way back.
struct Back<'a> {
    journal: &'a Journal,
    /// The number that comes next here, of each life.
    next: BTreeMap<Life, u64>,
    count: u64,
    /// The greatest number that was seen anywhere, of each life.
    seen: BTreeMap<Life, u64>,
}

impl Back<'_> {
    fn run(&mut self, life: Life, entries: Vec<Entry>) -> Result<()> {
        let Some(last) = entries.iter().map(|entry| entry.position.seq).max() else { return Ok(()) };
        let seen = self.seen.entry(life).or_default();
        *seen = last.max(*seen);
        let after = self.journal.merge_blocking(entries)?;
        self.count += after.saturating_sub(self.next_of(life));
        self.next.insert(life, after);
        Ok(())
    }

    fn next_of(&self, life: Life) -> u64 {
        self.next.get(&life).copied().unwrap_or(1)
    }

    /// Entries that were seen somewhere behind a gap.
    fn missing(&self) -> u64 {
        self.seen.iter().map(|(life, last)| (last + 1).saturating_sub(self.next_of(*life))).sum()
    }
}

fn ends_of(journal: &Journal) -> Result<BTreeMap<Life, u64>> {
    let ends = journal.read_blocking(journal::ends)?;
    Ok(ends.into_iter().map(|StreamEnd { stream, epoch, next }| ((stream, epoch), next)).collect())
}

/// What a damaged file still tells of the entries behind those that are here.
fn salvage(file: &Path, ends: &BTreeMap<Life, u64>) -> Vec<(Life, Vec<Entry>)> {
    let read = || -> Result<Vec<(Life, Vec<Entry>)>> {
        let connection = db::open_aside(file)?;
        let mut found = Vec::new();
        for end in journal::ends(&connection)? {
            let life = (end.stream, end.epoch);
            let from = ends.get(&life).copied().unwrap_or(1);
            let count = usize::try_from(end.next.saturating_sub(from)).unwrap_or(0);
            found.push((life, journal::run_from(&connection, life, from, count)?));
        }
        Ok(found)
    };
    read()
        .inspect_err(|error| tracing::info!(%error, "the damaged file tells nothing more"))
        .unwrap_or_default()
}

/// What happened at an earlier start, until somebody has read it.
///
/// # Errors
/// When the file can't be read.
pub(super) fn report(data: &DataDir) -> Result<Option<Repair>> {
    match fs::read(data.path().join(REPORT)) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Somebody has read it.
///
/// # Errors
/// When the disk refuses.
pub(super) fn forget_report(data: &DataDir) -> Result<()> {
    remove_if_there(&data.path().join(REPORT))
}

/// Says that the program came to its end in order; otherwise the next start looks the database over.
pub(super) fn say_stopped(data: &DataDir) {
    // Then the next start looks once more than it must.
    let _ = fs::remove_file(data.path().join(RUNNING));
}
