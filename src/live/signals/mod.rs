//! Who needs a teacher, and why: signals that rise and clear at an exact moment, and whom to visit first. Values in, values
//! out; times are milliseconds of one steady clock.
//!
//! After a visit all is counted anew: a signal is there again after three more answers, two more minutes, or a new hand.

use super::rules::{Facts, Recent};
use crate::ids::StudentId;

/// So many answers of one kind in a row are a sign, fewer are chance.
const IN_A_ROW: usize = 3;
/// So many wrong in a row, and one more question of the kind will not help.
const STEP_BACK_AFTER: usize = 5;
/// So long without a touch on an open activity, and a student is idle.
const IDLE_AFTER: i64 = 120_000;
/// Nobody reads a question and answers it in less; a floor by the length of the question would be finer than the times that
/// tablets measure.
const RUSHED_BELOW: u32 = 2_000;
/// So many hints for one question are leaning on them, as are all that it has.
const MANY_HINTS: u16 = 2;
/// A tablet signs a child out who waits without a touch, so a hand stays up for so long after.
const HAND_STAYS: i64 = 600_000;
/// An answer with less than half of it right is wrong here, in thousandths.
const WRONG_BELOW: u16 = 500;
/// More names than these nobody can go to before the picture has changed.
const MOST_VISITS: usize = 5;

/// What a teacher would want to know of a student, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LiveSignalKind)]
pub enum Signal {
    /// The hand is up.
    Waiting,
    /// Three wrong in a row on one skill, or it goes down answer after answer.
    Stuck,
    /// Many answers on a skill and no way forward.
    WheelSpinning,
    /// Three questions in a row with many hints, or all that there are.
    HintRun,
    /// Three answers in a row that are wrong and too fast to be thought of.
    Rushing,
    /// No touch for two minutes on an open activity.
    Idle,
    /// Secure, and still at it: needs new work.
    Ready,
}

/// One thing to do at a student's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LiveAdvice)]
pub enum Advice {
    /// Go and ask what they need.
    Go,
    /// Do the next one together.
    Together,
    /// Go back to the example together.
    StepBack,
    /// Explain it another way, with things in the hand.
    OtherWay,
    /// Read the question together, and let them try before the hint.
    BeforeHints,
    /// Let them say the answer aloud before they touch it.
    SlowDown,
    /// Ask what they are doing.
    Word,
    /// Look after the tablet and its Wi-Fi.
    Tablet,
    /// Give something new.
    NewWork,
}

/// What the rating said of the weightiest skill of an answer, right after it, in a class of one strictness.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) spinning: bool,
    pub(super) falling: bool,
    /// Secure or kept.
    pub(super) secure: bool,
}

/// A skill as answers name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct About {
    pub(super) course: String,
    pub(super) skill: String,
}

/// A signal that stands, since when, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Raised {
    pub(super) signal: Signal,
    pub(super) since: i64,
    /// A code for the sentence that tells why.
    pub(super) reason: &'static str,
    pub(super) advice: Advice,
    /// How many in a row, where they are counted.
    pub(super) count: Option<usize>,
    pub(super) about: Option<About>,
}

impl Raised {
    fn new(signal: Signal, since: i64, reason: &'static str, advice: Advice) -> Self {
        Self { signal, since, reason, advice, count: None, about: None }
    }

    fn about(self, course: &str, skill: &str) -> Self {
        Self { about: Some(About { course: course.to_owned(), skill: skill.to_owned() }), ..self }
    }
}

/// The answers that count: all, or those after the last visit.
pub(super) struct Answers<'a> {
    /// The oldest first.
    fresh: Vec<&'a Recent>,
    /// From which of them on the rating tells whether a visit helped.
    told_from: usize,
    strictness: usize,
}

impl<'a> Answers<'a> {
    /// All that are remembered.
    pub(super) fn all(facts: &'a Facts) -> Self {
        Self { fresh: facts.last.iter().collect(), told_from: 0, strictness: facts.strictness }
    }

    fn since_visit(facts: &'a Facts) -> Self {
        let Some(visited) = facts.visited else { return Self::all(facts) };
        let fresh = facts.last.iter().filter(|answer| answer.at > visited).collect();
        Self { fresh, told_from: IN_A_ROW - 1, strictness: facts.strictness }
    }

    /// The newest answers of which `is` holds: how many, and when there were `IN_A_ROW`.
    fn row(&self, is: impl Fn(&Recent) -> bool) -> Option<(usize, i64)> {
        let count = self.fresh.iter().rev().take_while(|answer| is(answer)).count();
        let third = self.fresh.get(self.fresh.len() - count + (IN_A_ROW - 1))?;
        Some((count, third.at))
    }

    /// The newest answer, and since when the rating has said so of its skill without a break.
    fn told(&self, says: impl Fn(Standing) -> bool) -> Option<(&'a Recent, i64)> {
        let newest = *self.fresh.last()?;
        let told = self.fresh.get(self.told_from..)?.iter().rev();
        let standing = |answer: &Recent| answer.standings.and_then(|of| of.get(self.strictness).copied());
        let run = told.take_while(|answer| answer.is_like(newest) && standing(answer).is_some_and(&says));
        run.last().map(|first| (newest, first.at))
    }
}

/// All that stands at `now`, the most urgent first.
pub(super) fn raised(facts: &Facts, now: i64) -> Vec<Raised> {
    let hand = waiting(facts, now);
    if !facts.signed_in {
        return hand.into_iter().collect();
    }
    let answers = Answers::since_visit(facts);
    let signals = [
        hand,
        stuck(&answers),
        wheel_spinning(&answers),
        hint_run(&answers),
        rushing(&answers),
        idle(facts, now),
        ready(&answers),
    ];
    signals.into_iter().flatten().collect()
}

