//! Can a key be guessed without knowing anything: from its place, its length, or because it is always true?

use serde_json::Value as Json;

use super::findings::Findings;
use super::questions::Asked;
use crate::items::{Block, OptionBlock, Question, Variant};

/// Questions below which a habit can't be told from chance.
const ENOUGH: usize = 20;
/// Of a hundred keys so many may stand at one place. With three options chance alone gives 33.
const MOST_AT_ONE_PLACE: usize = 40;
/// Of a hundred keys so many may be the plainly longest option: writers of tests make the right one longer, to be exact.
const MOST_LONGEST: usize = 40;
/// Of a hundred true-or-false questions so many may have the same answer.
const MOST_OF_ONE_TRUTH: usize = 70;
/// So much longer than the next one an option must be to be noticed: in hundredths, and in letters.
const PLAINLY_LONGER: usize = 125;
const FEWEST_LETTERS_LONGER: usize = 4;

/// What a key gives away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// Of a single choice.
    Single {
        /// Where it stands, of questions that keep their order; all others are shuffled.
        place: Option<usize>,
        /// Whether it is plainly the longest.
        longest: bool,
    },
    /// Of a true-or-false question.
    Truth(bool),
    /// Of another type.
    Other,
}

/// The key of a question.
pub(super) fn key(written: &Json, shown: &Variant) -> Key {
    match &shown.question {
        Question::Single { options, answer: Some(answer) } if options.len() > 2 => {
            let place = options
                .iter()
                .position(|option| option.id == *answer)
                .filter(|_| written["keepOrder"] == true);
            let length = |option: &OptionBlock| {
                option
                    .blocks
                    .iter()
                    .map(|block| match block {
                        Block::Paragraph(paragraph) => paragraph.p.chars().count(),
                        _ => 0,
                    })
                    .sum::<usize>()
            };
            let of_key = options.iter().find(|option| option.id == *answer).map_or(0, length);
            let of_next = options.iter().filter(|option| option.id != *answer).map(length).max().unwrap_or(0);
            let longest =
                of_key * 100 >= of_next * PLAINLY_LONGER && of_key >= of_next + FEWEST_LETTERS_LONGER;
            Key::Single { place, longest }
        }
        Question::TrueFalse { answer: Some(answer) } => Key::Truth(*answer),
        _ => Key::Other,
    }
}

/// Looks at all keys together.
pub(super) fn look(asked: &[Asked], findings: &mut Findings) {
    const HERE: &str = "items";
    let is_over = |part: usize, all: usize, most: usize| all >= ENOUGH && part * 100 > all * most;
    let places: Vec<usize> = asked
        .iter()
        .filter_map(|asked| match asked.key {
            Key::Single { place, .. } => place,
            _ => None,
        })
        .collect();
    for place in 0..places.iter().max().map_or(0, |last| last + 1) {
        let count = places.iter().filter(|known| **known == place).count();
        if is_over(count, places.len(), MOST_AT_ONE_PLACE) {
            let message = format!(
                "of {} questions that keep their order, {count} have the right option at place {}; move it about, or leave out `keepOrder`.",
                places.len(),
                place + 1
            );
            findings.say("W-207", HERE, message);
        }
    }
    let longest: Vec<bool> = asked
        .iter()
        .filter_map(|asked| match asked.key {
            Key::Single { longest, .. } => Some(longest),
            _ => None,
        })
        .collect();
    let count = longest.iter().filter(|longest| **longest).count();
    if is_over(count, longest.len(), MOST_LONGEST) {
        let message = format!(
            "in {count} of {} questions the right option is plainly the longest; write the others as fully.",
            longest.len()
        );
        findings.say("W-207", HERE, message);
    }
    let truths: Vec<bool> = asked
        .iter()
        .filter_map(|asked| match asked.key {
            Key::Truth(truth) => Some(truth),
            _ => None,
        })
        .collect();
    for truth in [true, false] {
        let count = truths.iter().filter(|known| **known == truth).count();
        if is_over(count, truths.len(), MOST_OF_ONE_TRUTH) {
            let message = format!(
                "{count} of {} true-or-false questions are {truth}; turn some of them round.",
                truths.len()
            );
            findings.say("W-207", HERE, message);
        }
    }
}
