//! `schoolhouse pack install|list|remove|export`: the packs of a box whose server is stopped.

use std::path::{Path, PathBuf};

use super::pack_check::{in_words, in_words_of};
use super::print;
use super::progress::Bar;
use crate::app::{App, Start};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::files::DataDir;
use crate::lint::{Grade, LookedOver, lint};
use crate::packs::{Acquired, Folder, Signer, Terms, Volumes};
use crate::web::Stop;

/// What to install, and what somebody agrees to.
#[derive(clap::Args)]
pub(super) struct Installing {
    /// A .schoolpack file, one of its volumes, or the folder of a pack
    path: PathBuf,
    /// What else is fine; may be given more than once
    #[arg(long, value_enum, value_name = "WHAT")]
    accept: Vec<Accept>,
}

/// What somebody says yes to.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Accept {
    /// That its check finds errors
    Errors,
    /// That it takes the place of a newer version
    Older,
    /// That the version on the box is from somebody else
    OtherPublisher,
    /// That packs which it needs are not there
    Incomplete,
}

/// Puts a pack on the box, the way that it takes on a running one, too.
///
/// # Errors
/// When it can't be read, is refused, or needs a word that was not given.
pub(super) fn install(wanted: &Installing, config: &Config) -> Result<()> {
    let accepts = |what| wanted.accept.contains(&what);
    let pack = look_at(&wanted.path)?;
    let app = open(config)?;
    let draft = match pack {
        Some(pack) => app.installer.receive(&pack, &Bar::new())?,
        None => app.installer.compose(&Folder(wanted.path.clone()), &Bar::new())?,
    };
    let looked = LookedOver { verdict: lint(draft.tree(), &Bar::new())?, pack: None };
    let errors = looked.verdict.error_codes();
    if looked.verdict.grade == Grade::Refused || !errors.is_empty() && !accepts(Accept::Errors) {
        print(in_words(&looked).trim_end());
        let next = if looked.verdict.grade == Grade::Refused {
            "Mend what is listed above and try again."
        } else {
            "Mend what is listed above, or say --accept errors to install it all the same."
        };
        let sentence = format!("{} was not installed. {next}", wanted.path.display());
        return Err(Error::invalid("pack.faults", sentence));
    }
    let terms = Terms {
        by: None,
        older: accepts(Accept::Older),
        publisher_changed: accepts(Accept::OtherPublisher),
        incomplete: accepts(Accept::Incomplete),
        grade: looked.verdict.grade.letter(),
        accepted: errors,
    };
    let signed = signed_by(draft.signer());
    let course = app.installer.place(draft, &terms).map_err(with_flag)?;
    print(&format!("Installed {} {} in {}", course.id, course.version, config.data.display()));
    print(&format!("Signed by {signed}. {}", in_words_of(&looked.verdict)));
    Ok(())
}

/// The file, or nothing where a folder lies.
fn look_at(path: &Path) -> Result<Option<Volumes>> {
    if path.is_dir() {
        return Ok(None);
    }
    let pack = Volumes::of(path).and_then(|volumes| Volumes::open(&volumes)).map_err(|error| {
        let sentence = format!("{} can't be read. Give the .schoolpack file.", path.display());
        Error::not_found("pack.nothing-there", sentence).caused_by(error)
    })?;
    Ok(Some(pack))
}

/// Tells which word says yes to what was refused.
fn with_flag(mut error: Error) -> Error {
    let flag = match error.code {
        "pack.older" => "older",
        "pack.publisher-changed" => "other-publisher",
        "pack.needs-packs" => "incomplete",
        _ => return error,
    };
    error.message = format!("{} To install it all the same, say --accept {flag}.", error.message);
    error
}

/// Prints what is on the box.
///
/// # Errors
/// When the journal can't be read.
pub(super) fn list(config: &Config) -> Result<()> {
    let app = open(config)?;
    let acquired = app.installer.acquired()?;
    let packs = app.installer.packs().installed();
    if packs.is_empty() {
        print("There are no packs on this box.");
    }
    for pack in packs {
        let (id, version) = (&pack.course.id, &pack.course.version);
        let how = if pack.built_in {
            "comes with the program".to_owned()
        } else {
            acquired.get(id).map_or_else(String::new, how_it_came)
        };
        print(&format!("{id} {version}  {}", pack.course.title("en")));
        print(&format!("    {} MB, {how}", pack.bytes.div_ceil(1 << 20)));
        if !pack.needed_by.is_empty() {
            print(&format!("    needed by {}", pack.needed_by.join(", ")));
        }
    }
    Ok(())
}

fn how_it_came(acquired: &Acquired) -> String {
    let grade = acquired.grade.map_or_else(String::new, |grade| format!(", grade {grade}"));
    format!("signed by {}{grade}", signed_by(&acquired.signer))
}

/// Who vouches for a pack, in words.
pub(super) fn signed_by(signer: &Signer) -> String {
    match signer {
        Signer::Nobody => "nobody".to_owned(),
        Signer::Known { publisher, key } => format!("{publisher}, key {key}"),
        Signer::Unknown { key } => format!("key {key}, which this school does not keep"),
        Signer::Wrong { key } => format!("key {key}, but something was changed since"),
    }
}

/// Takes a pack off the box; what students did in it stays.
///
/// # Errors
/// `pack.unknown`; when the journal can't be written.
pub(super) fn remove(id: &str, config: &Config) -> Result<()> {
    let app = open(config)?;
    let packs = app.installer.packs().installed();
    let needed_by = packs.into_iter().find(|pack| pack.course.id == id).map(|pack| pack.needed_by);
    app.installer.remove(id, None)?;
    print(&format!("Removed {id}. What students did in it is kept, and shows again when it comes back."));
    if let Some(needed_by) = needed_by.filter(|needed_by| !needed_by.is_empty()) {
        print(&format!("It is needed by {}, which stays without it.", needed_by.join(", ")));
    }
    Ok(())
}

/// Writes the file of an installed pack into a folder, such as a stick.
///
/// # Errors
/// `pack.unknown`, `pack.licence-unknown`; when there is no room, or the folder can't be written to.
pub(super) fn export(id: &str, folder: &Path, config: &Config) -> Result<()> {
    let app = open(config)?;
    let file = app.installer.export(id, folder, &Bar::new())?;
    print(&format!("Wrote {}", file.display()));
    Ok(())
}

fn open(config: &Config) -> Result<App> {
    let (_stop, stopping) = Stop::new();
    App::open(Start::offline(DataDir::open(&config.data)?, stopping))
}
