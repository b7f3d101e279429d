//! Folders of many files, volumes, and what is nothing.

use super::super::{Found, recognise, wrap};
use super::fixtures::*;
use crate::packs::{Unwatched, write};

#[test]
fn a_folder_of_media_is_a_course_in_the_order_that_people_expect() {
    let stick = Stick::new();
    let video = mp4(Some(b"avc1"), Some(b"mp4a"));
    let srt = "1\n00:00:01,000 --> 00:00:02,000\nÉcoute\n";
    let wide: Vec<u8> = srt.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\nListen\n";
    for (path, bytes) in [
        ("Water/10 Rain.mp4", video.clone()),
        ("Water/9 Wells.mp4", video.clone()),
        ("Water/9 Wells.en.vtt", vtt.into()),
        ("Water/9 Wells.fr.srt", [b"\xff\xfe".to_vec(), wide].concat()),
        ("Water/9 Wells.jpg", jpg()),
        ("Water/10 Rain.srt", b"1\r\n00:00:01,000 --> 00:00:02,000\r\n\xc9coute\r\n".to_vec()),
        ("Water/11 Alone.srt", srt.into()),
        ("Water/Songs/01_goat.mp3", b"ID3\x03 music".to_vec()),
        ("Water/Songs/deep/02_hen.mp3", b"ID3\x03 music too".to_vec()),
        ("Water/plan.docx", zip(&[("[Content_Types].xml", b"x"), ("word/document.xml", b"x")])),
        ("Water/.hidden", b"x".to_vec()),
        ("Water/Thumbs.db", b"x".to_vec()),
    ] {
        stick.put(path, bytes);
    }
    let course = made(&stick.path("Water"), Found::Folder, &["E-105"]);
    insta::assert_snapshot!(course.outline(), @r"
    Water / 9 Wells / video media/9-Wells.mp4 media/9-Wells-2.jpg [en media/9-Wells.en.vtt] [fr media/9-Wells.fr.vtt]
    Water / 10 Rain / video media/10-Rain.mp4 [en media/10-Rain.en.vtt]
    Songs / goat / audio media/01_goat.mp3
    Songs · deep / hen / audio media/02_hen.mp3
    ");
    assert_eq!(course.read("media/9-Wells.en.vtt"), vtt.as_bytes(), "what is WebVTT already stays as it is");
    for path in ["media/9-Wells.fr.vtt", "media/10-Rain.en.vtt"] {
        let text = String::from_utf8(course.read(path)).unwrap();
        assert_eq!(text, "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nÉcoute\n", "{path}");
    }
    assert_eq!(course.read("media/9-Wells.mp4"), video);
    let told: Vec<String> =
        course.losses.iter().map(|loss| format!("{} {} {}", loss.code, loss.place, loss.message)).collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    file-left-out 11 Alone.srt These captions belong to no video or sound that lies beside them.
    file-left-out plan.docx plan.docx is a Word document. Save it as PDF, and bring that.
    ");
    // One video takes its captions along, too.
    let alone = made(&stick.path("Water/9 Wells.mp4"), Found::Video, &["E-105"]);
    assert_eq!(alone.outline().matches(".vtt").count(), 2);
}

#[test]
fn pages_take_their_pictures_along_and_lead_where_they_led() {
    let stick = Stick::new();
    let one = "---\ntitle: The well\n---\n# Wells\n\n![A well](img/well%20a.png \"t\") and [more](../sub/Two.md#deep), [web](https://example.org), [gone](x.md), ![lost](no.png)\n\n<div>raw</div>\n\n[![a](img/well%20a.png)](../sub/Two.md)\n";
    let two = "# Deep\n\nSee [the *first*][1] and nothing else.\n\n[1]: ../a/one.md\n";
    let three = "Heading\n=======\n\nNothing to change.\n";
    stick.put("book/a/one.md", one);
    stick.put("book/sub/Two.md", two);
    stick.put("book/sub/three.md", three);
    stick.put("book/a/img/well a.png", fixture("well.png"));
    stick.put("book/a/img/other.png", fixture("well.png"));
    let pages = made(&stick.path("book"), Found::Folder, &[]);
    insta::assert_snapshot!(pages.outline(), @r"
    a · img / other / picture media/other.png
    a / The well / page pages/one.md
    sub / Heading / page pages/three.md
    sub / Deep / page pages/Two.md
    ");
    insta::assert_snapshot!(String::from_utf8(pages.read("pages/one.md")).unwrap(), @r"
    # Wells

    ![A well](../media/well-a.png) and [more](Two.md), [web](https://example.org), gone, lost

    <div>raw</div>

    [![a](../media/well-a.png)](Two.md)
    ");
    insta::assert_snapshot!(String::from_utf8(pages.read("pages/Two.md")).unwrap(), @r"
    # Deep

    See [the *first*](one.md) and nothing else.

    [1]: ../a/one.md
    ");
    assert_eq!(pages.read("pages/three.md"), three.as_bytes());
    assert_eq!(pages.read("media/well-a.png"), fixture("well.png"));
    assert_eq!(pages.lost(), ["link", "picture", "markup"]);
}

#[test]
fn a_zip_of_many_files_is_the_same_as_their_folder() {
    let stick = Stick::new();
    let png = fixture("well.png");
    let files: [(&str, &[u8]); 4] = [
        ("course/a.md", b"# A\n\n![](p/x.png)\n"),
        ("course/p/x.png", &png),
        ("course/quiz.txt", b"One?{T}\n\nTwo?{=2 ~3}\n"),
        ("course/app/index.html", b"<title>Clock</title>"),
    ];
    for (path, bytes) in files {
        stick.put(path, bytes);
    }
    let folder = made(&stick.path("course"), Found::Folder, &[]);
    let zipped = made(&stick.put("course.zip", zip(&files)), Found::Folder, &[]);
    insta::assert_snapshot!(folder.outline(), @r"
    course / A / page pages/a.md
    course / Clock / app apps/app/index.html
    course / quiz / practice 2 questions
    course / quiz / check 2 questions
    ");
    assert_eq!(folder.outline(), zipped.outline());
}

#[test]
fn a_pack_is_known_by_its_content_in_one_file_or_in_volumes() {
    let stick = Stick::new();
    let page = stick.put("a.md", "# A\n");
    let tree = wrap(&recognise(&page).unwrap().unwrap(), &about()).unwrap().tree;
    let pack = write(&*tree, 0, Some(&stick.path("whole.bin")), &Unwatched).unwrap();
    let bytes = std::fs::read(&pack).unwrap();
    assert_eq!(recognise(&pack).unwrap().unwrap().found, Found::Pack);
    let third = bytes.len() / 3;
    let cut = [
        &bytes[..third],
        &bytes[third..2 * third],
        &bytes[2 * third..bytes.len() - 9],
        &bytes[bytes.len() - 9..],
    ];
    let volumes: Vec<_> =
        (1..).zip(cut).map(|(n, part)| stick.put(&format!("w.schoolpack.{n:03}"), part)).collect();
    let found = recognise(&volumes[0]).unwrap().unwrap();
    assert_eq!((found.found, &found.parts, found.bytes), (Found::Pack, &volumes, bytes.len() as u64));
    assert!(recognise(&volumes[2]).unwrap().is_none(), "a later volume is part of the first");
    for (missing, first) in [(3, 0), (1, 0), (0, 1)] {
        let kept = std::fs::read(&volumes[missing]).unwrap();
        std::fs::remove_file(&volumes[missing]).unwrap();
        assert!(why(&volumes[first]).contains(&format!("w.schoolpack.{:03} is missing", missing + 1)));
        std::fs::write(&volumes[missing], kept).unwrap();
    }
    std::fs::remove_file(&volumes[0]).unwrap();
    assert!(recognise(&volumes[3]).unwrap().is_none(), "one volume speaks for all");
}

#[test]
fn the_folder_of_a_pack_stays_what_it_is() {
    let stick = Stick::new();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/content-packs/first-steps");
    let found = recognise(root.as_ref()).unwrap().unwrap();
    assert_eq!(found.found, Found::PackFolder);
    // In a plain zip, with a folder around it.
    let tree = wrap(&found, &about()).unwrap().tree;
    let files = all(&*tree);
    let files: Vec<(String, &[u8])> =
        files.iter().map(|(path, bytes)| (format!("first-steps/{path}"), bytes.as_slice())).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, bytes)| (path.as_str(), *bytes)).collect();
    let zipped = made(&stick.put("first-steps.zip", zip(&files)), Found::Folder, &[]);
    assert_eq!(zipped.json("pack.json")["id"], "org.schoolhouse.first-steps");
    assert!(zipped.tree.paths().unwrap().len() >= files.len());
}

/// Files that the box can't show.
fn strange_files() -> Vec<(&'static str, Vec<u8>)> {
    let office = |part: &str| zip(&[("[Content_Types].xml", b"x"), (part, b"x")]);
    let package = |text: &str| zip(&[("imsmanifest.xml", text.as_bytes()), ("index.html", b"x")]);
    let mut disc = vec![0; 40_000];
    disc[32769..32774].copy_from_slice(b"CD001");
    let mut stream = vec![1; 600];
    for at in [0, 188, 376] {
        stream[at] = b'G';
    }
    let mut cut = mp4(Some(b"avc1"), None);
    cut.truncate(cut.len() - 100);
    vec![
        ("letter", office("word/document.xml")),
        ("talk", office("ppt/presentation.xml")),
        ("list", office("xl/workbook.xml")),
        ("text.odt", zip(&[("mimetype", b"application/vnd.oasis.opendocument.text")])),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old".to_vec()),
        ("rich", b"{\\rtf1 rich}".to_vec()),
        ("setup", b"MZ\x90\0\x03".to_vec()),
        ("game.apk", zip(&[("AndroidManifest.xml", b"x"), ("META-INF/MANIFEST.MF", b"x")])),
        ("wiki", b"ZIM\x04\0\0\0\0".to_vec()),
        ("exercise", zip(&[("h5p.json", b"{}"), ("content/content.json", b"{}")])),
        ("course", package("<manifest xmlns:adlcp='x'><schema>ADL SCORM</schema></manifest>")),
        ("cartridge", package("<manifest xmlns='imscp'/>")),
        ("test", package("<manifest><resource type='imsqti_xmlv1p1'/></manifest>")),
        ("items.xml", b"<?xml version='1.0'?><assessmentItem/>".to_vec()),
        ("archive", b"Rar!\x1a\x07\x01\0".to_vec()),
        ("backup.mbz", b"\x1f\x8b\x08\0\0".to_vec()),
        ("film.avi", b"RIFF\0\0\0\0AVI LIST".to_vec()),
        ("film.mkv", b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska\0".to_vec()),
        ("film.wmv", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\0".to_vec()),
        ("new.mp4", mp4(Some(b"hvc1"), Some(b"mp4a"))),
        ("newer.mp4", mp4(Some(b"av01"), None)),
        ("cinema.mp4", mp4(Some(b"avc1"), Some(b"ac-3"))),
        ("phone.3gp", mp4(Some(b"mp4v"), Some(b"samr"))),
        ("bought.mp4", mp4(Some(b"encv"), None)),
        ("cut.mp4", cut),
        ("tv", stream),
        ("photo.heic", b"\0\0\0\x18ftypheic\0\0\0\0".to_vec()),
        ("scan", b"II*\0\x08".to_vec()),
        ("song.wav", b"RIFF\0\0\0\0WAVEfmt \0".to_vec()),
        ("memo.amr", b"#!AMR\n\x04\0".to_vec()),
        ("kindle", [vec![0; 60], b"BOOKMOBI".to_vec()].concat()),
        ("disc.iso", disc),
        ("run.sh", b"#!/bin/sh\necho\n".to_vec()),
        ("data.json", b"{\"a\": [1, 2]}".to_vec()),
        ("table.csv", b"name,class,mark\na,1,2\nb,1,3\nc,2,4\n".to_vec()),
        ("lonely.srt", b"1\n00:00:01,000 --> 00:00:02,000\nWords\n".to_vec()),
        ("alive.svg", b"<svg onload='x()'><script>x()</script></svg>".to_vec()),
        ("empty", Vec::new()),
        ("noise", vec![0xfe, 0x00, 0x81, 0x07]),
        ("link.torrent", b"d8:announce20:udp://".to_vec()),
    ]
}

#[test]
fn what_nobody_meant_is_passed_over_and_what_can_not_be_shown_says_why() {
    let stick = Stick::new();
    for name in
        [".Trash", "System Volume Information", "autorun.inf", "Thumbs.db", "LOST.DIR", "a.schoolpack.sha256"]
    {
        assert!(recognise(&stick.put(name, "x")).unwrap().is_none(), "{name}");
    }
    let told: Vec<String> =
        strange_files().iter().map(|(name, bytes)| why(&stick.put(name, bytes))).collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    letter is a Word document. Save it as PDF, and bring that.
    talk is a PowerPoint presentation. Save it as PDF, and bring that.
    list is an Excel workbook. Save the sheet with the questions as CSV, and bring that.
    text.odt is an OpenDocument text. Save it as PDF, and bring that.
    old.doc is an old Word, Excel or PowerPoint file. Save it as PDF, and bring that.
    rich is a document in rich text (RTF). Save it as PDF, and bring that.
    setup is a program for Windows. The box shows lessons and runs no programs.
    game.apk is a program for Android. The box shows lessons and runs no programs.
    wiki is a library of Kiwix (ZIM). Serve it with Kiwix; this version of Schoolhouse can't open it.
    exercise is an H5P exercise. This version of Schoolhouse can't open it.
    course is a course of the kind SCORM. This version of Schoolhouse can't open it; ask for the same course as a web page (HTML5).
    cartridge is a course of the kind IMS Common Cartridge. This version of Schoolhouse can't open it.
    test is a set of questions of the kind QTI. Export the questions as Moodle XML or GIFT, and bring that.
    items.xml is a set of questions of the kind QTI. Export the questions as Moodle XML or GIFT, and bring that.
    archive is a RAR archive. Unpack it on a computer, and bring what is in it.
    backup.mbz is a file packed with gzip, perhaps a Moodle backup. Unpack it on a computer, and bring what is in it.
    film.avi is a video of the kind AVI. Convert it to MP4 with H.264 and AAC, and bring that.
    film.mkv is a video of the kind Matroska (MKV). Convert it to MP4 with H.264 and AAC, and bring that.
    film.wmv is a Windows Media file (WMV or WMA). Convert it to MP4 with H.264 and AAC, and bring that.
    new.mp4 is a video with the codec HEVC (H.265), which most tablets do not play. Convert it to MP4 with H.264 and AAC, and bring that.
    newer.mp4 is a video with the codec AV1, which old tablets do not play. Convert it to MP4 with H.264 and AAC, and bring that.
    cinema.mp4 is a video whose sound has a codec that tablets do not play. Convert it to MP4 with H.264 and AAC, and bring that.
    phone.3gp is a video with an old codec that tablets do not play. Convert it to MP4 with H.264 and AAC, and bring that.
    bought.mp4 is locked with copy protection (DRM). Ask whoever sold it for a copy without it.
    cut.mp4 is a video that was not copied to its end. Copy it again from where it came from.
    tv is a recording of television (MPEG-TS). Convert it to MP4 with H.264 and AAC, and bring that.
    photo.heic is a photo of the kind HEIC, as iPhones take it. Save it as JPEG or PNG, and bring that.
    scan is a picture of the kind TIFF, or a raw photo. Save it as JPEG or PNG, and bring that.
    song.wav is sound of the kind WAV, which is ten times as large as it need be. Convert it to MP3, and bring that.
    memo.amr is a recording of the kind AMR. Convert it to MP3, and bring that.
    kindle is a Kindle book. Look for the same book as EPUB or PDF.
    disc.iso is the picture of a whole CD or DVD. Unpack it on a computer, and bring what is in it.
    run.sh is a program. The box shows lessons and runs no programs.
    data.json is data for a program (JSON). If it belongs to a web page, bring the whole folder with its index.html.
    table.csv is a table without questions. A table of questions has the headings question and answer in its first row.
    lonely.srt is captions; they belong to the video or the sound of the same name. Lay it beside that, and bring both.
    alive.svg is a drawing (SVG) with a program in it. Save it as JPEG or PNG, and bring that.
    empty is empty. Copy it again from where it came from.
    noise is of a kind that this box does not know. Bring videos as MP4, books as EPUB or PDF, pictures as JPEG or PNG, questions as CSV.
    link.torrent is only the address of a download (torrent). Bring the files that it leads to.
    ");
    stick.put("nothing/inside/setup.exe", b"MZ\0\0");
    assert!(why(&stick.path("nothing")).starts_with("nothing is a folder in which nothing can be shown."));
}
