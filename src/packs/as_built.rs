//! Whether an archive is, to the byte, as build would have written it around its files.
//!
//! A signature covers `pack.json`, and through the sums in `files.json` every file. It does not cover what stands between
//! the files: times, rights, versions in the headers of the archive. In a signed pack these must be what build writes, so
//! that nothing in the file can change unseen.

use std::io::Result as IoResult;

use super::archive::Entry;
use super::source::{Source, read_exact_at};
use super::verify::check;
use crate::error::{Error, Result};

/// 1980-01-01, the first day that an archive can name, at midnight; then the time.
const DATE: u16 = 0x21;
const TIME: u16 = 0;
/// Versions of the zip format that are needed to read a stored and a deflated file (APPNOTE 4.4.3.2).
const FOR_STORED: u16 = 10;
const FOR_DEFLATED: u16 = 20;
/// "Made on Unix", and a plain file that its owner may write and all may read.
const UNIX: u16 = 3 << 8;
const RIGHTS: u32 = 0o100_644 << 16;

/// Refuses a signed archive that build would not have written. The directory of an archive of more than 4 GiB has wide
/// fields, which the judge of archives compares with each other; its times and rights are not looked at.
///
/// # Errors
/// `pack.inconsistent`, or that it can't be read.
pub(super) fn demand_as_built(source: &dyn Source, entries: &[Entry]) -> Result<()> {
    let mut entries: Vec<&Entry> = entries.iter().collect();
    entries.sort_unstable_by_key(|entry| entry.start);
    let mut directory = Vec::new();
    let mut place = 0;
    for entry in entries {
        let local = local_header(entry);
        demand(source, place, &local)?;
        demand_clear_end(source, entry)?;
        directory.extend(directory_record(entry, place));
        place += local.len() as u64 + entry.packed;
    }
    if place + directory.len() as u64 > u64::from(u32::MAX) {
        return Ok(());
    }
    demand(source, place, &directory)
}

fn demand(source: &dyn Source, place: u64, wanted: &[u8]) -> Result<()> {
    let mut found = vec![0; wanted.len()];
    match read_exact_at(source, &mut found, place) {
        Ok(()) if found == wanted => Ok(()),
        Err(e) if e.kind() != std::io::ErrorKind::UnexpectedEof => Err(e.into()),
        _ => Err(not_as_built()),
    }
}

fn not_as_built() -> Error {
    let sentence = "This pack was not added: it is signed, but not as it left its publisher. Copy it again, or ask its publisher for a new one.";
    Error::invalid("pack.inconsistent", sentence).with("trouble", "it is not as it left its publisher")
}

/// Deflated data end somewhere in their last byte, and build leaves the bits behind the end clear. Where the highest bit
/// that is set could be clear as well, it stands behind the end.
fn demand_clear_end(source: &dyn Source, entry: &Entry) -> Result<()> {
    if !entry.deflated || entry.packed == 0 {
        return Ok(());
    }
    let at = entry.start + entry.packed - 1;
    let mut last = [0];
    read_exact_at(source, &mut last, at)?;
    let Some(highest) = last[0].checked_ilog2() else { return Ok(()) };
    let without = OneByte { source, at, byte: last[0] & !(1 << highest) };
    match check(&without, entry, |_| {}) {
        Ok(_) => Err(not_as_built()),
        // The bit means something.
        Err(error) if error.code == "pack.checksum" => Ok(()),
        Err(error) => Err(error),
    }
}

/// A source in which one byte is another one.
struct OneByte<'a> {
    source: &'a dyn Source,
    at: u64,
    byte: u8,
}

impl Source for OneByte<'_> {
    fn length(&self) -> IoResult<u64> {
        self.source.length()
    }

    fn read_at(&self, to: &mut [u8], at: u64) -> IoResult<usize> {
        let got = self.source.read_at(to, at)?;
        let place = self.at.checked_sub(at).and_then(|place| usize::try_from(place).ok());
        if let Some(byte) = place.and_then(|place| to[..got].get_mut(place)) {
            *byte = self.byte;
        }
        Ok(got)
    }
}

/// APPNOTE 4.3.7.
fn local_header(entry: &Entry) -> Vec<u8> {
    let mut header = b"PK\x03\x04".to_vec();
    header.extend(shared_fields(entry));
    header.extend(0_u16.to_le_bytes());
    header.extend(entry.path.as_bytes());
    header
}

/// APPNOTE 4.3.12.
fn directory_record(entry: &Entry, place: u64) -> Vec<u8> {
    let mut record = b"PK\x01\x02".to_vec();
    record.extend((UNIX | version(entry)).to_le_bytes());
    record.extend(shared_fields(entry));
    // No extra field, no comment, the first disk, no inner attributes.
    record.extend([0; 8]);
    record.extend(RIGHTS.to_le_bytes());
    record.extend(small(place).to_le_bytes());
    record.extend(entry.path.as_bytes());
    record
}

/// From the version that is needed to the length of the name: the same in both places.
fn shared_fields(entry: &Entry) -> Vec<u8> {
    let is_utf8: u16 = if entry.path.is_ascii() { 0 } else { 0x800 };
    let mut fields = Vec::with_capacity(24);
    for number in [version(entry), is_utf8, if entry.deflated { 8 } else { 0 }, TIME, DATE] {
        fields.extend(number.to_le_bytes());
    }
    for number in [entry.crc, small(entry.packed), small(entry.size)] {
        fields.extend(number.to_le_bytes());
    }
    fields.extend(u16::try_from(entry.path.len()).unwrap_or(u16::MAX).to_le_bytes());
    fields
}

fn version(entry: &Entry) -> u16 {
    if entry.deflated { FOR_DEFLATED } else { FOR_STORED }
}

/// A number as it stands in a narrow field.
fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
