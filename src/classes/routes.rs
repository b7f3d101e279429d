//! Plans and lessons over HTTP: a class's staff look, its teachers plan and lead, tablets follow.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{ClassWay, Classes, LessonAnswer, Plan, PlanList, PlanMade, PlanPage, Step, Wanted, attendance};
use crate::error::Result;
use crate::ids::{ClassId, PlanId, StaffId};
use crate::people::{Class, People, Person};
use crate::web::{
    Caller, Gate, Json, MaybeCaller, OpenApiRouter, Path, Problem, Query, Role, Stopping, routes,
};

/// The routes of this folder.
pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Stopping: FromRef<S>,
    Arc<People>: FromRef<S>,
    Arc<Classes>: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(list_plans, make_plan))
        .routes(routes!(show_plan, change_plan, remove_plan))
        .routes(routes!(lead))
        .routes(routes!(show_lesson))
        .routes(routes!(show_way, set_way))
        .merge(attendance::routes::routes())
}

/// The class, and the caller if they may change it.
pub(super) fn taught(people: &People, caller: &Caller, class: ClassId) -> Result<(Class, StaffId)> {
    let teacher = caller.staff(&[Role::Teacher, Role::Head])?;
    Ok((people.class_changed_by(Person::Staff(teacher), class)?, teacher))
}

/// The plans of a class (its staff).
#[utoipa::path(get, path = "/api/v1/classes/{class}/plans", tag = "lessons", params(("class" = ClassId, Path)),
    responses((status = 200, body = PlanList), (status = "4XX", body = Problem)))]
async fn list_plans(
    State(classes): State<Arc<Classes>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
) -> Result<Json<PlanList>> {
    let class = people.class_seen_by(Person::from(&caller), class)?;
    Ok(Json(classes.plans(&class).await?))
}

/// Makes a plan from the template of a model, or tells why there is none (the class's teacher).
#[utoipa::path(post, path = "/api/v1/classes/{class}/plans", tag = "lessons", params(("class" = ClassId, Path)),
    request_body = Wanted, responses((status = 200, body = PlanMade), (status = "4XX", body = Problem)))]
async fn make_plan(
    State(classes): State<Arc<Classes>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
    Json(wanted): Json<Wanted>,
) -> Result<Json<PlanMade>> {
    let (class, by) = taught(&people, &caller, class)?;
    Ok(Json(classes.make_plan(&class, wanted, by).await?))
}

/// One plan (the class's staff).
#[utoipa::path(get, path = "/api/v1/classes/{class}/plans/{plan}", tag = "lessons",
    params(("class" = ClassId, Path), ("plan" = PlanId, Path)),
    responses((status = 200, body = PlanPage), (status = "4XX", body = Problem)))]
async fn show_plan(
    State(classes): State<Arc<Classes>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path((class, plan)): Path<(ClassId, PlanId)>,
) -> Result<Json<PlanPage>> {
    let class = people.class_seen_by(Person::from(&caller), class)?;
    Ok(Json(classes.plan(&class, plan).await?))
}

/// Changes a plan (the class's teacher). Students who are not in the class are left out.
#[utoipa::path(put, path = "/api/v1/classes/{class}/plans/{plan}", tag = "lessons",
    params(("class" = ClassId, Path), ("plan" = PlanId, Path)), request_body = Plan,
    responses((status = 200, body = PlanPage), (status = "4XX", body = Problem)))]
async fn change_plan(
    State(classes): State<Arc<Classes>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path((class, plan)): Path<(ClassId, PlanId)>,
    Json(content): Json<Plan>,
) -> Result<Json<PlanPage>> {
    let (class, by) = taught(&people, &caller, class)?;
    Ok(Json(classes.change_plan(&class, plan, content, by).await?))
}

/// Throws a plan away (the class's teacher). A lesson that runs by it is over.
#[utoipa::path(delete, path = "/api/v1/classes/{class}/plans/{plan}", tag = "lessons",
    params(("class" = ClassId, Path), ("plan" = PlanId, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn remove_plan(
    State(classes): State<Arc<Classes>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path((class, plan)): Path<(ClassId, PlanId)>,
) -> Result<StatusCode> {
    let (class, by) = taught(&people, &caller, class)?;
    classes.remove_plan(&class, plan, by).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Leads a lesson one step on: starts it, lets the groups change, gives more time, ends it (the class's teacher).
#[utoipa::path(post, path = "/api/v1/classes/{class}/plans/{plan}/lesson", tag = "lessons",
    params(("class" = ClassId, Path), ("plan" = PlanId, Path)), request_body = Step,
    responses((status = 200, body = LessonAnswer), (status = "4XX", body = Problem)))]
async fn lead(
    State(classes): State<Arc<Classes>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path((class, plan)): Path<(ClassId, PlanId)>,
    Json(step): Json<Step>,
) -> Result<Json<LessonAnswer>> {
    let (class, by) = taught(&people, &caller, class)?;
    Ok(Json(classes.lead(&class, plan, step, by).await?))
}

/// Whose lesson is asked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OfClass {
    /// The class; a student may leave it out.
    class: Option<ClassId>,
    /// The mark of the last answer: the next one comes when there is something new, or after 20 seconds.
    after: Option<String>,
}

/// The lesson that runs in a class or for the student who calls; anybody on the school's Wi-Fi may ask, as for the faces.
#[utoipa::path(get, path = "/api/v1/lesson", tag = "lessons", params(OfClass),
    responses((status = 200, body = LessonAnswer), (status = "4XX", body = Problem)))]
async fn show_lesson(
    State(classes): State<Arc<Classes>>,
    State(stopping): State<Stopping>,
    MaybeCaller(caller): MaybeCaller,
    Query(of): Query<OfClass>,
) -> Result<Json<LessonAnswer>> {
    let student = caller.as_ref().and_then(|caller| caller.student().ok());
    let those = match (of.class, student) {
        (Some(class), _) => vec![class],
        (None, student) => student.map(|student| classes.classes_of(student)).unwrap_or_default(),
    };
    let answer = tokio::select! {
        answer = classes.lesson_after(&those, of.after.as_deref()) => answer?,
        () = stopping.wait() => classes.lesson_answer(&those).await?,
    };
    Ok(Json(answer))
}

/// How a class works (its staff).
#[utoipa::path(get, path = "/api/v1/classes/{class}/way", tag = "classes", params(("class" = ClassId, Path)),
    responses((status = 200, body = ClassWay), (status = "4XX", body = Problem)))]
async fn show_way(
    State(classes): State<Arc<Classes>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
) -> Result<Json<ClassWay>> {
    let class = people.class_seen_by(Person::from(&caller), class)?;
    Ok(Json(classes.way(class.id).await?))
}

/// Sets how a class works (its teacher).
#[utoipa::path(put, path = "/api/v1/classes/{class}/way", tag = "classes", params(("class" = ClassId, Path)),
    request_body = ClassWay, responses((status = 200, body = ClassWay), (status = "4XX", body = Problem)))]
async fn set_way(
    State(classes): State<Arc<Classes>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
    Json(way): Json<ClassWay>,
) -> Result<Json<ClassWay>> {
    let (class, by) = taught(&people, &caller, class)?;
    classes.set_way(class.id, way, by).await?;
    Ok(Json(way))
}
