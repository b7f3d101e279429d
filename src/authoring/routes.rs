//! Writing courses over HTTP, for whoever teaches, leads or looks after the box.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{FromRef, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_stream::StreamExt;
use utoipa::ToSchema;

use super::Authoring;
use super::draft::Draft;
use super::media::LARGEST_PIECE;
use super::questions;
use super::rules::too_much;
use super::screens::{AuthoringPage, MediaPart, OwnCoursePart, TriedPart};
use crate::error::{Error, Kind, Result};
use crate::ids::StaffId;
use crate::web::{Caller, Gate, Json, OpenApiRouter, Path, Problem, Role, routes};

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
        .routes(routes!(attempt))
        .routes(routes!(add_media))
        .routes(routes!(add_upload))
        .routes(routes!(media))
        .routes(routes!(put_on_shelf))
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
    let begun = blocking(move || authoring.begin(&new.title, new.language, new.start, by)).await?;
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

/// A question to try.
#[derive(Deserialize, ToSchema)]
struct QuestionToTry {
    /// As it stands in the draft.
    item: Value,
    /// What the numbers and the order are drawn from; below 2^53.
    seed: u64,
}

/// A question as a student would meet it, with its key; nothing is kept (teacher, head, technician).
#[utoipa::path(post, path = "/api/v1/authoring/{own}/try", tag = "authoring", operation_id = "try_question",
    params(("own" = String, Path)), request_body = QuestionToTry,
    responses((status = 200, body = TriedPart), (status = "4XX", body = Problem)))]
async fn attempt(
    State(authoring): State<Arc<Authoring>>,
    caller: Caller,
    Path(own): Path<String>,
    Json(sent): Json<QuestionToTry>,
) -> Result<Json<TriedPart>> {
    author(&caller)?;
    let tried = blocking(move || {
        authoring.know(&own)?;
        questions::attempt(&sent.item, sent.seed)
    });
    Ok(Json(tried.await?))
}

/// Adds a photo, a sound, a video or captions, of at most 8 MB (teacher, head, technician).
///
/// What it is, is told from its bytes. What a camera wrote into it, such as the place, is taken out. A larger file comes as an
/// upload of the library.
#[utoipa::path(post, path = "/api/v1/authoring/{own}/media", tag = "authoring", operation_id = "add_media",
    params(("own" = String, Path)), request_body(content = String, content_type = "application/octet-stream"),
    responses((status = 201, body = MediaPart), (status = "4XX", body = Problem)))]
async fn add_media(
    State(authoring): State<Arc<Authoring>>,
    caller: Caller,
    Path(own): Path<String>,
    body: Body,
) -> Result<(StatusCode, Json<MediaPart>)> {
    author(&caller)?;
    let bytes = gather(body).await?;
    let added = blocking(move || authoring.add_media(&own, &bytes)).await?;
    Ok((StatusCode::CREATED, Json(added)))
}

/// A whole body of at most [`LARGEST_PIECE`] bytes.
async fn gather(body: Body) -> Result<Vec<u8>> {
    let mut parts = body.into_data_stream();
    let mut all = Vec::new();
    while let Some(part) = parts.next().await {
        let broke_off = |_| Error::new(Kind::Unavailable, "request.broke-off", "The connection broke off.");
        all.extend_from_slice(&part.map_err(broke_off)?);
        if all.len() as u64 > LARGEST_PIECE {
            let sentence = format!(
                "This file has more than {} MB. Send it as an upload, or make it smaller.",
                LARGEST_PIECE >> 20
            );
            return Err(too_much(sentence, "media"));
        }
    }
    Ok(all)
}

/// A file that was sent before.
#[derive(Deserialize, ToSchema)]
struct UploadToAdd {
    /// The upload's id.
    upload: String,
}

/// Adds a file that came as an upload of the library (teacher, head, technician).
#[utoipa::path(post, path = "/api/v1/authoring/{own}/media/uploaded", tag = "authoring", operation_id = "add_upload",
    params(("own" = String, Path)), request_body = UploadToAdd,
    responses((status = 201, body = MediaPart), (status = "4XX", body = Problem)))]
async fn add_upload(
    State(authoring): State<Arc<Authoring>>,
    caller: Caller,
    Path(own): Path<String>,
    Json(sent): Json<UploadToAdd>,
) -> Result<(StatusCode, Json<MediaPart>)> {
    author(&caller)?;
    let added = blocking(move || authoring.add_upload(&own, &sent.upload)).await?;
    Ok((StatusCode::CREATED, Json(added)))
}

/// A file of a course, for the preview; ranges may be asked for (teacher, head, technician).
#[utoipa::path(get, path = "/api/v1/authoring/{own}/media/{file}", tag = "authoring", operation_id = "own_media",
    params(("own" = String, Path), ("file" = String, Path)),
    responses((status = 200, body = String, content_type = "*/*", description = "The file"),
        (status = 206, body = String, content_type = "*/*", description = "The part that was asked for"),
        (status = "4XX", body = Problem)))]
async fn media(
    State(authoring): State<Arc<Authoring>>,
    caller: Caller,
    Path((own, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response> {
    author(&caller)?;
    Ok(blocking(move || authoring.media(&own, &file)).await?.give(&headers))
}

/// What shall be put on the shelf.
#[derive(Deserialize, ToSchema)]
struct EditionToShelve {
    /// The saving that the sender saw last.
    revision: u64,
}

/// A job of the library that was begun.
#[derive(Serialize, ToSchema)]
struct ShelvingBegun {
    /// Its id in the library's `jobs`.
    job: String,
}

/// Puts a course on the shelf, later times as the next version (teacher, head, technician).
///
/// What the draft says at this moment becomes a pack that any school can add. It is a job of the library, where it can be
/// followed and called off.
#[utoipa::path(post, path = "/api/v1/authoring/{own}/shelf", tag = "authoring", operation_id = "put_on_shelf",
    params(("own" = String, Path)), request_body = EditionToShelve,
    responses((status = 202, body = ShelvingBegun), (status = "4XX", body = Problem)))]
async fn put_on_shelf(
    State(authoring): State<Arc<Authoring>>,
    caller: Caller,
    Path(own): Path<String>,
    Json(sent): Json<EditionToShelve>,
) -> Result<(StatusCode, Json<ShelvingBegun>)> {
    let by = author(&caller)?;
    let job = blocking(move || authoring.put_on_shelf(&own, sent.revision, by)).await?;
    Ok((StatusCode::ACCEPTED, Json(ShelvingBegun { job })))
}
