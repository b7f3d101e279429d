//! Bands over weeks: kept, due for a review, lost and won back; stuck, falling; a teacher's word beside it all.

use super::*;
use crate::evidence::Way;
use crate::ids::StaffId;

const DAY: u64 = 24 * 60 * 60 * 1_000;
const HARD: Hard = Hard { skill: Estimate::DIFFICULTY, item: Estimate { mean: 0.0, variance: 0.05 } };

/// A learner and the day it is.
struct Story {
    learner: Learner,
    asked: u32,
}

impl Story {
    fn new() -> Self {
        Self { learner: Learner::default(), asked: 0 }
    }

    fn answer(&mut self, day: u64, right: bool) {
        self.asked += 1;
        let item = format!("item-{}", self.asked);
        let observation = Observation::practice(f64::from(u8::from(right)));
        let at = day * DAY + u64::from(self.asked);
        self.learner.take(&Seen { at, skill: "add", item: Some(&item), way: None, observation, hard: HARD });
    }

    fn answers(&mut self, day: u64, right: &[bool]) -> &mut Self {
        for right in right {
            self.answer(day, *right);
        }
        self
    }

    fn picture(&self, day: u64) -> SkillPicture {
        self.learner.picture("add", Estimate::DIFFICULTY, Strictness::Standard, (day + 1) * DAY - 1)
    }

    fn band(&self, day: u64) -> Band {
        self.picture(day).band
    }
}

/// Eight right answers on a day: secure since then.
fn secure_on(day: u64) -> Story {
    let mut story = Story::new();
    story.answers(day, &[true; 8]);
    story
}

#[test]
fn a_secure_skill_wants_a_review_after_four_days_and_later_ever_more_seldom() {
    let mut story = secure_on(1);
    assert_eq!(
        [2, 4, 5, 30].map(|day| story.band(day)),
        [Band::Secure, Band::Secure, Band::ReviewDue, Band::ReviewDue]
    );
    story.answers(6, &[true]);
    assert_eq!(story.band(6), Band::ReviewDue, "one question is no review");
    story.answers(6, &[true]);
    assert_eq!([6, 30].map(|day| story.band(day)), [Band::Secure, Band::Secure]);
    // However well it is remembered, it is seen again within a month.
    assert_eq!(story.band(37), Band::ReviewDue);
    story.answers(37, &[true, true]);
    assert_eq!([37, 66, 68].map(|day| story.band(day)), [Band::Kept, Band::Kept, Band::ReviewDue]);
}

#[test]
fn a_failed_review_takes_secure_away_until_two_right_answers_win_it_back() {
    let mut story = secure_on(1);
    story.answers(9, &[true, true]);
    assert_eq!(story.band(9), Band::Kept);
    // The rating alone would still call it secure.
    story.answers(60, &[true, false]);
    assert_eq!(story.band(60), Band::Nearly);
    story.answers(61, &[true]);
    assert_eq!(story.band(61), Band::Nearly);
    story.answers(61, &[true, true]);
    assert_eq!(story.band(61), Band::Secure);
    story.answers(62, &[true; 3]);
    assert_eq!(story.band(62), Band::Secure, "kept is earned anew");
}

/// Ten questions on paper.
fn on_paper(day: u64, score: f64) -> Seen<'static> {
    let observation = Observation { score, questions: 10.0, weight: 0.7, guess: 0.0, feedback: false };
    let hard = Hard { skill: Estimate::DIFFICULTY, item: Estimate::NO_ITEM };
    Seen { at: day * DAY, skill: "add", item: None, way: Some(Way::Paper), observation, hard }
}

#[test]
fn a_paper_test_counts_as_a_review_too() {
    let after = |score: f64| {
        let mut story = secure_on(1);
        story.learner.take(&on_paper(10, score));
        story.band(10)
    };
    assert_eq!(after(1.0), Band::Kept);
    assert!(after(0.3) < Band::Secure);
}

#[test]
fn ten_answers_without_a_way_forward_are_wheel_spinning_and_nine_are_not() {
    let mut story = Story::new();
    for answer in 1..=12 {
        story.answer(1, answer % 3 == 0);
        assert_eq!(story.picture(1).spinning, answer >= 10, "after {answer}");
    }
    assert!(!secure_on(1).picture(1).spinning);
    let mut story = Story::new();
    story.learner.take(&on_paper(1, 0.1));
    assert!(!story.picture(1).spinning, "a test is one look, not ten tries");
}

#[test]
fn a_skill_falls_with_three_wrong_answers_in_a_row_once_enough_was_seen() {
    let falling = |answers: &[bool]| Story::new().answers(1, answers).picture(1).falling;
    assert!(falling(&[true, true, true, false, false, false]));
    assert!(!falling(&[true, false, false, false, false]), "five answers say nothing");
    assert!(!falling(&[true, true, true, false, false, true]));
}

#[test]
fn a_line_of_growth_has_a_point_for_each_day_of_work() {
    let mut story = Story::new();
    for day in 1..=20 {
        story.answers(day, &[day > 5, true]);
    }
    let spark = story.picture(20).spark;
    assert_eq!(spark.len(), 12);
    assert!(spark.windows(2).all(|pair| pair[0] <= pair[1]), "{spark:?}");
    assert_eq!(secure_on(1).picture(1).spark.len(), 1);
}

#[test]
fn a_teachers_word_stands_beside_what_was_seen_and_replaces_nothing() {
    let mut story = secure_on(1);
    let word = Word { band: Band::Starting, at: 2 * DAY, by: StaffId([1; 16]), why: "She copied".to_owned() };
    story.learner.set("add", Some(word.clone()));
    assert_eq!((story.learner.said("add"), story.band(2)), (Some(&word), Band::Secure));
    story.answers(3, &[true]);
    assert_eq!(story.learner.said("add"), Some(&word), "answers do not overrule it");
    story.learner.set("add", None);
    assert_eq!(story.learner.said("add"), None);
}
