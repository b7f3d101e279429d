//! Zip archives, written and judged. The only file that knows the zip crate.
//!
//! An archive is a claim by a stranger. [`inspect`] believes nothing: it refuses whatever two programs could read in two
//! ways, whatever points outside itself or at another entry, and whatever swells. It needs no more memory than its
//! limits allow, whatever the archive claims. The bytes of the entries are judged by [`super::verify`].

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom, Write};

use zip::read::{ArchiveOffset, Config};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

use super::format::MEDIA_TYPE;
use super::rules::{path_key, path_trouble};
use super::tree::Tree;
use crate::error::{Error, Kind, Result};

/// How much an archive may ask for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Entries; their directory is held in memory while it is judged, about half a kilobyte for each.
    pub(super) entries: u64,
    /// Bytes of the directory.
    pub(super) directory: u64,
    /// Bytes of one file after inflating.
    pub(super) file: u64,
    /// Bytes of all files after inflating.
    pub(super) total: u64,
    /// How many times larger than its data a deflated file may be.
    pub(super) ratio: u64,
    /// Files up to this size are free of the ratio: a page of spaces does no harm.
    pub(super) ratio_from: u64,
}

/// The limits of every pack. Entries and directory keep the judge under 64 MiB of memory (measured: 52 MB for 100,000
/// entries); a file is at most what a FAT32 stick can hold; 200 is far above what text and pictures reach, and far below
/// the 1,030 that deflate can do.
pub(super) const LIMITS: Limits = Limits {
    entries: 50_000,
    directory: 16 << 20,
    file: (4 << 30) - 1,
    total: 16 << 30,
    ratio: 200,
    ratio_from: 64 << 10,
};

/// One entry of an archive that holds together.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) path: String,
    pub(super) start: u64,
    pub(super) packed: u64,
    pub(super) size: u64,
    pub(super) crc: u32,
    pub(super) deflated: bool,
}

/// All files in an archive, once its structure is beyond doubt.
///
/// # Errors
/// `pack.not-an-archive`, `pack.not-a-pack`, `pack.too-large`, `pack.bomb`, `pack.overlap`, `pack.inconsistent` and
/// `pack.entry-…`, each with a sentence for a teacher.
pub(super) fn inspect(file: &File, limits: &Limits) -> Result<Vec<Entry>> {
    let length = file.metadata()?.len();
    let mut reader = BufReader::with_capacity(64 << 10, file.try_clone()?);
    let end = End::find(&mut reader, length)?;
    end.judge(limits)?;
    end.walk(&mut reader)?;
    reader.rewind()?;
    // No bytes before the first entry: they would be a second file in the same bytes.
    let config = Config { archive_offset: ArchiveOffset::Known(0) };
    let mut zip = ZipArchive::with_config(config, reader).map_err(not_an_archive)?;
    if zip.has_duplicate_names() {
        return Err(twice("one of its files"));
    }
    if zip.len() as u64 != end.entries || zip.central_directory_start() != end.directory_start {
        return Err(inconsistent("its directory can be read in two ways"));
    }
    let mut entries = Vec::with_capacity(zip.len());
    let mut keys = HashSet::new();
    let mut total = 0_u64;
    for number in 0..zip.len() {
        let Some(entry) = judge_entry(&mut zip, number, length, limits)? else { continue };
        if !keys.insert(path_key(&entry.path)) {
            return Err(twice(&entry.path));
        }
        total = total.saturating_add(entry.size);
        entries.push(entry);
    }
    if total > limits.total {
        return Err(too_large(limits.total));
    }
    if zip.has_overlapping_entries().map_err(not_an_archive)? {
        return Err(refused("pack.overlap", "some of its files share the same bytes"));
    }
    zip.validate_header_consistency()
        .map_err(|e| inconsistent("its parts contradict each other").caused_by(e))?;
    demand_mimetype(file, &entries)?;
    Ok(entries)
}

