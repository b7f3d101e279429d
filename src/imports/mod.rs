//! Any good file becomes a pack: what somebody has on a stick is wrapped in a manifest of the box's own making, and what
//! could not be kept is told.
//!
//! What a file is, is told from its bytes ([`recognise`]); names only give titles and an order. The bytes of every file
//! stay as they are; only questions become items of ours, pages get the addresses of their pictures, and SRT becomes
//! `WebVTT`. Nothing is unpacked: a pack that is made here reads its files where they lie. `docs/imports.md` has the
//! tables.

mod app;
mod beside;
mod book;
mod captions;
mod html;
mod kind;
mod licence;
mod look;
mod made;
mod many;
mod media;
mod medium;
mod mp4;
mod named;
mod names;
mod one;
mod pages;
mod pdf;
mod questions;
mod source;
mod strange;
mod svg;
mod text;
mod volumes;
mod whole;
mod words;
mod xml;

use std::path::{Path, PathBuf};

use serde::Serialize;
use utoipa::ToSchema;

pub use medium::{Medium, medium_of};

use crate::error::{Error, Result};
use crate::packs::{Direction, Tree};
use kind::{Kind, Quiz};
use look::{Look, look};
use made::{Facts, Known, Making};
use names::{title_of_file, title_of_folder};
use pages::Pages;
use source::Source;

/// What a file or folder is, told from its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// A `.schoolpack` file, or its volumes.
    Pack,
    /// A folder with a `pack.json` in it.
    PackFolder,
    /// Interactive pages (HTML5) as a zip, a folder or one file.
    App,
    /// A book (EPUB).
    Book,
    /// A PDF.
    Document,
    /// A video.
    Video,
    /// A sound.
    Audio,
    /// A picture.
    Picture,
    /// A page in Markdown, or plain text.
    Page,
    /// Questions in GIFT, Aiken or Moodle XML.
    Questions,
    /// A question sheet (CSV or ODS).
    Sheet,
    /// A folder, or a zip, of files of several kinds: each becomes a lesson. Also a pack's folder inside another folder
    /// or a plain zip.
    Folder,
    /// Something that the box can't show; `why` in [`Recognised`] says what it is.
    Unknown,
}

/// What is known of something before it is opened.
#[derive(Clone, Debug)]
pub struct Recognised {
    /// What it is.
    pub found: Found,
    /// Where it is.
    pub path: PathBuf,
    /// The best name that it has for people.
    pub title: String,
    /// BCP 47, where it says.
    pub language: Option<String>,
    /// Bytes of it.
    pub bytes: u64,
    /// The files that it consists of: the volumes of a pack in their order, otherwise only `path`.
    pub parts: Vec<PathBuf>,
    /// What it is and why it can't be shown, in one or two sentences; for what is unknown.
    pub why: Option<String>,
}

/// What the box says of its own about what it wraps.
#[derive(Clone, Debug)]
pub struct About {
    /// The school's name: it stands for what is wrapped here.
    pub publisher: String,
    /// BCP 47; where the file itself does not say.
    pub language: String,
    /// `2026-11-25`.
    pub today: String,
}

/// Something that could not be kept as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Loss {
    /// Stable, such as `question-type`; `docs/imports.md` lists them.
    pub code: &'static str,
    /// Where in the file.
    pub place: String,
    /// What was lost, in one sentence.
    pub message: String,
}

/// A file as a pack.
pub struct Wrapped {
    /// The files of the pack, ready to be composed. They are read where they lie, so a stick must stay until then.
    pub tree: Box<dyn Tree>,
    /// What could not be kept.
    pub losses: Vec<Loss>,
}

/// Which way a language (BCP 47) is written.
pub fn direction_of(language: &str) -> Direction {
    if names::is_right_to_left(language) { Direction::Rtl } else { Direction::Ltr }
}

/// A question sheet to begin with, as CSV.
pub const EXAMPLE_SHEET: &str = questions::sheet::EXAMPLE;

/// Tells what lies at `path` by its content. `None` for what nobody meant: hidden files, a system's own folders, and the
/// later volumes of a pack, which belong to its first one.
///
/// # Errors
/// When it can't be read.
pub fn recognise(path: &Path) -> Result<Option<Recognised>> {
    let Some(look) = look(path)? else { return Ok(None) };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (mut parts, mut why) = (vec![path.to_owned()], None);
    let mut bytes = path.metadata()?.len();
    let found = match &look {
        Look::Pack(volumes) => {
            parts.clone_from(volumes);
            bytes = 0;
            for part in &parts {
                bytes += part.metadata()?.len();
            }
            Found::Pack
        }
        Look::PackFolder(_) if path.join("pack.json").is_file() => Found::PackFolder,
        Look::Book(source) => match book::Book::open(source) {
            Ok(_) => Found::Book,
            Err(error) => {
                why = Some(refusal(error)?);
                Found::Unknown
            }
        },
        Look::App(..) => Found::App,
        Look::Spreadsheet(_) => Found::Sheet,
        Look::One(_, _, kind) => found_of(kind),
        Look::PackFolder(_) | Look::Many(_) => Found::Folder,
        Look::Strange(sentence) => {
            why = Some(sentence.clone());
            Found::Unknown
        }
    };
    if path.is_dir() {
        bytes = match &look {
            Look::PackFolder(source) | Look::Book(source) | Look::App(source, _) | Look::Many(source) => {
                source.bytes()
            }
            _ => 0,
        };
    }
    let known = if found == Found::Unknown { Known::default() } else { known_of(&look)? };
    let title = known.title.unwrap_or_else(|| name_of(path, &name));
    Ok(Some(Recognised { found, path: path.to_owned(), title, language: known.language, bytes, parts, why }))
}

