//! Languages, levels, persons and numbers.

use super::super::alphabet::{Script, script, scripts_of};
use super::super::page::Prose;
use super::super::reading::Measure;
use super::good_pack::good_pack;
use super::*;

fn prose(text: &str) -> Vec<Prose> {
    vec![Prose { text: text.to_owned(), in_sentences: true, is_isolated: false }]
}

fn level(prose: &[Prose], language: &str) -> Option<f64> {
    Measure::of(prose, language).level(language)
}

#[test]
fn a_level_grows_with_sentences_and_words_in_every_script() {
    let easy = "The goat is in the field. It eats the grass. ".repeat(14);
    let hard = "The agricultural administration recommended considerable modernisation of the irrigation infrastructure, \
                although representatives remained unconvinced. "
        .repeat(9);
    assert!(level(&prose(&easy), "en").unwrap() < 1.5);
    assert!(level(&prose(&hard), "en").unwrap() > 10.0);
    assert!(level(&prose(&easy[..200]), "en").is_none(), "too little to say anything");
    let swahili = "Mbuzi yupo shambani. Anakula majani. Mtoto anamtazama mbuzi. ".repeat(16);
    assert!(level(&prose(&swahili), "sw").unwrap() < 3.0);
    let arabic = "الماعز في الحقل. يأكل العشب. ينظر الولد إليه. ".repeat(14);
    assert!(level(&prose(&arabic), "ar").unwrap() < 3.0);
    let hindi = "बकरी खेत में है। वह घास खाती है। बच्चा देखता है। ".repeat(14);
    assert!(level(&prose(&hindi), "hi").unwrap() < 3.0);
    let (short, long) = (
        "แพะกินหญ้า។ ".repeat(40),
        "แพะกินหญ้าในทุ่งกว้างหลังโรงเรียนทุกวันก่อนที่เด็กๆจะกลับบ้านพร้อมกับครูและเพื่อนบ้านที่เดินทางมาไกล។ ".repeat(8),
    );
    assert!(level(&prose(&short), "th").unwrap() < level(&prose(&long), "th").unwrap());
}

#[test]
fn letters_and_tags_find_their_script() {
    for (letter, wanted) in [
        ('a', Script::Latin),
        ('ж', Script::Cyrillic),
        ('ع', Script::Arabic),
        ('ह', Script::Devanagari),
        ('አ', Script::Ethiopic),
        ('水', Script::Han),
        ('ខ', Script::Khmer),
    ] {
        assert_eq!(script(letter), Some(wanted));
    }
    assert_eq!((script('1'), script('،'), script(' ')), (None, None, None));
    assert_eq!(scripts_of("sr-Latn-RS"), [Script::Latin]);
    assert_eq!(scripts_of("sw"), [Script::Latin]);
    assert_eq!(scripts_of("zh-Hant"), [Script::Han]);
    assert!(scripts_of("ha").contains(&Script::Arabic));
}

#[test]
fn words_that_only_look_like_persons_and_jumps_are_left_alone() {
    for text in [
        "3 + 12 345 678 is a large sum, and +5 is more than −5.",
        "Write to amina@school.example or a@example.org.",
        "Mount Kenya, 5 199 m high, and Lake Victoria (3 days by boat).",
        "The goat, 9 years old, is called Kofi.",
        "The word كتاب means book. It has 4 letters.",
        "Look at page 12.",
    ] {
        let mut files = good_pack();
        files.append("pages/show.md", &format!("\n{text}\n"));
        let (codes, said) = codes(&files);
        assert!(codes.is_empty(), "{text}\n{said}");
    }
}

