//! The packs that we ship, and what hostile pages become.

use std::path::Path;

use super::*;

fn shipped(name: &str) -> Box<dyn Tree> {
    Box::new(Folder(Path::new(env!("CARGO_MANIFEST_DIR")).join("content-packs").join(name)))
}

#[test]
fn a_course_leads_to_every_page_and_question_that_its_lessons_name() {
    let carried = ["numbers", "first-steps", "reading-and-writing", "blended-lessons"].map(shipped);
    let packs = Packs::of_trees(carried.into()).unwrap();
    for course in packs.courses() {
        assert!(!course.title("fr-CA").is_empty() && course.title("fr-CA") != course.title("en"));
        for (_, activity) in course.activities() {
            if let Some(page) = &activity.page {
                assert!(packs.page_html(&course.id, page).unwrap().contains("<h2>"), "{page}");
            }
            for reference in &activity.items {
                let item = packs.item(&course.id, &reference.item).unwrap();
                assert_eq!(item["id"], reference.item.as_str());
            }
        }
    }
    let numbers = packs.course("org.schoolhouse.numbers").unwrap();
    let (lesson, next) = numbers.after("bundles-of-ten", "exit").unwrap();
    assert_eq!((&*lesson.id, &*next.id), ("hundreds-tens-ones", "read"));
    assert_eq!(packs.item(&numbers.id, "no-such").unwrap_err().code, "pack.item-unknown");
}

#[test]
fn a_page_can_say_only_what_markdown_can_say() {
    let packs = Packs::of_trees(vec![shipped("numbers")]).unwrap();
    let course = packs.course("org.schoolhouse.numbers").unwrap();
    let hash = &course.hash;
    let html = |text: &str| pages::to_html(&course, "pages/here.md", text);
    for (text, wanted) in [
        ("a <script>alert(1)</script> b", "<p>a alert(1) b</p>\n".to_owned()),
        ("<div onclick=x>\n\nwords", "<p>words</p>\n".to_owned()),
        ("<!-- a --><img src=x onerror=y>", String::new()),
        ("[x](javascript:alert(1))", "<p><a>x</a></p>\n".to_owned()),
        ("[x](JaVaScRiPt://a%0aalert(1))", "<p><a>x</a></p>\n".to_owned()),
        ("[x](data:text/html,hi)", "<p><a>x</a></p>\n".to_owned()),
        ("<javascript:alert(1)>", "<p><a>javascript:alert(1)</a></p>\n".to_owned()),
        ("[x](//evil.example)", "<p><a>x</a></p>\n".to_owned()),
        ("![a \"b\" < c](../media/x.svg)", format!("<p><img src=\"/{hash}/media/x.svg\" alt=\"a &quot;b&quot; &lt; c\" loading=\"lazy\"></p>\n")),
        ("![far](http://evil.example/x.png)", "<p>far</p>\n".to_owned()),
        ("![up](../../media/x.svg)", "<p>up</p>\n".to_owned()),
        ("![q](media/\"onerror=alert(1).svg)", "<p>q</p>\n".to_owned()),
        ("[x](https://a.example/?a=1&b=\"2)", "<p><a href=\"https://a.example/?a=1&amp;b=&quot;2\" target=\"_blank\" rel=\"noopener noreferrer\">x</a></p>\n".to_owned()),
        ("[x](bundles-of-ten.md)", "<p><a role=\"link\" tabindex=\"0\" data-page=\"pages/bundles-of-ten.md\" data-lesson=\"bundles-of-ten\" data-activity=\"read\">x</a></p>\n".to_owned()),
        ("> **Try it:** go", "<blockquote class=\"try-it\">\n<p><strong>Try it:</strong> go</p>\n</blockquote>\n".to_owned()),
        ("# Ten & \"one\" < two\n\n###### Deep", "<h2>Ten &amp; \"one\" &lt; two</h2>\n<h6>Deep</h6>\n".to_owned()),
        ("> else", "<blockquote>\n<p>else</p>\n</blockquote>\n".to_owned()),
    ] {
        assert_eq!(html(text), wanted, "{text}");
    }
    assert!(!html("| a |\n|:-:|\n| b |").contains("style"));
}

