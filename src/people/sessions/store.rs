//! Sessions, as they survive a restart.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::{Hash, Person, Session};
use crate::error::Result;
use crate::ids::{ClientId, StaffId, StudentId};

pub(super) fn load(connection: &Connection) -> Result<HashMap<Hash, Session>> {
    let mut statement = connection.prepare_cached("SELECT hash, student, person, client FROM session")?;
    let rows = statement.query_map([], |row| {
        let id = row.get(2)?;
        let person = if row.get(1)? { Person::Student(StudentId(id)) } else { Person::Staff(StaffId(id)) };
        Ok((row.get(0)?, Session { person, client: row.get::<_, Option<_>>(3)?.map(ClientId) }))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn insert(connection: &Connection, hash: &Hash, session: &Session, at: u64) -> Result<()> {
    let (student, person) = match session.person {
        Person::Student(id) => (true, id.0),
        Person::Staff(id) => (false, id.0),
    };
    connection
        .prepare_cached(
            "INSERT INTO session (hash, student, person, client, at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![hash, student, person, session.client.map(|client| client.0), at.cast_signed()])?;
    Ok(())
}

pub(super) fn delete(connection: &Connection, hashes: &[Hash]) -> Result<()> {
    let mut statement = connection.prepare_cached("DELETE FROM session WHERE hash = ?1")?;
    for hash in hashes {
        statement.execute([hash])?;
    }
    Ok(())
}

/// Ends what was begun long ago: students' sessions before `students`, those of staff before `staff`.
pub(super) fn delete_old(connection: &Connection, students: u64, staff: u64) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM session WHERE at < iif(student, ?1, ?2)")?
        .execute([students.cast_signed(), staff.cast_signed()])?;
    Ok(())
}
