//! Every type of question of GIFT and Moodle: what it becomes, what is lost, and that the right answer is marked as right.
//!
//! `docs/imports.md` holds the same tables for people.

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value as Json;

use super::super::About;
use super::super::beside::Beside;
use super::super::made::Making;
use super::super::pages::Pages;
use super::super::source::Source;
use super::bank::Bank;
use super::{aiken, gift, moodle, sheet};
use crate::items::{Item, mark, right_response};

fn about() -> About {
    About { publisher: "Hill School".into(), language: "en".into(), today: "2026-11-25".into() }
}

fn fixture(name: &str) -> String {
    format!("{}/tests/fixtures/imports/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// A question with all that became of it.
struct Row {
    name: String,
    item: Option<Json>,
    lost: Vec<String>,
}

/// Everything in a bank, question by question in the order of the file; what is said of the whole file comes first.
fn rows(making: &mut Making, bank: Bank, text: &str) -> Vec<Row> {
    let mut items: Vec<(String, Json)> = Vec::new();
    for note in bank.notes {
        items.push(("Description".to_owned(), Json::Array(note.blocks)));
    }
    for asked in bank.asked {
        let place = asked.place.clone();
        items.extend(asked.into_item(making).map(|(_, item)| (name_of(&place), item)));
    }
    let mut rows: Vec<Row> = Vec::new();
    for loss in making.losses() {
        let name = name_of(&loss.place);
        let line = format!("{}: {}", loss.code, loss.message);
        match rows.iter_mut().find(|row| row.name == name) {
            Some(row) => row.lost.push(line),
            None => rows.push(Row { name, item: None, lost: vec![line] }),
        }
    }
    for (name, item) in items {
        match rows.iter_mut().find(|row| row.name == name) {
            Some(row) => row.item = Some(item),
            None => rows.push(Row { name, item: Some(item), lost: Vec::new() }),
        }
    }
    let place = |name: &str| text.find(&format!("<name><text>{name}<")).or(text.find(&format!("::{name}::")));
    rows.sort_by_key(|row| place(&row.name));
    rows
}

/// `question 3, “Goats”, gap 1` → `Goats`
fn name_of(place: &str) -> String {
    let inner = place.split_once('“').and_then(|(_, rest)| rest.split_once('”'));
    inner.map_or_else(|| "the whole file".to_owned(), |(name, _)| name.to_owned())
}

/// The table of `docs/imports.md`.
fn table(rows: &[Row]) -> String {
    let mut table = "| question | becomes | what is lost |\n|---|---|---|\n".to_owned();
    for row in rows {
        let kind = row
            .item
            .as_ref()
            .map(|item| item["type"].as_str().map_or("a page".to_owned(), |kind| format!("`{kind}`")));
        let kind =
            kind.unwrap_or_else(|| if row.name.starts_with("the whole") { "" } else { "nothing" }.to_owned());
        let is_template = row.item.as_ref().is_some_and(|item| item.get("params").is_some());
        let kind = if is_template { format!("{kind}, a template") } else { kind };
        let lost: Vec<String> =
            row.lost.iter().map(|line| line.split_once(": ").unwrap().1.replace('|', "\\|")).collect();
        writeln!(table, "| {} | {kind} | {} |", row.name, lost.join(" ")).unwrap();
    }
    table
}

/// The same with every item, for a snapshot.
fn report(rows: &[Row]) -> String {
    let mut report = String::new();
    for Row { name, item, lost } in rows {
        writeln!(report, "{name}").unwrap();
        if let Some(item) = item {
            let fields = item.as_object().into_iter().flatten();
            let fields = fields.filter(|(name, _)| !matches!(name.as_str(), "id" | "difficulty"));
            for (field, value) in fields {
                writeln!(report, "  {field}: {value}").unwrap();
            }
        } else {
            assert!(!lost.is_empty(), "{name} went without a word");
        }
        for line in lost {
            writeln!(report, "  – {line}").unwrap();
        }
    }
    report
}

/// The right answer is right, none and another are not.
fn check_marks(rows: &[Row]) -> usize {
    let items = rows.iter().filter_map(|row| row.item.as_ref()).filter(|item| item["type"].is_string());
    let mut count = 0;
    for item in items {
        let read = Item::read(item.clone()).unwrap();
        for seed in 0..20 {
            let variant = read.variant(seed).unwrap();
            let right = right_response(&variant.question);
            assert!(mark(&variant, &right).right, "{right} is not right for {item}");
            for wrong in [Json::Null, Json::from("no such answer"), Json::from(vec!["no", "such"])] {
                assert!(!mark(&variant, &wrong).right, "{wrong} is right for {item}");
            }
        }
        count += 1;
    }
    count
}

fn demand_in_docs(table: &str) {
    let docs =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/imports.md")).unwrap();
    assert!(docs.contains(table), "docs/imports.md does not hold this table; put it there:\n{table}");
}

#[test]
fn every_type_of_gift_is_kept_or_told() {
    let about = about();
    let text = std::fs::read_to_string(fixture("every-type.gift")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("pictures")).unwrap();
    std::fs::copy(fixture("well.png"), folder.path().join("pictures/well.png")).unwrap();
    std::fs::write(folder.path().join("quiz.txt"), &text).unwrap();
    let source = Arc::new(Source::of_folder(folder.path()).unwrap());
    let mut making = Making::new(&about, None);
    let mut pages = Pages::default();
    let mut files = Beside { source: &source, path: "quiz.txt", pages: &mut pages };
    let bank = gift::read(&mut making, &text, "Quiz", &mut files).unwrap();
    let rows = rows(&mut making, bank, &text);
    insta::assert_snapshot!("gift", report(&rows));
    assert_eq!(check_marks(&rows), 22);
    demand_in_docs(&table(&rows));
}

#[test]
fn every_type_of_moodle_is_kept_or_told() {
    let about = about();
    let path = fixture("every-type.xml");
    let source = Arc::new(Source::of_file(Path::new(&path)));
    let mut making = Making::new(&about, None);
    let bank = moodle::read(&mut making, &source, "every-type.xml", "Quiz").unwrap();
    let rows = rows(&mut making, bank, &std::fs::read_to_string(&path).unwrap());
    insta::assert_snapshot!("moodle", report(&rows));
    assert_eq!(check_marks(&rows), 26);
    demand_in_docs(&table(&rows));
}

#[test]
fn the_example_sheet_has_every_type_of_a_sheet_and_no_fault() {
    let about = about();
    let mut making = Making::new(&about, None);
    let sheet_rows = sheet::read_text(sheet::EXAMPLE).unwrap();
    let known = sheet::known(&sheet_rows);
    assert_eq!(
        (known.title.as_deref(), known.grades, known.authors.len()),
        (Some("The well"), vec![3, 4], 1)
    );
    let bank = sheet::read(&mut making, &sheet_rows, "The well", &mut super::markup::tests::NoFiles).unwrap();
    let mut kinds = Vec::new();
    for asked in bank.asked {
        let (_, item) = asked.into_item(&mut making).unwrap();
        kinds.push(item["type"].as_str().unwrap().to_owned());
        check_marks(&[Row { name: String::new(), item: Some(item), lost: Vec::new() }]);
    }
    assert_eq!(kinds, ["single", "truefalse", "number", "short", "cloze", "match", "order", "sort"]);
    assert_eq!(making.losses(), []);
}

#[test]
fn a_row_with_a_fault_is_named_by_its_number_and_column() {
    // As Excel writes it where the comma is for decimals: a mark of the encoding, semicolons, a line within a cell.
    let text = "\u{feff}sep=;\r\nType;Question Text;Right answer;Wrong 1;Wrong 2;Level;Colour\r\n\
        mc;\"Two\nlines\";yes;no;;easy;red\r\n;;x;;;;\r\nriddle;What?;x;;;;\r\n;How many?;1,5;2;;;\r\nnumber;How many?;some;;;;\r\n\
        ;Which?;a;b;;very;\r\n;;;;;;\r\ncloze;No gap;;;;;\r\nmatch;Pairs?;a | b=c;;;;\r\n;Which?;a;a;;;\r\n;Empty?;;;;;\r\n";
    let about = about();
    let mut making = Making::new(&about, None);
    let text = super::super::text::decode(text.as_bytes()).unwrap().text;
    let rows = sheet::read_text(&text).unwrap();
    let bank = sheet::read(&mut making, &rows, "Sheet", &mut super::markup::tests::NoFiles).unwrap();
    let kept: Vec<Json> = bank
        .asked
        .into_iter()
        .filter_map(|asked| asked.into_item(&mut making))
        .map(|(_, item)| item)
        .collect();
    assert_eq!(kept.len(), 2);
    assert_eq!(kept[0]["stem"], serde_json::json!([{ "p": "Two" }, { "p": "lines" }]));
    assert_eq!(kept[1]["answer"], serde_json::json!("a"));
    let told: Vec<String> =
        making.losses().iter().map(|loss| format!("{} – {}", loss.place, loss.message)).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn aiken_is_read_line_by_line() {
    let about = about();
    let mut making = Making::new(&about, None);
    let text = "What is deep?\nA. A well\nB) A plate\nmore of it\nANSWER: A\n\nWhich?\nA. x\nANSWER: C\n\nNo answer\nA. x\n";
    assert!(aiken::is_aiken(text) && !aiken::is_aiken("A. Goats\nB. Hens\n"));
    let bank = aiken::read(&mut making, text, "Quiz");
    let rows = rows(&mut making, bank, text);
    assert_eq!(check_marks(&rows), 1);
    let told: Vec<(&str, &str)> =
        making.losses().iter().map(|loss| (loss.code, loss.place.as_str())).collect();
    assert_eq!(told, [("line", "question 1"), ("question", "question 2"), ("question", "question 3")]);
}

#[test]
fn gift_is_told_from_other_texts_with_braces() {
    for (text, is) in [
        ("What is 1+1?{=2 ~3}\n", true),
        ("::A::Sure?{T}\n", true),
        ("How many?{#3:1}", true),
        ("body { color: #fff }\np { margin: 0 }\n", false),
        ("fn main() { println!(\"=\"); }\n", false),
        ("\\begin{document}\n\\frac{1}{2}\n", false),
        ("Words without any braces.", false),
        ("A set {1, 2} and {3}.", false),
    ] {
        assert_eq!(gift::is_gift(text), is, "{text}");
    }
}
