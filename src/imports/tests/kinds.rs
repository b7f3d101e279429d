//! One of each kind.

use super::super::{Found, recognise, wrap};
use super::fixtures::*;

#[test]
fn one_file_of_each_kind_becomes_a_lesson_with_the_same_bytes() {
    let png = fixture("well.png");
    let svg = b"<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><circle r=\"4\"/></svg>".to_vec();
    let cases: Vec<(&str, Vec<u8>, Found, &str, &str)> = vec![
        // Names say nothing, or something else.
        (
            "02 - The well",
            mp4(Some(b"avc1"), Some(b"mp4a")),
            Found::Video,
            "The well / video media/02-The-well.mp4",
            "mp4",
        ),
        ("talk.bin", webm(&["V_VP9", "A_OPUS"]), Found::Video, "talk / video media/talk.webm", "webm"),
        ("song.mp4", mp4(None, Some(b"mp4a")), Found::Audio, "song / audio media/song.m4a", "m4a"),
        (
            "song.mp3",
            b"ID3\x04\0\0\0\0\0\0\xff\xfb\x90\0 music".to_vec(),
            Found::Audio,
            "song / audio media/song.mp3",
            "mp3",
        ),
        ("bare", b"\xff\xfb\x90\x64\0\0 music".to_vec(), Found::Audio, "bare / audio media/bare.mp3", "mp3"),
        ("song.ogg", ogg(b"\x01vorbis"), Found::Audio, "song / audio media/song.ogg", "ogg"),
        ("talk.opus", ogg(b"OpusHead"), Found::Audio, "talk / audio media/talk.ogg", "ogg"),
        ("talk.webm", webm(&["A_OPUS"]), Found::Audio, "talk / audio media/talk.webm", "webm"),
        ("الماء.png", png, Found::Picture, "الماء / picture media/الماء.png", "png"),
        ("photo.PNG", jpg(), Found::Picture, "photo / picture media/photo.jpg", "jpg"),
        ("move.gif", GIF.to_vec(), Found::Picture, "move / picture media/move.gif", "gif"),
        ("new.webp", WEBP.to_vec(), Found::Picture, "new / picture media/new.webp", "webp"),
        ("drawing.txt", svg, Found::Picture, "drawing / picture media/drawing.svg", "svg"),
        (
            "guide.pdf",
            pdf("/Title(How to dig)"),
            Found::Document,
            "How to dig / document media/guide.pdf",
            "pdf",
        ),
        (
            "goat.txt",
            b"# The *goat*\n\nIt eats **all**.\n".to_vec(),
            Found::Page,
            "The goat / page pages/goat.md",
            "md",
        ),
        (
            "clock.html",
            b"<!doctype html><html lang='ar'><title>The clock</title><script>x()</script>".to_vec(),
            Found::App,
            "The clock / app apps/clock/index.html",
            "html",
        ),
    ];
    for (name, bytes, found, line, ending) in cases {
        let stick = Stick::new();
        let path = stick.put(name, &bytes);
        // These are no videos to play, and the check may say so.
        let made = made(&path, found, &["E-105"]);
        let outline = made.outline();
        let (_, shown) = outline.split_once(" / ").unwrap();
        assert_eq!(shown, line);
        let file = shown.rsplit_once(' ').unwrap().1;
        assert!(file.ends_with(ending), "{file}");
        assert_eq!(made.read(file), bytes, "{name} is in the pack as it was");
        assert_eq!(made.lost(), Vec::<&str>::new());
        let manifest = made.json("pack.json");
        assert_eq!(manifest["licence"], "unknown");
        assert_eq!(manifest["publisher"], "Hill School");
        assert_eq!(manifest["provenance"]["source"], name);
        let id = manifest["id"].as_str().unwrap();
        assert!(id.starts_with("local.") && id.as_bytes()[id.len() - 9] == b'-', "{id}");
    }
}

