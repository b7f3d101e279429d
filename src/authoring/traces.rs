//! Takes out of a picture what a camera or a program wrote into it: where it was taken, by whom, with what. What is seen
//! stays as it is, bit for bit. A photo's turn (EXIF, orientation) stays, because without it people lie on their side.

/// Bytes of an EXIF block that says nothing but how a photo is turned: little endian, one field (TIFF 6.0, page 13).
const TURN: [u8; 30] = [
    b'E', b'x', b'i', b'f', 0, 0, b'I', b'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0,
    0, 0,
];
/// Where the turn stands in it.
const TURN_AT: usize = 24;
/// How a photo is turned, in EXIF.
const ORIENTATION: u16 = 0x0112;

/// A picture of this ending without its traces; `None` where it does not hold together.
pub(super) fn without_traces(picture: &[u8], ending: &str) -> Option<Vec<u8>> {
    match ending {
        "jpg" => jpeg(picture),
        "png" => png(picture),
        "webp" => webp(picture),
        "gif" => gif(picture),
        _ => Some(picture.to_owned()),
    }
}

/// JPEG: segments between markers (ITU-T T.81, annex B). What stands behind the picture, such as the film of a moving
/// photo, goes too.
fn jpeg(picture: &[u8]) -> Option<Vec<u8>> {
    let mut kept = picture.get(..2)?.to_owned();
    let mut at = 2;
    loop {
        if *picture.get(at)? != 0xff {
            return None;
        }
        let kind = *picture.get(at + 1)?;
        match kind {
            // Filling.
            0xff => {
                at += 1;
                continue;
            }
            0xd9 => {
                kept.extend([0xff, kind]);
                return Some(kept);
            }
            0x01 | 0xd0..=0xd7 => {
                at += 2;
                continue;
            }
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes(picture.get(at + 2..at + 4)?.try_into().ok()?));
        let segment = picture.get(at..at + 2 + length)?;
        let content = segment.get(4..)?;
        let is_needed = match kind {
            // The plain header, the colours, and how Adobe stores them.
            0xe0 | 0xee => true,
            0xe2 => content.starts_with(b"ICC_PROFILE\0"),
            0xe1..=0xef | 0xfe => false,
            _ => true,
        };
        if is_needed {
            kept.extend(segment);
        } else if let Some(turn) =
            content.strip_prefix(b"Exif\0\0").and_then(turn_of).filter(|_| kind == 0xe1)
        {
            let mut block = TURN;
            block[TURN_AT] = turn;
            let length = u16::try_from(block.len() + 2).ok()?;
            kept.extend([0xff, 0xe1]);
            kept.extend(length.to_be_bytes());
            kept.extend(block);
        }
        at += 2 + length;
        if kind == 0xda {
            let end = end_of_scan(picture, at)?;
            kept.extend(picture.get(at..end)?);
            at = end;
        }
    }
}

/// Where the next marker stands behind the data of a scan.
fn end_of_scan(picture: &[u8], from: usize) -> Option<usize> {
    let data = picture.get(from..)?;
    let is_marker = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7 | 0xff);
    Some(from + data.windows(2).position(is_marker)?)
}

/// How a photo is turned, where it is not upright: 2 to 8.
fn turn_of(tiff: &[u8]) -> Option<u8> {
    let is_little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let two = |at: usize| {
        let bytes: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let four = |at: usize| {
        let bytes: [u8; 4] = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    };
    let fields = usize::try_from(four(4)?).ok()?;
    let count = usize::from(two(fields)?);
    let found = (0..count).map(|number| fields + 2 + 12 * number).find(|at| two(*at) == Some(ORIENTATION))?;
    u8::try_from(two(found + 8)?).ok().filter(|turn| (2..=8).contains(turn))
}

/// PNG: chunks of length, name, content and sum. Only those that change what is seen stay.
fn png(picture: &[u8]) -> Option<Vec<u8>> {
    const SEEN: [&[u8; 4]; 15] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sRGB", b"sBIT", b"bKGD",
        b"pHYs", b"acTL", b"fcTL", b"fdAT",
    ];
    let mut kept = picture.get(..8)?.to_owned();
    let mut at = 8;
    loop {
        let length = usize::try_from(u32::from_be_bytes(picture.get(at..at + 4)?.try_into().ok()?)).ok()?;
        let name: &[u8; 4] = picture.get(at + 4..at + 8)?.try_into().ok()?;
        let end = at.checked_add(length)?.checked_add(12)?;
        let chunk = picture.get(at..end)?;
        if SEEN.contains(&name) {
            kept.extend(chunk);
        }
        if name == b"IEND" {
            return Some(kept);
        }
        at = end;
    }
}

