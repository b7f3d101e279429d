//! A made-up student: how able, how quick to learn, how often away.

use std::collections::HashMap;

use serde_json::Value;

use super::dice::Dice;
use crate::ids::StudentId;

/// How much harder a skill is for one student than for another, as spread in logits.
const SKILLS_DIFFER: f64 = 0.7;
/// What a question of medium difficulty gives away, in logits: the rating's own beginning (`docs/mastery.md`).
const BEGINNING: f64 = 0.8;
/// The least and the most that one answer with feedback teaches, in logits.
const LEARNS: (f64, f64) = (0.01, 0.06);
/// The least and the most of a hundred days that a student misses.
const MISSES: (f64, f64) = (0.02, 0.15);

/// Somebody who learns at the school.
#[derive(Debug)]
pub(super) struct Student {
    pub(super) id: StudentId,
    pub(super) pictures: Value,
    /// Which course they work in.
    pub(super) course: String,
    /// In logits.
    ability: f64,
    /// Logits for each answer with feedback.
    learns: f64,
    misses: f64,
    skills: HashMap<String, f64>,
    dice: Dice,
}

impl Student {
    pub(super) fn new(id: StudentId, pictures: Value, course: String, mut dice: Dice) -> Self {
        let between = |(least, most): (f64, f64), at: f64| least + (most - least) * at;
        Self {
            id,
            pictures,
            course,
            ability: dice.normal(),
            learns: between(LEARNS, dice.chance()),
            misses: between(MISSES, dice.chance()),
            skills: HashMap::new(),
            dice,
        }
    }

    /// Whether they come today.
    pub(super) fn comes(&mut self) -> bool {
        self.dice.chance() >= self.misses
    }

    /// The true chance to be right in a question of medium difficulty on a skill, `<pack>/<skill>`.
    pub(super) fn can(&mut self, skill: &str) -> f64 {
        logistic(BEGINNING + self.ability + self.lead(skill))
    }

    /// Whether they are right this time; a question with options may be guessed.
    pub(super) fn is_right(&mut self, skill: &str, difficulty: f64, guess: f64) -> bool {
        let lead = self.lead(skill);
        let knows = logistic(BEGINNING + self.ability + lead - difficulty);
        self.dice.chance() < guess + (1.0 - guess) * knows
    }

    /// Takes in what the feedback to an answer told.
    pub(super) fn learn(&mut self, skill: &str) {
        let learns = self.learns;
        self.lead(skill);
        self.skills.entry(skill.to_owned()).and_modify(|lead| *lead += learns);
    }

    /// How many of so many open questions on paper they get right.
    pub(super) fn write(&mut self, skill: &str, questions: u16) -> u16 {
        (0..questions).map(|_| u16::from(self.is_right(skill, 0.0, 0.0))).sum()
    }

    fn lead(&mut self, skill: &str) -> f64 {
        if let Some(lead) = self.skills.get(skill) {
            return *lead;
        }
        let lead = SKILLS_DIFFER * self.dice.normal();
        self.skills.insert(skill.to_owned(), lead);
        lead
    }
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}
