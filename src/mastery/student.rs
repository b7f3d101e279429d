//! One student's ratings, as they move with what is seen.

use std::collections::HashMap;

use super::band::Strictness;
use super::difficulty::Hard;
use super::rules::{self, Beliefs, Estimate, Observation, Skill};

/// What is believed about one student.
#[derive(Clone, Debug)]
pub struct Student {
    ability: Estimate,
    skills: HashMap<String, Shown>,
}

/// What a student showed in one skill.
#[derive(Clone, Debug, Default)]
struct Shown {
    skill: Skill,
    /// Items that were answered; the first few are enough.
    items: Vec<String>,
    /// Questions that are no items of a pack, each taken for another one.
    unnamed: f64,
}

/// More different items are not counted.
const COUNTED_ITEMS: usize = 3;

impl Shown {
    fn count(&mut self, item: Option<&str>, questions: f64) {
        match item {
            None => self.unnamed += questions,
            Some(item)
                if self.items.len() < COUNTED_ITEMS && !self.items.iter().any(|known| known == item) =>
            {
                self.items.push(item.to_owned());
            }
            Some(_) => {}
        }
    }
}

impl Default for Student {
    fn default() -> Self {
        Self { ability: Estimate::ABILITY, skills: HashMap::new() }
    }
}

/// What came of an observation besides the student's own ratings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// The score that was expected before, from 0 to 1.
    pub predicted: f64,
    /// The skill's difficulty, for whoever learns difficulties from this observation.
    pub skill: Estimate,
    /// The item's.
    pub item: Estimate,
}

impl Student {
    /// Takes in what was seen, with how hard skill and item are taken to be. Difficulties stay as they are: what the observation says about them is in the outcome.
    pub fn take(
        &mut self,
        skill: &str,
        item: Option<&str>,
        observation: &Observation,
        hard: Hard,
    ) -> Outcome {
        let Hard { skill: mut skill_difficulty, item: mut item_difficulty } = hard;
        let shown = self.skills.entry(skill.to_owned()).or_default();
        shown.count(item, observation.questions);
        let beliefs = Beliefs {
            ability: &mut self.ability,
            student_in_skill: &mut shown.skill,
            skill: &mut skill_difficulty,
            item: &mut item_difficulty,
        };
        let predicted = rules::take(beliefs, observation);
        Outcome { predicted, skill: skill_difficulty, item: item_difficulty }
    }

    /// How able the student is in all.
    pub fn ability(&self) -> Estimate {
        self.ability
    }

    /// The lead in one skill, and how much was seen of it.
    pub fn skill(&self, name: &str) -> Skill {
        self.skills.get(name).map(|shown| shown.skill).unwrap_or_default()
    }

    /// The score that is expected in one question, from 0 to 1.
    pub fn expected(&self, skill: &str, hard: Hard, guess: f64) -> f64 {
        rules::expected(self.ability, self.skill(skill).offset, hard.skill, hard.item, guess)
    }

    /// The chance to be right in a question of usual difficulty about a skill, itself that hard, without guessing, from 0 to 1.
    pub fn level_of(&self, skill: &str, difficulty: Estimate) -> f64 {
        rules::level(self.ability, self.skill(skill).offset, difficulty)
    }

    /// How sure it is that this chance is as high as a class wants it, from 0 to 1.
    pub fn confidence_of(&self, skill: &str, difficulty: Estimate, strictness: Strictness) -> f64 {
        let (offset, known_from) = (self.skill(skill).offset, strictness.known_from());
        rules::confidence(self.ability, offset, difficulty, known_from)
    }

    /// How many different questions were answered in a skill, as far as it matters: items of packs are counted up to three.
    pub fn different_items(&self, skill: &str) -> f64 {
        let count = |shown: &Shown| shown.items.iter().fold(shown.unnamed, |count, _| count + 1.0);
        self.skills.get(skill).map_or(0.0, count)
    }
}