/// WebP: RIFF chunks, each filled up to an even length. The head says which of them are there.
fn webp(picture: &[u8]) -> Option<Vec<u8>> {
    const EXIF_AND_XMP: u8 = 0b0000_1100;
    const SEEN: [&[u8; 4]; 7] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP", b"ANIM", b"ANMF"];
    let end =
        usize::try_from(u32::from_le_bytes(picture.get(4..8)?.try_into().ok()?)).ok()?.checked_add(8)?;
    let picture = picture.get(..end)?;
    let mut kept = picture.get(..12)?.to_owned();
    let mut at = 12;
    while at < picture.len() {
        let name: &[u8; 4] = picture.get(at..at + 4)?.try_into().ok()?;
        let length =
            usize::try_from(u32::from_le_bytes(picture.get(at + 4..at + 8)?.try_into().ok()?)).ok()?;
        let end = at.checked_add(8)?.checked_add(length)?;
        let start = kept.len();
        if SEEN.contains(&name) {
            kept.extend(picture.get(at..end)?);
            if length % 2 == 1 {
                kept.push(0);
            }
        }
        if name == b"VP8X"
            && let Some(flags) = kept.get_mut(start + 8)
        {
            *flags &= !EXIF_AND_XMP;
        }
        at = end + length % 2;
    }
    let length = u32::try_from(kept.len() - 8).ok()?;
    kept.get_mut(4..8)?.copy_from_slice(&length.to_le_bytes());
    Some(kept)
}

/// GIF: blocks, of which comments and other programs' notes go (`GIF89a`, 24 and 26).
fn gif(picture: &[u8]) -> Option<Vec<u8>> {
    let colours = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + colours(*picture.get(10)?);
    let mut kept = picture.get(..at)?.to_owned();
    loop {
        let start = at;
        let is_needed = match picture.get(at)? {
            0x3b => {
                kept.push(0x3b);
                return Some(kept);
            }
            0x2c => {
                at += 10 + colours(*picture.get(at + 9)?) + 1;
                true
            }
            0x21 => {
                let kind = *picture.get(at + 1)?;
                let loops = picture
                    .get(at + 3..at + 14)
                    .is_some_and(|name| name == b"NETSCAPE2.0" || name == b"ANIMEXTS1.0");
                at += 2;
                kind == 0xf9 || kind == 0x01 || kind == 0xff && loops
            }
            _ => return None,
        };
        at = end_of_parts(picture, at)?;
        if is_needed {
            kept.extend(picture.get(start..at)?);
        }
    }
}

