//! Files from a phone, in pieces.

use axum::http::Method;
use serde_json::{Value, json};

use super::stick::{ID, pack};
use super::{add, until, version};
use crate::harness::{Answer, Browser, TestBox};

const UPLOADS: &str = "/api/v1/library/uploads";

async fn begin(browser: &Browser, name: &str, bytes: usize) -> String {
    let begun = browser.post(UPLOADS, json!({ "name": name, "bytes": bytes })).await.expect(201);
    assert_eq!(begun["received"], 0);
    format!("{UPLOADS}/{}", begun["id"].as_str().unwrap())
}

async fn send(browser: &Browser, upload: &str, offset: usize, bytes: &[u8]) -> Answer {
    let path = format!("{upload}?offset={offset}");
    browser.send(Method::PATCH, &path, Some("application/octet-stream"), bytes.to_vec().into()).await
}

#[tokio::test]
async fn a_file_from_a_phone_goes_on_where_it_broke_off_and_becomes_a_course() {
    let school = TestBox::open();
    let teacher = school.teacher().await;
    let bytes = pack("1.0.0");
    let upload = begin(&teacher, "sums.schoolpack", bytes.len()).await;
    assert_eq!(send(&teacher, &upload, 0, &bytes[..1_000]).await.expect(200)["received"], 1_000);
    let right = send(&teacher, &upload, 900, &bytes[900..]).await.refused(409, "library.upload-offset");
    assert_eq!(right["received"], "1000");

    let school = school.restart().await;
    let told = teacher.send(Method::HEAD, &upload, None, "".into()).await;
    assert_eq!(told.headers["upload-offset"], "1000");
    let page = teacher.get("/api/v1/library").await.expect(200);
    assert_eq!(
        (&page["uploads"][0]["received"], &page["uploads"][0]["name"]),
        (&json!(1_000), &json!("sums.schoolpack"))
    );
    assert_eq!(send(&teacher, &upload, 1_000, &bytes[1_000..]).await.expect(200)["received"], bytes.len());
    assert_eq!(
        teacher.get(&upload).await.expect(200)["received"],
        bytes.len(),
        "for whom the last answer was lost"
    );

    let added = add(&school, &teacher, "sums.schoolpack").await;
    assert_eq!(added["state"], "done", "{added}");
    assert_eq!(version(&teacher).await.as_deref(), Some("1.0.0"));
    let page = until(&school, &teacher, "the file is gone", |page| page["offers"] == json!([])).await;
    assert_eq!(page["uploads"], json!([]));
    let left = walk(&school.data().join("tmp"));
    assert_eq!(left, 0, "nothing lies on the card twice");
    assert_eq!(added["course"], ID);
}

/// How many files lie in a folder.
fn walk(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { walk(&path) } else { 1 }).sum()
}

#[tokio::test]
async fn the_bounds_of_an_upload_are_told_and_what_is_not_wanted_goes() {
    let school = TestBox::open();
    let teacher = school.teacher().await;
    let refused = |bytes: u64| {
        let teacher = &teacher;
        async move { teacher.post(UPLOADS, json!({ "name": "a.pdf", "bytes": bytes })).await }
    };
    refused(0).await.refused(422, "library.upload-empty");
    refused(1 << 60).await.refused(507, "library.no-room");
    let upload = begin(&teacher, "film.mp4", 20_000_000).await;
    let piece = vec![0; 9 << 20];
    send(&teacher, &upload, 0, &piece).await.refused(413, "request.too-large");
    let received = teacher.get(&upload).await.expect(200)["received"].as_u64().unwrap();
    assert!(received <= 8 << 20, "{received} bytes of a piece that is too large");
    let small = begin(&teacher, "a.txt", 3).await;
    send(&teacher, &small, 0, b"four").await.refused(422, "library.upload-long");
    for one in [&upload, &small] {
        assert_eq!(teacher.delete(one).await.status.as_u16(), 204);
        teacher.get(one).await.refused(404, "library.upload-unknown");
        send(&teacher, one, 0, b"x").await.refused(404, "library.upload-unknown");
    }
    let assistant = school.assistant().await;
    assistant.post(UPLOADS, json!({ "name": "a", "bytes": 1 })).await.refused(403, "people.not-allowed");

    let bytes = pack("1.0.0");
    let upload = begin(&teacher, "sums.schoolpack", bytes.len()).await;
    send(&teacher, &upload, 0, &bytes).await.expect(200);
    let page =
        until(&school, &teacher, "it is offered", |page| page["offers"].as_array().unwrap().len() == 1).await;
    let offer: &Value = &page["offers"][0]["id"];
    assert_eq!(
        teacher.delete(&format!("/api/v1/library/offers/{}", offer.as_str().unwrap())).await.status.as_u16(),
        204
    );
    until(&school, &teacher, "it is gone", |page| page["offers"] == json!([])).await;
}
