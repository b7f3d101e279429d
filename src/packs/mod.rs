//! Course packs: what comes in.
//!
//! A pack is one immutable zip file that nobody unpacks (`docs/pack-format.md`). It is checked once, when it is
//! installed; after that its questions and pages are read from their places in the file, and its pictures go out as
//! they lie. To this folder a question is a piece of JSON with an id: what it means is the business of `items/`.

mod archive;
mod author;
mod compose;
mod content;
mod course;
mod early;
mod format;
mod index;
mod install;
mod media;
mod outline;
mod packed;
mod pages;
mod plain;
mod questions;
mod rules;
pub mod serve;
mod shelf;
mod signature;
mod source;
mod starters;
mod store;
mod tree;
mod unpack;
mod verify;
mod version;
mod watch;

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

pub use author::{add_signature, build, check, open, read_manifest, sign};
pub use course::{Course, nearest};
pub use early::{Peeked, Volumes, open_source, peek};
pub use format::{Audience, Contents, Dependency, Direction, FileLicence, Manifest, Renamed, Skill};
pub use install::{Draft, Installer, Terms};
pub use outline::{Activity, ActivityKind, Captions, Chapter, ItemRef, Lesson, Unit};
pub use rules::Fault;
pub use signature::{Signer, Trusted, files_of, find_signer, generate_keys, open_secret_key};
pub use source::Source;
pub use store::PacksView;
pub use tree::{Folder, Tree};
pub use version::Version;
pub use watch::{Step, Unwatched, Watch, Watched};

use crate::error::{Error, Result};
use format::LARGEST_DOCUMENT;
use index::Place;
use packed::Packed;
use questions::Questions;
use shelf::Shelf;
use store::PackEntry;

/// Room for pages as HTML, and for files of questions, in bytes: a lesson's worth for every class that works.
const PAGES_AT_HAND: usize = 512 << 10;
const QUESTIONS_AT_HAND: usize = 512 << 10;

/// Versions that were replaced since the start and still serve pages that were open by then.
const FORMER_KEPT: usize = 8;

/// One pack in use.
struct Pack {
    course: Arc<Course>,
    tree: Arc<dyn Tree>,
    questions: Questions,
    /// Its archive, when it has a place on the packs origin.
    packed: Option<Arc<Packed>>,
    bytes: u64,
    built_in: bool,
}

impl Pack {
    /// A pack as its author keeps it.
    fn of_tree(tree: Box<dyn Tree>, hash: String) -> Result<Self> {
        let course = Course::load(&*tree, hash)?;
        let mut questions = Questions::default();
        for path in tree.paths()? {
            if questions::holds_questions(&path) {
                questions.add(&path, &tree.read(&path, LARGEST_DOCUMENT)?)?;
            }
        }
        let course = Arc::new(course);
        Ok(Self { course, tree: tree.into(), questions, packed: None, bytes: 0, built_in: false })
    }

    fn of_archive(mut packed: Packed, hash: String, row: &PackEntry) -> Result<Self> {
        let questions = std::mem::take(&mut packed.index.questions);
        let packed = Arc::new(packed);
        let course = Arc::new(Course::load(&*packed, hash)?);
        let tree = packed.clone();
        Ok(Self { course, tree, questions, packed: Some(packed), bytes: row.bytes, built_in: row.built_in })
    }
}

/// What there is to say about an installed pack.
#[derive(Debug)]
pub struct Installed {
    /// Its course.
    pub course: Arc<Course>,
    /// Bytes of its file.
    pub bytes: u64,
    /// It came with the program.
    pub built_in: bool,
}

#[derive(Default)]
struct Shelves {
    /// In the order of their ids, one version of each.
    current: Vec<Arc<Pack>>,
    /// The newest last.
    former: Vec<Arc<Pack>>,
}

/// The packs of this school, to read from. [`Installer`] puts them there.
pub struct Packs {
    shelves: RwLock<Shelves>,
    pages: Shelf<(String, String)>,
    texts: Shelf<(String, String)>,
}

impl Packs {
    /// Packs as their authors keep them, for tests and previews; their files have no place on the packs origin.
    ///
    /// # Errors
    /// When a pack can't be read.
    pub fn of_trees(trees: Vec<Box<dyn Tree>>) -> Result<Self> {
        let packs = Self {
            shelves: RwLock::default(),
            pages: Shelf::new(PAGES_AT_HAND),
            texts: Shelf::new(QUESTIONS_AT_HAND),
        };
        for (number, tree) in trees.into_iter().enumerate() {
            packs.put(Pack::of_tree(tree, format!("{number:064x}"))?);
        }
        Ok(packs)
    }

    /// Makes a pack the version that serves.
    fn put(&self, pack: Pack) {
        let mut shelves = self.shelves.write().unwrap_or_else(PoisonError::into_inner);
        let Shelves { current, former } = &mut *shelves;
        match current.binary_search_by(|known| known.course.id.cmp(&pack.course.id)) {
            Ok(place) => former.push(std::mem::replace(&mut current[place], Arc::new(pack))),
            Err(place) => current.insert(place, Arc::new(pack)),
        }
        let too_many = former.len().saturating_sub(FORMER_KEPT);
        former.drain(..too_many);
    }

    /// What is installed, in the order of the ids.
    pub fn installed(&self) -> Vec<Installed> {
        let describe = |pack: &Arc<Pack>| Installed {
            course: pack.course.clone(),
            bytes: pack.bytes,
            built_in: pack.built_in,
        };
        self.shelves().current.iter().map(describe).collect()
    }

    /// A file that anybody may fetch, of any version that serves: the archive, and the file's place in it.
    fn public(&self, hash: &str, path: &str) -> Option<(Arc<Packed>, Place)> {
        let shelves = self.shelves();
        let all = shelves.current.iter().chain(&shelves.former);
        let packed = all.filter(|pack| pack.course.hash == hash).find_map(|pack| pack.packed.clone())?;
        let place = packed.public(path)?;
        Some((packed, place))
    }

    fn shelves(&self) -> RwLockReadGuard<'_, Shelves> {
        self.shelves.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// All courses, in the order of their ids.
    pub fn courses(&self) -> Vec<Arc<Course>> {
        self.shelves().current.iter().map(|pack| pack.course.clone()).collect()
    }

    /// The newest version of a course.
    pub fn course(&self, id: &str) -> Option<Arc<Course>> {
        self.pack(id).ok().map(|pack| pack.course.clone())
    }

    /// A page of a course as HTML that is safe inside the app (see `pages::to_html`). Reads the disk when the page is
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
        let found = self.shelves().current.iter().find(|pack| pack.course.id == id).cloned();
        found.ok_or_else(|| {
            Error::not_found("pack.unknown", format!("There is no course {id} on this box."))
                .with("course", id)
        })
    }
}

#[cfg(test)]
mod tests;
