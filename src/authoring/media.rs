//! Files that are shown and played in an own course: taken in, named after their content, given out for the preview.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::Authoring;
use super::film::blank_notes;
use super::rules::{media_name, too_much};
use super::screens::MediaPart;
use super::traces::without_traces;
use crate::error::{Error, Kind, Result};
use crate::files::sync_directory;
use crate::ids::{random_bytes, to_hex};
use crate::imports::{Medium, medium_of};
use crate::packs::serve::Loose;

/// Bytes of a file that comes in one piece.
pub(super) const LARGEST_PIECE: u64 = 8 << 20;
/// Bytes of a picture: it is held in memory while its traces are taken out.
const LARGEST_PICTURE: u64 = 24 << 20;
/// Files of one course.
const MOST_FILES: usize = 1_000;
/// Files that no draft names are kept so long, in milliseconds: somebody may be about to save the draft that does.
const KEPT_FOR: u64 = 24 * 60 * 60 * 1_000;
/// What is half taken in begins so.
const HALF: &str = "new-";

/// What a file is, told from its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = OwnMediaKind)]
pub(super) enum MediaKind {
    /// A photo or a drawing.
    Picture,
    /// A sound.
    Audio,
    /// A video.
    Video,
    /// Words to read along with a sound or a video.
    Captions,
}

/// A file on its way into a course; gone again where it does not get there.
struct Half(PathBuf);

impl Drop for Half {
    fn drop(&mut self) {
        // It has its name by now, or is of use to nobody.
        let _ = fs::remove_file(&self.0);
    }
}

impl Authoring {
    /// Takes the bytes of a file into a course.
    ///
    /// # Errors
    /// `authoring.unknown`, `authoring.media-unknown`, `authoring.too-much`, `library.no-room`.
    pub(super) fn add_media(&self, own: &str, bytes: &[u8]) -> Result<MediaPart> {
        let half = self.half(own)?;
        self.library.demand_room(bytes.len() as u64)?;
        let mut file = OpenOptions::new().write(true).create_new(true).open(&half.0)?;
        file.write_all(bytes)?;
        drop(file);
        self.take(own, &half)
    }

    /// Takes a file into a course that was sent as an upload of the library.
    ///
    /// # Errors
    /// As [`Authoring::add_media`]; `library.upload-unknown`, `library.upload-unfinished`.
    pub(super) fn add_upload(&self, own: &str, upload: &str) -> Result<MediaPart> {
        let half = self.half(own)?;
        self.library.take_upload(upload, &half.0)?;
        self.take(own, &half)
    }

    /// A place for a file that may turn out to be anything.
    fn half(&self, own: &str) -> Result<Half> {
        self.know(own)?;
        let media = self.store.media(own);
        fs::create_dir_all(&media)?;
        if fs::read_dir(&media)?.count() >= MOST_FILES {
            let sentence = format!("This course has {MOST_FILES} files already. Begin a second course.");
            return Err(too_much(sentence, "media"));
        }
        Ok(Half(media.join(format!("{HALF}{}", to_hex(&random_bytes::<8>()?)))))
    }

    fn take(&self, own: &str, half: &Half) -> Result<MediaPart> {
        let medium = medium_of(&half.0).map_err(|error| speak(error, &half.0))?.ok_or_else(|| {
            unknown("This file can't be part of a page. Add photos, sound or video here, and whole documents in the library.")
        })?;
        let (kind, ending) = match medium {
            Medium::Picture(ending) => {
                let picture = read_picture(&half.0)?;
                let kept = without_traces(&picture, ending).ok_or_else(|| {
                    unknown("This picture was not copied to its end. Send it again, or take another one.")
                })?;
                fs::write(&half.0, kept)?;
                (MediaKind::Picture, ending)
            }
            Medium::Captions(text) => {
                fs::write(&half.0, text)?;
                (MediaKind::Captions, "vtt")
            }
            Medium::Audio(ending) | Medium::Video(ending) => {
                if matches!(ending, "mp4" | "m4a") {
                    blank_notes(&OpenOptions::new().read(true).write(true).open(&half.0)?)?;
                }
                (if matches!(medium, Medium::Video(_)) { MediaKind::Video } else { MediaKind::Audio }, ending)
            }
        };
        let file = File::open(&half.0)?;
        let (hash, bytes) = digest(&file)?;
        file.sync_all()?;
        let media = self.store.media(own);
        let name = format!("{}.{ending}", to_hex(&hash));
        fs::rename(&half.0, media.join(&name))?;
        sync_directory(&media)?;
        Ok(MediaPart { file: format!("media/{name}"), kind, bytes })
    }

    /// A file of a course, to look at.
    ///
    /// # Errors
    /// `authoring.unknown`, `authoring.media-missing`.
    pub(super) fn media(&self, own: &str, name: &str) -> Result<Loose> {
        self.know(own)?;
        let path = format!("media/{name}");
        let missing = || {
            let sentence = "This file is not in this course any more. Add it again.";
            Error::not_found("authoring.media-missing", sentence)
        };
        let name = media_name(&path).ok_or_else(missing)?;
        let file = File::open(self.store.media(own).join(name)).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => missing(),
            _ => e.into(),
        })?;
        let bytes = file.metadata()?.len();
        let hash = name.split('.').next().unwrap_or_default().to_owned();
        Ok(Loose { file: Arc::new(file), bytes, name: name.to_owned(), hash, is_download: false })
    }

    /// Clears away files that no draft names any more, and what a power cut left half taken in.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(super) fn clear_media(&self) -> Result<()> {
        for id in self.store.ids()? {
            // Nothing is known of what a damaged draft needs.
            let Ok(own) = self.store.read(&id) else { continue };
            let named = super::rules::files_of(&own.draft);
            let Ok(entries) = fs::read_dir(self.store.media(&id)) else { continue };
            for entry in entries {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                let changed = entry
                    .metadata()?
                    .modified()
                    .ok()
                    .and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
                let age = self.now().saturating_sub(
                    changed.map_or(u64::MAX, |at| u64::try_from(at.as_millis()).unwrap_or(u64::MAX)),
                );
                let is_named = named.iter().any(|path| media_name(path) == Some(&name));
                if name.starts_with(HALF) || !is_named && age > KEPT_FOR {
                    fs::remove_file(entry.path())?;
                }
            }
        }
        Ok(())
    }
}

fn read_picture(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST_PICTURE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_PICTURE {
        let sentence = format!(
            "This picture has more than {} MB. Save it smaller and try again.",
            LARGEST_PICTURE >> 20
        );
        return Err(too_much(sentence, "picture"));
    }
    Ok(bytes)
}

/// The first half of the SHA-256 of a file, and its length.
fn digest(mut file: &File) -> Result<([u8; 16], u64)> {
    let mut hash = Sha256::new();
    let (mut part, mut bytes) = (vec![0; 256 << 10], 0);
    loop {
        let got = file.read(&mut part)?;
        if got == 0 {
            let whole: [u8; 32] = hash.finalize().into();
            let mut half = [0; 16];
            half.copy_from_slice(&whole[..16]);
            return Ok((half, bytes));
        }
        hash.update(&part[..got]);
        bytes += got as u64;
    }
}

/// A refusal in words that do not name a file that only the box knows.
fn speak(error: Error, half: &Path) -> Error {
    if error.kind != Kind::Invalid {
        return error;
    }
    let name = half.file_name().unwrap_or_default().to_string_lossy().into_owned();
    unknown(error.message.replace(&name, "This file"))
}

fn unknown(why: impl Into<String>) -> Error {
    Error::invalid("authoring.media-unknown", why)
}
