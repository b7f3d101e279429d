//! What one file is, told from its bytes: names lie, and on many sticks they have lost their endings.

use super::mp4;
use super::questions::{aiken, gift, sheet};
use super::source::{HEAD, Source};
use super::strange::{AS_MP3, AS_MP4, AS_PICTURE, Strange, UNKNOWN, strange};
use super::svg;
use super::text::{Text, decode_head};
use super::xml;
use crate::error::Result;

/// What a pack begins with: the local header of its first entry, and that entry.
const PACK: &[u8] = b"mimetypeapplication/vnd.schoolhouse.pack+zip";

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A `.schoolpack` file, or the first volume of one.
    Pack,
    /// Any other zip; what it is depends on what is in it.
    Zip,
    /// A PDF.
    Document,
    /// A video that tablets play; the ending that it gets.
    Video(&'static str),
    /// A sound that tablets play; the ending that it gets.
    Audio(&'static str),
    /// A picture; the ending that it gets.
    Picture(&'static str),
    /// Captions of a video or a sound.
    Captions,
    /// A web page.
    Html,
    /// Markdown.
    Page,
    /// Text without any marks.
    Plain,
    /// Questions, in one of three forms.
    Quiz(Quiz),
    /// A table of questions.
    Sheet,
    /// It can't be shown; why, in two sentences.
    Strange(String),
}

/// How questions are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quiz {
    /// Moodle's text format.
    Gift,
    /// The simplest text format.
    Aiken,
    /// Moodle's own export.
    Moodle,
}

/// Tells what a file is.
///
/// # Errors
/// When it can't be read.
pub(super) fn kind_of(source: &Source, path: &str) -> Result<Kind> {
    let head = source.head(path)?;
    let name = path.rsplit('/').next().unwrap_or(path);
    let strange_as = |strange: Strange| Kind::Strange(strange.tell(name));
    if head.is_empty() {
        return Ok(strange_as(Strange::new("empty", "Copy it again from where it came from.")));
    }
    let starts = |sign: &[u8]| head.starts_with(sign);
    let has_at = |at: usize, sign: &[u8]| head.get(at..).is_some_and(|rest| rest.starts_with(sign));
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return Ok(if has_at(30, PACK) { Kind::Pack } else { Kind::Zip });
    }
    if head.get(..head.len().min(1024)).is_some_and(|front| find(front, b"%PDF-").is_some()) {
        return Ok(Kind::Document);
    }
    if has_at(4, b"ftyp") {
        return kind_of_mp4(source, path, name, &head);
    }
    if let Some(kind) = media(&head) {
        return Ok(kind.unwrap_or_else(strange_as));
    }
    if let Some(strange) = strange(&head) {
        return Ok(strange_as(strange));
    }
    let Some(text) = decode_head(&head) else { return Ok(strange_as(UNKNOWN)) };
    let kind = kind_of_text(&text);
    if kind == Ok(Kind::Picture("svg")) {
        return Ok(match svg::trouble(source, path)? {
            Some(strange) => strange_as(strange),
            None => Kind::Picture("svg"),
        });
    }
    Ok(kind.unwrap_or_else(strange_as))
}

/// Pictures, sound and video with a plain sign at the front.
fn media(head: &[u8]) -> Option<Result<Kind, Strange>> {
    let starts = |sign: &[u8]| head.starts_with(sign);
    let has_at = |at: usize, sign: &[u8]| head.get(at..).is_some_and(|rest| rest.starts_with(sign));
    Some(Ok(match head {
        _ if starts(b"\x89PNG\r\n\x1a\n") => Kind::Picture("png"),
        _ if starts(b"\xff\xd8\xff") => Kind::Picture("jpg"),
        _ if starts(b"GIF87a") || starts(b"GIF89a") => Kind::Picture("gif"),
        _ if starts(b"RIFF") && has_at(8, b"WEBP") => Kind::Picture("webp"),
        _ if starts(b"ID3") => Kind::Audio("mp3"),
        // Layer III, and ADTS, which has no layer: ISO/IEC 11172-3 and 13818-7.
        [0xff, second, third, ..]
            if second & 0xe6 == 0xe2 && third & 0xf0 != 0xf0 && third & 0x0c != 0x0c =>
        {
            Kind::Audio("mp3")
        }
        [0xff, second, ..] if second & 0xf6 == 0xf0 => Kind::Audio("aac"),
        _ if starts(b"OggS") => return Some(kind_of_ogg(head)),
        _ if starts(b"\x1a\x45\xdf\xa3") => return Some(kind_of_webm(head)),
        _ => return None,
    }))
}

