//! A sitting of questions that the box chooses as the student answers: practice, showing what one knows, placement.

use std::sync::Arc;

use super::band::Band;
use super::choose::{Candidate, Open, Purpose, choose};
use super::difficulty::Hard;
use super::record::{Record, score_of};
use super::rules::Estimate;
use super::school::{Mastery, Named, Said, skills_of, unknown_skill};
use super::screens::{Choices, NextSkill, WhyNext};
use super::work::{ClassWork, Lists};
use crate::error::{Error, Result};
use crate::evidence::{BankItem, Run, Spot, practice};
use crate::ids::StudentId;
use crate::lessons::{ActivityPage, Place, media_of};
use crate::packs::{ActivityKind, Course};

/// Questions in one sitting of practice;
const PRACTICE_PLACES: u32 = 10;
/// to show what one knows of a skill;
const SHOW_PLACES: u32 = 5;
/// and to find where to begin in a strand.
pub(super) const PLACEMENT_PLACES: u32 = 12;
/// So many skills are worked on at a time.
const SKILLS_AT_ONCE: usize = 2;
/// A sitting that was left goes on within this many milliseconds; later a new one begins.
const GOES_ON_FOR: u64 = 12 * 60 * 60 * 1_000;

/// Which sitting.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The course's id.
    pub course: String,
    /// One of [`practice`]'s lessons.
    pub lesson: &'static str,
    /// A skill's id, a strand, or all.
    pub activity: String,
    /// Where to go on; without it, in the sitting that was left, or a new one.
    pub at: Option<At>,
    /// Whether to begin a new one.
    pub again: bool,
}

/// A place in a sitting.
#[derive(Clone, Copy, Debug)]
pub struct At {
    /// Which sitting, from 1.
    pub run: u32,
    /// Which question is next, from 0.
    pub place: u32,
}

/// How many questions a sitting has.
fn places_of(lesson: &str) -> u32 {
    match lesson {
        practice::SHOW => SHOW_PLACES,
        practice::PLACEMENT => PLACEMENT_PLACES,
        _ => PRACTICE_PLACES,
    }
}

/// Where a student goes on, from the newest sitting.
fn go_on(newest: Option<(u32, &Run)>, of: u32, again: bool, now: u64) -> At {
    let Some((run, sitting)) = newest else { return At { run: 1, place: 0 } };
    let done = sitting.marks.last_key_value().map_or(0, |(place, _)| place + 1);
    let is_left = done < of && sitting.touched().wall() + GOES_ON_FOR > now;
    if is_left && !again { At { run, place: done } } else { At { run: run + 1, place: 0 } }
}

impl Mastery {
    /// The questions of a sitting from a place on, chosen by what the student has shown so far.
    ///
    /// # Errors
    /// `mastery.skill-unknown`, `mastery.no-questions`; when a pack or the database can't be read.
    pub async fn sitting(&self, student: StudentId, language: &str, wanted: Wanted) -> Result<ActivityPage> {
        let Wanted { course, lesson, activity, at, again } = wanted;
        let course = self.packs.course(&course).filter(|course| course.is_for_students());
        let course = course.ok_or_else(unknown_skill)?;
        let without_feedback = practice::asks(&course, lesson, &activity).ok_or_else(unknown_skill)?;
        let progress = self.evidence.progress(student).await?;
        let now = self.journal.clock().now().wall;
        let of = places_of(lesson);
        let runs = progress.runs(&course, lesson, &activity).unwrap_or_default();
        let newest = runs.last_key_value().map(|(run, sitting)| (*run, sitting));
        let At { run, place } = at.unwrap_or_else(|| go_on(newest, of, again, now));
        let record = self.record(student).await?;
        let work = self.work_of(student).await?;
        let strictness = work.strictness;
        let common = self.common_list(student, &record, &work, language, (lesson, &activity)).await?;
        let (language, questions) = (language.to_owned(), self.evidence.questions().clone());
        let spot = Spot { course: course.id.clone(), lesson: lesson.to_owned(), activity, run };
        let prepare = move || {
            let bank = questions.bank(&course)?;
            let said = Said { record: &record, strictness, now };
            let chosen = items_for(&said, &course, &bank, &spot, &common, (place, of));
            if chosen.is_empty() && place < of {
                return Err(no_questions());
            }
            let mut items = Vec::with_capacity(chosen.len());
            for (place, item) in (place..of).zip(chosen) {
                let variant = questions.at(&course, &item.id, student, &spot, place)?;
                let seed = variant.seed;
                let variant = if without_feedback { variant.without_key() } else { variant };
                let item = serde_json::to_value(variant).unwrap_or_default();
                items.push(Place { place, seed, score: None, answered: false, item });
            }
            let media = media_of(items.iter().map(|place| &place.item), &course);
            Ok(page_of(&course, spot, &language, of, without_feedback, items, media))
        };
        let done = tokio::task::spawn_blocking(prepare).await;
        done.map_err(|e| Error::internal("Choosing questions broke off.").caused_by(e))?
    }

