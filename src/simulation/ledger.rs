//! What the people of a simulated school did, written down beside the box, to hold the box against it.

use std::collections::HashMap;

use crate::app::App;
use crate::error::Result;
use crate::evidence::Answer;
use crate::ids::{StudentId, to_hex};
use crate::journal::{self, EntryKind};

/// An answer that a student gave on a tablet.
#[derive(Clone, Debug)]
pub(super) struct Given {
    /// The tablet, and its number there.
    pub(super) client: String,
    pub(super) n: u64,
    pub(super) student: StudentId,
    pub(super) right: bool,
}

/// Something that a teacher wrote down.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) class: String,
    pub(super) check: String,
    pub(super) student: StudentId,
    pub(super) value: u16,
}

/// Whose it is and the box's mark in thousandths, of an entry that is an answer.
type Marked = Option<(StudentId, u16)>;

/// All of it.
#[derive(Default)]
pub(super) struct Ledger {
    pub(super) given: Vec<Given>,
    pub(super) written: Vec<Written>,
}

/// How the box's journal differs from the ledger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    /// Answers that were given and are not on the box.
    pub missing: usize,
    /// Answers that are there more than once.
    pub doubled: usize,
    /// Answers that stand under another student, or with another mark.
    pub changed: usize,
}

impl Ledger {
    /// Holds the journal of a box against the answers.
    pub(super) async fn hold_against(&self, app: &App) -> Result<Lost> {
        let found = app
            .journal
            .read(|connection| {
                let mut found: HashMap<(String, u64), Vec<Marked>> = HashMap::new();
                journal::each(connection, |entry| {
                    let Some((client, n)) = entry.client else { return };
                    let answer = (entry.kind == EntryKind::ANSWER).then(|| entry.read::<Answer>()).flatten();
                    let mark = answer.map(|answer| (answer.student, answer.score));
                    found.entry((to_hex(&client.0), n)).or_default().push(mark);
                })?;
                Ok(found)
            })
            .await?;
        let mut lost = Lost::default();
        for given in &self.given {
            match found.get(&(given.client.clone(), given.n)).map(Vec::as_slice) {
                None | Some([]) => lost.missing += 1,
                Some([mark]) => {
                    let is_same = |(student, score): (StudentId, u16)| {
                        student == given.student && (score == 1_000) == given.right
                    };
                    // What is no answer is a note: a second tablet answered the same question before.
                    lost.changed += usize::from(!mark.is_none_or(is_same));
                }
                Some(_) => lost.doubled += 1,
            }
        }
        Ok(lost)
    }
}