#[test]
fn a_file_says_its_own_language_and_another_file_gets_another_id() {
    let stick = Stick::new();
    let document = made(&stick.put("a.pdf", pdf("/Title(Eau)")), Found::Document, &[]).json("pack.json");
    assert_eq!((document["language"].as_str(), document["direction"].as_str()), (Some("fr"), Some("ltr")));
    assert_eq!(document["title"], serde_json::json!({ "fr": "Eau" }));
    let other =
        made(&stick.put("b/a.pdf", pdf("/Title(Eau)/Author(y)")), Found::Document, &[]).json("pack.json");
    assert_ne!(document["id"], other["id"]);
    let app = stick.put("c.html", "<html lang='ar'><title>الساعة</title>");
    assert_eq!(made(&app, Found::App, &[]).json("pack.json")["direction"], "rtl");
    assert_eq!(recognise(&app).unwrap().unwrap().title, "الساعة");
}

#[test]
fn plain_words_become_a_page_that_shows_them_as_they_are() {
    let stick = Stick::new();
    let made =
        made(&stick.put("rules.txt", b"Rules\r\n1. No *running*\r\n\r\n\x93Quiet\x94\r\n"), Found::Page, &[]);
    let page = String::from_utf8(made.read("pages/rules.md")).unwrap();
    assert_eq!(page, "Rules\\\n1\\. No \\*running\\*\n\n“Quiet”\n");
}

#[test]
fn a_pdf_that_is_locked_or_runs_programs_is_told() {
    let stick = Stick::new();
    let mut bytes = pdf("/Title(Form)");
    bytes.extend(vec![b' '; 200 << 10]);
    bytes.extend(b"<</S/JavaScript/JS(app.alert(1))>> trailer<</Encrypt 5 0 R>>");
    let form = made(&stick.put("form.pdf", &bytes), Found::Document, &["E-108"]);
    assert_eq!(form.lost(), ["locked", "script"]);
    assert_eq!(form.read("media/form.pdf"), bytes);
    // The same inside packed objects.
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut packer, b"1 0 <</S /JavaScript /JS 2 0 R>>").unwrap();
    let objects = packer.finish().unwrap();
    let mut bytes = pdf("");
    bytes.extend(
        format!("3 0 obj<</Type /ObjStm/Filter/FlateDecode/Length {}>>stream\r\n", objects.len()).bytes(),
    );
    bytes.extend(objects);
    bytes.extend(b"\nendstream endobj");
    assert_eq!(made(&stick.put("packed.pdf", &bytes), Found::Document, &["E-108"]).lost(), ["script"]);
}

#[test]
fn a_web_page_comes_with_all_its_files_without_the_folder_around_it() {
    let stick = Stick::new();
    let png = fixture("well.png");
    let files: [(&str, &[u8]); 5] = [
        ("the clock/index.html", b"<html lang='es'><title>El reloj</title><script src='js/main file.js'></script><img src='a(1).png'>"),
        ("the clock/js/main file.js", b"tick()"),
        ("the clock/a(1).png", &png),
        ("the clock/README: read?.txt", b"nobody names this"),
        ("__MACOSX/the clock/._index.html", b"x"),
    ];
    // A colon leads out of a folder on some computers.
    let path = stick.put("clock.zip", zip(&files));
    assert!(why(&path).contains("README: read?.txt"), "{}", why(&path));
    let files = files
        .map(|(path, bytes)| (if path.contains("README") { "the clock/what?.txt" } else { path }, bytes));
    let clock = made(&stick.put("clock.zip", zip(&files)), Found::App, &[]);
    assert_eq!(clock.outline(), "El reloj / El reloj / app apps/el-reloj/index.html");
    for (path, bytes) in files.iter().take(3) {
        assert_eq!(clock.read(&path.replace("the clock", "apps/el-reloj")), *bytes);
    }
    assert_eq!(
        (clock.lost(), clock.read("apps/el-reloj/what.txt")),
        (vec!["renamed"], b"nobody names this".to_vec())
    );
    // Where a file is named, it can't have another name.
    let named = files.map(|(path, bytes)| {
        if path.contains("/js/") { (path, b"load('what%3F.txt')".as_slice()) } else { (path, bytes) }
    });
    let what = recognise(&stick.put("named.zip", zip(&named))).unwrap().unwrap();
    let error = wrap(&what, &about()).err().unwrap();
    assert_eq!(error.code, "import.name");
    assert!(error.message.contains("what?.txt"), "{}", error.message);
    // A folder is the same as a zip of it.
    for (path, bytes) in files.iter().filter(|(path, _)| !path.contains("what")) {
        stick.put(&format!("folder/{path}"), bytes);
    }
    let folder = made(&stick.path("folder"), Found::App, &[]);
    assert_eq!(folder.read("apps/el-reloj/js/main file.js"), b"tick()");
}

