//! The views are functions of the set of entries, on real databases.

use proptest::prelude::*;

use super::*;
use crate::clock::Clock;
use crate::db::{Options, Urgency};
use crate::ids::{CheckId, ScoreId, StaffId, StudentId};
use crate::journal::{self, Draft, Entry, EntryKind, Identity, Journal};

fn spot(activity: u8, run: u32) -> Spot {
    Spot { course: "org.example".into(), lesson: "tens".into(), activity: format!("a{activity}"), run }
}

fn answer(student: StudentId, spot: Spot, place: u32, score: u16) -> Answer {
    Answer {
        student,
        spot,
        place,
        item: "tens-1".into(),
        item_version: 1,
        seed: 1,
        response: b"\"34\"".to_vec(),
        score,
        marked: true,
        tablet_score: None,
        guess: 0,
        skills: vec![SkillShare { id: "tens-and-ones".into(), weight: 1_000 }],
        check: false,
        milliseconds: 5_000,
        hints: 0,
        tries: 1,
        ago: 0,
        pack_version: "1.0.0".into(),
        pack_hash: [1; 8],
        difficulty: None,
        partner: None,
    }
}

/// A test of the day before, of which four versions may be written down.
fn scored(student: StudentId, version: u32) -> Scored {
    Scored {
        id: ScoreId(student.0),
        check: CheckId([1; 16]),
        student,
        skill: "org.example/tens-and-ones".into(),
        way: Way::Paper,
        score: u16::try_from(version).unwrap() * 100,
        questions: 10,
        guess: 0,
        at: 1_790_000_000_000 - 86_400_000 + u64::from(version),
        by: StaffId([9; 16]),
        title: String::new(),
        withdrawn: version == 3,
    }
}

/// What happens on a box in a test: (student, activity, place, kind of entry, milliseconds that pass before).
type Event = (u8, u8, u32, u8, u64);

fn draft((student, activity, place, kind, _): Event) -> Draft {
    let (student, spot) = (StudentId([student; 16]), spot(activity, 1 + place % 2));
    let partner = StudentId([activity; 16]);
    match kind {
        7 => Draft::new(
            EntryKind::ANSWER,
            &Answer { partner: Some(partner), ..answer(student, spot, place, 500) },
        ),
        8 => Draft::new(EntryKind::SCORED, &scored(student, place)),
        0 => Draft::new(EntryKind::OPEN, &Open { student, spot, ago: 0 }),
        1 => Draft::new(EntryKind::READ, &Read { student, spot, milliseconds: 10, ago: 0 }),
        score => Draft::new(EntryKind::ANSWER, &answer(student, spot, place, u16::from(score) * 250)),
    }
}

struct TestBox {
    journal: Journal,
    hands: std::sync::Arc<crate::clock::Hands>,
    _dir: tempfile::TempDir,
}

fn open(seed: u8) -> TestBox {
    let dir = tempfile::tempdir().unwrap();
    let (clock, hands) = Clock::by_hand(1_790_000_000_000);
    let stream = Identity::from_seed(&[seed; 32]).stream;
    let path = dir.path().join("journal.db");
    let journal = Journal::open(
        &Options::journal(path),
        stream,
        vec![Box::new(EvidenceView), Box::new(SeenView)],
        &clock,
    )
    .unwrap();
    TestBox { journal, hands, _dir: dir }
}

impl TestBox {
    fn happens(&self, events: Vec<Event>) {
        let hands = self.hands.clone();
        self.journal
            .write_blocking(Urgency::Now, move |stage| {
                for event in events {
                    hands.advance(event.4);
                    stage.append(draft(event))?;
                }
                Ok(())
            })
            .unwrap();
    }

    /// More commits than a listener may lag behind, all about another student.
    fn overflow_the_tail(&self) {
        for _ in 0..=journal::TAIL {
            self.happens(vec![(2, 0, 0, 1, 1)]);
        }
    }

    fn entries(&self) -> Vec<Entry> {
        self.journal.read_blocking(|connection| journal::newest(connection, 1_000)).unwrap()
    }

    fn merge(&self, entries: &[Entry]) {
        let entries = entries.to_vec();
        tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
            .block_on(self.journal.merge(entries))
            .unwrap();
    }

    fn pieces(&self) -> Vec<Vec<Piece>> {
        let students = (0..3).map(|student| StudentId([student; 16])).collect();
        let mut found =
            self.journal.read_blocking(move |connection| pieces_of(connection, &students)).unwrap();
        (0..3).map(|student| in_order(found.remove(&StudentId([student; 16])).unwrap_or_default())).collect()
    }

    fn progress(&self) -> Vec<Progress> {
        (0..3)
            .map(|student| {
                self.journal
                    .read_blocking(move |connection| progress_of(connection, StudentId([student; 16])))
                    .unwrap()
            })
            .collect()
    }
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    prop::collection::vec((0..3_u8, 0..2_u8, 0..4_u32, 0..9_u8, 0..3_u64), 1..25)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn the_views_do_not_depend_on_the_order_in_which_streams_arrive(
        one in events(), two in events(), cut in 0..25_usize,
    ) {
        let (box_one, box_two) = (open(1), open(2));
        box_one.happens(one);
        box_two.happens(two);
        let (one, two) = (box_one.entries(), box_two.entries());
        let (early, late) = one.split_at(cut.min(one.len()));
        let (there, back, mixed) = (open(3), open(4), open(5));
        for (receiver, runs) in [(&there, vec![&one[..], &two]), (&back, vec![&two, &one]), (&mixed, vec![early, &two, late])] {
            for run in runs {
                receiver.merge(run);
                receiver.journal.dump_views().unwrap();
            }
        }
        let expected = there.journal.dump_views().unwrap();
        prop_assert_eq!(&expected, &back.journal.dump_views().unwrap());
        prop_assert_eq!(&expected, &mixed.journal.dump_views().unwrap());
        mixed.journal.rebuild().unwrap();
        prop_assert_eq!(&expected, &mixed.journal.dump_views().unwrap());

        // Half folded and half not is as good as all folded.
        let unfolded = open(6);
        unfolded.merge(&one);
        unfolded.journal.dump_views().unwrap();
        unfolded.merge(&two);
        prop_assert_eq!(unfolded.progress(), there.progress());
        prop_assert_eq!(unfolded.pieces(), there.pieces());
    }
}

