//! Hostile archives, made byte by byte: each is refused with its code before anything of it is shown.

use std::fs::File;
use std::io::{Seek, Write};

use flate2::{Compress, Compression, Crc, FlushCompress};

use super::*;
use crate::packs::compose::Plan;
use crate::packs::packed::Packed;
use crate::packs::tests::{Shelfful, small_pack};

const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// An entry as its maker pleases.
#[derive(Clone)]
struct Raw {
    name: Vec<u8>,
    flags: u16,
    method: u16,
    data: Vec<u8>,
    size: u32,
    packed: u32,
    crc: u32,
    mode: u32,
    disk: u16,
    /// What the local header says instead.
    local_name: Option<Vec<u8>>,
    /// Where the directory says that it lies, instead of where it lies.
    place: Option<u32>,
    is_listed: bool,
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 100);
    Compress::new(Compression::best(), false).compress_vec(bytes, &mut out, FlushCompress::Finish).unwrap();
    out
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap()
}

fn stored(name: &str, bytes: &[u8]) -> Raw {
    Raw {
        name: name.into(),
        flags: 0x800,
        method: STORED,
        data: bytes.to_vec(),
        size: length(bytes),
        packed: length(bytes),
        crc: crc(bytes),
        mode: 0o100_644,
        disk: 0,
        local_name: None,
        place: None,
        is_listed: true,
    }
}

fn deflated(name: &str, bytes: &[u8]) -> Raw {
    let data = deflate(bytes);
    Raw { method: DEFLATED, packed: length(&data), data, ..stored(name, bytes) }
}

fn put(to: &mut Vec<u8>, numbers: &[(u32, usize)]) {
    for (number, bytes) in numbers {
        to.extend_from_slice(&number.to_le_bytes()[..*bytes]);
    }
}

fn zip(entries: &[Raw]) -> Vec<u8> {
    let (mut all, mut directory, mut count) = (Vec::new(), Vec::new(), 0);
    for raw in entries {
        let place = raw.place.unwrap_or(length(&all));
        let local_name = raw.local_name.as_ref().unwrap_or(&raw.name);
        let head = |name: &[u8]| {
            let mut head = Vec::new();
            put(&mut head, &[(20, 2), (raw.flags.into(), 2), (raw.method.into(), 2), (0x0021_0000, 4)]);
            put(&mut head, &[(raw.crc, 4), (raw.packed, 4), (raw.size, 4), (length(name), 2), (0, 2)]);
            head
        };
        all.extend_from_slice(b"PK\x03\x04");
        all.extend(head(local_name));
        all.extend(local_name);
        all.extend(&raw.data);
        if raw.is_listed {
            count += 1;
            directory.extend_from_slice(b"PK\x01\x02");
            put(&mut directory, &[(0x0314, 2)]);
            directory.extend(head(&raw.name));
            put(&mut directory, &[(0, 2), (raw.disk.into(), 2), (0, 2), (raw.mode << 16, 4), (place, 4)]);
            directory.extend(&raw.name);
        }
    }
    let start = length(&all);
    all.extend(&directory);
    all.extend_from_slice(b"PK\x05\x06");
    put(&mut all, &[(0, 4), (count, 2), (count, 2), (length(&directory), 4), (start, 4), (0, 2)]);
    all
}

fn file(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    file
}

const TIGHT: Limits = Limits {
    entries: 40,
    directory: 8 << 10,
    file: 300 << 10,
    total: 600 << 10,
    ratio: 200,
    ratio_from: 64 << 10,
};

fn code(bytes: &[u8]) -> &'static str {
    inspect(&file(bytes), &TIGHT).map_or_else(|error| error.code, |_| "fine")
}

/// The bytes of a zip that begins as a pack must, with one more entry.
fn with(entry: Raw) -> Vec<u8> {
    zip(&[stored("mimetype", MEDIA_TYPE.as_bytes()), stored("pack.json", b"{}"), entry])
}

fn named(name: &[u8]) -> Vec<u8> {
    with(Raw { name: name.to_vec(), ..stored("", b"x") })
}

fn overwrite(mut bytes: Vec<u8>, back_from_end: usize, with: &[u8]) -> Vec<u8> {
    let at = bytes.len() - back_from_end;
    bytes[at..at + with.len()].copy_from_slice(with);
    bytes
}

