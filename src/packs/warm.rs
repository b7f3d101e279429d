//! Which parts of an archive were in the system's memory when they were last read.
//!
//! The kernel can be asked for bytes without waiting, but the question itself sends the card off to read what is missing,
//! and forty tablets that jump about in a video would make it a queue that everybody else stands in. So what is not known
//! to be in memory is not asked for; it is read in its turn.

use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes of one part, and of one step of reading: few commands to a card, and little enough to stay in the processor's
/// cache on the way from the disk to the network.
pub(super) const STEP: usize = 128 << 10;

/// One bit for each part. It may be wrong, since the system forgets what it likes; then one read waits.
#[derive(Default)]
pub(super) struct Warm(Box<[AtomicU64]>);

impl Warm {
    /// Nothing of an archive of `length` bytes is known to be in memory.
    pub(super) fn new(length: u64) -> Self {
        let parts = length.div_ceil(STEP as u64);
        Self((0..parts.div_ceil(64)).map(|_| AtomicU64::new(0)).collect())
    }

    /// Whether the bytes from `start` on were all there.
    pub(super) fn has(&self, start: u64, length: u64) -> bool {
        parts(start, length)
            .all(|part| self.bit(part).is_some_and(|(word, bit)| word.load(Ordering::Relaxed) & bit != 0))
    }

    /// They are there now.
    pub(super) fn note(&self, start: u64, length: u64) {
        parts(start, length).filter_map(|part| self.bit(part)).for_each(|(word, bit)| {
            word.fetch_or(bit, Ordering::Relaxed);
        });
    }

    /// They are not all there any more.
    pub(super) fn forget(&self, start: u64, length: u64) {
        parts(start, length).filter_map(|part| self.bit(part)).for_each(|(word, bit)| {
            word.fetch_and(!bit, Ordering::Relaxed);
        });
    }

    fn bit(&self, part: u64) -> Option<(&AtomicU64, u64)> {
        let word = self.0.get(usize::try_from(part / 64).ok()?)?;
        Some((word, 1 << (part % 64)))
    }
}

fn parts(start: u64, length: u64) -> std::ops::Range<u64> {
    start / STEP as u64..(start + length).div_ceil(STEP as u64)
}