/// The ending of a picture or a sound, from its first bytes; for what lies inside other files.
pub(super) fn ending_of_media(head: &[u8]) -> Option<&'static str> {
    match media(head)? {
        Ok(Kind::Picture(ending) | Kind::Audio(ending)) => Some(ending),
        _ => None,
    }
}

/// The first packet names its codec, 28 bytes from the front of its page.
fn kind_of_ogg(head: &[u8]) -> Result<Kind, Strange> {
    let packet = head.get(28..).unwrap_or_default();
    if packet.starts_with(b"\x01vorbis") || packet.starts_with(b"OpusHead") {
        Ok(Kind::Audio("ogg"))
    } else if find(head, b"theora").is_some() {
        Err(Strange::new("a video of the kind Ogg Theora", AS_MP4))
    } else {
        Err(Strange::new("sound of a kind that tablets do not play", AS_MP3))
    }
}

fn kind_of_webm(head: &[u8]) -> Result<Kind, Strange> {
    let front = head.get(..head.len().min(128)).unwrap_or_default();
    if find(front, b"webm").is_none() {
        return Err(Strange::new("a video of the kind Matroska (MKV)", AS_MP4));
    }
    if find(head, b"V_AV1").is_some() {
        return Err(Strange::new("a video with the codec AV1, which old tablets do not play", AS_MP4));
    }
    let has_sound = find(head, b"A_OPUS").or_else(|| find(head, b"A_VORBIS")).is_some();
    let is_sound = has_sound && find(head, b"V_VP").is_none();
    Ok(if is_sound { Kind::Audio("webm") } else { Kind::Video("webm") })
}

fn kind_of_mp4(source: &Source, path: &str, name: &str, head: &[u8]) -> Result<Kind> {
    let strange_as = |what, advice| Ok(Kind::Strange(Strange::new(what, advice).tell(name)));
    match head.get(8..12).unwrap_or_default() {
        b"heic" | b"heix" | b"heif" | b"mif1" | b"msf1" => {
            return strange_as("a photo of the kind HEIC, as iPhones take it", AS_PICTURE);
        }
        b"avif" | b"avis" => return strange_as("a picture of the kind AVIF", AS_PICTURE),
        _ => {}
    }
    let size = source.size(path).unwrap_or_default();
    let tracks = mp4::tracks(&mut *source.open(path)?, size)?;
    if tracks.is_cut {
        return strange_as(
            "a video that was not copied to its end",
            "Copy it again from where it came from.",
        );
    }
    let plays_sound =
        matches!(tracks.audio.as_ref(), None | Some(b"mp4a" | b".mp3" | b"mp3 " | b"Opus" | b"fLaC"));
    match (tracks.video.as_ref(), tracks.audio.as_ref()) {
        (Some(b"hvc1" | b"hev1" | b"dvh1" | b"dvhe"), _) => {
            strange_as("a video with the codec HEVC (H.265), which most tablets do not play", AS_MP4)
        }
        (Some(b"av01"), _) => strange_as("a video with the codec AV1, which old tablets do not play", AS_MP4),
        (Some(b"encv"), _) | (_, Some(b"enca" | b"drms")) => {
            strange_as("locked with copy protection (DRM)", "Ask whoever sold it for a copy without it.")
        }
        (Some(b"avc1" | b"avc3" | b"vp09" | b"vp08"), _) if plays_sound => Ok(Kind::Video("mp4")),
        (Some(b"avc1" | b"avc3"), _) => {
            strange_as("a video whose sound has a codec that tablets do not play", AS_MP4)
        }
        (Some(_), _) => strange_as("a video with an old codec that tablets do not play", AS_MP4),
        (None, Some(b"mp4a" | b".mp3" | b"mp3 " | b"Opus" | b"fLaC")) => Ok(Kind::Audio("m4a")),
        (None, Some(_)) => strange_as("sound with a codec that tablets do not play", AS_MP3),
        (None, None) => strange_as("a video without a picture and without sound", AS_MP4),
    }
}

