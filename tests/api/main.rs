//! The API, as browsers see it: the real app and databases, without a socket.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that can't go on stops")]

#[path = "../harness/mod.rs"]
mod harness;

mod attendance;
mod authoring;
mod classes;
mod clock;
mod coverage;
mod evidence;
mod given;
mod goals;
mod items;
mod lessons;
mod library;
mod live;
mod mastery;
mod matrix;
mod openapi;
mod placement;
mod renewed;
mod reports;
mod room;
mod roster;
mod school;
mod search;
mod sheets;
mod sign_in;
mod staff;
mod tablet;
mod together;
mod ways;
