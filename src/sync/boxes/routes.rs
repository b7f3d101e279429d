//! Boxes of one school over HTTP: what they say to each other, and how people add one.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::device::Device;
use crate::error::{Error, Result};
use crate::ids::StreamId;
use crate::library::Library;
use crate::people::People;
use crate::sync::exchange::enrolment::{Enrolled, Enrolment};
use crate::sync::{Found, KnownBox, Sync};
use crate::web::{Caller, Gate, Json, MaybeCaller, OpenApiRouter, Path, Problem, Raw, Role, routes};

/// The largest request of another box, and some.
const LARGEST_BODY: usize = 8 << 20;

/// The routes of this folder.
pub(in crate::sync) fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + std::marker::Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
    Arc<Sync>: FromRef<S>,
    Arc<Device>: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(show_boxes))
        .routes(routes!(invite_box))
        .routes(routes!(remove_box))
        .routes(routes!(join_school))
}

/// What boxes say to each other; written down in `docs/sync-protocol.md`, and no part of the API for screens.
pub(in crate::sync) fn between_boxes<S>() -> Router<S>
where
    S: Clone + Send + std::marker::Sync + 'static,
    Arc<People>: FromRef<S>,
    Arc<Sync>: FromRef<S>,
    Arc<Library>: FromRef<S>,
{
    Router::new()
        .route("/sync/1", post(exchange))
        .route("/sync/1/enrol", post(admit))
        .route("/sync/1/packs/{hash}", get(give_pack))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
}

async fn exchange(State(sync): State<Arc<Sync>>, Raw(body): Raw) -> Result<impl IntoResponse> {
    // Whoever asked may hang up; what it brought is taken in.
    let answer = tokio::spawn(async move { sync.answer(&body).await });
    let answer = answer.await.map_err(|e| Error::internal("An exchange broke off.").caused_by(e))??;
    Ok(([(header::CONTENT_TYPE, "application/octet-stream")], answer))
}

async fn admit(
    State(sync): State<Arc<Sync>>,
    State(people): State<Arc<People>>,
    Json(asked): Json<Enrolment>,
) -> Result<Json<Enrolled>> {
    let school = people.directory().school().map(|school| school.name.clone()).unwrap_or_default();
    Ok(Json(sync.admit_box(&asked, people.secret_bytes(), &school).await?))
}

/// The file of an installed pack, by range: its name is its hash, which only the journal of the school tells.
async fn give_pack(
    State(library): State<Arc<Library>>,
    Path(hash): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    Ok(library.file_named(&hash)?.give(&headers))
}

/// The other boxes of the school, and those on the network that are none of it.
#[derive(Serialize, ToSchema)]
#[schema(as = Boxes)]
struct BoxesAnswer {
    known: Vec<KnownBox>,
    found: Vec<Found>,
}

/// The other boxes, as any box on the network may hear them (the technician, the head; anybody while the box is not set up).
#[utoipa::path(get, path = "/api/v1/sync/boxes", tag = "box",
    responses((status = 200, body = BoxesAnswer), (status = "4XX", body = Problem)))]
async fn show_boxes(
    State(sync): State<Arc<Sync>>,
    State(people): State<Arc<People>>,
    State(device): State<Arc<Device>>,
    MaybeCaller(caller): MaybeCaller,
) -> Result<Json<BoxesAnswer>> {
    if people.directory().school().is_some() {
        let caller = caller.ok_or_else(Error::sign_in_needed)?;
        caller.staff(&[Role::Head, Role::Technician])?;
    }
    Ok(Json(BoxesAnswer { known: sync.boxes().await?, found: sync.found(&device).await? }))
}

/// A code that lets one box in.
#[derive(Serialize, ToSchema)]
#[schema(as = BoxCode)]
struct CodeAnswer {
    /// Nine digits; they hold for a quarter of an hour.
    code: String,
}

/// Makes a code with which another box may join this school (the technician, the head).
#[utoipa::path(post, path = "/api/v1/sync/boxes/code", tag = "box",
    responses((status = 200, body = CodeAnswer), (status = "4XX", body = Problem)))]
async fn invite_box(State(sync): State<Arc<Sync>>, caller: Caller) -> Result<Json<CodeAnswer>> {
    caller.staff(&[Role::Head, Role::Technician])?;
    Ok(Json(CodeAnswer { code: sync.invite_box()? }))
}

/// Takes in nothing more from a box that was lost or given away (the technician, the head).
#[utoipa::path(delete, path = "/api/v1/sync/boxes/{box}", tag = "box", params(("box" = String, Path,)),
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn remove_box(
    State(sync): State<Arc<Sync>>,
    caller: Caller,
    Path(stream): Path<StreamId>,
) -> Result<StatusCode> {
    caller.staff(&[Role::Head, Role::Technician])?;
    sync.remove_box(stream).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The codes of both boxes.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct JoinSchool {
    /// The set-up code of this box.
    setup_code: String,
    /// Where a box of the school answers, as `http://192.168.1.7:8080`.
    url: String,
    /// The nine digits that it shows.
    code: String,
}

/// Makes this box, which is not set up yet, one more of a school that has one.
#[utoipa::path(post, path = "/api/v1/sync/school", tag = "box", request_body = JoinSchool,
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn join_school(
    State(sync): State<Arc<Sync>>,
    State(people): State<Arc<People>>,
    Json(JoinSchool { setup_code, url, code }): Json<JoinSchool>,
) -> Result<StatusCode> {
    people.demand_setup_code(&setup_code).await?;
    let joined = tokio::spawn(async move {
        let secret = sync.join_school(&url, &code).await?;
        people.adopt_secret(secret);
        Ok(StatusCode::NO_CONTENT)
    });
    joined.await.map_err(|e| Error::internal("Joining a school broke off.").caused_by(e))?
}
