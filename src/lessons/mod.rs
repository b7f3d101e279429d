//! Learning: the courses, lessons and activities as one student finds them.
//!
//! What to show follows from two things alone: the course (`packs`) and what the student has done (`evidence`). The
//! questions of a run derive from student, course, activity, run and place, so every tablet shows the same ones and a
//! student goes on anywhere at the first place without an answer. Staff may look; then nothing is known and nothing is
//! recorded.

mod given;
mod media;
mod routes;
mod rules;
mod screens;
mod shown;
mod store;

use std::sync::Arc;

pub use given::{Gift, GiftCard, GiftRow, GivenView, courses_given};
pub use media::in_items as media_of;
pub use routes::{reader, routes};
pub use rules::State;
pub use screens::{
    ActivityPage, ActivityPart, CaptionsPart, ChapterPart, Continue, CourseCard, CoursePage, Guides, Home,
    LessonNotes, LessonPart, Next, Place, Review, Reviewed, UnitPart,
};

use rusqlite::Connection;

use crate::db::{Db, Urgency};
use crate::error::{Error, Kind, Result};
use crate::evidence::{Answer, Evidence, Progress, Run, Spot, WHOLE};
use crate::ids::StudentId;
use crate::items::{Variant, mark};
use crate::journal::Journal;
use crate::packs::{Activity, ActivityKind, Course, Lesson, Packs};
use crate::people::People;
use rules::{Outcome, Standing};

/// Who looks at a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Learns from it.
    Student(StudentId),
    /// Only looks.
    Staff,
}

impl Reader {
    /// Whose numbers the questions have; staff see those of nobody.
    fn student(self) -> StudentId {
        if let Self::Student(student) = self { student } else { StudentId([0; 16]) }
    }
}

/// What students learn from.
pub struct Lessons {
    journal: Arc<Journal>,
    people: Arc<People>,
    packs: Arc<Packs>,
    evidence: Arc<Evidence>,
    local: Arc<Db>,
}

impl Lessons {
    /// Over a journal that has the [`GivenView`], the courses and what students did; where they stopped is kept in `local`.
    pub fn new(
        journal: Arc<Journal>,
        people: Arc<People>,
        packs: Arc<Packs>,
        evidence: Arc<Evidence>,
        local: Arc<Db>,
    ) -> Self {
        Self { journal, people, packs, evidence, local }
    }

