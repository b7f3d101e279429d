//! MP4 (ISO/IEC 14496-12): boxes in boxes. Only those that say what is in the film are read.

use super::avc::Avc;
use super::{Bytes, big, part};
use crate::error::Result;

/// Boxes that are looked at, on all levels together. A film cut into pieces of one second has some 3,600 an hour.
const MOST_BOXES: u32 = 20_000;
/// Boxes in boxes; the ones that are needed lie five deep.
const DEEPEST: u32 = 8;
/// The largest box that is read; sample descriptions have some hundred bytes.
const LARGEST_LEAF: usize = 64 << 10;

/// What a file says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::lint) struct Movie {
    /// Seconds; `None` where it does not say.
    pub(in crate::lint) seconds: Option<f64>,
    /// It can be played before its last byte is there.
    pub(in crate::lint) starts_at_once: bool,
    /// What is in it.
    pub(in crate::lint) tracks: Vec<Track>,
}

/// One track.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::lint) struct Track {
    /// `vide`, `soun`, …
    pub(in crate::lint) kind: [u8; 4],
    /// Such as `avc1`; what is locked has the name of its lock, such as `encv`.
    pub(in crate::lint) codec: [u8; 4],
    /// Width and height of a picture.
    pub(in crate::lint) size: (u32, u32),
    /// Of H.264.
    pub(in crate::lint) avc: Option<Avc>,
    /// Lines come as two fields, by the word of the container.
    pub(in crate::lint) interlaced: bool,
    /// The object type of `mp4a` sound: 0x40 is AAC.
    pub(in crate::lint) sound: Option<u8>,
    seconds: Option<f64>,
}

/// Looks into a file. `None` when it is no MP4, or ends before it has said what it is.
pub(in crate::lint) fn probe(bytes: &mut Bytes) -> Result<Option<Movie>> {
    let mut walk = Walk { left: MOST_BOXES, scale: 0, movie: Movie::default() };
    let (mut at, mut media_seen, mut moov_seen) = (0, false, false);
    while let Some(found) = walk.head(bytes, at, bytes.size())? {
        let is_first = at == 0;
        if is_first
            && !matches!(&found.name, b"ftyp" | b"moov" | b"free" | b"skip" | b"wide" | b"mdat" | b"styp")
        {
            return Ok(None);
        }
        match &found.name {
            b"mdat" | b"moof" => media_seen = true,
            b"moov" => {
                walk.movie.starts_at_once = !media_seen;
                moov_seen = true;
                walk.container(bytes, found.start, found.end, 0)?;
            }
            _ => {}
        }
        if moov_seen {
            break;
        }
        at = found.end;
    }
    let mut movie = walk.movie;
    if movie.seconds.is_none() {
        movie.seconds = movie.tracks.iter().filter_map(|track| track.seconds).reduce(f64::max);
    }
    Ok(moov_seen.then_some(movie))
}

struct Found {
    name: [u8; 4],
    start: u64,
    end: u64,
}

struct Walk {
    left: u32,
    /// Parts of a second in which the film counts.
    scale: u64,
    movie: Movie,
}

impl Walk {
    /// The box that begins at `at`, if a whole head and all of its body lie before `limit`. A body that ends after the
    /// file belongs to a file that was cut off.
    fn head(&mut self, bytes: &mut Bytes, at: u64, limit: u64) -> Result<Option<Found>> {
        if self.left == 0 || at >= limit {
            return Ok(None);
        }
        self.left -= 1;
        let head = bytes.read(at, 16)?;
        let (Some(small), Some(name)) = (part(&head, 0, 4), part(&head, 4, 4)) else { return Ok(None) };
        let (start, length) = match big(small) {
            0 => (8, limit - at),
            1 => match part(&head, 8, 8) {
                Some(wide) => (16, big(wide)),
                None => return Ok(None),
            },
            length => (8, length),
        };
        let end = at.checked_add(length).filter(|end| *end <= limit && length >= start);
        let name = name.try_into().unwrap_or_default();
        Ok(end.map(|end| Found { name, start: at + start, end }))
    }

