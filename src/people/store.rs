//! The tables of the school's people, made of winning fields, and how they are read.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, Row, params};

use super::directory::{Class, Directory, School, Staff, Student};
use crate::error::Result;
use crate::ids::{ClassId, SchoolId, StaffId, StudentId};
use crate::journal::{Folds, Value, View};

/// What a column can hold. A value of another shape counts as the column's default, so that a row is a function of the
/// winning values alone.
#[derive(Clone, Copy)]
enum Shape {
    Text,
    Number,
    Flag,
}

/// Entity (also the table), length of its ids, field, column, shape.
const FIELDS: &[(&str, usize, &str, &str, Shape)] = &[
    ("school", 16, "name", "name", Shape::Text),
    ("school", 16, "language", "language", Shape::Text),
    ("school", 16, "set-up", "set_up", Shape::Number),
    ("staff", 16, "name", "name", Shape::Text),
    ("staff", 16, "role", "role", Shape::Text),
    ("staff", 16, "password", "password", Shape::Text),
    ("staff", 16, "gone", "gone", Shape::Flag),
    ("class", 16, "name", "name", Shape::Text),
    ("class", 16, "gone", "gone", Shape::Flag),
    ("student", 16, "name", "name", Shape::Text),
    ("student", 16, "avatar", "avatar", Shape::Text),
    ("student", 16, "school-id", "school_id", Shape::Text),
    ("student", 16, "language", "language", Shape::Text),
    ("student", 16, "badge", "badge", Shape::Number),
    ("student", 16, "gone", "gone", Shape::Flag),
    ("member", 32, "in", "is_in", Shape::Flag),
    ("teaches", 32, "in", "is_in", Shape::Flag),
];

/// The kinds of thing that people edit here.
pub(super) const ENTITIES: &[&str] = &["class", "member", "school", "staff", "student", "teaches"];

/// Keeps the tables of people in step with the journal.
pub(super) struct PeopleView;

impl View for PeopleView {
    fn tables(&self) -> &'static [&'static str] {
        ENTITIES
    }

    fn folds(&self) -> Folds {
        Folds::WithEntry
    }

    fn entities(&self) -> &'static [&'static str] {
        ENTITIES
    }

    fn field_changed(
        &self,
        connection: &Connection,
        entity: &str,
        id: &[u8],
        field: &str,
        value: &Value,
    ) -> Result<()> {
        let known = FIELDS.iter().find(|known| (known.0, known.1, known.2) == (entity, id.len(), field));
        let Some((table, _, _, column, shape)) = known else { return Ok(()) };
        let value = match shape {
            Shape::Text => Sql::Text(value.as_text().unwrap_or_default().to_owned()),
            // Times and counts; a negative one is of the wrong shape.
            Shape::Number => Sql::Integer(value.as_int().unwrap_or_default().max(0)),
            Shape::Flag => Sql::Integer(value.is_true().into()),
        };
        connection
            .prepare_cached(&format!(
                "INSERT INTO {table} (id, {column}) VALUES (?1, ?2)
                 ON CONFLICT DO UPDATE SET {column} = excluded.{column}"
            ))?
            .execute(params![id, value])?;
        Ok(())
    }
}

/// Whether some school was set up.
pub(super) fn is_set_up(connection: &Connection) -> Result<bool> {
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM school WHERE set_up > 0)")?
        .query_row([], |row| row.get(0))?)
}

/// How many heads there are besides `except`.
pub(super) fn other_heads(connection: &Connection, except: StaffId) -> Result<u64> {
    let count: i64 = connection
        .prepare_cached("SELECT count(*) FROM staff WHERE role = 'head' AND NOT gone AND id <> ?1")?
        .query_row([except], |row| row.get(0))?;
    Ok(count.cast_unsigned())
}

/// The number of a student's newest badge.
pub(super) fn badge(connection: &Connection, student: StudentId) -> Result<u64> {
    let count: i64 = connection
        .prepare_cached("SELECT badge FROM student WHERE id = ?1")?
        .query_row([student], |row| row.get(0))?;
    Ok(count.cast_unsigned())
}

/// Everybody who is not gone.
pub(super) fn load_directory(connection: &Connection) -> Result<Directory> {
    let mut directory = Directory::default();
    // Two boxes set up apart and joined later agree on the school that was there first.
    let school = "SELECT id, name, language FROM school WHERE set_up > 0 ORDER BY set_up, id LIMIT 1";
    each(connection, school, |row| {
        directory.school =
            Some(School { id: SchoolId(row.get(0)?), name: row.get(1)?, language: row.get(2)? });
        Ok(())
    })?;
    each(connection, "SELECT id, name, role, password FROM staff WHERE NOT gone", |row| {
        let role: String = row.get(2)?;
        if let Some(role) = super::rules::staff_role(&role) {
            let id = StaffId(row.get(0)?);
            directory.staff.insert(id, Staff { id, name: row.get(1)?, role, password: row.get(3)? });
        }
        Ok(())
    })?;
    each(connection, "SELECT id, name FROM class WHERE NOT gone", |row| {
        let id = ClassId(row.get(0)?);
        directory
            .classes
            .insert(id, Class { id, name: row.get(1)?, students: Vec::new(), staff: Vec::new() });
        Ok(())
    })?;
    each(
        connection,
        "SELECT id, name, avatar, school_id, language, badge FROM student WHERE NOT gone",
        |row| {
            let id = StudentId(row.get(0)?);
            let student = Student {
                id,
                name: row.get(1)?,
                avatar: row.get(2)?,
                school_id: row.get(3)?,
                language: row.get(4)?,
                badge: row.get::<_, i64>(5)?.cast_unsigned(),
            };
            directory.students.insert(id, student);
            Ok(())
        },
    )?;
    each(connection, "SELECT substr(id, 1, 16), substr(id, 17) FROM member WHERE is_in", |row| {
        directory.join_student(ClassId(row.get(0)?), StudentId(row.get(1)?));
        Ok(())
    })?;
    each(connection, "SELECT substr(id, 1, 16), substr(id, 17) FROM teaches WHERE is_in", |row| {
        directory.join_staff(ClassId(row.get(0)?), StaffId(row.get(1)?));
        Ok(())
    })?;
    Ok(directory)
}

fn each(
    connection: &Connection,
    sql: &str,
    mut take: impl FnMut(&Row) -> rusqlite::Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(row)?;
    }
    Ok(())
}
