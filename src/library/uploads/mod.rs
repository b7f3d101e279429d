//! Files that come from a phone or a laptop, in pieces and over a Wi-Fi that drops.
//!
//! Each lies under `tmp/uploads/` from its first byte on, and its length is what has arrived: after a lost connection or
//! a restart the sender asks and goes on there. A whole file moves to `tmp/uploads/whole/`, which is looked into as if it
//! were a stick.

pub(in crate::library) mod routes;

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::rules::file_name;
use crate::error::{Error, Kind, Result};
use crate::files::{sync_directory, write_atomically};
use crate::ids::{random_bytes, to_hex};

/// What is not touched any more is cleared away after so long, in milliseconds.
const KEPT_FOR: u64 = 7 * 24 * 60 * 60 * 1_000;
/// Bytes of all uploads together, whole or not: as much as the largest pack.
const MOST_BYTES: u64 = 16 << 30;
/// Uploads at one time; a class's worth of photos.
const MOST: usize = 64;
/// Bytes of one piece.
pub(super) const LARGEST_PIECE: u64 = 8 << 20;

/// What is written down beside the bytes.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Note {
    /// As its sender calls it.
    name: String,
    bytes: u64,
    /// When it was begun, in milliseconds since 1970.
    begun: u64,
    /// The name that it has among the whole ones.
    #[serde(default)]
    whole: Option<String>,
}

/// One upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Upload {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) bytes: u64,
    /// How many of them are here.
    pub(super) received: u64,
}

impl Upload {
    pub(super) fn is_whole(&self) -> bool {
        self.received == self.bytes
    }
}

struct Known {
    note: Mutex<Note>,
    received: AtomicU64,
    /// Counts the requests that bring pieces: the newest one writes, an older one is a dead connection.
    turn: AtomicU64,
    /// Held while bytes are written, which may take as long as the card needs; nothing else waits for it.
    writing: Mutex<()>,
}

impl Known {
    fn new(note: Note, received: u64) -> Self {
        let (note, received) = (Mutex::new(note), AtomicU64::new(received));
        Self { note, received, turn: AtomicU64::new(0), writing: Mutex::default() }
    }

