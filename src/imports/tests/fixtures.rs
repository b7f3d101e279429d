//! Small files of every kind, made here, and what is asked of every pack that is made of one.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::super::{About, Found, Loss, recognise, wrap};
use crate::items::{Item, mark, right_response};
use crate::lint::lint;
use crate::packs::{Tree, Unwatched, open, write};

/// A stick with some files.
pub(super) struct Stick(tempfile::TempDir);

impl Stick {
    pub(super) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(super) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }
}

pub(super) fn about() -> About {
    About { publisher: "Hill School".into(), language: "en".into(), today: "2026-11-25".into() }
}

/// A pack that was made, built, and opened again as a box opens it.
pub(super) struct Made {
    pub(super) tree: Box<dyn Tree>,
    pub(super) losses: Vec<Loss>,
    _home: tempfile::TempDir,
}

impl Made {
    pub(super) fn read(&self, path: &str) -> Vec<u8> {
        self.tree.read(path, 64 << 20).unwrap()
    }

    pub(super) fn json(&self, path: &str) -> Json {
        serde_json::from_slice(&self.read(path)).unwrap()
    }

    /// Codes of what was lost, without those that are said twice.
    pub(super) fn lost(&self) -> Vec<&'static str> {
        let mut codes: Vec<_> = self.losses.iter().map(|loss| loss.code).collect();
        codes.dedup();
        codes
    }

    /// The outline as lines: `unit / lesson / kind file…`.
    pub(super) fn outline(&self) -> String {
        let outline = self.json("outline.json");
        let mut lines = Vec::new();
        for unit in outline["units"].as_array().unwrap() {
            for lesson in unit["lessons"].as_array().unwrap() {
                for activity in lesson["activities"].as_array().unwrap() {
                    let text = |value: &Json| value.as_str().unwrap().to_owned();
                    let list = |value: &Json| value.as_array().cloned().unwrap_or_default();
                    let titles = [&unit["title"], &lesson["title"], &activity["kind"]].map(text);
                    let mut line = vec![titles.join(" / ")];
                    line.extend(
                        ["file", "page", "poster"].iter().filter_map(|field| activity.get(*field)).map(text),
                    );
                    let captions = list(&activity["captions"]);
                    line.extend(
                        captions
                            .iter()
                            .map(|one| format!("[{} {}]", text(&one["language"]), text(&one["file"]))),
                    );
                    let chapters = list(&activity["chapters"]);
                    line.extend(
                        chapters
                            .iter()
                            .map(|one| format!("\n    {}: {}", text(&one["title"]), text(&one["file"]))),
                    );
                    line.extend(
                        activity["items"].as_array().map(|items| format!("{} questions", items.len())),
                    );
                    let line = line.join(" ").replace(" \n", "\n");
                    lines.push(line);
                }
            }
        }
        lines.join("\n")
    }

    /// Every question is right when its key is given, and wrong when nothing is.
    fn check_marks(&self) {
        for path in self.tree.paths().unwrap().iter().filter(|path| path.starts_with("items/")) {
            for item in self.json(path)["items"].as_array().unwrap() {
                let variant = Item::read(item.clone()).unwrap().variant(7).unwrap();
                let right = right_response(&variant.question);
                assert!(mark(&variant, &right).right && !mark(&variant, &Json::Null).right, "{item}");
            }
        }
    }
}

/// Wraps what lies at `path` and holds the pack to what every pack is held to: it can be built and opened, every question
/// marks as its author meant, and the check finds no fault but the `allowed` ones and the two that are honest: that
/// nobody knows the licence, and that there are no words for who can't hear or see.
pub(super) fn made(path: &Path, found: Found, allowed: &[&str]) -> Made {
    let what = recognise(path).unwrap().unwrap();
    assert_eq!((what.found, what.why.as_deref()), (found, None), "{}", path.display());
    let wrapped = wrap(&what, &about()).unwrap();
    let home = tempfile::tempdir().unwrap();
    let file = write(&*wrapped.tree, 0, Some(&home.path().join("made.schoolpack")), &Unwatched).unwrap();
    let verdict = lint(&*wrapped.tree, &Unwatched).unwrap();
    let grave = verdict.findings.iter().filter(|finding| {
        finding.code.starts_with(['F', 'E'])
            && !["E-104", "E-106"].contains(&finding.code)
            && !allowed.contains(&finding.code)
    });
    let grave: Vec<String> =
        grave.map(|finding| format!("{} {}: {}", finding.code, finding.place, finding.message)).collect();
    assert_eq!(grave, Vec::<String>::new(), "{}", path.display());
    let made = Made { tree: open(&file).unwrap(), losses: wrapped.losses, _home: home };
    made.check_marks();
    let id = made.json("pack.json")["id"].as_str().unwrap().to_owned();
    let again = wrap(&what, &about()).unwrap().tree;
    let manifest: Json = serde_json::from_slice(&again.read("pack.json", 1 << 20).unwrap()).unwrap();
    assert_eq!(manifest["id"], Json::from(id), "the id is the same every time");
    made
}

