//! Numbers that are good to know: they make no pack better or worse.

use std::collections::{BTreeMap, BTreeSet};

use super::findings::Findings;
use super::media::is_video;
use super::pack::{Pack, Seen, ending};

const HERE: &str = "pack";

/// Tells them.
pub(super) fn tell(pack: &Pack, seen: &Seen, findings: &mut Findings) {
    size(pack, findings);
    minutes(seen, findings);
    counts(pack, findings);
    coverage(pack, findings);
    let guesses = seen.asked.iter().filter(|asked| asked.is_guess).count();
    if guesses > 0 {
        let message = format!("{guesses} of {} questions have a guessed difficulty.", seen.asked.len());
        findings.say("I-305", HERE, message);
    }
    if let Some(first) = seen.strange.first() {
        let message = format!(
            "{} files are of kinds that were not looked into, {first} the first of them.",
            seen.strange.len()
        );
        findings.say("I-307", HERE, message);
    }
}

fn size(pack: &Pack, findings: &mut Findings) {
    let mut kinds: BTreeMap<&str, u64> = BTreeMap::new();
    for (path, size) in &pack.sizes {
        *kinds.entry(kind(path)).or_default() += size;
    }
    let mut kinds: Vec<(&str, u64)> = kinds.into_iter().collect();
    kinds.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let parts: Vec<String> =
        kinds.iter().map(|(kind, size)| format!("{kind} {}", people_size(*size))).collect();
    findings.say(
        "I-301",
        HERE,
        format!("{} in all: {}.", people_size(pack.contents.bytes), parts.join(", ")),
    );
}

fn kind(path: &str) -> &'static str {
    match (path.split('/').next().unwrap_or_default(), ending(path).as_str()) {
        ("items", _) => "questions",
        ("apps", _) => "apps",
        ("books", _) => "books",
        ("pages", _) => "pages",
        (_, "png" | "jpg" | "jpeg" | "gif" | "webp" | "svg") => "pictures",
        (_, "pdf") => "documents",
        (_, ending) if is_video(ending) => "video",
        (_, ending) if super::media::is_played(ending) => "sound",
        _ => "the rest",
    }
}

/// Kilobytes, rounded up; megabytes from ten on.
fn people_size(bytes: u64) -> String {
    if bytes >= 10 << 20 { format!("{} MB", bytes >> 20) } else { format!("{} KB", bytes.div_ceil(1024)) }
}

fn minutes(seen: &Seen, findings: &mut Findings) {
    let sum = |wanted: bool| -> f64 {
        seen.seconds
            .iter()
            .filter(|(path, _)| is_video(&ending(path)) == wanted)
            .map(|(_, seconds)| seconds / 60.0)
            .sum()
    };
    let (video, sound) = (sum(true), sum(false));
    if video + sound > 0.0 {
        findings.say("I-302", HERE, format!("{video:.1} minutes of video, {sound:.1} minutes of sound."));
    }
}

fn counts(pack: &Pack, findings: &mut Findings) {
    let has = &pack.contents;
    let message = format!(
        "{} lessons, {} activities, {} questions, {} templates, {} skills.",
        has.lessons, has.activities, has.items, has.templates, has.skills
    );
    findings.say("I-303", HERE, message);
}

/// How far the skills name their places in syllabuses. What a place is called is the business of the syllabus: a name,
/// or an object with its `framework`.
fn coverage(pack: &Pack, findings: &mut Findings) {
    if pack.skills.is_empty() {
        return;
    }
    let placed = pack.skills.iter().filter(|skill| !skill.aligns_to.is_empty()).count();
    let all = pack.skills.iter().flat_map(|skill| &skill.aligns_to).chain(&pack.manifest.curriculum);
    let frameworks: BTreeSet<&str> = all.filter_map(|place| place["framework"].as_str()).collect();
    let mut message = format!("{placed} of {} skills name a place in a syllabus", pack.skills.len());
    if !frameworks.is_empty() {
        let names: Vec<&str> = frameworks.into_iter().collect();
        message = format!("{message} ({})", names.join(", "));
    }
    findings.say("I-304", HERE, message + ".");
}
