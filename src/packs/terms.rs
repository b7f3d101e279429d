//! What speaks against putting a pack in its place, and what somebody agreed to.

use super::format::{Dependency, Manifest};
use super::version::Version;
use crate::error::{Error, Result};
use crate::ids::StaffId;

/// What was agreed to when a pack is put in its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Who did it; nobody at the command line.
    pub by: Option<StaffId>,
    /// An older version may take the place of a newer one.
    pub older: bool,
    /// It may come from somebody else than the version that is there, or have lost its signature.
    pub publisher_changed: bool,
    /// It may stand without packs that it needs.
    pub incomplete: bool,
    /// What the lint gave it, from `A` to `C`.
    pub grade: Option<char>,
    /// Codes of the faults that somebody was told of and accepted, such as `E-101`.
    pub accepted: Vec<String>,
}

/// Who vouches for a pack that is or was on the box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vouching<'a> {
    /// It came with the program.
    Program,
    /// Whoever holds the key of this id. A school knows the whole keys of the publishers that it trusts; of a stranger only the
    /// id, which another stranger could take.
    Key(&'a str),
    Nobody,
}

/// Everything that speaks against installing `offered` beside the packs that are `there`, and that the terms do not cover,
/// the gravest first. `before` vouched for the packs whose place it takes, `now` vouches for it.
pub(super) fn objections(
    offered: &Manifest,
    there: &[&Manifest],
    terms: &Terms,
    before: &[Vouching],
    now: Vouching,
) -> Vec<Error> {
    let mut found = Vec::new();
    let others = || there.iter().copied().filter(|other| other.id != offered.id);
    if let Some(circle) = circle(offered, &others().collect::<Vec<_>>()) {
        found.push(in_a_circle(&circle));
    }
    let rivals = others().filter(|other| {
        !offered.replaces.contains(&other.id)
            && (offered.conflicts.contains(&other.id) || other.conflicts.contains(&offered.id))
    });
    found.extend(rivals.map(|other| conflicts(offered, other)));
    if let Some(former) = there.iter().find(|one| one.id == offered.id)
        && !terms.older
        && Version::parse(&offered.version) < Version::parse(&former.version)
    {
        found.push(older(former, offered));
    }
    let is_other = |before: &Vouching| *before != Vouching::Nobody && *before != now;
    if !terms.publisher_changed && before.iter().any(is_other) {
        found.push(publisher_changed(offered));
    }
    let missing: Vec<&Dependency> =
        offered.depends_on.iter().filter(|needed| !others().any(|other| will_do(needed, other))).collect();
    if !terms.incomplete && !missing.is_empty() {
        found.push(needs_packs(offered, &missing));
    }
    found
}

/// Whether a pack is what another one needs: the same or a newer version of the same major version.
pub fn will_do(needed: &Dependency, there: &Manifest) -> bool {
    let (from, version) = (Version::parse(&needed.from), Version::parse(&there.version));
    needed.id == there.id
        && from.zip(version).is_some_and(|(from, version)| version >= from && version.major() == from.major())
}

/// The ids along a circle in which packs need each other, if `offered` closes one.
fn circle(offered: &Manifest, others: &[&Manifest]) -> Option<Vec<String>> {
    let mut way = vec![offered];
    let mut next = vec![0];
    let mut done: Vec<&str> = Vec::new();
    while let (Some(here), Some(number)) = (way.last().copied(), next.last_mut()) {
        let Some(needed) = here.depends_on.get(*number) else {
            done.push(&here.id);
            way.pop();
            next.pop();
            continue;
        };
        *number += 1;
        if needed.id == offered.id {
            let names = way.iter().map(|pack| pack.id.clone());
            return Some(names.chain([offered.id.clone()]).collect());
        }
        let found = others.iter().find(|other| other.id == needed.id);
        if let Some(other) = found.filter(|other| !done.contains(&&*other.id))
            && way.iter().all(|pack| pack.id != other.id)
        {
            way.push(other);
            next.push(0);
        }
    }
    None
}

fn title(manifest: &Manifest) -> &str {
    let words = manifest.title.get("en").or_else(|| manifest.title.values().next());
    words.map_or(&*manifest.id, String::as_str)
}

fn in_a_circle(circle: &[String]) -> Error {
    let circle = circle.join(" → ");
    let sentence = format!(
        "The pack has faults. F-008 pack.json: packs need each other in a circle: {circle}. Ask the publisher to take one of them out."
    );
    Error::invalid("pack.faults", sentence).with("faults", format!("F-008 pack.json: {circle}"))
}

fn conflicts(offered: &Manifest, other: &Manifest) -> Error {
    let sentence = format!(
        "{} can't be there beside {}. Remove {1} first, then try again. Results are kept.",
        title(offered),
        title(other)
    );
    Error::conflict("pack.conflicts", sentence).with("pack", &other.id).with("title", title(other))
}

fn older(former: &Manifest, offered: &Manifest) -> Error {
    let sentence = format!(
        "This is version {} of {}; the box has the newer version {} already. Nothing was changed.",
        offered.version,
        title(offered),
        former.version
    );
    Error::conflict("pack.older", sentence)
        .with("offered", &offered.version)
        .with("installed", &former.version)
}

fn publisher_changed(offered: &Manifest) -> Error {
    let sentence = format!(
        "{} was signed by somebody else before, or came with the program. Ask whoever gave it to you where it is from.",
        title(offered)
    );
    Error::conflict("pack.publisher-changed", sentence).with("title", title(offered))
}

fn needs_packs(offered: &Manifest, missing: &[&Dependency]) -> Error {
    let names: Vec<String> = missing.iter().map(|needed| format!("{} {}", needed.id, needed.from)).collect();
    let names = names.join(", ");
    let sentence = format!("{} needs other packs: {names}. Add those first.", title(offered));
    Error::conflict("pack.needs-packs", sentence).with("packs", names)
}

/// The first objection as a refusal.
///
/// # Errors
/// When there is any.
pub(super) fn refuse(objections: Vec<Error>) -> Result<()> {
    objections.into_iter().next().map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests;
