//! Which question stands at which place, and how numbers from a tablet are read.

use sha2::{Digest, Sha256};

use super::body::{Spot, WHOLE};
use crate::ids::StudentId;

/// Seeds travel through JSON to JavaScript, which counts exactly up to here.
const SEED_BITS: u32 = 53;
/// A tablet that lay in a cupboard for a school year; a longer time tells of a wrong clock and nothing else.
const LONGEST_AGO: u64 = 400 * 24 * 60 * 60 * 1_000;
/// So many seeds are tried for numbers that the run does not have yet.
pub(super) const ATTEMPTS: u8 = 8;
/// Nobody goes through an activity more often; a greater number is not from our pages.
pub(super) const MOST_RUNS: u32 = 9_999;

/// The seed of the question at a place: the same on every box and every tablet, another one for each student and run.
///
/// `attempt` is 0, and counts on where a template is asked several times in a run and would give the same numbers again.
///
/// The first 53 bits of the SHA-256 of the student's 16 bytes, the three names, each followed by a zero byte, run and
/// place as 32 bits, high byte first, and `attempt` as one byte. It is no secret: it only keeps neighbours from having
/// the same numbers. This can never change, for answers hold their seeds.
pub(super) fn seed_for(student: StudentId, spot: &Spot, place: u32, attempt: u8) -> u64 {
    let mut hash = Sha256::new();
    hash.update(student.0);
    for name in [&spot.course, &spot.lesson, &spot.activity] {
        hash.update(name.as_bytes());
        hash.update([0]);
    }
    hash.update(spot.run.to_be_bytes());
    hash.update(place.to_be_bytes());
    hash.update([attempt]);
    let digest = hash.finalize();
    let first = digest.iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    first >> (u64::BITS - SEED_BITS)
}

/// Whether a seed is one that a box gives for that place.
pub(super) fn is_seed_of(seed: u64, student: StudentId, spot: &Spot, place: u32) -> bool {
    (0..ATTEMPTS).any(|attempt| seed == seed_for(student, spot, place, attempt))
}

/// The item at each place of an activity: an item that is asked three times takes three places.
pub(super) fn places<'a>(items: impl IntoIterator<Item = (&'a str, u32)>) -> impl Iterator<Item = &'a str> {
    items.into_iter().flat_map(|(item, count)| (0..count).map(move |_| item))
}

/// A score from 0 to 1 in thousandths; whatever is no such score counts as the nearest one, and no number as 0.
pub(super) fn thousandths(score: f64) -> u16 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped just before")]
    let score = (score.clamp(0.0, 1.0) * f64::from(WHOLE)).round() as u16;
    score
}

/// Why the numbers of a batch can't be taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NumberFault {
    /// There are none.
    None,
    /// Not from 1 to 2^53.
    Range(u64),
    /// Not the one after the last.
    Gap { expected: u64, found: u64 },
}

/// What is wrong with the numbers of a batch, if anything: they count upwards without gaps.
pub(super) fn fault_of_numbers(numbers: impl Iterator<Item = u64>) -> Option<NumberFault> {
    let mut expected = None;
    for n in numbers {
        if n == 0 || n > 1 << SEED_BITS {
            return Some(NumberFault::Range(n));
        }
        if let Some(expected) = expected.filter(|expected| *expected != n) {
            return Some(NumberFault::Gap { expected, found: n });
        }
        expected = Some(n + 1);
    }
    expected.is_none().then_some(NumberFault::None)
}

/// A text of at most `most` bytes, cut between two characters.
pub(super) fn cut(mut text: String, most: usize) -> String {
    if text.len() > most {
        let end = (0..=most).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text.truncate(end);
    }
    text
}

/// How long ago it was, as far as that can be believed.
pub(super) fn believable_ago(milliseconds: u64) -> u64 {
    milliseconds.min(LONGEST_AGO)
}

/// What somebody may still send, in bytes, as of a moment in milliseconds since the boot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Allowance {
    pub(super) left: u64,
    pub(super) at: u64,
}

/// What stands for the columns and keys beside an entry's body, in bytes.
pub(super) const ENTRY_COSTS: u64 = 64;
/// A student's answer takes some 200 bytes: a school year of them may come at once from a tablet that lay in a cupboard.
const MOST_OF_A_STUDENT: u64 = 8 << 20;
const STUDENT_AN_HOUR: u64 = 1 << 20;
/// Answers with tickets of another school, or of nobody: kept as far as they may be honest.
const MOST_OF_STRANGERS: u64 = 2 << 20;
const STRANGERS_AN_HOUR: u64 = 256 << 10;
const HOUR: u64 = 60 * 60 * 1_000;

