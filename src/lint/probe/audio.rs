//! Sound: MP3, Ogg and ADTS, as far as needed to know what it is and how long it takes.

use super::{Bytes, big, little, part};
use crate::error::Result;

/// How a sound is coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lint) enum Coding {
    /// MPEG layer III.
    Mp3,
    /// AAC in a plain stream.
    Aac,
    /// Vorbis in Ogg.
    Vorbis,
    /// Opus in Ogg.
    Opus,
}

/// What a file says of itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::lint) struct Sound {
    /// How it is coded.
    pub(in crate::lint) coding: Coding,
    /// Seconds; `None` where it can't be told.
    pub(in crate::lint) seconds: Option<f64>,
}

/// Looks into a file. `None` when it is no such sound.
pub(in crate::lint) fn probe(bytes: &mut Bytes) -> Result<Option<Sound>> {
    let head = bytes.read(0, 10)?;
    if head.starts_with(b"OggS") {
        return ogg(bytes);
    }
    let start = if head.starts_with(b"ID3") { 10 + part(&head, 6, 4).map_or(0, syncsafe) } else { 0 };
    frames(bytes, start)
}

/// Four bytes of seven bits each (`ID3v2`, 6.2).
fn syncsafe(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |number, byte| number << 7 | u64::from(byte & 0x7f))
}

/// Bytes before the first frame that may be anything; some programs leave padding there.
const MOST_PADDING: u64 = 64 << 10;
/// Frames that are stepped over to know the mean bit rate: some five seconds of speech, twenty of which differ little.
const MOST_FRAMES: u32 = 400;

/// One frame: its length in bytes, its samples, samples of a second.
struct Frame {
    coding: Coding,
    length: u64,
    samples: u32,
    rate: u32,
    /// Bytes between its head and the place where an encoder says how many frames there are.
    side: usize,
}

fn frames(bytes: &mut Bytes, start: u64) -> Result<Option<Sound>> {
    let Some((first, frame)) = first_frame(bytes, start)? else { return Ok(None) };
    let rate = f64::from(frame.rate);
    if let Some(count) = counted(&bytes.read(first, 200)?, &frame) {
        let seconds = f64::from(count) * f64::from(frame.samples) / rate;
        return Ok(Some(Sound { coding: frame.coding, seconds: Some(seconds) }));
    }
    let (mut at, mut samples) = (first, 0_u64);
    for _ in 0..MOST_FRAMES {
        let Some(next) = bytes.exactly::<7>(at)?.and_then(frame_at) else { break };
        samples += u64::from(next.samples);
        at += next.length;
    }
    #[expect(clippy::cast_precision_loss, reason = "a length in seconds for people")]
    let seconds = (at > first).then(|| {
        let all = bytes.size().saturating_sub(first) as f64;
        samples as f64 / rate * (all / (at - first) as f64)
    });
    Ok(Some(Sound { coding: frame.coding, seconds }))
}

/// The first frame that another one follows.
fn first_frame(bytes: &mut Bytes, start: u64) -> Result<Option<(u64, Frame)>> {
    let window = bytes.read(start, usize::try_from(MOST_PADDING).unwrap_or(0))?;
    for (place, piece) in window.windows(7).enumerate() {
        let Some(frame) = <[u8; 7]>::try_from(piece).ok().and_then(frame_at) else { continue };
        let at = start + place as u64;
        let next = at + frame.length;
        let is_last = next >= bytes.size();
        if is_last || bytes.exactly::<7>(next)?.and_then(frame_at).is_some() {
            return Ok(Some((at, frame)));
        }
    }
    Ok(None)
}

