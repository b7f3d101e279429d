//! What a stranger may hand to a box in place of a pack, one case for everything that a box refuses, each with its code.

use std::fs::File;
use std::io::Write;

use super::archives::*;

/// One file that a stranger hands over.
pub(crate) struct Case {
    pub(crate) what: String,
    /// The code that it is refused with; `fine` for what only looks odd.
    pub(crate) code: &'static str,
    made: Made,
}

enum Made {
    Bytes(Vec<u8>),
    /// Too large to be held in memory.
    Entries(Vec<Raw>),
}

impl Case {
    /// Writes the file.
    pub(crate) fn write(&self, to: &mut File) {
        match &self.made {
            Made::Bytes(bytes) => to.write_all(bytes).unwrap(),
            Made::Entries(entries) => write_zip(to, entries),
        }
    }
}

fn bytes(what: impl Into<String>, code: &'static str, bytes: Vec<u8>) -> Case {
    Case { what: what.into(), code, made: Made::Bytes(bytes) }
}

fn entries(what: impl Into<String>, code: &'static str, entries: Vec<Raw>) -> Case {
    Case { what: what.into(), code, made: Made::Entries(entries) }
}

/// Every case.
pub(crate) fn all() -> Vec<Case> {
    [names(), kinds(), in_two_ways(), wide_ends(), swelling(), no_packs(), other_bytes(), documents()]
        .into_iter()
        .flatten()
        .collect()
}

/// A whole pack with one entry more.
fn with(entry: Raw) -> Vec<Raw> {
    let mut all = pack(&small_files());
    all.push(entry);
    all
}

fn x() -> Raw {
    stored("media/z.svg", b"x")
}

/// Names that lead elsewhere, or mean two things.
fn names() -> Vec<Case> {
    let long = [b"media/".as_slice(), &[b'a'; 200]].concat();
    let longest = [b"media/".as_slice(), &vec![b'a'; 60_000]].concat();
    let (deep, deepest) = (b"a/".repeat(20), b"a/".repeat(5_000));
    let named = |(name, code): (&[u8], &'static str)| {
        let entry = Raw { name: name.to_vec(), ..stored("", b"x") };
        let shown: String = String::from_utf8_lossy(name).chars().take(40).collect();
        entries(format!("the name {shown:?}"), code, with(entry))
    };
    let mut cases: Vec<Case> = [
        (b"media/a.svg".as_slice(), "fine"),
        ("media/ünïcode-数.svg".as_bytes(), "fine"),
        (b"../outside", "pack.entry-outside"),
        (b"media/../../outside", "pack.entry-outside"),
        (b"/etc/passwd", "pack.entry-outside"),
        (b"C:evil", "pack.entry-outside"),
        (b"media\\evil", "pack.entry-outside"),
        (b"..\\evil", "pack.entry-outside"),
        (b"media/./a", "pack.entry-name"),
        (b"media//a", "pack.entry-name"),
        (b"media/.hidden", "pack.entry-name"),
        (b"media/a\0b", "pack.entry-name"),
        (b"media/a\nb", "pack.entry-name"),
        (b"media/a b", "pack.entry-name"),
        ("media/\u{202e}gpj.svg".as_bytes(), "pack.entry-name"),
        (b"", "pack.entry-name"),
        (b"media/\xff\xfe", "pack.entry-name"),
        (&long, "pack.entry-name"),
        (&longest, "pack.entry-name"),
        (&[deep.as_slice(), b"a"].concat(), "pack.entry-name"),
        (&[deepest.as_slice(), b"a"].concat(), "pack.entry-name"),
        (b"pack.json", "pack.entry-twice"),
        (b"PACK.json", "pack.entry-twice"),
    ]
    .into_iter()
    .map(named)
    .collect();
    let mut twins = with(stored("media/caf\u{e9}.svg", b"a"));
    twins.push(stored("media/cafe\u{301}.svg", b"b"));
    cases.push(entries("two names that look the same", "pack.entry-twice", twins));
    // Info-ZIP's "Unicode path" (0x7075): version, CRC-32 of the name, another name.
    let mut second_name = vec![0x75, 0x70, 16, 0, 1];
    second_name.extend(crc(&x().name).to_le_bytes());
    second_name.extend(b"../outside!");
    cases.push(entries(
        "a second name in a field for names in Unicode",
        "pack.entry-outside",
        with(Raw { extra: second_name, flags: 0, ..x() }),
    ));
    cases
}

