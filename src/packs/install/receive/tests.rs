//! Updates that read only what the box lacks, and tries that go on where the last one stopped.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::super::tests::{ID, Pulled, count, install, packed, start, version};
use super::super::{Draft, Installer};
use crate::error::{Error, Kind, Result};
use crate::ids::to_hex;
use crate::packs::source::Source;
use crate::packs::tests::{Shelfful, small_pack};
use crate::packs::{Peeked, Step, Terms, Unwatched, Watch, peek};

const LESSONS: u64 = 50;

/// Bytes that no packing makes smaller, others for each seed.
fn noise(seed: u64, bytes: usize) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 56) as u8
    };
    (0..bytes).map(|_| next()).collect()
}

/// A pack of fifty lessons, each a page and a sound; those of the lesson `changed` are others in every version.
fn course(version: &str, changed: u64) -> Shelfful {
    let mut pack = small_pack(version);
    for lesson in 0..LESSONS {
        let seed = if lesson == changed { lesson + 1_000 * u64::from(version.as_bytes()[0]) } else { lesson };
        pack.0.push((format!("media/{lesson}.mp3"), noise(seed, 60_000)));
        pack.0
            .push((format!("pages/{lesson}.md"), format!("# Lesson {lesson}\n\n{seed}\n").repeat(60).into()));
    }
    pack
}

/// An archive whose publisher said its checksum.
struct Vouched<'a>(&'a Vec<u8>, [u8; 32]);

impl<'a> Vouched<'a> {
    fn of(bytes: &'a Vec<u8>) -> Self {
        Self(bytes, Sha256::digest(bytes).into())
    }
}

impl Source for Vouched<'_> {
    fn length(&self) -> std::io::Result<u64> {
        self.0.length()
    }

    fn read_at(&self, to: &mut [u8], at: u64) -> std::io::Result<usize> {
        self.0.read_at(to, at)
    }

    fn sha256(&self) -> Option<[u8; 32]> {
        Some(self.1)
    }
}

/// What happens to the bytes of a draft.
type Spoil<'a> = &'a dyn Fn(&mut Vec<u8>);

/// Stops the work at a byte.
struct StopsAt(u64, Kind);

impl Watch for StopsAt {
    fn at(&self, step: Step, done: u64, _: u64) -> Result<()> {
        let is_due = step == Step::Copying && done >= self.0;
        if is_due { Err(Error::new(self.1, "test.stopped", "Stopped.")) } else { Ok(()) }
    }
}

fn file_of(folder: &Path, bytes: &[u8]) -> PathBuf {
    folder.join("packs").join(format!("{}.schoolpack", to_hex(&Sha256::digest(bytes))))
}

/// Places a draft, and compares its file with the publisher's.
fn place(installer: &Installer, folder: &Path, draft: Draft, wanted: &[u8]) {
    installer.place(draft, &Terms::default()).unwrap();
    assert!(fs::read(file_of(folder, wanted)).unwrap() == wanted, "not the publisher's file");
    assert_eq!((count(&folder.join("packs")), count(&folder.join("tmp"))), (2, 0));
}

fn share(draft: &Draft) -> u64 {
    draft.fetched() * 100 / draft.bytes()
}

#[test]
fn an_update_of_one_lesson_in_fifty_reads_a_twentieth_and_is_the_publishers_file() {
    let dir = tempfile::tempdir().unwrap();
    let installer = start(dir.path());
    install(&installer, &packed(&course("1.0.0", 7))).unwrap();
    let new = packed(&course("2.0.0", 7));
    let Peeked { manifest, bytes, .. } = peek(&new).unwrap();
    assert_eq!((&*manifest.version, bytes), ("2.0.0", new.len() as u64));
    let lacking = installer.packs().lacks(&peek(&new).unwrap());
    assert!((60_000..70_000).contains(&lacking), "{lacking}");
    let draft = installer.receive(&new, &Unwatched).unwrap();
    assert!(draft.fetched() * 100 <= draft.bytes() * 5, "{} of {}", draft.fetched(), draft.bytes());
    assert!(draft.fetched() > lacking);
    place(&installer, dir.path(), draft, &new);
    assert_eq!(version(&installer).as_deref(), Some("2.0.0"));
    // The same again has nothing to read but what vouches for it.
    let again = installer.receive(&new, &Unwatched).unwrap();
    assert!(share(&again) <= 2, "{} of {}", again.fetched(), again.bytes());
}

#[test]
fn a_stick_that_comes_back_is_read_on_from_where_it_was_pulled_out() {
    let new = packed(&course("2.0.0", 7));
    for percent in [0, 1, 20, 50, 51, 99] {
        let dir = tempfile::tempdir().unwrap();
        let installer = start(dir.path());
        let pulled = Pulled::after(new.len() * percent / 100, &new);
        let lost = installer.receive(&pulled, &Unwatched).err().unwrap();
        assert_eq!(lost.code, "pack.source-lost");
        drop(installer);
        let installer = start(dir.path());
        let draft = installer.receive(&new, &Unwatched).unwrap();
        let rest = 100 - percent as u64;
        assert!(share(&draft) <= rest + 3, "{} % after {percent} %", share(&draft));
        place(&installer, dir.path(), draft, &new);
    }
}

