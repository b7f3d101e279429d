//! Files that a stranger hands over in place of a pack, judged by the real program: refused with their code, in little
//! memory and time, and nothing is written anywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;
use std::thread;

use serde_json::Value;

use super::archives;
use super::program::{command, new_data};

#[path = "../harness/hostile.rs"]
mod hostile;
#[path = "../../fuzz/judges.rs"]
mod judges;

/// What the program may take for a file: kilobytes of memory, and seconds of a processor.
const MEMORY: &str = "65536";
const SECONDS: &str = "5";
const HARMED: u64 = 2_000;

/// Looks a file over within the bounds; answers with the code of the refusal, or `fine`.
fn judge(file: &Path, folder: &Path) -> String {
    let bounded = format!("ulimit -d {MEMORY}; ulimit -t {SECONDS}; exec \"$0\" pack check --json \"$1\"");
    let mut command = Command::new("sh");
    command.args(["-c", &bounded, env!("CARGO_BIN_EXE_schoolhouse")]).arg(file).current_dir(folder);
    let done = command.env("TMPDIR", "/nowhere").output().unwrap();
    let Ok(verdict) = serde_json::from_slice::<Value>(&done.stdout) else { return broke_off(&done) };
    if verdict["grade"] != "refused" {
        return "fine".to_owned();
    }
    let mut messages =
        verdict["findings"].as_array().into_iter().flatten().filter_map(|one| one["message"].as_str());
    messages.find_map(code_in).unwrap_or("pack.faults").to_owned()
}

/// Tries to install a file; answers with the code of the refusal, or `fine`.
fn install(file: &Path, data: &Path) -> String {
    let done = command(data).args(["pack", "install", "--accept", "errors"]).arg(file).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    match code_in(&said) {
        _ if done.status.success() => "fine".to_owned(),
        Some(code) if done.status.code() == Some(1) => code.to_owned(),
        _ => broke_off(&done),
    }
}

fn code_in(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once(" [")?;
    rest.split_once(']').map(|(code, _)| code)
}

fn broke_off(done: &Output) -> String {
    let said: String = String::from_utf8_lossy(&done.stderr).chars().take(400).collect();
    format!("broke off: {} {said}", done.status)
}

/// All files under a folder, with their lengths.
fn tree(folder: &Path) -> BTreeMap<PathBuf, u64> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let kind = entry.metadata().unwrap();
            if kind.is_dir() {
                folders.push(entry.path());
            }
            found.insert(entry.path(), kind.len());
        }
    }
    found
}

/// Lets both processors of a small machine work through `jobs`; answers with what went wrong.
fn all<T: Send>(
    jobs: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> Option<String> + Sync,
) -> Vec<String> {
    let (jobs, wrong) = (Mutex::new(jobs), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                loop {
                    let Some(job) = jobs.lock().unwrap().next() else { break };
                    wrong.lock().unwrap().extend(work(job));
                }
            });
        }
    });
    wrong.into_inner().unwrap()
}

#[test]
fn what_a_stranger_hands_over_is_refused_in_little_memory_and_time() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("here");
    fs::create_dir(&folder).unwrap();
    let wrong = all(hostile::all().into_iter().enumerate(), |(number, case)| {
        let path = dir.path().join(format!("{number}.schoolpack"));
        case.write(&mut File::create(&path).unwrap());
        let found = judge(&path, &folder);
        fs::remove_file(path).unwrap();
        (found != case.code).then(|| format!("{}: {found}, not {}", case.what, case.code))
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(tree(dir.path()).keys().collect::<Vec<_>>(), [&folder], "something was written");
}

#[test]
fn two_thousand_harmed_packs_are_judged_in_little_memory_and_time() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("here");
    fs::create_dir(&folder).unwrap();
    let good = archives::zip(&archives::pack(&archives::small_files()));
    let wrong = all(0..HARMED, |seed| {
        let path = dir.path().join(format!("{seed}.schoolpack"));
        fs::write(&path, archives::mutated(&good, seed)).unwrap();
        let found = judge(&path, &folder);
        fs::remove_file(path).unwrap();
        (found != "fine" && !found.starts_with("pack.")).then(|| format!("{seed}: {found}"))
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(tree(dir.path()).keys().collect::<Vec<_>>(), [&folder], "something was written");
}

#[test]
fn a_box_that_was_handed_hostile_files_is_as_it_was() {
    let (dir, data) = new_data();
    let good = dir.path().join("good.schoolpack");
    fs::write(&good, archives::zip(&archives::pack(&archives::small_files()))).unwrap();
    assert_eq!(install(&good, &data), "fine");
    fs::remove_file(&good).unwrap();
    // The journal notes each start; everything else stays.
    let files = || {
        let mut files = tree(dir.path());
        let notes =
            |path: &Path| path.to_string_lossy().contains(".db") || path.starts_with(data.join("log"));
        files.retain(|path, _| !notes(path));
        files
    };
    let before = files();
    let mut seen = BTreeSet::new();
    for case in hostile::all() {
        let leads_out = case.code == "pack.entry-outside";
        if case.code == "fine" || !(leads_out || seen.insert(case.code)) {
            continue;
        }
        let path = dir.path().join("hostile.schoolpack");
        case.write(&mut File::create(&path).unwrap());
        // Which of several faults is met first depends on the way; that it is refused does not.
        let found = install(&path, &data);
        assert!(found.starts_with("pack."), "{}: {found}", case.what);
        fs::remove_file(path).unwrap();
        assert_eq!(files(), before, "{}", case.what);
    }
}

#[test]
fn what_a_fuzzer_once_found_worth_keeping_is_judged() {
    for (corpus, judge) in [
        ("archive", judges::archive as fn(&[u8])),
        ("documents", judges::documents),
        ("manifest", judges::manifest),
    ] {
        let files = fs::read_dir(Path::new("fuzz/corpus").join(corpus)).unwrap();
        let judged = files.map(|file| judge(&fs::read(file.unwrap().path()).unwrap())).count();
        assert!(judged > 9, "{corpus} holds {judged}");
    }
}

#[test]
fn every_refusal_in_the_documents_has_a_case() {
    let page = fs::read_to_string("docs/pack-format.md").unwrap();
    let section = page.split("\n## ").find(|section| section.starts_with("How a box judges")).unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `pack."));
    let codes = rows.flat_map(|row| row.split('|').nth(1).unwrap().split('`').skip(1).step_by(2));
    let mut cases: BTreeSet<&str> = hostile::all().iter().map(|case| case.code).collect();
    // What a folder, volumes and signatures are refused for has tests of its own.
    cases.extend(["pack.form", "pack.file-missing", "pack.volume-missing", "pack.signature-wrong"]);
    let without: Vec<&str> = codes.filter(|code| !cases.contains(code)).collect();
    assert!(without.is_empty(), "no case for {without:?}");
}
