//! What a camera writes into a photo beside the photo: where it was taken, and by whom.

use super::{Bytes, big, little, part};
use crate::error::Result;

/// The largest block that is read; a JPEG can't hold more in one part.
const LARGEST: usize = 64 << 10;
/// Entries of one directory that are looked at.
const MOST_ENTRIES: usize = 200;
/// Parts of a file that are stepped over on the way to the block.
const MOST_PARTS: u32 = 100;

const ARTIST: u64 = 0x013b;
const PLACE: u64 = 0x8825;
const DETAILS: u64 = 0x8769;
const OWNER: u64 = 0xa430;

/// What a photo tells about people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::lint) struct Traces {
    /// Where it was taken.
    pub(in crate::lint) place: bool,
    /// The photographer, or the owner of the camera.
    pub(in crate::lint) name: bool,
}

/// Looks for the block in a JPEG, PNG or WebP.
pub(in crate::lint) fn probe(bytes: &mut Bytes) -> Result<Traces> {
    let head = bytes.read(0, 16)?;
    let block = if head.starts_with(b"\xff\xd8") {
        jpeg(bytes)?
    } else if head.starts_with(b"\x89PNG") {
        chunks(bytes, 8, *b"eXIf", true)?
    } else if part(&head, 8, 4) == Some(b"WEBP") {
        chunks(bytes, 12, *b"EXIF", false)?
    } else {
        None
    };
    Ok(block.and_then(|block| read(&block)).unwrap_or_default())
}

fn jpeg(bytes: &mut Bytes) -> Result<Option<Vec<u8>>> {
    let mut at = 2;
    for _ in 0..MOST_PARTS {
        let Some(head) = bytes.exactly::<10>(at)? else { return Ok(None) };
        if head[0] != 0xff || head[1] == 0xda {
            return Ok(None);
        }
        let length = big(&head[2..4]).max(2);
        if head[1] == 0xe1 && &head[4..10] == b"Exif\0\0" {
            return bytes.read(at + 10, usize::try_from(length).unwrap_or(0)).map(Some);
        }
        at += 2 + length;
    }
    Ok(None)
}

/// Chunks of a length and a name: PNG has the length first and a checksum at the end, RIFF the name first and even lengths.
fn chunks(bytes: &mut Bytes, from: u64, wanted: [u8; 4], is_png: bool) -> Result<Option<Vec<u8>>> {
    let mut at = from;
    for _ in 0..MOST_PARTS {
        let Some(head) = bytes.exactly::<8>(at)? else { return Ok(None) };
        let (name, length) =
            if is_png { (&head[4..8], big(&head[..4])) } else { (&head[..4], little(&head[4..8])) };
        if name == wanted {
            return bytes.read(at + 8, usize::try_from(length).unwrap_or(LARGEST).min(LARGEST)).map(Some);
        }
        at += 8 + if is_png { length + 4 } else { length + length % 2 };
    }
    Ok(None)
}

/// Reads the directories of a TIFF block (CIPA DC-008, 4.6).
fn read(block: &[u8]) -> Option<Traces> {
    let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
    let number: fn(&[u8]) -> u64 = match block.get(..2)? {
        b"II" => little,
        b"MM" => big,
        _ => return None,
    };
    let mut traces = Traces::default();
    let mut details = None;
    let mut look = |start: u64, details: &mut Option<u64>| -> Option<()> {
        let start = usize::try_from(start).ok()?;
        let count = usize::try_from(number(part(block, start, 2)?)).ok()?;
        for entry in 0..count.min(MOST_ENTRIES) {
            let entry = part(block, start.checked_add(2 + entry * 12)?, 12)?;
            let (tag, length, value) = (number(&entry[..2]), number(&entry[4..8]), number(&entry[8..12]));
            match tag {
                // A name of one byte is an empty one.
                ARTIST | OWNER if length > 1 => traces.name = true,
                // Some cameras write a directory with nothing but its version.
                PLACE => traces.place |= entries(block, value, number) > 1,
                DETAILS => *details = Some(value),
                _ => {}
            }
        }
        Some(())
    };
    look(number(part(block, 4, 4)?), &mut details);
    if let Some(start) = details {
        look(start, &mut None);
    }
    Some(traces)
}

fn entries(block: &[u8], start: u64, number: fn(&[u8]) -> u64) -> u64 {
    usize::try_from(start).ok().and_then(|start| part(block, start, 2)).map_or(0, number)
}
