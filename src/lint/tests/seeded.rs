//! For each code the faults that it stands for, each seeded into the good pack: exactly that code comes out.

use std::collections::BTreeMap;

use serde_json::json;

use super::good_pack::{Files, document, fixture, good_pack, number, single};
use super::*;

type Spoil = fn(&mut Files);

/// The code, what is wrong, how it gets into the pack. The first of each code goes into the bad pack, too.
const FAULTS: &[(&str, &str, Spoil)] = &[
    ("F-001", "a version that is none", |p| p.edit("pack.json", |m| m["version"] = json!("one"))),
    ("F-001", "a misspelt field", |p| p.edit("pack.json", |m| m["titel"] = json!("x"))),
    ("F-001", "an outline that can't be read", |p| p.put("outline.json", "{")),
    ("F-002", "another format", |p| p.edit("pack.json", |m| m["format"] = json!(9))),
    ("F-002", "a newer program", |p| p.edit("pack.json", |m| m["needs"]["minApp"] = json!("99.0.0"))),
    ("F-004", "a name with a blank", |p| p.put("LICENSES/a b.txt", "text")),
    ("F-004", "two names that are one elsewhere", |p| {
        p.put("LICENSES/a.txt", "text");
        p.put("LICENSES/A.txt", "text");
    }),
    ("F-006", "a signature that is none", |p| p.put("sig/0123456789ABCDEF.minisig", "signed")),
    ("F-007", "an id twice", |p| p.ask(number("n-1", "easy", "And after that?", "2"))),
    ("F-008", "a circle of skills", |p| {
        p.edit("skills.json", |s| s["skills"][0]["prerequisites"] = json!(["count"]));
    }),
    ("F-008", "a pack that needs itself", |p| {
        p.edit("pack.json", |m| m["dependsOn"] = json!([{ "id": "org.example.count", "from": "1.0.0" }]));
    }),
    ("E-101", "a picture that is gone", |p| {
        p.append("pages/show.md", "\n![A hen that sits](../media/hen.svg)\n");
    }),
    ("E-101", "an activity without its film", |p| {
        p.act(json!({ "id": "x", "kind": "video", "title": "X", "file": "media/x.mp4", "transcript": "pages/song.md" }));
    }),
    ("E-101", "a chapter that is gone", |p| {
        p.act(json!({ "id": "x", "kind": "book", "title": "X", "chapters": [{ "title": "1", "file": "books/tale/no.xhtml" }] }));
    }),
    ("E-101", "a link in a book", |p| p.replace("books/tale/one.xhtml", "two%20b.xhtml", "three.xhtml")),
    ("E-101", "a style sheet in a book", |p| p.replace("books/tale/one.xhtml", "tale.css", "tail.css")),
    ("E-101", "a script in an app", |p| p.replace("apps/clock/index.html", "clock.js", "/clock.js")),
    ("E-101", "a font in a style sheet", |p| {
        p.append("books/tale/tale.css", "@font-face { src: url('a.woff2') }");
    }),
    ("E-101", "a picture of some variants", |p| {
        p.ask(json!({
        "id": "pick", "type": "number", "skills": ["count"], "difficulty": "easy", "params": {
            "n": { "int": [1, 30] }, "it": { "pick": ["goats", "hens"] } },
        "stem": [{ "p": "{n}" }, { "image": "media/{it}.svg", "alt": "Some {it} that stand about" }],
        "answer": { "value": "{n}" }, "verify": "answer == n" }));
    }),
    ("E-101", "a picture that is none", |p| p.put("media/photo.jpg", "no picture")),
    ("E-101", "a licence of no file", |p| {
        p.edit("pack.json", |m| m["fileLicences"] = json!({ "media/no.png": { "licence": "CC0-1.0" } }));
    }),
    ("E-102", "no key", |p| {
        p.ask(json!({ "id": "x", "type": "number", "skills": ["count"], "difficulty": "easy", "stem": ["1 + 1?"] }));
    }),
    ("E-102", "a key that is no option", |p| {
        let mut item = single("x", false, ["one", "two", "three"]);
        item["answer"] = json!("z");
        p.ask(item);
    }),
    ("E-102", "two equal options", |p| p.ask(single("x", false, ["one", "two", "two"]))),
    ("E-102", "a template that is never right", |p| {
        p.ask(json!({
        "id": "x", "type": "number", "skills": ["count"], "difficulty": "easy", "params": { "a": { "int": [1, 30] } },
        "stem": ["{a}?"], "answer": { "value": "{a + 1}" }, "verify": "answer == a" }));
    }),
    ("E-102", "a field that no question has", |p| {
        let mut item = number("x", "easy", "1 + 1?", "2");
        item["awnser"] = json!(2);
        p.ask(item);
    }),
    ("E-103", "a skill that nobody practises", |p| {
        p.edit("skills.json", |s| {
            s["skills"]
                .as_array_mut()
                .unwrap()
                .push(json!({ "id": "sort", "name": "Sort", "can": "I can sort" }));
        });
        p.edit("outline.json", |o| {
            o["units"][0]["lessons"][0]["skills"].as_array_mut().unwrap().push(json!("sort"));
        });
    }),
    ("E-103", "a skill that is not defined", |p| {
        p.edit("outline.json", |o| o["units"][0]["lessons"][0]["skills"] = json!(["count", "weigh"]));
    }),
    ("E-104", "a licence that is not known", |p| p.edit("pack.json", |m| m["licence"] = json!("unknown"))),
    ("E-104", "a file that may not be sold", |p| {
        p.edit("pack.json", |m| {
            m["fileLicences"] = json!({ "media/photo.jpg": { "licence": "CC-BY-NC-4.0" } });
        });
    }),
    ("E-104", "a licence without names", |p| p.edit("pack.json", |m| m["attribution"] = json!(" "))),
    ("E-105", "a film of another kind", |p| p.put("media/goats.mp4", fixture("hevc.mp4"))),
    ("E-105", "a film in an old container", |p| {
        p.put("media/old.avi", "RIFF");
        p.act(json!({ "id": "x", "kind": "video", "title": "X", "file": "media/old.avi", "transcript": "pages/song.md" }));
    }),
    ("E-105", "a sound that is none", |p| p.put("media/song.mp3", "not a sound")),
    ("E-105", "a film without a picture", |p| p.put("media/goats.mp4", fixture("sound.m4a"))),
    ("E-106", "a picture without words on a page", |p| {
        p.replace("pages/read.md", "Three goats beside a tree", "");
    }),
    ("E-106", "a picture without words in HTML", |p| {
        p.replace("pages/play.html", " alt=\"Three goats\"", "");
    }),
    ("E-106", "a picture without words in a question", |p| {
        p.replace("items/count.json", "\"alt\":\"Three goats\"", "\"alt\":\"\"");
    }),
    ("E-106", "a picture without words in a lesson", |p| {
        p.edit("outline.json", |o| {
            o["units"][0]["lessons"][0]["activities"][4].as_object_mut().unwrap().remove("alt");
        });
    }),
    ("E-106", "a film without captions", |p| {
        p.edit("outline.json", |o| {
            o["units"][0]["lessons"][0]["activities"][2].as_object_mut().unwrap().remove("captions");
        });
        p.remove("media/goats.en.vtt");
    }),
    ("E-106", "captions that no browser reads", |p| p.replace("media/goats.en.vtt", "00:00.000", "0:0,0")),
    ("E-106", "a film without captions in HTML", |p| {
        p.append("pages/play.html", "<video src=\"../media/goats.mp4\"></video>");
    }),
    ("E-107", "a script from elsewhere", |p| {
        p.append("apps/clock/index.html", "<script src=\"https://cdn.example/jquery.js\"></script>");
    }),
    ("E-107", "a picture from elsewhere", |p| {
        p.append("pages/show.md", "\n![A hen that sits](http://a.example/hen.png)\n");
    }),
    ("E-107", "a font from elsewhere", |p| {
        p.append("books/tale/tale.css", "@import '//fonts.example/a.css';");
    }),
    ("E-107", "a packed script", |p| p.append("apps/clock/clock.js", "eval(atob('YWxlcnQoMSk='))")),
    ("E-107", "a script that asks elsewhere", |p| {
        p.append(
            "apps/clock/clock.js",
            "; var r = new XMLHttpRequest(); r.open( 'GET' , \"http://a.example/\" )",
        );
    }),
    ("E-107", "a form that leaves", |p| {
        p.append("pages/play.html", "<form action=\"https://a.example/\"></form>");
    }),
    ("E-107", "Flash", |p| p.append("pages/play.html", "<embed src=\"game.swf\">")),
    ("E-107", "Java", |p| p.append("pages/play.html", "<applet code=\"Game.class\"></applet>")),
    ("E-108", "a script in a drawing", |p| {
        p.replace("media/goats.svg", "<circle", "<script>x()</script><circle");
    }),
    ("E-108", "a handler in a drawing", |p| {
        p.replace("media/goats.svg", "<circle", "<circle onload=\"x()\"");
    }),
    ("E-108", "a link that runs", |p| {
        p.replace("media/goats.svg", "<circle", "<a href=\"java&#x73;cript:x()\"/><circle");
    }),
    ("E-108", "a PDF with scripts", |p| {
        p.put("media/sheet.pdf", document("5 0 obj\n<< /S /Java#53cript /JS (x) >>\nendobj"));
    }),
    ("E-108", "a locked PDF", |p| {
        p.put("media/sheet.pdf", document("5 0 obj\n<< /Encrypt 6 0 R >>\nendobj"));
    }),
    ("E-108", "no PDF", |p| p.put("media/sheet.pdf", "not a document")),
    ("W-201", "a large picture", |p| {
        let mut photo = fixture("picture.jpg");
        photo.resize(500 << 10, 0);
        p.put("media/photo.jpg", photo);
    }),
    ("W-201", "a wide picture", |p| {
        let mut photo = fixture("picture.png");
        photo[16..20].copy_from_slice(&2000_u32.to_be_bytes());
        p.put("media/wide.png", photo);
        p.act(json!({ "id": "x", "kind": "picture", "title": "X", "file": "media/wide.png", "alt": "A pattern" }));
    }),
    ("W-201", "a heavy page", |p| p.put("apps/clock/clock.js", vec![b' '; 2 << 20])),
    ("W-201", "sound of many bytes", |p| {
        // Twelve seconds at 160 kbit/s: frames of 522 bytes (layer III, 44,100 samples, no padding).
        let frame = [&[0xff, 0xfb, 0xa0, 0xc0][..], &[0; 518]].concat();
        p.put("media/song.mp3", frame.repeat(460));
    }),
    ("W-202", "long words for children", |p| {
        let text = "Notwithstanding considerable administrative difficulties, experienced professionals occasionally \
                    recommended comprehensive interdisciplinary cooperation throughout neighbouring municipalities, \
                    particularly regarding environmental sustainability considerations.\n\n";
        p.append("pages/show.md", &format!("\n\n{}", text.repeat(6)));
    }),
    ("W-203", "a skill with one question", |p| {
        p.edit("skills.json", |s| {
            s["skills"]
                .as_array_mut()
                .unwrap()
                .push(json!({ "id": "weigh", "name": "Weigh", "can": "I can weigh" }));
        });
        p.edit("outline.json", |o| {
            o["units"][0]["lessons"][0]["skills"].as_array_mut().unwrap().push(json!("weigh"));
        });
        let mut item = number("w-1", "easy", "How heavy is it?", "2");
        item["skills"] = json!(["weigh"]);
        p.ask(item);
        p.act(json!({ "id": "w", "kind": "practice", "title": "W", "items": ["w-1"] }));
    }),
    ("W-203", "few questions", |p| {
        p.edit("items/count.json", |f| {
            f["items"]
                .as_array_mut()
                .unwrap()
                .retain(|item| !["n-5", "n-6", "n-7", "n-8", "n-9"].contains(&item["id"].as_str().unwrap()));
        });
    }),
    ("W-203", "nothing easy", |p| {
        p.edit("items/count.json", |f| {
            f["items"].as_array_mut().unwrap().iter_mut().for_each(|item| item["difficulty"] = json!("hard"));
        });
    }),
    ("W-203", "mostly single choice", |p| {
        for n in 0..19 {
            p.ask(single(&format!("s-{n}"), false, ["one", "two", "three"]));
        }
    }),
    ("W-204", "one way to learn", |p| {
        p.edit("outline.json", |o| {
            let activities = o["units"][0]["lessons"][0]["activities"].as_array_mut().unwrap();
            activities.retain(|activity| ["try", "exit"].contains(&activity["id"].as_str().unwrap()));
        });
        // Only the questions, and something to do in the room.
        for path in [
            "pages/read.md",
            "pages/more.md",
            "pages/show.md",
            "pages/song.md",
            "media/goats.mp4",
            "media/goats.en.vtt",
            "media/song.mp3",
            "media/photo.jpg",
            "media/sheet.pdf",
            "books/tale/one.xhtml",
            "books/tale/two b.xhtml",
            "books/tale/tale.css",
            "apps/clock/index.html",
            "apps/clock/clock.js",
            "apps/clock/times.json",
        ] {
            p.remove(path);
        }
        p.replace("pages/play.html", "more.md", "room.md");
    }),
    ("W-205", "faint text", |p| {
        p.append("books/tale/tale.css", "p { color: #aaa; background-color: white }");
    }),
    ("W-205", "faint text in a page", |p| {
        p.append("pages/play.html", "<p style=\"background:#FFF;color:rgb(200, 200, 200)\">Look</p>");
    }),
    ("W-205", "words in a drawing", |p| p.replace("media/goats.svg", "<text>3", "<text>Market day")),
    ("W-206", "nobody reads it aloud", |p| {
        p.edit("pack.json", |m| m["grades"] = json!([1, 2, 3]));
        p.edit("items/count.json", |f| {
            for item in f["items"].as_array_mut().unwrap().iter_mut().filter(|item| item["id"] != "n-1") {
                item["audio"] = json!({ "en": "media/song.mp3" });
            }
        });
    }),
    ("W-206", "it takes too long to listen", |p| {
        let frame = [&[0xff, 0xfb, 0x50, 0xc0][..], &[0; 204]].concat();
        p.put("media/long.mp3", frame.repeat(900));
        p.edit("items/count.json", |f| f["items"][0]["audio"] = json!({ "en": "media/long.mp3" }));
    }),
    ("W-207", "always the first", |p| {
        for n in 0..25 {
            p.ask(single(&format!("s-{n}"), true, ["one", "two", "six"]));
            p.ask(number(&format!("m-{n}"), "easy", "How many?", "3"));
        }
    }),
    ("W-207", "always the longest", |p| {
        for n in 0..25 {
            p.ask(single(&format!("s-{n}"), false, ["one and one more", "two", "six"]));
            p.ask(number(&format!("m-{n}"), "easy", "How many?", "3"));
        }
    }),
    ("W-207", "always true", |p| {
        for n in 0..25 {
            p.ask(json!({ "id": format!("t-{n}"), "type": "truefalse", "skills": ["count"], "difficulty": "easy",
                "stem": ["Two is two."], "answer": true }));
        }
    }),
    ("W-208", "a link that leaves", |p| p.append("pages/show.md", "\n[See](https://a.example/)\n")),
    ("W-208", "a letter that can't be sent", |p| {
        p.append("pages/play.html", "<a href=\"mailto:a@a.example\">Write</a>");
    }),
    ("W-208", "a page that leads nowhere", |p| p.replace("pages/more.md", "[Back](read.md)", "Well done.")),
    ("W-208", "a file that nothing shows", |p| p.put("media/stray.png", fixture("picture.png"))),
    ("W-208", "a page that nothing leads to", |p| p.put("pages/stray.md", "# Stray\n")),
    ("W-208", "an app that nothing shows", |p| p.put("apps/game/index.html", "<p>Game</p>")),
    ("W-208", "a film that is there twice", |p| {
        p.put("media/again.mp4", fixture("baseline.mp4"));
        p.act(json!({ "id": "x", "kind": "video", "title": "X", "file": "media/again.mp4", "transcript": "pages/song.md" }));
    }),
    ("W-209", "a title of another script", |p| p.edit("pack.json", |m| m["title"]["ar"] = json!("Counting"))),
    ("W-209", "another script", |p| {
        p.append(
            "pages/show.md",
            "\nعد الماعز واحدة بعد الأخرى ثم اكتب كم ماعزا وجدت في الحقل الكبير خلف المدرسة\n",
        );
    }),
    ("W-209", "a summary that was not translated", |p| {
        p.edit("pack.json", |m| m["summary"]["fr"] = json!("Count up to ten."));
    }),
    ("W-209", "another direction", |p| p.edit("pack.json", |m| m["direction"] = json!("rtl"))),
    ("W-209", "a number that jumps", |p| {
        p.append("pages/show.md", "\nThe word is ماعز, 12 times in this long text.\n");
    }),
    ("W-210", "nothing for the room", |p| {
        p.edit("skills.json", |s| {
            s["skills"][0].as_object_mut().unwrap().remove("offTablet");
        });
        p.append("pages/notes.md", "\n[Stones](room.md)\n");
    }),
    ("W-210", "a long lesson", |p| {
        p.edit("outline.json", |o| o["units"][0]["lessons"][0]["minutes"] = json!(55));
    }),
    ("W-210", "no check", |p| {
        p.edit("outline.json", |o| {
            o["units"][0]["lessons"][0]["activities"][9]["kind"] = json!("practice");
        });
    }),
    ("W-211", "an address", |p| p.append("pages/show.md", "\nWrite to amina@school.gov.gh about it.\n")),
    ("W-211", "a telephone number", |p| p.append("pages/show.md", "\nCall +233 20 123 4567 now.\n")),
    ("W-211", "a child", |p| p.append("pages/show.md", "\nThis is Amina Diallo, 9 years old.\n")),
    ("W-211", "real children", |p| p.edit("pack.json", |m| m["safety"]["realChildren"] = json!(true))),
    ("W-211", "where a photo was taken", |p| p.put("media/photo.jpg", with_place(&fixture("picture.jpg")))),
    ("W-212", "a template that is wrong now and then", |p| {
        p.ask(json!({
        "id": "x", "type": "number", "skills": ["count"], "difficulty": "easy", "params": { "a": { "int": [1, 40] } },
        "stem": ["{a}?"], "answer": { "value": "{if(a == 7, 8, a)}" }, "verify": "answer == a" }));
    }),
    ("W-212", "a template with few variants", |p| {
        p.ask(json!({
        "id": "x", "type": "number", "skills": ["count"], "difficulty": "easy", "params": { "a": { "int": [1, 5] } },
        "stem": ["{a}?"], "answer": { "value": "{a}" }, "verify": "answer == a" }));
    }),
    ("W-213", "no subjects", |p| p.edit("pack.json", |m| m["subjects"] = json!([]))),
    ("W-213", "nothing about safety", |p| {
        p.edit("pack.json", |m| {
            m.as_object_mut().unwrap().remove("safety");
        });
    }),
];

