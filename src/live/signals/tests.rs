//! Each signal at the exact second at which it rises and clears.

use super::*;
use crate::live::rules::{Last, keep};

/// One thing that happens.
#[derive(Clone, Copy)]
enum Event {
    In,
    Out,
    Open,
    Finish,
    Touch,
    HandUp,
    HandDown,
    /// A teacher was there.
    Visit,
    /// So many entries wait on the tablet.
    Held(u32),
    Answer(Given),
}
use Event::{Answer, Finish, HandDown, HandUp, Held, In, Open, Out, Touch, Visit};

/// An answer as the stories below tell of it: right, to "tens", after nine seconds, without hints.
#[derive(Clone, Copy)]
struct Given {
    skill: &'static str,
    score: u16,
    milliseconds: u32,
    hints: u16,
    item_hints: Option<u16>,
    standing: Option<Standing>,
}

const RIGHT: Given = Given {
    skill: "tens",
    score: 1_000,
    milliseconds: 9_000,
    hints: 0,
    item_hints: None,
    standing: Some(Standing { spinning: false, falling: false, secure: false }),
};
const WRONG: Given = Given { score: 0, ..RIGHT };
const FAST: Given = Given { milliseconds: 1_999, ..WRONG };
const HINTS: Given = Given { hints: 2, ..RIGHT };
const FALLING: Given =
    Given { standing: Some(Standing { spinning: false, falling: true, secure: false }), ..RIGHT };
const SPINNING: Given =
    Given { standing: Some(Standing { spinning: true, falling: false, secure: false }), ..RIGHT };
const SECURE: Given =
    Given { standing: Some(Standing { spinning: false, falling: false, secure: true }), ..RIGHT };

const fn other(given: Given) -> Event {
    Answer(Given { skill: "add", ..given })
}

/// What stands after a story of (second, event), at a second.
fn at(story: &[(i64, Event)], second: i64) -> Vec<Raised> {
    let mut last = Last::new();
    let (mut signed_in, mut held) = (false, 0);
    let (mut touched, mut opened, mut finished, mut came_or_left, mut hand, mut visited) =
        (None, None, None, None, None, None);
    for (at, event) in story.iter().filter(|(at, _)| *at <= second) {
        let at = at * 1_000;
        match *event {
            In => (signed_in, came_or_left) = (true, Some(at)),
            Out => (signed_in, came_or_left) = (false, Some(at)),
            Open => (touched, opened, finished) = (Some(at), Some(at), None),
            Finish => (touched, finished) = (Some(at), Some(at)),
            Touch => touched = Some(at),
            HandUp => (touched, hand) = (Some(at), Some(at)),
            HandDown => hand = None,
            Visit => (hand, visited) = (None, Some(at)),
            Held(entries) => held = entries,
            Answer(Given { skill, score, milliseconds, hints, item_hints, standing }) => {
                touched = Some(at);
                let (item, seed, course, skills) =
                    ("i".to_owned(), 1, "c".to_owned(), vec![skill.to_owned()]);
                let answer = Recent {
                    at,
                    score,
                    item,
                    seed,
                    course,
                    skills,
                    milliseconds,
                    hints,
                    item_hints,
                    standings: standing.map(|standing| [standing; 3]),
                };
                keep(&mut last, answer);
            }
        }
    }
    let last = &last;
    let strictness = 1;
    let facts =
        Facts { signed_in, last, touched, opened, finished, came_or_left, hand, visited, held, strictness };
    raised(&facts, second * 1_000)
}

/// Checks at which seconds a signal stands, and since when.
fn check(signal: Signal, story: &[(i64, Event)], expected: &[(i64, Option<i64>)]) {
    for (second, since) in expected {
        let all = at(story, *second);
        let found = all.iter().find(|raised| raised.signal == signal);
        let found = found.map(|raised| raised.since);
        assert_eq!(found, since.map(|since| since * 1_000), "{signal:?} at second {second}: {all:?}");
    }
}

/// A lesson that is open from second 1 on, with these answers at seconds 10, 20 and so on.
fn lesson(answers: &[Event]) -> Vec<(i64, Event)> {
    let begin = [(0, In), (1, Open)];
    let answers = (1..).map(|number| number * 10).zip(answers.iter().copied());
    begin.into_iter().chain(answers).collect()
}

