//! What the rating says right after an answer, and how many hints a question has: looked up for the newest answers, so that
//! signals can rest on it.

use super::Live;
use super::picture::Picture;
use super::rules::Recent;
use super::signals::Standing;
use crate::error::{Error, Result};
use crate::ids::StudentId;
use crate::mastery::{Band, Record, Strictness};

/// A run of hints is so long; older answers need no looking up.
const LOOKED_AT: usize = 3;

impl Live {
    /// Adds to the newest answers of some students what is known of them elsewhere.
    pub(super) async fn note_standings(
        &self,
        picture: &mut Picture,
        mut students: Vec<StudentId>,
    ) -> Result<()> {
        let is_new = |last: &Recent| last.standings.is_none();
        students
            .retain(|student| picture.last_mut(*student).and_then(|last| last.back()).is_some_and(is_new));
        if students.is_empty() {
            return Ok(());
        }
        let records = self.mastery.records(&students).await?;
        for (student, record) in students.into_iter().zip(records) {
            let Some(last) = picture.last_mut(student) else { continue };
            if let Some(newest) = last.back_mut() {
                newest.standings = Some(self.standings(&record, newest));
            }
            let one_hint = |answer: &&mut Recent| answer.hints == 1 && answer.item_hints.is_none();
            for answer in last.iter_mut().rev().take(LOOKED_AT).filter(one_hint) {
                answer.item_hints = Some(self.hints_of(answer).await?);
            }
        }
        Ok(())
    }

    fn standings(&self, record: &Record, answer: &Recent) -> [Standing; 3] {
        let nothing = <[Standing; 3]>::default();
        let Some(course) = self.packs.course(&answer.course) else { return nothing };
        let Some(skill) = answer.skills.first().and_then(|skill| course.skill(skill)) else {
            return nothing;
        };
        let name = format!("{}/{}", course.id, skill.id);
        let now = self.journal.clock().now().wall;
        let difficulty = record.difficulties().skill(&name);
        Strictness::ALL.map(|strictness| {
            let said = record.learner().picture(&name, difficulty, strictness, now);
            let secure = matches!(said.band, Band::Secure | Band::Kept);
            Standing { spinning: said.spinning, falling: said.falling, secure }
        })
    }

    /// How many hints a question has; none where the course is gone. May read the disk.
    async fn hints_of(&self, answer: &Recent) -> Result<u16> {
        let Some(course) = self.packs.course(&answer.course) else { return Ok(0) };
        let (questions, item, seed) = (self.evidence.questions().clone(), answer.item.clone(), answer.seed);
        let looking = tokio::task::spawn_blocking(move || questions.variant(&course, &item, seed));
        let found = looking.await.map_err(|e| Error::internal("A question was not found.").caused_by(e))?;
        // A question that was taken out since has none that anybody could count.
        Ok(found.map_or(0, |variant| u16::try_from(variant.common.hints.len()).unwrap_or(u16::MAX)))
    }
}
