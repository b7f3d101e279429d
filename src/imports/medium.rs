//! One file that shall be shown in a lesson of the school's own: what it is, told from its bytes.

use std::path::Path;

use super::captions::{self, WebVtt};
use super::kind::{Kind, kind_of};
use super::source::Source;
use crate::error::{Error, Result};

/// What can be shown or played in a lesson, with the ending that it gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Medium {
    /// A photo or a drawing.
    Picture(&'static str),
    /// A sound that tablets play.
    Audio(&'static str),
    /// A video that tablets play.
    Video(&'static str),
    /// Captions, as `WebVTT`.
    Captions(String),
}

/// Tells what the file at `path` is; `None` for a file that belongs into the library and not into a lesson.
///
/// # Errors
/// `import.unknown`, with what it is and what helps, where no tablet can show it; that it can't be read.
pub fn medium_of(path: &Path) -> Result<Option<Medium>> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let source = Source::of_file(path);
    let no_captions = || Error::invalid("import.unknown", "These captions have no line that can be read.");
    Ok(match kind_of(&source, name)? {
        Kind::Picture(ending) => Some(Medium::Picture(ending)),
        Kind::Audio(ending) => Some(Medium::Audio(ending)),
        Kind::Video(ending) => Some(Medium::Video(ending)),
        Kind::Captions => {
            Some(Medium::Captions(match captions::read(&source, name)?.ok_or_else(no_captions)? {
                WebVtt::Already => std::fs::read_to_string(path)?,
                WebVtt::Made(text) => text,
            }))
        }
        Kind::Strange(why) => return Err(Error::invalid("import.unknown", why)),
        _ => None,
    })
}
