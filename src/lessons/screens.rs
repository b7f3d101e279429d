//! What the students' screens get; `docs/api.md` tells how they use it.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::given::GiftCard;
use super::rules::State;
use crate::packs::{ActivityKind, Audience, Direction};

/// The first screen of a student.
#[derive(Debug, Serialize, ToSchema)]
pub struct Home {
    /// Where to go on; null before the first activity was opened and when all is done.
    #[schema(required)]
    pub r#continue: Option<Continue>,
    /// What the teachers of the student's classes gave them: what is not done first, of each the newest first.
    pub given: Vec<GiftCard>,
    /// All courses for students.
    pub courses: Vec<CourseCard>,
}

/// Where to go on.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Continue {
    /// The course's id.
    pub course: String,
    /// The course's title.
    pub title: String,
    /// The lesson's id.
    pub lesson: String,
    /// The lesson's title.
    pub lesson_title: String,
    /// The activity's id.
    pub activity: String,
    /// The activity's title.
    pub activity_title: String,
    /// Answered places of its current run.
    pub done: u32,
    /// Places in all; 0 for what is read.
    pub of: u32,
    /// The lesson's picture, on the packs origin.
    #[schema(required)]
    pub picture: Option<String>,
}

/// A course on the first screen.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CourseCard {
    /// The pack's id.
    pub id: String,
    /// In the reader's language, where there is one.
    pub title: String,
    /// In the reader's language, where there is one.
    pub summary: String,
    /// A picture, on the packs origin.
    #[schema(required)]
    pub cover: Option<String>,
    /// The language of the lessons.
    pub language: String,
    /// Which way it is written.
    pub direction: Direction,
    /// How many lessons it has.
    pub lessons: usize,
    /// How many of them are done.
    pub lessons_done: usize,
}

/// What teachers read for themselves.
#[derive(Debug, Serialize, ToSchema)]
pub struct Guides {
    /// All courses for teachers.
    pub guides: Vec<CourseCard>,
}

/// A course with all its lessons.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Course)]
pub struct CoursePage {
    /// The pack's id.
    pub id: String,
    /// In the reader's language, where there is one.
    pub title: String,
    /// The language of the lessons.
    pub language: String,
    /// Which way it is written.
    pub direction: Direction,
    /// Whom it is for.
    pub audience: Audience,
    /// In the order in which they are learned.
    pub units: Vec<UnitPart>,
}

/// Lessons that belong together.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Unit)]
pub struct UnitPart {
    /// Unique in the course.
    pub id: String,
    /// Its title.
    pub title: String,
    /// In order.
    pub lessons: Vec<LessonPart>,
}

/// A lesson.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Lesson)]
pub struct LessonPart {
    /// Unique in the course.
    pub id: String,
    /// Its title.
    pub title: String,
    /// A picture, on the packs origin.
    #[schema(required)]
    pub picture: Option<String>,
    /// A usual time.
    pub minutes: u32,
    /// Done when all its activities are.
    pub state: State,
    /// In order.
    pub activities: Vec<ActivityPart>,
}

/// An activity in its lesson.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LessonActivity)]
pub struct ActivityPart {
    /// Unique in the lesson.
    pub id: String,
    /// What is done in it.
    pub kind: ActivityKind,
    /// Its title.
    pub title: String,
    /// How far.
    pub state: State,
    /// Answered places of the last finished run, else of the current one.
    pub done: u32,
    /// Places in all; 0 for what is read.
    pub of: u32,
    /// Places that are right, as `done`.
    pub right: u32,
}

/// An activity, ready to be done without a network.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Activity)]
pub struct ActivityPage {
    /// The course's id.
    pub course: String,
    /// The course's title.
    pub course_title: String,
    /// The lesson's id.
    pub lesson: String,
    /// The lesson's title.
    pub lesson_title: String,
    /// The activity's id.
    pub id: String,
    /// What is done in it.
    pub kind: ActivityKind,
    /// Its title.
    pub title: String,
    /// Which way the course is written.
    pub direction: Direction,
    /// SHA-256 of the pack: where its files are on the packs origin.
    pub hash: String,
    /// Which time through it this is, from 1.
    pub run: u32,
    /// Places in all; 0 for what is read.
    pub of: u32,
    /// What is read; of pages and examples.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub html: Option<String>,
    /// What is asked; of practices and checks.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub items: Option<Vec<Place>>,
    /// What is shown or played, on the packs origin; of videos, sounds, documents, apps, pictures and pages in HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub file: Option<String>,
    /// The parts of a book, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub chapters: Vec<ChapterPart>,
    /// What is said, to read along.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub captions: Vec<CaptionsPart>,
    /// What is heard and seen, in words, as HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub transcript: Option<String>,
    /// A picture to show before a video plays, on the packs origin.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub poster: Option<String>,
    /// What a picture shows, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub alt: Option<String>,
    /// Where the student stopped: a second of a video or a sound, a page of a document from 1, a chapter from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub position: Option<u32>,
    /// Pictures and sounds to fetch beforehand, on the packs origin.
    pub media: Vec<String>,
    /// What follows in the course.
    #[schema(required)]
    pub next: Option<Next>,
}

/// A part of a book.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Chapter)]
pub struct ChapterPart {
    /// A few words.
    pub title: String,
    /// On the packs origin.
    pub file: String,
}

/// Captions of a video or a sound.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Captions)]
pub struct CaptionsPart {
    /// BCP 47.
    pub language: String,
    /// A `WebVTT` file on the packs origin.
    pub file: String,
}

/// One question of a run.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Question)]
pub struct Place {
    /// From 0.
    pub place: u32,
    /// Goes back with the answer.
    pub seed: u64,
    /// From 0 to 1; null until answered.
    #[schema(required)]
    pub score: Option<f64>,
    /// Whether it is answered.
    pub answered: bool,
    /// A variant, as docs/pack-format.md shows it; in a running check without its key.
    pub item: Value,
}

/// Where to go from here.
#[derive(Debug, Serialize, ToSchema)]
pub struct Next {
    /// The lesson's id.
    pub lesson: String,
    /// The activity's id.
    pub activity: String,
}

/// A finished run, to look back at.
#[derive(Debug, Serialize, ToSchema)]
pub struct Review {
    /// Which one.
    pub run: u32,
    /// By place.
    pub items: Vec<Reviewed>,
}

/// One answered question.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReviewedQuestion)]
pub struct Reviewed {
    /// From 0.
    pub place: u32,
    /// What the student answered.
    pub response: Value,
    /// From 0 to 1.
    pub score: f64,
    /// Whether it is right in all its parts.
    pub right: bool,
    /// The author's words to this very answer.
    #[schema(required)]
    pub feedback: Option<String>,
    /// The variant, with its key.
    pub item: Value,
}

/// What only teachers read of a lesson.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LessonNotes {
    /// The author's notes for the teacher, as HTML.
    #[schema(required)]
    pub teacher_notes: Option<String>,
    /// What the class does without tablets, as HTML.
    #[schema(required)]
    pub off_tablet: Option<String>,
}
