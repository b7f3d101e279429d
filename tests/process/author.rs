//! From an empty folder to a signed pack at the command line, and what minisign of the public says to it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::program::command;

struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// `schoolhouse pack …` in this folder.
    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = command(&self.path("data"));
        command.current_dir(self.0.path()).arg("pack").args(arguments).output().unwrap()
    }

    fn pack(&self, arguments: &[&str]) -> String {
        let ended = self.run(arguments);
        let said = String::from_utf8_lossy(&ended.stdout).into_owned();
        assert!(ended.status.success(), "{arguments:?}: {said}{}", String::from_utf8_lossy(&ended.stderr));
        said
    }

    /// minisign of the public; `tests/run` installs it.
    fn minisign(&self, arguments: &[&str]) -> Output {
        let ran = Command::new("minisign").args(arguments).current_dir(self.0.path()).output();
        ran.expect("minisign is needed: sudo apt install minisign")
    }

    fn trust(&self, key: &str, publisher: &str) {
        let folder = self.path("data/trusted");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::copy(self.path(key), folder.join(format!("{publisher}.pub"))).unwrap();
    }

    /// Takes a file out of a pack as anybody would.
    fn take_out(&self, pack: &str, path: &str) {
        let script =
            "import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))";
        let ran =
            Command::new("python3").args(["-c", script, pack, path]).current_dir(self.0.path()).output();
        let name = Path::new(path).file_name().unwrap();
        std::fs::write(self.0.path().join(name), ran.unwrap().stdout).unwrap();
    }
}

const MADE: &str = "org.hillschool.ten-0.1.0.schoolpack";

fn with_a_pack() -> Desk {
    let desk = Desk::new();
    desk.pack(&["new", "ten", "--id", "org.hillschool.ten", "--title", "Make \"ten\""]);
    desk.pack(&["check", "ten"]);
    desk.pack(&["build", "ten"]);
    desk
}

#[test]
fn a_new_pack_is_whole_and_its_signer_is_known_where_the_key_is_kept() {
    let desk = with_a_pack();
    assert!(desk.pack(&["info", MADE]).contains("signed by  nobody"));
    desk.pack(&["keygen", "hill", "--open"]);
    assert!(!desk.run(&["keygen", "hill", "--open"]).status.success(), "a key was overwritten");
    desk.pack(&["sign", MADE, "--key", "hill.key"]);
    let info = desk.pack(&["info", MADE]);
    assert!(
        info.contains("title      Make \"ten\"") && info.contains("which this school does not keep"),
        "{info}"
    );
    desk.trust("hill.pub", "Hill District");
    let info = desk.pack(&["info", MADE]);
    assert!(info.contains("signed by  Hill District, key "), "{info}");
    let again = desk.run(&["new", "ten", "--id", "org.hillschool.ten", "--title", "x"]);
    assert!(!again.status.success() && String::from_utf8_lossy(&again.stderr).contains("Name a new folder"));
}

#[test]
fn minisign_accepts_our_signature() {
    let desk = with_a_pack();
    desk.pack(&["keygen", "hill", "--open"]);
    desk.pack(&["sign", MADE, "--key", "hill.key"]);
    desk.take_out(MADE, "pack.json");
    let names = Command::new("python3")
        .args(["-c", "import sys, zipfile; print([n for n in zipfile.ZipFile(sys.argv[1]).namelist() if n.endswith('minisig')][0])", MADE])
        .current_dir(desk.0.path())
        .output()
        .unwrap();
    let signature = String::from_utf8(names.stdout).unwrap();
    desk.take_out(MADE, signature.trim());
    let signature = signature.trim().trim_start_matches("sig/").to_owned();
    let verify = ["-V", "-p", "hill.pub", "-m", "pack.json", "-x", &signature];
    let verified = desk.minisign(&verify);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    let manifest = std::fs::read_to_string(desk.path("pack.json")).unwrap();
    std::fs::write(desk.path("pack.json"), manifest.replace("0.1.0", "0.1.1")).unwrap();
    assert!(!desk.minisign(&verify).status.success());
}

#[test]
fn we_accept_a_signature_of_minisign() {
    let desk = with_a_pack();
    assert!(desk.minisign(&["-G", "-W", "-p", "m.pub", "-s", "m.key"]).status.success());
    desk.take_out(MADE, "pack.json");
    assert!(desk.minisign(&["-S", "-s", "m.key", "-m", "pack.json", "-t", "ten"]).status.success());
    desk.pack(&["sign", MADE, "--signature", "pack.json.minisig", "--public", "m.pub"]);
    desk.trust("m.pub", "Lake District");
    assert!(desk.pack(&["info", MADE]).contains("signed by  Lake District"));
    // Its secret keys are ours, too.
    desk.pack(&["build", "ten"]);
    desk.pack(&["sign", MADE, "--key", "m.key"]);
    assert!(desk.pack(&["info", MADE]).contains("signed by  Lake District"));
    let mut bytes = std::fs::read(desk.path(MADE)).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(desk.path(MADE), bytes).unwrap();
    assert!(!desk.run(&["info", MADE]).status.success());
}

#[test]
fn a_question_sheet_becomes_a_pack_in_one_command() {
    let desk = Desk::new();
    let example = desk.pack(&["from", "--example"]);
    let sheet = format!("{example}Animals,number,How many legs has a hen?,two,,,,,,,\n");
    std::fs::write(desk.path("the well.csv"), sheet).unwrap();
    let said = desk.pack(&["from", "the well.csv", "--id", "org.hillschool.well", "--pack-version", "1.2.0"]);
    assert!(said.contains("row 17, column answer: “two” is not a number"), "{said}");
    assert!(
        said.contains("Wrote org.hillschool.well-1.2.0.schoolpack; one thing could not be kept"),
        "{said}"
    );
    let told = desk.pack(&["check", "org.hillschool.well-1.2.0.schoolpack"]);
    assert!(told.contains("org.hillschool.well 1.2.0"), "{told}");
    assert!(told.contains("8 questions"), "{told}");

    // Anything else is told from its content, and what can't be one says why.
    std::fs::create_dir(desk.path("course")).unwrap();
    std::fs::write(desk.path("course/1.txt"), "# Wells\n").unwrap();
    std::fs::write(desk.path("course/2.txt"), "Deep?{T}\n").unwrap();
    assert!(
        desk.pack(&["from", "course", "--output", "course.schoolpack"]).contains("Wrote course.schoolpack\n")
    );
    std::fs::write(desk.path("film.mp4"), b"RIFF\0\0\0\0AVI LIST").unwrap();
    for (what, part) in
        [("film.mp4", "film.mp4 is a video of the kind AVI"), ("gone", "There is nothing at gone")]
    {
        let ended = desk.run(&["from", what]);
        assert!(
            !ended.status.success() && String::from_utf8_lossy(&ended.stderr).contains(part),
            "{ended:?}"
        );
    }
}