    /// Three ways to go on.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn choices(&self, student: StudentId, language: &str) -> Result<Choices> {
        let record = self.record(student).await?;
        let work = self.work_of(student).await?;
        let now = self.journal.clock().now().wall;
        let said = Said { record: &record, strictness: work.strictness, now };
        let list = self.list_of(student, &record, &work, language).await?;
        let courses = self.courses_on_map(&list, &record, &work, language);
        let is_due = |named: &Named| said.band(&named.id()).0 == Band::ReviewDue;
        let due: Vec<Named> = courses.iter().flat_map(|course| skills_of(course)).filter(is_due).collect();
        let review = due.first().map(|named| NextSkill {
            course: named.course.id.clone(),
            skill: named.head(),
            why: WhyNext::Review,
        });
        let due = u32::try_from(due.len()).unwrap_or(u32::MAX);
        let placement = self.placement_offer(student, &record, &list, language).await?;
        Ok(Choices { recommended: list.first(), review, due, placement })
    }

    /// What a class or group works on together, where a sitting goes over all skills; else nothing.
    async fn common_list(
        &self,
        student: StudentId,
        record: &Arc<Record>,
        work: &ClassWork,
        language: &str,
        (lesson, activity): (&str, &str),
    ) -> Result<Vec<String>> {
        let together = matches!(work.lists, Lists::Whole | Lists::Groups(_));
        if !together || lesson != practice::PRACTICE || activity != practice::ALL {
            return Ok(Vec::new());
        }
        let list = self.list_of(student, record, work, language).await?;
        Ok(list.skills().map(Named::id).collect())
    }
}

/// The items for the places from `from` on.
fn items_for<'a>(
    said: &Said,
    course: &Course,
    bank: &'a [BankItem],
    spot: &Spot,
    common: &[String],
    places: (u32, u32),
) -> Vec<&'a BankItem> {
    let purpose = match spot.lesson.as_str() {
        practice::SHOW => Purpose::Show,
        practice::PLACEMENT => Purpose::Placement,
        _ => Purpose::Practice,
    };
    let candidates: Vec<Candidate> = bank.iter().map(|item| candidate(said.record, course, item)).collect();
    let open = open_skills(said, course, &spot.activity, common, purpose);
    let recent = said.record.recent();
    let chosen = choose(said.record.learner().student(), &candidates, &open, purpose, &recent, places);
    chosen.into_iter().map(|index| &bank[index]).collect()
}

fn candidate(record: &Record, course: &Course, item: &BankItem) -> Candidate {
    let heaviest = item.skills.iter().rev().max_by_key(|share| share.weight);
    let skill = heaviest.map(|share| format!("{}/{}", course.id, share.id)).unwrap_or_default();
    let name = format!("{}/{}@{}", course.id, item.id, item.version);
    let difficulties = record.difficulties();
    let known = difficulties.known_item(&name).unwrap_or_else(|| Estimate::of(item.difficulty));
    let hard = Hard { skill: difficulties.skill(&skill), item: known };
    Candidate { name, skill, hard, guess: score_of(item.guess) }
}

