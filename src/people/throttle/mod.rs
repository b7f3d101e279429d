//! Counts wrong tries, on an account or on a device and never on an address (a class shares one), also over a restart.

mod rules;
mod store;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use sha2::{Digest, Sha256};

pub(super) use rules::{Counter, Ruling, Tries};

use crate::db::{Db, Urgency};
use crate::error::Result;

/// More things than this are not counted at once: a device that invents names must not fill the memory.
const MOST: usize = 10_000;

pub(super) struct Throttle {
    local: Arc<Db>,
    tries: Mutex<HashMap<[u8; 32], Tries>>,
}

/// One thing that tries are counted on.
#[derive(Clone, Copy)]
pub(super) struct Counted {
    counter: Counter,
    name: [u8; 32],
}

impl Counted {
    /// Only a hash is kept of what is tried on.
    pub(super) fn new(counter: Counter, on: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        hash.update([counter as u8]);
        for part in on {
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(part);
        }
        Self { counter, name: hash.finalize().into() }
    }
}

impl Throttle {
    /// Reads what was counted before the restart. A board that woke in the past counts from `now`.
    pub(super) fn open(local: Arc<Db>, now: u64) -> Result<Self> {
        let forgotten = now.saturating_sub(forget_after());
        let mut tries = local.write_blocking(Urgency::Now, move |connection| {
            store::forget_before(connection, forgotten)?;
            store::load(connection)
        })?;
        for tries in tries.values_mut() {
            tries.at = tries.at.min(now);
        }
        Ok(Self { local, tries: Mutex::new(tries) })
    }

    pub(super) fn rule(&self, on: Counted, now: u64) -> Ruling {
        let mut tries = self.tries();
        // Counted while the clock stood in the future: the pause runs from now, not for years.
        let counted = tries.get_mut(&on.name).map(|tries| {
            tries.at = tries.at.min(now);
            *tries
        });
        rules::rule(on.counter, counted, now)
    }

    /// Counts a wrong try; answers how things stand after it.
    pub(super) async fn count(&self, on: Counted, now: u64) -> Ruling {
        let counted = {
            let mut tries = self.tries();
            if tries.len() >= MOST {
                drop_oldest(&mut tries);
            }
            let former = tries.get(&on.name).filter(|former| now.saturating_sub(former.at) < forget_after());
            let counted = Tries { wrong: former.map_or(0, |former| former.wrong).saturating_add(1), at: now };
            tries.insert(on.name, counted);
            counted
        };
        self.keep(move |connection| store::save(connection, &on.name, counted)).await;
        rules::rule(on.counter, Some(counted), now)
    }

    pub(super) async fn clear(&self, on: Counted) {
        if self.tries().remove(&on.name).is_some() {
            self.keep(move |connection| store::forget(connection, &on.name)).await;
        }
    }

    /// What can't be kept still counts until the restart.
    async fn keep(&self, work: impl FnOnce(&Connection) -> Result<()> + Send + 'static) {
        if let Err(error) = self.local.write(Urgency::Now, work).await {
            tracing::warn!(%error, "wrong tries are not kept over a restart");
        }
    }

    fn tries(&self) -> MutexGuard<'_, HashMap<[u8; 32], Tries>> {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn forget_after() -> u64 {
    u64::try_from(rules::FORGET_AFTER.as_millis()).unwrap_or(u64::MAX)
}

/// Keeps the newer half.
fn drop_oldest(tries: &mut HashMap<[u8; 32], Tries>) {
    let mut times: Vec<u64> = tries.values().map(|tries| tries.at).collect();
    times.sort_unstable();
    let median = times.get(times.len() / 2).copied().unwrap_or(0);
    tries.retain(|_, tries| tries.at > median);
}
