//! What happens by the clock, without anybody asking.

use std::sync::Arc;
use std::time::Duration;

use crate::db::Urgency;
use crate::journal::Journal;
use crate::web::Stopping;

/// Views follow the journal at the latest after so long (measured: `docs/decisions/0002-sqlite-settings.md`).
const FOLD_EVERY: Duration = Duration::from_secs(60);

/// Folds entries into the later views: every minute, sooner when many wait, and once more at the stop.
pub async fn keep_views_fresh(journal: Arc<Journal>, stopping: Stopping) {
    let mut tail = journal.subscribe();
    let mut timer = tokio::time::interval(FOLD_EVERY);
    loop {
        tokio::select! {
            () = stopping.wait() => break,
            _ = timer.tick() => {}
            _ = tail.recv() => if !journal.is_fold_due() { continue },
        }
        fold(&journal).await;
    }
    fold(&journal).await;
}

async fn fold(journal: &Journal) {
    if journal.unfolded() > 0
        && let Err(error) = journal.fold(Urgency::Soon).await
    {
        tracing::error!(%error, "the views could not be brought up to date");
    }
}
