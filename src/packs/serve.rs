//! The packs origin: pictures, sound, video and HTML pages, straight from the archives.
//!
//! What lies deflated goes out as it lies, framed as gzip; what lies stored goes out by range. Nothing here is from
//! people whom the school knows, so every reply carries the rules of a stranger's page, and there is no API, no sign-in
//! and no cookie on this port.

mod body;
mod range;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use tokio::sync::Semaphore;

use self::body::{Flow, PackBody};
use self::range::{Asked, accepts_gzip, asked, names_tag};
use super::Packs;
use super::index::Place;
use super::media::media_type;
use super::packed::Packed;
use crate::ids::to_hex;
use crate::web::ui;

/// Reads of cold packs at one time: a card gets slower with more, and other work needs the threads.
const LANES: usize = 4;
/// What gzip begins with: deflate, no name, no time, unknown system (RFC 1952, 2.3).
const GZIP_HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
const GZIP_FRAME: u64 = 18;

#[derive(Clone)]
struct Serving {
    packs: Arc<Packs>,
    lanes: Arc<Semaphore>,
    app_port: u16,
}

/// The routes of the packs origin: `/<sha256 of the pack>/<path in the pack>`. `app_port` is where the app listens, the
/// only page that may show these in a frame.
pub fn router(packs: Arc<Packs>, app_port: u16) -> Router {
    let serving = Serving { packs, lanes: Arc::new(Semaphore::new(LANES)), app_port };
    Router::new().route("/reader/{*file}", get(reader)).fallback(answer).with_state(serving)
}

async fn answer(State(serving): State<Serving>, request: Request) -> Response {
    let (method, headers) = (request.method(), request.headers());
    let mut response = match *method {
        Method::GET | Method::HEAD => find(&serving, request.uri())
            .map_or_else(not_found, |(packed, place, path)| {
                give(&serving, method, headers, &packed, place, &path)
            }),
        Method::OPTIONS => (StatusCode::NO_CONTENT, [(header::ALLOW, "GET, HEAD, OPTIONS")]).into_response(),
        _ => (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD, OPTIONS")]).into_response(),
    };
    let may_run = !is_book(request.uri());
    let policy = policy(headers.get(header::HOST), serving.app_port, may_run);
    guard(response.headers_mut(), &policy);
    response
}

/// Our own pages that show what browsers can't show by themselves. They stand on this origin, so that what a stranger's
/// document may do to them is of no use to it; they run no code but their own.
async fn reader(State(serving): State<Serving>, request: Request) -> Response {
    let headers = request.headers();
    let mut response = ui::show_reader(request.method(), request.uri(), headers);
    let app = app_of(headers.get(header::HOST), serving.app_port);
    let policy = format!(
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data: blob:; \
         worker-src 'self' blob:; object-src 'none'; form-action 'none'; frame-ancestors 'self'{app}; base-uri 'self'"
    );
    guard(response.headers_mut(), &policy);
    response
}

fn find(serving: &Serving, uri: &Uri) -> Option<(Arc<Packed>, Place, String)> {
    let (hash, path) = uri.path().strip_prefix('/')?.split_once('/')?;
    let path = decode(path)?;
    let (packed, place) = serving.packs.public(hash, &path)?;
    Some((packed, place, path))
}

/// Percent signs are decoded once; what is left must be exactly the path of a file.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn not_found() -> Response {
    (StatusCode::NOT_FOUND, "There is no such file.").into_response()
}

/// How the bytes go out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Coding {
    /// Stored; ranges may be asked for.
    Plain,
    /// Deflated, framed as gzip.
    Gzip,
    /// Deflated, inflated on the way.
    Inflated,
}

