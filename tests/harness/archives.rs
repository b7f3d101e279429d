//! Zip archives made byte by byte, as honest and as dishonest programs make them. Shared by the unit tests of the archive
//! and by the tests of the real program.
#![allow(
    clippy::allow_attributes,
    reason = "what is unused differs between the test binaries that share this"
)]
#![allow(dead_code, reason = "every test binary uses another part")]

use std::fmt::Write as _;
use std::io::{Cursor, Seek, SeekFrom, Write};

use flate2::{Compress, Compression, Crc, FlushCompress};
use sha2::{Digest, Sha256};

pub(crate) const STORED: u16 = 0;
pub(crate) const DEFLATED: u16 = 8;
pub(crate) const MEDIA_TYPE: &[u8] = b"application/vnd.schoolhouse.pack+zip";

/// An entry as its maker pleases.
#[derive(Clone)]
pub(crate) struct Raw {
    pub(crate) name: Vec<u8>,
    pub(crate) flags: u16,
    pub(crate) method: u16,
    pub(crate) data: Vec<u8>,
    /// Bytes of nothing after the data; they take no room on a disk.
    pub(crate) hole: u64,
    pub(crate) size: u64,
    pub(crate) packed: u64,
    pub(crate) crc: u32,
    pub(crate) mode: u32,
    pub(crate) disk: u16,
    /// More fields, in both headers.
    pub(crate) extra: Vec<u8>,
    /// What the local header says instead.
    pub(crate) local_name: Option<Vec<u8>>,
    /// Where the directory says that it lies, instead of where it lies.
    pub(crate) place: Option<u64>,
    pub(crate) is_listed: bool,
}

pub(crate) fn crc(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

pub(crate) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 100);
    Compress::new(Compression::best(), false).compress_vec(bytes, &mut out, FlushCompress::Finish).unwrap();
    out
}

pub(crate) fn stored(name: &str, bytes: &[u8]) -> Raw {
    Raw {
        name: name.into(),
        flags: 0x800,
        method: STORED,
        data: bytes.to_vec(),
        hole: 0,
        size: bytes.len() as u64,
        packed: bytes.len() as u64,
        crc: crc(bytes),
        mode: 0o100_644,
        disk: 0,
        extra: Vec::new(),
        local_name: None,
        place: None,
        is_listed: true,
    }
}

pub(crate) fn deflated(name: &str, bytes: &[u8]) -> Raw {
    let data = deflate(bytes);
    Raw { method: DEFLATED, packed: data.len() as u64, data, ..stored(name, bytes) }
}

pub(crate) fn mimetype() -> Raw {
    stored("mimetype", MEDIA_TYPE)
}

fn put(to: &mut Vec<u8>, numbers: &[(u64, usize)]) {
    for (number, bytes) in numbers {
        to.extend_from_slice(&number.to_le_bytes()[..*bytes]);
    }
}

const WIDE: u64 = 0xffff_ffff;

/// A number in four bytes, or the sign that it stands among the extra fields.
fn narrow(number: u64, wide: &mut Vec<u8>) -> (u64, usize) {
    if number < WIDE {
        return (number, 4);
    }
    put(wide, &[(number, 8)]);
    (WIDE, 4)
}

fn extras(wide: &[u8], more: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    if !wide.is_empty() {
        put(&mut all, &[(1, 2), (wide.len() as u64, 2)]);
        all.extend(wide);
    }
    all.extend(more);
    all
}

impl Raw {
    /// What both headers have in common: from the version needed to the lengths of the name and of what follows.
    fn head(&self, name: &[u8], sizes: [(u64, usize); 2], extra: usize) -> Vec<u8> {
        let mut head = Vec::new();
        put(&mut head, &[(45, 2), (self.flags.into(), 2), (self.method.into(), 2), (0x0021_0000, 4)]);
        put(&mut head, &[(self.crc.into(), 4), sizes[0], sizes[1]]);
        put(&mut head, &[(name.len() as u64, 2), (extra as u64, 2)]);
        head
    }

    fn local(&self) -> Vec<u8> {
        let mut wide = Vec::new();
        // In a local header both lengths are wide or none.
        let sizes = if self.size.max(self.packed) < WIDE {
            [(self.packed, 4), (self.size, 4)]
        } else {
            put(&mut wide, &[(self.size, 8), (self.packed, 8)]);
            [(WIDE, 4); 2]
        };
        let name = self.local_name.as_ref().unwrap_or(&self.name);
        let extra = extras(&wide, &self.extra);
        [b"PK\x03\x04", &*self.head(name, sizes, extra.len()), name, &extra, &self.data].concat()
    }

