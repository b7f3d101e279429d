//! The lesson as it happens, for the teacher's screen.
//!
//! The picture is in memory and made of the journal's newest entries and of what tablets tell of themselves; after a
//! restart it is made anew from today's entries. It is brought up to date by whoever looks, so a lesson that nobody
//! watches costs nothing. Screens get the whole once and then only rows that changed: a slow screen is never sent more
//! than the newest state, and nothing piles up for it.

mod help;
mod picture;
mod routes;
mod rules;
mod screens;
mod signals;
mod standing;

use std::collections::HashSet;
use std::sync::Arc;

use tokio::sync::broadcast::error::TryRecvError;
use tokio::sync::{Mutex, MutexGuard, broadcast, watch};

pub use help::{HandPlace, HandState, MoveHand};
pub use routes::routes;
pub use rules::State;
pub use screens::{
    AnswerRow, AskRow, ClassAtWork, Live as LiveClass, PlaceRow, Presence, ReasonParams, SignalRow,
    StudentRow,
};
pub use signals::{Advice, Signal};

use crate::error::Result;
use crate::evidence::{Evidence, Spot, WHOLE};
use crate::ids::{ClassId, StudentId};
use crate::journal::{self, Entry, Journal};
use crate::mastery::{Mastery, Strictness};
use crate::packs::Packs;
use crate::people::{Asking, Class, People, Student};
use crate::web::Places;
use picture::{Picture, Sign, Work};
use rules::Facts;
use signals::Raised;

/// A school day of forty students has some five thousand entries; older ones are not needed for a picture of now.
const ENTRIES_OF_A_DAY: u64 = 10_000;
/// So many of a student's answers are shown.
const SHOWN_ANSWERS: usize = 8;
/// Teachers of a school look at some classes each; more streams than this come from a page gone wild.
const MOST_WATCHERS: usize = 48;
/// Of one person, on all their screens.
const MOST_WATCHERS_OF_ONE: usize = 8;

/// The lessons as they happen.
pub struct Live {
    journal: Arc<Journal>,
    people: Arc<People>,
    packs: Arc<Packs>,
    evidence: Arc<Evidence>,
    mastery: Arc<Mastery>,
    following: Mutex<Following>,
    signs: watch::Sender<u64>,
    watchers: Places<[u8; 16]>,
}

struct Following {
    picture: Picture,
    tail: broadcast::Receiver<Arc<[Entry]>>,
    /// Whether entries were missed, so that the picture must be made anew.
    stale: bool,
}

impl Live {
    /// Over a journal, the people, what students do and what they can do.
    pub fn new(
        journal: Arc<Journal>,
        people: Arc<People>,
        packs: Arc<Packs>,
        evidence: Arc<Evidence>,
        mastery: Arc<Mastery>,
    ) -> Self {
        let following = Following { picture: Picture::default(), tail: journal.subscribe(), stale: true };
        Self {
            journal,
            people,
            packs,
            evidence,
            mastery,
            following: Mutex::new(following),
            signs: watch::Sender::new(0),
            watchers: Places::new(MOST_WATCHERS, MOST_WATCHERS_OF_ONE),
        }
    }