    fn container(&mut self, bytes: &mut Bytes, from: u64, to: u64, depth: u32) -> Result<()> {
        let mut at = from;
        while let Some(found) = self.head(bytes, at, to)? {
            at = found.end;
            match &found.name {
                b"trak" => {
                    // A track that is none of the two is kept, too: its number tells nobody anything.
                    self.movie.tracks.push(Track::default());
                    if self.movie.tracks.len() > 64 {
                        return Ok(());
                    }
                    self.container(bytes, found.start, found.end, depth + 1)?;
                }
                b"mdia" | b"minf" | b"stbl" | b"mvex" if depth < DEEPEST => {
                    self.container(bytes, found.start, found.end, depth + 1)?;
                }
                b"mvhd" | b"mehd" | b"mdhd" | b"hdlr" | b"stsd" => {
                    let length = usize::try_from(found.end - found.start).unwrap_or(usize::MAX);
                    let leaf = bytes.read(found.start, length.min(LARGEST_LEAF))?;
                    self.leaf(found.name, &leaf);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn leaf(&mut self, name: [u8; 4], leaf: &[u8]) {
        let track = self.movie.tracks.last_mut();
        match (&name, track) {
            (b"mvhd", _) => {
                if let Some((length, scale)) = duration(leaf) {
                    self.scale = scale;
                    self.movie.seconds = seconds(length, scale);
                }
            }
            // Of a film in fragments, whose first header says 0.
            (b"mehd", _) => {
                let length = if leaf.first() == Some(&1) { part(leaf, 4, 8) } else { part(leaf, 4, 4) };
                self.movie.seconds = length.and_then(|length| seconds(big(length), self.scale));
            }
            (b"mdhd", Some(track)) => {
                track.seconds = duration(leaf).and_then(|(length, scale)| seconds(length, scale));
            }
            (b"hdlr", Some(track)) => {
                if let Some(kind) = part(leaf, 8, 4) {
                    track.kind = kind.try_into().unwrap_or_default();
                }
            }
            // The first description counts; more than one is rare.
            (b"stsd", Some(track)) => {
                let _ = describe(track, leaf);
            }
            _ => {}
        }
    }
}

/// The length that a header box of either version says, and in what parts of a second.
fn duration(leaf: &[u8]) -> Option<(u64, u64)> {
    let (scale, length) = match leaf.first()? {
        1 => (part(leaf, 20, 4)?, part(leaf, 24, 8)?),
        _ => (part(leaf, 12, 4)?, part(leaf, 16, 4)?),
    };
    let is_unknown = length.iter().all(|byte| *byte == 0xff);
    Some((if is_unknown { 0 } else { big(length) }, big(scale)))
}

#[expect(clippy::cast_precision_loss, reason = "a length in seconds for people")]
fn seconds(length: u64, scale: u64) -> Option<f64> {
    (length > 0 && scale > 0).then(|| length as f64 / scale as f64)
}

/// Reads the first sample description of a track.
fn describe(track: &mut Track, leaf: &[u8]) -> Option<()> {
    let length = usize::try_from(big(part(leaf, 8, 4)?)).ok()?;
    track.codec = part(leaf, 12, 4)?.try_into().ok()?;
    let entry = leaf.get(16..length.saturating_add(8).min(leaf.len()))?;
    if &track.kind == b"vide" {
        let number = |at| part(entry, at, 2).map(big).and_then(|number| u32::try_from(number).ok());
        track.size = (number(24)?, number(26)?);
        for (name, body) in inner(entry.get(78..)?) {
            match &name {
                // Version, profile, compatibility, level, length size, count; then the length of the first set.
                b"avcC" => {
                    let length = part(body, 6, 2).and_then(|length| usize::try_from(big(length)).ok());
                    track.avc = length.and_then(|length| Avc::read(part(body, 8, length)?));
                }
                b"fiel" => track.interlaced = body.first() == Some(&2),
                _ => {}
            }
        }
    } else if &track.kind == b"soun" {
        // QuickTime has longer forms of the same entry.
        let head = match big(part(entry, 8, 2)?) {
            0 => 28,
            1 => 44,
            _ => 64,
        };
        track.sound = inner(entry.get(head..)?)
            .find(|(name, _)| name == b"esds")
            .and_then(|(_, body)| object_type(body));
    }
    Some(())
}

/// Boxes that lie in memory.
fn inner(mut bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let length = usize::try_from(big(part(bytes, 0, 4)?)).ok()?;
        let name = part(bytes, 4, 4)?.try_into().ok()?;
        let body = bytes.get(8..length)?;
        bytes = bytes.get(length..)?;
        Some((name, body))
    })
}

/// The object type in an elementary stream descriptor (ISO/IEC 14496-1, 7.2.6): descriptors in descriptors.
fn object_type(body: &[u8]) -> Option<u8> {
    let mut at = 4;
    let step = |at: &mut usize| -> Option<u8> {
        let tag = *body.get(*at)?;
        *at += 1;
        // A length of up to four bytes, each with a mark that more come.
        for _ in 0..4 {
            let byte = *body.get(*at)?;
            *at += 1;
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(tag)
    };
    if step(&mut at)? != 3 {
        return None;
    }
    let flags = *body.get(at + 2)?;
    at += 3;
    if flags & 0x80 != 0 {
        at += 2;
    }
    if flags & 0x40 != 0 {
        at += 1 + usize::from(*body.get(at)?);
    }
    if flags & 0x20 != 0 {
        at += 2;
    }
    (step(&mut at)? == 4).then(|| body.get(at).copied()).flatten()
}
