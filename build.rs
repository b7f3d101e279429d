//! Builds the web UI when, and only when, its sources changed.
//!
//! The stamp `web-ui/dist/.sources` holds the fingerprint of what the UI in `dist` was made from. While it is true, npm is
//! not even looked for: a cross-build in a container, or a machine without Node, uses what a host brought along.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, exit};

/// What the UI is made of.
const SOURCES: [&str; 8] =
    ["src", "public", "i18n", "scripts", "index.html", "package.json", "package-lock.json", "vite.config.ts"];
/// The oldest Node that Vite runs on.
const NODE: &str = "20.19";

fn main() {
    let ui = PathBuf::from("web-ui");
    let mut files = Vec::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed=web-ui/{source}");
        collect(&ui.join(source), &mut files);
    }
    println!("cargo::rerun-if-changed=docs/openapi.json");
    collect(Path::new("docs/openapi.json"), &mut files);
    println!("cargo::rerun-if-changed=web-ui/dist/.sources");
    println!("cargo::rerun-if-env-changed=SKIP_WEB_UI");
    let fingerprint = format!("{:016x}", fingerprint(&files));
    // A new file in dist must reach the binary although no Rust source changed.
    println!("cargo::rustc-env=WEB_UI_SOURCES={fingerprint}");

    let stamp = ui.join("dist/.sources");
    if fs::read_to_string(&stamp).is_ok_and(|made_from| made_from == fingerprint) {
        return;
    }
    if env::var_os("SKIP_WEB_UI").is_some() && env::var("PROFILE").is_ok_and(|profile| profile == "debug") {
        return write_placeholder(&ui.join("dist"));
    }
    install_packages(&ui);
    run(&ui, &["run", "build"]);
    write(&stamp, &fingerprint);
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_file() {
        files.push(path.to_owned());
    } else if let Ok(folder) = fs::read_dir(path) {
        folder.flatten().for_each(|entry| collect(&entry.path(), files));
    }
    files.sort();
}

/// FNV-1a over names and contents: stable over Rust releases, unlike the standard hasher.
fn fingerprint(files: &[PathBuf]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |bytes: &[u8]| {
        for byte in bytes.iter().chain(&[0xff]) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
    };
    for file in files {
        take(file.to_string_lossy().as_bytes());
        take(&fs::read(file).unwrap_or_default());
    }
    hash
}

/// `npm ci`, unless what is installed was installed from this very lock file.
fn install_packages(ui: &Path) {
    let lock = fs::read(ui.join("package-lock.json")).unwrap_or_default();
    let stamp = ui.join("node_modules/.installed-from");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return;
    }
    run(ui, &["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    let _ = fs::write(stamp, lock);
}

fn run(ui: &Path, arguments: &[&str]) {
    match Command::new("npm").args(arguments).current_dir(ui).output() {
        Ok(done) if done.status.success() => {}
        Ok(done) => stop(&format!(
            "npm {} failed in web-ui:\n{}{}",
            arguments.join(" "),
            String::from_utf8_lossy(&done.stdout),
            String::from_utf8_lossy(&done.stderr)
        )),
        Err(_) => stop(&format!(
            "The web UI must be built and npm was not found. Install Node {NODE} or newer, or bring a built web-ui/dist \
             with its .sources file from another machine."
        )),
    }
}

fn write_placeholder(dist: &Path) {
    let _ = fs::create_dir_all(dist);
    write(&dist.join("index.html"), "<!doctype html><title>Schoolhouse</title><p>Built without its web UI.");
}

fn write(path: &Path, text: &str) {
    if let Err(error) = fs::write(path, text) {
        stop(&format!("Cannot write {}: {error}", path.display()));
    }
}

fn stop(message: &str) -> ! {
    eprintln!("{message}");
    exit(1);
}
