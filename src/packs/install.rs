//! How a pack gets onto the box, whole or not at all.
//!
//! Receive → judge → put in its place under its SHA-256 → one entry in the journal → visible. Until the entry is on the
//! disk the old version serves; a cut before that leaves a draft, with which the next try goes on, or a stray file, which
//! the next start clears away.

mod draft;
mod export;
mod lay;
mod place;
mod receive;
mod room;

use std::collections::HashSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use draft::Draft;
use draft::{Drafts, Loose};
use lay::{Laid, Origin, Run, lay};
use receive::{Coming, Own};
use room::Room;

use super::archive::{Directory, LIMITS};
use super::compose::Plan;
use super::format::Manifest;
use super::index::Likeness;
use super::packed::Packed;
use super::peek::Listing;
use super::signature::{Signer, Trusted, find_signer};
use super::source::{Counted, Source};
use super::store::packs_of;
use super::{Pack, Packs, Step, Tree, Watch};
use crate::error::{Error, Kind, Result};
use crate::files::DataDir;
use crate::ids::to_hex;
use crate::journal::Journal;

/// Puts packs on the box.
pub struct Installer {
    packs: Arc<Packs>,
    journal: Arc<Journal>,
    data: DataDir,
    drafts: Drafts,
    /// One pack at a time comes in: two would fight for the card.
    coming: Mutex<()>,
    /// One pack at a time is put in its place, whatever comes in meanwhile.
    placing: Mutex<()>,
}

impl Installer {
    /// Opens what is installed on this box, and clears away what a cut left behind. A pack whose file is lost or damaged
    /// is left out, with a word in the log; the others serve.
    ///
    /// # Errors
    /// When the journal or the directory can't be read.
    pub fn open(data: DataDir, journal: Arc<Journal>) -> Result<Self> {
        let stream = journal.stream();
        let rows = journal.read_blocking(move |connection| packs_of(connection, stream))?;
        let packs = Packs::of_trees(Vec::new())?;
        let mut kept = Vec::new();
        for row in rows.into_iter().filter(|row| row.installed) {
            let hash = to_hex(&row.sha256);
            let (archive, index) = places(&data, &hash);
            match Packed::open(&archive, &index).and_then(|packed| Pack::of_archive(packed, hash, &row)) {
                Ok(pack) => packs.put(pack),
                Err(error) => tracing::error!(pack = row.id, %error, "a pack can't be opened; add it again"),
            }
            kept.extend([archive, index]);
        }
        clear(&data.packs(), |path| !kept.contains(path))?;
        let drafts = Drafts::of(&data);
        drafts.clear_old(journal.clock().now().wall)?;
        Ok(Self {
            packs: Arc::new(packs),
            journal,
            data,
            drafts,
            coming: Mutex::default(),
            placing: Mutex::default(),
        })
    }

    /// The packs that are installed.
    pub fn packs(&self) -> Arc<Packs> {
        self.packs.clone()
    }

    /// Brings the archive in `from` to the box's own disk, and compares every file with what it should be. Entries that
    /// an installed pack holds, or that an earlier try brought, are not read from there again. Nothing of it is visible
    /// until it is put in its [`Installer::place`]. Waits for the disk.
    ///
    /// # Errors
    /// All refusals of `packs/archive.rs` and `packs/verify.rs`; `pack.source-lost`, `box.disk-full`; what `watch` says.
    pub fn receive(&self, from: &dyn Source, watch: &dyn Watch) -> Result<Draft> {
        let _turn = self.turn()?;
        let counted = Counted::new(from);
        let received = self.bring(&counted, watch).map_err(|error| counted.explain(error));
        received.map(|draft| Draft { fetched: counted.read(), ..draft })
    }

    fn bring(&self, from: &Counted, watch: &dyn Watch) -> Result<Draft> {
        let directory = Directory::read(from, &LIMITS)?;
        directory.judge(&LIMITS)?;
        let papers = Listing::of(&directory).papers(from)?;
        let coming = Coming::new(from, &directory, &papers);
        let own = self.own(&coming.wanted());
        let loose = self.drafts.of_archive(&directory.mark())?;
        let file = loose.open()?;
        let length = directory.length;
        let lying = file.metadata()?.len().min(length);
        let room = Room::of(self.data.packs());
        let tell = |done, of| watch.at(Step::Copying, done, of);
        let brought = self.make_room(&room, length - lying).and_then(|()| {
            // A longer one was no draft of this archive.
            file.set_len(lying)?;
            coming.bring(&file, lying, &own, &room, &tell)
        });
        // Its lists are large, and the judge makes its own.
        drop(coming);
        drop((own, papers));
        drop(directory);
        match brought.and_then(|laid| self.judge(file, length, &laid, watch)) {
            Ok(judged) => Ok(judged.into_draft(loose)),
            Err(error) => {
                // What waits or room can mend is gone on with, as long as it does not stand in the way of answers.
                if matches!(error.kind, Kind::Unavailable | Kind::Full) && room.demand(0).is_ok() {
                    loose.keep(self.now());
                }
                Err(error)
            }
        }
    }

