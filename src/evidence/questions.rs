//! The questions of the courses, read once and kept at hand while a class works with them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::body::{Hardness, SkillShare, Spot};
use super::rules;
use crate::error::{Error, Kind, Result};
use crate::ids::StudentId;
use crate::items::{Difficulty, Drawn, Item, Question, Variant};
use crate::packs::{Activity, Course, Packs};

/// The questions of some forty lessons, about 5 KB each.
const ROOM: usize = 500;

/// An item as far as choosing needs to know it.
#[derive(Clone, Debug, PartialEq)]
pub struct BankItem {
    /// Its id in the pack.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// What it is about.
    pub skills: Vec<SkillShare>,
    /// How hard the pack says that it is.
    pub difficulty: Hardness,
    /// The chance to be right by guessing, in thousandths.
    pub guess: u16,
    /// Whether it has other numbers each time.
    pub is_template: bool,
}

/// All items of a course, in the order of their ids.
pub type Bank = Vec<BankItem>;

/// Questions of the installed courses.
pub struct Questions {
    packs: Arc<Packs>,
    /// By the pack's hash and the item's id.
    at_hand: Mutex<HashMap<(String, String), Arc<Item>>>,
    /// By the pack's hash.
    banks: Mutex<HashMap<String, Arc<Bank>>>,
}

impl Questions {
    pub(super) fn new(packs: Arc<Packs>) -> Self {
        Self { packs, at_hand: Mutex::default(), banks: Mutex::default() }
    }

    /// Versions of a course for students of which somebody may have a page open: the newest, then those that it replaced.
    pub(super) fn versions(&self, id: &str) -> Vec<Arc<Course>> {
        let versions = self.packs.course(id).into_iter().chain(self.packs.former(id));
        versions.filter(|course| course.is_for_students()).collect()
    }

    /// The question that a seed makes of an item. Reads the disk when the item is not at hand.
    ///
    /// # Errors
    /// `pack.item-unknown`, `pack.item-wrong`, or that the disk can't be read.
    pub fn variant(&self, course: &Course, item: &str, seed: u64) -> Result<Variant> {
        let made = self.item(course, item)?.variant(seed);
        made.map_err(|fault| wrong(course, item).caused_by(fault.to_string()))
    }

    /// The questions of a run, by place, for one student: the same on every tablet. A template that is asked several
    /// times gives other numbers each time, where it has them. Reads the disk when items are not at hand.
    ///
    /// # Errors
    /// As [`Questions::variant`].
    pub fn of_run(
        &self,
        course: &Course,
        activity: &Activity,
        student: StudentId,
        spot: &Spot,
    ) -> Result<Vec<Variant>> {
        let mut drawn: Vec<Drawn> = Vec::new();
        let asked = activity.items.iter().map(|item| (item.item.as_str(), item.count));
        for (place, id) in (0..).zip(rules::places(asked)) {
            let item = self.item(course, id)?;
            let draw = |attempt| {
                let seed = rules::seed_for(student, spot, place, attempt);
                item.draw(seed).map_err(|fault| wrong(course, id).caused_by(fault.to_string()))
            };
            let is_new = |draw: &Drawn| {
                !item.is_template()
                    || drawn.iter().all(|other| other.variant.id != id || other.params != draw.params)
            };
            let mut next = draw(0)?;
            for attempt in 1..rules::ATTEMPTS {
                if is_new(&next) {
                    break;
                }
                next = draw(attempt)?;
            }
            drawn.push(next);
        }
        Ok(drawn.into_iter().map(|drawn| drawn.variant).collect())
    }

    /// The question that an item is at a place of a sitting, for one student: the same on every tablet. Reads the disk
    /// when the item is not at hand.
    ///
    /// # Errors
    /// As [`Questions::variant`].
    pub fn at(
        &self,
        course: &Course,
        item: &str,
        student: StudentId,
        spot: &Spot,
        place: u32,
    ) -> Result<Variant> {
        self.variant(course, item, rules::seed_for(student, spot, place, 0))
    }

    /// All items of a course. Reads the whole pack the first time; an item that can't be shown is left out.
    ///
    /// # Errors
    /// `pack.unknown`, or that the disk can't be read.
    pub fn bank(&self, course: &Course) -> Result<Arc<Bank>> {
        let banks = || self.banks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bank) = banks().get(&course.hash) {
            return Ok(bank.clone());
        }
        let mut bank = Bank::new();
        for id in self.packs.items_of(course)? {
            let item = match self.packs.item_of(course, &id) {
                Ok(written) => {
                    Item::read(written).and_then(|item| Ok((item.variant(0)?, item.is_template())))
                }
                Err(error) if error.kind == Kind::NotFound => continue,
                Err(error) => return Err(error),
            };
            match item {
                Ok((variant, is_template)) => bank.push(BankItem {
                    id,
                    version: variant.version,
                    skills: skill_shares(&variant),
                    difficulty: hardness(&variant),
                    guess: guess_chance(&variant),
                    is_template,
                }),
                Err(fault) => tracing::warn!(course = course.id, item = id, %fault, "an item can't be asked"),
            }
        }
        let bank = Arc::new(bank);
        banks().insert(course.hash.clone(), bank.clone());
        Ok(bank)
    }

    fn item(&self, course: &Course, id: &str) -> Result<Arc<Item>> {
        let key = (course.hash.clone(), id.to_owned());
        let found = self.at_hand.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(item) = found {
            return Ok(item);
        }
        let written = self.packs.item_of(course, id)?;
        let item = Item::read(written).map_err(|fault| wrong(course, id).caused_by(fault.to_string()))?;
        let item = Arc::new(item);
        let mut at_hand = self.at_hand.lock().unwrap_or_else(PoisonError::into_inner);
        if at_hand.len() >= ROOM {
            // Starting anew now and then costs less than remembering who was used when.
            at_hand.clear();
        }
        at_hand.insert(key, item.clone());
        Ok(item)
    }
}

fn wrong(course: &Course, item: &str) -> Error {
    let sentence = format!(
        "The question {item} of the course {} can't be shown. Choose something else, and tell your teacher.",
        course.id
    );
    Error::not_found("pack.item-wrong", sentence).with("item", item)
}

/// The chance to be right by guessing, in thousandths: of one pick among so many; else 0.
pub(super) fn guess_chance(variant: &Variant) -> u16 {
    let options = match &variant.question {
        Question::Single { options, .. } => options.len(),
        Question::TrueFalse { .. } => 2,
        Question::Hotspot { areas, many: false, .. } => areas.len(),
        Question::TapWord { words, many: false, .. } => words.len(),
        _ => return 0,
    };
    u16::try_from(1_000 / options.max(1)).unwrap_or(0)
}

pub(super) fn hardness(variant: &Variant) -> Hardness {
    let Difficulty { mean, sd } = variant.common.difficulty;
    Hardness { mean: in_thousandths(mean), variance: in_thousandths(sd * sd).unsigned_abs().max(1) }
}

/// Beyond ten logits nothing is told apart any more.
fn in_thousandths(value: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "clamped just before")]
    let whole = (value * 1_000.0).round().clamp(-10_000.0, 10_000.0) as i32;
    whole
}

pub(super) fn skill_shares(variant: &Variant) -> Vec<SkillShare> {
    let shares = variant.common.skills.iter();
    shares
        .map(|skill| SkillShare { id: skill.id.clone(), weight: u32::from(rules::thousandths(skill.weight)) })
        .collect()
}
