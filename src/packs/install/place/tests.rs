//! Packs that come, take each other's places, and go.

use std::fs;

use super::super::tests::{ID, archive, count, install, packed, start, version};
use super::*;
use crate::packs::Unwatched;
use crate::packs::tests::{Shelfful, small_pack};
use crate::packs::tree::Tree;

/// A pack of another id, with more in its manifest.
fn other(name: &str, more: &str) -> Shelfful {
    let manifest = String::from_utf8(small_pack("1.0.0").read("pack.json", 1 << 20).unwrap()).unwrap();
    let manifest = manifest.replace(ID, &format!("org.example.{name}"));
    let end = manifest.rfind('}').unwrap();
    small_pack("1.0.0").with("pack.json", &format!("{}, {more} }}", &manifest[..end]))
}

fn entries(installer: &Installer) -> u64 {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(installer.journal.count()).unwrap()
}

fn ids(installer: &Installer) -> Vec<String> {
    installer.packs().courses().iter().map(|course| course.id.clone()).collect()
}

#[test]
fn a_pack_that_is_removed_frees_its_room_and_may_come_back() {
    let dir = tempfile::tempdir().unwrap();
    let installer = start(dir.path());
    install(&installer, &archive("1.0.0")).unwrap();
    install(&installer, &archive("2.0.0")).unwrap();
    let before = entries(&installer);
    let by = StaffId([7; 16]);
    installer.remove(ID, Some(by)).unwrap();
    assert_eq!((entries(&installer), version(&installer)), (before + 1, None));
    assert_eq!(count(&dir.path().join("packs")), 0);
    assert!(installer.packs().archives().is_empty(), "its file is open still and takes its room");
    assert_eq!(installer.remove(ID, Some(by)).unwrap_err().code, "pack.unknown");
    drop(installer);
    let installer = start(dir.path());
    assert_eq!(version(&installer), None);
    let row = installer.rows().unwrap().remove(0);
    assert_eq!((row.version.as_str(), row.installed, row.by), ("2.0.0", false, Some(by)));
    // Nothing is there that could be newer.
    install(&installer, &archive("1.0.0")).unwrap();
    assert_eq!(version(&installer).as_deref(), Some("1.0.0"));
}

#[test]
fn a_pack_of_the_program_that_was_removed_does_not_come_back_by_itself() {
    let dir = tempfile::tempdir().unwrap();
    let installer = start(dir.path());
    installer.install_starters();
    let all = ids(&installer);
    installer.remove(&all[0], None).unwrap();
    installer.install_starters();
    assert_eq!(ids(&installer), all[1..]);
}

#[test]
fn everything_about_an_installation_is_one_entry() {
    let dir = tempfile::tempdir().unwrap();
    let installer = start(dir.path());
    let terms = Terms {
        by: Some(StaffId([7; 16])),
        grade: Some('C'),
        accepted: vec!["E-101".to_owned(), "E-106".to_owned()],
        ..Terms::default()
    };
    let before = entries(&installer);
    let draft = installer.receive(&archive("1.0.0"), &Unwatched).unwrap();
    installer.place(draft, &terms).unwrap();
    assert_eq!(entries(&installer), before + 1);
    let row = installer.rows().unwrap().remove(0);
    assert_eq!((row.by, row.grade, row.accepted), (terms.by, terms.grade, terms.accepted));
    assert_eq!((row.id.as_str(), row.built_in, row.signer), (ID, false, None));
    // The same once more changes nothing.
    let draft = installer.receive(&archive("1.0.0"), &Unwatched).unwrap();
    installer.place(draft, &Terms::default()).unwrap();
    assert_eq!(entries(&installer), before + 1);
}

#[test]
fn an_entry_of_an_older_program_still_says_what_it_said() {
    let full = PackEntry {
        id: ID.to_owned(),
        version: "1.0.0".to_owned(),
        bytes: 3,
        installed: true,
        ..PackEntry::default()
    };
    // An array of the six fields that there were.
    let mut old = minicbor::Encoder::new(Vec::new());
    old.array(6).unwrap().str(ID).unwrap().str("1.0.0").unwrap().bytes(&[0; 32]).unwrap();
    old.u64(3).unwrap().bool(false).unwrap().bool(true).unwrap();
    assert_eq!(minicbor::decode::<PackEntry>(old.writer()).unwrap(), full);
}

#[test]
fn a_pack_takes_the_place_of_those_it_replaces_in_one_moment() {
    let dir = tempfile::tempdir().unwrap();
    let installer = start(dir.path());
    install(&installer, &archive("1.0.0")).unwrap();
    install(&installer, &packed(&other("heir", r#""replaces": ["org.example.small"]"#))).unwrap();
    assert_eq!(ids(&installer), ["org.example.heir"]);
    assert_eq!(count(&dir.path().join("packs")), 2);
    drop(installer);
    assert_eq!(ids(&start(dir.path())), ["org.example.heir"]);
}

#[test]
fn what_a_pack_needs_is_asked_for_and_who_needs_it_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let installer = start(dir.path());
    let needing = packed(&other("more", r#""dependsOn": [{ "id": "org.example.small", "from": "1.0.0" }]"#));
    assert_eq!(install(&installer, &needing).unwrap_err().code, "pack.needs-packs");
    assert_eq!((count(&dir.path().join("packs")), count(&dir.path().join("tmp"))), (0, 0));
    install(&installer, &archive("1.0.0")).unwrap();
    install(&installer, &needing).unwrap();
    let all = installer.packs().installed();
    let told = |id: &str| all.iter().find(|pack| pack.course.id == id).unwrap().needed_by.clone();
    assert_eq!(told(ID), ["org.example.more"]);
    assert!(told("org.example.more").is_empty());
    installer.remove(ID, None).unwrap();
    assert_eq!(ids(&installer), ["org.example.more"]);
}

#[test]
fn a_stranger_does_not_follow_the_program_unasked() {
    let dir = tempfile::tempdir().unwrap();
    let installer = start(dir.path());
    installer.install_starters();
    let id = ids(&installer).remove(0);
    let manifest = String::from_utf8(small_pack("99.0.0").read("pack.json", 1 << 20).unwrap()).unwrap();
    let newer = packed(&small_pack("99.0.0").with("pack.json", &manifest.replace(ID, &id)));
    assert_eq!(install(&installer, &newer).unwrap_err().code, "pack.publisher-changed");
    let draft = installer.receive(&newer, &Unwatched).unwrap();
    installer.place(draft, &Terms { publisher_changed: true, ..Terms::default() }).unwrap();
    assert_eq!(installer.packs().course(&id).unwrap().version, "99.0.0");
    fs::remove_dir_all(dir.path()).unwrap();
}
