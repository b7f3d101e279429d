//! Whatever is harmed on the card, and whatever box comes instead: every acknowledged answer is there again.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};

use super::cut::copy_folder;
use super::kill::{Acknowledged, Learner};
use super::program::{Person, Program, command, new_data, set_up};
use super::sync::said;

/// Bytes of a page of the database.
const PAGE: u64 = 4_096;

/// A school of which one part is in a copy, one part sealed, and one part newer than both; it was switched off without a word.
struct School {
    _dir: tempfile::TempDir,
    data: PathBuf,
    learners: Vec<Learner>,
    head: Person,
}

fn work(learners: &mut [Learner], count: usize, port: u16) {
    let acknowledged = Acknowledged::default();
    for learner in learners {
        (1..count).for_each(|_| learner.answer());
        // A long one, that takes more than a page.
        learner.answer_with(&"seven ".repeat(1_000));
        learner.send(port, &acknowledged);
    }
    assert!(acknowledged.lock().unwrap().values().all(|next| *next > count as u64));
}

fn leave_a_school() -> School {
    let (dir, data) = new_data();
    let program = Program::start(&data);
    let (head, students) = set_up(&program, 6);
    let sign_in = |(number, student)| {
        let mut learner = Learner::sign_in(number, student, program.port);
        learner.open_practice(program.port);
        learner
    };
    let mut learners: Vec<Learner> = (1..).zip(&students).map(sign_in).collect();
    work(&mut learners, 30, program.port);
    assert!(program.stop());
    let told = said(command(&data).arg("backup"));
    assert!(told.starts_with("Recovery code: "), "{told}");
    // Pages that nobody uses, as they are after a course was removed.
    let connection = Connection::open(data.join("journal.db")).unwrap();
    connection.execute_batch("CREATE TABLE scrap (x); INSERT INTO scrap SELECT randomblob(60000) FROM entry LIMIT 4; DROP TABLE scrap").unwrap();
    drop(connection);
    let program = Program::start(&data);
    work(&mut learners, 20, program.port);
    program.kill();
    School { _dir: dir, data, learners, head }
}

/// All that tablets sent, as it lies in the journal: who, which number, and the words.
fn answers(data: &Path) -> Vec<(Vec<u8>, i64, Vec<u8>)> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
    let connection = Connection::open_with_flags(data.join("journal.db"), flags).unwrap();
    let mut rows = connection
        .prepare("SELECT client, n, body FROM entry WHERE client IS NOT NULL ORDER BY client, n, key")
        .unwrap();
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    rows.query_map([], row).unwrap().map(Result::unwrap).collect()
}

/// One page of every class that the file has.
fn pages(data: &Path) -> Vec<(String, u32)> {
    let connection = Connection::open(data.join("journal.db")).unwrap();
    let mut rows = connection
        .prepare("SELECT iif(name = 'entry', name, iif(name IN (SELECT name FROM sqlite_schema WHERE type = 'index'), 'index', 'other')) || ' ' || pagetype, pageno FROM dbstat")
        .unwrap();
    let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?));
    let found: Vec<(String, u32)> = rows.query_map([], row).unwrap().map(Result::unwrap).collect();
    let used: BTreeSet<u32> = found.iter().map(|(_, number)| *number).collect();
    let count: u32 = connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    let free = (1..=count).find(|number| !used.contains(number)).map(|number| ("free".to_owned(), number));
    let mut classes = std::collections::BTreeMap::new();
    for (class, number) in found.into_iter().chain(free) {
        // The last one of a class is the youngest.
        classes.insert(class, number);
    }
    classes.insert("header".to_owned(), 1);
    classes.into_iter().collect()
}

fn sign_in(head: &mut Person, port: u16) {
    let who = json!({ "name": "Ms Banda", "password": "mango tree 7" });
    head.post(port, "/api/v1/sign-in/staff", &who).unwrap();
}

