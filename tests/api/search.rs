//! Search: what is found in packs of several scripts, by whom, and where it opens.

use std::fs::{self, File};
use std::path::Path;

use schoolhouse::packs::{Terms, Unwatched, build};
use serde_json::{Value, json};

use crate::harness::{Browser, TestBox};

/// A pack for these tests: one lesson with a page, a practice, notes for the teacher.
#[derive(Clone, Copy)]
struct Written {
    id: &'static str,
    version: &'static str,
    language: &'static str,
    audience: &'static str,
    grade: u8,
    title: &'static str,
    lesson: &'static str,
    page: (&'static str, &'static str),
    notes: &'static str,
}

const WATER: Written = Written {
    id: "org.example.water",
    version: "1.0.0",
    language: "en",
    audience: "students",
    grade: 3,
    title: "The water cycle",
    lesson: "Rain and rivers",
    page: (
        "Where rain comes from",
        "The sun warms the **sea**. Vapour rises; evaporation is its name.\n\n![A grey cloud](../media/cover.svg)",
    ),
    notes: "Ask about puddles. Zebras drink, too.",
};

const PACKS: [Written; 7] = [
    WATER,
    Written {
        id: "org.example.gateau",
        language: "fr",
        grade: 4,
        title: "Les fractions",
        lesson: "Le gâteau partagé",
        page: ("Des parts égales", "L’élève découpe le gâteau à l’œil."),
        notes: "Apporter un gâteau.",
        ..WATER
    },
    Written {
        id: "org.example.kusur",
        language: "ar",
        grade: 2,
        title: "الكسور",
        lesson: "مقدمة في الكسور",
        page: ("نصف الرغيف", "نقسم الرَّغيف إلى ١٢ قطعة متساوية في المدرسة."),
        notes: "أحضر رغيفا.",
        ..WATER
    },
    Written {
        id: "org.example.shui",
        language: "zh",
        grade: 5,
        title: "自然",
        lesson: "雨从哪里来",
        page: ("海和云", "太阳使海水变暖。水变成水蒸气上升。"),
        notes: "准备一个水壶。",
        ..WATER
    },
    Written {
        id: "org.example.fon",
        language: "th",
        grade: 5,
        title: "ธรรมชาติ",
        lesson: "ฝนมาจากไหน",
        page: ("ทะเลและเมฆ", "ดวงอาทิตย์ทำให้น้ำทะเลอุ่นขึ้น เด็กไปโรงเรียนตอนฝนตก"),
        notes: "เตรียมกาน้ำ",
        ..WATER
    },
    Written {
        id: "org.example.vidyalaya",
        language: "hi",
        grade: 3,
        title: "हमारा विद्यालय",
        lesson: "मेरा दिन",
        page: ("सुबह", "मैं सुबह क़लम लेकर विद्यालय जाता हूँ।"),
        notes: "बच्चों से पूछें।",
        ..WATER
    },
    Written {
        id: "org.example.stations",
        audience: "teachers",
        title: "Few tablets",
        lesson: "Station rotation",
        page: ("Groups that move", "Every group of zebras visits each station."),
        notes: "Print the cards.",
        ..WATER
    },
];

const SECRETS: [&str; 5] = ["kingfisher", "quicksilver", "rhubarb", "saxophone", "trapezium"];

impl Written {
    /// Questions with words in every place where a key or a comment can stand.
    fn items(&self) -> Value {
        let common = json!({
            "skills": ["only"], "difficulty": "easy", "hints": ["kingfisher"], "solution": ["kingfisher"],
            "feedback": { "right": "quicksilver", "wrong": "quicksilver" }
        });
        let option = |id: &str, text: &str| json!({ "id": id, "text": text, "feedback": "rhubarb", "misconception": "rhubarb" });
        let own = [
            json!({ "id": "one", "type": "single", "stem": [format!("Which word is it? {}", self.lesson)],
                "options": [option("a", "evaporation"), option("b", "thunderstorm")], "answer": "a" }),
            json!({ "id": "two", "type": "short", "stem": ["Write the instrument."],
                "answer": { "accept": ["saxophone"] }, "mistakes": [{ "value": "trapezium", "feedback": "trapezium" }] }),
            json!({ "id": "three", "type": "match", "stem": ["Who lives where?"],
                "left": [option("l1", "fox"), option("l2", "bee")], "right": [option("r1", "den"), option("r2", "hive")],
                "answer": { "l1": "r1", "l2": "r2" } }),
            json!({ "id": "four", "type": "cloze", "stem": [{ "cloze": "The {{1}} is blue." }],
                "gaps": [{ "id": "1", "kind": "short", "answer": ["saxophone"] }] }),
            json!({ "id": "five", "type": "number", "params": { "n": { "int": [1, 50] } }, "stem": ["How many oranges are {n} and 1?"],
                "answer": { "value": "{n + 1}" }, "verify": "answer == n + 1" }),
        ];
        let items = own.map(|own| {
            let mut item = common.clone();
            for (name, value) in own.as_object().unwrap() {
                item[name] = value.clone();
            }
            item
        });
        json!({ "items": items })
    }

