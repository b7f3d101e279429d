//! The rating against the golden vectors, and a replay as a person would read it.

use std::collections::{BTreeMap, HashMap};

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

mod over_time;
pub(super) mod simulated;
mod together;

/// How near a number must come to its golden vector.
const NEAR: f64 = 1e-9;

#[derive(Deserialize)]
struct Vectors {
    /// Difficulties stay as in the prior.
    rating: Vec<Story>,
    /// Difficulties are learned jointly, in order.
    calibration: Vec<Story>,
}

#[derive(Deserialize)]
struct Story {
    prior: Prior,
    steps: Vec<Told>,
}

#[derive(Deserialize)]
struct Prior {
    skills: HashMap<String, [f64; 2]>,
    items: HashMap<String, [f64; 2]>,
}

#[derive(Deserialize)]
struct Told {
    evidence: Evidence,
    expect: BTreeMap<String, serde_json::Value>,
}

#[derive(Deserialize)]
struct Evidence {
    student: String,
    skill: String,
    item: Option<String>,
    score: f64,
    questions: f64,
    weight: f64,
    guess: f64,
    feedback: bool,
}

fn estimates(numbers: HashMap<String, [f64; 2]>) -> HashMap<String, Estimate> {
    numbers.into_iter().map(|(name, [mean, variance])| (name, Estimate { mean, variance })).collect()
}

fn pair(estimate: Estimate) -> Vec<f64> {
    vec![estimate.mean, estimate.variance]
}

/// Plays a story and compares each number that it names. Answers how many there were.
fn check(story: Story, learns: bool) -> usize {
    let mut difficulties = Difficulties::new(estimates(story.prior.skills), estimates(story.prior.items));
    let mut students: HashMap<String, Student> = HashMap::new();
    let mut compared = 0;
    for (number, Told { evidence, expect }) in story.steps.into_iter().enumerate() {
        let Evidence { student, skill, item, score, questions, weight, guess, feedback } = evidence;
        let student = students.entry(student).or_default();
        let observation = Observation { score, questions, weight, guess, feedback };
        let outcome =
            student.take(&skill, item.as_deref(), &observation, difficulties.hard(&skill, item.as_deref()));
        if learns {
            difficulties.learn((&skill, outcome.skill), (item.as_deref(), outcome.item));
        }
        for (name, expected) in expect.iter().filter(|(_, expected)| !expected.is_null()) {
            let found = match name.as_str() {
                "predicted" => vec![outcome.predicted],
                "g" => pair(student.ability()),
                "m" => pair(student.skill(&skill).offset),
                "seen" => vec![student.skill(&skill).seen],
                "level" => vec![student.level_of(&skill, difficulties.skill(&skill))],
                "confidence" => {
                    vec![student.confidence_of(&skill, difficulties.skill(&skill), Strictness::Standard)]
                }
                "skill_difficulty" => pair(outcome.skill),
                "item_difficulty" => pair(outcome.item),
                other => panic!("the vectors have an unknown number {other}"),
            };
            let expected: Vec<f64> =
                serde_json::from_value(expected.clone()).unwrap_or_else(|_| vec![expected.as_f64().unwrap()]);
            assert_eq!(found.len(), expected.len());
            for (found, expected) in found.iter().zip(&expected) {
                assert!((found - expected).abs() <= NEAR, "step {number}, {name}: {found}, not {expected}");
                compared += 1;
            }
        }
    }
    compared
}

#[test]
fn the_golden_vectors_agree() {
    let vectors = std::fs::read_to_string("tests/fixtures/mastery-rating.json").unwrap();
    let Vectors { rating, calibration } = serde_json::from_str(&vectors).unwrap();
    let compared = rating.into_iter().map(|story| check(story, false)).sum::<usize>()
        + calibration.into_iter().map(|story| check(story, true)).sum::<usize>();
    assert!(compared > 1_000, "only {compared} numbers were compared");
}

fn replay(table: &str) -> Result<Vec<f64>, String> {
    let mut predicted = Vec::new();
    let ran = Replay::default().run(table.as_bytes(), |score| {
        predicted.push(score);
        Ok(())
    });
    ran.map(|()| predicted).map_err(|error| error.to_string())
}

#[test]
fn a_replay_expects_more_of_who_was_right_and_less_of_who_was_wrong() {
    let predicted = replay(
        "student,skill,item,score\nada,add,,1\nada,add,,1\nada,add,,1\nbo,add,,0\nbo,add,,0\nbo,add,,0\n",
    )
    .unwrap();
    assert!(predicted[0] < predicted[1] && predicted[1] < predicted[2], "{predicted:?}");
    assert!(predicted[3] > predicted[4] && predicted[4] > predicted[5], "{predicted:?}");
}

#[test]
fn columns_are_found_by_their_names_and_an_item_may_be_left_out() {
    let usual = replay("student,skill,item,score\n1,add,,0\n2,add,,1\n").unwrap();
    assert_eq!(replay("\u{feff}score,when,student,skill\n0,may,1,add\n1,june,2,add\n").unwrap(), usual);
}

#[test]
fn a_faulty_table_names_its_line() {
    let cases = [
        ("student,skill\n", "there is no score"),
        ("student,skill,item,score\n1,add,,2\n", "Line 2: the score \"2\""),
        ("student,skill,item,score\n1,add,,1\n1,add,,NaN\n", "Line 3: the score \"NaN\""),
        ("student,skill,item,score\n1,,,1\n", "Line 2 has no skill"),
        ("student,skill,item,score\n1,add\n", "Line 2 has no score"),
    ];
    for (table, expected) in cases {
        let said = replay(table).unwrap_err();
        assert!(said.contains(expected), "{table:?}: {said}");
    }
}

