//! Answers and what else students did: taken in from tablets, marked again, kept for good.

mod body;
mod progress;
mod rules;
mod store;

pub use body::{Answer, Note, Open, Read, SkillShare, Spot, WHOLE};
pub use progress::{Mark, Progress, Run, Runs, Stamp};
pub use rules::{places, seed_for};
pub use store::{EvidenceView, progress_of};

#[cfg(test)]
mod tests;