#[test]
fn a_hand_waits_from_the_second_it_went_up() {
    let mut story = lesson(&[]);
    story.extend([(30, HandUp), (90, HandDown), (100, HandUp), (160, Visit)]);
    let up = [(29, None), (30, Some(30)), (89, Some(30)), (90, None), (100, Some(100)), (159, Some(100))];
    check(Signal::Waiting, &story, &up);
    check(Signal::Waiting, &story, &[(160, None)]);
}

#[test]
fn a_hand_stays_up_ten_minutes_after_the_tablet_signed_its_student_out() {
    let mut story = lesson(&[]);
    story.extend([(30, HandUp), (210, Out)]);
    check(Signal::Waiting, &story, &[(809, Some(30)), (810, None)]);
    assert_eq!(at(&story, 500).len(), 1, "nothing else is told of somebody who is away");
}

#[test]
fn stuck_rises_with_the_third_wrong_answer_and_clears_with_a_right_one() {
    let wrong = Answer(WRONG);
    let story = lesson(&[wrong, wrong, wrong, wrong, Answer(RIGHT)]);
    check(Signal::Stuck, &story, &[(29, None), (30, Some(30)), (49, Some(30)), (50, None)]);
    check(Signal::Stuck, &lesson(&[wrong, wrong, other(WRONG)]), &[(30, None)]);
}

#[test]
fn one_more_together_becomes_a_step_back_with_the_fifth_wrong_answer() {
    let story = lesson(&[Answer(WRONG); 5]);
    let advice = |second| at(&story, second)[0].advice;
    assert_eq!((advice(49), advice(50)), (Advice::Together, Advice::StepBack));
    assert_eq!((at(&story, 50)[0].count, at(&story, 50)[0].reason), (Some(5), "live.wrong-in-a-row"));
}

#[test]
fn stuck_rises_when_the_rating_falls_and_clears_when_it_does_not() {
    let story = lesson(&[Answer(RIGHT), Answer(FALLING), Answer(FALLING), Answer(RIGHT)]);
    check(Signal::Stuck, &story, &[(19, None), (20, Some(20)), (39, Some(20)), (40, None)]);
    assert_eq!(at(&story, 20)[0].reason, "live.falling");
}

#[test]
fn wheel_spinning_follows_the_rating_of_the_skill_at_hand() {
    let story = lesson(&[Answer(RIGHT), Answer(SPINNING), Answer(SPINNING), other(RIGHT), Answer(SPINNING)]);
    let expected = [(19, None), (20, Some(20)), (39, Some(20)), (40, None), (50, Some(50))];
    check(Signal::WheelSpinning, &story, &expected);
    assert_eq!(at(&story, 20)[0].advice, Advice::OtherWay);
}

#[test]
fn three_questions_with_two_hints_are_a_run_and_one_without_ends_it() {
    let story = lesson(&[Answer(HINTS), Answer(HINTS), Answer(HINTS), Answer(RIGHT)]);
    check(Signal::HintRun, &story, &[(29, None), (30, Some(30)), (39, Some(30)), (40, None)]);
}

#[test]
fn the_only_hint_of_a_question_counts_and_one_of_several_does_not() {
    let one_of = |all| Answer(Given { hints: 1, item_hints: all, ..RIGHT });
    check(Signal::HintRun, &lesson(&[Answer(HINTS), one_of(Some(1)), one_of(Some(1))]), &[(30, Some(30))]);
    for all in [Some(3), None] {
        check(Signal::HintRun, &lesson(&[Answer(HINTS), one_of(all), Answer(HINTS)]), &[(30, None)]);
    }
}

#[test]
fn rushing_is_three_wrong_answers_below_two_seconds_on_any_skill() {
    let story = lesson(&[Answer(FAST), other(FAST), Answer(FAST), Answer(RIGHT)]);
    check(Signal::Rushing, &story, &[(29, None), (30, Some(30)), (39, Some(30)), (40, None)]);
    let slow = Answer(Given { milliseconds: 2_000, ..WRONG });
    check(Signal::Rushing, &lesson(&[Answer(FAST), Answer(FAST), slow]), &[(30, None)]);
    let right = Answer(Given { milliseconds: 900, ..RIGHT });
    check(Signal::Rushing, &lesson(&[Answer(FAST), Answer(FAST), right]), &[(30, None)]);
}

#[test]
fn who_only_taps_is_rushing_and_with_the_first_wrong_try_stuck() {
    let story = lesson(&[Answer(FAST), Answer(FAST), Answer(FAST), Answer(WRONG)]);
    check(Signal::Stuck, &story, &[(30, None), (39, None), (40, Some(40))]);
    check(Signal::Rushing, &story, &[(39, Some(30)), (40, None)]);
}

