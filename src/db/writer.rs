//! The one thread that writes.
//!
//! Jobs queue up; the thread takes them in groups, runs each in a savepoint of its own so that one bad job fails
//! alone, commits once, and only then answers them all. With 40 tablets this is the difference between 30 and
//! 1,000 answers a second on a slow card (`docs/decisions/0002-sqlite-settings.md`).

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;

use super::{Options, open_connection};
use crate::clock::Deadline;
use crate::error::{Error, Kind, Result};

/// More than this waiting means that the disk has stopped: answer "busy" rather than grow.
const QUEUE: usize = 4_096;
/// A group never holds more, so that one commit stays short.
const LARGEST_GROUP: usize = 512;
/// With so many waiting there is company enough; waiting longer would only delay.
const ENOUGH_COMPANY: usize = 16;

/// An answer after which the next question is chosen waits at most so long: the child has that time of ours, the 150 ms of
/// `docs/decisions/0014` less what choosing takes.
const SHORTLY: Duration = Duration::from_millis(100);

/// How soon a write must be on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// May wait a quarter of a second for company: the sender keeps it until it is acknowledged.
    Soon,
    /// May wait a tenth of a second: something is chosen by it next.
    Shortly,
    /// A person waits for it.
    Now,
}

/// Hears on the writer thread how each group ended, and keeps in step what it holds in memory.
pub trait GroupEnd: Send {
    /// Everything in the group is on the disk.
    fn committed(&mut self) {}
    /// Nothing of the group is on the disk; the connection was opened anew.
    fn rolled_back(&mut self) {}
}

impl GroupEnd for () {}

type Outcome = Result<Box<dyn Any + Send>>;
type Work = Box<dyn FnOnce(&Connection) -> Outcome + Send>;

struct Job {
    urgency: Urgency,
    run: Work,
    answer: Box<dyn FnOnce(Outcome) + Send>,
}

pub(super) struct Writer {
    queue: Option<SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(
        options: Options,
        connection: Connection,
        group_end: Box<dyn GroupEnd>,
    ) -> Result<Self> {
        let (queue, jobs) = sync_channel(QUEUE);
        let thread = std::thread::Builder::new().name("journal-writer".into()).spawn(move || {
            if options.calm {
                give_way();
            }
            Loop { options, connection: Some(connection), group_end }.run(&jobs);
        })?;
        Ok(Self { queue: Some(queue), thread: Some(thread) })
    }

    /// Queues `work`; `answer` gets its result on the writer thread when the group is committed.
    pub(super) fn submit<T: Send + 'static>(
        &self,
        urgency: Urgency,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
        answer: impl FnOnce(Result<T>) + Send + 'static,
    ) -> Result<()> {
        let job = Job {
            urgency,
            run: Box::new(|connection| work(connection).map(|value| Box::new(value) as Box<dyn Any + Send>)),
            answer: Box::new(|outcome| {
                answer(outcome.and_then(|value| {
                    value
                        .downcast::<T>()
                        .map(|value| *value)
                        .map_err(|_| Error::internal("A write lost its result."))
                }));
            }),
        };
        let queue = self.queue.as_ref().ok_or_else(super::stopped)?;
        match queue.try_send(job) {
            Ok(()) => Ok(()),
            Err(TrySendError::Full(_)) => Err(busy()),
            Err(TrySendError::Disconnected(_)) => Err(super::stopped()),
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take() {
            // The thread holds what is left of the queue to its end; a panic there was already logged.
            let _ = thread.join();
        }
    }
}

fn busy() -> Error {
    Error::new(Kind::Unavailable, "box.busy", "The box is busy. Try again in a moment.")
}

/// From now on this thread works when no other has something to do, on the processor and, with most schedulers, on the
/// disk.
pub fn give_way() {
    /// The lowest of Linux.
    const LAST: i32 = 19;
    if let Err(error) = rustix::process::setpriority_process(None, LAST) {
        tracing::warn!(%error, "a thread in the background can't give way to others");
    }
}

