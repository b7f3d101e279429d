//! An archive, from its end record to what its documents say.

#![no_main]

#[path = "../judges.rs"]
mod judges;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| judges::archive(bytes));
