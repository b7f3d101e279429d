//! Packs as they are served, measured: processor time beside nginx and beside inflating, ranges of a long video, pages
//! while a slow card reads, memory while a class seeks. Every figure is a ratio, or a bound, of this one run.
//!
//! `cargo bench --bench packs`

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark speaks to a person and may break off"
)]

mod cold;
#[path = "../class/disk.rs"]
mod disk;
mod load;
mod material;
#[path = "../../tests/harness/said.rs"]
mod said;
mod server;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::Duration;

use cold::Slow;
use disk::Disk;
use load::{Done, press, request};
use material::{Chance, TEXTS, VIDEO, VIDEO_PATH, text_path};
use server::Server;

/// So many turns of each server, one after the other; what counts is the one in the middle.
const TURNS: usize = 7;
const TURN: Duration = Duration::from_secs(2);

fn main() {
    server::stay_on_second_processor();
    let scratch = tempfile::tempdir().expect("a directory");
    let scratch = scratch.path();
    let disk = Disk::make(scratch, "6G");
    let data = disk.as_ref().map_or(scratch, |disk| &disk.mount).join("data");
    let (folder, pack) = material::make(scratch);
    Server::install(&data, &pack);
    fs::remove_file(&pack).expect("the pack's file");
    let ours = Server::start(&data);
    let nginx = Server::start_nginx(scratch, &folder);
    if nginx.is_none() {
        println!("nginx is not here, so nothing is compared with it (Debian: apt install nginx-light)");
    }
    texts(&ours, nginx.as_ref(), &folder);
    ranges(&ours, nginx.as_ref());
    drop((ours, nginx));
    seeking(&data);
    match &disk {
        Some(disk) => slow_card(disk, &data),
        None => println!("a slow card: not measured, needs root, a loop device and control groups"),
    }
}

/// Small texts on 64 connections: processor time for each, beside nginx and beside inflating.
fn texts(ours: &Server, nginx: Option<&Server>, folder: &Path) {
    let asking = |server: &Server, headers: &str| -> Arc<[Vec<u8>]> {
        (0..TEXTS).map(|number| request(&format!("{}/{}", server.root, text_path(number)), headers)).collect()
    };
    let mut sides = vec![("gzip", ours, asking(ours, "Accept-Encoding: gzip, deflate\r\n"))];
    sides.push(("inflated", ours, asking(ours, "Accept-Encoding: identity\r\n")));
    if let Some(nginx) = nginx {
        // The same bytes: what our server sends is what nginx finds beside each text.
        for number in 0..TEXTS {
            let path = text_path(number);
            let answer = load::get(ours.port, &format!("{}/{path}", ours.root), "Accept-Encoding: gzip\r\n");
            assert!(answer.head.contains("content-encoding: gzip"), "{}", answer.head);
            fs::write(folder.join(format!("{path}.gz")), answer.body).expect("room for a text");
        }
        sides.push(("nginx", nginx, asking(nginx, "Accept-Encoding: gzip, deflate\r\n")));
    }
    let times = in_turns(&sides, |server, requests| {
        let before = server.processor();
        let done = press(server.port, 64, requests, TURN);
        (each(server.processor().saturating_sub(before), &done), done)
    });
    println!("texts of 43 KB, 11 KB as gzip, 64 connections; processor time for an answer:");
    for ((name, ..), (time, done)) in sides.iter().zip(&times) {
        println!("  {name:<12} {:>6.1} us   {:>7.0} answers/s", time * 1e6, rate(done));
    }
    println!("  ratio to inflating {:.2} (goal 0.20)", times[0].0 / times[1].0);
    if let Some((time, _)) = times.get(2) {
        println!("  ratio to nginx     {:.2} (goal 1.30)", times[0].0 / time);
    }
}

/// Parts of 1 MiB of the video on 16 connections: how much comes through, beside nginx.
fn ranges(ours: &Server, nginx: Option<&Server>) {
    let mut chance = Chance(11);
    // In memory on both sides: what the disk does is measured below.
    let places: Vec<u64> = (0..256).map(|_| chance.below(VIDEO - (1 << 20))).collect();
    let asking = |server: &Server| -> Arc<[Vec<u8>]> {
        let path = format!("{}/{VIDEO_PATH}", server.root);
        let one =
            |start: &u64| request(&path, &format!("Range: bytes={start}-{}\r\n", start + (1 << 20) - 1));
        places.iter().map(one).collect()
    };
    let mut sides = vec![("ours", ours, asking(ours))];
    sides.extend(nginx.map(|nginx| ("nginx", nginx, asking(nginx))));
    for (_, server, requests) in &sides {
        press(server.port, 1, requests, TURN);
    }
    let rates = in_turns(&sides, |server, requests| {
        let before = server.processor();
        let done = press(server.port, 16, requests, TURN);
        let spent = each(server.processor().saturating_sub(before), &done);
        (megabytes(&done), (spent, done))
    });
    println!("parts of 1 MiB of a video of 2 GB, 16 connections:");
    for ((name, ..), (rate, (spent, _))) in sides.iter().zip(&rates) {
        println!("  {name:<12} {rate:>6.0} MB/s   {:>6.0} us of processor time for a part", spent * 1e6);
    }
    if let Some((nginx, _)) = rates.get(1) {
        println!("  ratio to nginx     {:.2} (goal 1.20)", rates[0].0 / nginx);
    }
}

