//! How the questions of a course do: which are too hard, tell nothing, or have a wrong key.
//!
//! It is worked out anew from all answers when somebody asks, and stored nowhere. Only answers of one student alone to the
//! version that is on the box count, each student's first at each place.

mod answers;
mod routes;
mod rules;
mod screens;

pub(super) use routes::routes;
pub use screens::{Choice, ItemAnalysis, ItemFindings, ItemVerdict};

use super::school::Mastery;
use crate::error::{Error, Result};
use crate::evidence::{BankItem, Questions, WHOLE};
use crate::journal;
use crate::packs::Course;
use answers::Answers;
use rules::{Findings, judge};

impl Mastery {
    /// How the questions of a course do, those that need a look first.
    ///
    /// # Errors
    /// `pack.unknown`; when pack or journal can't be read.
    pub async fn items(&self, course: &str, language: &str) -> Result<ItemAnalysis> {
        let course = self.packs.course(course).filter(|course| course.is_for_students());
        let course =
            course.ok_or_else(|| Error::not_found("pack.unknown", "This course is not on the box."))?;
        let ground = self.ground().await?;
        let questions = self.evidence.questions().clone();
        let title = course.title(language).to_owned();
        let read = self.journal.read(move |connection| {
            let bank = questions.bank(&course)?;
            let mut answers = Answers::of(&course.id, &bank);
            journal::each(connection, |entry| answers.add(&ground, entry))?;
            let seen = answers.sightings(&ground.difficulties);
            let unanswered = bank.len().saturating_sub(seen.len());
            let mut items = Vec::new();
            for item in bank.iter() {
                let Some(sightings) = seen.get(&item.id) else { continue };
                let found = judge(sightings, f64::from(item.guess) / f64::from(WHOLE));
                items.push(told(&questions, &course, item, found)?);
            }
            items.sort_by_key(|item| (item.verdict, item.right));
            Ok(ItemAnalysis {
                course: course.id.clone(),
                title,
                language: course.language.clone(),
                hash: course.hash.clone(),
                items,
                unanswered,
            })
        });
        read.await
    }
}

fn told(questions: &Questions, course: &Course, item: &BankItem, found: Findings) -> Result<ItemFindings> {
    let variant = questions.variant(course, &item.id, 0)?;
    Ok(ItemFindings {
        id: item.id.clone(),
        skills: item.skills.iter().map(|share| share.id.clone()).collect(),
        verdict: found.verdict,
        answers: found.answers,
        right: hundredths(found.right).unsigned_abs(),
        discrimination: found.discrimination.map(hundredths),
        choices: found.choices,
        likely: found.likely,
        item: serde_json::to_value(variant).unwrap_or_default(),
    })
}

fn hundredths(share: f64) -> i8 {
    #[expect(clippy::cast_possible_truncation, reason = "clamped just before")]
    let whole = (share * 100.0).round().clamp(-100.0, 100.0) as i8;
    whole
}

#[cfg(test)]
mod tests;
