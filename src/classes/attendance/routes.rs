//! Who was there, over HTTP: the staff of a class see it and export it, its teachers say it.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{Attendance, AttendanceMark, Classes};
use crate::classes::routes::taught;
use crate::error::Result;
use crate::ids::ClassId;
use crate::people::{People, Person};
use crate::web::{Caller, Gate, Json, OpenApiRouter, Path, Problem, Query, routes};

pub(in crate::classes) fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
    Arc<Classes>: FromRef<S>,
{
    OpenApiRouter::new().routes(routes!(show_attendance, mark_attendance)).routes(routes!(export_attendance))
}

/// Which day.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OfDay {
    /// As `2026-11-25`; today by the box without it.
    day: Option<String>,
}

/// Which days.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OfDays {
    /// The first, as `2026-11-25`.
    from: String,
    /// The last.
    to: String,
}

/// What a teacher says of some students.
#[derive(Deserialize, ToSchema)]
struct AttendanceMarks {
    /// Students who are left out stay as they are.
    students: Vec<AttendanceMark>,
}

/// Who of a class was there on a day: by the sign-ins, and by what its teachers said (its staff).
#[utoipa::path(get, path = "/api/v1/classes/{class}/attendance", tag = "classes",
    params(("class" = ClassId, Path), OfDay),
    responses((status = 200, body = Attendance), (status = "4XX", body = Problem)))]
async fn show_attendance(
    State(classes): State<Arc<Classes>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
    Query(of): Query<OfDay>,
) -> Result<Json<Attendance>> {
    let class = people.class_seen_by(Person::from(&caller), class)?;
    Ok(Json(classes.attendance(&class, of.day).await?))
}

/// Says who was there, which counts before the sign-ins (the class's teacher).
#[utoipa::path(put, path = "/api/v1/classes/{class}/attendance", tag = "classes",
    params(("class" = ClassId, Path), OfDay), request_body = AttendanceMarks,
    responses((status = 200, body = Attendance), (status = "4XX", body = Problem)))]
async fn mark_attendance(
    State(classes): State<Arc<Classes>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
    Query(of): Query<OfDay>,
    Json(marks): Json<AttendanceMarks>,
) -> Result<Json<Attendance>> {
    let (class, by) = taught(&people, &caller, class)?;
    Ok(Json(classes.mark(&class, of.day, marks.students, by).await?))
}

/// The register of a class over some days, as a table for spreadsheets (its staff).
#[utoipa::path(get, path = "/api/v1/classes/{class}/attendance.csv", tag = "classes",
    params(("class" = ClassId, Path), OfDays),
    responses((status = 200, body = String, content_type = "text/csv", description = "The register"), (status = "4XX", body = Problem)))]
async fn export_attendance(
    State(classes): State<Arc<Classes>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
    Query(OfDays { from, to }): Query<OfDays>,
) -> Result<impl IntoResponse> {
    let class = people.class_seen_by(Person::from(&caller), class)?;
    let register = classes.register(&class, from, to).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"attendance.csv\""),
    ];
    Ok((headers, register))
}
