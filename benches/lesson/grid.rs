//! The grid of a large class: sixty students, a hundred skills, ten answers in each cell.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use schoolhouse::app::{App, Start};
use schoolhouse::db::Urgency;
use schoolhouse::evidence::{Answer, SkillShare, Spot};
use schoolhouse::files::DataDir;
use schoolhouse::ids::StudentId;
use schoolhouse::journal::{Draft, EntryKind, Stage};
use schoolhouse::web::Stop;
use serde_json::{Value, json};

use crate::server::Server;

const STUDENTS: usize = 60;
const SKILLS: u32 = 100;
const ANSWERS: u32 = 10;
const COURSE: &str = "org.example.many";

pub(crate) fn measure(directory: &Path) {
    let data = directory.join("data");
    let students = Server::start(&data).set_up(STUDENTS);
    let students: Vec<StudentId> =
        students.iter().map(|row| row["id"].as_str().expect("an id").parse().expect("an id")).collect();
    let pack = write_pack(&directory.join("pack"));
    let installed = Command::new(env!("CARGO_BIN_EXE_schoolhouse"))
        .args(["pack", "install", "--accept", "errors"])
        .arg(&pack)
        .arg("--data")
        .arg(&data)
        .output()
        .expect("the program");
    assert!(installed.status.success(), "{}", String::from_utf8_lossy(&installed.stderr));
    fill(&data, &students);

    let server = Server::start(&data);
    let (mut head, class) = crate::head(server.port);
    let way = format!("/api/v1/classes/{class}/skills?course={COURSE}");
    for what in ["after a start", "again"] {
        let begun = Instant::now();
        let grid = head.get(&way);
        let took = begun.elapsed().as_secs_f64() * 1_000.0;
        let cells: usize = rows(&grid).map(|row| row["cells"].as_array().map_or(0, Vec::len)).sum();
        assert_eq!(cells, STUDENTS * SKILLS as usize, "cells are missing");
        println!(
            "grid of {STUDENTS} students and {SKILLS} skills, {what}: {took:.0} ms, {} KB",
            grid.to_string().len() / 1_024
        );
    }
}

fn rows(grid: &Value) -> impl Iterator<Item = &Value> {
    grid["students"].as_array().into_iter().flatten()
}

fn fill(data: &Path, students: &[StudentId]) {
    let (_stop, stopping) = Stop::new();
    let app = App::open(Start::offline(DataDir::open(data).expect("a directory"), stopping)).expect("an app");
    for student in students {
        let student = *student;
        let write = move |stage: &mut Stage| {
            (0..SKILLS * ANSWERS).try_for_each(|number| {
                stage.append(Draft::new(EntryKind::ANSWER, &answer(student, number))).map(drop)
            })
        };
        app.journal.write_blocking(Urgency::Now, write).expect("the disk");
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(app.journal.fold(Urgency::Now)).expect("the views");
}

fn answer(student: StudentId, number: u32) -> Answer {
    Answer {
        student,
        spot: Spot { course: COURSE.into(), lesson: "~practice".into(), activity: "~all".into(), run: 1 },
        place: number,
        item: format!("i{}", number % SKILLS),
        item_version: 1,
        seed: number.into(),
        response: b"7".to_vec(),
        score: if number.wrapping_mul(2_654_435_761) >> 30 == 0 { 0 } else { 1_000 },
        marked: true,
        tablet_score: None,
        guess: 0,
        skills: vec![SkillShare { id: format!("s{}", number % SKILLS), weight: 1_000 }],
        check: false,
        milliseconds: 5_000,
        hints: 0,
        tries: 1,
        ago: 0,
        pack_version: "1.0.0".into(),
        pack_hash: [0; 8],
        difficulty: None,
        partner: None,
    }
}

fn write_pack(tree: &Path) -> std::path::PathBuf {
    let ids = || (0..SKILLS).map(|number| format!("s{number}"));
    let skills: Vec<Value> =
        ids().map(|id| json!({ "id": id, "name": format!("Skill {id}"), "can": "I can do this." })).collect();
    let items: Vec<Value> = (0..SKILLS)
        .map(|number| {
            json!({ "id": format!("i{number}"), "type": "number", "skills": [format!("s{number}")], "difficulty": "easy",
                "stem": ["What is 3 + 4?"], "answer": { "value": "7" }, "hints": ["Count on from 4."], "solution": ["It is 7."] })
        })
        .collect();
    let names: Vec<&Value> = items.iter().map(|item| &item["id"]).collect();
    let lesson = json!({ "id": "l", "title": "All", "skills": ids().collect::<Vec<_>>(),
        "activities": [{ "id": "try", "kind": "practice", "title": "Try", "items": names }] });
    let manifest = json!({
        "format": 1, "id": COURSE, "version": "1.0.0", "title": { "en": "Many" }, "summary": { "en": "Many skills." },
        "language": "en", "direction": "ltr", "audioLanguages": [], "audience": "students", "publisher": "-", "authors": [],
        "contact": "-", "licence": "CC0-1.0", "licenceText": "LICENSES/CC0-1.0.txt", "attribution": "-",
        "commercialUse": true, "derivatives": true, "grades": [4], "needs": { "minApp": "0.1.0" }, "released": "2026-11-23"
    });
    put(tree, "pack.json", &manifest.to_string());
    put(tree, "skills.json", &json!({ "skills": skills }).to_string());
    put(tree, "items/all.json", &json!({ "items": items }).to_string());
    put(
        tree,
        "outline.json",
        &json!({ "units": [{ "id": "u", "title": "Unit", "lessons": [lesson] }] }).to_string(),
    );
    put(tree, "LICENSES/CC0-1.0.txt", "CC0");
    let archive = tree.with_extension("schoolpack");
    schoolhouse::packs::build(tree, Some(&archive), &schoolhouse::packs::Unwatched).expect("a pack");
    archive
}

fn put(tree: &Path, path: &str, text: &str) {
    let path = tree.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}
