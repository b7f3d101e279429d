//! Schoolhouse: a school server in one file.
//!
//! The map, from the top: `cli`, `app`, `server` and `background` put things together; the folders in the middle are
//! what a school does; `journal`, `db`, `web` and the single files at the bottom are what computers do. Who may use whom
//! stands in ARCHITECTURE.md and is held by `tests/tidy.rs`.
#![forbid(unsafe_code)]

pub mod app;
pub mod authoring;
pub mod background;
pub mod backup;
pub mod card;
pub mod classes;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
pub mod device;
pub mod error;
pub mod evidence;
pub mod files;
pub mod goals;
pub mod hub;
pub mod ids;
pub mod imports;
pub mod items;
pub mod journal;
pub mod lessons;
pub mod library;
pub mod lint;
pub mod live;
pub mod mastery;
pub mod packs;
pub mod people;
pub mod reports;
pub mod running;
pub mod sample;
pub mod search;
pub mod server;
pub mod sheets;
pub mod simulation;
pub mod sync;
pub mod web;