#[test]
fn names_that_lead_elsewhere_or_mean_two_things_are_refused() {
    let long = [b"media/".as_slice(), &[b'a'; 200]].concat();
    let deep = b"a/".repeat(20);
    for (name, wanted) in [
        (b"media/a.svg".as_slice(), "fine"),
        ("media/ünïcode-数.svg".as_bytes(), "fine"),
        (b"../outside", "pack.entry-outside"),
        (b"media/../../outside", "pack.entry-outside"),
        (b"/etc/passwd", "pack.entry-outside"),
        (b"C:evil", "pack.entry-outside"),
        (b"media\\evil", "pack.entry-outside"),
        (b"..\\evil", "pack.entry-outside"),
        (b"media/./a", "pack.entry-name"),
        (b"media//a", "pack.entry-name"),
        (b"media/.hidden", "pack.entry-name"),
        (b"media/a\0b", "pack.entry-name"),
        (b"media/a\nb", "pack.entry-name"),
        (b"media/a b", "pack.entry-name"),
        ("media/\u{202e}gpj.svg".as_bytes(), "pack.entry-name"),
        (b"", "pack.entry-name"),
        (b"media/\xff\xfe", "pack.entry-name"),
        (&long, "pack.entry-name"),
        (&[deep.as_slice(), b"a"].concat(), "pack.entry-name"),
        (b"pack.json", "pack.entry-twice"),
        (b"PACK.json", "pack.entry-twice"),
    ] {
        assert_eq!(code(&named(name)), wanted, "{}", String::from_utf8_lossy(name));
    }
    let twins = zip(&[
        stored("mimetype", MEDIA_TYPE.as_bytes()),
        stored("media/caf\u{e9}.svg", b"a"),
        stored("media/cafe\u{301}.svg", b"b"),
    ]);
    assert_eq!(code(&twins), "pack.entry-twice");
}

#[test]
fn entries_that_are_no_plain_files_are_refused() {
    let x = stored("media/x.svg", b"x");
    for (entry, wanted) in [
        (Raw { mode: 0o120_777, ..x.clone() }, "pack.entry-special"),
        (Raw { mode: 0o010_644, ..x.clone() }, "pack.entry-special"),
        (Raw { mode: 0o020_644, ..x.clone() }, "pack.entry-special"),
        (Raw { flags: 0x801, ..x.clone() }, "pack.entry-encrypted"),
        (Raw { method: 12, ..x.clone() }, "pack.entry-method"),
        (Raw { method: 9, ..x.clone() }, "pack.entry-method"),
        (Raw { size: 2, ..x.clone() }, "pack.inconsistent"),
        (Raw { disk: 1, ..x.clone() }, "pack.inconsistent"),
        (Raw { name: b"media/".to_vec(), mode: 0o040_755, ..x.clone() }, "pack.inconsistent"),
        (Raw { name: b"media/".to_vec(), mode: 0o040_755, ..stored("", b"") }, "fine"),
    ] {
        assert_eq!(code(&with(entry)), wanted);
    }
}

