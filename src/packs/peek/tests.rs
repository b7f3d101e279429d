//! What a stick is asked for before anything is installed.

use super::*;
use crate::packs::compose::Plan;
use crate::packs::tests::{Shelfful, small_pack};

fn packed(tree: &dyn Tree) -> Vec<u8> {
    Plan::new(tree).unwrap().write(Cursor::new(Vec::new())).unwrap().into_inner()
}

/// A pack with a cover and a film of five megabytes.
fn large() -> Shelfful {
    let manifest = String::from_utf8(small_pack("1.0.0").read("pack.json", 1 << 20).unwrap()).unwrap();
    let manifest = manifest.replace("\"needs\"", "\"cover\": \"media/cover.svg\", \"needs\"");
    let mut pack =
        small_pack("1.0.0").with("pack.json", &manifest).with("media/cover.svg", "<svg>cover</svg>");
    pack.0.push(("media/film.mp4".to_owned(), vec![7; 5_000_000]));
    pack
}

#[test]
fn a_large_pack_is_known_after_a_look_at_its_ends() {
    let archive = packed(&large());
    let counted = Counted::new(&archive);
    let peeked = peek(&counted).unwrap();
    assert!(counted.read() < 5_000, "{} bytes were read", counted.read());
    assert_eq!((peeked.manifest.id.as_str(), peeked.bytes), ("org.example.small", archive.len() as u64));
    assert_eq!(peeked.cover, Some(("image/svg+xml", b"<svg>cover</svg>".to_vec())));
    let film = peeked.files.iter().find(|file| file.path == "media/film.mp4").unwrap();
    assert_eq!((film.bytes, film.packed), (5_000_000, 5_000_000));
    assert_eq!(peeked.signer(&Trusted::default()).unwrap(), Signer::Nobody);
}

#[test]
fn a_damaged_cover_is_no_cover_and_damaged_papers_are_no_pack() {
    let good = packed(&large());
    let directory = Directory::read(&good, &LIMITS).unwrap();
    let spoiled = |path: &str| {
        let listed = directory.listed.iter().find(|listed| &*listed.path == path).unwrap();
        let mut bytes = good.clone();
        bytes[usize::try_from(listed.plain_start() + 2).unwrap()] ^= 0x55;
        peek(&bytes)
    };
    assert_eq!(spoiled("media/cover.svg").unwrap().cover, None);
    for papers in ["pack.json", "files.json"] {
        assert_eq!(spoiled(papers).unwrap_err().code, "pack.checksum", "{papers}");
    }
    assert!(spoiled("media/film.mp4").is_ok(), "a look does not read all of it");
    assert_eq!(peek(&b"a letter, and not a short one".to_vec()).unwrap_err().code, "pack.cut-off");
}
