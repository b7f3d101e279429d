//! A second copy of what was committed: each entry once more, in plain files beside the database, until it lies in a sealed segment.
//!
//! The database is what is true; this is for the day on which its file is damaged. It is written after the commit and not waited for, so
//! that an answer costs no second sync: what is lost with it was in the database, and the other way round.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};

use super::entry::{Entry, EntryKind, Position};
use super::hlc::Hlc;
use crate::error::{Error, Result};
use crate::files::write_atomically;
use crate::ids::{ClientId, StreamId};

/// Bytes of a record before its content: the length, and the beginning of the content's SHA-256.
const HEAD: usize = 4 + SUM;
const SUM: usize = 8;
/// Holds the number of a life.
const LIFE: &str = "life";
/// No entry is longer.
const LONGEST: usize = 8 << 20;

/// The files of one journal.
pub struct Log {
    folder: PathBuf,
    open: Mutex<Open>,
}

struct Open {
    number: u64,
    file: File,
    is_dirty: bool,
    /// Entries since the file was begun.
    count: u64,
}

/// An entry as it is written. Numbers are for ever; new fields come last.
#[derive(Encode, Decode)]
struct Record {
    #[n(0)]
    stream: StreamId,
    #[n(1)]
    epoch: u64,
    #[n(2)]
    seq: u64,
    #[n(3)]
    boot: u32,
    #[n(4)]
    mono: u64,
    #[n(5)]
    hlc: u64,
    #[n(6)]
    kind: u16,
    #[n(7)]
    client: Option<[u8; 8]>,
    #[n(8)]
    n: u64,
    #[cbor(n(9), with = "minicbor::bytes")]
    body: Vec<u8>,
}

impl Log {
    /// Goes on in a new file of the folder.
    ///
    /// # Errors
    /// When it can't be made.
    pub fn open(folder: PathBuf) -> Result<Self> {
        fs::create_dir_all(&folder)?;
        let known = numbers(&folder)?;
        let number = known.last().map_or(1, |last| last + 1);
        for old in known {
            // A start that wrote nothing leaves nothing.
            if fs::metadata(path(&folder, old))?.len() == 0 {
                fs::remove_file(path(&folder, old))?;
            }
        }
        let file = begin(&folder, number)?;
        Ok(Self { folder, open: Mutex::new(Open { number, file, is_dirty: false, count: 0 }) })
    }

    /// Writes entries that were committed. A disk that refuses is told in the log of the program alone: the entries are safe where they are.
    pub(super) fn append(&self, entries: &[Entry]) {
        let mut bytes = Vec::new();
        for entry in entries {
            write_record(&mut bytes, entry);
        }
        let mut open = self.lock();
        if let Err(error) = open.file.write_all(&bytes) {
            tracing::warn!(%error, "entries are not in the second copy");
        }
        open.is_dirty = true;
        open.count += entries.len() as u64;
    }

    /// How many entries it took since it was turned.
    pub fn count(&self) -> u64 {
        self.lock().count
    }

    /// Sees to it that everything is on the disk.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn sync(&self) -> Result<()> {
        let (file, is_dirty) = {
            let mut open = self.lock();
            (open.file.try_clone()?, std::mem::take(&mut open.is_dirty))
        };
        if is_dirty { Ok(file.sync_data()?) } else { Ok(()) }
    }

    /// Begins a new file; answers the number below which all files may go once everything is sealed.
    ///
    /// # Errors
    /// When it can't be made.
    pub fn turn(&self) -> Result<u64> {
        let mut open = self.lock();
        open.number += 1;
        open.file = begin(&self.folder, open.number)?;
        open.count = 0;
        Ok(open.number)
    }

    /// Takes the files below a number away.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn forget_below(&self, number: u64) -> Result<()> {
        for old in numbers(&self.folder)?.into_iter().filter(|old| *old < number) {
            fs::remove_file(path(&self.folder, old))?;
        }
        Ok(())
    }

    /// Begins anew with entries that went over into a later life; copies of the database from before it are of no use any more.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(super) fn renew(&self, epoch: u64, moved: &[Entry]) -> Result<()> {
        let number = self.turn()?;
        self.append(moved);
        self.sync()?;
        write_atomically(&self.folder.join(LIFE), epoch.to_string().as_bytes(), 0o600)?;
        self.forget_below(number)
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The life before which no copy of the database may be used, where there is one.
pub fn first_life(folder: &Path) -> u64 {
    fs::read_to_string(folder.join(LIFE)).ok().and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// All entries in the files of a folder, in the order in which they were written. Where a file is torn or damaged, what comes before that
/// is read.
///
/// # Errors
/// When the folder can't be read.
pub fn read_log(folder: &Path) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for number in numbers(folder)? {
        let mut bytes = Vec::new();
        File::open(path(folder, number))?.read_to_end(&mut bytes)?;
        let mut rest = bytes.as_slice();
        while let Some((entry, after)) = read_record(rest) {
            entries.push(entry);
            rest = after;
        }
    }
    Ok(entries)
}

