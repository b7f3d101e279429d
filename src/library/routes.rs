//! The library over HTTP. Whoever teaches, leads or looks after the box may add and remove; assistants may look.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Library;
use super::rules::Accepted;
use super::screens::{LibraryPage, VerdictPart};
use super::sticks::OnStick;
use super::uploads;
use crate::error::{Error, Result};
use crate::ids::StaffId;
use crate::people::People;
use crate::web::{Caller, Gate, Json, OpenApiRouter, Path, Problem, Role, routes};

/// The routes of this folder.
pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
    Arc<Library>: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(show))
        .routes(routes!(install))
        .routes(routes!(discard))
        .routes(routes!(picture))
        .routes(routes!(verdict))
        .routes(routes!(accept))
        .routes(routes!(cancel))
        .routes(routes!(forget))
        .routes(routes!(export))
        .routes(routes!(remove))
        .routes(routes!(file))
        .merge(uploads::routes::routes())
}

/// Whoever may look. That there is a library is no business of students.
///
/// # Errors
/// `request.no-such-page` for students.
pub(super) fn reader(caller: &Caller) -> Result<StaffId> {
    let not_here = |_| Error::not_found("request.no-such-page", "There is no such page.");
    let anybody = [Role::Assistant, Role::Teacher, Role::Head, Role::Technician];
    caller.staff(&anybody).map_err(not_here)
}

/// Whoever may change something.
///
/// # Errors
/// As [`reader`]; forbidden for assistants.
pub(super) fn keeper(caller: &Caller) -> Result<StaffId> {
    reader(caller)?;
    caller.staff(&[Role::Teacher, Role::Head, Role::Technician])
}

/// The card may take its time; other requests go on.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|e| Error::internal("Work of the library broke off.").caused_by(e))?
}

/// What is on the sticks, what is being done, what is installed (staff).
///
/// Ask as often as you like: with the `ETag` of the last answer in `If-None-Match` the answer is 304 until something
/// changes.
#[utoipa::path(get, path = "/api/v1/library", tag = "library",
    responses((status = 200, body = LibraryPage), (status = "4XX", body = Problem)))]
async fn show(
    State(library): State<Arc<Library>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response> {
    reader(&caller)?;
    let directory = people.directory();
    let language = directory.school().map_or("en", |school| school.language.as_str());
    let tag = library.tag(language)?;
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Json(library.page(language).await?).into_response()
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// What a person said yes to; what is left out is a no.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own that somebody answered")]
pub(super) struct Consents {
    /// "I know where this is from."
    accept_unsigned: bool,
    /// It comes from somebody else than the version that is there.
    accept_publisher: bool,
    /// It has errors, and it shall be added all the same.
    accept_errors: bool,
    /// It shall take the place of a newer version.
    accept_older: bool,
    /// It shall stand without packs that it needs.
    accept_incomplete: bool,
}

impl From<Consents> for Accepted {
    fn from(said: Consents) -> Self {
        Self {
            unsigned: said.accept_unsigned,
            publisher: said.accept_publisher,
            errors: said.accept_errors,
            older: said.accept_older,
            incomplete: said.accept_incomplete,
        }
    }
}

/// A job that was begun.
#[derive(Serialize, ToSchema)]
#[schema(as = LibraryJobBegun)]
struct Begun {
    /// Its id in `jobs`.
    job: String,
}

/// Adds what is offered: it becomes a course of the school (teacher, head, technician).
#[utoipa::path(post, path = "/api/v1/library/offers/{offer}/install", tag = "library",
    operation_id = "install_offer", params(("offer" = String, Path)), request_body = Consents,
    responses((status = 202, body = Begun), (status = "4XX", body = Problem)))]
async fn install(
    State(library): State<Arc<Library>>,
    caller: Caller,
    Path(offer): Path<String>,
    Json(said): Json<Consents>,
) -> Result<(StatusCode, Json<Begun>)> {
    let by = keeper(&caller)?;
    let job = blocking(move || library.install(&offer, by, said.into())).await?;
    Ok((StatusCode::ACCEPTED, Json(Begun { job })))
}

/// Throws away something that was sent and not added (teacher, head, technician).
#[utoipa::path(delete, path = "/api/v1/library/offers/{offer}", tag = "library",
    operation_id = "discard_offer", params(("offer" = String, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn discard(
    State(library): State<Arc<Library>>,
    caller: Caller,
    Path(offer): Path<String>,
) -> Result<StatusCode> {
    keeper(&caller)?;
    blocking(move || library.discard(&offer)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The picture of something that is offered (staff).
///
/// It comes from a stranger. It may be drawn (SVG), so it is answered as a document that can do nothing, is shown in no
/// frame and is no page when it is opened by itself.
#[utoipa::path(get, path = "/api/v1/library/offers/{offer}/picture", tag = "library",
    operation_id = "offer_picture", params(("offer" = String, Path)),
    responses((status = 200, body = String, content_type = "image/*", description = "The picture"), (status = "4XX", body = Problem)))]
async fn picture(
    State(library): State<Arc<Library>>,
    caller: Caller,
    Path(offer): Path<String>,
) -> Result<Response> {
    reader(&caller)?;
    let (media_type, bytes) = library.picture(&offer)?;
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_DISPOSITION, "attachment"),
        (header::CACHE_CONTROL, "private, max-age=600"),
    ];
    Ok((headers, bytes).into_response())
}

