//! What reports hold; `docs/api.md` tells how they are shown and printed.

use serde::Serialize;
use utoipa::ToSchema;

use crate::classes::DaysOf;
use crate::goals::GoalShown;
use crate::ids::{ClassId, StudentId};
use crate::mastery::{Band, SkillHead};

/// One page for the next lesson of a class.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Tomorrow {
    /// The class.
    pub class: ClassId,
    /// When it was made, in milliseconds since 1970.
    pub at: u64,
    /// What the class is to reach, and how far it is; without those that are over.
    pub goals: Vec<GoalShown>,
    /// The skill that most of the class still needs and is ready for; null when there is none.
    #[schema(required)]
    pub reteach: Option<ReTeach>,
    /// Groups who share a gap.
    pub groups: Vec<GapGroup>,
    /// Whom to sit down with: much practice and no way forward. At most five, those who know least first.
    pub visit: Vec<VisitRow>,
    /// Who is ready for something new.
    pub ready: Vec<NamedStudent>,
    /// Of whom nothing was seen in the last seven days.
    pub unseen: Vec<NamedStudent>,
}

/// A skill to teach again.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReTeach {
    /// The skill.
    pub skill: SkillHead,
    /// How many students need it.
    pub students: usize,
}

/// Students who share a gap.
#[derive(Debug, Serialize, ToSchema)]
pub struct GapGroup {
    /// The gap; null where they need nothing.
    #[schema(required)]
    pub gap: Option<SkillHead>,
    /// Who.
    pub students: Vec<NamedStudent>,
}

/// A student on a page of paper.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NamedStudent {
    /// Who.
    pub id: StudentId,
    /// The name to show.
    pub name: String,
    /// The drawing.
    pub avatar: String,
}

/// Whom to sit down with.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TomorrowVisit)]
pub struct VisitRow {
    /// Who.
    pub student: NamedStudent,
    /// Which skill does not go forward.
    pub skill: SkillHead,
}

/// What a student can do, for the student's parents: by skill, in words, with growth and without any rank.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportCard {
    /// The name to show.
    pub name: String,
    /// The drawing.
    pub avatar: String,
    /// The classes.
    pub classes: Vec<String>,
    /// The school's name.
    pub school: String,
    /// From when growth is told, in milliseconds since 1970.
    pub from: u64,
    /// When it was made.
    pub at: u64,
    /// Courses in which something was seen.
    pub courses: Vec<CardCourse>,
    /// Skills that are secure or kept, in all.
    pub secure: usize,
    /// Of them, those that were not on the first day.
    pub newly_secure: usize,
    /// The next steps, at most three.
    pub next: Vec<SkillHead>,
    /// What the student's classes are to reach, and how far they are; without classes of fewer than five students.
    pub goals: Vec<GoalShown>,
    /// On how many days the student was there since the first day, as far as it is known.
    pub days: DaysOf,
    /// For the parents' page; null where the reader may not hand it out.
    #[schema(required)]
    pub code: Option<String>,
}

/// A course on a report card.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportCourse)]
pub struct CardCourse {
    /// In the reader's language, where there is one.
    pub title: String,
    /// Skills in which something was seen.
    pub skills: Vec<CardSkill>,
}

/// A skill on a report card.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportSkill)]
pub struct CardSkill {
    /// The skill.
    pub skill: SkillHead,
    /// Now.
    pub band: Band,
    /// On the first day.
    pub before: Band,
    /// Steps up since then; below zero for steps back.
    pub steps: i8,
}
