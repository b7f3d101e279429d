//! A set of questions as lessons: for each topic something to read where there is something, a practice and a check.

use serde_json::json;

use super::super::made::{Making, Part};
use super::super::words::words;
use super::asked::{Asked, Note, line};
use crate::error::{Error, Result};
use crate::packs::{Activity, ActivityKind, ItemRef, Lesson};

/// Questions of one lesson: about twenty minutes for a class that shares tablets.
const MOST_IN_LESSON: usize = 15;
/// Questions of a check.
const MOST_IN_CHECK: usize = 6;

/// What was read from a file of questions, in its order.
#[derive(Default)]
pub(in super::super) struct Bank {
    /// The questions.
    pub(super) asked: Vec<Asked>,
    /// Texts between them.
    pub(super) notes: Vec<Note>,
}

/// What becomes of the questions of one topic.
#[derive(Default)]
struct Topic {
    name: String,
    ids: Vec<String>,
    items: Vec<serde_json::Value>,
    notes: Vec<Note>,
}

impl Bank {
    /// Lays the questions into the pack.
    ///
    /// # Errors
    /// When a document can't be written.
    pub(in super::super) fn lay(self, making: &mut Making) -> Result<Vec<Lesson>> {
        let mut topics: Vec<Topic> = Vec::new();
        for asked in self.asked {
            let name = asked.topic.clone();
            if let Some((id, item)) = asked.into_item(making) {
                let topic = topic(&mut topics, &name);
                topic.ids.push(id);
                topic.items.push(item);
            }
        }
        for note in self.notes {
            let name = note.topic.clone();
            topic(&mut topics, &name).notes.push(note);
        }
        let mut lessons = Vec::new();
        for topic in topics {
            topic.lay(making, &mut lessons)?;
        }
        Ok(lessons)
    }
}

fn topic<'a>(topics: &'a mut Vec<Topic>, name: &str) -> &'a mut Topic {
    let place = topics.iter().position(|topic| topic.name == name).unwrap_or_else(|| {
        topics.push(Topic { name: name.to_owned(), ..Topic::default() });
        topics.len() - 1
    });
    &mut topics[place]
}

impl Topic {
    fn lay(self, making: &mut Making, lessons: &mut Vec<Lesson>) -> Result<()> {
        let words = words(&making.language);
        let parts = self.ids.len().div_ceil(MOST_IN_LESSON).max(1);
        // Lessons of about the same length, and not a last one of one question.
        let in_lesson = self.ids.len().div_ceil(parts).max(1);
        let mut notes = Some(self.notes).filter(|notes| !notes.is_empty());
        let skill = if self.ids.is_empty() { None } else { Some(making.skill(&self.name)) };
        for (number, ids) in self.ids.chunks(in_lesson).map(Some).chain([None]).enumerate() {
            // A topic of texts alone is a lesson without questions.
            let Some(ids) = ids.map(<[String]>::to_vec).or_else(|| notes.is_some().then(Vec::new)) else {
                break;
            };
            let mut activities = Vec::new();
            if let Some(notes) = notes.take() {
                let mut page = Activity::new(ActivityKind::Page, "read", words.read);
                page.page = Some(lay_notes(making, &self.name, &notes)?);
                activities.push(page);
            }
            if !ids.is_empty() {
                let mut practice = Activity::new(ActivityKind::Practice, "try", words.practice);
                practice.items = ids.iter().map(|id| ItemRef { item: id.clone(), count: 1 }).collect();
                let mut check = Activity::new(ActivityKind::Check, "show", words.check);
                check.items = spread(&practice.items);
                activities.extend([practice, check]);
            }
            let title = if parts > 1 { format!("{} {}", self.name, number + 1) } else { self.name.clone() };
            let mut lesson = making.lesson(&title, activities);
            lesson.skills.extend(skill.clone().filter(|_| !ids.is_empty()));
            if !ids.is_empty() {
                let items: Vec<_> = self.items.iter().skip(number * in_lesson).take(ids.len()).collect();
                let mut document = serde_json::to_vec_pretty(&json!({ "items": items }))
                    .map_err(|e| Error::internal("A document could not be written.").caused_by(e))?;
                document.push(b'\n');
                making.lay(format!("items/{}.json", lesson.id), Part::Text(document))?;
            }
            lessons.push(lesson);
        }
        Ok(())
    }
}

/// A few questions from the whole way.
fn spread(items: &[ItemRef]) -> Vec<ItemRef> {
    let wanted = items.len().min(MOST_IN_CHECK);
    (0..wanted).filter_map(|place| items.get(place * items.len() / wanted).cloned()).collect()
}

/// Texts between questions as one page.
fn lay_notes(making: &mut Making, topic: &str, notes: &[Note]) -> Result<String> {
    let mut page = String::new();
    for block in notes.iter().flat_map(|note| &note.blocks) {
        let written = match block["image"].as_str() {
            Some(path) => format!("![{}](../{path})", block["alt"].as_str().unwrap_or_default()),
            None => line(std::slice::from_ref(block)),
        };
        page.push_str(&written);
        page.push_str("\n\n");
    }
    let path = making.name("pages", topic, "md");
    making.lay(path.clone(), Part::Text(page.into_bytes()))?;
    Ok(path)
}
