//! Are the courses that we carry right? Every item of every pack in `content-packs/` is read, every template is drawn
//! 1,000 times, and what a student would see is compared with a second reader of the template language.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod evaluator;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use evaluator::{Steps, Value};
use schoolhouse::items::{self, Drawn, Item, Question, Variant};
use schoolhouse::lint::{Grade, Verdict, lint};
use schoolhouse::packs::{Folder, Unwatched};
use serde_json::Value as Json;

const SEEDS: u64 = 1_000;

fn packs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content-packs");
    let packs: Vec<PathBuf> =
        fs::read_dir(root).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    assert!(!packs.is_empty(), "no packs in content-packs");
    packs
}

/// The items of a pack, as they are written.
fn items_of(pack: &Path) -> Vec<Json> {
    let files = fs::read_dir(pack.join("items")).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .flat_map(|path| {
            let mut file: Json = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
            match file["items"].take() {
                Json::Array(items) => items,
                _ => panic!("{}: no list of items", path.display()),
            }
        })
        .collect()
}

/// What we carry is what we ask of others: nothing to mend, also among the questions.
#[test]
fn every_pack_has_grade_a() {
    let verdicts: Vec<(PathBuf, Verdict)> = thread::scope(|scope| {
        let look =
            |pack: PathBuf| scope.spawn(move || (pack.clone(), lint(&Folder(pack), &Unwatched).unwrap()));
        let started: Vec<_> = packs().into_iter().map(look).collect();
        started.into_iter().map(|one| one.join().unwrap()).collect()
    });
    for (pack, verdict) in verdicts {
        assert_eq!(verdict.grade, Grade::A, "{}: {:#?}", pack.display(), verdict.findings);
    }
}

