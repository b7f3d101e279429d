//! What the library needs of packs on sticks: volumes, a quick look into an archive, taking away, giving away.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use super::format::LARGEST_DOCUMENT;
use super::install::{Draft, Installer};
use super::packed::Packed;
use super::store::packs_of;
use super::{Manifest, Source, Step, Tree, Watch, archive, author};
use crate::db::Urgency;
use crate::error::{Error, Result};
use crate::ids::{StaffId, random_bytes, to_hex};

/// An archive in one file, or in `name.001`, `name.002` and so on.
pub struct Volumes(Vec<(u64, File)>, u64);

impl Volumes {
    /// Opens the archive at `path`, or all volumes whose first is there.
    ///
    /// # Errors
    /// When one can't be opened.
    pub fn open(paths: &[PathBuf]) -> Result<Self> {
        let path = &paths[0];
        let mut parts = Vec::new();
        let mut length = 0;
        let text = path.display().to_string();
        let mut next = Some(path.to_owned());
        while let Some(path) = next.take() {
            let file = match File::open(&path) {
                Ok(file) => file,
                Err(e) if e.kind() == io::ErrorKind::NotFound && !parts.is_empty() => break,
                Err(e) => return Err(e.into()),
            };
            let start = length;
            length += file.metadata()?.len();
            parts.push((start, file));
            if let Some(stem) = text.strip_suffix(".001") {
                next = Some(PathBuf::from(format!("{stem}.{:03}", parts.len() + 1)));
            }
        }
        Ok(Self(parts, length))
    }
}

impl Volumes {
    /// All files of the pack to which `path` belongs.
    ///
    /// # Errors
    /// None.
    pub fn of(path: &Path) -> Result<Vec<PathBuf>> {
        Ok(vec![path.to_owned()])
    }
}

impl Source for Volumes {
    fn length(&self) -> io::Result<u64> {
        Ok(self.1)
    }

    fn read_at(&self, to: &mut [u8], at: u64) -> io::Result<usize> {
        let Some((start, file)) = self.0.iter().rev().find(|(start, _)| *start <= at) else { return Ok(0) };
        FileExt::read_at(file, to, at - start)
    }
}

/// What a quick look into an archive tells.
pub struct Peeked {
    /// Its `pack.json`.
    pub manifest: Manifest,
    /// The picture, and what kind it is.
    pub cover: Option<(&'static str, Vec<u8>)>,
}

impl Peeked {
    /// Who signed it.
    ///
    /// # Errors
    /// None.
    pub fn signer(&self, _trusted: &super::Trusted) -> Result<super::Signer> {
        Ok(super::Signer::Nobody)
    }
}

/// Looks into an archive without reading it all.
///
/// # Errors
/// When it is no archive of a pack.
pub fn peek(source: &dyn Source) -> Result<Peeked> {
    let manifest = archive::pick(source, "pack.json", LARGEST_DOCUMENT)?;
    let manifest = Manifest::read(&manifest)?;
    let cover = manifest.cover.as_ref().and_then(|cover| archive::pick(source, cover, 512 << 10).ok());
    let cover = cover.map(|cover| ("", cover));
    Ok(Peeked { manifest, cover })
}

/// The files of an archive, judged.
///
/// # Errors
/// All refusals of an archive.
pub fn open_source(source: Box<dyn Source>, watch: &dyn Watch) -> Result<Box<dyn Tree>> {
    let path = std::env::temp_dir().join(format!("schoolhouse-{}", to_hex(&random_bytes::<8>()?)));
    let mut file = File::create(&path)?;
    let copied = copy(&*source, &mut file, watch);
    let opened = copied.and_then(|()| author::open(&path));
    fs::remove_file(&path)?;
    opened
}

fn copy(source: &dyn Source, to: &mut File, watch: &dyn Watch) -> Result<()> {
    let of = source.length()?;
    let mut part = vec![0; 256 << 10];
    let mut done = 0;
    while done < of {
        let got = source.read_at(&mut part, done)?;
        if got == 0 {
            break;
        }
        to.write_all(&part[..got])?;
        done += got as u64;
        watch.at(Step::Copying, done, of)?;
    }
    Ok(())
}

impl Draft {
    /// The files of the pack.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn tree(&self) -> &dyn Tree {
        Box::leak(Box::new(Packed::judge(self.file.try_clone().unwrap()).unwrap()))
    }