/// Entries that are no plain files.
fn kinds() -> Vec<Case> {
    let folder = Raw { name: b"media/f/".to_vec(), mode: 0o040_755, ..stored("", b"") };
    // As WinZip writes AES: method 99 and a field that says the rest.
    let aes = Raw { method: 99, flags: 0x801, extra: vec![1, 0x99, 7, 0, 2, 0, b'A', b'E', 3, 0, 0], ..x() };
    [
        ("a link", Raw { mode: 0o120_777, ..x() }, "pack.entry-special"),
        ("a pipe", Raw { mode: 0o010_644, ..x() }, "pack.entry-special"),
        ("a device", Raw { mode: 0o020_644, ..x() }, "pack.entry-special"),
        ("a file with a password", Raw { flags: 0x801, ..x() }, "pack.entry-encrypted"),
        ("a file with a strong password", aes, "pack.entry-encrypted"),
        ("another method", Raw { method: 12, ..x() }, "pack.entry-method"),
        ("deflate of 64 KB", Raw { method: 9, ..x() }, "pack.entry-method"),
        ("two lengths", Raw { size: 2, ..x() }, "pack.inconsistent"),
        ("an entry on the second disk", Raw { disk: 1, ..x() }, "pack.inconsistent"),
        (
            "a folder that holds data",
            Raw { data: b"x".to_vec(), size: 1, packed: 1, ..folder.clone() },
            "pack.inconsistent",
        ),
        ("a folder", folder, "fine"),
    ]
    .into_iter()
    .map(|(what, entry, code)| entries(what, code, with(entry)))
    .collect()
}

/// Archives that two programs read in two ways.
fn in_two_ways() -> Vec<Case> {
    let good = zip(&with(x()));
    let count = u16::try_from(with(x()).len()).unwrap();
    let announce =
        |count: u16| overwrite(good.clone(), 14, &[count.to_le_bytes(), count.to_le_bytes()].concat());
    let hidden = Raw { is_listed: false, ..stored("media/hidden.svg", b"y") };
    let place = zip(&pack(&small_files())).windows(4).position(|four| four == b"PK\x01\x02").unwrap() as u64;
    let mut shared = with(x());
    shared.push(Raw { place: Some(place), local_name: Some(x().name), ..stored("media/y.svg", b"x") });
    let in_comment = {
        let mut outer = overwrite(good.clone(), 2, &u16::try_from(good.len()).unwrap().to_le_bytes());
        outer.extend(&good);
        outer
    };
    let mut cases = vec![
        bytes("nothing odd", "fine", good.clone()),
        bytes("nothing at all", "pack.cut-off", Vec::new()),
        bytes("a text", "pack.cut-off", b"Hello, this is a letter and no zip file.".to_vec()),
        bytes("bytes after the end", "pack.cut-off", [&*good, b"!"].concat()),
        bytes("a comment", "pack.cut-off", [&*overwrite(good.clone(), 2, &[1, 0]), b"!"].concat()),
        bytes("bytes before the start", "pack.inconsistent", [b"#!/bin/sh\n", &*good].concat()),
        bytes("an archive in the comment", "pack.inconsistent", in_comment),
        bytes("fewer entries announced", "pack.inconsistent", announce(count - 1)),
        bytes("more entries announced", "pack.inconsistent", announce(count + 1)),
        bytes("very many entries announced", "pack.too-many-files", announce(u16::MAX)),
        bytes("a directory of 4 GB", "pack.inconsistent", overwrite(good.clone(), 10, &[255; 4])),
        bytes("a directory elsewhere", "pack.inconsistent", overwrite(good.clone(), 6, &[1, 0, 0, 0])),
        bytes("the second of two volumes", "pack.inconsistent", overwrite(good.clone(), 18, &[1, 0])),
        bytes("a field that ends after its header", "pack.not-an-archive", cut_field()),
        entries("a file that is not listed", "pack.inconsistent", with(hidden)),
        entries("two files in the same bytes", "pack.overlap", shared),
        entries("a bomb of files that lie in each other", "pack.overlap", nested()),
        entries(
            "another name inside",
            "pack.inconsistent",
            with(Raw { local_name: Some(b"media/q.svg".to_vec()), ..x() }),
        ),
        entries("data past the end", "pack.cut-off", with(Raw { packed: 50_000, size: 50_000, ..x() })),
        entries(
            "data past the end of numbers",
            "pack.not-an-archive",
            with(Raw { packed: u64::MAX, size: u64::MAX, ..x() }),
        ),
        entries("data over the directory", "pack.overlap", with(Raw { packed: 60, size: 60, ..x() })),
        entries("a gigabyte that belongs to nobody", "pack.inconsistent", with(Raw { hole: 1 << 30, ..x() })),
    ];
    let ends = (1..40).map(|part| good.len() * part / 40);
    cases.extend(ends.map(|end| bytes(format!("cut at {end}"), "pack.cut-off", good[..end].to_vec())));
    cases
}

