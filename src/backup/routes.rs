//! Backups over HTTP: how it stands and "back up now" for those who look after the box, and for all staff what was repaired.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Backup, BackupStatus, Repair, StickBackup};
use crate::error::Result;
use crate::library::{Library, OnStick, WritableStick};
use crate::web::{Caller, Gate, Json, OpenApiRouter, Problem, Role, routes};

/// The routes of this folder.
pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<Backup>: FromRef<S>,
    Arc<Library>: FromRef<S>,
{
    OpenApiRouter::new().routes(routes!(show_backup, back_up)).routes(routes!(show_repair, forget_repair))
}

/// How backups stand, and where one can be written.
#[derive(Serialize, ToSchema)]
struct BackupView {
    /// How it stands.
    status: BackupStatus,
    /// The sticks that are plugged in.
    sticks: Vec<WritableStick>,
}

/// How backups stand (the head, the technician).
#[utoipa::path(get, path = "/api/v1/backup", tag = "box",
    responses((status = 200, body = BackupView), (status = "4XX", body = Problem)))]
async fn show_backup(
    State(backup): State<Arc<Backup>>,
    State(library): State<Arc<Library>>,
    caller: Caller,
) -> Result<Json<BackupView>> {
    caller.staff(&[Role::Head, Role::Technician])?;
    Ok(Json(BackupView { status: backup.status()?, sticks: library.writable_sticks() }))
}

/// Writes a backup on a stick, and answers when it was read back whole (the head, the technician).
#[utoipa::path(post, path = "/api/v1/backup", tag = "box", request_body = OnStick,
    responses((status = 200, body = StickBackup), (status = "4XX", body = Problem)))]
async fn back_up(
    State(backup): State<Arc<Backup>>,
    State(library): State<Arc<Library>>,
    caller: Caller,
    Json(OnStick { stick }): Json<OnStick>,
) -> Result<Json<StickBackup>> {
    caller.staff(&[Role::Head, Role::Technician])?;
    let stick = library.writable_stick(&stick)?;
    Ok(Json(backup.write_to(&stick.folder, &stick.name).await?))
}

/// What was repaired at a start; nothing to tell answers null.
#[derive(Serialize, ToSchema)]
struct RepairView {
    #[schema(required)]
    repair: Option<Repair>,
}

/// What was found damaged at a start and repaired, until somebody has read it (all staff).
#[utoipa::path(get, path = "/api/v1/backup/repair", tag = "box",
    responses((status = 200, body = RepairView), (status = "4XX", body = Problem)))]
async fn show_repair(State(backup): State<Arc<Backup>>, caller: Caller) -> Result<Json<RepairView>> {
    caller.staff(&[Role::Assistant, Role::Teacher, Role::Head, Role::Technician])?;
    Ok(Json(RepairView { repair: backup.repaired()? }))
}

/// Says that it was read; everybody sees it no longer (the head, the technician).
#[utoipa::path(delete, path = "/api/v1/backup/repair", tag = "box",
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn forget_repair(State(backup): State<Arc<Backup>>, caller: Caller) -> Result<StatusCode> {
    caller.staff(&[Role::Head, Role::Technician])?;
    backup.forget_repaired()?;
    Ok(StatusCode::NO_CONTENT)
}
