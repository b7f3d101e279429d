//! The data directory: where everything lies that must survive, and how small files are written so that they do.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::ids::random_bytes;

/// The directory that holds a school: database, keys, packs.
#[derive(Clone, Debug)]
pub struct DataDir(PathBuf);

impl DataDir {
    /// Opens the directory, making it when it is missing.
    ///
    /// # Errors
    /// When it can't be made or written to.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self> {
        let path = path.into();
        let dir = Self(path);
        for made in [dir.0.clone(), dir.packs(), dir.temporary()] {
            fs::create_dir_all(&made).map_err(|e| {
                Error::invalid(
                    "box.data-directory",
                    format!("Cannot make the data directory {}. Choose another with --data.", made.display()),
                )
                .caused_by(e)
            })?;
        }
        Ok(dir)
    }

    /// The directory itself.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The journal and its views.
    pub fn journal(&self) -> PathBuf {
        self.0.join("journal.db")
    }

    /// Sessions and other things that may be lost without harm.
    pub fn local(&self) -> PathBuf {
        self.0.join("local.db")
    }

    /// Installed packs, each under its SHA-256.
    pub fn packs(&self) -> PathBuf {
        self.0.join("packs")
    }

    /// Half-made files; emptied at start.
    pub fn temporary(&self) -> PathBuf {
        self.0.join("tmp")
    }

    /// 32 secret bytes in the file `name`, made on first use, readable by the owner alone.
    ///
    /// # Errors
    /// When the file can't be read or made, or holds something else.
    pub fn secret(&self, name: &str) -> Result<[u8; 32]> {
        let path = self.0.join(name);
        match File::open(&path) {
            Ok(mut file) => {
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes)?;
                bytes.try_into().map_err(|_| {
                    Error::internal(format!(
                        "{} is damaged: it must hold 32 bytes. Restore it from a backup.",
                        path.display()
                    ))
                })
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let secret = random_bytes::<32>()?;
                write_atomically(&path, &secret, 0o600)?;
                Ok(secret)
            }
            Err(e) => Err(e.into()),
        }
    }
}

/// Writes a whole file so that after a power cut there is either the old one or the new one.
///
/// # Errors
/// When the disk refuses.
pub fn write_atomically(path: &Path, bytes: &[u8], mode: u32) -> Result<()> {
    let parent = path.parent().unwrap_or(Path::new("."));
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let draft = parent.join(name);
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(mode).open(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&draft, path)?;
    sync_directory(parent)
}

/// Makes a rename or a new name in `directory` survive a power cut.
///
/// # Errors
/// When the disk refuses.
pub fn sync_directory(directory: &Path) -> Result<()> {
    File::open(directory)?.sync_all()?;
    Ok(())
}
