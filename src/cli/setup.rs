//! `schoolhouse setup`: the same as the first page, without a browser.

use std::io::{BufRead, IsTerminal};
use std::path::PathBuf;

use super::{print, runtime};
use crate::app::{App, Start};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::files::DataDir;
use crate::people;
use crate::web::Stop;

/// What the first page asks for.
#[derive(clap::Args)]
pub(super) struct SetUp {
    /// The school's name
    #[arg(long)]
    school: String,
    /// The head's name; they sign in with it
    #[arg(long)]
    name: String,
    /// File with the head's password in its first line; without it, the password is read from standard input
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// Language of the screens: en, es, fr or ar
    #[arg(long, default_value = "en")]
    language: String,
}

/// Sets the school up.
///
/// # Errors
/// When it is set up already, when a server has the data open, and what is wrong with names and password.
pub(super) fn run(config: &Config, wanted: &SetUp) -> Result<()> {
    let (_stop, stopping) = Stop::new();
    let app = App::open(Start::offline(DataDir::open(&config.data)?, stopping))?;
    let password = read_password(wanted.password_file.as_deref())?;
    let (school, name, language) = (wanted.school.clone(), wanted.name.clone(), wanted.language.clone());
    runtime()?.block_on(app.people.found(people::SetUp { school, name, password, language }))?;
    print(&format!("{} is set up. Start the server, and sign in as {}.", wanted.school, wanted.name));
    Ok(())
}

fn read_password(file: Option<&std::path::Path>) -> Result<String> {
    let mut line = String::new();
    if let Some(path) = file {
        let text = std::fs::read_to_string(path).map_err(|e| {
            Error::invalid("file.missing", format!("Cannot read {}.", path.display())).caused_by(e)
        })?;
        line.push_str(text.lines().next().unwrap_or_default());
    } else {
        if std::io::stdin().is_terminal() {
            print("Password for the head (it will be seen while you type):");
        }
        std::io::stdin().lock().read_line(&mut line)?;
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