/// Why something can't be shown.
pub(super) fn why(path: &Path) -> String {
    let what = recognise(path).unwrap().unwrap();
    assert_eq!(what.found, Found::Unknown, "{}", path.display());
    let why = what.why.clone().unwrap();
    assert!(why.ends_with(['.', '!']) && why.chars().next().is_some_and(|c| !c.is_whitespace()), "{why}");
    let error = wrap(&what, &about()).err().unwrap();
    assert_eq!(error.message, why);
    why
}

pub(super) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        let method =
            if *path == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(*path, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Pictures of one dot, or a few.
pub(super) const GIF: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x01D\0;";
pub(super) const WEBP: &[u8] =
    b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0";

pub(super) fn jpg() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::RgbImage::new(4, 4).write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// The bytes of a file of the repository.
pub(super) fn fixture(name: &str) -> Vec<u8> {
    fs::read(format!("{}/tests/fixtures/imports/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn atom(kind: [u8; 4], inner: &[u8]) -> Vec<u8> {
    let size = u32::try_from(inner.len() + 8).unwrap();
    [&size.to_be_bytes()[..], &kind, inner].concat()
}

fn track(handler: [u8; 4], codec: [u8; 4]) -> Vec<u8> {
    let handler = atom(*b"hdlr", &[&[0; 8][..], &handler, &[0; 13]].concat());
    let entry = atom(codec, &[0; 28]);
    let described = atom(*b"stsd", &[&[0, 0, 0, 0, 0, 0, 0, 1][..], &entry].concat());
    // Cameras name in a second place how the data is reached.
    let reached = atom(*b"hdlr", &[&[0; 8][..], b"alis", &[0; 13]].concat());
    let info = atom(*b"minf", &[reached, atom(*b"stbl", &described)].concat());
    let media = atom(*b"mdia", &[handler, info].concat());
    atom(*b"trak", &media)
}

/// A video, or a sound, whose tracks have these codecs.
pub(super) fn mp4(video: Option<&[u8; 4]>, audio: Option<&[u8; 4]>) -> Vec<u8> {
    let mut tracks = video.map(|codec| track(*b"vide", *codec)).unwrap_or_default();
    tracks.extend(audio.map(|codec| track(*b"soun", *codec)).unwrap_or_default());
    [atom(*b"ftyp", b"isom\0\0\x02\0isom"), atom(*b"moov", &tracks), atom(*b"mdat", &[7; 3000])].concat()
}

pub(super) fn webm(codecs: &[&str]) -> Vec<u8> {
    let codecs = codecs.join("\0");
    [b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm".as_slice(), &[0; 40], codecs.as_bytes(), &[9; 500]].concat()
}

/// A sound of one codec.
pub(super) fn ogg(codec: &[u8]) -> Vec<u8> {
    [b"OggS".as_slice(), &[0; 24], codec, &[3; 200]].concat()
}

pub(super) fn pdf(info: &str) -> Vec<u8> {
    format!("%PDF-1.4\n1 0 obj<</Type/Catalog/Lang(fr)>>endobj\n2 0 obj<<{info}/Producer(x)>>endobj\ntrailer<</Root 1 0 R/Info 2 0 R>>\n%%EOF\n").into_bytes()
}

pub(super) const CONTAINER: &str = r#"<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;

/// A chapter with nothing but a title.
pub(super) fn chapter(title: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><!DOCTYPE html><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
    )
}

/// Every file of a tree, for those who look whether one is the same as before.
pub(super) fn all(tree: &dyn Tree) -> Vec<(String, Vec<u8>)> {
    let read = |path: String| {
        let mut bytes = Vec::new();
        tree.open(&path).unwrap().read_to_end(&mut bytes).unwrap();
        (path, bytes)
    };
    tree.paths().unwrap().into_iter().map(read).collect()
}
