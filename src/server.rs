//! The whole URL map on one screen, the order of the middleware.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, HeaderValue, Method, Uri, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

use crate::app::App;
use crate::error::Error;
use crate::web::{OpenApiRouter, refuse_foreign, ui};
use crate::{
    authoring, backup, classes, device, evidence, goals, lessons, library, live, mastery, people, reports,
    sample, search, sheets, sync,
};

/// Bodies of ordinary requests, in bytes; routes that take photos or packs say so themselves.
const LARGEST_BODY: usize = 1 << 20;
/// A body of which nothing comes for so long was given up by its sender.
const BODY_GOES_ON: Duration = Duration::from_secs(20);

/// Everything under `/api/v1`.
fn api() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(people::routes::routes())
        .merge(evidence::routes())
        .merge(lessons::routes())
        .merge(mastery::routes())
        .merge(goals::routes())
        .merge(reports::routes())
        .merge(sheets::routes())
        .merge(search::routes())
        .merge(library::routes::routes())
        .merge(authoring::routes::routes())
        .merge(classes::routes())
        .merge(live::routes())
        .merge(device::routes::routes())
        .merge(sync::routes())
        .merge(backup::routes::routes())
        .merge(sample::routes::routes())
}

/// The description of the API, collected from the handlers.
#[cfg(debug_assertions)]
pub fn document() -> utoipa::openapi::OpenApi {
    let mut document = <Document as utoipa::OpenApi>::openapi();
    document.merge(api().into_openapi());
    crate::web::complete(&mut document);
    document
}

#[cfg(debug_assertions)]
#[derive(utoipa::OpenApi)]
#[openapi(info(
    title = "Schoolhouse",
    description = "The API between the screens and the box. See docs/api.md for how the pieces fit."
), tags(
    (name = "school", description = "The school itself, its setting up, and looking around before"),
    (name = "sign-in", description = "Who comes in, and who lets them"),
    (name = "classes", description = "Classes, their students and badges"),
    (name = "learning", description = "Courses, lessons and activities, as a student meets them"),
    (name = "mastery", description = "What students can do"),
    (name = "reports", description = "What is told after the lesson"),
    (name = "library", description = "Courses on sticks, on their way, and on the box"),
    (name = "authoring", description = "Courses that teachers write on the box"),
    (name = "evidence", description = "What students did, from the tablets to the disk"),
    (name = "lessons", description = "Plans of lessons in the room, and a lesson that runs by one"),
    (name = "live", description = "The lesson as it happens"),
    (name = "staff", description = "Who works at the school"),
    (name = "box", description = "The machine"),
))]
struct Document;

/// The app's port: API and screens.
pub fn app_router(app: App) -> Router {
    let packs_port = app.packs_port.0;
    let layers = ServiceBuilder::new()
        .layer(CatchPanicLayer::custom(|_| panicked()))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-store"),
        ))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn(refuse_foreign));
    Router::from(api())
        .merge(sync::between_boxes())
        .route("/healthz", get(async || "ok"))
        .route("/api/openapi.json", get(async |headers: HeaderMap| ui::show_description(&headers)))
        .fallback(async move |method: Method, uri: Uri, headers: HeaderMap| {
            ui::show(&method, &uri, &headers, packs_port)
        })
        .layer(RequestBodyTimeoutLayer::new(BODY_GOES_ON))
        .layer(layers)
        .with_state(app)
}

/// The packs' port: another origin, without API and sign-in, for what nobody in the school wrote.
pub fn packs_router(app: &App) -> Router {
    crate::packs::serve::router(app.packs.clone(), app.port).layer(CatchPanicLayer::custom(|_| panicked()))
}

fn panicked() -> Response {
    Error::internal("A request broke off.").into_response()
}
