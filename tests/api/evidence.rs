//! What tablets send: kept once, in order, under its own student, marked by the box, and never blocked by nonsense.

use axum::http::Method;
use schoolhouse::evidence::{self, Note};
use schoolhouse::journal::{self, EntryKind};
use serde_json::{Value, json};

use crate::harness::TestBox;
use crate::tablet::{COURSE, LESSON, Tablet, answer, key, open, right, ticket, way, wrong};

/// How many entries came from tablets.
async fn entries(school: &TestBox) -> usize {
    let all = school.app.journal.read(|connection| journal::newest(connection, 10_000)).await.unwrap();
    all.iter().filter(|entry| entry.client.is_some()).count()
}

async fn newest(school: &TestBox, kind: EntryKind) -> Vec<journal::Entry> {
    let all = school.app.journal.read(|connection| journal::newest(connection, 1_000)).await.unwrap();
    all.into_iter().filter(|entry| entry.kind == kind).collect()
}

fn scores(activity: &Value) -> Vec<Value> {
    activity["items"].as_array().unwrap().iter().map(|item| item["score"].clone()).collect()
}

#[tokio::test]
async fn an_answer_is_kept_once_however_often_it_is_sent_and_over_a_restart() {
    let school = TestBox::open();
    let amina = school.student("Amina").await;
    let ticket = ticket(&amina).await;
    let activity = amina.get(&way("try")).await.expect(200);
    let mut tablet = Tablet::new(&amina, 1);
    let batch = vec![open(&ticket, "try", 1), right(&ticket, &activity, 0), wrong(&ticket, &activity, 1)];
    tablet.deliver(batch.clone()).await;
    let (kept, shown) = (entries(&school).await, amina.get(&way("try")).await.expect(200));
    assert_eq!(scores(&shown)[..3], [json!(1.0), json!(0.0), Value::Null]);

    // The reply was lost: the tablet sends all of it again, and one more behind.
    tablet.next = 1;
    let mut again = batch;
    again.push(right(&ticket, &activity, 2));
    tablet.deliver(again).await;
    assert_eq!(entries(&school).await, kept + 1);

    let school = school.restart().await;
    tablet.next = 4;
    tablet.deliver(vec![right(&ticket, &activity, 2), right(&ticket, &activity, 3)]).await;
    assert_eq!(entries(&school).await, kept + 2);
    let shown = amina.get(&way("try")).await.expect(200);
    assert_eq!(scores(&shown)[..5], [json!(1.0), json!(0.0), json!(1.0), json!(1.0), Value::Null]);
}

#[tokio::test]
async fn an_answer_counts_for_the_student_of_its_ticket_whoever_is_signed_in() {
    let school = TestBox::open();
    let (amina, brian) = (school.student("Amina").await, school.student("Brian").await);
    let ticket_of_brian = ticket(&brian).await;
    let questions_of_brian = brian.get(&way("try")).await.expect(200);
    // Brian's answers were left on the tablet on which Amina signed in.
    let mut tablet = Tablet::new(&amina, 1);
    tablet.deliver(vec![right(&ticket_of_brian, &questions_of_brian, 0)]).await;
    assert_eq!(scores(&brian.get(&way("try")).await.expect(200))[0], 1.0);
    assert_eq!(scores(&amina.get(&way("try")).await.expect(200))[0], Value::Null);
    // Nobody needs to be signed in for it.
    let mut nobody = Tablet::new(&school.browser(), 2);
    nobody.deliver(vec![right(&ticket_of_brian, &questions_of_brian, 1)]).await;
    assert_eq!(scores(&brian.get(&way("try")).await.expect(200))[1], 1.0);
}

