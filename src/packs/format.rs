//! The files of a pack that say what is in it, as `docs/pack-format.md` describes them: `pack.json`, `files.json`,
//! `skills.json`, `outline.json`.
//!
//! Reading is strict: a misspelt field is refused with its name, the file and the line, so that an author sees the
//! mistake on the day it is made.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::version::Version;
use crate::error::{Error, Result};

/// The one format that this version reads and writes.
pub(super) const FORMAT: u32 = 1;
/// What the first entry of an archive, `mimetype`, holds.
pub(super) const MEDIA_TYPE: &str = "application/vnd.schoolhouse.pack+zip";
/// Files that describe a pack are small; larger ones are refused before they are read.
pub(super) const LARGEST_DOCUMENT: u64 = 4 << 20;
/// Pages in Markdown: reading one takes 50 to 100 times its length, when it is made for it (`[[[[…`). A novel.
pub(super) const LARGEST_PAGE: u64 = 500_000;
/// `skills.json` and `outline.json`, which become lists in memory: sixteen times as long, when they are made for it
/// (`"","","",…`), and a judge has 64 MiB.
pub(super) const LARGEST_PLAN: u64 = 2 << 20;
/// A manifest has parts that may hold anything, and is held more than once.
const LARGEST_MANIFEST: usize = 256 << 10;
/// Rows of `files.json`: no archive has more files.
const MOST_FILES: usize = 50_000;

/// Words by language tag (BCP 47).
pub(super) type Words = BTreeMap<String, String>;

/// `pack.json`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Manifest {
    /// The format's version.
    pub format: u32,
    /// Reverse-DNS name, the same in all versions.
    pub id: String,
    /// Semver.
    pub version: String,
    /// At most 80 characters in each language.
    pub title: Words,
    /// At most 400 characters in each language.
    pub summary: Words,
    /// The language of the lessons.
    pub language: String,
    /// Which way that language is written.
    pub direction: Direction,
    /// Languages in which there is sound.
    pub audio_languages: Vec<String>,
    /// Whom it is for.
    pub audience: Audience,
    /// Who stands for it.
    pub publisher: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Where to write to.
    pub contact: String,
    /// SPDX name of the licence.
    pub licence: String,
    /// Where its text lies in the pack.
    pub licence_text: String,
    /// How to name the authors.
    pub attribution: String,
    /// Whether it may be sold.
    pub commercial_use: bool,
    /// Whether it may be changed.
    pub derivatives: bool,
    /// Subjects.
    #[serde(default)]
    pub subjects: Vec<String>,
    /// School years.
    #[serde(default)]
    pub grades: Vec<u8>,
    /// Years of age, from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_min: Option<u8>,
    /// Years of age, to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_max: Option<u8>,
    /// Where it stands in a syllabus.
    #[serde(default)]
    pub curriculum: Vec<serde_json::Value>,
    /// A picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<String>,
    /// What the server and the tablets must be able to do.
    pub needs: Needs,
    /// Packs that must be there too.
    #[serde(default)]
    pub depends_on: Vec<Dependency>,
    /// Ids of packs whose place this one takes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<String>,
    /// Ids of packs that must not be there beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<String>,
    /// What had another name in an older version, so that results keep their place.
    #[serde(default, skip_serializing_if = "Renamed::is_empty")]
    pub renamed: Renamed,
    /// Licences of single files that differ from the pack's own, by path.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub file_licences: BTreeMap<String, FileLicence>,
    /// In the words of schema.org.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accessibility: Option<serde_json::Value>,
    /// What was looked at before children see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub safety: Option<serde_json::Value>,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<serde_json::Value>,
    /// How far the difficulties can be trusted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difficulty_model: Option<serde_json::Value>,
    /// The day it came out, `2026-11-23`.
    pub released: String,
    /// The day after which it should not be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// What is in it; written by build.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contents: Option<Contents>,
    /// SHA-256 of `files.json`; written by build.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<String>,
}

/// Which way a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

/// Whom a pack is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Students learn with it.
    Students,
    /// Teachers read it.
    Teachers,
}

/// A pack that must be there too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dependency {
    /// Its id.
    pub id: String,
    /// The oldest version that will do; a newer one of the same major version will do, too.
    pub from: String,
}

/// What had another name in an older version: the old name, and the new one or null for what is gone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Renamed {
    /// By the id of an item.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub items: BTreeMap<String, Option<String>>,
    /// By the id of a skill.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub skills: BTreeMap<String, Option<String>>,
    /// By `lesson/activity`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub activities: BTreeMap<String, Option<String>>,
}

impl Renamed {
    /// Whether nothing had another name.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The licence of a single file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileLicence {
    /// SPDX name.
    pub licence: String,
    /// How to name its authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
}

/// What the server and the tablets must be able to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Needs {
    /// The oldest version of Schoolhouse that can use it.
    pub min_app: String,
    /// Abilities of the tablets, such as `camera`.
    #[serde(default)]
    pub features: Vec<String>,
}

/// How much there is of everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contents {
    /// Lessons.
    pub lessons: u64,
    /// Activities.
    pub activities: u64,
    /// Items that are not templates.
    pub items: u64,
    /// Items that are templates.
    pub templates: u64,
    /// Skills.
    pub skills: u64,
    /// Bytes of all files in `files.json`.
    pub bytes: u64,
}

