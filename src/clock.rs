//! The only file that reads a clock.
//!
//! A board has no battery for its clock: after a power cut it may wake in 1970. So nothing is ordered by the wall
//! clock alone. A [`Moment`] carries the number of the boot and the milliseconds since then, which are always true,
//! and a guess of the date that never goes back. Everything else takes moments as parameters.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// When something happened, as far as the box can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Counts the starts of this board, from 1.
    pub boot: u32,
    /// Milliseconds since that start, sleep included.
    pub mono: u64,
    /// Milliseconds since 1970, a guess: never earlier than the date that the journal ended with at the start. It may jump
    /// forwards, and back as far as that, when somebody sets the clock.
    pub wall: u64,
}

/// Where moments come from.
#[derive(Clone)]
pub struct Clock {
    boot: u32,
    /// The date at the beginning of this boot by the journal's end: on a board that woke in 1970, time goes on from there.
    earliest: u64,
    source: Source,
}

#[derive(Clone)]
enum Source {
    System,
    Hands(Arc<Hands>),
}

/// The hands of a clock that a test or a simulation moves by itself.
pub struct Hands {
    mono: AtomicU64,
    wall: AtomicU64,
}

impl Hands {
    /// Lets time pass, in milliseconds.
    pub fn advance(&self, milliseconds: u64) {
        self.mono.fetch_add(milliseconds, Ordering::SeqCst);
        self.wall.fetch_add(milliseconds, Ordering::SeqCst);
    }

    /// Sets the date, in milliseconds since 1970, as a wrong or mended board clock would.
    pub fn set_wall(&self, wall: u64) {
        self.wall.store(wall, Ordering::SeqCst);
    }
}

impl Clock {
    /// The board's clocks, before the journal tells the boot and the date with [`Clock::in_boot`].
    pub fn system() -> Self {
        Self { boot: 0, earliest: 0, source: Source::System }
    }

    /// A clock that stands at `wall` (milliseconds since 1970) until its hands are moved.
    pub fn by_hand(wall: u64) -> (Self, Arc<Hands>) {
        let hands = Arc::new(Hands { mono: AtomicU64::new(1_000), wall: AtomicU64::new(wall) });
        (Self { boot: 0, earliest: 0, source: Source::Hands(hands.clone()) }, hands)
    }

    /// The same clock in boot number `boot`, at a moment when `passed` (milliseconds since 1970) is known to have passed.
    #[must_use]
    pub fn in_boot(&self, boot: u32, passed: u64) -> Self {
        let (mono, _) = self.read();
        Self { boot, earliest: passed.saturating_sub(mono), source: self.source.clone() }
    }

    /// Now.
    pub fn now(&self) -> Moment {
        let (mono, wall) = self.read();
        // A wrong date that goes on is worth more than one that stands still: pauses end, requests grow old.
        Moment { boot: self.boot, mono, wall: wall.max(self.earliest.saturating_add(mono)) }
    }

    /// Milliseconds since the boot, and since 1970.
    fn read(&self) -> (u64, u64) {
        match &self.source {
            Source::System => (read_boot_clock(), read_wall_clock()),
            Source::Hands(hands) => (hands.mono.load(Ordering::SeqCst), hands.wall.load(Ordering::SeqCst)),
        }
    }
}

/// The day on which `wall` (milliseconds since 1970) falls in UTC, as `2026-11-25`. The calendar arithmetic is that of
/// Howard Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`.
pub fn date(wall: u64) -> String {
    let days = wall / 86_400_000 + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Names the current boot of this machine, so that a restart of the program alone keeps its boot number.
pub fn boot_name() -> String {
    std::fs::read_to_string("/proc/sys/kernel/random/boot_id")
        .map(|text| text.trim().to_owned())
        .unwrap_or_default()
}

fn read_boot_clock() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    let milliseconds = u64::try_from(time.tv_nsec / 1_000_000).unwrap_or(0);
    seconds * 1_000 + milliseconds
}

#[expect(clippy::disallowed_methods, reason = "this is the file that reads the clock")]
fn read_wall_clock() -> u64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .ok()
        .and_then(|since| u64::try_from(since.as_millis()).ok())
        .unwrap_or(0)
}

/// A point in time to wait for, on the board's steady clock.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline(u64);

impl Deadline {
    /// `wait` from now.
    pub fn after(wait: Duration) -> Self {
        Self(read_boot_clock() + u64::try_from(wait.as_millis()).unwrap_or(u64::MAX / 2))
    }

    /// What is left of the wait; nothing when it is over.
    pub fn remaining(self) -> Option<Duration> {
        self.0.checked_sub(read_boot_clock()).filter(|left| *left > 0).map(Duration::from_millis)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_their_dates() {
        const DAY: u64 = 86_400_000;
        for (day, wanted) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_782, "2026-11-25"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(date(day * DAY + DAY - 1), wanted);
        }
    }

    #[test]
    fn a_board_that_woke_in_1970_goes_on_from_the_last_date_it_knew() {
        let known = 1_790_000_000_000;
        let (clock, hands) = Clock::by_hand(5_000);
        let clock = clock.in_boot(2, known);
        assert_eq!(clock.now().wall, known);
        hands.advance(60_000);
        assert_eq!((clock.now().boot, clock.now().wall), (2, known + 60_000));
        hands.set_wall(known + 9_000_000);
        assert_eq!(clock.now().wall, known + 9_000_000, "somebody set the clock");
        hands.set_wall(1_000);
        assert_eq!(clock.now().wall, known + 60_000);
    }
}
