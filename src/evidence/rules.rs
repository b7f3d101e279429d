//! Which question stands at which place, and how numbers from a tablet are read.

use sha2::{Digest, Sha256};

use super::body::{Spot, WHOLE};
use crate::ids::StudentId;

/// Seeds travel through JSON to JavaScript, which counts exactly up to here.
const SEED_BITS: u32 = 53;
/// A tablet that lay in a cupboard for a school year; a longer time tells of a wrong clock and nothing else.
const LONGEST_AGO: u64 = 400 * 24 * 60 * 60 * 1_000;
/// Nobody goes through an activity more often; a greater number is not from our pages.
pub(super) const MOST_RUNS: u32 = 9_999;

/// The seed of the question at a place: the same on every box and every tablet, another one for each student and run.
///
/// The first 53 bits of the SHA-256 of the student's 16 bytes, the three names, each followed by a zero byte, and run and
/// place as 32 bits, high byte first. It is no secret: it only keeps neighbours from having the same numbers.
/// This can never change, for answers hold their seeds.
pub fn seed_for(student: StudentId, spot: &Spot, place: u32) -> u64 {
    let mut hash = Sha256::new();
    hash.update(student.0);
    for name in [&spot.course, &spot.lesson, &spot.activity] {
        hash.update(name.as_bytes());
        hash.update([0]);
    }
    hash.update(spot.run.to_be_bytes());
    hash.update(place.to_be_bytes());
    let digest = hash.finalize();
    let first = digest.iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    first >> (u64::BITS - SEED_BITS)
}

/// The item at each place of an activity: an item that is asked three times takes three places.
pub fn places<'a>(items: impl IntoIterator<Item = (&'a str, u32)>) -> impl Iterator<Item = &'a str> {
    items.into_iter().flat_map(|(item, count)| (0..count).map(move |_| item))
}

/// A score from 0 to 1 in thousandths; whatever is no such score counts as the nearest one, and no number as 0.
pub(super) fn thousandths(score: f64) -> u16 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped just before")]
    let score = (score.clamp(0.0, 1.0) * f64::from(WHOLE)).round() as u16;
    score
}

/// How long ago it was, as far as that can be believed.
pub(super) fn believable_ago(milliseconds: u64) -> u64 {
    milliseconds.min(LONGEST_AGO)
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
        let seeds: Vec<u64> = (0..2)
            .flat_map(|place| [seed_for(student, &spot(1), place), seed_for(student, &spot(2), place)])
            .collect();
        assert_eq!(
            seeds,
            [7_665_906_261_329_093, 4_617_156_034_328_435, 7_017_096_890_175_326, 920_453_298_191_407]
        );
        assert!(seeds.iter().all(|seed| *seed < 1 << 53));
    }

    #[test]
    fn counts_become_places() {
        let asked = [("a", 1), ("t", 3), ("b", 1)];
        assert_eq!(places(asked).collect::<Vec<_>>(), ["a", "t", "t", "t", "b"]);
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