    fn listed(&self, place: u64) -> Vec<u8> {
        let mut wide = Vec::new();
        let (size, packed) = (narrow(self.size, &mut wide), narrow(self.packed, &mut wide));
        let place = narrow(place, &mut wide);
        let extra = extras(&wide, &self.extra);
        let mut all = b"PK\x01\x02\x14\x03".to_vec();
        all.extend(self.head(&self.name, [packed, size], extra.len()));
        put(&mut all, &[(0, 2), (self.disk.into(), 2), (0, 2), (u64::from(self.mode) << 16, 4), place]);
        [all, self.name.clone(), extra].concat()
    }
}

/// Writes an archive; with a wide end where it is needed.
pub(crate) fn write_zip(to: &mut (impl Write + Seek), entries: &[Raw]) {
    let mut directory = Vec::new();
    let mut count = 0_u64;
    for raw in entries {
        let place = to.stream_position().unwrap();
        to.write_all(&raw.local()).unwrap();
        to.seek(SeekFrom::Current(raw.hole.cast_signed())).unwrap();
        if raw.is_listed {
            count += 1;
            directory.extend(raw.listed(raw.place.unwrap_or(place)));
        }
    }
    let start = to.stream_position().unwrap();
    let bytes = directory.len() as u64;
    if start >= WIDE || count >= 0xffff {
        let end = start + bytes;
        directory.extend_from_slice(b"PK\x06\x06");
        put(
            &mut directory,
            &[(44, 8), (45, 2), (45, 2), (0, 8), (count, 8), (count, 8), (bytes, 8), (start, 8)],
        );
        directory.extend_from_slice(b"PK\x06\x07");
        put(&mut directory, &[(0, 4), (end, 8), (1, 4)]);
    }
    directory.extend_from_slice(b"PK\x05\x06");
    let (count, start) = (count.min(0xffff), start.min(WIDE));
    put(&mut directory, &[(0, 4), (count, 2), (count, 2), (bytes, 4), (start, 4), (0, 2)]);
    to.write_all(&directory).unwrap();
}

pub(crate) fn zip(entries: &[Raw]) -> Vec<u8> {
    let mut to = Cursor::new(Vec::new());
    write_zip(&mut to, entries);
    to.into_inner()
}

pub(crate) fn overwrite(mut bytes: Vec<u8>, back_from_end: usize, with: &[u8]) -> Vec<u8> {
    let at = bytes.len() - back_from_end;
    bytes[at..at + with.len()].copy_from_slice(with);
    bytes
}

const MANIFEST: &str = r#"{
    "format": 1, "id": "org.example.small", "version": "1.0.0", "title": { "en": "Small" },
    "summary": { "en": "One lesson." }, "language": "en", "direction": "ltr", "audioLanguages": [],
    "audience": "students", "publisher": "Example", "authors": ["A"], "contact": "a@example.org",
    "licence": "CC0-1.0", "licenceText": "LICENSES/CC0-1.0.txt", "attribution": "A", "commercialUse": true,
    "derivatives": true, "needs": { "minApp": "0.1.0" }, "released": "2026-11-23", "files": "LIST" }"#;
const SKILLS: &str = r#"{ "skills": [ { "id": "add", "name": "Add", "can": "I can add" } ] }"#;
const OUTLINE: &str = r#"{ "units": [ { "id": "u", "title": "U", "lessons": [ { "id": "l", "title": "L",
    "picture": "media/x.svg", "skills": ["add"], "activities": [
    { "id": "read", "kind": "page", "title": "Read", "page": "pages/read.md" },
    { "id": "try", "kind": "practice", "title": "Try", "items": ["one"] } ] } ] } ] }"#;
const ITEMS: &str = r#"{ "items": [ { "id": "one", "type": "truefalse", "skills": ["add"], "difficulty": "easy",
    "stem": [{ "p": "Is it so?" }], "answer": true } ] }"#;