#[test]
fn headings_below_the_word_cards_become_cards_to_cut() {
    let packs = Packs::of_trees(vec![shipped("numbers")]).unwrap();
    let course = packs.course("org.schoolhouse.numbers").unwrap();
    let html = |text: &str| pages::to_html(&course, "pages/here.md", text);
    let page = "# Signs\n\n> **Cards: 4** Print twice.\n\nHow to.\n\n## Sun\n\nYellow.\n\n### Small\n\n\
                > ## In a quote\n\n- ## In a list\n\n## Fish\n\n> **Cards: 1**\n\n## Board\n\n# After\n\n## No card\n";
    let wanted = "\
        <h2>Signs</h2>\n\
        <blockquote class=\"cards-note\">\n<p> Print twice.</p>\n</blockquote>\n\
        <p>How to.</p>\n\
        <div class=\"cards-to-cut\" data-on-a-sheet=\"4\">\n\
        <section class=\"card-to-cut\">\n\
        <h3>Sun</h3>\n<p>Yellow.</p>\n<h4>Small</h4>\n\
        <blockquote>\n<h3>In a quote</h3>\n</blockquote>\n<ul>\n<li>\n<h3>In a list</h3>\n</li>\n</ul>\n\
        </section>\n\
        <section class=\"card-to-cut\">\n\
        <h3>Fish</h3>\n\
        </section>\n\
        </div>\n\
        <div class=\"cards-to-cut\" data-on-a-sheet=\"1\">\n\
        <section class=\"card-to-cut\">\n\
        <h3>Board</h3>\n\
        </section>\n\
        </div>\n\
        <h2>After</h2>\n\
        <h3>No card</h3>\n";
    assert_eq!(html(page), wanted);
    for plain in
        ["> **Cards: 3** x\n\n## A", "> **Cards:** x\n\n## A", "**Cards: 4**\n\n## A", "> Cards: 4\n\n## A"]
    {
        assert!(!html(plain).contains("card"), "{plain}");
    }
    assert_eq!(html("> **Cards: 8**\n\nNo heading follows."), "<p>No heading follows.</p>\n");
}

/// Files in memory, in an order of their own.
pub(super) struct Shelfful(pub(super) Vec<(String, Vec<u8>)>);

impl Tree for Shelfful {
    fn paths(&self) -> Result<Vec<String>> {
        let mut paths: Vec<String> = self.0.iter().map(|(path, _)| path.clone()).collect();
        paths.sort_unstable();
        Ok(paths)
    }

    fn open(&self, path: &str) -> Result<Box<dyn std::io::Read + '_>> {
        let found = self.0.iter().find(|(known, _)| known == path).ok_or_else(|| tree::no_such_file(path))?;
        Ok(Box::new(std::io::Cursor::new(&found.1)))
    }
}

impl Shelfful {
    /// The same with another file in the place of one.
    pub(super) fn with(mut self, path: &str, text: &str) -> Self {
        self.0.retain(|(known, _)| known != path);
        self.0.push((path.to_owned(), text.into()));
        self
    }
}

/// A pack of one lesson.
pub(super) fn small_pack(version: &str) -> Shelfful {
    let manifest = r#"{
        "format": 1, "id": "org.example.small", "version": "VERSION", "title": { "en": "Small" },
        "summary": { "en": "One lesson." }, "language": "en", "direction": "ltr", "audioLanguages": [],
        "audience": "students", "publisher": "Example", "authors": ["A"], "contact": "a@example.org",
        "licence": "CC0-1.0", "licenceText": "LICENSES/CC0-1.0.txt", "attribution": "A", "commercialUse": true,
        "derivatives": true, "needs": { "minApp": "0.1.0" }, "released": "2026-11-23" }"#;
    let skills = r#"{ "skills": [ { "id": "add", "name": "Add", "can": "I can add" } ] }"#;
    let outline = r#"{ "units": [ { "id": "u", "title": "U", "lessons": [ { "id": "l", "title": "L",
        "picture": "media/x.svg", "skills": ["add"], "activities": [
        { "id": "read", "kind": "page", "title": "Read", "page": "pages/read.md" },
        { "id": "try", "kind": "practice", "title": "Try", "items": ["one", { "item": "many", "count": 3 }] } ] } ] } ] }"#;
    let items = r#"{ "items": [ { "id": "one", "skills": ["add"] },
        { "id": "many", "params": {}, "skills": [{ "id": "add", "weight": 1 }], "stem": [{ "image": "media/x.svg" }] } ] }"#;
    let files = [
        ("pack.json", manifest.replace("VERSION", version)),
        ("skills.json", skills.to_owned()),
        ("outline.json", outline.to_owned()),
        ("items/a.json", items.to_owned()),
        ("pages/read.md", "# Read\n\n![x](../media/x.svg)".to_owned()),
        ("pages/play.html", "<!doctype html><p>Play</p>".to_owned()),
        ("media/x.svg", format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{}</svg>", "<g/>".repeat(400))),
        ("media/x.mp4", "not really a film ".repeat(30)),
        ("LICENSES/CC0-1.0.txt", "Do what you like.".to_owned()),
    ];
    Shelfful(files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect())
}

