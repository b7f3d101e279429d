//! What a teacher's screen gets of a lesson; `docs/api.md` tells how it uses it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::State;
use super::signals::{Advice, Signal};
use crate::ids::{AskId, ClassId, StudentId};
use crate::packs::ActivityKind;

/// A class at work.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Live {
    /// Which class.
    pub class: ClassAtWork,
    /// Milliseconds since 1970 by the box.
    pub now: u64,
    /// Students who ask to be let in.
    pub asks: Vec<AskRow>,
    /// Whom to visit first, at most five.
    pub visits: Vec<StudentId>,
    /// All students, by name.
    pub students: Vec<StudentRow>,
}

/// A class by its name.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = LiveClass)]
pub struct ClassAtWork {
    /// Names it.
    pub id: ClassId,
    /// Its name.
    pub name: String,
}

/// A student who asks to be let in.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = Ask)]
pub struct AskRow {
    /// Names the request.
    pub ask: AskId,
    /// Who asks.
    pub student: StudentId,
    /// Their name.
    pub name: String,
    /// Their drawing.
    pub avatar: String,
    /// Milliseconds since 1970.
    pub at: u64,
}

/// A student at work.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LiveStudent)]
pub struct StudentRow {
    /// Names them.
    pub id: StudentId,
    /// Their name.
    pub name: String,
    /// Their drawing.
    pub avatar: String,
    /// Whether on any tablet.
    pub signed_in: bool,
    /// What they are doing.
    pub state: State,
    /// Not signed in and not heard of today, while a third of the class is signed in.
    pub absent: bool,
    /// Why they need somebody, the most urgent reason; nothing until something new happens when a teacher was there.
    #[schema(required)]
    pub signal: Option<SignalRow>,
    /// When the state began, in milliseconds since 1970; null when nothing was heard today.
    #[schema(required)]
    pub since: Option<u64>,
    /// Entries that the tablet still holds.
    pub waiting: u32,
    /// The activity on the screen.
    #[schema(required)]
    pub place: Option<PlaceRow>,
    /// The newest eight answers, oldest first.
    pub last: Vec<AnswerRow>,
    /// Answers today.
    pub answers: u32,
    /// Those that are right in all their parts.
    pub right_answers: u32,
}

/// Why a student needs somebody.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = LiveSignal)]
pub struct SignalRow {
    /// Which signal.
    pub kind: Signal,
    /// Names the sentence that tells why, such as `live.wrong-in-a-row`.
    pub code: &'static str,
    /// Values for the sentence.
    pub params: ReasonParams,
    /// What to do.
    pub advice: Advice,
    /// Since when, in milliseconds since 1970.
    pub since: u64,
}

/// Values for the sentence.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = LiveReasonParams)]
pub struct ReasonParams {
    /// How many in a row.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub count: Option<usize>,
    /// On which skill, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub skill: Option<String>,
    /// For how many whole minutes nothing was touched when this began.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub minutes: Option<u32>,
}

/// Where a student is.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LivePlace)]
pub struct PlaceRow {
    /// The course's id.
    pub course: String,
    /// The course's title.
    pub course_title: String,
    /// The lesson's id.
    pub lesson: String,
    /// The lesson's title.
    pub lesson_title: String,
    /// The activity's id.
    pub activity: String,
    /// The activity's title.
    pub activity_title: String,
    /// What is done in it.
    pub kind: ActivityKind,
    /// Answered places.
    pub done: u32,
    /// Places in all; 0 for what is read.
    pub of: u32,
}

/// An answer in a student's row.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = LiveAnswer)]
pub struct AnswerRow {
    /// Whether all of it is right.
    pub right: bool,
    /// From 0 to 1.
    pub score: f64,
    /// The item's id.
    pub item: String,
    /// The skill's name.
    pub skill: String,
    /// Milliseconds since 1970.
    pub at: u64,
}

/// What a tablet tells of itself while an activity is on its screen.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Presence {
    /// The course's id.
    pub course: String,
    /// The lesson's id.
    pub lesson: String,
    /// The activity's id.
    pub activity: String,
    /// Seconds without a touch.
    pub idle: u32,
    /// Entries that are not sent yet.
    pub waiting: u32,
}
