//! What students showed in the room, without a tablet: tests on paper, what was asked and observed, what groups made, cards
//! held up; and what a teacher knows better.
//!
//! Scores that were written down together are a *check*. A score's name follows from check, student and skill, so that
//! typing it again changes it, taking it back is a word of its own, and nothing is ever doubled, also when two teachers
//! type or a telephone sends again. The newest word counts; who said it and when stays with it.

mod routes;
mod rules;
mod screens;
mod store;
mod told;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) use routes::routes;
use screens::{
    BandWord, CheckList, CheckPage, CheckRow, CheckScore, CheckSheet, CheckSkill, CheckStudent, SkillList,
    SkillName, SkillsOfCourse,
};
pub use store::RoomView;
pub use told::RoomScore;

use super::Evidence;
use super::body::BandSet;
use crate::db::Urgency;
use crate::error::{Error, Result};
use crate::ids::{CheckId, StaffId, StudentId};
use crate::journal::{Draft, EntryKind, Stage};
use crate::packs::Course;
use crate::people::{Class, Directory};
use rules::{Cell, Sheet, Task};
use store::Written;

impl Evidence {
    /// The skills of all courses for students, with titles in a language.
    fn skills(&self, language: &str) -> SkillList {
        let courses = self.packs.courses();
        let with_skills =
            courses.iter().filter(|course| course.is_for_students() && !course.skills.is_empty());
        let of_course = |course: &Arc<Course>| SkillsOfCourse {
            course: course.id.clone(),
            title: course.title(language).to_owned(),
            language: course.language.clone(),
            skills: course
                .skills
                .iter()
                .map(|skill| SkillName {
                    skill: format!("{}/{}", course.id, skill.id),
                    name: skill.name.clone(),
                    can: skill.can.clone(),
                    strand: skill.strand.clone(),
                })
                .collect(),
        };
        SkillList { courses: with_skills.map(of_course).collect() }
    }

    /// What was written down of the students of a class, the newest first.
    ///
    /// # Errors
    /// When the database refuses.
    async fn checks(&self, class: &Class) -> Result<CheckList> {
        let students = class.students.clone();
        let read = move |connection: &_| {
            students.into_iter().map(|student| store::scores_of_student(connection, student)).collect()
        };
        let scores: Vec<Vec<Written>> = self.journal.read(read).await?;
        let mut by_check: BTreeMap<CheckId, Vec<Written>> = BTreeMap::new();
        for written in scores.into_iter().flatten() {
            by_check.entry(written.scored.check).or_default().push(written);
        }
        let directory = self.people.directory();
        let rows = by_check.values().filter_map(|scores| self.row(&directory, scores));
        let mut checks: Vec<CheckRow> = rows.collect();
        checks.sort_by_key(|row| Reverse((row.at, row.written, row.check)));
        Ok(CheckList { now: self.journal.clock().now().wall, checks })
    }

    /// One check of a class, to go on with.
    ///
    /// # Errors
    /// `room.check-unknown`; when the database refuses.
    async fn check(&self, class: &Class, check: CheckId) -> Result<CheckPage> {
        let mut scores =
            self.journal.read(move |connection| store::scores_of_check(connection, check)).await?;
        scores
            .retain(|written| !written.scored.withdrawn && class.students.contains(&written.scored.student));
        let directory = self.people.directory();
        let row = self.row(&directory, &scores).ok_or_else(|| {
            Error::not_found("room.check-unknown", "Nothing is written down under this name any more.")
        })?;
        let students = directory.students_of(class).into_iter().map(|student| CheckStudent {
            student: student.id,
            name: student.name.clone(),
            avatar: student.avatar.clone(),
            scores: scores
                .iter()
                .filter(|written| written.scored.student == student.id)
                .map(|written| score_shown(&directory, written))
                .collect(),
        });
        Ok(CheckPage { check: row, students: students.collect() })
    }

    /// Writes a check down, or a part of it; answers when it is on the disk. `class` must be one that `by` sees.
    ///
    /// # Errors
    /// Those of [`rules`]; `people.student-unknown` for whoever is not in the class; when the database refuses. Then nothing of
    /// it was written.
    async fn write_check(&self, class: &Class, check: CheckId, sheet: CheckSheet, by: StaffId) -> Result<()> {
        let CheckSheet { way, title, at, skills, scores } = sheet;
        let tasks = skills.into_iter().map(|task| Task {
            skill: task.skill,
            questions: task.questions,
            guess: task.guess,
        });
        let sheet = Sheet { way, title, at, tasks: tasks.collect() };
        let sheet = sheet.checked(self.journal.clock().now().wall)?;
        let students: BTreeSet<StudentId> = class.students.iter().copied().collect();
        if scores.iter().any(|score| !students.contains(&score.student)) {
            let sentence =
                "One of these students is not in the class. Open the list of the class, and save again.";
            return Err(Error::not_found("people.student-unknown", sentence));
        }
        let wanted = scores.into_iter().map(|score| ((score.student, score.skill), score.value)).collect();
        let courses = self.packs.courses();
        let write = move |stage: &mut Stage| {
            let known = store::scores_of_check(stage.connection(), check)?;
            let known: Vec<_> = known
                .into_iter()
                .map(|written| written.scored)
                .filter(|scored| students.contains(&scored.student))
                .collect();
            let is_known = |skill: &str| known.iter().any(|scored| scored.skill == skill);
            let (sheet, wanted) = named_today(sheet, wanted, |skill| {
                if is_known(skill) { Ok(skill.to_owned()) } else { skill_today(&courses, skill) }
            })?;
            for word in rules::plan(check, &known, &sheet, &wanted, by)? {
                stage.append(Draft::new(EntryKind::SCORED, &word))?;
            }
            Ok(())
        };
        self.journal.write(Urgency::Now, write).await
    }

