//! Who needs a teacher now. Times are milliseconds of one steady clock.

use std::collections::VecDeque;

/// So many wrong answers in a row on one skill, and a student is stuck.
const WRONG_IN_A_ROW: usize = 3;
/// So long without a touch on an open activity, and a student is idle.
const IDLE_AFTER: i64 = 120_000;
/// An answer with less than half of it right is wrong here; one with half or more ends a row of wrong ones.
const WRONG_BELOW: u16 = 500;
/// So many answers are kept for the screen.
const KEPT: usize = 8;

/// What a student is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = LiveState)]
pub enum State {
    /// Not signed in.
    Away,
    /// At it.
    Working,
    /// No touch for two minutes on an open activity.
    Idle,
    /// Three wrong in a row on one skill.
    Stuck,
    /// The activity is finished, and no other is open.
    Done,
}

/// An answer, as much as the screen and these rules need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Recent {
    pub(super) at: i64,
    /// In thousandths.
    pub(super) score: u16,
    pub(super) item: String,
    pub(super) course: String,
    /// The item's skills, the weightiest first.
    pub(super) skills: Vec<String>,
}

impl Recent {
    fn is_wrong(&self) -> bool {
        self.score < WRONG_BELOW
    }
}

/// The newest answers, oldest first.
pub(super) type Last = VecDeque<Recent>;

/// Puts an answer behind the others.
pub(super) fn keep(last: &mut Last, answer: Recent) {
    last.push_back(answer);
    if last.len() > KEPT {
        last.pop_front();
    }
}

/// What the judgement rests on.
pub(super) struct Facts<'a> {
    pub(super) signed_in: bool,
    pub(super) last: &'a Last,
    /// The latest touch; none when nothing was heard yet.
    pub(super) touched: Option<i64>,
    /// When the activity on the screen was opened; none when none is.
    pub(super) opened: Option<i64>,
    /// When it was finished.
    pub(super) finished: Option<i64>,
    /// When the student signed in or out last.
    pub(super) came_or_left: Option<i64>,
}

/// Three wrong in a row, or more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) count: usize,
    pub(super) skill: String,
    pub(super) course: String,
    since: i64,
}

/// A state, since when, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Judgement {
    pub(super) state: State,
    pub(super) since: Option<i64>,
    pub(super) row: Option<Row>,
}

/// What a student is doing at `now`. Away wins over stuck, stuck over idle and done: somebody who is stuck needs help
/// most, also after the last question.
pub(super) fn judge(facts: &Facts, now: i64) -> Judgement {
    let plain = |state, since| Judgement { state, since, row: None };
    if !facts.signed_in {
        return plain(State::Away, facts.came_or_left.or(facts.touched));
    }
    if let Some(row) = wrong_in_a_row(facts.last) {
        return Judgement { state: State::Stuck, since: Some(row.since), row: Some(row) };
    }
    match (facts.opened, facts.finished, facts.touched) {
        (Some(_), Some(finished), _) => plain(State::Done, Some(finished)),
        (Some(_), None, Some(touched)) if now - touched >= IDLE_AFTER => {
            plain(State::Idle, Some(touched + IDLE_AFTER))
        }
        (opened, _, _) => plain(State::Working, opened.max(facts.came_or_left)),
    }
}

