//! Which copies are kept, and when a new one is due.

/// In milliseconds.
const HOUR: u64 = 60 * 60 * 1_000;
const DAY: u64 = 24 * HOUR;
/// A school day has one copy: a box that is switched on at eight makes it before noon.
const DUE_AFTER: u64 = 20 * HOUR;
/// So many of the newest are kept, and the last one of an earlier week, from before a mistake that nobody noticed at once.
const NEWEST: usize = 2;
const WEEK: u64 = 7 * DAY;

/// Whether a new copy is due. A clock that went back is no reason to wait for it.
pub(super) fn is_due(last: Option<u64>, now: u64) -> bool {
    last.is_none_or(|last| now < last || now - last >= DUE_AFTER)
}

/// The copies that may go, of all by their dates.
pub(super) fn to_remove(all: &[u64], now: u64) -> Vec<u64> {
    let mut rest = all.to_vec();
    rest.sort_unstable_by(|one, other| other.cmp(one));
    let mut rest = rest.split_off(NEWEST.min(rest.len()));
    if let Some(of_last_week) = rest.iter().position(|at| at / WEEK < now / WEEK) {
        rest.remove(of_last_week);
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_due_once_a_day_and_a_clock_that_went_back_makes_one() {
        let now = 1_790_000_000_000;
        for (last, due) in [
            (None, true),
            (Some(now - HOUR), false),
            (Some(now - 20 * HOUR), true),
            (Some(now + 30 * DAY), true),
        ] {
            assert_eq!(is_due(last, now), due, "{last:?}");
        }
    }

    #[test]
    fn the_newest_two_stay_and_the_last_of_an_earlier_week() {
        let mut kept: Vec<u64> = Vec::new();
        for day in 1..=40 {
            let now = day * DAY;
            kept.push(now);
            let gone = to_remove(&kept, now);
            kept.retain(|at| !gone.contains(at));
            let ages: Vec<u64> = kept.iter().map(|at| day - at / DAY).collect();
            assert!(kept.len() <= 3 && ages.contains(&0), "day {day}: {ages:?}");
            assert!(day < 10 || ages.iter().any(|age| *age >= 2), "day {day}: {ages:?}");
        }
        assert!(to_remove(&[5], 0).is_empty());
    }
}
