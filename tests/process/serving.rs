//! Files of packs as tablets fetch them from the real program: a card that fails, tablets that stop reading.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::archives;
use super::program::{Person, Program, command, new_data};

const FILM: usize = 24 << 20;

/// A box with a pack that holds a film; answers with where the pack's archive is, and its hash.
fn with_film(dir: &Path, data: &Path) -> (PathBuf, String) {
    let mut files = archives::small_files();
    files.retain(|(path, _)| path != "media/x.mp4");
    files.push(("media/x.mp4".to_owned(), (0..FILM).map(|place| place.to_le_bytes()[place % 3]).collect()));
    let pack = dir.join("film.schoolpack");
    archives::write_zip(&mut File::create(&pack).unwrap(), &archives::pack(&files));
    let done = command(data).args(["pack", "install", "--accept", "errors"]).arg(&pack).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let archives = fs::read_dir(data.join("packs")).unwrap().map(|entry| entry.unwrap().path());
    let archives = archives.filter(|path| path.extension().is_some_and(|kind| kind == "schoolpack"));
    let archive = archives.max_by_key(|path| fs::metadata(path).unwrap().len()).unwrap();
    let hash = archive.file_stem().unwrap().to_string_lossy().into_owned();
    (archive, hash)
}

fn packs_port(program: &Program) -> u16 {
    let school = Person::new().get(program.port, "/api/v1/school").unwrap();
    u16::try_from(school["packsPort"].as_u64().unwrap()).unwrap()
}

fn ask(port: u16, path: &str) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: box.lan\r\nConnection: close\r\n\r\n").unwrap();
    stream
}

/// The status of an answer, and how many bytes of its body came.
fn fetch(port: u16, path: &str) -> (String, usize) {
    let mut all = Vec::new();
    // A connection that breaks off is what a failing card looks like to a tablet.
    let _ = ask(port, path).read_to_end(&mut all);
    let head = all.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(0);
    let status = String::from_utf8_lossy(&all).split(' ').nth(1).unwrap_or("none").to_owned();
    (status, all.len().saturating_sub(head + 4))
}

fn open_files(program: &Program) -> usize {
    fs::read_dir(format!("/proc/{}/fd", program.id())).unwrap().count()
}

#[test]
fn a_card_that_fails_is_an_error_of_one_request() {
    let (dir, data) = new_data();
    let (archive, hash) = with_film(dir.path(), &data);
    let program = Program::start(&data);
    let port = packs_port(&program);
    let (film, picture) = (format!("/{hash}/media/x.mp4"), format!("/{hash}/media/x.svg"));
    assert_eq!(fetch(port, &film), ("200".to_owned(), FILM));
    let at_rest = open_files(&program);
    // The card loses what lies behind the first eight megabytes, under the open file.
    fs::set_permissions(&archive, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    OpenOptions::new().write(true).open(&archive).unwrap().set_len(8 << 20).unwrap();
    for _ in 0..20 {
        let (status, came) = fetch(port, &film);
        assert_eq!(status, "200");
        assert!(came < 9 << 20, "{came} bytes came out of nowhere");
        assert_eq!(fetch(port, &picture).0, "200");
        assert_eq!(Person::new().get(program.port, "/healthz").unwrap(), "ok");
    }
    assert!(open_files(&program) <= at_rest + 1, "files stay open after errors");
    assert!(program.stop());
}

#[test]
fn tablets_that_stop_reading_hold_nobody_up_and_little_memory() {
    let (dir, data) = new_data();
    let (_, hash) = with_film(dir.path(), &data);
    let program = Program::start(&data);
    let port = packs_port(&program);
    let film = format!("/{hash}/media/x.mp4");
    let stalled: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut stream = ask(port, &film);
            stream.read_exact(&mut [0; 1000]).unwrap();
            stream
        })
        .collect();
    assert_eq!(fetch(port, &film), ("200".to_owned(), FILM));
    assert_eq!(fetch(port, &format!("/{hash}/media/x.svg")).0, "200");
    let status = fs::read_to_string(format!("/proc/{}/status", program.id())).unwrap();
    let held = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap();
    let held: usize = held.trim().trim_end_matches(" kB").parse().unwrap();
    // Each has a step of the film under way, and no more.
    assert!(held < 60 << 10, "{held} KB are held for 100 tablets");
    drop(stalled);
    assert!(program.stop());
}