/// The sentence of a refusal; what can't be read stays an error.
fn refusal(error: Error) -> Result<String> {
    use crate::error::Kind::{Invalid, NotFound, TooLarge};
    if matches!(error.kind, Invalid | NotFound | TooLarge) { Ok(error.message) } else { Err(error) }
}

fn found_of(kind: &Kind) -> Found {
    match kind {
        Kind::Document => Found::Document,
        Kind::Video(_) => Found::Video,
        Kind::Audio(_) => Found::Audio,
        Kind::Picture(_) => Found::Picture,
        Kind::Html => Found::App,
        Kind::Page | Kind::Plain => Found::Page,
        Kind::Quiz(_) => Found::Questions,
        Kind::Sheet => Found::Sheet,
        Kind::Pack => Found::Pack,
        Kind::Zip | Kind::Captions | Kind::Strange(_) => Found::Unknown,
    }
}

fn name_of(path: &Path, name: &str) -> String {
    if path.is_dir() { title_of_folder(name) } else { title_of_file(name) }
}

/// What it says about itself.
fn known_of(look: &Look) -> Result<Known> {
    match look {
        Look::Book(source) => Ok(book::Book::open(source)?.known().clone()),
        Look::App(source, entrances) => app::App::of_folder(source, "", entrances.clone()).known(),
        Look::Spreadsheet(source) => {
            Ok(questions::ods::rows(source).map(|rows| questions::sheet::known(&rows)).unwrap_or_default())
        }
        Look::One(source, path, kind) => one::known(source, path, kind),
        _ => Ok(Known::default()),
    }
}

/// Makes a pack of what was recognised as anything but a pack file. What it becomes is told from its content once more, as
/// it may have changed.
///
/// # Errors
/// `import.…` with a sentence when it is refused or holds nothing that can be kept, all refusals of an archive, or that it
/// can't be read.
pub fn wrap(what: &Recognised, about: &About) -> Result<Wrapped> {
    let path = &what.path;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let Some(look) = look(path)? else {
        return Err(unknown(format!("{name} is nothing that can be shown.")));
    };
    let known = known_of(&look)?;
    let mut making = Making::new(about, known.language.clone());
    let title = known.title.clone().unwrap_or_else(|| name_of(path, &name));
    let importer = match &look {
        Look::Pack(_) => return Err(unknown(format!("{name} is a course pack already; add it as it is."))),
        Look::Strange(why) => return Err(unknown(why.clone())),
        Look::PackFolder(source) => return making.keep_as_it_is(source),
        Look::Book(source) => {
            let activity = book::Book::open(source)?.lay(&mut making, &title)?;
            let lesson = making.lesson(&title, vec![activity]);
            making.unit(&title, vec![lesson]);
            "EPUB"
        }
        Look::App(source, entrances) => {
            let activities = app::App::of_folder(source, "", entrances.clone()).lay(&mut making, &title)?;
            let lesson = making.lesson(&title, activities);
            making.unit(&title, vec![lesson]);
            "HTML5"
        }
        Look::Spreadsheet(source) => {
            let lessons = one::lay_spreadsheet(&mut making, source, &name)?;
            making.unit(&title, lessons);
            "question sheet"
        }
        Look::One(source, file, kind) => {
            let lessons = one::lay(&mut making, &mut Pages::default(), source, file, kind)?;
            making.unit(&title, lessons);
            importer_of(kind)
        }
        Look::Many(source) => {
            many::lay(&mut making, source, &title)?;
            "folder"
        }
    };
    let fingerprint = fingerprint(path, &look)?;
    making.finish(Facts { known, name: title, importer, source: name, fingerprint })
}

fn unknown(why: String) -> Error {
    Error::invalid("import.unknown", why)
}

fn importer_of(kind: &Kind) -> &'static str {
    match kind {
        Kind::Quiz(Quiz::Gift) => "GIFT",
        Kind::Quiz(Quiz::Aiken) => "Aiken",
        Kind::Quiz(Quiz::Moodle) => "Moodle XML",
        Kind::Sheet => "question sheet",
        Kind::Page | Kind::Plain => "pages",
        Kind::Document => "PDF",
        Kind::Html => "HTML5",
        _ => "media",
    }
}

/// What tells this file or folder from others.
fn fingerprint(path: &Path, look: &Look) -> Result<[u8; 32]> {
    if let Look::Book(source) | Look::App(source, _) | Look::Many(source) = look
        && path.is_dir()
    {
        return source.fingerprint(source.files().map(|(path, _)| path));
    }
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    Source::of_file(path).fingerprint(std::iter::once(name))
}

#[cfg(test)]
mod tests;
