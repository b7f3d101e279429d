//! WebM: elements of EBML (RFC 8794) with the ids of Matroska (RFC 9559). Read up to the first cluster of frames.

use super::{Bytes, big};
use crate::error::Result;

/// Elements that are looked at; a file has some fifty before its first frames.
const MOST_ELEMENTS: u32 = 5_000;
/// The largest value that is read.
const LARGEST: u64 = 4096;

const HEADER: u64 = 0x1a45_dfa3;
const DOC_TYPE: u64 = 0x4282;
const SEGMENT: u64 = 0x1853_8067;
const INFO: u64 = 0x1549_a966;
const SCALE: u64 = 0x002a_d7b1;
const DURATION: u64 = 0x4489;
const TRACKS: u64 = 0x1654_ae6b;
const TRACK: u64 = 0xae;
const TRACK_TYPE: u64 = 0x83;
const CODEC: u64 = 0x86;
const VIDEO: u64 = 0xe0;
const WIDTH: u64 = 0xb0;
const HEIGHT: u64 = 0xba;
const INTERLACED: u64 = 0x9a;
const COLOUR: u64 = 0x55b0;
const DEPTH: u64 = 0x55b2;
const ENCODINGS: u64 = 0x6d80;
const CLUSTER: u64 = 0x1f43_b675;
const TRACK_NUMBER: u64 = 0xd7;
const BLOCK_GROUP: u64 = 0xa0;
const BLOCK: u64 = 0xa1;
const SIMPLE_BLOCK: u64 = 0xa3;
/// Elements of the first cluster that are looked at for a frame of each track.
const MOST_BLOCKS: u32 = 100;

/// What a file says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::lint) struct Movie {
    /// `webm`, or `matroska`, which browsers do not play.
    pub(in crate::lint) kind: String,
    /// Seconds; `None` where it does not say.
    pub(in crate::lint) seconds: Option<f64>,
    /// What is in it.
    pub(in crate::lint) tracks: Vec<Track>,
}

/// One track.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::lint) struct Track {
    /// 1 picture, 2 sound, others words.
    pub(in crate::lint) kind: u64,
    /// Such as `V_VP8`.
    pub(in crate::lint) codec: String,
    /// Width and height of a picture.
    pub(in crate::lint) size: (u64, u64),
    /// Lines come as two fields.
    pub(in crate::lint) interlaced: bool,
    /// Bits of a sample, where it says.
    pub(in crate::lint) depth: u64,
    /// Its frames are locked or packed.
    pub(in crate::lint) locked: bool,
    number: u64,
}

/// Looks into a file. `None` when it is not of this kind.
pub(in crate::lint) fn probe(bytes: &mut Bytes) -> Result<Option<Movie>> {
    let mut reader =
        Reader { bytes, left: MOST_ELEMENTS, scale: 1_000_000, length: None, movie: Movie::default() };
    let size = reader.bytes.size();
    let Some(header) = reader.head(0, size)?.filter(|head| head.id == HEADER) else { return Ok(None) };
    reader.read(header.start, header.end)?;
    reader.read(header.end, size)?;
    #[expect(clippy::cast_precision_loss, reason = "a length in seconds for people")]
    let scale = reader.scale as f64 / 1e9;
    let mut movie = reader.movie;
    movie.seconds = reader.length.map(|length| length * scale).filter(|seconds| *seconds > 0.0);
    Ok(Some(movie))
}

struct Head {
    id: u64,
    start: u64,
    end: u64,
}

struct Reader<'a, 'b> {
    bytes: &'a mut Bytes<'b>,
    left: u32,
    /// Nanoseconds of a tick.
    scale: u64,
    /// Ticks.
    length: Option<f64>,
    movie: Movie,
}

impl Reader<'_, '_> {
    /// The element that begins at `at`; one of unknown length goes on to `limit`.
    fn head(&mut self, at: u64, limit: u64) -> Result<Option<Head>> {
        if self.left == 0 || at >= limit {
            return Ok(None);
        }
        self.left -= 1;
        let head = self.bytes.read(at, 12)?;
        let Some((id, id_length)) = number(&head, 4, true) else { return Ok(None) };
        let Some((length, size_length)) = number(head.get(id_length..).unwrap_or_default(), 8, false) else {
            return Ok(None);
        };
        let start = at + (id_length + size_length) as u64;
        let is_open = length == (1 << (7 * size_length)) - 1;
        let end = if is_open { limit } else { start.saturating_add(length).min(limit) };
        Ok((start <= limit).then_some(Head { id, start, end }))
    }