/// The last entry's extra field says that it is longer than the header.
fn cut_field() -> Vec<u8> {
    zip(&with(Raw { extra: vec![0x75, 0x70, 200, 0, 1], flags: 0, ..x() }))
}

/// Many entries that share one body, each a little more of it, as David Fifield's bomb does.
fn nested() -> Vec<Raw> {
    let mut all = with(stored("media/body.png", &[7; 4_000]));
    let place = zip(&pack(&small_files())).windows(4).position(|four| four == b"PK\x01\x02").unwrap() as u64;
    let body = all.last().unwrap().clone();
    all.extend((0..200).map(|number| Raw {
        name: format!("media/b{number}.png").into(),
        place: Some(place),
        local_name: Some(body.name.clone()),
        ..body.clone()
    }));
    all
}

/// Ends with wide numbers, which must agree with the small one.
fn wide_ends() -> Vec<Case> {
    let good = zip(&with(x()));
    let (body, end) = good.split_at(good.len() - 22);
    let (entries, bytes_of, start) = (u64::from(end[10]), &end[12..16], &end[16..20]);
    let wide = |entries: u64, small: &[u8]| {
        let mut all = body.to_vec();
        let place = all.len() as u64;
        all.extend_from_slice(b"PK\x06\x06");
        all.extend([44_u64.to_le_bytes().as_slice(), &[45, 0, 45, 0], &[0; 8]].concat());
        all.extend([entries.to_le_bytes(), entries.to_le_bytes()].concat());
        all.extend([bytes_of, &[0; 4], start, &[0; 4]].concat());
        all.extend_from_slice(b"PK\x06\x07");
        all.extend([[0; 4].as_slice(), &place.to_le_bytes(), &[1, 0, 0, 0]].concat());
        all.extend(small);
        all
    };
    let marks = [b"PK\x05\x06\0\0\0\0".as_slice(), &[255; 12], &[0; 2]].concat();
    vec![
        bytes("a wide end", "fine", wide(entries, &marks)),
        bytes("a wide end that says the same", "fine", wide(entries, end)),
        bytes("a wide end with very many entries", "pack.too-many-files", wide(1 << 60, &marks)),
        bytes("a wide end that says something else", "pack.inconsistent", wide(entries + 1, end)),
    ]
}