    /// The first screen, with titles in `language` where there are such.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn home(&self, reader: Reader, language: &str) -> Result<Home> {
        let progress = self.progress(reader).await?;
        let mut courses = self.packs.courses();
        courses.retain(|course| course.is_for_students());
        let last = progress.last(|id| courses.iter().any(|course| course.stands_for(id)));
        let r#continue = last.and_then(|spot| {
            let course = courses.iter().find(|course| course.stands_for(&spot.course))?;
            let (lesson, activity) = go_on(course, &progress, &spot)?;
            Some(continue_at(course, lesson, activity, &progress, language))
        });
        let given = self.given_to(reader, &courses, &progress, language).await?;
        let courses = courses.iter().map(|course| card(course, &progress, language)).collect();
        Ok(Home { r#continue, given, courses })
    }

    /// The guides: courses that teachers read, with titles in `language` where there are such.
    pub fn guides(&self, language: &str) -> Vec<CourseCard> {
        let mut guides = self.packs.courses();
        guides.retain(|course| !course.is_for_students());
        guides.iter().map(|course| card(course, &Progress::default(), language)).collect()
    }

    /// A course with all its lessons.
    ///
    /// # Errors
    /// `pack.unknown`, also for a student who asks for a guide; when the database refuses.
    pub async fn course(&self, reader: Reader, language: &str, course: &str) -> Result<CoursePage> {
        let course = self.known_course(reader, course)?;
        let progress = self.progress(reader).await?;
        let lesson = |lesson: &Lesson| {
            let activity = |activity: &Activity| {
                let Standing { state, done, right } = standing(&course, lesson, activity, &progress);
                let (id, title) = (activity.id.clone(), activity.title.clone());
                ActivityPart { id, kind: activity.kind, title, state, done, of: activity.places(), right }
            };
            let activities: Vec<_> = lesson.activities.iter().map(activity).collect();
            LessonPart {
                id: lesson.id.clone(),
                title: lesson.title.clone(),
                picture: lesson.picture.as_deref().map(|path| course.address(path)),
                minutes: lesson.minutes,
                state: rules::state_of_all(activities.iter().map(|activity| activity.state)),
                activities,
            }
        };
        let units = course.units.iter().map(|unit| UnitPart {
            id: unit.id.clone(),
            title: unit.title.clone(),
            lessons: unit.lessons.iter().map(lesson).collect(),
        });
        Ok(CoursePage {
            id: course.id.clone(),
            title: course.title(language).to_owned(),
            language: course.language.clone(),
            direction: course.direction,
            audience: course.audience,
            units: units.collect(),
        })
    }

    /// An activity, ready to be done; with `again` and a finished run, the next run.
    ///
    /// # Errors
    /// `pack.unknown`, `lesson.unknown`; when a pack or the database can't be read.
    pub async fn activity(
        &self,
        reader: Reader,
        language: &str,
        spot: Spot,
        again: bool,
    ) -> Result<ActivityPage> {
        let course = self.known_course(reader, &spot.course)?;
        let progress = self.progress(reader).await?;
        let position = self.position(reader, &spot).await?;
        let (packs, questions) = (self.packs.clone(), self.evidence.questions().clone());
        let language = language.to_owned();
        let prepare = move || {
            let (lesson, activity) = known_activity(&course, &spot)?;
            let runs = progress.runs(&course, &lesson.id, &activity.id);
            let newest = runs.as_ref().and_then(|runs| runs.last_key_value());
            let newest = newest.map(|(number, run)| (*number, run));
            let of = activity.places();
            let newest_outcome = newest.map(|(number, run)| outcome(number, run, of));
            let spot = Spot {
                course: course.id.clone(),
                lesson: lesson.id.clone(),
                activity: activity.id.clone(),
                run: rules::run_to_show(newest_outcome, of, again),
            };
            let run = newest.filter(|(number, _)| *number == spot.run).map(|(_, run)| run);
            let mut page = empty_page(&course, lesson, activity, spot.run, &language);
            page.position = position;
            if let Some(path) = activity.page.as_ref().filter(|path| !runs_in_a_frame(path)) {
                let html = packs.page_html(&course.id, path)?;
                page.media = media::in_html(&html, &course.hash);
                page.html = Some((*html).to_owned());
            } else if !activity.kind.asks() {
                shown::fill(&mut page, &course, activity, &packs)?;
            } else {
                let variants = questions.of_run(&course, activity, reader.student(), &spot)?;
                page.items = Some(places(variants, &course, activity, run));
                let items = page.items.iter().flatten().map(|place| &place.item);
                page.media = media::in_items(items, &course);
            }
            Ok(page)
        };
        blocking(prepare).await
    }

    /// A finished run, to look back at; without a number, the last finished one.
    ///
    /// # Errors
    /// `pack.unknown`, `lesson.unknown`, `lesson.run-unfinished`; when a pack or the database can't be read.
    pub async fn review(&self, student: StudentId, spot: Spot, run: Option<u32>) -> Result<Review> {
        let reader = Reader::Student(student);
        let course = self.known_course(reader, &spot.course)?;
        let (lesson, activity) = known_activity(&course, &spot)?;
        let of = activity.places();
        let progress = self.progress(reader).await?;
        let runs = progress.runs(&course, &lesson.id, &activity.id);
        let finished = |(number, record): &(&u32, &Run)| {
            of > 0
                && run.is_none_or(|run| run == **number)
                && rules::is_finished(outcome(**number, record, of), of)
        };
        let runs = runs.unwrap_or_default();
        let (run, record) = runs.iter().rfind(finished).ok_or_else(unfinished)?;
        let answers = self.evidence.answers(record).await?;
        let (questions, run) = (self.evidence.questions().clone(), *run);
        let look_back = move || {
            let mut items = Vec::with_capacity(answers.len());
            for (place, answer) in answers {
                match questions.variant(&course, &answer.item, answer.seed) {
                    Ok(variant) => items.push(reviewed(place, &answer, &variant)),
                    // A newer version of the course does not have this question any more.
                    Err(Error { kind: Kind::NotFound, .. }) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(Review { run, items })
        };
        blocking(look_back).await
    }

    /// What only teachers read of a lesson. In a guide teachers read all of it: a page that one of its activities shows
    /// is not told a second time.
    ///
    /// # Errors
    /// `pack.unknown`, `lesson.unknown`; when a pack can't be read.
    pub async fn notes(&self, course: &str, lesson: &str) -> Result<LessonNotes> {
        let course = self.known_course(Reader::Staff, course)?;
        let lesson = course
            .lesson(lesson)
            .ok_or_else(|| Error::not_found("lesson.unknown", "There is no such lesson in this course."))?;
        let is_shown = |path: &String| lesson.activities.iter().any(|one| one.page.as_ref() == Some(path));
        let told =
            |path: &Option<String>| path.clone().filter(|path| course.is_for_students() || !is_shown(path));
        let (teacher_notes, off_tablet) = (told(&lesson.teacher_notes), told(&lesson.off_tablet));
        let packs = self.packs.clone();
        let read = move || {
            let page = |path: String| packs.page_html(&course.id, &path).map(|html| (*html).to_owned());
            Ok(LessonNotes {
                teacher_notes: teacher_notes.map(page).transpose()?,
                off_tablet: off_tablet.map(page).transpose()?,
            })
        };
        blocking(read).await
    }

    /// Keeps where a student stopped in what is watched, heard or read, so that it goes on there on any tablet.
    ///
    /// # Errors
    /// `pack.unknown`, `lesson.unknown`; when the database refuses.
    pub async fn keep_position(&self, student: StudentId, spot: Spot, position: u32, now: u64) -> Result<()> {
        let course = self.known_course(Reader::Student(student), &spot.course)?;
        known_activity(&course, &spot)?;
        let keep = move |connection: &Connection| store::keep(connection, student, &spot, position, now);
        self.local.write(Urgency::Soon, keep).await
    }

    async fn position(&self, reader: Reader, spot: &Spot) -> Result<Option<u32>> {
        let Reader::Student(student) = reader else { return Ok(None) };
        let spot = spot.clone();
        self.local.read(move |connection| store::position(connection, student, &spot)).await
    }

    async fn progress(&self, reader: Reader) -> Result<Arc<Progress>> {
        match reader {
            Reader::Student(student) => self.evidence.progress(student).await,
            Reader::Staff => Ok(Arc::default()),
        }
    }

    fn known_course(&self, reader: Reader, id: &str) -> Result<Arc<Course>> {
        self.packs
            .course(id)
            .filter(|course| reader == Reader::Staff || course.is_for_students())
            .ok_or_else(|| Error::not_found("pack.unknown", "There is no such course on this box."))
    }
}

/// Pages in HTML may run scripts, so they are shown in a frame of another origin and not in the app.
fn runs_in_a_frame(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending == "html")
}

/// Packs may have to be read from a slow card, and drawing numbers takes its time.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|e| Error::internal("Preparing a lesson broke off.").caused_by(e))?
}