/// Whom to visit first, at most five: the most urgent, and among equals who has waited longest.
pub(super) fn to_visit(mut raised: Vec<(StudentId, Signal, i64)>) -> Vec<StudentId> {
    raised.sort_by_key(|(_, signal, since)| (*signal, *since));
    raised.into_iter().take(MOST_VISITS).map(|(student, ..)| student).collect()
}

/// Whether a lesson is on, so that whoever was not heard of is absent: a third of the class is signed in.
pub(super) fn is_lesson_on(signed_in: usize, of: usize) -> bool {
    signed_in > 0 && signed_in * 3 >= of
}

fn waiting(facts: &Facts, now: i64) -> Option<Raised> {
    let asked = facts.hand?;
    let is_near = facts.signed_in || facts.came_or_left.is_some_and(|left| now - left < HAND_STAYS);
    is_near.then(|| Raised::new(Signal::Waiting, asked, "live.hand-up", Advice::Go))
}

/// Wrong answers in a row that were not all rushed: who only taps is not stuck.
pub(super) fn stuck(answers: &Answers) -> Option<Raised> {
    wrong_in_a_row(answers).or_else(|| {
        let (newest, since) = answers.told(|standing| standing.falling)?;
        let skill = newest.skills.first()?;
        let raised = Raised::new(Signal::Stuck, since, "live.falling", Advice::StepBack);
        Some(raised.about(&newest.course, skill))
    })
}

fn wrong_in_a_row(answers: &Answers) -> Option<Raised> {
    let newest = *answers.fresh.last()?;
    let rows = newest.skills.iter().filter_map(|skill| {
        let is = |answer: &Recent| {
            answer.is_wrong() && answer.course == newest.course && answer.skills.contains(skill)
        };
        answers.row(is).map(|(count, third)| (count, third, skill))
    });
    // Of two skills with rows of one length the weightier one is named.
    let (count, third, skill) = rows.rev().max_by_key(|(count, ..)| *count)?;
    let row = answers.fresh.get(answers.fresh.len() - count..)?;
    let tried = row.iter().find(|answer| !answer.is_rushed())?;
    let advice = if count >= STEP_BACK_AFTER { Advice::StepBack } else { Advice::Together };
    let raised = Raised::new(Signal::Stuck, third.max(tried.at), "live.wrong-in-a-row", advice);
    Some(Raised { count: Some(count), ..raised.about(&newest.course, skill) })
}

fn wheel_spinning(answers: &Answers) -> Option<Raised> {
    let (newest, since) = answers.told(|standing| standing.spinning)?;
    let raised = Raised::new(Signal::WheelSpinning, since, "live.wheel-spinning", Advice::OtherWay);
    Some(raised.about(&newest.course, newest.skills.first()?))
}

fn hint_run(answers: &Answers) -> Option<Raised> {
    let (count, since) = answers.row(Recent::leans_on_hints)?;
    let raised = Raised::new(Signal::HintRun, since, "live.hint-run", Advice::BeforeHints);
    Some(Raised { count: Some(count), ..raised })
}

fn rushing(answers: &Answers) -> Option<Raised> {
    let (count, since) = answers.row(Recent::is_rushed)?;
    let raised = Raised::new(Signal::Rushing, since, "live.rushing", Advice::SlowDown);
    Some(Raised { count: Some(count), ..raised })
}

fn idle(facts: &Facts, now: i64) -> Option<Raised> {
    let since = idle_since(facts.touched.max(facts.visited), facts, now)?;
    // Answers that do not leave the tablet while nobody touches it: it may have lost the Wi-Fi or its battery.
    let advice = if facts.held > 0 { Advice::Tablet } else { Advice::Word };
    Some(Raised::new(Signal::Idle, since, "live.no-touch", advice))
}

/// Since when an open activity that is not finished lies untouched, when the last touch was at `touched`.
pub(super) fn idle_since(touched: Option<i64>, facts: &Facts, now: i64) -> Option<i64> {
    let since = touched? + IDLE_AFTER;
    (facts.touched.is_some() && facts.opened.is_some() && facts.finished.is_none() && now >= since)
        .then_some(since)
}

/// A review now and then is no reason to send somebody on: the newest three are about the secure skill.
fn ready(answers: &Answers) -> Option<Raised> {
    let (newest, secure) = answers.told(|standing| standing.secure)?;
    let (_, third) = answers.row(|answer| answer.is_like(newest))?;
    let raised = Raised::new(Signal::Ready, secure.max(third), "live.ready", Advice::NewWork);
    Some(raised.about(&newest.course, newest.skills.first()?))
}

impl Recent {
    /// With less than half of it right; half or more ends a row of wrong ones.
    fn is_wrong(&self) -> bool {
        self.score < WRONG_BELOW
    }

    fn is_rushed(&self) -> bool {
        self.is_wrong() && self.milliseconds < RUSHED_BELOW
    }

    fn leans_on_hints(&self) -> bool {
        self.hints >= MANY_HINTS || (self.hints > 0 && self.item_hints.is_some_and(|all| self.hints >= all))
    }

    /// Whether the weightiest skill is that of another answer.
    fn is_like(&self, other: &Self) -> bool {
        self.course == other.course && !self.skills.is_empty() && self.skills.first() == other.skills.first()
    }
}

#[cfg(test)]
mod tests;
