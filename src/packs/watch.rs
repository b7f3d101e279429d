//! Long work tells how far it is, and can be stopped.

use std::io::Read;
use std::sync::atomic::{AtomicU64, Ordering};

use super::tree::Tree;
use crate::error::Result;

/// What is being done to a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Its bytes come to the box's own disk.
    Copying,
    /// Each of its files is compared with what it should be.
    Checking,
    /// Its archive is being written.
    Writing,
}

/// Follows long work. Asked often; must answer at once.
pub trait Watch: Sync {
    /// `done` of `of` bytes of a step are done; `of` is 0 where it is not known yet. An error stops the work; nothing
    /// half-made becomes visible. After one of [`crate::error::Kind::Unavailable`] (the box stops, say) the next try goes
    /// on where this one was; after any other (nobody wants it any more) what came so far is cleared away at once.
    ///
    /// # Errors
    /// When the work shall stop.
    fn at(&self, step: Step, done: u64, of: u64) -> Result<()>;
}

/// Nobody looks on.
pub struct Unwatched;

impl Watch for Unwatched {
    fn at(&self, _: Step, _: u64, _: u64) -> Result<()> {
        Ok(())
    }
}

/// A pack whose reading is watched.
pub struct Watched<'a> {
    tree: &'a dyn Tree,
    watch: &'a dyn Watch,
    step: Step,
    done: AtomicU64,
    of: u64,
}

impl<'a> Watched<'a> {
    /// `of` bytes are expected to be read in all; 0 where nobody knows.
    pub fn new(tree: &'a dyn Tree, watch: &'a dyn Watch, step: Step, of: u64) -> Self {
        Self { tree, watch, step, done: AtomicU64::new(0), of }
    }
}

impl Tree for Watched<'_> {
    fn paths(&self) -> Result<Vec<String>> {
        self.tree.paths()
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>> {
        Ok(Box::new(WatchedFile { file: self.tree.open(path)?, from: self }))
    }

    fn size(&self, path: &str) -> Result<u64> {
        self.tree.size(path)
    }

    fn known_digest(&self, path: &str) -> Option<[u8; 16]> {
        self.tree.known_digest(path)
    }
}

struct WatchedFile<'a> {
    file: Box<dyn Read + 'a>,
    from: &'a Watched<'a>,
}

impl Read for WatchedFile<'_> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let got = self.file.read(to)?;
        let Watched { watch, step, done, of, .. } = self.from;
        let done = done.fetch_add(got as u64, Ordering::Relaxed) + got as u64;
        let shown = if *of == 0 { done } else { done.min(*of) };
        watch.at(*step, shown, *of).map_err(std::io::Error::other)?;
        Ok(got)
    }
}
