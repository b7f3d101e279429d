//! Brings short answers into the form in which they are compared.
//!
//! The steps and their order stand in `docs/pack-format.md`, "Marking", and have a twin on the tablet.

use unicode_normalization::UnicodeNormalization;

use super::digits::ascii_digit;

/// Most characters of a short answer that are looked at.
const LONGEST: usize = 1_000;

/// What counts when two short answers are compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Strictness {
    /// `Lagos` and `lagos` differ.
    pub case_matters: bool,
    /// `école` and `ecole` differ.
    pub accents_matter: bool,
}

/// The comparable form of a short answer; `None` when it is empty or too long to be looked at.
pub(super) fn fold(text: &str, strictness: Strictness) -> Option<String> {
    if text.chars().nth(LONGEST).is_some() {
        return None;
    }
    let mut folded: String = text.nfkc().filter(|&c| !is_invisible(c)).map(plain_form).collect();
    if !strictness.case_matters {
        folded = folded.to_lowercase();
    }
    if !strictness.accents_matter {
        folded = folded.nfd().filter(|&c| !is_accent(c)).collect();
    }
    let folded = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    let without_stop = folded.strip_suffix(['.', '。', '।', '۔']).map_or("", str::trim_end);
    let folded = if without_stop.is_empty() { folded.as_str() } else { without_stop };
    (!folded.is_empty()).then(|| folded.to_owned())
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn plain_form(c: char) -> char {
    match c {
        '‘' | '’' | 'ʼ' => '\'',
        c => ascii_digit(c),
    }
}

/// Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic. Not every mark of Unicode: the vowel signs
/// of Indic scripts are marks too, and without them दिन (day) and दान (gift) would be one word.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_a_teacher_would_overlook() {
        let fold = |text: &str| fold(text, Strictness::default());
        for (a, b) in [
            ("  Ten\tSticks. ", "ten sticks"),
            ("ÉCOLE", "ecole"),
            ("l’eau", "l'eau"),
            ("१०", "10"),
            ("أحمـد", "احمد"),
            ("ﬁsh", "fish"),
        ] {
            assert_eq!(fold(a), fold(b), "{a}");
        }
        assert_ne!(fold("दिन"), fold("दान"));
        assert_eq!(fold(" \u{200b} "), None);
        assert_eq!(fold(&"a".repeat(1_001)), None);
        assert_eq!(fold(".").as_deref(), Some("."));
    }
}
