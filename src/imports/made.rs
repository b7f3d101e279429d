//! A pack that is being made around files: its parts, its outline, its manifest.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::licence::Licence;
use super::names::{Unique, clean_title, is_right_to_left, path_part, shorten, slug, stem};
use super::source::{Source, too_large};
use super::text::base64;
use super::{About, Loss, Wrapped};
use crate::error::{Error, Result};
use crate::ids::to_hex;
use crate::packs::{Activity, Lesson, Tree, Unit, no_such_file, path_trouble};

/// Losses that the manifest itself repeats; the rest is only counted there.
const MOST_CHANGES: usize = 100;
/// Bytes of pages and questions that are rewritten: they are in memory until the pack is written.
const MOST_HELD: usize = 64 << 20;
const LONGEST_SUMMARY: usize = 400;
/// Most bytes of a picture inside a quiz, as it is written there.
const LARGEST_ENCODED: u64 = super::xml::LARGEST_PART;

/// One file of the pack.
pub(super) enum Part {
    /// Written by the box.
    Text(Vec<u8>),
    /// As it lies in its source.
    Original(Arc<Source>, String),
    /// In base64 inside another file, from a place on, so many bytes long.
    Encoded(Arc<Source>, String, (u64, u64)),
}

/// What a file says about itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// What it is called.
    pub(super) title: Option<String>,
    /// A few sentences.
    pub(super) summary: Option<String>,
    /// BCP 47.
    pub(super) language: Option<String>,
    /// Whether it is written from right to left.
    pub(super) right_to_left: Option<bool>,
    /// Who wrote it.
    pub(super) authors: Vec<String>,
    /// Who brought it out.
    pub(super) publisher: Option<String>,
    /// What may be done with it.
    pub(super) licence: Option<Licence>,
    /// Its own words on its rights, or how to name its authors.
    pub(super) rights: Option<String>,
    /// Subjects.
    pub(super) subjects: Vec<String>,
    /// School years.
    pub(super) grades: Vec<u8>,
    /// Years of age, from and to.
    pub(super) ages: Option<(u8, u8)>,
    /// Where to write to.
    pub(super) contact: Option<String>,
    /// A name of its own that stays over its editions.
    pub(super) identity: Option<String>,
}

/// Where a pack comes from.
pub(super) struct Facts {
    /// What the file says.
    pub(super) known: Known,
    /// What it is called where it does not say.
    pub(super) name: String,
    /// What it was before, such as `EPUB`.
    pub(super) importer: &'static str,
    /// The name of the file or folder.
    pub(super) source: String,
    /// What tells it from all others.
    pub(super) fingerprint: [u8; 32],
}

/// A pack under construction.
pub(super) struct Making<'a> {
    /// What the box says of its own.
    pub(super) about: &'a About,
    /// Language of the whole.
    pub(super) language: String,
    units: Vec<Unit>,
    skills: Vec<(String, String)>,
    parts: BTreeMap<String, Part>,
    /// Bytes of all that was rewritten.
    held: usize,
    losses: Vec<Loss>,
    /// Path of a picture in the pack that stands for all of it.
    pub(super) cover: Option<String>,
    lesson_ids: Unique,
    skill_ids: Unique,
    item_ids: Unique,
    stems: Unique,
}

impl<'a> Making<'a> {
    pub(super) fn new(about: &'a About, language: Option<String>) -> Self {
        Self {
            about,
            language: language.unwrap_or_else(|| about.language.clone()),
            units: Vec::new(),
            skills: Vec::new(),
            parts: BTreeMap::new(),
            held: 0,
            losses: Vec::new(),
            cover: None,
            lesson_ids: Unique::default(),
            skill_ids: Unique::default(),
            item_ids: Unique::default(),
            stems: Unique::default(),
        }
    }

    /// Notes what could not be kept.
    pub(super) fn lose(&mut self, code: &'static str, place: &str, message: impl Into<String>) {
        let place = shorten(place, 200).unwrap_or_default();
        self.losses.push(Loss { code, place, message: message.into() });
    }

    /// What was lost so far.
    #[cfg(test)]
    pub(super) fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// A name for a file that is not taken yet: `media/the-well.mp4`.
    pub(super) fn name(&mut self, folder: &str, name: &str, ending: &str) -> String {
        let part = path_part(stem(name));
        let free =
            self.stems.take(&format!("{folder}/{}", if part.is_empty() { "file" } else { &part }), "file");
        format!("{free}.{ending}")
    }

    /// A name for a folder that is not taken yet: `books/the-goat`.
    pub(super) fn folder(&mut self, folder: &str, name: &str) -> String {
        let part = slug(name);
        self.stems.take(&format!("{folder}/{}", if part.is_empty() { "part" } else { &part }), "part")
    }

