//! How the program starts, tells of itself, and stops.

use std::path::Path;

use rusqlite::Connection;
use serde_json::json;

use super::program::{Person, Program, command, new_data, set_up};

#[test]
fn a_new_box_starts_tells_its_code_and_stops_in_good_order() {
    let (_dir, data) = new_data();
    let program = Program::start(&data);
    assert_eq!(Person::new().get(program.port, "/healthz").unwrap(), "ok");
    let school = Person::new().get(program.port, "/api/v1/school").unwrap();
    assert_eq!(school["setUp"], false);
    assert!(program.code.is_some());
    assert!(program.stop(), "SIGTERM did not end it in good order");
}

#[test]
fn sessions_and_the_school_survive_a_restart_and_the_code_is_gone() {
    let (_dir, data) = new_data();
    let program = Program::start(&data);
    let (head, students) = set_up(&program, 3);
    assert_eq!(students.len(), 3);
    let port = program.port;
    program.kill();
    let program = Program::start_on(&data, port);
    assert_eq!(program.code, None);
    let me = head.get(port, "/api/v1/me").unwrap();
    assert_eq!((&me["role"], &me["name"]), (&"head".into(), &"Ms Banda".into()));
}

#[test]
fn the_configuration_is_shown_with_its_origins_and_mistakes_are_explained() {
    let (_dir, data) = new_data();
    std::fs::create_dir_all(&data).unwrap();
    std::fs::write(data.join("schoolhouse.toml"), "mdns_name = \"hill\"\n").unwrap();
    let shown = command(&data).args(["--print-config", "--listen", "127.0.0.1:1"]).output().unwrap();
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("mdns_name = \"hill\"  # schoolhouse.toml"), "{shown}");
    assert!(shown.contains("listen = \"127.0.0.1:1\"  # flag"), "{shown}");

    let refused = command(&data).env("SCHOOLHOUSE_LISTN", "x").output().unwrap();
    assert!(!refused.status.success());
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("Did you mean “listen”?"), "{said}");
}

#[test]
fn a_pack_from_outside_is_installed_while_the_server_is_stopped_and_not_before() {
    let (dir, data) = new_data();
    let folder = dir.path().join("pack");
    write_small_pack(&folder);
    let file = dir.path().join("one.schoolpack");
    let built =
        command(&data).args(["pack", "build"]).arg(&folder).arg("--output").arg(&file).output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stdout));
    let install = || command(&data).args(["pack", "install"]).arg(&file).output().unwrap();

    let program = Program::start(&data);
    let refused = install();
    assert!(!refused.status.success());
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("A server has"), "{said}");
    assert!(program.stop());

    let installed = install();
    assert!(installed.status.success(), "{}", String::from_utf8_lossy(&installed.stderr));
    let program = Program::start(&data);
    let (head, _) = set_up(&program, 1);
    let course = head.get(program.port, "/api/v1/courses/org.example.one").unwrap();
    assert_eq!(course["title"], "One question");

    let missing = command(&data).args(["pack", "install", "nowhere.schoolpack"]).output().unwrap();
    let said = String::from_utf8(missing.stderr).unwrap();
    assert!(said.contains("nowhere.schoolpack can't be read"), "{said}");
}

/// Starts a server that must not start; answers what it says.
fn refused(data: &Path, more: &[&str]) -> String {
    let ended = command(data).args(["serve", "--packs-listen", "127.0.0.1:0"]).args(more).output().unwrap();
    assert!(!ended.status.success());
    String::from_utf8(ended.stderr).unwrap()
}

const ANY_PORT: &[&str] = &["--listen", "127.0.0.1:0"];

#[test]
fn what_keeps_it_from_starting_is_said_in_a_sentence() {
    let (dir, data) = new_data();
    let program = Program::start(&data);
    let said = refused(&data, ANY_PORT);
    assert!(said.contains("A server has") && said.contains("Stop it first"), "{said}");
    let (_other, free) = new_data();
    let taken = format!("127.0.0.1:{}", program.port);
    let said = refused(&free, &["--listen", &taken]);
    assert!(said.contains(&format!("Cannot listen on {taken}. Is another server running there?")), "{said}");
    assert!(program.stop());

    let file = dir.path().join("file");
    std::fs::write(&file, "").unwrap();
    let said = refused(&file.join("data"), ANY_PORT);
    assert!(said.contains("Cannot make the data directory") && said.contains("--data"), "{said}");

    let journal = Connection::open(data.join("journal.db")).unwrap();
    journal.pragma_update(None, "user_version", 9_999).unwrap();
    drop(journal);
    let said = refused(&data, ANY_PORT);
    assert!(said.contains("written by a newer version of Schoolhouse"), "{said}");

    std::fs::write(data.join("journal.db"), "not a database at all, ".repeat(1_000)).unwrap();
    let said = refused(&data, ANY_PORT);
    assert!(said.contains("The data on the disk is damaged. Restore it from a backup."), "{said}");
    let kept = std::fs::read_to_string(data.join("journal.db")).unwrap();
    assert!(kept.starts_with("not a database"), "what is damaged is left for whoever can mend it");
}