    /// Makes a pack of a folder, or of anything else that has files. Otherwise as [`Installer::receive`], but that it
    /// begins anew after a cut.
    ///
    /// # Errors
    /// As [`Installer::receive`]; `pack.faults`.
    pub fn compose(&self, tree: &dyn Tree, watch: &dyn Watch) -> Result<Draft> {
        let _turn = self.turn()?;
        let plan = Plan::watched(tree, watch)?;
        let loose = self.drafts.passing()?;
        self.make_room(&Room::of(self.data.packs()), plan.bytes)?;
        let file = plan.write_watched(loose.open()?, watch)?;
        Ok(self.walk(file, watch)?.into_draft(loose))
    }

    /// Takes a file that lies whole in the data directory already, such as an upload, without copying it. It is gone with
    /// the draft; where it is refused, it stays.
    ///
    /// # Errors
    /// As [`Installer::receive`].
    pub fn adopt(&self, path: PathBuf, watch: &dyn Watch) -> Result<Draft> {
        let _turn = self.turn()?;
        let judged = self.walk(File::open(&path)?, watch)?;
        let busy = || Error::new(Kind::Unavailable, "box.busy", "The box is busy. Try again in a moment.");
        Ok(judged.into_draft(self.drafts.adopt(path).ok_or_else(busy)?))
    }

    /// Waits until no other pack comes in.
    fn turn(&self) -> Result<MutexGuard<'_, ()>> {
        let turn = self.coming.lock().unwrap_or_else(PoisonError::into_inner);
        self.drafts.clear_old(self.now())?;
        Ok(turn)
    }

    /// Milliseconds since 1970.
    fn now(&self) -> u64 {
        self.journal.clock().now().wall
    }

    /// Makes sure that there is room for `more` bytes, if need be by letting go of what nobody needs.
    fn make_room(&self, room: &Room, more: u64) -> Result<()> {
        room.demand(more).or_else(|_| {
            self.drafts.clear_all()?;
            self.packs.forget_former();
            room.demand(more)
        })
    }

    /// The entries of installed packs that are like the wanted ones.
    fn own(&self, wanted: &HashSet<Likeness>) -> Own {
        let mut own = Own::new();
        for packed in self.packs.archives() {
            for place in packed.index.places().filter(|place| wanted.contains(&place.likeness())) {
                own.entry(place.likeness()).or_insert_with(|| (packed.file.clone(), place.start));
            }
        }
        own
    }

    /// Reads an archive that is whole from its first byte to its last, and judges it.
    fn walk(&self, file: File, watch: &dyn Watch) -> Result<Judged> {
        let directory = Directory::read(&file, &LIMITS)?;
        directory.judge(&LIMITS)?;
        let papers = Listing::of(&directory).papers(&file)?;
        let coming = Coming::new(&file, &directory, &papers);
        let bytes = directory.length;
        let all = [Run { start: 0, end: bytes, from: Origin::Draft }];
        let mut tell = |done| watch.at(Step::Checking, done, bytes);
        let laid = lay(&file, &file, &all, &coming.vouched(), &mut tell)?;
        drop(coming);
        drop(papers);
        drop(directory);
        self.judge(file, bytes, &laid, watch)
    }

    /// Judges an archive whose bytes were walked over, and makes sure that it is on the disk.
    fn judge(&self, file: File, bytes: u64, laid: &Laid, watch: &dyn Watch) -> Result<Judged> {
        watch.at(Step::Checking, 0, bytes)?;
        file.sync_all()?;
        let (packed, manifest) = Packed::judge_known(file, &laid.known)?;
        let signer = find_signer(&packed, &Trusted::read(&self.data.trusted())?)?;
        if let Signer::Wrong { key } = signer {
            return Err(signature_wrong(&key));
        }
        watch.at(Step::Checking, bytes, bytes)?;
        Ok(Judged { packed, manifest, signer, sha256: laid.sha256, bytes })
    }
}

/// An archive whose every byte was judged.
struct Judged {
    packed: Packed,
    manifest: Manifest,
    signer: Signer,
    sha256: [u8; 32],
    bytes: u64,
}

impl Judged {
    fn into_draft(self, loose: Loose) -> Draft {
        let Self { packed, manifest, signer, sha256, bytes } = self;
        Draft { loose, packed, manifest, signer, sha256, bytes, fetched: 0 }
    }
}

fn signature_wrong(key: &str) -> Error {
    let sentence = format!(
        "This pack was not added: something in it was changed after it was signed with the key {key}. Ask its publisher for a new one."
    );
    Error::invalid("pack.signature-wrong", sentence).with("key", key)
}

/// The archive and its index.
fn places(data: &DataDir, hash: &str) -> (PathBuf, PathBuf) {
    (data.packs().join(format!("{hash}.schoolpack")), data.packs().join(format!("{hash}.index")))
}

fn clear(folder: &Path, is_stray: impl Fn(&PathBuf) -> bool) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if is_stray(&path) {
            tracing::info!(file = %path.display(), "cleared away what a broken-off installation left");
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
