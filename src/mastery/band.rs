//! Ratings as words: bands, how strict a class is, and what is missing for secure.

use super::difficulty::Hard;
use super::rules::{Estimate, Observation};
use super::student::Student;

/// With fewer questions nothing is said.
const SEEN_FROM: f64 = 3.0;
/// From this chance of a right answer on, a skill is on its way.
const HALF: f64 = 0.5;
/// A skill is not called secure after fewer questions,
const SECURE_QUESTIONS: f64 = 5.0;
/// nor after fewer different ones: one item known by heart is no skill.
const SECURE_ITEMS: f64 = 3.0;
/// Further ahead nobody plans by single answers.
const MOST_ANSWERS: u8 = 20;

/// What is said of a student's skill, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Band {
    /// Too little was seen.
    NotSeen,
    /// More often wrong than right.
    Starting,
    /// More often right than wrong.
    GettingThere,
    /// Known, as far as can be seen, but not surely.
    Nearly,
    /// Surely known.
    Secure,
    /// Surely known, and again a week later.
    Kept,
    /// It was surely known, and wants to be seen again.
    ReviewDue,
}

impl Band {
    /// A teacher's word, from 1 (starting) to 4 (secure).
    pub fn of_word(word: u8) -> Option<Self> {
        match word {
            1 => Some(Self::Starting),
            2 => Some(Self::GettingThere),
            3 => Some(Self::Nearly),
            4 => Some(Self::Secure),
            _ => None,
        }
    }
}

/// How sure a class wants to be before a skill counts as secure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// In simulation 17 of 100 slow learners pass too early, after 8 answers where a skill was known before.
    Relaxed,
    /// 9 of 100, after 10 answers.
    #[default]
    Standard,
    /// 4 of 100, after 13 answers.
    Strict,
}

impl Strictness {
    /// From the most lenient to the strictest.
    pub const ALL: [Self; 3] = [Self::Relaxed, Self::Standard, Self::Strict];

    /// The chance of a right answer from which a skill counts as known.
    pub(super) const fn known_from(self) -> f64 {
        match self {
            Self::Relaxed | Self::Standard => 0.75,
            Self::Strict => 0.8,
        }
    }

    /// How sure that must be.
    const fn sure_from(self) -> f64 {
        match self {
            Self::Relaxed => 0.7,
            Self::Standard | Self::Strict => 0.8,
        }
    }
}

/// The band of a student's skill.
pub fn band(student: &Student, skill: &str, difficulty: Estimate, strictness: Strictness) -> Band {
    let (seen, level) = (student.skill(skill).seen, student.level_of(skill, difficulty));
    if seen < SEEN_FROM {
        return Band::NotSeen;
    }
    let is_sure = student.confidence_of(skill, difficulty, strictness) >= strictness.sure_from();
    if is_sure && seen >= SECURE_QUESTIONS && student.different_items(skill) >= SECURE_ITEMS {
        Band::Secure
    } else if is_sure || level >= strictness.known_from() {
        Band::Nearly
    } else if level >= HALF {
        Band::GettingThere
    } else {
        Band::Starting
    }
}

/// How many right answers in a row, to open questions of usual difficulty in practice, would make a skill secure: 0 where
/// it is, `None` where even twenty would not. Found by trying it out on the rating.
pub fn right_answers_to_secure(
    student: &Student,
    skill: &str,
    difficulty: Estimate,
    strictness: Strictness,
) -> Option<u8> {
    let mut student = student.clone();
    for answers in 0..=MOST_ANSWERS {
        if band(&student, skill, difficulty, strictness) == Band::Secure {
            return Some(answers);
        }
        let hard = Hard { skill: difficulty, item: Estimate::NO_ITEM };
        student.take(skill, None, &Observation::practice(1.0), hard);
    }
    None
}
