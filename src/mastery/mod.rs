//! What students can do: one rating for each student and skill, from all that was seen of them.
//!
//! A rating is a pure replay of evidence: the same evidence in the same order gives the same bits on every box, so the
//! arithmetic takes its logarithms and exponentials from one library and not from the machine. How the model came about and
//! how well it predicts stands in `docs/mastery.md`.

mod band;
mod calibrate;
mod choose;
mod difficulty;
mod items;
mod known;
mod memory;
mod next;
mod placement;
mod playlist;
mod record;
mod replay;
mod routes;
mod rules;
mod school;
mod screens;
mod sitting;
mod standing;
mod store;
mod student;
mod work;

pub use band::{Band, Strictness, band, right_answers_to_secure};
pub use choose::{Candidate, Open, Purpose, choose, predicted};
pub use difficulty::{Difficulties, Hard};
pub use items::{Choice, ItemAnalysis, ItemFindings, ItemVerdict};
pub use memory::Memory;
pub use placement::{Offer, PlacementView};
pub use record::Record;
pub use replay::Replay;
pub use routes::routes;
pub use rules::{Estimate, Observation, Skill};
pub use school::{Mastery, SkillNow};
pub use screens::SkillHead;
pub use standing::{Learner, Seen, SkillPicture, Sureness, Word};
pub use store::DifficultyView;
pub use student::{Outcome, Student};
pub use work::{Awaited, ClassWork, Gaps, Lists, Ways};

#[cfg(test)]
mod tests;
