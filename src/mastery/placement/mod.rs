//! Finding out where to start: teachers ask for it, students answer up to twelve questions all over a course or one of its
//! strands, and the first skill that they do not seem to know is where they begin.

mod routes;
pub(super) mod rules;
mod screens;
mod store;

use super::next::List;
use super::record::Record;
use super::school::{Mastery, Said, skills_of, unknown_skill, work_in};
use super::screens::SkillHead;
use super::sitting::PLACEMENT_PLACES;
use crate::db::Urgency;
use crate::error::{Error, Result};
use crate::evidence::{Progress, practice};
use crate::ids::{StaffId, StudentId};
use crate::packs::Course;
use crate::people::Class;
pub(super) use routes::routes;
pub use screens::Offer;
use screens::{PlacementList, PlacementRow, Wish};
use std::sync::Arc;
pub use store::PlacementView;
use store::{Asked, PlacementEntry, asked_of};

/// In a course of fewer skills everybody begins with the first one.
const FEWEST_SKILLS: usize = 3;

impl Mastery {
    /// Asks students of a class to find out where to start, or no more. `class` must be one that `by` may change.
    ///
    /// # Errors
    /// `mastery.skill-unknown`, `mastery.strand-unknown`, `people.student-unknown`; when the database refuses.
    async fn ask_for_placement(&self, class: &Class, wish: Wish, by: StaffId) -> Result<()> {
        let Wish { course, strand, students, asked } = wish;
        let course = self.course_for_students(&course)?;
        let strand = strand.filter(|strand| !strand.is_empty()).unwrap_or_else(|| practice::ALL.to_owned());
        if practice::asks(&course, practice::PLACEMENT, &strand).is_none() {
            let sentence = "The course has no such part. Choose another one, or the whole course.";
            return Err(Error::not_found("mastery.strand-unknown", sentence));
        }
        let students = students.unwrap_or_else(|| class.students.clone());
        if students.iter().any(|student| !class.students.contains(student)) {
            let sentence =
                "One of these students is not in the class. Open the list of the class, and choose again.";
            return Err(Error::not_found("people.student-unknown", sentence));
        }
        let entry = PlacementEntry { students, course: course.id.clone(), strand, asked, by: Some(by) };
        self.journal.write(Urgency::Now, move |stage| stage.append(entry.draft()).map(drop)).await
    }

    /// How far a class is with it in a course. `class` must be one that the caller may see.
    ///
    /// # Errors
    /// `mastery.skill-unknown`; when the database refuses.
    async fn placements(&self, class: &Class, course: &str) -> Result<PlacementList> {
        let course = self.course_for_students(course)?;
        let directory = self.people.directory();
        let strictness = self.strictness(class.id).await?;
        let now = self.journal.clock().now().wall;
        let mut students = Vec::new();
        for student in directory.students_of(class) {
            let asked = self.asked(student.id).await?;
            let Some(asked) = asked.into_iter().find(|asked| course.stands_for(&asked.course)) else {
                continue;
            };
            let progress = self.evidence.progress(student.id).await?;
            let done = done_since(&progress, &course, &asked);
            let over = done >= PLACEMENT_PLACES;
            let record = self.record(student.id).await?;
            let said = Said { record: &record, strictness, now };
            students.push(PlacementRow {
                id: student.id,
                name: student.name.clone(),
                avatar: student.avatar.clone(),
                done,
                start: if over { start_in(&said, &course, &asked.strand) } else { None },
                over,
                strand: Some(asked.strand).filter(|strand| strand != practice::ALL),
            });
        }
        let mut strands: Vec<String> = Vec::new();
        for skill in course.skills.iter().filter(|skill| !skill.strand.is_empty()) {
            if !strands.contains(&skill.strand) {
                strands.push(skill.strand.clone());
            }
        }
        Ok(PlacementList { students, strands })
    }

    /// Where a student starts in a course or strand, by what was seen so far.
    ///
    /// # Errors
    /// `mastery.skill-unknown`; when the database refuses.
    async fn start(&self, student: StudentId, course: &str, strand: &str) -> Result<Option<SkillHead>> {
        let course = self.course_for_students(course)?;
        let strictness = self.own_strictness(student).await?;
        let record = self.record(student).await?;
        let now = self.journal.clock().now().wall;
        Ok(start_in(&Said { record: &record, strictness, now }, &course, strand))
    }

    /// What the first page proposes: what a teacher asked for, else, to a student who goes their own way, the course that
    /// comes next if nothing was seen in it yet.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn placement_offer(
        &self,
        student: StudentId,
        record: &Arc<Record>,
        list: &List,
        language: &str,
    ) -> Result<Option<Offer>> {
        let offer = |course: &Course, strand: String, asked: bool| Offer {
            course: course.id.clone(),
            title: course.title(language).to_owned(),
            strand,
            asked,
        };
        for asked in self.asked(student).await? {
            let Ok(course) = self.course_for_students(&asked.course) else { continue };
            let progress = self.evidence.progress(student).await?;
            if done_since(&progress, &course, &asked) < PLACEMENT_PLACES {
                return Ok(Some(offer(&course, asked.strand, true)));
            }
        }
        let own = list.is_own().then(|| list.skills().next()).flatten().map(|named| named.course);
        let is_new = |course: &&Course| {
            course.skills.len() >= FEWEST_SKILLS && work_in(course, std::slice::from_ref(record)) == 0
        };
        Ok(own.filter(is_new).map(|course| offer(course, practice::ALL.to_owned(), false)))
    }

    async fn asked(&self, student: StudentId) -> Result<Vec<Asked>> {
        self.journal.read(move |connection| asked_of(connection, student)).await
    }

    fn course_for_students(&self, course: &str) -> Result<Arc<Course>> {
        let found = self.packs.course(course).filter(|course| course.is_for_students());
        found.ok_or_else(unknown_skill)
    }
}

/// Answers in the newest sitting since somebody was asked.
fn done_since(progress: &Progress, course: &Course, asked: &Asked) -> u32 {
    let runs = progress.runs(course, practice::PLACEMENT, &asked.strand);
    let newest = runs.as_ref().and_then(|runs| runs.values().next_back());
    newest.filter(|run| run.touched() > asked.at).map_or(0, |run| run.done(PLACEMENT_PLACES))
}

/// The first skill of a strand that is neither known nor taken for known.
fn start_in(said: &Said, course: &Course, strand: &str) -> Option<SkillHead> {
    let presumed = said.presumed(course);
    skills_of(course)
        .filter(|named| strand == practice::ALL || named.skill.strand == strand)
        .find(|named| said.is_to_learn(*named) && !presumed.contains(named.skill.id.as_str()))
        .map(super::school::Named::head)
}