const OPF3: &str = r#"<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="fr">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
 <dc:identifier id="id">urn:isbn:9780000000001</dc:identifier><dc:title>La ch&#232;vre &amp; le puits</dc:title>
 <dc:language>fr</dc:language><dc:creator>Amina Diallo</dc:creator><dc:publisher>Livres du Village</dc:publisher>
 <dc:rights>CC BY-SA 4.0, Amina Diallo</dc:rights><dc:description>&lt;p&gt;Une ch&#232;vre.&lt;/p&gt;</dc:description>
 <meta property="rendition:layout">pre-paginated</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
 <item id="c1" href="text/chapter%201.xhtml" media-type="application/xhtml+xml"/>
 <item id="c2" href="text/two.xhtml" media-type="application/xhtml+xml"/>
 <item id="notes" href="text/notes.xhtml" media-type="application/xhtml+xml"/>
 <item id="gone" href="text/gone.xhtml" media-type="application/xhtml+xml"/>
 <item id="film" href="film.bin" media-type="application/x-film" fallback="c3"/>
 <item id="c3" href="three.xhtml" media-type="application/xhtml+xml"/>
 <item id="pic" href="cover.png" media-type="image/png" properties="cover-image"/></manifest>
<spine page-progression-direction="ltr"><itemref idref="c1"/><itemref idref="c2"/><itemref idref="notes" linear="no"/><itemref idref="gone"/><itemref idref="film"/></spine></package>"#;

const NAV: &str = r#"<html xmlns:epub="x"><body><nav epub:type="landmarks"><a href="nav.xhtml">Not this</a></nav>
<nav epub:type="toc"><ol><li><a href="text/chapter%201.xhtml#top">Le <em>premier</em> matin</a></li></ol></nav></body></html>"#;

#[test]
fn a_book_comes_with_its_chapters_and_everything_that_it_says_about_itself() {
    let stick = Stick::new();
    let (one, two, three) = (chapter("Un"), chapter("Le puits"), chapter("La chèvre &amp; le puits"));
    let png = fixture("well.png");
    let files: Vec<(&str, &[u8])> = vec![
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER.as_bytes()),
        ("OEBPS/book.opf", OPF3.as_bytes()),
        ("OEBPS/nav.xhtml", NAV.as_bytes()),
        ("OEBPS/text/chapter 1.xhtml", one.as_bytes()),
        ("OEBPS/text/two.xhtml", two.as_bytes()),
        ("OEBPS/text/notes.xhtml", b"<html/>"),
        ("OEBPS/three.xhtml", three.as_bytes()),
        ("OEBPS/cover.png", &png),
    ];
    let book = made(&stick.put("x", zip(&files)), Found::Book, &[]);
    insta::assert_snapshot!(book.outline(), @r"
    La chèvre & le puits / La chèvre & le puits / book
        Le premier matin: books/la-chevre-le-puits/OEBPS/text/chapter 1.xhtml
        Le puits: books/la-chevre-le-puits/OEBPS/text/two.xhtml
        Partie 3: books/la-chevre-le-puits/OEBPS/three.xhtml
    ");
    for (path, bytes) in &files {
        assert_eq!(book.read(&format!("books/la-chevre-le-puits/{path}")), *bytes, "{path}");
    }
    let manifest = book.json("pack.json");
    assert_eq!(manifest["language"], "fr");
    assert_eq!(manifest["authors"], serde_json::json!(["Amina Diallo"]));
    assert_eq!(manifest["publisher"], "Livres du Village");
    assert_eq!(
        (manifest["licence"].as_str(), manifest["derivatives"].as_bool()),
        (Some("CC-BY-SA-4.0"), Some(true))
    );
    assert_eq!(manifest["cover"], "books/la-chevre-le-puits/OEBPS/cover.png");
    assert_eq!(manifest["summary"]["fr"], "Une chèvre.");
    assert_eq!(book.lost(), ["chapter"]);
    // Another edition of the same book takes its place.
    let mut edition = files.clone();
    edition.push(("OEBPS/new.css", b"p{}"));
    let edition = made(&stick.put("second.epub", zip(&edition)), Found::Book, &[]);
    assert_eq!(edition.json("pack.json")["id"], manifest["id"]);
}

