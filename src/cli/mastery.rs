//! `schoolhouse mastery`: the rating, to be looked at from outside.

use std::fs::File;
use std::io::{BufWriter, Write, stdout};
use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::error::{Error, Kind, Result};
use crate::mastery::Replay;

/// What can be asked about the rating.
#[derive(Subcommand)]
pub(super) enum MasteryCommand {
    /// Print what the rating expects of each answer in a table before it sees its score
    Replay {
        /// CSV with the columns student, skill, item and score, in the order in which it happened
        #[arg(value_name = "FILE.csv")]
        table: PathBuf,
        /// Learn how hard skills and items are from another table first
        #[arg(long, value_name = "FILE.csv")]
        train: Option<PathBuf>,
    },
}

/// Does what was asked.
///
/// # Errors
/// When a table can't be read, or has a line that is wrong.
pub(super) fn run(command: &MasteryCommand) -> Result<()> {
    let MasteryCommand::Replay { table, train } = command;
    let mut replay = Replay::default();
    if let Some(train) = train {
        replay.run(open(train)?, |_| Ok(())).map_err(|error| in_file(error, train))?;
        replay.forget_students();
    }
    let mut out = BufWriter::new(stdout().lock());
    replay.run(open(table)?, |score| Ok(writeln!(out, "{score}")?)).map_err(|error| in_file(error, table))?;
    Ok(out.flush()?)
}

fn open(path: &Path) -> Result<File> {
    File::open(path).map_err(|error| {
        let sentence = format!("There is no table {} that can be read. Check its name.", path.display());
        Error::not_found("file.missing", sentence).caused_by(error)
    })
}

/// Says in which file the fault is; a reader that hung up is no fault of a file.
fn in_file(error: Error, path: &Path) -> Error {
    if error.kind != Kind::Invalid {
        return error;
    }
    Error::invalid("mastery.table-wrong", format!("{} is not as it should be.", path.display()))
        .caused_by(error)
}