/// Its name, the server, and what it is asked.
type Side<'a> = (&'a str, &'a Server, Arc<[Vec<u8>]>);

/// Every side has its turn, over and over; answers with the turn of each that lies in the middle.
fn in_turns<T>(sides: &[Side<'_>], turn: impl Fn(&Server, &Arc<[Vec<u8>]>) -> (f64, T)) -> Vec<(f64, T)> {
    let mut all: Vec<Vec<(f64, T)>> = sides.iter().map(|_| Vec::new()).collect();
    for _ in 0..TURNS {
        for ((_, server, requests), all) in sides.iter().zip(&mut all) {
            all.push(turn(server, requests));
        }
    }
    let middle = |mut all: Vec<(f64, T)>| {
        all.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        all.swap_remove(TURNS / 2)
    };
    all.into_iter().map(middle).collect()
}

#[expect(clippy::cast_precision_loss)]
fn each(spent: Duration, done: &Done) -> f64 {
    spent.as_secs_f64() / done.answers as f64
}

#[expect(clippy::cast_precision_loss)]
fn rate(done: &Done) -> f64 {
    done.answers as f64 / done.took.as_secs_f64()
}

#[expect(clippy::cast_precision_loss)]
fn megabytes(done: &Done) -> f64 {
    done.bytes as f64 / 1e6 / done.took.as_secs_f64()
}

/// Forty tablets jump about in the video: what the server holds.
fn seeking(data: &Path) {
    let server = Server::start(data);
    let over = AtomicBool::new(false);
    let open = server.memory().1;
    thread::scope(|scope| {
        let seeking = scope.spawn(|| cold::seek(&server, 40, &over));
        thread::park_timeout(Duration::from_secs(10));
        let (most, files) = server.memory();
        over.store(true, std::sync::atomic::Ordering::Relaxed);
        let came = seeking.join().expect("a tablet failed") >> 20;
        println!("40 tablets seek in a video of 2 GB ({came} MB came in 10 s):");
        println!("  most memory        {most} MB (goal 60), open files {open} at rest and {files} at work");
    });
}

/// Pages that are in memory, asked for while others wait for a card that gives 20 MB a second.
fn slow_card(disk: &Disk, data: &Path) {
    let server = Server::start(data);
    let archive = server::archive(data);
    let texts: Vec<_> = (0..TEXTS)
        .map(|number| request(&format!("{}/{}", server.root, text_path(number)), "Accept-Encoding: gzip\r\n"))
        .collect();
    let texts: Arc<[Vec<u8>]> = texts.into();
    let Some(_slow) = Slow::down(disk, &server) else {
        println!(
            "a slow card: not measured, the kernel does not let us slow a disk (control groups with io)"
        );
        return;
    };
    println!("a card of 20 MB/s; texts in memory, asked for every 5 ms:");
    let measure = |what: &str, others: &(dyn Fn(&AtomicBool) -> u64 + Sync)| {
        cold::forget(&archive);
        press(server.port, 1, &texts, Duration::from_secs(4));
        let came = std::sync::atomic::AtomicU64::new(0);
        let mut times = cold::ask_meanwhile(&server, |over| {
            came.store(others(over), std::sync::atomic::Ordering::Relaxed);
        });
        times.sort_unstable();
        let at = |share: usize| times[(times.len() - 1) * share / 1000].as_secs_f64() * 1e3;
        println!(
            "  {what:<36} p50 {:.1} ms   p99 {:.1} ms (goal 30)   longest {:.1} ms   {} answers; the others got {} MB",
            at(500),
            at(990),
            at(1000),
            times.len(),
            came.into_inner() >> 20
        );
    };
    measure("nobody else is there", &|_| 0);
    measure("one tablet plays the cold video", &|over| cold::stream(&server, over));
    measure("forty tablets seek in it", &|over| cold::seek(&server, 40, over));
}