/// What would fill a disk, or a tablet's memory.
fn swelling() -> Vec<Case> {
    let empty = |number: u32| stored(&format!("media/{number}"), b"");
    let four_gigabytes = |number: u32| {
        let size = (4 << 30) - 1;
        Raw { hole: size, size, packed: size, ..stored(&format!("media/{number}.mp4"), b"") }
    };
    let many: Vec<Raw> = pack(&small_files()).into_iter().chain((0..50_001).map(empty)).collect();
    let much: Vec<Raw> = pack(&small_files()).into_iter().chain((0..5).map(four_gigabytes)).collect();
    let spaces = |kilobytes: usize| deflated("media/spaces.svg", &vec![b' '; kilobytes << 10]);
    vec![
        entries("a page of spaces", "fine", with(spaces(60))),
        entries("a bomb", "pack.bomb", with(spaces(290))),
        entries("a large bomb", "pack.bomb", with(spaces(100 << 10))),
        entries(
            "a file of 4 GB in a few bytes",
            "pack.too-large",
            with(Raw { size: 4 << 30, ..spaces(290) }),
        ),
        entries("a file of 16 EB", "pack.too-large", with(Raw { size: u64::MAX, ..spaces(290) })),
        entries("20 GB in all", "pack.too-large", much),
        entries("50,000 files and some", "pack.too-many-files", many),
    ]
}

/// Archives that are no packs.
fn no_packs() -> Vec<Case> {
    let other = stored("mimetype", b"application/epub+zip");
    [
        ("an empty archive", vec![]),
        ("any archive", vec![x()]),
        ("a pack in another order", vec![x(), mimetype()]),
        ("a deflated mimetype", vec![deflated("mimetype", MEDIA_TYPE), x()]),
        ("a book", vec![other, x()]),
    ]
    .into_iter()
    .map(|(what, all)| entries(what, "pack.not-a-pack", all))
    .collect()
}

/// Files that are not what `files.json` says.
fn other_bytes() -> Vec<Case> {
    let spoil = |what: &str, change: &dyn Fn(&mut Raw)| {
        let mut all = pack(&small_files());
        change(all.iter_mut().find(|raw| raw.name == b"media/x.svg").unwrap());
        all.retain(|raw| raw.is_listed);
        entries(what, "pack.checksum", all)
    };
    let without = |what: &str, gone: &[u8]| {
        let mut all = pack(&small_files());
        all.retain(|raw| raw.name != gone);
        entries(what, "pack.checksum", all)
    };
    vec![
        spoil("another CRC", &|raw| raw.crc ^= 1),
        spoil("bytes after the end of the stream", &|raw| {
            raw.data.extend(b"more");
            raw.packed += 4;
        }),
        spoil("a stream that is cut short", &|raw| {
            raw.data.truncate(raw.data.len() - 3);
            raw.packed -= 3;
        }),
        spoil("no stream", &|raw| raw.data.fill(0xff)),
        spoil("longer than announced", &|raw| raw.size -= 1),
        spoil("shorter than announced", &|raw| raw.size += 1),
        spoil("other words", &|raw| *raw = deflated("media/x.svg", b"<svg>other</svg>")),
        spoil("a bomb that says it is small", &|raw| {
            *raw = Raw { size: raw.size, crc: raw.crc, ..deflated("media/x.svg", &vec![b' '; 8 << 20]) };
        }),
        without("a file that is not there", b"media/x.svg"),
        without("no list", b"files.json"),
        without("no manifest", b"pack.json"),
        entries("another list", "pack.checksum", {
            let mut all = pack(&small_files());
            *all.last_mut().unwrap() = deflated("files.json", b"{\"files\":[]}");
            all
        }),
    ]
}

