//! Finds what may be something in a folder, within bounds: a stick may hold a life's photos.

use std::ffi::OsStr;
use std::fs::{self, FileType};
use std::path::{Path, PathBuf};

use super::rules::{is_systems_own, natural};
use crate::error::Result;

/// Folders within folders; whoever hides a pack deeper can be told to move it.
const DEEPEST: u32 = 4;
/// More than these nobody looks through on a phone.
const MOST_FOUND: usize = 500;
/// Names that are looked at in all.
const MOST_LOOKED_AT: usize = 20_000;

/// A file or folder that may be something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) path: PathBuf,
    /// As people see it: from the stick's first folder on.
    pub(super) shown: String,
    pub(super) is_folder: bool,
    /// It lies in a folder that is offered as a whole: only packs are looked for.
    pub(super) packs_only: bool,
}

/// What to do with a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It is something; what is inside it is part of it.
    Took,
    /// It is something, and what is inside it is part of it, but for packs.
    TookButPacks,
    /// It is nothing by itself; a folder is looked into.
    Passed,
    /// Nothing of this matters any more.
    Stop,
}

/// Shows `visit` every file and folder below `root` in the order in which people look, packs first. Links and special
/// files are passed over: they could lead anywhere, and hold a reader for ever. Answers whether there was more than the
/// bounds allow.
///
/// # Errors
/// When the first folder can't be read; one further down is passed over.
pub(super) fn walk(root: &Path, visit: &mut dyn FnMut(&Candidate) -> Step) -> Result<bool> {
    let mut walk = Walk { visit, found: 0, looked_at: 0, is_over: false };
    let first = walk.list(root, "", false)?;
    walk.folder(first, 1);
    Ok(walk.found >= MOST_FOUND || walk.looked_at >= MOST_LOOKED_AT)
}

struct Walk<'a> {
    visit: &'a mut dyn FnMut(&Candidate) -> Step,
    found: usize,
    looked_at: usize,
    is_over: bool,
}

impl Walk<'_> {
    fn list(&mut self, folder: &Path, under: &str, packs_only: bool) -> Result<Vec<Candidate>> {
        let mut listed = Vec::new();
        for entry in fs::read_dir(folder)? {
            if self.looked_at >= MOST_LOOKED_AT {
                break;
            }
            self.looked_at += 1;
            // On a damaged stick some names can't be read; the others can.
            let Ok(entry) = entry else { continue };
            let (name, kind) = (entry.file_name(), entry.file_type());
            if let Some(is_folder) = kind.ok().and_then(|kind| is_wanted(&name, kind)) {
                let shown = format!("{under}{}", name.to_string_lossy());
                listed.push(Candidate { path: entry.path(), shown, is_folder, packs_only });
            }
        }
        listed.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| natural(&a.shown, &b.shown)));
        Ok(listed)
    }

    fn folder(&mut self, candidates: Vec<Candidate>, depth: u32) {
        for candidate in candidates {
            if self.is_over || self.found >= MOST_FOUND {
                return;
            }
            let packs_only = match (self.visit)(&candidate) {
                Step::Took => {
                    self.found += 1;
                    continue;
                }
                Step::Stop => {
                    self.is_over = true;
                    return;
                }
                Step::TookButPacks => {
                    self.found += 1;
                    true
                }
                Step::Passed => candidate.packs_only,
            };
            if candidate.is_folder && depth < DEEPEST {
                let inside = self.list(&candidate.path, &format!("{}/", candidate.shown), packs_only);
                self.folder(inside.unwrap_or_default(), depth + 1);
            }
        }
    }
}

/// Whether something is worth a look, and whether it is a folder.
fn is_wanted(name: &OsStr, kind: FileType) -> Option<bool> {
    let name = name.to_string_lossy();
    let is_further_volume = number_of_volume(&name).is_some_and(|number| number != 1);
    let is_fine = !is_systems_own(&name) && !is_further_volume;
    (is_fine && (kind.is_dir() || kind.is_file())).then(|| kind.is_dir())
}

/// Of `name.schoolpack.002` the 2.
fn number_of_volume(name: &str) -> Option<u32> {
    let (rest, number) = name.rsplit_once('.')?;
    let is_pack = rest.to_ascii_lowercase().ends_with(".schoolpack");
    number.parse().ok().filter(|_| is_pack && number.len() == 3)
}

/// Whether it is a pack by its name, or the folder of one.
pub(super) fn may_be_pack(candidate: &Candidate) -> bool {
    if candidate.is_folder { candidate.path.join("pack.json").is_file() } else { rank(candidate) == 0 }
}

/// Packs first, then other files, then what lies deeper.
fn rank(candidate: &Candidate) -> u8 {
    let name = candidate.shown.to_ascii_lowercase();
    match candidate.is_folder {
        true => 2,
        false if name.ends_with(".schoolpack") || number_of_volume(&name).is_some() => 0,
        false => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(root: &Path, path: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "x").unwrap();
    }

    fn seen(root: &Path, take: impl Fn(&Candidate) -> Step) -> (Vec<String>, bool) {
        let mut seen = Vec::new();
        let is_full = walk(root, &mut |candidate| {
            seen.push(candidate.shown.clone());
            take(candidate)
        })
        .unwrap();
        (seen, is_full)
    }

    #[test]
    fn a_stick_is_looked_through_as_people_would() {
        let stick = tempfile::tempdir().unwrap();
        let files = [
            "video 10.mp4",
            "video 2.mp4",
            "numbers.schoolpack",
            "big.schoolpack.001",
            "big.schoolpack.002",
            "System Volume Information/IndexerVolumeGuid",
            ".Trash-1000/old.schoolpack",
            "courses/science/pack.json",
            "courses/science/pages/one.md",
            "a/b/c/just.pdf",
            "a/b/c/d/deep.pdf",
        ];
        for path in files {
            put(stick.path(), path);
        }
        std::os::unix::fs::symlink("/etc", stick.path().join("etc")).unwrap();
        let take = |candidate: &Candidate| {
            let is_pack = candidate.path.join("pack.json").is_file();
            if is_pack || !candidate.is_folder { Step::Took } else { Step::Passed }
        };
        let (found, is_full) = seen(stick.path(), take);
        let wanted = [
            "big.schoolpack.001",
            "numbers.schoolpack",
            "video 2.mp4",
            "video 10.mp4",
            "a",
            "a/b",
            "a/b/c",
            "a/b/c/just.pdf",
            "a/b/c/d",
            "courses",
            "courses/science",
        ];
        assert_eq!(found, wanted);
        assert!(!is_full);
    }

    #[test]
    fn nobody_looks_through_a_life_of_photos() {
        let stick = tempfile::tempdir().unwrap();
        for number in 0..MOST_FOUND + 20 {
            put(stick.path(), &format!("{number}.jpg"));
        }
        let (found, is_full) = seen(stick.path(), |_| Step::Took);
        assert_eq!((found.len(), is_full), (MOST_FOUND, true));
        assert_eq!(found[MOST_FOUND - 1], format!("{}.jpg", MOST_FOUND - 1));
        assert_eq!(seen(stick.path(), |_| Step::Stop).0.len(), 1);
    }
}
