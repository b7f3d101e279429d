//! What plays in an MP4 file: the codecs of its tracks, read from its boxes without its data.
//!
//! Boxes as in ISO/IEC 14496-12: four bytes of size, four letters of type; what holds other boxes is walked through.

use std::io;

use super::source::Forward;

/// Boxes that are looked at before the file is taken for broken.
const MOST_BOXES: usize = 10_000;

/// The tracks of a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tracks {
    /// The codec of the picture, such as `avc1`.
    pub(super) video: Option<[u8; 4]>,
    /// The codec of the sound, such as `mp4a`.
    pub(super) audio: Option<[u8; 4]>,
    /// The file ends before its boxes do, or tells nothing about its tracks.
    pub(super) is_cut: bool,
}

/// Reads the boxes of a file of `size` bytes.
///
/// # Errors
/// When it can't be read.
pub(super) fn tracks(from: &mut dyn Forward, size: u64) -> io::Result<Tracks> {
    let mut tracks = Tracks { is_cut: true, ..Tracks::default() };
    let (mut place, mut movie_end, mut is_video) = (0_u64, None, None);
    for _ in 0..MOST_BOXES {
        if place >= size {
            tracks.is_cut = place > size || movie_end.is_none();
            return Ok(tracks);
        }
        let mut head = [0; 8];
        if !read_whole(from, &mut head)? {
            return Ok(tracks);
        }
        let mut length = u64::from(u32::from_be_bytes([head[0], head[1], head[2], head[3]]));
        let mut taken = 8;
        if length == 1 {
            let mut wide = [0; 8];
            if !read_whole(from, &mut wide)? {
                return Ok(tracks);
            }
            (length, taken) = (u64::from_be_bytes(wide), 16);
        } else if length == 0 {
            length = size - place;
        }
        let end = place.saturating_add(length);
        if length < taken || end > size {
            return Ok(tracks);
        }
        match &head[4..] {
            b"moov" => movie_end = Some(end),
            b"trak" => is_video = None,
            b"mdia" | b"minf" | b"stbl" => {}
            kind => {
                let mut known = [0; 16];
                let wanted = match kind {
                    b"hdlr" => 12,
                    b"stsd" => 16,
                    _ => 0,
                };
                if wanted as u64 + taken <= length && read_whole(from, &mut known[..wanted])? {
                    taken += wanted as u64;
                    let letters = [known[12], known[13], known[14], known[15]];
                    match (kind, &known[8..12], is_video) {
                        (b"hdlr", b"vide", _) => is_video = Some(true),
                        (b"hdlr", b"soun", _) => is_video = Some(false),
                        (b"stsd", _, Some(true)) => tracks.video = tracks.video.or(Some(letters)),
                        (b"stsd", _, Some(false)) => tracks.audio = tracks.audio.or(Some(letters)),
                        _ => {}
                    }
                }
                from.skip(length - taken)?;
                taken = length;
            }
        }
        place += taken;
    }
    Ok(tracks)
}

/// Whether there were as many bytes as asked for.
fn read_whole(from: &mut dyn Forward, to: &mut [u8]) -> io::Result<bool> {
    match from.read_exact(to) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}
