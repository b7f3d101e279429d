//! A variant: an item with every number filled in, as a tablet shows it and as it is marked.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::block::Block;
use super::question::{Gap, OptionBlock, Question};

/// An item with every number filled in and its options in the order to show. JSON: `docs/pack-format.md`, "What a
/// tablet gets"; empty fields are absent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Variant {
    /// The item's id in its pack.
    pub id: String,
    /// The item's version.
    pub version: u32,
    /// What the numbers and the order were drawn from; below 2^53.
    pub seed: u64,
    /// The type, what belongs to it, and the key.
    #[serde(flatten)]
    pub question: Question,
    /// Everything that all types have.
    #[serde(flatten)]
    pub common: Common,
}

/// The fields of all types.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Common {
    /// What it says something about.
    pub skills: Vec<SkillWeight>,
    /// How hard it is thought to be.
    pub difficulty: Difficulty,
    /// A typical time to answer, in seconds.
    #[serde(default = "usual_seconds")]
    pub seconds: u32,
    /// The question.
    pub stem: Vec<Block>,
    /// Shown one by one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hints: Vec<String>,
    /// The worked solution.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub solution: Vec<Block>,
    /// Words in place of the general ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback: Option<Feedback>,
    /// Language → path of the stem read aloud.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub audio: BTreeMap<String, String>,
    /// How it stands on a worksheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub print: Option<Print>,
}

const fn usual_seconds() -> u32 {
    30
}

/// A skill and how much an answer says about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "WrittenSkill")]
pub struct SkillWeight {
    /// The skill's id in its pack.
    pub id: String,
    /// 1 where the item is all about it.
    pub weight: f64,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a skill is a text or { \"id\": \"…\", \"weight\": 1 }")]
enum WrittenSkill {
    Id(String),
    Weighted(WeightedSkill),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WeightedSkill {
    id: String,
    #[serde(default = "one")]
    weight: f64,
}

const fn one() -> f64 {
    1.0
}

impl From<WrittenSkill> for SkillWeight {
    fn from(written: WrittenSkill) -> Self {
        match written {
            WrittenSkill::Id(id) => Self { id, weight: 1.0 },
            WrittenSkill::Weighted(skill) => Self { id: skill.id, weight: skill.weight },
        }
    }
}

/// How hard an item is, on the scale of the rating.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "WrittenDifficulty")]
pub struct Difficulty {
    /// 0 is medium, 1 harder.
    pub mean: f64,
    /// How unsure that is.
    pub sd: f64,
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a difficulty is \"easy\", \"medium\", \"hard\" or { \"mean\": 0.2, \"sd\": 0.2 }"
)]
enum WrittenDifficulty {
    Word(String),
    Measured(MeasuredDifficulty),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasuredDifficulty {
    mean: f64,
    sd: f64,
}

/// √0.3: the words easy, medium and hard are guesses of variance 0.3.
const SD_OF_WORDS: f64 = 0.547_722_557_505_166_1;

impl TryFrom<WrittenDifficulty> for Difficulty {
    type Error = String;

    fn try_from(written: WrittenDifficulty) -> Result<Self, String> {
        let word = match written {
            WrittenDifficulty::Measured(MeasuredDifficulty { mean, sd })
                if mean.abs() <= 10.0 && sd > 0.0 =>
            {
                return Ok(Self { mean, sd });
            }
            WrittenDifficulty::Measured(_) => "out of range".to_owned(),
            WrittenDifficulty::Word(word) => word,
        };
        let mean = match word.as_str() {
            "easy" => -1.0,
            "medium" => 0.0,
            "hard" => 1.0,
            _ => {
                return Err(format!(
                    "the difficulty “{word}” is not easy, medium, hard or a mean with sd above 0"
                ));
            }
        };
        Ok(Self { mean, sd: SD_OF_WORDS })
    }
}

/// The author's words after an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feedback {
    /// After a right answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<String>,
    /// After any other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrong: Option<String>,
}

/// How an item stands on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Print {
    /// Whether it can be asked on paper.
    #[serde(default = "yes")]
    pub ok: bool,
    /// Lines to write on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<u32>,
}

const fn yes() -> bool {
    true
}

/// The fields of [`Common`] and the names of a variant, as they stand in JSON.
pub(super) const COMMON_FIELDS: [&str; 12] = [
    "id",
    "version",
    "type",
    "skills",
    "difficulty",
    "seconds",
    "stem",
    "hints",
    "solution",
    "feedback",
    "audio",
    "print",
];

