//! Everything in a pack that can be judged without looking at pictures, read once.

use std::collections::BTreeSet;

use serde_json::Value;

use super::format::{Contents, LARGEST_DOCUMENT, LARGEST_PAGE, Manifest, Skills, misread, read_document};
use super::media::ending;
use super::outline::Outline;
use super::pages;
use super::questions::{Questions, holds_questions};
use super::tree::{Tree, optional};
use crate::error::{Error, Result};

/// Bytes of the longest question, as `items/` reads them.
const LONGEST_QUESTION: usize = 60_000;
/// Questions and links of a pack: many times what a course of ten years needs, and what fits into a judge's memory.
const MOST_QUESTIONS: usize = 50_000;
const MOST_LINKS: usize = 50_000;

/// What is in a pack.
pub(super) struct Content {
    pub(super) manifest: Manifest,
    pub(super) outline: Outline,
    pub(super) skills: Skills,
    pub(super) questions: Vec<Question>,
    pub(super) links: Vec<Link>,
    pub(super) paths: BTreeSet<String>,
    /// Where each question lies.
    pub(super) places: Questions,
}

/// What a pack must know of a question to hold together.
pub(super) struct Question {
    pub(super) path: String,
    pub(super) id: String,
    pub(super) is_template: bool,
    pub(super) skills: Vec<String>,
    pub(super) media: Vec<String>,
}

/// A page names a file of the pack.
pub(super) struct Link {
    pub(super) from: String,
    pub(super) to: String,
}

impl Content {
    /// Reads it.
    ///
    /// # Errors
    /// `pack.manifest` where a document is not as the format says, `pack.entry-name` for a path that can't be.
    pub(super) fn read(tree: &dyn Tree) -> Result<Self> {
        let manifest = tree.read("pack.json", LARGEST_DOCUMENT).map_err(|error| match error.code {
            "pack.file-missing" => {
                Error::invalid("pack.manifest", "There is no pack.json here, so this is not a course pack.")
            }
            _ => error,
        })?;
        let paths = tree.paths()?;
        let mut content = Self {
            manifest: Manifest::read(&manifest)?,
            outline: optional(tree, "outline.json")?,
            skills: optional(tree, "skills.json")?,
            questions: Vec::new(),
            links: Vec::new(),
            paths: BTreeSet::new(),
            places: Questions::default(),
        };
        for path in &paths {
            if holds_questions(path) {
                content.add_questions(path, &tree.read(path, LARGEST_DOCUMENT)?)?;
            } else if path.starts_with("pages/") && ending(path) == "md" {
                let text = tree.read(path, LARGEST_PAGE)?;
                let leads = pages::references(path, &String::from_utf8_lossy(&text));
                content.links.extend(leads.into_iter().map(|to| Link { from: path.clone(), to }));
                if content.links.len() > MOST_LINKS {
                    return Err(misread(path, "with it the pack has more than 50,000 links; split the pack"));
                }
            }
        }
        content.paths = paths.into_iter().collect();
        Ok(content)
    }

    fn add_questions(&mut self, path: &str, bytes: &[u8]) -> Result<()> {
        for raw in self.places.add(path, bytes)? {
            if raw.get().len() > LONGEST_QUESTION {
                return Err(misread(
                    path,
                    "one of its questions is longer than 60,000 bytes; split the question",
                ));
            }
            if self.questions.len() == MOST_QUESTIONS {
                return Err(misread(path, "with it the pack has more than 50,000 questions; split the pack"));
            }
            let value: Value = read_document(path, raw.get().as_bytes())?;
            let mut media = Vec::new();
            collect_media(&value, &mut media);
            self.questions.push(Question {
                path: path.to_owned(),
                id: value["id"].as_str().unwrap_or_default().to_owned(),
                is_template: value.get("params").is_some(),
                skills: skills_of(&value["skills"]),
                media,
            });
        }
        Ok(())
    }

    /// How much there is of everything; `bytes` of all files together.
    pub(super) fn count(&self, bytes: u64) -> Contents {
        let lessons = || self.outline.units.iter().flat_map(|unit| &unit.lessons);
        let templates = self.questions.iter().filter(|question| question.is_template).count();
        Contents {
            lessons: lessons().count() as u64,
            activities: lessons().map(|lesson| lesson.activities.len() as u64).sum(),
            items: (self.questions.len() - templates) as u64,
            templates: templates as u64,
            skills: self.skills.skills.len() as u64,
            bytes,
        }
    }
}

/// Skills are named by a plain string or by `{ "id", "weight" }`.
fn skills_of(value: &Value) -> Vec<String> {
    let named = |one: &Value| one.as_str().or_else(|| one["id"].as_str()).map(str::to_owned);
    value.as_array().into_iter().flatten().filter_map(named).collect()
}

/// Paths under `image` and `audio`, wherever they stand; names with a template's gaps can't be known.
fn collect_media(value: &Value, found: &mut Vec<String>) {
    let mut take = |path: &Value| {
        if let Some(path) = path.as_str()
            && !path.contains('{')
        {
            found.push(path.to_owned());
        }
    };
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect_media(value, found)),
        Value::Object(fields) => {
            for (name, value) in fields {
                match (name.as_str(), value) {
                    ("image" | "audio", Value::String(_)) => take(value),
                    ("audio", Value::Object(languages)) => languages.values().for_each(&mut take),
                    _ => {}
                }
            }
            fields
                .values()
                .filter(|value| value.is_array() || value.is_object())
                .for_each(|value| collect_media(value, found));
        }
        _ => {}
    }
}
