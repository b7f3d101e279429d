//! What a question asks for, how it is put to the index, and which words somebody may have meant.

use std::collections::BTreeSet;

use super::words::{Cut, words};

/// Words of a question that are looked for; what is beyond is left out.
const MOST_WORDS: usize = 8;
/// A word of a single letter is looked for as it is: as the beginning of a word it would find everything.
const SHORTEST_BEGINNING: usize = 2;
/// Other spellings of one word that are looked for besides.
const MOST_SPELLINGS: usize = 6;
/// From so many letters on one slip is forgiven, and from the second number on two: in a shorter word another letter
/// makes another word. The steps are those of Lucene's fuzzy queries ("AUTO") with one letter more, for names of three and
/// four letters are often one slip apart.
pub(super) const SHORTEST_MISSPELT: usize = 4;
const TWO_SLIPS_FROM: usize = 8;
/// From so many letters on a word keeps a triple of letters at its beginning or end, wherever two letters changed places.
const TWICE_FROM: usize = 5;
/// From so many letters on a slip is forgiven in a word that is not typed to its end.
const UNFINISHED_FROM: usize = 5;

/// Something that somebody looks for: a word, or a row of characters of a script without blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    /// As the index has it: one word, or the pairs of a row in their order.
    pub(super) words: Vec<String>,
    /// Whether words that begin with it will do, after those that are it.
    pub(super) begins: bool,
    /// Words of the index that may have been meant.
    pub(super) meant: Vec<String>,
}

impl Term {
    /// The word, if other spellings of it may be looked for.
    pub(super) fn may_be_misspelt(&self) -> Option<&str> {
        let [word] = self.words.as_slice() else { return None };
        let long_enough = slips(word.chars().count()) > 0 && word.chars().any(char::is_alphabetic);
        long_enough.then_some(word)
    }

    /// How many of `words`, from the first on, are what is looked for; 0 when they are not.
    pub(super) fn matches<'a>(&self, mut words: impl Iterator<Item = &'a str>) -> usize {
        if let [word] = self.words.as_slice() {
            let is_it = |other: &str| {
                other == word
                    || self.begins && other.starts_with(word)
                    || self.meant.iter().any(|meant| meant == other)
            };
            return usize::from(words.next().is_some_and(is_it));
        }
        let all = self.words.iter().all(|word| words.next() == Some(word));
        if all { self.words.len() } else { 0 }
    }
}

/// What somebody looks for, each once.
pub(super) fn terms(question: &str) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    let mut row = Vec::new();
    for word in words(question) {
        let begins = match word.cut {
            Cut::Whole => word.folded.chars().count() >= SHORTEST_BEGINNING,
            Cut::Alone => true,
            Cut::Pair | Cut::Tail => false,
        };
        let words = match word.cut {
            Cut::Pair => {
                row.push(word.folded);
                continue;
            }
            Cut::Tail => std::mem::take(&mut row),
            Cut::Whole | Cut::Alone => vec![word.folded],
        };
        if terms.len() < MOST_WORDS && terms.iter().all(|term| term.words != words) {
            terms.push(Term { words, begins, meant: Vec::new() });
        }
    }
    terms
}

/// How near a resource must come. In the order in which they are shown: titles before text, the word itself before words
/// that begin with it, and both before words that may have been meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    /// All words are in the title.
    InTitle,
    /// All words begin words of the title.
    BeginsInTitle,
    /// All words are there.
    InText,
    /// All words begin words that are there.
    BeginsInText,
    /// As the second, with other spellings.
    MeantInTitle,
    /// As the fourth, with other spellings.
    MeantInText,
    /// One of the words is there, or all pairs of a row.
    Some,
}

/// What is asked first; the others only when this finds little.
pub(super) const SURE: [Nearness; 4] =
    [Nearness::InTitle, Nearness::BeginsInTitle, Nearness::InText, Nearness::BeginsInText];

