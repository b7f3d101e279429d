//! Does a pack tell who or where a person is? Packs travel from hand to hand, and nobody can call them back.

use super::findings::Findings;
use super::pack::Pack;
use super::page::Prose;
use super::probe::exif::Traces;

/// Names that are set apart for examples and reach nobody (RFC 2606, RFC 6761).
const EXAMPLES: [&str; 7] =
    [".example", ".test", ".invalid", ".localhost", "example.com", "example.org", "example.net"];
/// Digits of a telephone number with its country: at least eight, at most fifteen (ITU-T E.164).
const FEWEST_DIGITS: usize = 8;
const MOST_DIGITS: usize = 15;
/// Words that stand after an age, in the languages of the screens.
const YEARS: [&str; 8] = ["years old", "year old", "years", "ans", "años", "anos", "سنوات", "سنة"];

/// The manifest: pictures of real children need a note of consent.
pub(super) fn look_at_manifest(pack: &Pack, findings: &mut Findings) {
    let Some(safety) = &pack.manifest.safety else { return };
    let has_note = safety["consent"].as_str().is_some_and(|note| !note.trim().is_empty());
    if safety["realChildren"] == true && !has_note {
        let message = "`safety` says that real children can be seen; write in `safety.consent` who agreed, and where it is kept.";
        findings.say("W-211", "pack.json", message);
    }
}

/// Texts: addresses, telephone numbers, full names with an age.
pub(super) fn look_at_prose(place: &str, prose: &[Prose], findings: &mut Findings) {
    for prose in prose {
        let text = &prose.text;
        for (what, found) in [
            ("an e-mail address", mail(text)),
            ("a telephone number", phone(text)),
            ("a full name and an age", person(text)),
        ] {
            if let Some(found) = found {
                let message = format!("{found} looks like {what}; take it out, or write a made-up one.");
                findings.say("W-211", place, message);
            }
        }
    }
}

/// Photos: what the camera wrote into them.
pub(super) fn look_at_photo(place: &str, traces: Traces, findings: &mut Findings) {
    if traces.place {
        findings.say("W-211", place, "holds the place where it was taken; save it again without these data.");
    }
    if traces.name {
        findings.say(
            "W-211",
            place,
            "holds the name of the photographer or owner; save it again without these data.",
        );
    }
}

fn mail(text: &str) -> Option<&str> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '@');
    text.split(|c: char| !is_part(c)).map(|word| word.trim_matches('.')).find(|word| {
        let Some((name, host)) = word.split_once('@') else { return false };
        let host = host.to_ascii_lowercase();
        let is_host = host.split_once('.').is_some_and(|(first, rest)| !first.is_empty() && rest.len() >= 2)
            && !host.contains('@');
        !name.is_empty() && is_host && !EXAMPLES.iter().any(|example| host.ends_with(example))
    })
}

/// Digits in groups that begin with a plus. Without it a number of a sum would be taken for one.
fn phone(text: &str) -> Option<&str> {
    text.match_indices('+').find_map(|(at, _)| {
        let rest = &text[at + 1..];
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')' | '\u{a0}');
        let end = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
        let number = rest[..end].trim_end_matches([' ', '.', '-', '(']);
        let digits = number.chars().filter(char::is_ascii_digit).count();
        // `3 + 12 345 678` is a sum.
        let touches = rest.starts_with(|c: char| c.is_ascii_digit() && c != '0');
        (touches && (FEWEST_DIGITS..=MOST_DIGITS).contains(&digits)).then(|| &text[at..=at + number.len()])
    })
}

/// `Amina Diallo, 9 years`: two names that begin with a capital, an age, a word for years.
fn person(text: &str) -> Option<&str> {
    let is_name = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase)
            && word.chars().all(|c| c.is_alphabetic() || c == '-')
    };
    text.match_indices(['(', ',']).find_map(|(at, _)| {
        let after = text[at + 1..].trim_start_matches([' ', ',']).trim_start_matches("aged ");
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let rest = after[digits..].trim_start_matches([' ', '-', '\u{a0}']);
        if !(1..=2).contains(&digits) || !YEARS.iter().any(|years| rest.starts_with(years)) {
            return None;
        }
        let before = text[..at].trim_end();
        let start =
            before.char_indices().rev().filter(|(_, c)| *c == ' ').nth(1).map_or(0, |(space, _)| space + 1);
        let name = &before[start..];
        let words: Vec<&str> = name.split(' ').collect();
        (words.len() == 2 && words.iter().all(|word| is_name(word))).then_some(name)
    })
}