#[test]
fn a_film_is_gone_on_with_in_its_middle() {
    let dir = tempfile::tempdir().unwrap();
    let installer = start(dir.path());
    let mut film = small_pack("1.0.0");
    film.0.push(("media/film.mp4".to_owned(), noise(1, 2_000_000)));
    let film = packed(&film);
    installer.receive(&Pulled::after(1_500_000, &film), &Unwatched).err().unwrap();
    let draft = installer.receive(&film, &Unwatched).unwrap();
    assert!(draft.fetched() < 600_000, "{}", draft.fetched());
    place(&installer, dir.path(), draft, &film);
}

#[test]
fn what_a_power_cut_made_of_a_draft_or_a_bad_card_of_a_pack_is_read_again() {
    let (old, new) = (packed(&course("1.0.0", 7)), packed(&course("2.0.0", 7)));
    let zeros = |from: usize, to: usize| move |bytes: &mut Vec<u8>| bytes[from..to].fill(0);
    let spoils: [Spoil; 4] = [
        &zeros(1_000_000, 1_004_096),
        &zeros(0, 2_000_000),
        &|bytes| bytes.extend(noise(9, 5_000_000)),
        &|bytes| bytes.truncate(10),
    ];
    for (number, spoil) in spoils.iter().enumerate() {
        let dir = tempfile::tempdir().unwrap();
        let installer = start(dir.path());
        installer.receive(&new, &StopsAt(2_000_000, Kind::Unavailable)).err().unwrap();
        let half = fs::read_dir(dir.path().join("tmp")).unwrap().next().unwrap().unwrap().path();
        let (written, mut bytes) = (half.metadata().unwrap().modified().unwrap(), fs::read(&half).unwrap());
        spoil(&mut bytes);
        fs::write(&half, bytes).unwrap();
        fs::File::options().write(true).open(&half).unwrap().set_modified(written).unwrap();
        let draft = installer.receive(&new, &Unwatched).unwrap();
        if number == 0 {
            assert!(share(&draft) < 45, "{} %: one entry was bad", share(&draft));
        }
        place(&installer, dir.path(), draft, &new);
    }
    // A byte of an installed pack that is not what it was.
    let dir = tempfile::tempdir().unwrap();
    let installer = start(dir.path());
    install(&installer, &old).unwrap();
    let (path, mut bytes) = (file_of(dir.path(), &old), old.clone());
    bytes[1_500_000] ^= 1;
    fs::remove_file(&path).unwrap();
    fs::write(&path, bytes).unwrap();
    drop(installer);
    let installer = start(dir.path());
    let draft = installer.receive(&new, &Unwatched).unwrap();
    assert!(share(&draft) <= 8, "{} %", share(&draft));
    place(&installer, dir.path(), draft, &new);
}

#[test]
fn a_checksum_beside_the_pack_decides_what_is_the_publishers_file() {
    let dir = tempfile::tempdir().unwrap();
    let installer = start(dir.path());
    let new = packed(&course("2.0.0", 7));
    let wrong = installer.receive(&Vouched(&new, [1; 32]), &Unwatched).err().unwrap();
    assert_eq!(wrong.code, "pack.checksum");
    assert_eq!(count(&dir.path().join("tmp")), 0);
    let draft = installer.receive(&Vouched::of(&new), &Unwatched).unwrap();
    place(&installer, dir.path(), draft, &new);
}

#[test]
fn a_page_that_was_packed_in_another_way_is_read_from_its_publisher() {
    // A compressor that splits a page elsewhere gives other bytes of the same length.
    let split = |at: usize, page: &[u8]| {
        let block = |last: u8, part: &[u8]| {
            let length = u16::try_from(part.len()).unwrap();
            [&[last], &length.to_le_bytes()[..], &(!length).to_le_bytes(), part].concat()
        };
        [block(0, &page[..at]), block(1, &page[at..])].concat()
    };
    let page = noise(3, 40_000);
    let pack = small_pack("1.0.0").with("pages/noise.html", "");
    let archive = |at: usize, other: &str| {
        let mut pack = Shelfful(pack.0.clone()).with("media/other.svg", other);
        pack.0
            .iter_mut()
            .filter(|(path, _)| path == "pages/noise.html")
            .for_each(|(_, bytes)| *bytes = page.clone());
        repacked(&packed(&pack), &page, &split(at, &page))
    };
    let (old, new) = (archive(10_000, "<svg>1</svg>"), archive(20_000, "<svg>2</svg>"));
    let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (folder, is_vouched) in [(dir.path(), false), (other.path(), true)] {
        let installer = start(folder);
        install(&installer, &old).unwrap();
        if is_vouched {
            let draft = installer.receive(&Vouched::of(&new), &Unwatched).unwrap();
            assert!(draft.fetched() > 40_000);
            place(&installer, folder, draft, &new);
        } else {
            // Without a checksum nobody can tell; every file in it is what it must be.
            let draft = installer.receive(&new, &Unwatched).unwrap();
            assert!(draft.fetched() < 20_000);
            installer.place(draft, &Terms::default()).unwrap();
        }
        assert_eq!(version(&installer).as_deref(), Some("1.0.0"));
    }
}

