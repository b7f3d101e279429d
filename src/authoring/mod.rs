//! Courses that teachers write on the box: drafts that are saved as they are typed, and what becomes of them on the shelf.
//!
//! A draft lies as a file in the data directory and is no pack yet. Putting it on the shelf composes a pack and hands it
//! to the library, which installs it as it installs any other. Everybody who teaches at the school may go on with every
//! course; whoever saves names the saving that they saw last, so that nobody writes over what they did not see.

mod compose;
mod draft;
mod film;
mod findings;
mod manifest;
mod media;
mod pages;
mod questions;
pub mod routes;
mod rules;
mod screens;
mod shelf;
mod store;
mod traces;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use crate::clock::date;
use crate::error::{Error, Result};
use crate::files::DataDir;
use crate::ids::{StaffId, random_bytes, to_hex};
use crate::journal::Journal;
use crate::library::Library;
use crate::packs::{Course, Packs};
use crate::people::People;
use compose::{Composed, compose};
use draft::{Draft, DraftLesson, DraftPart, DraftSkill, OwnLicence};
use manifest::Facts;
use routes::Start;
use screens::{AuthoringPage, OwnCourseLine, OwnCoursePart, ShelfPart};
use store::{Edition, OwnCourse, Store};

/// Courses that are written here.
pub struct Authoring {
    journal: Arc<Journal>,
    people: Arc<People>,
    packs: Arc<Packs>,
    library: Arc<Library>,
    store: Store,
    /// Held from looking at a revision to writing the next.
    writing: Mutex<()>,
}

