//! Where the bytes of an archive come from: a file, the volumes of a large pack on a stick, what a network brings.

use std::fs::File;
use std::io::Result;
use std::os::unix::fs::FileExt;

/// Bytes that can be read at any place. A stick may be pulled, so every read may fail.
pub trait Source: Send + Sync {
    /// How many bytes there are.
    ///
    /// # Errors
    /// When they can't be reached.
    fn length(&self) -> Result<u64>;

    /// Reads up to `to.len()` bytes from the place `at`; 0 at the end.
    ///
    /// # Errors
    /// When they can't be reached.
    fn read_at(&self, to: &mut [u8], at: u64) -> Result<usize>;
}

impl Source for File {
    fn length(&self) -> Result<u64> {
        Ok(self.metadata()?.len())
    }

    fn read_at(&self, to: &mut [u8], at: u64) -> Result<usize> {
        FileExt::read_at(self, to, at)
    }
}
