//! Coverage over HTTP: a class's staff look at it and take it as a table.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::response::IntoResponse;
use serde::Deserialize;
use utoipa::IntoParams;

use super::Coverage;
use crate::error::Result;
use crate::ids::ClassId;
use crate::lessons::reader;
use crate::people::{People, Person};
use crate::reports::Reports;
use crate::reports::routes::download;
use crate::reports::table::coverage_table;
use crate::web::{Caller, Gate, Json, OpenApiRouter, Path, Problem, Query, routes};

pub(in crate::reports) fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
    Arc<Reports>: FromRef<S>,
{
    OpenApiRouter::new().routes(routes!(show_coverage)).routes(routes!(export_coverage))
}

/// Which course.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct CoveredCourse {
    /// The course's id; all courses without it.
    course: Option<String>,
}

/// Which skills are taught, practised and assessed by the courses on the box, gaps first (the class's staff).
#[utoipa::path(get, path = "/api/v1/classes/{class}/coverage", tag = "reports",
    params(("class" = ClassId, Path), CoveredCourse),
    responses((status = 200, body = Coverage), (status = "4XX", body = Problem)))]
async fn show_coverage(
    State(reports): State<Arc<Reports>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
    Query(which): Query<CoveredCourse>,
) -> Result<Json<Coverage>> {
    let class = people.class_seen_by(Person::from(&caller), class)?;
    let (_, language) = reader(&caller, &people);
    Ok(Json(reports.coverage(&class, which.course.as_deref(), &language).await?))
}

/// The same as a table in CSV (the class's staff).
#[utoipa::path(get, path = "/api/v1/classes/{class}/coverage.csv", tag = "reports",
    params(("class" = ClassId, Path), CoveredCourse),
    responses((status = 200, body = String, content_type = "text/csv"), (status = "4XX", body = Problem)))]
async fn export_coverage(
    State(reports): State<Arc<Reports>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
    Query(which): Query<CoveredCourse>,
) -> Result<impl IntoResponse> {
    let class = people.class_seen_by(Person::from(&caller), class)?;
    let (_, language) = reader(&caller, &people);
    let coverage = reports.coverage(&class, which.course.as_deref(), &language).await?;
    Ok(download("coverage.csv", coverage_table(&coverage)?))
}
