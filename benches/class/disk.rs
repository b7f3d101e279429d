//! A disk of its own for a server under measurement: an ext4 file system in a file, on a loop device.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The disk, mounted; dropping it takes it away.
pub(crate) struct Disk {
    device: String,
    /// Where its files are.
    pub(crate) mount: PathBuf,
}

impl Disk {
    /// Makes a disk of `size` (as `truncate` reads it) in `scratch`, where this machine lets us.
    pub(crate) fn make(scratch: &Path, size: &str) -> Option<Self> {
        let (image, mount) = (scratch.join("disk.img"), scratch.join("mnt"));
        std::fs::create_dir_all(&mount).ok()?;
        run("truncate", &["-s", size, image.to_str()?])?;
        run("mkfs.ext4", &["-q", image.to_str()?])?;
        // Direct: the counters see what our file system sends, when it sends it.
        let device = run("losetup", &["--find", "--show", "--direct-io=on", image.to_str()?])?;
        let disk = Self { device: device.trim().to_owned(), mount };
        run("mount", &[&disk.device, disk.mount.to_str()?])?;
        Some(disk)
    }

    /// What the kernel says about the device in its file `name`.
    pub(crate) fn ask(&self, name: &str) -> String {
        let device = self.device.trim_start_matches("/dev/");
        std::fs::read_to_string(format!("/sys/block/{device}/{name}")).unwrap_or_default()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let mount = self.mount.display().to_string();
        let _ = run("umount", &["-l", &mount]);
        let _ = run("losetup", &["-d", &self.device]);
    }
}

fn run(program: &str, arguments: &[&str]) -> Option<String> {
    let done = Command::new(program).args(arguments).output().ok()?;
    done.status.success().then(|| String::from_utf8_lossy(&done.stdout).into_owned())
}
