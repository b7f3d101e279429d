//! One walk over all bytes of an archive, in their order: each is brought to its place in the draft, unless it lies there
//! already, and goes through the hash of the whole file. A second thread inflates and hashes the entries as they pass by.
//! So every byte is read once, and what is judged is what was written.

use std::fs::File;
use std::io::{ErrorKind, Result as IoResult};
use std::os::unix::fs::FileExt;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::packs::archive::{Entry, Listed};
use crate::packs::source::Source;
use crate::packs::verify::{Known, check, place_of};

/// Bytes that are moved at once, and how many such parts may wait for the second thread.
const PART: usize = 256 << 10;
const WAITING: usize = 8;
/// After so many bytes the draft is written through to the disk and the caller is asked. On a slow card the journal's
/// commits wait for what was written before them, so this is how long a student's answer may wait: a second on a bad card.
const STEP: u64 = 8 << 20;

/// Where a run of the archive's bytes comes from.
#[derive(Clone)]
pub(super) enum Origin {
    /// It lies in the draft already.
    Draft,
    /// The source.
    Source,
    /// Another archive of this box, from the place there.
    Own(Arc<File>, u64),
    /// What it must be by all that is known.
    Guess(Arc<[u8]>),
}

/// A run of the archive's bytes.
#[derive(Clone)]
pub(super) struct Run {
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) from: Origin,
}

/// What a walk found out.
pub(super) struct Laid {
    /// Of all bytes.
    pub(super) sha256: [u8; 32],
    /// Of the entries.
    pub(super) known: Known,
}

/// Walks over `runs`, which cover the archive without gaps; `listed` in the order of their places. `tell` hears how many
/// bytes are done, and may stop the walk.
///
/// # Errors
/// When a read or a write fails; what `tell` says.
pub(super) fn lay(
    draft: &File,
    source: &dyn Source,
    runs: &[Run],
    listed: &[&Listed],
    tell: &mut dyn FnMut(u64) -> Result<()>,
) -> Result<Laid> {
    let (parts, passing) = sync_channel(WAITING);
    let (back, used) = channel();
    std::thread::scope(|scope| {
        let hashing = std::thread::Builder::new()
            .name("entries".into())
            .spawn_scoped(scope, move || hash_entries(Passing::new(passing, back), listed))?;
        let whole = Walk { draft, source, parts, used, unwritten: 0 }.run(runs, tell);
        let known = hashing.join().map_err(|_| Error::internal("The hashing of a pack broke off."))?;
        Ok(Laid { sha256: whole?, known })
    })
}

struct Walk<'a> {
    draft: &'a File,
    source: &'a dyn Source,
    /// To the second thread, each part with its place.
    parts: SyncSender<(u64, Vec<u8>)>,
    /// Parts that it is done with.
    used: Receiver<Vec<u8>>,
    /// Bytes since the draft was last written through.
    unwritten: u64,
}

impl Walk<'_> {
    fn run(mut self, runs: &[Run], tell: &mut dyn FnMut(u64) -> Result<()>) -> Result<[u8; 32]> {
        let mut whole = Sha256::new();
        for run in runs {
            let mut at = run.start;
            while at < run.end {
                let mut part = self.used.try_recv().unwrap_or_default();
                let length = usize::try_from(run.end - at).unwrap_or(PART).min(PART);
                part.resize(length, 0);
                let got = self.read(run, at, &mut part)?;
                part.truncate(got);
                whole.update(&part);
                if !matches!(run.from, Origin::Draft) {
                    self.draft.write_all_at(&part, at)?;
                    self.unwritten += got as u64;
                }
                // The second thread ends early only when nothing is left for it to look at.
                let _ = self.parts.send((at, part));
                at += got as u64;
                if self.unwritten >= STEP {
                    self.draft.sync_data()?;
                    self.unwritten = 0;
                }
                tell(at)?;
            }
        }
        Ok(whole.finalize().into())
    }

    fn read(&self, run: &Run, at: u64, part: &mut [u8]) -> Result<usize> {
        let read = |part: &mut [u8]| match &run.from {
            Origin::Draft => FileExt::read_at(self.draft, part, at),
            Origin::Source => self.source.read_at(part, at),
            Origin::Own(file, place) => FileExt::read_at(&**file, part, place + (at - run.start)),
            Origin::Guess(bytes) => {
                let rest = usize::try_from(at - run.start).ok().and_then(|from| bytes.get(from..));
                let rest = rest.unwrap_or_default();
                let got = rest.len().min(part.len());
                part[..got].copy_from_slice(&rest[..got]);
                Ok(got)
            }
        };
        loop {
            match read(part) {
                Ok(0) => return Err(crate::packs::archive::cut_off()),
                Ok(got) => return Ok(got),
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => return Err(e.into()),
            }
        }
    }
}

/// What the entries are that pass by; those that can't be read are left out.
fn hash_entries(passing: Passing, listed: &[&Listed]) -> Known {
    let mut known = Known::new();
    for listed in listed {
        let hashed = listed.entry(&passing).map_err(Error::from).and_then(|entry: Entry| {
            let digest = check(&passing, &entry, |_| {})?;
            Ok((place_of(&entry, &digest), digest))
        });
        if let Ok((place, digest)) = hashed {
            known.insert((place.start, place.packed), (place, digest));
        }
    }
    passing.let_pass();
    known
}

/// The parts that pass by, as a source that can only be read forwards.
struct Passing(Mutex<Stream>);

struct Stream {
    parts: Receiver<(u64, Vec<u8>)>,
    back: Sender<Vec<u8>>,
    at: u64,
    part: Vec<u8>,
}

impl Passing {
    fn new(parts: Receiver<(u64, Vec<u8>)>, back: Sender<Vec<u8>>) -> Self {
        Self(Mutex::new(Stream { parts, back, at: 0, part: Vec::new() }))
    }

    /// Lets the rest go by.
    fn let_pass(self) {
        let mut stream = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        while stream.next() {}
    }
}

impl Stream {
    /// Whether another part came.
    fn next(&mut self) -> bool {
        let Ok((at, part)) = self.parts.recv() else { return false };
        self.at = at;
        // Nobody takes parts back any more at the end of the walk.
        let _ = self.back.send(std::mem::replace(&mut self.part, part));
        true
    }
}

impl Source for Passing {
    fn length(&self) -> IoResult<u64> {
        Err(ErrorKind::Unsupported.into())
    }

    fn read_at(&self, to: &mut [u8], at: u64) -> IoResult<usize> {
        let mut stream = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while at >= stream.at + stream.part.len() as u64 {
            if !stream.next() {
                return Ok(0);
            }
        }
        // What went by is gone: two entries that share bytes.
        let from = at.checked_sub(stream.at).and_then(|from| usize::try_from(from).ok());
        let rest = from.and_then(|from| stream.part.get(from..)).ok_or(ErrorKind::InvalidInput)?;
        let got = rest.len().min(to.len());
        to[..got].copy_from_slice(&rest[..got]);
        Ok(got)
    }
}
