//! Who may do what, and what a name may look like.

use unicode_normalization::UnicodeNormalization;

use super::Role;

/// The longest name of a person or a class, in characters.
pub(super) const LONGEST_NAME: usize = 60;
/// The shortest password, in characters. Length is what counts: NIST SP 800-63B-4 asks for no mix of signs.
pub(super) const SHORTEST_PASSWORD: usize = 8;
/// The longest password, in bytes: Argon2 would take more, a person would not type it.
pub(super) const LONGEST_PASSWORD: usize = 200;
/// The languages of the screens.
pub const LANGUAGES: [&str; 4] = ["en", "es", "fr", "ar"];

const ANIMALS: [&str; 16] = [
    "fox", "owl", "cat", "dog", "hen", "goat", "cow", "frog", "bee", "bat", "ant", "elephant", "lion",
    "turtle", "fish", "monkey",
];
const COLOURS: usize = 6;

/// What somebody wants with a class or with a student of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// To see names, results, who is there; to let a student in.
    See,
    /// To change names, lists, badges.
    Change,
}

/// What comes of a wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Granted,
    /// They may know that it is there, and not do this.
    Refused,
    /// They may not even know that it is there.
    Hidden,
}

/// Whether a person of `role`, whose class it is or not, gets their wish.
pub(super) fn judge(role: Role, own: bool, wish: Wish) -> Verdict {
    match (role, own, wish) {
        (Role::Head, _, _) | (Role::Teacher, true, _) | (Role::Assistant, true, Wish::See) => {
            Verdict::Granted
        }
        (Role::Assistant, true, Wish::Change) | (Role::Student | Role::Technician, _, _) => Verdict::Refused,
        (Role::Teacher | Role::Assistant, false, _) => Verdict::Hidden,
    }
}

/// The staff role of that name.
pub(super) fn staff_role(name: &str) -> Option<Role> {
    Some(match name {
        "assistant" => Role::Assistant,
        "teacher" => Role::Teacher,
        "head" => Role::Head,
        "technician" => Role::Technician,
        _ => return None,
    })
}

/// The name of a staff role.
pub(super) fn role_name(role: Role) -> &'static str {
    match role {
        Role::Student => "student",
        Role::Assistant => "assistant",
        Role::Teacher => "teacher",
        Role::Head => "head",
        Role::Technician => "technician",
    }
}

/// What is wrong with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameProblem {
    Missing,
    Long,
    /// It holds characters that can't be seen and change how the text around them looks.
    Unreadable,
}

impl NameProblem {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Missing => "people.name-missing",
            Self::Long => "people.name-long",
            Self::Unreadable => "people.name-unreadable",
        }
    }

    pub(super) fn sentence(self) -> &'static str {
        match self {
            Self::Missing => "A name is missing.",
            Self::Long => "A name has at most 60 characters.",
            Self::Unreadable => "A name holds a character that can't be shown. Type it again.",
        }
    }
}

/// A name as it is kept: composed (NFC), trimmed, one space between words.
pub(super) fn clean_name(text: &str) -> Result<String, NameProblem> {
    let name = text.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(NameProblem::Missing);
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(NameProblem::Long);
    }
    if name.chars().any(is_unseen) {
        return Err(NameProblem::Unreadable);
    }
    Ok(name)
}

/// Control characters, and those that turn the direction of all that follows. Joiners stay: Persian needs them.
fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFD}')
}

/// What two spellings of one name have in common.
pub(super) fn fold_name(name: &str) -> String {
    name.nfc()
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Sorts "Class 2" before "Class 10".
pub(super) fn class_order(name: &str) -> Vec<(bool, u64, String)> {
    let folded = fold_name(name);
    let mut parts = Vec::new();
    let mut rest = folded.as_str();
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (part, tail) = rest.split_at(end);
        parts.push((!digits, part.parse().unwrap_or(0), part.to_owned()));
        rest = tail;
    }
    parts
}

/// Whether a password may be one.
pub(super) fn is_password_long_enough(password: &str) -> bool {
    password.chars().count() >= SHORTEST_PASSWORD && password.len() <= LONGEST_PASSWORD
}