fn write_record(to: &mut Vec<u8>, entry: &Entry) {
    let Position { stream, epoch, seq } = entry.position;
    let record = Record {
        stream,
        epoch,
        seq,
        boot: entry.boot,
        mono: entry.mono,
        hlc: entry.hlc.bits(),
        kind: entry.kind.0,
        client: entry.client.map(|(ClientId(id), _)| id),
        n: entry.client.map_or(0, |(_, n)| n),
        body: entry.body.clone(),
    };
    let content = minicbor::to_vec(record).unwrap_or_default();
    to.extend_from_slice(&u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes());
    to.extend_from_slice(&Sha256::digest(&content)[..SUM]);
    to.extend_from_slice(&content);
}

fn read_record(bytes: &[u8]) -> Option<(Entry, &[u8])> {
    let (head, rest) = bytes.split_at_checked(HEAD)?;
    let length = usize::try_from(u32::from_be_bytes(head[..4].try_into().ok()?)).ok()?;
    let (content, rest) = rest.split_at_checked(length).filter(|_| length <= LONGEST)?;
    if Sha256::digest(content)[..SUM] != head[4..] {
        return None;
    }
    let Record { stream, epoch, seq, boot, mono, hlc, kind, client, n, body } =
        minicbor::decode(content).ok()?;
    let entry = Entry {
        position: Position { stream, epoch, seq },
        boot,
        mono,
        hlc: Hlc::from_bits(hlc),
        kind: EntryKind(kind),
        client: client.map(|id| (ClientId(id), n)),
        body,
    };
    Some((entry, rest))
}

fn begin(folder: &Path, number: u64) -> Result<File> {
    OpenOptions::new().create(true).append(true).open(path(folder, number)).map_err(Error::from)
}

fn path(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("{number:08}.log"))
}

/// The numbers of the files, in order.
fn numbers(folder: &Path) -> Result<Vec<u64>> {
    let mut numbers = Vec::new();
    if !folder.exists() {
        return Ok(numbers);
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let stem = path.extension().filter(|end| *end == "log").and(path.file_stem());
        numbers.extend(stem.and_then(|stem| stem.to_str()?.parse::<u64>().ok()));
    }
    numbers.sort_unstable();
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(seq: u64) -> Entry {
        Entry {
            position: Position { stream: StreamId([7; 16]), epoch: 1 << 32, seq },
            boot: 3,
            mono: 4_000 + seq,
            hlc: Hlc::from_bits(seq << 16),
            kind: EntryKind::ANSWER,
            client: seq.is_multiple_of(2).then_some((ClientId([1; 8]), seq)),
            body: vec![seq.to_le_bytes()[0]; 40],
        }
    }

    #[test]
    fn what_was_written_is_read_back_up_to_where_it_is_torn() {
        let folder = tempfile::tempdir().unwrap();
        let log = Log::open(folder.path().join("log")).unwrap();
        let all: Vec<Entry> = (1..=20).map(entry).collect();
        log.append(&all[..10]);
        let turned = log.turn().unwrap();
        log.append(&all[10..]);
        log.sync().unwrap();
        drop(log);
        let folder = folder.path().join("log");
        assert_eq!(read_log(&folder).unwrap(), all);

        let last = path(&folder, turned);
        let bytes = fs::read(&last).unwrap();
        for cut in [bytes.len() - 1, bytes.len() / 2, 3, 0] {
            fs::write(&last, &bytes[..cut]).unwrap();
            let read = read_log(&folder).unwrap();
            assert!(read.len() >= 10 && read == all[..read.len()], "cut at {cut}");
        }
        let mut harmed = bytes.clone();
        harmed[bytes.len() / 2] ^= 1;
        fs::write(&last, &harmed).unwrap();
        let read = read_log(&folder).unwrap();
        assert!((10..20).contains(&read.len()) && read == all[..read.len()]);

        let log = Log::open(folder.clone()).unwrap();
        log.forget_below(turned).unwrap();
        assert_eq!(read_log(&folder).unwrap().first().map(|entry| entry.position.seq), Some(11));
    }
}
