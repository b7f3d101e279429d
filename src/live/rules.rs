//! Who needs a teacher now. Times are milliseconds of one steady clock.

use std::collections::VecDeque;

use super::signals::{self, Answers, Standing};

/// So many answers are kept: a row that is longer seems to begin later than it did.
const KEPT: usize = 24;

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
    /// Three wrong in a row on one skill, or it goes down answer after answer.
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
    /// With the item it gives the question again.
    pub(super) seed: u64,
    pub(super) course: String,
    /// The item's skills, the weightiest first.
    pub(super) skills: Vec<String>,
    /// From seeing the question to answering it.
    pub(super) milliseconds: u32,
    /// Hints that were shown before.
    pub(super) hints: u16,
    /// Hints that the question has, where it was looked up.
    pub(super) item_hints: Option<u16>,
    /// What the rating said after it, from the most lenient class to the strictest; nothing where another answer had come
    /// before anybody looked.
    pub(super) standings: Option<[Standing; 3]>,
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
    /// When the hand went up that is up.
    pub(super) hand: Option<i64>,
    /// When a teacher was there last.
    pub(super) visited: Option<i64>,
    /// Entries that the tablet still holds.
    pub(super) held: u32,
    /// Which of the standings counts in the class that is looked at.
    pub(super) strictness: usize,
}

/// A state, and since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Judgement {
    pub(super) state: State,
    pub(super) since: Option<i64>,
}

/// What a student is doing at `now`, whether or not a teacher was there. Away wins over stuck, stuck over idle and done:
/// somebody who is stuck needs help most, also after the last question.
pub(super) fn judge(facts: &Facts, now: i64) -> Judgement {
    let judgement = |state, since| Judgement { state, since };
    if !facts.signed_in {
        return judgement(State::Away, facts.came_or_left.or(facts.touched));
    }
    if let Some(stuck) = signals::stuck(&Answers::all(facts)) {
        return judgement(State::Stuck, Some(stuck.since));
    }
    if let (Some(_), Some(finished)) = (facts.opened, facts.finished) {
        return judgement(State::Done, Some(finished));
    }
    match signals::idle_since(facts.touched, facts, now) {
        Some(since) => judgement(State::Idle, Some(since)),
        None => judgement(State::Working, facts.opened.max(facts.came_or_left)),
    }
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

    fn answer(at: i64, score: u16, skills: Vec<String>) -> Recent {
        let (item, seed, course) = ("i".to_owned(), 1, "c".to_owned());
        let (milliseconds, hints, item_hints, standings) = (9_000, 0, None, None);
        Recent { at, score, item, seed, course, skills, milliseconds, hints, item_hints, standings }
    }

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
                        keep(&mut last, answer(at, *score, skills));
                    }
                }
            }
            let (signed_in, touched, opened, finished, came_or_left) = facts;
            let last = &last;
            let (hand, visited, held, strictness) = (None, None, 0, 1);
            let facts = Facts {
                signed_in,
                last,
                touched,
                opened,
                finished,
                came_or_left,
                hand,
                visited,
                held,
                strictness,
            };
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
    fn the_newest_answers_are_kept() {
        let mut last = Last::new();
        for at in 0..40 {
            keep(&mut last, answer(at, 0, vec!["tens".into()]));
        }
        assert_eq!(last.iter().map(|answer| answer.at).collect::<Vec<_>>(), (16..40).collect::<Vec<_>>());
    }
}
