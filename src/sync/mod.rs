//! What one box knows and another needs: segments of the journal over a line, the school's own network or a stick.

pub mod segment;