const OPF2: &str = r#"<package version="2.0"><metadata><dc-metadata><dc:title>Goats</dc:title><dc:language>en-GB</dc:language></dc-metadata>
<meta name="cover" content="pic"/></metadata><manifest><item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="a" href="a.html" media-type="application/xhtml+xml"/><item id="b" href="b.html" media-type="text/html"/><item id="pic" href="c.png" media-type="image/png"/></manifest>
<spine toc="ncx"><itemref idref="a"/><itemref idref="b"/></spine></package>"#;

const NCX: &str = r#"<?xml version="1.0"?><!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">
<ncx><navMap><navPoint><navLabel><text>The first goat</text></navLabel><content src="a.html"/><navPoint><navLabel><text>Deeper</text></navLabel><content src="b.html#x"/></navPoint></navPoint></navMap></ncx>"#;

#[test]
fn an_old_book_has_its_titles_from_its_own_table() {
    let stick = Stick::new();
    for (path, text) in [
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/book.opf", OPF2),
        ("OEBPS/toc.ncx", NCX),
        ("OEBPS/a.html", "<html><p>one"),
        ("OEBPS/b.html", "<html><p>two"),
    ] {
        stick.put(&format!("goats/{path}"), text);
    }
    let png = fixture("well.png");
    stick.put("goats/OEBPS/c.png", &png);
    let book = made(&stick.path("goats"), Found::Book, &[]);
    insta::assert_snapshot!(book.outline(), @r"
    Goats / Goats / book
        The first goat: books/goats/OEBPS/a.html
        Deeper: books/goats/OEBPS/b.html
    ");
    assert_eq!(book.json("pack.json")["cover"], "books/goats/OEBPS/c.png");
    assert_eq!(book.json("pack.json")["language"], "en-GB");
}

#[test]
fn a_locked_book_is_refused_and_one_with_scrambled_fonts_is_not() {
    let stick = Stick::new();
    let encryption = |method: &str| {
        format!(
            "<encryption xmlns:enc=\"x\"><enc:EncryptedData><enc:EncryptionMethod Algorithm=\"{method}\"/></enc:EncryptedData></encryption>"
        )
    };
    let book = |method: &str| {
        let encryption = encryption(method);
        let files: Vec<(&str, &[u8])> = vec![
            ("META-INF/container.xml", CONTAINER.as_bytes()),
            ("META-INF/encryption.xml", encryption.as_bytes()),
            ("OEBPS/book.opf", OPF2.as_bytes()),
            ("OEBPS/a.html", b"<p>one"),
        ];
        zip(&files)
    };
    let locked = stick.put("locked.epub", book("http://www.w3.org/2001/04/xmlenc#aes128-cbc"));
    assert!(why(&locked).contains("copy protection (DRM)"));
    let fonts = stick.put("fonts.epub", book("http://www.idpf.org/2008/embedding"));
    assert_eq!(made(&fonts, Found::Book, &[]).lost(), ["chapter", "font"]);
}

#[test]
fn questions_in_three_forms_and_a_sheet_become_lessons_with_practice_and_check() {
    let stick = Stick::new();
    stick.put("pictures/well.png", fixture("well.png"));
    let gift = made(&stick.put("a.txt", fixture("every-type.gift")), Found::Questions, &[]);
    insta::assert_snapshot!(gift.outline(), @r"
    a / Water 1 / page pages/Water.md
    a / Water 1 / practice 11 questions
    a / Water 1 / check 6 questions
    a / Water 2 / practice 11 questions
    a / Water 2 / check 6 questions
    ");
    assert_eq!(gift.read("media/well.png"), fixture("well.png"));
    let moodle = made(&stick.put("b.xml", fixture("every-type.xml")), Found::Questions, &[]);
    insta::assert_snapshot!(moodle.outline(), @r"
    b / Water 1 / page pages/Water.md
    b / Water 1 / practice 12 questions
    b / Water 1 / check 6 questions
    b / Water 2 / practice 11 questions
    b / Water 2 / check 6 questions
    b / Pictures / practice 3 questions
    b / Pictures / check 3 questions
    ");
    assert_eq!(moodle.read("media/the-well.png"), fixture("well.png"));
    let aiken = made(
        &stick.put("Wells.txt", "What is deep?\nA. A well\nB. A plate\nANSWER: A\n"),
        Found::Questions,
        &[],
    );
    assert_eq!(aiken.outline(), "Wells / Wells / practice 1 questions\nWells / Wells / check 1 questions");
    let sheet = made(&stick.put("sheet", super::super::EXAMPLE_SHEET), Found::Sheet, &[]);
    insta::assert_snapshot!(sheet.outline(), @r"
    The well / Water / practice 5 questions
    The well / Water / check 5 questions
    The well / Animals / practice 3 questions
    The well / Animals / check 3 questions
    ");
    let manifest = sheet.json("pack.json");
    assert_eq!(manifest["licence"], "CC-BY-4.0");
    assert_eq!(manifest["attribution"], "The well, The teachers of Hill School, CC-BY-4.0");
    assert!(
        String::from_utf8(sheet.read("LICENSES/CC-BY-4.0.txt"))
            .unwrap()
            .contains("creativecommons.org/licenses/by/4.0")
    );
}

#[test]
fn a_large_picture_inside_a_quiz_stays_where_it_is_until_the_pack_is_written() {
    let stick = Stick::new();
    let picture: Vec<u8> =
        fixture("well.png").into_iter().chain((0..700_000_u32).map(|n| n.to_le_bytes()[1])).collect();
    let mut encoded = String::new();
    for three in picture.chunks(3) {
        let bits =
            three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
                [(bits >> (18 - 6 * place) & 63) as usize];
            encoded.push(if place > three.len() { '=' } else { char::from(letter) });
        }
    }
    for front in ["", "\u{feff}"] {
        let xml = format!(
            "{front}<quiz><question type=\"truefalse\"><name><text>x</text></name><questiontext format=\"html\"><text>&lt;img src=\"@@PLUGINFILE@@/w.png\" alt=\"A well\"&gt; Deep?</text><file name=\"w.png\" encoding=\"base64\">{encoded}</file></questiontext><answer fraction=\"100\"><text>true</text></answer></question></quiz>"
        );
        let quiz = made(&stick.put("quiz.xml", xml), Found::Questions, &[]);
        assert!(quiz.read("media/w.png") == picture, "the picture is as it was");
    }
}

#[test]
fn a_spreadsheet_is_a_sheet_too() {
    let stick = Stick::new();
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table>{}{}{}<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table><table:table>{}</table:table></office:spreadsheet></office:body></office:document-content>",
        row(&(cell("Question") + &cell("Answer") + &cell("Wrong"))),
        row(&(cell("How many?")
            + &cell("3")
            + "<table:table-cell table:number-columns-repeated=\"16000\"/>")),
        row(&(cell("Which?") + &cell("a") + &cell("b | c"))),
        row(&cell("Another sheet"))
    );
    let files: Vec<(&str, &[u8])> = vec![
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ];
    let sheet = made(&stick.put("Sums.ods", zip(&files)), Found::Sheet, &[]);
    assert_eq!(sheet.outline(), "Sums / Sums / practice 2 questions\nSums / Sums / check 2 questions");
}
