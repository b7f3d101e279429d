//! What lies beside the database: sealed segments and the log of what was committed since. Together they hold every entry, and tell whether the
//! database still says what it said.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::db;
use crate::error::Result;
use crate::files::DataDir;
use crate::journal::{self, Entry};
use crate::sync::segment::SchoolKey;
use crate::sync::{Chains, Life};

/// Everything beside the database.
pub(super) struct Archive {
    chains: Chains,
    school: SchoolKey,
    /// By life, in the order in which they were written.
    log: BTreeMap<Life, Vec<Entry>>,
}

/// How a database differs from the archive, in entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Difference {
    /// Which say something else.
    pub(super) changed: u64,
    /// Which are not in the database.
    pub(super) lacking: u64,
}

/// Where the log lies.
pub(super) fn log_folder(data: &DataDir) -> PathBuf {
    data.path().join("log")
}

impl Archive {
    /// Whether there is anything, without reading it.
    pub(super) fn is_there(data: &DataDir) -> bool {
        let has_files =
            |folder: PathBuf| std::fs::read_dir(folder).is_ok_and(|mut files| files.next().is_some());
        has_files(log_folder(data)) || has_files(data.segments())
    }

    /// # Errors
    /// When a folder can't be read.
    pub(super) fn open(data: &DataDir) -> Result<Self> {
        let mut log: BTreeMap<Life, Vec<Entry>> = BTreeMap::new();
        for entry in journal::read_log(&log_folder(data))? {
            log.entry((entry.position.stream, entry.position.epoch)).or_default().push(entry);
        }
        let school = SchoolKey::new(data.secret("school.key")?);
        Ok(Self { chains: Chains::open(data.segments())?, school, log })
    }

    /// All lives of which something is here.
    pub(super) fn lives(&self) -> Result<Vec<Life>> {
        let mut lives: Vec<Life> = self.chains.marks()?.iter().map(|mark| mark.life).collect();
        lives.extend(self.log.keys());
        lives.sort_unstable();
        lives.dedup();
        Ok(lives)
    }

    /// Hands out the entries of a life from a number on, run by run; where a segment is damaged, what follows in the log.
    ///
    /// # Errors
    /// Those of `take`.
    pub(super) fn visit(
        &self,
        life: Life,
        from: u64,
        mut take: impl FnMut(&[Entry]) -> Result<()>,
    ) -> Result<()> {
        let mut next = from;
        while let Ok(Some(segment)) = self.chains.at(life, next) {
            let Ok(entries) = segment.entries(&self.school) else { break };
            next = segment.head().next();
            take(&entries)?;
        }
        // A log that was turned begins in the middle; each of its runs is without a gap.
        let rest: &[Entry] = self.log.get(&life).map_or(&[], Vec::as_slice);
        rest.chunk_by(|one, other| one.position.seq + 1 == other.position.seq).try_for_each(take)
    }

    /// Compares a database's file with all that is here.
    ///
    /// # Errors
    /// When the file can't be read.
    pub(super) fn compare(&self, file: &std::path::Path) -> Result<Difference> {
        let connection = db::open_aside(file)?;
        let mut found = Difference::default();
        for life in self.lives()? {
            self.visit(life, 1, |entries| {
                let Some(first) = entries.first().map(|entry| entry.position.seq) else { return Ok(()) };
                let here = journal::run_from(&connection, life, first, entries.len())?;
                found.lacking += entries.len().saturating_sub(here.len()) as u64;
                found.changed +=
                    here.iter().zip(entries).filter(|(here, there)| here != there).count() as u64;
                Ok(())
            })?;
        }
        Ok(found)
    }
}
