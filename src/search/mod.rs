//! Search: everything in the installed packs, found by its words.
//!
//! The index is made from the packs and may be lost. A thread in the background follows what is installed
//! (`follow.rs`); nothing waits for it, and what it has not read yet is not found yet. The index holds words and no
//! texts: what is shown of a result is read from its pack, so that a search can show nothing that the pack does not hold.

mod excerpt;
mod follow;
mod gather;
mod look;
mod routes;
mod rules;
mod store;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use excerpt::Piece;
pub use routes::routes;

use crate::db::Options;
use crate::error::Result;
use crate::packs::{Audience, Course, Direction, Packs};
use follow::Follower;

/// Most results of one answer.
pub const MOST_RESULTS: usize = 100;

/// What a result is. The numbers stand in the index; they also say what is shown first among equals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum ResultKind {
    /// A whole course.
    Course = 0,
    /// A lesson.
    Lesson = 1,
    /// A skill; it opens with the first lesson that teaches it.
    Skill = 2,
    /// A page or a worked example.
    Page = 3,
    /// A book, or a chapter of one.
    Book = 4,
    /// A video, by its title and by what is said in it.
    Video = 5,
    /// A sound, by its title and by what is said in it.
    Audio = 6,
    /// A PDF, by its title.
    Document = 7,
    /// An interactive page, by its title.
    App = 8,
    /// A picture.
    Picture = 9,
    /// Questions to practise with or to show what one knows, by their title.
    Practice = 10,
    /// A single question; it opens with the practice or check that asks it.
    Question = 11,
    /// What only teachers read of a lesson.
    Note = 12,
}

impl ResultKind {
    const ALL: [Self; 13] = [
        Self::Course,
        Self::Lesson,
        Self::Skill,
        Self::Page,
        Self::Book,
        Self::Video,
        Self::Audio,
        Self::Document,
        Self::App,
        Self::Picture,
        Self::Practice,
        Self::Question,
        Self::Note,
    ];

    fn of_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as u8 == code)
    }
}

/// Who searches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seeker {
    /// Finds what students may see.
    Student,
    /// Finds everything.
    Staff,
}

/// What somebody looks for.
#[derive(Clone, Debug)]
pub struct Question {
    /// As it was typed.
    pub text: String,
    /// Who typed it.
    pub seeker: Seeker,
    /// The language of their screens, for the titles of courses.
    pub screens: String,
    /// Courses in this language only.
    pub language: Option<String>,
    /// Courses for this school year only.
    pub grade: Option<u8>,
    /// Results of this kind only.
    pub kind: Option<ResultKind>,
    /// At most so many results.
    pub limit: usize,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SearchAnswer {
    /// The nearest first.
    pub results: Vec<SearchResult>,
    /// How many there are in all, as far as they were counted.
    pub count: usize,
    /// Whether there are more than were counted.
    pub more: bool,
    /// Whether all courses were read; what is found while one is not may lack something.
    pub ready: bool,
    /// What there is to choose from.
    pub choices: Choices,
}

/// Something that was found.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SearchResult {
    /// What it is.
    pub kind: ResultKind,
    /// What it is called; a question and a note are called by what they belong to.
    pub title: Vec<Piece>,
    /// The part of its text around the hits; empty when it has none.
    pub snippet: Vec<Piece>,
    /// The course's id.
    pub course: String,
    /// The course's title, in the reader's language where there is one.
    pub course_title: String,
    /// The lesson's id; null of a course.
    #[schema(required)]
    pub lesson: Option<String>,
    /// The lesson's title; null of a course.
    #[schema(required)]
    pub lesson_title: Option<String>,
    /// The activity to open: of a lesson or a skill the first one of the lesson; null of a course and of what has none.
    #[schema(required)]
    pub activity: Option<String>,
    /// The number of the chapter, from 0; null of everything else.
    #[schema(required)]
    pub chapter: Option<u32>,
    /// Where a note stands; null of everything else.
    #[schema(required)]
    pub note: Option<NoteKind>,
    /// Whom the course is for.
    pub audience: Audience,
    /// The language of the course.
    pub language: String,
    /// Which way it is written.
    pub direction: Direction,
    /// A picture of the lesson or the course, on the packs origin.
    #[schema(required)]
    pub picture: Option<String>,
}

/// Which of the pages for teachers a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum NoteKind {
    /// The author's notes for the teacher.
    TeacherNotes,
    /// What the class does without tablets.
    OffTablet,
}

/// What there is to choose from, over all courses that the caller may see.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = SearchChoices)]
pub struct Choices {
    /// Kinds of which there is something, each once.
    pub kinds: Vec<ResultKind>,
    /// Languages of courses, each once.
    pub languages: Vec<String>,
    /// School years for which there are courses, each once.
    pub grades: Vec<u8>,
}

/// Finds things in the packs that are installed.
pub struct Search {
    packs: Arc<Packs>,
    follower: Follower,
}

impl Search {
    /// Begins to read the packs, in the background; the index is kept in the file of `options`.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn open(packs: Arc<Packs>, options: Options) -> Result<Self> {
        let follower = Follower::start(packs.clone(), options)?;
        Ok(Self { packs, follower })
    }

    /// Waits until the index holds what is installed.
    pub async fn ready(&self) {
        self.follower.ready().await;
    }

    /// Looks for something. While a course is not read yet, nothing of it is found.
    ///
    /// # Errors
    /// When the index can't be read.
    pub async fn find(&self, question: Question) -> Result<SearchAnswer> {
        let catalogue = self.follower.catalogue();
        let mut courses = self.packs.courses();
        courses.retain(|course| question.seeker == Seeker::Staff || course.is_for_students());
        let ready = courses.iter().all(|course| catalogue.packs.contains_key(&course.hash));
        let choices = choices(&courses, &catalogue, question.seeker);
        courses.retain(|course| is_wanted(course, &question));
        let empty = SearchAnswer { results: Vec::new(), count: 0, more: false, ready, choices };
        let terms = rules::terms(&question.text);
        let Some(db) = self.follower.db().filter(|_| !terms.is_empty()) else { return Ok(empty) };
        let packs = self.packs.clone();
        let found = db.read(move |connection| {
            look::find(connection, &packs, &look::courses_by_pack(courses, &catalogue), &question, terms)
        });
        let look::Found { results, count, more } = found.await?;
        Ok(SearchAnswer { results, count, more, ..empty })
    }
}

fn is_wanted(course: &Course, question: &Question) -> bool {
    question.language.as_ref().is_none_or(|language| course.language == *language)
        && question.grade.is_none_or(|grade| course.grades.contains(&grade))
}

fn choices(courses: &[Arc<Course>], catalogue: &follow::Catalogue, seeker: Seeker) -> Choices {
    let indexed = courses.iter().filter_map(|course| catalogue.packs.get(&course.hash));
    let kinds = indexed.flat_map(|indexed| &indexed.kinds);
    let seen = kinds.filter(|(_, staff)| seeker == Seeker::Staff || !staff);
    Choices {
        kinds: each_once(seen.map(|(kind, _)| *kind)),
        languages: each_once(courses.iter().map(|course| course.language.clone())),
        grades: each_once(courses.iter().flat_map(|course| course.grades.iter().copied())),
    }
}

fn each_once<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    all.collect::<BTreeSet<T>>().into_iter().collect()
}
