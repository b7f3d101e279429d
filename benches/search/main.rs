//! Search in a large library, measured: how long an answer takes over 50,000 resources, and how large the index is beside
//! the texts. Prints figures; the goal is 100 ms for every answer.
//!
//! `cargo bench --bench search`

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark speaks to a person and may break off"
)]

mod library;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use library::Language;
use schoolhouse::db::Options;
use schoolhouse::packs::{Folder, Packs, Tree};
use schoolhouse::search::{Question, ResultKind, Search, Seeker};
use tokio::runtime::Runtime;

/// Questions of each sort.
const ROUNDS: usize = 40;

fn main() {
    let runtime = Runtime::new().expect("a runtime");
    let scratch = tempfile::tempdir().expect("a directory");
    carried(&runtime, scratch.path());

    let languages = library::languages();
    let (archives, text) = library::write(scratch.path(), &languages);
    let trees = archives.iter().map(|archive| schoolhouse::packs::open(archive).expect("a pack")).collect();
    let packs = Arc::new(Packs::of_trees(trees).expect("packs"));
    let file = scratch.path().join("large.db");
    let begun = Instant::now();
    let search = Search::open(packs.clone(), Options::search(&file)).expect("the search");
    runtime.block_on(search.ready());
    let took = begun.elapsed();
    drop(search);
    println!("{} packs: read in {:.1} s; {}", library::PACKS, took.as_secs_f64(), sizes(text, &file));
    let begun = Instant::now();
    let search = Search::open(packs, Options::search(&file)).expect("the search");
    runtime.block_on(search.ready());
    println!("opened again in {} ms", begun.elapsed().as_millis());
    for (what, questions) in questions(&languages) {
        measure(&runtime, &search, what, &questions);
    }
}

/// The index of the packs that the program carries.
fn carried(runtime: &Runtime, scratch: &Path) {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content-packs");
    let mut folders: Vec<_> =
        content.read_dir().expect("packs").map(|entry| entry.expect("a pack").path()).collect();
    folders.sort();
    let mut text = 0;
    for folder in &folders {
        let tree = Folder(folder.clone());
        let is_text = |path: &&String| {
            ["pages/", "items/", "outline", "skills"].iter().any(|start| path.starts_with(start))
        };
        let paths = tree.paths().expect("paths");
        text += paths
            .iter()
            .filter(is_text)
            .map(|path| tree.read(path, 1 << 30).expect("a file").len())
            .sum::<usize>();
    }
    let trees = folders.iter().map(|folder| Box::new(Folder(folder.clone())) as Box<dyn Tree>).collect();
    let file = scratch.join("carried.db");
    let search = Search::open(Arc::new(Packs::of_trees(trees).expect("packs")), Options::search(&file));
    let search = search.expect("the search");
    runtime.block_on(search.ready());
    drop(search);
    println!("the {} packs that the program carries: {}", folders.len(), sizes(text, &file));
}

fn sizes(text: usize, index: &Path) -> String {
    let index = usize::try_from(std::fs::metadata(index).expect("the index").len()).unwrap_or_default();
    format!("{} KB of text, {} KB of index ({} %)", text >> 10, index >> 10, index * 100 / text)
}

fn question(text: &str) -> Question {
    Question {
        text: text.to_owned(),
        seeker: Seeker::Student,
        screens: "en".into(),
        language: None,
        grade: None,
        kind: None,
        limit: 20,
    }
}

fn questions(languages: &[Language; 4]) -> Vec<(&'static str, Vec<Question>)> {
    let [latin, arabic, thai, hindi] = languages;
    let words = |language: &Language, from: usize| -> Vec<String> {
        language.words.iter().skip(from).take(ROUNDS).cloned().collect()
    };
    let all = |words: Vec<String>| words.iter().map(|word| question(word)).collect::<Vec<_>>();
    let cut = |words: Vec<String>, letters: usize| -> Vec<String> {
        words.iter().map(|word| word.chars().take(letters).collect()).collect()
    };
    let pairs = words(latin, 0).iter().zip(words(latin, 3)).map(|(a, b)| format!("{a} {b}")).collect();
    let slips =
        words(latin, 2_000).iter().map(|word| word.replacen(|c: char| "aeiu".contains(c), "y", 1)).collect();
    let lost = words(latin, 0).iter().map(|word| format!("{word} qqqqqq xxxxxx")).collect();
    let narrow = |kind, language: &str, grade| {
        let narrowed =
            |question: Question| Question { kind, language: Some(language.into()), grade, ..question };
        all(words(latin, 0)).into_iter().map(narrowed).collect()
    };
    vec![
        ("rare words", all(words(latin, 9_000))),
        ("the most common words", all(words(latin, 0))),
        ("two common words", all(pairs)),
        ("two letters of a word", all(cut(words(latin, 200), 2))),
        ("three letters of a word", all(cut(words(latin, 200), 3))),
        ("a single letter", all(cut(words(latin, 0), 1))),
        ("words with a slip", all(slips)),
        ("a common word and two that are nowhere", all(lost)),
        ("common words, one kind, language and grade", narrow(Some(ResultKind::Page), "en", Some(3))),
        ("Arabic words", all(words(arabic, 20))),
        ("Thai words", all(words(thai, 20))),
        ("a Thai character", all(cut(words(thai, 0), 1))),
        ("Hindi words", all(words(hindi, 20))),
    ]
}

fn measure(runtime: &Runtime, search: &Search, what: &str, questions: &[Question]) {
    let mut times: Vec<Duration> = Vec::new();
    let mut found = 0;
    for question in questions {
        let begun = Instant::now();
        let answer = runtime.block_on(search.find(question.clone())).expect("an answer");
        times.push(begun.elapsed());
        found += answer.count;
    }
    times.sort_unstable();
    let milliseconds = |place: usize| times[place.min(times.len() - 1)].as_secs_f64() * 1_000.0;
    println!(
        "{what:<44} {:>5} found   p50 {:>6.1} ms   p95 {:>6.1} ms   max {:>6.1} ms",
        found / questions.len(),
        milliseconds(times.len() / 2),
        milliseconds(times.len() * 95 / 100),
        milliseconds(times.len() - 1),
    );
}
