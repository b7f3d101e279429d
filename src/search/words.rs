//! Text as words that can be compared: in the index, in what somebody types, and where hits are marked.
//!
//! One way of reading for all three, so that they can't disagree. Case, accents, the points of Arabic and Hebrew, digits
//! of other scripts and letters that a plain keyboard lacks make no difference. Scripts that write without spaces are cut
//! into overlapping pairs of characters, because only a dictionary could cut them into words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::items::ascii_digit;

/// Longer words are no words; what is beyond is left out, in the index as in a question.
const LONGEST: usize = 40;
/// An article is taken off only from a word of which so many letters stay.
const STAYS: usize = 3;
/// Prefixes with the article as Lucene's `ArabicStemmer` (light10 of Larkey, Ballesteros and Connell, 2007) has them.
const ARTICLES: [&str; 6] = ["وال", "بال", "كال", "فال", "لل", "ال"];

/// A word, and where it stands in the text that it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// In the form in which words are compared; never empty.
    pub(super) folded: String,
    /// Its first byte in the text.
    pub(super) start: usize,
    /// The byte after its last.
    pub(super) end: usize,
    /// How it was cut from the text.
    pub(super) cut: Cut,
}

/// How a word was cut from its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// Between blanks and signs.
    Whole,
    /// Two neighbouring characters of a script without spaces.
    Pair,
    /// A character of such a script that stands alone.
    Alone,
    /// The last character of such a row once more, so that every character begins a word.
    Tail,
}

/// The words of a text, in their order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut reader = Reader::default();
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        if c.is_ascii() {
            reader.take(c.to_ascii_lowercase(), start, end);
        } else if !is_invisible(c) {
            let forms = std::iter::once(c).nfkd().filter(|&form| !is_accent(form));
            for form in forms.flat_map(char::to_lowercase) {
                match plain_form(form) {
                    Plain::One(form) => reader.take(form, start, end),
                    Plain::Two(first, second) => {
                        reader.take(first, start, end);
                        reader.take(second, start, end);
                    }
                }
            }
        }
    }
    reader.end_row();
    reader.words
}

/// The words of a text with blanks between them, as the index takes them.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in words(text) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(&word.folded);
    }
    folded
}

#[derive(Default)]
struct Reader {
    words: Vec<Word>,
    /// Characters that belong together, each with its place.
    row: Vec<(char, usize, usize)>,
    /// Whether the row is of a script without spaces.
    dense: bool,
}

impl Reader {
    fn take(&mut self, c: char, start: usize, end: usize) {
        if !c.is_alphanumeric() && !is_combining_mark(c) {
            return self.end_row();
        }
        // A mark belongs to the letter before it, whatever script it is counted to.
        let dense = if is_combining_mark(c) && !self.row.is_empty() { self.dense } else { is_dense(c) };
        if dense != self.dense {
            self.end_row();
            self.dense = dense;
        }
        self.row.push((c, start, end));
    }

    fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        let (Some(&(_, start, _)), Some(&(last, last_start, end))) = (row.first(), row.last()) else {
            return;
        };
        if !self.dense {
            let whole: String = row.iter().take(LONGEST).map(|(c, ..)| *c).collect();
            let folded = without_article(&whole).to_owned();
            return self.words.push(Word { folded, start, end, cut: Cut::Whole });
        }
        for pair in row.windows(2) {
            let (Some(first), Some(second)) = (pair.first(), pair.last()) else { continue };
            let folded = [first.0, second.0].iter().collect();
            self.words.push(Word { folded, start: first.1, end: second.2, cut: Cut::Pair });
        }
        let cut = if row.len() == 1 { Cut::Alone } else { Cut::Tail };
        self.words.push(Word { folded: last.to_string(), start: last_start, end, cut });
    }
}

fn without_article(word: &str) -> &str {
    let bare = ARTICLES.iter().find_map(|article| word.strip_prefix(article));
    bare.filter(|bare| bare.chars().count() >= STAYS).unwrap_or(word)
}

/// Thai, Lao, Myanmar, Khmer, kana and Chinese characters. Korean puts blanks between words.
fn is_dense(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{a9e0}'..='\u{a9ff}'
        | '\u{aa60}'..='\u{aa7f}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Soft hyphens, marks of writing direction, joiners and the blanks of no width that some put between Khmer words.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic, the points under Indian letters. Vowel signs of
/// Indian scripts are no accents: without them दिन (day) and दान (gift) would be one word.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}'
        | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{93c}' | '\u{9bc}' | '\u{a3c}' | '\u{abc}' | '\u{b3c}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}')
}

