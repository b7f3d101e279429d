//! What teachers give to their classes: a course or one lesson of it, which the students find before all else.
//!
//! Giving is a word in the journal, of which the newest counts; nothing is locked by it and nothing is copied. What was
//! given of a course that is not on the box is kept, and is there again when the course is. Old names of courses and
//! lessons mean what they mean for results.

mod found;
pub(super) mod routes;
mod rules;
mod screens;
mod store;

use std::sync::Arc;

pub use screens::{Gift, GiftCard, GiftRow};
pub use store::{GivenView, courses_given};

use super::{Lessons, Reader, blocking};
use crate::db::Urgency;
use crate::error::{Error, Result};
use crate::evidence::Progress;
use crate::ids::{ClassId, StaffId};
use crate::journal::Stage;
use crate::packs::Course;
use crate::people::Class;
use found::Found;
use rules::Standing;
use store::{GivenEntry, Held, held_by};

impl Lessons {
    /// Gives something to a class; what the class has already stays as it is. `class` must be one that `by` may change.
    ///
    /// # Errors
    /// `pack.unknown`, `pack.for-teachers`, `lesson.unknown`; when the database refuses.
    pub async fn give(&self, class: ClassId, gift: Gift, by: StaffId) -> Result<()> {
        let course = self.known_course(Reader::Staff, &gift.course)?;
        if !course.is_for_students() {
            let message = "This course is for teachers. Choose one that is for students.";
            return Err(Error::invalid("pack.for-teachers", message));
        }
        let gift = Found::of(&course, &gift)
            .map(Found::gift)
            .ok_or_else(|| Error::not_found("lesson.unknown", "There is no such lesson in this course."))?;
        let courses = self.packs.courses();
        let give = move |stage: &mut Stage| {
            let held = held_by(stage.connection(), class)?;
            if held.iter().any(|held| is_same(&courses, &held.gift, &gift)) {
                return Ok(());
            }
            stage.append(GivenEntry::new(class, gift, true, by).draft()).map(drop)
        };
        self.journal.write(Urgency::Now, give).await
    }

    /// Takes something back from a class, under all names by which it was given; what the class does not have is no
    /// error. `class` must be one that `by` may change.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn take_back(&self, class: ClassId, gift: Gift, by: StaffId) -> Result<()> {
        let courses = self.packs.courses();
        let take = move |stage: &mut Stage| {
            for Held { gift: held, .. } in held_by(stage.connection(), class)? {
                if is_same(&courses, &held, &gift) {
                    stage.append(GivenEntry::new(class, held, false, by).draft())?;
                }
            }
            Ok(())
        };
        self.journal.write(Urgency::Now, take).await
    }

    /// What a class has, the newest first, with how many of its students began and finished it. What belongs to a course
    /// that is not on the box is left out.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn given_to_class(&self, class: &Class, language: &str) -> Result<Vec<GiftRow>> {
        let id = class.id;
        let held = self.journal.read(move |connection| held_by(connection, id)).await?;
        if held.is_empty() {
            return Ok(Vec::new());
        }
        let mut students = Vec::with_capacity(class.students.len());
        for student in &class.students {
            students.push(self.evidence.progress(*student).await?);
        }
        let (courses, directory) = (self.packs.courses(), self.people.directory());
        let language = language.to_owned();
        let count = move || {
            let mut told: Vec<Found> = Vec::with_capacity(held.len());
            let mut rows = Vec::with_capacity(held.len());
            for held in &held {
                let Some(found) = Found::among(&courses, &held.gift).filter(|found| !told.contains(found))
                else {
                    continue;
                };
                told.push(found);
                let states: Vec<_> = students.iter().map(|progress| found.state(progress)).collect();
                let by = held.by.and_then(|by| directory.staff_member(by)).map(|member| member.name.clone());
                rows.push(found.row(held, by, &states, &language));
            }
            Ok(rows)
        };
        blocking(count).await
    }

    /// What a student finds first; nothing for staff.
    pub(super) async fn given_to(
        &self,
        reader: Reader,
        courses: &[Arc<Course>],
        progress: &Progress,
        language: &str,
    ) -> Result<Vec<GiftCard>> {
        let Reader::Student(student) = reader else { return Ok(Vec::new()) };
        let directory = self.people.directory();
        let classes: Vec<_> =
            directory.classes_of_student(student).into_iter().map(|class| class.id).collect();
        let read = move |connection: &_| {
            classes.into_iter().map(|class| held_by(connection, class)).collect::<Result<Vec<_>>>()
        };
        let held = self.journal.read(read).await?.concat();
        let standing = |held: &Held| {
            let what = Found::among(courses, &held.gift)?;
            Some(Standing { what, at: held.at.bits(), state: what.state(progress) })
        };
        let shown = rules::to_show(held.iter().filter_map(standing).collect());
        Ok(shown.into_iter().map(|found| found.card(progress, language)).collect())
    }
}

/// Whether two gifts are one thing in the courses of today.
fn is_same(courses: &[Arc<Course>], one: &Gift, other: &Gift) -> bool {
    let found = |gift| Found::among(courses, gift);
    one == other || found(one).is_some_and(|one| found(other) == Some(one))
}

#[cfg(test)]
mod tests;