/// The archive with other data for one of its entries, whose length changes.
fn repacked(archive: &[u8], content: &[u8], data: &[u8]) -> Vec<u8> {
    let directory =
        crate::packs::archive::Directory::read(&archive.to_vec(), &crate::packs::archive::LIMITS).unwrap();
    let listed = directory.listed.iter().find(|listed| listed.size == content.len() as u64).unwrap();
    let at = |place: u64| usize::try_from(place).unwrap();
    let (start, old) = (at(listed.plain_start()), at(listed.packed));
    let grown = i64::try_from(data.len()).unwrap() - i64::try_from(old).unwrap();
    let number = |bytes: &[u8], at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
    let set = |bytes: &mut [u8], at: usize, to: i64| {
        bytes[at..at + 4].copy_from_slice(&u32::try_from(to).unwrap().to_le_bytes());
    };
    let length = i64::try_from(data.len()).unwrap();
    let mut all = archive[..start].to_vec();
    set(&mut all, at(listed.head) + 18, length);
    all.extend(data);
    all.extend(&archive[start + old..at(directory.start)]);
    let mut records = directory.bytes.clone();
    let mut record = 0;
    while records[record..].starts_with(b"PK\x01\x02") {
        let head = number(&records, record + 42);
        if u64::from(head) == listed.head {
            set(&mut records, record + 20, length);
        } else if u64::from(head) > listed.head {
            set(&mut records, record + 42, i64::from(head) + grown);
        }
        let lengths = [28, 30, 32]
            .map(|at| usize::from(u16::from_le_bytes([records[record + at], records[record + at + 1]])));
        record += 46 + lengths.iter().sum::<usize>();
    }
    let end = number(&records, record + 16);
    set(&mut records, record + 16, i64::from(end) + grown);
    all.extend(records);
    all
}

#[test]
fn what_somebody_stops_is_cleared_away_and_what_must_wait_stays() {
    let dir = tempfile::tempdir().unwrap();
    let installer = start(dir.path());
    let new = packed(&course("2.0.0", 7));
    let drafts = || count(&dir.path().join("tmp"));
    let stop = |kind| installer.receive(&new, &StopsAt(1_000_000, kind)).err().unwrap();
    assert_eq!(stop(Kind::Unavailable).code, "test.stopped");
    assert_eq!(drafts(), 1);
    stop(Kind::Conflict);
    assert_eq!(drafts(), 0);
    // A draft in somebody's hands is theirs: the same pack that comes in meanwhile is another draft.
    let (first, second) =
        (installer.receive(&new, &Unwatched).unwrap(), installer.receive(&new, &Unwatched).unwrap());
    assert_eq!(drafts(), 2);
    drop(first);
    assert_eq!(drafts(), 1);
    installer.place(second, &Terms::default()).unwrap();
    assert_eq!(drafts(), 0);
}

#[test]
fn a_draft_that_nobody_goes_on_with_is_cleared_away_after_some_days() {
    let dir = tempfile::tempdir().unwrap();
    let installer = start(dir.path());
    let (one, two) = (packed(&course("1.0.0", 7)), packed(&small_pack("2.0.0")));
    installer.receive(&one, &StopsAt(1_000_000, Kind::Unavailable)).err().unwrap();
    let half = fs::read_dir(dir.path().join("tmp")).unwrap().next().unwrap().unwrap().path();
    let file = fs::File::options().write(true).open(&half).unwrap();
    let kept = file.metadata().unwrap().modified().unwrap();
    for (days, is_there) in [(2, true), (4, false)] {
        file.set_modified(kept - std::time::Duration::from_secs(days * 86_400)).unwrap();
        drop(installer.receive(&two, &Unwatched).unwrap());
        assert_eq!(half.exists(), is_there, "after {days} days");
    }
}

#[test]
fn an_upload_is_taken_where_it_lies_and_left_there_when_it_is_refused() {
    use std::os::unix::fs::MetadataExt;
    let dir = tempfile::tempdir().unwrap();
    let installer = start(dir.path());
    let new = packed(&course("1.0.0", 7));
    let upload = dir.path().join("upload");
    fs::write(&upload, &new[..new.len() - 1]).unwrap();
    assert_eq!(installer.adopt(upload.clone(), &Unwatched).err().unwrap().code, "pack.cut-off");
    assert!(upload.exists());
    fs::write(&upload, &new).unwrap();
    let inode = upload.metadata().unwrap().ino();
    let draft = installer.adopt(upload.clone(), &Unwatched).unwrap();
    assert_eq!((draft.fetched(), draft.manifest().id.as_str()), (0, ID));
    place(&installer, dir.path(), draft, &new);
    assert_eq!(file_of(dir.path(), &new).metadata().unwrap().ino(), inode);
    assert!(!upload.exists());
}
