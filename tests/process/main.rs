//! The real binary as a process: started, stopped, killed.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that meets the unexpected has failed")]

#[path = "../harness/archives.rs"]
mod archives;
mod author;
mod backup;
mod bad_line;
mod box_packs;
mod boxes;
mod catalogue;
mod check;
mod cut;
mod hostile;
mod kill;
mod mastery;
mod names;
mod packs;
mod program;
#[path = "../harness/said.rs"]
mod said;
mod serving;
mod simulate;
mod start;
mod sync;
mod two_g;
