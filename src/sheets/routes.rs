//! Sheets over HTTP: for the staff of a class, because the key is on them.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{Sheet, Sheets, Wanted};
use crate::error::Result;
use crate::ids::ClassId;
use crate::lessons::reader;
use crate::people::{People, Person};
use crate::web::{Caller, Gate, Json, OpenApiRouter, Path, Problem, Query, Role, routes};

/// The routes of this folder.
pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
    Arc<Sheets>: FromRef<S>,
{
    OpenApiRouter::new().routes(routes!(show_sheet))
}

/// What is to be on the sheet.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OfSheet {
    /// The course's id.
    course: String,
    /// Ids of its skills, with commas between them.
    skills: String,
    /// Questions on each form.
    count: usize,
    /// 1, or 2 for forms A and B.
    #[serde(default = "one")]
    forms: usize,
    /// The sheet's number.
    number: u32,
}

const fn one() -> usize {
    1
}

/// Questions of some skills for paper, with the key (the class's staff). The same number gives the same sheet.
#[utoipa::path(get, path = "/api/v1/classes/{class}/sheet", tag = "reports", params(("class" = ClassId, Path), OfSheet),
    responses((status = 200, body = Sheet), (status = "4XX", body = Problem)))]
async fn show_sheet(
    State(sheets): State<Arc<Sheets>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
    Query(OfSheet { course, skills, count, forms, number }): Query<OfSheet>,
) -> Result<Json<Sheet>> {
    caller.staff(&[Role::Assistant, Role::Teacher, Role::Head])?;
    people.class_seen_by(Person::from(&caller), class)?;
    let (_, language) = reader(&caller, &people);
    let skills = skills.split(',').filter(|skill| !skill.is_empty()).map(str::to_owned).collect();
    Ok(Json(sheets.sheet(Wanted { course, skills, count, forms, seed: number }, &language).await?))
}
