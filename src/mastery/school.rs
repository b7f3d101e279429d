//! The ratings of a school, as its screens ask for them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::band::{Band, Strictness};
use super::known::Records;
use super::placement::rules::{Shown, presumed};
use super::record::{Ground, Record, observation_of};
use super::screens::{
    CourseName, EvidenceRow, GridRow, HowHard, MapCourse, MapSkill, SaidBand, SkillCell, SkillGrid,
    SkillHead, SkillMap, SkillOfStudent, SkillStory,
};
use super::standing::SkillPicture;
use super::work::Ways;
use crate::error::{Error, Result};
use crate::evidence::{Evidence, Hardness, Piece, WHOLE, What, in_order, pieces_of};
use crate::ids::{ClassId, StudentId};
use crate::journal::Journal;
use crate::packs::{Course, Packs, Skill};
use crate::people::{Class, Directory, People};

/// So much is shown of what was seen.
const NEWEST_EVIDENCE: usize = 30;
/// From half a logit on, a question is harder or easier than others.
const APART: i32 = 500;

/// What students can do.
pub struct Mastery {
    pub(super) journal: Arc<Journal>,
    pub(super) people: Arc<People>,
    pub(super) packs: Arc<Packs>,
    pub(super) evidence: Arc<Evidence>,
    pub(super) ways: Arc<dyn Ways>,
    records: Records,
}

/// A skill of a course.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    pub(super) course: &'a Course,
    pub(super) skill: &'a Skill,
}

impl Named<'_> {
    /// `<pack>/<skill>`.
    pub(super) fn id(self) -> String {
        format!("{}/{}", self.course.id, self.skill.id)
    }

    pub(super) fn head(self) -> SkillHead {
        let Skill { name, can, strand, .. } = self.skill;
        SkillHead { id: self.id(), name: name.clone(), can: can.clone(), strand: strand.clone() }
    }
}

/// The skills of a course, in the author's order.
pub(super) fn skills_of(course: &Course) -> impl Iterator<Item = Named<'_>> {
    course.skills.iter().map(move |skill| Named { course, skill })
}

/// How far a student is with a skill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkillNow {
    /// The pack's id.
    pub course: String,
    /// The skill.
    pub skill: SkillHead,
    /// By what was seen, or by a teacher's word.
    pub band: Band,
    /// Whether a teacher said so.
    pub said: bool,
    /// The chance to be right, in hundredths.
    pub level: u8,
    /// Many answers and no way forward.
    pub spinning: bool,
    /// Whether what comes first is there.
    pub is_ready: bool,
    /// Questions that were seen of it, be they too few for a word; part of one counts as one.
    pub seen: u32,
}

/// What is said of one student at one moment.
pub(super) struct Said<'a> {
    pub(super) record: &'a Record,
    pub(super) strictness: Strictness,
    pub(super) now: u64,
}

impl Said<'_> {
    pub(super) fn picture(&self, skill: &str) -> SkillPicture {
        let difficulty = self.record.difficulties().skill(skill);
        self.record.learner().picture(skill, difficulty, self.strictness, self.now)
    }

    /// By a teacher's word where there is one, else by what was seen; and whether a teacher said so.
    pub(super) fn band(&self, skill: &str) -> (Band, bool) {
        let word = self.record.learner().said(skill).map(|said| said.band);
        word.map_or_else(|| (self.picture(skill).band, false), |band| (band, true))
    }

    /// Whether all that comes before a skill is at least getting there, or taken for known.
    pub(super) fn is_ready_for(&self, Named { course, skill }: Named) -> bool {
        if skill.prerequisites.is_empty() {
            return true;
        }
        let presumed = self.presumed(course);
        let is_there = |before: &String| {
            let before = course.skill(before);
            before.is_none_or(|skill| {
                presumed.contains(skill.id.as_str())
                    || self.band(&Named { course, skill }.id()).0 >= Band::GettingThere
            })
        };
        skill.prerequisites.iter().all(is_there)
    }

    /// Whether there is something left to learn in a skill.
    pub(super) fn is_to_learn(&self, named: Named) -> bool {
        self.band(&named.id()).0 < Band::Secure
    }

    /// The skills of a course, by their ids in it, that are taken for known since the student found out where to start.
    pub(super) fn presumed<'a>(&self, course: &'a Course) -> BTreeSet<&'a str> {
        if !self.record.was_placed(&course.id) {
            return BTreeSet::new();
        }
        let student = self.record.learner().student();
        let shown = |named: Named<'a>| {
            let skill = student.skill(&named.id());
            let well = (skill.seen > 0.0).then_some(skill.offset.mean > 0.0);
            Shown { id: &named.skill.id, before: &named.skill.prerequisites, well }
        };
        let shown: Vec<Shown> = skills_of(course).map(shown).collect();
        let mut known = presumed(&shown);
        // Where enough was seen for a word, that counts.
        for named in skills_of(course).filter(|named| self.band(&named.id()).0 != Band::NotSeen) {
            known.remove(named.skill.id.as_str());
        }
        known
    }
}