/// What a sitting is about. Practice of a skill on which a student is stuck goes back to what comes first; practice of all
/// goes on with what the class or group has in common, else with what was begun, and begins something new when little is.
fn open_skills(said: &Said, course: &Course, activity: &str, common: &[String], purpose: Purpose) -> Open {
    let all: Vec<Named> = skills_of(course).collect();
    let id = |named: &Named| named.id();
    let due = all.iter().filter(|named| said.band(&named.id()).0 == Band::ReviewDue).map(id);
    let due: Vec<String> = due.collect();
    if purpose == Purpose::Placement {
        let of_strand = |named: &&Named| activity == practice::ALL || named.skill.strand == activity;
        return Open { skills: all.iter().filter(of_strand).map(id).collect(), due: Vec::new() };
    }
    if let Some(skill) = course.skill(activity) {
        let named = Named { course, skill };
        let mut skills = vec![named.id()];
        if said.picture(&named.id()).spinning {
            let before = skill.prerequisites.iter().filter_map(|id| course.skill(id));
            skills.extend(before.map(|skill| Named { course, skill }.id()));
        }
        let due = due.into_iter().filter(|due| !skills.contains(due)).collect();
        return Open { skills, due: if purpose == Purpose::Show { Vec::new() } else { due } };
    }
    let of_course = |skill: &&String| all.iter().any(|named| named.id() == **skill);
    let skills: Vec<String> = common.iter().filter(of_course).take(SKILLS_AT_ONCE).cloned().collect();
    if !skills.is_empty() {
        return Open { skills, due };
    }
    let is_open = |named: &&Named| {
        let band = said.band(&named.id()).0;
        band < Band::Secure && !said.picture(&named.id()).spinning && said.is_ready_for(**named)
    };
    let presumed = said.presumed(course);
    let (begun, mut new): (Vec<&Named>, Vec<&Named>) =
        all.iter().filter(is_open).partition(|named| said.band(&named.id()).0 != Band::NotSeen);
    new.sort_by_key(|named| presumed.contains(named.skill.id.as_str()));
    let room = SKILLS_AT_ONCE.saturating_sub(begun.len());
    let mut skills: Vec<String> = begun.into_iter().chain(new.into_iter().take(room)).map(id).collect();
    if skills.is_empty() {
        // All is known, or nothing goes on: whatever there is keeps it fresh.
        skills = all.iter().map(id).collect();
    }
    Open { skills, due }
}

fn page_of(
    course: &Arc<Course>,
    spot: Spot,
    language: &str,
    of: u32,
    without_feedback: bool,
    items: Vec<Place>,
    media: Vec<String>,
) -> ActivityPage {
    let Spot { lesson, activity, run, .. } = spot;
    let title = course.skill(&activity).map(|skill| skill.name.clone()).unwrap_or_default();
    ActivityPage {
        course: course.id.clone(),
        course_title: course.title(language).to_owned(),
        lesson,
        lesson_title: title.clone(),
        id: activity,
        kind: if without_feedback { ActivityKind::Check } else { ActivityKind::Practice },
        title,
        direction: course.direction,
        hash: course.hash.clone(),
        run,
        of,
        items: Some(items),
        media,
        html: None,
        file: None,
        chapters: Vec::new(),
        captions: Vec::new(),
        transcript: None,
        poster: None,
        alt: None,
        position: None,
        next: None,
    }
}

fn no_questions() -> Error {
    Error::not_found(
        "mastery.no-questions",
        "This course has no questions about that. Choose another skill, and tell your teacher.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sitting_that_was_left_goes_on_the_same_day_and_a_finished_one_does_not() {
        let at = |newest: Option<(u32, &Run)>, again, now| {
            let At { run, place } = go_on(newest, 10, again, now);
            (run, place)
        };
        assert_eq!(at(None, false, 0), (1, 0));
        let nothing = Run::default();
        assert_eq!(at(Some((3, &nothing)), false, 1_000), (3, 0), "opened, nothing answered");
        assert_eq!(at(Some((3, &nothing)), true, 1_000), (4, 0), "somebody asked for another");
        assert_eq!(at(Some((3, &nothing)), false, GOES_ON_FOR + 1), (4, 0), "on another day");
    }
}
