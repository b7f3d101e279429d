//! The packs origin: pictures, sound, video and HTML pages, straight from the archives.
//!
//! What lies deflated goes out as it lies, framed as gzip; what lies stored goes out by range. Nothing here is from
//! people whom the school knows, so every reply carries the rules of a stranger's page, and there is no API, no sign-in
//! and no cookie on this port.

mod body;
mod lanes;
mod loose;
mod policy;
mod range;

use std::borrow::Cow;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

pub use self::loose::Loose;

use self::body::{Flow, PackBody};
use self::lanes::Lanes;
use self::policy::{Page, Policies};
use self::range::{Asked, accepts_gzip, asked, names_tag};
use super::Packs;
use super::index::Place;
use super::media::media_type;
use super::packed::Packed;
use crate::ids::to_hex;
use crate::web::ui;

/// What gzip begins with: deflate, no name, no time, unknown system (RFC 1952, 2.3).
const GZIP_HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
const GZIP_FRAME: u64 = 18;
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
/// Room for the headers of any answer; a map that grows is laid out anew.
const HEADERS: usize = 16;

#[derive(Clone)]
struct Serving {
    packs: Arc<Packs>,
    lanes: Arc<Lanes>,
    policies: Arc<Policies>,
}

/// The routes of the packs origin: `/<sha256 of the pack>/<path in the pack>`. `app_port` is where the app listens, the
/// only page that may show these in a frame.
pub fn router(packs: Arc<Packs>, app_port: u16) -> Router {
    let (lanes, policies) = (Arc::new(Lanes::new()), Arc::new(Policies::new(app_port)));
    let serving = Serving { packs, lanes, policies };
    Router::new().route("/reader/{*file}", get(reader)).fallback(answer).with_state(serving)
}

