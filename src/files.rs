//! The data directory: where everything lies that must survive, and how small files are written so that they do.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::{Error, Kind, Result};
use crate::ids::random_bytes;

/// The directory that holds a school: database, keys, packs. Held by one program at a time.
#[derive(Clone, Debug)]
pub struct DataDir {
    path: PathBuf,
    /// Two writers of one journal would give a number twice; the lock ends with the last clone.
    _lock: Arc<File>,
}

impl DataDir {
    /// Opens the directory for this program alone, making it when it is missing.
    ///
    /// # Errors
    /// When it can't be made or written to; `box.data-in-use` when another program has it open.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self> {
        let path = path.into();
        let cannot = |e| {
            let message =
                format!("Cannot make the data directory {}. Choose another with --data.", path.display());
            Error::invalid("box.data-directory", message).caused_by(e)
        };
        fs::create_dir_all(&path).map_err(cannot)?;
        let lock = File::create(path.join("lock")).map_err(cannot)?;
        lock.try_lock().map_err(|e| {
            let message =
                format!("A server has {} open. Stop it first, or choose another --data.", path.display());
            Error::new(Kind::Conflict, "box.data-in-use", message).caused_by(e)
        })?;
        let dir = Self { path: path.clone(), _lock: Arc::new(lock) };
        for made in [dir.packs(), dir.temporary()] {
            fs::create_dir_all(&made).map_err(cannot)?;
        }
        Ok(dir)
    }

    /// The directory itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The journal and its views.
    pub fn journal(&self) -> PathBuf {
        self.path.join("journal.db")
    }

    /// Sessions and other things that may be lost without harm.
    pub fn local(&self) -> PathBuf {
        self.path.join("local.db")
    }

    /// The index of what can be found in packs; made anew when it is lost.
    pub fn search(&self) -> PathBuf {
        self.path.join("search.db")
    }

    /// Installed packs, each under its SHA-256.
    pub fn packs(&self) -> PathBuf {
        self.path.join("packs")
    }

    /// The journal once more, sealed in pieces for other boxes.
    pub fn segments(&self) -> PathBuf {
        self.path.join("segments")
    }

    /// Courses that are written here, each in a folder of its own.
    pub fn authoring(&self) -> PathBuf {
        self.path.join("authoring")
    }

    /// Half-made files; what is of use to nobody is cleared away at start.
    pub fn temporary(&self) -> PathBuf {
        self.path.join("tmp")
    }

    /// Public keys of the publishers that this school trusts.
    pub fn trusted(&self) -> PathBuf {
        self.path.join("trusted")
    }

    /// 32 secret bytes in the file `name`, made on first use, readable by the owner alone.
    ///
    /// # Errors
    /// When the file can't be read or made, or holds something else.
    pub fn secret(&self, name: &str) -> Result<[u8; 32]> {
        secret(&self.path.join(name))
    }
}

/// 32 secret bytes in a file, made on first use, readable by the owner alone.
///
/// # Errors
/// When the file can't be read or made, or holds something else.
pub fn secret(path: &Path) -> Result<[u8; 32]> {
    match File::open(path) {
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
            write_atomically(path, &secret, 0o600)?;
            Ok(secret)
        }
        Err(e) => Err(e.into()),
    }
}

/// Takes a file away, if it is there.
///
/// # Errors
/// When the disk refuses.
pub fn remove_if_there(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Writes a whole file so that after a power cut there is either the old one or the new one.
///
/// # Errors
/// When the disk refuses.
pub fn write_atomically(path: &Path, bytes: &[u8], mode: u32) -> Result<()> {
    let parent = path.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
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