fn composed(tree: &dyn Tree) -> Vec<u8> {
    compose::Plan::new(tree).unwrap().write(std::io::Cursor::new(Vec::new())).unwrap().into_inner()
}

#[test]
fn the_same_folder_gives_the_same_bytes_whatever_the_order_and_the_times() {
    let mut pack = small_pack("1.0.0");
    let wanted = composed(&pack);
    let mut second = std::time::SystemTime::UNIX_EPOCH;
    for turn in 0..2 {
        pack.0.reverse();
        assert_eq!(composed(&pack), wanted);
        let dir = tempfile::tempdir().unwrap();
        for (path, bytes) in &pack.0 {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, bytes).unwrap();
            second += std::time::Duration::from_secs(86_400 * 400);
            std::fs::File::options().write(true).open(&path).unwrap().set_modified(second).unwrap();
        }
        std::fs::write(dir.path().join(".DS_Store"), "not part of it").unwrap();
        assert_eq!(composed(&Folder(dir.path().to_owned())), wanted, "turn {turn}");
        let file = build(dir.path(), Some(&dir.path().join(".made.schoolpack")), &Unwatched).unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), wanted);
        assert_eq!(check(&*open(&file).unwrap()).unwrap().faults, []);
    }
    // What was built is built again to the same: nothing is added twice.
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("a.schoolpack");
    std::fs::write(&file, &wanted).unwrap();
    let packed = Packed::judge(std::fs::File::open(&file).unwrap()).unwrap();
    assert_eq!(composed(&packed), wanted);
}

#[test]
fn the_packs_of_the_program_have_no_faults() {
    for starter in starters::all() {
        let content = content::Content::read(&starter).unwrap();
        assert_eq!(compose::judge(&content), [], "{}", starter.name());
    }
}