    /// A class as of now. `class` must be one that the caller may see.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn snapshot(&self, class: &Class, language: &str) -> Result<LiveClass> {
        let strictness = self.mastery.strictness(class.id).await?;
        let strictness = Strictness::ALL.into_iter().position(|one| one == strictness).unwrap_or_default();
        let mut following = self.caught_up().await?;
        let now = self.journal.clock().now();
        let steady = following.picture.tick(now);
        let signed_in = self.people.signed_in(class.id);
        let directory = self.people.directory();
        let students = directory.students_of(class);
        let is_on = signals::is_lesson_on(signed_in.len(), students.len());
        let looking = Looking { picture: &following.picture, packs: &self.packs, steady, language, is_on };
        let mut to_visit = Vec::new();
        let mut rows = Vec::with_capacity(students.len());
        for student in students {
            let work = looking.picture.work(student.id, steady);
            let is_here = signed_in.contains(&student.id);
            let nothing = Work::default();
            let facts =
                work.unwrap_or(&nothing).facts(is_here, looking.picture.visited(student.id), strictness);
            let raised = signals::raised(&facts, steady).into_iter().next();
            to_visit.extend(raised.as_ref().map(|raised| (student.id, raised.signal, raised.since)));
            rows.push(looking.row(student, &facts, work, raised.as_ref()));
        }
        Ok(LiveClass {
            class: ClassAtWork { id: class.id, name: class.name.clone() },
            now: now.wall,
            asks: self.asks(class.id),
            visits: signals::to_visit(to_visit),
            students: rows,
        })
    }

    /// Takes in what a student's tablet tells of itself. An activity that is unknown here is not looked at.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn hear(&self, student: StudentId, presence: Presence) -> Result<()> {
        let Presence { course, lesson, activity, idle, waiting } = presence;
        let spot = self.spot(student, &course, &lesson, &activity).await?;
        let mut following = self.caught_up().await?;
        following.picture.sign(
            student,
            Sign { spot: spot.clone(), idle, waiting },
            self.journal.clock().now(),
        );
        if let Some(spot) = spot {
            self.count(&mut following.picture, student, &spot).await?;
        }
        drop(following);
        self.signs.send_modify(|count| *count += 1);
        Ok(())
    }

    /// An activity in a student's newest run, when it is known here.
    async fn spot(
        &self,
        student: StudentId,
        course: &str,
        lesson: &str,
        activity: &str,
    ) -> Result<Option<Spot>> {
        let known = self.packs.course(course).filter(|known| known.is_for_students());
        let Some((known, (at, of))) =
            known.as_ref().and_then(|known| Some((known, known.activity(lesson, activity)?)))
        else {
            return Ok(None);
        };
        let progress = self.evidence.progress(student).await?;
        let runs = progress.runs(known, &at.id, &of.id);
        let newest = runs.as_ref().and_then(|runs| runs.keys().last().copied());
        let (course, lesson, activity) = (course.to_owned(), lesson.to_owned(), activity.to_owned());
        Ok(Some(Spot { course, lesson, activity, run: newest.unwrap_or(1) }))
    }

    /// The picture with every committed entry in it.
    async fn caught_up(&self) -> Result<MutexGuard<'_, Following>> {
        let mut following = self.following.lock().await;
        let mut entries: Vec<Arc<[Entry]>> = Vec::new();
        loop {
            match following.tail.try_recv() {
                Ok(group) => entries.push(group),
                Err(TryRecvError::Lagged(_)) => following.stale = true,
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
        if following.stale {
            let newest =
                self.journal.read(|connection| journal::newest(connection, ENTRIES_OF_A_DAY)).await?;
            following.picture.forget_entries();
            following.stale = false;
            // Entries that are in both are taken in once.
            entries.insert(0, newest.into());
        }
        let now = self.journal.clock().now();
        let mut moved: HashSet<(StudentId, Spot)> = HashSet::new();
        for entry in entries.iter().flat_map(|group| group.iter()) {
            moved.extend(following.picture.take(entry, self.journal.stream(), now));
        }
        let students: HashSet<StudentId> = moved.iter().map(|(student, _)| *student).collect();
        for (student, spot) in moved {
            self.count(&mut following.picture, student, &spot).await?;
        }
        self.note_standings(&mut following.picture, students.into_iter().collect()).await?;
        Ok(following)
    }

    async fn count(&self, picture: &mut Picture, student: StudentId, spot: &Spot) -> Result<()> {
        let Some(course) = self.packs.course(&spot.course) else { return Ok(()) };
        let Some((lesson, activity)) = course.activity(&spot.lesson, &spot.activity) else { return Ok(()) };
        let of = activity.places();
        let progress = self.evidence.progress(student).await?;
        let runs = progress.runs(&course, &lesson.id, &activity.id);
        let run = runs.as_ref().and_then(|runs| runs.get(&spot.run));
        let done = run.map_or(0, |run| run.done(of));
        picture.count(student, spot, done, of);
        Ok(())
    }

    fn asks(&self, class: ClassId) -> Vec<AskRow> {
        let directory = self.people.directory();
        let row = |Asking { ask, student, at }| {
            let known = directory.student(student)?;
            Some(AskRow { ask, student, name: known.name.clone(), avatar: known.avatar.clone(), at })
        };
        self.people.asking(class).into_iter().filter_map(row).collect()
    }
}

