//! What a hub decides: whether a segment comes next, and what it says by course and day.

use std::collections::{BTreeMap, BTreeSet};

use crate::evidence::Answer;
use crate::ids::StudentId;
use crate::journal::{Entry, EntryKind};
use crate::sync::Mark;
use crate::sync::segment::Head;

const DAY: u64 = 24 * 60 * 60 * 1_000;

/// How a segment fits the end of its chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// It comes next.
    Next,
    /// It is here already.
    Known,
    /// Something before it is missing.
    Gap,
    /// It begins where the chain ends, and belongs to another chain: its box went back in time.
    Other,
}

pub(super) fn fit(mark: &Mark, head: &Head) -> Fit {
    if head.next() <= mark.next {
        Fit::Known
    } else if head.first > mark.next {
        Fit::Gap
    } else if head.first == mark.next && head.before == mark.hash {
        Fit::Next
    } else {
        Fit::Other
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::StreamId;

    #[test]
    fn only_what_comes_next_and_belongs_to_the_chain_is_taken() {
        let mark = Mark { life: (StreamId([1; 16]), 1), next: 11, hash: [5; 32] };
        let head = |first, count, before| Head { key: [0; 32], epoch: 1, first, count, before: [before; 32] };
        for (first, count, before, wanted) in [
            (11, 5, 5, Fit::Next),
            (11, 5, 6, Fit::Other),
            (6, 5, 4, Fit::Known),
            (1, 2, 0, Fit::Known),
            (12, 5, 5, Fit::Gap),
            (9, 5, 3, Fit::Other),
        ] {
            assert_eq!(fit(&mark, &head(first, count, before)), wanted, "{first} and {count}");
        }
    }
}