/// Behind the empty part that ends a list of parts.
fn end_of_parts(picture: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*picture.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fixture(name: &str) -> Vec<u8> {
        std::fs::read(format!("{}/tests/fixtures/media/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    fn pixels(picture: &[u8]) -> Vec<u8> {
        image::load_from_memory(picture).unwrap().into_rgb8().into_raw()
    }

    /// A block that says how a photo is turned, where it was taken, and who took it.
    fn exif(turn: u8) -> Vec<u8> {
        let mut tiff = b"MM\0*\0\0\0\x08\0\x03".to_vec();
        tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0]);
        tiff.extend([0x01, 0x3b, 0, 2, 0, 0, 0, 4, b'A', b'm', b'a', 0]);
        tiff.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 60]);
        tiff.extend([0, 0, 0, 0]);
        tiff.extend(b"GPS of the school");
        tiff
    }

    fn segment(kind: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xff, kind][..], &length, content].concat()
    }

    #[test]
    fn a_photo_keeps_its_pixels_and_its_turn_and_nothing_else() {
        let plain = fixture("picture.jpg");
        for (turn, wanted) in [(6, Some(6)), (1, None), (77, None)] {
            let traces = [
                segment(0xe1, &[b"Exif\0\0", &exif(turn)[..]].concat()),
                segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Ama</x:xmpmeta>"),
                segment(0xed, b"Photoshop 3.0\0Ama"),
                segment(0xfe, b"taken by Ama"),
            ];
            let photo = [&plain[..2], &traces.concat(), &plain[2..], b"a film of Ama behind it"].concat();
            let kept = without_traces(&photo, "jpg").unwrap();
            for trace in [&b"Ama"[..], b"GPS", b"xmp"] {
                assert!(!kept.windows(trace.len()).any(|part| part == trace), "{trace:?} is still there");
            }
            assert_eq!(pixels(&kept), pixels(&plain));
            let at = kept.windows(6).position(|part| part == b"Exif\0\0");
            assert_eq!(at.and_then(|at| turn_of(&kept[at + 6..])), wanted);
        }
    }

    #[test]
    fn drawings_keep_what_is_seen() {
        let png = fixture("picture.png");
        let note = [&[0, 0, 0, 9][..], b"tEXtAuthor\0Am", &[0; 4]].concat();
        let kept = without_traces(&[&png[..33], &note, &png[33..], b"behind"].concat(), "png").unwrap();
        assert!(!kept.windows(4).any(|part| part == b"tEXt") && !kept.ends_with(b"behind"));
        assert_eq!(pixels(&kept), pixels(&png));

        let webp = fixture("picture.webp");
        let mut noted = [&webp[..], b"EXIF\x03\0\0\0Ama\0"].concat();
        let length = u32::try_from(noted.len() - 8).unwrap().to_le_bytes();
        noted[4..8].copy_from_slice(&length);
        let kept = without_traces(&noted, "webp").unwrap();
        assert!(!kept.windows(3).any(|part| part == b"Ama"));
        assert_eq!(without_traces(&kept, "webp").unwrap(), kept);
        assert_eq!(u32::from_le_bytes(kept[4..8].try_into().unwrap()) as usize, kept.len() - 8);

        let gif = fixture("picture.gif");
        let (front, end) = gif.split_at(gif.len() - 1);
        let kept = without_traces(&[front, b"\x21\xfe\x03Ama\0", end].concat(), "gif").unwrap();
        assert!(!kept.windows(3).any(|part| part == b"Ama"));
        assert_eq!(without_traces(&gif, "gif").unwrap(), kept);
    }

    proptest! {
        #[test]
        fn whatever_was_changed_is_kept_or_refused_and_never_grows(
            which in 0..4_usize,
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        ) {
            let (name, ending) = [("picture.jpg", "jpg"), ("picture.png", "png"), ("picture.gif", "gif"), ("picture.webp", "webp")][which];
            let mut picture = fixture(name);
            for (place, byte) in changes {
                let place = place.index(picture.len());
                picture[place] = byte;
            }
            if let Some(kept) = without_traces(&picture, ending) {
                // An odd chunk at the end of a WebP is filled up.
                prop_assert!(kept.len() <= picture.len() + 1);
            }
        }
    }

    #[test]
    fn what_is_cut_off_is_refused() {
        for (name, ending) in
            [("picture.jpg", "jpg"), ("picture.png", "png"), ("picture.gif", "gif"), ("picture.webp", "webp")]
        {
            let whole = fixture(name);
            for end in [0, 1, 9, 12, 20, whole.len() / 2, whole.len() - 2] {
                assert_eq!(without_traces(&whole[..end], ending), None, "{name} up to {end}");
            }
        }
    }
}