/// Whether the screens speak that language.
pub(super) fn is_language(code: &str) -> bool {
    LANGUAGES.contains(&code)
}

/// Whether there is such a drawing.
pub(super) fn is_avatar(name: &str) -> bool {
    name.split_once('-').is_some_and(|(animal, colour)| {
        ANIMALS.contains(&animal) && colour.len() == 1 && matches!(colour.as_bytes()[0], b'1'..=b'6')
    })
}

/// A drawing for a new student: the one that `seed` points at, or the next that nobody in the class has.
pub(super) fn choose_avatar(seed: u8, taken: impl Fn(&str) -> bool) -> String {
    let all = ANIMALS.len() * COLOURS;
    // Steps of 6·n+1 change the animal before the colour, and meet every drawing once (7 and 96 share no factor).
    let at = |step: usize| {
        let index = (usize::from(seed) + step * 7) % all;
        format!("{}-{}", ANIMALS[index / COLOURS], index % COLOURS + 1)
    };
    (0..all).map(at).find(|avatar| !taken(avatar)).unwrap_or_else(|| at(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_do_what() {
        use Verdict::{Granted, Hidden, Refused};
        let table = [
            // role, see own, change own, see other, change other
            (Role::Student, Refused, Refused, Refused, Refused),
            (Role::Assistant, Granted, Refused, Hidden, Hidden),
            (Role::Teacher, Granted, Granted, Hidden, Hidden),
            (Role::Head, Granted, Granted, Granted, Granted),
            (Role::Technician, Refused, Refused, Refused, Refused),
        ];
        for (role, see_own, change_own, see_other, change_other) in table {
            let verdicts =
                [(true, Wish::See), (true, Wish::Change), (false, Wish::See), (false, Wish::Change)]
                    .map(|(own, wish)| judge(role, own, wish));
            assert_eq!(verdicts, [see_own, change_own, see_other, change_other], "{role:?}");
        }
    }

    #[test]
    fn names_are_cleaned_or_refused_with_a_reason() {
        let long = "a".repeat(61);
        let table: &[(&str, Result<&str, NameProblem>)] = &[
            ("  Amina   Banda\t", Ok("Amina Banda")),
            ("Zoe\u{301}", Ok("Zo\u{e9}")),
            ("O'Brien-Ng\u{169}gi", Ok("O'Brien-Ng\u{169}gi")),
            ("\u{645}\u{631}\u{6CC}\u{645}\u{200C}", Ok("\u{645}\u{631}\u{6CC}\u{645}\u{200C}")),
            (&long[..60], Ok(&long[..60])),
            (&long, Err(NameProblem::Long)),
            (" \u{a0}\n", Err(NameProblem::Missing)),
            ("A\u{7}mina", Err(NameProblem::Unreadable)),
            ("Amina\u{202E}", Err(NameProblem::Unreadable)),
        ];
        for (text, expected) in table {
            assert_eq!(clean_name(text), expected.map(str::to_owned), "{text:?}");
        }
    }

    #[test]
    fn classes_sort_as_people_count() {
        let mut names = ["Class 10", "class 2", "Class 2b", "2 Red", "Baobab"];
        names.sort_by_cached_key(|name| class_order(name));
        assert_eq!(names, ["2 Red", "Baobab", "class 2", "Class 2b", "Class 10"]);
    }

    #[test]
    fn ninety_six_students_get_ninety_six_drawings() {
        let mut taken: Vec<String> = Vec::new();
        for _ in 0..96 {
            let avatar = choose_avatar(200, |name| taken.iter().any(|taken| taken == name));
            assert!(is_avatar(&avatar), "{avatar}");
            taken.push(avatar);
        }
        taken.sort_unstable();
        taken.dedup();
        assert_eq!(taken.len(), 96);
        for wrong in ["fox", "fox-0", "fox-7", "fox-11", "wolf-1", "", "-"] {
            assert!(!is_avatar(wrong), "{wrong}");
        }
    }
}