fn known_activity<'a>(course: &'a Course, spot: &Spot) -> Result<(&'a Lesson, &'a Activity)> {
    course
        .activity(&spot.lesson, &spot.activity)
        .ok_or_else(|| Error::not_found("lesson.unknown", "There is no such activity in this course."))
}

fn unfinished() -> Error {
    Error::not_found("lesson.run-unfinished", "This is not finished yet. Answer all questions first.")
}

fn outcome(number: u32, run: &Run, of: u32) -> Outcome {
    Outcome { run: number, done: run.done(of), right: run.right(of), read: run.read.is_some() }
}

fn standing(course: &Course, lesson: &Lesson, activity: &Activity, progress: &Progress) -> Standing {
    let of = activity.places();
    let runs = progress.runs(course, &lesson.id, &activity.id).unwrap_or_default();
    rules::standing(runs.iter().map(|(number, run)| outcome(*number, run, of)), of)
}

/// The activity to go on with after `last`: itself while it is unfinished, else the next one that is not done.
fn go_on<'a>(course: &'a Course, progress: &Progress, last: &Spot) -> Option<(&'a Lesson, &'a Activity)> {
    let open = |(lesson, activity): &(&Lesson, &Activity)| {
        standing(course, lesson, activity, progress).state != State::Done
    };
    let last_activity = course.activity(&last.lesson, &last.activity);
    let unfinished = last_activity.filter(|(lesson, activity)| {
        let (of, runs) = (activity.places(), progress.runs(course, &lesson.id, &activity.id));
        let run = runs.as_ref().and_then(|runs| runs.get(&last.run));
        run.is_none_or(|run| !rules::is_finished(outcome(last.run, run, of), of))
    });
    let is_last = |lesson: &Lesson, activity: &Activity| {
        last_activity.is_some_and(|last| (&last.0.id, &last.1.id) == (&lesson.id, &activity.id))
    };
    unfinished
        .or_else(|| {
            course.activities().skip_while(|(lesson, activity)| !is_last(lesson, activity)).find(open)
        })
        .or_else(|| course.activities().find(open))
}

