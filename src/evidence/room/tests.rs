//! What was seen in the room is a function of the set of entries, whatever the order in which boxes hear of them.

use super::rules::score_id;
use super::store::{RoomView, Written, band_of, scores_of_student};
use crate::clock::Clock;
use crate::db::Options;
use crate::evidence::{BandSet, Scored, Way};
use crate::ids::{CheckId, StaffId, StreamId, StudentId};
use crate::journal::{Draft, Entry, EntryKind, Hlc, Journal, Position};

const AMINA: StudentId = StudentId([2; 16]);
const CHECK: CheckId = CheckId([3; 16]);

fn entry(stream: u8, seq: u64, stamp: u64, draft: Draft) -> Entry {
    Entry {
        position: Position { stream: StreamId([stream; 16]), epoch: 1, seq },
        boot: 1,
        mono: 0,
        hlc: Hlc::from_bits((1_790_000_000_000 << 16) + stamp),
        kind: draft.kind,
        client: None,
        body: draft.body,
    }
}

/// A word of the box of that number on one of three skills.
fn score(stream: u8, seq: u64, stamp: u64, skill: &str, score: Option<u16>) -> Entry {
    let scored = Scored {
        id: score_id(CHECK, AMINA, skill),
        check: CHECK,
        student: AMINA,
        skill: skill.to_owned(),
        way: Way::Paper,
        score: score.unwrap_or_default(),
        questions: 10,
        guess: 0,
        at: 1_789_000_000_000,
        by: StaffId([stream; 16]),
        title: String::new(),
        withdrawn: score.is_none(),
    };
    entry(stream, seq, stamp, Draft::new(EntryKind::SCORED, &scored))
}

fn band(stream: u8, seq: u64, stamp: u64, band: Option<u8>) -> Entry {
    let (skill, by, why) = ("p/tens".to_owned(), StaffId([stream; 16]), format!("box {stream}"));
    let set = BandSet { student: AMINA, skill, band, by, why };
    entry(stream, seq, stamp, Draft::new(EntryKind::BAND, &set))
}

/// What a box knows that hears of these runs of entries in their order.
fn heard(runs: &[&[Entry]]) -> (Vec<Written>, Option<(u8, String)>, String) {
    let dir = tempfile::tempdir().unwrap();
    let (clock, _) = Clock::by_hand(1_790_000_000_000);
    let options = Options::journal(dir.path().join("journal.db"));
    let journal = Journal::open(&options, StreamId([9; 16]), vec![Box::new(RoomView)], &clock).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for run in runs {
        runtime.block_on(journal.merge(run.to_vec())).unwrap();
    }
    let scores = journal.read_blocking(|connection| scores_of_student(connection, AMINA)).unwrap();
    let band = journal.read_blocking(|connection| band_of(connection, AMINA, "p/tens")).unwrap();
    let views = journal.dump_views().unwrap();
    journal.rebuild().unwrap();
    assert_eq!(journal.dump_views().unwrap(), views);
    (scores, band, views)
}

#[test]
fn the_newest_word_counts_whichever_box_is_heard_first_and_however_often() {
    let one = [
        score(1, 1, 1, "p/tens", Some(700)),
        score(1, 2, 4, "p/ones", Some(300)),
        band(1, 3, 5, Some(4)),
        score(1, 4, 9, "p/same", Some(100)),
    ];
    let two = [
        score(2, 1, 2, "p/tens", None),
        score(2, 2, 3, "p/ones", Some(200)),
        score(2, 3, 6, "p/tens", Some(800)),
        band(2, 4, 7, None),
        band(2, 5, 8, Some(2)),
        // At the same stamp the greater stream counts.
        score(2, 6, 9, "p/same", None),
    ];
    let expected = heard(&[&one, &two]);
    let mut told: Vec<_> = expected
        .0
        .iter()
        .map(|found| (found.scored.skill.as_str(), found.scored.score, found.scored.by))
        .collect();
    told.sort_unstable();
    assert_eq!(told, [("p/ones", 300, StaffId([1; 16])), ("p/tens", 800, StaffId([2; 16]))]);
    assert_eq!(expected.1, Some((2, "box 2".to_owned())));
    assert_eq!(heard(&[&two, &one]), expected);
    assert_eq!(heard(&[&one[..2], &two[..3], &one, &two, &two]), expected);
    for cut in 0..two.len() {
        assert_eq!(heard(&[&two[..cut], &one, &two[cut..]]), expected, "cut at {cut}");
    }
}