fn give(
    serving: &Serving,
    method: &Method,
    headers: &HeaderMap,
    packed: &Arc<Packed>,
    place: Place,
    path: &str,
) -> Response {
    let coding = match (place.deflated, accepts_gzip(headers)) {
        (false, _) => Coding::Plain,
        (true, true) => Coding::Gzip,
        (true, false) => Coding::Inflated,
    };
    // One tag for two codings would let a browser join gzip bytes with plain ones.
    let suffix = if coding == Coding::Gzip { "-gzip" } else { "" };
    let tag = format!("\"{}{suffix}\"", to_hex(&place.content));
    let mut response = if names_tag(headers.get(header::IF_NONE_MATCH), &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        whole_or_part(serving, method, headers, packed, place, coding, &tag)
    };
    let set = response.headers_mut();
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        set.insert(header::ETAG, tag);
    }
    if coding == Coding::Plain {
        set.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    } else {
        set.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    if response.status().is_success() {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
    }
    if path.starts_with("media/") {
        // Captions are read by the app's own player, which is of another origin. Anybody may fetch media as it is.
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    response
}

fn whole_or_part(
    serving: &Serving,
    method: &Method,
    headers: &HeaderMap,
    packed: &Arc<Packed>,
    place: Place,
    coding: Coding,
    tag: &str,
) -> Response {
    // A range of a coded file would be a range of coded bytes: those are given whole.
    let asked = if coding == Coding::Plain && method == Method::GET {
        asked(headers, tag, place.size)
    } else {
        Asked::Whole
    };
    let (status, start, length) = match asked {
        Asked::Whole => (StatusCode::OK, 0, if coding == Coding::Gzip { place.packed } else { place.size }),
        Asked::Part { start, length } => (StatusCode::PARTIAL_CONTENT, start, length),
        Asked::Beyond => {
            let range = format!("bytes */{}", place.size);
            return (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, range)]).into_response();
        }
    };
    let all = if coding == Coding::Gzip { length + GZIP_FRAME } else { length };
    let body = if method == Method::HEAD {
        Body::empty()
    } else {
        let flow = match coding {
            Coding::Inflated => Flow::inflated(packed.file.clone(), place),
            Coding::Plain | Coding::Gzip => Flow::raw(packed.file.clone(), place.start + start, length),
        };
        let frame = (coding == Coding::Gzip).then(|| (Bytes::from_static(&GZIP_HEAD), trailer(place)));
        Body::new(PackBody::new(flow, frame, all, serving.lanes.clone()))
    };
    let mut response = (status, [(header::CONTENT_LENGTH, all)], body).into_response();
    let set = response.headers_mut();
    if coding == Coding::Gzip {
        set.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    if status == StatusCode::PARTIAL_CONTENT {
        let range = format!("bytes {start}-{}/{}", start + length - 1, place.size);
        if let Ok(range) = HeaderValue::from_str(&range) {
            set.insert(header::CONTENT_RANGE, range);
        }
    }
    response
}

/// What gzip ends with: CRC-32 and the length modulo 2^32 (RFC 1952, 2.3.1).
fn trailer(place: Place) -> Bytes {
    let length = u32::try_from(place.size & u64::from(u32::MAX)).unwrap_or(0);
    Bytes::from([place.crc.to_le_bytes(), length.to_le_bytes()].concat())
}

/// What a page from a pack may do. `frame-ancestors` names the app on the same host, so that no other page of the
/// network frames it; a host that can't stand in a policy leaves only the origin itself.
fn policy(host: Option<&HeaderValue>, app_port: u16, may_run: bool) -> String {
    let app = app_of(host, app_port);
    let scripts = if may_run { "" } else { "script-src 'none'; " };
    format!(
        "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; {scripts}form-action 'none'; \
         frame-ancestors 'self'{app}; base-uri 'self'"
    )
}

/// A space and the app's address on the host that was asked.
fn app_of(host: Option<&HeaderValue>, app_port: u16) -> String {
    let name = host.and_then(|host| host.to_str().ok()).map(without_port).unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    match app_port {
        _ if name.is_empty() || !name.chars().all(is_plain) => String::new(),
        80 => format!(" {name}"),
        port => format!(" {name}:{port}"),
    }
}

/// Books are for reading: nothing in them runs, however their address is opened.
fn is_book(uri: &Uri) -> bool {
    let path = uri.path().strip_prefix('/').and_then(|path| path.split_once('/'));
    path.and_then(|(_, path)| decode(path)).is_some_and(|path| path.starts_with("books/"))
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

fn guard(headers: &mut HeaderMap, policy: &str) {
    if let Ok(policy) = HeaderValue::from_str(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers
        .insert("permissions-policy", HeaderValue::from_static("camera=(), microphone=(), geolocation=()"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

#[cfg(test)]
mod tests;
