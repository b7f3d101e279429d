//! The difficulties in force: a view of the journal.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::difficulty::Difficulties;
use super::rules::Estimate;
use crate::error::Result;
use crate::evidence::{Calibrated, Calibration, Hardness};
use crate::journal::{Entry, EntryKind, Folds, View};

/// How hard skills and items are, by the newest calibration that names them.
pub struct DifficultyView;

impl View for DifficultyView {
    fn tables(&self) -> &'static [&'static str] {
        &["difficulty"]
    }

    fn folds(&self) -> Folds {
        Folds::WithEntry
    }

    fn kinds(&self) -> &'static [EntryKind] {
        &[EntryKind::DIFFICULTY]
    }

    fn fold(&self, connection: &Connection, entry: &Entry) -> Result<()> {
        let Some(Calibration { skills, items }) = entry.read() else { return Ok(()) };
        for (is_item, calibrated) in
            skills.iter().map(|skill| (false, skill)).chain(items.iter().map(|item| (true, item)))
        {
            keep(connection, entry, is_item, calibrated)?;
        }
        Ok(())
    }
}

fn keep(connection: &Connection, entry: &Entry, is_item: bool, calibrated: &Calibrated) -> Result<()> {
    let Calibrated { name, difficulty: Hardness { mean, variance }, .. } = calibrated;
    connection
        .prepare_cached(
            "INSERT INTO difficulty (is_item, name, mean, variance, hlc, stream, epoch, seq)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT DO UPDATE SET mean = excluded.mean, variance = excluded.variance, hlc = excluded.hlc,
                 stream = excluded.stream, epoch = excluded.epoch, seq = excluded.seq
             WHERE (excluded.hlc, excluded.stream, excluded.epoch, excluded.seq) > (hlc, stream, epoch, seq)",
        )?
        .execute(params![
            is_item,
            name,
            mean,
            variance,
            entry.hlc.bits().cast_signed(),
            entry.position.stream,
            entry.position.epoch.cast_signed(),
            entry.position.seq.cast_signed(),
        ])?;
    Ok(())
}

/// The difficulties in force.
///
/// # Errors
/// When the database refuses.
pub(super) fn in_force(connection: &Connection) -> Result<Difficulties> {
    let (mut skills, mut items) = (HashMap::new(), HashMap::new());
    let mut statement = connection.prepare_cached("SELECT is_item, name, mean, variance FROM difficulty")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (mean, variance): (i32, u32) = (row.get(2)?, row.get(3)?);
        let estimate = Estimate::of(Hardness { mean, variance });
        let of_kind = if row.get(0)? { &mut items } else { &mut skills };
        of_kind.insert(row.get(1)?, estimate);
    }
    Ok(Difficulties::new(skills, items))
}
