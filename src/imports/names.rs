//! Names of things that are wrapped: what people read, what stands in a path, what is an id, and what comes first.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::packs::path_key;

/// Characters of a title in a manifest.
const LONGEST_TITLE: usize = 80;
/// Bytes of the part of a path that comes from a name, so that folder and ending have room beside it.
const LONGEST_STEM: usize = 80;
/// Characters of an id that come from a name; the rest of the 64 is for a number.
const LONGEST_SLUG: usize = 40;

/// A name without its ending.
pub(super) fn stem(name: &str) -> &str {
    let name = name.rsplit('/').next().unwrap_or(name);
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && !ending.is_empty() && ending.len() <= 10 => stem,
        _ => name,
    }
}

/// What people read in place of a file's name: `03_water-cycle.mp4` is *water-cycle*.
pub(super) fn title_of_file(name: &str) -> String {
    title_of_folder(stem(name))
}

/// What people read in place of a folder's name.
pub(super) fn title_of_folder(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    let words = name.replace('_', " ");
    clean_title(without_number(&words)).unwrap_or_else(|| clean_title(name).unwrap_or_else(|| "?".to_owned()))
}

/// Takes away a number that only puts files in order: `03 - `, `1. `, `02) `; not the 3 of *3 little pigs*.
fn without_number(name: &str) -> &str {
    let name = name.trim();
    let digits = name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = name.split_at(digits);
    let bare = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '.' | ')' | '–'));
    let is_marked = rest.trim_start().starts_with(['-', '.', ')', '–']);
    let is_order =
        digits > 0 && digits <= 3 && (is_marked || number.starts_with('0') && bare.len() < rest.len());
    if is_order && bare.starts_with(char::is_alphabetic) { bare } else { name }
}

/// One line without control characters, as long as a title may be; `None` where nothing is left.
pub(super) fn clean_title(text: &str) -> Option<String> {
    shorten(text, LONGEST_TITLE)
}

/// One line without control characters, of at most `longest` characters; `None` where nothing is left.
pub(super) fn shorten(text: &str, longest: usize) -> Option<String> {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= longest {
        return (!line.is_empty()).then_some(line);
    }
    let cut: String = line.chars().take(longest - 1).collect();
    Some(cut.trim_end().to_owned() + "…")
}

/// An id made of a name: lower case letters, digits and `-`; empty where the name has none of them.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') && !matches!(c, '\'' | '’') {
            slug.push('-');
        }
        if slug.len() >= LONGEST_SLUG {
            break;
        }
    }
    slug.trim_matches('-').to_owned()
}

/// A name as it may stand in a path: letters of any script stay.
pub(super) fn path_part(name: &str) -> String {
    let mut part = String::new();
    for c in name.nfc() {
        if part.len() + c.len_utf8() > LONGEST_STEM {
            break;
        }
        if c.is_alphanumeric() || c == '_' {
            part.push(c);
        } else if !part.is_empty() && !part.ends_with('-') {
            part.push('-');
        }
    }
    part.trim_matches('-').to_owned()
}

/// Gives every name once.
#[derive(Default)]
pub(super) struct Unique(BTreeSet<String>);

impl Unique {
    /// `wanted`, or `wanted-2`, `wanted-3`…; `other` stands in for an empty name.
    pub(super) fn take(&mut self, wanted: &str, other: &str) -> String {
        let wanted = if wanted.is_empty() { other } else { wanted };
        let mut name = wanted.to_owned();
        let mut number = 1_u32;
        while !self.0.insert(path_key(&name)) {
            number += 1;
            name = format!("{wanted}-{number}");
        }
        name
    }
}

/// The order that people expect: `2` before `10`, capitals beside small letters.
pub(super) fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        match (next_run(&mut left), next_run(&mut right)) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(x), Some(y)) => {
                let order = compare_runs(x, y);
                if order.is_ne() {
                    return order;
                }
            }
        }
    }
}

