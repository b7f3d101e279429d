//! Zip archives, written and judged. The only file that knows the zip crate.
//!
//! An archive is a claim by a stranger. [`inspect`] believes nothing: it refuses whatever two programs could read in two
//! ways, whatever points outside itself or at another entry, and whatever swells. It needs no more memory than its
//! limits allow, whatever the archive claims. The bytes of the entries are judged by [`super::verify`].

mod directory;

use std::collections::HashSet;
use std::io::{BufReader, Seek, Write};

use zip::read::{ArchiveOffset, Config};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

pub(super) use directory::{Directory, Listed};

use super::format::MEDIA_TYPE;
use super::rules::{LEADS_OUT, path_key, path_trouble};
use super::source::{Reader, Source, read_exact_at};
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

/// Bytes between the files of an archive, beside the lengths that may follow each.
const LARGEST_GAPS: u64 = 1 << 20;

/// Bytes that are read at once: local headers lie apart, and what is read beside them is thrown away.
const AT_ONCE: usize = 4 << 10;

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
pub(super) fn inspect(source: &dyn Source, limits: &Limits) -> Result<Vec<Entry>> {
    let entries = hold_together(source, limits, path_trouble)?;
    demand_mimetype(source, &entries)?;
    Ok(entries)
}

/// As [`inspect`], of a zip that somebody else made: it need not say that it is a pack, and its files may have any names
/// that stay inside it.
///
/// # Errors
/// As [`inspect`], but for `pack.not-a-pack`.
pub(super) fn inspect_foreign(source: &dyn Source, limits: &Limits) -> Result<Vec<Entry>> {
    hold_together(source, limits, |path| path_trouble(path).filter(|trouble| *trouble == LEADS_OUT))
}

/// Judges everything but what the archive is for.
fn hold_together(
    source: &dyn Source,
    limits: &Limits,
    trouble_of: fn(&str) -> Option<&'static str>,
) -> Result<Vec<Entry>> {
    let length = source.length()?;
    let (listed, directory_start) = {
        let directory = Directory::read(source, limits)?;
        (directory.listed.len(), directory.start)
    };
    let reader = BufReader::with_capacity(AT_ONCE, Reader::new(source));
    // No bytes before the first entry: they would be a second file in the same bytes.
    let config = Config { archive_offset: ArchiveOffset::Known(0) };
    let mut zip = ZipArchive::with_config(config, reader).map_err(not_an_archive)?;
    if zip.has_duplicate_names() {
        return Err(twice("one of its files"));
    }
    if zip.len() != listed || zip.central_directory_start() != directory_start {
        return Err(inconsistent("its directory can be read in two ways"));
    }
    let mut entries = Vec::with_capacity(zip.len());
    let mut keys = HashSet::new();
    let mut total = 0_u64;
    for number in 0..zip.len() {
        let Some(entry) = judge_entry(&mut zip, number, length, limits, trouble_of)? else { continue };
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
    refuse_gaps(&mut zip)?;
    zip.validate_header_consistency()
        .map_err(|e| inconsistent("its parts contradict each other").caused_by(e))?;
    Ok(entries)
}

/// Refuses an archive with bytes that belong to none of its files, which would have to be searched for hidden ones. Some
/// programs leave a little between the files, or write lengths after them (24 bytes, APPNOTE 4.3.9).
fn refuse_gaps(zip: &mut ZipArchive<BufReader<Reader>>) -> Result<()> {
    let mut gaps = zip.central_directory_start();
    for number in 0..zip.len() {
        let raw = zip.by_index_raw(number).map_err(not_an_archive)?;
        let end = raw.data_start().unwrap_or(0).saturating_add(raw.compressed_size());
        gaps = gaps.saturating_sub(end.saturating_sub(raw.header_start()));
    }
    if gaps > LARGEST_GAPS + 24 * zip.len() as u64 {
        return Err(inconsistent("much of it belongs to none of its files"));
    }
    Ok(())
}

/// Judges one entry; folders are passed over.
fn judge_entry(
    zip: &mut ZipArchive<BufReader<Reader>>,
    number: usize,
    length: u64,
    limits: &Limits,
    trouble_of: fn(&str) -> Option<&'static str>,
) -> Result<Option<Entry>> {
    let raw = zip.by_index_raw(number).map_err(not_an_archive)?;
    let path = raw.name().map_err(not_an_archive)?.into_owned();
    let is_flagged_utf8 = raw.flags().as_u16() & 0x800 != 0;
    if is_flagged_utf8 && std::str::from_utf8(raw.name_raw()).is_err() {
        return Err(refused("pack.entry-name", "the name of one of its files cannot be read"));
    }
    let name = path.strip_suffix('/').unwrap_or(&path);
    if let Some(trouble) = trouble_of(name) {
        let code = if trouble == LEADS_OUT { "pack.entry-outside" } else { "pack.entry-name" };
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
    directory::judge_size(name, packed, size, limits)?;
    Ok(Some(Entry { path, start, packed, size, crc: raw.crc32(), deflated }))
}

/// A pack says what it is with its first bytes, so that it can be told from any other zip.
fn demand_mimetype(source: &dyn Source, entries: &[Entry]) -> Result<()> {
    let first = entries.iter().min_by_key(|entry| entry.start).ok_or_else(not_a_pack)?;
    let mut text = [0; MEDIA_TYPE.len()];
    let fits = first.path == "mimetype" && !first.deflated && first.size == MEDIA_TYPE.len() as u64;
    if fits {
        read_exact_at(source, &mut text, first.start)?;
    }
    if text == MEDIA_TYPE.as_bytes() { Ok(()) } else { Err(not_a_pack()) }
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

/// The archive ends before its end.
pub(super) fn cut_off() -> Error {
    refused("pack.cut-off", "it is not a whole zip file; perhaps it was not copied to its end")
}

/// A zip that says nowhere that it is a pack.
pub(super) fn not_a_pack() -> Error {
    let sentence = "This is a zip file, but not a course pack. Ask whoever gave it to you for a file that ends in .schoolpack.";
    Error::invalid("pack.not-a-pack", sentence)
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

fn unwritable(error: zip::result::ZipError) -> Error {
    match error {
        zip::result::ZipError::Io(e) => e.into(),
        other => Error::internal("The archive could not be written.").caused_by(other),
    }
}

#[cfg(test)]
pub(crate) mod tests;
