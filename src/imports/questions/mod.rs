//! Questions of other programs become items of ours: what can be kept is kept, what can't is told.
//!
//! `docs/imports.md` has the table of every type; a test holds it to what is done here.

pub(super) mod aiken;
mod asked;
pub(super) mod bank;
mod calculated;
mod choices;
mod cloze;
mod formula;
pub(super) mod gift;
pub(super) mod markup;
pub(super) mod moodle;
mod moodle_types;
pub(super) mod ods;
pub(super) mod sheet;
mod sheet_row;
mod tex;

#[cfg(test)]
mod tests;
