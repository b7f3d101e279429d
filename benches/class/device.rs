//! What reaches the device: bytes and flushes for each answer, counted by the kernel on an ext4 file system of its own.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::disk::Disk;
use crate::server::Server;
use crate::tablet::Tablet;

/// Forty students who think give so many answers in a minute.
const ANSWERS: u32 = 480;
const BETWEEN_ANSWERS: Duration = Duration::from_millis(125);
const STUDENTS: usize = 40;
/// Answers of each tablet before the counting begins: together far more than the log's 1,000 pages.
const WARM_UP: u32 = 600;

/// Measures a minute of a quiet class, where this machine lets us make a file system.
pub(crate) fn measure(scratch: &Path) {
    let Some(disk) = Disk::make(scratch, "512M") else {
        println!("bytes and flushes for an answer: not measured, needs root and a loop device");
        return;
    };
    let server = Server::start(&disk.mount.join("data"));
    let students = server.set_up(STUDENTS);
    let mut tablets: Vec<Tablet> = (0..STUDENTS).map(|number| Tablet::new(server.port, number)).collect();
    for (tablet, student) in tablets.iter_mut().zip(&students) {
        tablet.sign_in(student);
        tablet.open_practice();
    }
    // SQLite writes its log over and over once it has its full length of 1,000 pages; until then each commit also
    // makes the file longer. A box in use is past that.
    thread::scope(|scope| {
        for tablet in &mut tablets {
            scope.spawn(|| (0..WARM_UP).for_each(|_| tablet.answer()));
        }
    });
    // What came before must not be counted.
    rustix::fs::sync();
    thread::park_timeout(Duration::from_secs(12));
    let before = counters(&disk);
    let begun = Instant::now();
    thread::scope(|scope| {
        for (number, tablet) in tablets.iter_mut().enumerate() {
            scope.spawn(move || {
                let mut turn = u32::try_from(number).unwrap_or(0);
                while turn < ANSWERS {
                    let due = begun + BETWEEN_ANSWERS * turn;
                    thread::park_timeout(due.saturating_duration_since(Instant::now()));
                    tablet.answer();
                    turn += 40;
                }
            });
        }
    });
    thread::park_timeout(Duration::from_secs(11));
    rustix::fs::sync();
    let after = counters(&disk);
    let answers = f64::from(ANSWERS);
    #[expect(clippy::cast_precision_loss)]
    let (bytes, flushes) = ((after.0 - before.0) as f64 / answers, (after.1 - before.1) as f64 / answers);
    println!(
        "for each of {ANSWERS} answers, 8 a second: {bytes:.0} bytes written to the device, {flushes:.2} flushes"
    );
}

/// Bytes written and flushes since the device was made.
fn counters(disk: &Disk) -> (u64, u64) {
    let counters: Vec<u64> =
        disk.ask("stat").split_whitespace().filter_map(|field| field.parse().ok()).collect();
    let field = |number: usize| counters.get(number).copied().unwrap_or(0);
    // Linux, Documentation/block/stat.rst: the seventh is sectors of 512 bytes written, the sixteenth flushes.
    (field(6) * 512, field(15))
}