#[test]
fn a_paper_test_moves_a_rating_by_its_weight_and_a_guess_teaches_less_than_an_open_answer() {
    let moved = |score, questions, weight, guess| {
        let mut student = Student::default();
        let observation = Observation { score, questions, weight, guess, feedback: false };
        student.take("add", None, &observation, Difficulties::default().hard("add", None));
        student.ability().mean
    };
    let (tablet, paper) = (moved(1.0, 10.0, 1.0, 0.0), moved(1.0, 10.0, 0.7, 0.0));
    assert!(paper > 0.0 && paper < tablet);
    // Seven questions that are fully trusted weigh as much as ten that are trusted by 0.7.
    assert!((paper - moved(1.0, 7.0, 1.0, 0.0)).abs() < NEAR);
    assert!(moved(1.0, 1.0, 1.0, 0.25) < moved(1.0, 1.0, 1.0, 0.0));
}

/// A student after a row of open answers, each to an item of its own name.
fn after(answers: &[(&str, f64)]) -> Student {
    let mut student = Student::default();
    for (item, score) in answers {
        let hard = Difficulties::default().hard("add", Some(item));
        student.take("add", Some(item), &Observation::practice(*score), hard);
    }
    student
}

fn band_after(answers: &[(&str, f64)], strictness: Strictness) -> Band {
    band(&after(answers), "add", Estimate::DIFFICULTY, strictness)
}

#[test]
fn bands_rise_with_what_was_shown() {
    let row = |count: usize, score: f64| -> Vec<(&str, f64)> {
        ["a", "b", "c"].into_iter().cycle().take(count).map(|item| (item, score)).collect()
    };
    let (right, wrong) = (|count| row(count, 1.0), |count| row(count, 0.0));
    let standard = |answers: &[_]| band_after(answers, Strictness::Standard);
    assert_eq!(standard(&[]), Band::NotSeen);
    assert_eq!(standard(&right(2)), Band::NotSeen, "two answers say nothing");
    assert_eq!(standard(&wrong(6)), Band::Starting);
    assert_eq!(standard(&[wrong(2), right(2)].concat()), Band::GettingThere);
    assert_eq!(standard(&right(3)), Band::Nearly);
    assert_eq!(standard(&right(8)), Band::Secure);
}

#[test]
fn one_item_known_by_heart_is_no_secure_skill() {
    assert_eq!(band_after(&[("a", 1.0); 20], Strictness::Standard), Band::Nearly);
    assert_eq!(
        band_after(&[[("a", 1.0); 18].as_slice(), &[("b", 1.0), ("c", 1.0)]].concat(), Strictness::Standard),
        Band::Secure
    );
}

#[test]
fn a_strict_class_wants_more_answers() {
    let needed = |strictness| {
        let begun = after(&[("a", 0.0), ("b", 0.0), ("c", 1.0)]);
        right_answers_to_secure(&begun, "add", Estimate::DIFFICULTY, strictness).unwrap()
    };
    let needed = [Strictness::Relaxed, Strictness::Standard, Strictness::Strict].map(needed);
    assert!(needed[0] < needed[1] && needed[1] < needed[2], "{needed:?}");
}

#[test]
fn so_many_more_right_answers_make_it_secure_and_one_less_does_not() {
    let begun = [("a", 1.0), ("b", 0.0), ("c", 1.0), ("d", 1.0)];
    let difficulties = Difficulties::default();
    let needed =
        right_answers_to_secure(&after(&begun), "add", Estimate::DIFFICULTY, Strictness::Standard).unwrap();
    let mut student = after(&begun);
    for answer in 0..needed {
        assert_ne!(
            band(&student, "add", Estimate::DIFFICULTY, Strictness::Standard),
            Band::Secure,
            "after {answer}"
        );
        student.take("add", None, &Observation::practice(1.0), difficulties.hard("add", None));
    }
    assert_eq!(band(&student, "add", Estimate::DIFFICULTY, Strictness::Standard), Band::Secure);
}

proptest! {
    #[test]
    fn no_row_of_answers_drives_a_rating_out_of_bounds(
        answers in prop::collection::vec((0.0_f64..=1.0, 1_u8..40, 0.1_f64..=1.0, 0.0_f64..0.9, any::<bool>()), 1..200)
    ) {
        let mut student = Student::default();
        let mut difficulties = Difficulties::default();
        for (score, questions, weight, guess, feedback) in answers {
            let observation = Observation { score, questions: f64::from(questions), weight, guess, feedback };
            let outcome = student.take("add", Some("one"), &observation, difficulties.hard("add", Some("one")));
            difficulties.learn(("add", outcome.skill), (Some("one"), outcome.item));
            let chances = [outcome.predicted, student.level_of("add", difficulties.skill("add")), student.confidence_of("add", difficulties.skill("add"), Strictness::Standard)];
            prop_assert!(chances.iter().all(|chance| (0.0..=1.0).contains(chance)), "{chances:?}");
            let spreads = [student.ability(), student.skill("add").offset, outcome.skill, outcome.item];
            prop_assert!(spreads.iter().all(|estimate| estimate.variance > 0.0 && estimate.mean.is_finite()));
        }
    }
}
