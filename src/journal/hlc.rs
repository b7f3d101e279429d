//! The hybrid logical clock: a stamp that grows with every entry and stays near the date.

/// A stamp: 48 bits of milliseconds since 1970, 16 bits of count. Greater is later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hlc(u64);

/// The latest date in a stamp: the year 6429. The database compares stamps as signed numbers, so the first bit stays free.
const LAST_WALL: u64 = (1 << 47) - 1;
/// A stamp from another box is believed up to a day beyond our own date.
const TRUSTED_AHEAD: u64 = 24 * 60 * 60 * 1_000;

impl Hlc {
    /// From its 64 bits.
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// Its 64 bits.
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// The milliseconds since 1970 in it.
    pub const fn wall(self) -> u64 {
        self.0 >> 16
    }

    /// The stamp after this one, at `wall` milliseconds since 1970.
    #[must_use]
    pub fn next(self, wall: u64) -> Self {
        let fresh = Self(wall.min(LAST_WALL) << 16);
        // When the date stands still or is behind, count: 65,536 entries a millisecond before the count runs over
        // into the milliseconds, which only moves the stamp ahead by one.
        fresh.max(Self(self.0.saturating_add(1)))
    }

    /// What our own clock becomes on seeing a foreign stamp at `wall`: the greater one, unless it lies in the future.
    #[must_use]
    pub fn seen(self, foreign: Self, wall: u64) -> Self {
        if foreign.wall() > wall.saturating_add(TRUSTED_AHEAD) { self } else { self.max(foreign) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_always_grow_and_stay_near_the_date() {
        let mut last = Hlc::default();
        for wall in [5, 5, 5, 3, 4, 1_000, 999, 1_000] {
            let next = last.next(wall);
            assert!(next > last, "{next:?} is not after {last:?}");
            assert!(next.wall() >= wall);
            last = next;
        }
        assert_eq!(last.wall(), 1_000);
    }

    #[test]
    fn stamps_stay_in_order_for_the_database_at_the_end_of_all_dates() {
        let late = Hlc::default().next(u64::MAX);
        assert!(late.next(5) > late && late.next(5).bits().cast_signed() > 0);
        assert_eq!(Hlc::from_bits(u64::MAX).next(5), Hlc::from_bits(u64::MAX));
    }

    #[test]
    fn a_box_set_to_2099_does_not_pull_the_others_along() {
        let now = 1_790_000_000_000;
        let ours = Hlc::default().next(now);
        let in_2099 = Hlc::default().next(4_070_908_800_000);
        assert_eq!(ours.seen(in_2099, now), ours);
        let in_an_hour = Hlc::default().next(now + 3_600_000);
        assert_eq!(ours.seen(in_an_hour, now), in_an_hour);
    }
}
