//! Packs that the district gives: a box brings them to itself, only what it lacks, from the nearest place, and goes on after a cut.

use std::fs;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::boxes::join;
use super::program::{Person, Program, command, new_data, set_up};
use super::start::write_small_pack;
use super::sync::{HubProgram, hub_command, said};

/// Lessons in the pack.
const LESSONS: usize = 50;

/// A way to a hub that counts what comes back, and is cut once after so many bytes.
struct Counting {
    port: u16,
    came: Arc<AtomicU64>,
}

impl Counting {
    fn to(hub: u16, cut_after: Option<u64>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let came = Arc::new(AtomicU64::new(0));
        let counted = came.clone();
        thread::spawn(move || {
            let cut = Arc::new(AtomicU64::new(cut_after.unwrap_or(u64::MAX)));
            for near in listener.incoming().flatten() {
                let Ok(far) = TcpStream::connect(("127.0.0.1", hub)) else { continue };
                let (mut up, mut to) = (near.try_clone().unwrap(), far.try_clone().unwrap());
                thread::spawn(move || {
                    let _ = std::io::copy(&mut up, &mut to);
                    let _ = to.shutdown(Shutdown::Write);
                });
                let (counted, cut) = (counted.clone(), cut.clone());
                thread::spawn(move || carry(far, near, &counted, &cut));
            }
        });
        Self { port, came }
    }
}

fn carry(mut far: TcpStream, mut near: TcpStream, counted: &AtomicU64, cut: &AtomicU64) {
    let mut piece = [0; 4_096];
    while let Ok(count @ 1..) = far.read(&mut piece) {
        let total = counted.fetch_add(count as u64, Ordering::SeqCst) + count as u64;
        if total > cut.load(Ordering::SeqCst) {
            cut.store(u64::MAX, Ordering::SeqCst);
            break;
        }
        if near.write_all(&piece[..count]).is_err() {
            break;
        }
    }
    let _ = (far.shutdown(Shutdown::Both), near.shutdown(Shutdown::Both));
}

/// Words that no two pages share, so that they can't be packed well.
fn words(seed: u64) -> String {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    (0..6_000).fold(String::new(), |text, _| text + &format!("{:08x} ", next()))
}

fn write_pack(folder: &Path, version: &str, changed: Option<usize>) {
    write_small_pack(folder);
    let manifest = fs::read_to_string(folder.join("pack.json")).unwrap().replace("1.0.0", version);
    fs::write(folder.join("pack.json"), manifest).unwrap();
    let lesson = |number: usize| {
        json!({ "id": format!("l{number}"), "title": "Sums", "picture": "media/cover.svg", "minutes": 10,
            "skills": ["add"], "teacherNotes": "pages/read.md", "offTablet": "pages/read.md", "activities": [
                { "id": "read", "kind": "page", "title": "Read", "page": format!("pages/l{number}.md") },
                { "id": "try", "kind": "practice", "title": "Try", "items": ["sum"] }] })
    };
    let lessons: Vec<Value> = (0..LESSONS).map(lesson).collect();
    let outline = json!({ "units": [{ "id": "u", "title": "Unit", "lessons": lessons }] });
    fs::write(folder.join("outline.json"), outline.to_string()).unwrap();
    for number in 0..LESSONS {
        let seed = if changed == Some(number) { 1_000 } else { number as u64 };
        fs::write(folder.join(format!("pages/l{number}.md")), format!("# Sums\n\n{}\n", words(seed)))
            .unwrap();
    }
}

/// Builds a pack and hands it to the hub.
fn publish(dir: &Path, hub_data: &Path, version: &str, changed: Option<usize>) -> u64 {
    let (folder, file) = (dir.join(version), dir.join(format!("{version}.schoolpack")));
    write_pack(&folder, version, changed);
    said(command(dir).arg("pack").arg("build").arg(&folder).arg("--output").arg(&file));
    said(hub_command(hub_data).arg("pack").arg(&file));
    fs::metadata(file).unwrap().len()
}

fn enrol(head: &mut Person, port: u16, hub: u16, hub_data: &Path) {
    let code = said(hub_command(hub_data).args(["invite", "Hill School"]));
    let wanted = json!({ "url": format!("http://127.0.0.1:{hub}"), "code": code.lines().next().unwrap() });
    head.put(port, "/api/v1/sync/hub", &wanted).unwrap();
}