/// A photo with a directory of its place (CIPA DC-008) after its first mark.
fn with_place(photo: &[u8]) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value.to_be_bytes()].concat()
    };
    let tiff = [
        &b"MM\0\x2a\0\0\0\x08"[..],
        &[0, 1],
        &entry(0x8825, 4, 1, 26),
        &[0, 0, 0, 0],
        &[0, 2],
        &entry(0, 1, 4, 0x0203_0000),
        &entry(1, 2, 2, u32::from_be_bytes(*b"N\0\0\0")),
        &[0, 0, 0, 0],
    ]
    .concat();
    let length = u16::try_from(2 + 6 + tiff.len()).unwrap();
    let part = [&[0xff, 0xe1][..], &length.to_be_bytes(), b"Exif\0\0", &tiff].concat();
    [&photo[..2], &part, &photo[2..]].concat()
}

#[test]
fn the_good_pack_has_nothing_to_mend() {
    let (codes, said) = codes(&good_pack());
    assert!(codes.is_empty(), "{said}");
}

#[test]
fn each_fault_is_found_and_nothing_else() {
    let mut wrong = Vec::new();
    for (code, what, spoil) in FAULTS {
        let mut files = good_pack();
        spoil(&mut files);
        let (found, said) = codes(&files);
        if found != BTreeSet::from([*code]) {
            wrong.push(format!("{code}, {what}: found {found:?}\n{said}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_pack_with_a_fault_of_each_code_has_exactly_those_codes() {
    let mut files = good_pack();
    let mut wanted = BTreeMap::new();
    // Of these the pack can't be read at all, or nothing is left of it to have another fault.
    let alone = ["F-002", "W-204"];
    for (code, _, spoil) in FAULTS.iter().filter(|(code, ..)| !alone.contains(code)) {
        wanted.entry(*code).or_insert(spoil);
    }
    for spoil in wanted.values() {
        spoil(&mut files);
    }
    let (found, said) = codes(&files);
    assert_eq!(found, wanted.into_keys().collect(), "\n{said}");
}

#[test]
fn every_code_that_a_tree_can_have_is_seeded() {
    let seeded: BTreeSet<&str> = FAULTS.iter().map(|(code, ..)| *code).collect();
    // Of an archive, not of its files: `hostile.rs`. Of the disk: the installer. Numbers: `texts.rs`.
    let elsewhere = |code: &str| ["F-003", "F-005", "F-009"].contains(&code) || code.starts_with('I');
    let missing: Vec<&str> = CODES
        .iter()
        .map(|code| code.code)
        .filter(|code| !elsewhere(code) && !seeded.contains(code))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
