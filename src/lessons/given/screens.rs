//! What the screens get of the things that teachers gave.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::State;

/// What can be given to a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Gift {
    /// The course's id.
    pub course: String,
    /// The lesson's id; the whole course without it.
    pub lesson: Option<String>,
}

/// Something from the teacher, on a student's first screen.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GiftCard {
    /// The course's id.
    pub course: String,
    /// The course's title, in the reader's language where there is one.
    pub title: String,
    /// The lesson's id; null for the whole course.
    #[schema(required)]
    pub lesson: Option<String>,
    /// The lesson's title.
    #[schema(required)]
    pub lesson_title: Option<String>,
    /// The activity of the lesson with which to go on; null for the whole course.
    #[schema(required)]
    pub activity: Option<String>,
    /// The language of the lessons.
    pub language: String,
    /// The lesson's picture or the course's, on the packs origin.
    #[schema(required)]
    pub picture: Option<String>,
    /// How far the student is.
    pub state: State,
    /// How many activities of the lesson, or lessons of the course, are done.
    pub done: usize,
    /// How many there are.
    pub of: usize,
}

/// Something that a class was given, for its teachers.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GiftRow {
    /// The course's id.
    pub course: String,
    /// The course's title, in the school's language where there is one.
    pub title: String,
    /// The lesson's id; null for the whole course.
    #[schema(required)]
    pub lesson: Option<String>,
    /// The lesson's title.
    #[schema(required)]
    pub lesson_title: Option<String>,
    /// The language of the lessons.
    pub language: String,
    /// The lesson's picture or the course's, on the packs origin.
    #[schema(required)]
    pub picture: Option<String>,
    /// Since when, in milliseconds since 1970.
    pub at: u64,
    /// The name of whoever gave it; null when they are gone.
    #[schema(required)]
    pub by: Option<String>,
    /// How many students the class has.
    pub students: usize,
    /// How many of them began it, also long ago.
    pub begun: usize,
    /// How many of them finished it.
    pub done: usize,
}
