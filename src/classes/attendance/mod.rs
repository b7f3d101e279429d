//! Who was there: by the sign-ins of the day, and by the teacher's word, which counts more.

pub(super) mod routes;
mod rules;
mod store;

use std::collections::BTreeSet;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use store::AttendanceView;

use super::Classes;
use crate::clock;
use crate::db::Urgency;
use crate::error::{Error, Result};
use crate::ids::{ClassId, StaffId, StudentId};
use crate::journal::{Draft, EntryKind, Stage};
use crate::people::Class;
use rules::Line;

/// Whether a student was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[cbor(index_only)]
#[schema(as = AttendanceState)]
pub enum Presence {
    /// There.
    #[n(0)]
    Present,
    /// There, after the lesson had begun.
    #[n(1)]
    Late,
    /// Not there, and nobody said why.
    #[n(2)]
    Absent,
    /// Not there, for a reason that the school knows.
    #[n(3)]
    Excused,
}

impl Presence {
    const ALL: [Self; 4] = [Self::Present, Self::Late, Self::Absent, Self::Excused];

    /// How it is kept and exported.
    fn word(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Late => "late",
            Self::Absent => "absent",
            Self::Excused => "excused",
        }
    }

    fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// The body of an `ATTENDANCE` entry. Numbers are for ever; new fields are optional and come last.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
struct AttendanceEntry {
    #[n(0)]
    class: ClassId,
    /// In UTC, as `2026-11-25`.
    #[n(1)]
    day: String,
    #[n(2)]
    student: StudentId,
    /// Nothing once it was taken back.
    #[n(3)]
    state: Option<Presence>,
    #[n(4)]
    by: Option<StaffId>,
}

/// A student on one day.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttendanceRow {
    /// Names them.
    pub student: StudentId,
    /// Their name.
    pub name: String,
    /// Their drawing.
    pub avatar: String,
    /// Null when nothing is known.
    #[schema(required)]
    pub state: Option<Presence>,
    /// Whether a teacher said so.
    pub by_hand: bool,
    /// When they first signed in on that day, in milliseconds since 1970.
    #[schema(required)]
    pub signed_in_at: Option<u64>,
}

/// A class on one day.
#[derive(Debug, Serialize, ToSchema)]
pub struct Attendance {
    /// As `2026-11-25`, by the box's date.
    pub day: String,
    /// By name.
    pub students: Vec<AttendanceRow>,
}

/// A student over some time; days of which nothing is known count for neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct DaysOf {
    /// Days on which they were there, late or not.
    pub there: usize,
    /// Days on which they were not.
    pub away: usize,
}

/// A teacher's word on one student.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AttendanceMark {
    /// Who.
    pub student: StudentId,
    /// Null takes back what was said by hand.
    pub state: Option<Presence>,
}

impl Classes {
    /// A class on one day, today without one. `class` must be one that the caller may see.
    ///
    /// # Errors
    /// `attendance.day-wrong`; when the database refuses.
    pub async fn attendance(&self, class: &Class, day: Option<String>) -> Result<Attendance> {
        let day = self.day(day)?;
        let (id, of) = (class.id, day.clone());
        let known = self.journal.read(move |connection| store::of_days(connection, id, &of, &of)).await?;
        let directory = self.people.directory();
        let row = |student: &crate::people::Student| {
            let by_hand = known.said(&day, student.id);
            let came = known.came(&day, student.id);
            AttendanceRow {
                student: student.id,
                name: student.name.clone(),
                avatar: student.avatar.clone(),
                state: rules::judge(by_hand, came.is_some()),
                by_hand: by_hand.is_some(),
                signed_in_at: came,
            }
        };
        Ok(Attendance { students: directory.students_of(class).into_iter().map(row).collect(), day })
    }

    /// Writes down what a teacher says of some students on one day, today without one. `class` must be one that `by` may
    /// change.
    ///
    /// # Errors
    /// `attendance.day-wrong`; `people.student-unknown` for somebody who is not in the class; when the database refuses.
    pub async fn mark(
        &self,
        class: &Class,
        day: Option<String>,
        marks: Vec<AttendanceMark>,
        by: StaffId,
    ) -> Result<Attendance> {
        let day = self.day(day)?;
        if marks.iter().any(|mark| !class.students.contains(&mark.student)) {
            return Err(Error::not_found("people.student-unknown", "There is no such student."));
        }
        let (id, of) = (class.id, day.clone());
        let write = move |stage: &mut Stage| {
            for AttendanceMark { student, state } in marks {
                let entry = AttendanceEntry { class: id, day: of.clone(), student, state, by: Some(by) };
                stage.append(Draft::new(EntryKind::ATTENDANCE, &entry))?;
            }
            Ok(())
        };
        self.journal.write(Urgency::Now, write).await?;
        self.attendance(class, Some(day)).await
    }

    /// The register of a class over the days from `from` to `to` of which something is known, as CSV. `class` must be one
    /// that the caller may see.
    ///
    /// # Errors
    /// `attendance.day-wrong`, `attendance.range-wrong`; when the database refuses.
    pub async fn register(&self, class: &Class, from: String, to: String) -> Result<String> {
        rules::check_day(&from)?;
        rules::check_day(&to)?;
        let id = class.id;
        let known = self.journal.read(move |connection| store::of_days(connection, id, &from, &to)).await?;
        let directory = self.people.directory();
        let students = directory.students_of(class);
        let is_known = |day: &String| {
            let known_of = |id| known.said(day, id).is_some() || known.came(day, id).is_some();
            students.iter().any(|student| known_of(student.id))
        };
        let days: BTreeSet<String> = known.days().into_iter().filter(is_known).collect();
        if days.len() > rules::MOST_DAYS {
            let sentence = "These are too many days for one table. Choose at most one school year.";
            return Err(Error::invalid("attendance.range-wrong", sentence));
        }
        let days: Vec<String> = days.into_iter().collect();
        let line = |student: &&crate::people::Student| Line {
            name: student.name.clone(),
            number: student.school_id.clone(),
            states: days
                .iter()
                .map(|day| rules::judge(known.said(day, student.id), known.came(day, student.id).is_some()))
                .collect(),
        };
        Ok(rules::to_csv(&days, &students.iter().map(line).collect::<Vec<_>>()))
    }

    /// On how many days from one moment to another a student was there, and on how many not, as far as it is known. `class` is
    /// one of theirs.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn days_of(&self, class: &Class, student: StudentId, from: u64, to: u64) -> Result<DaysOf> {
        let (id, from, to) = (class.id, clock::date(from), clock::date(to));
        let known = self.journal.read(move |connection| store::of_days(connection, id, &from, &to)).await?;
        let states = known
            .days()
            .into_iter()
            .filter_map(|day| rules::judge(known.said(&day, student), known.came(&day, student).is_some()));
        let (there, away): (Vec<_>, Vec<_>) =
            states.partition(|state| matches!(state, Presence::Present | Presence::Late));
        Ok(DaysOf { there: there.len(), away: away.len() })
    }

    fn day(&self, day: Option<String>) -> Result<String> {
        let day = day.unwrap_or_else(|| clock::date(self.journal.clock().now().wall));
        rules::check_day(&day)?;
        Ok(day)
    }
}

#[cfg(test)]
mod tests;