/// How the index is asked, in the language of FTS5. Each word stands in quotes, so that nothing that somebody types is
/// taken for a sign of that language. `None` where this nearness could find nothing that a nearer one has not.
pub(super) fn expression(terms: &[Term], nearness: Nearness) -> Option<String> {
    use Nearness::{BeginsInText, BeginsInTitle, InText, InTitle, MeantInText, MeantInTitle, Some as One};
    let useful = match nearness {
        InTitle | InText => !terms.is_empty(),
        BeginsInTitle | BeginsInText => terms.iter().any(|term| term.begins),
        MeantInTitle | MeantInText => terms.iter().any(|term| !term.meant.is_empty()),
        One => terms.len() > 1 || terms.iter().any(|term| term.words.len() > 1),
    };
    if !useful {
        return None;
    }
    let ask = |term: &Term| {
        if nearness == One && term.words.len() > 1 {
            let pairs: Vec<String> = term.words.iter().map(|pair| quoted(pair)).collect();
            return format!("({})", pairs.join(" AND "));
        }
        let end = if term.begins && !matches!(nearness, InTitle | InText) { "*" } else { "" };
        let mut ways = vec![quoted(&term.words.join(" ")) + end];
        if matches!(nearness, MeantInTitle | MeantInText | One) {
            ways.extend(term.meant.iter().map(|word| quoted(word)));
        }
        format!("({})", ways.join(" OR "))
    };
    let joint = if nearness == One { " OR " } else { " AND " };
    let asked = terms.iter().map(ask).collect::<Vec<_>>().join(joint);
    let in_title = matches!(nearness, InTitle | BeginsInTitle | MeantInTitle);
    Some(if in_title { format!("title : ({asked})") } else { asked })
}

/// How words are asked for that have some triples of letters in common with this one, a blank at both ends. Two letters
/// that changed places leave a short word no triple in common with itself; so it is asked for in these forms, too.
pub(super) fn triples(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut forms = vec![letters.clone()];
    if letters.len() < TWICE_FROM {
        forms.extend((1..letters.len()).map(|place| {
            let mut form = letters.clone();
            form.swap(place - 1, place);
            form
        }));
    }
    let mut triples = BTreeSet::new();
    for form in forms {
        let framed: Vec<char> = std::iter::once(' ').chain(form).chain([' ']).collect();
        triples.extend(framed.windows(3).map(|three| quoted(&three.iter().collect::<String>())));
    }
    triples.into_iter().collect::<Vec<_>>().join(" OR ")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Of some words of the index, those that may have been meant by `word`, the nearest first.
pub(super) fn nearest(word: &str, candidates: impl Iterator<Item = String>) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let forgiven = slips(letters.len());
    let mut near: Vec<(usize, bool, String)> = candidates
        .filter(|candidate| candidate != word)
        .filter_map(|candidate| {
            let other: Vec<char> = candidate.chars().collect();
            let Distances { whole, beginning } = distances(&letters, &other);
            let unfinished = letters.len() >= UNFINISHED_FROM && beginning < whole;
            let distance = if unfinished { beginning } else { whole };
            // A word that begins just so is found without any forgiving.
            (distance <= forgiven && distance > 0).then_some((distance, unfinished, candidate))
        })
        .collect();
    // In the order of the candidates where nothing tells them apart.
    near.sort_by_key(|(distance, unfinished, _)| (*distance, *unfinished));
    near.truncate(MOST_SPELLINGS);
    near.into_iter().map(|(.., candidate)| candidate).collect()
}

fn slips(letters: usize) -> usize {
    match letters {
        TWO_SLIPS_FROM.. => 2,
        SHORTEST_MISSPELT.. => 1,
        _ => 0,
    }
}

struct Distances {
    /// To the whole word.
    whole: usize,
    /// To that beginning of it which is nearest.
    beginning: usize,
}

