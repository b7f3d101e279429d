//! How tablets send what students did.

use std::sync::Arc;

use axum::extract::{FromRef, State};

use super::{Batch, Evidence, Received, room};
use crate::error::Result;
use crate::people::People;
use crate::web::{Gate, Json, OpenApiRouter, Problem, Raw, routes};

/// The routes of this folder.
pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
    Arc<Evidence>: FromRef<S>,
{
    OpenApiRouter::new().routes(routes!(append)).merge(room::routes())
}

/// Takes in what a browser holds.
///
/// No session is needed: each entry carries the ticket of its student, so that answers go out under their own student
/// whoever is signed in now.
#[utoipa::path(
    post, path = "/api/v1/evidence", tag = "evidence", request_body = Batch,
    responses(
        (status = 200, body = Received, description = "Everything below `next` is on the disk"),
        (status = 413, body = Problem, description = "Too many entries or too large; send fewer"),
        (status = 429, body = Problem, description = "So much came from this sender that the rest must wait; keep it"),
        (status = 422, body = Problem, description = "Not a batch; nothing was taken"),
    )
)]
async fn append(State(evidence): State<Arc<Evidence>>, Raw(body): Raw) -> Result<Json<Received>> {
    let next = evidence.append(Batch::read(&body)?).await?;
    Ok(Json(Received { next }))
}
