//! Goals over HTTP: the staff of a class see them, its teachers and the head set them.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::StatusCode;

use super::{GoalList, GoalWanted, Goals};
use crate::error::Result;
use crate::ids::{ClassId, GoalId, StaffId};
use crate::lessons::reader;
use crate::people::{Class, People, Person};
use crate::web::{Caller, Gate, Json, OpenApiRouter, Path, Problem, Role, routes};

/// The routes of this folder.
pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
    Arc<Goals>: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(list_goals))
        .routes(routes!(list_class_goals, set_goal))
        .routes(routes!(change_goal, give_goal_up))
}

/// All goals of the classes that the caller may see (assistant, teacher, head).
#[utoipa::path(get, path = "/api/v1/goals", tag = "reports",
    responses((status = 200, body = GoalList), (status = "4XX", body = Problem)))]
async fn list_goals(
    State(goals): State<Arc<Goals>>,
    State(people): State<Arc<People>>,
    caller: Caller,
) -> Result<Json<GoalList>> {
    let staff = caller.staff(&[Role::Assistant, Role::Teacher, Role::Head])?;
    let (_, language) = reader(&caller, &people);
    let directory = people.directory();
    let classes: Vec<Class> = directory.classes_of_staff(staff, caller.role).into_iter().cloned().collect();
    Ok(Json(GoalList { goals: goals.of_classes(&classes, &language).await? }))
}

/// The goals of a class (its staff).
#[utoipa::path(get, path = "/api/v1/classes/{class}/goals", tag = "reports", params(("class" = ClassId, Path)),
    responses((status = 200, body = GoalList), (status = "4XX", body = Problem)))]
async fn list_class_goals(
    State(goals): State<Arc<Goals>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
) -> Result<Json<GoalList>> {
    let class = people.class_seen_by(Person::from(&caller), class)?;
    told(&goals, &people, &caller, class).await
}

/// Sets a goal for a class (its teacher, head). The school has at most three.
#[utoipa::path(post, path = "/api/v1/classes/{class}/goals", tag = "reports", params(("class" = ClassId, Path)),
    request_body = GoalWanted, responses((status = 200, body = GoalList), (status = "4XX", body = Problem)))]
async fn set_goal(
    State(goals): State<Arc<Goals>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
    Json(wanted): Json<GoalWanted>,
) -> Result<Json<GoalList>> {
    let (class, by) = taught(&people, &caller, class)?;
    let (_, language) = reader(&caller, &people);
    goals.set(&class, wanted, by, &language).await?;
    told(&goals, &people, &caller, class).await
}

/// Changes a goal (the class's teacher, head). The day from which it counts stays.
#[utoipa::path(put, path = "/api/v1/classes/{class}/goals/{goal}", tag = "reports",
    params(("class" = ClassId, Path), ("goal" = GoalId, Path)), request_body = GoalWanted,
    responses((status = 200, body = GoalList), (status = "4XX", body = Problem)))]
async fn change_goal(
    State(goals): State<Arc<Goals>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path((class, goal)): Path<(ClassId, GoalId)>,
    Json(wanted): Json<GoalWanted>,
) -> Result<Json<GoalList>> {
    let (class, by) = taught(&people, &caller, class)?;
    let (_, language) = reader(&caller, &people);
    goals.change(&class, goal, wanted, by, &language).await?;
    told(&goals, &people, &caller, class).await
}

/// Gives a goal up (the class's teacher, head).
#[utoipa::path(delete, path = "/api/v1/classes/{class}/goals/{goal}", tag = "reports",
    params(("class" = ClassId, Path), ("goal" = GoalId, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn give_goal_up(
    State(goals): State<Arc<Goals>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path((class, goal)): Path<(ClassId, GoalId)>,
) -> Result<StatusCode> {
    let (class, by) = taught(&people, &caller, class)?;
    goals.give_up(&class, goal, by).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn taught(people: &People, caller: &Caller, class: ClassId) -> Result<(Class, StaffId)> {
    let teacher = caller.staff(&[Role::Teacher, Role::Head])?;
    Ok((people.class_changed_by(Person::Staff(teacher), class)?, teacher))
}

async fn told(goals: &Goals, people: &People, caller: &Caller, class: Class) -> Result<Json<GoalList>> {
    let (_, language) = reader(caller, people);
    Ok(Json(GoalList { goals: goals.of_classes(&[class], &language).await? }))
}
