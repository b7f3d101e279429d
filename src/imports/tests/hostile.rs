//! What is made to do harm, or came broken: refused with a sentence, in little time and memory.

use std::fmt::Write;

use proptest::prelude::*;

use super::super::{Found, recognise, wrap};
use super::fixtures::*;
use crate::error::Error;

/// What is said when something is brought that can't be wrapped.
fn refusal(name: &str, bytes: &[u8]) -> String {
    let stick = Stick::new();
    let path = stick.put(name, bytes);
    let what = recognise(&path).unwrap().unwrap();
    let error: Error = wrap(&what, &about()).err().unwrap_or_else(|| panic!("{name} was taken"));
    let told = what.why.unwrap_or_else(|| error.message.clone());
    assert!(told.ends_with('.') && told.len() < 400, "{told}");
    told
}

#[test]
fn harm_is_refused_with_a_sentence() {
    let mut laughs = "<?xml version=\"1.0\"?><!DOCTYPE quiz [<!ENTITY a0 \"ha\">".to_owned();
    for n in 1..30 {
        write!(laughs, "<!ENTITY a{n} \"&a{};&a{};\">", n - 1, n - 1).unwrap();
    }
    let quiz = format!(
        "{laughs}]><quiz><question type=\"description\"><questiontext><text>&a29;</text></questiontext></question></quiz>"
    );
    let outside = "<!DOCTYPE quiz [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><quiz>&x;</quiz>";
    let package = format!("{}]><package>&a29;</package>", laughs.replace("DOCTYPE quiz", "DOCTYPE package"));
    let book = |opf: &str| {
        zip(&[("META-INF/container.xml", CONTAINER.as_bytes()), ("OEBPS/book.opf", opf.as_bytes())])
    };
    let deep = format!("<quiz>{}", "<question>".repeat(1000));
    let zeros = vec![0; 1 << 20];
    let good = zip(&[("index.html", b"<p>x")]);
    let mut locked = good.clone();
    for (sign, at) in [(&b"PK\x03\x04"[..], 6), (b"PK\x01\x02", 8)] {
        let place = locked.windows(4).position(|window| window == sign).unwrap();
        locked[place + at] |= 1;
    }
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("laughs.xml", quiz.into_bytes()),
        ("outside.xml", outside.into()),
        ("laughs.epub", book(&package)),
        ("deep.xml", deep.into_bytes()),
        ("slip.zip", zip(&[("../../etc/passwd", b"x"), ("index.html", b"x")])),
        ("absolute.zip", zip(&[("/etc/passwd", b"x")])),
        ("windows.zip", zip(&[("a\\b.html", b"x")])),
        ("bomb.zip", zip(&[("index.html", b"<p>x"), ("zeros.bin", &zeros)])),
        ("locked.zip", locked),
        ("cut.zip", good[..good.len() - 10].to_vec()),
        ("cut.epub", book(&package)[..200].to_vec()),
        ("hollow.epub", book("<package><metadata/><manifest/><spine/></package>")),
        ("nowhere.epub", zip(&[("META-INF/container.xml", b"<container/>"), ("x", b"x")])),
        ("cut.xml", b"<quiz><question type='essay'><name><text>x".to_vec()),
        ("letters.xml", b"<quiz><question type='essay'><name><text>\xff\xfe".to_vec()),
        ("letters.txt", b"What?{=\x81\x8d ~b}".to_vec()),
        ("all lost.txt", b"::A::Tell.{}\n".to_vec()),
        ("no key.txt", b"::A::There are {#1x} hens.\n".to_vec()),
    ];
    let told: Vec<String> =
        cases.iter().map(|(name, bytes)| format!("{name}: {}", refusal(name, bytes))).collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    laughs.xml: laughs.xml can't be read as XML: it declares words of its own (entities), which is not safe to read. Export it again, or ask whoever made it.
    outside.xml: outside.xml can't be read as XML: it declares words of its own (entities), which is not safe to read. Export it again, or ask whoever made it.
    laughs.epub: OEBPS/book.opf can't be read as XML: it declares words of its own (entities), which is not safe to read. Export it again, or ask whoever made it.
    deep.xml: deep.xml can't be read as XML: it has too many parts inside each other. Export it again, or ask whoever made it.
    slip.zip: This file was not added: the name of its file ../../etc/passwd leads out of it. Copy it again, or ask whoever made it for a new one.
    absolute.zip: This file was not added: the name of its file /etc/passwd leads out of it. Copy it again, or ask whoever made it for a new one.
    windows.zip: This file was not added: the name of its file a\b.html leads out of it. Copy it again, or ask whoever made it for a new one.
    bomb.zip: This file was not added: zeros.bin would swell to many times its size. Copy it again, or ask whoever made it for a new one.
    locked.zip: This file was not added: index.html is locked with a password. Copy it again, or ask whoever made it for a new one.
    cut.zip: This file was not added: it is not a whole zip file; perhaps it was not copied to its end. Copy it again, or ask whoever made it for a new one.
    cut.epub: This file was not added: it is not a whole zip file; perhaps it was not copied to its end. Copy it again, or ask whoever made it for a new one.
    hollow.epub: This book can't be opened: it has no chapters. Ask whoever gave it to you for a whole one.
    nowhere.epub: This book can't be opened: it does not say where its list of chapters is. Ask whoever gave it to you for a whole one.
    cut.xml: cut.xml can't be read as XML: it ends in the middle. Export it again, or ask whoever made it.
    letters.xml: letters.xml can't be read as XML: it is not written in UTF-8. Export it again, or ask whoever made it.
    letters.txt: letters.txt is of a kind that this box does not know. Bring videos as MP4, books as EPUB or PDF, pictures as JPEG or PNG, questions as CSV.
    all lost.txt: Nothing in all lost.txt could be kept, so no pack was made of it. question 1, “A”: An essay is marked by a person; the box marks only what has a key, so it was left out.
    no key.txt: Nothing in no key.txt could be kept, so no pack was made of it. question 1, “A”: “1x” is not a number that can be kept.
    ");
}

