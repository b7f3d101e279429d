//! How much each sender may put on the disk, so that nobody fills it: neither a stranger on the Wi-Fi who makes tickets up
//! nor a student with a program.
//!
//! Whoever has used up their allowance is told to come again: a tablet keeps what it holds, so nothing honest is lost.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::rules::{self, Allowance};
use crate::error::{Error, Kind, Result};
use crate::ids::StudentId;

/// Who sends: a student, or somebody without a ticket of this school.
pub(super) type Sender = Option<StudentId>;

/// What everybody may still send, in bytes of the journal.
#[derive(Default)]
pub(super) struct Allowances(Mutex<HashMap<Sender, Allowance>>);

impl Allowances {
    /// Whether all of these may send at `now` (milliseconds since the boot).
    ///
    /// # Errors
    /// `evidence.too-much`.
    pub(super) fn check(&self, senders: impl IntoIterator<Item = Sender>, now: u64) -> Result<()> {
        let all = self.all();
        let is_used_up = |sender: &Sender| rules::allowance(all.get(sender), sender.is_some(), now).left == 0;
        if senders.into_iter().any(|sender| is_used_up(&sender)) {
            let sentence =
                "So much came from here that the box takes the rest later. It is kept on the tablet.";
            return Err(Error::new(Kind::TooMany, "evidence.too-much", sentence));
        }
        Ok(())
    }

    /// Takes off what was written.
    pub(super) fn charge(&self, written: HashMap<Sender, u64>, now: u64) {
        let mut all = self.all();
        for (sender, bytes) in written {
            let Allowance { left, at } = rules::allowance(all.get(&sender), sender.is_some(), now);
            all.insert(sender, Allowance { left: left.saturating_sub(bytes), at });
        }
    }

    fn all(&self) -> MutexGuard<'_, HashMap<Sender, Allowance>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