#[tokio::test]
async fn the_box_marks_by_itself_and_the_first_answer_to_a_place_counts() {
    let school = TestBox::open();
    let amina = school.student("Amina").await;
    let ticket = ticket(&amina).await;
    let activity = amina.get(&way("try")).await.expect(200);
    let mut tablet = Tablet::new(&amina, 1);
    // The tablet claims a right answer that is none; then another tablet sends a right one.
    tablet.deliver(vec![answer(&ticket, &activity, 0, &json!("nonsense"), 1.0)]).await;
    let mut other = Tablet::new(&amina, 2);
    other.deliver(vec![right(&ticket, &activity, 0)]).await;
    assert_eq!(scores(&amina.get(&way("try")).await.expect(200))[0], 0.0);
    let kept: Vec<evidence::Answer> =
        newest(&school, EntryKind::ANSWER).await.iter().map(|entry| entry.read().unwrap()).collect();
    assert_eq!((kept[0].score, kept[0].marked, kept[0].tablet_score), (0, true, Some(1_000)));
    assert_eq!((kept[1].score, kept[1].marked, kept[1].tablet_score), (1_000, true, None));
    assert_eq!(kept[1].response, key(&activity["items"][0]["item"]).to_string().into_bytes());
    assert!(!kept[1].skills.is_empty() && !kept[1].check);
}

#[tokio::test]
async fn what_is_no_batch_is_refused_and_changes_nothing() {
    let school = TestBox::open();
    let amina = school.student("Amina").await;
    let ticket = ticket(&amina).await;
    let activity = amina.get(&way("try")).await.expect(200);
    let good = |n: u64| {
        let mut entry = right(&ticket, &activity, 0);
        entry["n"] = json!(n);
        entry
    };
    let with = |field: &str, value: Value| {
        let mut entry = good(1);
        entry[field] = value;
        json!({ "client": "9f0c3a0000000001", "entries": [entry] })
    };
    let numbers = |numbers: &[u64]| {
        let entries: Vec<Value> = numbers.iter().map(|n| good(*n)).collect();
        json!({ "client": "9f0c3a0000000001", "entries": entries })
    };
    let many: Vec<u64> = (1..=201).collect();
    let mut large = numbers(&[1, 2]);
    large["entries"][0]["response"] = json!("x".repeat(256 * 1024));
    let unreadable = "request.unreadable";
    let before = entries(&school).await;
    for (what, body, status, code) in [
        ("no object", json!([]), 422, unreadable),
        ("no client", json!({ "entries": [good(1)] }), 422, unreadable),
        ("a short client", json!({ "client": "9f0c", "entries": [good(1)] }), 422, unreadable),
        (
            "a client of letters",
            json!({ "client": "zzzzzzzzzzzzzzzz", "entries": [good(1)] }),
            422,
            unreadable,
        ),
        ("entries that are none", json!({ "client": "9f0c3a0000000001", "entries": "all" }), 422, unreadable),
        ("no entry", numbers(&[]), 422, "evidence.empty"),
        ("a number that is text", with("n", json!("1")), 422, unreadable),
        ("a negative number", with("n", json!(-1)), 422, unreadable),
        ("number 0", with("n", json!(0)), 422, "evidence.number-wrong"),
        ("a number above 2^53", with("n", json!((1_u64 << 53) + 1)), 422, "evidence.number-wrong"),
        ("a gap", numbers(&[1, 3]), 422, "evidence.gap"),
        ("backwards", numbers(&[2, 1]), 422, "evidence.gap"),
        ("twice the same", numbers(&[1, 1]), 422, "evidence.gap"),
        ("a negative ago", with("ago", json!(-5)), 422, unreadable),
        ("an ago that is text", with("ago", json!("long")), 422, unreadable),
        ("a ticket that is a number", with("ticket", json!(7)), 422, unreadable),
        ("a type that is null", with("type", Value::Null), 422, unreadable),
        ("201 entries", numbers(&many), 413, "evidence.too-many"),
        ("more than 256 KB", large, 413, "request.too-large"),
    ] {
        let answer = amina.post("/api/v1/evidence", body).await;
        println!("{what}");
        answer.refused(status, code);
    }
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    for (body, status, code) in [
        ("{".to_owned(), 422, unreadable),
        (deep, 422, unreadable),
        ("x".repeat(2 << 20), 413, "request.too-large"),
    ] {
        let answer =
            amina.send(Method::POST, "/api/v1/evidence", Some("application/json"), body.into()).await;
        answer.refused(status, code);
    }
    assert_eq!(entries(&school).await, before);
    // Number 1 of that browser is still free.
    amina.post("/api/v1/evidence", numbers(&[1])).await.expect(200);
}

