//! A hub over HTTP: what boxes say to it. It has no screens of a school and no sessions.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;

use super::Hub;
use crate::error::{Error, Result};
use crate::sync::exchange::enrolment::{Enrolled, Enrolment};
use crate::web::{Json, Raw};

/// The largest request of a box, and some.
const LARGEST_BODY: usize = 8 << 20;
/// Longer names of boxes are cut.
const LONGEST_NAME: usize = 120;

/// What a hub answers.
pub fn router(hub: Arc<Hub>) -> Router {
    Router::new()
        .route("/healthz", get(async || "ok"))
        .route("/sync/1", post(exchange))
        .route("/sync/1/enrol", post(enrol))
        .route("/sync/1/packs/{hash}", get(super::packs::routes::give_pack))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CatchPanicLayer::new())
        .with_state(hub)
}

async fn exchange(State(hub): State<Arc<Hub>>, Raw(body): Raw) -> Result<impl IntoResponse> {
    let answer = hub.exchange(&body).await?;
    Ok(([(header::CONTENT_TYPE, "application/octet-stream")], answer))
}

async fn enrol(State(hub): State<Arc<Hub>>, Json(asked): Json<Enrolment>) -> Result<Json<Enrolled>> {
    let key = asked.proven_key().ok_or_else(|| {
        Error::invalid("sync.greeting-wrong", "This request is not signed by the box that it names.")
    })?;
    let name: String = asked.name.chars().filter(|one| !one.is_control()).take(LONGEST_NAME).collect();
    let admission = hub.admit(&asked.code, key, &name).await?;
    let hub = crate::ids::to_hex(&admission.hub);
    Ok(Json(Enrolled { school: admission.school, name: admission.name, hub, welcome: None }))
}
