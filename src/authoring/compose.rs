//! A draft as a pack: the files that are made of it, beside the files that were added to it.
//!
//! What is not finished is left out and told, so that what is there can be judged as any other pack is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::PathBuf;

use serde_json::{Value, json};

use super::draft::{Draft, DraftLesson, DraftPart, PageBlock};
use super::manifest::{Facts, manifest};
use super::screens::{OwnFinding, OwnPlace};
use super::{pages, questions, rules};
use crate::error::{Error, Result};
use crate::ids::from_hex;
use crate::lint::Severity;
use crate::packs::{Activity, ActivityKind, Captions, ItemRef, Lesson, Tree, Unit, no_such_file};

/// Characters of a title and a summary, as the format allows them.
const LONGEST_TITLE: usize = 80;
const LONGEST_SUMMARY: usize = 400;

/// A draft as a pack.
pub(super) struct Composed {
    pub(super) tree: Made,
    /// What is not finished, and was left out.
    pub(super) unfinished: Vec<OwnFinding>,
}

/// The files of a pack that was made of a draft.
#[derive(Default)]
pub(super) struct Made {
    written: BTreeMap<String, Vec<u8>>,
    /// Where what was added lies on the disk.
    added: BTreeMap<String, PathBuf>,
}

impl Made {
    fn write(&mut self, path: &str, text: impl Into<Vec<u8>>) {
        self.written.insert(path.to_owned(), text.into());
    }

    fn write_json(&mut self, path: &str, document: &Value) -> Result<()> {
        let mut bytes = serde_json::to_vec_pretty(document)
            .map_err(|e| Error::internal("A document could not be written.").caused_by(e))?;
        bytes.push(b'\n');
        self.written.insert(path.to_owned(), bytes);
        Ok(())
    }

    /// Bytes of all of it.
    pub(super) fn bytes(&self) -> u64 {
        let added = self.added.values().filter_map(|path| path.metadata().ok()).map(|facts| facts.len());
        self.written.values().map(|text| text.len() as u64).sum::<u64>() + added.sum::<u64>()
    }
}

impl Tree for Made {
    fn paths(&self) -> Result<Vec<String>> {
        let mut paths: Vec<String> = self.written.keys().chain(self.added.keys()).cloned().collect();
        paths.sort_unstable();
        Ok(paths)
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>> {
        if let Some(text) = self.written.get(path) {
            return Ok(Box::new(Cursor::new(text)));
        }
        Ok(Box::new(File::open(self.added.get(path).ok_or_else(|| no_such_file(path))?)?))
    }

    fn size(&self, path: &str) -> Result<u64> {
        match self.added.get(path) {
            Some(added) => Ok(added.metadata()?.len()),
            None => Ok(std::io::copy(&mut self.open(path)?, &mut std::io::sink())?),
        }
    }

    /// What was added is named after its content.
    fn known_digest(&self, path: &str) -> Option<[u8; 16]> {
        from_hex(path.strip_prefix("media/")?.split_once('.')?.0)
    }
}

/// Makes a pack of a draft, with the files in the folder `media`; `version_of` knows the version of a question.
///
/// # Errors
/// When a document can't be written.
pub(super) fn compose(
    draft: &Draft,
    facts: &Facts,
    media: &std::path::Path,
    version_of: &dyn Fn(&str) -> u32,
) -> Result<Composed> {
    let mut composing = Composing {
        draft,
        version_of,
        made: Made::default(),
        unfinished: Vec::new(),
        asked: BTreeSet::new(),
    };
    composing.look_at_words();
    let lessons: Vec<Lesson> = draft
        .lessons
        .iter()
        .filter_map(|lesson| composing.lesson(lesson).transpose())
        .collect::<Result<_>>()?;
    let title = title_of(draft);
    let units = if lessons.is_empty() {
        Vec::new()
    } else {
        vec![Unit { id: "u1".to_owned(), title: title.clone(), lessons }]
    };
    composing.made.write_json("outline.json", &json!({ "units": units }))?;
    let asked = &composing.asked;
    let skills = draft.skills.iter().filter(|skill| asked.contains(&skill.id)).map(|skill| {
        let name = or(&skill.name, &title);
        json!({ "id": skill.id, "name": name, "can": or(&skill.can, &name) })
    });
    let skills = json!({ "skills": skills.collect::<Vec<_>>() });
    composing.made.write_json("skills.json", &skills)?;
    let licence = draft.licence;
    let notice = format!("{}\n{}\n{}\n", facts.credit(&title), licence.name(), licence.address());
    composing.made.write(&licence_path(draft), notice);
    for path in rules::files_of(draft) {
        let found = rules::media_name(path).map(|name| media.join(name)).filter(|file| file.is_file());
        if let Some(file) = found {
            composing.made.added.insert(path.to_owned(), file);
        }
    }
    let summary = clip(&or(&draft.summary, &title), LONGEST_SUMMARY);
    let mut manifest = manifest(draft, facts, (&title, &summary), &licence_path(draft));
    let covers = |path: &Value| path.as_str().is_some_and(|path| composing.made.added.contains_key(path));
    if !covers(&manifest["cover"])
        && let Some(fields) = manifest.as_object_mut()
    {
        fields.remove("cover");
    }
    composing.made.write_json("pack.json", &manifest)?;
    Ok(Composed { tree: composing.made, unfinished: composing.unfinished })
}

fn licence_path(draft: &Draft) -> String {
    format!("LICENSES/{}.txt", draft.licence.name())
}

/// The title as far as a pack may have it.
fn title_of(draft: &Draft) -> String {
    clip(&or(&draft.title, "?"), LONGEST_TITLE)
}

fn or(text: &str, other: &str) -> String {
    let text = text.trim();
    if text.is_empty() { other.to_owned() } else { text.to_owned() }
}

fn clip(text: &str, longest: usize) -> String {
    text.chars().take(longest).collect()
}

struct Composing<'a> {
    draft: &'a Draft,
    version_of: &'a dyn Fn(&str) -> u32,
    made: Made,
    unfinished: Vec<OwnFinding>,
    /// Skills that some question asks about.
    asked: BTreeSet<String>,
}

