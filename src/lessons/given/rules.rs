//! What of the things given a student finds first.

use std::cmp::Reverse;

use super::super::State;

/// So many are shown on a student's first screen: more is no help in choosing, and all of it is in the courses.
pub(super) const MOST_SHOWN: usize = 12;

/// One thing given, as it stands for one student.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing<T> {
    /// What was given.
    pub(super) what: T,
    /// When, as the stamp of the entry.
    pub(super) at: u64,
    /// How far the student is with it.
    pub(super) state: State,
}

/// What to show, in order: first what is not done, then what is; of each the newest first. What a student was given in
/// two classes is shown once, as of the later time.
pub(super) fn to_show<T: PartialEq>(mut given: Vec<Standing<T>>) -> Vec<T> {
    given.sort_by_key(|one| (one.state == State::Done, Reverse(one.at)));
    let mut shown = Vec::new();
    for Standing { what, .. } in given {
        if shown.len() < MOST_SHOWN && !shown.contains(&what) {
            shown.push(what);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use State::{Done, New, Started};

    fn shown(given: &[(&'static str, u64, State)]) -> Vec<&'static str> {
        let standing =
            |(what, at, state): &(&'static str, u64, State)| Standing { what: *what, at: *at, state: *state };
        to_show(given.iter().map(standing).collect())
    }

    #[test]
    fn what_is_done_sinks_below_what_is_not_and_the_newest_comes_first() {
        assert_eq!(shown(&[]), [""; 0]);
        assert_eq!(shown(&[("a", 1, New), ("b", 2, New)]), ["b", "a"]);
        assert_eq!(shown(&[("a", 1, Started), ("b", 2, Done), ("c", 3, Done)]), ["a", "c", "b"]);
        assert_eq!(shown(&[("a", 3, Started), ("b", 2, New)]), ["a", "b"], "what is begun keeps its place");
    }

    #[test]
    fn what_two_classes_were_given_is_shown_once() {
        assert_eq!(shown(&[("a", 1, New), ("b", 2, New), ("a", 3, New)]), ["a", "b"]);
    }

    #[test]
    fn a_long_list_keeps_what_is_to_be_done() {
        let mut given: Vec<_> = (2..40).map(|at| ("done", at, Done)).collect();
        given.push(("open", 1, New));
        assert_eq!(shown(&given), ["open", "done"]);
        let many: Vec<usize> = to_show((0..40).map(|what| Standing { what, at: 1, state: New }).collect());
        assert_eq!(many.len(), MOST_SHOWN);
    }
}
