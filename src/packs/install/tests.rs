//! Installing, and what a cut at any moment leaves: the old version, serving.

use std::io::{Cursor, Error as IoError, ErrorKind};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::clock::Clock;
use crate::db::{Options, Urgency};
use crate::journal::Identity;
use crate::packs::compose::digest;
use crate::packs::store::PackEntry;
use crate::packs::tests::small_pack;
use crate::packs::{Course, PacksView, Terms, Unwatched};

pub(super) const ID: &str = "org.example.small";

pub(super) fn start(folder: &Path) -> Installer {
    let data = DataDir::open(folder).unwrap();
    let (clock, _) = Clock::by_hand(1_790_000_000_000);
    let stream = Identity::from_seed(&[7; 32]).stream;
    let journal =
        Journal::open(&Options::journal(data.journal()), stream, vec![Box::new(PacksView)], &clock).unwrap();
    Installer::open(data, Arc::new(journal)).unwrap()
}

/// From its first byte to its place.
pub(super) fn install(installer: &Installer, from: &dyn Source) -> Result<Arc<Course>> {
    installer.place(installer.receive(from, &Unwatched)?, &Terms::default())
}

pub(super) fn archive(version: &str) -> Vec<u8> {
    let tree = small_pack(version).with("media/new.svg", &format!("<svg>{version}</svg>"));
    packed(&tree)
}

pub(super) fn packed(tree: &dyn Tree) -> Vec<u8> {
    Plan::new(tree).unwrap().write(Cursor::new(Vec::new())).unwrap().into_inner()
}

pub(super) fn version(installer: &Installer) -> Option<String> {
    let packs = installer.packs();
    let course = packs.course(ID)?;
    // Not only listed: its pages and questions are there too.
    assert!(packs.page_html(ID, "pages/read.md").unwrap().contains("<h2>Read</h2>"));
    assert_eq!(packs.item(ID, "one").unwrap()["id"], "one");
    Some(course.version.clone())
}

/// Files in a directory of the school, without the database.
pub(super) fn count(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

/// Gives `left` bytes, then fails as a stick that is pulled out.
pub(super) struct Pulled<'a> {
    bytes: &'a Vec<u8>,
    left: AtomicUsize,
}

impl<'a> Pulled<'a> {
    pub(super) fn after(left: usize, bytes: &'a Vec<u8>) -> Self {
        Self { bytes, left: left.into() }
    }
}

impl Source for Pulled<'_> {
    fn length(&self) -> std::io::Result<u64> {
        self.bytes.length()
    }

    fn read_at(&self, to: &mut [u8], at: u64) -> std::io::Result<usize> {
        let left = self.left.load(Ordering::SeqCst);
        let give = to.len().min(left).min(97);
        if give == 0 {
            return Err(IoError::new(ErrorKind::BrokenPipe, "pulled out"));
        }
        self.left.store(left - give, Ordering::SeqCst);
        self.bytes.read_at(&mut to[..give], at)
    }
}

#[test]
fn a_newer_version_takes_the_place_of_an_older_one_and_survives_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let installer = start(dir.path());
    install(&installer, &archive("1.2.0")).unwrap();
    let former = installer.packs().course(ID).unwrap();
    install(&installer, &archive("1.10.0")).unwrap();
    assert_eq!(version(&installer).as_deref(), Some("1.10.0"));
    // A page that was open still gets its pictures.
    assert!(installer.packs().public(&former.hash, "media/new.svg").is_some());
    let refused = install(&installer, &archive("1.9.0")).unwrap_err();
    assert_eq!(refused.code, "pack.older");
    assert_eq!(count(&dir.path().join("packs")), 2);
    assert_eq!(count(&dir.path().join("tmp")), 0);
    drop(installer);
    let installer = start(dir.path());
    assert_eq!(version(&installer).as_deref(), Some("1.10.0"));
    assert!(!installer.packs().installed()[0].built_in);
    assert_eq!(installer.packs().installed()[0].bytes, archive("1.10.0").len() as u64);
}

#[test]
fn a_stick_that_is_pulled_out_at_any_byte_leaves_the_old_version() {
    let dir = tempfile::tempdir().unwrap();
    let mut installer = start(dir.path());
    install(&installer, &archive("1.0.0")).unwrap();
    let new = archive("2.0.0");
    for cut in (0..new.len()).step_by(61) {
        let error = install(&installer, &Pulled::after(cut, &new)).unwrap_err();
        assert_eq!(error.code, "pack.source-lost", "cut at {cut}: {error}");
        let error = install(&installer, &new[..cut].to_vec()).unwrap_err();
        assert!(error.code.starts_with("pack."), "{error}");
        assert_eq!(version(&installer).as_deref(), Some("1.0.0"), "cut at {cut}");
        if cut % 20 == 0 {
            drop(installer);
            installer = start(dir.path());
            assert_eq!(version(&installer).as_deref(), Some("1.0.0"), "cut at {cut}");
        }
    }
    assert_eq!((count(&dir.path().join("packs")), count(&dir.path().join("tmp"))), (2, 1));
    install(&installer, &new).unwrap();
    assert_eq!(version(&installer).as_deref(), Some("2.0.0"));
    assert_eq!((count(&dir.path().join("packs")), count(&dir.path().join("tmp"))), (2, 0));
}

