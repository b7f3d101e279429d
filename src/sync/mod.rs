//! What one box knows and another needs: segments of the journal over a line, the school's own network or a stick.

mod chains;
pub mod exchange;
pub mod segment;

pub use chains::{Chains, Life, Mark};
