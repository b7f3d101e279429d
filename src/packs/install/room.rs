//! The free part of the disk.

use std::path::PathBuf;

use crate::error::{Error, Kind, Result};

/// Of every ten bytes of the disk one stays free, at least and at most so many in all: a full card fails in worse ways
/// than a refused pack, and answers must always find room. On a large disk that other things share, a tenth would refuse
/// a small pack where years of answers have room.
const KEPT_SHARE: u64 = 10;
const KEPT_LEAST: u64 = 200_000_000;
const KEPT_MOST: u64 = 2_000_000_000;

/// Looks after the free part of the disk that holds a folder.
pub(super) struct Room {
    folder: PathBuf,
}

impl Room {
    pub(super) fn of(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Refuses `more` bytes that would take what is kept free for answers.
    ///
    /// # Errors
    /// `box.disk-full`, with `needed` and `free` in MB; when the disk can't be asked.
    pub(super) fn demand(&self, more: u64) -> Result<()> {
        let disk = rustix::fs::statvfs(&self.folder).map_err(std::io::Error::from)?;
        let (free, all) = (disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize);
        match for_packs(free, all) {
            Some(ours) if ours >= more => Ok(()),
            ours => Err(no_room(more, ours.unwrap_or(0))),
        }
    }
}

/// Bytes that packs may take, of a disk with `free` of `all` bytes free; `None` where they have taken more already.
fn for_packs(free: u64, all: u64) -> Option<u64> {
    free.checked_sub((all / KEPT_SHARE).clamp(KEPT_LEAST, KEPT_MOST))
}

fn no_room(needed: u64, free: u64) -> Error {
    let (needed, free) = (needed.div_ceil(1_000_000), free / 1_000_000);
    let sentence = format!(
        "There is no room for this pack: it needs {needed} MB more, and {free} MB are free for packs. Some of the disk, at most 2 GB, stays free for answers. Remove a pack that is not used, then try again."
    );
    Error::new(Kind::Full, "box.disk-full", sentence).with("needed", needed).with("free", free)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_of_the_disk_stays_free_and_from_200_mb_to_2_gb() {
        const GB: u64 = 1_000_000_000;
        for (free, all, wanted) in [
            (10 * GB, 16 * GB, Some(8_400_000_000)),
            (1_600_000_000, 16 * GB, Some(0)),
            (1_599_999_999, 16 * GB, None),
            (4 * GB, 500 * GB, Some(2 * GB)),
            (GB, 1_500_000_000, Some(800_000_000)),
            (150_000_000, GB, None),
            (0, 0, None),
        ] {
            assert_eq!(for_packs(free, all), wanted, "{free} of {all}");
        }
        let full = no_room(1_200_000_001, 900_999_999);
        assert_eq!(full.params, [("needed", "1201".to_owned()), ("free", "900".to_owned())]);
    }
}
