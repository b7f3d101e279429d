//! What a student works on next, as the class works: together, in groups, or each alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::band::Band;
use super::playlist::{Playlist, Row, Step, playlist};
use super::record::Record;
use super::school::{Mastery, Named, Said, skills_of, work_in};
use super::screens::NextSkill;
use super::work::{ClassWork, Gaps, Lists};
use crate::error::Result;
use crate::ids::StudentId;
use crate::packs::Course;

/// A student's list of skills, in the order in which they are worked on.
pub(super) struct List {
    /// The courses that the list is about.
    pub(super) courses: Vec<Arc<Course>>,
    playlist: Playlist,
    is_own: bool,
}

impl List {
    /// The skills of the list, the first one first.
    pub(super) fn skills(&self) -> impl Iterator<Item = Named<'_>> {
        let all: Vec<Named> = all_skills(&self.courses).collect();
        self.playlist
            .skills
            .iter()
            .filter_map(move |at| all.get(*at).copied())
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// Whether it is the student's own, shared with nobody.
    pub(super) fn is_own(&self) -> bool {
        self.is_own
    }

    /// What comes next, and why.
    pub(super) fn first(&self) -> Option<NextSkill> {
        let why = self.playlist.why?;
        let named = self.skills().next()?;
        Some(NextSkill { course: named.course.id.clone(), skill: named.head(), why })
    }
}

fn all_skills(courses: &[Arc<Course>]) -> impl Iterator<Item = Named<'_>> {
    courses.iter().flat_map(|course| skills_of(course))
}

impl Mastery {
    /// The list of a student, whose class works as `work` says.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn list_of(
        &self,
        student: StudentId,
        record: &Arc<Record>,
        work: &ClassWork,
        language: &str,
    ) -> Result<List> {
        let together = matches!(work.lists, Lists::Whole | Lists::Groups(_));
        let (ids, records) = if together {
            let ids = self.classmates(student);
            let records = self.records(&ids).await?;
            (ids, records)
        } else {
            (vec![student], vec![record.clone()])
        };
        let courses = match work.lists {
            Lists::Free => self.courses(language),
            Lists::Own => self.courses_worked_in(&records, language),
            Lists::Whole | Lists::Groups(_) => self.courses_given(work, &records, language),
        };
        let now = self.journal.clock().now().wall;
        let row = |(id, record): (&StudentId, &Arc<Record>)| {
            let said = Said { record, strictness: work.strictness, now };
            (*id, courses.iter().flat_map(|course| steps_of(&said, course)).collect())
        };
        let rows: Vec<Row> = ids.iter().zip(&records).map(row).collect();
        let groups = match &work.lists {
            Lists::Groups(Some(groups)) => groups.clone(),
            Lists::Groups(None) => self.ways.groups(&gaps_of(&rows, &courses)),
            Lists::Whole | Lists::Own | Lists::Free => Vec::new(),
        };
        let playlist = playlist(&work.lists, &groups, &rows, student);
        Ok(List { courses, playlist, is_own: !together })
    }

    /// The students of the first class of a student.
    fn classmates(&self, student: StudentId) -> Vec<StudentId> {
        let directory = self.people.directory();
        let class = directory.classes_of_student(student).into_iter().next();
        class.map_or_else(
            || vec![student],
            |class| directory.students_of(class).into_iter().map(|student| student.id).collect(),
        )
    }

    /// The courses in which some students did something, by title; all where nothing was done yet.
    fn courses_worked_in(&self, records: &[Arc<Record>], language: &str) -> Vec<Arc<Course>> {
        let courses = self.courses(language);
        let worked = courses.iter().filter(|course| work_in(course, records) > 0);
        let worked: Vec<_> = worked.cloned().collect();
        if worked.is_empty() { courses } else { worked }
    }

    /// The courses that a class was given, else those in which it worked.
    fn courses_given(&self, work: &ClassWork, records: &[Arc<Record>], language: &str) -> Vec<Arc<Course>> {
        let mut courses = self.courses(language);
        courses.retain(|course| work.courses.iter().any(|given| course.stands_for(given)));
        if courses.is_empty() { self.courses_worked_in(records, language) } else { courses }
    }

    /// What a student's map shows: the courses of the list, and those in which the student worked besides.
    pub(super) fn courses_on_map(
        &self,
        list: &List,
        record: &Arc<Record>,
        work: &ClassWork,
        language: &str,
    ) -> Vec<Arc<Course>> {
        let mut courses = self.courses(language);
        let own = std::slice::from_ref(record);
        courses.retain(|course| {
            let is_listed = list.courses.iter().any(|listed| listed.id == course.id);
            is_listed || work.lists == Lists::Free || work_in(course, own) > 0
        });
        courses
    }
}

fn steps_of(said: &Said, course: &Course) -> Vec<Step> {
    let presumed = said.presumed(course);
    let step = |named: Named| Step {
        band: said.band(&named.id()).0,
        is_ready: said.is_ready_for(named),
        is_presumed: presumed.contains(named.skill.id.as_str()),
    };
    skills_of(course).map(step).collect()
}

/// What each student has begun.
fn gaps_of(rows: &[Row], courses: &[Arc<Course>]) -> Gaps {
    let names: Vec<String> = all_skills(courses).map(Named::id).collect();
    let begun = |steps: &[Step]| -> BTreeMap<String, Band> {
        let with_names = names.iter().zip(steps);
        let begun = with_names.filter(|(_, step)| step.band != Band::NotSeen);
        begun.map(|(name, step)| (name.clone(), step.band)).collect()
    };
    rows.iter().map(|(student, steps)| (*student, begun(steps))).collect()
}