/// Judges one entry; folders are passed over.
fn judge_entry(
    zip: &mut ZipArchive<BufReader<File>>,
    number: usize,
    length: u64,
    limits: &Limits,
) -> Result<Option<Entry>> {
    let raw = zip.by_index_raw(number).map_err(not_an_archive)?;
    let path = raw.name().map_err(not_an_archive)?.into_owned();
    let is_flagged_utf8 = raw.flags().as_u16() & 0x800 != 0;
    if is_flagged_utf8 && std::str::from_utf8(raw.name_raw()).is_err() {
        return Err(refused("pack.entry-name", "the name of one of its files cannot be read"));
    }
    let name = path.strip_suffix('/').unwrap_or(&path);
    if let Some(trouble) = path_trouble(name) {
        let code = if trouble == "leads out of the pack" { "pack.entry-outside" } else { "pack.entry-name" };
        let shown: String = name.chars().take(60).map(|c| if c.is_control() { '?' } else { c }).collect();
        return Err(refused(code, &format!("the name of its file {shown} {trouble}")));
    }
    let is_plain = |mode: u32| {
        matches!(mode & 0o170_000, 0 | 0o100_000) || raw.is_dir() && mode & 0o170_000 == 0o040_000
    };
    if raw.is_symlink() || !raw.unix_mode().is_none_or(is_plain) {
        return Err(refused("pack.entry-special", &format!("{name} is a link or a special file")));
    }
    if raw.encrypted() {
        return Err(refused("pack.entry-encrypted", &format!("{name} is locked with a password")));
    }
    let deflated = match raw.compression() {
        CompressionMethod::Stored => false,
        CompressionMethod::Deflated => true,
        _ => {
            return Err(refused(
                "pack.entry-method",
                &format!("{name} is packed in a way that this box cannot read"),
            ));
        }
    };
    let (packed, size) = (raw.compressed_size(), raw.size());
    let start = raw.data_start().ok_or_else(|| inconsistent("one of its files has no place"))?;
    if start.checked_add(packed).is_none_or(|end| end > length) {
        return Err(refused("pack.cut-off", &format!("{name} ends after the end of the archive")));
    }
    if raw.is_dir() {
        return if size == 0 && packed == 0 {
            Ok(None)
        } else {
            Err(inconsistent("one of its folders holds data"))
        };
    }
    if !deflated && packed != size {
        return Err(inconsistent(&format!("{name} has two lengths")));
    }
    if size > limits.file {
        return Err(too_large(limits.file));
    }
    if size > limits.ratio_from && size / limits.ratio > packed {
        return Err(refused("pack.bomb", &format!("{name} would swell to many times its size")));
    }
    Ok(Some(Entry { path, start, packed, size, crc: raw.crc32(), deflated }))
}

/// A pack says what it is with its first bytes, so that it can be told from any other zip.
fn demand_mimetype(file: &File, entries: &[Entry]) -> Result<()> {
    use std::os::unix::fs::FileExt;
    let not_a_pack = || {
        let sentence = "This is a zip file, but not a course pack. Ask whoever gave it to you for a file that ends in .schoolpack.";
        Error::invalid("pack.not-a-pack", sentence)
    };
    let first = entries.iter().min_by_key(|entry| entry.start).ok_or_else(not_a_pack)?;
    let mut text = [0; MEDIA_TYPE.len()];
    let fits = first.path == "mimetype" && !first.deflated && first.size == MEDIA_TYPE.len() as u64;
    if fits {
        file.read_exact_at(&mut text, first.start)?;
    }
    if text == MEDIA_TYPE.as_bytes() { Ok(()) } else { Err(not_a_pack()) }
}

/// The end record: what the archive says about its directory. Read by ourselves before the zip crate sees the file,
/// because the crate makes room for as many entries as there are.
struct End {
    entries: u64,
    directory_start: u64,
    directory_bytes: u64,
}

/// Bytes of the end record, of what leads to the wide one, and of the wide one itself.
const END: usize = 22;
const LOCATOR: usize = 20;
const END_64: usize = 56;

impl End {
    fn find(reader: &mut BufReader<File>, length: u64) -> Result<Self> {
        let place = length.checked_sub(END as u64).ok_or_else(cut_off)?;
        let record: [u8; END] = read_at(reader, place)?;
        // Nothing may follow the record, not even a comment: a second archive could hide in it.
        if !record.starts_with(b"PK\x05\x06") || field16(&record, 20) != 0 {
            return Err(cut_off());
        }
        if field16(&record, 4) != 0 || field16(&record, 6) != 0 || field16(&record, 8) != field16(&record, 10)
        {
            return Err(inconsistent("it is one part of several"));
        }
        let mut end = Self {
            entries: field16(&record, 10),
            directory_bytes: field32(&record, 12),
            directory_start: field32(&record, 16),
        };
        let mut directory_end = place;
        if let Some(locator_place) = place.checked_sub(LOCATOR as u64) {
            let locator: [u8; LOCATOR] = read_at(reader, locator_place)?;
            if locator.starts_with(b"PK\x06\x07") {
                directory_end = field64(&locator, 8);
                end = end.widen(reader, directory_end, locator_place)?;
            }
        }
        if end.directory_start.checked_add(end.directory_bytes) != Some(directory_end) {
            return Err(inconsistent("its directory is not where it should be"));
        }
        Ok(end)
    }

    /// Takes the numbers of the ZIP64 record, which must agree with the small ones where those say anything.
    fn widen(&self, reader: &mut BufReader<File>, place: u64, locator: u64) -> Result<Self> {
        if place.checked_add(END_64 as u64) != Some(locator) {
            return Err(inconsistent("its end is not where it should be"));
        }
        let record: [u8; END_64] = read_at(reader, place)?;
        if !record.starts_with(b"PK\x06\x06") || field64(&record, 24) != field64(&record, 32) {
            return Err(inconsistent("its end cannot be read"));
        }
        let wide = Self {
            entries: field64(&record, 32),
            directory_bytes: field64(&record, 40),
            directory_start: field64(&record, 48),
        };
        let agrees = |small: u64, mark: u64, wide: u64| small == mark || small == wide;
        let all_agree = agrees(self.entries, 0xffff, wide.entries)
            && agrees(self.directory_bytes, 0xffff_ffff, wide.directory_bytes)
            && agrees(self.directory_start, 0xffff_ffff, wide.directory_start);
        if all_agree { Ok(wide) } else { Err(inconsistent("its directory can be read in two ways")) }
    }

