//! How hard skills and items are, learned from all that was answered on this box.
//!
//! It happens apart from the ratings, and moves them only by an entry of the journal: so the answers of one student never
//! change what was said of another, and every box that has the entry rates alike.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use super::difficulty::{Difficulties, Hard};
use super::record::{Ground, feedback_of, item_name, score_of};
use super::rules::{Estimate, Observation};
use super::student::Student;
use crate::evidence::{Answer, Calibrated, Calibration, Hardness, Piece, WHOLE, What, When};
use crate::ids::StudentId;
use crate::journal::Entry;

/// With fewer answers a pack's own word is better than what a box can say.
const ENOUGH_ANSWERS: u32 = 20;
/// What moved by less, in thousandths of a logit, is not worth an entry.
const WORTH_TELLING: i32 = 50;

/// Answers as far as difficulties are learned from them; a million takes some 60 MB.
#[derive(Default)]
pub(super) struct Answers {
    told: Vec<Told>,
    names: Numbers,
    students: HashMap<StudentId, u32>,
}

#[derive(Default)]
struct Numbers {
    of: HashMap<String, u32>,
    names: Vec<String>,
}

impl Numbers {
    fn of(&mut self, name: &str) -> u32 {
        if let Some(number) = self.of.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.of.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }
}

struct Told {
    when: When,
    /// Names the place: a student's first answer counts.
    place: u64,
    student: u32,
    skill: u32,
    item: u32,
    said: Option<Hardness>,
    score: u16,
    guess: u16,
    feedback: bool,
}

impl Answers {
    /// Takes an entry in, if it is an answer that says something about one item by one student alone.
    pub(super) fn add(&mut self, ground: &Ground, entry: &Entry) {
        let Some(piece) = Piece::of(entry) else { return };
        let What::Answer(answer) = &piece.what else { return };
        // Of two who answered together nobody knows whose answer it was.
        let Some(skill) = main_skill(answer).filter(|_| answer.partner.is_none()) else { return };
        let pack = &answer.spot.course;
        let next = u32::try_from(self.students.len()).unwrap_or(u32::MAX);
        self.told.push(Told {
            when: piece.when,
            place: BuildHasherDefault::<DefaultHasher>::default().hash_one(piece.name()),
            student: *self.students.entry(answer.student).or_insert(next),
            skill: self.names.of(&ground.skill(pack, skill)),
            item: self.names.of(&item_name(answer)),
            said: answer.difficulty,
            score: answer.score,
            guess: answer.guess,
            feedback: feedback_of(answer),
        });
    }

    /// What they say about difficulties, beyond what is in force.
    pub(super) fn learn(mut self, in_force: &Difficulties) -> Calibration {
        self.told.sort_by_key(|told| (told.place, told.when.stamp));
        self.told.dedup_by_key(|told| told.place);
        self.told.sort_by_key(|told| told.when);
        let mut students: Vec<Student> = vec![Student::default(); self.students.len()];
        let mut skills: HashMap<u32, (Estimate, u32)> = HashMap::new();
        let mut items: HashMap<u32, (Estimate, u32)> = HashMap::new();
        for told in &self.told {
            let Some(student) = students.get_mut(told.student as usize) else { continue };
            let name = &self.names.names[told.skill as usize];
            let (skill, of_skill) = skills.entry(told.skill).or_insert((Estimate::DIFFICULTY, 0));
            let said = || told.said.map_or(Estimate::DIFFICULTY, Estimate::of);
            let (item, of_item) = items.entry(told.item).or_insert_with(|| (said(), 0));
            let observation = Observation {
                score: score_of(told.score),
                questions: 1.0,
                weight: 1.0,
                guess: f64::from(told.guess) / f64::from(WHOLE),
                feedback: told.feedback,
            };
            let outcome = student.take(name, None, &observation, Hard { skill: *skill, item: *item });
            (*skill, *item) = (outcome.skill, outcome.item);
            (*of_skill, *of_item) = (*of_skill + 1, *of_item + 1);
        }
        let calibrated = |learned: HashMap<u32, (Estimate, u32)>,
                          known: &dyn Fn(&str) -> Option<Estimate>| {
            let mut news: Vec<Calibrated> = learned
                .into_iter()
                .filter(|(_, (_, answers))| *answers >= ENOUGH_ANSWERS)
                .map(|(number, (estimate, answers))| (&self.names.names[number as usize], estimate, answers))
                .map(|(name, estimate, answers)| Calibrated {
                    name: name.clone(),
                    difficulty: estimate.in_thousandths(),
                    answers,
                })
                .filter(|news| known(&news.name).is_none_or(|known| is_news(known, news.difficulty)))
                .collect();
            news.sort_by(|one, other| one.name.cmp(&other.name));
            news
        };
        Calibration {
            skills: calibrated(skills, &|name| in_force.known_skill(name)),
            items: calibrated(items, &|name| in_force.known_item(name)),
        }
    }
}

/// The skill that an item is most about.
fn main_skill(answer: &Answer) -> Option<&str> {
    let heaviest = answer.skills.iter().rev().max_by_key(|share| share.weight);
    heaviest.map(|share| share.id.as_str())
}

fn is_news(known: Estimate, learned: Hardness) -> bool {
    (known.in_thousandths().mean - learned.mean).abs() >= WORTH_TELLING
}