/// `files.json`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Files {
    /// In byte order of their paths.
    #[serde(deserialize_with = "at_most::<_, _, MOST_FILES>")]
    pub files: Vec<FileEntry>,
}

/// A list that is given up where it gets too long, before it fills memory.
fn at_most<'de, D: Deserializer<'de>, T: Deserialize<'de>, const MOST: usize>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    struct Bounded<T, const MOST: usize>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for Bounded<T, MOST> {
        type Value = Vec<T>;

        fn expecting(&self, to: &mut std::fmt::Formatter) -> std::fmt::Result {
            write!(to, "a list of at most {MOST}")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
            let mut taken = Vec::new();
            while let Some(one) = list.next_element()? {
                if taken.len() == MOST {
                    return Err(serde::de::Error::invalid_length(MOST + 1, &self));
                }
                taken.push(one);
            }
            Ok(taken)
        }
    }
    from.deserialize_seq(Bounded::<T, MOST>(PhantomData))
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct FileEntry {
    /// Where.
    pub path: String,
    /// 64 hexadecimal digits.
    pub sha256: String,
    /// How long.
    pub bytes: u64,
    /// Such as `image/svg+xml`.
    pub media_type: String,
    /// What it is for.
    pub role: Role,
}

/// What a file of a pack is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Role {
    /// `skills.json`.
    Skills,
    /// `outline.json`.
    Outline,
    /// Questions.
    Items,
    /// What people read.
    Page,
    /// Pictures, sound, video.
    Media,
    /// Parts of a book.
    Book,
    /// Parts of an interactive page.
    App,
    /// Licence texts.
    Licence,
    /// Anything else.
    Other,
}

/// `skills.json`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Skills {
    /// In the author's order.
    pub skills: Vec<Skill>,
}

/// One skill.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Skill {
    /// Unique in the pack; outside it a skill is `<pack id>/<skill id>`.
    pub id: String,
    /// A few words.
    pub name: String,
    /// In the student's words: "I can …".
    pub can: String,
    /// The thread that it belongs to.
    #[serde(default)]
    pub strand: String,
    /// Skills of this pack that come first.
    #[serde(default)]
    pub prerequisites: Vec<String>,
    /// A usual time to learn it.
    #[serde(default)]
    pub minutes: u32,
    /// Where it stands in frameworks.
    #[serde(default)]
    pub aligns_to: Vec<serde_json::Value>,
    /// A page for the room, without a tablet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off_tablet: Option<String>,
}

/// The least that must be readable before anything else is judged, so that a pack for a newer version is told so and
/// not called misspelt.
#[derive(Deserialize)]
struct Demands {
    format: Option<u32>,
    needs: Option<NeedsApp>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NeedsApp {
    min_app: Option<String>,
}

impl Manifest {
    /// Reads `pack.json`.
    ///
    /// # Errors
    /// `pack.format-unknown` for another format, `pack.needs-newer` when `needs.minApp` is newer than this version,
    /// `pack.manifest` for everything that is not as the format says.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > LARGEST_MANIFEST {
            return Err(misread(
                "pack.json",
                "it is longer than 256 KB; leave out what is not about the pack",
            ));
        }
        let demands: Demands = read_document("pack.json", bytes)?;
        let wanted = demands.needs.and_then(|needs| needs.min_app).unwrap_or_default();
        match demands.format {
            Some(FORMAT) => {}
            Some(format) => return Err(unknown_format(format, &wanted)),
            None => return Err(misread("pack.json", "the field `format` is missing; write \"format\": 1")),
        }
        let ours = Version::of_app();
        if let Some(least) = Version::parse(&wanted)
            && least > ours
        {
            let sentence = format!(
                "This pack needs Schoolhouse {wanted} or newer; this is {ours}. Update Schoolhouse first, then add the pack."
            );
            return Err(Error::invalid("pack.needs-newer", sentence).with("version", wanted));
        }
        read_document("pack.json", bytes)
    }
}

fn unknown_format(format: u32, wanted: &str) -> Error {
    let look_for = if wanted.is_empty() { "a newer version".to_owned() } else { format!("version {wanted}") };
    let sentence = format!(
        "This pack is written in format {format}, and this version of Schoolhouse reads format {FORMAT}. Look for Schoolhouse {look_for}."
    );
    Error::invalid("pack.format-unknown", sentence).with("format", format)
}

/// Reads one of the documents; `name` is its path, for the sentence.
///
/// # Errors
/// `pack.manifest`, with the field, the file and the line.
pub(super) fn read_document<T: DeserializeOwned>(name: &str, bytes: &[u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|e| misread(name, &e.to_string()))
}

/// As [`read_document`], for a type that borrows from the bytes.
///
/// # Errors
/// As [`read_document`].
pub(super) fn read_borrowed<'a, T: Deserialize<'a>>(name: &str, bytes: &'a [u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|e| misread(name, &e.to_string()))
}

pub(super) fn misread(name: &str, trouble: &str) -> Error {
    Error::invalid(
        "pack.manifest",
        format!("{name} is not as it should be: {trouble}. Correct it and build the pack again."),
    )
    .with("file", name)
    .with("trouble", trouble)
}
