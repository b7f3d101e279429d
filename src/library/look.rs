//! Looks at sticks as they come: what lies on them is offered within moments, without reading much of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, SystemTime};

use super::Library;
use super::facts::{Facts, Known};
use super::patient::{Flag, Patience};
use super::rules::is_systems_own;
use super::state::{Spot, UnknownFile};
use super::sticks::{Stick, StickKind};
use super::walk::{Candidate, Step, may_be_pack, walk};
use crate::device::{Mount, Mounts};
use crate::error::Result;
use crate::imports::{Found, recognise};
use crate::packs::Trusted;

/// Folders tell of no change by themselves.
const FOLDERS_EVERY: Duration = Duration::from_secs(2);
/// The kernel tells of mounts; a look now and then finds what it did not tell.
const MOUNTS_EVERY: Duration = Duration::from_secs(10);

/// What a file was at the last look, by its length and time: it is not read again until one of them changes.
pub(super) type Memory = BTreeMap<PathBuf, (u64, Option<SystemTime>, Seen)>;

/// What a look at a file told.
#[derive(Clone)]
pub(super) enum Seen {
    /// It can be offered.
    Something(Arc<Facts>),
    /// Why it can't.
    Unknown(String),
    /// Nobody meant it.
    Nothing,
}

impl Library {
    /// Watches what is plugged in until the program stops, on a thread of its own.
    pub fn watch(self: &Arc<Self>) {
        let library = Arc::downgrade(self);
        let every = if self.folders.is_empty() { MOUNTS_EVERY } else { FOLDERS_EVERY };
        let watching =
            thread::Builder::new().name("sticks".into()).spawn(move || keep_looking(&library, every));
        if let Err(error) = watching {
            tracing::error!(%error, "nobody watches for sticks");
        }
    }

    /// Takes over what is plugged in now, and looks at what is new and at what may have changed. Returns at once.
    pub fn look(self: &Arc<Self>, mounts: &[Mount]) {
        let mut sticks: Vec<Stick> = mounts.iter().map(Stick::of_mount).collect();
        sticks.extend(self.folders.iter().filter_map(Stick::of_folder));
        sticks.push(Stick::of_uploads(self.uploads.whole()));
        let known = self.state().have_sticks(sticks);
        for (stick, is_new) in known {
            if is_new || stick.kind != StickKind::Stick {
                self.look_at(stick);
            }
        }
    }

    /// Looks at one stick on a thread of its own: a dying one may hold it for long.
    pub(super) fn look_at(self: &Arc<Self>, stick: Stick) {
        let Some(gone) = self.state().begin_look(&stick.id) else { return };
        let (library, id) = (self.clone(), stick.id.clone());
        let looking =
            thread::Builder::new().name("look".into()).spawn(move || library.look_through(&stick, &gone));
        if let Err(error) = looking {
            tracing::warn!(%error, "a stick can't be looked at");
            self.state().end_look(&id, &BTreeSet::new(), Vec::new(), false, Memory::new());
        }
    }

    fn look_through(self: &Arc<Self>, stick: &Stick, gone: &Flag) {
        let patience = Patience { gone: gone.clone(), off: Flag::default() };
        let mut look = Look {
            library: self,
            stick,
            patience,
            trusted: Trusted::read(&self.data.trusted()).unwrap_or_default(),
            before: self.state().memory_of(&stick.id),
            now: Memory::new(),
            seen: BTreeSet::new(),
            unknown: Vec::new(),
        };
        let walked = walk(&stick.folder, &mut |candidate| look.visit(candidate));
        let is_full = walked.unwrap_or_else(|error| {
            tracing::info!(stick = stick.name, %error, "a stick can't be read");
            false
        });
        let Look { now, seen, unknown, .. } = look;
        let again = self.state().end_look(&stick.id, &seen, unknown, is_full, now);
        self.kick();
        if again {
            self.look_at(stick.clone());
        }
    }
}