    /// Lays a file into the pack, of which what was rewritten is held in memory. A name that can't stand in a pack is refused.
    ///
    /// # Errors
    /// `import.name`, `import.too-large`.
    pub(super) fn lay(&mut self, path: String, part: Part) -> Result<()> {
        if let Some(trouble) = path_trouble(&path) {
            let name = path.rsplit('/').next().unwrap_or(&path);
            let shown = shorten(name, 60).unwrap_or_default();
            let sentence = format!("The name of the file {shown} {trouble}. Rename it where it comes from.");
            return Err(Error::invalid("import.name", sentence).with("file", shown));
        }
        if let Part::Text(text) = &part {
            self.held += text.len();
            if self.held > MOST_HELD {
                return Err(too_large("What is to be rewritten", MOST_HELD as u64));
            }
        }
        self.parts.insert(path, part);
        Ok(())
    }

    /// Whether a file lies in the pack.
    pub(super) fn has(&self, path: &str) -> bool {
        self.parts.contains_key(path)
    }

    /// The id of a skill, which is made when there is none of that name.
    pub(super) fn skill(&mut self, name: &str) -> String {
        let name = clean_title(name).unwrap_or_else(|| "?".to_owned());
        if let Some((id, _)) = self.skills.iter().find(|(_, known)| *known == name) {
            return id.clone();
        }
        let id = self.skill_ids.take(&slug(&name), "skill");
        self.skills.push((id.clone(), name));
        id
    }

    /// An id for an item that is not taken yet.
    pub(super) fn item_id(&mut self, wanted: &str) -> String {
        self.item_ids.take(&slug(wanted), "q")
    }

    /// A lesson of some activities, which get ids of their own.
    pub(super) fn lesson(&mut self, title: &str, mut activities: Vec<Activity>) -> Lesson {
        let title = clean_title(title).unwrap_or_else(|| "?".to_owned());
        let mut ids = Unique::default();
        for activity in &mut activities {
            activity.id = ids.take(&activity.id, "part");
            activity.title = clean_title(&activity.title).unwrap_or_else(|| title.clone());
        }
        let id = self.lesson_ids.take(&slug(&title), "lesson");
        Lesson {
            id,
            title,
            picture: None,
            minutes: 0,
            skills: Vec::new(),
            teacher_notes: None,
            off_tablet: None,
            activities,
        }
    }

    /// Adds a unit; one without lessons is left out.
    pub(super) fn unit(&mut self, title: &str, lessons: Vec<Lesson>) {
        if lessons.is_empty() {
            return;
        }
        let id = format!("u{}", self.units.len() + 1);
        self.units.push(Unit { id, title: clean_title(title).unwrap_or_else(|| "?".to_owned()), lessons });
    }

    /// A pack that is one already, in a folder or a plain zip.
    ///
    /// # Errors
    /// `import.name`.
    pub(super) fn keep_as_it_is(mut self, source: &Arc<Source>) -> Result<Wrapped> {
        for (path, _) in source.files() {
            self.lay(path.to_owned(), Part::Original(source.clone(), path.to_owned()))?;
        }
        Ok(Wrapped { tree: Box::new(Made { parts: self.parts }), losses: self.losses })
    }

    /// Makes the pack.
    ///
    /// # Errors
    /// `import.nothing-kept` when it would be empty.
    pub(super) fn finish(mut self, facts: Facts) -> Result<Wrapped> {
        if self.units.is_empty() {
            let first = self.losses.first();
            let why = first.map_or_else(String::new, |loss| format!(" {}: {}", loss.place, loss.message));
            let sentence =
                format!("Nothing in {} could be kept, so no pack was made of it.{why}", facts.source);
            return Err(Error::invalid("import.nothing-kept", sentence).with("file", facts.source));
        }
        let licence = facts.known.licence.clone().unwrap_or_else(Licence::unknown);
        let manifest = self.manifest(&facts, &licence);
        if let Some(address) = &licence.address {
            let notice = format!("{}\n{address}\n", facts.known.rights.as_deref().unwrap_or(&licence.name));
            self.parts.insert(licence_path(&licence), Part::Text(notice.into_bytes()));
        }
        self.write("pack.json", &manifest)?;
        let outline = json!({ "units": self.units });
        self.write("outline.json", &outline)?;
        let skill = |(id, name): &(String, String)| json!({ "id": id, "name": name, "can": name });
        let skills = json!({ "skills": self.skills.iter().map(skill).collect::<Vec<_>>() });
        self.write("skills.json", &skills)?;
        Ok(Wrapped { tree: Box::new(Made { parts: self.parts }), losses: self.losses })
    }

