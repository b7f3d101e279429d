//! Boxes and a hub under turmoil: whatever is lost, cut, sent twice or put back, everybody ends with the same entries, each once.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;

use super::*;
use crate::clock::{Clock, Hands};
use crate::db::{Options, Urgency};
use crate::error::Error;
use crate::hub::Hub;
use crate::journal::{Draft, EntryKind};

const NOW: u64 = 1_790_000_000_000;

/// A sequence that looks random and is the same in every run; splitmix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % count as u64).unwrap()
    }
}

/// A box that can be stopped, started, copied and put back.
struct OneBox {
    folder: TempDir,
    open: Option<Open>,
}

struct Open {
    journal: Arc<Journal>,
    sync: Sync,
    hands: Arc<Hands>,
}

impl OneBox {
    async fn new(hub: &Hub, school: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // The boxes of one school have its key; here it follows from the name.
        let mut key = [0; 32];
        key[..school.len()].copy_from_slice(school.as_bytes());
        std::fs::write(folder.path().join("school.key"), key).unwrap();
        let mut made = Self { folder, open: None };
        made.start();
        made.enrol(hub, school).await;
        made
    }

    fn start(&mut self) {
        let data = DataDir::open(self.folder.path()).unwrap();
        let (clock, hands) = Clock::by_hand(NOW);
        let identity = Identity::load(&data).unwrap();
        let options = Options { window: std::time::Duration::ZERO, ..Options::journal(data.journal()) };
        let journal =
            Arc::new(Journal::open(&options, identity.stream, vec![Box::new(BoxesView)], &clock).unwrap());
        let sync = Sync::open(journal.clone(), &data).unwrap();
        self.open = Some(Open { journal, sync, hands });
    }

    fn restart(&mut self) {
        self.open = None;
        self.start();
    }

    async fn enrol(&self, hub: &Hub, school: &str) {
        let code = hub.invite(school).await.unwrap();
        let admission = hub.admit(&code, self.sync().key(), "box").await.unwrap();
        let link = Link::new("http://hub", admission.school, &admission.name, &admission.hub);
        self.sync().set_link(&link).await.unwrap();
    }

    fn link(&self) -> Link {
        self.sync().link().unwrap().unwrap()
    }

    fn sync(&self) -> &Sync {
        &self.open.as_ref().unwrap().sync
    }

    /// Writes an entry that exists once in the world.
    async fn write(&self, number: usize) {
        let open = self.open.as_ref().unwrap();
        open.hands.advance(1_000);
        let draft = Draft::new(EntryKind(if number.is_multiple_of(3) { 3_000 } else { 10 }), &number);
        open.journal.write(Urgency::Now, move |stage| stage.append(draft)).await.unwrap();
    }

    /// How often each of the world's entries is here.
    async fn numbers(&self) -> BTreeMap<usize, usize> {
        let read = self.open.as_ref().unwrap().journal.read(|connection| {
            let mut numbers = BTreeMap::new();
            journal::each(connection, |entry| {
                if ![EntryKind::ANCHOR, EntryKind::BOX].contains(&entry.kind) {
                    *numbers.entry(entry.read().unwrap()).or_default() += 1;
                }
            })?;
            Ok(numbers)
        });
        read.await.unwrap()
    }

    /// The two belong to one school, and each says so.
    async fn befriend(&self, other: &Self) {
        for (one, other) in [(self, other), (other, self)] {
            let draft = Draft::new(EntryKind::BOX, &boxes::told_of(other.sync().key()));
            let journal = &one.open.as_ref().unwrap().journal;
            journal.write(Urgency::Now, move |stage| stage.append(draft)).await.unwrap();
        }
    }

    /// Rounds with the hub until nothing is left to say.
    async fn finish(&self, hub: &Hub) {
        self.finish_with(Partner::Hub(hub)).await;
    }

    async fn finish_with(&self, partner: Partner<'_>) {
        for _ in 0..40 {
            if matches!(self.round(partner, Fault::None).await, Some(outcome) if !outcome.more) {
                return;
            }
        }
        panic!("the rounds do not end");
    }