impl Mastery {
    /// Over a journal that has the `SeenView`, the people, the courses, what students did, and how their classes work.
    pub fn new(
        journal: Arc<Journal>,
        people: Arc<People>,
        packs: Arc<Packs>,
        evidence: Arc<Evidence>,
        ways: Arc<dyn Ways>,
    ) -> Self {
        let records = Records::new(journal.clone(), packs.clone());
        Self { journal, people, packs, evidence, ways, records }
    }

    /// The records of some students, in their order, to the last acknowledged answer.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn records(&self, students: &[StudentId]) -> Result<Vec<Arc<Record>>> {
        self.records.of(students).await
    }

    /// Learns how hard questions and skills are from all answers on this box. Answers how many moved.
    ///
    /// # Errors
    /// When the journal can't be read or written.
    pub async fn calibrate(&self) -> Result<usize> {
        self.records.calibrate().await
    }

    /// How skills are called and how hard things are taken to be, now.
    pub(super) async fn ground(&self) -> Result<Ground> {
        self.records.ground().await
    }

    pub(super) async fn record(&self, student: StudentId) -> Result<Arc<Record>> {
        let found = self.records.of(&[student]).await?.pop();
        found.ok_or_else(|| Error::internal("A student's record was lost on the way."))
    }

    /// Courses for students that have skills, by title.
    pub(super) fn courses(&self, language: &str) -> Vec<Arc<Course>> {
        let mut courses = self.packs.courses();
        courses.retain(|course| course.is_for_students() && !course.skills.is_empty());
        courses.sort_by(|one, other| one.title(language).cmp(other.title(language)));
        courses
    }

    /// A class and one course, `wanted` or the one in which most was seen lately.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn grid(&self, class: &Class, wanted: Option<&str>, language: &str) -> Result<SkillGrid> {
        let strictness = self.strictness(class.id).await?;
        let directory = self.people.directory();
        let students = directory.students_of(class);
        let ids: Vec<StudentId> = students.iter().map(|student| student.id).collect();
        let records = self.records(&ids).await?;
        let now = self.journal.clock().now().wall;
        let said: Vec<Said> = records.iter().map(|record| Said { record, strictness, now }).collect();
        let courses = self.courses(language);
        let shown = match wanted {
            Some(wanted) => courses.iter().find(|course| course.stands_for(wanted)),
            None => courses.iter().max_by_key(|course| work_in(course, &records)),
        };
        let skills: Vec<Named> = shown.iter().flat_map(|course| skills_of(course)).collect();
        let ids: Vec<String> = skills.iter().map(|skill| skill.id()).collect();
        let cell = |said: &Said, skill: &String| {
            let word = said.record.learner().said(skill).map(|said| said.band);
            SkillCell::of(&said.picture(skill), word)
        };
        let rows = students.iter().zip(&said).map(|(student, said)| GridRow {
            id: student.id,
            name: student.name.clone(),
            avatar: student.avatar.clone(),
            cells: ids.iter().map(|skill| cell(said, skill)).collect(),
        });
        Ok(SkillGrid {
            class: class.id,
            courses: courses.iter().map(|course| name_of(course, language)).collect(),
            course: shown.map(|course| course.id.clone()),
            students: rows.collect(),
            skills: skills.into_iter().map(Named::head).collect(),
        })
    }

    /// How far some students are with every skill of every course, in their order: now, or as it was at a moment in
    /// milliseconds since 1970, by what had happened until then.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn skills_of(
        &self,
        students: &[StudentId],
        until: Option<u64>,
        language: &str,
        strictness: Strictness,
    ) -> Result<Vec<Vec<SkillNow>>> {
        let records = match until {
            None => self.records(students).await?,
            Some(until) => self.records.until(students, until).await?,
        };
        let now = until.unwrap_or_else(|| self.journal.clock().now().wall);
        let courses = self.courses(language);
        let of_student = |record: &Arc<Record>| {
            let said = Said { record, strictness, now };
            let named = courses.iter().flat_map(|course| skills_of(course));
            named.map(|named| skill_now(&said, named)).collect()
        };
        Ok(records.iter().map(of_student).collect())
    }

    /// The skills of all courses for students, named in that language where there is a name in it.
    pub fn skills(&self, language: &str) -> Vec<SkillHead> {
        self.courses(language).iter().flat_map(|course| skills_of(course)).map(Named::head).collect()
    }

    /// All that is known of a student's skill, and why it is called so: as strictly as `class` does, or else the first of
    /// the student's classes.
    ///
    /// # Errors
    /// `mastery.skill-unknown`; when the database refuses.
    pub async fn story(
        &self,
        student: StudentId,
        course: &str,
        skill: &str,
        class: Option<ClassId>,
    ) -> Result<SkillStory> {
        let strictness = match class {
            Some(class) => self.strictness(class).await?,
            None => self.own_strictness(student).await?,
        };
        let course = self.packs.course(course).ok_or_else(unknown_skill)?;
        let skill = course.skill(skill).ok_or_else(unknown_skill)?;
        let named = Named { course: &course, skill };
        let record = self.record(student).await?;
        let now = self.journal.clock().now().wall;
        let said = Said { record: &record, strictness, now };
        let picture = said.picture(&named.id());
        let difficulty = record.difficulties().skill(&named.id());
        let directory = self.people.directory();
        let before = skill.prerequisites.iter().filter_map(|id| course.skill(id));
        let before = before.map(|skill| {
            let named = Named { course: &course, skill };
            SkillOfStudent { band: said.band(&named.id()).0, skill: named.head() }
        });
        let word = record.learner().said(&named.id()).map(|word| SaidBand {
            band: word.band,
            by: word.by,
            name: directory.staff_member(word.by).map(|staff| staff.name.clone()).unwrap_or_default(),
            why: word.why.clone(),
            at: word.at,
        });
        Ok(SkillStory {
            student,
            before: before.collect(),
            skill: named.head(),
            band: picture.band,
            said: word,
            level: picture.level,
            sureness: picture.sureness,
            more_right: record.learner().more_right(&named.id(), difficulty, strictness),
            review_due: picture.review_due,
            spinning: picture.spinning,
            falling: picture.falling,
            spark: picture.spark,
            evidence: self.evidence_of(student, named, &directory).await?,
        })
    }

    async fn evidence_of(
        &self,
        student: StudentId,
        named: Named<'_>,
        directory: &Directory,
    ) -> Result<Vec<EvidenceRow>> {
        let only = BTreeSet::from([student]);
        let pieces = self.journal.read(move |connection| pieces_of(connection, &only)).await?;
        let pieces = in_order(pieces.into_values().flatten());
        let row = |piece: &Piece| row_of(piece, named, directory);
        Ok(pieces.iter().rev().filter_map(row).take(NEWEST_EVIDENCE).collect())
    }

    /// A student's own picture.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn map(&self, student: StudentId, language: &str) -> Result<SkillMap> {
        let record = self.record(student).await?;
        let work = self.work_of(student).await?;
        let now = self.journal.clock().now().wall;
        let said = Said { record: &record, strictness: work.strictness, now };
        let list = self.list_of(student, &record, &work, language).await?;
        let shown = self.courses_on_map(&list, &record, &work, language);
        let on_map = |named: Named| {
            let (band, by_word) = said.band(&named.id());
            let spark = said.picture(&named.id()).spark;
            MapSkill {
                skill: named.head(),
                band,
                said: by_word,
                grown: spark.first() < spark.last(),
                early: !said.is_ready_for(named),
            }
        };
        let courses = shown.iter().map(|course| MapCourse {
            id: course.id.clone(),
            title: course.title(language).to_owned(),
            skills: skills_of(course).map(on_map).collect(),
        });
        Ok(SkillMap { courses: courses.collect(), next: list.first() })
    }
}

