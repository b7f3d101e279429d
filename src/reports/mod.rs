//! What is told of a class and its students after the lesson: on paper, to parents, as tables.
//!
//! Nothing here is stored: a report is made of the ratings when somebody asks for it, so it is never older than the last
//! answer. No report ranks students, and none tells how long somebody worked.

mod coverage;
mod routes;
mod rules;
mod screens;
mod table;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use coverage::{Coverage, CoverageBy, CoverageCourse, CoverageSkill};
pub use routes::routes;
pub use screens::{CardCourse, CardSkill, GapGroup, NamedStudent, ReTeach, ReportCard, Tomorrow, VisitRow};

use crate::classes::{Classes, DaysOf, Need, suggest};
use crate::error::Result;
use crate::evidence::{Evidence, RoomScore};
use crate::goals::{GoalShown, Goals};
use crate::ids::StudentId;
use crate::journal::Journal;
use crate::mastery::{Band, Mastery, SkillHead, SkillNow};
use crate::packs::Packs;
use crate::people::{Class, People, Student};
use rules::{Growth, NEXT_STEPS, SECURE, Step};

/// A school term, in milliseconds: growth is told over it.
const TERM: u64 = 90 * 24 * 60 * 60 * 1_000;
/// Groups that one teacher can look after.
const GROUPS: usize = 4;
/// As many students as a teacher can sit down with in a lesson.
const VISITS: usize = 5;

/// What can be told.
pub struct Reports {
    journal: Arc<Journal>,
    people: Arc<People>,
    packs: Arc<Packs>,
    evidence: Arc<Evidence>,
    mastery: Arc<Mastery>,
    goals: Arc<Goals>,
    classes: Arc<Classes>,
}

impl Reports {
    /// Over the people, the courses, what was seen, the ratings, the goals, and who was there.
    pub fn new(
        journal: Arc<Journal>,
        people: Arc<People>,
        packs: Arc<Packs>,
        evidence: Arc<Evidence>,
        mastery: Arc<Mastery>,
        goals: Arc<Goals>,
        classes: Arc<Classes>,
    ) -> Self {
        Self { journal, people, packs, evidence, mastery, goals, classes }
    }

    /// One page for the next lesson of a class.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn tomorrow(&self, class: &Class, language: &str) -> Result<Tomorrow> {
        let directory = self.people.directory();
        let students = directory.students_of(class);
        let ids: Vec<StudentId> = students.iter().map(|student| student.id).collect();
        let strictness = self.mastery.strictness(class.id).await?;
        let skills = self.mastery.skills_of(&ids, None, language, strictness).await?;
        let needs: Vec<_> = ids.iter().zip(&skills).map(|(id, skills)| (*id, needs_of(skills))).collect();
        let heads: BTreeMap<&str, &SkillHead> =
            skills.iter().flatten().map(|one| (one.skill.id.as_str(), &one.skill)).collect();
        let named =
            |id: &StudentId| students.iter().find(|student| student.id == *id).map(|student| named(student));
        let groups = suggest(&needs, GROUPS).into_iter().map(|group| GapGroup {
            gap: group.gap.and_then(|gap| heads.get(gap.as_str()).map(|head| (*head).clone())),
            students: group.students.iter().filter_map(named).collect(),
        });
        let all = || students.iter().zip(&skills);
        let stuck = |(student, skills): (&&Student, &Vec<SkillNow>)| {
            let spinning = skills.iter().find(|one| one.spinning && one.band < Band::Secure)?;
            Some((spinning.level, VisitRow { student: self::named(student), skill: spinning.skill.clone() }))
        };
        let mut visits: Vec<(u8, VisitRow)> = all().filter_map(stuck).collect();
        visits.sort_by_key(|(level, _)| *level);
        let is_ready = |skills: &[SkillNow]| {
            let seen = skills.iter().any(|one| one.band != Band::NotSeen);
            seen && skills.iter().all(|one| one.band == Band::NotSeen || step(one.band) >= SECURE)
        };
        let is_unseen = |skills: &[SkillNow]| skills.iter().all(|one| one.band == Band::NotSeen);
        let those = |which: &dyn Fn(&[SkillNow]) -> bool| {
            all().filter(|(_, skills)| which(skills)).map(|(student, _)| self::named(student)).collect()
        };
        let goals = self.goals.of_classes(std::slice::from_ref(class), language).await?;
        Ok(Tomorrow {
            goals: goals.into_iter().filter(|goal| !goal.over).collect(),
            class: class.id,
            at: self.journal.clock().now().wall,
            reteach: reteach(&needs, &heads),
            groups: groups.collect(),
            visit: visits.into_iter().take(VISITS).map(|(_, visit)| visit).collect(),
            ready: those(&is_ready),
            unseen: those(&is_unseen),
        })
    }

    /// What was written down of a class, each score with the student's name: by when it happened, then by name.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn scores(&self, class: &Class) -> Result<Vec<(String, RoomScore)>> {
        let scores = self.evidence.scores(class).await?;
        let directory = self.people.directory();
        let students = directory.students_of(class);
        let named = |score: RoomScore| {
            let at = students.iter().position(|student| student.id == score.student)?;
            Some((at, students[at].name.clone(), score))
        };
        let mut rows: Vec<_> = scores.into_iter().filter_map(named).collect();
        rows.sort_by_key(|(at, _, score)| (score.at, score.check, *at));
        Ok(rows.into_iter().map(|(_, name, score)| (name, score)).collect())
    }

    /// What a student can do, and how it grew over a term.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn card(&self, student: &Student, language: &str) -> Result<ReportCard> {
        let at = self.journal.clock().now().wall;
        let from = at.saturating_sub(TERM);
        let ids = [student.id];
        let strictness = self.mastery.own_strictness(student.id).await?;
        let now = self.mastery.skills_of(&ids, None, language, strictness).await?;
        let before = self.mastery.skills_of(&ids, Some(from), language, strictness).await?;
        let now = now.into_iter().next().unwrap_or_default();
        let before: BTreeMap<String, Band> =
            before.into_iter().flatten().map(|one| (one.skill.id, one.band)).collect();
        let was = |skill: &SkillHead| before.get(&skill.id).copied().unwrap_or(Band::NotSeen);
        let mut courses: Vec<CardCourse> = Vec::new();
        let mut last = String::new();
        for one in now.iter().filter(|one| one.band != Band::NotSeen) {
            if last != one.course {
                last.clone_from(&one.course);
                let course = self.packs.course(&one.course);
                let title = course.map(|course| course.title(language).to_owned()).unwrap_or_default();
                courses.push(CardCourse { title, skills: Vec::new() });
            }
            let growth = Growth { before: step(was(&one.skill)), now: step(one.band) };
            let row = CardSkill {
                skill: one.skill.clone(),
                band: one.band,
                before: was(&one.skill),
                steps: growth.steps(),
            };
            if let Some(course) = courses.last_mut() {
                course.skills.push(row);
            }
        }
        let secure: Vec<&SkillNow> = now.iter().filter(|one| step(one.band) >= SECURE).collect();
        let directory = self.people.directory();
        let classes: Vec<Class> = directory.classes_of_student(student.id).into_iter().cloned().collect();
        let goals = self.goals_for_families(&classes, language).await?;
        let days = match classes.first() {
            Some(class) => self.classes.days_of(class, student.id, from, at).await?,
            None => DaysOf::default(),
        };
        Ok(ReportCard {
            name: student.name.clone(),
            avatar: student.avatar.clone(),
            classes: classes.into_iter().map(|class| class.name.clone()).collect(),
            school: directory.school().map(|school| school.name.clone()).unwrap_or_default(),
            from,
            at,
            courses,
            newly_secure: secure.iter().filter(|one| step(was(&one.skill)) < SECURE).count(),
            secure: secure.len(),
            next: next_steps(&now),
            goals,
            days,
            code: None,
        })
    }

    /// What the classes of a child are to reach. In a small class a share would tell of single children.
    async fn goals_for_families(&self, classes: &[Class], language: &str) -> Result<Vec<GoalShown>> {
        let large: Vec<Class> =
            classes.iter().filter(|class| class.students.len() >= rules::SMALLEST_TOLD).cloned().collect();
        let goals = self.goals.of_classes(&large, language).await?;
        Ok(goals.into_iter().filter(|goal| !goal.over).collect())
    }
}

