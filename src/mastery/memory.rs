//! How long a skill that was once secure is remembered, and when it wants a review.
//!
//! FSRS-6 (github.com/open-spaced-repetition, parameters of its published default), of which only two grades are used: a
//! review is passed ("good") or not ("again"). The parameters were fitted to flash cards; for school skills they are a
//! starting point.

/// Days until recall falls to nine in ten, after the first time a skill is secure; `w[2]`.
const FIRST_STABILITY: f64 = 2.3065;
/// How hard remembering is at first, from 1 to 10: `w[4] − e^(2·w[5]) + 1`.
const FIRST_DIFFICULTY: f64 = 2.118_104;
/// The exponent of forgetting; `−w[20]`.
const DECAY: f64 = -0.1542;
/// Growth of stability by a passed review; `w[8]` to `w[10]`.
const GROWTH: [f64; 3] = [1.8722, 0.1666, 0.796];
/// Stability after a review that was not passed; `w[11]` to `w[14]`.
const LAPSE: [f64; 4] = [1.4835, 0.0614, 0.2629, 1.6483];
/// How much harder a lapse makes it; `2·w[6]`.
const HARDER: f64 = 6.0388;
/// A review falls due when recall is expected to fall under this.
const TARGET: f64 = 0.85;

/// What is believed about a student's memory of one skill, at the last review.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    stability: f64,
    difficulty: f64,
}

impl Default for Memory {
    /// When a skill turned secure.
    fn default() -> Self {
        Self { stability: FIRST_STABILITY, difficulty: FIRST_DIFFICULTY }
    }
}

impl Memory {
    /// The chance to remember after so many days, from 0 to 1.
    pub fn recall(&self, days: f64) -> f64 {
        libm::pow(1.0 + factor() * days.max(0.0) / self.stability, DECAY)
    }

    /// Days until the next review.
    pub fn due_after(&self) -> f64 {
        self.days_until(TARGET)
    }

    /// After a review that came so many days after the last.
    #[must_use]
    pub fn reviewed(&self, days: f64, passed: bool) -> Self {
        let Self { stability, difficulty } = *self;
        let forgotten = 1.0 - self.recall(days);
        if passed {
            let [scale, saturation, spacing] = GROWTH;
            let growth = libm::exp(scale)
                * (11.0 - difficulty)
                * libm::pow(stability, -saturation)
                * (libm::exp(spacing * forgotten) - 1.0);
            return Self { stability: stability * (1.0 + growth), difficulty };
        }
        let [scale, by_difficulty, by_stability, by_forgetting] = LAPSE;
        let left = scale
            * libm::pow(difficulty, -by_difficulty)
            * (libm::pow(stability + 1.0, by_stability) - 1.0)
            * libm::exp(by_forgetting * forgotten);
        let harder = difficulty + HARDER * (10.0 - difficulty) / 9.0;
        Self { stability: left.min(stability), difficulty: harder.clamp(1.0, 10.0) }
    }

    fn days_until(&self, recall: f64) -> f64 {
        self.stability / factor() * (libm::pow(recall, 1.0 / DECAY) - 1.0)
    }
}

/// So that after `stability` days nine in ten are remembered.
fn factor() -> f64 {
    libm::pow(0.9, 1.0 / DECAY) - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_those_of_the_reference() {
        // The test vector of the crate fsrs: a stability of one day, recall from 0.1 to 1.0.
        let memory = Memory { stability: 1.0, difficulty: 5.0 };
        let expected = [3_116_766.0, 34_793.0, 2_508.0, 387.0, 90.0, 27.0, 9.0, 3.0, 1.0, 1.0_f64];
        for (tenths, expected) in (1..=10).zip(expected) {
            let days = memory.days_until(f64::from(tenths) / 10.0).round().max(1.0);
            // The reference counts in single precision, which shows in millions of days.
            assert!((days - expected).abs() <= expected * 1e-5, "{tenths} tenths: {days}, not {expected}");
        }
    }

    #[test]
    fn reviews_that_are_passed_when_due_grow_from_days_to_a_month_to_half_a_year() {
        let mut memory = Memory::default();
        let mut gaps = Vec::new();
        for _ in 0..3 {
            let due = memory.due_after();
            assert!((memory.recall(due) - TARGET).abs() < 1e-9);
            gaps.push(due.round());
            memory = memory.reviewed(due, true);
        }
        assert_eq!(gaps, [4.0, 32.0, 181.0]);
    }

    #[test]
    fn a_review_that_is_not_passed_brings_the_next_one_nearer() {
        let memory = Memory::default().reviewed(4.0, true);
        let lapsed = memory.reviewed(30.0, false);
        assert!(lapsed.due_after() < memory.due_after());
        let again = lapsed.reviewed(lapsed.due_after(), true);
        assert!(again.due_after() > lapsed.due_after());
        // Who forgot once needs more reviews than who did not.
        assert!(again.due_after() < memory.reviewed(memory.due_after(), true).due_after());
    }
}