enum Plain {
    One(char),
    Two(char, char),
}

/// A letter as it is typed where the keyboard has no better: hooked letters of Hausa and Ewe, forms of Arabic letters that
/// are mixed up everywhere, digits of other scripts.
fn plain_form(c: char) -> Plain {
    Plain::One(match c {
        'ß' => return Plain::Two('s', 's'),
        'æ' => return Plain::Two('a', 'e'),
        'œ' => return Plain::Two('o', 'e'),
        'þ' => return Plain::Two('t', 'h'),
        'ø' | 'ɔ' => 'o',
        'đ' | 'ð' | 'ɖ' | 'ɗ' => 'd',
        'ł' => 'l',
        'ı' | 'ɩ' => 'i',
        'ɓ' => 'b',
        'ƙ' => 'k',
        'ƴ' => 'y',
        'ɛ' | 'ə' | 'ǝ' => 'e',
        'ƒ' => 'f',
        'ɣ' => 'g',
        'ŋ' | 'ɲ' => 'n',
        'ʋ' | 'ʊ' => 'u',
        'ς' => 'σ',
        'ى' | 'ی' => 'ي',
        'ة' | 'ہ' => 'ه',
        'ک' => 'ك',
        'ٱ' => 'ا',
        other => ascii_digit(other),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_reader_takes_for_the_same_word_is_the_same_word() {
        for (a, b) in [
            ("École", "ecole"),
            ("ÇA", "ca"),
            ("Straße", "strasse"),
            ("ƙasa", "kasa"),
            ("Ɛdɔ", "edo"),
            ("đường", "duong"),
            ("ﬁsh", "fish"),
            ("ＡＢＣ１２", "abc12"),
            ("١٢", "12"),
            ("مُدَرِّسَة", "مدرسه"),
            ("أحمـد", "احمد"),
            ("الكسور", "كسور"),
            ("والكسور", "كسور"),
            ("क़लम", "कलम"),
            ("co\u{ad}op", "coop"),
            ("İstanbul", "istanbul"),
            ("ΟΔΟΣ", "οδος"),
        ] {
            assert_eq!(folded(a), folded(b), "{a}");
        }
        for (a, b) in [("दिन", "दान"), ("ten", "tens"), ("الم", "م")] {
            assert_ne!(folded(a), folded(b), "{a}");
        }
    }

    #[test]
    fn words_end_where_a_reader_sees_their_end() {
        for (text, expected) in [
            ("l’eau, don't: 3/4 ½!", "l eau don t 3 4 1 2"),
            ("  **x** ", "x"),
            ("विद्यालय में", "विद्यालय में"),
            ("水", "水"),
            ("水循环", "水循 循环 环"),
            ("H2O水", "h2o 水"),
            ("น้ำ\u{200b}ฝน", folded("น้ำฝน").as_str()),
            ("学校 school", "学校 校 school"),
            ("\"; DROP--", "drop"),
        ] {
            assert_eq!(folded(text), expected, "{text}");
        }
        assert_eq!(folded(&"a".repeat(100)).len(), LONGEST);
    }

    #[test]
    fn a_word_knows_its_place() {
        let text = "Les Élèves: 水循环";
        let places: Vec<(&str, Cut)> =
            words(text).iter().map(|word| (&text[word.start..word.end], word.cut)).collect();
        let expected = [
            ("Les", Cut::Whole),
            ("Élèves", Cut::Whole),
            ("水循", Cut::Pair),
            ("循环", Cut::Pair),
            ("环", Cut::Tail),
        ];
        assert_eq!(places, expected);
    }

    proptest! {
        #[test]
        fn every_place_can_be_cut_out_and_folding_twice_changes_nothing(text in "\\PC{0,60}") {
            for word in words(&text) {
                prop_assert!(text.get(word.start..word.end).is_some_and(|part| !part.is_empty()));
                prop_assert!(!word.folded.is_empty());
            }
            let once: Vec<String> =
                words(&text).into_iter().filter(|word| word.cut == Cut::Whole).map(|word| word.folded).collect();
            for word in once {
                prop_assert!(word.chars().all(|c| c.is_alphanumeric() || is_combining_mark(c)), "{word:?}");
            }
        }
    }
}
