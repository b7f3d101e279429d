//! What is plugged in: the removable file systems that somebody mounted, and the moment when one comes or goes.
//!
//! The box mounts nothing itself. The kernel tells of every change through `/proc/self/mountinfo`: poll(2) reports it as
//! an exception, whoever mounted it (proc(5)).

use std::fs::File;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::error::{Error, Result};

const TABLE: &str = "/proc/self/mountinfo";
/// Where systems mount what people plug in; our own image uses `/run/packs`.
const PLACES: [&str; 4] = ["/media", "/run/media", "/run/packs", "/mnt"];
/// File systems of sticks, cards, disks and discs. `fuseblk` is NTFS and exFAT outside the kernel.
const KINDS: [&str; 17] = [
    "vfat",
    "msdos",
    "exfat",
    "ntfs",
    "ntfs3",
    "fuseblk",
    "ext2",
    "ext3",
    "ext4",
    "f2fs",
    "btrfs",
    "xfs",
    "hfs",
    "hfsplus",
    "iso9660",
    "udf",
    "fuse.fusefat",
];

/// Something that is plugged in and mounted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mount {
    /// Where its files are.
    pub folder: PathBuf,
    /// Differs from that of whatever was mounted at the same folder before.
    pub id: String,
    /// Whether its file system lets anybody write.
    pub writable: bool,
}

impl Mount {
    /// The name that people know it by: systems name the folder after the stick's own label.
    pub fn name(&self) -> String {
        self.folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// The table of mounts, to wait for its changes.
pub struct Mounts {
    table: File,
}

impl Mounts {
    /// Opens the table.
    ///
    /// # Errors
    /// When this system has none.
    pub fn open() -> Result<Self> {
        let table = File::open(TABLE).map_err(|e| {
            Error::internal("The box can't see what is plugged in; folders of the configuration still work.")
                .caused_by(e)
        })?;
        Ok(Self { table })
    }

    /// What is plugged in now, but for the file system that holds `own`: the box's data is no stick.
    ///
    /// # Errors
    /// When the table can't be read.
    pub fn list(&self, own: &Path) -> Result<Vec<Mount>> {
        Ok(removable(&std::fs::read(TABLE)?, own))
    }

    /// Waits until the table changes, at most so long.
    pub fn wait(&self, at_most: Duration) {
        let mut watched = [PollFd::new(&self.table, PollFlags::PRI | PollFlags::ERR)];
        let limit = Timespec::try_from(at_most).unwrap_or(Timespec { tv_sec: 1, tv_nsec: 0 });
        // A wait that is cut short only makes the next look come sooner.
        let _ = poll(&mut watched, Some(&limit));
    }
}

/// The removable file systems of a table as proc(5) describes it.
fn removable(table: &[u8], own: &Path) -> Vec<Mount> {
    let mut found: Vec<Mount> = table.split(|byte| *byte == b'\n').filter_map(read_line).collect();
    found.retain(|mount| !own.starts_with(&mount.folder));
    // Of several at one folder the last one is seen.
    let mut shown: Vec<Mount> = Vec::new();
    for mount in found {
        shown.retain(|other| other.folder != mount.folder);
        shown.push(mount);
    }
    shown.sort();
    shown
}

/// `36 35 98:0 / /media/STICK rw,noatime shared:1 - vfat /dev/sda1 rw`: id, parent, device, root, folder, options, any
/// number of tags, a dash, kind, source, options of the file system.
fn read_line(line: &[u8]) -> Option<Mount> {
    let mut fields = line.split(|byte| *byte == b' ');
    let number = std::str::from_utf8(fields.next()?).ok()?;
    let device = std::str::from_utf8(fields.nth(1)?).ok()?;
    let folder = PathBuf::from(std::ffi::OsString::from_vec(unescape(fields.nth(1)?)));
    let options = fields.next()?;
    let kind = std::str::from_utf8(fields.by_ref().skip_while(|field| *field != b"-").nth(1)?).ok()?;
    let own_options = fields.nth(1)?;
    let is_below = |place: &&str| folder.starts_with(place) && folder != Path::new(place);
    if !KINDS.contains(&kind) || !PLACES.iter().any(is_below) {
        return None;
    }
    let may_write = |options: &[u8]| options.split(|byte| *byte == b',').any(|option| option == b"rw");
    let writable = may_write(options) && may_write(own_options);
    Some(Mount { id: format!("{number} {device}"), folder, writable })
}

/// Blanks and the like stand in the table as a backslash and three octal digits.
fn unescape(field: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(field.len());
    let mut rest = field;
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..3).and_then(|digits| std::str::from_utf8(digits).ok());
        let escaped = code.filter(|_| *first == b'\\').and_then(|digits| u8::from_str_radix(digits, 8).ok());
        plain.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &after[3..] } else { after };
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sticks_are_told_from_everything_else_that_is_mounted() {
        let table = b"\
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/mmcblk0p2 rw
40 27 254:1 / /mnt/data rw,relatime shared:1 - ext4 /dev/mmcblk0p3 rw
41 27 8:1 / /media/ms\\040banda/KINGSTON rw,nosuid,nodev shared:7 master:2 - vfat /dev/sda1 rw,fmask=0022
42 27 8:17 / /run/packs/sdb1 ro,nosuid - exfat /dev/sdb1 rw
43 27 7:0 / /mnt/image rw - iso9660 /dev/loop0 ro,nojoliet
44 27 254:0 /srv/share /mnt/share rw,relatime shared:1 - ext4 /dev/mmcblk0p2 rw
45 27 8:33 / /media/twice rw - vfat /dev/sdc1 rw
46 27 8:49 / /media/twice rw - vfat /dev/sdd1 rw
47 27 0:44 / /media/net rw - cifs //server/share rw
48 27 0:45 / /media rw - ext4 /dev/sde1 rw
a line of another kind
";
        let found = removable(table, Path::new("/mnt/data/school"));
        let shown: Vec<(String, &str, bool)> =
            found.iter().map(|mount| (mount.name(), mount.id.as_str(), mount.writable)).collect();
        let wanted = [
            ("KINGSTON", "41 8:1", true),
            ("twice", "46 8:49", true),
            ("image", "43 7:0", false),
            ("share", "44 254:0", true),
            ("sdb1", "42 8:17", false),
        ];
        assert_eq!(shown, wanted.map(|(name, id, writable)| (name.to_owned(), id, writable)));
        assert_eq!(found[0].folder, Path::new("/media/ms banda/KINGSTON"));
    }
}