impl Variant {
    /// Reads a plain item, or a variant as it was sent.
    pub(super) fn from_map(mut map: Map<String, Value>) -> Result<Self, String> {
        let mut common = Map::new();
        for field in &COMMON_FIELDS[3..] {
            common.extend(map.remove_entry(*field));
        }
        let (id, version, seed) = (map.remove("id"), map.remove("version"), map.remove("seed"));
        let version = version.map_or(Ok(1), serde_json::from_value);
        let seed = seed.map_or(Ok(0), serde_json::from_value);
        let mut variant = Self {
            id: id.and_then(|id| id.as_str().map(str::to_owned)).ok_or("an item needs an `id`")?,
            version: version.map_err(|e| format!("`version`: {e}"))?,
            seed: seed.map_err(|e| format!("`seed`: {e}"))?,
            question: serde_json::from_value(Value::Object(map)).map_err(|e| e.to_string())?,
            common: serde_json::from_value(Value::Object(common)).map_err(|e| e.to_string())?,
        };
        variant.question.note_many();
        Ok(variant)
    }

    /// What a running check sends: no key, and nothing that gives it away.
    #[must_use]
    pub fn without_key(mut self) -> Self {
        self.common.hints.clear();
        self.common.solution.clear();
        self.common.feedback = None;
        self.question.forget_key();
        self
    }
}

impl<'de> Deserialize<'de> for Variant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_map(Map::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl Question {
    fn note_many(&mut self) {
        if let Self::Hotspot { many, answer: Some(key), .. } | Self::TapWord { many, answer: Some(key), .. } =
            self
        {
            *many = key.len() > 1;
        }
    }

    fn forget_key(&mut self) {
        self.lists_mut().into_iter().flatten().for_each(|option| {
            option.feedback = None;
            option.misconception = None;
        });
        match self {
            Self::Single { answer, .. } => *answer = None,
            Self::TrueFalse { answer } => *answer = None,
            Self::Number { answer, mistakes, .. } => {
                *answer = None;
                mistakes.clear();
            }
            Self::Short { answer, mistakes } => {
                *answer = None;
                mistakes.clear();
            }
            Self::Cloze { gaps } => gaps.iter_mut().for_each(Gap::forget_key),
            Self::Match { answer, .. } | Self::Sort { answer, .. } => *answer = None,
            Self::NumberLine { answer, .. } => *answer = None,
            Self::Multiple { answer, .. }
            | Self::Order { answer, .. }
            | Self::Hotspot { answer, .. }
            | Self::TapWord { answer, .. } => *answer = None,
        }
    }

    /// Every list of options that it has.
    pub(super) fn lists_mut(&mut self) -> Vec<&mut Vec<OptionBlock>> {
        match self {
            Self::Single { options, .. } | Self::Multiple { options, .. } | Self::Order { options, .. } => {
                vec![options]
            }
            Self::Match { left, right, .. } => vec![left, right],
            Self::Sort { bins, options, .. } => vec![bins, options],
            Self::Cloze { gaps } => gaps.iter_mut().filter_map(Gap::options_mut).collect(),
            _ => Vec::new(),
        }
    }

    /// Every list of options that it has.
    pub fn lists(&self) -> Vec<&[OptionBlock]> {
        match self {
            Self::Single { options, .. } | Self::Multiple { options, .. } | Self::Order { options, .. } => {
                vec![options]
            }
            Self::Match { left, right, .. } => vec![left, right],
            Self::Sort { bins, options, .. } => vec![bins, options],
            Self::Cloze { gaps } => gaps.iter().filter_map(Gap::options).collect(),
            _ => Vec::new(),
        }
    }
}

impl Gap {
    fn forget_key(&mut self) {
        match self {
            Self::Number { answer, .. } => *answer = None,
            Self::Short { answer, .. } => *answer = None,
            Self::Choice { answer, .. } => *answer = None,
        }
    }

    fn options(&self) -> Option<&[OptionBlock]> {
        if let Self::Choice { options, .. } = self { Some(options) } else { None }
    }

    pub(super) fn options_mut(&mut self) -> Option<&mut Vec<OptionBlock>> {
        if let Self::Choice { options, .. } = self { Some(options) } else { None }
    }
}
