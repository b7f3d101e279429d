//! The API, as browsers see it: the real app and databases, without a socket.

#[path = "../harness/mod.rs"]
mod harness;

mod school;
mod staff;
