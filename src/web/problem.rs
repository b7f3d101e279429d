//! Errors as `application/problem+json` (RFC 9457). The only place that knows which status a kind of error is.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::collections::BTreeMap;

use crate::error::{Error, Kind};

/// What a client gets instead of an answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// A name for this kind of problem, for ever.
    pub r#type: String,
    /// The kind of trouble, as HTTP calls it.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// Stable; screens translate it.
    pub code: String,
    /// What happened and what to do next, in English, for clients without a sentence of their own for `code`.
    pub detail: String,
    /// Values for the translated sentence.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
}

fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::SignInNeeded => StatusCode::UNAUTHORIZED,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Full => StatusCode::INSUFFICIENT_STORAGE,
        Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = status(self.kind);
        if status.is_server_error() {
            tracing::error!(error = %self, "a request failed");
        }
        let problem = Problem {
            r#type: format!("tag:schoolhouse.example,2026:{}", self.code),
            title: status.canonical_reason().unwrap_or_default(),
            status: status.as_u16(),
            code: self.code.to_owned(),
            detail: self.message,
            params: self.params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        };
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response =
            (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        if matches!(self.kind, Kind::Unavailable | Kind::Full) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response
    }
}