    fn note(&self) -> Note {
        self.note.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn received(&self) -> u64 {
        self.received.load(Ordering::SeqCst)
    }
}

/// The right to write the next bytes of an upload, until somebody else takes it.
#[derive(Clone, Debug)]
pub(super) struct Turn {
    id: String,
    number: u64,
}

/// All uploads of this box.
pub(super) struct Uploads {
    folder: PathBuf,
    known: Mutex<BTreeMap<String, Arc<Known>>>,
}

impl Uploads {
    /// Finds what a restart left, and clears away what nobody came back for.
    ///
    /// # Errors
    /// When the folder can't be made or read.
    pub(super) fn open(folder: PathBuf, now: u64) -> Result<Self> {
        fs::create_dir_all(folder.join("whole"))?;
        let mut known = BTreeMap::new();
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            let Some(id) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".json")) else {
                continue;
            };
            let note = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<Note>(&bytes).ok());
            let Some(note) = note else { continue };
            let arrived = || fs::metadata(folder.join(format!("{id}.part"))).map_or(0, |facts| facts.len());
            let received = if note.whole.is_some() { note.bytes } else { arrived().min(note.bytes) };
            known.insert(id.to_owned(), Arc::new(Known::new(note, received)));
        }
        let uploads = Self { folder, known: Mutex::new(known) };
        uploads.clear(now)?;
        Ok(uploads)
    }

    /// Where whole files lie.
    pub(super) fn whole(&self) -> PathBuf {
        self.folder.join("whole")
    }

    /// Those that are not whole yet, the oldest first.
    pub(super) fn under_way(&self) -> Vec<Upload> {
        let known = self.known();
        let mut listed: Vec<(u64, Upload)> = known
            .iter()
            .filter(|(_, one)| one.note().whole.is_none())
            .map(|(id, one)| (one.note().begun, describe(id, one)))
            .collect();
        listed.sort_by_key(|(begun, _)| *begun);
        listed.into_iter().map(|(_, upload)| upload).collect()
    }

    /// Bytes that are still to come.
    pub(super) fn to_come(&self) -> u64 {
        self.known().values().map(|one| one.note().bytes.saturating_sub(one.received())).sum()
    }

    /// One upload.
    ///
    /// # Errors
    /// `library.upload-unknown`.
    pub(super) fn find(&self, id: &str) -> Result<Upload> {
        self.get(id).map(|one| describe(id, &one))
    }

    /// Begins an upload of `bytes` bytes.
    ///
    /// # Errors
    /// `library.upload-empty`, `library.uploads-full`, or that the disk refuses.
    pub(super) fn begin(&self, name: &str, bytes: u64, now: u64) -> Result<Upload> {
        self.clear(now)?;
        if bytes == 0 {
            let sentence = "This file is empty. Choose another one.";
            return Err(Error::invalid("library.upload-empty", sentence));
        }
        let mut known = self.known();
        let all = known.values().fold(bytes, |sum, one| sum.saturating_add(one.note().bytes));
        if all > MOST_BYTES || known.len() >= MOST {
            let sentence =
                "Too much was sent to the box and not added yet. Add or throw away what is there first.";
            return Err(Error::new(Kind::TooLarge, "library.uploads-full", sentence));
        }
        let id = to_hex(&random_bytes::<8>()?);
        let note = Note { name: file_name(name), bytes, begun: now, whole: None };
        File::create(self.part(&id))?;
        self.write_note(&id, &note)?;
        let one = Arc::new(Known::new(note, 0));
        let upload = describe(&id, &one);
        known.insert(id, one);
        Ok(upload)
    }

    /// Takes the right to write from the byte `offset` on.
    ///
    /// # Errors
    /// `library.upload-unknown`; `library.upload-offset`, which tells the right one.
    pub(super) fn take_turn(&self, id: &str, offset: u64) -> Result<Turn> {
        let one = self.get(id)?;
        let number = one.turn.fetch_add(1, Ordering::SeqCst) + 1;
        // Whoever writes now comes to its end, and learns then that it was overtaken.
        let _writing = one.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let received = one.received();
        if offset != received {
            let sentence = format!("{received} bytes of this file are here. Go on from there.");
            return Err(Error::conflict("library.upload-offset", sentence).with("received", received));
        }
        Ok(Turn { id: id.to_owned(), number })
    }

    /// Writes the next bytes. Waits for the disk.
    ///
    /// # Errors
    /// `library.upload-unknown`; `library.upload-overtaken` when another request writes by now; `library.upload-long` when
    /// these are more bytes than were announced; that the disk refuses.
    pub(super) fn write(&self, turn: &Turn, bytes: &[u8]) -> Result<()> {
        let one = self.get(&turn.id)?;
        let _writing = one.writing.lock().unwrap_or_else(PoisonError::into_inner);
        if one.turn.load(Ordering::SeqCst) != turn.number {
            let sentence = "The same file comes by another connection now.";
            return Err(Error::conflict("library.upload-overtaken", sentence));
        }
        if one.received() + bytes.len() as u64 > one.note().bytes {
            let sentence = "More came of this file than was announced. Send it again from its beginning.";
            return Err(Error::invalid("library.upload-long", sentence));
        }
        let file = OpenOptions::new().write(true).open(self.part(&turn.id))?;
        file.write_all_at(bytes, one.received())?;
        one.received.fetch_add(bytes.len() as u64, Ordering::SeqCst);
        Ok(())
    }

    /// Ends a turn: what was written is on the disk, and a whole file in its place. Waits for the disk.
    ///
    /// # Errors
    /// `library.upload-unknown`, or that the disk refuses.
    pub(super) fn end_turn(&self, turn: &Turn) -> Result<Upload> {
        let one = self.get(&turn.id)?;
        let _writing = one.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut note = one.note();
        if note.whole.is_none() {
            File::open(self.part(&turn.id))?.sync_all()?;
        }
        if one.received() == note.bytes && note.whole.is_none() {
            // Held, so that nobody clears away a file that has no note yet.
            let _known = self.known();
            let name = free_name(&self.whole(), &note.name);
            fs::rename(self.part(&turn.id), self.whole().join(&name))?;
            sync_directory(&self.whole())?;
            note.whole = Some(name);
            self.write_note(&turn.id, &note)?;
            *one.note.lock().unwrap_or_else(PoisonError::into_inner) = note;
        }
        Ok(describe(&turn.id, &one))
    }

    /// Throws an upload away.
    ///
    /// # Errors
    /// `library.upload-unknown`.
    pub(super) fn discard(&self, id: &str) -> Result<()> {
        let one = self.known().remove(id).ok_or_else(unknown)?;
        self.remove_files(id, &one.note());
        Ok(())
    }

    /// Moves a whole upload to `to`, on the same disk.
    ///
    /// # Errors
    /// `library.upload-unknown`; `library.upload-unfinished` while bytes are missing.
    pub(super) fn take(&self, id: &str, to: &Path) -> Result<()> {
        let note = self.get(id)?.note();
        let Some(whole) = &note.whole else {
            let sentence = "This file is not here to its end yet. Go on sending it.";
            return Err(Error::conflict("library.upload-unfinished", sentence));
        };
        fs::rename(self.whole().join(whole), to).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => unknown(),
            _ => e.into(),
        })?;
        self.discard(id)
    }

    /// Throws away the whole file at `path`, which was added or is not wanted.
    pub(super) fn discard_whole(&self, path: &Path) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let found = self.known().iter().find(|(_, one)| one.note().whole == name).map(|(id, _)| id.clone());
        if let Some(id) = found {
            // Somebody else may have been faster.
            let _ = self.discard(&id);
        }
    }

    /// Clears away what is old, and what was added or lost. A board that woke in the wrong year finds everything young.
    fn clear(&self, now: u64) -> Result<()> {
        let mut known = self.known();
        let whole = self.whole();
        let is_over = |note: &Note| {
            let is_lost = note.whole.as_ref().is_some_and(|name| !whole.join(name).exists());
            is_lost || now.saturating_sub(note.begun) > KEPT_FOR
        };
        known.retain(|id, one| {
            let (note, is_over) = (one.note(), is_over(&one.note()));
            if is_over {
                self.remove_files(id, &note);
            }
            !is_over
        });
        let names: Vec<_> = known.values().filter_map(|one| one.note().whole).collect();
        // Nobody could throw away a file without a note.
        for entry in fs::read_dir(&whole)? {
            let entry = entry?;
            if !names.iter().any(|name| entry.file_name().to_str() == Some(name)) {
                let _ = fs::remove_file(entry.path());
            }
        }
        Ok(())
    }

    fn get(&self, id: &str) -> Result<Arc<Known>> {
        self.known().get(id).cloned().ok_or_else(unknown)
    }

    fn remove_files(&self, id: &str, note: &Note) {
        // What is gone already need not go.
        let _ = fs::remove_file(self.part(id));
        if let Some(name) = &note.whole {
            let _ = fs::remove_file(self.whole().join(name));
        }
        let _ = fs::remove_file(self.folder.join(format!("{id}.json")));
    }

    fn write_note(&self, id: &str, note: &Note) -> Result<()> {
        let bytes = serde_json::to_vec(note)
            .map_err(|e| Error::internal("A note could not be written.").caused_by(e))?;
        write_atomically(&self.folder.join(format!("{id}.json")), &bytes, 0o600)
    }

    fn part(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.part"))
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Known>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn describe(id: &str, one: &Known) -> Upload {
    let Note { name, bytes, .. } = one.note();
    Upload { id: id.to_owned(), name, bytes, received: one.received() }
}

fn unknown() -> Error {
    Error::not_found(
        "library.upload-unknown",
        "This file is not on its way to the box any more. Send it again.",
    )
}

/// `video.mp4`, or `video (2).mp4` where there is one already.
fn free_name(folder: &Path, wanted: &str) -> String {
    let (stem, ending) =
        wanted.rsplit_once('.').map_or((wanted, String::new()), |(a, b)| (a, format!(".{b}")));
    let numbered =
        |number: u32| if number == 1 { wanted.to_owned() } else { format!("{stem} ({number}){ending}") };
    (1..=u32::MAX).map(numbered).find(|name| !folder.join(name).exists()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MONDAY: u64 = 1_795_420_800_000;

    #[test]
    fn a_file_comes_in_pieces_and_over_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let open = |now| Uploads::open(folder.path().join("uploads"), now).unwrap();
        let uploads = open(MONDAY);
        let id = uploads.begin("../film.mp4", 10, MONDAY).unwrap().id;
        let turn = uploads.take_turn(&id, 0).unwrap();
        uploads.write(&turn, b"0123").unwrap();
        assert_eq!(uploads.find(&id).unwrap().received, 4, "what came counts, though its request broke off");
        let wrong = uploads.take_turn(&id, 3).unwrap_err();
        assert_eq!((wrong.code, wrong.params), ("library.upload-offset", vec![("received", "4".to_owned())]));

        let uploads = open(MONDAY + 1);
        assert_eq!(
            uploads.under_way()[0],
            Upload { id: id.clone(), name: "film.mp4".into(), bytes: 10, received: 4 }
        );
        let (old, new) = (uploads.take_turn(&id, 4).unwrap(), uploads.take_turn(&id, 4).unwrap());
        assert_eq!(uploads.write(&old, b"x").unwrap_err().code, "library.upload-overtaken");
        uploads.write(&new, b"456789").unwrap();
        assert_eq!(uploads.write(&new, b"x").unwrap_err().code, "library.upload-long");
        assert!(uploads.end_turn(&new).unwrap().is_whole());
        assert_eq!(fs::read(uploads.whole().join("film.mp4")).unwrap(), b"0123456789");
        assert!(uploads.under_way().is_empty());
        assert!(open(MONDAY + 2).find(&id).unwrap().is_whole(), "a sender that lost the last answer can ask");
    }

    #[test]
    fn what_nobody_comes_back_for_goes_after_a_week() {
        let folder = tempfile::tempdir().unwrap();
        let uploads = Uploads::open(folder.path().to_owned(), MONDAY).unwrap();
        let half = uploads.begin("half.mp4", 9, MONDAY).unwrap().id;
        for _ in 0..2 {
            let id = uploads.begin("whole.mp4", 1, MONDAY).unwrap().id;
            let turn = uploads.take_turn(&id, 0).unwrap();
            uploads.write(&turn, b"x").unwrap();
            uploads.end_turn(&turn).unwrap();
        }
        let whole = uploads.whole();
        assert!(whole.join("whole.mp4").exists() && whole.join("whole (2).mp4").exists());
        uploads.discard_whole(&whole.join("whole.mp4"));
        assert!(!whole.join("whole.mp4").exists());
        assert_eq!(uploads.begin("", 0, MONDAY).unwrap_err().code, "library.upload-empty");
        assert_eq!(uploads.begin("huge", 17 << 30, MONDAY).unwrap_err().code, "library.uploads-full");

        let uploads = Uploads::open(folder.path().to_owned(), MONDAY + KEPT_FOR + 1).unwrap();
        assert_eq!(uploads.find(&half).unwrap_err().code, "library.upload-unknown");
        assert_eq!(fs::read_dir(&whole).unwrap().count(), 0);
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "the folder of whole files alone is left"
        );
    }
}
