//! What a student sees of a pack: a course of units, lessons and activities.

use std::collections::{BTreeMap, BTreeSet};

use super::format::LARGEST_DOCUMENT;
use super::format::{Audience, Direction, Manifest, Skill, Skills, Words};
use super::names::Names;
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
    /// School years, in rising order.
    pub grades: Vec<u8>,
    /// Path of a picture in the pack.
    pub cover: Option<String>,
    /// In the order in which they are learned.
    pub units: Vec<Unit>,
    /// In the author's order.
    pub skills: Vec<Skill>,
    titles: Words,
    summaries: Words,
    names: Names,
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
        let names = Names::of(&manifest, &outline.units);
        Ok(Self {
            names,
            id: manifest.id,
            version: manifest.version,
            hash,
            language: manifest.language,
            direction: manifest.direction,
            audience: manifest.audience,
            grades: sorted(manifest.grades),
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

    /// Whether students learn from it. What is for teachers, no student sees or opens.
    pub fn is_for_students(&self) -> bool {
        self.audience == Audience::Students
    }

    /// The titles and summaries in all languages, each once.
    pub fn words(&self) -> (BTreeSet<&str>, BTreeSet<&str>) {
        (in_all(&self.titles), in_all(&self.summaries))
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

    /// One lesson, also by an id that it had in an older version: where an activity of that lesson is now.
    pub fn lesson_now(&self, id: &str) -> Option<&Lesson> {
        let was_in = |(lesson, activity): &(&Lesson, &Activity)| {
            self.names.of_activity(&lesson.id, &activity.id).iter().any(|(former, _)| former == id)
        };
        self.lesson(id).or_else(|| self.activities().find(was_in).map(|(lesson, _)| lesson))
    }

    /// One activity and its lesson, also by a name that it had in an older version.
    pub fn activity(&self, lesson: &str, activity: &str) -> Option<(&Lesson, &Activity)> {
        self.activity_now(lesson, activity).or_else(|| {
            let is_there = |lesson: &str, activity: &str| self.activity_now(lesson, activity).is_some();
            let (lesson, activity) = self.names.activity(lesson, activity, is_there)?;
            self.activity_now(lesson, activity)
        })
    }

    fn activity_now(&self, lesson: &str, activity: &str) -> Option<(&Lesson, &Activity)> {
        let lesson = self.lesson(lesson)?;
        lesson.activities.iter().find(|one| one.id == activity).map(|activity| (lesson, activity))
    }

    /// The names under which there may be results of an activity: course, lesson and activity. The one that it has, those
    /// that it had, and all of them in courses whose place this one takes.
    pub fn names_of<'a>(
        &'a self,
        lesson: &'a str,
        activity: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
        let former = self.names.of_activity(lesson, activity).iter();
        let names = std::iter::once((lesson, activity)).chain(former.map(|(l, a)| (l.as_str(), a.as_str())));
        self.ids()
            .flat_map(move |course| names.clone().map(move |(lesson, activity)| (course, lesson, activity)))
    }

    /// Whether results of the course `id` are results of this one: its own id, or that of a pack whose place it takes.
    pub fn stands_for(&self, id: &str) -> bool {
        self.ids().any(|known| known == id)
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.id.as_str()).chain(self.names.replaces.iter().map(String::as_str))
    }

    /// Whether `item` is the item `now`, or was called so before.
    pub fn is_item(&self, item: &str, now: &str) -> bool {
        item == now || self.names.item(item, |name| name == now) == Some(now)
    }

    /// What an item is called now that was called `old` before; `is_there` tells which there are.
    pub(super) fn item_now<'a>(&'a self, old: &'a str, is_there: impl Fn(&str) -> bool) -> Option<&'a str> {
        self.names.item(old, is_there)
    }

    /// The activity that follows, over the end of its lesson into the next one.
    pub fn after(&self, lesson: &str, activity: &str) -> Option<(&Lesson, &Activity)> {
        self.activities().skip_while(|(l, a)| l.id != lesson || a.id != activity).nth(1)
    }

    /// One skill, by its id in the pack, or one that it had in an older version.
    pub fn skill(&self, id: &str) -> Option<&Skill> {
        let is_there = |id: &str| self.skills.iter().any(|skill| skill.id == id);
        let id = self.names.skill(id, is_there)?;
        self.skills.iter().find(|skill| skill.id == id)
    }
}

fn in_all(words: &Words) -> BTreeSet<&str> {
    words.values().map(String::as_str).collect()
}

fn sorted(mut grades: Vec<u8>) -> Vec<u8> {
    grades.sort_unstable();
    grades.dedup();
    grades
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
