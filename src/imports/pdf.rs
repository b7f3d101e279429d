//! What a PDF tells about itself without being taken apart: its title, its language, whether it is locked or runs programs.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::kind::find;
use super::made::Known;
use super::names::{clean_title, language_tag};
use super::source::{HEAD, Source};
use crate::error::Result;

/// How much is looked at around a sign.
const NEAR: usize = 4 << 10;
/// Packed objects that are looked into, and how far into each.
const MOST_PACKED: usize = 2_000;
const LARGEST_PACKED: u64 = 4 << 20;

/// What a look at every byte found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Dangers {
    /// It is locked, at least in part.
    pub(super) is_locked: bool,
    /// It has a program in it.
    pub(super) runs: bool,
}

/// The title and the language, from the first and the last bytes.
///
/// # Errors
/// When it can't be read.
pub(super) fn known(source: &Source, path: &str) -> Result<Known> {
    let mut bytes = source.head(path)?;
    let size = source.size(path).unwrap_or_default();
    if source.on_disk(path).is_some() && size > HEAD as u64 {
        let mut reader = source.open(path)?;
        reader.skip(size.saturating_sub(HEAD as u64).max(HEAD as u64))?;
        reader.take(HEAD as u64).read_to_end(&mut bytes)?;
    }
    let language = value_of(&bytes, b"/Lang").and_then(|text| language_tag(&text));
    Ok(Known { title: title(&bytes), language, ..Known::default() })
}

/// The title in the dictionary that also names the program that wrote the file; bookmarks have titles, too.
fn title(bytes: &[u8]) -> Option<String> {
    let signs: [&[u8]; 3] = [b"/Producer", b"/CreationDate", b"/Creator"];
    signs.iter().filter_map(|sign| find(bytes, sign)).find_map(|at| {
        let before = bytes.get(at.saturating_sub(NEAR)..at)?;
        let start = before.windows(2).rposition(|two| two == b"<<").map_or(0, |start| start + 2);
        let from = at.saturating_sub(NEAR) + start;
        let near = bytes.get(from..bytes.len().min(at + NEAR))?;
        let near = near.get(..find(near, b"endobj").unwrap_or(near.len()))?;
        clean(&value_of(near, b"/Title")?)
    })
}

/// Titles that programs put there in place of one.
fn clean(title: &str) -> Option<String> {
    let title = title.trim();
    let title = title.strip_prefix("Microsoft Word - ").unwrap_or(title);
    let title = title.strip_prefix("Microsoft PowerPoint - ").unwrap_or(title);
    let endings = [".docx", ".doc", ".pptx", ".ppt", ".odt", ".indd", ".qxd", ".pdf", ".tex"];
    let title = endings.iter().find_map(|ending| title.strip_suffix(ending)).unwrap_or(title);
    let is_none = ["untitled", "title", "(anonymous)", "unknown"].contains(&title.to_lowercase().as_str());
    if is_none { None } else { clean_title(title) }
}

/// The text after a name: `(Goats)` or `<476f617473>`.
fn value_of(bytes: &[u8], name: &[u8]) -> Option<String> {
    let after = bytes.get(find(bytes, name)? + name.len()..)?;
    let after = after.trim_ascii_start();
    let (first, rest) = after.split_first()?;
    let raw = match first {
        b'(' => literal(rest)?,
        b'<' if rest.first() != Some(&b'<') => {
            hexadecimal(rest.get(..rest.iter().position(|b| *b == b'>')?)?)
        }
        _ => return None,
    };
    if let Some(wide) = raw.strip_prefix(b"\xfe\xff") {
        let units =
            wide.chunks_exact(2).filter_map(|two| Some(u16::from_be_bytes([*two.first()?, *two.get(1)?])));
        return String::from_utf16(&units.collect::<Vec<_>>()).ok();
    }
    let raw = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&raw);
    super::text::decode(raw).map(|text| text.text)
}

/// A string in brackets, with its escapes resolved (ISO 32000-1, 7.3.4.2).
fn literal(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    let mut depth = 1;
    let mut place = 0;
    while place < NEAR {
        let byte = *bytes.get(place)?;
        place += 1;
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(text),
            b')' => depth -= 1,
            b'\\' => {
                let next = *bytes.get(place)?;
                let digits =
                    bytes.get(place..)?.iter().take(3).take_while(|b| (b'0'..=b'7').contains(*b)).count();
                if digits > 0 {
                    let value = bytes
                        .get(place..place + digits)?
                        .iter()
                        .fold(0_u32, |sum, b| sum * 8 + u32::from(b - b'0'));
                    text.push(u8::try_from(value & 0xff).unwrap_or_default());
                    place += digits;
                    continue;
                }
                place += 1;
                match next {
                    b'n' | b'r' | b't' => text.push(b' '),
                    b'\r' | b'\n' | b'b' | b'f' => {}
                    other => text.push(other),
                }
                continue;
            }
            _ => {}
        }
        text.push(byte);
    }
    None
}

