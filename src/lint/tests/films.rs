//! What real encoders write, and what becomes of it when its bytes are shaken.

use proptest::prelude::*;

use super::super::probe::audio::{self, Coding};
use super::super::probe::image::{self, Kind};
use super::super::probe::{Bytes, exif, mp4, pdf, webm};
use super::good_pack::{Files, document, fixture, good_pack};
use super::*;

/// What is said about a film in the place of the good pack's own.
fn said_of(name: &str) -> Vec<String> {
    let mut files = good_pack();
    let path = format!("media/film.{}", name.rsplit('.').next().unwrap());
    files.put(&path, fixture(name));
    files.edit("outline.json", |outline| {
        let kind = if name.ends_with("m4a") { "audio" } else { "video" };
        outline["units"][0]["lessons"][0]["activities"].as_array_mut().unwrap().push(serde_json::json!(
            { "id": "x", "kind": kind, "title": "X", "file": path, "transcript": "pages/song.md" }));
    });
    let verdict = lint_with(&files, &Unwatched, DRAWS).unwrap();
    let own = verdict.findings.into_iter().filter(|finding| finding.place == path);
    own.map(|finding| format!("{} {}", finding.code, finding.message.split(';').next().unwrap())).collect()
}

#[test]
fn a_film_that_some_tablet_cannot_play_is_told_with_its_reason() {
    for (name, wanted) in [
        ("baseline.mp4", None),
        ("fragments.mp4", None),
        ("sound.m4a", None),
        (
            "main-late.mp4",
            Some("E-105 must be loaded to its end before it plays (`moov` comes after the data)"),
        ),
        ("high.mp4", Some("E-105 is H.264 of the high profile")),
        ("high10.mp4", Some("E-105 has 10 bits of colour")),
        ("interlaced.mp4", Some("E-105 is interlaced")),
        ("tall.mp4", Some("E-105 has 1920 × 1080 pixels")),
        ("hevc.mp4", Some("E-105 is HEVC video")),
        ("av1.mp4", Some("E-105 is AV1 video")),
        ("ac3.mp4", Some("E-105 has AC-3 sound")),
        ("mp3.mp4", Some("E-105 has MP3 sound")),
        ("vp8.webm", Some("I-306 is WebM")),
        ("vp9-10bit.webm", Some("E-105 has 10 bits of colour")),
        ("h264.mkv", Some("E-105 is of the kind .mkv, which tablets don't play")),
    ] {
        let said: Vec<String> = said_of(name).into_iter().filter(|said| !said.starts_with("W-208")).collect();
        assert_eq!(said, Vec::from_iter(wanted.map(str::to_owned)), "{name}");
    }
}

fn with_bytes<T>(bytes: &[u8], probe: impl Fn(&mut Bytes) -> T) -> T {
    let mut files = Files::default();
    files.put("x", bytes);
    probe(&mut Bytes::of(&files, "x", bytes.len() as u64))
}

#[test]
fn sounds_films_and_pictures_have_their_length_and_size() {
    let about = |seconds: Option<f64>| (seconds.unwrap() * 10.0).round() / 10.0;
    for (name, coding, wanted) in [
        ("cbr.mp3", Coding::Mp3, 2.1),
        ("vbr.mp3", Coding::Mp3, 2.1),
        ("vorbis.ogg", Coding::Vorbis, 2.0),
        ("opus.ogg", Coding::Opus, 2.0),
        ("plain.aac", Coding::Aac, 2.1),
    ] {
        let sound = with_bytes(&fixture(name), |bytes| audio::probe(bytes).unwrap()).expect(name);
        assert_eq!(sound.coding, coding, "{name}");
        assert!((about(sound.seconds) - wanted).abs() < 0.11, "{name}: {sound:?}");
    }
    for name in ["baseline.mp4", "main-late.mp4", "fragments.mp4", "sound.m4a"] {
        let movie = with_bytes(&fixture(name), |bytes| mp4::probe(bytes).unwrap()).expect(name);
        assert!(name == "fragments.mp4" || (about(movie.seconds) - 2.0).abs() < 0.21, "{name}: {movie:?}");
    }
    let movie = with_bytes(&fixture("vp8.webm"), |bytes| webm::probe(bytes).unwrap()).unwrap();
    assert!((about(movie.seconds) - 2.0).abs() < 0.11, "{movie:?}");
    assert_eq!(movie.tracks[0].size, (64, 36));
    for (name, kind) in [
        ("picture.png", Kind::Png),
        ("picture.jpg", Kind::Jpeg),
        ("picture.gif", Kind::Gif),
        ("picture.webp", Kind::WebP),
    ] {
        let picture = with_bytes(&fixture(name), |bytes| image::probe(bytes).unwrap()).expect(name);
        assert_eq!((picture.kind, picture.width, picture.height), (kind, 48, 32), "{name}");
    }
}

