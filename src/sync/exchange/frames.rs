//! Frames: what a request and its answer are made of. Each has one byte for its kind and four for its length, high byte first.

use crate::error::{Error, Result};

/// The kinds of frame. Numbers are for ever; unknown ones are passed over.
pub const HELLO: u8 = 1;
/// A segment, as it lies on the disk.
pub const SEGMENT: u8 = 2;
/// The last frame: a request ends with nothing in it, an answer with the hub's signature.
pub const END: u8 = 3;
/// How far the hub is with each stream of the school.
pub const ACK: u8 = 4;
/// The hub's date.
pub const TIME: u8 = 5;
/// How long to wait before the next request, in seconds, as four bytes.
pub const LATER: u8 = 6;
/// The segments that the hub has of one stream.
pub const CHAIN: u8 = 7;
/// The public keys of the school's boxes.
pub const KEYS: u8 = 8;
/// The packs that the school gets.
pub const CATALOGUE: u8 = 9;

const HEAD: usize = 5;

/// Writes a frame.
pub fn write(to: &mut Vec<u8>, kind: u8, content: &[u8]) {
    to.push(kind);
    to.extend_from_slice(&u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes());
    to.extend_from_slice(content);
}

/// How many bytes a frame takes.
pub const fn length_of(content: usize) -> usize {
    HEAD + content
}

/// One frame, and where it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    /// What it is.
    pub kind: u8,
    /// What is in it.
    pub content: &'a [u8],
    /// How many bytes come before it.
    pub start: usize,
}

/// All frames of a body.
///
/// # Errors
/// `sync.cut-short` when the body ends in the middle of a frame, or without the last one: the line broke, or a proxy cut it.
pub fn read(body: &[u8]) -> Result<Vec<Frame<'_>>> {
    let mut frames = Vec::new();
    let mut start = 0;
    while let Some([kind, length @ ..]) = body.get(start..).and_then(<[u8]>::first_chunk::<HEAD>) {
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        let from = start + HEAD;
        let content = from.checked_add(length).and_then(|end| body.get(from..end)).ok_or_else(cut_short)?;
        frames.push(Frame { kind: *kind, content, start });
        start = from + length;
    }
    let is_whole = start == body.len() && frames.last().is_some_and(|last| last.kind == END);
    if is_whole { Ok(frames) } else { Err(cut_short()) }
}

fn cut_short() -> Error {
    Error::invalid("sync.cut-short", "The line broke before all had come. It will be tried again.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_and_a_cut_anywhere_is_seen() {
        let mut body = Vec::new();
        write(&mut body, HELLO, b"who I am");
        write(&mut body, 99, b"");
        write(&mut body, END, b"");
        let frames = read(&body).unwrap();
        let told: Vec<(u8, &[u8], usize)> =
            frames.iter().map(|frame| (frame.kind, frame.content, frame.start)).collect();
        assert_eq!(told, [(HELLO, &b"who I am"[..], 0), (99, b"", 13), (END, b"", 18)]);
        for end in 0..body.len() {
            assert_eq!(read(&body[..end]).unwrap_err().code, "sync.cut-short", "cut at {end}");
        }
        assert_eq!(read(&[HELLO, 0xff, 0xff, 0xff, 0xff, 1]).unwrap_err().code, "sync.cut-short");
    }
}