async fn answer(State(serving): State<Serving>, request: Request) -> Response {
    let (method, headers) = (request.method(), request.headers());
    let asked = split(request.uri());
    // Books are for reading: nothing in them runs, however their address is opened.
    let is_book = asked.as_ref().is_some_and(|(_, path)| path.starts_with("books/"));
    let page = if is_book { Page::Book } else { Page::Any };
    let mut response = match *method {
        Method::GET | Method::HEAD => {
            match asked.and_then(|(hash, path)| find(&serving, headers, hash, &path)) {
                Some(wanted) => give(wanted, method, headers, &serving.lanes),
                None => not_found(),
            }
        }
        Method::OPTIONS => (StatusCode::NO_CONTENT, [(header::ALLOW, "GET, HEAD, OPTIONS")]).into_response(),
        _ => (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD, OPTIONS")]).into_response(),
    };
    guard(response.headers_mut(), serving.policies.of(headers.get(header::HOST), page));
    response
}

/// Our own pages that show what browsers can't show by themselves. They stand on this origin, so that what a stranger's
/// document may do to them is of no use to it; they run no code but their own.
async fn reader(State(serving): State<Serving>, request: Request) -> Response {
    let headers = request.headers();
    let mut response = ui::show_reader(request.method(), request.uri(), headers);
    guard(response.headers_mut(), serving.policies.of(headers.get(header::HOST), Page::Reader));
    response
}

/// The pack's hash and the path in it.
fn split(uri: &Uri) -> Option<(&str, Cow<'_, str>)> {
    let (hash, path) = uri.path().strip_prefix('/')?.split_once('/')?;
    Some((hash, decode(path)?))
}

/// Percent signs are decoded once; what is left must be exactly the path of a file.
fn decode(path: &str) -> Option<Cow<'_, str>> {
    if !path.contains('%') {
        return Some(path.into());
    }
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
    String::from_utf8(bytes).ok().map(Cow::from)
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

/// A file that somebody asked for.
struct Wanted {
    packed: Arc<Packed>,
    place: Place,
    coding: Coding,
    media_type: &'static str,
    is_media: bool,
}

fn find(serving: &Serving, headers: &HeaderMap, hash: &str, path: &str) -> Option<Wanted> {
    let (packed, place) = serving.packs.public(hash, path)?;
    let coding = match (place.deflated, accepts_gzip(headers)) {
        (false, _) => Coding::Plain,
        (true, true) => Coding::Gzip,
        (true, false) => Coding::Inflated,
    };
    let is_media = path.starts_with("media/");
    Some(Wanted { packed, place, coding, media_type: media_type(path), is_media })
}

impl Wanted {
    /// Names these bytes. One tag for two codings would let a browser join gzip bytes with plain ones.
    fn tag(&self) -> String {
        let suffix = if self.coding == Coding::Gzip { "-gzip" } else { "" };
        format!("\"{}{suffix}\"", to_hex(&self.place.content))
    }

    /// Bytes of the whole file as it goes out.
    fn length(&self) -> u64 {
        match self.coding {
            Coding::Gzip => self.place.packed + GZIP_FRAME,
            Coding::Plain | Coding::Inflated => self.place.size,
        }
    }

    /// What all answers about it say.
    fn describe(&self, tag: &str) -> HeaderMap {
        let mut set = HeaderMap::with_capacity(HEADERS);
        set.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
        if let Ok(tag) = HeaderValue::try_from(tag) {
            set.insert(header::ETAG, tag);
        }
        if self.coding == Coding::Plain {
            set.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        } else {
            set.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        if self.is_media {
            // Captions are read by the app's own player, which is of another origin. Anybody may fetch media as it is.
            set.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        }
        set
    }

    fn flow(self, asked: Asked) -> Flow {
        let Self { packed, place, coding, .. } = self;
        match (coding, asked) {
            (Coding::Gzip, _) => Flow::framed(packed, place, &GZIP_HEAD, trailer(place)),
            (Coding::Inflated, _) => Flow::inflated(&packed, place),
            (Coding::Plain, Asked::Part { start, length }) => Flow::raw(packed, place.start + start, length),
            (Coding::Plain, _) => Flow::raw(packed, place.start, place.size),
        }
    }
}

fn give(wanted: Wanted, method: &Method, headers: &HeaderMap, lanes: &Arc<Lanes>) -> Response {
    let tag = wanted.tag();
    let mut set = wanted.describe(&tag);
    // A range of a coded file would be a range of coded bytes: those are given whole.
    let may_part = wanted.coding == Coding::Plain && method == Method::GET;
    let asked = if may_part { asked(headers, &tag, wanted.place.size) } else { Asked::Whole };
    let size = wanted.place.size;
    let (status, length) = match asked {
        _ if names_tag(headers.get(header::IF_NONE_MATCH), &tag) => (StatusCode::NOT_MODIFIED, None),
        Asked::Whole => (StatusCode::OK, Some(wanted.length())),
        Asked::Part { start, length } => {
            say(&mut set, header::CONTENT_RANGE, format!("bytes {start}-{}/{size}", start + length - 1));
            (StatusCode::PARTIAL_CONTENT, Some(length))
        }
        Asked::Beyond => {
            say(&mut set, header::CONTENT_RANGE, format!("bytes */{size}"));
            // Whoever asks for too much must not hear the same for a year.
            set.remove(header::CACHE_CONTROL);
            (StatusCode::RANGE_NOT_SATISFIABLE, None)
        }
    };
    let mut body = Body::empty();
    if let Some(length) = length {
        set.insert(header::CONTENT_LENGTH, length.into());
        set.insert(header::CONTENT_TYPE, HeaderValue::from_static(wanted.media_type));
        if wanted.coding == Coding::Gzip {
            set.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        if method == Method::GET {
            body = Body::new(PackBody::new(wanted.flow(asked), lanes.clone()));
        }
    }
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = set;
    response
}

fn say(set: &mut HeaderMap, name: HeaderName, value: String) {
    if let Ok(value) = HeaderValue::try_from(value) {
        set.insert(name, value);
    }
}

/// What gzip ends with: CRC-32 and the length modulo 2^32 (RFC 1952, 2.3.1).
fn trailer(place: Place) -> [u8; 8] {
    let length = place.size & u64::from(u32::MAX);
    (length << 32 | u64::from(place.crc)).to_le_bytes()
}

fn guard(headers: &mut HeaderMap, policy: HeaderValue) {
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(PERMISSIONS_POLICY, HeaderValue::from_static("camera=(), microphone=(), geolocation=()"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

#[cfg(test)]
mod tests;
