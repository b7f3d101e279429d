//! A journal that went back in time: a card that was copied, a backup that was put back. What others hold under the same numbers is
//! true as well, so this box goes on in a new life and keeps both.

use super::{Life, Sync};
use crate::error::Result;
use crate::journal::{self, Entry};

impl Sync {
    /// Compares the newest segments with the journal, and mends what differs: entries of the journal that were sealed otherwise go over
    /// into a new life, and what the segments hold is merged in.
    ///
    /// # Errors
    /// When journal or segments can't be read.
    pub(super) async fn recover(&self) -> Result<()> {
        let life = (self.journal.stream(), self.journal.epoch().await?);
        let mark = self.chains.mark(life)?;
        let Some(differs) = self.first_difference(life, mark.next).await? else { return Ok(()) };
        tracing::warn!(
            from = differs,
            "the journal is older than what was sealed from it; this box begins a new life"
        );
        self.journal.begin_epoch(differs).await?;
        self.merge_chain(life, differs).await
    }

    /// The first number from which journal and segments differ; nothing where they agree, which the last segment tells.
    async fn first_difference(&self, life: Life, next: u64) -> Result<Option<u64>> {
        let (mut end, mut found) = (next, None);
        while end > 1 {
            let Some(segment) = self.chains.at(life, end - 1)? else { break };
            let sealed = segment.entries(&self.school())?;
            let first = segment.head().first;
            let count = sealed.len();
            let here = self
                .journal
                .read(move |connection| journal::run_from(connection, life, first, count))
                .await?;
            let Some(differs) = difference(&sealed, &here) else { break };
            found = Some(first + differs as u64);
            end = first;
            if differs > 0 {
                break;
            }
        }
        Ok(found)
    }

    /// Merges the entries of a chain's segments from a number on.
    pub(super) async fn merge_chain(&self, life: Life, from: u64) -> Result<()> {
        let mut next = from;
        while let Some(segment) = self.chains.at(life, next)? {
            next = segment.head().next();
            self.journal.merge(segment.entries(&self.school())?).await?;
        }
        Ok(())
    }
}

/// Where two runs that begin at one number differ first: by an entry, or because the journal's ends early.
pub(super) fn difference(sealed: &[Entry], here: &[Entry]) -> Option<usize> {
    let differs = |at: &usize| sealed.get(*at) != here.get(*at);
    (0..sealed.len()).find(differs)
}
