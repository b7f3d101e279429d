//! What the screens send and get of checks in the room.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::body::Way;
use crate::ids::{CheckId, StudentId};

/// A check as a teacher writes it down, all of it or a part.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(super) struct CheckSheet {
    /// How it was seen. Stays the same for a check.
    pub(super) way: Way,
    /// What it is called; may be empty.
    #[serde(default)]
    pub(super) title: String,
    /// When it happened, in milliseconds since 1970: in the past, or today.
    pub(super) at: u64,
    /// What it is about.
    pub(super) skills: Vec<SheetSkill>,
    /// The scores to write or to take back; all others stay. Of two for one student and skill the last counts.
    #[serde(default)]
    pub(super) scores: Vec<SheetScore>,
}

/// A skill of a check, as it is sent.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(super) struct SheetSkill {
    /// `<pack>/<skill>`.
    pub(super) skill: String,
    /// On paper: of how many questions, from 1 to 100. The other ways count as a number of their own.
    #[schema(maximum = 100)]
    pub(super) questions: Option<u16>,
    /// On paper and with cards: the chance to be right by guessing, in thousandths.
    #[serde(default)]
    #[schema(maximum = 500)]
    pub(super) guess: u16,
}

/// One score, as it is sent.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(super) struct SheetScore {
    /// Who, of the class.
    pub(super) student: StudentId,
    /// One of the check's skills.
    pub(super) skill: String,
    /// Right answers on paper; a level from 1 to 4 when asked or observed; a level from 0 to 4 for a product; 0 or 1 with
    /// cards. Null takes the score back.
    #[schema(required)]
    pub(super) value: Option<u16>,
}

/// What was written down of a class.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct CheckList {
    /// The box's time, in milliseconds since 1970: today, for what is written down next.
    pub(super) now: u64,
    /// The newest first.
    pub(super) checks: Vec<CheckRow>,
}

/// One check of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct CheckRow {
    /// The check's id.
    pub(super) check: CheckId,
    /// How it was seen.
    pub(super) way: Way,
    /// What it is called; may be empty.
    pub(super) title: String,
    /// When it happened, in milliseconds since 1970.
    pub(super) at: u64,
    /// What it is about.
    pub(super) skills: Vec<CheckSkill>,
    /// The name of whoever wrote last in it; null when they are gone.
    #[schema(required)]
    pub(super) by: Option<String>,
    /// When that was, in milliseconds since 1970.
    pub(super) written: u64,
    /// Of how many students something is written down.
    pub(super) students: usize,
}

/// A skill of a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct CheckSkill {
    /// `<pack>/<skill>`.
    pub(super) skill: String,
    /// Its name; null when its course is not on the box.
    #[schema(required)]
    pub(super) name: Option<String>,
    /// Of how many questions.
    pub(super) questions: u16,
    /// The chance to be right by guessing, in thousandths.
    pub(super) guess: u16,
}

/// One check with the whole class, to go on with.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct CheckPage {
    /// What is the same for all.
    pub(super) check: CheckRow,
    /// The students of the class, by name.
    pub(super) students: Vec<CheckStudent>,
}

/// What a check says of one student.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct CheckStudent {
    /// Who.
    pub(super) student: StudentId,
    /// Their name.
    pub(super) name: String,
    /// Their drawing.
    pub(super) avatar: String,
    /// Their scores, at most one for each skill of the check.
    pub(super) scores: Vec<CheckScore>,
}

/// One score.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct CheckScore {
    /// `<pack>/<skill>`.
    pub(super) skill: String,
    /// As it was sent.
    pub(super) value: u16,
    /// The name of whoever wrote it; null when they are gone.
    #[schema(required)]
    pub(super) by: Option<String>,
    /// When, in milliseconds since 1970.
    pub(super) written: u64,
}

/// A teacher's word on a student's band in a skill.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(super) struct BandWord {
    /// `<pack>/<skill>`.
    pub(super) skill: String,
    /// From 1 (starting) to 4 (secure); null takes the word back.
    #[schema(required, minimum = 1, maximum = 4)]
    pub(super) band: Option<u8>,
    /// Why; may be empty.
    #[serde(default)]
    pub(super) why: String,
}

/// The skills that there are, by course.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct SkillList {
    /// The courses for students that have skills.
    pub(super) courses: Vec<SkillsOfCourse>,
}

/// The skills of one course.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct SkillsOfCourse {
    /// The course's id.
    pub(super) course: String,
    /// The course's title, in the school's language where there is one.
    pub(super) title: String,
    /// The language of the lessons.
    pub(super) language: String,
    /// In the order in which they are learned.
    pub(super) skills: Vec<SkillName>,
}

/// A skill, for choosing it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct SkillName {
    /// `<pack>/<skill>`.
    pub(super) skill: String,
    /// A few words.
    pub(super) name: String,
    /// In the student's words.
    pub(super) can: String,
    /// The thread that it belongs to; may be empty.
    pub(super) strand: String,
}
