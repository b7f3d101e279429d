//! What a class has is a function of the set of entries, whatever the order in which boxes hear of them.

use super::Gift;
use super::store::{GivenEntry, GivenView, Held, held_by};
use crate::clock::Clock;
use crate::db::Options;
use crate::ids::{ClassId, StaffId, StreamId};
use crate::journal::{Entry, EntryKind, Hlc, Journal, Position};

const CLASS: ClassId = ClassId([4; 16]);

/// An entry of the box of that number: what it gives or takes back, at which stamp.
fn entry(stream: u8, seq: u64, stamp: u64, lesson: Option<&str>, given: bool) -> Entry {
    let gift = Gift { course: "org.example".into(), lesson: lesson.map(str::to_owned) };
    Entry {
        position: Position { stream: StreamId([stream; 16]), epoch: 1, seq },
        boot: 1,
        mono: 0,
        hlc: Hlc::from_bits((1_790_000_000_000 << 16) + stamp),
        kind: EntryKind::GIVEN,
        client: None,
        body: GivenEntry::new(CLASS, gift, given, StaffId([stream; 16])).draft().body,
    }
}

/// What the class has on a box that hears of these runs of entries in their order.
fn heard(runs: &[&[Entry]]) -> Vec<Held> {
    let dir = tempfile::tempdir().unwrap();
    let (clock, _) = Clock::by_hand(1_790_000_000_000);
    let options = Options::journal(dir.path().join("journal.db"));
    let journal = Journal::open(&options, StreamId([9; 16]), vec![Box::new(GivenView)], &clock).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for run in runs {
        runtime.block_on(journal.merge(run.to_vec())).unwrap();
    }
    let held = journal.read_blocking(|connection| held_by(connection, CLASS)).unwrap();
    let views = journal.dump_views().unwrap();
    journal.rebuild().unwrap();
    assert_eq!(journal.dump_views().unwrap(), views);
    held
}

#[test]
fn the_newest_word_counts_whichever_box_is_heard_first() {
    let one = [
        entry(1, 1, 1, None, true),
        entry(1, 2, 4, Some("tens"), true),
        entry(1, 3, 6, Some("ones"), true),
        entry(1, 4, 7, Some("same"), true),
    ];
    let two = [
        entry(2, 1, 2, None, false),
        entry(2, 2, 3, Some("tens"), false),
        entry(2, 3, 5, Some("ones"), true),
        // At the same stamp the greater stream counts.
        entry(2, 4, 7, Some("same"), false),
    ];
    let expected = heard(&[&one, &two]);
    let lessons: Vec<_> = expected.iter().map(|held| held.gift.lesson.as_deref()).collect();
    assert_eq!(lessons, [Some("ones"), Some("tens")], "the newest first");
    assert!(expected.iter().all(|held| held.by == Some(StaffId([1; 16]))));
    assert_eq!(heard(&[&two, &one]), expected);
    assert_eq!(heard(&[&one[..2], &two[..3], &one[2..], &two[3..]]), expected);
}
