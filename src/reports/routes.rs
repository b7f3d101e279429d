//! Reports over HTTP: the staff of a class, the student, and parents with their code.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;
use utoipa::ToSchema;

use super::table::{checks, gradebook, items};
use super::{ReportCard, Reports, Tomorrow, coverage};
use crate::error::Result;
use crate::ids::{ClassId, StudentId};
use crate::lessons::reader;
use crate::people::{People, Person};
use crate::web::{Caller, Gate, Json, OpenApiRouter, Path, Problem, Role, routes};

/// The routes of this folder.
pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
    Arc<Reports>: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(tomorrow))
        .routes(routes!(report_card))
        .routes(routes!(gradebook_table))
        .routes(routes!(checks_table))
        .routes(routes!(items_table))
        .merge(coverage::routes::routes())
        .routes(routes!(family_page))
}

/// One page for the next lesson: groups who share a gap, what to teach again, whom to sit down with (the class's staff).
#[utoipa::path(get, path = "/api/v1/classes/{class}/tomorrow", tag = "reports",
    params(("class" = ClassId, Path)),
    responses((status = 200, body = Tomorrow), (status = "4XX", body = Problem)))]
async fn tomorrow(
    State(reports): State<Arc<Reports>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
) -> Result<Json<Tomorrow>> {
    let class = people.class_seen_by(Person::from(&caller), class)?;
    let (_, language) = reader(&caller, &people);
    Ok(Json(reports.tomorrow(&class, &language).await?))
}

/// A student's report card (the student's staff). Teachers and heads get the code for the parents' page with it.
#[utoipa::path(get, path = "/api/v1/students/{student}/report", tag = "reports",
    params(("student" = StudentId, Path)),
    responses((status = 200, body = ReportCard), (status = "4XX", body = Problem)))]
async fn report_card(
    State(reports): State<Arc<Reports>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(student): Path<StudentId>,
) -> Result<Json<ReportCard>> {
    caller.staff(&[Role::Assistant, Role::Teacher, Role::Head])?;
    let student = people.student_seen_by(Person::from(&caller), student)?;
    let (_, language) = reader(&caller, &people);
    let mut card = reports.card(&student, &language).await?;
    if caller.role != Role::Assistant {
        card.code = people.family_code(student.id);
    }
    Ok(Json(card))
}

/// All skills of a class as a table in CSV (the class's staff).
#[utoipa::path(get, path = "/api/v1/classes/{class}/gradebook.csv", tag = "reports",
    params(("class" = ClassId, Path)),
    responses((status = 200, body = String, content_type = "text/csv"), (status = "4XX", body = Problem)))]
async fn gradebook_table(
    State(reports): State<Arc<Reports>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
) -> Result<impl IntoResponse> {
    let class = people.class_seen_by(Person::from(&caller), class)?;
    let (_, language) = reader(&caller, &people);
    let directory = people.directory();
    let students = directory.students_of(&class);
    let ids: Vec<StudentId> = students.iter().map(|student| student.id).collect();
    let strictness = reports.mastery.strictness(class.id).await?;
    let skills = reports.mastery.skills_of(&ids, None, &language, strictness).await?;
    let rows: Vec<_> = students.iter().map(|student| student.name.clone()).zip(skills).collect();
    Ok(download("gradebook.csv", gradebook(&rows)?))
}

/// All scores that were written down of a class as a table in CSV (the class's staff).
#[utoipa::path(get, path = "/api/v1/classes/{class}/checks.csv", tag = "reports",
    params(("class" = ClassId, Path)),
    responses((status = 200, body = String, content_type = "text/csv"), (status = "4XX", body = Problem)))]
async fn checks_table(
    State(reports): State<Arc<Reports>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
) -> Result<impl IntoResponse> {
    let class = people.class_seen_by(Person::from(&caller), class)?;
    Ok(download("checks.csv", checks(&reports.scores(&class).await?)?))
}

/// How a course's questions do, as a table in CSV (teachers and the head).
#[utoipa::path(get, path = "/api/v1/courses/{course}/items.csv", tag = "reports",
    params(("course" = String, Path)),
    responses((status = 200, body = String, content_type = "text/csv"), (status = "4XX", body = Problem)))]
async fn items_table(
    State(reports): State<Arc<Reports>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(course): Path<String>,
) -> Result<impl IntoResponse> {
    caller.staff(&[Role::Teacher, Role::Head])?;
    let (_, language) = reader(&caller, &people);
    Ok(download("items.csv", items(&reports.mastery.items(&course, &language).await?)?))
}

/// A table that the browser saves under this name.
pub(super) fn download(name: &str, table: Vec<u8>) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, table)
}

/// What a parent types in.
#[derive(Deserialize, ToSchema)]
struct FamilyCode {
    /// Nine digits from the report card; spaces do not matter.
    code: String,
}

/// The parents' page: one child's report card, for who has the code of it. Nothing else can be seen with it.
#[utoipa::path(post, path = "/api/v1/family", tag = "reports", request_body = FamilyCode,
    responses((status = 200, body = ReportCard), (status = "4XX", body = Problem)))]
async fn family_page(
    State(reports): State<Arc<Reports>>,
    State(people): State<Arc<People>>,
    Json(FamilyCode { code }): Json<FamilyCode>,
) -> Result<Json<ReportCard>> {
    let student = people.student_of_family(&code).await?;
    let directory = people.directory();
    let language = directory.school().map_or("en", |school| school.language.as_str());
    Ok(Json(reports.card(&student, language).await?))
}
