//! Finds the faults of the items of a pack before a student does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value as Json;

use crate::error::{Error, Result};
use crate::packs::Tree;

use super::fault::{FaultKind, ItemFault};
use super::inspect::variant_faults;
use super::item::Item;
use super::variant::Variant;

/// How many seeds of a template a check should try, from 0 on.
pub const SEEDS: u64 = 1_000;
/// Fewest different variants of a template.
const FEWEST_VARIANTS: usize = 20;

/// Largest item file that is read.
const LARGEST_FILE: u64 = 8 << 20;

/// The faults of all items of a pack, in a folder or an archive; of templates over `seeds` seeds, usually [`SEEDS`].
///
/// # Errors
/// When the files can't be read, or `skills.json` does not say which skills there are.
pub fn faults_in_tree(tree: &dyn Tree, seeds: u64) -> Result<Vec<ItemFault>> {
    let skills: Json = serde_json::from_slice(&tree.read("skills.json", LARGEST_FILE)?)
        .map_err(|e| Error::invalid("pack.form", format!("skills.json can't be read: {e}.")))?;
    let skills = skills["skills"].as_array().into_iter().flatten();
    let skills = skills.filter_map(|skill| skill["id"].as_str()).map(str::to_owned).collect();
    let mut files = BTreeMap::new();
    for path in tree.paths()? {
        let file = Path::new(&path);
        if file.starts_with("items") && file.extension().is_some_and(|extension| extension == "json") {
            let text = String::from_utf8(tree.read(&path, LARGEST_FILE)?).map_err(|_| {
                Error::invalid("pack.form", format!("{path} is not UTF-8. Save it as UTF-8."))
            })?;
            files.insert(path, text);
        }
    }
    Ok(faults_in_files(files.iter().map(|(path, text)| (path.as_str(), text.as_str())), &skills, seeds))
}

/// The faults of the item files of one pack: `files` are names and texts of `items/*.json`, `skills` the ids of
/// `skills.json`. No faults means that every item parses and that every template gave `seeds` good variants.
pub fn faults_in_files<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a str)>,
    skills: &BTreeSet<String>,
    seeds: u64,
) -> Vec<ItemFault> {
    let mut faults = Vec::new();
    let mut homes: BTreeMap<String, &str> = BTreeMap::new();
    for (name, text) in files {
        let items = match read_file(text) {
            Ok(items) => items,
            Err(detail) => {
                faults.push(ItemFault::new(name, FaultKind::WrongForm, detail));
                continue;
            }
        };
        for (place, written) in items.into_iter().enumerate() {
            match Item::read(written) {
                Ok(item) => {
                    if let Some(home) = homes.insert(item.id().to_owned(), name) {
                        let detail =
                            format!("its id stands in {home} and again in {name}; ids are unique in a pack");
                        faults.push(ItemFault::new(item.id(), FaultKind::BadId, detail));
                    }
                    faults.extend(item_faults(&item, skills, seeds));
                }
                Err(fault) if fault.item == "?" => {
                    let place = format!("{name}, number {}", place + 1);
                    faults.push(ItemFault { item: place, ..fault });
                }
                Err(fault) => faults.push(fault),
            }
        }
    }
    faults
}

/// The items of a file `{ "items": [ … ] }`.
fn read_file(text: &str) -> std::result::Result<Vec<Json>, String> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        items: Vec<Json>,
    }
    serde_json::from_str::<File>(text)
        .map(|file| file.items)
        .map_err(|e| format!("the file can't be read: {e}"))
}

/// The faults of one item; of a template over `seeds` seeds, each kind of fault once with its first seed.
pub fn item_faults(item: &Item, skills: &BTreeSet<String>, seeds: u64) -> Vec<ItemFault> {
    let seeds = if item.is_template() { seeds } else { 1 };
    let mut faults: Vec<ItemFault> = Vec::new();
    let mut different = BTreeSet::new();
    for seed in 0..seeds {
        let found = match item.draw(seed) {
            Ok(drawn) => {
                let mut found = variant_faults(&drawn.variant, skills);
                if drawn.failed_verify {
                    found.push((
                        FaultKind::NotVerified,
                        "`verify` is false for a draw that `where` lets through".to_owned(),
                    ));
                }
                if different.len() < FEWEST_VARIANTS {
                    different.insert(appearance(drawn.variant));
                }
                found
            }
            Err(fault) => {
                faults.push(fault);
                return faults;
            }
        };
        for (kind, detail) in found {
            if !faults.iter().any(|fault| fault.kind == kind) {
                let detail = if item.is_template() { format!("{detail} (seed {seed})") } else { detail };
                faults.push(ItemFault::new(item.id(), kind, detail));
            }
        }
    }
    if item.is_template() && different.len() < FEWEST_VARIANTS {
        let detail = format!(
            "only {} different variants; widen the params until there are {FEWEST_VARIANTS}",
            different.len()
        );
        faults.push(ItemFault::new(item.id(), FaultKind::FewVariants, detail));
    }
    faults
}

/// What a student sees and what is right, whatever the order of options.
fn appearance(mut variant: Variant) -> String {
    variant.seed = 0;
    for list in variant.question.lists_mut() {
        list.sort_by(|a, b| a.id.cmp(&b.id));
    }
    let shown = (&variant.question, &variant.common.stem);
    serde_json::to_string(&shown).unwrap_or_default()
}
