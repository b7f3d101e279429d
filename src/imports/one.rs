//! One file of any kind as lessons.

use std::sync::Arc;

use super::app::App;
use super::beside::Beside;
use super::book::Book;
use super::html::title_and_language;
use super::kind::{Kind, Quiz};
use super::look::{Look, look_into_zip};
use super::made::{Known, Making};
use super::media::{lay_file, lay_played};
use super::names::title_of_file;
use super::pages::{self, Pages};
use super::pdf;
use super::questions::{aiken, bank::Bank, gift, moodle, ods, sheet};
use super::source::Source;
use super::text::{decode, decode_head};
use super::words::words;
use crate::error::{Error, Result};
use crate::packs::{Activity, ActivityKind, Lesson};

/// Files of questions in text.
const LARGEST_QUIZ: u64 = 8 << 20;

/// What a file says about itself, without reading all of it.
///
/// # Errors
/// When it can't be read.
pub(super) fn known(source: &Arc<Source>, path: &str, kind: &Kind) -> Result<Known> {
    match kind {
        Kind::Document => pdf::known(source, path),
        Kind::Html => {
            let head = decode_head(&source.head(path)?);
            let (title, language) = head.map_or((None, None), |text| title_and_language(&text.text));
            Ok(Known { title, language, ..Known::default() })
        }
        Kind::Page => {
            let head = decode_head(&source.head(path)?);
            let title = head.and_then(|text| pages::title_of(&text.text));
            Ok(Known { title, ..Known::default() })
        }
        Kind::Sheet => {
            let head = decode_head(&source.head(path)?);
            Ok(head
                .and_then(|text| sheet::read_text(&text.text).ok())
                .map(|rows| sheet::known(&rows))
                .unwrap_or_default())
        }
        _ => Ok(Known::default()),
    }
}

/// Makes lessons of a file.
///
/// # Errors
/// When it can't be read, or is refused.
pub(super) fn lay(
    making: &mut Making,
    pages: &mut Pages,
    source: &Arc<Source>,
    path: &str,
    kind: &Kind,
) -> Result<Vec<Lesson>> {
    let activity: Option<Activity> = match kind {
        Kind::Video(ending) => Some(lay_played(making, source, path, ActivityKind::Video, ending)?),
        Kind::Audio(ending) => Some(lay_played(making, source, path, ActivityKind::Audio, ending)?),
        Kind::Picture(ending) => Some(lay_file(making, source, path, ActivityKind::Picture, ending)?),
        Kind::Document => Some(lay_document(making, source, path)?),
        Kind::Page | Kind::Plain => pages.lay(making, source, path, *kind == Kind::Plain)?,
        Kind::Html => {
            let activities = App::of_page(source, path).lay(making, &title_of_file(path))?;
            return Ok(lessons(making, activities));
        }
        Kind::Quiz(_) | Kind::Sheet => return read_questions(making, pages, source, path, kind)?.lay(making),
        Kind::Zip => return lay_zip(making, source, path),
        Kind::Pack => {
            making.lose("file-left-out", path, "It is a course pack of its own; add it by itself.");
            None
        }
        Kind::Captions => {
            making.lose(
                "file-left-out",
                path,
                "These captions belong to no video or sound that lies beside them.",
            );
            None
        }
        Kind::Strange(why) => {
            making.lose("file-left-out", path, why.clone());
            None
        }
    };
    Ok(lessons(making, activity.into_iter().collect()))
}

fn lessons(making: &mut Making, activities: Vec<Activity>) -> Vec<Lesson> {
    let lesson = |activity: Activity| {
        let title = activity.title.clone();
        making.lesson(&title, vec![activity])
    };
    activities.into_iter().map(lesson).collect()
}

fn lay_document(making: &mut Making, source: &Arc<Source>, path: &str) -> Result<Activity> {
    let dangers = pdf::dangers(source, path)?;
    if dangers.is_locked {
        making.lose(
            "locked",
            path,
            "It is locked (encrypted); it may ask for a password, or not open at all.",
        );
    }
    if dangers.runs {
        making.lose("script", path, "It has a program in it (JavaScript), which is not run.");
    }
    let mut document = lay_file(making, source, path, ActivityKind::Document, "pdf")?;
    if let Some(title) = pdf::known(source, path)?.title {
        document.title = title;
    }
    Ok(document)
}

/// A book or a web page among other files.
fn lay_zip(making: &mut Making, source: &Arc<Source>, path: &str) -> Result<Vec<Lesson>> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let look = match source.on_disk(path) {
        Some(file) => look_into_zip(&file, name)?,
        None => Look::Strange("A zip inside a zip is not opened; unpack the outer one.".to_owned()),
    };
    let why = match look {
        Look::Book(book) => match Book::open(&book).and_then(|book| book.lay(making, &title_of_file(path))) {
            Ok(activity) => return Ok(lessons(making, vec![activity])),
            Err(error) if error.kind == crate::error::Kind::Invalid => error.message,
            Err(error) => return Err(error),
        },
        Look::App(app, entrances) => {
            let activities = App::of_folder(&app, "", entrances).lay(making, &title_of_file(path))?;
            return Ok(lessons(making, activities));
        }
        Look::Spreadsheet(sheet) => return lay_spreadsheet(making, &sheet, path),
        Look::Strange(why) => why,
        _ => "It is a zip with files of its own; unpack it beside them, or add it by itself.".to_owned(),
    };
    making.lose("file-left-out", path, why);
    Ok(Vec::new())
}

/// The questions in an `OpenDocument` spreadsheet.
///
/// # Errors
/// `import.sheet`, or that it can't be read.
pub(super) fn lay_spreadsheet(making: &mut Making, source: &Arc<Source>, name: &str) -> Result<Vec<Lesson>> {
    let rows = ods::rows(source)?;
    let topic = topic_of(making, sheet::known(&rows).title, name);
    let mut pages = Pages::default();
    let mut files = Beside { source, path: "content.xml", pages: &mut pages };
    sheet::read(making, &rows, &topic, &mut files)?.lay(making)
}

/// What questions are about that say nothing of it themselves.
fn topic_of(making: &Making, title: Option<String>, path: &str) -> String {
    let title = title.unwrap_or_else(|| title_of_file(path));
    if title == "?" { words(&making.language).questions.to_owned() } else { title }
}

fn read_questions(
    making: &mut Making,
    pages: &mut Pages,
    source: &Arc<Source>,
    path: &str,
    kind: &Kind,
) -> Result<Bank> {
    let topic = topic_of(making, known(source, path, kind)?.title, path);
    if *kind == Kind::Quiz(Quiz::Moodle) {
        return moodle::read(making, source, path, &topic);
    }
    let text = decode(&source.read(path, LARGEST_QUIZ)?).ok_or_else(|| {
        let sentence = format!("The letters in {path} can't be read. Save it as UTF-8.");
        Error::invalid("import.encoding", sentence).with("file", path)
    })?;
    let mut files = Beside { source, path, pages };
    match kind {
        Kind::Sheet => sheet::read(making, &sheet::read_text(&text.text)?, &topic, &mut files),
        Kind::Quiz(Quiz::Aiken) => Ok(aiken::read(making, &text.text, &topic)),
        _ => gift::read(making, &text.text, &topic, &mut files),
    }
}
