//! Moodle XML: the export that loses least. Read question by question, so that a large bank needs no large memory; its
//! pictures stay where they are until the pack is written.

use std::io::{BufReader, Read};
use std::sync::Arc;

use serde_json::Value as Json;

use super::super::kind;
use super::super::made::{Making, Part};
use super::super::names::{clean_title, shorten};
use super::super::pages::percent_decode;
use super::super::source::{Source, too_large};
use super::super::svg;
use super::super::text::{base64, decode};
use super::super::xml::{Element, Step, Trees};
use super::asked::{Asked, Note, line};
use super::bank::Bank;
use super::gift::topic_of;
use super::markup::{Files, blocks, plain_blocks};
use super::moodle_types;
use crate::error::Result;

/// One picture is in memory at a time, so the largest picture is what counts; this is far above any bank that was seen.
const LARGEST: u64 = 256 << 20;
/// Parts that can be read at once and thus be told what they are.
const LARGEST_TEXT: usize = 256 << 10;
/// Questions after which a bank is no longer one pack.
const MOST_QUESTIONS: usize = 5_000;

/// Reads a bank. `topic` is what questions are about that are in no category.
///
/// # Errors
/// `import.xml`, `import.too-large`, or that it can't be read.
pub(in super::super) fn read(
    making: &mut Making,
    source: &Arc<Source>,
    path: &str,
    topic: &str,
) -> Result<Bank> {
    if source.size(path).is_some_and(|size| size > LARGEST) {
        return Err(too_large(path, LARGEST));
    }
    let mut reader = BufReader::with_capacity(64 << 10, source.open(path)?);
    // A mark of the encoding is no part of the document, but of the places in it.
    let mut front = [0; 3];
    let got = reader.read(&mut front)?;
    let shift = if front == *b"\xef\xbb\xbf" { 3 } else { 0 };
    let kept = if shift == 0 { front.get(..got).unwrap_or_default().to_vec() } else { Vec::new() };
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut trees = Trees::new(name, std::io::Cursor::new(kept).chain(reader));
    let mut bank = Reader {
        making,
        source,
        path,
        shift,
        topic: topic.to_owned(),
        number: 0,
        told: Told::default(),
        bank: Bank::default(),
    };
    while let Some(step) = trees.step()? {
        if step != Step::Closed(1) {
            continue;
        }
        let element = trees.take();
        if element.name == "question" {
            bank.take(&element, topic)?;
        }
        if bank.number > MOST_QUESTIONS {
            let message = format!(
                "There are more than {MOST_QUESTIONS} questions; the rest was left out. Export them by category."
            );
            bank.making.lose("too-many", name, message);
            break;
        }
    }
    Ok(bank.bank)
}

/// What is told once for a whole file, because every question says it.
#[derive(Default)]
struct Told {
    penalty: bool,
    grade: Option<String>,
    grades: bool,
}

/// Reads the questions of one file.
pub(super) struct Reader<'a, 'b> {
    pub(super) making: &'a mut Making<'b>,
    source: &'a Arc<Source>,
    path: &'a str,
    shift: u64,
    topic: String,
    number: usize,
    told: Told,
    bank: Bank,
}

impl Reader<'_, '_> {
    fn take(&mut self, question: &Element, topic: &str) -> Result<()> {
        let kind = question.attribute("type").unwrap_or_default().to_owned();
        if kind == "category" {
            let path = question.child("category").map_or("", |category| category.text_of("text"));
            self.topic = topic_of(path);
            if self.topic.is_empty() {
                topic.clone_into(&mut self.topic);
            }
            return Ok(());
        }
        self.number += 1;
        let name = question.child("name").map_or("", |name| name.text_of("text"));
        let mut asked = Asked { topic: self.topic.clone(), ..Asked::default() };
        asked.place = match shorten(name, 60) {
            Some(name) => format!("question {}, “{name}”", self.number),
            None => format!("question {}", self.number),
        };
        let id = question.text_of("idnumber");
        asked.name = if id.is_empty() { name.to_owned() } else { id.to_owned() };
        let tags = question.child("tags").into_iter().flat_map(|tags| tags.all("tag"));
        asked.tags = tags.filter_map(|tag| clean_title(tag.text_of("text"))).collect();
        self.tell_once(question);
        let mut files = MoodleFiles::of(self, question, &asked.place);
        if kind == "description" {
            let blocks = files.rich(self.making, question.child("questiontext"))?;
            self.bank.notes.push(Note { topic: asked.topic, blocks });
            return Ok(());
        }
        asked.solution = files.rich(self.making, question.child("generalfeedback"))?;
        for hint in question.all("hint") {
            let blocks = files.rich(self.making, Some(hint))?;
            asked.hints.extend(Some(line(&blocks)).filter(|words| !words.is_empty()));
        }
        for (field, words) in [("correctfeedback", &mut asked.right), ("incorrectfeedback", &mut asked.wrong)]
        {
            let blocks = files.rich(self.making, question.child(field))?;
            // What Moodle puts there by itself, the tablet says in the student's own language.
            *words = Some(line(&blocks))
                .filter(|words| !words.is_empty() && !words.starts_with("Your answer is "));
        }
        if moodle_types::ask(self.making, &mut files, &mut asked, question, &kind)? {
            self.bank.asked.push(asked);
        }
        Ok(())
    }

