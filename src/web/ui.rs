//! The screens, embedded in the binary.
//!
//! Files under `assets/` carry a hash in their names and never change. The page itself, which holds nothing of anybody,
//! may be shown from a tablet's cache for twenty minutes, so that a tab opens again while the box is away; a reload asks
//! anew and is mostly answered with "not modified". An address without a file is a screen of the app: it gets the app's page.

use std::borrow::Cow;
use std::io::Read;

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::error::Error;
use crate::ids::to_hex;

#[derive(RustEmbed)]
#[folder = "web-ui/dist"]
struct Built;

/// Answers with the screen or the asset at `uri`. `packs_port` is the one other origin that pages may show things from.
pub fn show(method: &Method, uri: &Uri, headers: &HeaderMap, packs_port: u16) -> Response {
    if !matches!(*method, Method::GET | Method::HEAD) {
        return Error::not_found("request.no-such-page", "There is no such page.").into_response();
    }
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") {
        return Error::not_found("request.no-such-page", "There is no such page.").into_response();
    }
    // The id of a course has dots too: `/learn/org.schoolhouse.numbers` is a screen.
    let is_screen = path.starts_with("learn/") || path.starts_with("teach/");
    let is_file = !is_screen
        && path.rsplit('/').next().is_some_and(|name| name.contains('.'))
        && !path.starts_with('.');
    let path = if is_file { path } else { "index.html" };
    let mut response = give(path, headers);
    if media_type(path).starts_with("text/html") {
        guard(response.headers_mut(), packs_port);
    }
    response
}

/// Answers with a page or an asset of the readers, which belong to the packs origin.
pub fn show_reader(method: &Method, uri: &Uri, headers: &HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if !matches!(*method, Method::GET | Method::HEAD) || !path.starts_with("reader/") {
        return Error::not_found("request.no-such-page", "There is no such page.").into_response();
    }
    give(path, headers)
}

/// Answers with the description of the API, which `docs/openapi.json` is.
pub fn show_description(headers: &HeaderMap) -> Response {
    give("openapi.json", headers)
}

fn give(path: &str, headers: &HeaderMap) -> Response {
    let Some(asset) = find(path) else {
        return Error::not_found("request.no-such-page", "There is no such page.").into_response();
    };
    let mut response = if asked_for(headers, &asset.tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        body(&asset, accepts_gzip(headers))
    };
    let set = response.headers_mut();
    let caching =
        if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "max-age=1200" };
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    set.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Ok(tag) = HeaderValue::from_str(&asset.tag) {
        set.insert(header::ETAG, tag);
    }
    response
}

struct Asset {
    bytes: Cow<'static, [u8]>,
    is_gzip: bool,
    media_type: &'static str,
    tag: String,
}

fn find(path: &str) -> Option<Asset> {
    let media_type = media_type(path);
    let (file, is_gzip) = match Built::get(&format!("{path}.gz")) {
        Some(packed) => (packed, true),
        None => (Built::get(path)?, false),
    };
    let tag = format!("\"{}\"", to_hex(&file.metadata.sha256_hash()[..8]));
    Some(Asset { bytes: file.data, is_gzip, media_type, tag })
}

fn body(asset: &Asset, gzip_accepted: bool) -> Response {
    let kind = [(header::CONTENT_TYPE, asset.media_type)];
    match (asset.is_gzip, gzip_accepted) {
        (false, _) => (kind, asset.bytes.clone().into_owned()).into_response(),
        (true, true) => {
            (kind, [(header::CONTENT_ENCODING, "gzip")], asset.bytes.clone().into_owned()).into_response()
        }
        (true, false) => {
            let mut plain = Vec::new();
            match flate2::read::GzDecoder::new(&*asset.bytes).read_to_end(&mut plain) {
                Ok(_) => (kind, plain).into_response(),
                Err(error) => Error::internal("A screen is damaged.").caused_by(error).into_response(),
            }
        }
    }
}

fn asked_for(headers: &HeaderMap, tag: &str) -> bool {
    headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|tags| tags.contains(tag))
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("gzip"))
}

/// Pages run our own scripts only, and show pictures and frames of the packs origin only.
fn guard(headers: &mut HeaderMap, packs_port: u16) {
    let policy = format!(
        "default-src 'self'; img-src 'self' data: blob: http://*:{packs_port}; media-src 'self' http://*:{packs_port}; \
         frame-src http://*:{packs_port}; style-src 'self' 'unsafe-inline'; connect-src 'self'; object-src 'none'; \
         base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Not "no-referrer": under it Chromium 70 sends `Origin: null` with our own requests, and all changes are refused.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "webmanifest" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