fn skill_now(said: &Said, named: Named) -> SkillNow {
    let (band, by_word) = said.band(&named.id());
    let picture = said.picture(&named.id());
    SkillNow {
        course: named.course.id.clone(),
        skill: named.head(),
        band,
        said: by_word,
        level: picture.level,
        spinning: picture.spinning,
        is_ready: said.is_ready_for(named),
        seen: whole(said.record.learner().student().skill(&named.id()).seen),
    }
}

/// A count of questions, the next whole one.
fn whole(seen: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of questions")]
    let whole = seen.ceil() as u32;
    whole
}

pub(super) fn unknown_skill() -> Error {
    Error::not_found("mastery.skill-unknown", "There is no such skill in the courses of this box.")
}

fn name_of(course: &Course, language: &str) -> CourseName {
    CourseName { id: course.id.clone(), title: course.title(language).to_owned() }
}

/// How much was seen in a course.
pub(super) fn work_in(course: &Course, records: &[Arc<Record>]) -> u64 {
    let ids: Vec<String> = skills_of(course).map(Named::id).collect();
    let seen = |record: &Arc<Record>| {
        ids.iter().map(|skill| record.learner().student().skill(skill).seen).sum::<f64>()
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of questions")]
    let seen = records.iter().map(seen).sum::<f64>() as u64;
    seen
}

fn row_of(piece: &Piece, named: Named, directory: &Directory) -> Option<EvidenceRow> {
    let Named { course, skill } = named;
    let is_it = |pack: &str, id: &str| {
        course.stands_for(pack) && course.skill(id).is_some_and(|known| known.id == skill.id)
    };
    let at = piece.when.at;
    match &piece.what {
        What::Answer(answer) => {
            let is_about = answer.skills.iter().any(|share| is_it(&answer.spot.course, &share.id));
            is_about.then(|| EvidenceRow {
                at,
                way: None,
                score: f64::from(answer.score) / f64::from(WHOLE),
                questions: 1,
                hard: answer.difficulty.map(how_hard),
                together: answer.partner.is_some(),
                title: String::new(),
                by: String::new(),
            })
        }
        What::Scored(scored) => {
            let is_about = scored.skill.split_once('/').is_some_and(|(pack, id)| is_it(pack, id));
            (is_about && !scored.withdrawn).then(|| EvidenceRow {
                at,
                way: Some(scored.way),
                score: observation_of(scored).score,
                questions: scored.questions,
                hard: None,
                together: false,
                title: scored.title.clone(),
                by: directory.staff_member(scored.by).map(|staff| staff.name.clone()).unwrap_or_default(),
            })
        }
        What::Band(_) => None,
    }
}

fn how_hard(Hardness { mean, .. }: Hardness) -> HowHard {
    match mean {
        mean if mean < -APART => HowHard::Easy,
        mean if mean > APART => HowHard::Hard,
        _ => HowHard::Usual,
    }
}
