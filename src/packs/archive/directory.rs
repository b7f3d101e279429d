//! The directory at the end of an archive, read by ourselves before the zip crate sees the file: the crate makes room for
//! as many entries as there are, and it reads the head of every entry, wherever it lies. What can be told from the
//! directory alone is told from a stick within moments, however large the pack.

use sha2::{Digest, Sha256};

use super::{Entry, Limits, cut_off, inconsistent, refused, too_large};
use crate::error::{Error, Kind, Result};
use crate::packs::index::Likeness;
use crate::packs::source::{Source, read_exact_at};

/// Bytes of the end record, of what leads to the wide one, and of the wide one itself.
const END: usize = 22;
const LOCATOR: usize = 20;
const END_64: usize = 56;
/// Bytes of a record of the directory, and of the head of an entry, before its name.
const RECORD: usize = 46;
const HEAD: usize = 30;
/// Of both, these bytes are the same, in a record from its sixth on, in a head from its fourth on.
const COMMON: usize = 22;
const HEAD_SIGN: &[u8; 4] = b"PK\x03\x04";
/// Where a 32-bit number is too small, this stands in its place.
const WIDE: u64 = 0xffff_ffff;

/// An entry as the directory lists it: a claim that nothing was compared with yet.
#[derive(Clone, Debug)]
pub(in crate::packs) struct Listed {
    /// Empty where it is no UTF-8.
    pub(in crate::packs) path: Box<str>,
    /// Bytes of its name.
    pub(in crate::packs) name_bytes: u64,
    /// Where its head begins, which lies before its data.
    pub(in crate::packs) head: u64,
    pub(in crate::packs) packed: u64,
    pub(in crate::packs) size: u64,
    pub(in crate::packs) crc: u32,
    pub(in crate::packs) deflated: bool,
    /// From the version that is needed to the size: what a head says in the same bytes.
    common: [u8; COMMON],
}

impl Listed {
    /// Where its data begins if its head says no more than its name, as heads do that build wrote.
    pub(in crate::packs) fn plain_start(&self) -> u64 {
        self.head.saturating_add(HEAD as u64 + self.name_bytes)
    }

    /// Its head, if it says no more than its name and what the directory says: nobody promised that, so whoever believes it compares
    /// the whole archive with its SHA-256.
    pub(in crate::packs) fn likely_head(&self) -> Vec<u8> {
        let length = u16::try_from(self.path.len()).unwrap_or_default().to_le_bytes();
        [HEAD_SIGN.as_slice(), &self.common, &length, &[0, 0], self.path.as_bytes()].concat()
    }

    /// The entry, once its head was read.
    ///
    /// # Errors
    /// When the head can't be read.
    pub(in crate::packs) fn entry(&self, source: &dyn Source) -> std::io::Result<Entry> {
        let mut head = [0; HEAD];
        read_exact_at(source, &mut head, self.head)?;
        let start = self.head + HEAD as u64 + field16(&head, 26) + field16(&head, 28);
        let Self { packed, size, crc, deflated, .. } = *self;
        Ok(Entry { path: self.path.to_string(), start, packed, size, crc, deflated })
    }

    /// What a copy of it in another archive would have in common with it.
    pub(in crate::packs) fn likeness(&self, sha256: &[u8; 32]) -> Likeness {
        let Self { packed, size, crc, deflated, .. } = *self;
        let mut content = [0; 16];
        content.copy_from_slice(&sha256[..16]);
        Likeness { content, packed, size, crc, deflated }
    }
}

/// What the end of an archive says is in it.
pub(in crate::packs) struct Directory {
    /// Bytes of the whole archive.
    pub(in crate::packs) length: u64,
    /// Where the directory begins.
    pub(in crate::packs) start: u64,
    /// From there to the last byte of the archive.
    pub(in crate::packs) bytes: Vec<u8>,
    /// In the order of the directory.
    pub(in crate::packs) listed: Vec<Listed>,
}

impl Directory {
    /// Reads it, and refuses what is too large by its own account.
    ///
    /// # Errors
    /// `pack.cut-off`, `pack.inconsistent`, `pack.too-many-files`, or that it can't be read.
    pub(in crate::packs) fn read(source: &dyn Source, limits: &Limits) -> Result<Self> {
        let length = source.length()?;
        let end = End::find(source, length)?;
        end.judge(limits)?;
        // The end record was found behind the directory, so this is no more than the limit and the end's own bytes.
        let bytes = usize::try_from(length - end.directory_start).map_err(|_| cut_off())?;
        let mut bytes = vec![0; bytes];
        read_exact_at(source, &mut bytes, end.directory_start)?;
        let listed = end.walk(&bytes)?;
        Ok(Self { length, start: end.directory_start, bytes, listed })
    }

    /// Refuses what swells or lies outside by the directory's own account, before a byte of it is copied. All that is
    /// refused here would be refused by [`super::inspect`], too.
    ///
    /// # Errors
    /// `pack.too-large`, `pack.bomb`, `pack.cut-off`.
    pub(in crate::packs) fn judge(&self, limits: &Limits) -> Result<()> {
        let mut total = 0_u64;
        for Listed { path, head, packed, size, .. } in &self.listed {
            if head.checked_add(*packed).is_none_or(|end| end > self.length) {
                return Err(refused("pack.cut-off", &format!("{path} ends after the end of the archive")));
            }
            judge_size(path, *packed, *size, limits)?;
            total = total.saturating_add(*size);
        }
        if total > limits.total { Err(too_large(limits.total)) } else { Ok(()) }
    }

