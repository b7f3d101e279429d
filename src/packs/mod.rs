//! Course packs: what comes in.
//!
//! A pack is one immutable zip file that nobody unpacks (`docs/pack-format.md`). It is checked once, when it is
//! installed; after that its questions and pages are read from their places in the file, and its pictures go out as
//! they lie. To this folder a question is a piece of JSON with an id: what it means is the business of `items/`.

mod afar;
mod archive;
mod as_built;
mod author;
mod bundle;
mod cards;
mod compose;
mod content;
mod course;
mod format;
mod index;
mod install;
mod media;
mod names;
mod outline;
mod packed;
mod pages;
mod peek;
mod plain;
mod questions;
mod rules;
pub mod serve;
mod shelf;
mod signature;
mod source;
mod starters;
mod store;
mod terms;
mod tree;
mod unpack;
mod verify;
mod version;
mod volumes;
mod warm;
mod watch;

use std::collections::HashSet;
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

use serde_json::Value;

pub use afar::open_afar;
pub use author::{Checked, add_signature, build, check, open, open_source, read_manifest, sign, write};
pub use bundle::Bundle;
pub use course::{Course, nearest};
pub use format::{Audience, Contents, Dependency, Direction, FileLicence, Manifest, Renamed, Skill};
pub use install::{Draft, Installer};
pub use outline::{Activity, ActivityKind, Captions, Chapter, ItemRef, Lesson, Unit};
pub use peek::{Peeked, PeekedFile, peek};
pub use rules::{Fault, path_key, path_trouble};
pub use signature::{Signer, Trusted, files_of, find_signer, generate_keys, open_secret_key};
pub use source::Source;
pub use store::{Acquired, HeldPack, PacksView, shelves};
pub use terms::{Terms, will_do};
pub use tree::{Folder, Tree, no_such_file};
pub use version::Version;
pub use volumes::{Volumes, volume_of};
pub use watch::{Step, Unwatched, Watch, Watched};

use crate::error::{Error, Result};
use format::LARGEST_DOCUMENT;
use index::{Likeness, Place};
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
    manifest: Arc<Manifest>,
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
        let (course, manifest) = (Arc::new(course), read_manifest(&*tree)?.into());
        Ok(Self { course, manifest, tree: tree.into(), questions, packed: None, bytes: 0, built_in: false })
    }

    fn of_archive(mut packed: Packed, hash: String, row: &PackEntry) -> Result<Self> {
        let questions = std::mem::take(&mut packed.index.questions);
        let packed = Arc::new(packed);
        let course = Arc::new(Course::load(&*packed, hash)?);
        let (tree, manifest) = (packed.clone(), read_manifest(&*packed)?.into());
        Ok(Self {
            course,
            manifest,
            tree,
            questions,
            packed: Some(packed),
            bytes: row.bytes,
            built_in: row.built_in,
        })
    }
}

