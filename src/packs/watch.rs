//! Long work tells how far it is, and can be stopped.

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
    /// `done` of `of` bytes of a step are done. An error stops the work; nothing half-made becomes visible.
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