    async fn round(&self, partner: Partner<'_>, fault: Fault) -> Option<Outcome> {
        let sync = self.sync();
        let link = partner.link(self);
        let request = sync.request(&link).await.unwrap();
        let answer = match fault {
            Fault::RequestLost => return None,
            Fault::RequestCut(share) => {
                partner.exchange(&request.body[..request.body.len() * share / 100]).await
            }
            Fault::Twice => {
                let first = partner.exchange(&request.body).await;
                assert_eq!(partner.exchange(&request.body).await.unwrap_err().code, "sync.counter-old");
                first
            }
            _ => partner.exchange(&request.body).await,
        };
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                sync.fail(&link, &error).await.unwrap();
                return None;
            }
        };
        match fault {
            Fault::AnswerLost => None,
            Fault::AnswerCut(share) => {
                let cut = &answer[..answer.len() * share / 100];
                assert_eq!(sync.take(&link, &request, cut).await.unwrap_err().code, "sync.cut-short");
                None
            }
            _ => Some(sync.take(&link, &request, &answer).await.unwrap()),
        }
    }
}

/// Whom a box talks to.
#[derive(Clone, Copy)]
enum Partner<'a> {
    Hub(&'a Hub),
    Box(&'a OneBox),
}

impl Partner<'_> {
    fn link(self, of: &OneBox) -> Link {
        match self {
            Self::Hub(_) => of.link(),
            Self::Box(other) => {
                Link::new("http://box", crate::ids::SchoolId([0; 16]), "", &other.sync().key())
            }
        }
    }

    async fn exchange(self, body: &[u8]) -> Result<Vec<u8>> {
        match self {
            Self::Hub(hub) => hub.exchange(body).await,
            Self::Box(other) => other.sync().answer(body).await,
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Fault {
    None,
    RequestLost,
    RequestCut(usize),
    AnswerLost,
    AnswerCut(usize),
    Twice,
}

fn fault(dice: &mut Dice) -> Fault {
    match dice.below(8) {
        0 => Fault::RequestLost,
        1 => Fault::RequestCut(dice.below(100)),
        2 => Fault::AnswerLost,
        3 => Fault::AnswerCut(dice.below(100)),
        4 => Fault::Twice,
        _ => Fault::None,
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn hub() -> (TempDir, Hub) {
    let folder = tempfile::tempdir().unwrap();
    let hub = Hub::open(folder.path(), Clock::by_hand(NOW + 900_000).0).unwrap();
    (folder, hub)
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_line_does_all_boxes_of_a_school_end_with_every_entry_once() {
    for seed in 0..12 {
        let mut dice = Dice(seed);
        let (_folder, hub) = hub();
        let mut boxes = vec![
            OneBox::new(&hub, "Hill").await,
            OneBox::new(&hub, "Hill").await,
            OneBox::new(&hub, "Lake").await,
        ];
        boxes[0].befriend(&boxes[1]).await;
        let stick = tempfile::tempdir().unwrap();
        let mut written = [0_usize; 2];
        for number in 0..150 {
            let at = dice.below(3);
            match dice.below(13) {
                0..=5 => {
                    boxes[at].write(number).await;
                    written[at / 2] += 1;
                }
                6 => boxes[at].restart(),
                7 => {
                    boxes[at].sync().exchange_with_stick(stick.path()).await.unwrap();
                }
                8 => drop(hub.visit(stick.path()).await.unwrap()),
                9 | 10 if at < 2 => {
                    let _ = boxes[at].round(Partner::Box(&boxes[1 - at]), fault(&mut dice)).await;
                }
                _ => {
                    let _ = boxes[at].round(Partner::Hub(&hub), fault(&mut dice)).await;
                }
            }
        }
        if seed % 2 == 0 {
            // They need no hub to be alike.
            boxes[0].finish_with(Partner::Box(&boxes[1])).await;
            assert_eq!(boxes[0].numbers().await, boxes[1].numbers().await, "seed {seed}");
        }
        for _ in 0..2 {
            for one in &boxes {
                one.finish(&hub).await;
            }
        }
        let (hill, other, lake) =
            (boxes[0].numbers().await, boxes[1].numbers().await, boxes[2].numbers().await);
        assert_eq!(hill, other, "seed {seed}");
        assert_eq!((hill.len(), lake.len()), (written[0], written[1]), "seed {seed}");
        assert!(
            hill.values().chain(lake.values()).all(|count| *count == 1),
            "seed {seed}: {hill:?} {lake:?}"
        );
        let rows = hub.schools().await.unwrap();
        let entries: u64 = rows.iter().map(|row| row.entries).sum();
        // The hub's date is an entry of each box's start.
        assert!(entries >= u64::try_from(written[0] + written[1]).unwrap(), "seed {seed}");
        assert_eq!(rows.iter().map(|row| row.quarantined).sum::<u64>(), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_takes_in_a_box_that_another_one_of_its_school_let_in() {
    let (_folder, hub) = hub();
    let one = OneBox::new(&hub, "Hill").await;
    let elsewhere = self::hub().1;
    let other = OneBox::new(&elsewhere, "Hill").await;
    other.sync().set_link(&one.link()).await.unwrap();
    other.write(1).await;
    let request = other.sync().request(&one.link()).await.unwrap();
    assert_eq!(hub.exchange(&request.body).await.unwrap_err().code, "sync.box-unknown");
    one.befriend(&other).await;
    one.finish(&hub).await;
    other.finish(&hub).await;
    one.finish(&hub).await;
    assert_eq!(one.numbers().await, BTreeMap::from([(1, 1)]));
    // Not even its own school moves a box of another one.
    let lake = OneBox::new(&hub, "Lake").await;
    one.befriend(&lake).await;
    one.finish(&hub).await;
    lake.write(2).await;
    lake.finish(&hub).await;
    one.finish(&hub).await;
    assert_eq!(one.numbers().await, BTreeMap::from([(1, 1)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_box_that_is_put_back_to_an_older_copy_loses_nothing_and_doubles_nothing() {
    for (seed, with_segments) in [(1, true), (2, false), (3, true), (4, false)] {
        let mut dice = Dice(seed);
        let (_folder, hub) = hub();
        let mut one = OneBox::new(&hub, "Hill").await;
        let mut number = 0;
        let mut write = async |one: &OneBox, count: usize| {
            for _ in 0..count {
                one.write(number).await;
                number += 1;
            }
            number
        };
        write(&one, 20 + dice.below(10)).await;
        one.finish(&hub).await;
        write(&one, 5).await;
        let backup = tempfile::tempdir().unwrap();
        one.open = None;
        copy(one.folder.path(), backup.path());
        one.start();
        write(&one, 10 + dice.below(10)).await;
        one.finish(&hub).await;
        // The card dies, and the copy is put back; the segments may have lain on another disk.
        one.open = None;
        for name in ["journal.db", "journal.db-wal", "journal.db-shm"] {
            let _ = std::fs::remove_file(one.folder.path().join(name));
        }
        if with_segments {
            std::fs::remove_dir_all(one.folder.path().join("segments")).unwrap();
            copy(backup.path(), one.folder.path());
        } else {
            for name in ["journal.db", "journal.db-wal"] {
                let _ = std::fs::copy(backup.path().join(name), one.folder.path().join(name));
            }
        }
        one.start();
        let all = write(&one, 7).await;
        one.finish(&hub).await;
        let numbers = one.numbers().await;
        assert_eq!(numbers.len(), all, "seed {seed}: nothing is lost");
        assert!(numbers.values().all(|count| *count == 1), "seed {seed}: {numbers:?}");
        let other = OneBox::new(&hub, "Hill").await;
        other.finish(&hub).await;
        assert_eq!(other.numbers().await, numbers, "seed {seed}: a new box gets the same");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_boxes_with_one_key_keep_what_both_wrote() {
    let (_folder, hub) = hub();
    let mut one = OneBox::new(&hub, "Hill").await;
    for number in 0..10 {
        one.write(number).await;
    }
    one.finish(&hub).await;
    one.open = None;
    let mut copied = OneBox { folder: tempfile::tempdir().unwrap(), open: None };
    copy(one.folder.path(), copied.folder.path());
    one.start();
    copied.start();
    for number in 0..8 {
        one.write(100 + number).await;
        copied.write(200 + number).await;
        if number % 3 == 0 {
            one.finish(&hub).await;
            copied.finish(&hub).await;
        }
    }
    for _ in 0..3 {
        one.finish(&hub).await;
        copied.finish(&hub).await;
    }
    let numbers = one.numbers().await;
    assert_eq!(numbers, copied.numbers().await);
    assert_eq!(numbers.len(), 10 + 8 + 8);
    assert!(numbers.values().all(|count| *count == 1), "{numbers:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_lost_a_week_gets_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let open = |path: &Path| Hub::open(path, Clock::by_hand(NOW).0).unwrap();
    let hub = open(folder.path());
    let one = OneBox::new(&hub, "Hill").await;
    one.write(1).await;
    one.finish(&hub).await;
    drop(hub);
    let backup = tempfile::tempdir().unwrap();
    copy(folder.path(), backup.path());
    let hub = open(folder.path());
    for number in 2..30 {
        one.write(number).await;
    }
    one.finish(&hub).await;
    let before = hub.schools().await.unwrap()[0].entries;
    drop(hub);
    let hub = open(backup.path());
    assert!(hub.schools().await.unwrap()[0].entries < before);
    one.finish(&hub).await;
    assert!(hub.schools().await.unwrap()[0].entries >= before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stick_in_a_pocket_carries_the_same_and_tells_nothing_when_it_is_lost() {
    let (_folder, hub) = hub();
    let hill = [OneBox::new(&hub, "Hill").await, OneBox::new(&hub, "Hill").await];
    let lake = OneBox::new(&hub, "Lake").await;
    let stick = tempfile::tempdir().unwrap();
    let mut number = 0;
    for journey in 0..4 {
        for one in hill.iter().chain([&lake]) {
            for _ in 0..10 {
                one.write(number).await;
                number += 1;
            }
            let report = one.sync().exchange_with_stick(stick.path()).await.unwrap();
            assert!(report.written >= 10, "journey {journey}: {report:?}");
        }
        // A stick is pulled out too early, and a file is damaged: the others count.
        let up = stick.path().join("schoolhouse/up");
        std::fs::write(up.join("00-1.sync"), b"SHE1 half a file").unwrap();
        let visits = hub.visit(stick.path()).await.unwrap();
        assert_eq!(visits.iter().filter(|visit| visit.problem.is_none()).count(), 3, "{visits:?}");
    }
    for one in hill.iter().chain([&lake]) {
        one.sync().exchange_with_stick(stick.path()).await.unwrap();
    }
    let (one, other) = (hill[0].numbers().await, hill[1].numbers().await);
    assert!(one.len() >= 70 && other.len() >= 70, "{} and {}", one.len(), other.len());
    assert!(one.values().chain(other.values()).all(|count| *count == 1));
    // A line overtakes the stick; both stay true.
    hill[0].finish(&hub).await;
    hill[1].finish(&hub).await;
    assert_eq!(hill[0].numbers().await.len(), 80);
    assert_eq!(hill[0].numbers().await, hill[1].numbers().await);
    assert!(hub.visit(stick.path()).await.unwrap().iter().all(|visit| visit.problem.is_none()));
    let names = ["Hill".as_bytes(), &hill[0].sync().key()];
    for folder in ["up", "down"] {
        for entry in std::fs::read_dir(stick.path().join("schoolhouse").join(folder)).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            for name in names {
                assert!(!bytes.windows(name.len()).any(|part| part == name));
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_are_refused() {
    let (_folder, hub) = hub();
    let one = OneBox::new(&hub, "Hill").await;
    one.write(1).await;
    let stranger = OneBox::new(&self::hub().1, "Hill").await;
    stranger.write(2).await;
    let request = stranger.sync().request(&stranger.link()).await.unwrap();
    let refused = |result: std::result::Result<Vec<u8>, Error>| result.unwrap_err().code;
    assert_eq!(refused(hub.exchange(&request.body).await), "sync.box-unknown");
    assert_eq!(refused(hub.exchange(b"").await), "sync.cut-short");
    let mut changed = one.sync().request(&one.link()).await.unwrap().body;
    changed[20] ^= 1;
    assert_eq!(refused(hub.exchange(&changed).await), "sync.greeting-wrong");
    let code = hub.invite("Hill").await.unwrap();
    hub.admit(&code, [1; 32], "x").await.unwrap();
    assert_eq!(
        hub.admit(&code, [2; 32], "y").await.unwrap_err().code,
        "sync.code-unknown",
        "a code lets one in"
    );
    // An answer of another hub, or to another request, changes nothing.
    let link = one.sync().link().unwrap().unwrap();
    let request = one.sync().request(&one.link()).await.unwrap();
    let answer = hub.exchange(&request.body).await.unwrap();
    let later = one.sync().request(&one.link()).await.unwrap();
    assert_eq!(one.sync().take(&link, &later, &answer).await.unwrap_err().code, "sync.answer-foreign");
    hub.revoke(Identity::stream_of(&one.sync().key())).await.unwrap();
    assert_eq!(refused(hub.exchange(&later.body).await), "sync.box-revoked");
}
