//! The verdict at the command line: its words, its JSON, and how the program ends.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use super::program::command;

fn pack(folder: &Path, arguments: &[&str]) -> Output {
    command(&folder.join("data")).current_dir(folder).arg("pack").args(arguments).output().unwrap()
}

/// The grade by the words, the JSON and the exit code, which must agree.
fn grade(folder: &Path, path: &str) -> String {
    let (words, json) = (pack(folder, &["check", path]), pack(folder, &["check", path, "--json"]));
    let verdict: Value = serde_json::from_slice(&json.stdout).unwrap();
    let grade = verdict["grade"].as_str().unwrap().to_owned();
    let said = String::from_utf8_lossy(&words.stdout).into_owned();
    let last = said.trim_end().lines().last().unwrap().to_owned();
    let wanted = if grade == "refused" { "Refused: ".to_owned() } else { format!("Grade {grade}: ") };
    assert!(last.starts_with(&wanted), "{said}");
    let is_good = ["A", "B"].contains(&grade.as_str());
    assert_eq!((words.status.success(), json.status.success()), (is_good, is_good), "{said}");
    for finding in verdict["findings"].as_array().unwrap() {
        assert!(said.contains(finding["message"].as_str().unwrap()), "{finding}");
        assert!(verdict["codes"][finding["code"].as_str().unwrap()]["advice"].is_string());
    }
    grade
}

#[test]
fn a_folder_and_its_file_are_graded_and_what_no_box_takes_is_not_built() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let made = pack(dir, &["new", "ten", "--id", "org.hillschool.ten", "--title", "Make ten"]);
    assert!(made.status.success());
    assert_eq!(grade(dir, "ten"), "A", "what an author begins with");
    let build = || pack(dir, &["build", "ten", "--output", "ten.schoolpack"]);
    assert!(build().status.success());
    assert_eq!(grade(dir, "ten.schoolpack"), "A");

    let page = dir.join("ten/pages/read.md");
    let text = std::fs::read_to_string(&page).unwrap();
    std::fs::write(&page, format!("{text}\n[Far](https://a.example/)\n")).unwrap();
    assert_eq!(grade(dir, "ten"), "B");
    std::fs::write(&page, format!("{text}\n![](../media/gone.svg)\n")).unwrap();
    assert_eq!(grade(dir, "ten"), "C");
    std::fs::write(dir.join("ten/outline.json"), "{ \"unit\": [] }").unwrap();
    assert_eq!(grade(dir, "ten"), "refused");
    let refused = build();
    assert!(!refused.status.success());
    let said = String::from_utf8_lossy(&refused.stdout).into_owned();
    assert!(said.contains("F-001") && said.contains("unknown field `unit`"), "{said}");

    let mut bytes = std::fs::read(dir.join("ten.schoolpack")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(dir.join("ten.schoolpack"), bytes).unwrap();
    assert_eq!(grade(dir, "ten.schoolpack"), "refused");
}
