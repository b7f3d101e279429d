//! Made-up classes answer made-up questions: seeded wrong keys are found, good questions are left alone.

use super::answers::{Told, sightings};
use super::rules::judge;
use super::*;
use crate::evidence::{Hardness, Stamp, When};
use crate::ids::{StreamId, StudentId};
use crate::journal::{Hlc, Position};
use crate::mastery::Difficulties;
use crate::mastery::tests::simulated::Dice;

const QUESTIONS: usize = 20;
const OPTIONS: usize = 4;
/// Every fifth question has a key that is not its right answer.
const WRONG: usize = 5;

struct Question {
    difficulty: f64,
    /// How much each option attracts those who do not know.
    pull: [f64; OPTIONS],
    /// The option that is right in truth is the first.
    key: usize,
}

fn question(number: usize, dice: &mut Dice) -> Question {
    let key = if number.is_multiple_of(WRONG) { 1 + number / WRONG % (OPTIONS - 1) } else { 0 };
    let mut pull = [0.0; OPTIONS];
    for pull in &mut pull {
        *pull = 0.4 + dice.chance();
    }
    // Half of all questions have one wrong answer that is tempting.
    if dice.chance() < 0.5 {
        pull[OPTIONS - 1] = 3.0;
    }
    Question { difficulty: 1.6 * dice.normal().clamp(-1.5, 1.5) / 1.5, pull, key }
}

fn answer(question: &Question, ability: f64, dice: &mut Dice) -> usize {
    let known = 1.0 / (1.0 + (question.difficulty - ability - 0.8).exp());
    if dice.chance() < known {
        return 0;
    }
    let all: f64 = question.pull.iter().sum();
    let mut left = dice.chance() * all;
    let found = question.pull.iter().position(|pull| {
        left -= pull;
        left < 0.0
    });
    found.unwrap_or(OPTIONS - 1)
}

fn when(number: u64) -> When {
    let position = Position { stream: StreamId([1; 16]), epoch: 1, seq: number + 1 };
    When { at: number, stamp: Stamp { hlc: Hlc::from_bits(number << 20), position } }
}

/// What some students, each working through all questions in an order of their own, say of every question.
fn world(seed: u64, students: u8) -> Vec<(usize, ItemVerdict, Option<String>)> {
    let mut dice = Dice(seed);
    let questions: Vec<Question> = (0..QUESTIONS).map(|number| question(number, &mut dice)).collect();
    let mut told = Vec::new();
    for student in 0..students {
        let ability = dice.normal();
        let mut order: Vec<usize> = (0..QUESTIONS).collect();
        for last in (1..QUESTIONS).rev() {
            order.swap(last, usize::try_from(dice.next() % 20).unwrap() % (last + 1));
        }
        for (at, number) in order.into_iter().enumerate() {
            let chosen = answer(&questions[number], ability, &mut dice);
            told.push(Told {
                when: when(u64::from(student) * 1_000 + u64::try_from(at).unwrap()),
                place: u64::from(student) * 1_000 + u64::try_from(number).unwrap(),
                student: StudentId([student; 16]),
                skill: "p/add".to_owned(),
                item: format!("{number:02}"),
                said: Some(Hardness { mean: 0, variance: 500 }),
                score: if chosen == questions[number].key { 1.0 } else { 0.0 },
                guess: 0.25,
                feedback: true,
                choice: Some(format!("\"{chosen}\"")),
            });
        }
    }
    let by_question = sightings(told, &Difficulties::default());
    let judged = by_question.values().map(|sightings| judge(sightings, 0.25));
    judged.enumerate().map(|(number, found)| (questions[number].key, found.verdict, found.likely)).collect()
}

/// The figure of the product: at least 95 of 100 seeded wrong keys are found with 60 answers.
#[test]
fn sixty_answers_are_enough_to_find_wrong_keys_and_good_questions_are_left_alone() {
    for (students, least) in [(40, 0.9), (60, 0.95), (120, 0.95)] {
        let (mut wrong, mut found, mut named, mut good, mut accused) = (0.0, 0.0, 0.0, 0.0, 0.0);
        let one_if = |is: bool| if is { 1.0 } else { 0.0 };
        for (key, verdict, likely) in (0..60).flat_map(|seed| world(seed, students)) {
            let is_found = one_if(verdict == ItemVerdict::WrongKey);
            if key == 0 {
                good += 1.0;
                accused += is_found;
            } else {
                wrong += 1.0;
                found += is_found;
                named += one_if(likely.as_deref() == Some("\"0\""));
            }
        }
        assert!(found / wrong >= least, "{students} answers: {found} of {wrong} wrong keys were found");
        assert!(named / found >= 0.9, "{students} answers: {named} of {found} with the right answer");
        assert!(accused / good <= 0.02, "{students} answers: {accused} of {good} good questions accused");
    }
}