#[test]
fn a_script_in_a_packed_part_of_a_pdf_is_found_and_words_on_its_pages_are_not() {
    let look = |bytes: &[u8]| with_bytes(bytes, |bytes| pdf::probe(bytes).unwrap()).unwrap();
    assert_eq!(look(&document("")), pdf::Document::default());
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let filling = "6 0 << /Type /Font >> ".repeat(5_000);
    std::io::Write::write_all(
        &mut packed,
        format!("{filling}5 9 << /S /JavaScript /JS (app.alert) >>").as_bytes(),
    )
    .unwrap();
    let packed = packed.finish().unwrap();
    for length in [packed.len().to_string(), "9 0 R".to_owned()] {
        let head = format!(
            "7 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length {length} >>\nstream\r\n"
        );
        let mut file = document("");
        file.extend_from_slice(head.as_bytes());
        file.extend_from_slice(&packed);
        file.extend_from_slice(b"\nendstream\nendobj\n");
        assert!(look(&file).scripts, "{length}");
    }
    assert!(look(&document("9 0 obj\n<< /Encrypt 2 0 R >>\nendobj")).locked);
    // A long stream of a page, and then the script.
    let long = format!(
        "8 0 obj\n<< /Length 900000 >>\nstream\n{}\nendstream\nendobj\n9 0 obj\n<< /JS (x) >>\nendobj",
        "/JS ".repeat(225_000)
    );
    assert!(look(&document(&long)).scripts);
    let long = long.replace("<< /JS (x) >>", "<< /Font 3 0 R >>");
    assert!(!look(&document(&long)).scripts);
}

const SHAKEN: [&str; 14] = [
    "baseline.mp4",
    "fragments.mp4",
    "interlaced.mp4",
    "sound.m4a",
    "vp8.webm",
    "vp9-10bit.webm",
    "cbr.mp3",
    "vbr.mp3",
    "vorbis.ogg",
    "opus.ogg",
    "plain.aac",
    "picture.png",
    "picture.jpg",
    "picture.webp",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Whatever comes, every probe ends, with an answer, and reads little more than the file.
    #[test]
    fn no_probe_stumbles_over_shaken_bytes(
        file in 0..SHAKEN.len() + 2,
        shakes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
        noise in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let mut bytes = match SHAKEN.get(file) {
            Some(name) => fixture(name),
            None if file == SHAKEN.len() => document("9 0 obj\n<< /Length 9 /Type /ObjStm >>\nstream\nx12345\nendstream"),
            None => noise,
        };
        for (at, value) in shakes {
            if !bytes.is_empty() {
                // Heads decide; most of a file is data.
                let at = at.index(bytes.len().min(1200));
                bytes[at] = value;
            }
        }
        bytes.truncate(cut.index(bytes.len() + 1).max(bytes.len() / 2));
        with_bytes(&bytes, |bytes| mp4::probe(bytes).unwrap());
        with_bytes(&bytes, |bytes| webm::probe(bytes).unwrap());
        with_bytes(&bytes, |bytes| audio::probe(bytes).unwrap());
        with_bytes(&bytes, |bytes| image::probe(bytes).unwrap());
        with_bytes(&bytes, |bytes| exif::probe(bytes).unwrap());
        with_bytes(&bytes, |bytes| pdf::probe(bytes).unwrap());
    }
}
