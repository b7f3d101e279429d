//! Segments on the disk: every stream that this box holds, its own and others', as a chain of files. They are what is sent, and a second
//! copy of the journal beside the database.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::segment::{Hash, Segment};
use crate::error::{Error, Result};
use crate::files::write_atomically;
use crate::ids::StreamId;

/// A stream in one life of its box.
pub type Life = (StreamId, u64);

/// The segments here.
pub struct Chains {
    folder: PathBuf,
    lives: Mutex<BTreeMap<Life, Chain>>,
}

/// What is known of one chain without reading its files.
#[derive(Clone, Debug, Default)]
struct Chain {
    /// The first number in each segment, and the one after its last.
    runs: BTreeMap<u64, u64>,
    /// The hash of the last segment, once it was asked for.
    last: Option<Hash>,
}

impl Chain {
    fn next(&self) -> u64 {
        self.runs.last_key_value().map_or(1, |(_, next)| *next)
    }
}

/// How far a chain is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Whose, and which life.
    pub life: Life,
    /// The number that comes next.
    pub next: u64,
    /// The hash of its last segment; zeros where there is none.
    pub hash: Hash,
}

impl Chains {
    /// Looks through the folder, making it when it is missing.
    ///
    /// # Errors
    /// When it can't be made or read.
    pub fn open(folder: PathBuf) -> Result<Self> {
        std::fs::create_dir_all(&folder)?;
        let mut lives: BTreeMap<Life, Chain> = BTreeMap::new();
        for entry in std::fs::read_dir(&folder)? {
            if let Some((life, first, next)) = entry?.file_name().to_str().and_then(read_name) {
                lives.entry(life).or_default().runs.insert(first, next);
            }
        }
        // A file that is missing in the middle ends its chain: what comes after it is of no use before it is there again.
        for chain in lives.values_mut() {
            let mut expected = 1;
            chain.runs.retain(|first, next| {
                let follows = *first == expected;
                expected = if follows { *next } else { 0 };
                follows
            });
        }
        Ok(Self { folder, lives: Mutex::new(lives) })
    }

    /// How far each chain is.
    ///
    /// # Errors
    /// When the last segment of one can't be read.
    pub fn marks(&self) -> Result<Vec<Mark>> {
        let lives: Vec<Life> = self.lives().keys().copied().collect();
        lives.into_iter().map(|life| self.mark(life)).collect()
    }

    /// How far a chain is; from 1 where there is none.
    ///
    /// # Errors
    /// When its last segment can't be read.
    pub fn mark(&self, life: Life) -> Result<Mark> {
        let (next, last, first) = {
            let lives = self.lives();
            let chain = lives.get(&life).cloned().unwrap_or_default();
            (chain.next(), chain.last, chain.runs.last_key_value().map(|(first, _)| *first))
        };
        let hash = match (last, first) {
            (Some(hash), _) => hash,
            (None, None) => Hash::default(),
            (None, Some(first)) => self.read(life, first)?.hash(),
        };
        if let Some(chain) = self.lives().get_mut(&life).filter(|chain| chain.next() == next) {
            chain.last = Some(hash);
        }
        Ok(Mark { life, next, hash })
    }

    /// Keeps a segment that follows the last one of its chain.
    ///
    /// # Errors
    /// `sync.chain-broken` where it does not follow; when the disk refuses.
    pub fn keep(&self, segment: &Segment) -> Result<()> {
        let head = segment.head();
        let life = (head.stream(), head.epoch);
        let mark = self.mark(life)?;
        if head.first != mark.next || head.before != mark.hash {
            return Err(broken());
        }
        write_atomically(&self.path(life, head.first, head.next()), segment.bytes(), 0o600)?;
        let mut lives = self.lives();
        let chain = lives.entry(life).or_default();
        chain.runs.insert(head.first, head.next());
        chain.last = Some(segment.hash());
        Ok(())
    }

    /// The segment with number `seq` in it; nothing where the chain does not reach that far.
    ///
    /// # Errors
    /// When it can't be read or is damaged.
    pub fn at(&self, life: Life, seq: u64) -> Result<Option<Segment>> {
        let first = {
            let lives = self.lives();
            let run = lives.get(&life).and_then(|chain| chain.runs.range(..=seq).next_back());
            run.filter(|(_, next)| seq < **next).map(|(first, _)| *first)
        };
        first.map(|first| self.read(life, first)).transpose()
    }

    /// Forgets a chain from number `from` on: these entries go over into another life.
    ///
    /// # Errors
    /// When a file can't be taken away.
    pub fn cut(&self, life: Life, from: u64) -> Result<()> {
        let mut lives = self.lives();
        let Some(chain) = lives.get_mut(&life) else { return Ok(()) };
        for (first, next) in chain.runs.split_off(&from).into_iter().rev() {
            std::fs::remove_file(self.path(life, first, next))?;
        }
        chain.last = None;
        Ok(())
    }

    fn read(&self, life: Life, first: u64) -> Result<Segment> {
        let next = self.lives().get(&life).and_then(|chain| chain.runs.get(&first).copied());
        let next = next.ok_or_else(broken)?;
        Segment::read(std::fs::read(self.path(life, first, next))?)
    }

    fn path(&self, (stream, epoch): Life, first: u64, next: u64) -> PathBuf {
        self.folder.join(format!("{stream}-{epoch:016x}-{first}-{}.segment", next.saturating_sub(1)))
    }

    fn lives(&self) -> MutexGuard<'_, BTreeMap<Life, Chain>> {
        self.lives.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn broken() -> Error {
    Error::conflict("sync.chain-broken", "A part between what is here and what was sent is missing.")
}

fn read_name(name: &str) -> Option<(Life, u64, u64)> {
    let name = Path::new(name);
    let stem = name.extension().filter(|end| *end == "segment").and(name.file_stem())?.to_str()?;
    let mut parts = stem.split('-');
    let stream: StreamId = parts.next()?.parse().ok()?;
    let epoch = u64::from_str_radix(parts.next()?, 16).ok()?;
    let (first, last): (u64, u64) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    (parts.next().is_none() && first > 0 && last >= first).then_some(((stream, epoch), first, last + 1))
}
