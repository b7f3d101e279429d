//! Zips of other people: what their tools write is read, what could do harm is refused.

use std::fs::File;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::super::tree::Tree;
use super::Bundle;

fn on_disk(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file
}

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        zip.start_file(*path, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated))
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read(bundle: &Bundle, path: &str) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    bundle.open(path).unwrap().read_to_end(&mut bytes).map(|_| bytes)
}

#[test]
fn zips_of_any_tool_are_read_and_what_computers_add_is_left_out() {
    let files: [(&str, &[u8]); 5] = [
        ("b/ä: no.html", b""),
        ("__MACOSX/._a", b"x"),
        (".DS_Store", b"x"),
        ("b/Thumbs.db", b"x"),
        ("a.html", b"<p>A</p>"),
    ];
    // A colon leads out on some computers.
    assert_eq!(Bundle::open(on_disk(&zip_of(&files))).err().unwrap().code, "pack.entry-outside");
    let bundle = Bundle::open(on_disk(&zip_of(&files[1..]))).unwrap();
    assert_eq!(bundle.paths().unwrap(), ["a.html"]);
    assert_eq!((read(&bundle, "a.html").unwrap(), bundle.size("a.html")), (b"<p>A</p>".to_vec(), Some(8)));

    // Tools that write into a pipe put lengths behind each file.
    let mut streamed = ZipWriter::new_stream(Vec::new());
    streamed.start_file("what is this?.html", SimpleFileOptions::default()).unwrap();
    streamed.write_all(&b"<p>streamed</p>".repeat(100)).unwrap();
    let streamed = streamed.finish().unwrap().into_inner();
    let bundle = Bundle::open(on_disk(&streamed)).unwrap();
    assert_eq!(read(&bundle, "what is this?.html").unwrap(), b"<p>streamed</p>".repeat(100));
}

#[test]
fn a_comment_behind_the_end_does_no_harm_and_hides_nothing() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.set_comment("made by a service").unwrap();
    zip.start_file("a.html", SimpleFileOptions::default()).unwrap();
    zip.write_all(b"<p>A</p>").unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    let bundle = Bundle::open(on_disk(&bytes)).unwrap();
    assert_eq!(read(&bundle, "a.html").unwrap(), b"<p>A</p>");
    // A second archive in the comment, whole or only its end.
    let other = zip_of(&[("evil.html", b"<p>B</p>")]);
    for hidden in [other.as_slice(), &other[other.len() - 22..]] {
        let mut bytes = zip_of(&[("a.html", b"<p>A</p>")]);
        let end = bytes.len();
        bytes[end - 2..].copy_from_slice(&u16::try_from(hidden.len()).unwrap().to_le_bytes());
        bytes.extend(hidden);
        assert!(Bundle::open(on_disk(&bytes)).is_err());
    }
}

#[test]
fn a_file_that_was_changed_is_not_taken_for_whole() {
    let mut bytes = zip_of(&[("a.txt", &[0x55; 40])]);
    // The checksum in both headers, so that they still agree with each other and not with the file.
    for sign in [&b"PK\x03\x04"[..], b"PK\x01\x02"] {
        let at = bytes.windows(4).position(|window| window == sign).unwrap();
        let at = at + if sign[2] == 3 { 14 } else { 16 };
        bytes[at] ^= 1;
    }
    let bundle = Bundle::open(on_disk(&bytes)).unwrap();
    let error: crate::error::Error = read(&bundle, "a.txt").unwrap_err().into();
    assert_eq!(error.code, "file.damaged");
}
