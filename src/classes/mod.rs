//! A class in its room: plans of lessons, groups and stations, the lesson as it runs, who was there.
//!
//! A plan and how far its lesson is are words in the journal, of which the newest counts. A lesson that runs is not
//! driven by anybody: the journal holds where it stood at one moment, and the rest follows from the plan and the clock, on
//! the box and on each tablet alike. So a power cut loses nothing, and a tablet without Wi-Fi changes with the others.

pub mod attendance;
mod body;
mod groups;
mod planner;
mod plans;
mod routes;
mod rules;
mod running;
mod screens;
mod store;
mod ways;

use std::sync::{Arc, Mutex};

pub use attendance::{AttendanceView, DaysOf};
pub use body::{
    ClassStrictness, ClassWay, Group, Model, Plan, Round, Station, StationKind, TabletPart, TeacherPart, Way,
};
pub use groups::{MOST_GROUPS, Need, Suggested, suggest};
pub use routes::routes;
pub use screens::{
    GroupNow, LessonAnswer, LessonNow, LessonStep, PlanList, PlanMade, PlanNumbers, PlanPage, PlanReason,
    PlanRow, RoundNow, Step, Wanted,
};
pub use store::LessonsView;

use crate::db::Urgency;
use crate::error::{Error, Result};
use crate::ids::{ClassId, StaffId};
use crate::journal::Journal;
use crate::lessons::Lessons;
use crate::packs::Packs;
use crate::people::People;
use body::{LessonEntry, WayEntry};

/// What classes do in their rooms.
pub struct Classes {
    journal: Arc<Journal>,
    people: Arc<People>,
    packs: Arc<Packs>,
    lessons: Arc<Lessons>,
    known: Mutex<ways::Known>,
}

impl Classes {
    /// Over a journal that has the [`LessonsView`] and the [`AttendanceView`].
    pub fn new(journal: Arc<Journal>, people: Arc<People>, packs: Arc<Packs>, lessons: Arc<Lessons>) -> Self {
        let known = Mutex::new(ways::Known::new(journal.subscribe()));
        Self { journal, people, packs, lessons, known }
    }

    /// How a class works.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn way(&self, class: ClassId) -> Result<ClassWay> {
        self.journal.read(move |connection| store::way_of(connection, class)).await
    }

    /// Sets how a class works. `class` must be one that `by` may change.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_way(&self, class: ClassId, way: ClassWay, by: StaffId) -> Result<()> {
        let entry = LessonEntry::Way(WayEntry { class, way, by: Some(by) });
        self.journal.write(Urgency::Now, move |stage| stage.append(entry.draft()).map(drop)).await
    }
}

fn plan_unknown() -> Error {
    Error::not_found("plan.unknown", "There is no such plan.")
}

#[cfg(test)]
mod tests;
