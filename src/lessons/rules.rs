//! How far somebody is, and which run comes next.

/// What a run of an activity comes down to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    /// From 1.
    pub(super) run: u32,
    /// Answered places.
    pub(super) done: u32,
    /// Places that are right in all their parts.
    pub(super) right: u32,
    /// Whether it was read to the end.
    pub(super) read: bool,
}

/// Whether something was begun and finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = WorkState)]
pub enum State {
    /// Never opened.
    New,
    /// Opened, not finished.
    Started,
    /// Finished at least once.
    Done,
}

/// How far somebody is with an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) state: State,
    /// Of the last finished run, else of the current one.
    pub(super) done: u32,
    /// As `done`.
    pub(super) right: u32,
}

/// Whether a run is finished: all its `of` places are answered; without places, it was read to the end.
pub(super) fn is_finished(outcome: Outcome, of: u32) -> bool {
    if of == 0 { outcome.read } else { outcome.done >= of }
}

/// How far somebody is with an activity of `of` places, from its runs in their order.
pub(super) fn standing(runs: impl Iterator<Item = Outcome>, of: u32) -> Standing {
    let mut standing = Standing { state: State::New, done: 0, right: 0 };
    for outcome in runs {
        let state = if is_finished(outcome, of) { State::Done } else { State::Started };
        if state >= standing.state {
            standing = Standing { state, done: outcome.done, right: outcome.right };
        }
    }
    standing
}

/// The run to show: the newest one, or the one after it when somebody asks for another and the newest is finished.
pub(super) fn run_to_show(newest: Option<Outcome>, of: u32, again: bool) -> u32 {
    match newest {
        None => 1,
        Some(newest) if again && of > 0 && is_finished(newest, of) => newest.run + 1,
        Some(newest) => newest.run,
    }
}

/// The state of what has parts: done when all are, new when all are, else started.
pub(super) fn state_of_all(parts: impl Iterator<Item = State>) -> State {
    let mut seen = [false; 3];
    for part in parts {
        seen[part as usize] = true;
    }
    match seen {
        [_, false, false] => State::New,
        [false, false, true] => State::Done,
        _ => State::Started,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(run: u32, done: u32, right: u32) -> Outcome {
        Outcome { run, done, right, read: false }
    }

    #[test]
    fn a_finished_run_is_not_hidden_by_the_next_one() {
        let standing = |runs: &[Outcome]| standing(runs.iter().copied(), 8);
        assert_eq!(standing(&[]), Standing { state: State::New, done: 0, right: 0 });
        assert_eq!(standing(&[run(1, 0, 0)]), Standing { state: State::Started, done: 0, right: 0 });
        assert_eq!(standing(&[run(1, 3, 2)]), Standing { state: State::Started, done: 3, right: 2 });
        let done = Standing { state: State::Done, done: 8, right: 5 };
        assert_eq!(standing(&[run(1, 8, 5)]), done);
        assert_eq!(standing(&[run(1, 8, 5), run(2, 1, 1)]), done);
        assert_eq!(
            standing(&[run(1, 8, 5), run(2, 8, 7)]),
            Standing { state: State::Done, done: 8, right: 7 }
        );
    }

    #[test]
    fn another_run_begins_only_when_the_last_one_is_finished() {
        for (newest, again, expected) in [
            (None, false, 1),
            (None, true, 1),
            (Some(run(1, 3, 3)), true, 1),
            (Some(run(1, 8, 3)), false, 1),
            (Some(run(1, 8, 3)), true, 2),
            (Some(run(2, 0, 0)), true, 2),
        ] {
            assert_eq!(run_to_show(newest, 8, again), expected, "{newest:?} {again}");
        }
        let read = Some(Outcome { read: true, ..run(1, 0, 0) });
        assert_eq!(run_to_show(read, 0, true), 1, "a page has no numbers to change");
    }

    #[test]
    fn a_lesson_is_done_when_all_of_it_is() {
        use State::{Done, New, Started};
        for (parts, expected) in [
            (vec![], New),
            (vec![New, New], New),
            (vec![New, Started], Started),
            (vec![New, Done], Started),
            (vec![Done, Started], Started),
            (vec![Done, Done], Done),
        ] {
            assert_eq!(state_of_all(parts.iter().copied()), expected, "{parts:?}");
        }
    }
}
