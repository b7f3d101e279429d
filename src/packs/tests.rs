//! The packs that we ship, and what hostile pages become.

use std::path::Path;

use super::*;

fn shipped(name: &str) -> Box<dyn Tree> {
    Box::new(Folder(Path::new(env!("CARGO_MANIFEST_DIR")).join("content-packs").join(name)))
}

#[test]
fn a_course_leads_to_every_page_and_question_that_its_lessons_name() {
    let packs = Packs::of_trees(vec![shipped("numbers"), shipped("first-steps")]).unwrap();
    for course in packs.courses() {
        assert!(!course.title("fr-CA").is_empty() && course.title("fr-CA") != course.title("en"));
        for (_, activity) in course.activities() {
            if let Some(page) = &activity.page {
                assert!(packs.page_html(&course.id, page).unwrap().contains("<h1>"), "{page}");
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
        ("> else", "<blockquote>\n<p>else</p>\n</blockquote>\n".to_owned()),
    ] {
        assert_eq!(html(text), wanted, "{text}");
    }
    assert!(!html("| a |\n|:-:|\n| b |").contains("style"));
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
        let found = self.0.iter().find(|(known, _)| known == path).ok_or_else(|| tree::missing(path))?;
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
