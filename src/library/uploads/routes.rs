//! Sending files to the box, in pieces and over a Wi-Fi that drops.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{FromRef, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use tokio_stream::StreamExt;
use utoipa::{IntoParams, ToSchema};

use super::super::Library;
use super::super::routes::{blocking, keeper, reader};
use super::{LARGEST_PIECE, Turn, Upload};
use crate::error::{Error, Kind, Result};
use crate::web::{Caller, Gate, Json, OpenApiRouter, Path, Problem, Query, routes};

/// Bytes that are gathered before the card is asked to take them.
const GATHERED: usize = 256 << 10;
/// How many bytes of a file are here, also for those who ask without wanting a body.
const OFFSET: &str = "upload-offset";

/// The routes of this folder.
pub(in crate::library) fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<Library>: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(begin))
        .routes(routes!(tell))
        .routes(routes!(go_on))
        .routes(routes!(discard))
}

/// A file that shall come.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewUpload)]
struct NewUpload {
    /// As its sender calls it.
    name: String,
    /// Its length.
    bytes: u64,
}

/// How much of a file is here.
#[derive(Serialize, ToSchema)]
#[schema(as = UploadReceived)]
struct Received {
    id: String,
    /// Go on with this byte; at the file's length it is whole, and is offered.
    received: u64,
}

impl From<Upload> for Received {
    fn from(upload: Upload) -> Self {
        Self { id: upload.id, received: upload.received }
    }
}

/// Begins to send a file (teacher, head, technician).
#[utoipa::path(post, path = "/api/v1/library/uploads", tag = "library", operation_id = "begin_upload",
    request_body = NewUpload, responses((status = 201, body = Received), (status = "4XX", body = Problem)))]
async fn begin(
    State(library): State<Arc<Library>>,
    caller: Caller,
    Json(new): Json<NewUpload>,
) -> Result<(StatusCode, Json<Received>)> {
    keeper(&caller)?;
    let begun = blocking(move || library.begin_upload(&new.name, new.bytes)).await?;
    Ok((StatusCode::CREATED, Json(begun.into())))
}

/// Tells how much of a file is here (staff). `HEAD` tells it in the header `Upload-Offset`.
#[utoipa::path(get, path = "/api/v1/library/uploads/{upload}", tag = "library", operation_id = "find_upload",
    params(("upload" = String, Path)), responses((status = 200, body = Received), (status = "4XX", body = Problem)))]
async fn tell(
    State(library): State<Arc<Library>>,
    caller: Caller,
    Path(upload): Path<String>,
) -> Result<Response> {
    reader(&caller)?;
    let upload = library.uploads.find(&upload)?;
    let offset: HeaderMap =
        [(axum::http::HeaderName::from_static(OFFSET), HeaderValue::from(upload.received))]
            .into_iter()
            .collect();
    Ok((offset, Json(Received::from(upload))).into_response())
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Beginning {
    /// The byte of the file that the body begins with.
    offset: u64,
}

/// Sends the next bytes of a file, at most 8 MB (teacher, head, technician).
///
/// What has arrived when a connection breaks off counts. A body from another place than the file's end is refused with
/// `library.upload-offset`, which tells the right one in `received`.
#[utoipa::path(patch, path = "/api/v1/library/uploads/{upload}", tag = "library", operation_id = "send_upload",
    params(("upload" = String, Path), Beginning), request_body(content = String, content_type = "application/octet-stream"),
    responses((status = 200, body = Received), (status = "4XX", body = Problem)))]
async fn go_on(
    State(library): State<Arc<Library>>,
    caller: Caller,
    Path(upload): Path<String>,
    Query(Beginning { offset }): Query<Beginning>,
    body: Body,
) -> Result<Json<Received>> {
    keeper(&caller)?;
    let taking = library.clone();
    let turn = blocking(move || taking.uploads.take_turn(&upload, offset)).await?;
    let written = write_all(&library, &turn, body).await;
    let ending = library.clone();
    let received = blocking(move || {
        let upload = ending.uploads.end_turn(&turn)?;
        if upload.is_whole() {
            ending.look_at_uploads();
        }
        Ok(upload)
    });
    let received = received.await?;
    written?;
    Ok(Json(received.into()))
}

/// Throws away a file that is on its way (teacher, head, technician).
#[utoipa::path(delete, path = "/api/v1/library/uploads/{upload}", tag = "library", operation_id = "discard_upload",
    params(("upload" = String, Path)), responses((status = 204), (status = "4XX", body = Problem)))]
async fn discard(
    State(library): State<Arc<Library>>,
    caller: Caller,
    Path(upload): Path<String>,
) -> Result<StatusCode> {
    keeper(&caller)?;
    blocking(move || library.discard_upload(&upload)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Writes a body as it comes, in little memory.
async fn write_all(library: &Arc<Library>, turn: &Turn, body: Body) -> Result<()> {
    let mut parts = body.into_data_stream();
    let (mut gathered, mut size, mut all) = (Vec::new(), 0, 0_u64);
    loop {
        let part = parts.next().await.transpose();
        let broke_off = part.is_err();
        let part: Option<Bytes> = part.unwrap_or_default();
        let is_last = part.is_none();
        if let Some(part) = part {
            size += part.len();
            all += part.len() as u64;
            gathered.push(part);
        }
        if all > LARGEST_PIECE {
            let sentence = "One piece of a file has at most 8 MB.";
            return Err(Error::new(Kind::TooLarge, "request.too-large", sentence));
        }
        if size >= GATHERED || is_last && size > 0 {
            let (library, turn, parts) = (library.clone(), turn.clone(), std::mem::take(&mut gathered));
            blocking(move || library.uploads.write(&turn, &parts.concat())).await?;
            size = 0;
        }
        if broke_off {
            return Err(Error::new(Kind::Unavailable, "request.broke-off", "The connection broke off."));
        }
        if is_last {
            return Ok(());
        }
    }
}