    /// Sets a student's band in a skill by hand, or takes that back. `student` must be one whom `by` may change.
    ///
    /// # Errors
    /// `room.band-wrong`, `room.reason-long`, `room.skill-unknown`; when the database refuses.
    async fn set_band(&self, student: StudentId, word: BandWord, by: StaffId) -> Result<()> {
        let BandWord { skill, band, why } = word;
        rules::check_band(band)?;
        let why = rules::reason(&why)?;
        let courses = self.packs.courses();
        let set = move |stage: &mut Stage| {
            let is_set = |skill: &str| store::band_of(stage.connection(), student, skill);
            // What was said of a course that left the box can still be taken back.
            let skill = match is_set(&skill)? {
                Some(_) => skill,
                None => skill_today(&courses, &skill)?,
            };
            if is_set(&skill)? == band.map(|band| (band, why.clone())) {
                return Ok(());
            }
            let word = BandSet { student, skill, band, by, why };
            stage.append(Draft::new(EntryKind::BAND, &word)).map(drop)
        };
        self.journal.write(Urgency::Now, set).await
    }

    /// What the scores of one check have in common; nothing where there are none.
    fn row(&self, directory: &Directory, scores: &[Written]) -> Option<CheckRow> {
        // All follow the sheet that was written last; where boxes were apart, the newest word speaks for the check.
        let newest = scores.iter().max_by_key(|written| (written.written, written.scored.id))?;
        let mut tasks: BTreeMap<&str, &Written> = BTreeMap::new();
        for written in scores {
            let task = tasks.entry(&written.scored.skill).or_insert(written);
            if written.written > task.written {
                *task = written;
            }
        }
        let students: BTreeSet<_> = scores.iter().map(|written| written.scored.student).collect();
        let skills = tasks.into_iter().map(|(skill, written)| CheckSkill {
            skill: skill.to_owned(),
            name: self.name_of_skill(skill),
            questions: written.scored.questions,
            guess: written.scored.guess,
        });
        Some(CheckRow {
            check: newest.scored.check,
            way: newest.scored.way,
            title: newest.scored.title.clone(),
            at: newest.scored.at,
            skills: skills.collect(),
            by: name_of(directory, newest),
            written: newest.written.wall(),
            students: students.len(),
        })
    }

    fn name_of_skill(&self, skill: &str) -> Option<String> {
        let (course, id) = skill.rsplit_once('/')?;
        let courses = self.packs.courses();
        let course = courses.iter().find(|one| one.stands_for(course))?;
        course.skill(id).map(|skill| skill.name.clone())
    }
}

type Wanted = BTreeMap<Cell, Option<u16>>;

/// A sheet and its scores with each skill under the name that `today` gives it.
fn named_today(
    mut sheet: Sheet,
    wanted: Wanted,
    today: impl Fn(&str) -> Result<String>,
) -> Result<(Sheet, Wanted)> {
    for task in &mut sheet.tasks {
        task.skill = today(&task.skill)?;
    }
    let named = wanted.into_iter().map(|((student, skill), value)| Ok(((student, today(&skill)?), value)));
    Ok((sheet, named.collect::<Result<_>>()?))
}

/// The name of a skill in the courses of today.
fn skill_today(courses: &[Arc<Course>], skill: &str) -> Result<String> {
    let find = || {
        let (course, id) = skill.rsplit_once('/')?;
        let named = courses.iter().find(|one| one.id == course);
        let course = named.or_else(|| courses.iter().find(|one| one.stands_for(course)))?;
        let skill = course.skill(id).filter(|_| course.is_for_students())?;
        Some(format!("{}/{}", course.id, skill.id))
    };
    find().ok_or_else(rules::skill_unknown)
}

fn name_of(directory: &Directory, written: &Written) -> Option<String> {
    directory.staff_member(written.scored.by).map(|member| member.name.clone())
}

fn score_shown(directory: &Directory, written: &Written) -> CheckScore {
    let scored = &written.scored;
    CheckScore {
        skill: scored.skill.clone(),
        value: rules::value_of(scored.way, scored.questions, scored.score),
        by: name_of(directory, written),
        written: written.written.wall(),
    }
}

#[cfg(test)]
mod tests;
