//! How classes work, for those who show ratings and choose questions: at hand, and as new as the journal.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, MutexGuard, PoisonError};

use rusqlite::Connection;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;

use super::body::{ClassStrictness, ClassWay, Way};
use super::groups::{MOST_GROUPS, Need, suggest};
use super::{Classes, store};
use crate::error::Result;
use crate::ids::{ClassId, StudentId};
use crate::journal::{Entry, EntryKind};
use crate::lessons::courses_given;
use crate::mastery::{Awaited, ClassWork, Gaps, Lists, Strictness, Ways};

/// What was read of classes since the journal last spoke of them.
pub(super) struct Known {
    tail: Receiver<Arc<[Entry]>>,
    works: HashMap<ClassId, ClassWork>,
    /// Counts how often all was forgotten: what was read before is not kept after.
    turn: u64,
}

impl Known {
    pub(super) fn new(tail: Receiver<Arc<[Entry]>>) -> Self {
        Self { tail, works: HashMap::new(), turn: 0 }
    }

    fn follow(&mut self) {
        loop {
            let is_new = match self.tail.try_recv() {
                Ok(entries) => {
                    entries.iter().any(|entry| [EntryKind::LESSON, EntryKind::GIVEN].contains(&entry.kind))
                }
                Err(TryRecvError::Lagged(_)) => true,
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            };
            if is_new {
                self.works.clear();
                self.turn += 1;
            }
        }
    }
}

impl Classes {
    fn known(&self) -> MutexGuard<'_, Known> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.follow();
        known
    }

    async fn find_work(&self, class: ClassId) -> Result<ClassWork> {
        let turn = {
            let known = self.known();
            if let Some(work) = known.works.get(&class) {
                return Ok(work.clone());
            }
            known.turn
        };
        let work = self.journal.read(move |connection| read_work(connection, class)).await?;
        let mut known = self.known();
        if known.turn == turn {
            known.works.insert(class, work.clone());
        }
        Ok(work)
    }
}

impl Ways for Classes {
    fn work(&self, class: ClassId) -> Awaited<'_, Result<ClassWork>> {
        Box::pin(self.find_work(class))
    }

    fn groups(&self, gaps: &Gaps) -> Vec<Vec<StudentId>> {
        let need = |(skill, band): (&String, &_)| Some((skill.clone(), Need::of(*band)?));
        let needs: Vec<(StudentId, BTreeMap<String, Need>)> =
            gaps.iter().map(|(student, bands)| (*student, bands.iter().filter_map(need).collect())).collect();
        suggest(&needs, MOST_GROUPS).into_iter().map(|group| group.students).collect()
    }
}

fn read_work(connection: &Connection, class: ClassId) -> Result<ClassWork> {
    let ClassWay { way, strictness } = store::way_of(connection, class)?;
    let lists = match way {
        Way::Whole => Lists::Whole,
        Way::Groups => Lists::Groups(groups_of(connection, class)?),
        Way::OwnPlaylist => Lists::Own,
        Way::FreeChoice => Lists::Free,
    };
    Ok(ClassWork { strictness: strictness.into(), lists, courses: courses_given(connection, class)? })
}

/// Who works together by the plan of the lesson that runs, else by the newest plan.
fn groups_of(connection: &Connection, class: ClassId) -> Result<Option<Vec<Vec<StudentId>>>> {
    let run = match store::run_of_class(connection, class)? {
        Some(run) if !run.ended => store::plan_of(connection, class, run.plan)?,
        _ => None,
    };
    let plan = match run {
        Some(held) => Some(held),
        None => store::plans_of(connection, class)?.into_iter().next(),
    };
    let groups = plan.map(|held| held.plan.groups).filter(|groups| groups.len() > 1);
    Ok(groups.map(|groups| groups.into_iter().map(|group| group.students).collect()))
}

impl From<ClassStrictness> for Strictness {
    fn from(strictness: ClassStrictness) -> Self {
        match strictness {
            ClassStrictness::Relaxed => Self::Relaxed,
            ClassStrictness::Standard => Self::Standard,
            ClassStrictness::Strict => Self::Strict,
        }
    }
}
