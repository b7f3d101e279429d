//! Volumes read as one file, and what is told when one is missing.

use std::fs;

use super::*;
use crate::ids::to_hex;

fn lay(folder: &Path, files: &[(&str, &[u8])]) -> Vec<PathBuf> {
    files
        .iter()
        .map(|(name, bytes)| {
            fs::write(folder.join(name), bytes).unwrap();
            folder.join(name)
        })
        .collect()
}

fn all(source: &dyn Source, step: usize) -> Vec<u8> {
    let (mut bytes, mut part) = (Vec::new(), vec![0; step]);
    loop {
        match source.read_at(&mut part, bytes.len() as u64).unwrap() {
            0 => return bytes,
            got => bytes.extend(&part[..got]),
        }
    }
}

#[test]
fn volumes_are_read_as_one_file_at_every_place() {
    let dir = tempfile::tempdir().unwrap();
    let parts: [(&str, &[u8]); 4] = [
        ("a.schoolpack.001", b"one "),
        ("a.schoolpack.002", b"two "),
        ("a.schoolpack.003", b""),
        ("a.schoolpack.004", b"four"),
    ];
    let paths = lay(dir.path(), &parts);
    lay(
        dir.path(),
        &[("b.schoolpack.001", b"another"), ("a.schoolpack", b"whole"), ("a.schoolpack.0x2", b"")],
    );
    assert_eq!(Volumes::of(&paths[2]).unwrap(), paths);
    assert_eq!(Volumes::of(&dir.path().join("a.schoolpack")).unwrap(), [dir.path().join("a.schoolpack")]);
    let volumes = Volumes::open(&paths).unwrap();
    assert_eq!(volumes.length().unwrap(), 12);
    for step in 1..13 {
        assert_eq!(all(&volumes, step), b"one two four", "{step} at once");
    }
    let mut part = [0; 3];
    assert_eq!((volumes.read_at(&mut part, 6).unwrap(), &part[..2]), (2, &b"o "[..]));
    assert_eq!(volumes.read_at(&mut part, 12).unwrap(), 0);
    assert_eq!(volumes.read_at(&mut part, u64::MAX).unwrap(), 0);
}

#[test]
fn a_missing_volume_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let paths = lay(dir.path(), &[("a.schoolpack.001", b"1"), ("a.schoolpack.003", b"3")]);
    for error in [Volumes::of(&paths[0]).unwrap_err(), Volumes::open(&paths).err().unwrap()] {
        assert_eq!(error.code, "pack.volume-missing");
        assert!(error.message.contains("a.schoolpack.002"), "{error}");
    }
    assert_eq!(Volumes::open(&paths[1..]).err().unwrap().code, "pack.volume-missing");
    assert_eq!(Volumes::open(&[]).err().unwrap().code, "pack.nothing-there");
    assert_eq!(Volumes::open(&[dir.path().join("b.schoolpack")]).err().unwrap().code, "pack.nothing-there");
}

#[test]
fn the_checksum_beside_a_pack_is_taken_along() {
    let dir = tempfile::tempdir().unwrap();
    let hash = [0xab; 32];
    let line = format!("{}  a.schoolpack\n", to_hex(&hash));
    let paths = lay(dir.path(), &[("a.schoolpack", b"x"), ("b.schoolpack.001", b"x")]);
    for (beside, text, known) in [
        ("a.schoolpack.sha256", line.clone(), Some(hash)),
        ("a.schoolpack.sha256", line.to_ascii_uppercase(), Some(hash)),
        ("a.schoolpack.sha256", "no hash".to_owned(), None),
        ("a.schoolpack.sha256", line[1..].to_owned(), None),
    ] {
        fs::write(dir.path().join(beside), &text).unwrap();
        assert_eq!(Volumes::open(&paths[..1]).unwrap().sha256(), known, "{text}");
    }
    fs::write(dir.path().join("b.schoolpack.sha256"), &line).unwrap();
    assert_eq!(Volumes::open(&paths[1..]).unwrap().sha256(), Some(hash));
}
