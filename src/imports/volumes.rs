//! Packs that are larger than a stick's file system allows: `water.schoolpack.001`, `.002` and so on.

use std::path::{Path, PathBuf};

use super::kind::{Kind, kind_of};
use super::source::Source as Files;
use crate::error::Result;
use crate::packs::{Source, Volumes, volume_of};

/// Bytes of the end record of a zip, and what it begins with.
const END: usize = 22;
const END_SIGN: &[u8] = b"PK\x05\x06";

/// What a file is among volumes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Gathered {
    /// No volume.
    One,
    /// A later volume of a pack whose first one lies beside it.
    Later,
    /// The first of volumes that are all there, in their order.
    Whole(Vec<PathBuf>),
    /// A volume where others are missing; why in a sentence.
    Missing(String),
}

/// Looks for the volumes that belong to a file.
///
/// # Errors
/// When they can't be read.
pub(super) fn gather(path: &Path) -> Result<Gathered> {
    let Some((name, number)) = volume_of(path).filter(|(_, number)| *number > 0) else {
        return Ok(Gathered::One);
    };
    let part = |number: u32| path.with_file_name(format!("{name}.{number:03}"));
    let first = part(1);
    if !first.is_file() {
        // Only the first one tells by its content what it is. Of several that lack it, one speaks.
        let is_earliest = (2..number).all(|earlier| !part(earlier).is_file());
        return Ok(if is_earliest { Gathered::Missing(missing(name, 1)) } else { Gathered::Later });
    }
    if kind_of(&Files::of_file(&first), &format!("{name}.001"))? != Kind::Pack {
        return Ok(Gathered::One);
    }
    if number != 1 {
        return Ok(Gathered::Later);
    }
    let parts = match Volumes::of(&first) {
        Err(error) if error.code == "pack.volume-missing" => return Ok(Gathered::Missing(error.message)),
        parts => parts?,
    };
    let volumes = Volumes::open(&parts)?;
    let mut end = [0; END];
    let place = volumes.length()?.saturating_sub(END as u64);
    let mut got = 0;
    // The end may itself be cut by the end of a volume.
    while got < END {
        match volumes.read_at(&mut end[got..], place + got as u64)? {
            0 => break,
            more => got += more,
        }
    }
    let is_whole = end.starts_with(END_SIGN);
    Ok(if is_whole { Gathered::Whole(parts) } else { Gathered::Missing(missing(name, parts.len() + 1)) })
}

fn missing(name: &str, number: impl std::fmt::Display) -> String {
    format!(
        "This pack comes in several files, and {name}.{number:0>3} is missing. Copy it into the same folder."
    )
}