    /// Marks that Moodle counts and the box does not.
    fn tell_once(&mut self, question: &Element) {
        let penalty: f64 = question.text_of("penalty").parse().unwrap_or_default();
        if penalty > 0.0 && !self.told.penalty {
            self.told.penalty = true;
            let message =
                "A second try cost marks there; here the first answer counts, and another try is free.";
            self.making.lose("penalty", self.path, message);
        }
        let grade = question.text_of("defaultgrade");
        let grade = grade.trim_end_matches('0').trim_end_matches('.');
        match &self.told.grade {
            _ if grade.is_empty() => {}
            None => self.told.grade = Some(grade.to_owned()),
            Some(first) if first != grade && !self.told.grades => {
                self.told.grades = true;
                self.making.lose(
                    "weights",
                    self.path,
                    "Some questions counted more than others; here each counts the same.",
                );
            }
            Some(_) => {}
        }
    }
}

/// The files inside one question.
pub(super) struct MoodleFiles {
    source: Arc<Source>,
    path: String,
    shift: u64,
    place: String,
    /// Their names there, and their data.
    held: Vec<(String, Element)>,
    /// Where they went.
    laid: Vec<(String, Option<String>)>,
}

impl MoodleFiles {
    fn of(reader: &Reader, question: &Element, place: &str) -> Self {
        let mut held = Vec::new();
        collect(question, &mut held);
        Self {
            source: reader.source.clone(),
            path: reader.path.to_owned(),
            shift: reader.shift,
            place: place.to_owned(),
            held,
            laid: Vec::new(),
        }
    }

    /// A text of Moodle, in the format that it names, as blocks.
    ///
    /// # Errors
    /// When a file in it can't be read.
    pub(super) fn rich(&mut self, making: &mut Making, element: Option<&Element>) -> Result<Vec<Json>> {
        let Some(element) = element else { return Ok(Vec::new()) };
        let text = match element.child("text") {
            Some(text) => text.text.trim(),
            None => element.text.trim(),
        };
        self.rich_text(making, text, element.attribute("format").unwrap_or("html"))
    }

    /// The same of a text whose format is known.
    ///
    /// # Errors
    /// As [`MoodleFiles::rich`].
    pub(super) fn rich_text(&mut self, making: &mut Making, text: &str, format: &str) -> Result<Vec<Json>> {
        let place = self.place.clone();
        match format {
            "plain_text" => Ok(plain_blocks(text)),
            "markdown" => {
                let mut html = String::new();
                let options = pulldown_cmark::Options::ENABLE_TABLES;
                pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(text, options));
                blocks(making, &place, &html, self)
            }
            "moodle_auto_format" => blocks(making, &place, &text.replace('\n', "<br>"), self),
            _ => blocks(making, &place, text, self),
        }
    }

    /// One line of words.
    ///
    /// # Errors
    /// As [`MoodleFiles::rich`].
    pub(super) fn words(&mut self, making: &mut Making, element: Option<&Element>) -> Result<String> {
        Ok(line(&self.rich(making, element)?))
    }

    fn lay(&self, making: &mut Making, name: &str, data: &Element) -> Result<Option<String>> {
        let head = data.text.as_bytes();
        let head = head.get(..head.len().min(LARGEST_TEXT) / 4 * 4).unwrap_or_default();
        let Some(bytes) = base64(head) else { return Ok(None) };
        let Some(ending) = ending_of(&bytes) else { return Ok(None) };
        let is_cut = data.text.len() >= LARGEST_TEXT;
        let part = match data.span {
            _ if !is_cut => Part::Text(base64(data.text.as_bytes()).unwrap_or_default()),
            Some((from, to)) => {
                Part::Encoded(self.source.clone(), self.path.clone(), (from + self.shift, to + self.shift))
            }
            None => return Ok(None),
        };
        let to = making.name("media", name, ending);
        making.lay(to.clone(), part)?;
        Ok(Some(to))
    }
}

/// The ending of a picture or a sound that can be shown, told from its first bytes.
fn ending_of(bytes: &[u8]) -> Option<&'static str> {
    if let Some(ending) = kind::ending_of_media(bytes) {
        return Some(ending);
    }
    let text = decode(bytes)?.text;
    let is_drawing = super::super::xml::root_of(text.trim_start()).as_deref() == Some("svg");
    (is_drawing && bytes.len() < LARGEST_TEXT / 2 && !svg::runs(&text)).then_some("svg")
}

fn collect(element: &Element, held: &mut Vec<(String, Element)>) {
    for child in &element.children {
        match child.attribute("name") {
            Some(name) if child.name == "file" => held.push((name.to_owned(), child.clone())),
            _ => collect(child, held),
        }
    }
}

impl Files for MoodleFiles {
    fn find(&mut self, making: &mut Making, address: &str) -> Result<Option<String>> {
        if let Some((_, path)) = self.laid.iter().find(|(known, _)| known == address) {
            return Ok(path.clone());
        }
        let found = if let Some(data) = address.strip_prefix("data:") {
            let text = data.split_once(";base64,").map_or("", |(_, text)| text).to_owned();
            let element = Element { text, ..Element::default() };
            self.lay(making, "picture", &element)?
        } else {
            let name = address
                .strip_prefix("@@PLUGINFILE@@")
                .map(|name| percent_decode(name.trim_start_matches('/')));
            let name = name.map(|name| {
                name.split('?').next().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned()
            });
            let data = name.and_then(|name| self.held.iter().find(|(known, _)| *known == name));
            match data {
                Some((name, data)) => self.lay(making, name, data)?,
                None => None,
            }
        };
        self.laid.push((address.to_owned(), found.clone()));
        Ok(found)
    }
}
