//! PDF (ISO 32000-1): does it hold scripts, is it locked? Read in a stream. What stands in the data of pages is stepped
//! over; streams that hold objects are unpacked, because a script may stand in one of them.

use flate2::{Decompress, FlushDecompress, Status};

use super::Bytes;
use crate::error::Result;

/// Bytes that are looked at together.
const WINDOW: usize = 256 << 10;
/// Bytes of a window that are looked at again in the next one, so that nothing is cut in two: more than a stream's
/// dictionary has.
const OVERLAP: usize = 4096;
/// Unpacked bytes of one stream of objects, and of all of one file: a hundred times what real ones have.
const LARGEST_STREAM: usize = 8 << 20;
const LARGEST_SUM: usize = 256 << 20;

/// What a file says of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::lint) struct Document {
    /// It holds scripts.
    pub(in crate::lint) scripts: bool,
    /// It is locked.
    pub(in crate::lint) locked: bool,
}

/// Looks into a file. `None` when it is no PDF.
pub(in crate::lint) fn probe(bytes: &mut Bytes) -> Result<Option<Document>> {
    // Readers take up to so many bytes of anything before the mark.
    if find(&bytes.read(0, 1024)?, b"%PDF-").is_none() {
        return Ok(None);
    }
    let mut scan = Scan { found: Document::default(), left: LARGEST_SUM };
    let mut at = 0;
    while at < bytes.size() && !(scan.found.scripts && scan.found.locked) {
        let window = bytes.read(at, WINDOW)?;
        let is_last = at + window.len() as u64 >= bytes.size();
        if window.is_empty() {
            break;
        }
        let Some(stream) = stream_start(&window) else {
            scan.names(&window);
            if is_last {
                break;
            }
            at += window.len().saturating_sub(OVERLAP).max(1) as u64;
            continue;
        };
        let (head, data) = window.split_at(stream);
        scan.names(head);
        let dictionary = &head[head.len().saturating_sub(OVERLAP)..];
        let dictionary = &dictionary[rfind(dictionary, b"obj").unwrap_or(0)..];
        if find(dictionary, b"ObjStm").is_some() {
            scan.unpack(bytes, at + stream as u64, data)?;
        }
        at = stream_end(bytes, at + stream as u64, direct_length(dictionary))?;
    }
    Ok(Some(scan.found))
}

struct Scan {
    found: Document,
    left: usize,
}

impl Scan {
    /// Looks for the names that give it away.
    fn names(&mut self, text: &[u8]) {
        for (at, _) in text.iter().enumerate().filter(|(_, byte)| **byte == b'/') {
            let rest = &text[at + 1..];
            let is_part = |byte: &&u8| !byte.is_ascii_whitespace() && !b"()<>[]{}/%\0".contains(byte);
            // Long enough for the longest of them with every letter escaped.
            let name: Vec<u8> = rest.iter().take(40).take_while(is_part).copied().collect();
            match unescape(&name).as_slice() {
                b"JavaScript" | b"JS" => self.found.scripts = true,
                b"Encrypt" => self.found.locked = true,
                _ => {}
            }
        }
    }

    /// Unpacks a stream of objects and looks for names in it. One that can't be unpacked is left: no reader can, either.
    fn unpack(&mut self, bytes: &mut Bytes, at: u64, first: &[u8]) -> Result<()> {
        let mut inflate = Decompress::new(true);
        let mut out = vec![0; 64 << 10];
        // What is left of a piece is looked at again with the next, so that no name is cut in two.
        let mut text: Vec<u8> = Vec::new();
        let (mut packed, mut next) = (first.to_vec(), at + first.len() as u64);
        let (mut used, mut made) = (0, 0);
        loop {
            if used == packed.len() {
                packed = bytes.read(next, WINDOW)?;
                next += packed.len() as u64;
                used = 0;
                if packed.is_empty() {
                    return Ok(());
                }
            }
            let (before_in, before_out) = (inflate.total_in(), inflate.total_out());
            let Ok(status) = inflate.decompress(&packed[used..], &mut out, FlushDecompress::None) else {
                return Ok(());
            };
            used += usize::try_from(inflate.total_in() - before_in).unwrap_or(0);
            let got = usize::try_from(inflate.total_out() - before_out).unwrap_or(0);
            text.extend_from_slice(&out[..got]);
            self.names(&text);
            text.drain(..text.len().saturating_sub(64));
            made += got;
            self.left = self.left.saturating_sub(got);
            let is_stuck = got == 0 && inflate.total_in() == before_in;
            if status == Status::StreamEnd || is_stuck || made > LARGEST_STREAM || self.left == 0 {
                return Ok(());
            }
        }
    }
}

/// Two digits after a number sign stand for any byte (ISO 32000-1, 7.3.5).
fn unescape(name: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut plain = Vec::with_capacity(name.len());
    let mut at = 0;
    while let Some(byte) = name.get(at) {
        match (digit(name.get(at + 1)), digit(name.get(at + 2))) {
            (Some(high), Some(low)) if *byte == b'#' => {
                plain.push(u8::try_from(high * 16 + low).unwrap_or(0));
                at += 3;
            }
            _ => {
                plain.push(*byte);
                at += 1;
            }
        }
    }
    plain
}

/// Where the data of the first stream begins.
fn stream_start(window: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = find(&window[from..], b"stream") {
        let at = from + found;
        from = at + 6;
        let before = window[..at].iter().rposition(|byte| !byte.is_ascii_whitespace());
        let follows_dictionary = before.is_some_and(|place| window[..=place].ends_with(b">>"));
        let line_end = match window.get(from..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([b'\r' | b'\n', ..]) => 1,
            _ => continue,
        };
        if follows_dictionary {
            return Some(from + line_end);
        }
    }
    None
}

/// The length that a dictionary says itself; another object may say it, too.
fn direct_length(dictionary: &[u8]) -> Option<u64> {
    let at = rfind(dictionary, b"/Length ")? + 8;
    let rest: Vec<u8> = dictionary[at..].iter().take(30).copied().collect();
    let text = String::from_utf8(rest).ok()?;
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let after = text[digits.len()..].trim_start();
    let is_reference = after.starts_with(|c: char| c.is_ascii_digit());
    digits.parse().ok().filter(|_| !is_reference)
}

/// The place behind the data that begins at `start`.
fn stream_end(bytes: &mut Bytes, start: u64, length: Option<u64>) -> Result<u64> {
    if let Some(end) = length.and_then(|length| start.checked_add(length)) {
        let after = bytes.read(end, 16)?;
        let after = after.trim_ascii_start();
        if after.starts_with(b"endstream") {
            return Ok(end);
        }
    }
    let mut at = start;
    loop {
        let window = bytes.read(at, WINDOW)?;
        if let Some(end) = find(&window, b"endstream") {
            return Ok(at + end as u64);
        }
        if window.len() < WINDOW {
            return Ok(bytes.size());
        }
        at += (window.len() - 9) as u64;
    }
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|piece| piece == wanted)
}

fn rfind(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).rposition(|piece| piece == wanted)
}
