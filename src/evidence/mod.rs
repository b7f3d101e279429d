//! What students did: taken in from tablets, marked again, kept for good, and known to the last answer.
//!
//! A tablet sends what it holds in numbered batches; [`Evidence::append`] marks each answer with the box's own key and
//! hands the batch to the journal in one write. What can't be understood is kept as a note, because an entry that is
//! refused would block all behind it. The views (`progress`, `reading`) fold later; [`Evidence::progress`] adds what is
//! not folded yet.

mod allowance;
mod batch;
mod body;
mod judge;
mod known;
mod packed;
pub mod practice;
mod progress;
mod questions;
mod room;
mod routes;
mod rules;
mod seen;
mod store;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use batch::{Batch, Received, Sent};
pub use body::{
    Answer, BandSet, Calibrated, Calibration, Hardness, Note, Open, Read, Scored, SkillShare, Spot, WHOLE,
    Way,
};
pub use known::{Known, Look, Picture, Reading};
pub use packed::{with_seed, without_seed};
pub use progress::{Mark, Progress, Run, Runs, Stamp};
pub use questions::{Bank, BankItem, Questions};
pub use room::{RoomScore, RoomView};
pub use routes::routes;
pub use seen::{Name, Piece, SeenView, What, When, in_order, pieces_of};
pub use store::{EvidenceView, progress_of};

use crate::db::Urgency;
use crate::error::{Error, Result};
use crate::ids::StudentId;
use crate::journal::{self, Hlc, Journal, Stage};
use crate::packs::Packs;
use crate::people::People;
use allowance::{Allowances, Sender};
use judge::{CheckPlace, Judged};

/// How many students worked in a course.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CourseUse {
    /// Lately.
    pub recent: u32,
    /// Ever.
    pub ever: u32,
}

/// Takes in and knows what students did.
pub struct Evidence {
    journal: Arc<Journal>,
    people: Arc<People>,
    packs: Arc<Packs>,
    questions: Arc<Questions>,
    known: Mutex<Known<Progress>>,
    allowances: Allowances,
}

impl Evidence {
    /// Over a journal that has the [`EvidenceView`].
    pub fn new(journal: Arc<Journal>, people: Arc<People>, packs: Arc<Packs>) -> Self {
        let known = Mutex::new(Known::new(journal.subscribe()));
        Self {
            journal,
            people,
            questions: Arc::new(Questions::new(packs.clone())),
            packs,
            known,
            allowances: Allowances::default(),
        }
    }

    /// The questions of the courses.
    pub fn questions(&self) -> &Arc<Questions> {
        &self.questions
    }

    /// Takes in a batch. Answers with the number that should come next from that browser, once all below it is on the
    /// disk.
    ///
    /// # Errors
    /// When the box can't read a pack or write the journal; `evidence.too-much`. Then nothing of the batch was taken.
    pub async fn append(&self, batch: Batch) -> Result<u64> {
        let client = batch.client;
        let chooses_next = batch.entries.iter().any(Sent::chooses_next);
        let senders: Vec<_> = batch.entries.iter().map(|sent| self.people.student_of(&sent.ticket)).collect();
        // What a student's tablet holds for nobody goes with what it holds for the student: a stranger without any
        // ticket of ours can't hold it up.
        let vouches = senders.iter().flatten().next().copied();
        let now = self.journal.clock().now().mono;
        self.allowances.check(senders.into_iter().map(|sender| sender.or(vouches)), now)?;
        let judged = self.judge(batch).await?;
        let urgency = if self.finishes_a_check(&judged).await? {
            Urgency::Now
        } else if chooses_next {
            Urgency::Shortly
        } else {
            Urgency::Soon
        };
        let write = move |stage: &mut Stage| {
            let mut written: HashMap<Sender, u64> = HashMap::new();
            for Judged { n, draft, student, .. } in judged {
                let bytes = draft.body.len() as u64 + rules::ENTRY_COSTS;
                if stage.append_from(client, n, draft)? {
                    *written.entry(student.or(vouches)).or_default() += bytes;
                }
            }
            Ok((stage.next_from(client), written))
        };
        let (next, written) = self.journal.write(urgency, write).await?;
        self.allowances.charge(written, now);
        Ok(next)
    }

    /// Marking reads packs and computes, so it happens on a thread for such work, and never on the writer's.
    async fn judge(&self, batch: Batch) -> Result<Vec<Judged>> {
        let (people, questions) = (self.people.clone(), self.questions.clone());
        let judging = tokio::task::spawn_blocking(move || {
            let judge = |sent: &Sent| {
                let of = |ticket: &str| people.student_of(ticket);
                let whose = judge::Whose { student: of(&sent.ticket), partner: sent.partner().and_then(of) };
                judge::judge_safely(&questions, whose, sent)
            };
            batch.entries.iter().map(judge).collect()
        });
        judging.await.map_err(|e| Error::internal("The marking broke off.").caused_by(e))?
    }

    /// A student who finished a check waits for the results.
    async fn finishes_a_check(&self, judged: &[Judged]) -> Result<bool> {
        let mut checks: HashMap<(StudentId, &Spot), (u32, HashSet<u32>)> = HashMap::new();
        for CheckPlace { student, spot, place, of } in
            judged.iter().filter_map(|judged| judged.check.as_ref())
        {
            let check = checks.entry((*student, spot)).or_insert((*of, HashSet::new()));
            check.1.insert(*place);
        }
        for ((student, spot), (of, mut places)) in checks {
            let progress = self.progress(student).await?;
            places.extend(progress.run(spot).into_iter().flat_map(|run| run.marks.keys()));
            if (0..of).all(|place| places.contains(&place)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What a student has done, to the last acknowledged answer.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn progress(&self, student: StudentId) -> Result<Arc<Progress>> {
        let reading = match self.known().look(student) {
            Look::Here(progress) => return Ok(progress),
            Look::Read(reading) => reading,
        };
        let read = self.journal.read(move |connection| progress_of(connection, student)).await?;
        Ok(self.known().admit(student, reading, read))
    }

    /// The answers that count in one run, by place.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn answers(&self, run: &Run) -> Result<Vec<(u32, Answer)>> {
        let wanted: Vec<_> = run.marks.iter().map(|(place, mark)| (*place, mark.stamp.position)).collect();
        self.journal
            .read(move |connection| {
                let mut answers = Vec::with_capacity(wanted.len());
                for (place, position) in wanted {
                    let entry = journal::find(connection, position)?;
                    answers.extend(entry.and_then(|entry| entry.read()).map(|answer| (place, answer)));
                }
                Ok(answers)
            })
            .await
    }

    /// How many students worked in each course, in all and since a moment in milliseconds since 1970. Reads all that was
    /// ever answered; whoever needs it often keeps it for a while.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn use_of_courses(&self, since: u64) -> Result<BTreeMap<String, CourseUse>> {
        let last = self.journal.read(store::last_by_course).await?;
        let count = |students: BTreeMap<StudentId, Hlc>| {
            let recent = students.values().filter(|at| at.wall() >= since).count();
            let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            CourseUse { recent: count(recent), ever: count(students.len()) }
        };
        Ok(last.into_iter().map(|(course, students)| (course, count(students))).collect())
    }

    fn known(&self) -> MutexGuard<'_, Known<Progress>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
