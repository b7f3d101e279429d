//! The twelve types of questions, as they stand in a variant.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::block::{Block, Count, Math, Numeral, Paragraph, is_false};
use super::number::read_plain;
use super::rational::Rational;

/// What a question asks and its key. JSON: the fields beside the common ones, named by `type`
/// (`docs/pack-format.md`, "Types"). Keys are `None` on a variant that went without its key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
pub enum Question {
    /// One of several options.
    Single {
        /// The options in the order to show.
        options: Vec<OptionBlock>,
        /// The id of the right one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<String>,
    },
    /// Some of several options.
    Multiple {
        /// The options in the order to show.
        options: Vec<OptionBlock>,
        /// The ids of the right ones.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<Vec<String>>,
    },
    /// True or false.
    TrueFalse {
        /// Whether the stem is true.
        #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "truth")]
        answer: Option<bool>,
    },
    /// A number to write.
    Number {
        /// Shown behind the place to write.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
        /// The value, and how near is near enough.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<NumberKey>,
        /// Known wrong numbers.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mistakes: Vec<Mistake<Numeral>>,
    },
    /// A few words to write.
    Short {
        /// The accepted texts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<ShortKey>,
        /// Known wrong texts.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mistakes: Vec<Mistake<String>>,
    },
    /// Gaps in the text of the stem.
    Cloze {
        /// The gaps; their keys stand in them.
        gaps: Vec<Gap>,
    },
    /// Pairs.
    Match {
        /// What gets a partner.
        left: Vec<OptionBlock>,
        /// The partners in the order to show.
        right: Vec<OptionBlock>,
        /// Left id → right id.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<BTreeMap<String, String>>,
    },
    /// Things to put in order.
    Order {
        /// The things in the order to show.
        options: Vec<OptionBlock>,
        /// All ids in the right order.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<Vec<String>>,
    },
    /// Things to put into bins.
    Sort {
        /// The bins.
        bins: Vec<OptionBlock>,
        /// The things in the order to show.
        options: Vec<OptionBlock>,
        /// Option id → bin id.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<BTreeMap<String, String>>,
    },
    /// Places in a picture to tap.
    Hotspot {
        /// Path of the picture in the pack.
        image: String,
        /// What it shows.
        alt: String,
        /// Where one can tap.
        areas: Vec<Area>,
        /// Whether more than one area is right; known even where the key is not.
        #[serde(default, skip_serializing_if = "is_false")]
        many: bool,
        /// The ids of the right areas.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<Vec<String>>,
    },
    /// A place on a number line.
    NumberLine {
        /// The line.
        line: Line,
        /// The value, and how near is near enough.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<PlaceKey>,
    },
    /// Words to tap, usually after hearing them.
    TapWord {
        /// The words in their order.
        words: Vec<Word>,
        /// Whether more than one word is right; known even where the key is not.
        #[serde(default, skip_serializing_if = "is_false")]
        many: bool,
        /// The ids of the right words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<Vec<String>>,
    },
}

