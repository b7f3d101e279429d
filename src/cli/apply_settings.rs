//! `schoolhouse apply-settings`: what a card runs at each start, before its network.

use std::path::PathBuf;

use super::print;
use crate::card;
use crate::error::Result;
use crate::people::LANGUAGES;

/// Where to read and write.
#[derive(clap::Args)]
pub(super) struct ApplySettings {
    /// The card's boot partition, with schoolhouse.txt
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
    /// Where the system looks for what it starts with
    #[arg(long, value_name = "DIR", default_value = "/run")]
    to: PathBuf,
}

/// Applies the settings and prints what was wrong with them.
///
/// # Errors
/// When the results can't be written.
pub(super) fn run(wanted: &ApplySettings) -> Result<()> {
    for note in card::apply(&wanted.from, &wanted.to, &LANGUAGES)? {
        print(&format!("{} ({})", note.message, note.code));
    }
    Ok(())
}
