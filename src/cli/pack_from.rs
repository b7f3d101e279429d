//! `schoolhouse pack from`: a pack from anything that can be one, in one command.

use std::path::PathBuf;

use super::print;
use super::progress::Bar;
use crate::clock::{Clock, date};
use crate::error::{Error, Result};
use crate::imports::{About, EXAMPLE_SHEET, Found, recognise, wrap};
use crate::packs::write;

/// Make a .schoolpack of a question sheet, a quiz, a book, a web page, a video or a folder of them
#[derive(clap::Args)]
pub(super) struct From {
    /// The file or the folder: CSV, ODS, GIFT, Aiken, Moodle XML, EPUB, PDF, HTML5 zip, MP4, MP3, Markdown …
    #[arg(required_unless_present = "example")]
    path: Option<PathBuf>,
    /// Where to write the pack [default: ID-VERSION.schoolpack, here]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// A name of yours for it, backwards, such as org.hillschool.water; keep it when you make a new version
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// Its version [default: 1.0.0]
    #[arg(long, value_name = "VERSION")]
    pack_version: Option<String>,
    /// Who stands for it
    #[arg(long, value_name = "NAME", default_value = "Schoolhouse")]
    publisher: String,
    /// The language of what does not say its own, such as en or pt-BR
    #[arg(long, value_name = "TAG", default_value = "en")]
    language: String,
    /// Print a question sheet to begin with, and end
    #[arg(long)]
    example: bool,
}

/// Does it, and tells what could not be kept.
///
/// # Errors
/// When it can't be read, is refused, or holds nothing that can be kept.
pub(super) fn run(from: &From) -> Result<()> {
    let Some(path) = from.path.as_ref().filter(|_| !from.example) else {
        print(EXAMPLE_SHEET.trim_end());
        return Ok(());
    };
    if !path.exists() {
        let sentence = format!("There is nothing at {}. Give a file or a folder.", path.display());
        return Err(Error::not_found("pack.nothing-there", sentence).with("path", path.display()));
    }
    let what = recognise(path)?.ok_or_else(|| {
        Error::invalid(
            "import.unknown",
            format!("{} is no file that anybody made for lessons.", path.display()),
        )
    })?;
    if matches!(what.found, Found::Pack | Found::PackFolder) {
        let sentence =
            format!("{} is a course pack already. Use pack build or pack install.", path.display());
        return Err(Error::invalid("import.unknown", sentence));
    }
    let about = About {
        publisher: from.publisher.clone(),
        language: from.language.clone(),
        today: date(Clock::system().now().wall),
    };
    let wrapped = wrap(&what, &about)?.named(from.id.as_deref(), from.pack_version.as_deref())?;
    for loss in &wrapped.losses {
        print(&format!("{}: {} [{}]", loss.place, loss.message, loss.code));
    }
    let file = write(&*wrapped.tree, what.bytes, from.output.as_deref(), false, &Bar::new())?;
    let told = match wrapped.losses.len() {
        0 => String::new(),
        1 => "; one thing could not be kept, see above".to_owned(),
        some => format!("; {some} things could not be kept, see above"),
    };
    print(&format!("Wrote {}{told}", file.display()));
    Ok(())
}