fn hexadecimal(digits: &[u8]) -> Vec<u8> {
    let values: Vec<u8> = digits
        .iter()
        .filter_map(|b| char::from(*b).to_digit(16))
        .filter_map(|v| u8::try_from(v).ok())
        .collect();
    values
        .chunks(2)
        .map(|two| two.first().copied().unwrap_or(0) << 4 | two.get(1).copied().unwrap_or(0))
        .collect()
}

/// Looks at every byte, also into packed objects of a file on the disk.
///
/// # Errors
/// When it can't be read.
pub(super) fn dangers(source: &Source, path: &str) -> Result<Dangers> {
    const OVERLAP: usize = 32;
    let mut dangers = Dangers::default();
    let mut packed = Vec::new();
    let mut reader = source.open(path)?;
    let mut window = Vec::new();
    let mut place = 0_u64;
    loop {
        let kept = window.len();
        let got = reader.by_ref().take(HEAD as u64).read_to_end(&mut window)?;
        if got == 0 {
            break;
        }
        dangers.is_locked |= find(&window, b"/Encrypt").is_some();
        dangers.runs |= runs(&window);
        let from = place - kept as u64;
        let streams = window.windows(7).enumerate().filter(|(_, seven)| *seven == b"/ObjStm");
        packed.extend(streams.map(|(at, _)| from + at as u64).take(MOST_PACKED.saturating_sub(packed.len())));
        place += got as u64;
        window.drain(..window.len().saturating_sub(OVERLAP));
    }
    packed.dedup();
    if source.on_disk(path).is_some() {
        for at in packed {
            dangers.runs = dangers.runs || runs_inside(source, path, at)?;
        }
    }
    Ok(dangers)
}

fn runs(bytes: &[u8]) -> bool {
    let is_name = |name: &[u8]| {
        let ends = |at: usize| bytes.get(at + name.len()).is_none_or(|b| !b.is_ascii_alphanumeric());
        bytes.windows(name.len()).enumerate().any(|(at, window)| window == name && ends(at))
    };
    is_name(b"/JavaScript") || is_name(b"/JS")
}

/// The same of objects that are packed together behind the sign at `at`.
fn runs_inside(source: &Source, path: &str, at: u64) -> Result<bool> {
    let mut reader = source.open(path)?;
    reader.skip(at)?;
    let mut near = Vec::new();
    reader.by_ref().take(1024).read_to_end(&mut near)?;
    let Some(start) = find(&near, b"stream") else { return Ok(false) };
    let skip =
        near.get(start + 6..).unwrap_or_default().iter().take(2).take_while(|b| b"\r\n".contains(b)).count();
    let head = near.get(start + 6 + skip..).unwrap_or_default();
    let mut inflated = Vec::new();
    // What is not packed by this method, or is locked, says nothing; neither does what comes after a fault.
    let _ = ZlibDecoder::new(head.chain(reader)).take(LARGEST_PACKED).read_to_end(&mut inflated);
    Ok(runs(&inflated))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_found_beside_the_name_of_the_program() {
        for (pdf, title) in [
            (
                &b"1 0 obj<</Title (Bookmark)>>endobj 2 0 obj<</Title(Goats \\(big\\))/Producer(x)>>endobj"[..],
                Some("Goats (big)"),
            ),
            (b"<</Producer(x)/Title<FEFF00C9>>>", Some("\u{c9}")),
            (b"<</Creator(x)/Title(Microsoft Word - water.docx)>>", Some("water")),
            (b"<</Title (Bookmark)>>endobj<</Producer(x)>>endobj", None),
            (b"<</Producer(x)/Title(untitled)>>", None),
        ] {
            assert_eq!(super::title(pdf).as_deref(), title, "{}", String::from_utf8_lossy(pdf));
        }
        assert!(runs(b"<</S/JavaScript/JS(app.alert)>>") && !runs(b"/JSON /JavaScripts"));
    }
}
