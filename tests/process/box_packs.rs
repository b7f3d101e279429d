//! The packs of a box at the command line: put there, listed, copied out, taken off, and brought back.

use std::fs;
use std::path::Path;

use super::program::{command, new_data};
use super::start::write_small_pack;

/// `schoolhouse pack …`: whether it ended well, and all that it said.
fn pack(data: &Path, arguments: &[&str]) -> (bool, String) {
    let ended = command(data).arg("pack").args(arguments).output().unwrap();
    let said = [ended.stdout, ended.stderr].concat();
    (ended.status.success(), String::from_utf8(said).unwrap())
}

fn change(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn a_pack_goes_from_a_folder_to_the_box_and_on_to_another_box() {
    let (dir, data) = new_data();
    let folder = dir.path().join("pack");
    write_small_pack(&folder);
    let folder_name = folder.to_str().unwrap();
    let done = |arguments: &[&str]| {
        let (fine, said) = pack(&data, arguments);
        assert!(fine, "{arguments:?}: {said}");
        said
    };
    assert!(done(&["list"]).contains("comes with the program"));
    let installed = done(&["install", folder_name]);
    assert!(installed.contains("Installed org.example.one 1.0.0 in "), "{installed}");
    assert!(installed.contains("Signed by nobody. Grade "), "{installed}");
    let listed = done(&["list"]);
    assert!(
        listed.contains("org.example.one 1.0.0  One question\n    1 MB, signed by nobody, grade "),
        "{listed}"
    );

    let stick = dir.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let written = done(&["export", "org.example.one", stick.to_str().unwrap()]);
    let copy = written.trim().strip_prefix("Wrote ").unwrap().to_owned();
    let removed = done(&["remove", "org.example.one"]);
    assert!(removed.contains("What students did in it is kept"), "{removed}");
    assert!(!done(&["list"]).contains("org.example.one"));
    let (other_dir, other) = new_data();
    for data in [&data, &other] {
        let (fine, said) = pack(data, &["install", &copy]);
        assert!(fine, "{said}");
    }
    drop(other_dir);

    let (fine, said) = pack(&data, &["remove", "org.example.two"]);
    assert!(!fine && said.contains("org.example.two"), "{said}");
}

#[test]
fn what_needs_a_yes_says_which_word_gives_it() {
    let (dir, data) = new_data();
    let folder = dir.path().join("pack");
    write_small_pack(&folder);
    let folder_name = folder.to_str().unwrap();
    assert!(pack(&data, &["install", folder_name]).0);

    change(&folder, "pack.json", "\"1.0.0\"", "\"0.9.0\"");
    let (fine, said) = pack(&data, &["install", folder_name]);
    assert!(!fine && said.contains("say --accept older"), "{said}");
    assert!(pack(&data, &["list"]).1.contains("org.example.one 1.0.0"));
    let (fine, said) = pack(&data, &["install", folder_name, "--accept", "older"]);
    assert!(fine, "{said}");
    assert!(pack(&data, &["list"]).1.contains("org.example.one 0.9.0"));

    change(&folder, "pack.json", "\"0.9.0\"", "\"2.0.0\"");
    fs::write(folder.join("pages/read.md"), "# Sums\n\n![](../media/cover.svg)\n").unwrap();
    let (fine, said) = pack(&data, &["install", folder_name]);
    assert!(!fine && said.contains("E-106") && said.contains("say --accept errors"), "{said}");
    let (fine, said) = pack(&data, &["install", folder_name, "--accept", "errors"]);
    assert!(fine && said.contains("Grade C"), "{said}");
}
