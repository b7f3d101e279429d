//! Sync over HTTP: how it stands for all staff, adding and "sync now" for those who look after the box.

use std::sync::Arc;

use axum::Router;
use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::service::SyncStatus;
use super::stick::StickReport;
use super::{Sync, SyncReport};
use crate::device::Device;
use crate::error::Result;
use crate::library::{Library, OnStick};
use crate::people::People;
use crate::web::{Caller, Gate, Json, OpenApiRouter, Problem, Role, routes};

/// The routes of this folder.
pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + std::marker::Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
    Arc<Sync>: FromRef<S>,
    Arc<Library>: FromRef<S>,
    Arc<Device>: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(show_sync, sync_now))
        .routes(routes!(join_hub, leave_hub))
        .routes(routes!(exchange_with_stick))
        .merge(super::boxes::routes::routes())
}

/// What boxes say to each other.
pub fn between_boxes<S>() -> Router<S>
where
    S: Clone + Send + std::marker::Sync + 'static,
    Arc<People>: FromRef<S>,
    Arc<Sync>: FromRef<S>,
    Arc<Library>: FromRef<S>,
{
    super::boxes::routes::between_boxes()
}

/// How sync stands (all staff).
#[utoipa::path(get, path = "/api/v1/sync", tag = "box",
    responses((status = 200, body = SyncStatus), (status = "4XX", body = Problem)))]
async fn show_sync(State(sync): State<Arc<Sync>>, caller: Caller) -> Result<Json<SyncStatus>> {
    caller.staff(&[Role::Assistant, Role::Teacher, Role::Head, Role::Technician])?;
    Ok(Json(sync.status().await?))
}

/// Syncs now, and answers when it ended (teachers, the head, the technician).
#[utoipa::path(post, path = "/api/v1/sync", tag = "box",
    responses((status = 200, body = SyncReport), (status = "4XX", body = Problem)))]
async fn sync_now(
    State(sync): State<Arc<Sync>>,
    State(device): State<Arc<Device>>,
    State(library): State<Arc<Library>>,
    caller: Caller,
) -> Result<Json<SyncReport>> {
    caller.staff(&[Role::Teacher, Role::Head, Role::Technician])?;
    // Whoever asked may hang up; the sync goes on.
    let run = tokio::spawn(async move { sync.run_with(&device, &library).await });
    let ended = run.await.map_err(|e| crate::error::Error::internal("A sync broke off.").caused_by(e))?;
    Ok(Json(ended?))
}

/// The district's address and the code that it gave out.
#[derive(Deserialize, ToSchema)]
struct JoinHub {
    /// Such as `https://hub.example.org`.
    url: String,
    /// Nine digits; spaces do not matter.
    code: String,
}

/// Adds the box to a hub (the head, the technician).
#[utoipa::path(put, path = "/api/v1/sync/hub", tag = "box", request_body = JoinHub,
    responses((status = 200, body = SyncStatus), (status = "4XX", body = Problem)))]
async fn join_hub(
    State(sync): State<Arc<Sync>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Json(JoinHub { url, code }): Json<JoinHub>,
) -> Result<Json<SyncStatus>> {
    caller.staff(&[Role::Head, Role::Technician])?;
    let name = people.directory().school().map(|school| school.name.clone()).unwrap_or_default();
    sync.enrol(&url, &code, &name).await?;
    Ok(Json(sync.status().await?))
}

/// Takes the box away from its hub; what the hub has it keeps (the head, the technician).
#[utoipa::path(delete, path = "/api/v1/sync/hub", tag = "box",
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn leave_hub(State(sync): State<Arc<Sync>>, caller: Caller) -> Result<StatusCode> {
    caller.staff(&[Role::Head, Role::Technician])?;
    sync.unlink().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Writes on a stick what the hub does not have, and takes in what it brings (teachers, the head, the technician).
#[utoipa::path(post, path = "/api/v1/sync/stick", tag = "box", request_body = OnStick,
    responses((status = 200, body = StickReport), (status = "4XX", body = Problem)))]
async fn exchange_with_stick(
    State(sync): State<Arc<Sync>>,
    State(library): State<Arc<Library>>,
    caller: Caller,
    Json(OnStick { stick }): Json<OnStick>,
) -> Result<Json<StickReport>> {
    caller.staff(&[Role::Teacher, Role::Head, Role::Technician])?;
    let folder = library.writable_stick(&stick)?.folder;
    Ok(Json(sync.exchange_with_stick(&folder).await?))
}
