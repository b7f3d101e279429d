//! This box as a machine: how it is found on the network, and what it says about itself.
//!
//! Knows no student and never will: a technician sees all of this folder's answers.

mod addresses;
mod announce;

pub use addresses::own_addresses;
pub use announce::{Announced, Announcement};
