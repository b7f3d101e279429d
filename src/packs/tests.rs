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
