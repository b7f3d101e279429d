//! Making and changing plans of lessons.

use super::body::{Group, LessonEntry, Model, Plan, PlanEntry, Round, Station, StationKind};
use super::planner::{self, Obstacle, Place, Room, Rotation, Shape};
use super::screens::{PlanList, PlanMade, PlanNumbers, PlanPage, PlanReason, PlanRow, Wanted};
use super::store::{self, Held};
use super::{Classes, plan_unknown, rules};
use crate::db::Urgency;
use crate::error::Result;
use crate::ids::{ClassId, PlanId, StaffId, StudentId};
use crate::people::Class;

/// What stands for groups at first: drawings that look different from afar.
const DRAWINGS: [&str; 8] = ["sun", "fish", "tree", "star", "drum", "moon", "house", "key"];
const MINUTE: u32 = 60;

impl Classes {
    /// The plans of a class. `class` must be one that the caller may see.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn plans(&self, class: &Class) -> Result<PlanList> {
        let id = class.id;
        let held = self.journal.read(move |connection| store::plans_of(connection, id)).await?;
        let running = self.lesson_now(id).await?.map(|lesson| lesson.plan);
        let directory = self.people.directory();
        let name = |by| directory.staff_member(by).map(|member| member.name.clone());
        let row = |Held { id, plan, by, at }| PlanRow {
            id,
            groups: plan.groups.len(),
            minutes: minutes_of(&plan),
            title: plan.title,
            model: plan.model,
            at,
            by: by.and_then(name),
        };
        Ok(PlanList { plans: held.into_iter().map(row).collect(), running })
    }

    /// One plan of a class. `class` must be one that the caller may see.
    ///
    /// # Errors
    /// `plan.unknown`; when the database refuses.
    pub async fn plan(&self, class: &Class, plan: PlanId) -> Result<PlanPage> {
        let id = class.id;
        let held = self.journal.read(move |connection| store::plan_of(connection, id, plan)).await?;
        held.map(|held| self.page(held)).ok_or_else(plan_unknown)
    }

    /// Makes a plan from the template of its model, with the class's students dealt into its groups, or tells why there is
    /// none. `class` must be one that `by` may change.
    ///
    /// # Errors
    /// What is wrong with the texts; when the database refuses.
    pub async fn make_plan(&self, class: &Class, wanted: Wanted, by: StaffId) -> Result<PlanMade> {
        let directory = self.people.directory();
        let students: Vec<StudentId> =
            directory.students_of(class).into_iter().map(|student| student.id).collect();
        let room = Room {
            students: count(students.len()),
            tablets: wanted.tablets,
            projector: wanted.projector,
            seats: wanted.seats,
            minutes: wanted.minutes,
            skills: 1,
        };
        let rotation = match planner::plan(room, shape_of(wanted.model)) {
            Ok(rotation) => rotation,
            Err(obstacles) => {
                let reasons = obstacles.into_iter().map(reason).collect();
                return Ok(PlanMade { plan: None, reasons });
            }
        };
        let plan = fill(wanted, &rotation, &students);
        let id = PlanId::random()?;
        self.keep_plan(class.id, id, plan, by).await?;
        Ok(PlanMade { plan: Some(self.plan(class, id).await?), reasons: Vec::new() })
    }

    /// Changes a plan. Students who are not in the class are left out. `class` must be one that `by` may change.
    ///
    /// # Errors
    /// `plan.unknown`; what is wrong with it; when the database refuses.
    pub async fn change_plan(
        &self,
        class: &Class,
        id: PlanId,
        mut plan: Plan,
        by: StaffId,
    ) -> Result<PlanPage> {
        self.plan(class, id).await?;
        for group in &mut plan.groups {
            group.students.retain(|student| class.students.contains(student));
        }
        self.keep_plan(class.id, id, plan, by).await?;
        self.plan(class, id).await
    }

    /// Throws a plan away; a lesson that runs by it is over. `class` must be one that `by` may change.
    ///
    /// # Errors
    /// `plan.unknown`; when the database refuses.
    pub async fn remove_plan(&self, class: &Class, plan: PlanId, by: StaffId) -> Result<()> {
        self.plan(class, plan).await?;
        let entry = LessonEntry::Plan(PlanEntry { plan, class: class.id, content: None, by: Some(by) });
        self.journal.write(Urgency::Now, move |stage| stage.append(entry.draft()).map(drop)).await
    }

    async fn keep_plan(&self, class: ClassId, plan: PlanId, mut content: Plan, by: StaffId) -> Result<()> {
        content.title = content.title.trim().to_owned();
        rules::check(&content)?;
        let entry = LessonEntry::Plan(PlanEntry { plan, class, content: Some(content), by: Some(by) });
        self.journal.write(Urgency::Now, move |stage| stage.append(entry.draft()).map(drop)).await
    }

    fn page(&self, Held { id, plan, at, .. }: Held) -> PlanPage {
        PlanPage { id, parts_apart: self.are_apart(&plan), practice: practice_of(&plan), content: plan, at }
    }

    fn are_apart(&self, plan: &Plan) -> bool {
        let course = plan.tablet.course.as_ref().and_then(|course| self.packs.course(course));
        let skills = course.iter().flat_map(|course| &course.skills);
        let skills: Vec<_> =
            skills.map(|skill| rules::Before { skill: &skill.id, needs: &skill.prerequisites }).collect();
        rules::are_apart(plan.tablet.skill.as_deref(), plan.teacher.skill.as_deref(), &skills)
    }
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// Which stations a model wants. Where tablets are the backbone, the groups take turns at them.
fn shape_of(model: Model) -> Shape {
    match model {
        Model::StationRotation | Model::IndividualRotation | Model::Flipped => Shape::Stations,
        Model::LabRotation | Model::Flex | Model::ALaCarte | Model::EnrichedVirtual => Shape::Turns,
    }
}

