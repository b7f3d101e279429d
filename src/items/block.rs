//! What a stem, an option or a solution is made of: paragraphs, sums, pictures, sounds, tables, drawings.

use std::fmt;

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::number::read_plain;
use super::rational::Rational;

/// One block. JSON shapes: `docs/pack-format.md`, "Blocks". A plain string is read as a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Block {
    /// A paragraph with inline marks.
    Paragraph(Paragraph),
    /// One line of arithmetic.
    Math(Math),
    /// A line with gaps `{{1}}`.
    Cloze(Cloze),
    /// A picture.
    Image(Image),
    /// A sound with a button.
    Audio(Audio),
    /// A small table.
    Table(Table),
    /// A drawing made from numbers.
    Drawing(Drawing),
}

/// `{ "p": "Which is **more**?" }`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paragraph {
    /// The text with `**bold**`, `*italic*`, `[[3/4]]`.
    pub p: String,
}

/// `{ "math": "24 + 13 = _" }`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Math {
    /// The line, always left to right.
    pub math: String,
}

/// `{ "cloze": "One ten and {{1}} ones." }`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cloze {
    /// The text; `{{id}}` marks the place of a gap.
    pub cloze: String,
}

/// `{ "image": "media/ten.svg", "alt": "Ten sticks tied together" }`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the names of the format")]
pub struct Image {
    /// Path in the pack.
    pub image: String,
    /// What the picture shows; empty only for decoration.
    pub alt: String,
    /// The picture says nothing that the text does not say.
    #[serde(default, skip_serializing_if = "is_false")]
    pub decorative: bool,
}

/// `{ "audio": "media/a.mp3", "transcript": "…" }`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audio {
    /// Path in the pack.
    pub audio: String,
    /// The words that are spoken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transcript: Option<String>,
}

/// `{ "table": [["×", "2"], ["3", "6"]], "head": true }`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Rows of cells.
    pub table: Vec<Vec<String>>,
    /// Whether the first row and column are headings.
    #[serde(default, skip_serializing_if = "is_false")]
    pub head: bool,
}

/// A drawing; the tablet draws it from these numbers.
#[expect(clippy::large_enum_variant, reason = "an item has a handful of drawings")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "drawing", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Drawing {
    /// Squares of a hundred, bars of ten, cubes; 0 to 999.
    BaseTen {
        /// The number shown.
        value: Count,
    },
    /// One or two frames of ten; 0 to 20.
    TenFrame {
        /// How many dots.
        value: Count,
    },
    /// Dots in rows.
    Array {
        /// How many rows.
        rows: Count,
        /// How many dots in each.
        columns: Count,
    },
    /// A bar in equal parts.
    FractionBar {
        /// How many parts.
        parts: Count,
        /// How many of them are shaded.
        shaded: Count,
    },
    /// A circle in equal parts.
    FractionCircle {
        /// How many parts.
        parts: Count,
        /// How many of them are shaded.
        shaded: Count,
    },
    /// A line with ticks, and an arrow at `mark`.
    NumberLine {
        /// The left end.
        from: Numeral,
        /// The right end.
        to: Numeral,
        /// From tick to tick.
        step: Numeral,
        /// Where the arrow points.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mark: Option<Numeral>,
    },
}

impl Block {
    /// The gap ids that a cloze block names, in their order.
    pub fn gap_ids(&self) -> Vec<&str> {
        let Self::Cloze(block) = self else { return Vec::new() };
        block.cloze.split("{{").skip(1).filter_map(|rest| Some(rest.split_once("}}")?.0)).collect()
    }
}

impl<'de> Deserialize<'de> for Block {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let map = match value {
            Value::String(p) => return Ok(Self::Paragraph(Paragraph { p })),
            Value::Object(map) => map,
            _ => return Err(D::Error::custom("a block is a text or an object such as { \"p\": \"…\" }")),
        };
        let kinds = ["p", "math", "cloze", "image", "audio", "table", "drawing"];
        let kind = kinds.into_iter().find(|kind| map.contains_key(*kind));
        let value = Value::Object(map);
        match kind {
            Some("p") => part(value).map(Self::Paragraph),
            Some("math") => part(value).map(Self::Math),
            Some("cloze") => part(value).map(Self::Cloze),
            Some("image") => part(value).map(Self::Image),
            Some("audio") => part(value).map(Self::Audio),
            Some("table") => part(value).map(Self::Table),
            Some(_) => part(value).map(Self::Drawing),
            None => Err(format!("a block needs one of the fields {}", kinds.join(", "))),
        }
        .map_err(D::Error::custom)
    }
}

fn part<T: DeserializeOwned>(value: Value) -> Result<T, String> {
    serde_json::from_value(value).map_err(|e| format!("in a block: {e}"))
}

/// A whole number of things; read from a JSON number or a string that holds one, written as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Count(pub u32);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = number_text(deserializer)?;
        text.parse()
            .map(Self)
            .map_err(|_| D::Error::custom(format!("“{text}” is not a whole number from 0 on")))
    }
}

/// A number that may be a fraction, in the form of a key: `12`, `-3`, `0.75`, `3/4`, `2 3/4`, `75%`. Read from a
/// JSON number or a string, written as a string.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Numeral {
    text: String,
    #[serde(skip)]
    value: Rational,
}

impl Numeral {
    /// Reads a plainly written number.
    pub fn read(text: &str) -> Option<Self> {
        Some(Self { text: text.to_owned(), value: read_plain(text)? })
    }

    /// Its value.
    pub const fn value(&self) -> Rational {
        self.value
    }

    /// Whether it is written with a percent sign.
    pub fn is_percent(&self) -> bool {
        self.text.ends_with('%')
    }
}

impl fmt::Display for Numeral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Numeral {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = number_text(deserializer)?;
        Self::read(&text).ok_or_else(|| {
            D::Error::custom(format!(
                "“{text}” is not a plainly written number such as 12, -3, 0.75, 3/4 or 75%"
            ))
        })
    }
}

/// The text of a JSON number or of a string.
fn number_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        other => Err(D::Error::custom(format!("{other} is not a number"))),
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
pub(super) const fn is_false(value: &bool) -> bool {
    !*value
}
