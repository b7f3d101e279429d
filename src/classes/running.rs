//! The lesson as it runs: begun, led from round to round, ended.

use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::body::{LessonEntry, Plan, RunEntry};
use super::rules::{self, Slot, Stand};
use super::screens::{GroupNow, LessonAnswer, LessonNow, LessonStep, RoundNow, Step};
use super::store::{self, Held, Run};
use super::{Classes, plan_unknown};
use crate::clock::Moment;
use crate::db::Urgency;
use crate::error::{Error, Result};
use crate::ids::{ClassId, PlanId, StaffId, StreamId, StudentId};
use crate::journal::{Entry, EntryKind, Stage};
use crate::lessons::Gift;
use crate::people::Class;

/// Whoever waits for news of a lesson is answered after so long, with or without. Routers forget a silent connection after
/// a minute or more.
const PATIENCE: Duration = Duration::from_secs(20);

/// Until something is said of a lesson, or may have been.
async fn next_word(tail: &mut Receiver<Arc<[Entry]>>) {
    loop {
        match tail.recv().await {
            Ok(entries) if entries.iter().all(|entry| entry.kind != EntryKind::LESSON) => {}
            Ok(_) | Err(RecvError::Lagged(_)) => return,
            // The box stops; whoever waits is answered as it stands.
            Err(RecvError::Closed) => return std::future::pending().await,
        }
    }
}

/// A lesson that runs, as its plan and the journal have it.
struct Running {
    held: Held,
    run: Run,
    slots: Vec<Slot>,
}

impl Classes {
    /// The lesson of a class; none when none runs.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn lesson_now(&self, class: ClassId) -> Result<Option<LessonNow>> {
        let (now, own) = (self.journal.clock().now(), self.journal.stream());
        let found = self.journal.read(move |connection| running(connection, class, now, own)).await?;
        Ok(found.map(|found| shown(class, &found)))
    }

    /// The lesson that runs in the first of some classes in which one runs, as soon as there is something to tell that
    /// `known` does not name; after [`PATIENCE`] as it stands, so that no connection looks dead.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn lesson_after(&self, classes: &[ClassId], known: Option<&str>) -> Result<LessonAnswer> {
        let mut tail = self.journal.subscribe();
        let patience = tokio::time::sleep(PATIENCE);
        tokio::pin!(patience);
        loop {
            let answer = self.lesson_answer(classes).await?;
            if known != Some(answer.mark.as_str()) {
                return Ok(answer);
            }
            tokio::select! {
                () = &mut patience => return Ok(answer),
                () = next_word(&mut tail) => {}
            }
        }
    }

    /// The lesson that runs in the first of some classes in which one runs.
    pub(super) async fn lesson_answer(&self, classes: &[ClassId]) -> Result<LessonAnswer> {
        let (now, own) = (self.journal.clock().now(), self.journal.stream());
        let classes = classes.to_vec();
        self.journal
            .read(move |connection| {
                let (mut last, mut lesson) = (0, None);
                for class in classes {
                    last = last.max(store::last_word(connection, class)?);
                    if lesson.is_none() {
                        lesson = running(connection, class, now, own)?.map(|found| shown(class, &found));
                    }
                }
                Ok(LessonAnswer { lesson, mark: format!("{last:x}") })
            })
            .await
    }

    /// The classes of a student.
    pub(super) fn classes_of(&self, student: StudentId) -> Vec<ClassId> {
        self.people.directory().classes_of_student(student).into_iter().map(|class| class.id).collect()
    }

    /// Leads a lesson one step on. `class` must be one that `by` may change.
    ///
    /// # Errors
    /// `plan.unknown`; `lesson.over` where none runs by the plan; `lesson.minutes-wrong`.
    pub async fn lead(&self, class: &Class, plan: PlanId, step: Step, by: StaffId) -> Result<LessonAnswer> {
        let (class, now, own) = (class.id, self.journal.clock().now(), self.journal.stream());
        let begun = self
            .journal
            .write(Urgency::Now, move |stage| {
                let before = running(stage.connection(), class, now, own)?;
                let mut lead = Lead { class, plan, by, now, before };
                lead.step(stage, &step)
            })
            .await?;
        if let Some(plan) = begun {
            self.give_tablet_part(class, &plan, by).await;
        }
        self.lesson_answer(&[class]).await
    }

    /// What is done on tablets is what their students find first. A lesson begins without it where the course is gone.
    async fn give_tablet_part(&self, class: ClassId, plan: &Plan, by: StaffId) {
        let Some(course) = plan.tablet.course.clone() else { return };
        let gift = Gift { course, lesson: plan.tablet.lesson.clone() };
        if let Err(error) = self.lessons.give(class, gift, by).await {
            tracing::warn!(%error, "the tablet part of a lesson was not given");
        }
    }
}

