//! What lies at a place: one file, several that belong together, or nothing that anybody meant.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::app::entrances;
use super::book;
use super::kind::{Kind, find, kind_of};
use super::source::{Source, is_of_system};
use super::strange::{AS_CSV, AS_PDF, ASK_FOR_EXPORT, NOT_RUN, NOT_YET, Strange};
use super::volumes;
use crate::error::{Error, Result};

/// Files that are looked at to tell whether a folder holds anything that can be shown.
const MOST_LOOKED_AT: usize = 300;

/// What was found.
pub(super) enum Look {
    /// A pack in one file, or in volumes.
    Pack(Vec<PathBuf>),
    /// A pack as its author keeps it, also in a zip that `pack build` did not make.
    PackFolder(Arc<Source>),
    /// A book.
    Book(Arc<Source>),
    /// Web pages, with those that are entered by.
    App(Arc<Source>, Vec<String>),
    /// A spreadsheet in `OpenDocument`.
    Spreadsheet(Arc<Source>),
    /// One file, with its path in what lies around it.
    One(Arc<Source>, String, Kind),
    /// Files and folders of many kinds.
    Many(Arc<Source>),
    /// It can't be shown; why.
    Strange(String),
}

/// Looks. `None` for hidden files, for what a system made, and for the later volumes of a pack.
///
/// # Errors
/// When it can't be read.
pub(super) fn look(path: &Path) -> Result<Option<Look>> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if is_of_system(&name) {
        return Ok(None);
    }
    let kind = path.metadata()?;
    if kind.is_dir() {
        return look_at_folder(path, &name).map(Some);
    }
    if !kind.is_file() {
        return Ok(None);
    }
    match volumes::gather(path)? {
        volumes::Gathered::One => {}
        volumes::Gathered::Later => return Ok(None),
        volumes::Gathered::Whole(parts) => return Ok(Some(Look::Pack(parts))),
        volumes::Gathered::Missing(why) => return Ok(Some(Look::Strange(why))),
    }
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        let why = format!("The name of {name} has letters that can't be read. Rename the file.");
        return Ok(Some(Look::Strange(why)));
    };
    let source = Arc::new(Source::of_file(path));
    match kind_of(&source, name)? {
        Kind::Pack => Ok(Some(Look::Pack(vec![path.to_owned()]))),
        Kind::Zip => look_into_zip(path, name).map(Some),
        Kind::Captions => {
            let words = "captions; they belong to the video or the sound of the same name";
            Ok(Some(Look::Strange(Strange::new(words, "Lay it beside that, and bring both.").tell(name))))
        }
        Kind::Strange(why) => Ok(Some(Look::Strange(why))),
        kind => Ok(Some(Look::One(source, name.to_owned(), kind))),
    }
}

/// A refusal is an answer, too; only what can't be read is an error.
fn told(error: Error) -> Result<Look> {
    use crate::error::Kind::{Invalid, NotFound, TooLarge};
    match error.kind {
        Invalid | NotFound | TooLarge => Ok(Look::Strange(error.message)),
        _ => Err(error),
    }
}

fn look_at_folder(path: &Path, name: &str) -> Result<Look> {
    let source = match Source::of_folder(path) {
        Ok(source) => Arc::new(source.without_top()),
        Err(error) => return told(error),
    };
    if let Some(look) = inside(&source) {
        return Ok(look);
    }
    look_at_many(source, name)
}

/// What is in a zip.
///
/// # Errors
/// When it can't be read.
pub(super) fn look_into_zip(path: &Path, name: &str) -> Result<Look> {
    let source = match Source::of_zip(File::open(path)?) {
        Ok(source) => Arc::new(source.without_top()),
        Err(error) => return told(error),
    };
    let strange = match strange_zip(&source) {
        Ok(strange) => strange,
        Err(error) => return told(error),
    };
    if let Some(strange) = strange {
        return Ok(Look::Strange(strange.tell(name)));
    }
    match inside(&source) {
        Some(look) => Ok(look),
        None => look_at_many(source, name).or_else(told),
    }
}