fn reason(Obstacle { code, numbers }: Obstacle) -> PlanReason {
    let number = |name| numbers.iter().find(|(known, _)| *known == name).map(|(_, number)| *number);
    let params = PlanNumbers {
        students: number("students"),
        tablets: number("tablets"),
        seats: number("seats"),
        minutes: number("minutes"),
        needed: number("needed"),
    };
    PlanReason { code, params }
}

/// A rotation with names in it: the students are dealt like cards, so that each group is a mixed one.
fn fill(wanted: Wanted, rotation: &Rotation, students: &[StudentId]) -> Plan {
    let of = rotation.groups.len();
    let group = |at: usize| Group {
        name: String::new(),
        drawing: DRAWINGS[at % DRAWINGS.len()].to_owned(),
        students: students.iter().copied().skip(at).step_by(of).collect(),
        gap: None,
    };
    let station =
        |(place, seats): &(Place, u32)| Station { kind: kind_of(*place), text: String::new(), seats: *seats };
    let round = |(minutes, places): &(u32, Vec<usize>)| Round {
        minutes: *minutes,
        places: places.iter().map(|place| count(*place)).collect(),
    };
    Plan {
        title: wanted.title,
        model: wanted.model,
        tablet: wanted.tablet,
        teacher: wanted.teacher,
        groups: (0..of).map(group).collect(),
        stations: rotation.stations.iter().map(station).collect(),
        rounds: rotation.rounds.iter().map(round).collect(),
        change: rotation.change * MINUTE,
    }
}

fn kind_of(place: Place) -> StationKind {
    match place {
        Place::Tablets => StationKind::Tablets,
        Place::Teacher => StationKind::Teacher,
        Place::Paper => StationKind::Paper,
    }
}

/// From the first round to the last.
fn minutes_of(plan: &Plan) -> u32 {
    let changes = plan.change * count(plan.rounds.len().saturating_sub(1));
    plan.rounds.iter().map(|round| round.minutes).sum::<u32>() + changes.div_ceil(MINUTE)
}

/// The fewest minutes of practice that a group has.
fn practice_of(plan: &Plan) -> u32 {
    let is_active = |place: u32| {
        let station = usize::try_from(place).ok().and_then(|at| plan.stations.get(at));
        station.is_some_and(|station| station.kind != StationKind::Paper)
    };
    let of_group = |group: usize| {
        let active = |round: &&Round| round.places.get(group).is_some_and(|place| is_active(*place));
        plan.rounds.iter().filter(active).map(|round| round.minutes).sum()
    };
    (0..plan.groups.len()).map(of_group).min().unwrap_or(0)
}
