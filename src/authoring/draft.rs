//! What a teacher has written so far, as the screens send it and as it lies on the disk.
//!
//! It may be unfinished in every way: what it lacks is told as findings, and only stands in the way of the shelf.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A course that a teacher writes here, so far.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Draft)]
pub(super) struct Draft {
    /// What it is called.
    pub(super) title: String,
    /// A few sentences.
    pub(super) summary: String,
    /// BCP 47.
    pub(super) language: String,
    /// One subject.
    #[schema(required)]
    pub(super) subject: Option<String>,
    /// School years.
    pub(super) grades: Vec<u8>,
    /// What others may do with it.
    pub(super) licence: OwnLicence,
    /// What is learned; each question names one.
    pub(super) skills: Vec<DraftSkill>,
    /// In order.
    pub(super) lessons: Vec<DraftLesson>,
}

/// The licences that a teacher can choose from, by their SPDX names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(super) enum OwnLicence {
    /// Anything, as long as its authors are named.
    #[serde(rename = "CC-BY-4.0")]
    By,
    /// What is made of it stays as free.
    #[serde(rename = "CC-BY-SA-4.0")]
    BySa,
    /// The same, and nobody sells it.
    #[serde(rename = "CC-BY-NC-SA-4.0")]
    ByNcSa,
    /// Anything.
    #[serde(rename = "CC0-1.0")]
    Zero,
}

impl OwnLicence {
    /// Its SPDX name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::By => "CC-BY-4.0",
            Self::BySa => "CC-BY-SA-4.0",
            Self::ByNcSa => "CC-BY-NC-SA-4.0",
            Self::Zero => "CC0-1.0",
        }
    }

    /// Where its text stands.
    pub(super) fn address(self) -> &'static str {
        match self {
            Self::By => "https://creativecommons.org/licenses/by/4.0/legalcode",
            Self::BySa => "https://creativecommons.org/licenses/by-sa/4.0/legalcode",
            Self::ByNcSa => "https://creativecommons.org/licenses/by-nc-sa/4.0/legalcode",
            Self::Zero => "https://creativecommons.org/publicdomain/zero/1.0/legalcode",
        }
    }

    /// Whether what it covers may be sold.
    pub(super) fn is_commercial(self) -> bool {
        self != Self::ByNcSa
    }
}

/// Something that is learned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DraftSkill {
    /// Made on the tablet: a letter and seven letters or digits.
    pub(super) id: String,
    /// A few words.
    pub(super) name: String,
    /// In the student's words: "I can …".
    pub(super) can: String,
}

/// One lesson.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct DraftLesson {
    /// As that of a skill.
    pub(super) id: String,
    /// A few words.
    pub(super) title: String,
    /// A usual time.
    pub(super) minutes: u32,
    /// What the teacher does with the class, away from the tablets; lines of plain text.
    pub(super) for_the_room: String,
    /// In order.
    pub(super) parts: Vec<DraftPart>,
}

/// One thing to do in a lesson.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum DraftPart {
    /// Something to read.
    Page {
        /// As that of a skill.
        id: String,
        /// A few words.
        title: String,
        /// From top to bottom.
        blocks: Vec<PageBlock>,
    },
    /// Something to watch.
    Video {
        /// As that of a skill.
        id: String,
        /// A few words.
        title: String,
        /// Which video, `media/NAME`.
        #[schema(required)]
        file: Option<String>,
        /// Its captions, `media/NAME`.
        #[schema(required)]
        captions: Option<String>,
        /// What is seen, in words.
        alt: String,
        /// What is said, in words.
        transcript: String,
    },
    /// Something to listen to.
    Audio {
        /// As that of a skill.
        id: String,
        /// A few words.
        title: String,
        /// Which sound, `media/NAME`.
        #[schema(required)]
        file: Option<String>,
        /// Its captions, `media/NAME`.
        #[schema(required)]
        captions: Option<String>,
        /// What it is, in words.
        alt: String,
        /// What is said, in words.
        transcript: String,
    },
    /// Something to look at.
    Picture {
        /// As that of a skill.
        id: String,
        /// A few words.
        title: String,
        /// Which picture, `media/NAME`.
        #[schema(required)]
        file: Option<String>,
        /// What is seen, in words.
        alt: String,
    },
    /// Something to answer.
    Questions {
        /// As that of a skill.
        id: String,
        /// A few words.
        title: String,
        /// Whether it counts as a test, without help.
        check: bool,
        /// Each as `docs/pack-format.md` has it for authors.
        items: Vec<Value>,
    },
}

impl DraftPart {
    /// Names it in its lesson.
    pub(super) fn id(&self) -> &str {
        match self {
            Self::Page { id, .. }
            | Self::Video { id, .. }
            | Self::Audio { id, .. }
            | Self::Picture { id, .. }
            | Self::Questions { id, .. } => id,
        }
    }

    /// What it is called.
    pub(super) fn title(&self) -> &str {
        match self {
            Self::Page { title, .. }
            | Self::Video { title, .. }
            | Self::Audio { title, .. }
            | Self::Picture { title, .. }
            | Self::Questions { title, .. } => title,
        }
    }

    /// The questions that it asks.
    pub(super) fn items(&self) -> &[Value] {
        if let Self::Questions { items, .. } = self { items } else { &[] }
    }
}

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub(super) enum PageBlock {
    /// Words that begin something new.
    Heading(HeadingBlock),
    /// Words; an empty line begins a new paragraph.
    Text(TextBlock),
    /// A list.
    List(ListBlock),
    /// A photo, a drawing.
    Photo(PhotoBlock),
}

/// Words that begin something new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HeadingBlock {
    /// A few words.
    pub(super) heading: String,
}

/// Words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TextBlock {
    /// Plain; an empty line begins a new paragraph.
    pub(super) text: String,
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ListBlock {
    /// Its points.
    pub(super) list: Vec<String>,
}

/// A photo, a drawing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PhotoBlock {
    /// Which, `media/NAME`.
    pub(super) photo: String,
    /// What is seen, in words.
    pub(super) alt: String,
}
