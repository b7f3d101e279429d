//! Which question comes next: neither boring nor out of reach, no question twice in a short while, and now and then one
//! about something that was learned before.

use std::collections::{HashSet, VecDeque};

use super::difficulty::Hard;
use super::rules::Observation;
use super::student::Student;

/// The chance to be right that keeps a student going; practice systems aim at 75 to 80 in 100 (Pelánek's group).
const AIM: f64 = 0.78;
/// To find out what somebody can do, a question that may go either way tells most.
const AIM_OF_PLACEMENT: f64 = 0.5;
/// A question does not come back before so many others,
const NOT_AGAIN_WITHIN: usize = 10;
/// where the course has so many.
const EVERY_REVIEW: u32 = 4;

/// A question that could be asked.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// `<pack>/<item>@<version>`.
    pub name: String,
    /// `<pack>/<skill>` that it is most about.
    pub skill: String,
    /// How hard it is.
    pub hard: Hard,
    /// The chance to be right by guessing, from 0 to below 1.
    pub guess: f64,
}

/// What may be asked in a sitting, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Practice: what suits, with reviews mixed in.
    Practice,
    /// To show what one knows: different questions that tell much.
    Show,
    /// To find where to begin: over all skills, one after the other.
    Placement,
}

/// The skills of a sitting.
#[derive(Clone, Debug, Default)]
pub struct Open {
    /// Worked on.
    pub skills: Vec<String>,
    /// Known, and due for a review.
    pub due: Vec<String>,
}

/// The next questions for the places from `from` to before `to`, as indices into `bank`: each chosen as if those before
/// were answered as expected. `recent` are names of questions that were asked lately, the newest last.
///
/// Fewer where there are none; empty only if `bank` has nothing about the open skills.
pub fn choose(
    student: &Student,
    bank: &[Candidate],
    open: &Open,
    purpose: Purpose,
    recent: &[String],
    (from, to): (u32, u32),
) -> Vec<usize> {
    let mut student = student.clone();
    let mut asked: VecDeque<&str> =
        recent.iter().rev().take(NOT_AGAIN_WITHIN).rev().map(String::as_str).collect();
    let mut chosen = Vec::new();
    let mut last_skill = "";
    for place in from..to {
        let about = skills_at(open, purpose, place, last_skill);
        let Some(index) = nearest(&student, bank, &about, purpose, &asked) else { break };
        let Candidate { name, skill, hard, guess } = &bank[index];
        let expected = predicted(&student, &bank[index]);
        let observation = Observation {
            score: expected,
            questions: 1.0,
            weight: 1.0,
            guess: *guess,
            feedback: purpose == Purpose::Practice,
        };
        student.take(skill, Some(name), &observation, *hard);
        asked.push_back(name);
        if asked.len() > NOT_AGAIN_WITHIN {
            asked.pop_front();
        }
        last_skill = skill;
        chosen.push(index);
    }
    chosen
}

/// What the question at a place may be about.
fn skills_at<'a>(open: &'a Open, purpose: Purpose, place: u32, last: &str) -> HashSet<&'a str> {
    let all = |skills: &'a [String]| skills.iter().map(String::as_str).collect::<HashSet<_>>();
    let is_review = purpose == Purpose::Practice && place % EVERY_REVIEW == EVERY_REVIEW - 1;
    if !open.due.is_empty() && (is_review || open.skills.is_empty()) {
        return all(&open.due);
    }
    let mut skills = all(&open.skills);
    if purpose == Purpose::Placement && skills.len() > 1 {
        skills.remove(last);
    }
    skills
}

/// The question whose chance to be right is nearest to the aim; of equal ones the first. One that was asked lately comes
/// again only where there is no other, the longest ago first.
fn nearest(
    student: &Student,
    bank: &[Candidate],
    about: &HashSet<&str>,
    purpose: Purpose,
    asked: &VecDeque<&str>,
) -> Option<usize> {
    let aim = if purpose == Purpose::Practice { AIM } else { AIM_OF_PLACEMENT };
    let rank = |candidate: &Candidate| {
        let again = asked.iter().rposition(|name| *name == candidate.name).map_or(0, |place| place + 1);
        // A question that can be guessed shows little.
        let blur = if purpose == Purpose::Practice { 0.0 } else { candidate.guess };
        (again, (predicted(student, candidate) - aim).abs() + blur)
    };
    let ranked = bank.iter().enumerate().filter(|(_, one)| about.contains(one.skill.as_str()));
    let ranked = ranked.map(|(index, one)| (rank(one), index));
    let first = ranked.min_by(|((again, far), _), ((other_again, other_far), _)| {
        again.cmp(other_again).then(far.total_cmp(other_far))
    });
    first.map(|(_, index)| index)
}

/// The score that is expected of a student.
pub fn predicted(student: &Student, candidate: &Candidate) -> f64 {
    student.expected(&candidate.skill, candidate.hard, candidate.guess)
}