#[test]
fn each_fault_is_found_with_its_code_and_its_file() {
    let manifest = String::from_utf8(small_pack("1.0.0").read("pack.json", 1 << 20).unwrap()).unwrap();
    let outline = String::from_utf8(small_pack("1.0.0").read("outline.json", 1 << 20).unwrap()).unwrap();
    let long = format!("\"en\": \"{}\"", "x".repeat(81));
    let skill = |id: &str, first: &str| {
        format!(r#"{{ "id": "{id}", "name": "N", "can": "C", "prerequisites": ["{first}"] }}"#)
    };
    let circle =
        format!(r#"{{ "skills": [{}, {}, {}] }}"#, skill("add", "b"), skill("b", "c"), skill("c", "add"));
    let in_manifest = |from: &str, to: &str| ("pack.json", manifest.replace(from, to));
    let in_outline = |from: &str, to: &str| ("outline.json", outline.replace(from, to));
    for ((path, text), wanted) in [
        (in_manifest("org.example.small", "small"), "F-001 pack.json"),
        (in_manifest("1.0.0", "1.0"), "F-001 pack.json"),
        (in_manifest("\"en\": \"Small\"", &long), "F-001 pack.json"),
        (in_manifest("CC0-1.0.txt", "gone.txt"), "E-101 pack.json"),
        (in_outline("media/x.svg", "media/gone.svg"), "E-101 outline.json"),
        (in_outline("pages/read.md", "pages/gone.md"), "E-101 outline.json"),
        (in_outline("\"one\"", "\"gone\""), "E-101 outline.json"),
        (in_outline("\"one\"", "{ \"item\": \"one\", \"count\": 2 }"), "F-001 outline.json"),
        (in_outline("[\"add\"]", "[\"gone\"]"), "E-103 outline.json"),
        (in_outline("\"try\"", "\"read\""), "F-007 outline.json"),
        (in_outline("\"id\": \"l\"", "\"id\": \"L 1\""), "F-001 outline.json"),
        (in_outline("\"kind\": \"page\"", "\"kind\": \"check\""), "F-001 outline.json"),
        (("skills.json", circle), "F-008 skills.json"),
        (
            ("items/b.json", r#"{ "items": [ { "id": "one", "skills": [] } ] }"#.to_owned()),
            "F-007 items/b.json",
        ),
        (
            ("items/b.json", r#"{ "items": [ { "id": "two", "skills": ["gone"] } ] }"#.to_owned()),
            "E-103 items/b.json",
        ),
        (
            (
                "items/b.json",
                r#"{ "items": [ { "id": "two", "audio": { "en": "media/gone.mp3" } } ] }"#.to_owned(),
            ),
            "E-101 items/b.json",
        ),
        (("pages/b.md", "[x](gone.md)".to_owned()), "E-101 pages/b.md"),
        (("pages/b.md", "![x](../../x.svg)".to_owned()), "E-101 pages/b.md"),
        (("media/X.svg", "<svg/>".to_owned()), "F-004 media/x.svg"),
        (("media/a b.svg", "<svg/>".to_owned()), "F-004 media/a b.svg"),
    ] {
        let pack = small_pack("1.0.0").with(path, &text);
        let faults = compose::judge(&content::Content::read(&pack).unwrap());
        let found: Vec<String> =
            faults.iter().map(|fault| format!("{} {}", fault.code, fault.path)).collect();
        assert!(found.contains(&wanted.to_owned()), "{text}\n{faults:?}");
        // An error is for a teacher to accept; only what is fatal can't become a file.
        assert_eq!(compose::Plan::new(&pack).is_err(), wanted.starts_with('F'), "{wanted}");
    }
}

#[test]
fn a_misspelt_field_and_a_pack_for_a_newer_program_are_told_apart() {
    let manifest = String::from_utf8(small_pack("1.0.0").read("pack.json", 1 << 20).unwrap()).unwrap();
    for (from, to, code, words) in [
        ("\"licence\"", "\"license\"", "pack.manifest", "unknown field `license`"),
        ("\"contact\": \"a@example.org\",", "", "pack.manifest", "missing field `contact`"),
        ("\"ltr\"", "\"down\"", "pack.manifest", "unknown variant `down`"),
        ("\"format\": 1,", "", "pack.manifest", "write \"format\": 1"),
        ("\"format\": 1,", "\"format\": 2, \"new\": [],", "pack.format-unknown", "Schoolhouse version 0.1.0"),
        ("0.1.0", "99.0.0", "pack.needs-newer", "needs Schoolhouse 99.0.0"),
    ] {
        let error = Manifest::read(manifest.replace(from, to).as_bytes()).unwrap_err();
        assert_eq!(error.code, code, "{error}");
        assert!(error.message.contains(words), "{error}");
    }
}

#[test]
fn versions_are_in_the_order_of_semver() {
    let order = [
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0-rc.1",
        "1.0.0",
        "1.0.10",
        "1.2.0",
        "1.10.0",
        "10.0.0",
    ];
    for pair in order.windows(2) {
        assert!(Version::parse(pair[0]).unwrap() < Version::parse(pair[1]).unwrap(), "{pair:?}");
    }
    for wrong in
        ["", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.x", "1.0.0-", "1.0.0-a..b", "v1.0.0", "1.0.-1", "1.0.+1"]
    {
        assert_eq!(Version::parse(wrong), None, "{wrong}");
    }
    assert_eq!(Version::parse("1.0.0+a"), Version::parse("1.0.0+b"));
}