#[test]
fn archives_that_can_be_read_in_two_ways_are_refused() {
    let x = || stored("media/x.svg", b"x");
    let good = with(x());
    assert_eq!(code(&good), "fine");
    let hidden = Raw { is_listed: false, ..stored("media/hidden.svg", b"y") };
    let unlisted = zip(&[stored("mimetype", MEDIA_TYPE.as_bytes()), hidden, x()]);
    let shared = zip(&[
        stored("mimetype", MEDIA_TYPE.as_bytes()),
        x(),
        Raw {
            place: Some(38 + 36),
            local_name: Some(b"media/x.svg".to_vec()),
            ..stored("media/y.svg", b"x")
        },
    ]);
    let in_comment = {
        let mut outer = overwrite(good.clone(), 2, &u16::try_from(good.len()).unwrap().to_le_bytes());
        outer.extend(&good);
        outer
    };
    let disk_two = overwrite(good.clone(), 18, &[1, 0]);
    for (what, bytes, wanted) in [
        ("nothing at all", Vec::new(), "pack.cut-off"),
        ("a text", b"Hello, this is a letter and no zip file.".to_vec(), "pack.cut-off"),
        ("bytes after the end", [good.clone(), b"!".to_vec()].concat(), "pack.cut-off"),
        ("bytes before the start", [b"#!/bin/sh\n".to_vec(), good.clone()].concat(), "pack.inconsistent"),
        ("an archive in the comment", in_comment, "pack.inconsistent"),
        ("fewer entries announced", overwrite(good.clone(), 14, &[2, 0, 2, 0]), "pack.inconsistent"),
        ("more entries announced", overwrite(good.clone(), 14, &[4, 0, 4, 0]), "pack.inconsistent"),
        ("very many entries", overwrite(good.clone(), 14, &[255, 255, 255, 255]), "pack.too-many-files"),
        ("a directory of 4 GB", overwrite(good.clone(), 10, &[255, 255, 255, 255]), "pack.inconsistent"),
        ("a directory elsewhere", overwrite(good.clone(), 6, &[1, 0, 0, 0]), "pack.inconsistent"),
        ("two volumes", disk_two, "pack.inconsistent"),
        ("a file that is not listed", unlisted, "pack.inconsistent"),
        ("two files in the same bytes", shared, "pack.overlap"),
        (
            "another name inside",
            with(Raw { local_name: Some(b"media/z.svg".to_vec()), ..x() }),
            "pack.inconsistent",
        ),
        ("data past the end", with(Raw { packed: 5_000, size: 5_000, ..x() }), "pack.cut-off"),
        ("data over the directory", with(Raw { packed: 60, size: 60, ..x() }), "pack.overlap"),
    ] {
        assert_eq!(code(&bytes), wanted, "{what}");
    }
    for end in 0..good.len() {
        assert_eq!(code(&good[..end]), "pack.cut-off", "cut at {end}");
    }
}

#[test]
fn sixty_four_bit_ends_must_agree_with_the_small_one() {
    let good = with(stored("media/x.svg", b"x"));
    let (body, end) = good.split_at(good.len() - 22);
    let (entries, bytes, start) = (end[10], &end[12..16], &end[16..20]);
    let wide = |entries: u64, small: &[u8]| {
        let mut all = body.to_vec();
        let place = all.len() as u64;
        all.extend_from_slice(b"PK\x06\x06");
        all.extend([44_u64.to_le_bytes().as_slice(), &[45, 0, 45, 0], &[0; 8]].concat());
        all.extend([entries.to_le_bytes(), entries.to_le_bytes()].concat());
        all.extend([bytes, &[0; 4], start, &[0; 4]].concat());
        all.extend_from_slice(b"PK\x06\x07");
        all.extend([[0; 4].as_slice(), &place.to_le_bytes(), &[1, 0, 0, 0]].concat());
        all.extend(small);
        all
    };
    let marks = [b"PK\x05\x06\0\0\0\0".as_slice(), &[255; 12], &[0; 2]].concat();
    assert_eq!(code(&wide(entries.into(), &marks)), "fine");
    assert_eq!(code(&wide(entries.into(), end)), "fine");
    assert_eq!(code(&wide(1 << 60, &marks)), "pack.too-many-files");
    assert_eq!(code(&wide(u64::from(entries) + 1, end)), "pack.inconsistent");
}

#[test]
fn what_swells_is_refused_before_it_is_inflated() {
    let bomb = deflated("media/bomb.svg", &vec![b' '; 290 << 10]);
    let many: Vec<Raw> = (0..3).map(|n| stored(&format!("media/{n}.png"), &vec![1; 250 << 10])).collect();
    let first = stored("mimetype", MEDIA_TYPE.as_bytes());
    for (what, bytes, wanted) in [
        ("a page of spaces", with(deflated("media/small.svg", &vec![b' '; 60 << 10])), "fine"),
        ("a bomb", with(bomb.clone()), "pack.bomb"),
        ("a large file", with(stored("media/x.png", &vec![1; 301 << 10])), "pack.too-large"),
        ("a file of 4 GB in 40 bytes", with(Raw { size: u32::MAX, ..bomb }), "pack.too-large"),
        ("much in all", zip(&[vec![first], many].concat()), "pack.too-large"),
        (
            "many files",
            zip(&(0..50).map(|n| stored(&format!("f{n}"), b"")).collect::<Vec<_>>()),
            "pack.too-many-files",
        ),
    ] {
        assert_eq!(code(&bytes), wanted, "{what}");
    }
}

