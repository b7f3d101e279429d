//! Takes out of a film (MP4) what a phone wrote into it: where it was taken, with what. The boxes that hold such notes become
//! free room of the same length, so everything else stays in its place.

use std::fs::File;
use std::os::unix::fs::FileExt;

use crate::error::Result;

/// Boxes of notes (ISO/IEC 14496-12, 8.10 and 8.11), and those that other makers add.
const NOTES: [&[u8; 4]; 3] = [b"udta", b"meta", b"uuid"];
/// Boxes in which notes stand.
const HOMES: [&[u8; 4]; 2] = [b"moov", b"trak"];
/// Boxes in a box, at most: more is no film.
const MOST_BOXES: usize = 10_000;
/// Bytes that are blanked at once.
const BLANK: [u8; 4096] = [0; 4096];

/// Blanks the notes of the film in `file`. What is no box any more ends the search: whether it is a film was looked at
/// before.
///
/// # Errors
/// When the disk refuses.
pub(super) fn blank_notes(file: &File) -> Result<()> {
    let mut open = vec![(0, file.metadata()?.len(), false)];
    let mut boxes = 0;
    while let Some((start, end, is_home)) = open.pop() {
        let mut at = start;
        while let Some((kind, content, next)) = next_box(file, at, end)? {
            boxes += 1;
            if boxes > MOST_BOXES {
                return Ok(());
            }
            if HOMES.contains(&&kind) {
                open.push((content, next, true));
            } else if NOTES.contains(&&kind) && (is_home || &kind == b"uuid") {
                file.write_all_at(b"free", at + 4)?;
                blank(file, content, next)?;
            }
            at = next;
        }
    }
    Ok(())
}

/// The kind of the box at a place, where its content begins, and where the next box does.
fn next_box(file: &File, at: u64, end: u64) -> Result<Option<([u8; 4], u64, u64)>> {
    let room = end.saturating_sub(at);
    if room < 8 {
        return Ok(None);
    }
    let mut head = [0; 8];
    file.read_exact_at(&mut head, at)?;
    let [a, b, c, d, kind @ ..] = head;
    let (length, content) = match u32::from_be_bytes([a, b, c, d]) {
        0 => (room, 8),
        1 if room >= 16 => {
            let mut long = [0; 8];
            file.read_exact_at(&mut long, at + 8)?;
            (u64::from_be_bytes(long), 16)
        }
        length => (u64::from(length), 8),
    };
    let fits = length >= content && length <= room;
    Ok(fits.then(|| (kind, at + content, at + length)))
}

fn blank(file: &File, mut at: u64, end: u64) -> Result<()> {
    while at < end {
        let part = usize::try_from(end - at).unwrap_or(BLANK.len()).min(BLANK.len());
        file.write_all_at(&BLANK[..part], at)?;
        at += part as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn boxed(kind: &[u8], content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
        [&length[..], kind, content].concat()
    }

    fn blanked(film: &[u8]) -> Vec<u8> {
        let mut on_disk = tempfile::tempfile().unwrap();
        on_disk.write_all(film).unwrap();
        blank_notes(&on_disk).unwrap();
        let mut bytes = vec![0; usize::try_from(on_disk.metadata().unwrap().len()).unwrap()];
        on_disk.read_exact_at(&mut bytes, 0).unwrap();
        bytes
    }

    #[test]
    fn the_place_of_a_film_goes_and_everything_else_stays_where_it_is() {
        let place = boxed(b"udta", &boxed(b"\xa9xyz", b"-13.9+33.7/"));
        let trak = boxed(b"trak", &[boxed(b"tkhd", b"udta"), boxed(b"meta", b"a phone")].concat());
        let moov = boxed(b"moov", &[boxed(b"mvhd", b"meta"), trak, place].concat());
        let film =
            [boxed(b"ftyp", b"isom"), moov, boxed(b"uuid", b"xmp"), boxed(b"mdat", b"udta+33.7")].concat();
        let kept = blanked(&film);
        assert_eq!(kept.len(), film.len());
        for trace in [&b"-13.9"[..], b"a phone", b"xmp"] {
            assert!(!kept.windows(trace.len()).any(|part| part == trace), "{trace:?} is still there");
        }
        assert!(kept.ends_with(&boxed(b"mdat", b"udta+33.7")), "pictures are not looked into");
        let differing = film.iter().zip(&kept).filter(|(before, after)| before != after).count();
        assert!(differing < 60, "{differing} bytes were changed");
        assert_eq!(blanked(&kept), kept);
    }

    #[test]
    fn what_is_no_film_is_left_alone() {
        for bytes in
            [&b""[..], b"moov", b"\0\0\0\x07moovx", b"\xff\xff\xff\xffmoovudta", b"\0\0\0\x01moov\0\0"]
        {
            assert_eq!(blanked(bytes), bytes);
        }
    }
}
