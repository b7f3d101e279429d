//! `schoolhouse backup`, `restore` and `verify`: copies of the school's data, without a browser. The server must not run meanwhile: it makes its own.

use std::path::PathBuf;

use super::{print, runtime};
use crate::app::{App, Start};
use crate::backup;
use crate::config::Config;
use crate::error::Result;
use crate::files::DataDir;
use crate::web::Stop;

/// What to back up to.
#[derive(clap::Args)]
pub(super) struct BackUp {
    /// A stick or folder to write the locked backup to; without it a copy is made on the box itself
    to: Option<PathBuf>,
}

/// What to restore.
#[derive(clap::Args)]
pub(super) struct Restore {
    /// The backup, or the stick or folder whose newest one is taken
    from: PathBuf,
    /// The recovery code: 26 letters and digits
    #[arg(long)]
    code: String,
}

/// What to look over.
#[derive(clap::Args)]
pub(super) struct Verify {
    /// A backup, or a stick or folder with backups; without it the data of this box and its newest copy
    from: Option<PathBuf>,
    /// The recovery code; without it the one of this box
    #[arg(long)]
    code: Option<String>,
}

/// Makes a copy, and says where it lies and what opens it.
///
/// # Errors
/// When a server has the data open; when the disk or the stick refuses.
pub(super) fn back_up(wanted: &BackUp, config: &Config) -> Result<()> {
    let (_stop, stopping) = Stop::new();
    let app = App::open(Start::offline(DataDir::open(&config.data)?, stopping))?;
    let made: Result<()> = runtime()?.block_on(async {
        match &wanted.to {
            None => app.backup.copy().await?,
            Some(to) => {
                let done = app.backup.write_to(to, &to.display().to_string()).await?;
                print(&format!(
                    "{} KB lie in {}, and were read back whole.",
                    done.bytes.div_ceil(1_024),
                    to.display()
                ));
            }
        }
        Ok(())
    });
    made?;
    print(&format!("Recovery code: {}", app.backup.status()?.code));
    app.backup.say_stopped();
    Ok(())
}

/// Puts a backup on this box.
///
/// # Errors
/// What [`backup::restore`] refuses.
pub(super) fn restore(wanted: &Restore, config: &Config) -> Result<()> {
    let data = DataDir::open(&config.data)?;
    let chosen = backup::restore(&data, &wanted.from, &wanted.code)?;
    print(&format!(
        "{} is on this box now. Start the server; courses come from their sticks or from the hub.",
        chosen.display()
    ));
    Ok(())
}

/// Looks over a backup, or this box.
///
/// # Errors
/// What [`backup::verify`] and [`backup::verify_here`] find.
pub(super) fn verify(wanted: &Verify, config: &Config) -> Result<()> {
    let open = || DataDir::open(&config.data);
    let Some(from) = &wanted.from else {
        let at = backup::verify_here(&open()?)?;
        print(&format!("The data hold together, and so does the copy of {}.", crate::clock::date(at)));
        return Ok(());
    };
    let data = if wanted.code.is_none() { Some(open()?) } else { None };
    let (chosen, count) = backup::verify(data.as_ref(), from, wanted.code.as_deref())?;
    print(&format!("{} is whole: {count} files.", chosen.display()));
    Ok(())
}