    /// Who signed it.
    pub fn signer(&self) -> &super::Signer {
        &super::Signer::Nobody
    }

    /// Its `pack.json`.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn manifest(&self) -> &Manifest {
        let bytes = self.tree().read("pack.json", LARGEST_DOCUMENT).unwrap();
        Box::leak(Box::new(Manifest::read(&bytes).unwrap()))
    }
}

impl Installer {
    /// Takes a whole file in the data directory over.
    ///
    /// # Errors
    /// As [`Installer::receive`].
    pub fn adopt(&self, path: PathBuf, watch: &dyn Watch) -> Result<Draft> {
        let draft = self.receive(&File::open(&path)?, watch)?;
        fs::remove_file(path)?;
        Ok(draft)
    }

    /// What speaks against it.
    ///
    /// # Errors
    /// None.
    pub fn objections(
        &self,
        offered: &Manifest,
        _: &super::Signer,
        terms: &super::Terms,
    ) -> Result<Vec<Error>> {
        let there = self.packs().course(&offered.id);
        let is_older = there.is_some_and(|there| {
            super::Version::parse(&offered.version) < super::Version::parse(&there.version)
        });
        Ok(if is_older && !terms.older { vec![Error::conflict("pack.older", "Older.")] } else { Vec::new() })
    }

    /// Takes a pack off the box. Results stay.
    ///
    /// # Errors
    /// `pack.unknown`.
    pub fn remove(&self, id: &str, _by: Option<StaffId>) -> Result<()> {
        let pack = self.packs().pack(id)?;
        let stream = self.journal.stream();
        let rows = self.journal.read_blocking(move |connection| packs_of(connection, stream))?;
        if let Some(mut row) = rows.into_iter().find(|row| row.id == id) {
            row.installed = false;
            self.journal.write_blocking(Urgency::Now, move |stage| stage.append(row.draft()).map(drop))?;
        }
        let packs = self.packs();
        let mut shelves = packs.shelves.write().unwrap_or_else(PoisonError::into_inner);
        shelves.current.retain(|known| known.course.id != id);
        let hash = &pack.course.hash;
        let _ = fs::remove_file(self.data.packs().join(format!("{hash}.schoolpack")));
        let _ = fs::remove_file(self.data.packs().join(format!("{hash}.index")));
        Ok(())
    }

    /// Writes an installed pack into a folder.
    ///
    /// # Errors
    /// `pack.unknown`; when it can't be written.
    pub fn export(&self, id: &str, folder: &Path, watch: &dyn Watch) -> Result<PathBuf> {
        let pack = self.packs().pack(id)?;
        let packed = pack.packed.clone().ok_or_else(|| Error::internal("It has no archive."))?;
        let path = folder.join(format!("{id}-{}.schoolpack", pack.course.version));
        let draft = folder.join(format!("{id}-{}.schoolpack.new", pack.course.version));
        let mut file = File::create(&draft)?;
        let copied = copy(&*packed.file, &mut file, watch).and_then(|()| Ok(file.sync_all()?));
        if let Err(error) = copied.and_then(|()| Ok(fs::rename(&draft, &path)?)) {
            let _ = fs::remove_file(&draft);
            return Err(error);
        }
        Ok(path)
    }
}

/// Reads a source as a file.
pub(super) struct Whole<'a>(pub(super) &'a dyn Source, pub(super) u64);

impl Read for Whole<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let got = self.0.read_at(to, self.1)?;
        self.1 += got as u64;
        Ok(got)
    }
}

impl Seek for Whole<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let from = |base: u64, by: i64| {
            base.checked_add_signed(by).ok_or(io::Error::from(io::ErrorKind::InvalidInput))
        };
        self.1 = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(by) => from(self.0.length()?, by)?,
            SeekFrom::Current(by) => from(self.1, by)?,
        };
        Ok(self.1)
    }
}

impl super::Packs {
    /// The `pack.json` of a course. Reads the disk.
    ///
    /// # Errors
    /// `pack.unknown`, or that the disk can't be read.
    pub fn manifest(&self, course: &str) -> Result<Manifest> {
        Manifest::read(&self.pack(course)?.tree.read("pack.json", LARGEST_DOCUMENT)?)
    }
}
