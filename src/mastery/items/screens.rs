//! What the screens get of how questions do.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

pub use super::rules::{Choice, ItemVerdict};

/// How the questions of a course do, those that need a look first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemAnalysis {
    /// The course's id.
    pub course: String,
    /// Its title.
    pub title: String,
    /// The language of the questions.
    pub language: String,
    /// Where its pictures are on the packs origin.
    pub hash: String,
    /// Questions that somebody answered, worst first.
    pub items: Vec<ItemFindings>,
    /// Questions that nobody answered yet.
    pub unanswered: usize,
}

/// What the answers say of one question.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemFindings {
    /// The question's id in the pack.
    pub id: String,
    /// What it is about, as the course calls its skills.
    pub skills: Vec<String>,
    /// What is to be thought of it.
    pub verdict: ItemVerdict,
    /// Students who answered it, each once.
    pub answers: usize,
    /// The share that was right, in hundredths.
    pub right: u8,
    /// How closely right answers go with what students can do otherwise, from -100 to 100.
    #[schema(required)]
    pub discrimination: Option<i8>,
    /// The answers that were given, the commonest first; none where each student has other numbers.
    pub choices: Vec<Choice>,
    /// The answer that is likelier to be right than the key, in JSON.
    #[schema(required)]
    pub likely: Option<String>,
    /// The question as it is shown, with its key.
    pub item: Value,
}
