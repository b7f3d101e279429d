//! Who was there is a function of the set of entries, whatever the order in which boxes hear of them.

use super::store::{AttendanceView, Known, of_days};
use super::{AttendanceEntry, Presence};
use crate::clock::Clock;
use crate::db::Options;
use crate::ids::{ClassId, StaffId, StreamId, StudentId};
use crate::journal::{Draft, Entry, EntryKind, Hlc, Journal, Position};
use crate::people::SessionEntry;

const CLASS: ClassId = ClassId([4; 16]);
const DAY: &str = "2026-09-21";
/// On that day.
const MORNING: u64 = 1_790_000_000_000;

fn entry(stream: u8, seq: u64, stamp: u64, draft: Draft) -> Entry {
    Entry {
        position: Position { stream: StreamId([stream; 16]), epoch: 1, seq },
        boot: 1,
        mono: 0,
        hlc: Hlc::from_bits((MORNING << 16) + stamp),
        kind: draft.kind,
        client: None,
        body: draft.body,
    }
}

fn said(student: u8, state: Option<Presence>) -> Draft {
    let student = StudentId([student; 16]);
    let entry = AttendanceEntry { class: CLASS, day: DAY.into(), student, state, by: Some(StaffId([1; 16])) };
    Draft::new(EntryKind::ATTENDANCE, &entry)
}

fn came(student: u8, opened: bool) -> Draft {
    let session = SessionEntry { student: StudentId([student; 16]), class: None, opened };
    Draft::new(EntryKind::SESSION, &session)
}

/// What is known on a box that hears of these runs of entries in their order.
fn heard(runs: &[&[Entry]]) -> Known {
    let dir = tempfile::tempdir().unwrap();
    let (clock, _) = Clock::by_hand(MORNING);
    let options = Options::journal(dir.path().join("journal.db"));
    let journal = Journal::open(&options, StreamId([9; 16]), vec![Box::new(AttendanceView)], &clock).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for run in runs {
        runtime.block_on(journal.merge(run.to_vec())).unwrap();
    }
    let known = journal.read_blocking(|connection| of_days(connection, CLASS, DAY, DAY)).unwrap();
    let views = journal.dump_views().unwrap();
    journal.rebuild().unwrap();
    assert_eq!(journal.dump_views().unwrap(), views);
    known
}

#[test]
fn the_newest_word_and_the_first_sign_in_count_whichever_box_is_heard_first() {
    let minute = 60_000 << 16;
    let one = [
        entry(1, 1, minute, came(1, true)),
        entry(1, 2, 2 * minute, said(1, Some(Presence::Late))),
        entry(1, 3, 3 * minute, said(2, Some(Presence::Absent))),
        entry(1, 4, 9 * minute, said(3, None)),
        entry(1, 5, 10 * minute, came(4, false)),
    ];
    let two = [
        entry(2, 1, 0, said(2, Some(Presence::Present))),
        entry(2, 2, minute / 2, came(1, true)),
        entry(2, 3, 4 * minute, said(1, Some(Presence::Excused))),
        entry(2, 4, 5 * minute, said(3, Some(Presence::Absent))),
    ];
    let known = heard(&[&one, &two]);
    let student = |number| StudentId([number; 16]);
    assert_eq!(known.came(DAY, student(1)), Some(MORNING + 30_000));
    assert_eq!(known.came(DAY, student(4)), None, "who signs out did not come");
    assert_eq!(known.said(DAY, student(1)), Some(Presence::Excused));
    assert_eq!(known.said(DAY, student(2)), Some(Presence::Absent));
    assert_eq!(known.said(DAY, student(3)), None, "it was taken back");
    assert_eq!(heard(&[&two, &one]), known);
    assert_eq!(heard(&[&one[..2], &two[..3], &one[2..], &two[3..]]), known);
}