/// What there is to say about an installed pack.
#[derive(Debug)]
pub struct Installed {
    /// Its course.
    pub course: Arc<Course>,
    /// Its `pack.json`.
    pub manifest: Arc<Manifest>,
    /// Ids of the installed packs that need it.
    pub needed_by: Vec<String>,
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
    /// Who wants to hear when another version serves.
    told: Mutex<Vec<SyncSender<()>>>,
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
            told: Mutex::default(),
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
        drop(shelves);
        self.tell();
    }

    /// Sends a word whenever other packs serve than before, for those who keep something about them. While a word waits
    /// in the channel no second one is sent.
    pub fn tell_of_changes(&self, to: SyncSender<()>) {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).push(to);
    }

    fn tell(&self) {
        use std::sync::mpsc::TrySendError;
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.retain(|to| !matches!(to.try_send(()), Err(TrySendError::Disconnected(()))));
    }

    /// Takes a pack from the shelves, in all its versions, so that its room on the disk is free.
    fn forget(&self, id: &str) {
        let mut shelves = self.shelves.write().unwrap_or_else(PoisonError::into_inner);
        shelves.current.retain(|pack| pack.course.id != id);
        shelves.former.retain(|pack| pack.course.id != id);
        drop(shelves);
        self.tell();
    }

    /// Lets go of versions that were replaced: their room on the disk is needed.
    fn forget_former(&self) {
        self.shelves.write().unwrap_or_else(PoisonError::into_inner).former.clear();
    }

    /// The archives of all versions that serve.
    fn archives(&self) -> Vec<Arc<Packed>> {
        let shelves = self.shelves();
        shelves.current.iter().chain(&shelves.former).filter_map(|pack| pack.packed.clone()).collect()
    }

    /// What is installed, in the order of the ids.
    pub fn installed(&self) -> Vec<Installed> {
        let shelves = self.shelves();
        let needs = |other: &Pack, id: &str| other.manifest.depends_on.iter().any(|needed| needed.id == id);
        let describe = |pack: &Arc<Pack>| {
            let needing = shelves.current.iter().filter(|other| needs(other, &pack.course.id));
            Installed {
                course: pack.course.clone(),
                manifest: pack.manifest.clone(),
                needed_by: needing.map(|other| other.course.id.clone()).collect(),
                bytes: pack.bytes,
                built_in: pack.built_in,
            }
        };
        shelves.current.iter().map(describe).collect()
    }

    /// How many bytes of the archive that was looked at are not on the box yet: what an update must read, nearly.
    pub fn lacks(&self, peeked: &Peeked) -> u64 {
        let archives = self.archives();
        let held: HashSet<Likeness> =
            archives.iter().flat_map(|packed| packed.index.places()).map(Place::likeness).collect();
        let is_lacking = |file: &&PeekedFile| file.likeness.is_none_or(|likeness| !held.contains(&likeness));
        peeked.files.iter().filter(is_lacking).map(|file| file.packed).sum()
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

    /// The newest version of a course, or the course that took its place.
    pub fn course(&self, id: &str) -> Option<Arc<Course>> {
        let shelves = self.shelves();
        let found = shelves.current.iter().find(|pack| pack.course.id == id);
        let found = found.or_else(|| shelves.current.iter().find(|pack| pack.course.stands_for(id)));
        found.map(|pack| pack.course.clone())
    }

    /// Versions of a course that were replaced since the start, the newest first: somebody may have a page of them open.
    pub fn former(&self, id: &str) -> Vec<Arc<Course>> {
        let shelves = self.shelves();
        let versions = shelves.former.iter().rev().filter(|pack| pack.course.id == id);
        versions.map(|pack| pack.course.clone()).collect()
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

    /// The words of a page, a chapter or captions, one line for each paragraph (see `plain::words`); none of a file that
    /// is not for reading. Reads the disk.
    ///
    /// # Errors
    /// As [`Packs::page_html`], and `pack.file-large`.
    pub fn page_words(&self, course: &str, path: &str) -> Result<String> {
        let text = self.pack(course)?.tree.read(path, LARGEST_DOCUMENT)?;
        Ok(plain::words(path, &String::from_utf8_lossy(&text)))
    }

    /// One question as its author wrote it. Reads the disk when its file is not at hand.
    ///
    /// # Errors
    /// `pack.unknown`, `pack.item-unknown`, or that the disk can't be read.
    pub fn item(&self, course: &str, item: &str) -> Result<Value> {
        self.read_item(&*self.pack(course)?, item)
    }

    /// As [`Packs::item`], of exactly this version of a course. A question that had another id before is given under the
    /// one that is asked for, so that its numbers come out as they did.
    ///
    /// # Errors
    /// As [`Packs::item`].
    pub fn item_of(&self, course: &Course, item: &str) -> Result<Value> {
        self.read_item(&*self.version(course)?, item)
    }

    /// The ids of all questions of exactly this version of a course, in their order.
    ///
    /// # Errors
    /// `pack.unknown`.
    pub fn items_of(&self, course: &Course) -> Result<Vec<String>> {
        let pack = self.version(course)?;
        let mut ids: Vec<String> = pack.questions.spans.keys().map(ToString::to_string).collect();
        ids.sort_unstable();
        Ok(ids)
    }

    fn version(&self, course: &Course) -> Result<Arc<Pack>> {
        let shelves = self.shelves();
        let all = shelves.current.iter().chain(&shelves.former);
        let pack = all.into_iter().find(|pack| pack.course.hash == course.hash).cloned();
        pack.ok_or_else(|| unknown(&course.id))
    }

    fn read_item(&self, pack: &Pack, item: &str) -> Result<Value> {
        let unknown = || {
            let sentence = format!("The course {} has no question {item}.", pack.course.id);
            Error::not_found("pack.item-unknown", sentence).with("item", item)
        };
        let spans = &pack.questions.spans;
        let now = pack.course.item_now(item, |id| spans.contains_key(id)).ok_or_else(unknown)?;
        let span = spans.get(now).ok_or_else(unknown)?;
        let path = pack.questions.files.get(span.file as usize).ok_or_else(unknown)?;
        let text = self.texts.get((pack.course.hash.clone(), path.clone()), |_| {
            let bytes = pack.tree.read(path, LARGEST_DOCUMENT)?;
            Ok::<_, Error>(String::from_utf8_lossy(&bytes).into())
        })?;
        let written = text.get(span.start as usize..span.end as usize).ok_or_else(unknown)?;
        let mut question: Value = format::read_document(path, written.as_bytes())?;
        if now != item {
            question["id"] = item.into();
        }
        Ok(question)
    }

    fn pack(&self, id: &str) -> Result<Arc<Pack>> {
        let found = self.shelves().current.iter().find(|pack| pack.course.id == id).cloned();
        found.ok_or_else(|| unknown(id))
    }
}

fn unknown(id: &str) -> Error {
    Error::not_found("pack.unknown", format!("There is no course {id} on this box.")).with("course", id)
}

#[cfg(test)]
mod tests;