/// All that was found when an offer was looked at closely (staff).
#[utoipa::path(get, path = "/api/v1/library/offers/{offer}/verdict", tag = "library",
    operation_id = "offer_verdict", params(("offer" = String, Path)),
    responses((status = 200, body = VerdictPart), (status = "4XX", body = Problem)))]
async fn verdict(
    State(library): State<Arc<Library>>,
    caller: Caller,
    Path(offer): Path<String>,
) -> Result<Json<VerdictPart>> {
    reader(&caller)?;
    Ok(Json(library.verdict(&offer)?))
}

/// Says yes to what a job asks (teacher, head, technician).
#[utoipa::path(post, path = "/api/v1/library/jobs/{job}/accept", tag = "library",
    operation_id = "accept_job", params(("job" = String, Path)), request_body = Consents,
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn accept(
    State(library): State<Arc<Library>>,
    caller: Caller,
    Path(job): Path<String>,
    Json(said): Json<Consents>,
) -> Result<StatusCode> {
    keeper(&caller)?;
    library.accept(&job, said.into())?;
    Ok(StatusCode::NO_CONTENT)
}

/// Calls a job off; nothing of it stays (teacher, head, technician).
#[utoipa::path(post, path = "/api/v1/library/jobs/{job}/cancel", tag = "library",
    operation_id = "cancel_job", params(("job" = String, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn cancel(
    State(library): State<Arc<Library>>,
    caller: Caller,
    Path(job): Path<String>,
) -> Result<StatusCode> {
    keeper(&caller)?;
    library.cancel(&job)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a job that is over off the screen (teacher, head, technician).
#[utoipa::path(delete, path = "/api/v1/library/jobs/{job}", tag = "library",
    operation_id = "forget_job", params(("job" = String, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn forget(
    State(library): State<Arc<Library>>,
    caller: Caller,
    Path(job): Path<String>,
) -> Result<StatusCode> {
    keeper(&caller)?;
    library.forget_job(&job)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Copies a course to a stick that is plugged in (teacher, head, technician).
#[utoipa::path(post, path = "/api/v1/library/packs/{pack}/export", tag = "library",
    operation_id = "export_pack", params(("pack" = String, Path)), request_body = OnStick,
    responses((status = 202, body = Begun), (status = "4XX", body = Problem)))]
async fn export(
    State(library): State<Arc<Library>>,
    caller: Caller,
    Path(pack): Path<String>,
    Json(to): Json<OnStick>,
) -> Result<(StatusCode, Json<Begun>)> {
    let by = keeper(&caller)?;
    let job = blocking(move || library.export(&pack, &to.stick, by)).await?;
    Ok((StatusCode::ACCEPTED, Json(Begun { job })))
}

/// Takes a course off the box; what students did in it stays (teacher, head, technician).
#[utoipa::path(delete, path = "/api/v1/library/packs/{pack}", tag = "library",
    operation_id = "remove_pack", params(("pack" = String, Path)),
    responses((status = 202, body = Begun), (status = "4XX", body = Problem)))]
async fn remove(
    State(library): State<Arc<Library>>,
    caller: Caller,
    Path(pack): Path<String>,
) -> Result<(StatusCode, Json<Begun>)> {
    let by = keeper(&caller)?;
    let job = blocking(move || library.remove(&pack, by)).await?;
    Ok((StatusCode::ACCEPTED, Json(Begun { job })))
}

/// The file of a course, to take along: the same bytes that its publisher made (teacher, head, technician).
///
/// Ranges may be asked for, so a download that broke off goes on where it was. Refused as an export is.
#[utoipa::path(get, path = "/api/v1/library/packs/{pack}/file", tag = "library",
    operation_id = "pack_file", params(("pack" = String, Path)),
    responses((status = 200, body = String, content_type = "application/octet-stream", description = "The file"),
        (status = 206, body = String, content_type = "application/octet-stream", description = "The part that was asked for"),
        (status = "4XX", body = Problem)))]
async fn file(
    State(library): State<Arc<Library>>,
    caller: Caller,
    Path(pack): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    keeper(&caller)?;
    Ok(library.file(&pack)?.give(&headers))
}