#[tokio::test]
async fn what_can_not_be_understood_is_kept_as_a_note_and_blocks_nothing() {
    let school = TestBox::open();
    let (amina, brian) = (school.student("Amina").await, school.student("Brian").await);
    let (ticket, ticket_of_brian) = (ticket(&amina).await, ticket(&brian).await);
    let activity = amina.get(&way("try")).await.expect(200);
    let questions_of_brian = brian.get(&way("try")).await.expect(200);
    let with = |field: &str, value: Value| {
        let mut entry = right(&ticket, &activity, 0);
        entry[field] = value;
        entry
    };
    let mut forged = ticket.clone();
    forged.replace_range(40..41, if &ticket[40..41] == "0" { "1" } else { "0" });
    // Amina's ticket with her own numbers in the place of Brian's student id.
    let swapped = format!("{}{}", &ticket_of_brian[..32], &ticket[32..]);
    let mut other_run = right(&ticket, &activity, 0);
    other_run["run"] = json!(2);
    let cases = vec![
        ("evidence.ticket-unknown", with("ticket", json!("nonsense"))),
        ("evidence.ticket-unknown", with("ticket", json!(""))),
        ("evidence.ticket-unknown", with("ticket", json!(forged))),
        ("evidence.ticket-unknown", with("ticket", json!(swapped))),
        ("evidence.type-unknown", with("type", json!("dance"))),
        ("evidence.course-unknown", with("course", json!("org.example.gone"))),
        ("evidence.activity-unknown", with("lesson", json!("gone"))),
        ("evidence.activity-unknown", with("lesson", json!("~gone"))),
        ("evidence.activity-unknown", with("activity", json!("gone"))),
        ("evidence.run-unknown", with("run", json!(0))),
        ("evidence.run-unknown", with("run", json!(4_000_000_000_u32))),
        ("evidence.place-wrong", with("place", json!(4_000_000_000_u32))),
        ("evidence.place-wrong", with("item", json!("gone"))),
        ("evidence.seed-foreign", with("seed", json!(1))),
        ("evidence.seed-foreign", other_run),
        ("evidence.seed-foreign", right(&ticket, &questions_of_brian, 0)),
        ("evidence.version-unknown", with("version", json!(99))),
        ("evidence.response-long", with("response", json!("ñ".repeat(5_000)))),
        ("evidence.fields-wrong", with("place", json!("three"))),
        ("evidence.fields-wrong", with("seed", json!(-1))),
        ("evidence.fields-wrong", with("milliseconds", json!({ "a": 1 }))),
        (
            "evidence.course-unknown",
            json!({ "ticket": ticket, "type": "open", "course": "x", "lesson": "x", "activity": "x", "run": 1, "ago": 0 }),
        ),
        ("evidence.fields-wrong", json!({ "ticket": ticket, "type": "read", "ago": 0 })),
    ];
    let mut tablet = Tablet::new(&amina, 1);
    let mut batch: Vec<Value> = cases.iter().map(|(_, entry)| entry.clone()).collect();
    batch.push(right(&ticket, &activity, 1));
    tablet.deliver(batch).await;

    let notes: Vec<Note> =
        newest(&school, EntryKind::NOTE).await.iter().map(|entry| entry.read().unwrap()).collect();
    let codes: Vec<&str> = notes.iter().map(|note| note.code.as_str()).collect();
    assert_eq!(codes, cases.iter().map(|(code, _)| *code).collect::<Vec<_>>());
    for note in &notes {
        assert!(note.text.len() <= 2_000);
        assert!(!note.text.contains(&ticket) && !note.text.contains("ticket"), "a note holds a ticket");
    }
    let shown = amina.get(&way("try")).await.expect(200);
    assert_eq!(scores(&shown)[..2], [Value::Null, json!(1.0)]);
    assert_eq!(scores(&brian.get(&way("try")).await.expect(200))[0], Value::Null);
}

#[tokio::test]
async fn one_entry_that_is_far_too_large_goes_through_alone() {
    let school = TestBox::open();
    let amina = school.student("Amina").await;
    let ticket = ticket(&amina).await;
    let activity = amina.get(&way("try")).await.expect(200);
    let mut tablet = Tablet::new(&amina, 1);
    tablet.deliver(vec![answer(&ticket, &activity, 0, &json!("x".repeat(300 * 1024)), 0.0)]).await;
    tablet.deliver(vec![right(&ticket, &activity, 1)]).await;
    assert_eq!(newest(&school, EntryKind::NOTE).await.len(), 1);
}

