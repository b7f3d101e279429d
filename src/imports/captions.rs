//! Captions that lie beside a video or a sound: found by name and language, and written as `WebVTT`.

use super::kind::{Kind, kind_of};
use super::names::{language_tag, natural};
use super::source::Source;
use super::text::decode;
use crate::error::Result;
use std::fmt::Write;

/// Captions of four hours of talk are some 400 KB.
const LARGEST: u64 = 4 << 20;

/// Captions that were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Beside {
    /// Where they lie.
    pub(super) path: String,
    /// The language that the name tells.
    pub(super) language: Option<String>,
}

/// The captions of `media` in the same folder: `well.vtt`, `well.en.srt`, `well-en.srt`; in their natural order.
///
/// # Errors
/// When they can't be read.
pub(super) fn beside(source: &Source, media: &str) -> Result<Vec<Beside>> {
    let whole = media.rsplit_once('.').map_or(media, |(whole, _)| whole);
    let folder = media.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut found = Vec::new();
    for (path, size) in source.files() {
        let is_near = path.rsplit_once('/').map_or("", |(folder, _)| folder) == folder;
        let Some(rest) =
            path.strip_prefix(whole).filter(|rest| is_near && path != media && !rest.contains('/'))
        else {
            continue;
        };
        let between = stem_of_rest(rest);
        let language = language_tag(between.trim_start_matches(['.', '-', '_']));
        let fits = between.is_empty() || language.is_some() && between.starts_with(['.', '-', '_']);
        if fits && size <= LARGEST && kind_of(source, path)? == Kind::Captions {
            found.push(Beside { path: path.to_owned(), language });
        }
    }
    found.sort_by(|a, b| natural(&a.path, &b.path));
    Ok(found)
}

/// `.en.srt` → `.en`, `.srt` → nothing
fn stem_of_rest(rest: &str) -> &str {
    rest.rsplit_once('.').map_or(rest, |(before, _)| before)
}

/// Captions as `WebVTT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum WebVtt {
    /// They are that already, byte for byte.
    Already,
    /// They were made that.
    Made(String),
}

/// Reads captions.
///
/// # Errors
/// When they can't be read.
pub(super) fn read(source: &Source, path: &str) -> Result<Option<WebVtt>> {
    let Some(text) = decode(&source.read(path, LARGEST)?) else { return Ok(None) };
    Ok(if text.text.trim_start().starts_with("WEBVTT") {
        Some(if text.is_utf8 { WebVtt::Already } else { WebVtt::Made(text.text) })
    } else {
        srt_to_vtt(&text.text).map(WebVtt::Made)
    })
}

/// Makes `WebVTT` of SRT; `None` where there is not one caption.
fn srt_to_vtt(srt: &str) -> Option<String> {
    let mut vtt = "WEBVTT\n".to_owned();
    let lines: Vec<&str> = srt.lines().map(str::trim).collect();
    let mut captions = 0;
    let mut place = 0;
    while let Some(line) = lines.get(place) {
        place += 1;
        let Some((from, to)) = line.split_once("-->").and_then(|(from, to)| Some((time(from)?, time(to)?)))
        else {
            continue;
        };
        let words: Vec<String> = lines
            .iter()
            .skip(place)
            .take_while(|line| !line.is_empty())
            .map(|line| clean(line))
            .filter(|line| !line.is_empty())
            .collect();
        place += lines.iter().skip(place).take_while(|line| !line.is_empty()).count();
        if !words.is_empty() {
            captions += 1;
            // Writing to a string can't fail.
            let _ = write!(vtt, "\n{from} --> {to}\n{}\n", words.join("\n"));
        }
    }
    (captions > 0).then_some(vtt)
}

/// `1:02:03,4` → `01:02:03.400`; what follows, such as a place on the screen, is left out.
fn time(text: &str) -> Option<String> {
    let text = text.split_whitespace().next()?;
    let (whole, part) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let numbers: Vec<u32> = whole.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let (hours, minutes, seconds) = match numbers.as_slice() {
        [hours, minutes, seconds] => (*hours, *minutes, *seconds),
        [minutes, seconds] => (0, *minutes, *seconds),
        _ => return None,
    };
    let is_part = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let thousandths: String = part.chars().chain("000".chars()).take(3).collect();
    (is_part && minutes < 60 && seconds < 60)
        .then(|| format!("{hours:02}:{minutes:02}:{seconds:02}.{thousandths}"))
}

/// A line of a caption: bold, italic and underlined stay, colours and places go, and nothing can be read as the time of
/// another caption.
fn clean(line: &str) -> String {
    let mut words = String::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let tag = match c {
            '<' => rest.find('>').map(|end| &rest[..=end]),
            '{' if rest.starts_with("{\\") => rest.find('}').map(|end| &rest[..=end]),
            _ => None,
        };
        if let Some(tag) = tag {
            if matches!(tag, "<b>" | "</b>" | "<i>" | "</i>" | "<u>" | "</u>") {
                words.push_str(tag);
            }
            rest = &rest[tag.len()..];
            continue;
        }
        match c {
            '&' => words.push_str("&amp;"),
            '<' => words.push_str("&lt;"),
            '>' => words.push_str("&gt;"),
            other => words.push(other),
        }
        rest = &rest[c.len_utf8()..];
    }
    words.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn srt_becomes_webvtt() {
        let srt = "1\r\n00:00:01,500 --> 0:00:04,0 X1:10\r\n<font color=red>Look</font>, <i>a well</i> & more\r\n{\\an8}It is --> deep.\r\n\r\n2\r\n00:99:00,0 --> 00:00:01,0\r\nNever\r\n\r\n3\r\n01:05,25 --> 01:06\r\n3 < 4\r\n";
        let vtt = "WEBVTT\n\n00:00:01.500 --> 00:00:04.000\nLook, <i>a well</i> &amp; more\nIt is --&gt; deep.\n\n00:01:05.250 --> 00:01:06.000\n3 &lt; 4\n";
        assert_eq!(srt_to_vtt(srt).as_deref(), Some(vtt));
        assert_eq!(srt_to_vtt("1\n\nno captions"), None);
    }
}
