//! A whole file by range, for the app's own port: a pack to take along, a file that was added to a draft.

use std::fs::File;
use std::sync::{Arc, LazyLock};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::body::{Flow, PackBody};
use super::lanes::Lanes;
use super::range::{Asked, asked, names_tag};
use super::say;
use crate::packs::media::media_type;

/// Those who fetch whole files wait for each other, and not for lessons.
static LANES: LazyLock<Arc<Lanes>> = LazyLock::new(|| Arc::new(Lanes::new()));

/// A file that goes out as it lies.
pub struct Loose {
    /// The file.
    pub file: Arc<File>,
    /// Its length.
    pub bytes: u64,
    /// What it is called; tells its media type.
    pub name: String,
    /// Names these bytes: a hash of them.
    pub hash: String,
    /// Whether it shall be saved, and not shown.
    pub is_download: bool,
}

impl Loose {
    /// The answer to a request with these headers.
    pub fn give(self, headers: &HeaderMap) -> Response {
        let Self { file, bytes, name, hash, is_download } = self;
        let tag = format!("\"{hash}\"");
        let mut set = HeaderMap::new();
        set.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        set.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        set.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        // A drawing may hold anything; opened by itself it can do nothing.
        let nothing = "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; img-src 'self'; sandbox; frame-ancestors 'none'";
        set.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(nothing));
        say(&mut set, header::ETAG, tag.clone());
        if is_download {
            say(&mut set, header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""));
        }
        if names_tag(headers.get(header::IF_NONE_MATCH), &tag) {
            return (StatusCode::NOT_MODIFIED, set).into_response();
        }
        let (status, start, length) = match asked(headers, &tag, bytes) {
            Asked::Whole => (StatusCode::OK, 0, bytes),
            Asked::Part { start, length } => {
                say(&mut set, header::CONTENT_RANGE, format!("bytes {start}-{}/{bytes}", start + length - 1));
                (StatusCode::PARTIAL_CONTENT, start, length)
            }
            Asked::Beyond => {
                say(&mut set, header::CONTENT_RANGE, format!("bytes */{bytes}"));
                return (StatusCode::RANGE_NOT_SATISFIABLE, set).into_response();
            }
        };
        set.insert(header::CONTENT_LENGTH, length.into());
        set.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(&name)));
        let body = Body::new(PackBody::new(Flow::loose(file, start, length), LANES.clone()));
        (status, set, body).into_response()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use axum::body::to_bytes;

    use super::*;

    async fn give(asked: &[(header::HeaderName, &str)]) -> (u16, HeaderMap, Vec<u8>) {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"0123456789").unwrap();
        let wanted = Loose {
            file: Arc::new(file),
            bytes: 10,
            name: "a.mp3".into(),
            hash: "ab".into(),
            is_download: true,
        };
        let asked = asked.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap()));
        let (parts, body) = wanted.give(&asked.collect()).into_parts();
        (parts.status.as_u16(), parts.headers, to_bytes(body, 100).await.unwrap().to_vec())
    }

    #[tokio::test]
    async fn a_download_that_broke_off_goes_on_where_it_was() {
        let (status, headers, body) = give(&[]).await;
        assert_eq!((status, body.as_slice()), (200, &b"0123456789"[..]));
        assert_eq!(headers[header::CONTENT_TYPE], "audio/mpeg");
        assert_eq!(headers[header::CONTENT_DISPOSITION], "attachment; filename=\"a.mp3\"");
        let (status, headers, body) =
            give(&[(header::RANGE, "bytes=4-"), (header::IF_RANGE, "\"ab\"")]).await;
        assert_eq!((status, body.as_slice()), (206, &b"456789"[..]));
        assert_eq!(headers[header::CONTENT_RANGE], "bytes 4-9/10");
        let (status, _, body) =
            give(&[(header::RANGE, "bytes=4-"), (header::IF_RANGE, "\"of before\"")]).await;
        assert_eq!((status, body.len()), (200, 10), "another version begins anew");
        let (status, headers, _) = give(&[(header::RANGE, "bytes=10-")]).await;
        assert_eq!((status, &headers[header::CONTENT_RANGE]), (416, &HeaderValue::from_static("bytes */10")));
        assert_eq!(give(&[(header::IF_NONE_MATCH, "\"ab\"")]).await.0, 304);
    }
}
