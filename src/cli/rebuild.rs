//! `schoolhouse rebuild`: throws all views away and makes them anew from the journal.

use super::print;
use crate::app::{App, Start};
use crate::config::Config;
use crate::error::Result;
use crate::files::DataDir;
use crate::web::Stop;

/// Rebuilds, and says whether anything was different.
///
/// # Errors
/// When the data can't be opened, or a server has it open.
pub(super) fn run(config: &Config) -> Result<()> {
    let (_stop, stopping) = Stop::new();
    let app = App::open(Start::offline(DataDir::open(&config.data)?, stopping))?;
    let before = app.journal.dump_views()?;
    let count = app.journal.rebuild()?;
    let same = app.journal.dump_views()? == before;
    print(&format!(
        "Made all views anew from {count} entries. {}",
        if same { "Nothing was different." } else { "Some rows were different and are right now." }
    ));
    Ok(())
}
