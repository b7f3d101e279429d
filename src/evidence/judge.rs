//! From what a tablet sent to an entry of the journal: looked up in the courses, marked again, or kept as a note.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::batch::{Sent, SentAnswer, SentVisit};
use super::body::{Answer, Note, Open, Read, Spot};
use super::practice;
use super::questions::{Questions, guess_chance, hardness, skill_shares};
use super::rules;
use crate::error::{Kind, Result};
use crate::ids::{StudentId, from_hex};
use crate::items::mark;
use crate::journal::{Draft, EntryKind};
use crate::packs::{ActivityKind, Course};

/// A note keeps so many bytes of what came.
const LONGEST_NOTE: usize = 2_000;
/// A response is some letters or some picks; what is longer was not made by our pages.
const LONGEST_RESPONSE: usize = 8_000;

/// Why an entry is kept as a note; the codes are documented in `docs/api.md`.
type Misfit = &'static str;

/// Whose tickets came with something, if they are ours.
#[derive(Clone, Copy)]
pub(super) struct Whose {
    pub(super) student: Option<StudentId>,
    /// Who answered together with the student.
    pub(super) partner: Option<StudentId>,
}

/// What becomes of one thing that a tablet sent.
pub(super) struct Judged {
    pub(super) n: u64,
    pub(super) draft: Draft,
    /// Whose ticket it came with, if it is one of ours.
    pub(super) student: Option<StudentId>,
    /// The answered place of a check, and how many places the check has.
    pub(super) check: Option<CheckPlace>,
}

/// A place of a check.
pub(super) struct CheckPlace {
    pub(super) student: StudentId,
    pub(super) spot: Spot,
    pub(super) place: u32,
    pub(super) of: u32,
}

/// As [`judge`], also where one entry makes our own code break off: it must not take those behind it along.
///
/// # Errors
/// As [`judge`].
pub(super) fn judge_safely(questions: &Questions, whose: Whose, sent: &Sent) -> Result<Judged> {
    catch_unwind(AssertUnwindSafe(|| judge(questions, whose, sent))).unwrap_or_else(|_| {
        tracing::error!("the marking of an entry broke off; it is kept as a note");
        let student = whose.student;
        Ok(Judged { n: sent.n, draft: note("evidence.item-unreadable", student, sent), student, check: None })
    })
}

/// Makes an entry of what came. Reads the disk when a question is not at hand.
///
/// # Errors
/// Only for trouble of the box itself: then the tablet must keep it and send again. What can't be understood is a note.
fn judge(questions: &Questions, Whose { student, partner }: Whose, sent: &Sent) -> Result<Judged> {
    let understood = match (student, sent.r#type.as_str()) {
        (None, _) => Err("evidence.ticket-unknown"),
        (Some(student), "answer") => return judge_answer(questions, (student, partner), sent),
        (Some(student), "open") => visit(questions, sent)
            .map(|(spot, ago, _)| Draft::new(EntryKind::OPEN, &Open { student, spot, ago })),
        (Some(student), "read") => visit(questions, sent).map(|(spot, ago, milliseconds)| {
            Draft::new(EntryKind::READ, &Read { student, spot, milliseconds, ago })
        }),
        _ => Err("evidence.type-unknown"),
    };
    let draft = understood.unwrap_or_else(|misfit| note(misfit, student, sent));
    Ok(Judged { n: sent.n, draft, student, check: None })
}

fn note(misfit: Misfit, student: Option<StudentId>, sent: &Sent) -> Draft {
    let text = rules::cut(sent.text(), LONGEST_NOTE);
    Draft::new(EntryKind::NOTE, &Note { code: misfit.to_owned(), student, text })
}

fn fields<T: DeserializeOwned>(sent: &Sent) -> Result<T, Misfit> {
    serde_json::from_value(Value::Object(sent.fields.clone())).map_err(|_| "evidence.fields-wrong")
}

fn small<T: TryFrom<u64>>(number: u64, most: T) -> T {
    T::try_from(number).unwrap_or(most)
}

/// The activity that was opened or read, how long ago, and for how many milliseconds.
fn visit(questions: &Questions, sent: &Sent) -> Result<(Spot, u64, u32), Misfit> {
    let SentVisit { course, lesson, activity, run, milliseconds } = fields(sent)?;
    let known = questions.versions(&course);
    if known.is_empty() {
        return Err("evidence.course-unknown");
    }
    let is_asked = |version: &Arc<Course>| {
        version.activity(&lesson, &activity).is_some()
            || practice::asks(version, &lesson, &activity).is_some()
    };
    if !known.iter().any(is_asked) {
        return Err("evidence.activity-unknown");
    }
    check_run(run)?;
    let spot = Spot { course, lesson, activity, run };
    Ok((spot, rules::believable_ago(sent.ago), small(milliseconds, u32::MAX)))
}

fn check_run(run: u32) -> Result<(), Misfit> {
    if (1..=rules::MOST_RUNS).contains(&run) { Ok(()) } else { Err("evidence.run-unknown") }
}

