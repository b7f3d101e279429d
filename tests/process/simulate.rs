//! A made-up school on the real program: a few days of it, on the command line.

use std::fs;

use super::program::command;

#[test]
fn a_made_up_school_loses_nothing_and_tells_no_name_in_its_log() {
    let dir = tempfile::tempdir().unwrap();
    let kept = dir.path().join("year");
    let mut command = command(&dir.path().join("data"));
    let small = ["--students", "18", "--classes", "2", "--tablets", "4", "--days", "7", "--seed", "3"];
    let output = command.arg("simulate").args(small).arg("--keep").arg(&kept).output().unwrap();
    let (said, log) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}{log}");
    for line in [
        ": 0 lost, 0 twice, 0 changed",
        ": 0 lost
",
        "made anew     the same",
        "box      the same",
        " 0 shown",
    ] {
        assert!(said.contains(line), "{line} is not in\n{said}");
    }
    // Every name of the made-up school ends like this.
    assert!(!log.contains(" 1-1") && !log.contains(" 2-9"), "a name is in the log: {log}");
    assert!(fs::metadata(kept.join("box/journal.db")).is_ok(), "the box was to be kept");
}

#[test]
fn the_hub_of_a_made_up_district_has_what_its_schools_have_and_no_name() {
    let dir = tempfile::tempdir().unwrap();
    let mut command = command(&dir.path().join("data"));
    let small = ["--schools", "5", "--students", "8", "--days", "6", "--seed", "2"];
    let output = command.arg("simulate").args(small).output().unwrap();
    let (said, log) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}{log}");
    assert!(said.contains("5 schools of 8 students, 2 of them with a stick alone"), "{said}");
    assert!(said.contains("names at the hub and on sticks: 0"), "{said}");
}

#[test]
fn a_year_is_not_written_over_anything() {
    let dir = tempfile::tempdir().unwrap();
    let mut command = command(&dir.path().join("data"));
    let output = command.arg("simulate").arg("--keep").arg(dir.path()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("Name a directory that is not"), "{said}");
}
