//! `schoolhouse pack …`: for those who write course packs, and for those who look after a box.

use std::path::PathBuf;

use super::progress::Bar;
use super::{pack_box, pack_check, pack_from, pack_info, pack_keys, pack_new, print};
use crate::clock::{Clock, date};
use crate::config::Config;
use crate::error::Result;
use crate::packs::build;

/// What can be done with packs.
#[derive(clap::Subcommand)]
pub(super) enum PackCommand {
    /// Make the folder of a new pack, small and whole, to write on from
    New {
        /// The folder to make
        folder: PathBuf,
        /// A name of yours, backwards, such as org.hillschool.water
        #[arg(long, value_name = "ID")]
        id: String,
        /// What people read
        #[arg(long)]
        title: String,
        /// The language of the lessons
        #[arg(long, default_value = "en")]
        language: String,
    },
    /// Make the .schoolpack file of a folder; the same folder gives the same bytes
    Build {
        /// The folder that holds pack.json
        folder: PathBuf,
        /// Where to write the file [default: ID-VERSION.schoolpack, here]
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    From(pack_from::From),
    /// Say what is in a folder or a .schoolpack file, and what is wrong with it
    Check {
        /// The folder or the file
        path: PathBuf,
        /// Print the verdict as JSON
        #[arg(long)]
        json: bool,
    },
    /// Sign a .schoolpack file, or put a signature in it that minisign made over its pack.json
    Sign(pack_keys::Signing),
    /// Make a pair of keys to sign packs with, in the files that minisign uses
    Keygen(pack_keys::Making),
    /// Tell who made a pack, for whom, and who signed it
    Info {
        /// The folder or the file
        path: PathBuf,
    },
    /// Put a pack on the box, while its server is stopped
    Install(pack_box::Installing),
    /// Tell which packs are on the box, while its server is stopped
    List,
    /// Take a pack off the box, while its server is stopped; what students did in it stays
    Remove {
        /// Its id, as `pack list` tells it
        id: String,
    },
    /// Write a pack of the box into a folder, such as a stick, while its server is stopped
    Export {
        /// Its id, as `pack list` tells it
        id: String,
        /// Where to
        folder: PathBuf,
    },
}

/// Does it.
///
/// # Errors
/// When the pack has faults or can't be read.
pub(super) fn run(command: &PackCommand, config: &Config) -> Result<()> {
    match command {
        PackCommand::New { folder, id, title, language } => {
            pack_new::make(folder, id, title, language, &date(Clock::system().now().wall))?;
            let folder = folder.display();
            print(&format!(
                "Made {folder}. Look into it, change what you like, then: schoolhouse pack check {folder}"
            ));
            Ok(())
        }
        PackCommand::Build { folder, output } => {
            pack_check::demand_usable(folder)?;
            let file = build(folder, output.as_deref(), &Bar::new())?;
            print(&format!("Wrote {}", file.display()));
            Ok(())
        }
        PackCommand::From(from) => pack_from::run(from),
        PackCommand::Check { path, json } => pack_check::run(path, *json),
        PackCommand::Sign(signing) => pack_keys::sign_file(signing),
        PackCommand::Keygen(making) => pack_keys::make(making),
        PackCommand::Info { path } => pack_info::tell(path, config),
        PackCommand::Install(wanted) => pack_box::install(wanted, config),
        PackCommand::List => pack_box::list(config),
        PackCommand::Remove { id } => pack_box::remove(id, config),
        PackCommand::Export { id, folder } => pack_box::export(id, folder, config),
    }
}
