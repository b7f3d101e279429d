//! A school year in minutes: made-up students on the real program, with power cuts, Wi-Fi that fails and a clock that
//! forgets the date, held against a ledger at the end. `schoolhouse simulate` runs it.
//!
//! The box is the program itself, asked through its real routes without a socket. A power cut drops what is under way in
//! the middle; what the disk itself does then is the business of `tests/powercut`.

mod board;
mod day;
mod dice;
mod district;
mod ledger;
mod privacy;
mod school;
mod second;
mod student;
mod tablet;
mod year;

pub use day::Figures;
pub use dice::Dice;
pub use district::{DistrictOutcome, DistrictPlan, Totals, simulate_district};
pub use ledger::Lost;
pub use privacy::Asked;
pub use year::{Outcome, Plan, simulate};
