//! Is it written in the language that it says? And can what runs the other way be read in its order?

use std::collections::BTreeMap;

use super::alphabet::{Script, is_rtl, script, scripts_of};
use super::findings::Findings;
use super::pack::Pack;
use super::page::Prose;
use crate::packs::Direction;

/// Letters that a text must have before its script says anything: names and signs are shorter.
const ENOUGH_LETTERS: usize = 40;
/// A title is short; its script is plain from a few letters.
const ENOUGH_OF_TITLE: usize = 3;

/// Titles, summaries and the declared direction.
pub(super) fn look_at_manifest(pack: &Pack, findings: &mut Findings) {
    const HERE: &str = "pack.json";
    let manifest = &pack.manifest;
    let scripts = scripts_of(&manifest.language);
    let wanted = scripts.iter().any(|script| is_rtl(*script) == (manifest.direction == Direction::Rtl));
    if !wanted {
        let way = if manifest.direction == Direction::Rtl { "left to right" } else { "right to left" };
        let message = format!("`language` {} is written from {way}; mend `direction`.", manifest.language);
        findings.say("W-209", HERE, message);
    }
    for (field, words) in [("title", &manifest.title), ("summary", &manifest.summary)] {
        for (language, text) in words {
            if let Some(found) = foreign(text, &scripts_of(language), ENOUGH_OF_TITLE) {
                let message = format!(
                    "`{field}` in {language} is written in {found:?} letters; mend the tag, or translate it."
                );
                findings.say("W-209", HERE, message);
            }
        }
    }
    // A title may be a name, the same everywhere; a summary in two languages can't be.
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for (language, text) in &manifest.summary {
        if let Some(other) = seen.insert(text.trim(), language) {
            let message =
                format!("`summary` is the same in {other} and {language}; translate it, or take one out.");
            findings.say("W-209", HERE, message);
        }
    }
}

/// The text of a page or of a file of questions, which says that it is written in `language`.
pub(super) fn look_at_prose(language: &str, place: &str, prose: &[Prose], findings: &mut Findings) {
    let text = prose.iter().map(|prose| prose.text.as_str());
    let letters: String = text.collect::<Vec<_>>().join(" ");
    if let Some(found) = foreign(&letters, &scripts_of(language), ENOUGH_LETTERS) {
        let message = format!(
            "most of it is written in {found:?} letters, and it should be in {language}; mend the tag, or translate it."
        );
        findings.say("W-209", place, message);
    }
    let spilled = prose.iter().filter(|prose| !prose.is_isolated).find_map(|prose| spill(&prose.text));
    if let Some(near) = spilled {
        let message = format!(
            "near “{near}” signs or numbers stand beside words of the other direction and will jump to their other side; \
             put U+2068 and U+2069 (or <bdi>) around those words."
        );
        findings.say("W-209", place, message);
    }
}

/// The script of more than half of the letters, where it is none of those wanted.
fn foreign(text: &str, wanted: &[Script], enough: usize) -> Option<Script> {
    let mut counts: BTreeMap<Script, usize> = BTreeMap::new();
    for found in text.chars().filter_map(script) {
        *counts.entry(found).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    let (most, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (all >= enough && count * 2 > all && !wanted.contains(&most)).then_some(most)
}

/// What the letters around a place run like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Ltr,
    Rtl,
}

/// A few letters around the first place where what is read would be in another order than what was written, by the
/// bidirectional algorithm (Unicode UAX 9): a number after words from right to left in a text from left to right, and a
/// sign that is part of a word from left to right (`C++`) in a text from right to left.
fn spill(text: &str) -> Option<String> {
    // Isolates and marks of direction show that somebody thought of it.
    if text.chars().any(|c| matches!(c, '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')) {
        return None;
    }
    let way = |c: char| script(c).map(|script| if is_rtl(script) { Way::Rtl } else { Way::Ltr });
    let base = text.chars().find_map(way)?;
    let letters: Vec<char> = text.chars().collect();
    let mut last = base;
    for (place, letter) in letters.iter().enumerate() {
        if let Some(found) = way(*letter) {
            last = found;
            continue;
        }
        let jumps = match (base, last) {
            // European numbers stay with the words before them.
            (Way::Ltr, Way::Rtl) => letter.is_ascii_digit(),
            (Way::Rtl, Way::Ltr) => {
                let touches = place
                    .checked_sub(1)
                    .and_then(|before| letters.get(before))
                    .is_some_and(|c| c.is_ascii_alphanumeric() || *c == *letter);
                let ends = letters
                    .get(place + 1)
                    .is_none_or(|next| way(*next) != Some(Way::Ltr) && !next.is_ascii_digit());
                matches!(letter, '+' | '#' | '*' | '%' | '=') && touches && ends
            }
            _ => false,
        };
        if jumps {
            let from = place.saturating_sub(12);
            return Some(letters.iter().skip(from).take(20).collect());
        }
    }
    None
}
