//! One student over time: ratings, and what they were before: when a skill became secure, what it was reviewed, how it grew.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::band::{Band, Strictness, band, right_answers_to_secure};
use super::difficulty::Hard;
use super::memory::Memory;
use super::rules::{Estimate, Observation};
use super::student::Student;
use crate::evidence::Way;
use crate::ids::StaffId;

/// A day, in milliseconds.
const DAY: u64 = 24 * 60 * 60 * 1_000;
/// Secure again after so many days is kept.
const KEPT_AFTER: u64 = 7;
/// However well something is remembered, it is seen again after so many days.
const LONGEST_GAP: f64 = 30.0;
/// A review is so many questions, and all must be right;
const REVIEW_QUESTIONS: u8 = 2;
/// of a score from the room, this share.
const REVIEW_SHARE: f64 = 0.75;
/// So many right answers in a row win back what a failed review took.
const WON_BACK: u8 = 2;
/// Days of work in a line of growth.
const LONGEST_SPARK: usize = 12;
/// So many questions of practice without a way forward are wheel-spinning (Beck and Gong 2013 take ten); a test of ten is one
/// look, not ten tries,
const SPINNING_QUESTIONS: f64 = 10.0;
/// where it is no surer than this that the skill is known.
const SPINNING_BELOW: f64 = 0.3;
/// With fewer questions a fall says nothing;
const FALLING_QUESTIONS: f64 = 6.0;
/// nor with fewer falls in a row.
const FALLS: u8 = 3;

/// Something that was seen, as the rating takes it.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// `<pack>/<skill>`.
    pub skill: &'a str,
    /// `<pack>/<item>@<version>`, where there is a single one.
    pub item: Option<&'a str>,
    /// How, in the room; nothing for a tablet.
    pub way: Option<Way>,
    /// What it counts for.
    pub observation: Observation,
    /// How hard it was.
    pub hard: Hard,
}

/// A teacher's word on a skill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// What the teacher says.
    pub band: Band,
    /// Since when, in milliseconds since 1970.
    pub at: u64,
    /// Who.
    pub by: StaffId,
    /// Why; may be empty.
    pub why: String,
}

/// How sure a band is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Sureness {
    /// It may as well be otherwise: less than two to one.
    Unsure,
    /// From two to one on.
    Likely,
    /// From six to one on.
    QuiteSure,
}

impl Sureness {
    /// From how sure it is that a skill is known, or that it is not.
    fn of(confidence: f64) -> Self {
        match confidence.max(1.0 - confidence) {
            sure if sure >= 6.0 / 7.0 => Self::QuiteSure,
            sure if sure >= 2.0 / 3.0 => Self::Likely,
            _ => Self::Unsure,
        }
    }
}

/// What is said of a student's skill at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct SkillPicture {
    /// By what was seen.
    pub band: Band,
    /// The chance to be right, in hundredths.
    pub level: u8,
    /// How sure it is that the skill is known as well as the class wants it, from 0 to 1.
    pub confidence: f64,
    /// The same in words, or that it is not.
    pub sureness: Sureness,
    /// When a secure skill wants a review, in milliseconds since 1970.
    pub review_due: Option<u64>,
    /// Many answers and no way forward.
    pub spinning: bool,
    /// It goes down, answer after answer.
    pub falling: bool,
    /// Chances in hundredths, a day of work each, the newest last.
    pub spark: Vec<u8>,
}

/// A student's ratings, and how they came about.
#[derive(Clone, Debug, Default)]
pub struct Learner {
    student: Student,
    skills: HashMap<String, Standing>,
    words: HashMap<String, Word>,
}

/// How one skill went.
#[derive(Clone, Debug, Default)]
struct Standing {
    /// Since when it has been secure.
    secure_since: Option<u64>,
    kept: bool,
    /// The memory of it, and when it was last refreshed.
    memory: Option<(Memory, u64)>,
    /// Questions of the review that is under way, and whether all were right so far.
    review: Option<(u8, bool)>,
    /// After a failed review: right answers in a row since.
    lapsed: Option<u8>,
    /// Questions after which the student was told what was right.
    practised: f64,
    last_level: f64,
    falls: u8,
    spark: Vec<(u64, u8)>,
}

impl Learner {
    /// The ratings.
    pub fn student(&self) -> &Student {
        &self.student
    }

    /// A teacher's word on a skill.
    pub fn said(&self, skill: &str) -> Option<&Word> {
        self.words.get(skill)
    }

    /// Takes in a teacher's word, or with nothing that it is taken back. What was seen stays as it is.
    pub fn set(&mut self, skill: &str, word: Option<Word>) {
        match word {
            Some(word) => self.words.insert(skill.to_owned(), word),
            None => self.words.remove(skill),
        };
    }

