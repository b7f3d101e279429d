//! Course packs: what comes in.
//!
//! A pack is one immutable zip file that nobody unpacks (`docs/pack-format.md`). It is checked once, when it is
//! installed; after that its questions and pages are read from their places in the file, and its pictures go out as
//! they lie. To this folder a question is a piece of JSON with an id: what it means is the business of `items/`.

mod course;
mod format;
mod pages;
mod questions;
mod shelf;
mod tree;

use std::sync::{Arc, PoisonError, RwLock};

pub use course::Course;
pub use format::{
    Activity, ActivityKind, Audience, Contents, Direction, ItemRef, Lesson, Manifest, Skill, Unit, Version,
};
pub use tree::{Folder, Tree};

use crate::error::{Error, Result};
use format::LARGEST_DOCUMENT;
use questions::Questions;
use shelf::Shelf;

/// Room for pages as HTML, and for files of questions, in bytes: a lesson's worth for every class that works.
const PAGES_AT_HAND: usize = 512 << 10;
const QUESTIONS_AT_HAND: usize = 512 << 10;

/// One pack in use.
struct Pack {
    course: Arc<Course>,
    tree: Box<dyn Tree>,
    questions: Questions,
}

impl Pack {
    fn open(tree: Box<dyn Tree>, hash: String) -> Result<Self> {
        let course = Course::load(&*tree, hash)?;
        let mut questions = Questions::default();
        for path in tree.paths()? {
            if questions::holds_questions(&path) {
                questions.add(&path, &tree.read(&path, LARGEST_DOCUMENT)?)?;
            }
        }
        Ok(Self { course: Arc::new(course), tree, questions })
    }
}

/// The packs of this school.
pub struct Packs {
    packs: RwLock<Vec<Arc<Pack>>>,
    pages: Shelf<(String, String)>,
    texts: Shelf<(String, String)>,
}

impl Packs {
    /// Packs as their authors keep them, for `pack check` and tests; their files have no place on the packs origin.
    ///
    /// # Errors
    /// When a pack can't be read.
    pub fn of_trees(trees: Vec<Box<dyn Tree>>) -> Result<Self> {
        let open = |(number, tree)| Pack::open(tree, format!("{number:064x}")).map(Arc::new);
        let packs = trees.into_iter().enumerate().map(open).collect::<Result<Vec<_>>>()?;
        Ok(Self {
            packs: RwLock::new(packs),
            pages: Shelf::new(PAGES_AT_HAND),
            texts: Shelf::new(QUESTIONS_AT_HAND),
        })
    }

    /// All courses, in the order of their ids.
    pub fn courses(&self) -> Vec<Arc<Course>> {
        let packs = self.packs.read().unwrap_or_else(PoisonError::into_inner);
        packs.iter().map(|pack| pack.course.clone()).collect()
    }

    /// The newest version of a course.
    pub fn course(&self, id: &str) -> Option<Arc<Course>> {
        self.pack(id).ok().map(|pack| pack.course.clone())
    }

    /// A page of a course as HTML that is safe inside the app (see [`pages::to_html`]). Reads the disk when the page is
    /// not at hand.
    ///
    /// # Errors
    /// `pack.unknown`, `pack.file-missing`, or that the disk can't be read.
    pub fn page_html(&self, course: &str, path: &str) -> Result<Arc<str>> {
        let pack = self.pack(course)?;
        self.pages.get((pack.course.hash.clone(), path.to_owned()), |_| {
            let text = pack.tree.read(path, LARGEST_DOCUMENT)?;
            Ok(pages::to_html(&pack.course, path, &String::from_utf8_lossy(&text)).into())
        })
    }

    /// One question as its author wrote it. Reads the disk when its file is not at hand.
    ///
    /// # Errors
    /// `pack.unknown`, `pack.item-unknown`, or that the disk can't be read.
    pub fn item(&self, course: &str, item: &str) -> Result<serde_json::Value> {
        let pack = self.pack(course)?;
        let unknown = || {
            let sentence = format!("The course {course} has no question {item}.");
            Error::not_found("pack.item-unknown", sentence).with("item", item)
        };
        let span = pack.questions.spans.get(item).ok_or_else(unknown)?;
        let path = pack.questions.files.get(span.file as usize).ok_or_else(unknown)?;
        let text = self.texts.get((pack.course.hash.clone(), path.clone()), |_| {
            let bytes = pack.tree.read(path, LARGEST_DOCUMENT)?;
            Ok::<_, Error>(String::from_utf8_lossy(&bytes).into())
        })?;
        let written = text.get(span.start as usize..span.end as usize).ok_or_else(unknown)?;
        format::read_document(path, written.as_bytes())
    }

    fn pack(&self, id: &str) -> Result<Arc<Pack>> {
        let packs = self.packs.read().unwrap_or_else(PoisonError::into_inner);
        packs.iter().find(|pack| pack.course.id == id).cloned().ok_or_else(|| {
            Error::not_found("pack.unknown", format!("There is no course {id} on this box."))
                .with("course", id)
        })
    }
}

#[cfg(test)]
mod tests;
