//! Goals: a view of the journal.

use rusqlite::{Connection, Row, params};

use super::body::{Goal, GoalEntry};
use crate::error::Result;
use crate::ids::{ClassId, GoalId};
use crate::journal::{Entry, EntryKind, Folds, View};

/// The newest word of all boxes on each goal.
pub struct GoalsView;

impl View for GoalsView {
    fn tables(&self) -> &'static [&'static str] {
        &["goal"]
    }

    fn folds(&self) -> Folds {
        Folds::WithEntry
    }

    fn kinds(&self) -> &'static [EntryKind] {
        &[EntryKind::GOAL]
    }

    fn fold(&self, connection: &Connection, entry: &Entry) -> Result<()> {
        let Some(GoalEntry { goal, class, content, by }) = entry.read() else { return Ok(()) };
        // Writing to a vector can't fail.
        let content = content.map(|content| minicbor::to_vec(content).unwrap_or_default());
        connection
            .prepare_cached(
                "INSERT INTO goal (id, class, content, said_by, hlc, stream) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT DO UPDATE SET class = excluded.class, content = excluded.content,
                     said_by = excluded.said_by, hlc = excluded.hlc, stream = excluded.stream
                 WHERE (excluded.hlc, excluded.stream) > (goal.hlc, goal.stream)",
            )?
            .execute(params![
                goal,
                class,
                content,
                by,
                entry.hlc.bits().cast_signed(),
                entry.position.stream
            ])?;
        Ok(())
    }
}

/// A goal that was not given up.
pub(super) struct Held {
    pub(super) id: GoalId,
    pub(super) class: ClassId,
    pub(super) goal: Goal,
}

/// All goals of the school: they are few.
pub(super) fn all(connection: &Connection) -> Result<Vec<Held>> {
    let mut statement = connection
        .prepare_cached("SELECT id, class, content FROM goal WHERE content IS NOT NULL ORDER BY id")?;
    let held = |row: &Row| -> rusqlite::Result<Option<Held>> {
        let content: Vec<u8> = row.get(2)?;
        let Ok(goal) = minicbor::decode(&content) else { return Ok(None) };
        Ok(Some(Held { id: row.get(0)?, class: row.get(1)?, goal }))
    };
    let rows = statement.query_map([], held)?.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(rows.into_iter().flatten().collect())
}