#[test]
fn a_gigabyte_of_zeros_is_refused_before_it_swells() {
    let stick = Stick::new();
    let mut packer = zip::ZipWriter::new(std::fs::File::create(stick.path("zeros.zip")).unwrap());
    packer.start_file("index.html", zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![0; 16 << 20];
    for _ in 0..64 {
        std::io::Write::write_all(&mut packer, &zeros).unwrap();
    }
    packer.finish().unwrap();
    assert!(why(&stick.path("zeros.zip")).contains("swell"));
}

#[test]
fn a_part_that_would_fill_the_memory_is_refused() {
    let stick = Stick::new();
    let text = "A".repeat(25 << 20);
    for quiz in [
        format!(
            "<quiz><question type=\"essay\"><file name=\"a.png\" encoding=\"base64\">{text}</file></question></quiz>"
        ),
        format!("<quiz><question type=\"essay\" {text}=\"\"/></quiz>"),
        format!("<quiz><!-- {text} --></quiz>"),
    ] {
        let what = recognise(&stick.put("quiz.xml", quiz)).unwrap().unwrap();
        let error = wrap(&what, &about()).err().unwrap();
        assert!(error.message.contains("larger than 24 MB"), "{error}");
    }
}

/// Fronts that lead deep into every reader.
const FRONTS: [&[u8]; 16] = [
    b"",
    b"PK\x03\x04",
    b"\0\0\0\x18ftypisom\0\0\0\x01isom",
    b"\x1a\x45\xdf\xa3webm",
    b"OggS",
    b"%PDF-1.4 /Type/ObjStm stream\n",
    b"<?xml version='1.0'?><quiz><question type='cloze'><questiontext><text>{1:MC:",
    b"<quiz><question type='calculated'><dataset_definitions>",
    b"<svg>",
    b"<html><nav ",
    b"::x::{=",
    b"question,answer\n",
    b"# [a](",
    b"---\n",
    b"A?\nA. b\nANSWER: A\n",
    b"1\n00:00:01,000 --> 00:00:02,000\n",
];

/// Letters that mean something to a reader.
const LETTERS: &str = "[]{}()<>=~#:%|*!\"'\\/&;-.,0123456789aTé\n \u{202e}\u{1f410}";

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_bring_it_down(front in 0..FRONTS.len(), tail in prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..600),
        proptest::collection::vec(proptest::sample::select(LETTERS.chars().collect::<Vec<_>>()), 0..300)
            .prop_map(|letters| letters.into_iter().collect::<String>().into_bytes()),
    ]) {
        let stick = Stick::new();
        let path = stick.put("file", [FRONTS[front], &tail].concat());
        try_to_wrap(&path);
    }

    #[test]
    fn no_change_to_a_good_file_brings_it_down(which in 0..4_usize, at in any::<proptest::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let stick = Stick::new();
        let page = chapter("x");
        let mut bytes = match which {
            0 => fixture("every-type.gift"),
            1 => fixture("every-type.xml"),
            2 => zip(&[("META-INF/container.xml", CONTAINER.as_bytes()), ("OEBPS/book.opf", b"<package><manifest><item id='a' href='a.xhtml'/></manifest><spine><itemref idref='a'/></spine></package>"), ("OEBPS/a.xhtml", page.as_bytes())]),
            _ => super::super::EXAMPLE_SHEET.into(),
        };
        let place = at.index(bytes.len());
        if cut { bytes.truncate(place) } else { bytes[place] = byte }
        try_to_wrap(&stick.put("file", bytes));
    }
}

/// What can be wrapped can be built; what can't says why.
fn try_to_wrap(path: &std::path::Path) {
    let Some(what) = recognise(path).unwrap() else { return };
    assert_eq!(what.found == Found::Unknown, what.why.is_some());
    if what.found == Found::Pack {
        return;
    }
    match wrap(&what, &about()) {
        Ok(wrapped) => {
            let home = tempfile::tempdir().unwrap();
            let written = crate::packs::write(
                &*wrapped.tree,
                0,
                Some(&home.path().join("made")),
                &crate::packs::Unwatched,
            );
            if let Err(error) = written {
                assert_eq!(error.code, "file.damaged", "{error}");
            }
        }
        Err(error) => assert!(error.message.ends_with(['.', '…']), "{error}"),
    }
}
