//! What the screens get of goals, and what they send.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{ClassId, GoalId};
use crate::mastery::SkillHead;

/// A goal and how far it is.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Goal)]
pub struct GoalShown {
    /// Names it.
    pub id: GoalId,
    /// The class.
    pub class: ClassId,
    /// Its name.
    pub class_name: String,
    /// The skills, of those that the box still has.
    pub skills: Vec<SkillHead>,
    /// The share that is to be secure, in percent.
    pub target: u32,
    /// The day on which it was set, as `2026-11-25`.
    pub from: String,
    /// The last day.
    pub until: String,
    /// The share that was secure on the first day, in percent.
    pub start: f64,
    /// The share that is secure now; null without students.
    #[schema(required)]
    pub now: Option<f64>,
    /// Percentage points that each week must bring; null without students, and when the last day has passed.
    #[schema(required)]
    pub needed_per_week: Option<f64>,
    /// Reached, or as far as a steady pace would be; null without students.
    #[schema(required)]
    pub on_track: Option<bool>,
    /// The last day has passed.
    pub over: bool,
}

/// Goals, those that end first before the others.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GoalList)]
pub struct Goals {
    /// At most three that are not over.
    pub goals: Vec<GoalShown>,
}

/// A goal as somebody wants it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = NewGoal)]
pub struct GoalWanted {
    /// Each as `<pack>/<skill>`.
    pub skills: Vec<String>,
    /// The share that is to be secure, in percent.
    pub target: u32,
    /// The last day, as `2026-12-18`.
    pub until: String,
}
