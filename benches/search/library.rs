//! A library of the size of a large school's, made up: packs with lessons, pages and questions in four scripts.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// Packs, and lessons in each. A lesson comes to 23 resources: itself, a skill, a page, a practice, 19 questions.
pub(crate) const PACKS: usize = 50;
const LESSONS: usize = 44;
const QUESTIONS: usize = 19;
/// Different words of a language; the n-th is used 1 / (n + 2) as often as the first, as in any language (Zipf).
const WORDS: usize = 20_000;

/// Numbers that look random and are the same in every run (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap_or_default()
    }
}

/// A made-up language.
pub(crate) struct Language {
    pub(crate) code: &'static str,
    between: &'static str,
    /// The most common first.
    pub(crate) words: Vec<String>,
    weights: Vec<f64>,
}

impl Language {
    fn new(code: &'static str, between: &'static str, parts: &[&str], numbers: &mut Numbers) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        while words.len() < WORDS {
            let length = 1 + numbers.below(3) + usize::from(words.len() > 100);
            let word: String = (0..length).map(|_| parts[numbers.below(parts.len())]).collect();
            if seen.insert(word.clone()) {
                words.push(word);
            }
        }
        let mut sum = 0.0;
        let weights = (0..WORDS).map(|rank| {
            #[expect(clippy::cast_precision_loss, reason = "a rank is small")]
            let weight = 1.0 / (rank as f64 + 2.0);
            sum += weight;
            sum
        });
        Self { code, between, words, weights: weights.collect() }
    }

    fn text(&self, count: usize, numbers: &mut Numbers) -> String {
        let all = self.weights.last().copied().unwrap_or_default();
        let pick = |numbers: &mut Numbers| {
            #[expect(clippy::cast_precision_loss, reason = "any number will do")]
            let at = numbers.next() as f64 / u64::MAX as f64 * all;
            let place = self.weights.partition_point(|weight| *weight < at);
            self.words[place.min(WORDS - 1)].as_str()
        };
        (0..count).map(|_| pick(numbers)).collect::<Vec<_>>().join(self.between)
    }
}

/// Half of the packs are written in the first language, the others in three more.
pub(crate) fn languages() -> [Language; 4] {
    let mut numbers = Numbers(7);
    let latin: Vec<String> = "b d f g k l m n p r s t v ch sh tr st"
        .split(' ')
        .flat_map(|start| ["a", "e", "i", "ó", "u"].map(|middle| format!("{start}{middle}")))
        .collect();
    let latin: Vec<&str> = latin.iter().map(String::as_str).collect();
    let arabic = ["با", "تي", "كو", "سر", "مد", "نع", "لم", "فو", "قا", "هي", "جر", "دو", "صا", "ري", "شم"];
    let thai =
        ["กา", "เด็ก", "น้ำ", "ฝน", "ไป", "โรง", "เรียน", "ดี", "มา", "ทะ", "เล", "แม่", "หมู", "ปลา", "บ้าน"];
    let hindi = ["क", "ला", "दि", "न", "मे", "रा", "वि", "द्या", "लय", "जल", "पा", "नी", "सु", "बह", "को"];
    [
        Language::new("en", " ", &latin, &mut numbers),
        Language::new("ar", " ", &arabic, &mut numbers),
        Language::new("th", "", &thai, &mut numbers),
        Language::new("hi", " ", &hindi, &mut numbers),
    ]
}

/// Writes all packs below a folder; answers where their archives are, and how many bytes of text are in them.
pub(crate) fn write(folder: &Path, languages: &[Language; 4]) -> (Vec<PathBuf>, usize) {
    let mut numbers = Numbers(11);
    let mut bytes = 0;
    let archives = (0..PACKS).map(|number| {
        let language = &languages[if number % 2 == 0 { 0 } else { 1 + number / 2 % 3 }];
        let tree = folder.join(format!("pack-{number}"));
        bytes += write_pack(&tree, number, language, &mut numbers);
        let archive = folder.join(format!("{number}.schoolpack"));
        schoolhouse::packs::build(&tree, Some(&archive), &schoolhouse::packs::Unwatched).expect("a pack");
        archive
    });
    (archives.collect(), bytes)
}

fn write_pack(tree: &Path, number: usize, language: &Language, numbers: &mut Numbers) -> usize {
    let mut bytes = 0;
    let mut text = |count: usize| {
        let text = language.text(count, numbers);
        bytes += text.len();
        text
    };
    let (mut lessons, mut skills) = (Vec::new(), Vec::new());
    for lesson in 0..LESSONS {
        let skill = format!("s{lesson}");
        skills.push(json!({ "id": skill, "name": text(3), "can": text(9) }));
        let items: Vec<Value> = (0..QUESTIONS)
            .map(|item| {
                let options: Vec<Value> =
                    (0..4).map(|option| json!({ "id": format!("o{option}"), "text": text(2) })).collect();
                json!({ "id": format!("i{lesson}-{item}"), "type": "single", "skills": [skill], "difficulty": "easy", "stem": [text(14)],
                    "options": options, "answer": "o0", "hints": ["kept out"], "solution": ["kept out"] })
            })
            .collect();
        let ids: Vec<&Value> = items.iter().map(|item| &item["id"]).collect();
        lessons.push(
            json!({ "id": format!("l{lesson}"), "title": text(4), "skills": [skill], "activities": [
            { "id": "read", "kind": "page", "title": text(4), "page": format!("pages/{lesson}.md") },
            { "id": "try", "kind": "practice", "title": text(2), "items": ids }
        ] }),
        );
        put(tree, &format!("items/{lesson}.json"), &json!({ "items": items }).to_string());
        let paragraphs: Vec<String> = (0..5).map(|_| text(44)).collect();
        put(tree, &format!("pages/{lesson}.md"), &format!("# Page\n\n{}\n", paragraphs.join("\n\n")));
    }
    let manifest = json!({
        "format": 1, "id": format!("org.example.p{number}"), "version": "1.0.0", "title": { language.code: text(3) },
        "summary": { language.code: text(12) }, "language": language.code, "direction": "ltr", "audioLanguages": [],
        "audience": "students", "publisher": "-", "authors": [], "contact": "-", "licence": "CC0-1.0", "licenceText": "LICENSES/CC0-1.0.txt",
        "attribution": "-", "commercialUse": true, "derivatives": true, "grades": [1 + number % 6],
        "needs": { "minApp": "0.1.0" }, "released": "2026-11-23"
    });
    put(tree, "pack.json", &manifest.to_string());
    put(tree, "skills.json", &json!({ "skills": skills }).to_string());
    put(
        tree,
        "outline.json",
        &json!({ "units": [{ "id": "u", "title": "Unit", "lessons": lessons }] }).to_string(),
    );
    put(tree, "LICENSES/CC0-1.0.txt", "CC0");
    bytes
}

fn put(tree: &Path, path: &str, text: &str) {
    let path = tree.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}
