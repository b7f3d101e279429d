//! Placement over HTTP: teachers ask for it, students answer.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::routes::WhichSitting;
use super::super::school::Mastery;
use super::screens::{PlacementList, Start, Wish};
use crate::error::Result;
use crate::evidence::practice;
use crate::ids::ClassId;
use crate::lessons::{ActivityPage, reader};
use crate::people::{People, Person};
use crate::web::{Caller, Gate, Json, OpenApiRouter, Path, Problem, Query, Role, routes};

pub(in crate::mastery) fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
    Arc<Mastery>: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(list_placements, ask_for_placement))
        .routes(routes!(find_where_to_start))
        .routes(routes!(show_start))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OfCourse {
    /// The course's id.
    course: String,
}

/// How far a class is with finding out where to start in a course (its staff).
#[utoipa::path(get, path = "/api/v1/classes/{class}/placement", tag = "mastery",
    params(("class" = ClassId, Path), OfCourse),
    responses((status = 200, body = PlacementList), (status = "4XX", body = Problem)))]
async fn list_placements(
    State(mastery): State<Arc<Mastery>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
    Query(OfCourse { course }): Query<OfCourse>,
) -> Result<Json<PlacementList>> {
    let class = people.class_seen_by(Person::from(&caller), class)?;
    Ok(Json(mastery.placements(&class, &course).await?))
}

/// Asks students of a class to find out where to start in a course, or no more (the class's teacher).
#[utoipa::path(put, path = "/api/v1/classes/{class}/placement", tag = "mastery",
    params(("class" = ClassId, Path)), request_body = Wish,
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn ask_for_placement(
    State(mastery): State<Arc<Mastery>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
    Json(wish): Json<Wish>,
) -> Result<StatusCode> {
    let by = caller.staff(&[Role::Teacher, Role::Head])?;
    let class = people.class_changed_by(Person::Staff(by), class)?;
    mastery.ask_for_placement(&class, wish, by).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Twelve questions all over a course or strand, without feedback, to find out where to start (the student).
#[utoipa::path(get, path = "/api/v1/courses/{course}/placement/{strand}", tag = "mastery",
    params(("course" = String, Path), ("strand" = String, Path), WhichSitting),
    responses((status = 200, body = ActivityPage), (status = "4XX", body = Problem)))]
async fn find_where_to_start(
    State(mastery): State<Arc<Mastery>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path((course, strand)): Path<(String, String)>,
    Query(which): Query<WhichSitting>,
) -> Result<Json<ActivityPage>> {
    let student = caller.student()?;
    let (_, language) = reader(&caller, &people);
    let wanted = which.of(course, practice::PLACEMENT, strand);
    Ok(Json(mastery.sitting(student, &language, wanted).await?))
}

/// Where the student starts in a course or strand, by what was seen so far (the student).
#[utoipa::path(get, path = "/api/v1/courses/{course}/placement/{strand}/start", tag = "mastery",
    params(("course" = String, Path), ("strand" = String, Path)),
    responses((status = 200, body = Start), (status = "4XX", body = Problem)))]
async fn show_start(
    State(mastery): State<Arc<Mastery>>,
    caller: Caller,
    Path((course, strand)): Path<(String, String)>,
) -> Result<Json<Start>> {
    let student = caller.student()?;
    Ok(Json(Start { skill: mastery.start(student, &course, &strand).await? }))
}
