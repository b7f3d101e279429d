//! Evidence from the room over HTTP: the staff of a class write scores down, its teachers set bands.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::StatusCode;

use super::{BandWord, CheckList, CheckPage, CheckSheet, SkillList};
use crate::error::Result;
use crate::evidence::Evidence;
use crate::ids::{CheckId, ClassId, StudentId};
use crate::people::{People, Person};
use crate::web::{Caller, Gate, Json, OpenApiRouter, Path, Problem, Role, routes};

/// Who works with students; whose students they are is asked beside it.
const STAFF: [Role; 3] = [Role::Assistant, Role::Teacher, Role::Head];

pub(in crate::evidence) fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
    Arc<Evidence>: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(list_skills))
        .routes(routes!(list_checks))
        .routes(routes!(show_check, write_check))
        .routes(routes!(set_band))
}

/// The skills of all courses for students, for choosing (staff of classes).
#[utoipa::path(get, path = "/api/v1/skills", tag = "classes",
    responses((status = 200, body = SkillList), (status = "4XX", body = Problem)))]
async fn list_skills(
    State(evidence): State<Arc<Evidence>>,
    State(people): State<Arc<People>>,
    caller: Caller,
) -> Result<Json<SkillList>> {
    caller.staff(&STAFF)?;
    let directory = people.directory();
    let language = directory.school().map_or("en", |school| school.language.as_str());
    Ok(Json(evidence.skills(language)))
}

/// What was written down of a class: tests on paper and other checks in the room (its staff).
#[utoipa::path(get, path = "/api/v1/classes/{class}/checks", tag = "classes",
    params(("class" = ClassId, Path)),
    responses((status = 200, body = CheckList), (status = "4XX", body = Problem)))]
async fn list_checks(
    State(evidence): State<Arc<Evidence>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
) -> Result<Json<CheckList>> {
    let class = people.class_seen_by(Person::from(&caller), class)?;
    Ok(Json(evidence.checks(&class).await?))
}

/// One check with all students of the class, to go on with (its staff).
#[utoipa::path(get, path = "/api/v1/classes/{class}/checks/{check}", tag = "classes",
    params(("class" = ClassId, Path), ("check" = CheckId, Path)),
    responses((status = 200, body = CheckPage), (status = "4XX", body = Problem)))]
async fn show_check(
    State(evidence): State<Arc<Evidence>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path((class, check)): Path<(ClassId, CheckId)>,
) -> Result<Json<CheckPage>> {
    let class = people.class_seen_by(Person::from(&caller), class)?;
    Ok(Json(evidence.check(&class, check).await?))
}

/// Writes a check down, or a part of it (the class's staff).
///
/// The id is made by whoever begins the check; writing again changes and never doubles.
#[utoipa::path(put, path = "/api/v1/classes/{class}/checks/{check}", tag = "classes",
    params(("class" = ClassId, Path), ("check" = CheckId, Path)), request_body = CheckSheet,
    responses((status = 204, description = "All of it is on the disk"), (status = "4XX", body = Problem)))]
async fn write_check(
    State(evidence): State<Arc<Evidence>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path((class, check)): Path<(ClassId, CheckId)>,
    Json(sheet): Json<CheckSheet>,
) -> Result<StatusCode> {
    let by = caller.staff(&STAFF)?;
    let class = people.class_seen_by(Person::Staff(by), class)?;
    evidence.write_check(&class, check, sheet, by).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sets a student's band in a skill by hand, or takes that back (a teacher of the student).
#[utoipa::path(put, path = "/api/v1/students/{student}/bands", tag = "classes",
    params(("student" = StudentId, Path)), request_body = BandWord,
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn set_band(
    State(evidence): State<Arc<Evidence>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(student): Path<StudentId>,
    Json(word): Json<BandWord>,
) -> Result<StatusCode> {
    let by = caller.staff(&[Role::Teacher, Role::Head])?;
    people.student_changed_by(Person::Staff(by), student)?;
    evidence.set_band(student, word, by).await?;
    Ok(StatusCode::NO_CONTENT)
}