impl Question {
    /// The key as a number: of a number or a place on a line, or of one option that shows nothing but a plain number.
    pub(super) fn key_number(&self) -> Option<Rational> {
        match self {
            Self::Number { answer, .. } => Some(answer.as_ref()?.value.value()),
            Self::NumberLine { answer, .. } => Some(answer.as_ref()?.value.value()),
            Self::Single { options, answer } => {
                let right = options.iter().find(|option| Some(&option.id) == answer.as_ref())?;
                match right.blocks.as_slice() {
                    [Block::Paragraph(Paragraph { p }) | Block::Math(Math { math: p })] => read_plain(p),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// An option, a partner, a bin: `{ "id": "a", "blocks": […] }`. Read also with `text` in place of `blocks`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawOption")]
pub struct OptionBlock {
    /// Unique in its list.
    pub id: String,
    /// What it shows.
    pub blocks: Vec<Block>,
    /// Shown when it was picked wrongly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback: Option<String>,
    /// The name of the mistake that leads here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub misconception: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOption {
    id: String,
    text: Option<String>,
    blocks: Option<Vec<Block>>,
    feedback: Option<String>,
    misconception: Option<String>,
}

impl TryFrom<RawOption> for OptionBlock {
    type Error = String;

    fn try_from(raw: RawOption) -> Result<Self, String> {
        let blocks = match (raw.text, raw.blocks) {
            (Some(p), None) => vec![Block::Paragraph(Paragraph { p })],
            (None, Some(blocks)) => blocks,
            _ => return Err(format!("option “{}” needs either `text` or `blocks`", raw.id)),
        };
        Ok(Self { id: raw.id, blocks, feedback: raw.feedback, misconception: raw.misconception })
    }
}

/// The key of a `number` item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberKey {
    /// The right value.
    pub value: Numeral,
    /// How far from it is still right; nothing means exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<Numeral>,
    /// Whether a fraction must be in lowest terms.
    #[serde(default, skip_serializing_if = "is_false")]
    pub simplest: bool,
}

/// The key of a `numberline` item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceKey {
    /// The right place.
    pub value: Numeral,
    /// How far from it is still right; nothing means exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<Numeral>,
}

/// The key of a `short` item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ShortKey {
    /// Every accepted text.
    pub accept: Vec<String>,
    /// `Lagos` and `lagos` differ.
    #[serde(default, skip_serializing_if = "is_false")]
    pub case_matters: bool,
    /// `école` and `ecole` differ.
    #[serde(default, skip_serializing_if = "is_false")]
    pub accents_matter: bool,
}

/// A known wrong answer: `{ "value": "12", "feedback": "You added.", "misconception": "adds" }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mistake<T> {
    /// The wrong answer.
    pub value: T,
    /// What helps a student who gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback: Option<String>,
    /// The name of the mistake.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub misconception: Option<String>,
}

/// A gap of a cloze, told apart by `kind`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Gap {
    /// A number to write; it is compared exactly.
    Number {
        /// As in the mark `{{id}}`.
        id: String,
        /// The value.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<Numeral>,
    },
    /// A word to write.
    Short {
        /// As in the mark `{{id}}`.
        id: String,
        /// Every accepted text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<Vec<String>>,
    },
    /// One of several options.
    Choice {
        /// As in the mark `{{id}}`.
        id: String,
        /// The options in the order to show.
        options: Vec<OptionBlock>,
        /// The id of the right one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<String>,
    },
}

impl Gap {
    /// Its id, as in the mark `{{id}}`.
    pub fn id(&self) -> &str {
        match self {
            Self::Number { id, .. } | Self::Short { id, .. } | Self::Choice { id, .. } => id,
        }
    }
}

/// A number line to tap on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The left end.
    pub from: Numeral,
    /// The right end.
    pub to: Numeral,
    /// From tick to tick.
    pub step: Numeral,
    /// Which values have a label; nothing means both ends and every step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<Vec<Numeral>>,
}

/// A place in a picture, in hundredths of its width and height.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Unique in its list.
    pub id: String,
    /// Its outline.
    pub shape: Shape,
    /// Left edge.
    pub x: Count,
    /// Upper edge.
    pub y: Count,
    /// Width.
    pub w: Count,
    /// Height.
    pub h: Count,
    /// Its name for those who use a keyboard or a screen reader.
    pub label: String,
}

/// The outline of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// The ellipse in the box.
    Circle,
    /// The box.
    Rect,
}

/// A word to tap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// Unique in its list.
    pub id: String,
    /// The word.
    pub text: String,
}

/// A boolean, or the text that a template's `{expression}` leaves of one.
fn truth<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Bool(truth) => Ok(Some(truth)),
        Value::String(text) if text == "true" => Ok(Some(true)),
        Value::String(text) if text == "false" => Ok(Some(false)),
        other => {
            Err(D::Error::custom(format!("the key of a true-or-false item is true or false, not {other}")))
        }
    }
}
