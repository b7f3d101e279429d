//! The command line: one file for each sub-command.

mod apply_settings;
mod backup;
mod demo;
mod hub;
mod logs;
mod mastery;
mod pack;
mod pack_box;
mod pack_check;
mod pack_from;
mod pack_info;
mod pack_keys;
mod pack_new;
mod progress;
mod rebuild;
mod serve;
mod setup;
mod simulate;
mod sync;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tokio::runtime::Runtime;

use crate::config::Config;
use crate::error::Result;

/// Reads of cold packs, hashes and photos share so many threads: more would only queue at the card.
const BLOCKING_THREADS: usize = 16;

/// A school server in one file: course packs, lessons and results for a classroom without internet.
#[derive(Parser)]
#[command(version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    settings: Settings,
    /// Show the merged configuration, with where each value came from, and end
    #[arg(long)]
    print_config: bool,
}

/// Settings that may be given as flags, before or after the command.
#[derive(clap::Args)]
struct Settings {
    /// Directory of everything that must survive [default: schoolhouse-data]
    #[arg(long, value_name = "DIR", global = true)]
    data: Option<PathBuf>,
    /// Address of the app [default: port 80 where allowed, else 8080]
    #[arg(long, value_name = "ADDR", global = true)]
    listen: Option<String>,
    /// Address of the packs [default: the port after the app's]
    #[arg(long, value_name = "ADDR", global = true)]
    packs_listen: Option<String>,
    /// Do not announce the box on the network
    #[arg(long, global = true)]
    no_mdns: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the school (what happens without a command)
    Serve,
    /// Serve a throw-away school with three classes and forty students
    Demo,
    /// Set the school up without a browser
    Setup(setup::SetUp),
    /// Copy the school's data onto a stick, locked with the recovery code
    Backup(backup::BackUp),
    /// Put a backup on a new box
    Restore(backup::Restore),
    /// Look whether a backup, or the data of this box, hold together
    Verify(backup::Verify),
    /// Throw all views away and make them anew from the journal
    Rebuild,
    /// Make and check course packs
    #[command(subcommand)]
    Pack(pack::PackCommand),
    /// Look at the rating of what students can do
    #[command(subcommand)]
    Mastery(mastery::MasteryCommand),
    /// Read the settings file of a card, and write what its Wi-Fi and network start with
    ApplySettings(apply_settings::ApplySettings),
    /// Sync this box with its hub
    #[command(subcommand)]
    Sync(sync::SyncCommand),
    /// Be a hub for the schools of a district
    Hub {
        #[command(subcommand)]
        command: Option<hub::HubCommand>,
    },
    /// Let a made-up school live through a year, and check that nothing is lost
    Simulate(simulate::Simulate),
}

impl Settings {
    fn as_pairs(&self) -> Vec<(&'static str, String)> {
        let data = self.data.as_ref().map(|path| ("data", path.display().to_string()));
        let listen = self.listen.clone().map(|address| ("listen", address));
        let packs = self.packs_listen.clone().map(|address| ("packs_listen", address));
        let mdns = self.no_mdns.then(|| ("mdns", "false".to_owned()));
        [data, listen, packs, mdns].into_iter().flatten().collect()
    }
}

/// Runs the program with the process's own arguments and environment.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match execute(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            print_error(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

fn execute(arguments: &Arguments) -> Result<()> {
    let config = Config::load(&arguments.settings.as_pairs(), std::env::vars())?;
    if arguments.print_config {
        print(&config.to_string());
        return Ok(());
    }
    logs::start(&config)?;
    match arguments.command.as_ref().unwrap_or(&Command::Serve) {
        Command::Serve => serve::run(&config),
        Command::Demo => demo::run(&config),
        Command::Setup(wanted) => setup::run(&config, wanted),
        Command::Backup(wanted) => backup::back_up(wanted, &config),
        Command::Restore(wanted) => backup::restore(wanted, &config),
        Command::Verify(wanted) => backup::verify(wanted, &config),
        Command::Rebuild => rebuild::run(&config),
        Command::Pack(command) => pack::run(command, &config),
        Command::Mastery(command) => mastery::run(command),
        Command::ApplySettings(wanted) => apply_settings::run(wanted),
        Command::Sync(command) => sync::run(command, &config),
        Command::Hub { command } => hub::run(command.as_ref().unwrap_or(&hub::HubCommand::Serve), &config),
        Command::Simulate(wanted) => simulate::run(wanted),
    }
}

/// The runtime of every command that needs one.
fn runtime() -> Result<Runtime> {
    let mut threads = tokio::runtime::Builder::new_multi_thread();
    Ok(threads.enable_all().max_blocking_threads(BLOCKING_THREADS).thread_name("schoolhouse").build()?)
}

/// Words for the person at the terminal; logs go another way.
#[expect(clippy::print_stdout, reason = "the command line speaks to a person here")]
fn print(text: &str) {
    println!("{text}");
}

#[expect(clippy::print_stderr, reason = "the command line speaks to a person here")]
fn print_error(text: &str) {
    eprintln!("{text}");
}