impl Authoring {
    /// Opens what was written so far.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn open(
        journal: Arc<Journal>,
        people: Arc<People>,
        packs: Arc<Packs>,
        library: Arc<Library>,
        data: &DataDir,
    ) -> Result<Self> {
        let store = Store::open(data.authoring())?;
        store.clear()?;
        let authoring = Self { journal, people, packs, library, store, writing: Mutex::default() };
        authoring.clear_media()?;
        Ok(authoring)
    }

    fn writing(&self) -> MutexGuard<'_, ()> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All own courses, what was changed last first. A damaged one is left out, with a word in the log.
    fn page(&self) -> Result<AuthoringPage> {
        let mut courses = Vec::new();
        for id in self.store.ids()? {
            match self.store.read(&id) {
                Ok(own) => courses.push(self.line(id, &own)),
                Err(error) => tracing::error!(course = id, %error, "a draft can't be read"),
            }
        }
        courses.sort_by(|a, b| b.changed_at.cmp(&a.changed_at).then_with(|| a.id.cmp(&b.id)));
        Ok(AuthoringPage { courses })
    }

    fn line(&self, id: String, own: &OwnCourse) -> OwnCourseLine {
        OwnCourseLine {
            shelf: self.shelf(&id, own),
            id,
            title: own.draft.title.clone(),
            language: own.draft.language.clone(),
            lessons: own.draft.lessons.len(),
            questions: rules::items_of(&own.draft).count(),
            changed_by: self.name_of(own.changed_by),
            changed_at: own.changed_at,
        }
    }

    fn part(&self, id: String, own: OwnCourse) -> Result<OwnCoursePart> {
        let composed = self.compose(&id, &own, None)?;
        let (findings, grade) = findings::judge(&own.draft, &composed)?;
        Ok(OwnCoursePart {
            shelf: self.shelf(&id, &own),
            id,
            revision: own.revision,
            changed_by: self.name_of(own.changed_by),
            changed_at: own.changed_at,
            draft: own.draft,
            findings,
            grade,
        })
    }

    /// The pack that a draft becomes, as an edition or just to look at.
    fn compose(&self, id: &str, own: &OwnCourse, edition: Option<&Edition>) -> Result<Composed> {
        let directory = self.people.directory();
        let school = directory.school().ok_or_else(Error::sign_in_needed)?;
        let facts = Facts {
            id: rules::pack_id(school.id, id),
            version: edition.map_or_else(|| rules::next_version(None), |edition| edition.version.clone()),
            school: school.name.clone(),
            authors: own.authors.iter().filter_map(|author| self.name_of(*author)).collect(),
            released: edition.map_or_else(|| date(self.now()), |edition| edition.released.clone()),
        };
        let version_of = |item: &str| {
            edition.and_then(|edition| edition.items.get(item)).map_or(1, |(version, _)| *version)
        };
        compose(&own.draft, &facts, &self.store.media(id), &version_of)
    }

    fn name_of(&self, member: StaffId) -> Option<String> {
        self.people.directory().staff_member(member).map(|member| member.name.clone())
    }

    /// What is on the shelf of an own course.
    fn shelf(&self, id: &str, own: &OwnCourse) -> Option<ShelfPart> {
        let course = self.on_shelf(id)?;
        let is_current = own.edition.as_ref().is_some_and(|edition| {
            edition.version == course.version && edition.draft == fingerprint(&own.draft)
        });
        Some(ShelfPart { course: course.id.clone(), version: course.version.clone(), current: is_current })
    }

    fn on_shelf(&self, id: &str) -> Option<Arc<Course>> {
        let pack = self.pack_id(id).ok()?;
        self.packs.course(&pack).filter(|course| course.id == pack)
    }

    /// The id of the pack that a course becomes.
    fn pack_id(&self, id: &str) -> Result<String> {
        let directory = self.people.directory();
        let school = directory.school().ok_or_else(Error::sign_in_needed)?;
        Ok(rules::pack_id(school.id, id))
    }

    /// Begins a course.
    fn begin(&self, title: &str, language: String, start: Start, by: StaffId) -> Result<OwnCoursePart> {
        let draft = first_draft(title, language, start)?;
        rules::refuse(&draft)?;
        let _writing = self.writing();
        if self.store.ids()?.len() >= rules::MOST_COURSES {
            let sentence =
                "The school has as many own courses as the box keeps. Throw one away that nobody needs.";
            return Err(rules::too_much(sentence, "courses"));
        }
        let own = OwnCourse {
            revision: 1,
            changed_by: by,
            changed_at: self.now(),
            authors: BTreeSet::from([by]),
            draft,
            edition: None,
        };
        let id = self.store.make(&own)?;
        self.part(id, own)
    }

    /// Reads a course.
    fn find(&self, id: &str) -> Result<OwnCoursePart> {
        self.part(id.to_owned(), self.store.read(id)?)
    }

    /// Makes sure that there is such a course.
    fn know(&self, id: &str) -> Result<()> {
        self.store.read(id).map(drop)
    }

    /// Saves a draft over the one of `revision`.
    fn save(&self, id: &str, revision: u64, draft: Draft, by: StaffId) -> Result<OwnCoursePart> {
        rules::refuse(&draft)?;
        let own = {
            let _writing = self.writing();
            let mut own = self.store.read(id)?;
            if own.revision != revision {
                return Err(self.changed(&own));
            }
            own.revision += 1;
            own.changed_by = by;
            own.changed_at = self.now();
            own.authors.insert(by);
            own.draft = draft;
            self.store.write(id, &own)?;
            own
        };
        self.part(id.to_owned(), own)
    }

    /// Somebody saved in between.
    fn changed(&self, own: &OwnCourse) -> Error {
        let name = self.name_of(own.changed_by).unwrap_or_default();
        let sentence =
            "Somebody else has changed this course meanwhile. Look at what is new, or keep yours over it.";
        Error::conflict("authoring.changed", sentence).with("revision", own.revision).with("by", name)
    }

    /// Throws a course away; what is on the shelf stays.
    fn discard(&self, id: &str) -> Result<()> {
        let _writing = self.writing();
        self.store.remove(id)
    }

    /// Milliseconds since 1970.
    fn now(&self) -> u64 {
        self.journal.clock().now().wall
    }
}

/// A course to begin with: one lesson, in a quiz with one part of questions.
fn first_draft(title: &str, language: String, start: Start) -> Result<Draft> {
    let title = title.trim().to_owned();
    let parts = match start {
        Start::Quiz => vec![DraftPart::Questions {
            id: draft_id()?,
            title: title.clone(),
            check: false,
            items: Vec::new(),
        }],
        Start::Lesson => Vec::new(),
    };
    let lesson = DraftLesson {
        id: draft_id()?,
        title: title.clone(),
        minutes: 20,
        for_the_room: String::new(),
        parts,
    };
    let skill = DraftSkill { id: draft_id()?, name: title.clone(), can: String::new() };
    Ok(Draft {
        title,
        summary: String::new(),
        language,
        subject: None,
        grades: Vec::new(),
        licence: OwnLicence::BySa,
        skills: vec![skill],
        lessons: vec![lesson],
    })
}

/// An id as tablets make them.
fn draft_id() -> Result<String> {
    let hex = to_hex(&random_bytes::<4>()?);
    Ok(format!("a{}", &hex[1..]))
}

/// SHA-256 of something that was written.
fn fingerprint(written: &impl serde::Serialize) -> String {
    to_hex(&Sha256::digest(serde_json::to_vec(written).unwrap_or_default()))
}
