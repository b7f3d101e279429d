//! One search: the index is asked from near to far until there is enough, then the words of the results are read.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rusqlite::Connection;

use super::follow::Catalogue;
use super::gather::{self, Resource, Told};
use super::rules::{self, Nearness, SURE, Term};
use super::store::{self, Within};
use super::{NoteKind, Question, ResultKind, SearchResult, Seeker, excerpt};
use crate::error::Result;
use crate::packs::{Course, Packs};

/// Results that are counted; a child looks at a few, and whoever gets so many types another word.
const MOST_COUNTED: usize = 500;
/// With fewer results than these, words are looked for that may have been meant.
const FEW: usize = 5;

/// What a search came to.
pub(super) struct Found {
    pub(super) results: Vec<SearchResult>,
    pub(super) count: usize,
    pub(super) more: bool,
}

/// The courses that are searched, by the numbers of their packs in the index.
pub(super) type Courses = BTreeMap<i64, Arc<Course>>;

pub(super) fn courses_by_pack(courses: Vec<Arc<Course>>, catalogue: &Catalogue) -> Courses {
    let number = |course: &Course| catalogue.packs.get(&course.hash).map(|indexed| indexed.number);
    courses.into_iter().filter_map(|course| Some((number(&course)?, course))).collect()
}

/// Looks for the terms of a question.
///
/// # Errors
/// When the index can't be read. A pack that can't be read costs its results their texts.
pub(super) fn find(
    connection: &Connection,
    packs: &Packs,
    courses: &Courses,
    question: &Question,
    mut terms: Vec<Term>,
) -> Result<Found> {
    let numbers: Vec<i64> = courses.keys().copied().collect();
    let within = Within {
        kind: question.kind,
        staff: question.seeker == Seeker::Staff,
        packs: serde_json::to_string(&numbers).unwrap_or_default(),
    };
    let mut ids = Ids::default();
    for nearness in SURE {
        ids.ask(connection, &terms, nearness, &within)?;
    }
    if ids.order.len() < FEW {
        for term in &mut terms {
            if let Some(word) = term.may_be_misspelt() {
                let similar = store::similar(connection, &rules::triples(word))?;
                term.meant = rules::nearest(word, similar.into_iter());
            }
        }
        ids.ask(connection, &terms, Nearness::MeantInTitle, &within)?;
        ids.ask(connection, &terms, Nearness::MeantInText, &within)?;
    }
    if ids.order.len() < FEW {
        ids.ask(connection, &terms, Nearness::Some, &within)?;
    }
    let mut results = Vec::new();
    for id in ids.order.iter().take(question.limit) {
        let course = courses.get(&store::pack_of(*id));
        if let Some((course, resource)) = course.zip(store::place(connection, *id)?) {
            results.extend(show(packs, course, &resource, question, &terms));
        }
    }
    Ok(Found { results, count: ids.order.len(), more: ids.more })
}

/// Numbers of resources, the nearest first.
#[derive(Default)]
struct Ids {
    order: Vec<i64>,
    known: HashSet<i64>,
    more: bool,
}

impl Ids {
    fn ask(
        &mut self,
        connection: &Connection,
        terms: &[Term],
        nearness: Nearness,
        within: &Within,
    ) -> Result<()> {
        if self.more {
            return Ok(());
        }
        let Some(expression) = rules::expression(terms, nearness) else { return Ok(()) };
        let mut found = store::find(connection, &expression, within, MOST_COUNTED + 1)?;
        // Equals stay in the order of the index.
        found.sort_by(|(_, a), (_, b)| a.total_cmp(b));
        for (id, _) in found {
            if self.order.len() == MOST_COUNTED && !self.known.contains(&id) {
                self.more = true;
                break;
            }
            if self.known.insert(id) {
                self.order.push(id);
            }
        }
        Ok(())
    }
}

fn show(
    packs: &Packs,
    course: &Course,
    resource: &Resource,
    question: &Question,
    terms: &[Term],
) -> Option<SearchResult> {
    let told = match gather::read(packs, course, resource, &question.screens) {
        Ok(told) => told?,
        Err(error) => {
            tracing::warn!(pack = course.id, %error, "a result of a search can't be read");
            Told::default()
        }
    };
    let lesson = resource.lesson.as_deref().and_then(|id| course.lesson(id));
    let picture = lesson.and_then(|lesson| lesson.picture.as_deref()).or(course.cover.as_deref());
    let first = || {
        let opens = matches!(resource.kind, ResultKind::Lesson | ResultKind::Skill);
        lesson.filter(|_| opens)?.activities.first().map(|activity| activity.id.clone())
    };
    let is_chapter = resource.kind == ResultKind::Book;
    Some(SearchResult {
        kind: resource.kind,
        title: excerpt::whole(&told.title, terms),
        snippet: excerpt::around(&told.text, terms),
        course: course.id.clone(),
        course_title: course.title(&question.screens).to_owned(),
        lesson: resource.lesson.clone(),
        lesson_title: lesson.map(|lesson| lesson.title.clone()),
        activity: resource.activity.clone().or_else(first),
        chapter: resource.part.as_deref().filter(|_| is_chapter).and_then(|number| number.parse().ok()),
        note: (resource.kind == ResultKind::Note).then(|| note_kind(lesson, resource)),
        audience: course.audience,
        language: course.language.clone(),
        direction: course.direction,
        picture: picture.map(|path| course.address(path)),
    })
}

fn note_kind(lesson: Option<&crate::packs::Lesson>, resource: &Resource) -> NoteKind {
    let notes = lesson.and_then(|lesson| lesson.teacher_notes.as_ref());
    if notes.is_some() && notes == resource.part.as_ref() {
        NoteKind::TeacherNotes
    } else {
        NoteKind::OffTablet
    }
}