fn judge_answer(
    questions: &Questions,
    (student, partner): (StudentId, Option<StudentId>),
    sent: &Sent,
) -> Result<Judged> {
    let partner = partner.filter(|partner| *partner != student);
    let placed = fields(sent).and_then(|answer| Placed::find(questions, student, answer));
    let marked = match placed {
        Ok(placed) => match placed.mark(questions, student, rules::believable_ago(sent.ago)) {
            Ok(marked) => marked,
            Err(error) if matches!(error.kind, Kind::Unavailable | Kind::Full) => return Err(error),
            // A question of ours that is broken stays broken: sending the answer again would never help.
            Err(error) => {
                tracing::error!(%error, "a question can't be marked");
                Err("evidence.item-unreadable")
            }
        },
        Err(misfit) => Err(misfit),
    };
    Ok(match marked {
        Ok((answer, of)) => {
            let answer = Answer { partner, ..answer };
            let place = CheckPlace { student, spot: answer.spot.clone(), place: answer.place, of };
            let check = answer.check.then_some(place);
            Judged { n: sent.n, draft: Draft::new(EntryKind::ANSWER, &answer), student: Some(student), check }
        }
        Err(misfit) => {
            let student = Some(student);
            Judged { n: sent.n, draft: note(misfit, student, sent), student, check: None }
        }
    })
}

/// An answer that stands where the box would have asked that very question.
struct Placed {
    course: Arc<Course>,
    place: Place,
    sent: SentAnswer,
}

/// Where a question is asked.
struct Place {
    spot: Spot,
    of: u32,
    check: bool,
    response: Vec<u8>,
}

impl Placed {
    /// Where the box asks that question, or asked it before the course was renewed: a tablet may still show the page.
    fn find(questions: &Questions, student: StudentId, sent: SentAnswer) -> Result<Self, Misfit> {
        let mut misfit = None;
        for course in questions.versions(&sent.course) {
            match Place::find(&course, student, &sent) {
                Ok(place) => return Ok(Self { course, place, sent }),
                // What the newest version says about it is what counts.
                Err(newest) => misfit = misfit.or(Some(newest)),
            }
        }
        Err(misfit.unwrap_or("evidence.course-unknown"))
    }

    fn mark(
        self,
        questions: &Questions,
        student: StudentId,
        ago: u64,
    ) -> Result<Result<(Answer, u32), Misfit>> {
        let Self { course, place: Place { spot, of, check, response }, sent } = self;
        let variant = questions.variant(&course, &sent.item, sent.seed)?;
        if sent.version > variant.version {
            return Ok(Err("evidence.version-unknown"));
        }
        let tablet = sent.score.map(rules::thousandths);
        // A tablet that loaded the page before a newer pack was installed showed a question that is gone.
        let marked = sent.version == variant.version;
        let own = rules::thousandths(mark(&variant, &sent.response).score);
        let score = if marked { own } else { tablet.unwrap_or(0) };
        Ok(Ok((
            Answer {
                student,
                spot,
                place: sent.place,
                item: sent.item,
                item_version: sent.version,
                seed: sent.seed,
                response,
                score,
                marked,
                // In a check the tablet has no key, so its mark says nothing.
                tablet_score: tablet.filter(|tablet| !check && *tablet != score),
                guess: guess_chance(&variant),
                skills: skill_shares(&variant),
                check,
                milliseconds: small(sent.milliseconds, u32::MAX),
                hints: small(sent.hints, u16::MAX),
                tries: small(sent.tries, u16::MAX),
                ago,
                pack_version: course.version.clone(),
                pack_hash: from_hex(&course.hash[..16]).unwrap_or_default(),
                difficulty: Some(hardness(&variant)),
                partner: None,
            },
            of,
        )))
    }
}

impl Place {
    fn find(course: &Course, student: StudentId, sent: &SentAnswer) -> Result<Self, Misfit> {
        check_run(sent.run)?;
        let (of, check) = match practice::asks(course, &sent.lesson, &sent.activity) {
            // Nobody waits for the end of what has no fixed number of places.
            Some(check) if practice::may_ask_at(sent.place) => (u32::MAX, check),
            Some(_) => return Err("evidence.place-wrong"),
            None => Self::in_activity(course, sent)?,
        };
        let spot = Spot {
            course: sent.course.clone(),
            lesson: sent.lesson.clone(),
            activity: sent.activity.clone(),
            run: sent.run,
        };
        if !rules::is_seed_of(sent.seed, student, &spot, sent.place) {
            return Err("evidence.seed-foreign");
        }
        let response = sent.response.to_string().into_bytes();
        if response.len() > LONGEST_RESPONSE {
            return Err("evidence.response-long");
        }
        Ok(Self { spot, of, check, response })
    }

    /// How many places the activity has, and whether it is a check, when it asks that item at that place.
    fn in_activity(course: &Course, sent: &SentAnswer) -> Result<(u32, bool), Misfit> {
        let found = course.activity(&sent.lesson, &sent.activity);
        let (_, activity) = found.ok_or("evidence.activity-unknown")?;
        let asked = activity.items.iter().map(|item| (item.item.as_str(), item.count));
        let asked = rules::places(asked).nth(sent.place as usize);
        if !asked.is_some_and(|asked| course.is_item(&sent.item, asked)) {
            return Err("evidence.place-wrong");
        }
        Ok((activity.places(), activity.kind == ActivityKind::Check))
    }
}
