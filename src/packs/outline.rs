//! `outline.json`: units, lessons and activities, as `docs/pack-format.md` describes them.

use serde::{Deserialize, Serialize};

/// `outline.json`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Outline {
    /// In the order in which they are learned.
    pub units: Vec<Unit>,
}

/// Some lessons that belong together.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Unique in the pack.
    pub id: String,
    /// A few words.
    pub title: String,
    /// In order.
    pub lessons: Vec<Lesson>,
}

/// One lesson.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Lesson {
    /// Unique in the pack.
    pub id: String,
    /// A few words.
    pub title: String,
    /// Path of a picture in the pack.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    /// A usual time.
    #[serde(default)]
    pub minutes: u32,
    /// Skills of this pack that it teaches.
    #[serde(default)]
    pub skills: Vec<String>,
    /// Path of a page for the teacher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub teacher_notes: Option<String>,
    /// Path of a page for the room, without a tablet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off_tablet: Option<String>,
    /// In order.
    pub activities: Vec<Activity>,
}

/// One thing to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// Unique in its lesson.
    pub id: String,
    /// What is done.
    pub kind: ActivityKind,
    /// A few words.
    pub title: String,
    /// Path of the page to read; of `page` and `example`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// What is asked; of `practice` and `check`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemRef>,
    /// Path of what is shown or played; of `video`, `audio`, `document`, `app` and `picture`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Its parts in reading order; of `book`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chapters: Vec<Chapter>,
    /// What is said, to read along; of `video` and `audio`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub captions: Vec<Captions>,
    /// Path of a page that says in words what is heard and seen; of `video` and `audio`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transcript: Option<String>,
    /// Path of a picture to show before it plays; of `video`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poster: Option<String>,
    /// What a picture shows, in words; of `picture`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
}

impl Activity {
    /// An activity of a kind, still without what it shows.
    pub fn new(kind: ActivityKind, id: &str, title: &str) -> Self {
        Self {
            id: id.to_owned(),
            kind,
            title: title.to_owned(),
            page: None,
            items: Vec::new(),
            file: None,
            chapters: Vec::new(),
            captions: Vec::new(),
            transcript: None,
            poster: None,
            alt: None,
        }
    }
}

/// A part of a book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapter {
    /// A few words.
    pub title: String,
    /// Path of its page below `books/`.
    pub file: String,
}

/// Captions of a video or a sound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Captions {
    /// BCP 47.
    pub language: String,
    /// Path of a `WebVTT` file.
    pub file: String,
}

impl Activity {
    /// How many questions it asks.
    pub fn places(&self) -> u32 {
        self.items.iter().map(|item| item.count).sum()
    }
}

/// What is done in an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ActivityKind {
    /// Reading.
    Page,
    /// Reading a worked example.
    Example,
    /// Answering, with instant feedback and hints.
    Practice,
    /// Answering without hints, with feedback at the end.
    Check,
    /// Watching.
    Video,
    /// Listening.
    Audio,
    /// Reading a PDF.
    Document,
    /// Reading a book of several chapters, without scripts.
    Book,
    /// Using an interactive page, in a frame of its own.
    App,
    /// Looking at a picture.
    Picture,
}

impl ActivityKind {
    /// Whether it asks questions that are marked.
    pub fn asks(self) -> bool {
        matches!(self, Self::Practice | Self::Check)
    }

    /// Whether it shows one file of the pack as it is.
    pub fn shows_file(self) -> bool {
        matches!(self, Self::Video | Self::Audio | Self::Document | Self::App | Self::Picture)
    }
}

/// An item and how often it is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "WrittenItemRef")]
pub struct ItemRef {
    /// Its id.
    pub item: String,
    /// How often, each time with other numbers; more than once for templates only.
    pub count: u32,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenItemRef {
    Once(String),
    Often(ItemCount),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemCount {
    item: String,
    #[serde(default = "one")]
    count: u32,
}

fn one() -> u32 {
    1
}

impl From<WrittenItemRef> for ItemRef {
    fn from(written: WrittenItemRef) -> Self {
        match written {
            WrittenItemRef::Once(item) => Self { item, count: 1 },
            WrittenItemRef::Often(ItemCount { item, count }) => Self { item, count },
        }
    }
}