fn sync(head: &mut Person, port: u16) {
    let _ = head.post(port, "/api/v1/sync", &json!({}));
}

fn version_of(head: &Person, port: u16) -> Option<String> {
    let facts = head.get(port, "/api/v1/box").unwrap();
    let packs = facts["packs"].as_array().unwrap();
    let found = packs.iter().find(|pack| pack["id"] == "org.example.one")?;
    found["version"].as_str().map(str::to_owned)
}

/// Waits until a box has that edition; asks it to sync now and then, as the clock would.
fn await_version(head: &mut Person, port: u16, wanted: &str) {
    let mut round = 0;
    while version_of(head, port).as_deref() != Some(wanted) {
        round += 1;
        if round % 20 == 0 {
            sync(head, port);
        }
        thread::park_timeout(Duration::from_millis(100));
        let jobs = || head.get(port, "/api/v1/library").unwrap()["jobs"].to_string();
        assert!(round < 300, "{wanted} did not come: {}", jobs());
    }
}

#[test]
fn a_pack_that_the_district_gives_comes_to_the_class_and_its_update_costs_what_changed() {
    let ((_box, data), (hub_dir, hub_data)): ((_, PathBuf), (_, PathBuf)) = (new_data(), new_data());
    let program = Program::start(&data);
    let (mut head, _) = set_up(&program, 1);
    let hub = HubProgram::start_on(&hub_data, 0);
    let bytes = publish(hub_dir.path(), &hub_data, "1.0.0", None);
    // The line breaks in the middle of it.
    let line = Counting::to(hub.port, Some(bytes / 2));
    enrol(&mut head, program.port, line.port, &hub_data);
    sync(&mut head, program.port);
    assert_eq!(version_of(&head, program.port), None, "nobody gave it yet");
    said(hub_command(&hub_data).args(["give", "org.example.one"]));
    sync(&mut head, program.port);
    await_version(&mut head, program.port, "1.0.0");
    let came = line.came.swap(0, Ordering::SeqCst);
    assert!(came < bytes * 3 / 2, "{came} bytes came for {bytes}: it went on after the cut");

    let bytes = publish(hub_dir.path(), &hub_data, "1.1.0", Some(7));
    sync(&mut head, program.port);
    await_version(&mut head, program.port, "1.1.0");
    let came = line.came.load(Ordering::SeqCst);
    assert!(came * 20 <= bytes, "an update of one lesson of {LESSONS} took {came} of {bytes} bytes");

    // What a teacher took off the box stays away.
    head.delete(program.port, "/api/v1/library/packs/org.example.one").unwrap();
    for _ in 0..30 {
        thread::park_timeout(Duration::from_millis(100));
        if version_of(&head, program.port).is_none() {
            break;
        }
    }
    sync(&mut head, program.port);
    thread::park_timeout(Duration::from_millis(500));
    assert_eq!(version_of(&head, program.port), None);
}

#[test]
fn a_third_box_gets_a_pack_from_the_second_while_the_hub_is_away() {
    let ((_a, first_data), (_b, second_data), (hub_dir, hub_data)) = (new_data(), new_data(), new_data());
    let first = Program::start(&first_data);
    let (mut head, _) = set_up(&first, 1);
    let hub = HubProgram::start_on(&hub_data, 0);
    publish(hub_dir.path(), &hub_data, "1.0.0", None);
    enrol(&mut head, first.port, hub.port, &hub_data);
    said(hub_command(&hub_data).args(["give", "org.example.one", "--to", "Hill School"]));
    sync(&mut head, first.port);
    await_version(&mut head, first.port, "1.0.0");
    drop(hub);
    let second = Program::start(&second_data);
    let mut second_head = join(&second, &first, &mut head);
    await_version(&mut second_head, second.port, "1.0.0");
    let (_c, third_data) = new_data();
    let third = Program::start(&third_data);
    let mut third_head = join(&third, &second, &mut second_head);
    drop(first);
    await_version(&mut third_head, third.port, "1.0.0");
}
