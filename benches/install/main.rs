//! A large pack comes onto the box, measured: whole, beside `sha256sum` and `cp` of the same file, and as an update of one
//! lesson in fifty. Prints figures and their ratios; machines are noisy, ratios of one run are not.
//!
//! `cargo bench --bench install`; needs 5 GB in the directory for temporary files, beside the tenth of that disk which an
//! installation leaves free.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark speaks to a person and may break off"
)]

mod large;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use large::pack;
use schoolhouse::clock::Clock;
use schoolhouse::db::Options;
use schoolhouse::files::DataDir;
use schoolhouse::journal::{Identity, Journal};
use schoolhouse::packs::{Draft, Installer, PacksView, Terms, Unwatched, Volumes, peek};

/// Times that everything is done; the quickest counts.
const TIMES: u32 = 3;

fn main() {
    let scratch = tempfile::tempdir().expect("a directory");
    let (old, new) = (pack(scratch.path(), "1.0.0"), pack(scratch.path(), "1.1.0"));
    let bytes = fs::metadata(&new).expect("the pack").len();
    let begun = Instant::now();
    let peeked = peek(&stick(&new)).expect("a look");
    let took = begun.elapsed().as_secs_f64() * 1_000.0;
    println!(
        "a pack of {} MB in {} files; a look at it: {took:.1} ms",
        bytes / 1_000_000,
        peeked.files.len()
    );

    let (mut plain, mut flushed, mut whole, mut update) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut fetched = 0;
    for _ in 0..TIMES {
        let (copied, with_flush) = sum_and_copy(&old, &scratch.path().join("copy"));
        plain.push(copied);
        flushed.push(with_flush);
        let data = scratch.path().join("data");
        let installer = open(&data);
        forget_peak();
        whole.push(timed(|| {
            place(&installer, installer.receive(&stick(&old), &Unwatched).expect("received"));
        }));
        update.push(timed(|| {
            let draft = installer.receive(&stick(&new), &Unwatched).expect("received");
            fetched = draft.fetched();
            place(&installer, draft);
        }));
        drop(installer);
        fs::remove_dir_all(data).expect("removed");
    }
    let [plain, flushed, whole, update] = [plain, flushed, whole, update].map(least);
    show("sha256sum and cp", plain);
    show("the same, written through to the disk", flushed);
    show("install, written through to the disk", whole);
    println!("ratio: {:.2}; with the same flush: {:.2}", ratio(whole, plain), ratio(whole, flushed));
    show("update of one lesson in fifty", update);
    println!("ratio to installing it whole: {:.2}", ratio(update, whole));
    #[expect(clippy::cast_precision_loss)]
    let share = fetched as f64 * 100.0 / bytes as f64;
    println!("bytes read for it: {fetched} of {bytes}, {share:.2} %");
    println!("most memory while installing: {}", peak());
}

fn stick(file: &Path) -> Volumes {
    Volumes::open(&[file.to_owned()]).expect("the pack")
}

fn place(installer: &Installer, draft: Draft) {
    installer.place(draft, &Terms::default()).expect("placed");
}

fn open(data: &Path) -> Installer {
    let dir = DataDir::open(data).expect("a data directory");
    let stream = Identity::from_seed(&[7; 32]).stream;
    let options = Options::journal(dir.journal());
    let journal = Journal::open(&options, stream, vec![Box::new(PacksView)], &Clock::system());
    Installer::open(dir, Arc::new(journal.expect("a journal"))).expect("an installer")
}

/// How long it takes to hash and to copy a file by the usual programs; and with the copy flushed to the disk.
fn sum_and_copy(file: &Path, copy: &Path) -> (Duration, Duration) {
    let begun = Instant::now();
    run(Command::new("sha256sum").arg(file));
    run(Command::new("cp").arg(file).arg(copy));
    let copied = begun.elapsed();
    run(Command::new("sync").arg(copy));
    let flushed = begun.elapsed();
    fs::remove_file(copy).expect("removed");
    (copied, flushed)
}

fn run(command: &mut Command) {
    assert!(command.output().expect("a usual program").status.success());
}

fn timed(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

fn least(times: Vec<Duration>) -> Duration {
    times.into_iter().min().unwrap_or_default()
}

fn ratio(ours: Duration, theirs: Duration) -> f64 {
    ours.as_secs_f64() / theirs.as_secs_f64()
}

fn show(what: &str, took: Duration) {
    println!("{what:<44} {:>7.2} s", took.as_secs_f64());
}

/// Begins to measure this program's memory anew.
fn forget_peak() {
    fs::write("/proc/self/clear_refs", "5").expect("the kernel");
}

fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").expect("the kernel");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |line| line.trim().to_owned())
}
