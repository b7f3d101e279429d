//! A pack as the lint looks at it: its documents, the names and sizes of its files, and what was seen of them so far.

use std::collections::{BTreeMap, BTreeSet};

use super::address::Leads;
use super::questions::Asked;
use super::reading::Measure;
use crate::error::Result;
use crate::packs::{
    Activity, ActivityKind, Audience, Checked, Contents, Lesson, Manifest, Skill, Tree, Unit,
};

/// What is known of a pack before its files are opened.
pub(super) struct Pack<'a> {
    pub(super) tree: &'a dyn Tree,
    pub(super) manifest: Manifest,
    pub(super) units: Vec<Unit>,
    pub(super) skills: Vec<Skill>,
    /// Bytes of every file, by its path.
    pub(super) sizes: BTreeMap<String, u64>,
    pub(super) contents: Contents,
    /// Pages that students read, not only their teacher.
    student_pages: BTreeSet<String>,
    /// Files of `audio` activities.
    heard: BTreeSet<String>,
}

impl<'a> Pack<'a> {
    pub(super) fn new(tree: &'a dyn Tree, checked: Checked) -> Self {
        let Checked { manifest, contents, units, skills, sizes, .. } = checked;
        let mut pack = Self {
            tree,
            manifest,
            units,
            skills,
            sizes,
            contents,
            student_pages: BTreeSet::new(),
            heard: BTreeSet::new(),
        };
        let (mut read, mut heard) = (BTreeSet::new(), BTreeSet::new());
        for (_, activity) in pack.activities() {
            if activity.kind == ActivityKind::Audio {
                heard.extend(activity.file.clone());
            }
            read.extend(activity.page.iter().chain(&activity.transcript).cloned());
            read.extend(activity.chapters.iter().map(|chapter| chapter.file.clone()));
        }
        (pack.student_pages, pack.heard) = (read, heard);
        pack
    }

    /// All lessons, in order.
    pub(super) fn lessons(&self) -> impl Iterator<Item = &Lesson> {
        self.units.iter().flat_map(|unit| &unit.lessons)
    }

    /// All activities with their lessons, in order.
    pub(super) fn activities(&self) -> impl Iterator<Item = (&Lesson, &Activity)> {
        self.lessons().flat_map(|lesson| lesson.activities.iter().map(move |activity| (lesson, activity)))
    }

    /// Whether an activity plays a file as sound alone.
    pub(super) fn is_only_heard(&self, path: &str) -> bool {
        self.heard.contains(path)
    }

    /// What an activity says of the language of captions.
    pub(super) fn language_of_captions(&self, path: &str) -> Option<&String> {
        let all = self.activities().flat_map(|(_, activity)| &activity.captions);
        all.filter(|captions| captions.file == path).map(|captions| &captions.language).next()
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.sizes.contains_key(path)
    }

    pub(super) fn is_for_students(&self) -> bool {
        self.manifest.audience == Audience::Students
    }

    /// Whether students read a page; of a pack for teachers nothing is for students.
    pub(super) fn is_read_by_students(&self, path: &str) -> bool {
        self.is_for_students() && self.student_pages.contains(path)
    }

    /// One whole document or page of at most `limit` bytes as text; `None` when it is longer.
    pub(super) fn text(&self, path: &str, limit: u64) -> Result<Option<String>> {
        if self.sizes.get(path).is_none_or(|size| *size > limit) {
            return Ok(None);
        }
        Ok(Some(String::from_utf8_lossy(&self.tree.read(path, limit)?).into_owned()))
    }
}

/// The end of a name, in lower case.
pub(super) fn ending(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase())
}

/// `books/goat/` of `books/goat/one.xhtml`: books and apps are one thing each, whatever they are made of.
pub(super) fn home(path: &str) -> Option<&str> {
    let inside = ["books/", "apps/"].iter().find_map(|start| path.strip_prefix(start))?;
    let (name, _) = inside.split_once('/')?;
    let start = path.len() - inside.len();
    path.get(..start + name.len() + 1)
}

/// What was seen while the files were looked at, for what can be said only at the end.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Files that something in the pack shows or names.
    pub(super) named: BTreeSet<String>,
    /// Questions.
    pub(super) asked: Vec<Asked>,
    /// Beginnings and ends of names with a template's gaps between them.
    pub(super) patterns: Vec<(String, String)>,
    /// Pages that a link leads to.
    pub(super) linked: BTreeSet<String>,
    /// Pages that lead on to another one.
    pub(super) leading: BTreeSet<String>,
    /// The shortest words that stand for a drawing anywhere, by its path.
    pub(super) alts: BTreeMap<String, String>,
    /// Paths in questions that have no gaps, which the structure of a pack is judged by.
    pub(super) plain: BTreeSet<String>,
    /// Stems read aloud.
    pub(super) prompts: BTreeSet<String>,
    /// What was counted on pages that are too short to have a level of their own.
    pub(super) short: Measure,
    /// Words that are written in a drawing, by its path.
    pub(super) words: BTreeMap<String, Vec<String>>,
    /// Files of kinds that are not looked into.
    pub(super) strange: Vec<String>,
    /// Seconds of sound and video, by path.
    pub(super) seconds: BTreeMap<String, f64>,
}

impl Seen {
    /// Something names the file that `leads` leads to.
    pub(super) fn name(&mut self, leads: &Leads) {
        if let Leads::Inside(path) = leads {
            self.named.insert(path.clone());
        }
    }

    /// A picture is shown with these words.
    pub(super) fn picture(&mut self, path: &str, alt: &str) {
        self.named.insert(path.to_owned());
        let known = self.alts.entry(path.to_owned()).or_insert_with(|| alt.to_owned());
        if alt.chars().count() < known.chars().count() {
            alt.clone_into(known);
        }
    }
}
