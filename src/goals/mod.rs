//! What the school wants to reach: one to three goals, such as "80 % of class 4 secure in place value by the end of term",
//! and how far it is.
//!
//! Only the goal is stored, with the share on the day when it was set. How far it is comes from the ratings whenever somebody
//! looks, so it is as new as the last answer and the same on every page.

mod body;
mod routes;
mod rules;
mod screens;
mod store;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use routes::routes;
pub use screens::{GoalShown, GoalWanted, Goals as GoalList};
pub use store::GoalsView;

use crate::clock;
use crate::db::Urgency;
use crate::error::{Error, Result};
use crate::ids::{ClassId, GoalId, StaffId, StudentId};
use crate::journal::Journal;
use crate::mastery::{Band, Mastery, SkillHead, SkillNow};
use crate::people::{Class, People};
use body::{Goal, GoalEntry};
use store::Held;

/// What is wanted, and how far it is.
pub struct Goals {
    journal: Arc<Journal>,
    people: Arc<People>,
    mastery: Arc<Mastery>,
}

impl Goals {
    /// Over a journal that has the [`GoalsView`].
    pub fn new(journal: Arc<Journal>, people: Arc<People>, mastery: Arc<Mastery>) -> Self {
        Self { journal, people, mastery }
    }

    /// The goals of some classes, those that end first before the others. Each must be one that the caller may see.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn of_classes(&self, classes: &[Class], language: &str) -> Result<Vec<GoalShown>> {
        let held = self.journal.read(store::all).await?;
        let mut shown = Vec::new();
        for class in classes {
            let own: Vec<&Held> = held.iter().filter(|goal| goal.class == class.id).collect();
            if !own.is_empty() {
                let now = self.look_at(class, language).await?;
                shown.extend(own.into_iter().map(|goal| self.show(class, goal, &now)));
            }
        }
        shown.sort_by(|a, b| (&a.until, &a.id).cmp(&(&b.until, &b.id)));
        Ok(shown)
    }

    /// Sets a goal for a class. `class` must be one that `by` may change.
    ///
    /// # Errors
    /// `goal.too-many` where the school has three already; what is wrong with it; when the database refuses.
    pub async fn set(&self, class: &Class, wanted: GoalWanted, by: StaffId, language: &str) -> Result<()> {
        let today = self.today();
        let held = self.journal.read(store::all).await?;
        let open = held.iter().filter(|goal| goal.goal.until >= today && self.is_there(goal.class)).count();
        if open >= rules::MOST_GOALS {
            let sentence =
                "The school has three goals already. Reach one of them first, or give one of them up.";
            return Err(Error::conflict("goal.too-many", sentence));
        }
        let goal = self.checked(class, wanted, &today, language).await?;
        self.say(GoalEntry { goal: GoalId::random()?, class: class.id, content: Some(goal), by: Some(by) })
            .await
    }

    /// Changes a goal; the day and the share from which it counts stay. `class` must be one that `by` may change.
    ///
    /// # Errors
    /// `goal.unknown`; what is wrong with it; when the database refuses.
    pub async fn change(
        &self,
        class: &Class,
        id: GoalId,
        wanted: GoalWanted,
        by: StaffId,
        language: &str,
    ) -> Result<()> {
        let former = self.held(class, id).await?.goal;
        let same_skills = former.skills == wanted.skills;
        let mut goal = self.checked(class, wanted, &former.from, language).await?;
        if same_skills {
            goal.start = former.start;
        }
        self.say(GoalEntry { goal: id, class: class.id, content: Some(goal), by: Some(by) }).await
    }

    /// Gives a goal up. `class` must be one that `by` may change.
    ///
    /// # Errors
    /// `goal.unknown`; when the database refuses.
    pub async fn give_up(&self, class: &Class, id: GoalId, by: StaffId) -> Result<()> {
        self.held(class, id).await?;
        self.say(GoalEntry { goal: id, class: class.id, content: None, by: Some(by) }).await
    }

    async fn held(&self, class: &Class, id: GoalId) -> Result<Held> {
        let held = self.journal.read(store::all).await?;
        let found = held.into_iter().find(|goal| goal.id == id && goal.class == class.id);
        found.ok_or_else(|| Error::not_found("goal.unknown", "There is no such goal any more."))
    }

    async fn checked(&self, class: &Class, wanted: GoalWanted, from: &str, language: &str) -> Result<Goal> {
        let GoalWanted { skills, target, until } = wanted;
        let mut goal = Goal { skills, target, from: from.to_owned(), until, start: 0 };
        rules::check(&goal, &self.today())?;
        let now = self.look_at(class, language).await?;
        if goal.skills.iter().any(|skill| !now.heads.contains_key(skill)) {
            return Err(Error::not_found(
                "goal.skill-unknown",
                "This skill is not in the courses here. Choose another one.",
            ));
        }
        goal.start = rules::tenths(now.share(&goal.skills).unwrap_or(0.0));
        Ok(goal)
    }

    async fn say(&self, entry: GoalEntry) -> Result<()> {
        self.journal.write(Urgency::Now, move |stage| stage.append(entry.draft()).map(drop)).await
    }

    fn today(&self) -> String {
        clock::date(self.journal.clock().now().wall)
    }

    fn is_there(&self, class: ClassId) -> bool {
        self.people.directory().class(class).is_some()
    }

    async fn look_at(&self, class: &Class, language: &str) -> Result<Looked> {
        let directory = self.people.directory();
        let ids: Vec<StudentId> =
            directory.students_of(class).into_iter().map(|student| student.id).collect();
        let strictness = self.mastery.strictness(class.id).await?;
        let students = self.mastery.skills_of(&ids, None, language, strictness).await?;
        let heads = self.mastery.skills(language).into_iter().map(|head| (head.id.clone(), head)).collect();
        Ok(Looked { students, heads })
    }

    fn show(&self, class: &Class, held: &Held, now: &Looked) -> GoalShown {
        let Goal { skills, target, from, until, start } = &held.goal;
        let share = now.share(skills);
        let progress = rules::progress(&held.goal, share, &self.today());
        GoalShown {
            id: held.id,
            class: class.id,
            class_name: class.name.clone(),
            skills: skills.iter().filter_map(|skill| now.heads.get(skill)).cloned().collect(),
            target: *target,
            from: from.clone(),
            until: until.clone(),
            start: f64::from(*start) / 10.0,
            now: share.map(|share| f64::from(rules::tenths(share)) / 10.0),
            needed_per_week: progress.needed_per_week.map(|needed| f64::from(needed) / 10.0),
            on_track: progress.on_track,
            over: progress.over,
        }
    }
}

/// What all students of a class can do.
struct Looked {
    students: Vec<Vec<SkillNow>>,
    heads: BTreeMap<String, SkillHead>,
}

impl Looked {
    /// Of each student and each of those skills that the box still has: the share that is secure, from 0 to 1.
    fn share(&self, skills: &[String]) -> Option<f64> {
        let those = self.students.iter().flatten().filter(|one| skills.contains(&one.skill.id));
        rules::share(those.map(|one| one.band >= Band::Secure))
    }
}
