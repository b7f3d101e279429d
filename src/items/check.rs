//! Finds the faults of the items of a pack before a student does.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::{FaultKind, ItemFault};
use super::inspect::variant_faults;
use super::item::Item;
use super::variant::Variant;

/// How many seeds of a template a check should try, from 0 on.
pub const SEEDS: u64 = 1_000;
/// Fewest different variants of a template.
const FEWEST_VARIANTS: usize = 20;

/// The faults of one item; of a template over `seeds` seeds, each kind of fault once with its first seed.
pub fn item_faults(item: &Item, skills: &BTreeSet<String>, seeds: u64) -> Vec<ItemFault> {
    let seeds = if item.is_template() { seeds } else { 1 };
    let mut faults: Vec<ItemFault> = Vec::new();
    let mut having: BTreeMap<FaultKind, u64> = BTreeMap::new();
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
                faults.push(ItemFault { in_all: seed == 0, ..fault });
                return faults;
            }
        };
        let kinds: BTreeSet<FaultKind> = found.iter().map(|(kind, _)| *kind).collect();
        for kind in kinds {
            *having.entry(kind).or_default() += 1;
        }
        for (kind, detail) in found {
            if !faults.iter().any(|fault| fault.kind == kind) {
                let detail = if item.is_template() { format!("{detail} (seed {seed})") } else { detail };
                faults.push(ItemFault::new(item.id(), kind, detail));
            }
        }
    }
    for fault in &mut faults {
        fault.in_all = having.get(&fault.kind) == Some(&seeds);
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
