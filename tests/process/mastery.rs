//! The rating at the command line: a row of answers in, what was expected of each out.

use std::fs;
use std::path::Path;
use std::process::Output;

use super::program::command;

fn replay(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = command(&folder.join("data"));
    command.current_dir(folder).args(["mastery", "replay"]).args(arguments).output().unwrap()
}

fn numbers(output: &Output) -> Vec<f64> {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).lines().map(|line| line.parse().unwrap()).collect()
}

#[test]
fn a_replay_prints_one_chance_a_line_and_learns_how_hard_skills_are_from_another_table() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    fs::write(dir.join("new.csv"), "student,skill,item,score\n1,hard,h1,1\n1,easy,e1,0\n2,easy,,1\n")
        .unwrap();
    let cold = numbers(&replay(dir, &["new.csv"]));
    assert_eq!(cold.len(), 3);

    let others = (0..60).map(|student| format!("{student},hard,h1,0\n{student},easy,e1,1\n"));
    fs::write(dir.join("old.csv"), format!("student,skill,item,score\n{}", others.collect::<String>()))
        .unwrap();
    let warm = numbers(&replay(dir, &["new.csv", "--train", "old.csv"]));
    assert!(warm[0] < cold[0] && warm[1] > cold[1] && warm[2] > cold[2], "{cold:?} {warm:?}");
}

#[test]
fn a_faulty_table_is_told_by_file_and_line_and_a_missing_one_by_its_name() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    fs::write(dir.join("new.csv"), "student,skill,item,score\n1,add,,1\n1,add,,right\n").unwrap();
    for (table, told) in [("new.csv", "new.csv"), ("new.csv", "Line 3"), ("gone.csv", "gone.csv")] {
        let output = replay(dir, &[table]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(told), "{said}");
    }
}
