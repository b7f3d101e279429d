//! Plans and lessons are a function of the set of entries, whatever the order in which boxes hear of them.

use super::body::{
    ClassStrictness, ClassWay, Group, LessonEntry, Model, Plan, PlanEntry, Round, RunEntry, Station,
    StationKind, TabletPart, TeacherPart, Way, WayEntry,
};
use super::store::{Held, LessonsView, Run, plans_of, run_of_class, way_of};
use crate::clock::{Clock, Moment};
use crate::db::Options;
use crate::ids::{ClassId, PlanId, StaffId, StreamId, StudentId};
use crate::journal::{Entry, EntryKind, Hlc, Journal, Position};

const CLASS: ClassId = ClassId([4; 16]);
const MORNING: u64 = 1_790_000_000_000;

/// An entry of the box of that number.
fn entry(stream: u8, seq: u64, stamp: u64, says: &LessonEntry) -> Entry {
    Entry {
        position: Position { stream: StreamId([stream; 16]), epoch: 1, seq },
        boot: 1,
        mono: 1_000 * stamp,
        hlc: Hlc::from_bits((MORNING + 1_000 * stamp) << 16),
        kind: EntryKind::LESSON,
        client: None,
        body: says.draft().body,
    }
}

fn plan(number: u8, title: Option<&str>) -> LessonEntry {
    let content = title.map(|title| Plan {
        title: title.into(),
        model: Model::StationRotation,
        tablet: TabletPart { course: Some("org.example".into()), lesson: None, skill: Some("tens".into()) },
        teacher: TeacherPart::default(),
        groups: vec![Group {
            name: String::new(),
            drawing: "sun".into(),
            students: vec![StudentId([7; 16])],
            gap: None,
        }],
        stations: vec![Station { kind: StationKind::Tablets, text: String::new(), seats: 8 }],
        rounds: vec![Round { minutes: 12, places: vec![0] }],
        change: 60,
    });
    LessonEntry::Plan(PlanEntry {
        plan: PlanId([number; 16]),
        class: CLASS,
        content,
        by: Some(StaffId([1; 16])),
    })
}

fn run(number: u8, spent: i64, ended: bool) -> LessonEntry {
    LessonEntry::Run(RunEntry {
        plan: PlanId([number; 16]),
        class: CLASS,
        round: 0,
        spent,
        length: 720_000,
        began: MORNING,
        ended,
        by: None,
    })
}

fn way(way: Way) -> LessonEntry {
    LessonEntry::Way(WayEntry {
        class: CLASS,
        way: ClassWay { way, strictness: ClassStrictness::Strict },
        by: None,
    })
}

/// What a box knows that hears of these runs of entries in their order.
fn heard(runs: &[&[Entry]]) -> (Vec<Held>, Option<Run>, ClassWay) {
    let dir = tempfile::tempdir().unwrap();
    let (clock, _) = Clock::by_hand(MORNING);
    let options = Options::journal(dir.path().join("journal.db"));
    let journal = Journal::open(&options, StreamId([9; 16]), vec![Box::new(LessonsView)], &clock).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for run in runs {
        runtime.block_on(journal.merge(run.to_vec())).unwrap();
    }
    let known = journal
        .read_blocking(|connection| {
            Ok((plans_of(connection, CLASS)?, run_of_class(connection, CLASS)?, way_of(connection, CLASS)?))
        })
        .unwrap();
    let views = journal.dump_views().unwrap();
    journal.rebuild().unwrap();
    assert_eq!(journal.dump_views().unwrap(), views);
    known
}

#[test]
fn the_newest_word_counts_whichever_box_is_heard_first() {
    let one = [
        entry(1, 1, 1, &plan(1, Some("Tens"))),
        entry(1, 2, 2, &run(1, 0, false)),
        entry(1, 3, 5, &plan(2, Some("Halves"))),
        entry(1, 4, 8, &run(1, 300_000, false)),
        entry(1, 5, 9, &way(Way::Groups)),
    ];
    let two = [
        entry(2, 1, 3, &plan(1, Some("Tens and ones"))),
        entry(2, 2, 4, &run(1, 0, true)),
        entry(2, 3, 6, &plan(2, None)),
        entry(2, 4, 7, &way(Way::FreeChoice)),
    ];
    let known = heard(&[&one, &two]);
    let titles: Vec<&str> = known.0.iter().map(|held| held.plan.title.as_str()).collect();
    assert_eq!(titles, ["Tens and ones"]);
    let run = known.1.clone().unwrap();
    assert_eq!((run.ended, run.stand.spent), (false, 300_000));
    assert_eq!(known.2, ClassWay { way: Way::Groups, strictness: ClassStrictness::Strict });
    assert_eq!(heard(&[&two, &one]), known);
    assert_eq!(heard(&[&one[..2], &two[..3], &one[2..], &two[3..]]), known);
}

#[test]
fn time_goes_by_the_steady_clock_and_after_a_power_cut_by_the_date() {
    let (_, run, _) = heard(&[&[entry(1, 1, 10, &run(1, 0, false))]]);
    let run = run.unwrap();
    let own = StreamId([1; 16]);
    let now = |boot, mono, after| Moment { boot, mono, wall: MORNING + 10_000 + after };
    assert_eq!(run.since(now(1, 15_000, 3_600_000), own), 5_000, "somebody set the clock");
    assert_eq!(run.since(now(2, 1_000, 7_000), own), 7_000);
    assert_eq!(
        run.since(now(1, 15_000, 7_000), StreamId([2; 16])),
        7_000,
        "another box has a clock of its own"
    );
}
