//! The real binary as a process: started, stopped, killed.

mod kill;
mod program;
mod start;
