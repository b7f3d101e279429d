//! The rating's arithmetic: an Elo-like update with variances of its own, aware of guessing.
//!
//! An answer is expected to be right with a chance that follows from four estimates: how able the student is in all, how
//! much more or less in this skill, how hard the skill is and how hard the item. What comes moves all four, each as far as
//! it was uncertain. The approximation of a logistic curve under a normal one, `1 + πV/8`, is `MacKay`'s (1992); the numbers
//! are the design's, searched on public data (`docs/mastery.md`).

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Where everybody starts: an answer to an item of medium difficulty is more often right than wrong.
const BASE: f64 = 0.8;
/// What practice with feedback teaches the first time, in logits;
const LEARNED: f64 = 0.3;
/// after so many answers it teaches half of that.
const LEARNED_HALVES: f64 = 1.0;
/// Who practises changes, so each answer makes the offset so much less certain again,
const DRIFT: f64 = 0.15;
/// but never less certain than at the beginning.
const WIDEST: f64 = 0.5;

/// What is believed about one quantity, in logits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The middle.
    pub mean: f64,
    /// The square of the spread; 0 for what is certain.
    pub variance: f64,
}

impl Estimate {
    /// A student of whom nothing is known.
    pub const ABILITY: Self = Self { mean: 0.0, variance: 1.0 };
    /// A student's lead in a skill in which nothing was seen.
    pub const OFFSET: Self = Self { mean: 0.0, variance: WIDEST };
    /// A skill or an item of which nobody knows how hard it is.
    pub const DIFFICULTY: Self = Self { mean: 0.0, variance: 1.0 };
    /// Where there is no single item, as with the sum of a paper test.
    pub const NO_ITEM: Self = Self { mean: 0.0, variance: 0.0 };

    fn move_by(&mut self, step: &Step, direction: f64) {
        self.mean += direction * self.variance * step.pull;
        self.variance -= self.variance * self.variance * step.shrink;
    }
}

/// Something that was seen of a student in one skill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// The share that was right, from 0 to 1.
    pub score: f64,
    /// Over how many equal questions.
    pub questions: f64,
    /// How far it is trusted, next to an answer on a tablet (1).
    pub weight: f64,
    /// The chance to be right by guessing, from 0 to below 1.
    pub guess: f64,
    /// Whether the student was told what was right, and so learned from it.
    pub feedback: bool,
}

impl Observation {
    /// An open answer in practice on a tablet, by which the others are measured.
    pub const fn practice(score: f64) -> Self {
        Self { score, questions: 1.0, weight: 1.0, guess: 0.0, feedback: true }
    }
}

/// A student's lead in one skill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Skill {
    /// How much more able in this skill than in all.
    pub offset: Estimate,
    /// How many questions were seen in it.
    pub seen: f64,
}

impl Default for Skill {
    fn default() -> Self {
        Self { offset: Estimate::OFFSET, seen: 0.0 }
    }
}

/// All that is believed before an observation.
pub(super) struct Beliefs<'a> {
    pub(super) ability: &'a mut Estimate,
    pub(super) student_in_skill: &'a mut Skill,
    pub(super) skill: &'a mut Estimate,
    pub(super) item: &'a mut Estimate,
}

/// How far an observation moves what was wholly uncertain.
struct Step {
    pull: f64,
    shrink: f64,
}

/// The score that is expected, then takes in the one that came.
pub(super) fn take(beliefs: Beliefs, observation: &Observation) -> f64 {
    let Beliefs { ability, student_in_skill, skill, item } = beliefs;
    let Skill { offset, seen } = student_in_skill;
    let x = BASE + ability.mean + offset.mean - skill.mean - item.mean;
    let variance = ability.variance + offset.variance + skill.variance + item.variance;
    let s = blurred(x, variance);
    let Observation { score, questions, weight, guess, feedback } = *observation;
    let predicted = guess + (1.0 - guess) * s;
    // At the far ends of the curve the spread underflows; there an answer teaches nothing.
    let spread = (predicted * (1.0 - predicted)).max(f64::MIN_POSITIVE);
    let slope = (1.0 - guess) * s * (1.0 - s);
    let surprise = slope * (score - predicted) / spread;
    let information = slope * slope / spread;
    let amount = weight * questions;
    let shared = 1.0 + variance * amount * information;
    let step = Step { pull: amount * surprise / shared, shrink: amount * information / shared };
    ability.move_by(&step, 1.0);
    offset.move_by(&step, 1.0);
    skill.move_by(&step, -1.0);
    item.move_by(&step, -1.0);
    if feedback {
        offset.mean += LEARNED / (1.0 + *seen / LEARNED_HALVES);
        offset.variance = (offset.variance + DRIFT).min(WIDEST);
    }
    *seen += questions;
    predicted
}

/// The score to reckon with when a question is chosen. The fully blurred curve would choose what is too easy for the strong,
/// the sharp one what is too hard for the weak, as long as little is known; half the spread suits both (simulated).
pub(super) fn expected(
    ability: Estimate,
    offset: Estimate,
    skill: Estimate,
    item: Estimate,
    guess: f64,
) -> f64 {
    let variance = (ability.variance + offset.variance + skill.variance + item.variance) / 2.0;
    guess + (1.0 - guess) * blurred(reached(ability, offset, skill) - item.mean, variance)
}

/// The chance that a student is right in a question of usual difficulty, without guessing.
pub(super) fn level(ability: Estimate, offset: Estimate, skill: Estimate) -> f64 {
    blurred(reached(ability, offset, skill), ability.variance + offset.variance)
}

/// How sure it is that this chance is at least `known_from`, from 0 to 1.
pub(super) fn confidence(ability: Estimate, offset: Estimate, skill: Estimate, known_from: f64) -> f64 {
    let needed = libm::log(known_from / (1.0 - known_from));
    let spread = (ability.variance + offset.variance).sqrt();
    below((reached(ability, offset, skill) - needed) / spread)
}

fn reached(ability: Estimate, offset: Estimate, skill: Estimate) -> f64 {
    BASE + ability.mean + offset.mean - skill.mean
}

/// A logistic curve at `x`, for an `x` that is uncertain by `variance`.
fn blurred(x: f64, variance: f64) -> f64 {
    let x = x / (1.0 + PI * variance / 8.0).sqrt();
    1.0 / (1.0 + libm::exp(-x))
}

/// The share of a normal distribution below `x` spreads.
fn below(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}
