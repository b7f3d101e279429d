//! From a draft to the version that serves, and from the box again.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::sync::{Arc, PoisonError};

use super::{Draft, Installer, places};
use crate::db::Urgency;
use crate::error::{Error, Result};
use crate::files::{sync_directory, write_atomically};
use crate::ids::{StaffId, to_hex};
use crate::packs::course::Course;
use crate::packs::format::Manifest;
use crate::packs::signature::Signer;
use crate::packs::starters::{self, Starter};
use crate::packs::store::{Acquired, PackEntry, acquired_by, packs_of};
use crate::packs::terms::{Terms, Vouching, objections, refuse};
use crate::packs::version::Version;
use crate::packs::{Pack, Unwatched, unknown};

impl Installer {
    /// Makes a draft the version that serves. Until it does, the version before it serves; pages of it that are open go on
    /// working. Packs that it replaces are removed in the same moment.
    ///
    /// # Errors
    /// The first of the [`Installer::objections`].
    pub fn place(&self, draft: Draft, terms: &Terms) -> Result<Arc<Course>> {
        let _turn = self.placing.lock().unwrap_or_else(PoisonError::into_inner);
        refuse(self.objections(&draft.manifest, &draft.signer, terms)?)?;
        self.put_in_place(draft, terms, false)
    }

    /// All that speaks against putting a pack in its place, as far as the terms do not cover it: `pack.faults` (packs need
    /// each other in a circle), `pack.conflicts`, `pack.older`, `pack.publisher-changed`, `pack.needs-packs`. Can be asked
    /// before a pack is received, of what was peeked at.
    ///
    /// # Errors
    /// When the journal can't be read.
    pub fn objections(&self, offered: &Manifest, signer: &Signer, terms: &Terms) -> Result<Vec<Error>> {
        let rows = self.rows()?;
        let takes_place =
            |row: &&PackEntry| row.id == offered.id || row.installed && offered.replaces.contains(&row.id);
        let before: Vec<Vouching> = rows.iter().filter(takes_place).map(PackEntry::vouching).collect();
        let now = match signer {
            Signer::Known { key, .. } | Signer::Unknown { key } => Vouching::Key(key),
            Signer::Nobody | Signer::Wrong { .. } => Vouching::Nobody,
        };
        let installed = self.packs.installed();
        let there: Vec<&Manifest> = installed.iter().map(|pack| &*pack.manifest).collect();
        Ok(objections(offered, &there, terms, &before, now))
    }

    /// How each pack came to be on this box, by its id.
    ///
    /// # Errors
    /// When the journal can't be read.
    pub fn acquired(&self) -> Result<BTreeMap<String, Acquired>> {
        let stream = self.journal.stream();
        self.journal.read_blocking(move |connection| acquired_by(connection, stream))
    }

    /// Takes a pack from the box. What students did in it stays in the journal, and shows again when the pack comes back.
    /// What needs it is told by [`crate::packs::Installed::needed_by`].
    ///
    /// # Errors
    /// `pack.unknown`; when the journal can't be written.
    pub fn remove(&self, id: &str, by: Option<StaffId>) -> Result<()> {
        let _turn = self.placing.lock().unwrap_or_else(PoisonError::into_inner);
        let row = self.rows()?.into_iter().find(|row| row.id == id && row.installed);
        let row = row.ok_or_else(|| unknown(id))?;
        let (hash, gone) = (to_hex(&row.sha256), row.removed(by));
        self.journal.write_blocking(Urgency::Now, move |stage| stage.append(gone.draft()).map(drop))?;
        self.packs.forget(id);
        self.unlink(&hash);
        tracing::info!(pack = id, "a pack was removed");
        Ok(())
    }

    /// Installs the packs that the program carries: those that are new, newer than the installed ones, or, while somebody
    /// writes them, changed. A fault is logged and stops nothing.
    pub fn install_starters(&self) {
        for starter in starters::all() {
            let name = starter.name().to_owned();
            if let Err(error) = self.install_starter(&starter) {
                tracing::error!(pack = name, %error, "a pack of the program can't be installed");
            }
        }
    }

    fn install_starter(&self, starter: &Starter) -> Result<()> {
        let manifest = starter.manifest()?;
        let row = self.rows()?.into_iter().find(|row| row.id == manifest.id);
        let installed = self.packs.pack(&manifest.id).ok();
        if let (Some(row), Some(pack)) = (&row, &installed) {
            let is_older = Version::parse(&row.version) < Version::parse(&manifest.version);
            let was_changed =
                row.built_in && row.version == manifest.version && !starter.is_in(&*pack.tree)?;
            if !is_older && !was_changed {
                return Ok(());
            }
        }
        if row.is_some_and(|row| !row.installed) {
            return Ok(());
        }
        let draft = self.compose(starter, &Unwatched)?;
        let _turn = self.placing.lock().unwrap_or_else(PoisonError::into_inner);
        self.put_in_place(draft, &Terms::default(), true).map(drop)
    }

    fn put_in_place(&self, draft: Draft, terms: &Terms, built_in: bool) -> Result<Arc<Course>> {
        let Draft { loose, packed, manifest, signer, sha256, bytes, .. } = draft;
        let hash = to_hex(&sha256);
        let former = self.packs.pack(&manifest.id).ok();
        if let Some(former) = former.as_ref().filter(|former| former.course.hash == hash) {
            return Ok(former.course.clone());
        }
        let row = PackEntry::installed(&manifest, sha256, bytes, built_in, &signer, terms);
        let rows = self.rows()?.into_iter();
        let replaced: Vec<PackEntry> =
            rows.filter(|row| row.installed && manifest.replaces.contains(&row.id)).collect();
        let (archive, index) = places(&self.data, &hash);
        let (file, index_bytes) = (packed.file.clone(), packed.index.to_bytes());
        let pack = Pack::of_archive(packed, hash.clone(), &row)?;
        let course = pack.course.clone();

        write_atomically(&index, &index_bytes, 0o644)?;
        fs::set_permissions(&loose.path, Permissions::from_mode(0o444))?;
        file.sync_all()?;
        fs::rename(&loose.path, &archive)?;
        sync_directory(&self.data.packs())?;
        let entries: Vec<_> =
            replaced.iter().map(|row| row.removed(terms.by)).chain([row]).map(|row| row.draft()).collect();
        let write = move |stage: &mut crate::journal::Stage| {
            entries.into_iter().try_for_each(|entry| stage.append(entry).map(drop))
        };
        if let Err(error) = self.journal.write_blocking(Urgency::Now, write) {
            // Nobody will ever ask for what has no entry.
            if self.rows().is_ok_and(|rows| rows.iter().all(|row| row.sha256 != sha256)) {
                self.unlink(&hash);
            }
            return Err(error);
        }
        self.packs.put(pack);
        tracing::info!(pack = course.id, version = course.version, "a pack was installed");
        for row in &replaced {
            self.packs.forget(&row.id);
            self.unlink(&to_hex(&row.sha256));
        }
        if let Some(former) = former {
            self.unlink(&former.course.hash);
        }
        Ok(course)
    }

    /// Takes the names of an archive and its index away. It is read through its open file until the last one has let go
    /// of it; a name that stays is cleared away at the next start.
    fn unlink(&self, hash: &str) {
        let (archive, index) = places(&self.data, hash);
        let _ = fs::remove_file(archive);
        let _ = fs::remove_file(index);
    }

    /// What this box has or has had.
    fn rows(&self) -> Result<Vec<PackEntry>> {
        let stream = self.journal.stream();
        self.journal.read_blocking(move |connection| packs_of(connection, stream))
    }
}

#[cfg(test)]
mod tests;
