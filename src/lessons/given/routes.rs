//! Giving over HTTP: the staff of a class see what it has, its teachers give and take back.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Gift, GiftRow};
use crate::error::Result;
use crate::ids::{ClassId, StaffId};
use crate::lessons::{Lessons, routes::reader};
use crate::people::{People, Person};
use crate::web::{Caller, Gate, Json, OpenApiRouter, Path, Problem, Query, Role, routes};

pub(in crate::lessons) fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
    Arc<Lessons>: FromRef<S>,
{
    OpenApiRouter::new().routes(routes!(list_given, give, take_back))
}

/// What a class was given.
#[derive(Serialize, ToSchema)]
struct GivenList {
    /// The newest first.
    given: Vec<GiftRow>,
}

/// The courses and lessons that a class was given (its staff).
#[utoipa::path(get, path = "/api/v1/classes/{class}/given", tag = "classes",
    params(("class" = ClassId, Path)),
    responses((status = 200, body = GivenList), (status = "4XX", body = Problem)))]
async fn list_given(
    State(lessons): State<Arc<Lessons>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
) -> Result<Json<GivenList>> {
    let class = people.class_seen_by(Person::from(&caller), class)?;
    let (_, language) = reader(&caller, &people);
    Ok(Json(GivenList { given: lessons.given_to_class(&class, &language).await? }))
}

/// Gives a class a course or a lesson (its teacher). What it has already stays as it is.
#[utoipa::path(post, path = "/api/v1/classes/{class}/given", tag = "classes",
    params(("class" = ClassId, Path)), request_body = Gift,
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn give(
    State(lessons): State<Arc<Lessons>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
    Json(gift): Json<Gift>,
) -> Result<StatusCode> {
    let by = teacher_of(&people, &caller, class)?;
    lessons.give(class, gift, by).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a course or a lesson back (the class's teacher). What students did in it stays.
#[utoipa::path(delete, path = "/api/v1/classes/{class}/given", tag = "classes",
    params(("class" = ClassId, Path), Gift),
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn take_back(
    State(lessons): State<Arc<Lessons>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
    Query(gift): Query<Gift>,
) -> Result<StatusCode> {
    let by = teacher_of(&people, &caller, class)?;
    lessons.take_back(class, gift, by).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The caller, if they may change the class.
fn teacher_of(people: &People, caller: &Caller, class: ClassId) -> Result<StaffId> {
    let teacher = caller.staff(&[Role::Teacher, Role::Head])?;
    people.class_changed_by(Person::Staff(teacher), class)?;
    Ok(teacher)
}
