//! Plans, how lessons run, and how classes work: a view of the journal.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::body::{ClassWay, LessonEntry, Plan, PlanEntry, RunEntry, WayEntry};
use super::rules::Stand;
use crate::clock::Moment;
use crate::error::Result;
use crate::ids::{ClassId, PlanId, StaffId, StreamId};
use crate::journal::{Entry, EntryKind, Folds, Hlc, View};

/// The newest word of all boxes on each plan, on how it runs, and on how each class works.
pub struct LessonsView;

impl View for LessonsView {
    fn tables(&self) -> &'static [&'static str] {
        &["plan", "lesson_run", "class_way"]
    }

    fn folds(&self) -> Folds {
        Folds::WithEntry
    }

    fn kinds(&self) -> &'static [EntryKind] {
        &[EntryKind::LESSON]
    }

    fn fold(&self, connection: &Connection, entry: &Entry) -> Result<()> {
        match entry.read::<LessonEntry>() {
            Some(LessonEntry::Plan(plan)) => fold_plan(connection, entry, plan),
            Some(LessonEntry::Run(run)) => fold_run(connection, entry, &run),
            Some(LessonEntry::Way(way)) => fold_way(connection, entry, &way),
            None => Ok(()),
        }
    }
}

fn cbor<T: minicbor::Encode<()>>(value: &T) -> Vec<u8> {
    // Writing to a vector can't fail.
    minicbor::to_vec(value).unwrap_or_default()
}

fn fold_plan(connection: &Connection, entry: &Entry, plan: PlanEntry) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO plan (id, class, content, said_by, hlc, stream) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET class = excluded.class, content = excluded.content,
                 said_by = excluded.said_by, hlc = excluded.hlc, stream = excluded.stream
             WHERE (excluded.hlc, excluded.stream) > (plan.hlc, plan.stream)",
        )?
        .execute(params![
            plan.plan,
            plan.class,
            plan.content.map(|content| cbor(&content)),
            plan.by,
            entry.hlc.bits().cast_signed(),
            entry.position.stream,
        ])?;
    Ok(())
}

fn fold_run(connection: &Connection, entry: &Entry, run: &RunEntry) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO lesson_run (plan, class, round, spent, length, began, ended, boot, mono, hlc, stream)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT DO UPDATE SET class = excluded.class, round = excluded.round, spent = excluded.spent,
                 length = excluded.length, began = excluded.began, ended = excluded.ended, boot = excluded.boot,
                 mono = excluded.mono, hlc = excluded.hlc, stream = excluded.stream
             WHERE (excluded.hlc, excluded.stream) > (lesson_run.hlc, lesson_run.stream)",
        )?
        .execute(params![
            run.plan,
            run.class,
            run.round,
            run.spent,
            run.length,
            run.began.cast_signed(),
            run.ended,
            entry.boot,
            entry.mono.cast_signed(),
            entry.hlc.bits().cast_signed(),
            entry.position.stream,
        ])?;
    Ok(())
}

fn fold_way(connection: &Connection, entry: &Entry, way: &WayEntry) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO class_way (class, content, hlc, stream) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET content = excluded.content, hlc = excluded.hlc, stream = excluded.stream
             WHERE (excluded.hlc, excluded.stream) > (class_way.hlc, class_way.stream)",
        )?
        .execute(params![
            way.class,
            cbor(&way.way),
            entry.hlc.bits().cast_signed(),
            entry.position.stream
        ])?;
    Ok(())
}

/// A plan, by whom and when it was changed last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) id: PlanId,
    pub(super) plan: Plan,
    pub(super) by: Option<StaffId>,
    /// Milliseconds since 1970.
    pub(super) at: u64,
}

fn held(row: &Row) -> rusqlite::Result<Option<Held>> {
    let content: Option<Vec<u8>> = row.get(1)?;
    let Some(plan) = content.and_then(|content| minicbor::decode(&content).ok()) else { return Ok(None) };
    let at = Hlc::from_bits(row.get::<_, i64>(3)?.cast_unsigned()).wall();
    Ok(Some(Held { id: row.get(0)?, plan, by: row.get(2)?, at }))
}