    /// Reads the elements between two places, and those inside them that matter. Everything lies in the same list of
    /// ids, so depth needs no bookkeeping; what is opened lies inside what it is read from, so this ends.
    fn read(&mut self, from: u64, to: u64) -> Result<()> {
        let mut at = from;
        while let Some(head) = self.head(at, to)? {
            match head.id {
                CLUSTER => {
                    self.left = self.left.min(MOST_BLOCKS);
                    self.frames(head.start, head.end)?;
                    self.left = 0;
                    return Ok(());
                }
                SEGMENT | INFO | TRACKS | VIDEO | COLOUR => {
                    // Into it: what follows it follows its last part, too.
                    at = head.start;
                    continue;
                }
                TRACK => {
                    self.movie.tracks.push(Track::default());
                    at = head.start;
                    continue;
                }
                _ => {}
            }
            if head.end - head.start <= LARGEST {
                let length = usize::try_from(head.end - head.start).unwrap_or(0);
                let value = self.bytes.read(head.start, length)?;
                self.take(head.id, &value);
            } else if head.id == ENCODINGS {
                self.take(head.id, &[]);
            }
            at = head.end;
        }
        Ok(())
    }

    /// Looks at the first frames: few programs write the depth of VP9 anywhere else.
    fn frames(&mut self, from: u64, to: u64) -> Result<()> {
        let mut at = from;
        while let Some(head) = self.head(at, to)? {
            if head.id == BLOCK_GROUP {
                at = head.start;
                continue;
            }
            if matches!(head.id, BLOCK | SIMPLE_BLOCK) {
                let block = self.bytes.read(head.start, 12)?;
                let number = number(&block, 8, false);
                // Behind the number two bytes of time and one of marks.
                let frame = number.and_then(|(_, length)| block.get(length + 3));
                let of_vp9 = |track: &&mut Track| {
                    track.codec == "V_VP9" && number.is_some_and(|(n, _)| n == track.number)
                };
                if let (Some(frame), Some(track)) = (frame, self.movie.tracks.iter_mut().find(of_vp9)) {
                    track.depth = track.depth.max(depth_of_vp9(*frame));
                }
            }
            at = head.end;
        }
        Ok(())
    }

    fn take(&mut self, id: u64, value: &[u8]) {
        let text = || String::from_utf8_lossy(value).trim_end_matches('\0').to_owned();
        match id {
            DOC_TYPE => self.movie.kind = text(),
            SCALE if value.len() <= 8 => self.scale = big(value),
            DURATION => self.length = float(value),
            _ => {}
        }
        let Some(track) = self.movie.tracks.last_mut() else { return };
        match id {
            TRACK_NUMBER => track.number = big(value),
            TRACK_TYPE => track.kind = big(value),
            CODEC => track.codec = text(),
            WIDTH => track.size.0 = big(value),
            HEIGHT => track.size.1 = big(value),
            INTERLACED => track.interlaced = big(value) == 1,
            DEPTH => track.depth = big(value),
            ENCODINGS => track.locked = true,
            _ => {}
        }
    }
}

/// A frame begins with a mark of two bits and the profile, its low bit first; profiles from 2 on have more than eight bits
/// (VP9 Bitstream Specification, 6.2).
fn depth_of_vp9(first: u8) -> u64 {
    let is_deep = first >> 6 == 2 && first >> 4 & 1 == 1;
    if is_deep { 10 } else { 8 }
}

/// A number of variable length and how many bytes it takes; an id keeps the mark of its length.
fn number(bytes: &[u8], longest: usize, is_id: bool) -> Option<(u64, usize)> {
    let first = *bytes.first()?;
    let length = first.leading_zeros() as usize + 1;
    if length > longest {
        return None;
    }
    let all = big(bytes.get(..length)?);
    let mark = 1_u64 << (7 * length);
    Some((if is_id { all } else { all & (mark - 1) }, length))
}

fn float(value: &[u8]) -> Option<f64> {
    match value.len() {
        4 => value.try_into().ok().map(|bytes| f64::from(f32::from_be_bytes(bytes))),
        8 => value.try_into().ok().map(f64::from_be_bytes),
        _ => None,
    }
}