#[test]
fn when_the_sessions_are_lost_people_sign_in_again_and_answers_still_arrive() {
    for damage in ["gone", "not a database at all, "] {
        let (_dir, data) = new_data();
        let program = Program::start(&data);
        let (head, students) = set_up(&program, 1);
        let mut student = Person::new();
        let by_pictures = json!({ "student": students[0]["id"], "pictures": students[0]["pictures"], "client": "00000000000000aa" });
        let me = student.post(program.port, "/api/v1/sign-in/pictures", &by_pictures).unwrap();
        let port = program.port;
        assert!(program.stop());
        assert!(!data.join("local.db-wal").exists(), "a stop in good order leaves one file");
        if damage == "gone" {
            std::fs::remove_file(data.join("local.db")).unwrap();
        } else {
            std::fs::write(data.join("local.db"), damage.repeat(1_000)).unwrap();
        }

        let program = Program::start_on(&data, port);
        assert!(head.get(port, "/api/v1/me").unwrap_err().contains("people.sign-in-needed"));
        let entry = json!({ "n": 1, "ticket": me["ticket"], "type": "open", "ago": 5, "run": 1,
            "course": "org.schoolhouse.numbers", "lesson": "bundles-of-ten", "activity": "try" });
        let batch = json!({ "client": "00000000000000aa", "entries": [entry] });
        assert_eq!(Person::new().post(port, "/api/v1/evidence", &batch).unwrap()["next"], 2);
        student.post(port, "/api/v1/sign-in/pictures", &by_pictures).unwrap();
        assert_eq!(student.get(port, "/api/v1/home").unwrap()["continue"]["activity"], "try");
        assert!(program.stop());
    }
}

/// A pack of one question, as an author keeps it.
pub(crate) fn write_small_pack(folder: &std::path::Path) {
    let manifest = json!({
        "format": 1, "id": "org.example.one", "version": "1.0.0", "title": { "en": "One question" },
        "summary": { "en": "To try things out." }, "language": "en", "direction": "ltr", "audioLanguages": [],
        "audience": "students", "publisher": "Example", "authors": ["Example"], "contact": "packs@example.org",
        "licence": "CC-BY-4.0", "licenceText": "LICENSES/CC-BY-4.0.txt", "attribution": "Example", "commercialUse": true,
        "derivatives": true, "subjects": ["mathematics"], "grades": [2], "ageMin": 7, "ageMax": 11, "curriculum": [],
        "cover": "media/cover.svg", "needs": { "minApp": "0.1.0", "features": [] }, "dependsOn": [],
        "accessibility": { "accessMode": ["textual"], "accessibilityFeature": [], "hazards": ["none"] },
        "safety": { "reviewedForAge": true, "externalLinks": false, "realChildren": false },
        "provenance": { "source": "written for a test", "importer": null, "date": "2026-11-23", "changes": [] },
        "difficultyModel": { "name": "rating-1", "calibratedOn": 0 }, "released": "2026-11-23",
    });
    let skills = json!({ "skills": [{ "id": "add", "name": "Add", "can": "I can add", "strand": "numbers",
        "prerequisites": [], "minutes": 10, "alignsTo": [], "offTablet": "pages/read.md" }] });
    let outline = json!({ "units": [{ "id": "u", "title": "Unit", "lessons": [{ "id": "sums", "title": "Sums",
        "picture": "media/cover.svg", "minutes": 10, "skills": ["add"], "teacherNotes": "pages/read.md",
        "offTablet": "pages/read.md", "activities": [
            { "id": "read", "kind": "page", "title": "Read", "page": "pages/read.md" },
            { "id": "try", "kind": "practice", "title": "Try", "items": ["sum"] }] }] }] });
    let items = json!({ "items": [{ "id": "sum", "type": "number", "skills": ["add"], "difficulty": "easy",
        "stem": [{ "math": "1 + 1 = _" }], "answer": { "value": "2" }, "hints": ["Count on."],
        "solution": [{ "p": "One and one is two." }] }] });
    let picture = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>"#;
    for (path, text) in [
        ("pack.json", manifest.to_string()),
        ("skills.json", skills.to_string()),
        ("outline.json", outline.to_string()),
        ("items/sum.json", items.to_string()),
        ("pages/read.md", "# Sums\n\nOne and one is two.\n".to_owned()),
        ("media/cover.svg", picture.to_owned()),
        ("LICENSES/CC-BY-4.0.txt", "CC BY 4.0".to_owned()),
    ] {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}