/// What files are together, when they are more than a heap.
fn inside(source: &Arc<Source>) -> Option<Look> {
    if source.size("pack.json").is_some() {
        return Some(Look::PackFolder(source.clone()));
    }
    if book::is_book(source) {
        return Some(Look::Book(source.clone()));
    }
    let head = source.head("mimetype").unwrap_or_default();
    if head.starts_with(b"application/vnd.oasis.opendocument.spreadsheet")
        && source.size("content.xml").is_some()
    {
        return Some(Look::Spreadsheet(source.clone()));
    }
    let entrances = entrances(source, "");
    // One page among other things is one of them; an index, or a page with nothing else to read, leads to all.
    let leads =
        entrances.len() == 1 && entrances.iter().any(|page| page.to_ascii_lowercase().starts_with("index."));
    let is_all_pages = !entrances.is_empty()
        && !source.files().any(|(path, _)| !path.contains('/') && !entrances.iter().any(|page| page == path));
    (leads || is_all_pages).then(|| Look::App(source.clone(), entrances))
}

fn look_at_many(source: Arc<Source>, name: &str) -> Result<Look> {
    let paths: Vec<String> = source.files().map(|(path, _)| path.to_owned()).take(MOST_LOOKED_AT).collect();
    for path in paths {
        match kind_of(&source, &path)? {
            Kind::Pack | Kind::Captions | Kind::Strange(_) => {}
            _ => return Ok(Look::Many(source)),
        }
    }
    let why = if source.files().next().is_some() {
        Strange::new("a folder in which nothing can be shown", "Open it to see what is in it.")
    } else {
        Strange::new("an empty folder", "Copy it again from where it came from.")
    };
    Ok(Look::Strange(why.tell(name)))
}

/// Zips with a meaning that the box does not know.
fn strange_zip(source: &Source) -> Result<Option<Strange>> {
    let has = |path: &str| source.size(path).is_some();
    let below = |folder: &str| source.files().any(|(path, _)| path.starts_with(folder));
    if has("imsmanifest.xml") {
        return strange_package(source).map(Some);
    }
    let mimetype = if has("mimetype") { source.head("mimetype")? } else { Vec::new() };
    let is = |kind: &str| find(&mimetype, kind.as_bytes()).is_some();
    let table: [(bool, Strange); 14] = [
        (has("h5p.json"), Strange::new("an H5P exercise", NOT_YET)),
        (has("cmi5.xml") || has("tincan.xml"), Strange::new("a course of the kind cmi5 or Tin Can", NOT_YET)),
        (has("[Content_Types].xml") && below("word/"), Strange::new("a Word document", AS_PDF)),
        (has("[Content_Types].xml") && below("ppt/"), Strange::new("a PowerPoint presentation", AS_PDF)),
        (has("[Content_Types].xml") && below("xl/"), Strange::new("an Excel workbook", AS_CSV)),
        (is("opendocument.text"), Strange::new("an OpenDocument text", AS_PDF)),
        (is("opendocument.presentation"), Strange::new("an OpenDocument presentation", AS_PDF)),
        (has("AndroidManifest.xml"), Strange::new("a program for Android", NOT_RUN)),
        (has("META-INF/MANIFEST.MF"), Strange::new("a program for Java", NOT_RUN)),
        (has("moodle_backup.xml"), Strange::new("a backup of a Moodle course", ASK_FOR_EXPORT)),
        (has("exercise.json"), Strange::new("an exercise of Kolibri (Perseus)", NOT_YET)),
        (has("project.json"), Strange::new("a project of Scratch", NOT_YET)),
        (
            has("geogebra.xml"),
            Strange::new("a worksheet of GeoGebra", "Export it as a web page (HTML5), and bring that."),
        ),
        (
            below("Index/") && has("preview.jpg"),
            Strange::new("a document of Pages, Numbers or Keynote", AS_PDF),
        ),
    ];
    Ok(table.into_iter().find(|(is, _)| *is).map(|(_, strange)| strange))
}

/// Courses and questions in the packages of IMS all begin with the same file.
fn strange_package(source: &Source) -> Result<Strange> {
    let head = source.head("imsmanifest.xml")?.to_ascii_lowercase();
    let says = |word: &str| find(&head, word.as_bytes()).is_some();
    Ok(if says("adlcp") || says("scorm") {
        Strange::new(
            "a course of the kind SCORM",
            "This version of Schoolhouse can't open it; ask for the same course as a web page (HTML5).",
        )
    } else if says("imsqti") {
        Strange::new("a set of questions of the kind QTI", ASK_FOR_EXPORT)
    } else {
        Strange::new("a course of the kind IMS Common Cartridge", NOT_YET)
    })
}
