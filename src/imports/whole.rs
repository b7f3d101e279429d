//! Files that belong together and name each other: the parts of a book, a web page with its pictures and scripts. They
//! come into a pack under their own names.

use std::sync::Arc;

use super::made::{Making, Part};
use super::names::{path_part, shorten};
use super::pages::percent_decode;
use super::source::Source;
use super::text::decode;
use crate::error::{Error, Result};
use crate::packs::path_trouble;

/// Endings of files in which other files are named.
const NAMING: [&str; 11] = ["html", "htm", "xhtml", "xml", "opf", "ncx", "css", "js", "mjs", "json", "svg"];
/// Larger files are libraries of code, which name nothing of the course.
const LARGEST_NAMING: u64 = 4 << 20;

/// Lays all files below `under` (empty for all) into the folder `home` of the pack. A file whose name can't stand in a
/// pack gets another one, unless some other file names it.
///
/// # Errors
/// `import.name`, or that a file can't be read.
pub(super) fn lay_whole(making: &mut Making, source: &Arc<Source>, under: &str, home: &str) -> Result<()> {
    let inside = |path: &'_ str| path.strip_prefix(under).map(str::to_owned);
    let paths: Vec<String> = source.files().filter_map(|(path, _)| inside(path)).collect();
    for path in &paths {
        let from = format!("{under}{path}");
        let mut to = format!("{home}/{path}");
        if let Some(trouble) = path_trouble(&to) {
            if trouble == "is too long" || is_named(source, under, &paths, path)? {
                return Err(refuse(path, trouble));
            }
            let parts: Vec<String> = path.split('/').map(plain_part).collect();
            to = format!("{home}/{}", parts.join("/"));
            if making.has(&to) {
                return Err(refuse(path, trouble));
            }
            making.lose(
                "renamed",
                path,
                format!("Its name {trouble}, so it is called {} now.", parts.join("/")),
            );
        }
        making.lay(to, Part::Original(source.clone(), from))?;
    }
    Ok(())
}

fn refuse(path: &str, trouble: &str) -> Error {
    let shown = shorten(path, 80).unwrap_or_default();
    let sentence = format!(
        "The name of the file {shown} {trouble}, and other files name it so. Rename it there and in them, and bring it again."
    );
    Error::invalid("import.name", sentence).with("file", shown)
}

/// A part of a path with its ending, as it may stand in a pack.
fn plain_part(part: &str) -> String {
    let (stem, ending) = part.rsplit_once('.').unwrap_or((part, ""));
    let (stem, ending) = (path_part(stem), path_part(ending));
    let stem = if stem.is_empty() { "file".to_owned() } else { stem };
    if ending.is_empty() { stem } else { format!("{stem}.{ending}") }
}

/// Whether some file names `path` by its last part.
fn is_named(source: &Source, under: &str, paths: &[String], path: &str) -> Result<bool> {
    let name = path.rsplit('/').next().unwrap_or(path);
    for other in paths {
        let ending = other.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        let from = format!("{under}{other}");
        let is_small = source.size(&from).is_some_and(|size| size <= LARGEST_NAMING);
        if other == path || !is_small || !NAMING.contains(&ending.as_str()) {
            continue;
        }
        if let Some(text) = decode(&source.read(&from, LARGEST_NAMING)?)
            && (text.text.contains(name) || percent_decode(&text.text).contains(name))
        {
            return Ok(true);
        }
    }
    Ok(false)
}