impl Composing<'_> {
    fn say(&mut self, code: &'static str, place: OwnPlace, message: impl Into<String>) {
        self.unfinished.push(OwnFinding { code, severity: Severity::Error, place, message: message.into() });
    }

    fn look_at_words(&mut self) {
        let here = |field: &str| OwnPlace { field: Some(field.to_owned()), ..OwnPlace::default() };
        if self.draft.title.trim().is_empty() {
            self.say("title-missing", here("title"), "The course has no title yet; write one.");
        }
        for (code, field, text, longest) in [
            ("title-long", "title", &self.draft.title, LONGEST_TITLE),
            ("summary-long", "summary", &self.draft.summary, LONGEST_SUMMARY),
        ] {
            let length = text.trim().chars().count();
            if length > longest {
                let message = format!("The {field} has {length} characters; write at most {longest}.");
                self.say(code, here(field), message);
            }
        }
        if self.draft.lessons.is_empty() {
            self.say("lessons-missing", here("lessons"), "There is no lesson yet; add one.");
        }
    }

    /// A lesson with its parts as far as they are finished; none while no part is.
    fn lesson(&mut self, lesson: &DraftLesson) -> Result<Option<Lesson>> {
        let before = self.unfinished.len();
        let title = or(&lesson.title, &title_of(self.draft));
        let mut activities = Vec::new();
        for part in &lesson.parts {
            activities.extend(self.part(lesson, part, &title)?);
        }
        if activities.is_empty() {
            if self.unfinished.len() == before {
                let place = OwnPlace { lesson: Some(lesson.id.clone()), ..OwnPlace::default() };
                self.say(
                    "lesson-empty",
                    place,
                    "This lesson has no part yet; add something to read, to see or to answer.",
                );
            }
            return Ok(None);
        }
        let off_tablet =
            (!lesson.for_the_room.trim().is_empty()).then(|| format!("pages/{}-room.md", lesson.id));
        if let Some(path) = &off_tablet {
            self.made.write(path, pages::words(&title, &[&lesson.for_the_room]));
        }
        let items = lesson.parts.iter().flat_map(DraftPart::items);
        let named: BTreeSet<&str> = items.flat_map(questions::skills_of).collect();
        let skills = self.draft.skills.iter().map(|skill| &skill.id);
        let skills = skills.filter(|id| named.contains(id.as_str()) && self.asked.contains(*id)).cloned();
        Ok(Some(Lesson {
            id: lesson.id.clone(),
            title,
            picture: None,
            minutes: lesson.minutes,
            skills: skills.collect(),
            teacher_notes: None,
            off_tablet,
            activities,
        }))
    }

    /// A part, when it is finished.
    fn part(&mut self, lesson: &DraftLesson, part: &DraftPart, title: &str) -> Result<Option<Activity>> {
        let title = or(part.title(), title);
        let place = |field: &str| OwnPlace {
            lesson: Some(lesson.id.clone()),
            part: Some(part.id().to_owned()),
            item: None,
            field: Some(field.to_owned()),
        };
        let name = format!("{}-{}", lesson.id, part.id());
        let mut activity = Activity::new(kind_of(part), part.id(), &title);
        match part {
            DraftPart::Page { blocks, .. } => {
                let blocks: Vec<PageBlock> =
                    blocks.iter().filter(|block| !pages::is_blank(block)).cloned().collect();
                if blocks.is_empty() {
                    self.say(
                        "part-empty",
                        place("blocks"),
                        "This page is empty; write something on it, or take it out.",
                    );
                    return Ok(None);
                }
                let path = format!("pages/{name}.md");
                self.made.write(&path, pages::page(&title, &blocks));
                activity.page = Some(path);
            }
            DraftPart::Video { file, captions, alt, transcript, .. }
            | DraftPart::Audio { file, captions, alt, transcript, .. } => {
                let Some(file) = file else {
                    self.say(
                        "file-missing",
                        place("file"),
                        "The file is not chosen yet; add one, or take this part out.",
                    );
                    return Ok(None);
                };
                activity.file = Some(file.clone());
                activity.captions = captions
                    .iter()
                    .map(|file| Captions { language: self.draft.language.clone(), file: file.clone() })
                    .collect();
                if !transcript.trim().is_empty() {
                    let path = format!("pages/{name}-words.md");
                    self.made.write(&path, pages::words(&title, &[alt, transcript]));
                    activity.transcript = Some(path);
                }
            }
            DraftPart::Picture { file, alt, .. } => {
                let Some(file) = file else {
                    self.say(
                        "file-missing",
                        place("file"),
                        "The picture is not chosen yet; add one, or take this part out.",
                    );
                    return Ok(None);
                };
                activity.file = Some(file.clone());
                activity.alt = Some(alt.trim().to_owned());
            }
            DraftPart::Questions { items, .. } => {
                activity.items = self.questions(items, &place, &name)?;
                if items.is_empty() {
                    self.say(
                        "part-empty",
                        place("items"),
                        "There is no question yet; add one, or take this part out.",
                    );
                }
                if activity.items.is_empty() {
                    return Ok(None);
                }
            }
        }
        Ok(Some(activity))
    }

    /// Lays the questions that can be read into the pack; what is wrong with others is told.
    fn questions(
        &mut self,
        items: &[Value],
        place: &dyn Fn(&str) -> OwnPlace,
        name: &str,
    ) -> Result<Vec<ItemRef>> {
        let (mut written, mut asked) = (Vec::new(), Vec::new());
        for item in items {
            let id = item["id"].as_str().unwrap_or_default();
            let item = questions::complete(item, (self.version_of)(id));
            for mut fault in questions::faults(&item) {
                let field = fault.place.field.take();
                fault.place = OwnPlace { item: Some(id.to_owned()), field, ..place("") };
                self.unfinished.push(fault);
            }
            if questions::can_be_read(&item) {
                self.asked.extend(questions::skills_of(&item).into_iter().map(str::to_owned));
                asked.push(ItemRef { item: id.to_owned(), count: 1 });
                written.push(item);
            }
        }
        if !written.is_empty() {
            self.made.write_json(&format!("items/{name}.json"), &json!({ "items": written }))?;
        }
        Ok(asked)
    }
}

fn kind_of(part: &DraftPart) -> ActivityKind {
    match part {
        DraftPart::Page { .. } => ActivityKind::Page,
        DraftPart::Video { .. } => ActivityKind::Video,
        DraftPart::Audio { .. } => ActivityKind::Audio,
        DraftPart::Picture { .. } => ActivityKind::Picture,
        DraftPart::Questions { check: true, .. } => ActivityKind::Check,
        DraftPart::Questions { .. } => ActivityKind::Practice,
    }
}