/// Turns some bytes round, `seed` says which.
fn harm(file: &Path, from: u64, length: u64, seed: u64) {
    let mut bytes = fs::read(file).unwrap();
    for turn in 0..6_u64 {
        let at = from + (seed * 2_654_435_761 + turn * 40_503) % length;
        bytes[usize::try_from(at).unwrap()] ^= 0xff;
    }
    fs::write(file, bytes).unwrap();
}

#[test]
fn whatever_page_is_harmed_every_acknowledged_answer_is_there_again() {
    let mut school = leave_a_school();
    let dir = tempfile::tempdir().unwrap();
    let base = dir.path().join("base");
    copy_folder(&school.data, &base);
    // Reading it takes the log into the file, so that the youngest pages have a class, too.
    let wanted = answers(&school.data);
    let folded = dir.path().join("folded");
    copy_folder(&school.data, &folded);
    Connection::open(folded.join("journal.db"))
        .unwrap()
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .unwrap();
    assert_eq!(wanted.len(), 6 * 50);

    let mut cases: Vec<(String, &Path, u64, u64, u64)> = Vec::new();
    for (class, number) in pages(&folded) {
        for seed in 1..=3 {
            cases.push((
                format!("{class} {seed}"),
                folded.as_path(),
                u64::from(number - 1) * PAGE,
                PAGE,
                seed,
            ));
        }
        // What every page begins with says what kind it is.
        cases.push((format!("{class}, its head"), folded.as_path(), u64::from(number - 1) * PAGE, 8, 1));
    }
    let log = fs::metadata(base.join("journal.db-wal")).unwrap().len();
    cases.extend((1..=3).map(|seed| (format!("write-ahead log {seed}"), base.as_path(), 32, log - 32, seed)));
    let mut repaired = Vec::new();
    for (name, from, start, length, seed) in &cases {
        let data = dir.path().join("harmed");
        copy_folder(from, &data);
        let file = if name.starts_with("write-ahead") { "journal.db-wal" } else { "journal.db" };
        harm(&data.join(file), *start, *length, *seed);
        let program = Program::start(&data);
        if data.join("repaired.json").exists() {
            let told: Value = serde_json::from_slice(&fs::read(data.join("repaired.json")).unwrap()).unwrap();
            assert_eq!(told["lost"], 0, "{name}: {told}");
            repaired.push(name.clone());
        }
        assert!(program.stop(), "{name}");
        assert_eq!(answers(&data), wanted, "{name}");
        fs::remove_dir_all(&data).unwrap();
    }
    let names: Vec<&String> = cases.iter().map(|(name, ..)| name).collect();
    println!("{} of {names:?} were repaired: {repaired:?}", repaired.len());
    assert!(repaired.len() * 2 > cases.len(), "{repaired:?}");

    // A cut between the copy and what completes it: the next start goes on where the first one was.
    let data = dir.path().join("cut");
    copy_folder(&base, &data);
    let copy =
        fs::read_dir(data.join("snapshots")).unwrap().map(|entry| entry.unwrap().path()).max().unwrap();
    fs::copy(copy, data.join("journal.db")).unwrap();
    fs::remove_file(data.join("journal.db-wal")).unwrap();
    fs::write(data.join("restoring.json"), r#"{"copy":1,"aside":null}"#).unwrap();
    assert!(Program::start(&data).stop());
    assert_eq!(answers(&data), wanted);
    assert!(!data.join("damaged").exists() && !data.join("restoring.json").exists());

    // Even without the file and its copies: nothing is lost, nothing is twice when tablets send it all again, and staff are told.
    for gone in ["journal.db", "journal.db-wal"] {
        fs::remove_file(base.join(gone)).unwrap();
    }
    fs::remove_dir_all(base.join("snapshots")).unwrap();
    let program = Program::start(&base);
    sign_in(&mut school.head, program.port);
    let told = school.head.get(program.port, "/api/v1/backup/repair").unwrap();
    assert_eq!((&told["repair"]["lost"], &told["repair"]["copy"]), (&json!(0), &Value::Null));
    work(&mut school.learners, 5, program.port);
    school.head.delete(program.port, "/api/v1/backup/repair").unwrap();
    assert_eq!(school.head.get(program.port, "/api/v1/backup/repair").unwrap()["repair"], Value::Null);
    assert!(program.stop());
    let after = answers(&base);
    assert_eq!(after.len(), wanted.len() + 30);
    let numbers: BTreeSet<_> = after.iter().map(|(client, n, _)| (client.clone(), *n)).collect();
    assert_eq!(numbers.len(), after.len());
}

#[test]
fn a_new_board_becomes_the_school_again_with_the_stick_and_the_code() {
    let mut school = leave_a_school();
    let stick = tempfile::tempdir().unwrap();
    let told = said(command(&school.data).arg("backup").arg(stick.path()));
    let code = told.lines().find_map(|line| line.strip_prefix("Recovery code: ")).unwrap().to_owned();
    assert!(said(command(&school.data).arg("verify")).starts_with("The data hold together"));
    assert!(said(command(&school.data).arg("verify").arg(stick.path())).contains("is whole"));
    let wanted = answers(&school.data);
    let (_dir, data) = new_data();
    let refused = |arguments: &[&str]| {
        let output = command(&data).args(arguments).output().unwrap();
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    let place = stick.path().to_str().unwrap();
    assert!(refused(&["restore", place, "--code", "AAAA"]).contains("This is no recovery code"));
    let other = "0000-0000-0000-0000-0000-0000-";
    let sum = (0..1024_u32).map(|n| {
        let letters = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let pick = |at: u32| char::from(letters[usize::try_from(at % 32).unwrap()]);
        format!("{other}{}{}", pick(n / 32), pick(n))
    });
    let wrong = sum
        .into_iter()
        .find(|code| !refused(&["restore", place, "--code", code]).contains("no recovery code"));
    assert!(refused(&["restore", place, "--code", &wrong.unwrap()]).contains("of another school"));

    let file = fs::read_dir(stick.path().join("schoolhouse-backup")).unwrap().next().unwrap().unwrap().path();
    let name_of_student = b"Student 1";
    assert!(!fs::read(&file).unwrap().windows(name_of_student.len()).any(|bytes| bytes == name_of_student));
    said(command(&data).args(["restore", place, "--code", &code.to_lowercase().replace('-', " ")]));
    assert!(refused(&["restore", place, "--code", &code]).contains("There is a school on this box already"));
    let program = Program::start(&data);
    sign_in(&mut school.head, program.port);
    let status = school.head.get(program.port, "/api/v1/backup").unwrap();
    assert_eq!(status["status"]["code"], json!(code), "the same code opens its own backups");
    assert!(program.stop());
    assert_eq!(answers(&data), wanted);

    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file, bytes).unwrap();
    let output = command(&school.data).arg("verify").arg(stick.path()).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("can't be read"));
}

#[test]
fn a_stick_that_carries_the_folder_gets_a_backup_by_itself() {
    let (_dir, data) = new_data();
    let stick = tempfile::tempdir().unwrap();
    fs::create_dir(stick.path().join("schoolhouse-backup")).unwrap();
    fs::create_dir_all(&data).unwrap();
    fs::write(data.join("schoolhouse.toml"), format!("stick_folders = \"{}\"\n", stick.path().display()))
        .unwrap();
    let program = Program::start(&data);
    let (mut head, _) = set_up(&program, 1);
    let last = || -> Option<Value> {
        let status = head.get(program.port, "/api/v1/backup").unwrap();
        (!status["status"]["stick"].is_null()).then_some(status)
    };
    let status = (0..900).find_map(|_| {
        std::thread::park_timeout(std::time::Duration::from_millis(100));
        last()
    });
    let status = status.unwrap();
    assert!(status["status"]["copy"].is_u64(), "{status}");
    let on = json!({ "stick": status["sticks"][0]["id"] });
    for _ in 0..4 {
        head.post(program.port, "/api/v1/backup", &on).unwrap();
    }
    let kept = fs::read_dir(stick.path().join("schoolhouse-backup")).unwrap().count();
    assert_eq!(kept, 3);
}
