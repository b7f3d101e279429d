//! How long a wrong try must wait for the next one.

use std::time::Duration;

/// After so long without a wrong try all is forgotten.
pub(super) const FORGET_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// What tries are counted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::people) enum Counter {
    /// One staff member's name, from any device. The wait is short, so that a prankster can't keep a teacher out for
    /// long; still, eight random letters would take longer than the sun has.
    Account,
    /// One device that guesses passwords. The wait doubles.
    Device,
    /// The code that is printed at the first start.
    SetUp,
    /// The codes of parents, from all devices.
    Family,
    /// One student's pictures on one tablet. Then the teacher must be asked.
    PicturesHere,
    /// One student's pictures on all tablets together.
    PicturesAnywhere,
}

/// Wrong tries on one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::people) struct Tries {
    /// How many.
    pub(in crate::people) wrong: u32,
    /// The newest, in milliseconds since 1970.
    pub(in crate::people) at: u64,
}

/// Whether another try is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::people) enum Ruling {
    /// So many tries are left before a pause.
    Go { left: u32 },
    /// Not for that long.
    Wait(Duration),
    /// Not until somebody lifts it, or a day has passed.
    Stop,
}

/// Rules at `now` (milliseconds since 1970) over the tries so far.
pub(super) fn rule(counter: Counter, tries: Option<Tries>, now: u64) -> Ruling {
    let (allowed, longest_pause) = match counter {
        Counter::Device => (5, Some(Duration::from_secs(15 * 60))),
        Counter::Account | Counter::SetUp | Counter::Family => (10, Some(Duration::from_secs(60))),
        Counter::PicturesHere => (5, None),
        Counter::PicturesAnywhere => (25, None),
    };
    let since = |tries: Tries| Duration::from_millis(now.saturating_sub(tries.at));
    let Some(tries) = tries.filter(|tries| since(*tries) < FORGET_AFTER) else {
        return Ruling::Go { left: allowed };
    };
    if tries.wrong < allowed {
        return Ruling::Go { left: allowed - tries.wrong };
    }
    let Some(longest) = longest_pause else { return Ruling::Stop };
    let doublings = (tries.wrong - allowed).min(10);
    let pause = (Duration::from_secs(30) * (1 << doublings)).min(longest);
    match pause.checked_sub(since(tries)).filter(|left| !left.is_zero()) {
        Some(left) => Ruling::Wait(left),
        None => Ruling::Go { left: 1 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_run_out_and_come_back() {
        use Counter::{Account, Device, PicturesAnywhere, PicturesHere};
        let seconds = |s| Ruling::Wait(Duration::from_secs(s));
        let table = [
            // counter, wrong tries, seconds since the newest, ruling
            (Device, 0, 0, Ruling::Go { left: 5 }),
            (Device, 4, 0, Ruling::Go { left: 1 }),
            (Device, 5, 0, seconds(30)),
            (Device, 5, 29, seconds(1)),
            (Device, 5, 30, Ruling::Go { left: 1 }),
            (Device, 6, 0, seconds(60)),
            (Device, 7, 20, seconds(100)),
            (Device, 40, 0, seconds(900)),
            (Device, 40, 86_400, Ruling::Go { left: 5 }),
            (Account, 9, 0, Ruling::Go { left: 1 }),
            (Account, 10, 0, seconds(30)),
            (Account, 99, 0, seconds(60)),
            (PicturesHere, 3, 0, Ruling::Go { left: 2 }),
            (PicturesHere, 5, 3_600, Ruling::Stop),
            (PicturesHere, 5, 86_400, Ruling::Go { left: 5 }),
            (PicturesAnywhere, 24, 0, Ruling::Go { left: 1 }),
            (PicturesAnywhere, 25, 0, Ruling::Stop),
        ];
        let now = 1_790_000_000_000;
        for (counter, wrong, ago, expected) in table {
            let tries = Some(Tries { wrong, at: now - ago * 1_000 });
            assert_eq!(rule(counter, tries, now), expected, "{counter:?}, {wrong} wrong, {ago} s ago");
        }
    }
}