    /// The entries in the order in which they lie.
    pub(in crate::packs) fn in_order(&self) -> Vec<&Listed> {
        let mut listed: Vec<&Listed> = self.listed.iter().collect();
        listed.sort_unstable_by_key(|listed| listed.head);
        listed
    }

    /// What tells this archive from every other one, in all probability: lengths, places and checksums of all its entries.
    pub(in crate::packs) fn mark(&self) -> [u8; 16] {
        let hash = Sha256::new().chain_update(self.length.to_le_bytes()).chain_update(&self.bytes).finalize();
        let mut mark = [0; 16];
        mark.copy_from_slice(&hash[..16]);
        mark
    }
}

/// Whether a file may be so large, of so few bytes.
///
/// # Errors
/// `pack.too-large`, `pack.bomb`.
pub(super) fn judge_size(name: &str, packed: u64, size: u64, limits: &Limits) -> Result<()> {
    if size > limits.file {
        return Err(too_large(limits.file));
    }
    if size > limits.ratio_from && size / limits.ratio > packed {
        return Err(refused("pack.bomb", &format!("{name} would swell to many times its size")));
    }
    Ok(())
}

/// The end record: what the archive says about its directory.
struct End {
    entries: u64,
    directory_start: u64,
    directory_bytes: u64,
}

impl End {
    fn find(source: &dyn Source, length: u64) -> Result<Self> {
        let place = length.checked_sub(END as u64).ok_or_else(cut_off)?;
        let record: [u8; END] = read_record(source, place)?;
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
            let locator: [u8; LOCATOR] = read_record(source, locator_place)?;
            if locator.starts_with(b"PK\x06\x07") {
                directory_end = field64(&locator, 8);
                end = end.widen(source, directory_end, locator_place)?;
            }
        }
        if end.directory_start.checked_add(end.directory_bytes) != Some(directory_end) {
            return Err(inconsistent("its directory is not where it should be"));
        }
        Ok(end)
    }

    /// Takes the numbers of the ZIP64 record, which must agree with the small ones where those say anything.
    fn widen(&self, source: &dyn Source, place: u64, locator: u64) -> Result<Self> {
        if place.checked_add(END_64 as u64) != Some(locator) {
            return Err(inconsistent("its end is not where it should be"));
        }
        let record: [u8; END_64] = read_record(source, place)?;
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
            && agrees(self.directory_bytes, WIDE, wide.directory_bytes)
            && agrees(self.directory_start, WIDE, wide.directory_start);
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
    fn walk(&self, directory: &[u8]) -> Result<Vec<Listed>> {
        let unreadable = || inconsistent("its directory cannot be read");
        let bytes = usize::try_from(self.directory_bytes).map_err(|_| unreadable())?;
        let mut left = directory.get(..bytes).ok_or_else(unreadable)?;
        let mut listed = Vec::new();
        for _ in 0..self.entries {
            let (record, rest) = left.split_at_checked(RECORD).ok_or_else(unreadable)?;
            let lengths = [28, 30, 32].map(|at| usize::try_from(field16(record, at)).unwrap_or(0));
            if !record.starts_with(b"PK\x01\x02") || rest.len() < lengths.iter().sum() {
                return Err(unreadable());
            }
            if field16(record, 34) != 0 {
                return Err(inconsistent("it is one part of several"));
            }
            let (name, rest) = rest.split_at(lengths[0]);
            let (extra, rest) = rest.split_at(lengths[1]);
            listed.push(listed_by(record, name, extra));
            left = &rest[lengths[2]..];
        }
        if left.is_empty() { Ok(listed) } else { Err(inconsistent("its directory says too little")) }
    }
}

/// What a record says.
fn listed_by(record: &[u8], name: &[u8], extra: &[u8]) -> Listed {
    let mut wide = wide_numbers(extra);
    let mut number = |at| match field32(record, at) {
        WIDE => wide.next().unwrap_or(WIDE),
        small => small,
    };
    // The wide numbers stand in this order, and only those that are needed (APPNOTE 4.5.3).
    let (size, packed, head) = (number(24), number(20), number(42));
    Listed {
        path: std::str::from_utf8(name).unwrap_or_default().into(),
        name_bytes: name.len() as u64,
        head,
        packed,
        size,
        crc: u32::try_from(field32(record, 16)).unwrap_or(0),
        deflated: field16(record, 10) == 8,
        common: record.get(6..6 + COMMON).and_then(|bytes| bytes.try_into().ok()).unwrap_or_default(),
    }
}

/// The numbers of 64 bits in an entry's extra field, one after the other.
fn wide_numbers(mut extra: &[u8]) -> impl Iterator<Item = u64> {
    let mut numbers: &[u8] = &[];
    while extra.len() >= 4 {
        let (kind, bytes) = (field16(extra, 0), usize::try_from(field16(extra, 2)).unwrap_or(0));
        let Some(rest) = extra.get(4..).filter(|rest| rest.len() >= bytes) else { break };
        if kind == 1 {
            numbers = &rest[..bytes];
        }
        extra = &rest[bytes..];
    }
    numbers.chunks_exact(8).map(|number| field64(number, 0))
}

fn read_record<const N: usize>(source: &dyn Source, place: u64) -> Result<[u8; N]> {
    let mut bytes = [0; N];
    read_exact_at(source, &mut bytes, place).map_err(|e| match e.kind() {
        std::io::ErrorKind::UnexpectedEof => cut_off().caused_by(e),
        _ => e.into(),
    })?;
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
