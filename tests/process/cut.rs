//! The installation of a newer version is cut at every hundredth of its way, a hundred times each by a kill, a stick that
//! is pulled out and a full disk: the old version serves throughout, a second try goes on and completes, nothing stays.

mod child;

use std::fs;
use std::io::{Error as IoError, ErrorKind, Result as IoResult};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use schoolhouse::clock::Clock;
use schoolhouse::db::Options;
use schoolhouse::error::Result;
use schoolhouse::files::DataDir;
use schoolhouse::journal::{Identity, Journal};
use schoolhouse::packs::{
    Course, Draft, Installer, Packs, PacksView, Source, Step, Terms, Unwatched, Volumes, Watch, build,
};

use super::start::write_small_pack;

const ID: &str = "org.example.one";
const ROUNDS: u64 = 100;
/// Files of sound in the pack, of so many bytes; every second one is another in the newer version.
const SOUNDS: u64 = 20;
const SOUND: usize = 50_000;

/// A box with the old version, and the file of the new one.
struct Ground {
    _dir: tempfile::TempDir,
    scratch: PathBuf,
    /// The data directory that each round begins with.
    data: PathBuf,
    new: PathBuf,
    /// What must be read of the new version's file, in bytes.
    way: u64,
}

impl Ground {
    fn make_in(dir: tempfile::TempDir) -> Self {
        let scratch = dir.path().to_owned();
        let (data, old, new) = (scratch.join("data"), pack(&scratch, "1.0.0"), pack(&scratch, "2.0.0"));
        let installer = open(&data);
        install(&installer, &old).unwrap();
        let way = installer.receive(&stick(&new), &Unwatched).unwrap().fetched();
        Self { _dir: dir, scratch, data, new, way }
    }

    /// A copy of the box for one round.
    fn copy(&self, name: &str) -> PathBuf {
        let to = self.scratch.join(name);
        copy_folder(&self.data, &to);
        to
    }

    /// How many bytes are read before the cut of a round.
    fn until(&self, round: u64) -> u64 {
        self.way * round / ROUNDS
    }
}

/// Copies a folder with all that is in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap()) {
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_folder(&path, &to);
        } else {
            fs::copy(path, to).unwrap();
        }
    }
}

/// The file of a version, as its author builds it.
fn pack(scratch: &Path, version: &str) -> PathBuf {
    let folder = scratch.join(version);
    write_small_pack(&folder);
    let manifest = fs::read_to_string(folder.join("pack.json")).unwrap();
    fs::write(folder.join("pack.json"), manifest.replace("\"1.0.0\"", &format!("\"{version}\""))).unwrap();
    for sound in 0..SOUNDS {
        let seed = if sound % 2 == 0 { sound } else { sound + 1_000 * u64::from(version.as_bytes()[0]) };
        fs::write(folder.join(format!("media/{sound}.mp3")), noise(seed)).unwrap();
    }
    build(&folder, Some(&scratch.join(format!("{version}.schoolpack"))), &Unwatched).unwrap()
}

/// Bytes that no packing makes smaller (SplitMix64).
fn noise(seed: u64) -> Vec<u8> {
    let word = |number: u64| {
        let state = seed.wrapping_mul(1 << 20).wrapping_add(number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb).to_le_bytes()
    };
    (0..).flat_map(word).take(SOUND).collect()
}

fn open(data: &Path) -> Installer {
    let dir = DataDir::open(data).unwrap();
    let stream = Identity::from_seed(&[7; 32]).stream;
    let views: Vec<Box<dyn schoolhouse::journal::View>> = vec![Box::new(PacksView)];
    let journal = Journal::open(&Options::journal(dir.journal()), stream, views, &Clock::system()).unwrap();
    Installer::open(dir, Arc::new(journal)).unwrap()
}

fn stick(file: &Path) -> Volumes {
    Volumes::open(&[file.to_owned()]).unwrap()
}

fn install(installer: &Installer, file: &Path) -> Result<Arc<Course>> {
    installer.place(installer.receive(&stick(file), &Unwatched)?, &Terms::default())
}

/// The version that serves: its page and its question are there, too.
fn serving(packs: &Packs) -> String {
    let course = packs.course(ID).unwrap();
    assert!(packs.page_html(ID, "pages/read.md").unwrap().contains("One and one is two"));
    assert_eq!(packs.item(ID, "sum").unwrap()["id"], "sum");
    course.version.clone()
}

fn files_in(data: &Path, folder: &str) -> usize {
    fs::read_dir(data.join(folder)).unwrap().count()
}

/// Places what a second try brought, and sees that it serves and that nothing else is left.
fn finish(installer: &Installer, data: &Path, draft: Draft) {
    assert_eq!(serving(&installer.packs()), "1.0.0");
    installer.place(draft, &Terms::default()).unwrap();
    assert_eq!(serving(&installer.packs()), "2.0.0");
    // An archive and its index; no draft.
    assert_eq!((files_in(data, "packs"), files_in(data, "tmp")), (2, 0));
    fs::remove_dir_all(data).unwrap();
}

/// A stick that does something to us after so many bytes.
struct After<'a> {
    stick: Volumes,
    left: AtomicU64,
    then: &'a (dyn Fn() -> IoResult<()> + Sync),
}

impl<'a> After<'a> {
    fn bytes(left: u64, file: &Path, then: &'a (dyn Fn() -> IoResult<()> + Sync)) -> Self {
        Self { stick: stick(file), left: left.into(), then }
    }
}

impl Source for After<'_> {
    fn length(&self) -> IoResult<u64> {
        self.stick.length()
    }

    fn read_at(&self, to: &mut [u8], at: u64) -> IoResult<usize> {
        let left = self.left.load(Ordering::SeqCst);
        let give = usize::try_from(left).unwrap_or(usize::MAX).min(to.len());
        if give == 0 {
            (self.then)()?;
            return self.stick.read_at(to, at);
        }
        let got = self.stick.read_at(&mut to[..give], at)?;
        self.left.store(left - got as u64, Ordering::SeqCst);
        Ok(got)
    }
}

/// Looks at every step whether the old version serves.
struct SeesOld(Arc<Packs>);

impl Watch for SeesOld {
    fn at(&self, _: Step, _: u64, _: u64) -> Result<()> {
        assert_eq!(serving(&self.0), "1.0.0");
        Ok(())
    }
}

#[test]
fn a_stick_pulled_out_at_every_hundredth_of_the_way() {
    let ground = Ground::make_in(tempfile::tempdir().unwrap());
    let pulled = || Err(IoError::new(ErrorKind::NotConnected, "pulled out"));
    for round in 0..ROUNDS {
        let data = ground.copy("pulled");
        let installer = open(&data);
        let watch = SeesOld(installer.packs());
        let pulled = After::bytes(ground.until(round), &ground.new, &pulled);
        let lost = installer.receive(&pulled, &watch).err().unwrap();
        assert_eq!(lost.code, "pack.source-lost", "round {round}");
        assert!(files_in(&data, "tmp") <= 1);
        let draft = installer.receive(&stick(&ground.new), &watch).unwrap();
        went_on(&ground, round, &draft);
        finish(&installer, &data, draft);
    }
}

/// A second try must not read again what the first one brought, but for what vouches for the files.
fn went_on(ground: &Ground, round: u64, draft: &Draft) {
    let papers = ground.way / 20;
    let most = ground.way - ground.until(round) + papers;
    assert!(draft.fetched() <= most, "round {round}: {} of {} bytes again", draft.fetched(), ground.way);
}
