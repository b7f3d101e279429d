//! The packs origin, asked as browsers ask.

use std::io::Read;

use axum::http::Request as Asking;
use flate2::read::GzDecoder;
use tower::ServiceExt;

use super::*;
use crate::packs::compose::Plan;
use crate::packs::tests::{Shelfful, small_pack};
use crate::packs::{Pack, store::PackEntry, tree::Tree};

const HASH: &str = "5e1f";

/// A router over a pack that holds `film` as a stored and `picture` as a deflated file.
fn serving(tree: &Shelfful) -> Router {
    let mut file = tempfile::tempfile().unwrap();
    Plan::new(tree).unwrap().write(&mut file).unwrap();
    let row = PackEntry { bytes: 1, installed: true, ..PackEntry::default() };
    let packs = Packs::of_trees(Vec::new()).unwrap();
    packs.put(Pack::of_archive(Packed::judge(file).unwrap(), HASH.to_owned(), &row).unwrap());
    router(Arc::new(packs), 8080)
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

async fn ask(router: &Router, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Asking::builder().method(method).uri(path).header("host", "school.local:8081");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Answer { status: parts.status.as_u16(), headers: parts.headers, body }
}

fn address(path: &str) -> String {
    format!("/{HASH}/{path}")
}

fn film() -> Vec<u8> {
    (0..700_000_u32).map(|n| u8::try_from(n * 7 % 251).unwrap()).collect()
}

fn with_film() -> Shelfful {
    let mut tree = small_pack("1.0.0");
    tree.0.retain(|(path, _)| path != "media/x.mp4");
    tree.0.push(("media/x.mp4".to_owned(), film()));
    tree
}

#[tokio::test]
async fn a_deflated_file_comes_whole_in_both_codings_under_two_tags() {
    let tree = small_pack("1.0.0");
    let picture = tree.read("media/x.svg", 1 << 20).unwrap();
    let router = serving(&tree);
    let path = address("media/x.svg");
    let coded =
        ask(&router, "GET", &path, &[("accept-encoding", "gzip, deflate"), ("range", "bytes=0-9")]).await;
    assert_eq!((coded.status, coded.header("content-encoding")), (200, "gzip"));
    assert_eq!(coded.header("content-length"), coded.body.len().to_string());
    let mut plain = Vec::new();
    GzDecoder::new(&*coded.body).read_to_end(&mut plain).unwrap();
    assert_eq!(plain, picture);

    let inflated = ask(&router, "GET", &path, &[("accept-encoding", "identity")]).await;
    assert_eq!((inflated.status, inflated.header("content-encoding")), (200, ""));
    assert_eq!(inflated.header("content-length"), picture.len().to_string());
    assert_eq!(inflated.body, picture);
    assert_eq!(inflated.header("content-type"), "image/svg+xml");
    assert_ne!(coded.header("etag"), inflated.header("etag"));
    for answer in [&coded, &inflated] {
        assert_eq!(answer.header("vary"), "accept-encoding");
        assert_eq!(answer.header("accept-ranges"), "");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    }
    for (tag, coding, status) in [
        (coded.header("etag"), "gzip", 304),
        (inflated.header("etag"), "gzip;q=0", 304),
        (inflated.header("etag"), "gzip", 200),
        (coded.header("etag"), "br", 200),
        ("\"other\", *", "gzip", 304),
    ] {
        let again = ask(&router, "GET", &path, &[("if-none-match", tag), ("accept-encoding", coding)]).await;
        assert_eq!(again.status, status, "{tag} {coding}");
        assert!(status == 200 || again.body.is_empty());
    }
    for coding in ["gzip", "identity"] {
        let get = ask(&router, "GET", &path, &[("accept-encoding", coding)]).await;
        let head = ask(&router, "HEAD", &path, &[("accept-encoding", coding)]).await;
        assert!(head.body.is_empty());
        assert_eq!(head.headers, get.headers);
    }
}

#[tokio::test]
async fn a_stored_file_comes_by_range() {
    let router = serving(&with_film());
    let film = film();
    let path = address("media/x.mp4");
    let whole = ask(&router, "GET", &path, &[("accept-encoding", "gzip")]).await;
    assert_eq!((whole.status, &whole.body), (200, &film));
    assert_eq!(whole.header("accept-ranges"), "bytes");
    assert_eq!(whole.header("content-encoding"), "");
    let tag = whole.header("etag").to_owned();
    let last = film.len() - 1;
    for (range, if_range, status, part) in [
        ("bytes=0-0", None, 206, 0..1),
        ("bytes=0-", None, 206, 0..film.len()),
        ("bytes=5-9", Some(&*tag), 206, 5..10),
        ("bytes=5-9", Some("\"old\""), 200, 0..film.len()),
        ("bytes=699990-9999999", None, 206, 699_990..film.len()),
        ("bytes=130000-400000", None, 206, 130_000..400_001),
        ("bytes=-10", None, 206, film.len() - 10..film.len()),
        ("bytes=-9999999", None, 206, 0..film.len()),
        ("bytes=700000-", None, 416, 0..0),
        ("bytes=-0", None, 416, 0..0),
        ("bytes=99999999999999999999999-", None, 416, 0..0),
        ("bytes=9-5", None, 200, 0..film.len()),
        ("bytes=0-1,5-6", None, 200, 0..film.len()),
        ("bytes=a-b", None, 200, 0..film.len()),
        ("bytes=+1-2", None, 200, 0..film.len()),
        ("bytes=", None, 200, 0..film.len()),
        ("items=0-1", None, 200, 0..film.len()),
    ] {
        let mut headers = vec![("range", range)];
        headers.extend(if_range.map(|tag| ("if-range", tag)));
        let answer = ask(&router, "GET", &path, &headers).await;
        assert_eq!(answer.status, status, "{range}");
        assert_eq!(answer.body, film[part.clone()], "{range}");
        let wanted = match status {
            206 => format!("bytes {}-{}/{}", part.start, part.end - 1, last + 1),
            416 => format!("bytes */{}", last + 1),
            _ => String::new(),
        };
        assert_eq!(answer.header("content-range"), wanted, "{range}");
    }
}

#[tokio::test]
async fn questions_keys_and_teachers_notes_are_not_for_everybody() {
    let router = serving(&small_pack("1.0.0"));
    for (path, status) in [
        ("media/x.svg", 200),
        ("media/%78.svg", 200),
        ("pages/play.html", 200),
        ("items/a.json", 404),
        ("pages/read.md", 404),
        ("pack.json", 404),
        ("files.json", 404),
        ("mimetype", 404),
        ("media/../items/a.json", 404),
        ("media/%2e%2e/items/a.json", 404),
        ("media/%252e", 404),
        ("media/%zz", 404),
        ("media/%ff", 404),
        ("media/X.svg", 404),
        ("media/", 404),
        ("", 404),
    ] {
        assert_eq!(ask(&router, "GET", &address(path), &[]).await.status, status, "{path}");
    }
    for path in ["/", "/healthz", "/5e1f", "/0000/media/x.svg"] {
        assert_eq!(ask(&router, "GET", path, &[]).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn every_reply_carries_the_rules_of_a_strangers_page() {
    let router = serving(&small_pack("1.0.0"));
    for (method, path, status) in [
        ("GET", address("pages/play.html"), 200),
        ("GET", address("nothing"), 404),
        ("OPTIONS", address("media/x.svg"), 204),
        ("POST", address("media/x.svg"), 405),
        ("DELETE", address("media/x.svg"), 405),
    ] {
        let answer = ask(&router, method, &path, &[]).await;
        assert_eq!(answer.status, status, "{method}");
        assert!(
            answer
                .header("content-security-policy")
                .ends_with("frame-ancestors 'self' school.local:8080; base-uri 'self'")
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert!(answer.header("permissions-policy").contains("camera=()"));
        assert_eq!(answer.header("set-cookie"), "");
    }
}

#[tokio::test]
async fn nothing_in_a_book_runs() {
    let tree = with_film();
    let router = serving(&tree);
    for (path, runs) in [
        ("books/goat/one.xhtml", false),
        ("%62ooks/goat/one.xhtml", false),
        ("pages/play.html", true),
        ("apps/clock/index.html", true),
    ] {
        let answer = ask(&router, "GET", &address(path), &[]).await;
        let policy = answer.header("content-security-policy");
        assert_eq!(policy.contains("script-src 'none'"), !runs, "{path}: {policy}");
    }
}
