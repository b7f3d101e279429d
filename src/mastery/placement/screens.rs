//! What the screens send and get of placement.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::screens::SkillHead;
use crate::ids::StudentId;

/// Who is asked to find out where to start.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PlacementWish)]
pub(super) struct Wish {
    /// The course's id.
    pub(super) course: String,
    /// One of its strands; all of it without one.
    pub(super) strand: Option<String>,
    /// Students of the class; all of them without any.
    pub(super) students: Option<Vec<StudentId>>,
    /// Whether they are asked from now on, or no more.
    pub(super) asked: bool,
}

/// How far a class is with finding out where to start in a course.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlacementList)]
pub(super) struct PlacementList {
    /// Those who were asked, by name.
    pub(super) students: Vec<PlacementRow>,
    /// The course's strands, in the author's order.
    pub(super) strands: Vec<String>,
}

/// One student who was asked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlacementRow)]
pub(super) struct PlacementRow {
    /// Who.
    pub(super) id: StudentId,
    /// The name to show.
    pub(super) name: String,
    /// The drawing.
    pub(super) avatar: String,
    /// The strand; null for the whole course.
    #[schema(required)]
    pub(super) strand: Option<String>,
    /// Answers since they were asked; 12 in all.
    pub(super) done: u32,
    /// Where to start, once it is done; null also for who knows all of it.
    #[schema(required)]
    pub(super) start: Option<SkillHead>,
    /// Whether it is done.
    pub(super) over: bool,
}

/// Finding out where to start, on a student's first page.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlacementOffer)]
pub struct Offer {
    /// The course's id.
    pub course: String,
    /// Its title, in the reader's language where there is one.
    pub title: String,
    /// The strand; `~all` for the whole course.
    pub strand: String,
    /// Whether a teacher asks for it; else it is only proposed.
    pub asked: bool,
}

/// Where a student starts in a course.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlacementStart)]
pub(super) struct Start {
    /// The first skill that is not taken for known; null where all are.
    #[schema(required)]
    pub(super) skill: Option<SkillHead>,
}
