//! Packs that are larger than a stick's file system allows: `water.schoolpack.001`, `.002` and so on.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::kind::{Kind, kind_of};
use super::source::Source;
use crate::error::Result;

/// Bytes of the end record of a zip, and what it begins with.
const END: u64 = 22;
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
    let Some((base, number)) = path.file_name().and_then(|name| name.to_str()).and_then(volume) else {
        return Ok(Gathered::One);
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let part = |number: u32| folder.join(format!("{base}.{number:03}"));
    let first = part(1);
    if !first.is_file() {
        // Only the first one tells by its content what it is; the others by the name that they share with it.
        let is_pack =
            Path::new(base).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("schoolpack"));
        // Of several that lack the first, one speaks.
        let is_earliest = (2..number).all(|earlier| !part(earlier).is_file());
        return Ok(match (is_pack, is_earliest) {
            (true, true) => Gathered::Missing(missing(base, 1)),
            (true, false) => Gathered::Later,
            (false, _) => Gathered::One,
        });
    }
    let name = format!("{base}.001");
    if kind_of(&Source::of_file(&first)?, &name)? != Kind::Pack {
        return Ok(Gathered::One);
    }
    if number != 1 {
        return Ok(Gathered::Later);
    }
    let there: Vec<u32> = (1..=999).filter(|number| part(*number).is_file()).collect();
    let last = there.last().copied().unwrap_or(1);
    if let Some(gap) = (1..=last).find(|number| !there.contains(number)) {
        return Ok(Gathered::Missing(missing(base, gap)));
    }
    let parts: Vec<PathBuf> = there.into_iter().map(part).collect();
    if ends(&parts)? { Ok(Gathered::Whole(parts)) } else { Ok(Gathered::Missing(missing(base, last + 1))) }
}

/// `water.schoolpack.001` is number 1 of `water.schoolpack`.
fn volume(name: &str) -> Option<(&str, u32)> {
    let (base, number) = name.rsplit_once('.')?;
    let is_number = number.len() == 3 && number.bytes().all(|b| b.is_ascii_digit());
    (is_number && !base.is_empty())
        .then(|| Some((base, number.parse().ok()?)))?
        .filter(|(_, number)| *number > 0)
}

fn missing(base: &str, number: u32) -> String {
    format!("The part {base}.{number:03} is missing. Copy all parts of {base} beside each other.")
}

/// Whether the last bytes of all volumes together are the end of a zip.
fn ends(parts: &[PathBuf]) -> Result<bool> {
    let mut tail = Vec::new();
    for part in parts.iter().rev() {
        let mut file = File::open(part)?;
        let length = file.metadata()?.len();
        let wanted = (END - tail.len() as u64).min(length);
        file.seek(SeekFrom::Start(length - wanted))?;
        let mut bytes = Vec::new();
        file.take(wanted).read_to_end(&mut bytes)?;
        bytes.append(&mut tail);
        tail = bytes;
        if tail.len() as u64 >= END {
            break;
        }
    }
    Ok(tail.starts_with(END_SIGN))
}