/// One look at the picture.
struct Looking<'a> {
    picture: &'a Picture,
    packs: &'a Packs,
    steady: i64,
    language: &'a str,
    /// Whether a lesson is on.
    is_on: bool,
}

impl Looking<'_> {
    fn row(
        &self,
        student: &Student,
        facts: &Facts,
        work: Option<&Work>,
        raised: Option<&Raised>,
    ) -> StudentRow {
        let judgement = rules::judge(facts, self.steady);
        let spot = work.and_then(|work| Some((work.spot.as_ref()?, work.done)));
        let shown = facts.last.iter().skip(facts.last.len().saturating_sub(SHOWN_ANSWERS));
        StudentRow {
            id: student.id,
            name: student.name.clone(),
            avatar: student.avatar.clone(),
            signed_in: facts.signed_in,
            state: judgement.state,
            absent: self.is_on && !facts.signed_in && work.is_none(),
            signal: raised.map(|raised| self.signal(raised)),
            since: judgement.since.map(|since| self.picture.wall(since)),
            waiting: facts.held,
            place: spot.and_then(|(spot, done)| self.place(spot, done)),
            last: shown.map(|answer| self.answer(answer)).collect(),
            answers: work.map_or(0, |work| work.answers),
            right_answers: work.map_or(0, |work| work.right_answers),
        }
    }

    fn signal(&self, raised: &Raised) -> SignalRow {
        let params = ReasonParams {
            count: raised.count,
            skill: raised.about.as_ref().map(|about| self.skill_name(&about.course, &about.skill)),
            minutes: (raised.signal == Signal::Idle).then_some(2),
        };
        let since = self.picture.wall(raised.since);
        SignalRow { kind: raised.signal, code: raised.reason, params, advice: raised.advice, since }
    }

    fn place(&self, spot: &Spot, done: u32) -> Option<PlaceRow> {
        let course = self.packs.course(&spot.course)?;
        let (lesson, activity) = course.activity(&spot.lesson, &spot.activity)?;
        Some(PlaceRow {
            course: course.id.clone(),
            course_title: course.title(self.language).to_owned(),
            lesson: lesson.id.clone(),
            lesson_title: lesson.title.clone(),
            activity: activity.id.clone(),
            activity_title: activity.title.clone(),
            kind: activity.kind,
            done,
            of: activity.places(),
        })
    }

    fn answer(&self, answer: &rules::Recent) -> AnswerRow {
        let skill = answer.skills.first().map(|skill| self.skill_name(&answer.course, skill));
        AnswerRow {
            right: answer.score >= WHOLE,
            score: f64::from(answer.score) / f64::from(WHOLE),
            item: answer.item.clone(),
            skill: skill.unwrap_or_default(),
            at: self.picture.wall(answer.at),
        }
    }

    /// The skill's name, or its id where the pack is gone.
    fn skill_name(&self, course: &str, skill: &str) -> String {
        let known = self.packs.course(course);
        let name = known.as_ref().and_then(|course| course.skill(skill)).map(|skill| skill.name.clone());
        name.unwrap_or_else(|| skill.to_owned())
    }
}
