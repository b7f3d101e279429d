//! Where files lie before they are wrapped: in a folder, or in a zip, below one folder at its top.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use crate::error::{Error, Kind, Result};
use crate::packs::{Bundle, Tree};

/// More files than this in one folder are a mistake of pointing, or no course.
const MOST_FILES: usize = 20_000;
/// Folders in folders.
const DEEPEST: usize = 16;
/// What is looked at to tell what a file is, and to tell it from another.
pub(super) const HEAD: usize = 64 << 10;

/// Files that may be wrapped.
pub(super) struct Source {
    origin: Origin,
    /// The folder at the top that was stripped, with its stroke.
    top: String,
    /// Bytes of each file, by its path without `top`. Of one file on a stick, what lies beside it is listed when somebody
    /// asks: a look at a thousand files must not list them a thousand times.
    files: OnceLock<BTreeMap<String, u64>>,
}

enum Origin {
    Disk(PathBuf),
    Zip(Box<Bundle>),
}

/// Bytes that are read forwards, with a cheap way to pass over those that nobody needs.
pub(super) trait Forward: Read {
    /// Passes over some bytes.
    ///
    /// # Errors
    /// When they can't be read.
    fn skip(&mut self, bytes: u64) -> io::Result<()>;
}

impl Forward for File {
    fn skip(&mut self, bytes: u64) -> io::Result<()> {
        let bytes = i64::try_from(bytes).map_err(|_| io::ErrorKind::UnexpectedEof)?;
        self.seek(SeekFrom::Current(bytes)).map(drop)
    }
}

struct Inflated<'a>(Box<dyn Read + 'a>);

impl Read for Inflated<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        self.0.read(to)
    }
}

impl Forward for Inflated<'_> {
    fn skip(&mut self, bytes: u64) -> io::Result<()> {
        io::copy(&mut self.0.by_ref().take(bytes), &mut io::sink()).map(drop)
    }
}

/// Names that systems make for themselves; nobody meant them.
pub(super) fn is_of_system(name: &str) -> bool {
    const NAMES: [&str; 13] = [
        "system volume information",
        "$recycle.bin",
        "recycler",
        "lost+found",
        "lost.dir",
        "found.000",
        "__macosx",
        "thumbs.db",
        "desktop.ini",
        "autorun.inf",
        "android",
        "icon\r",
        "bootsect.bak",
    ];
    // A checksum lies beside a pack, and says nothing to people.
    name.starts_with(['.', '~']) || name.ends_with(".sha256") || NAMES.contains(&name.to_lowercase().as_str())
}

impl Source {
    /// All files below a folder.
    ///
    /// # Errors
    /// `import.too-many-files`, or that it can't be read.
    pub(super) fn of_folder(folder: &Path) -> Result<Self> {
        let mut files = BTreeMap::new();
        list(folder, "", DEEPEST, &mut files)?;
        Ok(Self { origin: Origin::Disk(folder.to_owned()), top: String::new(), files: files.into() })
    }

    /// A file and those that lie beside it.
    pub(super) fn of_file(file: &Path) -> Self {
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
        Self { origin: Origin::Disk(folder), top: String::new(), files: OnceLock::new() }
    }

    /// The files in a zip.
    ///
    /// # Errors
    /// All refusals of an archive.
    pub(super) fn of_zip(file: File) -> Result<Self> {
        let bundle = Bundle::open(file)?;
        let paths = bundle.paths()?.into_iter();
        let sized = paths.map(|path| (bundle.size(&path).unwrap_or_default(), path));
        let files: BTreeMap<_, _> = sized.map(|(size, path)| (path, size)).collect();
        Ok(Self { origin: Origin::Zip(Box::new(bundle)), top: String::new(), files: files.into() })
    }

    /// The same files without the one folder that holds them all, where there is one.
    pub(super) fn without_top(mut self) -> Self {
        let listed = self.listed();
        let top = listed.keys().next().and_then(|path| Some(format!("{}/", path.split_once('/')?.0)));
        if let Some(top) = top.filter(|top| listed.keys().all(|path| path.starts_with(top))) {
            let inner = listed.iter().map(|(path, size)| (path[top.len()..].to_owned(), *size));
            self.files = inner.collect::<BTreeMap<_, _>>().into();
            self.top += &top;
        }
        self
    }

    fn listed(&self) -> &BTreeMap<String, u64> {
        self.files.get_or_init(|| {
            let mut files = BTreeMap::new();
            if let Origin::Disk(folder) = &self.origin {
                // What can't be listed now can't be read either, and that is told.
                let _ = list(folder, "", 0, &mut files);
            }
            files
        })
    }