    fn judge(&self, limits: &Limits) -> Result<()> {
        if self.entries > limits.entries || self.directory_bytes > limits.directory {
            let sentence =
                format!("This pack holds more than {} files. Ask its publisher to split it.", limits.entries);
            return Err(Error::new(Kind::TooLarge, "pack.too-many-files", sentence));
        }
        Ok(())
    }

    /// Steps over the directory's records: as many as were announced, and not a byte more.
    fn walk(&self, reader: &mut BufReader<File>) -> Result<()> {
        reader.seek(SeekFrom::Start(self.directory_start))?;
        let mut left = self.directory_bytes;
        for _ in 0..self.entries {
            let mut record = [0; 46];
            if left < 46 {
                return Err(inconsistent("its directory cannot be read"));
            }
            reader.read_exact(&mut record)?;
            let tail = field16(&record, 28) + field16(&record, 30) + field16(&record, 32);
            let rest = left.checked_sub(46 + tail).filter(|_| record.starts_with(b"PK\x01\x02"));
            left = rest.ok_or_else(|| inconsistent("its directory cannot be read"))?;
            if field16(&record, 34) != 0 {
                return Err(inconsistent("it is one part of several"));
            }
            reader.seek_relative(i64::try_from(tail).unwrap_or(0))?;
        }
        if left == 0 { Ok(()) } else { Err(inconsistent("its directory says too little")) }
    }
}

fn read_at<const N: usize>(reader: &mut BufReader<File>, place: u64) -> Result<[u8; N]> {
    let mut bytes = [0; N];
    reader.seek(SeekFrom::Start(place))?;
    reader.read_exact(&mut bytes).map_err(|e| cut_off().caused_by(e))?;
    Ok(bytes)
}

fn field16(record: &[u8], at: usize) -> u64 {
    little(record, at, 2)
}

fn field32(record: &[u8], at: usize) -> u64 {
    little(record, at, 4)
}

fn field64(record: &[u8], at: usize) -> u64 {
    little(record, at, 8)
}

fn little(record: &[u8], at: usize, bytes: usize) -> u64 {
    record.iter().skip(at).take(bytes).rev().fold(0, |value, byte| value << 8 | u64::from(*byte))
}

fn refused(code: &'static str, trouble: &str) -> Error {
    let sentence =
        format!("This pack was not added: {trouble}. Copy it again, or ask its publisher for a new one.");
    Error::invalid(code, sentence).with("trouble", trouble)
}

fn inconsistent(trouble: &str) -> Error {
    refused("pack.inconsistent", trouble)
}

fn twice(path: &str) -> Error {
    refused("pack.entry-twice", &format!("{path} is in it twice"))
}

fn cut_off() -> Error {
    refused("pack.cut-off", "it is not a whole zip file; perhaps it was not copied to its end")
}

fn not_an_archive(error: zip::result::ZipError) -> Error {
    refused("pack.not-an-archive", "it cannot be read as a zip file").caused_by(error)
}

/// The pack is larger than any may be.
pub(super) fn too_large(limit: u64) -> Error {
    let sentence =
        format!("This pack would need more than {} GB. Ask its publisher to split it.", (limit >> 30) + 1);
    Error::new(Kind::TooLarge, "pack.too-large", sentence)
}

/// Writes an archive: `mimetype` first, then `paths` in their order, all with the same time and the same settings, so
/// that the same files give the same bytes.
///
/// # Errors
/// When a file can't be read or the archive not written.
pub(super) fn write<W: Write + Seek>(
    to: W,
    tree: &dyn Tree,
    paths: &[&str],
    is_stored: impl Fn(&str) -> bool,
) -> Result<W> {
    let mut zip = ZipWriter::new(to);
    let stored = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::DEFAULT)
        .system(System::Unix)
        .unix_permissions(0o644);
    let deflated = stored.compression_method(CompressionMethod::Deflated).compression_level(Some(9));
    zip.start_file("mimetype", stored).map_err(unwritable)?;
    zip.write_all(MEDIA_TYPE.as_bytes())?;
    for path in paths {
        zip.start_file(*path, if is_stored(path) { stored } else { deflated }).map_err(unwritable)?;
        std::io::copy(&mut tree.open(path)?, &mut zip)?;
    }
    zip.finish().map_err(unwritable)
}

/// One file of an archive that nobody judged yet.
pub(super) fn pick(source: &dyn super::Source, path: &str, limit: u64) -> Result<Vec<u8>> {
    let mut zip = ZipArchive::new(BufReader::new(super::early::Whole(source, 0))).map_err(not_an_archive)?;
    let file = zip.by_name(path).map_err(not_an_archive)?;
    let mut bytes = Vec::new();
    file.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unwritable(error: zip::result::ZipError) -> Error {
    match error {
        zip::result::ZipError::Io(e) => e.into(),
        other => Error::internal("The archive could not be written.").caused_by(other),
    }
}

#[cfg(test)]
mod tests;
