//! What a student sees of a pack: a course of units, lessons and activities.

use std::collections::BTreeMap;

use super::format::LARGEST_DOCUMENT;
use super::format::{Audience, Direction, Manifest, Skill, Skills, Words};
use super::outline::{Activity, Lesson, Outline, Unit};
use super::tree::{Tree, optional};
use crate::error::Result;

/// A course, held in memory; its pages and questions are read when they are needed.
#[derive(Debug)]
pub struct Course {
    /// The pack's id, the same in all versions.
    pub id: String,
    /// Semver.
    pub version: String,
    /// SHA-256 of the pack, 64 hexadecimal digits: where its files are on the packs origin.
    pub hash: String,
    /// The language of the lessons.
    pub language: String,
    /// Which way that language is written.
    pub direction: Direction,
    /// Whom it is for.
    pub audience: Audience,
    /// Path of a picture in the pack.
    pub cover: Option<String>,
    /// In the order in which they are learned.
    pub units: Vec<Unit>,
    /// In the author's order.
    pub skills: Vec<Skill>,
    titles: Words,
    summaries: Words,
}

impl Course {
    /// Reads the documents of a pack whose archive has the SHA-256 `hash`.
    ///
    /// # Errors
    /// When a document is missing or not as the format says.
    pub fn load(tree: &dyn Tree, hash: String) -> Result<Self> {
        let manifest = Manifest::read(&tree.read("pack.json", LARGEST_DOCUMENT)?)?;
        let outline: Outline = optional(tree, "outline.json")?;
        let skills: Skills = optional(tree, "skills.json")?;
        Ok(Self {
            id: manifest.id,
            version: manifest.version,
            hash,
            language: manifest.language,
            direction: manifest.direction,
            audience: manifest.audience,
            cover: manifest.cover,
            units: outline.units,
            skills: skills.skills,
            titles: manifest.title,
            summaries: manifest.summary,
        })
    }

    /// The title in a language, or in the nearest one that there is.
    pub fn title(&self, language: &str) -> &str {
        nearest(&self.titles, language, &self.language)
    }

    /// The summary in a language, or in the nearest one that there is.
    pub fn summary(&self, language: &str) -> &str {
        nearest(&self.summaries, language, &self.language)
    }

    /// Where a file of the pack is on the packs origin: `/<hash>/<path>`.
    pub fn address(&self, path: &str) -> String {
        format!("/{}/{path}", self.hash)
    }

    /// All lessons in order.
    pub fn lessons(&self) -> impl Iterator<Item = &Lesson> {
        self.units.iter().flat_map(|unit| &unit.lessons)
    }

    /// All activities in order, each with its lesson.
    pub fn activities(&self) -> impl Iterator<Item = (&Lesson, &Activity)> {
        self.lessons().flat_map(|lesson| lesson.activities.iter().map(move |activity| (lesson, activity)))
    }

    /// One lesson.
    pub fn lesson(&self, id: &str) -> Option<&Lesson> {
        self.lessons().find(|lesson| lesson.id == id)
    }

    /// One activity and its lesson.
    pub fn activity(&self, lesson: &str, activity: &str) -> Option<(&Lesson, &Activity)> {
        let lesson = self.lesson(lesson)?;
        lesson.activities.iter().find(|one| one.id == activity).map(|activity| (lesson, activity))
    }

    /// The activity that follows, over the end of its lesson into the next one.
    pub fn after(&self, lesson: &str, activity: &str) -> Option<(&Lesson, &Activity)> {
        self.activities().skip_while(|(l, a)| l.id != lesson || a.id != activity).nth(1)
    }

    /// One skill, by its id in the pack.
    pub fn skill(&self, id: &str) -> Option<&Skill> {
        self.skills.iter().find(|skill| skill.id == id)
    }
}

/// Words in a language or the nearest one that there is: `pt-BR` is served by `pt-BR`, then `pt`, then the pack's own
/// language, then English, then any.
pub fn nearest<'a>(words: &'a BTreeMap<String, String>, language: &str, own: &str) -> &'a str {
    let general = language.split('-').next().unwrap_or(language);
    [language, general, own, "en"]
        .iter()
        .find_map(|tag| words.get(*tag))
        .or_else(|| words.values().next())
        .map_or("", String::as_str)
}
