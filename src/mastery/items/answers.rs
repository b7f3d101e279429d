//! The answers to a course's questions, each with how able the student is.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use serde_json::Value;

use super::rules::Sighting;
use crate::evidence::{Answer, BankItem, Hardness, Piece, WHOLE, What, When};
use crate::ids::StudentId;
use crate::journal::Entry;
use crate::mastery::difficulty::{Difficulties, Hard};
use crate::mastery::record::{Ground, feedback_of, item_name, score_of};
use crate::mastery::rules::{Estimate, Observation};
use crate::mastery::student::Student;

/// Longer answers are not compared.
const LONGEST_CHOICE: usize = 120;

/// Collects answers to the questions of one course.
pub(super) struct Answers<'a> {
    course: &'a str,
    bank: HashMap<&'a str, &'a BankItem>,
    told: Vec<Told>,
}

pub(super) struct Told {
    pub(super) when: When,
    /// Names the place: a student's first answer counts.
    pub(super) place: u64,
    pub(super) student: StudentId,
    /// `<pack>/<skill>`.
    pub(super) skill: String,
    /// The item's id.
    pub(super) item: String,
    pub(super) said: Option<Hardness>,
    pub(super) score: f64,
    pub(super) guess: f64,
    pub(super) feedback: bool,
    pub(super) choice: Option<String>,
}

impl<'a> Answers<'a> {
    /// Of a course with these questions.
    pub(super) fn of(course: &'a str, bank: &'a [BankItem]) -> Self {
        Self { course, bank: bank.iter().map(|item| (item.id.as_str(), item)).collect(), told: Vec::new() }
    }

    /// Takes an entry in, if it is an answer of one student alone to a question as it stands now.
    pub(super) fn add(&mut self, ground: &Ground, entry: &Entry) {
        let Some(piece) = Piece::of(entry) else { return };
        let What::Answer(answer) = &piece.what else { return };
        if answer.spot.course != self.course || answer.partner.is_some() {
            return;
        }
        let Some(item) = self.bank.get(answer.item.as_str()) else { return };
        let heaviest = answer.skills.iter().rev().max_by_key(|share| share.weight);
        let (Some(skill), true) = (heaviest, item.version == answer.item_version) else { return };
        self.told.push(Told {
            when: piece.when,
            place: BuildHasherDefault::<DefaultHasher>::default().hash_one(piece.name()),
            student: answer.student,
            skill: ground.skill(self.course, &skill.id),
            item: answer.item.clone(),
            said: ground
                .difficulties
                .known_item(&item_name(answer))
                .map(Estimate::in_thousandths)
                .or(answer.difficulty),
            score: score_of(answer.score),
            guess: f64::from(answer.guess) / f64::from(WHOLE),
            feedback: feedback_of(answer),
            choice: if item.is_template { None } else { choice_of(answer) },
        });
    }

    /// What each question saw, by its id.
    pub(super) fn sightings(self, difficulties: &Difficulties) -> BTreeMap<String, Vec<Sighting>> {
        sightings(self.told, difficulties)
    }
}

/// Goes through the answers in the order in which they were given. How able somebody is, all their answers of the course say: with
/// those before alone, most questions would be looked at when little was known (simulated: 84 instead of 97 of 100 wrong keys found).
pub(super) fn sightings(mut told: Vec<Told>, difficulties: &Difficulties) -> BTreeMap<String, Vec<Sighting>> {
    told.sort_by_key(|told| (told.place, told.when.stamp));
    told.dedup_by_key(|told| told.place);
    told.sort_by_key(|told| told.when);
    let mut students: HashMap<StudentId, Student> = HashMap::new();
    for told in &told {
        let hard = Hard {
            skill: difficulties.skill(&told.skill),
            item: told.said.map_or(Estimate::DIFFICULTY, Estimate::of),
        };
        let observation = Observation {
            score: told.score,
            questions: 1.0,
            weight: 1.0,
            guess: told.guess,
            feedback: told.feedback,
        };
        students.entry(told.student).or_default().take(&told.skill, None, &observation, hard);
    }
    let mut seen: BTreeMap<String, Vec<Sighting>> = BTreeMap::new();
    for told in told {
        let Some(student) = students.get(&told.student) else { continue };
        let level = student.level_of(&told.skill, difficulties.skill(&told.skill)).clamp(1e-6, 1.0 - 1e-6);
        let ability = libm::log(level / (1.0 - level));
        seen.entry(told.item).or_default().push(Sighting { ability, score: told.score, choice: told.choice });
    }
    seen
}

/// What was answered, in a form in which like answers are alike.
fn choice_of(answer: &Answer) -> Option<String> {
    let response: Value = serde_json::from_slice(&answer.response).ok()?;
    let choice = match response {
        Value::Null => return None,
        Value::String(text) => Value::String(text.trim().to_lowercase()).to_string(),
        other => other.to_string(),
    };
    (choice.len() <= LONGEST_CHOICE).then_some(choice)
}
