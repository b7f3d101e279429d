//! What happens by the clock, without anybody asking.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::backup::Backup;
use crate::db::Urgency;
use crate::device::Device;
use crate::journal::Journal;
use crate::library::Library;
use crate::mastery::Mastery;
use crate::sync::Sync;
use crate::web::Stopping;

/// Views follow the journal at the latest after so long (measured: `docs/decisions/0002-sqlite-settings.md`).
const FOLD_EVERY: Duration = Duration::from_secs(60);

/// Between two tries to reach the hub.
const SYNC_EVERY: Duration = Duration::from_secs(10 * 60);

/// Difficulties move slowly, and reading all answers takes a small board some seconds.
const CALIBRATE_EVERY: Duration = Duration::from_secs(8 * 60 * 60);
/// With fewer new entries there is nothing to learn.
const WORTH_CALIBRATING: u64 = 500;

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

/// Learns how hard questions are once a day at most, when enough is new.
pub async fn keep_difficulties_true(journal: Arc<Journal>, mastery: Arc<Mastery>, stopping: Stopping) {
    let mut timer = tokio::time::interval(CALIBRATE_EVERY);
    let mut known = 0;
    loop {
        tokio::select! {
            () = stopping.wait() => return,
            _ = timer.tick() => {}
        }
        let Ok(count) = journal.count().await else { continue };
        if count < known + WORTH_CALIBRATING {
            continue;
        }
        match mastery.calibrate().await {
            Ok(moved) => {
                known = count;
                tracing::info!(moved, "difficulties were learned from answers");
            }
            Err(error) => tracing::error!(%error, "difficulties could not be learned"),
        }
    }
}

/// Syncs with the hub, where the box belongs to one: often enough that a minute of internet a day is caught, seldom enough to cost
/// nothing on a line that is paid by the byte (an idle sync is less than a kilobyte).
pub async fn keep_hub_informed(sync: Arc<Sync>, library: Arc<Library>, stopping: Stopping) {
    let mut timer = tokio::time::interval(SYNC_EVERY);
    loop {
        tokio::select! {
            () = stopping.wait() => return,
            _ = timer.tick() => {}
        }
        if !matches!(sync.link(), Ok(Some(_))) {
            continue;
        }
        match sync.run().await {
            Ok(report) => {
                tracing::info!(sent = report.sent, received = report.received, "synced with the hub");
            }
            // Most of the day there is no line: that is no news.
            Err(error) if error.code == "sync.hub-unreachable" => {
                tracing::debug!(%error, "no line to the hub");
            }
            Err(error) => tracing::warn!(%error, "the sync did not end well"),
        }
        bring_packs(&sync, &library).await;
    }
}

/// Between two exchanges with the other boxes of the school: on its own network they cost nothing.
const BOXES_EVERY: Duration = Duration::from_secs(2 * 60);

/// Keeps the boxes of one school alike, as long as they hear each other.
pub async fn keep_boxes_alike(
    sync: Arc<Sync>,
    device: Arc<Device>,
    library: Arc<Library>,
    stopping: Stopping,
) {
    let mut timer = tokio::time::interval(BOXES_EVERY);
    loop {
        tokio::select! {
            () = stopping.wait() => return,
            _ = timer.tick() => {}
        }
        match sync.exchange_with_boxes(&device).await {
            Ok(0) => {}
            Ok(count) => {
                tracing::debug!(count, "exchanged with other boxes");
                bring_packs(&sync, &library).await;
            }
            Err(error) if error.code == "sync.under-way" => {}
            Err(error) => tracing::warn!(%error, "other boxes could not be looked for"),
        }
    }
}

/// Between two looks at what a power cut could still take from the second copy, and at the sticks.
const COPIES_EVERY: Duration = Duration::from_secs(30);
/// A place that failed is tried again after so many looks: half an hour.
const TRY_AGAIN_AFTER: u32 = 60;
/// Where the daily copy lies, among the places that failed.
const OWN_DISK: &str = "";

/// Keeps copies of the school's data: the second one on the disk, a daily one of the database, and backups on sticks that ask for them.
pub async fn keep_copies(backup: Arc<Backup>, library: Arc<Library>, stopping: Stopping) {
    let mut timer = tokio::time::interval(COPIES_EVERY);
    // Not at the start itself: that is when a class signs in.
    timer.reset();
    let mut failed: BTreeMap<String, u32> = BTreeMap::new();
    loop {
        tokio::select! {
            () = stopping.wait() => return,
            _ = timer.tick() => {}
        }
        if let Err(error) = backup.tend_log().await {
            tracing::warn!(%error, "the second copy is not on the disk");
        }
        count_down(&mut failed);
        if !failed.contains_key(OWN_DISK) {
            match backup.copy_when_due().await {
                Ok(false) => {}
                Ok(true) => tracing::info!("the day's copy of the database was made"),
                Err(error) => {
                    tracing::error!(%error, "the day's copy of the database could not be made");
                    failed.insert(OWN_DISK.to_owned(), TRY_AGAIN_AFTER);
                }
            }
        }
        back_up_on_sticks(&backup, &library, &mut failed).await;
    }
}

fn count_down(failed: &mut BTreeMap<String, u32>) {
    failed.retain(|_, looks| {
        *looks -= 1;
        *looks > 0
    });
}

async fn back_up_on_sticks(backup: &Backup, library: &Library, failed: &mut BTreeMap<String, u32>) {
    for stick in library.writable_sticks() {
        if failed.contains_key(&stick.id) || !backup.is_wanted_on(&stick.folder) {
            continue;
        }
        match backup.write_to(&stick.folder, &stick.name).await {
            Ok(done) => tracing::info!(stick = stick.name, bytes = done.bytes, "a backup lies on the stick"),
            Err(error) => {
                tracing::warn!(%error, stick = stick.name, "no backup on the stick");
                failed.insert(stick.id, TRY_AGAIN_AFTER);
            }
        }
    }
}

async fn bring_packs(sync: &Sync, library: &Arc<Library>) {
    match sync.bring_packs(library).await {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "packs are on their way"),
        Err(error) => tracing::warn!(%error, "nobody knows which packs are lacking"),
    }
}

async fn fold(journal: &Journal) {
    if journal.unfolded() > 0
        && let Err(error) = journal.fold(Urgency::Soon).await
    {
        tracing::error!(%error, "the views could not be brought up to date");
    }
}
