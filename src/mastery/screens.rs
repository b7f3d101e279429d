//! What the screens get of ratings; `docs/api.md` tells how they use it.

use serde::Serialize;
use utoipa::ToSchema;

use super::band::Band;
use super::placement::Offer;
use super::standing::{SkillPicture, Sureness};
use crate::evidence::Way;
use crate::ids::{ClassId, StaffId, StudentId};

/// A class and a course: how far each student is with each skill.
#[derive(Debug, Serialize, ToSchema)]
pub struct SkillGrid {
    /// The class.
    pub class: ClassId,
    /// Courses with skills, by title.
    pub courses: Vec<CourseName>,
    /// The one that is shown; null where no course has skills.
    #[schema(required)]
    pub course: Option<String>,
    /// In the author's order.
    pub skills: Vec<SkillHead>,
    /// By name.
    pub students: Vec<GridRow>,
}

/// A course to choose.
#[derive(Debug, Serialize, ToSchema)]
pub struct CourseName {
    /// The pack's id.
    pub id: String,
    /// In the reader's language, where there is one.
    pub title: String,
}

/// A skill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SkillHead {
    /// `<pack>/<skill>`.
    pub id: String,
    /// A few words.
    pub name: String,
    /// In the student's words: "I can …".
    pub can: String,
    /// The thread that it belongs to; may be empty.
    pub strand: String,
}

/// One student's row.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SkillGridRow)]
pub struct GridRow {
    /// Who.
    pub id: StudentId,
    /// The name to show.
    pub name: String,
    /// The drawing.
    pub avatar: String,
    /// One for each skill, in the order of the skills.
    pub cells: Vec<SkillCell>,
}

/// How far a student is with a skill. What is left out is nothing, no, or not yet seen: a grid has thousands of these.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct SkillCell {
    /// By what was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub band: Option<Band>,
    /// By a teacher's word; it stands beside the other and replaces nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub said: Option<Band>,
    /// The chance to be right, in hundredths, day by day of work; the newest last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub spark: Vec<u8>,
    /// Many answers and no way forward: it wants another way.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub spinning: bool,
}

/// All that is known of a student's skill, and why it is called so.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SkillStory {
    /// Who.
    pub student: StudentId,
    /// The skill.
    pub skill: SkillHead,
    /// By what was seen.
    pub band: Band,
    /// A teacher's word, where there is one.
    #[schema(required)]
    pub said: Option<SaidBand>,
    /// The chance to be right in a question of usual difficulty, in hundredths.
    pub level: u8,
    /// How sure that is.
    pub sureness: Sureness,
    /// So many more right answers make it secure; null where even twenty would not.
    #[schema(required)]
    pub more_right: Option<u8>,
    /// When it wants a review, in milliseconds since 1970.
    #[schema(required)]
    pub review_due: Option<u64>,
    /// Many answers and no way forward.
    pub spinning: bool,
    /// It goes down.
    pub falling: bool,
    /// The chance to be right, in hundredths, day by day of work.
    pub spark: Vec<u8>,
    /// Skills that come first, and how far the student is with them.
    pub before: Vec<SkillOfStudent>,
    /// What was seen, the newest first; the newest thirty.
    pub evidence: Vec<EvidenceRow>,
}

/// A teacher's word on a skill.
#[derive(Debug, Serialize, ToSchema)]
pub struct SaidBand {
    /// What the teacher says.
    pub band: Band,
    /// Who.
    pub by: StaffId,
    /// Their name; empty when they have left.
    pub name: String,
    /// Why; may be empty.
    pub why: String,
    /// When, in milliseconds since 1970.
    pub at: u64,
}

/// A skill with how far a student is.
#[derive(Debug, Serialize, ToSchema)]
pub struct SkillOfStudent {
    /// The skill.
    pub skill: SkillHead,
    /// By what was seen, or by a teacher's word.
    pub band: Band,
}

/// One thing that was seen.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceRow {
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// How it was seen; null for an answer on a tablet.
    #[schema(required)]
    pub way: Option<Way>,
    /// The share that was right, from 0 to 1.
    pub score: f64,
    /// Of how many questions.
    pub questions: u16,
    /// How hard the question is said to be.
    #[schema(required)]
    pub hard: Option<HowHard>,
    /// Whether it was answered together with another student.
    pub together: bool,
    /// What the test or task is called; may be empty.
    pub title: String,
    /// Who wrote it down; empty for tablets and for staff who have left.
    pub by: String,
}

/// How hard a question is, beside others of its skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum HowHard {
    /// Most are right.
    Easy,
    /// As usual.
    Usual,
    /// Many are wrong.
    Hard,
}

/// A student's own picture.
#[derive(Debug, Serialize, ToSchema)]
pub struct SkillMap {
    /// Courses in which something was seen, or that the student's class was given.
    pub courses: Vec<MapCourse>,
    /// What to learn next, and why.
    #[schema(required)]
    pub next: Option<NextSkill>,
}

/// A course on a student's map.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SkillMapCourse)]
pub struct MapCourse {
    /// The pack's id.
    pub id: String,
    /// In the reader's language, where there is one.
    pub title: String,
    /// In the author's order.
    pub skills: Vec<MapSkill>,
}

/// A skill on a student's map.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SkillOnMap)]
pub struct MapSkill {
    /// The skill.
    pub skill: SkillHead,
    /// By what was seen, or by a teacher's word.
    pub band: Band,
    /// Whether a teacher said so.
    pub said: bool,
    /// Whether it has grown since the first day of work on it.
    pub grown: bool,
    /// Whether what comes first is not there yet; it may be opened all the same.
    pub early: bool,
}

/// Three ways to go on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Choices {
    /// What suits best; null when nothing is left to learn.
    #[schema(required)]
    pub recommended: Option<NextSkill>,
    /// What was known longest ago and wants to be seen again.
    #[schema(required)]
    pub review: Option<NextSkill>,
    /// How many skills want to be seen again.
    pub due: u32,
    /// A course in which to find out where to start.
    #[schema(required)]
    pub placement: Option<Offer>,
}

/// What to learn next.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextSkill {
    /// The course.
    pub course: String,
    /// The skill.
    pub skill: SkillHead,
    /// Why this one.
    pub why: WhyNext,
}

/// Why a skill comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum WhyNext {
    /// It is nearly there.
    Nearly,
    /// It was begun.
    Begun,
    /// All that comes first is there.
    Ready,
    /// It was known and wants to be seen again.
    Review,
    /// The class works on it together.
    Class,
    /// The group works on it together.
    Group,
}

impl SkillCell {
    pub(super) fn of(picture: &SkillPicture, said: Option<Band>) -> Self {
        Self {
            band: Some(picture.band).filter(|band| *band != Band::NotSeen),
            said,
            spark: picture.spark.clone(),
            spinning: picture.spinning,
        }
    }
}
