//! Packs that leave a box for another one.

use std::fs;

use super::super::tests::{ID, archive, count, install, packed, start, version};
use super::*;
use crate::packs::tests::small_pack;
use crate::packs::tree::Tree;
use crate::packs::{Unwatched, Volumes};

/// Stops as soon as something is written.
struct Stops;

impl Watch for Stops {
    fn at(&self, _: Step, _: u64, _: u64) -> Result<()> {
        Err(Error::conflict("test.stopped", "Stopped."))
    }
}

#[test]
fn a_pack_goes_from_box_to_box_as_one_file_or_as_volumes_and_stays_the_same_to_the_byte() {
    let (dir, stick, far) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let installer = start(dir.path());
    let publishers = archive("1.0.0");
    install(&installer, &publishers).unwrap();

    let file = installer.export(ID, stick.path(), &Unwatched).unwrap();
    assert_eq!(file, stick.path().join("org.example.small-1.0.0.schoolpack"));
    assert!(fs::read(&file).unwrap() == publishers);
    let line = fs::read_to_string(stick.path().join("org.example.small-1.0.0.schoolpack.sha256")).unwrap();
    let hash = to_hex(&Sha256::digest(&publishers));
    assert_eq!(line, format!("{hash}  org.example.small-1.0.0.schoolpack\n"), "not as sha256sum -c reads it");
    assert_eq!(count(stick.path()), 2);
    // Once more over the first one.
    installer.export(ID, stick.path(), &Unwatched).unwrap();
    assert_eq!(count(stick.path()), 2);

    let pack = installer.packs().pack(ID).unwrap();
    let first = Export::of(&pack, stick.path(), &Unwatched).unwrap().write(1_000).unwrap();
    assert_eq!(first, stick.path().join("org.example.small-1.0.0.schoolpack.001"));
    let volumes = Volumes::of(&first).unwrap();
    assert_eq!(volumes.len(), publishers.len().div_ceil(1_000));
    assert_eq!(count(stick.path()), volumes.len() + 1, "the whole file is there, too");
    let elsewhere = start(far.path());
    install(&elsewhere, &Volumes::open(&volumes).unwrap()).unwrap();
    assert_eq!(version(&elsewhere).as_deref(), Some("1.0.0"));
    assert_eq!(elsewhere.packs().course(ID).unwrap().hash, hash);

    // Split in another way, and whole again: nothing of the former copy stays.
    let longer = Export::of(&pack, stick.path(), &Unwatched).unwrap().write(2_000).unwrap();
    assert_eq!(Volumes::of(&longer).unwrap().len(), publishers.len().div_ceil(2_000));
    installer.export(ID, stick.path(), &Unwatched).unwrap();
    assert_eq!(count(stick.path()), 2);
    Export::of(&pack, stick.path(), &Unwatched).unwrap().write(1_000).unwrap();

    // A stick that lost a date in the archive, which no checksum inside it covers, or a volume.
    fs::remove_dir_all(far.path()).unwrap();
    let elsewhere = start(far.path());
    let mut bytes = fs::read(&first).unwrap();
    bytes[10] ^= 1;
    fs::write(&first, bytes).unwrap();
    let damaged = install(&elsewhere, &Volumes::open(&volumes).unwrap()).unwrap_err();
    assert_eq!(damaged.code, "pack.checksum");
    let short = install(&elsewhere, &Volumes::open(&volumes[..2]).unwrap()).unwrap_err();
    assert_eq!(short.code, "pack.cut-off");
    assert_eq!((count(&far.path().join("packs")), count(&far.path().join("tmp"))), (0, 0));
}

#[test]
fn a_copy_that_breaks_off_leaves_nothing_and_says_why() {
    let (dir, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let installer = start(dir.path());
    install(&installer, &archive("1.0.0")).unwrap();
    let code = |folder: &Path, watch: &dyn Watch| installer.export(ID, folder, watch).unwrap_err().code;
    assert_eq!(code(stick.path(), &Stops), "test.stopped");
    assert_eq!(code(&stick.path().join("gone"), &Unwatched), "pack.folder-lost");
    assert_eq!(
        installer.export("org.example.gone", stick.path(), &Unwatched).unwrap_err().code,
        "pack.unknown"
    );
    let path =
        dir.path().join("packs").join(format!("{}.schoolpack", installer.packs().course(ID).unwrap().hash));
    let mut bytes = fs::read(&path).unwrap();
    bytes[600] ^= 1;
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    fs::write(&path, bytes).unwrap();
    assert_eq!(code(stick.path(), &Unwatched), "pack.damaged-here");
    assert_eq!(count(stick.path()), 0);
}

#[test]
fn what_nobody_knows_the_licence_of_stays_on_the_box() {
    let (dir, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let installer = start(dir.path());
    let manifest = String::from_utf8(small_pack("1.0.0").read("pack.json", 1 << 20).unwrap()).unwrap();
    let unknown = small_pack("1.0.0").with("pack.json", &manifest.replace("\"CC0-1.0\"", "\"unknown\""));
    install(&installer, &packed(&unknown)).unwrap();
    let refused = installer.export(ID, stick.path(), &Unwatched).unwrap_err();
    assert_eq!((refused.code, count(stick.path())), ("pack.licence-unknown", 0));
}
