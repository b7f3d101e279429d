//! The guard against foreign pages.
//!
//! Packs are served on another port of the same host, and browsers send this host's cookies along from there, strict ones
//! too: ports are one site. What a foreign page can't do is claim our `Origin`, or send a header of ours without asking
//! first. So every request that changes something needs both.

use axum::extract::Request;
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::error::{Error, Kind};

/// A header that a plain form can't send.
pub(super) const OURS: &str = "schoolhouse-request";

/// Refuses requests that change something and do not come from our own pages.
pub async fn refuse_foreign(request: Request, next: Next) -> Response {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
    if changes && !is_ours(&request) {
        let sentence = "This request did not come from a page of this box.";
        return Error::new(Kind::Forbidden, "request.foreign", sentence).into_response();
    }
    next.run(request).await
}

/// Programs without a browser send no `Origin`; they carry no stolen cookie either.
fn is_ours(request: &Request) -> bool {
    let headers = request.headers();
    if !headers.contains_key(OURS) {
        return false;
    }
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let mut hosts = headers.get_all(header::HOST).iter();
    match (origins.next(), hosts.next(), origins.next(), hosts.next()) {
        (None, _, None, _) => true,
        (Some(origin), Some(host), None, None) => {
            let (origin, host) = (origin.as_bytes(), host.as_bytes());
            origin.strip_prefix(b"http://").or(origin.strip_prefix(b"https://")) == Some(host)
        }
        // Two of one kind: who sends that wants to be two.
        _ => false,
    }
}