#[test]
fn every_variant_is_right_by_a_second_reader() {
    let items: Vec<Json> = packs().iter().flat_map(|pack| items_of(pack)).collect();
    let templates: Vec<&Json> = items.iter().filter(|item| item.get("params").is_some()).collect();
    let wrong: Vec<String> = thread::scope(|scope| {
        let halves = templates.chunks(templates.len().div_ceil(2));
        let halves: Vec<_> = halves
            .map(|half| {
                scope.spawn(|| half.iter().filter_map(|written| template_faults(written)).collect::<Vec<_>>())
            })
            .collect();
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect()
    });
    assert!(!templates.is_empty(), "no templates found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The first fault of a template, in the eyes of the second reader.
fn template_faults(written: &Json) -> Option<String> {
    let id = written["id"].as_str().unwrap_or("?");
    let item = match Item::read(written.clone()) {
        Ok(item) => item,
        Err(fault) => return Some(fault.to_string()),
    };
    let second = SecondReader::new(written);
    let mut seen = HashSet::new();
    for seed in 0..SEEDS {
        let fault = match item.draw(seed) {
            Ok(drawn) => {
                let fault = second.compare(&drawn);
                seen.insert(drawn.params.values().map(ToString::to_string).collect::<Vec<_>>());
                fault
            }
            Err(fault) => Some(fault.to_string()),
        };
        if let Some(fault) = fault {
            return Some(format!("{id}, seed {seed}: {fault}"));
        }
    }
    (seen.len() < 20).then(|| format!("{id}: only {} different draws", seen.len()))
}

/// A template in the eyes of the second reader: everything that it fills in, and where it shows up in the variant.
struct SecondReader<'a> {
    written: &'a Json,
    texts: HashMap<&'a str, bool>,
    lets: Vec<(&'a str, Steps)>,
    conditions: Vec<Steps>,
    verify: Steps,
    stem: Vec<(String, Filled)>,
    solution: Vec<(String, Filled)>,
    options: Vec<(String, Filled)>,
    answer: Vec<(String, Filled)>,
    mistakes: Vec<(String, Filled)>,
}

/// A string cut into plain pieces and steps.
type Filled = Vec<Result<String, Steps>>;

impl<'a> SecondReader<'a> {
    fn new(written: &'a Json) -> Self {
        let params = written["params"].as_object().unwrap();
        let is_text = |param: &Json| param["pick"].get(0).is_some_and(Json::is_string);
        let mut lets: Vec<(&str, Steps)> = Vec::new();
        let sources = written.get("let").and_then(Json::as_object);
        let mut open: Vec<(&str, Steps)> = sources
            .into_iter()
            .flatten()
            .map(|(name, source)| (name.as_str(), Steps::read(source.as_str().unwrap())))
            .collect();
        while !open.is_empty() {
            let waits: HashSet<&str> = open.iter().map(|(name, _)| *name).collect();
            let ready = open.iter().position(|(_, steps)| !steps.names().any(|name| waits.contains(name)));
            lets.push(open.remove(ready.expect("no circle in let")));
        }
        let conditions = written.get("where").and_then(Json::as_array);
        let part = |field: &str| strings(field, written.get(field).unwrap_or(&Json::Null), false);
        let mut options: Vec<(String, Filled)> =
            ["options", "left", "right", "bins"].into_iter().flat_map(part).collect();
        options.extend(part("gaps"));
        Self {
            written,
            texts: params.iter().map(|(name, param)| (name.as_str(), is_text(param))).collect(),
            lets,
            conditions: conditions.into_iter().flatten().map(|c| Steps::read(c.as_str().unwrap())).collect(),
            verify: Steps::read(written["verify"].as_str().unwrap()),
            stem: part("stem"),
            solution: part("solution"),
            options,
            answer: part("answer"),
            mistakes: part("mistakes"),
        }
    }

    fn compare(&self, drawn: &Drawn) -> Option<String> {
        let mut names: HashMap<String, Value> = HashMap::new();
        for (name, value) in &drawn.params {
            names.insert(name.clone(), Value::of_param(&value.to_string(), self.texts[name.as_str()]));
        }
        for (name, steps) in &self.lets {
            let value = steps.work_off(&names);
            names.insert((*name).to_owned(), value);
        }
        let mut with_key = names.clone();
        if self.verify.names().any(|name| name == "answer") {
            with_key.insert("answer".to_owned(), Value::of_param(&key_text(&drawn.variant.question), false));
        }
        if drawn.failed_verify || self.verify.work_off(&with_key) != Value::Truth(true) {
            return Some("`verify` does not hold".to_owned());
        }
        if self.conditions.iter().any(|condition| condition.work_off(&names) != Value::Truth(true)) {
            return Some("`where` does not hold".to_owned());
        }
        let shown = serde_json::to_value(&drawn.variant).unwrap();
        let parts = [&self.stem, &self.solution, &self.options, &self.answer, &self.mistakes];
        for (place, filled) in parts.into_iter().flatten() {
            let wanted = fill(filled, &names);
            let found = find(&shown, place);
            if found.as_deref() != Some(wanted.as_str()) {
                return Some(format!("{place} is {found:?}, the second reader says {wanted:?}"));
            }
        }
        self.key_fault(&drawn.variant)
    }

    /// The key is marked as right, mistakes are not, options differ.
    fn key_fault(&self, variant: &Variant) -> Option<String> {
        for list in variant.question.lists() {
            let shown: HashSet<String> =
                list.iter().map(|o| serde_json::to_string(&o.blocks).unwrap()).collect();
            if shown.len() != list.len() {
                return Some("two options look the same".to_owned());
            }
        }
        let response = key_as_response(&variant.question);
        if !items::mark(variant, &response).right {
            return Some(format!("the key {response} is not marked as right"));
        }
        if let Question::Number { mistakes, .. } = &variant.question {
            let right =
                mistakes.iter().find(|m| items::mark(variant, &Json::from(m.value.to_string())).right);
            if let Some(mistake) = right {
                return Some(format!("the mistake {} is right", mistake.value));
            }
        }
        let id = self.written["id"].as_str();
        (id != Some(variant.id.as_str())).then(|| "it has another id".to_owned())
    }
}

fn fill(filled: &Filled, names: &HashMap<String, Value>) -> String {
    filled
        .iter()
        .map(|piece| match piece {
            Ok(text) => text.clone(),
            Err(steps) => steps.work_off(names).to_string(),
        })
        .collect()
}

/// Every string below `value` that holds a place to fill in, with the way to it. Lists whose order is drawn are walked
/// by id; an option's short form `text` is found where the variant has it.
fn strings(place: &str, value: &Json, cloze: bool) -> Vec<(String, Filled)> {
    match value {
        Json::String(text) if text.contains('{') => {
            let pieces = cut(text, cloze);
            // A stem may be a plain string; the variant shows it as a paragraph.
            let in_blocks =
                matches!(place.split_once('/'), Some(("stem" | "solution", at)) if !at.contains('/'));
            vec![(if in_blocks { format!("{place}/p") } else { place.to_owned() }, pieces)]
        }
        Json::Array(values) => values
            .iter()
            .enumerate()
            .flat_map(|(at, value)| {
                let step = value
                    .get("id")
                    .and_then(Json::as_str)
                    .map_or_else(|| at.to_string(), |id| format!("#{id}"));
                strings(&format!("{place}/{step}"), value, cloze)
            })
            .collect(),
        Json::Object(map) => map
            .iter()
            .flat_map(|(name, value)| match name.as_str() {
                "text" => strings(&format!("{place}/blocks/0/p"), value, false),
                name => strings(&format!("{place}/{name}"), value, name == "cloze"),
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn cut(text: &str, cloze: bool) -> Filled {
    // A private-use letter keeps doubled braces out of the way.
    let kept = text.replace("{{", "\u{e000}");
    let mut pieces = Vec::new();
    for (at, part) in kept.split('{').enumerate() {
        let (inside, plain) =
            if at == 0 { ("", part) } else { part.split_once('}').expect("a closing brace") };
        if at > 0 {
            pieces.push(Err(Steps::read(inside)));
        }
        pieces.push(Ok(plain.replace('\u{e000}', if cloze { "{{" } else { "{" })));
    }
    pieces
}

/// Follows a way of [`strings`] into a variant; numbers are given as their text.
fn find(shown: &Json, place: &str) -> Option<String> {
    let mut at = shown;
    for step in place.split('/') {
        at = match (step.strip_prefix('#'), at) {
            (Some(id), Json::Array(list)) => list.iter().find(|entry| entry["id"] == id)?,
            (None, Json::Array(list)) => list.get(step.parse::<usize>().ok()?)?,
            (_, at) => at.get(step)?,
        };
    }
    match at {
        Json::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// What a student who knows everything would send.
/// What the key shows: a number's value, or the text of the right option.
fn key_text(question: &Question) -> String {
    let key = key_as_response(question);
    let shown = question.lists().into_iter().flatten().find(|option| key == option.id.as_str());
    let shown = shown.map(|option| serde_json::to_value(&option.blocks).unwrap()[0]["p"].clone());
    shown.unwrap_or(key).as_str().unwrap_or_default().to_owned()
}

fn key_as_response(question: &Question) -> Json {
    let mut shown = serde_json::to_value(question).unwrap();
    match question {
        Question::Number { .. } | Question::NumberLine { .. } => shown["answer"]["value"].take(),
        Question::Short { .. } => shown["answer"]["accept"][0].take(),
        Question::Cloze { .. } => {
            let gaps = shown["gaps"].as_array().unwrap().iter().map(|gap| {
                let key = if gap["kind"] == "short" { &gap["answer"][0] } else { &gap["answer"] };
                (gap["id"].as_str().unwrap().to_owned(), key.clone())
            });
            Json::Object(gaps.collect())
        }
        _ => shown["answer"].take(),
    }
}
