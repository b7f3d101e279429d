//! `schoolhouse pack info`: who made a pack, for whom, and who signed it.

use std::collections::BTreeMap;
use std::path::Path;

use super::pack_box::signed_by;
use super::print;
use crate::config::Config;
use crate::error::Result;
use crate::packs::{Trusted, find_signer, open, read_manifest};

/// Prints it.
///
/// # Errors
/// When the pack can't be read.
pub(super) fn tell(path: &Path, config: &Config) -> Result<()> {
    let tree = open(path)?;
    let manifest = read_manifest(&*tree)?;
    let trusted = Trusted::read(&config.data.join("trusted"))?;
    let signed = signed_by(&find_signer(&*tree, &trusted)?);
    let grades: Vec<String> = manifest.grades.iter().map(u8::to_string).collect();
    let lines = [
        ("id", manifest.id.clone()),
        ("version", manifest.version.clone()),
        ("title", in_its_language(&manifest.title, &manifest.language)),
        ("about", in_its_language(&manifest.summary, &manifest.language)),
        ("language", manifest.language.clone()),
        ("grades", grades.join(", ")),
        ("publisher", manifest.publisher.clone()),
        ("licence", manifest.licence.clone()),
        ("released", manifest.released.clone()),
        ("signed by", signed),
    ];
    let lines = lines.map(|(name, value)| format!("{name:<10} {value}").trim_end().to_owned());
    print(&lines.join("\n"));
    Ok(())
}

fn in_its_language(words: &BTreeMap<String, String>, language: &str) -> String {
    words.get(language).or_else(|| words.values().next()).cloned().unwrap_or_default()
}
