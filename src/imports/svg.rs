//! Drawings in SVG: pictures that could hold programs.

use super::html::{Token, tokens};
use super::source::Source;
use super::strange::{AS_PICTURE, Strange};
use super::text::decode;
use crate::error::Result;

/// Larger drawings make a tablet wait for seconds.
const LARGEST: u64 = 4 << 20;

/// Why a drawing can't be shown; `None` when it can.
///
/// # Errors
/// When it can't be read.
pub(super) fn trouble(source: &Source, path: &str) -> Result<Option<Strange>> {
    if source.size(path).is_some_and(|size| size > LARGEST) {
        return Ok(Some(Strange::new("a drawing (SVG) of more than 4 MB", AS_PICTURE)));
    }
    let Some(text) = decode(&source.read(path, LARGEST)?) else {
        return Ok(Some(Strange::new("a drawing (SVG) whose letters can't be read", AS_PICTURE)));
    };
    Ok(runs(&text.text).then(|| Strange::new("a drawing (SVG) with a program in it", AS_PICTURE)))
}

/// Whether a drawing runs something, or declares words of its own, behind which anything can hide.
pub(super) fn runs(text: &str) -> bool {
    text.contains("<!ENTITY") || tokens(text).iter().any(tag_runs)
}

/// Whether a tag runs something, or brings in what could.
fn tag_runs(token: &Token) -> bool {
    let Token::Open { name, attributes } = token else { return false };
    matches!(name.as_str(), "script" | "foreignobject" | "iframe" | "object" | "embed" | "handler")
        || attributes.iter().any(|(name, value)| {
            let value = value.trim_start().to_ascii_lowercase();
            name.starts_with("on") || value.starts_with("javascript:") || value.starts_with("data:text/")
        })
}
