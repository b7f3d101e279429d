//! What was written down in the room, for those who tell it further.

use super::super::body::Way;
use super::store::Written;
use super::{name_of, rules, skill_today, store};
use crate::error::Result;
use crate::evidence::Evidence;
use crate::ids::{CheckId, StudentId};
use crate::people::Class;

/// One score of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomScore {
    /// Of whom.
    pub student: StudentId,
    /// Names the check.
    pub check: CheckId,
    /// What the check is called; may be empty.
    pub title: String,
    /// How it was seen.
    pub way: Way,
    /// When it happened, in milliseconds since 1970.
    pub at: u64,
    /// `<pack>/<skill>`, by its name of today where its course is on the box.
    pub skill: String,
    /// The skill's name; nothing when its course is not on the box.
    pub name: Option<String>,
    /// As it was typed in.
    pub value: u16,
    /// The most that could be typed in.
    pub of: u16,
    /// The name of whoever wrote it; nothing when they are gone.
    pub by: Option<String>,
}

impl Evidence {
    /// All scores of the students of a class, in the order in which they happened. `class` must be one that the caller may
    /// see.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn scores(&self, class: &Class) -> Result<Vec<RoomScore>> {
        let students = class.students.clone();
        let read = move |connection: &_| {
            students.into_iter().map(|student| store::scores_of_student(connection, student)).collect()
        };
        let written: Vec<Vec<Written>> = self.journal.read(read).await?;
        let (directory, courses) = (self.people.directory(), self.packs.courses());
        let told = |written: Written| {
            let by = name_of(&directory, &written);
            let scored = written.scored;
            RoomScore {
                student: scored.student,
                check: scored.check,
                way: scored.way,
                at: scored.at,
                name: self.name_of_skill(&scored.skill),
                value: rules::value_of(scored.way, scored.questions, scored.score),
                of: rules::most_of(scored.way, scored.questions),
                skill: skill_today(&courses, &scored.skill).unwrap_or(scored.skill),
                title: scored.title,
                by,
            }
        };
        let mut scores: Vec<RoomScore> = written.into_iter().flatten().map(told).collect();
        scores.sort_by_key(|score| (score.at, score.check));
        Ok(scores)
    }
}