/// The plans of a class, the newest first.
pub(super) fn plans_of(connection: &Connection, class: ClassId) -> Result<Vec<Held>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, content, said_by, hlc FROM plan WHERE class = ?1 AND content IS NOT NULL
         ORDER BY hlc DESC, id",
    )?;
    let rows = statement.query_map([class], held)?.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(rows.into_iter().flatten().collect())
}

/// One plan of a class.
pub(super) fn plan_of(connection: &Connection, class: ClassId, plan: PlanId) -> Result<Option<Held>> {
    Ok(connection
        .prepare_cached("SELECT id, content, said_by, hlc FROM plan WHERE id = ?1 AND class = ?2")?
        .query_row(params![plan, class], held)
        .optional()?
        .flatten())
}

/// What was last said of a lesson that runs or ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) plan: PlanId,
    pub(super) stand: Stand,
    /// Milliseconds since 1970.
    pub(super) began: u64,
    pub(super) ended: bool,
    boot: u32,
    mono: u64,
    wall: u64,
    stream: StreamId,
}

impl Run {
    /// Milliseconds since it was said: by the steady clock while the box stays on. After a power cut by the date, which
    /// stood still on a board without a battery, as did the lesson.
    pub(super) fn since(&self, now: Moment, own: StreamId) -> i64 {
        let steady = self.stream == own && self.boot == now.boot;
        let since =
            if steady { now.mono.saturating_sub(self.mono) } else { now.wall.saturating_sub(self.wall) };
        i64::try_from(since).unwrap_or(i64::MAX)
    }
}

fn run(row: &Row) -> rusqlite::Result<Run> {
    Ok(Run {
        plan: row.get(0)?,
        stand: Stand {
            round: usize::try_from(row.get::<_, i64>(1)?).unwrap_or(usize::MAX),
            spent: row.get(2)?,
            length: row.get(3)?,
        },
        began: row.get::<_, i64>(4)?.cast_unsigned(),
        ended: row.get(5)?,
        boot: row.get(6)?,
        mono: row.get::<_, i64>(7)?.cast_unsigned(),
        wall: Hlc::from_bits(row.get::<_, i64>(8)?.cast_unsigned()).wall(),
        stream: row.get(9)?,
    })
}

/// The lesson of a class that was last spoken of, ended or not.
pub(super) fn run_of_class(connection: &Connection, class: ClassId) -> Result<Option<Run>> {
    Ok(connection
        .prepare_cached(
            "SELECT plan, round, spent, length, began, ended, boot, mono, hlc, stream FROM lesson_run
             WHERE class = ?1 ORDER BY hlc DESC, stream DESC LIMIT 1",
        )?
        .query_row([class], run)
        .optional()?)
}

/// When lessons of a class or their plans were last spoken of, as the clock of the journal has it; 0 when never.
pub(super) fn last_word(connection: &Connection, class: ClassId) -> Result<u64> {
    let last: Option<i64> = connection
        .prepare_cached(
            "SELECT max(hlc) FROM (SELECT hlc FROM lesson_run WHERE class = ?1
             UNION ALL SELECT hlc FROM plan WHERE class = ?1)",
        )?
        .query_row([class], |row| row.get(0))?;
    Ok(last.unwrap_or(0).cast_unsigned())
}

/// How a class works, where somebody said so.
pub(super) fn way_of(connection: &Connection, class: ClassId) -> Result<ClassWay> {
    let content: Option<Vec<u8>> = connection
        .prepare_cached("SELECT content FROM class_way WHERE class = ?1")?
        .query_row([class], |row| row.get(0))
        .optional()?;
    Ok(content.and_then(|content| minicbor::decode(&content).ok()).unwrap_or_default())
}
