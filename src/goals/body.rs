//! What the journal says of goals. Numbers are for ever; new fields are optional and come last.

use minicbor::{Decode, Encode};

use crate::ids::{ClassId, GoalId, StaffId};
use crate::journal::{Draft, EntryKind};

/// The body of a `GOAL` entry: all of a goal, as it is from now on.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) struct GoalEntry {
    #[n(0)]
    pub(super) goal: GoalId,
    #[n(1)]
    pub(super) class: ClassId,
    /// Nothing once it is given up.
    #[n(2)]
    pub(super) content: Option<Goal>,
    #[n(3)]
    pub(super) by: Option<StaffId>,
}

impl GoalEntry {
    pub(super) fn draft(&self) -> Draft {
        Draft::new(EntryKind::GOAL, self)
    }
}

/// What a class is to reach.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) struct Goal {
    /// Each as `<pack>/<skill>`.
    #[n(0)]
    pub(super) skills: Vec<String>,
    /// The share that is to be secure, in percent.
    #[n(1)]
    pub(super) target: u32,
    /// The day on which it was set, in UTC, as `2026-11-25`.
    #[n(2)]
    pub(super) from: String,
    /// The last day.
    #[n(3)]
    pub(super) until: String,
    /// The share on the first day, in tenths of a percent.
    #[n(4)]
    pub(super) start: u32,
}
