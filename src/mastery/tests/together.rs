//! From entries to ratings: whatever the order in which they arrive, and the same for tablet and paper but for the weight.

use std::sync::Arc;

use super::super::record::{Ground, Record};
use super::simulated::Dice;
use super::*;
use crate::evidence::{Answer, BandSet, Hardness, Piece, Scored, SkillShare, Spot, Stamp, Way, What, When};
use crate::ids::{CheckId, ScoreId, StaffId, StreamId, StudentId};
use crate::journal::{Hlc, Position};
use crate::packs::Packs;

const ADA: StudentId = StudentId([7; 16]);
const SKILL: &str = "org.example.sums/add";

fn ground() -> Ground {
    Ground { packs: Arc::new(Packs::of_trees(Vec::new()).unwrap()), difficulties: Arc::default() }
}

fn piece(number: u64, at: u64, what: What) -> Piece {
    let position = Position { stream: StreamId([1; 16]), epoch: 1, seq: number };
    Piece { when: When { at, stamp: Stamp { hlc: Hlc::from_bits(number << 20), position } }, what }
}

fn answer(place: u32, right: bool) -> Answer {
    let (lesson, activity) = ("one".to_owned(), "try".to_owned());
    Answer {
        student: ADA,
        spot: Spot { course: "org.example.sums".to_owned(), lesson, activity, run: 1 },
        place,
        item: format!("item-{place}"),
        item_version: 1,
        seed: 0,
        response: Vec::new(),
        score: if right { 1_000 } else { 0 },
        marked: true,
        tablet_score: None,
        guess: 0,
        skills: vec![SkillShare { id: "add".to_owned(), weight: 1_000 }],
        check: true,
        milliseconds: 5_000,
        hints: 0,
        tries: 1,
        ago: 0,
        pack_version: "1.0.0".to_owned(),
        pack_hash: [0; 8],
        difficulty: Some(Hardness { mean: 0, variance: 1 }),
        partner: None,
    }
}

fn paper(id: u8, right: u16, of: u16) -> Scored {
    Scored {
        id: ScoreId([id; 16]),
        check: CheckId([1; 16]),
        student: ADA,
        skill: SKILL.to_owned(),
        way: Way::Paper,
        score: right * 1_000 / of,
        questions: of,
        guess: 0,
        at: 0,
        by: StaffId([2; 16]),
        title: "Test".to_owned(),
        withdrawn: false,
    }
}

/// The ratings of a record, to the last bit.
fn bits(record: &Record) -> Vec<u64> {
    let student = record.learner().student();
    let skill = student.skill(SKILL);
    let (g, m) = (student.ability(), skill.offset);
    [g.mean, g.variance, m.mean, m.variance, skill.seen].map(f64::to_bits).to_vec()
}

#[test]
fn a_thousand_orders_of_arrival_give_the_same_bits() {
    let mut pieces: Vec<Piece> = (0..40)
        .map(|n| piece(u64::from(n) + 1, 1_000 * u64::from(n), What::Answer(Box::new(answer(n, n % 3 > 0)))))
        .collect();
    // A paper test of the first hour, written down at the end and mended; an answer that came twice; a teacher's word.
    pieces.push(piece(100, 2_500, What::Scored(Box::new(paper(1, 3, 10)))));
    pieces.push(piece(101, 2_500, What::Scored(Box::new(paper(1, 8, 10)))));
    pieces.push(piece(102, 9_999_999, What::Answer(Box::new(answer(5, false)))));
    let word = BandSet {
        student: ADA,
        skill: SKILL.to_owned(),
        band: Some(4),
        by: StaffId([2; 16]),
        why: String::new(),
    };
    pieces.push(piece(103, 5_000, What::Band(word)));
    let in_order = bits(&Record::of(ground(), ADA, pieces.clone()));
    let mut dice = Dice(11);
    for round in 0..1_000 {
        for last in (1..pieces.len()).rev() {
            let other = usize::try_from(dice.next() % (last as u64 + 1)).unwrap();
            pieces.swap(last, other);
        }
        assert_eq!(bits(&Record::of(ground(), ADA, pieces.clone())), in_order, "round {round}");
    }
}

#[test]
fn a_record_that_follows_the_journal_is_the_record_that_is_read_anew() {
    use crate::evidence::Picture as _;
    let answers: Vec<Piece> = (0..30)
        .map(|n| piece(u64::from(n) + 1, 500 * u64::from(n), What::Answer(Box::new(answer(n, n % 4 > 0)))))
        .collect();
    let mut followed = Record::of(ground(), ADA, answers[..10].to_vec());
    for next in &answers[10..] {
        assert!(followed.take(next.clone()));
    }
    assert_eq!(bits(&followed), bits(&Record::of(ground(), ADA, answers.clone())));
    // What belongs earlier, or again: it must be read anew.
    assert!(!followed.clone().take(piece(90, 700, What::Scored(Box::new(paper(1, 5, 10))))));
    assert!(!followed.take(piece(91, 900_000, What::Answer(Box::new(answer(3, true))))));
}

#[test]
fn the_same_test_on_paper_and_on_tablets_differs_by_the_weight_alone() {
    for right in 0..=10_u16 {
        let on_paper =
            Record::of(ground(), ADA, vec![piece(1, 0, What::Scored(Box::new(paper(1, right, 10))))]);
        // The documented rule: ten questions trusted by 0.7, without single items.
        let mut by_rule = Student::default();
        let score = f64::from(right) / 10.0;
        let rule = |weight| Observation { score, questions: 10.0, weight, guess: 0.0, feedback: false };
        let hard = Hard { skill: Estimate::DIFFICULTY, item: Estimate::NO_ITEM };
        by_rule.take(SKILL, None, &rule(0.7), hard);
        assert_eq!(on_paper.learner().student().ability(), by_rule.ability());
        // With the weight of a tablet it moves as the tablet does where all ten are one observation.
        let moved = |weight| {
            let mut student = Student::default();
            student.take(SKILL, None, &rule(weight), hard);
            student.ability().mean
        };
        assert!(moved(0.7).abs() <= moved(1.0).abs());
    }
    // Answer by answer on a tablet, in a check: the same direction, further.
    let on_tablet = |right: u32| {
        let pieces = (0..10)
            .map(|n| piece(u64::from(n) + 1, u64::from(n), What::Answer(Box::new(answer(n, n < right)))));
        Record::of(ground(), ADA, pieces.collect()).learner().student().ability().mean
    };
    let on_paper = |right: u16| {
        let pieces = vec![piece(1, 0, What::Scored(Box::new(paper(1, right, 10))))];
        Record::of(ground(), ADA, pieces).learner().student().ability().mean
    };
    assert!(on_paper(9) > 0.0 && on_tablet(9) > on_paper(9));
    assert!(on_paper(2) < 0.0 && on_tablet(2) < on_paper(2));
}

#[test]
fn two_on_one_tablet_are_credited_with_half_each() {
    let friend = StudentId([8; 16]);
    let mut both = answer(0, true);
    both.partner = Some(friend);
    let pair = vec![piece(1, 0, What::Answer(Box::new(both)))];
    let of = |student| bits(&Record::of(ground(), student, pair.clone()));
    assert_eq!(of(ADA), of(friend));
    let alone = Record::of(ground(), ADA, vec![piece(1, 0, What::Answer(Box::new(answer(0, true))))]);
    let moved = Record::of(ground(), ADA, pair.clone()).learner().student().ability().mean;
    assert!(moved > 0.0 && moved < alone.learner().student().ability().mean);
}