/// How many letters must be put in, taken out, replaced, or change places with their neighbour to make one word of the
/// other (Damerau and Levenshtein, no letter touched twice).
fn distances(from: &[char], to: &[char]) -> Distances {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=to.len()).collect();
    for (row, letter) in from.iter().enumerate() {
        let mut here = vec![row + 1];
        for (column, other) in to.iter().enumerate() {
            let same = usize::from(letter != other);
            let mut least = (above[column] + same).min(above[column + 1] + 1).min(here[column] + 1);
            if row > 0 && column > 0 && from[row - 1] == *other && to[column - 1] == *letter {
                least = least.min(before[column - 1] + 1);
            }
            here.push(least);
        }
        before = std::mem::replace(&mut above, here);
    }
    let whole = above.last().copied().unwrap_or_default();
    Distances { whole, beginning: above.into_iter().min().unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn asked(question: &str, nearness: Nearness) -> Option<String> {
        expression(&terms(question), nearness)
    }

    #[test]
    fn what_is_typed_becomes_words_in_quotes_and_nothing_else() {
        for (question, expected) in [
            ("Tens", Some(r#"("tens"*)"#)),
            ("Tens tens TENS", Some(r#"("tens"*)"#)),
            ("a tens", Some(r#"("a") AND ("tens"*)"#)),
            ("tens OR title:x*", Some(r#"("tens"*) AND ("or"*) AND ("title"*) AND ("x")"#)),
            (r#"" NEAR("a" "b")"#, Some(r#"("near"*) AND ("a") AND ("b")"#)),
            ("水", Some(r#"("水"*)"#)),
            ("水循环", None),
            ("", None),
            ("?!*", None),
        ] {
            assert_eq!(asked(question, Nearness::BeginsInText).as_deref(), expected, "{question}");
        }
        assert_eq!(asked("水循环", Nearness::InText).as_deref(), Some(r#"("水循 循环")"#));
        assert_eq!(asked("水循环", Nearness::Some).as_deref(), Some(r#"("水循" AND "循环")"#));
        assert_eq!(asked("tens", Nearness::InTitle).as_deref(), Some(r#"title : (("tens"))"#));
        assert_eq!(asked("tens", Nearness::Some), None);
        assert_eq!(terms(&"word1 ".repeat(3)).len(), 1);
        assert_eq!(terms("a b c d e f g h i j").len(), MOST_WORDS);
    }

    #[test]
    fn words_that_may_have_been_meant_are_asked_for_last() {
        let mut terms = terms("gret fractoin");
        terms[1].meant = vec!["fraction".into(), "fractions".into()];
        assert_eq!(
            expression(&terms, Nearness::BeginsInText).as_deref(),
            Some(r#"("gret"*) AND ("fractoin"*)"#)
        );
        let meant = r#"("gret"*) AND ("fractoin"* OR "fraction" OR "fractions")"#;
        assert_eq!(expression(&terms, Nearness::MeantInText).as_deref(), Some(meant));
    }

    #[test]
    fn a_short_word_is_asked_for_with_its_letters_in_other_places() {
        assert!(triples("rian").contains(r#"" ra""#) && triples("rian").contains(r#""ain""#));
        assert_eq!(triples("water"), r#"" wa" OR "ate" OR "er " OR "ter" OR "wat""#);
    }

    #[test]
    fn slips_are_forgiven_in_long_words_only() {
        let known = [
            "fraction",
            "fractions",
            "tens",
            "ten",
            "photosynthesis",
            "multiplication",
            "كسور",
            "день",
            "hundred",
        ];
        for (typed, expected) in [
            ("fractoin", vec!["fraction", "fractions"]),
            ("fracton", vec!["fraction", "fractions"]),
            ("fractionss", vec!["fractions", "fraction"]),
            ("tems", vec!["tens"]),
            ("tem", vec![]),
            ("fotosynthesis", vec!["photosynthesis"]),
            ("photosint", vec!["photosynthesis"]),
            ("mutliplicaton", vec!["multiplication"]),
            ("multiplikashun", vec![]),
            ("hundret", vec!["hundred"]),
            ("كصور", vec!["كسور"]),
            ("дань", vec!["день"]),
            ("fraction", vec![]),
        ] {
            let found = nearest(typed, known.iter().map(|word| (*word).to_owned()));
            let found: Vec<_> = found
                .iter()
                .map(String::as_str)
                .filter(|word| *word != "fractions" || typed != "fraction")
                .collect();
            assert_eq!(found, expected, "{typed}");
        }
        for (word, may) in [("ten", false), ("tens", true), ("1234", false), ("循环", false)] {
            assert_eq!(terms(word)[0].may_be_misspelt().is_some(), may, "{word}");
        }
    }

    proptest! {
        #[test]
        fn one_slip_in_a_long_word_is_always_forgiven(word in "[a-z]{5,12}", place in 0_usize..12, slip in 0..4, letter in "[a-z]") {
            let mut typed: Vec<char> = word.chars().collect();
            let place = place % (typed.len() - 1);
            let letter = letter.chars().next().unwrap();
            match slip {
                0 => typed[place] = letter,
                1 => typed.insert(place, letter),
                2 => typed.swap(place, place + 1),
                _ => drop(typed.remove(place)),
            }
            let typed: String = typed.into_iter().collect();
            let found = nearest(&typed, std::iter::once(word.clone()));
            let without_forgiving = word.starts_with(&typed);
            prop_assert!(without_forgiving || found == [word]);
        }
    }
}
