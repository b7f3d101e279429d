//! Is it written for the children whom it is for? Sentence length and long words, in the way that fits the script.

use super::alphabet::{Script, is_unspaced, script, scripts_of};
use super::findings::Findings;
use super::pack::{Pack, Seen};
use super::page::Prose;

/// Words that a text must have before its level says anything: Flesch and Kincaid took passages of a hundred.
const ENOUGH_WORDS: f64 = 100.0;
/// The same of a script without blanks between words.
const ENOUGH_LETTERS: f64 = 200.0;
/// A level is a rough thing (a standard error of about one and a half years): so much above the declared grade counts.
const TOLERANCE: f64 = 1.5;
/// Letters of a long word: more than six in English (Björnsson, "Läsbarhet", 1968). Languages that carry endings on the
/// word have longer ones for the same idea.
const LONG_IN_ENGLISH: usize = 7;
const LONG_IN_OTHERS: usize = 9;
/// Short vowels are not written, or are marks that are no letters here.
const LONG_WITHOUT_VOWELS: usize = 7;
/// Long words of a sentence up to which a text is for a grade, from grade 1 on (Anderson, "Lix and Rix: variations on a
/// little-known readability index", Journal of Reading 26, 1983).
const RIX: [f64; 12] = [0.2, 0.5, 0.8, 1.3, 1.8, 2.4, 3.0, 3.7, 4.5, 5.3, 6.2, 7.2];
/// Letters of a sentence, for scripts without blanks between words: about two to a word, at eight words for the first
/// grade and two more for each grade.
const LETTERS_OF_FIRST_GRADE: f64 = 24.0;
const LETTERS_OF_EACH_GRADE: f64 = 6.0;

/// What is counted in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Measure {
    sentences: f64,
    words: f64,
    long: f64,
    syllables: f64,
    letters: f64,
}

/// Compares a page that students read with the highest grade that the pack declares. Pages that are too short to say
/// anything are put together.
pub(super) fn look(pack: &Pack, place: &str, prose: &[Prose], seen: &mut Seen, findings: &mut Findings) {
    let measure = Measure::of(prose, &pack.manifest.language);
    match measure.level(&pack.manifest.language) {
        Some(level) => compare(pack, place, level, findings),
        None => seen.short.add(measure),
    }
}

/// Looks at all short pages together.
pub(super) fn conclude(pack: &Pack, seen: &Seen, findings: &mut Findings) {
    if let Some(level) = seen.short.level(&pack.manifest.language) {
        compare(pack, "pages", level, findings);
    }
}

fn compare(pack: &Pack, place: &str, level: f64, findings: &mut Findings) {
    let highest = pack.manifest.grades.iter().max();
    if let Some(grade) = highest.filter(|grade| level > f64::from(**grade) + TOLERANCE) {
        let message = format!(
            "reads like grade {level:.0}, and the pack is for grades up to {grade}; write shorter sentences and plainer words."
        );
        findings.say("W-202", place, message);
    }
}

impl Measure {
    /// Counts what stands in sentences.
    #[expect(clippy::cast_precision_loss, reason = "numbers of words of one page")]
    pub(super) fn of(prose: &[Prose], language: &str) -> Self {
        let long = long_from(language);
        let mut counted = Self::default();
        for sentence in
            prose.iter().filter(|prose| prose.in_sentences).flat_map(|prose| sentences(&prose.text))
        {
            counted.sentences += 1.0;
            for word in words(sentence) {
                let letters = word.chars().filter(|c| script(*c).is_some()).count();
                counted.words += 1.0;
                counted.letters += letters as f64;
                counted.long += f64::from(u8::from(letters >= long));
                counted.syllables += syllables(word) as f64;
            }
        }
        counted
    }

    fn add(&mut self, more: Self) {
        self.sentences += more.sentences;
        self.words += more.words;
        self.long += more.long;
        self.syllables += more.syllables;
        self.letters += more.letters;
    }

    /// The grade that a text is for; `None` when there is too little of it.
    pub(super) fn level(&self, language: &str) -> Option<f64> {
        let first = *scripts_of(language).first()?;
        if is_unspaced(first) {
            let mean = self.letters / self.sentences.max(1.0);
            let level = (mean - LETTERS_OF_FIRST_GRADE) / LETTERS_OF_EACH_GRADE + 1.0;
            return (self.letters >= ENOUGH_LETTERS).then(|| level.max(0.0));
        }
        if self.words < ENOUGH_WORDS {
            return None;
        }
        let rix = self.long / self.sentences;
        let passed = RIX.iter().filter(|limit| rix >= **limit).count();
        let by_words = f64::from(u8::try_from(passed).unwrap_or(u8::MAX));
        if !is_english(language) {
            return Some(by_words);
        }
        // Flesch and Kincaid (Kincaid and others, "Derivation of new readability formulas", 1975) knows syllables, too:
        // both must find a text hard.
        let by_syllables = 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59;
        Some(by_words.min(by_syllables.max(0.0)))
    }
}

fn is_english(language: &str) -> bool {
    language == "en" || language.starts_with("en-")
}

/// From how many letters on a word is a long one.
fn long_from(language: &str) -> usize {
    match scripts_of(language).first() {
        _ if is_english(language) => LONG_IN_ENGLISH,
        Some(Script::Arabic | Script::Hebrew) => LONG_WITHOUT_VOWELS,
        _ => LONG_IN_OTHERS,
    }
}

/// Cut at full stops of all scripts; a point between digits is none.
fn sentences(text: &str) -> Vec<&str> {
    let ends = |c: char| {
        matches!(
            c,
            '.' | '!'
                | '?'
                | '…'
                | ':'
                | '。'
                | '！'
                | '？'
                | '؟'
                | '۔'
                | '।'
                | '॥'
                | '።'
                | '։'
                | '។'
                | '။'
                | '།'
        )
    };
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| ends(*c)) {
        let after = at + c.len_utf8();
        let goes_on = c.is_ascii()
            && text[after..]
                .chars()
                .next()
                .is_some_and(|next| !next.is_whitespace() && !"\"'”’)*".contains(next));
        if !goes_on {
            found.push(&text[start..after]);
            start = after;
        }
    }
    found.push(&text[start..]);
    found.retain(|sentence| words(sentence).next().is_some());
    found
}

/// Pieces between blanks that have a letter.
fn words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence
        .split(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '/'))
        .filter(|word| word.chars().any(char::is_alphabetic))
}

/// Groups of vowels of an English word, without a silent e at its end.
fn syllables(word: &str) -> usize {
    let word: String = word.to_ascii_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut groups = 0;
    let mut before = false;
    for c in word.chars() {
        groups += usize::from(is_vowel(c) && !before);
        before = is_vowel(c);
    }
    let is_silent = word.ends_with('e') && !word.ends_with("le")
        || word.ends_with("es")
        || word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded");
    (groups - usize::from(is_silent && groups > 1)).max(1)
}