/// The newest answers that are all wrong and all about one skill of the newest one, if they are three or more.
fn wrong_in_a_row(last: &Last) -> Option<Row> {
    let newest = last.back()?;
    let rows = newest.skills.iter().map(|skill| {
        let about_it = |answer: &&Recent| {
            answer.is_wrong() && answer.course == newest.course && answer.skills.contains(skill)
        };
        (last.iter().rev().take_while(about_it).count(), skill)
    });
    // Of two skills with rows of one length the weightier one is named.
    let (count, skill) = rows.rev().max_by_key(|(count, _)| *count)?;
    let third = last.get((last.len() - count) + (WRONG_IN_A_ROW - 1)).filter(|_| count >= WRONG_IN_A_ROW)?;
    Some(Row { count, skill: skill.clone(), course: newest.course.clone(), since: third.at })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One thing that happens: an answer to a skill with a score, a touch, an opening, the end of the activity.
    enum Event {
        Answer(&'static [&'static str], u16),
        Touch,
        Open,
        Finish,
        In,
        Out,
    }
    use Event::{Answer, Finish, In, Open, Out, Touch};
    use State::{Away, Done, Idle, Stuck, Working};

    const TENS: &[&str] = &["tens"];
    const BOTH: &[&str] = &["add", "tens"];

    /// Plays a story of (second, event) and checks the state and its beginning at the given seconds.
    fn check(story: &[(i64, Event)], expected: &[(i64, State, i64)]) {
        for (second, state, since) in expected {
            let mut last = Last::new();
            let mut facts = (false, None, None, None, None);
            for (at, event) in story.iter().filter(|(at, _)| at <= second) {
                let at = at * 1_000;
                match event {
                    In => (facts.0, facts.4) = (true, Some(at)),
                    Out => (facts.0, facts.4) = (false, Some(at)),
                    Open => (facts.1, facts.2, facts.3) = (Some(at), Some(at), None),
                    Touch => facts.1 = Some(at),
                    Finish => (facts.1, facts.3) = (Some(at), Some(at)),
                    Answer(skills, score) => {
                        facts.1 = Some(at);
                        let skills = skills.iter().map(|skill| (*skill).to_owned()).collect();
                        let (item, course) = ("i".to_owned(), "c".to_owned());
                        keep(&mut last, Recent { at, score: *score, item, course, skills });
                    }
                }
            }
            let (signed_in, touched, opened, finished, came_or_left) = facts;
            let facts = Facts { signed_in, last: &last, touched, opened, finished, came_or_left };
            let found = judge(&facts, second * 1_000);
            assert_eq!(
                (found.state, found.since),
                (*state, Some(since * 1_000)),
                "at second {second}, with {} answers",
                last.len()
            );
        }
    }

    #[test]
    fn stuck_rises_with_the_third_wrong_answer_and_clears_with_a_right_one() {
        check(
            &[
                (0, In),
                (1, Open),
                (10, Answer(TENS, 0)),
                (20, Answer(TENS, 0)),
                (30, Answer(TENS, 499)),
                (40, Answer(TENS, 0)),
                (50, Answer(TENS, 1_000)),
            ],
            &[(29, Working, 1), (30, Stuck, 30), (49, Stuck, 30), (50, Working, 1)],
        );
    }

    #[test]
    fn stuck_clears_with_another_skill_and_with_an_answer_that_is_half_right() {
        let wrong =
            || vec![(0, In), (1, Open), (2, Answer(TENS, 0)), (3, Answer(TENS, 0)), (4, Answer(TENS, 0))];
        let mut other_skill = wrong();
        other_skill.push((5, Answer(&["add"], 0)));
        check(&other_skill, &[(4, Stuck, 4), (5, Working, 1)]);
        let mut half = wrong();
        half.push((5, Answer(TENS, 500)));
        check(&half, &[(4, Stuck, 4), (5, Working, 1)]);
    }

    #[test]
    fn an_item_of_two_skills_counts_for_both() {
        check(
            &[(0, In), (1, Open), (2, Answer(TENS, 0)), (3, Answer(BOTH, 0)), (4, Answer(BOTH, 0))],
            &[(3, Working, 1), (4, Stuck, 4)],
        );
    }

    #[test]
    fn idle_rises_two_minutes_after_the_last_touch_and_clears_with_the_next() {
        check(
            &[(0, In), (10, Open), (15, Answer(TENS, 1_000)), (60, Touch), (200, Touch)],
            &[(179, Working, 10), (180, Idle, 180), (199, Idle, 180), (200, Working, 10), (320, Idle, 320)],
        );
    }

    #[test]
    fn stuck_wins_over_idle_and_over_done() {
        let wrong = [2, 3, 4].map(|at| (at, Answer(TENS, 0)));
        let mut story = vec![(0, In), (1, Open)];
        story.extend(wrong);
        story.push((300, Finish));
        check(&story, &[(130, Stuck, 4), (300, Stuck, 4)]);
    }

    #[test]
    fn whoever_is_done_is_not_idle_and_works_again_with_the_next_activity() {
        check(
            &[(0, In), (1, Open), (50, Finish), (400, Open)],
            &[(49, Working, 1), (50, Done, 50), (399, Done, 50), (400, Working, 400)],
        );
    }

    #[test]
    fn whoever_signs_out_is_away_whatever_was() {
        check(
            &[
                (0, In),
                (1, Open),
                (2, Answer(TENS, 0)),
                (3, Answer(TENS, 0)),
                (4, Answer(TENS, 0)),
                (9, Out),
                (30, In),
            ],
            &[(4, Stuck, 4), (9, Away, 9), (29, Away, 9), (30, Stuck, 4)],
        );
        // Signed in and nothing opened yet is working, however long.
        check(&[(0, In)], &[(500, Working, 0)]);
    }

    #[test]
    fn eight_answers_are_kept() {
        let mut last = Last::new();
        for at in 0..20 {
            keep(
                &mut last,
                Recent { at, score: 0, item: "i".into(), course: "c".into(), skills: vec!["tens".into()] },
            );
        }
        assert_eq!(last.iter().map(|answer| answer.at).collect::<Vec<_>>(), (12..20).collect::<Vec<_>>());
        assert_eq!(wrong_in_a_row(&last).map(|row| row.count), Some(8));
    }
}
