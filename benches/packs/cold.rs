//! A slow card: the disk of our server gives 20 MB a second, and what tablets ask for is not in memory.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::{Advice, fadvise};
use tokio::net::TcpStream;

use crate::disk::Disk;
use crate::load;
use crate::material::{Chance, TEXTS, VIDEO, VIDEO_PATH, text_path};
use crate::server::Server;

/// What a good SD card reads.
const CARD: u64 = 20_000_000;
const MEASURED: Duration = Duration::from_secs(10);
/// A tablet asks for a page so often.
const BETWEEN: Duration = Duration::from_millis(5);

/// A group of processes whose reads of one disk are slowed; dropping it takes it away.
pub(crate) struct Slow(PathBuf);

impl Slow {
    /// Slows `server`'s reads of `disk`, where the kernel lets us.
    pub(crate) fn down(disk: &Disk, server: &Server) -> Option<Self> {
        let device = disk.ask("dev");
        let (first, second) = (Path::new("/sys/fs/cgroup"), Path::new("/sys/fs/cgroup/blkio"));
        let name = format!("schoolhouse-bench-{}", std::process::id());
        // Control groups of the second version have one tree, those of the first one for each kind.
        let (group, rule, text) = if second.exists() {
            (second.join(name), "blkio.throttle.read_bps_device", format!("{} {CARD}", device.trim()))
        } else {
            fs::write(first.join("cgroup.subtree_control"), "+io").ok()?;
            (first.join(name), "io.max", format!("{} rbps={CARD}", device.trim()))
        };
        fs::create_dir(&group).ok()?;
        let slow = Self(group);
        fs::write(slow.0.join(rule), text).ok()?;
        fs::write(slow.0.join("cgroup.procs"), server.id().to_string()).ok()?;
        Some(slow)
    }
}

impl Drop for Slow {
    fn drop(&mut self) {
        // A group goes only when nobody is in it.
        for _ in 0..100 {
            if fs::remove_dir(&self.0).is_ok() {
                return;
            }
            thread::park_timeout(Duration::from_millis(20));
        }
    }
}

/// Takes a file out of the memory of the machine.
pub(crate) fn forget(file: &Path) {
    let file = File::open(file).expect("the archive");
    file.sync_all().expect("its disk");
    fadvise(&file, 0, None, Advice::DontNeed).expect("advice to the kernel");
}

/// Asks for texts that are in memory, one every 5 ms, while `others` do what they do until they are told to stop; answers
/// with the times.
pub(crate) fn ask_meanwhile(server: &Server, others: impl Fn(&AtomicBool) + Sync) -> Vec<Duration> {
    let paths: Vec<String> =
        (0..TEXTS).map(|number| format!("{}/{}", server.root, text_path(number))).collect();
    let requests: Vec<_> =
        paths.iter().map(|path| load::request(path, "Accept-Encoding: gzip\r\n")).collect();
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| others(&over));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let times = runtime.block_on(async {
            let stream = TcpStream::connect(("127.0.0.1", server.port)).await.expect("the server");
            let mut held = vec![0; 64 << 10];
            let (begun, mut times) = (Instant::now(), Vec::new());
            for request in requests.iter().cycle() {
                let asked = Instant::now();
                load::ask(&stream, request, &mut held).await;
                times.push(asked.elapsed());
                if begun.elapsed() > MEASURED {
                    break;
                }
                tokio::time::sleep(BETWEEN).await;
            }
            times
        });
        over.store(true, Ordering::Relaxed);
        times
    })
}

/// One tablet that plays the whole video.
pub(crate) fn stream(server: &Server, over: &AtomicBool) -> u64 {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", server.port)).expect("the server");
    let request = load::request(&format!("{}/{VIDEO_PATH}", server.root), "Range: bytes=0-\r\n");
    stream.write_all(&request).expect("the server");
    let (mut held, mut all) = (vec![0; 64 << 10], 0);
    while !over.load(Ordering::Relaxed) {
        match stream.read(&mut held).expect("the server hung up") {
            0 => break,
            got => all += got as u64,
        }
    }
    all
}

/// Tablets that jump about in the video: a browser breaks the answer off and asks from another place on. Each takes a
/// megabyte before it jumps. Answers with the bytes that came.
pub(crate) fn seek(server: &Server, tablets: usize, over: &AtomicBool) -> u64 {
    use std::io::{Read, Write};
    thread::scope(|scope| {
        let seeking: Vec<_> = (0..tablets as u64)
            .map(|number| {
                scope.spawn(move || {
                    let (mut chance, mut held, mut all) = (Chance(number), vec![0; 64 << 10], 0);
                    while !over.load(Ordering::Relaxed) {
                        let range = format!("Range: bytes={}-\r\n", chance.below(VIDEO - (1 << 20)));
                        let request = load::request(&format!("{}/{VIDEO_PATH}", server.root), &range);
                        let mut stream =
                            std::net::TcpStream::connect(("127.0.0.1", server.port)).expect("the server");
                        stream.write_all(&request).expect("the server");
                        let mut here = 0;
                        while here < 1 << 20 && !over.load(Ordering::Relaxed) {
                            here += stream.read(&mut held).expect("the server hung up");
                        }
                        all += here as u64;
                    }
                    all
                })
            })
            .collect();
        seeking.into_iter().map(|one| one.join().expect("a tablet failed")).sum()
    })
}