/// The frames that the encoder counted (`Xing`, `Info`), in the first frame.
fn counted(frame: &[u8], head: &Frame) -> Option<u32> {
    let tag = part(frame, 4 + head.side, 12)?;
    let is_counted = (tag.starts_with(b"Xing") || tag.starts_with(b"Info")) && tag[7] & 1 == 1;
    if is_counted {
        return u32::try_from(big(&tag[8..12])).ok();
    }
    // Fraunhofer's place is always 32 bytes after the head.
    let tag = part(frame, 36, 18)?;
    tag.starts_with(b"VBRI").then(|| u32::try_from(big(&tag[14..18])).ok()).flatten()
}

/// Kilobits of a second, layer III, by the index in the head (ISO/IEC 11172-3, 2.4.2.3; 13818-3).
const RATES_1: [u32; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const RATES_2: [u32; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
/// Samples of a second by the index in an ADTS head (ISO/IEC 14496-3, 1.6.3.4).
const ADTS_RATES: [u32; 13] =
    [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];

fn frame_at(head: [u8; 7]) -> Option<Frame> {
    if head[0] != 0xff || head[1] & 0xe0 != 0xe0 {
        return None;
    }
    if head[1] & 0xf6 == 0xf0 {
        let rate = *ADTS_RATES.get(usize::from(head[2] >> 2 & 15))?;
        let length = u64::from(head[3] & 3) << 11 | u64::from(head[4]) << 3 | u64::from(head[5] >> 5);
        let blocks = u32::from(head[6] & 3) + 1;
        return (length > 7).then_some(Frame {
            coding: Coding::Aac,
            length,
            samples: 1024 * blocks,
            rate,
            side: 0,
        });
    }
    let (version, layer) = (head[1] >> 3 & 3, head[1] >> 1 & 3);
    if version == 1 || layer != 1 {
        return None;
    }
    let is_first_version = version == 3;
    let kilobits = *(if is_first_version { RATES_1 } else { RATES_2 }).get(usize::from(head[2] >> 4))?;
    let rate = *[44_100, 48_000, 32_000].get(usize::from(head[2] >> 2 & 3))?;
    let rate = match version {
        3 => rate,
        2 => rate / 2,
        _ => rate / 4,
    };
    let samples = if is_first_version { 1152 } else { 576 };
    let padding = u32::from(head[2] >> 1 & 1);
    let length = u64::from(samples / 8 * kilobits * 1000 / rate + padding);
    let is_mono = head[3] >> 6 == 3;
    let side = match (is_first_version, is_mono) {
        (true, false) => 32,
        (true, true) | (false, false) => 17,
        (false, true) => 9,
    };
    (length > 4).then_some(Frame { coding: Coding::Mp3, length, samples, rate, side })
}

/// Where the last page of an Ogg file is looked for: a page has at most 65,307 bytes.
const LAST_PAGE: u64 = 65_307;

fn ogg(bytes: &mut Bytes) -> Result<Option<Sound>> {
    let head = bytes.read(0, 300)?;
    let packet = 27 + usize::from(head.get(26).copied().unwrap_or(0));
    let packet = head.get(packet..).unwrap_or_default();
    let (coding, rate, skipped) = if packet.starts_with(b"OpusHead") {
        (Coding::Opus, 48_000, part(packet, 10, 2).map_or(0, little))
    } else if packet.starts_with(b"\x01vorbis") {
        (Coding::Vorbis, part(packet, 12, 4).map_or(0, little), 0)
    } else {
        return Ok(None);
    };
    let size = bytes.size();
    let tail = bytes.read(size.saturating_sub(LAST_PAGE), usize::try_from(LAST_PAGE).unwrap_or(0))?;
    let last = tail.windows(4).rposition(|piece| piece == b"OggS");
    let samples =
        last.and_then(|at| part(&tail, at + 6, 8)).map(little).filter(|samples| *samples != u64::MAX);
    #[expect(clippy::cast_precision_loss, reason = "a length in seconds for people")]
    let seconds =
        samples.filter(|_| rate > 0).map(|samples| samples.saturating_sub(skipped) as f64 / rate as f64);
    Ok(Some(Sound { coding, seconds }))
}
