//! `pack.json`: licences, what a good pack says of itself, and circles of one pack.

use super::findings::Findings;
use super::pack::Pack;

const HERE: &str = "pack.json";
/// Words that people write where they know no licence.
const NO_LICENCE: [&str; 5] = ["", "unknown", "none", "noassertion", "proprietary"];

/// Looks at it.
pub(super) fn look(pack: &Pack, findings: &mut Findings) {
    licences(pack, findings);
    wanted_fields(pack, findings);
    let manifest = &pack.manifest;
    let itself = manifest.depends_on.iter().map(|dependency| &dependency.id).chain(&manifest.conflicts);
    if itself.chain(&manifest.replaces).any(|id| *id == manifest.id) {
        findings.say(
            "F-008",
            HERE,
            "the pack depends on itself, or stands against itself; take its own id out.",
        );
    }
}

fn licences(pack: &Pack, findings: &mut Findings) {
    let manifest = &pack.manifest;
    match licence_trouble(&manifest.licence) {
        Some(trouble) => findings.say(
            "E-104",
            HERE,
            format!("`licence` {trouble}; name it as SPDX does, such as CC-BY-4.0."),
        ),
        None => {
            for clash in clashes(&manifest.licence, manifest.commercial_use, manifest.derivatives) {
                findings.say(
                    "E-104",
                    HERE,
                    format!("`licence` is {}, and `{clash}` is true; mend one of them.", manifest.licence),
                );
            }
        }
    }
    for (path, own) in &manifest.file_licences {
        if !pack.has(path) {
            findings.say(
                "E-101",
                HERE,
                format!(
                    "`fileLicences` names {path}, which is not in the pack; add the file or mend the name."
                ),
            );
            continue;
        }
        if let Some(trouble) = licence_trouble(&own.licence) {
            findings.say(
                "E-104",
                path,
                format!("its licence {trouble}; name it as SPDX does, or take the file out."),
            );
        }
        for clash in clashes(&own.licence, manifest.commercial_use, manifest.derivatives) {
            let message = format!(
                "its licence is {}, and `{clash}` of the pack is true; take the file out, or say false.",
                own.licence
            );
            findings.say("E-104", path, message);
        }
    }
    let asks_for_names = |licence: &str| licence.to_ascii_uppercase().starts_with("CC-BY");
    if asks_for_names(&manifest.licence) && manifest.attribution.trim().is_empty() {
        findings.say("E-104", HERE, "the licence asks for the names of the authors; fill in `attribution`.");
    }
}

/// Why a text is no licence, as the end of a sentence. Every name of SPDX has this shape, and so has `LicenseRef-…` for
/// one that it does not know.
fn licence_trouble(licence: &str) -> Option<String> {
    let licence = licence.trim();
    if NO_LICENCE.contains(&licence.to_ascii_lowercase().as_str()) {
        return Some("is not known".to_owned());
    }
    let plain = licence.replace(['(', ')'], " ");
    let words: Vec<&str> = plain.split_whitespace().collect();
    let is_name = |word: &&str| {
        word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'+' | b':'))
    };
    let is_joint = |word: &&str| matches!(*word, "AND" | "OR" | "WITH");
    let fits = words
        .iter()
        .enumerate()
        .all(|(place, word)| if place % 2 == 1 { is_joint(word) } else { is_name(word) });
    (!fits || words.len().is_multiple_of(2)).then(|| format!("“{licence}” is not a name of SPDX"))
}

/// Permissions that a licence does not give, of those that are claimed.
fn clashes(licence: &str, commercial: bool, derivatives: bool) -> Vec<&'static str> {
    let parts: Vec<String> = licence.split(['-', ' ']).map(str::to_ascii_uppercase).collect();
    let has = |part: &str| parts.iter().any(|known| known == part);
    let mut found = Vec::new();
    if commercial && has("NC") {
        found.push("commercialUse");
    }
    if derivatives && has("ND") {
        found.push("derivatives");
    }
    found
}

/// Fields that nothing depends on, and a good pack has.
fn wanted_fields(pack: &Pack, findings: &mut Findings) {
    let manifest = &pack.manifest;
    let is_blank = |value: &Option<serde_json::Value>| {
        value.as_ref().and_then(serde_json::Value::as_object).is_none_or(serde_json::Map::is_empty)
    };
    let mut missing = Vec::new();
    if manifest.subjects.is_empty() {
        missing.push("subjects");
    }
    // A pack for teachers is for all ages.
    if pack.is_for_students() {
        if manifest.grades.is_empty() {
            missing.push("grades");
        }
        if manifest.age_min.is_none() || manifest.age_max.is_none() {
            missing.push("ageMin, ageMax");
        }
    }
    for (field, value) in [
        ("accessibility", &manifest.accessibility),
        ("safety", &manifest.safety),
        ("provenance", &manifest.provenance),
    ] {
        if is_blank(value) {
            missing.push(field);
        }
    }
    for field in ["authors", "contact"] {
        let is_empty = match field {
            "authors" => manifest.authors.iter().all(|name| name.trim().is_empty()),
            _ => manifest.contact.trim().is_empty(),
        };
        if is_empty {
            missing.push(field);
        }
    }
    for field in missing {
        findings.say("W-213", HERE, format!("`{field}` is missing; fill it in, so that a teacher can tell whom the pack is for and where it comes from."));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_is_a_name_of_spdx_and_gives_what_is_claimed() {
        for good in [
            "CC-BY-4.0",
            "CC0-1.0",
            "MIT OR Apache-2.0",
            "LicenseRef-Ministry",
            "(GPL-2.0-only WITH Classpath-exception-2.0)",
        ] {
            assert_eq!(licence_trouble(good), None, "{good}");
        }
        for bad in ["", "Unknown", "all rights reserved", "CC BY 4.0", "MIT OR", "ask Ama"] {
            assert!(licence_trouble(bad).is_some(), "{bad}");
        }
        assert_eq!(clashes("CC-BY-NC-ND-4.0", true, true), ["commercialUse", "derivatives"]);
        assert!(clashes("CC-BY-NC-SA-4.0", false, true).is_empty());
        assert!(clashes("CC-BY-SA-4.0", true, true).is_empty());
    }
}
