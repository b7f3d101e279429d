//! What a technician sees of the box.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use serde::Serialize;
use utoipa::ToSchema;

use super::Device;
use crate::error::Result;
use crate::journal::Journal;
use crate::packs::Packs;
use crate::web::{Caller, Gate, Json, OpenApiRouter, Problem, Role, routes};

/// The routes of this folder.
pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<Device>: FromRef<S>,
    Arc<Journal>: FromRef<S>,
    Arc<Packs>: FromRef<S>,
{
    OpenApiRouter::new().routes(routes!(show_box))
}

/// The box, without any student's data.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Box)]
struct BoxAnswer {
    version: String,
    /// Milliseconds since 1970.
    started_at: u64,
    /// Where tablets reach the app.
    addresses: Vec<String>,
    /// Names it answers to on the network.
    names: Vec<String>,
    disk: Disk,
    /// Entries in the journal.
    entries: u64,
    packs: Vec<PackFacts>,
}

/// Bytes of the disk that holds the data.
#[derive(Serialize, ToSchema)]
struct Disk {
    free: u64,
    total: u64,
}

/// An installed pack.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = InstalledPack)]
struct PackFacts {
    id: String,
    version: String,
    title: String,
    /// SHA-256 of the pack's file.
    hash: String,
    /// Its length.
    bytes: u64,
    /// It came with the program.
    built_in: bool,
}

/// The box as a machine: version, addresses, disk, packs (head, technician).
#[utoipa::path(get, path = "/api/v1/box", tag = "box", responses(
    (status = 200, body = BoxAnswer),
    (status = 401, body = Problem),
    (status = 403, body = Problem),
))]
async fn show_box(
    caller: Caller,
    State(device): State<Arc<Device>>,
    State(journal): State<Arc<Journal>>,
    State(packs): State<Arc<Packs>>,
) -> Result<Json<BoxAnswer>> {
    caller.staff(&[Role::Head, Role::Technician])?;
    let (free, total) = device.disk()?;
    Ok(Json(BoxAnswer {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        started_at: device.started_at,
        addresses: device.urls(),
        names: device.names(),
        disk: Disk { free, total },
        entries: journal.count().await?,
        packs: packs
            .installed()
            .into_iter()
            .map(|pack| PackFacts {
                id: pack.course.id.clone(),
                version: pack.course.version.clone(),
                title: pack.course.title("en").to_owned(),
                hash: pack.course.hash.clone(),
                bytes: pack.bytes,
                built_in: pack.built_in,
            })
            .collect(),
    }))
}