#[test]
fn idle_rises_two_minutes_after_the_last_touch_and_clears_with_the_next() {
    let mut story = lesson(&[]);
    story.extend([(60, Touch), (200, Touch), (250, Held(2)), (330, Finish)]);
    let idle = [(179, None), (180, Some(180)), (199, Some(180)), (200, None), (320, Some(320)), (330, None)];
    check(Signal::Idle, &story, &idle);
    assert_eq!((at(&story, 180)[0].advice, at(&story, 320)[0].advice), (Advice::Word, Advice::Tablet));
    check(Signal::Idle, &[(0, In)], &[(500, None)]);
}

#[test]
fn ready_rises_with_the_third_answer_to_a_secure_skill_and_clears_with_another() {
    let secure = Answer(SECURE);
    let story = lesson(&[Answer(RIGHT), secure, secure, other(RIGHT), secure]);
    let expected = [(20, None), (29, None), (30, Some(30)), (39, Some(30)), (40, None), (50, None)];
    check(Signal::Ready, &story, &expected);
    let late = lesson(&[Answer(RIGHT), Answer(RIGHT), Answer(RIGHT), secure, Answer(RIGHT)]);
    check(Signal::Ready, &late, &[(39, None), (40, Some(40)), (50, None)]);
}

#[test]
fn signing_out_clears_all_but_a_hand() {
    let mut story = lesson(&[Answer(Given { hints: 2, ..FAST }); 3]);
    story.extend([(35, Answer(WRONG)), (40, Out)]);
    assert!(!at(&story, 39).is_empty());
    assert_eq!(at(&story, 40), []);
}

#[test]
fn after_a_visit_three_more_wrong_answers_are_news_and_none_before() {
    let mut story = lesson(&[Answer(WRONG); 3]);
    story.extend([(35, Visit), (40, Answer(WRONG)), (50, Answer(WRONG)), (60, Answer(WRONG))]);
    check(Signal::Stuck, &story, &[(34, Some(30)), (35, None), (59, None), (60, Some(60))]);
}

#[test]
fn after_a_visit_the_rating_has_its_say_with_the_third_answer() {
    for (signal, given) in
        [(Signal::Stuck, FALLING), (Signal::WheelSpinning, SPINNING), (Signal::Ready, SECURE)]
    {
        let mut story = lesson(&[Answer(given); 3]);
        story.push((35, Visit));
        story.extend([40, 50, 60, 70].map(|second| (second, Answer(given))));
        check(signal, &story, &[(34, Some(if signal == Signal::Ready { 30 } else { 10 }))]);
        check(signal, &story, &[(35, None), (59, None), (60, Some(60)), (70, Some(60))]);
    }
}

#[test]
fn after_a_visit_two_more_minutes_without_a_touch_are_news() {
    let mut story = lesson(&[]);
    story.push((150, Visit));
    check(Signal::Idle, &story, &[(149, Some(121)), (150, None), (269, None), (270, Some(270))]);
}

#[test]
fn hands_come_first_then_the_most_urgent_then_who_waited_longest_and_never_six() {
    use Signal::{HintRun, Idle, Ready, Rushing, Stuck, Waiting, WheelSpinning};
    let student = |number: u8| StudentId([number; 16]);
    let visits = |signals: &[(Signal, i64)]| {
        let raised = (0..).zip(signals).map(|(number, (signal, since))| (student(number), *signal, *since));
        to_visit(raised.collect()).iter().map(|student| student.0[0]).collect::<Vec<_>>()
    };
    let all =
        [(Ready, 1), (Idle, 1), (Rushing, 1), (HintRun, 1), (WheelSpinning, 1), (Stuck, 1), (Waiting, 9)];
    assert_eq!(visits(&all), [6, 5, 4, 3, 2]);
    assert_eq!(visits(&[(Stuck, 8), (Waiting, 7), (Stuck, 3), (Waiting, 2)]), [3, 1, 2, 0]);
    assert_eq!(visits(&[]), [0_u8; 0]);
}

#[test]
fn somebody_is_absent_from_when_a_third_of_the_class_is_here() {
    let on = [(0, 40), (13, 40), (14, 40), (1, 3), (0, 0), (1, 1)];
    let found: Vec<_> = on.iter().map(|(here, of)| is_lesson_on(*here, *of)).collect();
    assert_eq!(found, [false, false, true, true, false, true]);
}
