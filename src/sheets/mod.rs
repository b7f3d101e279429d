//! Questions on paper: worksheets and tests of any skill, in one form or two that weigh the same, each with its key.
//!
//! A sheet is not stored. Its number, printed on it, is the seed: with the same skills and count it gives the same sheet and
//! the same key again, on any box that has the same pack.

mod routes;
mod rules;
mod screens;

use std::sync::Arc;

pub use routes::routes;
pub use screens::{Sheet, SheetForm, SheetQuestion};

use crate::error::{Error, Result};
use crate::evidence::{BankItem, Evidence, Questions};
use crate::items::{Question, Variant, mark, must_be_heard, right_response};
use crate::lessons::media_of;
use crate::mastery::Mastery;
use crate::packs::{Course, Packs};
use rules::{Choice, Slot};

/// Another draw of numbers, where two forms would ask the same.
const DRAWS: u32 = 12;

/// What is to be on a sheet.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The course's id.
    pub course: String,
    /// Ids of its skills, as the course calls them.
    pub skills: Vec<String>,
    /// Questions on each form.
    pub count: usize,
    /// 1, or 2 for forms A and B.
    pub forms: usize,
    /// What the sheet is drawn from.
    pub seed: u32,
}

/// Makes sheets.
pub struct Sheets {
    packs: Arc<Packs>,
    evidence: Arc<Evidence>,
    mastery: Arc<Mastery>,
}

impl Sheets {
    /// Over the courses and their questions.
    pub fn new(packs: Arc<Packs>, evidence: Arc<Evidence>, mastery: Arc<Mastery>) -> Self {
        Self { packs, evidence, mastery }
    }

    /// A sheet. It may have fewer questions than wanted, where the course has no more for paper.
    ///
    /// # Errors
    /// `sheet.count-wrong`, `sheet.skill-unknown`, `sheet.nothing-for-paper`; when the pack can't be read.
    pub async fn sheet(&self, wanted: Wanted, language: &str) -> Result<Sheet> {
        rules::check(wanted.count, wanted.forms, wanted.skills.len())?;
        let course = self.packs.course(&wanted.course).filter(|course| course.is_for_students());
        let course = course.ok_or_else(skill_unknown)?;
        let known = |id: &String| course.skills.iter().any(|skill| skill.id == *id);
        if !wanted.skills.iter().all(known) {
            return Err(skill_unknown());
        }
        let whole = |id: &String| format!("{}/{id}", course.id);
        let names: Vec<String> = wanted.skills.iter().map(whole).collect();
        let skills =
            self.mastery.skills(language).into_iter().filter(|skill| names.contains(&skill.id)).collect();
        let title = course.title(language).to_owned();
        let questions = self.evidence.questions().clone();
        let make = move || {
            let (forms, left_out) = fill(&questions, &course, &wanted)?;
            let variants = forms.iter().flat_map(|form| form.questions.iter().map(|one| &one.item));
            let media = media_of(variants, &course);
            Ok(Sheet {
                course: course.id.clone(),
                title,
                language: course.language.clone(),
                direction: course.direction,
                hash: course.hash.clone(),
                number: wanted.seed,
                skills,
                forms,
                left_out,
                media,
            })
        };
        tokio::task::spawn_blocking(make)
            .await
            .map_err(|e| Error::internal("Making a sheet broke off.").caused_by(e))?
    }
}

fn skill_unknown() -> Error {
    Error::not_found("sheet.skill-unknown", "This skill is not in the courses here. Choose another one.")
}

/// The forms, and how many questions of these skills can't be asked on paper.
fn fill(questions: &Questions, course: &Course, wanted: &Wanted) -> Result<(Vec<SheetForm>, usize)> {
    let bank = questions.bank(course)?;
    let (mut choices, mut left_out) = (Vec::new(), 0);
    for (skill, id) in wanted.skills.iter().enumerate() {
        let about = |item: &&BankItem| main_skill(item) == Some(id.as_str());
        for item in bank.iter().filter(about) {
            if is_for_paper(&questions.variant(course, &item.id, 0)?) {
                let BankItem { id, difficulty, is_template, .. } = item.clone();
                choices.push(Choice { item: id, skill, difficulty: difficulty.mean, is_template });
            } else {
                left_out += 1;
            }
        }
    }
    let slots = rules::choose(&choices, wanted.skills.len(), wanted.count, wanted.forms, wanted.seed);
    if slots.is_empty() {
        let sentence = "There is no question about this that can be asked on paper. Choose another skill.";
        return Err(Error::not_found("sheet.nothing-for-paper", sentence));
    }
    let mut forms: Vec<SheetForm> = Vec::new();
    for form in 0..wanted.forms {
        let mut asked = Vec::new();
        for (place, slot) in slots.iter().enumerate() {
            let former = forms.first().and_then(|first| first.questions.get(place));
            asked.push(draw(questions, course, wanted, (form, place), slot, former, &asked)?);
        }
        forms.push(SheetForm { name: ["A", "B"][form.min(1)], questions: asked });
    }
    Ok((forms, left_out))
}

/// One question, with other numbers than form A has at its place and than stand on the form already.
fn draw(
    questions: &Questions,
    course: &Course,
    wanted: &Wanted,
    (form, place): (usize, usize),
    slot: &Slot,
    former: Option<&SheetQuestion>,
    asked: &[SheetQuestion],
) -> Result<SheetQuestion> {
    let item = &slot.items[form.min(slot.items.len() - 1)];
    let mut attempt = 0;
    loop {
        let seed = rules::seed_of(wanted.seed, form, place, attempt);
        let variant = questions.variant(course, item, seed)?;
        let key = key_of(&variant);
        let skill = wanted.skills[slot.skill].clone();
        let guess = guess_of(&variant);
        let item = serde_json::to_value(variant).unwrap_or_default();
        let question = SheetQuestion { skill, seed, guess, item, key };
        let is_there = former.into_iter().chain(asked).any(|other| shown(other) == shown(&question));
        attempt += 1;
        if !is_there || attempt == DRAWS {
            return Ok(question);
        }
    }
}

/// What a student sees of it.
fn shown(question: &SheetQuestion) -> serde_json::Value {
    let mut item = question.item.clone();
    item.as_object_mut().map(|fields| fields.remove("seed"));
    item
}

/// The skill that an item is most about.
fn main_skill(item: &BankItem) -> Option<&str> {
    item.skills.iter().rev().max_by_key(|share| share.weight).map(|share| share.id.as_str())
}

/// Whether it can be asked on paper: what has to be heard, or tapped on a picture, can't.
fn is_for_paper(variant: &Variant) -> bool {
    let is_tapped = matches!(variant.question, Question::Hotspot { .. } | Question::TapWord { .. });
    let said = variant.common.print.as_ref().is_none_or(|print| print.ok);
    said && !must_be_heard(variant) && !is_tapped && key_of(variant).is_some()
}

/// The answer that the box itself marks as right; nothing where it would not.
fn key_of(variant: &Variant) -> Option<serde_json::Value> {
    let key = right_response(&variant.question);
    mark(variant, &key).right.then_some(key)
}

/// The chance to be right by guessing, in thousandths.
fn guess_of(variant: &Variant) -> u16 {
    match &variant.question {
        Question::Single { options, .. } => u16::try_from(1_000 / options.len().max(1)).unwrap_or(0),
        Question::TrueFalse { .. } => 500,
        _ => 0,
    }
}
