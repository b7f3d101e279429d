//! Coverage of the courses' skill maps: what is taught, practised and assessed, by which course, and where the gaps are.

pub(super) mod routes;
mod rules;
mod screens;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use screens::{Coverage, CoverageBy, CoverageCourse, CoverageSkill};

use super::Reports;
use crate::error::{Error, Result};
use crate::evidence::{Bank, Questions};
use crate::ids::{CheckId, StudentId};
use crate::mastery::SkillHead;
use crate::packs::{Activity, ActivityKind, Course, Lesson};
use crate::people::Class;
use rules::{Asked, Mapped, Offered, Shape};

impl Reports {
    /// The skills of one course, or of all, and which courses have what for them. `class` must be one that the caller may
    /// see.
    ///
    /// # Errors
    /// `pack.unknown` for a course that is not there; when a pack or the database can't be read.
    pub async fn coverage(&self, class: &Class, wanted: Option<&str>, language: &str) -> Result<Coverage> {
        let mut courses = self.packs.courses();
        courses.retain(|course| course.is_for_students());
        courses.sort_by(|one, other| one.title(language).cmp(other.title(language)));
        let is_asked = |course: &Course| wanted.is_none_or(|wanted| course.stands_for(wanted));
        if !courses.iter().any(|course| is_asked(course)) && wanted.is_some() {
            return Err(Error::not_found("pack.unknown", "There is no such course on this box."));
        }
        let shapes = self.shapes(&courses).await?;
        let checks = self.checks_of(class).await?;
        let seen = self.seen_by(class, language).await?;
        let count = |course: usize, skill: usize| {
            checks.get(&id_of(&courses[course], skill)).map_or(0, BTreeSet::len)
        };
        let rows = rules::cover(&shapes, |course| is_asked(&courses[course]), count);
        let skill = |row: rules::Covered| {
            let course = &courses[row.course];
            let id = id_of(course, row.skill);
            let by = row.by.iter().map(|(number, count)| CoverageBy {
                course: courses[*number].id.clone(),
                taught: count.taught,
                practised: count.practised,
                assessed: count.assessed,
            });
            CoverageSkill {
                by: by.collect(),
                seen: seen.get(&id).copied().unwrap_or(0),
                skill: head_of(course, row.skill, id),
                course: course.id.clone(),
                checks: row.checks,
                gaps: row.gaps,
            }
        };
        let skills = rows.into_iter().map(skill).collect();
        let listed = courses.iter().zip(&shapes).map(|(course, shape)| CoverageCourse {
            id: course.id.clone(),
            title: course.title(language).to_owned(),
            skills: shape.skills.len(),
            items: shape.items.len(),
            unaligned: rules::unaligned(shape),
        });
        let students = self.people.directory().students_of(class).len();
        Ok(Coverage { class: class.id, students, courses: listed.collect(), skills })
    }

    /// The first look reads whole packs.
    async fn shapes(&self, courses: &[Arc<Course>]) -> Result<Vec<Shape>> {
        let (courses, questions) = (courses.to_vec(), self.evidence.questions().clone());
        let read = move || courses.iter().map(|course| shape_of(course, &questions)).collect();
        let done = tokio::task::spawn_blocking(read).await;
        done.map_err(|e| Error::internal("Looking through the courses broke off.").caused_by(e))?
    }

    /// The checks in the room of a class, by `<pack>/<skill>`.
    async fn checks_of(&self, class: &Class) -> Result<BTreeMap<String, BTreeSet<CheckId>>> {
        let mut checks: BTreeMap<String, BTreeSet<CheckId>> = BTreeMap::new();
        for score in self.evidence.scores(class).await? {
            checks.entry(score.skill).or_default().insert(score.check);
        }
        Ok(checks)
    }

    /// Of how many students of a class something was seen, by `<pack>/<skill>`.
    async fn seen_by(&self, class: &Class, language: &str) -> Result<BTreeMap<String, usize>> {
        let directory = self.people.directory();
        let ids: Vec<StudentId> =
            directory.students_of(class).into_iter().map(|student| student.id).collect();
        let strictness = self.mastery.strictness(class.id).await?;
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for one in self.mastery.skills_of(&ids, None, language, strictness).await?.into_iter().flatten() {
            *seen.entry(one.skill.id).or_default() += usize::from(one.seen > 0);
        }
        Ok(seen)
    }
}

fn id_of(course: &Course, skill: usize) -> String {
    format!("{}/{}", course.id, course.skills[skill].id)
}

fn head_of(course: &Course, skill: usize, id: String) -> SkillHead {
    let skill = &course.skills[skill];
    SkillHead { id, name: skill.name.clone(), can: skill.can.clone(), strand: skill.strand.clone() }
}

fn shape_of(course: &Course, questions: &Questions) -> Result<Shape> {
    let bank: Arc<Bank> = questions.bank(course)?;
    let skills = course.skills.iter().map(|skill| Mapped {
        id: skill.id.clone(),
        places: skill.aligns_to.iter().map(ToString::to_string).collect(),
        has_page: skill.off_tablet.is_some(),
    });
    let items = bank.iter().map(|item| Asked {
        id: item.id.clone(),
        skills: item.skills.iter().map(|share| share.id.clone()).collect(),
    });
    Ok(Shape {
        skills: skills.collect(),
        lessons: course.lessons().map(offered).collect(),
        items: items.collect(),
    })
}

fn offered(lesson: &Lesson) -> Offered {
    let teaches = lesson.activities.iter().filter(|activity| !activity.kind.asks()).count();
    let checks = lesson.activities.iter().filter(|activity| activity.kind == ActivityKind::Check);
    let items = |check: &Activity| check.items.iter().map(|item| item.item.clone()).collect();
    Offered {
        skills: lesson.skills.clone(),
        resources: teaches + usize::from(lesson.off_tablet.is_some()),
        checks: checks.map(items).collect(),
    }
}