#[test]
fn a_zip_that_is_no_pack_is_told_apart() {
    let x = stored("media/x.svg", b"x");
    let mimetype = stored("mimetype", MEDIA_TYPE.as_bytes());
    for entries in [
        vec![],
        vec![x.clone()],
        vec![x.clone(), mimetype.clone()],
        vec![deflated("mimetype", MEDIA_TYPE.as_bytes()), x.clone()],
        vec![stored("mimetype", b"application/epub+zip"), x],
    ] {
        assert_eq!(code(&zip(&entries)), "pack.not-a-pack");
    }
}

/// A whole small pack as entries, each of which `change` may spoil.
fn spoiled(change: impl Fn(&mut Raw)) -> &'static str {
    let tree = small_pack("1.0.0");
    let plan = Plan::new(&tree).unwrap();
    let mut paths: Vec<String> = plan.paths().unwrap();
    paths.extend(["files.json".to_owned(), "pack.json".to_owned()]);
    let mut entries = vec![stored("mimetype", MEDIA_TYPE.as_bytes())];
    entries.extend(paths.iter().map(|path| deflated(path, &plan.read(path, 1 << 20).unwrap())));
    entries.iter_mut().for_each(change);
    entries.retain(|entry| entry.is_listed);
    Packed::judge(file(&zip(&entries))).map_or_else(|error| error.code, |_| "fine")
}

#[test]
fn a_file_that_is_not_what_files_json_says_is_refused() {
    let picture = b"media/x.svg";
    let of_picture = |change: fn(&mut Raw)| {
        spoiled(move |raw| {
            if raw.name == picture {
                change(raw);
            }
        })
    };
    assert_eq!(spoiled(|_| {}), "fine");
    for (what, found) in [
        ("another CRC", of_picture(|raw| raw.crc ^= 1)),
        (
            "bytes after the end of the stream",
            of_picture(|raw| {
                raw.data.extend(b"more");
                raw.packed += 4;
            }),
        ),
        (
            "a stream that is cut short",
            of_picture(|raw| {
                raw.data.truncate(raw.data.len() - 3);
                raw.packed -= 3;
            }),
        ),
        ("no stream", of_picture(|raw| raw.data.fill(0xff))),
        ("longer than announced", of_picture(|raw| raw.size -= 1)),
        ("shorter than announced", of_picture(|raw| raw.size += 1)),
        ("other words", of_picture(|raw| *raw = deflated("media/x.svg", b"<svg>other</svg>"))),
        ("not there", of_picture(|raw| raw.is_listed = false)),
        (
            "another list",
            spoiled(|raw| {
                if raw.name == b"files.json" {
                    *raw = deflated("files.json", b"{\"files\":[]}");
                }
            }),
        ),
        (
            "no list",
            spoiled(|raw| {
                if raw.name == b"files.json" {
                    raw.is_listed = false;
                }
            }),
        ),
    ] {
        assert_eq!(found, "pack.checksum", "{what}");
    }
}

#[test]
fn no_single_wrong_byte_passes_for_the_pack() {
    let tree: Shelfful = small_pack("1.0.0");
    let plan = Plan::new(&tree).unwrap();
    let good = plan.write(std::io::Cursor::new(Vec::new())).unwrap().into_inner();
    let content = |packed: &Packed| -> Vec<(String, Vec<u8>)> {
        let paths = packed.paths().unwrap().into_iter();
        paths.map(|path| (path.clone(), packed.read(&path, 1 << 20).unwrap())).collect()
    };
    let whole = content(&Packed::judge(file(&good)).unwrap());
    for place in 0..good.len() {
        let mut bytes = good.clone();
        bytes[place] ^= 0x11;
        if let Ok(packed) = Packed::judge(file(&bytes)) {
            // Dates and makers' marks say nothing about the files.
            assert_eq!(content(&packed), whole, "byte {place}");
        }
    }
}