    fn write(&self, folder: &Path) {
        let put = |path: &str, text: String| {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let manifest = json!({
            "format": 1, "id": self.id, "version": self.version, "title": { self.language: self.title }, "summary": { self.language: "-" },
            "language": self.language, "direction": if self.language == "ar" { "rtl" } else { "ltr" }, "audioLanguages": [],
            "audience": self.audience, "publisher": "Example", "authors": ["Example"], "contact": "packs@example.org",
            "licence": "CC-BY-4.0", "licenceText": "LICENSES/CC-BY-4.0.txt", "attribution": "Example", "commercialUse": true,
            "derivatives": true, "grades": [self.grade], "cover": "media/cover.svg",
            "needs": { "minApp": "0.1.0", "features": [] }, "released": "2026-11-23"
        });
        put("pack.json", manifest.to_string());
        put("skills.json", json!({ "skills": [{ "id": "only", "name": format!("{} at school", self.lesson), "can": "I can show lanterns." }] }).to_string());
        let activities = json!([
            { "id": "read", "kind": "page", "title": self.page.0, "page": "pages/read.md" },
            { "id": "try", "kind": "practice", "title": "Your turn", "items": ["one", "two", "three", "four", { "item": "five", "count": 2 }] },
            { "id": "exit", "kind": "check", "title": "Show it", "items": ["one"] }
        ]);
        let lesson = json!({ "id": "first", "title": self.lesson, "skills": ["only"], "activities": activities,
            "teacherNotes": "pages/teacher.md", "offTablet": "pages/off.md" });
        put(
            "outline.json",
            json!({ "units": [{ "id": "u", "title": "Umbrella", "lessons": [lesson] }] }).to_string(),
        );
        put("items/all.json", self.items().to_string());
        put("pages/read.md", format!("# {}\n\n{}\n", self.page.0, self.page.1));
        put("pages/teacher.md", format!("# Aim\n\n{}\n", self.notes));
        put("pages/off.md", "# Without tablets\n\nSing about wheelbarrows.\n".into());
        put("media/cover.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>".into());
        put("LICENSES/CC-BY-4.0.txt", "Creative Commons Attribution 4.0 International".into());
    }

    fn install(&self, school: &TestBox) {
        let folder = tempfile::tempdir().unwrap();
        self.write(folder.path());
        let file = folder.path().join("made.schoolpack");
        build(folder.path(), Some(&file), &Unwatched).unwrap();
        let draft = school.app.installer.receive(&File::open(file).unwrap(), &Unwatched).unwrap();
        school.app.installer.place(draft, &Terms::default()).unwrap();
    }
}

/// A box with the packs of these tests beside those that it came with.
async fn open() -> TestBox {
    let school = TestBox::open();
    for pack in PACKS {
        pack.install(&school);
    }
    school.app.search.ready().await;
    school
}

async fn ask(browser: &Browser, query: &str) -> Value {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'&' | b'=' | b'-' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    let encoded: String = query.bytes().map(encode).collect();
    browser.get(&format!("/api/v1/search?q={encoded}")).await.expect(200)
}

fn text(pieces: &Value) -> String {
    let piece = |piece: &Value| {
        let text = piece["text"].as_str().unwrap();
        if piece["hit"] == true { format!("[{text}]") } else { text.to_owned() }
    };
    pieces.as_array().unwrap().iter().map(piece).collect()
}

/// `kind: title` of what was found in the packs of these tests, hits in brackets.
fn titles(answer: &Value) -> Vec<String> {
    let results = answer["results"].as_array().unwrap().iter();
    let ours = results.filter(|result| result["course"].as_str().unwrap().starts_with("org.example."));
    ours.map(|result| format!("{}: {}", result["kind"].as_str().unwrap(), text(&result["title"]))).collect()
}

#[tokio::test]
async fn words_are_found_in_every_script_without_accents_and_with_slips() {
    let school = open().await;
    let amina = school.student("Amina").await;
    for (query, expected) in [
        ("water cycle", vec!["course: The [water] [cycle]"]),
        ("evaporation&kind=page", vec!["page: Where rain comes from"]),
        ("EVAPORA&kind=page", vec!["page: Where rain comes from"]),
        ("evaporashun&kind=page", vec![]),
        ("evaporaton&kind=page", vec!["page: Where rain comes from"]),
        ("grey cloud", vec!["page: Where rain comes from"]),
        ("oranges&language=en", vec!["question: Your turn"]),
        ("gateau&kind=lesson", vec!["lesson: Le [gâteau] partagé"]),
        ("GÂTEUA&kind=lesson", vec!["lesson: Le [gâteau] partagé"]),
        ("l'oeil", vec!["page: Des parts égales"]),
        ("كسور&kind=course", vec!["course: [الكسور]"]),
        ("الكسور&kind=course", vec!["course: [الكسور]"]),
        ("رغيف 12", vec!["page: نصف [الرغيف]"]),
        ("مدرسه", vec!["page: نصف الرغيف"]),
        ("雨&kind=lesson", vec!["lesson: [雨]从哪里来"]),
        ("水蒸气", vec!["page: 海和云"]),
        ("蒸水", vec![]),
        ("โรงเรียน", vec!["page: ทะเลและเมฆ"]),
        ("น้ำทะเล", vec!["page: ทะเลและเมฆ"]),
        ("विद्या&kind=course", vec!["course: हमारा [विद्यालय]"]),
        ("कलम", vec!["page: सुबह"]),
        ("दान", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(titles(&ask(&amina, query).await), expected, "{query}");
    }
}

#[tokio::test]
async fn titles_come_first_then_whole_words_then_their_beginnings() {
    let school = open().await;
    let amina = school.student("Amina").await;
    let found = ask(&amina, "rain&language=en").await;
    let expected = [
        "lesson: [Rain] and rivers",
        "skill: [Rain] and rivers at school",
        "page: Where [rain] comes from",
        "question: Your turn",
    ];
    assert_eq!(titles(&found), expected);
    // In a title that begins with it, before a text that has it.
    assert_eq!(
        titles(&ask(&amina, "river&language=en").await)[..2],
        ["lesson: Rain and [rivers]", "skill: Rain and [rivers] at school"]
    );
    assert_eq!(titles(&ask(&amina, "rian&language=en").await), expected, "a slip finds the same");
    // "thunder" begins a word; "umbrella" stands for itself in the text of the lesson.
    assert_eq!(titles(&ask(&amina, "thunder&language=en").await), ["question: Your turn"]);
    assert_eq!(titles(&ask(&amina, "umbrella&language=en").await), ["lesson: Rain and rivers"]);
    // Not all words are anywhere: then some will do.
    assert_eq!(
        titles(&ask(&amina, "evaporation bulldozer&language=en&kind=page").await),
        ["page: Where rain comes from"]
    );
    let page = &ask(&amina, "vapour rises&language=en").await["results"][0];
    assert_eq!(
        text(&page["snippet"]),
        "The sun warms the sea. [Vapour] [rises]; evaporation is its name. A grey cloud"
    );
    assert_eq!(
        (&page["courseTitle"], &page["lessonTitle"], &page["language"], &page["direction"]),
        (&json!("The water cycle"), &json!("Rain and rivers"), &json!("en"), &json!("ltr"))
    );
}

#[tokio::test]
async fn filters_leave_what_fits_and_tell_what_there_is() {
    let school = open().await;
    let (amina, teacher) = (school.student("Amina").await, school.teacher().await);
    let courses = |answer: Value| -> Vec<String> {
        let of = |result: &Value| result["course"].as_str().unwrap().to_owned();
        answer["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(of)
            .filter(|id| id.starts_with("org.example"))
            .collect()
    };
    assert_eq!(courses(ask(&amina, "lanterns&grade=4").await), ["org.example.gateau"; 2]);
    assert_eq!(courses(ask(&amina, "lanterns&language=hi").await), ["org.example.vidyalaya"; 2]);
    assert_eq!(courses(ask(&amina, "lanterns&language=hi&grade=4").await), Vec::<String>::new());
    assert_eq!(ask(&amina, "lanterns&kind=skill").await["count"], 6);
    assert_eq!(ask(&teacher, "lanterns&kind=skill").await["count"], 7);
    let few = ask(&amina, "lanterns&limit=2").await;
    assert_eq!(
        (few["results"].as_array().unwrap().len(), &few["count"], &few["more"]),
        (2, &json!(12), &json!(false))
    );
    let choices = &ask(&amina, "").await["choices"];
    assert_eq!(choices["languages"], json!(["ar", "en", "fr", "hi", "th", "zh"]));
    assert_eq!(choices["kinds"], json!(["course", "lesson", "skill", "page", "practice", "question"]));
    assert!(ask(&teacher, "").await["choices"]["kinds"].as_array().unwrap().contains(&json!("note")));
    amina.get("/api/v1/search?q=a&kind=everything").await.refused(422, "request.unreadable");
}

#[tokio::test]
async fn students_find_nothing_that_teachers_read_and_nobody_finds_a_key() {
    let school = open().await;
    let (amina, teacher) = (school.student("Amina").await, school.teacher().await);
    for query in ["zebras", "wheelbarrows", "puddles", "station rotation", "few tablets"] {
        let found = titles(&ask(&amina, query).await);
        assert_eq!(found, Vec::<String>::new(), "a student finds {query}");
        assert!(!titles(&ask(&teacher, query).await).is_empty(), "a teacher does not find {query}");
    }
    let note = ask(&teacher, "wheelbarrows&language=zh").await["results"][0].clone();
    assert_eq!(
        (&note["kind"], &note["note"], &note["activity"]),
        (&json!("note"), &json!("offTablet"), &Value::Null)
    );
    assert_eq!(ask(&teacher, "puddles").await["results"][0]["note"], "teacherNotes");
    for (who, browser) in [("a student", &amina), ("a teacher", &teacher)] {
        for secret in SECRETS {
            assert_eq!(titles(&ask(browser, secret).await), Vec::<String>::new(), "{who} finds {secret}");
        }
        // The author's order of pairs is their key.
        let pairs = ask(browser, "lives where&language=en").await["results"][0].clone();
        assert_eq!(text(&pairs["snippet"]), "Who [lives] [where]? bee · den · fox · hive");
        let all = ask(browser, "which word who write how many&limit=100").await.to_string();
        assert!(SECRETS.iter().all(|secret| !all.contains(secret)), "{who} sees a key");
    }
}

#[tokio::test]
async fn what_is_found_opens_at_its_place() {
    let school = open().await;
    let amina = school.student("Amina").await;
    let found = ask(&amina, "rain&limit=100").await;
    for result in found["results"].as_array().unwrap() {
        let course = format!("/api/v1/courses/{}", result["course"].as_str().unwrap());
        amina.get(&course).await.expect(200);
        if let Some(activity) = result["activity"].as_str() {
            let lesson = result["lesson"].as_str().unwrap();
            let page =
                amina.get(&format!("{course}/lessons/{lesson}/activities/{activity}")).await.expect(200);
            assert_eq!(page["lessonTitle"], result["lessonTitle"]);
        } else {
            assert_eq!(result["kind"], "course");
        }
    }
}

#[tokio::test]
async fn nothing_that_is_typed_is_an_error() {
    let school = open().await;
    let amina = school.student("Amina").await;
    let long = "ab ".repeat(5_000);
    for query in [
        "\"",
        "\"\"",
        "'",
        "*",
        "a*",
        "^a",
        "-a",
        "a AND",
        "OR",
        "NOT rain",
        "NEAR(rain",
        "NEAR(a b, 2)",
        "title:rain",
        "{title} : x",
        "rain\" OR \"x",
        "rain; DROP TABLE found",
        "%",
        "\\",
        "\0",
        "()",
        "((((",
        "🦓",
        "\u{301}",
        "\u{200f}",
        "ﷺ",
        "rain\0rain",
        &long,
    ] {
        ask(&amina, query).await;
    }
    // A word of the index's language is a word like any other.
    assert_eq!(titles(&ask(&amina, "NOT rain&kind=lesson").await), ["lesson: [Rain] and rivers"]);
    school.browser().get("/api/v1/search?q=rain").await.refused(401, "people.sign-in-needed");
}

#[tokio::test]
async fn a_newer_version_is_found_in_place_of_the_older_one_and_a_removed_pack_no_more() {
    let school = open().await;
    let amina = school.student("Amina").await;
    let newer =
        Written { version: "1.1.0", page: ("Where snow comes from", "Flakes are six-sided."), ..WATER };
    newer.install(&school);
    school.app.search.ready().await;
    assert_eq!(titles(&ask(&amina, "evaporation&language=en&kind=page").await), Vec::<String>::new());
    assert_eq!(titles(&ask(&amina, "flakes").await), ["page: Where snow comes from"]);
    assert_eq!(ask(&amina, "flake").await["ready"], true);

    school.app.installer.remove("org.example.water", None).unwrap();
    assert_eq!(titles(&ask(&amina, "flakes").await), Vec::<String>::new(), "gone at once");
    school.app.search.ready().await;
    assert_eq!(titles(&ask(&amina, "flekes").await), Vec::<String>::new(), "its words are forgotten");
    assert_eq!(ask(&amina, "").await["ready"], true);
    let school = school.restart().await;
    school.app.search.ready().await;
    assert_eq!(titles(&ask(&amina, "flakes").await), Vec::<String>::new());
    assert_eq!(titles(&ask(&amina, "gateau&kind=lesson").await), ["lesson: Le [gâteau] partagé"]);
}
