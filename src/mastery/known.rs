//! The ratings of a school's students, at hand for every screen.

use std::collections::{BTreeSet, HashMap};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast;
use tokio::sync::broadcast::error::TryRecvError;

use super::calibrate::Answers;
use super::record::{Ground, Record};
use super::store;
use crate::db::Urgency;
use crate::error::Result;
use crate::evidence::{Known, Look, Reading, pieces_of};
use crate::ids::StudentId;
use crate::journal::{self, Draft, Entry, EntryKind, Journal};
use crate::packs::Packs;

/// The records of those who are at work, as of the last acknowledged answer.
pub(super) struct Records {
    journal: Arc<Journal>,
    known: Mutex<AtHand>,
}

struct AtHand {
    records: Known<Record>,
    ground: Ground,
    /// The journal, for calibrations; those before the first look count too.
    tail: broadcast::Receiver<Arc<[Entry]>>,
    is_calibrated: bool,
    /// A word for each time that other packs serve: skills may have other names then.
    changes: Receiver<()>,
}

impl Records {
    pub(super) fn new(journal: Arc<Journal>, packs: Arc<Packs>) -> Self {
        let (tell, changes) = sync_channel(1);
        packs.tell_of_changes(tell);
        let ground = Ground { packs, difficulties: Arc::default() };
        let (records, tail) = (Known::new(journal.subscribe()), journal.subscribe());
        let known = Mutex::new(AtHand { records, ground, tail, is_calibrated: true, changes });
        Self { journal, known }
    }

    /// Learns how hard things are from all answers, and writes down what is new. Answers how many skills and items moved.
    ///
    /// # Errors
    /// When the journal can't be read or written.
    pub(super) async fn calibrate(&self) -> Result<usize> {
        let ground = self.at_hand().ground.clone();
        let learned = self.journal.read(move |connection| {
            let mut answers = Answers::default();
            journal::each(connection, |entry| answers.add(&ground, entry))?;
            Ok(answers.learn(&ground.difficulties))
        });
        let learned = learned.await?;
        let moved = learned.skills.len() + learned.items.len();
        if moved > 0 {
            let draft = Draft::new(EntryKind::DIFFICULTY, &learned);
            self.journal.write(Urgency::Soon, move |stage| stage.append(draft)).await?;
        }
        Ok(moved)
    }

    /// What entries are rated with now.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn ground(&self) -> Result<Ground> {
        self.follow_difficulties().await?;
        Ok(self.at_hand().ground.clone())
    }

    /// Takes the difficulties in force from the disk, when there was a calibration.
    async fn follow_difficulties(&self) -> Result<()> {
        let calibrations = self.at_hand().heard_of_calibrations();
        if !calibrations {
            return Ok(());
        }
        let difficulties = Arc::new(self.journal.read(store::in_force).await?);
        let mut at_hand = self.at_hand();
        at_hand.ground.difficulties = difficulties;
        at_hand.records.forget();
        Ok(())
    }

    /// The records of some students, in their order. Reads the disk for those who were not looked at lately.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn of(&self, students: &[StudentId]) -> Result<Vec<Arc<Record>>> {
        self.follow_difficulties().await?;
        let mut found: HashMap<StudentId, Arc<Record>> = HashMap::new();
        let mut missing: HashMap<StudentId, Reading> = HashMap::new();
        let ground = {
            let mut at_hand = self.at_hand();
            for student in students {
                match at_hand.records.look(*student) {
                    Look::Here(record) => drop(found.insert(*student, record)),
                    Look::Read(reading) => drop(missing.insert(*student, reading)),
                }
            }
            at_hand.ground.clone()
        };
        if !missing.is_empty() {
            let wanted: BTreeSet<StudentId> = missing.keys().copied().collect();
            let read = self.journal.read(move |connection| {
                let mut pieces = pieces_of(connection, &wanted)?;
                let record = |student: &StudentId| {
                    let own = pieces.remove(student).unwrap_or_default();
                    (*student, Record::of(ground.clone(), *student, own))
                };
                Ok(wanted.iter().map(record).collect::<Vec<_>>())
            });
            let read = read.await?;
            let mut at_hand = self.at_hand();
            for (student, record) in read {
                let Some(reading) = missing.remove(&student) else { continue };
                found.insert(student, at_hand.records.admit(student, reading, record));
            }
        }
        Ok(students.iter().filter_map(|student| found.get(student).cloned()).collect())
    }

    /// The records as they were at a moment, in milliseconds since 1970, by what had happened until then.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn until(&self, students: &[StudentId], until: u64) -> Result<Vec<Arc<Record>>> {
        self.follow_difficulties().await?;
        let ground = self.at_hand().ground.clone();
        let wanted = students.to_vec();
        let read = self.journal.read(move |connection| {
            let mut pieces = pieces_of(connection, &wanted.iter().copied().collect())?;
            let record = |student: &StudentId| {
                let own = pieces.remove(student).unwrap_or_default();
                let earlier = own.into_iter().filter(|piece| piece.when.at < until).collect();
                Arc::new(Record::of(ground.clone(), *student, earlier))
            };
            Ok(wanted.iter().map(record).collect())
        });
        read.await
    }

    fn at_hand(&self) -> MutexGuard<'_, AtHand> {
        let mut at_hand = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if at_hand.changes.try_recv().is_ok() {
            at_hand.records.forget();
        }
        at_hand
    }
}

impl AtHand {
    /// Whether difficulties may have moved since the last call.
    fn heard_of_calibrations(&mut self) -> bool {
        loop {
            match self.tail.try_recv() {
                Ok(entries) => {
                    self.is_calibrated |= entries.iter().any(|entry| entry.kind == EntryKind::DIFFICULTY);
                }
                Err(TryRecvError::Lagged(_)) => self.is_calibrated = true,
                Err(TryRecvError::Empty | TryRecvError::Closed) => {
                    return std::mem::take(&mut self.is_calibrated);
                }
            }
        }
    }
}
