//! What the screens of whoever writes get; `docs/api.md` tells how it is used.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::draft::Draft;
use super::media::MediaKind;
use crate::lint::{Grade, Severity};

/// Everything that is written here.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Authoring)]
pub(super) struct AuthoringPage {
    /// What was changed last stands first.
    pub(super) courses: Vec<OwnCourseLine>,
}

/// An own course, in one line.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct OwnCourseLine {
    pub(super) id: String,
    pub(super) title: String,
    /// BCP 47.
    pub(super) language: String,
    /// How many.
    pub(super) lessons: usize,
    /// How many.
    pub(super) questions: usize,
    /// By name; null for somebody who is not at the school any more.
    #[schema(required)]
    pub(super) changed_by: Option<String>,
    /// Milliseconds since 1970.
    pub(super) changed_at: u64,
    /// Null as long as it is not on the shelf.
    #[schema(required)]
    pub(super) shelf: Option<ShelfPart>,
}

/// What is on the shelf of an own course.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OwnShelf)]
pub(super) struct ShelfPart {
    /// The course's id.
    pub(super) course: String,
    /// Semver.
    pub(super) version: String,
    /// Whether it is what the draft says.
    pub(super) current: bool,
}

/// An own course with its draft.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OwnCourse)]
pub(super) struct OwnCoursePart {
    pub(super) id: String,
    /// Counts how often it was saved.
    pub(super) revision: u64,
    /// By name; null for somebody who is not at the school any more.
    #[schema(required)]
    pub(super) changed_by: Option<String>,
    /// Milliseconds since 1970.
    pub(super) changed_at: u64,
    pub(super) draft: Draft,
    /// What there is to mend, the gravest first.
    pub(super) findings: Vec<OwnFinding>,
    /// What it would be on the shelf.
    pub(super) grade: Grade,
    /// Null as long as it is not on the shelf.
    #[schema(required)]
    pub(super) shelf: Option<ShelfPart>,
}

/// Something to mend in a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct OwnFinding {
    /// One of the verdict's codes, such as `E-106`, or one of the draft's own, such as `title-missing`.
    pub(super) code: &'static str,
    /// Errors and worse keep it off the shelf.
    pub(super) severity: Severity,
    /// Where.
    pub(super) place: OwnPlace,
    /// What is wrong and what to do, in English.
    pub(super) message: String,
}

/// A place in a draft; null for what does not apply.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct OwnPlace {
    /// The lesson's id.
    #[schema(required)]
    pub(super) lesson: Option<String>,
    /// The part's id.
    #[schema(required)]
    pub(super) part: Option<String>,
    /// The question's id.
    #[schema(required)]
    pub(super) item: Option<String>,
    /// The field's name in the draft.
    #[schema(required)]
    pub(super) field: Option<String>,
}

/// A file that was taken into an own course.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OwnMedia)]
pub(super) struct MediaPart {
    /// How the draft names it: `media/NAME`.
    pub(super) file: String,
    /// What it is.
    pub(super) kind: MediaKind,
    /// Its length.
    pub(super) bytes: u64,
}

/// A question as a student would meet it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OwnTry)]
pub(super) struct TriedPart {
    /// What a tablet gets, with the key; null as long as something is missing.
    #[schema(required)]
    pub(super) variant: Option<Value>,
    /// What is missing.
    pub(super) findings: Vec<OwnFinding>,
}