    /// All paths, in byte order, with the bytes of each.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, u64)> {
        self.listed().iter().map(|(path, size)| (path.as_str(), *size))
    }

    /// Bytes of one file; of a source on the disk also of one that lies deeper than was listed.
    pub(super) fn size(&self, path: &str) -> Option<u64> {
        let listed = self.files.get().and_then(|files| files.get(path).copied());
        listed.or_else(|| {
            let is_plain = |part: &str| !part.is_empty() && !is_of_system(part) && !part.contains('\\');
            let file = self.on_disk(path).filter(|_| path.split('/').all(is_plain))?;
            let kind = file.symlink_metadata().ok().filter(std::fs::Metadata::is_file)?;
            Some(kind.len())
        })
    }

    /// Bytes of all files.
    pub(super) fn bytes(&self) -> u64 {
        self.listed().values().sum()
    }

    /// Where a file lies on the disk, unless it lies in a zip.
    pub(super) fn on_disk(&self, path: &str) -> Option<PathBuf> {
        match &self.origin {
            Origin::Disk(folder) => Some(folder.join(format!("{}{path}", self.top))),
            Origin::Zip(_) => None,
        }
    }

    /// One file, from its first byte.
    ///
    /// # Errors
    /// When it can't be read.
    pub(super) fn open(&self, path: &str) -> Result<Box<dyn Forward + '_>> {
        match &self.origin {
            Origin::Disk(folder) => Ok(Box::new(File::open(folder.join(format!("{}{path}", self.top)))?)),
            Origin::Zip(bundle) => Ok(Box::new(Inflated(bundle.open(&format!("{}{path}", self.top))?))),
        }
    }

    /// The first bytes of a file.
    ///
    /// # Errors
    /// When it can't be read.
    pub(super) fn head(&self, path: &str) -> Result<Vec<u8>> {
        let mut head = Vec::new();
        self.open(path)?.take(HEAD as u64).read_to_end(&mut head)?;
        Ok(head)
    }

    /// A whole file of at most `limit` bytes.
    ///
    /// # Errors
    /// `import.too-large`, or that it can't be read.
    pub(super) fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit { Err(too_large(path, limit)) } else { Ok(bytes) }
    }

    /// What tells these files from others: their names, sizes and first and last bytes. Not their whole content, because a
    /// stick needs minutes for that.
    ///
    /// # Errors
    /// When they can't be read.
    pub(super) fn fingerprint<'a>(&self, paths: impl Iterator<Item = &'a str>) -> Result<[u8; 32]> {
        let mut hash = Sha256::new();
        for path in paths {
            let size = self.size(path).unwrap_or_default();
            let name = path.rsplit('/').next().unwrap_or(path);
            hash.update(name.as_bytes());
            hash.update(size.to_le_bytes());
            let mut reader = self.open(path)?;
            io::copy(&mut reader.by_ref().take(HEAD as u64), &mut Hashing(&mut hash))?;
            if self.on_disk(path).is_some() && size > 2 * HEAD as u64 {
                reader.skip(size - 2 * HEAD as u64)?;
                io::copy(&mut reader.take(HEAD as u64), &mut Hashing(&mut hash))?;
            }
        }
        Ok(hash.finalize().into())
    }
}

struct Hashing<'a>(&'a mut Sha256);

impl io::Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn list(folder: &Path, under: &str, depth: usize, files: &mut BTreeMap<String, u64>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        // A name that is no text can't be shown or asked for; a link may lead anywhere.
        let Some(name) = name.to_str().filter(|name| !is_of_system(name)) else { continue };
        let path = format!("{under}{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() && depth > 0 {
            list(&entry.path(), &format!("{path}/"), depth - 1, files)?;
        } else if kind.is_file() {
            files.insert(path, entry.metadata()?.len());
        }
        if files.len() > MOST_FILES {
            let sentence = format!(
                "There are more than {MOST_FILES} files in this folder. Put what belongs to one course into a folder of its own."
            );
            return Err(Error::new(Kind::TooLarge, "import.too-many-files", sentence));
        }
    }
    Ok(())
}

/// A file is larger than it may be.
pub(super) fn too_large(path: &str, limit: u64) -> Error {
    let sentence = format!("{path} is larger than {} MB. Split it into several files.", limit >> 20);
    Error::new(Kind::TooLarge, "import.too-large", sentence).with("file", path)
}