/// As reports compare it; what is kept or wants a review was secure.
fn step(band: Band) -> Step {
    match band {
        Band::NotSeen => 0,
        Band::Starting => 1,
        Band::GettingThere => 2,
        Band::Nearly => 3,
        Band::Secure | Band::Kept | Band::ReviewDue => SECURE,
    }
}

fn named(student: &Student) -> NamedStudent {
    NamedStudent { id: student.id, name: student.name.clone(), avatar: student.avatar.clone() }
}

/// What a student has begun and does not know yet.
fn needs_of(skills: &[SkillNow]) -> BTreeMap<String, Need> {
    let need = |one: &SkillNow| Some((one.skill.id.clone(), Need::of(one.band)?));
    skills.iter().filter_map(need).collect()
}

/// The skill that is needed much or in the middle by most, if by a third of the class.
fn reteach(
    needs: &[(StudentId, BTreeMap<String, Need>)],
    heads: &BTreeMap<&str, &SkillHead>,
) -> Option<ReTeach> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (skill, _) in needs.iter().flat_map(|(_, needs)| needs).filter(|(_, need)| **need > Need::Little) {
        *counts.entry(skill.as_str()).or_default() += 1;
    }
    let (skill, students) = counts.into_iter().rev().max_by_key(|(_, count)| *count)?;
    let head = heads.get(skill)?;
    (students * 3 >= needs.len()).then(|| ReTeach { skill: (*head).clone(), students })
}

/// What to do next in the courses that were begun: what is nearly there, then what was begun, then what is ready to begin.
fn next_steps(now: &[SkillNow]) -> Vec<SkillHead> {
    let order = |one: &&SkillNow| match one.band {
        Band::Nearly => 0,
        Band::GettingThere => 1,
        Band::Starting => 2,
        _ => 3,
    };
    let is_begun = |course: &str| now.iter().any(|one| one.course == course && one.band != Band::NotSeen);
    let is_next = |one: &&SkillNow| step(one.band) < SECURE && one.is_ready && is_begun(&one.course);
    let mut open: Vec<&SkillNow> = now.iter().filter(is_next).collect();
    open.sort_by_key(order);
    open.into_iter().take(NEXT_STEPS).map(|one| one.skill.clone()).collect()
}