/// What is allowed at `now` to a student, or to all strangers together.
pub(super) fn allowance(known: Option<&Allowance>, is_student: bool, now: u64) -> Allowance {
    let (most, an_hour) = if is_student {
        (MOST_OF_A_STUDENT, STUDENT_AN_HOUR)
    } else {
        (MOST_OF_STRANGERS, STRANGERS_AN_HOUR)
    };
    let Some(known) = known else { return Allowance { left: most, at: now } };
    let more = now.saturating_sub(known.at).saturating_mul(an_hour) / HOUR;
    // Of a wait too short for the next byte nothing is forgotten.
    let at = known.at.saturating_add(more.saturating_mul(HOUR).div_ceil(an_hour)).min(now);
    Allowance { left: known.left.saturating_add(more).min(most), at }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(run: u32) -> Spot {
        Spot { course: "org.example".into(), lesson: "tens".into(), activity: "try".into(), run }
    }

    #[test]
    fn seeds_are_written_in_stone() {
        // Kept answers name these: a change here would show every old answer beside another question.
        let student = StudentId([7; 16]);
        let seeds = [
            seed_for(student, &spot(1), 0, 0),
            seed_for(student, &spot(2), 0, 0),
            seed_for(student, &spot(1), 1, 0),
            seed_for(student, &spot(1), 0, 1),
        ];
        assert_eq!(
            seeds,
            [1_265_628_742_435_972, 5_576_238_216_604_733, 7_459_717_508_839_534, 943_007_762_635_366]
        );
        assert!(seeds.iter().all(|seed| *seed < 1 << 53));
        assert!(is_seed_of(seeds[3], student, &spot(1), 0));
        assert!(!is_seed_of(seeds[0], student, &spot(1), 1));
        assert!(!is_seed_of(seeds[0], StudentId([8; 16]), &spot(1), 0));
    }

    #[test]
    fn counts_become_places() {
        let asked = [("a", 1), ("t", 3), ("b", 1)];
        assert_eq!(places(asked).collect::<Vec<_>>(), ["a", "t", "t", "t", "b"]);
    }

    #[test]
    fn numbers_of_a_batch_count_upwards_without_gaps() {
        let last = 1 << 53;
        let gap = |expected, found| Some(NumberFault::Gap { expected, found });
        for (numbers, fault) in [
            (vec![1], None),
            (vec![41, 42, 43], None),
            (vec![last], None),
            (vec![], Some(NumberFault::None)),
            (vec![0, 1], Some(NumberFault::Range(0))),
            (vec![last, last + 1], Some(NumberFault::Range(last + 1))),
            (vec![u64::MAX], Some(NumberFault::Range(u64::MAX))),
            (vec![1, 3], gap(2, 3)),
            (vec![2, 1], gap(3, 1)),
            (vec![5, 5], gap(6, 5)),
        ] {
            assert_eq!(fault_of_numbers(numbers.iter().copied()), fault, "{numbers:?}");
        }
    }

    #[test]
    fn an_allowance_comes_back_by_the_hour_up_to_its_most() {
        let used_up = Allowance { left: 0, at: 1_000 };
        for (is_student, wait, left) in [
            (true, 0, 0),
            (true, HOUR, STUDENT_AN_HOUR),
            (true, HOUR / 2, STUDENT_AN_HOUR / 2),
            (true, 100 * HOUR, MOST_OF_A_STUDENT),
            (false, HOUR, STRANGERS_AN_HOUR),
            (false, u64::MAX - 1_000, MOST_OF_STRANGERS),
        ] {
            assert_eq!(allowance(Some(&used_up), is_student, 1_000 + wait).left, left, "{is_student} {wait}");
        }
        let mut waiting = used_up;
        for now in 1_000..2_000 {
            waiting = allowance(Some(&waiting), false, now);
        }
        assert!((70..=72).contains(&waiting.left), "short waits add up: {}", waiting.left);
        assert_eq!(allowance(None, true, 5), Allowance { left: MOST_OF_A_STUDENT, at: 5 });
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(cut("añb".to_owned(), 2), "a");
        assert_eq!(cut("añb".to_owned(), 4), "añb");
    }

    #[test]
    fn scores_of_any_kind_become_thousandths() {
        for (score, expected) in
            [(1.0, 1_000), (0.5, 500), (2.0 / 3.0, 667), (-3.0, 0), (7.0, 1_000), (f64::NAN, 0)]
        {
            assert_eq!(thousandths(score), expected, "{score}");
        }
    }
}