    /// Takes in what was seen; in the order in which it happened.
    pub fn take(&mut self, seen: &Seen) {
        let Seen { at, skill, item, ref observation, hard, .. } = *seen;
        self.student.take(skill, item, observation, hard);
        let level = self.student.level_of(skill, hard.skill);
        let is_secure = band(&self.student, skill, hard.skill, Strictness::Standard) == Band::Secure;
        let standing = self.skills.entry(skill.to_owned()).or_default();
        standing.remember(seen);
        standing.settle(at, is_secure);
        if observation.feedback {
            standing.practised += observation.questions;
        }
        standing.falls = if level < standing.last_level { standing.falls.saturating_add(1) } else { 0 };
        standing.last_level = level;
        standing.grow(at / DAY, hundredths(level));
    }

    /// How many right answers more make it secure, if twenty do.
    pub fn more_right(&self, skill: &str, difficulty: Estimate, strictness: Strictness) -> Option<u8> {
        right_answers_to_secure(&self.student, skill, difficulty, strictness)
    }

    /// What is said of a skill of that difficulty, in a class of that strictness, now.
    pub fn picture(
        &self,
        skill: &str,
        difficulty: Estimate,
        strictness: Strictness,
        now: u64,
    ) -> SkillPicture {
        let nothing = Standing::default();
        let standing = self.skills.get(skill).unwrap_or(&nothing);
        let by_rating = band(&self.student, skill, difficulty, strictness);
        let band = standing.band(by_rating, now);
        let seen = self.student.skill(skill).seen;
        let confidence = self.student.confidence_of(skill, difficulty, strictness);
        SkillPicture {
            band,
            level: hundredths(self.student.level_of(skill, difficulty)),
            confidence,
            sureness: Sureness::of(confidence),
            review_due: standing.due().filter(|_| by_rating == Band::Secure),
            spinning: band < Band::Secure
                && standing.practised >= SPINNING_QUESTIONS
                && confidence < SPINNING_BELOW,
            falling: seen >= FALLING_QUESTIONS && standing.falls >= FALLS,
            spark: standing.spark.iter().map(|(_, level)| *level).collect(),
        }
    }
}

impl Standing {
    /// When the next review is due.
    fn due(&self) -> Option<u64> {
        let (memory, since) = self.memory?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most a month, never below 0"
        )]
        let gap = (memory.due_after().min(LONGEST_GAP) * 86_400_000.0) as u64;
        Some(since + gap)
    }

    /// Counts what was seen as a review when one is due, or towards winning a skill back.
    fn remember(&mut self, seen: &Seen) {
        let (right, questions) = match seen.way {
            None => (seen.observation.score >= 1.0, 1),
            Some(_) => (seen.observation.score >= REVIEW_SHARE, REVIEW_QUESTIONS),
        };
        if let Some(row) = &mut self.lapsed {
            *row = if right { row.saturating_add(questions) } else { 0 };
            if *row >= WON_BACK {
                self.lapsed = None;
            }
            return;
        }
        let Some((memory, since)) = self.memory else { return };
        if self.review.is_none() && self.due().is_none_or(|due| seen.at < due) {
            return;
        }
        let (done, all_right) = self.review.unwrap_or((0, true));
        let (done, all_right) = (done.saturating_add(questions), all_right && right);
        if done < REVIEW_QUESTIONS {
            self.review = Some((done, all_right));
            return;
        }
        self.review = None;
        self.memory = Some((memory.reviewed(days(seen.at.saturating_sub(since)), all_right), seen.at));
        if !all_right {
            (self.lapsed, self.kept, self.secure_since) = (Some(0), false, None);
        }
    }

    /// Takes in whether the rating finds it secure now.
    fn settle(&mut self, at: u64, is_secure: bool) {
        if !is_secure || self.lapsed.is_some() {
            return;
        }
        let since = *self.secure_since.get_or_insert(at);
        self.kept |= at.saturating_sub(since) >= KEPT_AFTER * DAY;
        self.memory.get_or_insert((Memory::default(), at));
    }

    fn grow(&mut self, day: u64, level: u8) {
        match self.spark.last_mut() {
            Some((last, shown)) if *last == day => *shown = level,
            _ => self.spark.push((day, level)),
        }
        if self.spark.len() > LONGEST_SPARK {
            self.spark.remove(0);
        }
    }

    /// The band by the rating, with what is known of the past.
    fn band(&self, by_rating: Band, now: u64) -> Band {
        match by_rating {
            Band::Secure if self.lapsed.is_some() => Band::Nearly,
            Band::Secure if self.due().is_some_and(|due| now >= due) => Band::ReviewDue,
            Band::Secure if self.kept => Band::Kept,
            other => other,
        }
    }
}

fn days(milliseconds: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a time in milliseconds is below 2^53")]
    let days = milliseconds as f64 / DAY as f64;
    days
}

fn hundredths(chance: f64) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a chance is from 0 to 1")]
    let hundredths = (chance * 100.0).round() as u8;
    hundredths
}
