//! Edits: a field of a thing is set to a value, and the greater stamp wins.
//!
//! Each edit carries the stamp of the value that its editor saw. The winner is a function of the set of edits alone, so
//! boxes agree whatever the order in which edits reach them. All edits are kept: that is history, undo, and how a real
//! conflict (two edits that saw the same value) is found.

use minicbor::{Decode, Encode};
use rusqlite::{Connection, OptionalExtension, params};

use super::View;
use super::entry::Entry;
use super::hlc::Hlc;
use crate::error::{Error, Result};

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Value {
    /// Nothing.
    #[n(0)]
    Null,
    /// Yes or no.
    #[n(1)]
    Bool(#[n(0)] bool),
    /// A whole number.
    #[n(2)]
    Int(#[n(0)] i64),
    /// Text.
    #[n(3)]
    Text(#[n(0)] String),
    /// Bytes, such as an id.
    #[n(4)]
    Bytes(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
}

impl Value {
    /// The text in it, if it is text.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The number in it, if it is one.
    pub fn as_int(&self) -> Option<i64> {
        if let Self::Int(number) = self { Some(*number) } else { None }
    }

    /// Whether it says yes.
    pub fn is_true(&self) -> bool {
        matches!(self, Self::Bool(true))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, Value as Sql};
        Ok(ToSqlOutput::Owned(match self {
            Self::Null => Sql::Null,
            Self::Bool(yes) => Sql::Integer((*yes).into()),
            Self::Int(number) => Sql::Integer(*number),
            Self::Text(text) => Sql::Text(text.clone()),
            Self::Bytes(bytes) => Sql::Blob(bytes.clone()),
        }))
    }
}

/// The body of a `SET` entry: fields of one thing.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Edit {
    /// The kind of thing: `student`, `class`, `school` …
    #[n(0)]
    pub entity: String,
    /// Which one; 16 bytes, or 32 for what stands between two things (a student in a class).
    #[cbor(n(1), with = "minicbor::bytes")]
    pub id: Vec<u8>,
    /// The fields.
    #[n(2)]
    pub fields: Vec<FieldEdit>,
}

/// One field set to a value.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct FieldEdit {
    /// The field's name.
    #[n(0)]
    pub field: String,
    /// Its new value.
    #[n(1)]
    pub value: Value,
    /// The stamp of the value that the editor saw; 0 when there was none.
    #[n(2)]
    pub prev: u64,
}

/// What a field holds now, with the stamp of the edit that set it.
pub(super) fn current(
    connection: &Connection,
    entity: &str,
    id: &[u8],
    field: &str,
) -> Result<Option<(Value, Hlc)>> {
    let found = connection
        .prepare_cached("SELECT value, hlc FROM register WHERE entity = ?1 AND id = ?2 AND field = ?3")?
        .query_row(params![entity, id, field], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?)))
        .optional()?;
    found.map(|(value, hlc)| Ok((decode(&value)?, Hlc::from_bits(hlc.cast_unsigned())))).transpose()
}

fn decode(bytes: &[u8]) -> Result<Value> {
    minicbor::decode(bytes)
        .map_err(|e| Error::internal("A register holds something unreadable.").caused_by(e))
}

/// Merges one edit into the registers, and tells the views of every field that changed.
pub(super) fn merge(connection: &Connection, views: &[Box<dyn View>], entry: &Entry) -> Result<()> {
    let Some(edit) = entry.read::<Edit>() else { return Ok(()) };
    let stream = entry.position.stream;
    for FieldEdit { field, value, prev } in &edit.fields {
        let bytes = minicbor::to_vec(value).unwrap_or_default();
        let hlc = entry.hlc.bits().cast_signed();
        connection
            .prepare_cached("INSERT OR IGNORE INTO edit (entity, id, field, hlc, stream, prev, value) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
            .execute(params![edit.entity, edit.id, field, hlc, stream, prev.cast_signed(), bytes])?;
        let won = connection
            .prepare_cached(
                "INSERT INTO register (entity, id, field, value, hlc, stream) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT DO UPDATE SET value = excluded.value, hlc = excluded.hlc, stream = excluded.stream
                 WHERE (excluded.hlc, excluded.stream) > (hlc, stream)",
            )?
            .execute(params![edit.entity, edit.id, field, bytes, hlc, stream])?;
        if won == 1 {
            for view in views.iter().filter(|view| view.entities().contains(&edit.entity.as_str())) {
                view.field_changed(connection, &edit.entity, &edit.id, field, value)?;
            }
        }
    }
    Ok(())
}

/// Two edits of one field that saw the same value: a person should look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The kind of thing.
    pub entity: String,
    /// Which one.
    pub id: Vec<u8>,
    /// The field.
    pub field: String,
    /// What stands now.
    pub kept: Value,
    /// What the other editor had written.
    pub lost: Value,
}

/// All conflicts whose winner still stands.
///
/// # Errors
/// When the database refuses.
pub fn conflicts(connection: &Connection) -> Result<Vec<Conflict>> {
    let mut statement = connection.prepare_cached(
        "SELECT r.entity, r.id, r.field, r.value, lost.value
         FROM register r
         JOIN edit won ON (won.entity, won.id, won.field, won.hlc, won.stream) = (r.entity, r.id, r.field, r.hlc, r.stream)
         JOIN edit lost ON (lost.entity, lost.id, lost.field, lost.prev) = (won.entity, won.id, won.field, won.prev)
              AND (lost.hlc, lost.stream) < (won.hlc, won.stream) AND lost.value <> won.value
         ORDER BY 1, 2, 3, lost.hlc",
    )?;
    let rows = statement.query_map([], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, Vec<u8>>(3)?, row.get::<_, Vec<u8>>(4)?))
    })?;
    rows.map(|row| {
        let (entity, id, field, kept, lost) = row?;
        Ok(Conflict { entity, id, field, kept: decode(&kept)?, lost: decode(&lost)? })
    })
    .collect()
}
