//! Pictures: how many pixels, without unpacking one.

use super::{Bytes, big, little, part};
use crate::error::Result;

/// Parts of a JPEG that are stepped over before its size is known.
const MOST_PARTS: u32 = 1_000;

/// What kind of picture it is, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lint) enum Kind {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// GIF.
    Gif,
    /// WebP.
    WebP,
}

/// A picture's kind, width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lint) struct Picture {
    /// What it is.
    pub(in crate::lint) kind: Kind,
    /// Pixels in a row.
    pub(in crate::lint) width: u64,
    /// Rows.
    pub(in crate::lint) height: u64,
}

/// Looks into a file. `None` when it is no picture of the four kinds that all tablets show.
pub(in crate::lint) fn probe(bytes: &mut Bytes) -> Result<Option<Picture>> {
    let head = bytes.read(0, 32)?;
    let size = if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        sides(Kind::Png, part(&head, 16, 4).map(big), part(&head, 20, 4).map(big))
    } else if head.starts_with(b"GIF8") {
        sides(Kind::Gif, part(&head, 6, 2).map(little), part(&head, 8, 2).map(little))
    } else if head.starts_with(b"RIFF") && part(&head, 8, 4) == Some(b"WEBP") {
        webp(&head)
    } else if head.starts_with(b"\xff\xd8\xff") {
        return jpeg(bytes);
    } else {
        None
    };
    Ok(size)
}

fn sides(kind: Kind, width: Option<u64>, height: Option<u64>) -> Option<Picture> {
    Some(Picture { kind, width: width?, height: height? })
}

/// The three forms of WebP (`developers.google.com/speed/webp/docs/riff_container`).
fn webp(head: &[u8]) -> Option<Picture> {
    let (width, height) = match part(head, 12, 4)? {
        b"VP8 " => (little(part(head, 26, 2)?) & 0x3fff, little(part(head, 28, 2)?) & 0x3fff),
        b"VP8L" => {
            let packed = little(part(head, 21, 4)?);
            ((packed & 0x3fff) + 1, (packed >> 14 & 0x3fff) + 1)
        }
        b"VP8X" => (little(part(head, 24, 3)?) + 1, little(part(head, 27, 3)?) + 1),
        _ => return None,
    };
    Some(Picture { kind: Kind::WebP, width, height })
}

/// Steps over the parts of a JPEG to the one that begins a frame (ITU-T T.81, B.2.2).
fn jpeg(bytes: &mut Bytes) -> Result<Option<Picture>> {
    let mut at = 2;
    for _ in 0..MOST_PARTS {
        let Some(head) = bytes.exactly::<9>(at)? else { return Ok(None) };
        if head[0] != 0xff {
            return Ok(None);
        }
        match head[1] {
            // Filling.
            0xff => at += 1,
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Ok(sides(Kind::Jpeg, Some(big(&head[7..9])), Some(big(&head[5..7]))));
            }
            0x01 | 0xd0..=0xd8 => at += 2,
            0xd9 | 0xda => return Ok(None),
            _ => at += 2 + big(&head[2..4]).max(2),
        }
    }
    Ok(None)
}