#[test]
fn arabic_with_a_latin_name_is_fine_and_with_a_sign_it_must_be_set_apart() {
    let arabic = |line: &str| {
        let mut files = good_pack();
        files.edit("pack.json", |m| {
            m["language"] = "ar".into();
            m["direction"] = "rtl".into();
        });
        for path in [
            "pages/show.md",
            "pages/read.md",
            "pages/more.md",
            "pages/song.md",
            "pages/room.md",
            "pages/notes.md",
        ] {
            let own =
                if path == "pages/show.md" { line } else { "عد الماعز ثم اكتب العدد." };
            let link = match path {
                "pages/read.md" => "[تابع](more.md)",
                "pages/more.md" => "[عد](read.md)",
                "pages/room.md" => "[العب](play.html)",
                _ => "",
            };
            files.put(path, format!("# العد\n\n{own}\n\n{link}\n"));
        }
        codes(&files)
    };
    for fine in ["برنامج HTML سهل.", "اللغة \u{2068}C++\u{2069} قديمة.", "عندي 12 كتابا و3 أقلام."]
    {
        assert!(
            !arabic(fine).0.contains("W-209") || arabic(fine).1.contains("items/count.json"),
            "{fine} {}",
            arabic(fine).1
        );
    }
    assert!(arabic("اللغة C++ قديمة.").1.contains("W-209 pages/show.md"));
}

#[test]
fn captions_and_pages_may_be_in_another_language_when_they_say_so() {
    let arabic = "ثلاث من الماعز تقف بجانب الشجرة الكبيرة وتأكل العشب الأخضر كل يوم";
    let mut files = good_pack();
    files.put("media/goats.ar.vtt", format!("WEBVTT\n\n00:00.000 --> 00:01.500\n{arabic}\n"));
    let captions = |language: &str| serde_json::json!({ "language": language, "file": "media/goats.ar.vtt" });
    files.edit("outline.json", |outline| {
        let film = &mut outline["units"][0]["lessons"][0]["activities"][2];
        film["captions"].as_array_mut().unwrap().push(captions("ar"));
    });
    files.replace("books/tale/two b.xhtml", "Two goats.", arabic);
    files.replace("books/tale/two b.xhtml", "<html ", "<html xml:lang=\"ar\" ");
    let (found, said) = codes(&files);
    assert!(found.is_empty(), "{said}");
    files.edit("outline.json", |outline| {
        outline["units"][0]["lessons"][0]["activities"][2]["captions"][1] = captions("fr");
    });
    files.replace("books/tale/two b.xhtml", "xml:lang=\"ar\" ", "");
    let (_, said) = codes(&files);
    assert!(
        said.contains("W-209 media/goats.ar.vtt") && said.contains("W-209 books/tale/two b.xhtml"),
        "{said}"
    );
}

#[test]
fn numbers_are_told_of_every_pack() {
    let verdict = lint_with(&good_pack(), &Unwatched, DRAWS).unwrap();
    assert_eq!(verdict.grade, Grade::A);
    let said: Vec<String> = verdict
        .findings
        .iter()
        .filter(|finding| finding.code != "I-301")
        .map(|finding| format!("{} {}", finding.code, finding.message))
        .collect();
    insta::assert_snapshot!(said.join("\n"), @r"
    I-302 0.0 minutes of video, 0.0 minutes of sound.
    I-303 1 lessons, 10 activities, 11 questions, 1 templates, 1 skills.
    I-304 0 of 1 skills name a place in a syllabus.
    I-305 12 of 12 questions have a guessed difficulty.
    ");
    let size = &verdict.findings.iter().find(|finding| finding.code == "I-301").unwrap().message;
    assert!(size.contains("KB in all: ") && size.contains("sound ") && size.contains("video "), "{size}");
    let mut files = good_pack();
    files.put("media/x.bin", "?");
    files.put("media/goats.webm", super::good_pack::fixture("vp8.webm"));
    let more = lint_with(&files, &Unwatched, DRAWS).unwrap();
    for code in ["I-306", "I-307"] {
        assert!(more.findings.iter().any(|finding| finding.code == code), "{code}");
    }
}

#[test]
fn a_pack_of_a_thousand_faults_gives_a_report_that_can_be_read() {
    let mut files = good_pack();
    for n in 0..1_000 {
        files.put(&format!("media/stray-{n}.svg"), format!("<svg id='{n}'/>"));
    }
    let verdict = lint_with(&files, &Unwatched, DRAWS).unwrap();
    let strays: Vec<&Finding> = verdict.findings.iter().filter(|finding| finding.code == "W-208").collect();
    assert_eq!(strays.len(), 101);
    assert_eq!(strays.last().unwrap().message, "and 900 more of this kind.");
}