fn kind_of_text(text: &Text) -> Result<Kind, Strange> {
    let text = text.text.as_str();
    let front = text.trim_start();
    if front.is_empty() {
        return Err(Strange::new("a page without a word", "Copy it again from where it came from."));
    }
    if front.starts_with("WEBVTT") || is_srt(front) {
        return Ok(Kind::Captions);
    }
    if front.starts_with('<') {
        match xml::root_of(front).as_deref() {
            Some("quiz") => return Ok(Kind::Quiz(Quiz::Moodle)),
            Some("svg") => return Ok(Kind::Picture("svg")),
            Some("html") => return Ok(Kind::Html),
            Some(root) if !is_html(root) => return Err(strange_xml(root)),
            Some(_) => return Ok(Kind::Html),
            None => {}
        }
    }
    if front.starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(front).is_ok() {
        return Err(Strange::new(
            "data for a program (JSON)",
            "If it belongs to a web page, bring the whole folder with its index.html.",
        ));
    }
    if aiken::is_aiken(text) {
        return Ok(Kind::Quiz(Quiz::Aiken));
    }
    match sheet::looks_like(text) {
        sheet::Looks::Questions => return Ok(Kind::Sheet),
        sheet::Looks::Table => {
            return Err(Strange::new(
                "a table without questions",
                "A table of questions has the headings question and answer in its first row.",
            ));
        }
        sheet::Looks::Other => {}
    }
    if gift::is_gift(text) {
        return Ok(Kind::Quiz(Quiz::Gift));
    }
    Ok(if super::pages::is_marked(text) { Kind::Page } else { Kind::Plain })
}

/// What a text would be without its sign, for the second look at a file.
fn is_html(root: &str) -> bool {
    const PARTS: [&str; 20] = [
        "!doctype", "head", "body", "title", "p", "div", "span", "h1", "h2", "h3", "table", "ul", "ol", "a",
        "b", "i", "br", "img", "center", "meta",
    ];
    PARTS.contains(&root)
}

fn strange_xml(root: &str) -> Strange {
    use super::strange::{ASK_FOR_EXPORT, NOT_YET};
    match root {
        "tt" => Strange::new("captions of the kind TTML", "Save them as WebVTT or SRT, and bring those."),
        "questestinterop" | "assessmentitem" | "assessmenttest" | "qti-assessment-item" => {
            Strange::new("a set of questions of the kind QTI", ASK_FOR_EXPORT)
        }
        "package" | "ncx" | "container" => {
            Strange::new("one part of a book", "Bring the whole book, which ends in .epub.")
        }
        "manifest" => Strange::new("one part of a course", "Bring the whole course as one file."),
        "plist" | "rss" | "feed" | "opml" | "kml" | "gpx" => {
            Strange::new("data for a program (XML)", NOT_YET)
        }
        _ => Strange::new("of a kind of XML that this box does not know", NOT_YET),
    }
}

/// A number, a line with an arrow between two times.
fn is_srt(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let times = if first.contains("-->") { Some(first) } else { lines.next() };
    let is_number = first.contains("-->") || first.bytes().all(|b| b.is_ascii_digit());
    is_number
        && times.and_then(|line| line.split_once("-->")).is_some_and(|(from, to)| {
            [from, to]
                .iter()
                .all(|time| time.contains(':') && time.trim().starts_with(|c: char| c.is_ascii_digit()))
        })
}

/// Where some bytes stand in others.
pub(super) fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

const _: () = assert!(HEAD > 33_000, "the sign of a CD stands 32 kB behind its front");
