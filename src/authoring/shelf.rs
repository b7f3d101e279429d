//! From a draft to an edition on the shelf.
//!
//! An edition is written down before it is made: its version, its day, the version of each question. So the same draft
//! gives the same pack however often it is tried, and no version ever stands for two contents.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::store::{Edition, OwnCourse};
use super::{Authoring, fingerprint, rules};
use crate::clock::date;
use crate::error::{Error, Result};
use crate::ids::StaffId;
use crate::library::Own;
use crate::lint::Grade;
use crate::packs::Version;

impl Authoring {
    /// Puts the draft of `revision` on the shelf. Answers the library's job.
    ///
    /// # Errors
    /// `authoring.unknown`, `authoring.changed`, `authoring.nothing-new`, `authoring.unfinished` with how much there is to
    /// mend; `library.no-room`, `library.job-runs`.
    pub(super) fn put_on_shelf(&self, id: &str, revision: u64, by: StaffId) -> Result<String> {
        let own = self.store.read(id)?;
        if own.revision != revision {
            return Err(self.changed(&own));
        }
        if self.shelf(id, &own).is_some_and(|shelf| shelf.current) {
            let sentence = "What is on the shelf is what is written here. There is nothing new to put there.";
            return Err(Error::conflict("authoring.nothing-new", sentence));
        }
        self.refuse_unfinished(id, &own)?;
        let (own, edition) = self.next_edition(id, revision)?;
        let composed = self.compose(id, &own, Some(&edition))?;
        let course = self.pack_id(id)?;
        let own = Own {
            course,
            title: own.draft.title.trim().to_owned(),
            bytes: composed.tree.bytes(),
            tree: Arc::new(composed.tree),
        };
        self.library.shelve(own, by)
    }

    fn refuse_unfinished(&self, id: &str, own: &OwnCourse) -> Result<()> {
        let composed = self.compose(id, own, None)?;
        let (findings, grade) = super::findings::judge(&own.draft, &composed)?;
        if matches!(grade, Grade::A | Grade::B) {
            return Ok(());
        }
        let is_grave = |severity| severity > crate::lint::Severity::Warning;
        let count = findings.iter().filter(|finding| is_grave(finding.severity)).count();
        let first = findings.first().map_or("", |finding| finding.message.as_str());
        let sentence = format!("This course is not finished: {count} to mend. {first}");
        Err(Error::invalid("authoring.unfinished", sentence).with("count", count))
    }

    /// Writes down what the next edition is. A draft that was tried before keeps its edition.
    fn next_edition(&self, id: &str, revision: u64) -> Result<(OwnCourse, Edition)> {
        let _writing = self.writing();
        let mut own = self.store.read(id)?;
        if own.revision != revision {
            return Err(self.changed(&own));
        }
        let draft = fingerprint(&own.draft);
        let on_shelf = self.on_shelf(id).map(|course| course.version.clone());
        let is_newest = |edition: &Edition| {
            // An edition that came back from another box may be ahead.
            let ahead = on_shelf.as_deref().and_then(Version::parse) > Version::parse(&edition.version);
            edition.draft == draft && !ahead
        };
        if let Some(edition) = own.edition.clone().filter(is_newest) {
            return Ok((own, edition));
        }
        let versions = own.edition.iter().map(|edition| edition.version.as_str()).chain(on_shelf.as_deref());
        let last = versions.filter_map(Version::parse).max();
        let edition = Edition {
            version: rules::next_version(last.map(|last| (last.major(), last.minor()))),
            released: date(self.now()),
            draft,
            items: item_versions(&own),
        };
        own.edition = Some(edition.clone());
        self.store.write(id, &own)?;
        Ok((own, edition))
    }
}

/// The version of each question: raised where it says something else than in the edition before. Questions that are gone
/// are kept in mind, in case they come back.
fn item_versions(own: &OwnCourse) -> BTreeMap<String, (u32, String)> {
    let mut versions = own.edition.as_ref().map(|edition| edition.items.clone()).unwrap_or_default();
    for item in rules::items_of(&own.draft) {
        let id = item["id"].as_str().unwrap_or_default().to_owned();
        let said = fingerprint(item);
        let version = match versions.get(&id) {
            None => 1,
            Some((version, before)) if *before == said => *version,
            Some((version, _)) => version.saturating_add(1),
        };
        versions.insert(id, (version, said));
    }
    versions
}