#[test]
fn evidence_stands_where_it_happened_and_its_last_version_counts() {
    let school = open(1);
    // Two answers of student 0, the second together with student 1; then a test of yesterday, and its score mended.
    school.happens(vec![(0, 0, 0, 4, 10), (0, 1, 0, 7, 10), (0, 0, 1, 8, 10), (0, 0, 2, 8, 10)]);
    let of_student = |student: usize| {
        let kind = |piece: &Piece| match &piece.what {
            What::Answer(answer) => format!("answer {}", answer.score),
            What::Scored(scored) => format!("paper {}", scored.score),
            What::Band(_) => "word".to_owned(),
        };
        school.pieces()[student].iter().map(kind).collect::<Vec<_>>()
    };
    assert_eq!(of_student(0), ["paper 200", "answer 1000", "answer 500"]);
    assert_eq!(of_student(1), ["answer 500"]);
    assert!(of_student(2).is_empty());
}

#[test]
fn the_first_answer_to_a_place_counts_and_the_last_place_is_where_to_go_on() {
    let school = open(1);
    let student = 0;
    // (student, activity, place, kind, pause): kinds above 1 are answers of kind × 250 thousandths.
    school.happens(vec![
        (student, 0, 0, 0, 10),
        (student, 0, 0, 4, 10),
        (student, 0, 0, 2, 10),
        (student, 1, 0, 0, 10),
    ]);
    let progress = &school.progress()[0];
    let run = progress.run(&spot(0, 1)).unwrap();
    assert_eq!((run.marks[&0].score, run.done(8), run.right(8)), (1_000, 1, 1));
    assert_eq!(progress.last(|_| true), Some(spot(1, 1)));
    assert_eq!(progress.last(|_| false), None);
}

impl known::Known<Progress> {
    fn here(&mut self, student: StudentId) -> Option<std::sync::Arc<Progress>> {
        if let Look::Here(progress) = self.look(student) { Some(progress) } else { None }
    }

    fn must_read(&mut self, student: StudentId) -> known::Reading {
        if let Look::Read(reading) = self.look(student) { reading } else { panic!("it is here") }
    }
}

#[test]
fn progress_in_memory_misses_nothing_that_happens_while_it_is_read() {
    let school = open(1);
    let student = StudentId([0; 16]);
    let read = || school.journal.read_blocking(move |connection| progress_of(connection, student)).unwrap();
    let mut known = known::Known::new(school.journal.subscribe());
    school.happens(vec![(0, 0, 0, 4, 1)]);
    let reading = known.must_read(student);
    // One answer comes before the views are read, one between that and taking in what was read.
    school.happens(vec![(0, 0, 1, 2, 1)]);
    let loaded = read();
    school.happens(vec![(0, 0, 2, 4, 1), (1, 0, 2, 4, 1)]);
    known.must_read(StudentId([1; 16])); // somebody else looks meanwhile and follows the tail
    assert_eq!(*known.admit(student, reading, loaded), read());
    school.happens(vec![(0, 1, 3, 3, 1), (0, 1, 3, 0, 1)]);
    assert_eq!(known.here(student).as_deref(), Some(&read()));
    school.journal.dump_views().unwrap();
    assert_eq!(known.here(student).as_deref(), Some(&read()), "a fold changes nothing");
}

#[test]
fn progress_in_memory_is_read_anew_when_too_much_was_missed_also_while_it_was_being_read() {
    let school = open(1);
    let student = StudentId([0; 16]);
    let read = || school.journal.read_blocking(move |connection| progress_of(connection, student)).unwrap();
    let mut known = known::Known::new(school.journal.subscribe());
    let early = known.must_read(student);
    let loaded_early = read();
    school.happens(vec![(0, 0, 0, 4, 1)]);
    school.overflow_the_tail();
    let late = known.must_read(student);
    let loaded_late = read();
    assert_ne!(loaded_early, loaded_late);
    known.admit(student, early, loaded_early);
    assert_eq!(*known.admit(student, late, loaded_late), read());
    school.happens(vec![(0, 1, 3, 3, 1)]);
    assert_eq!(known.here(student).as_deref(), Some(&read()));
    school.overflow_the_tail();
    assert!(known.here(student).is_none(), "what was missed may have been this student's");
}

#[test]
fn entries_of_a_newer_version_are_understood() {
    #[derive(minicbor::Encode)]
    struct NewerOpen {
        #[n(0)]
        student: StudentId,
        #[n(1)]
        spot: Spot,
        #[n(2)]
        ago: u64,
        #[n(3)]
        news: Option<String>,
    }
    let student = StudentId([1; 16]);
    let newer = NewerOpen { student, spot: spot(1, 1), ago: 5, news: Some("of tomorrow".into()) };
    let read: Open = minicbor::decode(&minicbor::to_vec(newer).unwrap()).unwrap();
    assert_eq!(read, Open { student, spot: spot(1, 1), ago: 5 });
}