fn continue_at(
    course: &Course,
    lesson: &Lesson,
    activity: &Activity,
    progress: &Progress,
    language: &str,
) -> Continue {
    let runs = progress.runs(course, &lesson.id, &activity.id);
    let newest = runs.as_ref().and_then(|runs| runs.last_key_value()).map(|(_, run)| run);
    Continue {
        course: course.id.clone(),
        title: course.title(language).to_owned(),
        lesson: lesson.id.clone(),
        lesson_title: lesson.title.clone(),
        activity: activity.id.clone(),
        activity_title: activity.title.clone(),
        done: newest.map_or(0, |run| run.done(activity.places())),
        of: activity.places(),
        picture: lesson.picture.as_deref().map(|path| course.address(path)),
    }
}

fn lesson_state(course: &Course, lesson: &Lesson, progress: &Progress) -> State {
    let states = lesson.activities.iter().map(|activity| standing(course, lesson, activity, progress).state);
    rules::state_of_all(states)
}

fn card(course: &Course, progress: &Progress, language: &str) -> CourseCard {
    let is_done = |lesson: &&Lesson| lesson_state(course, lesson, progress) == State::Done;
    CourseCard {
        id: course.id.clone(),
        title: course.title(language).to_owned(),
        summary: course.summary(language).to_owned(),
        cover: course.cover.as_deref().map(|path| course.address(path)),
        language: course.language.clone(),
        direction: course.direction,
        lessons: course.lessons().count(),
        lessons_done: course.lessons().filter(is_done).count(),
    }
}

fn empty_page(
    course: &Course,
    lesson: &Lesson,
    activity: &Activity,
    run: u32,
    language: &str,
) -> ActivityPage {
    let next = course.after(&lesson.id, &activity.id);
    ActivityPage {
        course: course.id.clone(),
        course_title: course.title(language).to_owned(),
        lesson: lesson.id.clone(),
        lesson_title: lesson.title.clone(),
        id: activity.id.clone(),
        kind: activity.kind,
        title: activity.title.clone(),
        direction: course.direction,
        hash: course.hash.clone(),
        run,
        of: activity.places(),
        html: None,
        items: None,
        file: None,
        chapters: Vec::new(),
        captions: Vec::new(),
        transcript: None,
        poster: None,
        alt: activity.alt.clone(),
        position: None,
        media: Vec::new(),
        next: next
            .map(|(lesson, activity)| Next { lesson: lesson.id.clone(), activity: activity.id.clone() }),
    }
}

/// The questions with what is answered; a running check shows neither keys nor scores. Teachers check themselves: nothing
/// of that is kept, so their tablet needs the keys.
fn places(variants: Vec<Variant>, course: &Course, activity: &Activity, run: Option<&Run>) -> Vec<Place> {
    let of = activity.places();
    let running = run.is_none_or(|run| run.done(of) < of);
    let secret = activity.kind == ActivityKind::Check && running && course.is_for_students();
    let place = |(place, variant): (u32, Variant)| {
        let mark = run.and_then(|run| run.marks.get(&place));
        let seed = variant.seed;
        let variant = if secret { variant.without_key() } else { variant };
        Place {
            place,
            seed,
            score: mark.filter(|_| !secret).map(|mark| share(mark.score)),
            answered: mark.is_some(),
            // A variant is made of texts and numbers; it always becomes JSON.
            item: serde_json::to_value(variant).unwrap_or_default(),
        }
    };
    (0..).zip(variants).map(place).collect()
}

fn reviewed(place: u32, answer: &Answer, variant: &Variant) -> Reviewed {
    let response = serde_json::from_slice(&answer.response).unwrap_or_default();
    let right = answer.is_right();
    let words = variant.common.feedback.as_ref();
    let general = words.and_then(|words| if right { words.right.clone() } else { words.wrong.clone() });
    Reviewed {
        place,
        score: share(answer.score),
        right,
        feedback: mark(variant, &response).feedback.or(general),
        response,
        item: serde_json::to_value(variant).unwrap_or_default(),
    }
}

fn share(thousandths: u16) -> f64 {
    f64::from(thousandths) / f64::from(WHOLE)
}