struct Loop {
    options: Options,
    connection: Option<Connection>,
    group_end: Box<dyn GroupEnd>,
}

impl Loop {
    fn run(mut self, jobs: &Receiver<Job>) {
        while let Ok(first) = jobs.recv() {
            let group = self.gather(first, jobs);
            self.write(group);
        }
    }

    /// Waits for company as long as it is worth it.
    fn gather(&self, first: Job, jobs: &Receiver<Job>) -> Vec<Job> {
        let mut deadline = Deadline::after(self.patience_of(first.urgency));
        let mut group = vec![first];
        while group.len() < LARGEST_GROUP {
            let next = match deadline.remaining().filter(|_| group.len() < ENOUGH_COMPANY) {
                Some(wait) => jobs.recv_timeout(wait).ok(),
                None => jobs.try_recv().ok(),
            };
            let Some(job) = next else { break };
            deadline = deadline.min(Deadline::after(self.patience_of(job.urgency)));
            group.push(job);
        }
        group
    }

    fn patience_of(&self, urgency: Urgency) -> Duration {
        match urgency {
            Urgency::Soon => self.options.window,
            Urgency::Shortly => self.options.window.min(SHORTLY),
            Urgency::Now => Duration::ZERO,
        }
    }

    fn write(&mut self, group: Vec<Job>) {
        if let Err(error) = self.reopen_if_closed() {
            return refuse(group.into_iter().map(|job| job.answer), &error);
        }
        let Some(connection) = &self.connection else { return };
        let (jobs, answers): (Vec<_>, Vec<_>) = group.into_iter().map(|job| (job.run, job.answer)).unzip();
        match run_group(connection, jobs) {
            Ok(outcomes) => {
                self.group_end.committed();
                for (answer, outcome) in answers.into_iter().zip(outcomes) {
                    answer(outcome);
                }
            }
            Err(error) => {
                tracing::error!(%error, "a commit failed; the database is opened anew");
                self.give_up();
                refuse(answers.into_iter(), &error);
            }
        }
    }

    /// After a failed sync nobody knows what the connection believes: never go on with it.
    fn give_up(&mut self) {
        self.connection = None;
        self.group_end.rolled_back();
    }

    fn reopen_if_closed(&mut self) -> Result<()> {
        if self.connection.is_none() {
            self.connection = Some(open_connection(&self.options, false)?);
        }
        Ok(())
    }
}

fn refuse(answers: impl Iterator<Item = Box<dyn FnOnce(Outcome) + Send>>, error: &Error) {
    for answer in answers {
        answer(Err(Error::new(error.kind, error.code, error.message.clone())));
    }
}

/// Runs all jobs in one transaction; an error means that nothing of any of them is on the disk.
fn run_group(connection: &Connection, jobs: Vec<Work>) -> Result<Vec<Outcome>> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let outcomes = jobs.into_iter().map(|run| run_in_savepoint(connection, run)).collect::<Result<_>>()?;
    connection.execute_batch("COMMIT")?;
    Ok(outcomes)
}

/// What came of one job. An error means that the whole transaction is lost.
fn run_in_savepoint(connection: &Connection, run: Work) -> Result<Outcome> {
    connection.prepare_cached("SAVEPOINT job")?.execute([])?;
    let outcome = catch_unwind(AssertUnwindSafe(|| run(connection)))
        .unwrap_or_else(|_| Err(Error::internal("A write broke off.")));
    // On a full or failing disk SQLite ends the transaction by itself: what follows would be committed one by one, and
    // what came before is gone.
    if connection.is_autocommit() {
        return Err(match outcome {
            Err(error) => error,
            Ok(_) => Error::internal("A write ended its transaction."),
        });
    }
    if outcome.is_err() {
        connection.prepare_cached("ROLLBACK TO job")?.execute([])?;
    }
    connection.prepare_cached("RELEASE job")?.execute([])?;
    Ok(outcome)
}
