//! Writing courses over HTTP, for whoever teaches, leads or looks after the box.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Authoring;
use super::draft::Draft;
use super::screens::{AuthoringPage, OwnCoursePart};
use crate::error::{Error, Result};
use crate::ids::StaffId;
use crate::web::{Caller, Gate, Json, Path, Problem, Role};

/// The routes of this folder.
pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<Authoring>: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(show))
        .routes(routes!(begin))
        .routes(routes!(find))
        .routes(routes!(save))
        .routes(routes!(discard))
}

/// Whoever may write. That something is written is no business of students.
///
/// # Errors
/// `request.no-such-page` for students; forbidden for assistants.
fn author(caller: &Caller) -> Result<StaffId> {
    if caller.role == Role::Student {
        return Err(Error::not_found("request.no-such-page", "There is no such page."));
    }
    caller.staff(&[Role::Teacher, Role::Head, Role::Technician])
}

/// The card may take its time; other requests go on.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|e| Error::internal("Work on a draft broke off.").caused_by(e))?
}

/// All courses that are written here (teacher, head, technician).
#[utoipa::path(get, path = "/api/v1/authoring", tag = "authoring", operation_id = "own_courses",
    responses((status = 200, body = AuthoringPage), (status = "4XX", body = Problem)))]
async fn show(State(authoring): State<Arc<Authoring>>, caller: Caller) -> Result<Json<AuthoringPage>> {
    author(&caller)?;
    Ok(Json(blocking(move || authoring.page()).await?))
}

/// What a course begins as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = OwnCourseStart)]
pub(super) enum Start {
    /// One lesson with one part of questions.
    Quiz,
    /// One lesson without parts.
    Lesson,
}

/// A course to begin.
#[derive(Deserialize, ToSchema)]
struct NewOwnCourse {
    /// What it is called.
    title: String,
    /// BCP 47.
    language: String,
    /// What it begins as.
    start: Start,
}

/// Begins a course (teacher, head, technician).
#[utoipa::path(post, path = "/api/v1/authoring", tag = "authoring", operation_id = "begin_own_course",
    request_body = NewOwnCourse, responses((status = 201, body = OwnCoursePart), (status = "4XX", body = Problem)))]
async fn begin(
    State(authoring): State<Arc<Authoring>>,
    caller: Caller,
    Json(new): Json<NewOwnCourse>,
) -> Result<(StatusCode, Json<OwnCoursePart>)> {
    let by = author(&caller)?;
    let begun = blocking(move || authoring.begin(new.title, new.language, new.start, by)).await?;
    Ok((StatusCode::CREATED, Json(begun)))
}

/// A course with its draft, and what there is to mend (teacher, head, technician).
#[utoipa::path(get, path = "/api/v1/authoring/{own}", tag = "authoring", operation_id = "own_course",
    params(("own" = String, Path)), responses((status = 200, body = OwnCoursePart), (status = "4XX", body = Problem)))]
async fn find(
    State(authoring): State<Arc<Authoring>>,
    caller: Caller,
    Path(own): Path<String>,
) -> Result<Json<OwnCoursePart>> {
    author(&caller)?;
    Ok(Json(blocking(move || authoring.find(&own)).await?))
}

/// A draft to keep.
#[derive(Deserialize, ToSchema)]
struct DraftToSave {
    /// The saving that the sender saw last.
    revision: u64,
    draft: Draft,
}

/// Saves a draft, at most 1 MB (teacher, head, technician).
///
/// Refused with `authoring.changed` where somebody saved in between: whoever sent it looks at what is new, or sends it
/// again with the `revision` that the refusal names.
#[utoipa::path(put, path = "/api/v1/authoring/{own}", tag = "authoring", operation_id = "save_own_course",
    params(("own" = String, Path)), request_body = DraftToSave,
    responses((status = 200, body = OwnCoursePart), (status = "4XX", body = Problem)))]
async fn save(
    State(authoring): State<Arc<Authoring>>,
    caller: Caller,
    Path(own): Path<String>,
    Json(sent): Json<DraftToSave>,
) -> Result<Json<OwnCoursePart>> {
    let by = author(&caller)?;
    Ok(Json(blocking(move || authoring.save(&own, sent.revision, sent.draft, by)).await?))
}

/// Throws a course away; what is on the shelf stays (teacher, head, technician).
#[utoipa::path(delete, path = "/api/v1/authoring/{own}", tag = "authoring", operation_id = "discard_own_course",
    params(("own" = String, Path)), responses((status = 204), (status = "4XX", body = Problem)))]
async fn discard(
    State(authoring): State<Arc<Authoring>>,
    caller: Caller,
    Path(own): Path<String>,
) -> Result<StatusCode> {
    author(&caller)?;
    blocking(move || authoring.discard(&own)).await?;
    Ok(StatusCode::NO_CONTENT)
}