fn keep_looking(library: &Weak<Library>, every: Duration) {
    let mounts = Mounts::open().map_err(|error| tracing::warn!(%error, "sticks are not noticed")).ok();
    while let Some(library) = library.upgrade() {
        if library.stopping.is_called() {
            return;
        }
        let list = |mounts: &Mounts| mounts.list(library.data.path());
        match mounts.as_ref().map(list).transpose() {
            Ok(now) => library.look(&now.unwrap_or_default()),
            Err(error) => tracing::warn!(%error, "the table of mounts can't be read"),
        }
        drop(library);
        match &mounts {
            Some(mounts) => mounts.wait(every),
            None => thread::park_timeout(every),
        }
    }
}

/// One look through a stick.
struct Look<'a> {
    library: &'a Library,
    stick: &'a Stick,
    patience: Patience,
    trusted: Trusted,
    before: Memory,
    now: Memory,
    seen: BTreeSet<Spot>,
    unknown: Vec<UnknownFile>,
}

impl Look<'_> {
    fn visit(&mut self, candidate: &Candidate) -> Step {
        if self.patience.gone.is_up() || self.library.stopping.is_called() {
            return Step::Stop;
        }
        // Whatever a stranger's file does to whoever reads it, the next one is looked at, too.
        let seen = catch_unwind(AssertUnwindSafe(|| self.see(candidate))).unwrap_or_else(|_| {
            tracing::error!("a file on a stick broke off the look at it");
            Ok(Seen::Nothing)
        });
        match seen {
            Ok(Seen::Something(facts)) => {
                let (stick, shown, path) =
                    (self.stick.id.clone(), candidate.shown.clone(), candidate.path.clone());
                let spot = Spot { stick, shown, path };
                self.seen.insert(spot.clone());
                let is_whole_folder = facts.what.found == Found::Folder && candidate.is_folder;
                if !self.library.state().put_offer(spot, facts) {
                    return Step::Stop;
                }
                if is_whole_folder { Step::TookButPacks } else { Step::Took }
            }
            Ok(Seen::Unknown(why)) => {
                // A folder that is nothing by itself may hold something.
                if !candidate.is_folder {
                    self.unknown.push(UnknownFile { shown: candidate.shown.clone(), why });
                }
                Step::Passed
            }
            Ok(Seen::Nothing) => Step::Passed,
            Err(error) => {
                tracing::debug!(%error, "a file on a stick can't be read");
                Step::Passed
            }
        }
    }

    fn known(&self) -> Known<'_> {
        Known { trusted: &self.trusted, packs: &self.library.packs }
    }

    fn see(&mut self, candidate: &Candidate) -> Result<Seen> {
        if candidate.packs_only && !may_be_pack(candidate) {
            return Ok(Seen::Nothing);
        }
        if candidate.is_folder {
            // A folder of folders is looked into; one with files of its own is one course.
            if !has_files(&candidate.path)? {
                return Ok(Seen::Nothing);
            }
            return look_closely(&candidate.path, &self.known(), &self.patience);
        }
        let facts = fs::symlink_metadata(&candidate.path)?;
        let (length, time) = (facts.len(), facts.modified().ok());
        let known = self.before.get(&candidate.path).filter(|(a, b, _)| (*a, *b) == (length, time));
        let seen = match known {
            Some((_, _, seen)) => seen.clone(),
            None => look_closely(&candidate.path, &self.known(), &self.patience)?,
        };
        self.now.insert(candidate.path.clone(), (length, time, seen.clone()));
        Ok(seen)
    }
}

/// Whether files lie in a folder itself, but for packs, which are offered by themselves.
fn has_files(folder: &Path) -> Result<bool> {
    let is_meant = |entry: &fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().to_lowercase();
        let is_packs = name.contains(".schoolpack");
        !is_packs && !is_systems_own(&name) && entry.file_type().is_ok_and(|kind| kind.is_file())
    };
    Ok(fs::read_dir(folder)?.flatten().any(|entry| is_meant(&entry)))
}

fn look_closely(path: &Path, known: &Known, patience: &Patience) -> Result<Seen> {
    let Some(what) = recognise(path)? else { return Ok(Seen::Nothing) };
    if what.found == Found::Unknown {
        return Ok(Seen::Unknown(what.why.unwrap_or_default()));
    }
    Facts::gather(what, known, patience).map(|facts| Seen::Something(Arc::new(facts)))
}