/// The files of a small pack, without what build adds.
pub(crate) fn small_files() -> Vec<(String, Vec<u8>)> {
    let picture = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{}</svg>", "<g/>".repeat(400));
    let inner = zip(&[stored("inner.txt", b"an archive in an archive is a file like any other")]);
    let files = [
        ("pack.json", MANIFEST.as_bytes().to_vec()),
        ("skills.json", SKILLS.into()),
        ("outline.json", OUTLINE.into()),
        ("items/a.json", ITEMS.into()),
        ("pages/read.md", b"# Read\n\n![x](../media/x.svg)".to_vec()),
        ("pages/play.html", b"<!doctype html><title>Play</title><p>Play</p>".to_vec()),
        ("media/x.svg", picture.into()),
        ("media/empty.txt", Vec::new()),
        ("media/inner.zip", inner),
        ("media/x.mp4", b"not really a film ".repeat(30)),
        ("LICENSES/CC0-1.0.txt", b"Do what you like.".to_vec()),
    ];
    files.into_iter().map(|(path, bytes)| (path.to_owned(), bytes)).collect()
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The row of a file in `files.json`.
pub(crate) fn row(path: &str, bytes: &[u8]) -> String {
    let (sha256, length) = (hex(bytes), bytes.len());
    format!(
        r#"{{"path":"{path}","sha256":"{sha256}","bytes":{length},"mediaType":"application/octet-stream","role":"other"}}"#
    )
}

/// `files.json` with these rows.
pub(crate) fn list(rows: &[String]) -> Vec<u8> {
    format!(r#"{{"files":[{}]}}"#, rows.join(",")).into()
}

/// A whole pack of `files` as entries, with `files.json` as build would write it.
pub(crate) fn pack(files: &[(String, Vec<u8>)]) -> Vec<Raw> {
    let others = files.iter().filter(|(path, _)| path != "pack.json");
    let rows: Vec<String> = others.map(|(path, bytes)| row(path, bytes)).collect();
    listed_by(files, &list(&rows))
}

/// As [`pack`], with another `files.json`.
pub(crate) fn listed_by(files: &[(String, Vec<u8>)], list: &[u8]) -> Vec<Raw> {
    let mut entries = vec![mimetype()];
    for (path, bytes) in files {
        if path == "pack.json" {
            let manifest = String::from_utf8(bytes.clone()).unwrap().replace("LIST", &hex(list));
            entries.push(deflated(path, manifest.as_bytes()));
        } else if std::path::Path::new(path).extension().is_some_and(|kind| kind == "mp4") {
            entries.push(stored(path, bytes));
        } else {
            entries.push(deflated(path, bytes));
        }
    }
    entries.push(deflated("files.json", list));
    entries
}

/// A small pack in which one file is another.
pub(crate) fn small_with(path: &str, bytes: &[u8]) -> Vec<Raw> {
    let mut files = small_files();
    files.retain(|(known, _)| known != path);
    files.push((path.to_owned(), bytes.to_vec()));
    pack(&files)
}

/// `SplitMix64`: the same harm in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }
}

/// A good archive after something happened to it: flipped bits, a cut, a piece twice, two pieces in each other's place, a
/// piece gone, another number in a header.
pub(crate) fn mutated(good: &[u8], seed: u64) -> Vec<u8> {
    let mut chance = Chance(seed);
    let mut bytes = good.to_vec();
    for _ in 0..=chance.below(3) {
        let at = chance.below(bytes.len());
        let end = at + chance.below((bytes.len() - at).min(600)) + 1;
        match chance.below(8) {
            0 | 1 => bytes[at] ^= 1 << chance.below(8),
            2 => bytes.truncate(at + 1),
            3 => {
                let piece = bytes[at..end].to_vec();
                let to = chance.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            4 => {
                let other = chance.below(bytes.len() - (end - at) + 1);
                let piece = bytes[at..end].to_vec();
                bytes.copy_within(other..other + piece.len(), at);
                bytes[other..other + piece.len()].copy_from_slice(&piece);
            }
            5 => drop(bytes.drain(at..end.min(bytes.len() - 1).max(at))),
            _ => edit_header(&mut bytes, &mut chance),
        }
    }
    bytes
}

/// Another number in a field of some header.
fn edit_header(bytes: &mut [u8], chance: &mut Chance) {
    let is_head = |place: &usize| {
        matches!(&bytes[*place..*place + 4], b"PK\x01\x02" | b"PK\x03\x04" | b"PK\x05\x06" | b"PK\x06\x06")
    };
    let heads: Vec<usize> = (0..bytes.len().saturating_sub(4)).filter(is_head).collect();
    if heads.is_empty() {
        return;
    }
    let at = heads[chance.below(heads.len())] + 4 + chance.below(42);
    let width = [1, 2, 4][chance.below(3)];
    let number = [0, 1, 0xff, 0xffff, 0xffff_ffff, 0x8000_0000, chance.below(1 << 20)][chance.below(7)];
    if let Some(field) = bytes.get_mut(at..at + width) {
        field.copy_from_slice(&(number as u64).to_le_bytes()[..width]);
    }
}