/// One step of one teacher.
struct Lead {
    class: ClassId,
    plan: PlanId,
    by: StaffId,
    now: Moment,
    before: Option<Running>,
}

impl Lead {
    /// Answers with the plan when its lesson began.
    fn step(&mut self, stage: &mut Stage, step: &Step) -> Result<Option<Plan>> {
        if step.step == LessonStep::Start {
            return self.start(stage);
        }
        let Some(Running { held, run, slots }) = self.before.take_if(|running| running.held.id == self.plan)
        else {
            // Whoever ends what is over has what they want.
            return if step.step == LessonStep::End { Ok(None) } else { Err(rules::over()) };
        };
        let seen = step.round.is_none_or(|seen| slots.first().is_some_and(|slot| slot.round == seen));
        match step.step {
            LessonStep::Next if !seen => {}
            LessonStep::Next => match rules::next(&held.plan, &slots) {
                Some(stand) => self.say(stage, self.plan, stand, run.began, false)?,
                None => self.say(stage, self.plan, run.stand, run.began, true)?,
            },
            LessonStep::Extend => {
                let stand = rules::extended(&slots, step.minutes.unwrap_or(0))?;
                self.say(stage, self.plan, stand, run.began, false)?;
            }
            LessonStep::End => self.say(stage, self.plan, run.stand, run.began, true)?,
            LessonStep::Start => {}
        }
        Ok(None)
    }

    fn start(&mut self, stage: &mut Stage) -> Result<Option<Plan>> {
        let held = store::plan_of(stage.connection(), self.class, self.plan)?.ok_or_else(plan_unknown)?;
        match self.before.take() {
            Some(running) if running.held.id == self.plan => return Ok(None),
            Some(Running { held, run, .. }) => self.say(stage, held.id, run.stand, run.began, true)?,
            None => {}
        }
        self.say(stage, self.plan, rules::first(&held.plan), self.now.wall, false)?;
        Ok(Some(held.plan))
    }

    fn say(&self, stage: &mut Stage, plan: PlanId, stand: Stand, began: u64, ended: bool) -> Result<()> {
        let round =
            u32::try_from(stand.round).map_err(|e| Error::internal("A round has no number.").caused_by(e))?;
        let run = RunEntry {
            plan,
            class: self.class,
            round,
            spent: stand.spent,
            length: stand.length,
            began,
            ended,
            by: Some(self.by),
        };
        stage.append(LessonEntry::Run(run).draft()).map(drop)
    }
}

/// The lesson that runs in a class, if it is not over.
fn running(connection: &Connection, class: ClassId, now: Moment, own: StreamId) -> Result<Option<Running>> {
    let Some(run) = store::run_of_class(connection, class)?.filter(|run| !run.ended) else { return Ok(None) };
    let Some(held) = store::plan_of(connection, class, run.plan)? else { return Ok(None) };
    let slots = rules::timetable(&held.plan, run.stand, run.since(now, own));
    Ok((!slots.is_empty()).then_some(Running { held, run, slots }))
}

fn shown(class: ClassId, Running { held, slots, .. }: &Running) -> LessonNow {
    let plan = &held.plan;
    let round = |slot: &Slot| RoundNow {
        round: slot.round,
        begins_in: slot.begins,
        ends_in: slot.ends,
        places: plan.rounds.get(slot.round).map(|round| round.places.clone()).unwrap_or_default(),
        tablets: rules::at_tablets(plan, slot.round),
    };
    LessonNow {
        plan: held.id,
        class,
        title: plan.title.clone(),
        rounds: slots.iter().map(round).collect(),
        groups: plan.groups.iter().map(GroupNow::from).collect(),
        stations: plan.stations.clone(),
        tablet: plan.tablet.clone(),
    }
}