/// Takes the next run of digits, or one other character.
fn next_run<'a>(text: &mut &'a str) -> Option<&'a str> {
    let first = text.chars().next()?;
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (run, rest) = text.split_at(if digits > 0 { digits } else { first.len_utf8() });
    *text = rest;
    Some(run)
}

fn compare_runs(x: &str, y: &str) -> Ordering {
    let is_number = |run: &str| run.starts_with(|c: char| c.is_ascii_digit());
    if is_number(x) && is_number(y) {
        let (x, y) = (x.trim_start_matches('0'), y.trim_start_matches('0'));
        return x.len().cmp(&y.len()).then_with(|| x.cmp(y));
    }
    // The stroke comes before everything, so that what lies in one folder stays together.
    let weight = |run: &str| if run == "/" { String::new() } else { run.to_lowercase() };
    weight(x).cmp(&weight(y))
}

/// A language as BCP 47 wants it: `en`, `pt-BR`; `None` for what is none.
pub(super) fn language_tag(text: &str) -> Option<String> {
    let text = text.trim().replace('_', "-");
    let (first, rest) = text.split_at(text.find('-').unwrap_or(text.len()));
    let first = Some(first).filter(|first| matches!(first.len(), 2 | 3))?.to_ascii_lowercase();
    let fits = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let is_tag =
        text.len() <= 35 && first.bytes().all(|b| b.is_ascii_lowercase()) && text.split('-').all(fits);
    (is_tag && first != "und").then(|| first + rest)
}

/// Languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 11] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"];

/// Whether a language is written from right to left.
pub(super) fn is_right_to_left(language: &str) -> bool {
    let first = language.split('-').next().unwrap_or(language);
    RIGHT_TO_LEFT.contains(&first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_what_people_would_call_it() {
        for (name, title) in [
            ("03_water-cycle.mp4", "water-cycle"),
            ("1. Getting started.md", "Getting started"),
            ("02) Goats.mp3", "Goats"),
            ("07 The well.mp4", "The well"),
            ("3 little pigs.mp4", "3 little pigs"),
            ("1984.txt", "1984"),
            ("a/b/Lesson 2", "Lesson 2"),
            ("Dr. Aminas song.ogg", "Dr. Aminas song"),
            ("الماء.pdf", "الماء"),
            ("__.mp3", "__"),
        ] {
            assert_eq!(title_of_file(name), title, "{name}");
        }
        assert_eq!(clean_title(&"x".repeat(100)).unwrap().chars().count(), 80);
    }

    #[test]
    fn paths_and_ids_are_made_of_what_they_may_be_made_of() {
        assert_eq!(slug("Émile's 2nd  Book!"), "emiles-2nd-book");
        assert_eq!(slug("الماء"), "");
        assert_eq!(path_part("الماء: 1/2?"), "الماء-1-2");
        let mut names = Unique::default();
        let taken: Vec<_> = ["a", "A", "", "a"].iter().map(|name| names.take(name, "file")).collect();
        assert_eq!(taken, ["a", "A-2", "file", "a-3"]);
    }

    #[test]
    fn files_come_in_the_order_that_people_expect() {
        let mut names = ["b/1.mp4", "10 x", "9 x", "B.mp4", "a", "b 2.mp4", "010 x", "A2"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(names, ["9 x", "010 x", "10 x", "a", "A2", "b/1.mp4", "b 2.mp4", "B.mp4"]);
    }

    #[test]
    fn languages_are_tags_or_nothing() {
        for (text, tag) in [
            ("en", Some("en")),
            ("EN_us", Some("en-us")),
            ("pt-BR", Some("pt-BR")),
            ("English", None),
            ("und", None),
            ("e1", None),
            ("en-", None),
            ("en-\u{1f410}", None),
        ] {
            assert_eq!(language_tag(text).as_deref(), tag, "{text}");
        }
        assert!(is_right_to_left("ar-EG") && !is_right_to_left("arn"));
    }
}
