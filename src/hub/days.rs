//! What answers say by course and day.

use std::collections::{BTreeMap, BTreeSet};

use crate::evidence::Answer;
use crate::ids::StudentId;
use crate::journal::{Entry, EntryKind};

const DAY: u64 = 24 * 60 * 60 * 1_000;

/// What a segment says of one course on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) course: String,
    /// Days since 1970, by the stamps of the entries.
    pub(super) number: u64,
    pub(super) answers: u64,
    /// Answers that are right in all their parts.
    pub(super) correct: u64,
    pub(super) milliseconds: u64,
    pub(super) students: BTreeSet<StudentId>,
}

/// Sums answers up by course and day.
pub(super) fn days_of(entries: &[Entry]) -> Vec<Day> {
    let mut days: BTreeMap<(String, u64), Day> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.kind == EntryKind::ANSWER) {
        let Some(answer) = entry.read::<Answer>() else { continue };
        let (course, at) = (answer.spot.course.clone(), entry.hlc.wall() / DAY);
        let day = days.entry((course.clone(), at)).or_insert_with(|| Day {
            course,
            number: at,
            answers: 0,
            correct: 0,
            milliseconds: 0,
            students: BTreeSet::new(),
        });
        day.answers += 1;
        day.correct += u64::from(answer.is_right());
        day.milliseconds += u64::from(answer.milliseconds);
        day.students.insert(answer.student);
        day.students.extend(answer.partner);
    }
    days.into_values().collect()
}
