//! What the screens get of a sheet.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::mastery::SkillHead;
use crate::packs::Direction;

/// Questions on paper, with their key.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PrintedSheet)]
pub struct Sheet {
    /// The course's id.
    pub course: String,
    /// Its title.
    pub title: String,
    /// The language of the questions.
    pub language: String,
    /// Which way that language is written.
    pub direction: Direction,
    /// Where its pictures are on the packs origin.
    pub hash: String,
    /// Printed on it; gives the same sheet again.
    pub number: u32,
    /// What it is about.
    pub skills: Vec<SkillHead>,
    /// One, or A and B.
    pub forms: Vec<SheetForm>,
    /// Questions of these skills that can't be asked on paper.
    pub left_out: usize,
    /// Paths of pictures on the packs origin.
    pub media: Vec<String>,
}

/// One form of a sheet.
#[derive(Debug, Serialize, ToSchema)]
pub struct SheetForm {
    /// `A` or `B`.
    pub name: &'static str,
    /// In their order, the easy ones first.
    pub questions: Vec<SheetQuestion>,
}

/// A question on a sheet.
#[derive(Debug, Serialize, ToSchema)]
pub struct SheetQuestion {
    /// The id of its skill, as the course calls it.
    pub skill: String,
    /// What its numbers were drawn from.
    pub seed: u64,
    /// The chance to be right by guessing, in thousandths.
    pub guess: u16,
    /// A variant with its key, as docs/pack-format.md shows it.
    pub item: Value,
    /// The answer that the box marks as right.
    #[schema(required)]
    pub key: Option<Value>,
}
