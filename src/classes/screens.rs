//! What the screens get of lessons in the room, and what they send.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::{Group, Model, Plan, Station, TabletPart, TeacherPart};
use crate::ids::{ClassId, PlanId, StudentId};

/// A plan, in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanRow {
    /// Names it.
    pub id: PlanId,
    /// A few words.
    pub title: String,
    /// What kind of lesson it is.
    pub model: Model,
    /// How many groups it has.
    pub groups: usize,
    /// How long it is in all, changes included.
    pub minutes: u32,
    /// When it was changed last, in milliseconds since 1970.
    pub at: u64,
    /// The name of whoever changed it last; null when they are gone.
    #[schema(required)]
    pub by: Option<String>,
}

/// The plans of a class.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanList {
    /// The newest first.
    pub plans: Vec<PlanRow>,
    /// The plan by which a lesson runs now.
    #[schema(required)]
    pub running: Option<PlanId>,
}

/// A plan with what is to be known of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LessonPlan)]
pub struct PlanPage {
    /// Names it.
    pub id: PlanId,
    /// All of it.
    pub content: Plan,
    /// The parts are about different things: neither about one skill, nor is one needed for the other.
    pub parts_apart: bool,
    /// The fewest minutes of practice that a student has: with a tablet or with the teacher.
    pub practice: u32,
    /// When it was changed last, in milliseconds since 1970.
    pub at: u64,
}

/// What a plan is made from.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewPlan)]
pub struct Wanted {
    /// A few words.
    pub title: String,
    /// What kind of lesson it is.
    pub model: Model,
    /// Tablets that work.
    pub tablets: u32,
    /// Whether there is a projector.
    pub projector: bool,
    /// From the first word to the last.
    pub minutes: u32,
    /// Places at a table.
    pub seats: u32,
    /// What is done on tablets.
    #[serde(default)]
    pub tablet: TabletPart,
    /// What the teacher does.
    #[serde(default)]
    pub teacher: TeacherPart,
}

/// The plan, or why there is none.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanMade {
    /// The plan; null when it is not possible.
    #[schema(required)]
    pub plan: Option<PlanPage>,
    /// Why it is not possible, with what would be enough.
    pub reasons: Vec<PlanReason>,
}

/// Why a plan is not possible.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanReason {
    /// `plan.no-students`, `plan.few-tablets`, `plan.few-seats` or `plan.short`.
    pub code: &'static str,
    /// Values for the sentence.
    pub params: PlanNumbers,
}

/// Values for the sentence that says why a plan is not possible.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct PlanNumbers {
    /// Students of the class.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub students: Option<u32>,
    /// Tablets there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub tablets: Option<u32>,
    /// Places there are at a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub seats: Option<u32>,
    /// Minutes there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub minutes: Option<u32>,
    /// How much of it would be enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub needed: Option<u32>,
}

/// What to do with a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum LessonStep {
    /// Begin it; another one that runs in the class ends.
    Start,
    /// Let the groups change now; in a change, let the round begin. After the last round it ends.
    Next,
    /// Make the round longer.
    Extend,
    /// End it.
    End,
}

/// One step of a lesson.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = LessonDo)]
pub struct Step {
    /// What to do.
    pub step: LessonStep,
    /// The round that the teacher saw, from 0: two touches then do not go two rounds ahead.
    pub round: Option<usize>,
    /// How much longer.
    pub minutes: Option<u32>,
}

/// The lesson of a class, as of now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LessonState)]
pub struct LessonAnswer {
    /// Null when none runs.
    #[schema(required)]
    pub lesson: Option<LessonNow>,
    /// Names what was said of the lessons so far; whoever sends it along is answered when more was said.
    pub mark: String,
}

/// A lesson that runs. It goes on by its timetable, also on a tablet that does not hear from the box.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct LessonNow {
    /// The plan by which it runs.
    pub plan: PlanId,
    /// Of which class.
    pub class: ClassId,
    /// A few words.
    pub title: String,
    /// The rounds that are not over, in their order.
    pub rounds: Vec<RoundNow>,
    /// Who works together.
    pub groups: Vec<GroupNow>,
    /// Where there is work.
    pub stations: Vec<Station>,
    /// What is done on tablets.
    pub tablet: TabletPart,
}

/// A round that is not over.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoundNow {
    /// Which of all, from 0.
    pub round: usize,
    /// Milliseconds until it begins; below 0 when it began.
    pub begins_in: i64,
    /// Milliseconds until it ends.
    pub ends_in: i64,
    /// For each group the number of its station, from 0.
    pub places: Vec<u32>,
    /// The groups at the tablets, by their numbers from 0.
    pub tablets: Vec<usize>,
}

/// Students who work together.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct GroupNow {
    /// Empty where the drawing says it all.
    pub name: String,
    /// The drawing that stands for it.
    pub drawing: String,
    /// Who is in it.
    pub students: Vec<StudentId>,
}

impl From<&Group> for GroupNow {
    fn from(group: &Group) -> Self {
        Self { name: group.name.clone(), drawing: group.drawing.clone(), students: group.students.clone() }
    }
}