#[tokio::test]
async fn clocks_of_1970_and_2099_lose_nothing_and_keep_the_order() {
    let school = TestBox::open();
    let amina = school.student("Amina").await;
    let ticket = ticket(&amina).await;
    let activity = amina.get(&way("try")).await.expect(200);
    let mut tablet = Tablet::new(&amina, 1);
    for (place, (wall, ago)) in
        [(0, 0_u64), (4_070_908_800_000, 5), (0, 1_790_000_000_000), (1_795_420_800_000, 1 << 53)]
            .into_iter()
            .enumerate()
    {
        school.hands.set_wall(wall);
        let mut entry = right(&ticket, &activity, place);
        entry["ago"] = json!(ago);
        tablet.deliver(vec![entry]).await;
    }
    let shown = amina.get(&way("try")).await.expect(200);
    assert_eq!(scores(&shown)[..5], [json!(1.0), json!(1.0), json!(1.0), json!(1.0), Value::Null]);
    let kept = newest(&school, EntryKind::ANSWER).await;
    let stamps: Vec<_> = kept.iter().map(|entry| entry.hlc).collect();
    assert!(stamps.is_sorted(), "{stamps:?}");
    let year = 400 * 24 * 60 * 60 * 1_000_u64;
    assert!(kept.iter().all(|entry| entry.read::<evidence::Answer>().unwrap().ago <= year));
    let home = amina.get("/api/v1/home").await.expect(200);
    assert_eq!(home["continue"]["done"], 4);
    assert_eq!((&home["continue"]["course"], &home["continue"]["lesson"]), (&json!(COURSE), &json!(LESSON)));
}

#[tokio::test]
async fn a_stranger_does_not_fill_the_disk_and_holds_nobody_up() {
    let school = TestBox::open();
    let amina = school.student("Amina").await;
    let ticket = ticket(&amina).await;
    let activity = amina.get(&way("try")).await.expect(200);
    let made_up = || answer(&"0".repeat(64), &activity, 0, &json!("x".repeat(1_500)), 0.0);
    let mut stranger = Tablet::new(&school.browser(), 1);
    let mut taken = 0;
    let refused = loop {
        let sent = stranger.send((0..100).map(|_| made_up()).collect()).await;
        if sent.status != 200 {
            break sent;
        }
        taken += 100;
        assert!(taken < 2_000, "no end to it");
    };
    refused.refused(429, "evidence.too-much");
    assert!(taken > 500, "an honest tablet of another school got no room: {taken}");
    assert_eq!(entries(&school).await, taken);
    let mut other = Tablet::new(&school.browser(), 2);
    other.send(vec![made_up()]).await.refused(429, "evidence.too-much");

    // A student's tablet goes on, also with something on it that nobody knows.
    let mut tablet = Tablet::new(&amina, 3);
    tablet.deliver(vec![made_up(), right(&ticket, &activity, 0)]).await;
    assert_eq!(scores(&amina.get(&way("try")).await.expect(200))[0], 1.0);
    school.hands.advance(60 * 60 * 1_000);
    (stranger.next, other.next) = (1 + taken as u64, 1);
    stranger.deliver(vec![made_up()]).await;
    other.deliver(vec![made_up()]).await;
}

#[tokio::test]
async fn tablets_that_send_at_once_lose_nothing_and_mix_nothing_up() {
    let school = TestBox::open();
    let amina = school.student("Amina").await;
    let ticket = ticket(&amina).await;
    let activity = amina.get(&way("try")).await.expect(200);
    let mut sending = tokio::task::JoinSet::new();
    for name in 0..8 {
        let (browser, entry) = (amina.clone(), right(&ticket, &activity, usize::from(name)));
        sending.spawn(async move {
            let mut tablet = Tablet::new(&browser, name);
            tablet.deliver(vec![entry]).await;
        });
    }
    while let Some(sent) = sending.join_next().await {
        sent.unwrap();
    }
    let shown = amina.get(&way("try")).await.expect(200);
    assert_eq!(scores(&shown), vec![json!(1.0); 8]);
}