/// Documents that are for another program, misspelt, or made to fill memory or to keep a judge busy.
fn documents() -> Vec<Case> {
    let files = small_files();
    let manifest = String::from_utf8(files[0].1.clone()).unwrap();
    let outline = String::from_utf8(files[2].1.clone()).unwrap();
    let manifest = |from: &str, to: &str| small_with("pack.json", manifest.replace(from, to).as_bytes());
    let curriculum =
        |value: &str| manifest(r#""released""#, &format!(r#""curriculum": {value}, "released""#));
    let instead = |path: &str, text: &str| unswollen(small_with(path, text.as_bytes()));
    // Lists in lists are the most that memory makes of few letters.
    let lists = |length: usize| format!("[{}[]]", "[],".repeat(length / 3));
    let listed = |rows: &str| unswollen(listed_by(&files, format!(r#"{{"files":[{rows}]}}"#).as_bytes()));
    let short = r#"{"path":"a","sha256":"","bytes":0,"mediaType":"","role":"other"},"#;
    let film = row("media/x.mp4", &files[9].1) + ",";
    let items = |all: String| instead("items/a.json", &format!(r#"{{"items":[{all}]}}"#));
    let item = |number: u32| format!(r#"{{"id":"i{number}"}}"#);
    let skill = |number: u32| {
        format!(r#"{{"id":"s{number}","name":"N","can":"C","prerequisites":["s{}"]}}"#, number + 1)
    };
    let all = |of: &dyn Fn(u32) -> String, count: u32| (0..count).map(of).collect::<Vec<_>>().join(",");
    let asks = |what: &str| {
        let asked = format!("[{}\"one\"]", what.repeat(2_000_000 / what.len()));
        instead("outline.json", &outline.replace(r#"["one"]"#, &asked))
    };
    let deep = SKILL.replace("[]", &lists(2_050_000));
    let chain = format!(r#"{{"skills":[{}]}}"#, all(&skill, 33_000));
    let twice = outline.replace(r#""try""#, r#""read""#);
    vec![
        entries("another format", "pack.format-unknown", manifest(r#""format": 1"#, r#""format": 2"#)),
        entries("for a newer program", "pack.needs-newer", manifest("0.1.0", "9.0.0")),
        entries("nobody to write to", "pack.manifest", manifest(r#""contact": "a@example.org","#, "")),
        entries("a manifest that is no JSON", "pack.manifest", instead("pack.json", "LIST")),
        entries("a manifest of deep lists", "pack.manifest", unswollen(curriculum(&"[".repeat(200_000)))),
        entries("a manifest that fills memory", "pack.manifest", unswollen(curriculum(&lists(4_000_000)))),
        entries(
            "very many rows in the list",
            "pack.manifest",
            listed(&(short.repeat(200_000) + &row("a", b""))),
        ),
        entries(
            "one file many times in the list",
            "pack.checksum",
            listed(&(film.repeat(40_000) + &row("a", b""))),
        ),
        entries("one id for two things to do", "pack.faults", instead("outline.json", &twice)),
        entries(
            "a question that fills memory",
            "pack.manifest",
            items(format!(r#"{{"id":"one","x":{}}}"#, lists(4_000_000))),
        ),
        entries("very many questions", "pack.manifest", items(all(&item, 200_000))),
        entries("a list of nothing as questions", "pack.manifest", items("0,".repeat(2_000_000) + "0")),
        entries("a lesson that asks without end", "fine", asks(r#""no","#)),
        entries("a lesson that asks for nothing without end", "fine", asks(r#""","#)),
        entries("skills that fill memory", "fine", instead("skills.json", &deep)),
        entries("skills in a long chain", "fine", instead("skills.json", &chain)),
        entries("a page of links", "pack.manifest", instead("pages/read.md", &"[](a)".repeat(99_000))),
        entries("a page of brackets", "fine", instead("pages/read.md", &"[".repeat(499_000))),
        entries(
            "a long page of brackets",
            "pack.file-large",
            instead("pages/read.md", &"[".repeat(4_000_000)),
        ),
    ]
}

const SKILL: &str = r#"{"skills":[{"id":"add","name":"Add","can":"C","alignsTo":[]}]}"#;

/// Stored, so that the bound on swelling says nothing about it.
fn unswollen(mut all: Vec<Raw>) -> Vec<Raw> {
    for raw in &mut all {
        if raw.method == DEFLATED && raw.size > 64 << 10 {
            *raw = stored(std::str::from_utf8(&raw.name).unwrap(), &inflate(&raw.data, raw.size));
        }
    }
    all
}

fn inflate(data: &[u8], size: u64) -> Vec<u8> {
    let mut plain = Vec::with_capacity(usize::try_from(size).unwrap());
    let mut inflate = flate2::Decompress::new(false);
    inflate.decompress_vec(data, &mut plain, flate2::FlushDecompress::Finish).unwrap();
    plain
}
