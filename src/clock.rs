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
    /// Milliseconds since 1970, a guess: never earlier than any date the box has known before.
    pub wall: u64,
}

/// Where moments come from.
#[derive(Clone)]
pub struct Clock {
    boot: u32,
    floor: Arc<AtomicU64>,
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
    /// The board's clocks, in boot number `boot`; dates before `floor` (milliseconds since 1970) are known to be wrong.
    pub fn system(boot: u32, floor: u64) -> Self {
        Self { boot, floor: Arc::new(AtomicU64::new(floor)), source: Source::System }
    }

    /// A clock that stands at `wall` (milliseconds since 1970) until its hands are moved.
    pub fn by_hand(boot: u32, wall: u64) -> (Self, Arc<Hands>) {
        let hands = Arc::new(Hands { mono: AtomicU64::new(1_000), wall: AtomicU64::new(wall) });
        (Self { boot, floor: Arc::new(AtomicU64::new(0)), source: Source::Hands(hands.clone()) }, hands)
    }

    /// The same clock in another boot, with a higher floor.
    #[must_use]
    pub fn in_boot(&self, boot: u32, floor: u64) -> Self {
        let known = self.floor.load(Ordering::SeqCst).max(floor);
        Self { boot, floor: Arc::new(AtomicU64::new(known)), source: self.source.clone() }
    }

    /// Now.
    pub fn now(&self) -> Moment {
        let (mono, wall) = match &self.source {
            Source::System => (read_boot_clock(), read_wall_clock()),
            Source::Hands(hands) => (hands.mono.load(Ordering::SeqCst), hands.wall.load(Ordering::SeqCst)),
        };
        Moment { boot: self.boot, mono, wall: wall.max(self.floor.load(Ordering::SeqCst)) }
    }

    /// Tells the clock of a date that is known to have passed (milliseconds since 1970).
    pub fn raise_floor(&self, wall: u64) {
        self.floor.fetch_max(wall, Ordering::SeqCst);
    }
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
#[derive(Clone, Copy)]
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
