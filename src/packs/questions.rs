//! Where each question of a pack lies. What a question means is the business of `items/`; here it is a piece of JSON
//! with an id.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::format::read_document;
use super::media::ending;
use crate::error::Result;

/// Where a question lies: its file, and the bytes of it in there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// Number of the file in [`Questions::files`].
    pub file: u32,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// All questions of a pack.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Questions {
    /// Paths of the files that hold questions.
    pub files: Vec<String>,
    /// Where each is, by its id.
    pub spans: HashMap<Box<str>, Span>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Items<'a> {
    #[serde(borrow)]
    items: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

impl Questions {
    /// Takes in a file `items/NAME.json`; answers with the questions in it as they are written.
    ///
    /// # Errors
    /// `pack.manifest` when it is not a list of questions that have ids.
    pub(super) fn add<'a>(&mut self, path: &str, bytes: &'a [u8]) -> Result<Vec<&'a RawValue>> {
        let items: Items = super::format::read_borrowed(path, bytes)?;
        let file = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        self.files.push(path.to_owned());
        for raw in &items.items {
            let named: Named = read_document(path, raw.get().as_bytes())?;
            // The piece borrows from `bytes`, so the distance of their addresses is its place.
            let start = raw.get().as_ptr().addr() - bytes.as_ptr().addr();
            let end = start + raw.get().len();
            let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
            let span = Span { file, start: place(start), end: place(end) };
            self.spans.insert(named.id.into(), span);
        }
        Ok(items.items)
    }
}

/// Whether a path is that of a file of questions.
pub(super) fn holds_questions(path: &str) -> bool {
    path.strip_prefix("items/").is_some_and(|name| ending(name) == "json")
}
