//! Reading from what may be pulled out at any moment.
//!
//! A read from a stick that is gone mostly fails at once, but a dying one holds its reader for half a minute and nothing
//! can wake it. So each such read is done by a thread of its own; whoever waits for it gives up as soon as the stick is
//! known to be gone, or the work is called off.

use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::error::{Error, Kind, Result};
use crate::packs::{Source, Tree};

/// How soon somebody who waits notices that there is nothing to wait for.
const LOOK_UP: Duration = Duration::from_millis(100);
/// Bytes that are read at once, and how many such parts may lie ready.
const PART: usize = 128 << 10;
const PARTS_READY: usize = 2;

/// Something that happens once and is seen by all who hold it.
#[derive(Clone, Debug, Default)]
pub(super) struct Flag(Arc<AtomicBool>);

impl Flag {
    pub(super) fn raise(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    pub(super) fn is_up(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// When to wait no longer.
#[derive(Clone, Debug, Default)]
pub(super) struct Patience {
    /// What is read from is gone.
    pub(super) gone: Flag,
    /// Nobody wants the outcome any more.
    pub(super) off: Flag,
}

impl Patience {
    fn is_over(&self) -> bool {
        self.gone.is_up() || self.off.is_up()
    }

    /// Does something on a thread of its own.
    ///
    /// # Errors
    /// `library.source-gone` when there is nothing to wait for any more.
    pub(super) fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let (send, receive) = channel();
        let work = move || {
            // Nobody may be waiting any more.
            let _ = send.send(work());
        };
        thread::Builder::new().name("stick".into()).spawn(work)?;
        self.wait(&receive)?.ok_or_else(|| Error::internal("A thread that read a stick broke off."))
    }

    /// The next that comes; none when nothing can come any more.
    fn wait<T>(&self, from: &Receiver<T>) -> Result<Option<T>> {
        loop {
            if self.is_over() {
                return Err(gone());
            }
            match from.recv_timeout(LOOK_UP) {
                Ok(got) => return Ok(Some(got)),
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

/// What was read from is not there any more.
pub(super) fn gone() -> Error {
    let sentence = "The stick was pulled out. Put it back in, and it goes on.";
    Error::new(Kind::Unavailable, "library.source-gone", sentence)
}

fn as_io(error: Error) -> io::Error {
    io::Error::new(io::ErrorKind::NotConnected, error)
}

/// An archive on a stick.
pub(super) struct PatientSource {
    inner: Arc<dyn Source>,
    patience: Patience,
    /// The part that was read last: small reads that follow each other cost one thread and not many.
    held: Mutex<(u64, Vec<u8>)>,
}

impl PatientSource {
    pub(super) fn new(inner: Arc<dyn Source>, patience: Patience) -> Self {
        Self { inner, patience, held: Mutex::default() }
    }
}

impl Source for PatientSource {
    fn length(&self) -> io::Result<u64> {
        let inner = self.inner.clone();
        self.patience.run(move || inner.length()).map_err(as_io)?
    }

    fn read_at(&self, to: &mut [u8], at: u64) -> io::Result<usize> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if at < held.0 || at >= held.0 + held.1.len() as u64 {
            let (inner, wanted) = (self.inner.clone(), to.len().max(PART));
            let read = move || {
                let mut part = vec![0; wanted];
                let got = inner.read_at(&mut part, at)?;
                part.truncate(got);
                io::Result::Ok(part)
            };
            *held = (at, self.patience.run(read).map_err(as_io)??);
        }
        let from = usize::try_from(at - held.0).unwrap_or(usize::MAX);
        let part = held.1.get(from..).unwrap_or_default();
        let given = part.len().min(to.len());
        to[..given].copy_from_slice(&part[..given]);
        Ok(given)
    }

    fn sha256(&self) -> Option<[u8; 32]> {
        let inner = self.inner.clone();
        self.patience.run(move || inner.sha256()).ok().flatten()
    }
}

/// The files of a folder on a stick.
pub(super) struct PatientTree {
    inner: Arc<dyn Tree>,
    patience: Patience,
}

impl PatientTree {
    pub(super) fn new(inner: Arc<dyn Tree>, patience: Patience) -> Self {
        Self { inner, patience }
    }
}

impl Tree for PatientTree {
    fn paths(&self) -> Result<Vec<String>> {
        let inner = self.inner.clone();
        self.patience.run(move || inner.paths())?
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>> {
        self.open_at(path, 0)
    }

    fn open_at(&self, path: &str, at: u64) -> Result<Box<dyn Read + '_>> {
        let (inner, path) = (self.inner.clone(), path.to_owned());
        let (send, parts) = sync_channel(PARTS_READY);
        let read = move || {
            let opened = inner.open_at(&path, at);
            let mut file = match opened {
                Ok(file) => file,
                Err(error) => return drop(send.send(Err(error))),
            };
            // The first word is that the file is there.
            let mut part = Ok(Vec::new());
            loop {
                let is_last = part.is_err();
                if send.send(part).is_err() || is_last {
                    return;
                }
                let mut bytes = vec![0; PART];
                part = match file.read(&mut bytes) {
                    Ok(0) => return,
                    Ok(got) => {
                        bytes.truncate(got);
                        Ok(bytes)
                    }
                    Err(error) => Err(error.into()),
                };
            }
        };
        thread::Builder::new().name("stick".into()).spawn(read)?;
        let first = self.patience.wait(&parts)?;
        first.ok_or_else(|| Error::internal("A thread that read a stick broke off."))??;
        Ok(Box::new(Parts { coming: parts, patience: self.patience.clone(), held: Vec::new(), used: 0 }))
    }

    fn size(&self, path: &str) -> Result<u64> {
        let (inner, path) = (self.inner.clone(), path.to_owned());
        self.patience.run(move || inner.size(&path))?
    }

    fn known_digest(&self, path: &str) -> Option<[u8; 16]> {
        self.inner.known_digest(path)
    }
}

/// A file as it comes, part by part.
struct Parts {
    coming: Receiver<Result<Vec<u8>>>,
    patience: Patience,
    held: Vec<u8>,
    used: usize,
}

impl Read for Parts {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.used == self.held.len() {
            match self.patience.wait(&self.coming).map_err(as_io)? {
                None => return Ok(0),
                Some(part) => (self.held, self.used) = (part.map_err(io::Error::other)?, 0),
            }
        }
        let given = to.len().min(self.held.len() - self.used);
        to[..given].copy_from_slice(&self.held[self.used..self.used + given]);
        self.used += given;
        Ok(given)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// A stick that gives what it has, and at its end nothing, not even an error.
    struct Dying {
        bytes: Vec<u8>,
        hangs: bool,
    }

    impl Dying {
        fn hang(&self) {
            if self.hangs {
                loop {
                    thread::park();
                }
            }
        }
    }

    impl Source for Dying {
        fn length(&self) -> io::Result<u64> {
            Ok(self.bytes.len() as u64)
        }

        fn read_at(&self, to: &mut [u8], at: u64) -> io::Result<usize> {
            let rest = self.bytes.get(usize::try_from(at).unwrap()..).unwrap_or_default();
            if rest.is_empty() {
                self.hang();
            }
            let got = rest.len().min(to.len());
            to[..got].copy_from_slice(&rest[..got]);
            Ok(got)
        }
    }

    struct Stream<'a>(&'a Dying, Cursor<&'a [u8]>);

    impl Read for Stream<'_> {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            let got = self.1.read(to)?;
            if got == 0 {
                self.0.hang();
            }
            Ok(got)
        }
    }

    impl Tree for Dying {
        fn paths(&self) -> Result<Vec<String>> {
            Ok(vec!["a".to_owned()])
        }

        fn open(&self, path: &str) -> Result<Box<dyn Read + '_>> {
            match path {
                "a" => Ok(Box::new(Stream(self, Cursor::new(&self.bytes)))),
                _ => Err(Error::not_found("pack.file-missing", "There is no such file.")),
            }
        }
    }

    fn some_bytes() -> Vec<u8> {
        (0..300_000_u32).map(|n| n.to_le_bytes()[1]).collect()
    }

    #[test]
    fn everything_comes_as_it_lies() {
        let stick = Arc::new(Dying { bytes: some_bytes(), hangs: false });
        let source = PatientSource::new(stick.clone(), Patience::default());
        assert_eq!(source.length().unwrap(), 300_000);
        let mut some = [0; 1_000];
        for at in [0, 500, 131_000, 299_900, 7] {
            let got = source.read_at(&mut some, at).unwrap();
            let wanted = &some_bytes()[usize::try_from(at).unwrap()..];
            assert!(got > 0 && wanted.starts_with(&some[..got]), "{got} at {at}");
        }
        assert_eq!(source.read_at(&mut some, 300_000).unwrap(), 0);
        let tree = PatientTree::new(stick, Patience::default());
        assert_eq!(tree.read("a", 1 << 20).unwrap(), some_bytes());
        assert_eq!(tree.open("b").err().unwrap().code, "pack.file-missing");
    }

    #[test]
    fn a_stick_that_does_not_answer_holds_nobody_once_it_is_gone() {
        let patience = Patience::default();
        let stick = Arc::new(Dying { bytes: some_bytes(), hangs: true });
        let (source, tree) =
            (PatientSource::new(stick.clone(), patience.clone()), PatientTree::new(stick, patience.clone()));
        let readers = [
            thread::spawn(move || {
                let refused = source.read_at(&mut [0; 10], 300_000).unwrap_err();
                refused.to_string()
            }),
            thread::spawn(move || tree.read("a", 1 << 20).unwrap_err().to_string()),
        ];
        patience.gone.raise();
        for reader in readers {
            let refused = reader.join().unwrap();
            assert!(refused.contains("library.source-gone"), "{refused}");
        }
    }
}
