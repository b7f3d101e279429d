//! A line as schools have it: slow, far away, and cut every few seconds. Bytes pass through a proxy between box and hub.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use schoolhouse::clock::Deadline;

/// 64 kbit/s each way.
const BYTES_A_SECOND: u64 = 8_000;
/// Half of the way there and back.
const WAY: Duration = Duration::from_millis(300);
/// Then the line is gone, in the middle of whatever is on it.
const CUT_AFTER: Duration = Duration::from_secs(10);
/// So much is under way at once.
const PIECE: usize = 400;

/// A proxy to a hub that is such a line.
pub(crate) struct BadLine {
    /// Where it is.
    pub(crate) port: u16,
    passed: Arc<AtomicU64>,
}

impl BadLine {
    /// To a hub on this machine.
    pub(crate) fn to(hub: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let passed = Arc::new(AtomicU64::new(0));
        let counted = passed.clone();
        thread::spawn(move || {
            for near in listener.incoming().flatten() {
                let Ok(far) = TcpStream::connect(("127.0.0.1", hub)) else { continue };
                // The handshake costs a way there and back.
                thread::park_timeout(2 * WAY);
                carry(&near, &far, &counted);
                carry(&far, &near, &counted);
            }
        });
        Self { port, passed }
    }

    /// Bytes that passed in both directions.
    pub(crate) fn passed(&self) -> u64 {
        self.passed.load(Ordering::SeqCst)
    }
}

fn carry(from: &TcpStream, to: &TcpStream, passed: &Arc<AtomicU64>) {
    let (mut from, mut to, passed) = (from.try_clone().unwrap(), to.try_clone().unwrap(), passed.clone());
    let end = Deadline::after(CUT_AFTER);
    thread::spawn(move || {
        let mut piece = [0; PIECE];
        from.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        let mut rested = true;
        while end.remaining().is_some() {
            match from.read(&mut piece) {
                Ok(0) => break,
                Ok(count) => {
                    if std::mem::take(&mut rested) {
                        thread::park_timeout(WAY);
                    }
                    let time = Duration::from_millis(1_000 * count as u64 / BYTES_A_SECOND);
                    thread::park_timeout(time);
                    passed.fetch_add(count as u64, Ordering::SeqCst);
                    if to.write_all(&piece[..count]).is_err() {
                        break;
                    }
                }
                Err(_) => rested = true,
            }
        }
        let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
    });
}