#[test]
fn a_power_cut_between_any_two_steps_leaves_one_whole_version() {
    let dir = tempfile::tempdir().unwrap();
    let packs = dir.path().join("packs");
    let new = archive("2.0.0");
    let (hash, _) = digest(&mut &*new).unwrap();
    let name = |ending: &str| packs.join(format!("{}.{ending}", to_hex(&hash)));
    let installer = start(dir.path());
    let old = install(&installer, &archive("1.0.0")).unwrap();
    drop(installer);
    let index = fs::read(packs.join(format!("{}.index", old.hash))).unwrap();
    // What lies there after a cut, step by step: a draft, an index, an archive; none of them has its entry yet.
    let steps: [&dyn Fn(); 4] = [
        &|| fs::write(dir.path().join("tmp/12ab.draft"), &new[..500]).unwrap(),
        &|| fs::write(name("index.new"), &index[..50]).unwrap(),
        &|| fs::write(name("index"), &index).unwrap(),
        &|| fs::write(name("schoolpack"), &new).unwrap(),
    ];
    for (number, step) in steps.iter().enumerate() {
        step();
        let installer = start(dir.path());
        assert_eq!(version(&installer).as_deref(), Some("1.0.0"), "step {number}");
        assert_eq!((count(&packs), count(&dir.path().join("tmp"))), (2, 0), "step {number}");
    }
    // After its entry the new version serves, whether or not the old files were cleared away.
    let installer = start(dir.path());
    let saved = fs::read(packs.join(format!("{}.schoolpack", old.hash))).unwrap();
    install(&installer, &new).unwrap();
    drop(installer);
    fs::write(packs.join(format!("{}.schoolpack", old.hash)), saved).unwrap();
    let installer = start(dir.path());
    assert_eq!((version(&installer).as_deref(), count(&packs)), (Some("2.0.0"), 2));
}

#[test]
fn a_lost_or_damaged_index_is_made_anew_and_a_lost_archive_stops_nobody_else() {
    let dir = tempfile::tempdir().unwrap();
    let installer = start(dir.path());
    installer.install_starters();
    let course = install(&installer, &archive("1.0.0")).unwrap();
    let others = installer.packs().courses().len() - 1;
    assert!(others > 0);
    drop(installer);
    let (archive, index) = places(&DataDir::open(dir.path()).unwrap(), &course.hash);
    let good = fs::read(&index).unwrap();
    let mut bad = good.clone();
    bad[40] ^= 1;
    for damage in [&[][..], &bad, &good[..good.len() - 1]] {
        fs::write(&index, damage).unwrap();
        assert_eq!(version(&start(dir.path())).as_deref(), Some("1.0.0"));
        assert_eq!(fs::read(&index).unwrap().len(), good.len());
    }
    fs::remove_file(&index).unwrap();
    assert_eq!(version(&start(dir.path())).as_deref(), Some("1.0.0"));
    fs::remove_file(&archive).unwrap();
    let installer = start(dir.path());
    assert_eq!((version(&installer), installer.packs().courses().len()), (None, others));
}

#[test]
fn the_packs_of_the_program_are_installed_once_and_again_when_they_change() {
    let dir = tempfile::tempdir().unwrap();
    let installer = start(dir.path());
    installer.install_starters();
    let there = installer.packs().installed();
    assert_eq!(there.len(), crate::packs::starters::all().len());
    assert!(there.iter().all(|pack| pack.built_in));
    let before = fs::read(dir.path().join("journal.db-wal")).unwrap().len();
    installer.install_starters();
    assert_eq!(
        fs::read(dir.path().join("journal.db-wal")).unwrap().len(),
        before,
        "something was written again"
    );
    // An older one of the same name, as an earlier program would have brought it, gives way.
    let dir = tempfile::tempdir().unwrap();
    let installer = start(dir.path());
    let manifest = small_pack("0.0.1").read("pack.json", 1 << 20).unwrap();
    let manifest = String::from_utf8(manifest).unwrap().replace(ID, &there[0].course.id);
    let older = small_pack("0.0.1").with("pack.json", &manifest);
    let older = packed(&older);
    install(&installer, &older).unwrap();
    installer.install_starters();
    assert_eq!(installer.packs().course(&there[0].course.id).unwrap().version, there[0].course.version);
}

#[test]
fn what_another_box_installed_is_not_here() {
    let dir = tempfile::tempdir().unwrap();
    let installer = start(dir.path());
    let row = PackEntry {
        id: ID.to_owned(),
        version: "3.0.0".to_owned(),
        sha256: [3; 32],
        bytes: 3,
        installed: true,
        ..PackEntry::default()
    };
    let other = tempfile::tempdir().unwrap();
    let (clock, _) = Clock::by_hand(1_790_000_000_000);
    let stream = Identity::from_seed(&[8; 32]).stream;
    let journal =
        Journal::open(&Options::journal(other.path().join("j.db")), stream, vec![], &clock).unwrap();
    let mut tail = journal.subscribe();
    journal.write_blocking(Urgency::Now, move |stage| stage.append(row.draft()).map(drop)).unwrap();
    let entries = tail.blocking_recv().unwrap().to_vec();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(installer.journal.merge(entries)).unwrap();
    drop(installer);
    let installer = start(dir.path());
    assert_eq!(version(&installer), None);
    let rows = installer.journal.read_blocking(move |connection| packs_of(connection, stream)).unwrap();
    assert_eq!(rows[0].version, "3.0.0");
}