    fn write(&mut self, path: &str, document: &Json) -> Result<()> {
        let mut bytes = serde_json::to_vec_pretty(document)
            .map_err(|e| Error::internal("A document could not be written.").caused_by(e))?;
        bytes.push(b'\n');
        self.lay(path.to_owned(), Part::Text(bytes))
    }

    fn manifest(&self, facts: &Facts, licence: &Licence) -> Json {
        let Facts { known, .. } = facts;
        let title = known.title.as_deref().and_then(clean_title);
        let title = title.or_else(|| clean_title(&facts.name)).unwrap_or_else(|| "?".to_owned());
        let summary = known.summary.as_deref().and_then(|text| shorten(text, LONGEST_SUMMARY));
        let summary = summary.unwrap_or_else(|| title.clone());
        let id = pack_id(&title, facts);
        let mut credit = vec![title.clone()];
        credit.extend(known.authors.iter().cloned().chain([licence.name.clone()]));
        let credit = if licence.address.is_some() { credit.join(", ") } else { String::new() };
        let attribution = known.rights.clone().unwrap_or(credit);
        let rtl = known.right_to_left.unwrap_or_else(|| is_right_to_left(&self.language));
        let mut manifest = json!({
            "format": 1, "id": id, "version": "1.0.0",
            "title": { &self.language: title }, "summary": { &self.language: summary },
            "language": self.language, "direction": if rtl { "rtl" } else { "ltr" }, "audioLanguages": [],
            "audience": "students",
            "publisher": known.publisher.as_ref().unwrap_or(&self.about.publisher),
            "authors": known.authors, "contact": known.contact.clone().unwrap_or_default(),
            "licence": licence.name, "licenceText": "", "attribution": attribution,
            "commercialUse": licence.commercial, "derivatives": licence.derivatives,
            "subjects": known.subjects, "grades": known.grades,
            "needs": { "minApp": env!("CARGO_PKG_VERSION"), "features": [] },
            "provenance": {
                "source": facts.source,
                "importer": format!("schoolhouse {} ({})", env!("CARGO_PKG_VERSION"), facts.importer),
                "date": self.about.today, "changes": self.changes(),
            },
            "released": self.about.today,
        });
        if let Some((from, to)) = known.ages {
            manifest["ageMin"] = json!(from);
            manifest["ageMax"] = json!(to);
        }
        if licence.address.is_some() {
            manifest["licenceText"] = json!(licence_path(licence));
        }
        if let Some(cover) = self.cover.as_ref().filter(|cover| self.has(cover)) {
            manifest["cover"] = json!(cover);
        }
        manifest
    }

    fn changes(&self) -> Vec<String> {
        let tell = |loss: &Loss| format!("{}: {}", loss.place, loss.message);
        let mut changes: Vec<String> = self.losses.iter().take(MOST_CHANGES).map(tell).collect();
        if self.losses.len() > MOST_CHANGES {
            changes.push(format!("And {} more.", self.losses.len() - MOST_CHANGES));
        }
        changes
    }
}

/// The same for the same file, and another for another one of the same name.
fn pack_id(title: &str, facts: &Facts) -> String {
    let named = facts.known.identity.as_ref().map(|name| Sha256::digest(name.as_bytes()).into());
    let fingerprint: [u8; 32] = named.unwrap_or(facts.fingerprint);
    let name = slug(title);
    let name = if name.is_empty() { "pack" } else { &name };
    format!("local.{name}-{}", to_hex(&fingerprint[..4]))
}

fn licence_path(licence: &Licence) -> String {
    format!("LICENSES/{}.txt", licence.name)
}

/// The files of a pack that was made.
struct Made {
    parts: BTreeMap<String, Part>,
}

impl Tree for Made {
    fn paths(&self) -> Result<Vec<String>> {
        Ok(self.parts.keys().cloned().collect())
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>> {
        match self.parts.get(path) {
            Some(Part::Text(bytes)) => Ok(Box::new(Cursor::new(bytes))),
            Some(Part::Original(source, path)) => Ok(Box::new(source.open(path)?)),
            Some(Part::Encoded(source, file, (from, to))) => {
                let mut reader = source.open(file)?;
                reader.skip(*from)?;
                let mut text = Vec::new();
                reader.take((to - from).min(LARGEST_ENCODED)).read_to_end(&mut text)?;
                let bytes = base64(&text).ok_or(std::io::Error::from(std::io::ErrorKind::InvalidData))?;
                Ok(Box::new(Cursor::new(bytes)))
            }
            None => Err(no_such_file(path)),
        }
    }
}
