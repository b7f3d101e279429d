//! `schoolhouse sync`: the same as the page of the box, without a browser. The server must not run meanwhile: it syncs by itself.

use super::{print, runtime};
use crate::app::{App, Start};
use crate::config::Config;
use crate::error::Result;
use crate::files::DataDir;
use crate::sync::SyncReport;
use crate::web::Stop;

/// What to do.
#[derive(clap::Subcommand)]
pub(super) enum SyncCommand {
    /// Sync with the hub now
    Now,
    /// Take what a stick brings from the hub, and write on it what the hub does not have
    Stick {
        /// Where the stick is
        path: std::path::PathBuf,
    },
    /// Show the hub, what waits, and how the last sync went
    Status,
    /// Show the other boxes of this school
    Boxes,
    /// Add this box to a hub
    Enrol {
        /// The hub's address, such as <https://hub.example.org>
        url: String,
        /// The code that the district gave out
        code: String,
    },
}

/// Runs one command on the data of a box.
///
/// # Errors
/// When a server has the data open; what enrolling and syncing refuse.
pub(super) fn run(command: &SyncCommand, config: &Config) -> Result<()> {
    let (_stop, stopping) = Stop::new();
    let app = App::open(Start::offline(DataDir::open(&config.data)?, stopping))?;
    runtime()?.block_on(async {
        match command {
            SyncCommand::Now => {
                let report = app.sync.run().await?;
                print(&told(&report));
            }
            SyncCommand::Enrol { url, code } => {
                let name = app.people.directory().school().map(|school| school.name.clone());
                let link = app.sync.enrol(url, code, &name.unwrap_or_default()).await?;
                print(&format!("This box belongs to {} at {}.", link.name, link.url));
            }
            SyncCommand::Stick { path } => {
                let report = app.sync.exchange_with_stick(path).await?;
                let (entries, answers, written) = (report.entries, report.answers, report.written);
                print(&format!("{answers} answers and {entries} entries came; {written} entries lie on the stick. Take it out."));
            }
            SyncCommand::Status => show(&app).await?,
            SyncCommand::Boxes => {
                let boxes = app.sync.boxes().await?;
                if boxes.is_empty() {
                    print("This is the only box of its school. The technician's page adds another one.");
                }
                for one in boxes {
                    print(&one.stream.to_string());
                }
            }
        }
        Ok(())
    })
}

async fn show(app: &App) -> Result<()> {
    let status = app.sync.status().await?;
    print(&format!("This box: {}", app.journal.stream()));
    let Some(hub) = status.hub else {
        print("It belongs to no hub. `schoolhouse sync enrol URL CODE` adds it to one.");
        return Ok(());
    };
    print(&format!("Hub: {hub}, as {}", status.school.unwrap_or_default()));
    if let Some(last) = status.last {
        print(&format!("Last sync: {}. {}", crate::clock::date(last.at), told(&last)));
    }
    if let Some(failed) = status.failed {
        let problem = failed.problem.unwrap_or_default();
        print(&format!(
            "The one after it did not end well ({problem}), on {}.",
            crate::clock::date(failed.at)
        ));
    }
    Ok(())
}

fn told(report: &SyncReport) -> String {
    let SyncReport { sent, received, requests, milliseconds, entries, .. } = report;
    let seconds = milliseconds.div_ceil(1_000);
    format!(
        "{sent} bytes out, {received} bytes in, {requests} requests, {seconds} s; {entries} entries of other boxes came."
    )
}
