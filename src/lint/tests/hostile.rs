//! Archives that are refused become a verdict; what says nothing about the pack stays an error.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use zip::CompressionMethod::{self, Deflated, Stored};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::good_pack::good_pack;
use super::*;
use crate::packs::{build, generate_keys, open_secret_key, sign};

/// The good pack as a file.
fn built(dir: &Path) -> PathBuf {
    good_pack().write_to(&dir.join("pack"));
    build(&dir.join("pack"), Some(&dir.join("good.schoolpack")), &Unwatched).unwrap()
}

fn code_of(dir: &Path, bytes: &[u8]) -> String {
    let file = dir.join("spoiled.schoolpack");
    std::fs::write(&file, bytes).unwrap();
    let looked = look_over(&file, &Unwatched).unwrap();
    assert_eq!(looked.verdict.grade, Grade::Refused);
    assert!(looked.pack.is_none());
    let [finding] = looked.verdict.findings.as_slice() else { panic!("{:?}", looked.verdict) };
    format!("{} {}", finding.code, finding.message.rsplit('[').next().unwrap().trim_end_matches(']'))
}

/// An archive of a pack's first entry and others: name, content, way of packing.
fn archive(entries: &[(&str, &[u8], CompressionMethod)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mimetype = ("mimetype", &b"application/vnd.schoolhouse.pack+zip"[..], Stored);
    for (name, content, method) in [mimetype].iter().chain(entries) {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(*method)).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn an_archive_that_no_box_takes_gets_a_fatal_code() {
    let dir = tempfile::tempdir().unwrap();
    let good = std::fs::read(built(dir.path())).unwrap();
    let fine = look_over(&dir.path().join("good.schoolpack"), &Unwatched).unwrap();
    assert_eq!(fine.verdict.grade, Grade::A, "{:?}", fine.verdict);
    assert_eq!(fine.pack.as_ref().unwrap().0.id, "org.example.count");
    let volume = |number: u32| dir.path().join(format!("parts.schoolpack.{number:03}"));
    let thirds = good.len().div_ceil(3);
    for (number, part) in (1..).zip(good.chunks(thirds)) {
        std::fs::write(volume(number), part).unwrap();
    }
    assert_eq!(look_over(&volume(2), &Unwatched).unwrap().verdict, fine.verdict);
    std::fs::remove_file(volume(1)).unwrap();
    assert_eq!(look_over(&volume(2), &Unwatched).unwrap().verdict.findings[0].code, "F-003");
    let film = good.windows(8).position(|piece| piece == b"ftypisom").unwrap();
    let mut changed = good.clone();
    changed[film + 600] ^= 1;
    let zeros = vec![0; 4 << 20];
    for (wanted, bytes) in [
        ("F-001 pack.not-a-pack", {
            let mut other = good.clone();
            other[40] ^= 1;
            other
        }),
        ("F-003 pack.checksum", changed),
        ("F-003 pack.cut-off", good[..good.len() - 7].to_vec()),
        ("F-003 pack.cut-off", b"not an archive at all, but longer than the end of one".to_vec()),
        ("F-004 pack.entry-outside", archive(&[("../../etc/passwd", b"x", Stored)])),
        ("F-004 pack.entry-twice", archive(&[("media/a.txt", b"x", Stored), ("media/A.txt", b"x", Stored)])),
        ("F-005 pack.bomb", archive(&[("media/a.txt", &zeros, Deflated)])),
    ] {
        assert_eq!(code_of(dir.path(), &bytes), wanted);
    }
}

#[test]
fn a_signature_counts_for_the_pack_that_was_signed_and_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let file = built(dir.path());
    let (_, secret) = generate_keys(None).unwrap();
    sign(&file, &open_secret_key(&secret, || panic!("it has no password")).unwrap()).unwrap();
    let grade = |path: &Path| look_over(path, &Unwatched).unwrap().verdict;
    assert_eq!(grade(&file).grade, Grade::A, "{:?}", grade(&file));
    // The signature of one pack in another.
    let tree = crate::packs::open(&file).unwrap();
    let mut other = good_pack();
    for path in tree.paths().unwrap().iter().filter(|path| path.starts_with("sig/")) {
        other.put(path, tree.read(path, 4096).unwrap());
    }
    let verdict = lint(&other, &Unwatched).unwrap();
    assert_eq!((verdict.grade, verdict.findings[0].code), (Grade::Refused, "F-006"));
}

struct Stopped;

impl Watch for Stopped {
    fn at(&self, _: crate::packs::Step, _: u64, _: u64) -> Result<()> {
        Err(Error::invalid("library.stopped", "Enough."))
    }
}

#[test]
fn what_is_not_the_fault_of_the_pack_is_no_verdict() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(look_over(&dir.path().join("none"), &Unwatched).unwrap_err().code, "pack.nothing-there");
    let empty = look_over(dir.path(), &Unwatched).unwrap();
    assert_eq!(empty.verdict.findings[0].code, "F-001");
    assert!(empty.verdict.findings[0].message.contains("pack.json"));
    assert_eq!(lint(&good_pack(), &Stopped).unwrap_err().code, "library.stopped");
    assert_eq!(of_refusal("box.disk-full"), Some("F-009"));
}
