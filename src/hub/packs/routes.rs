//! The file of a pack, by range: its name is its hash, which only the signed catalogue tells.

use std::fs::File;
use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::error::{Error, Result};
use crate::hub::Hub;
use crate::ids::{from_hex, to_hex};
use crate::packs::serve::Loose;
use crate::web::Path;

pub(in crate::hub) async fn give_pack(
    State(hub): State<Arc<Hub>>,
    Path(hash): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    let unknown = || Error::not_found("pack.unknown", "The hub has no such pack.");
    let sha256: [u8; 32] = from_hex(&hash).ok_or_else(unknown)?;
    let file = File::open(hub.pack_file(sha256).await?)?;
    let (bytes, hash) = (file.metadata()?.len(), to_hex(&sha256));
    let name = format!("{hash}.schoolpack");
    Ok(Loose { file: Arc::new(file), bytes, name, hash, is_download: true }.give(&headers))
}
