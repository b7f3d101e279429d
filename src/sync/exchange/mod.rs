//! One request and its answer: what a box and a hub say to each other, without the line between them.

pub mod enrolment;
pub mod frames;
pub mod messages;
