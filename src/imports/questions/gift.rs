//! GIFT: Moodle's format for people with a text editor.
//!
//! Read as Moodle reads it (`question/format/gift/format.php`): blank lines part questions, the first sign in the braces
//! tells the type, a backslash takes away the meaning of a sign.

use pulldown_cmark::{Options, Parser};

use super::super::made::Making;
use super::super::names::{clean_title, shorten};
use super::asked::{Asked, Note, line};
use super::bank::Bank;
use super::choices::{
    Foreseen, blank_stem, choose, decide, gap_stem, pair, plain_number, write_number, write_words,
};
use super::markup::{Files, blocks, plain_blocks};
use crate::error::Result;
use serde_json::{Value as Json, json};

/// Signs that a backslash protects, and what stands for them until the end.
const PROTECTED: [(char, char); 8] = [
    ('\\', '\u{e010}'),
    ('~', '\u{e011}'),
    ('=', '\u{e012}'),
    ('#', '\u{e013}'),
    ('{', '\u{e014}'),
    ('}', '\u{e015}'),
    (':', '\u{e016}'),
    ('n', '\u{e017}'),
];

/// How a text of the file is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Html,
    Plain,
    Markdown,
}

/// Whether a text is GIFT: the braces of at least one question hold what GIFT puts there, and no others do.
pub(in super::super) fn is_gift(text: &str) -> bool {
    let (mut good, mut strange) = (0, 0);
    for part in split(&protect(text)) {
        let Some((before, inner, _)) = braces(&part.text) else { continue };
        let inner = inner.trim();
        let is_named = before.trim_start().starts_with("::");
        let truth = inner.split('#').next().unwrap_or_default().trim();
        let fits = inner.starts_with(['=', '~'])
            || inner.starts_with('#')
                && inner[1..]
                    .trim_start()
                    .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '=' | '.'))
            || matches!(truth, "T" | "F" | "TRUE" | "FALSE")
            || inner.is_empty() && is_named;
        *(if fits { &mut good } else { &mut strange }) += 1;
    }
    good > 0 && strange <= good / 4
}

fn protect(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let next = letters.peek().and_then(|next| PROTECTED.iter().find(|(plain, _)| plain == next));
        match next {
            Some((_, other)) if c == '\\' => {
                safe.push(*other);
                letters.next();
            }
            _ => safe.push(c),
        }
    }
    safe
}

fn unprotect(text: &str) -> String {
    let plain = |c: char| match PROTECTED.iter().find(|(_, other)| *other == c) {
        Some(('n', _)) => '\n',
        Some((plain, _)) => *plain,
        None => c,
    };
    text.chars().map(plain).collect()
}

/// The lines of one question, and what the comments before it say.
#[derive(Default)]
struct Part {
    text: String,
    topic: Option<String>,
    tags: Vec<String>,
    id: Option<String>,
}

fn split(text: &str) -> Vec<Part> {
    let mut parts = vec![Part::default()];
    for line in text.lines() {
        let bare = line.trim();
        let Some(part) = parts.last_mut() else { break };
        if let Some(comment) = bare.strip_prefix("//") {
            part.tags.extend(marks(comment, "[tag:"));
            part.id = marks(comment, "[id:").into_iter().next().or(part.id.take());
        } else if let Some(path) = bare.strip_prefix("$CATEGORY:") {
            let topic = topic_of(&unprotect(path));
            parts.push(Part { topic: Some(topic), ..Part::default() });
        } else if bare.is_empty() {
            if !part.text.is_empty() {
                parts.push(Part::default());
            }
        } else {
            part.text.push_str(line);
            part.text.push('\n');
        }
    }
    parts
}

fn marks(comment: &str, open: &str) -> Vec<String> {
    comment.split(open).skip(1).filter_map(|rest| clean_title(&unprotect(rest.split_once(']')?.0))).collect()
}

/// The last name in the path of a category: `$course$/top/Maths/Fractions` is *Fractions*.
pub(super) fn topic_of(path: &str) -> String {
    let whole = path.replace("//", "\u{e020}");
    let steps = whole.split('/').map(|step| step.trim().replace('\u{e020}', "/"));
    let mut named = steps
        .filter(|step| !(step.is_empty() || step.starts_with('$') && step.ends_with('$') || step == "top"));
    named.next_back().and_then(|name| clean_title(&name)).unwrap_or_default()
}

/// Text before, in and after the first braces.
fn braces(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (inner, after) = rest.split_once('}')?;
    Some((before, inner, after))
}

/// Reads GIFT. `topic` is what questions are about that are in no category.
///
/// # Errors
/// When a file that it names can't be read.
pub(in super::super) fn read(
    making: &mut Making,
    text: &str,
    topic: &str,
    files: &mut dyn Files,
) -> Result<Bank> {
    let mut bank = Bank::default();
    let mut current = topic.to_owned();
    let mut number = 0;
    for part in split(&protect(text)) {
        if let Some(found) = &part.topic {
            current = if found.is_empty() { topic.to_owned() } else { found.clone() };
        }
        if part.text.trim().is_empty() {
            continue;
        }
        number += 1;
        let reader = Reader { making, files, topic: &current, number };
        reader.read(part, &mut bank)?;
    }
    Ok(bank)
}

struct Reader<'a, 'b> {
    making: &'a mut Making<'b>,
    files: &'a mut dyn Files,
    topic: &'a str,
    number: usize,
}

impl Reader<'_, '_> {
    fn read(mut self, part: Part, bank: &mut Bank) -> Result<()> {
        let text = part.text.trim();
        let (name, text) = match text.strip_prefix("::").and_then(|rest| rest.split_once("::")) {
            Some((name, rest)) => (unprotect(name.trim()), rest.trim()),
            None => (String::new(), text),
        };
        let (form, text) = form_of(text);
        let form = form.unwrap_or(Form::Html);
        let (before, inner, after) = match braces(text) {
            Some((before, inner, after)) => (before, Some(inner), after),
            None => (text, None, ""),
        };
        let mut asked = Asked { topic: self.topic.to_owned(), tags: part.tags, ..Asked::default() };
        let title =
            if name.is_empty() { shorten(&unprotect(before), 40).unwrap_or_default() } else { name.clone() };
        asked.place = if title.is_empty() {
            format!("question {}", self.number)
        } else {
            format!("question {}, “{title}”", self.number)
        };
        asked.name = part.id.unwrap_or(name);
        let place = asked.place.clone();
        let before = self.blocks(&place, before, form)?;
        let after = self.blocks(&place, after, form)?;
        let Some(inner) = inner else {
            bank.notes.push(Note { topic: asked.topic, blocks: before });
            return Ok(());
        };
        let (inner, general) = inner.split_once("####").unwrap_or((inner, ""));
        asked.solution = self.blocks(&place, general, form)?;
        let inner = inner.trim();
        if inner.is_empty() {
            let message =
                "An essay is marked by a person; the box marks only what has a key, so it was left out.";
            self.making.lose("question-type", &place, message);
            return Ok(());
        }
        self.ask(&mut asked, inner, form, before, &after)?;
        bank.asked.push(asked);
        Ok(())
    }

    /// Tells the type by the first signs, as Moodle does.
    fn ask(
        &mut self,
        asked: &mut Asked,
        inner: &str,
        form: Form,
        before: Vec<Json>,
        after: &[Json],
    ) -> Result<()> {
        let truth = inner.split('#').next().unwrap_or_default().trim().to_uppercase();
        if let Some(numbers) = inner.strip_prefix('#') {
            let answers = self.numbers(asked, numbers, form)?;
            write_number(self.making, asked, &answers, None);
        } else if inner.contains('~') {
            let is_single = split_answers(inner).iter().any(|(sign, _)| *sign == '=');
            let answers = self.answers(asked, inner, form)?;
            choose(self.making, asked, &answers, is_single, false);
        } else if inner.contains('=') && inner.contains("->") {
            let mut pairs = Vec::new();
            for (_, text) in split_answers(inner) {
                let (left, right) = text.split_once("->").unwrap_or((text, ""));
                let left = self.blocks(&asked.place.clone(), left, form)?;
                pairs.push((left, plain_blocks(&unprotect(right.trim()))));
            }
            pair(asked, &pairs, false);
        } else if matches!(truth.as_str(), "T" | "TRUE" | "F" | "FALSE") {
            let mut words = Vec::new();
            for text in inner.split('#').skip(1) {
                let blocks = self.blocks(&asked.place.clone(), text, form)?;
                words.push(line(&blocks));
            }
            let word = |place: usize| words.get(place).map_or("", String::as_str);
            // The first words are for those who are wrong.
            decide(asked, truth.starts_with('T'), word(1), word(0));
        } else {
            let written = if inner.starts_with('=') { inner.to_owned() } else { format!("={inner}") };
            let answers = self.answers(asked, &written, form)?;
            write_words(self.making, asked, &answers, false);
        }
        asked.stem = match (after.is_empty(), asked.kind) {
            (true, _) => before,
            (false, "single" | "short" | "number") if can_be_gap(asked) => {
                let stem = gap_stem(&before, after);
                make_gap(asked);
                stem
            }
            (false, _) => blank_stem(&before, after),
        };
        Ok(())
    }

    fn answers(&mut self, asked: &Asked, inner: &str, form: Form) -> Result<Vec<Foreseen>> {
        let mut answers = Vec::new();
        for (sign, text) in split_answers(inner) {
            let (weight, text) = weight_of(text).unwrap_or((if sign == '=' { 100.0 } else { 0.0 }, text));
            let (text, feedback) = text.split_once('#').unwrap_or((text, ""));
            let (own, text) = form_of(text.trim());
            let form = own.unwrap_or(form);
            let feedback = self.blocks(&asked.place, feedback, form)?;
            answers.push(Foreseen {
                blocks: self.blocks(&asked.place, text, form)?,
                text: unprotect(text.trim()),
                weight,
                tolerance: String::new(),
                feedback: line(&feedback),
            });
        }
        Ok(answers)
    }

    /// `3:2`, `1..5`, or several with signs: `=%50%3:2 =3:1`.
    fn numbers(&mut self, asked: &Asked, inner: &str, form: Form) -> Result<Vec<Foreseen>> {
        let has_signs = inner.trim_start().starts_with(['=', '~', '%']);
        let several = if has_signs { split_answers(inner) } else { vec![('=', inner)] };
        let mut answers = Vec::new();
        for (sign, text) in several {
            let (weight, text) = weight_of(text).unwrap_or((if sign == '=' { 100.0 } else { 0.0 }, text));
            let (text, feedback) = text.split_once('#').unwrap_or((text, ""));
            let text = unprotect(text.trim());
            let (value, tolerance) = match text.split_once("..") {
                Some((low, high)) => middle(low, high).unwrap_or((text.clone(), String::new())),
                None => {
                    text.split_once(':').map_or((text.clone(), String::new()), |(a, b)| (a.into(), b.into()))
                }
            };
            let feedback = self.blocks(&asked.place, feedback, form)?;
            answers.push(Foreseen {
                text: value,
                weight,
                tolerance,
                feedback: line(&feedback),
                blocks: Vec::new(),
            });
        }
        Ok(answers)
    }

    fn blocks(&mut self, place: &str, text: &str, form: Form) -> Result<Vec<Json>> {
        let text = unprotect(text.trim());
        match form {
            Form::Plain => Ok(plain_blocks(&text)),
            Form::Html => blocks(self.making, place, &text.replace('\n', "<br>"), self.files),
            Form::Markdown => {
                let mut html = String::new();
                pulldown_cmark::html::push_html(&mut html, Parser::new_ext(&text, Options::ENABLE_TABLES));
                blocks(self.making, place, &html, self.files)
            }
        }
    }
}

/// The middle of a range and how far its ends are.
fn middle(low: &str, high: &str) -> Option<(String, String)> {
    let ((_, low), (_, high)) = (plain_number(low)?, plain_number(high)?);
    let decimal = super::choices::decimal;
    Some((decimal(f64::midpoint(low, high)), decimal((high - low).abs() / 2.0)))
}

/// How a text says that it is written, and the text itself.
fn form_of(text: &str) -> (Option<Form>, &str) {
    let marks = [
        ("[html]", Form::Html),
        ("[moodle]", Form::Html),
        ("[plain]", Form::Plain),
        ("[markdown]", Form::Markdown),
    ];
    let found = marks.into_iter().find_map(|(mark, form)| Some((Some(form), text.strip_prefix(mark)?)));
    found.unwrap_or((None, text))
}

/// Answers with the sign before each.
fn split_answers(inner: &str) -> Vec<(char, &str)> {
    let starts: Vec<(usize, char)> = inner.char_indices().filter(|(_, c)| matches!(c, '=' | '~')).collect();
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([inner.len()]);
    starts.iter().zip(ends).map(|((at, sign), end)| (*sign, inner[at + 1..end].trim())).collect()
}

/// `%50%half right`
fn weight_of(text: &str) -> Option<(f64, &str)> {
    let (weight, rest) = text.trim_start().strip_prefix('%')?.split_once('%')?;
    Some((weight.trim().parse().ok()?, rest))
}

/// A gap has no tolerance and no mistakes.
fn can_be_gap(asked: &Asked) -> bool {
    asked.body.get("mistakes").is_none() && asked.field("answer").get("tolerance").is_none()
}

/// Makes a question with one answer the only gap of a cloze.
fn make_gap(asked: &mut Asked) {
    let answer = asked.body.remove("answer").unwrap_or_default();
    let gap = match asked.kind {
        "single" => {
            let options = asked.body.remove("options").unwrap_or_default();
            json!({ "id": "1", "kind": "choice", "options": options, "answer": answer })
        }
        "number" => json!({ "id": "1", "kind": "number", "answer": answer["value"] }),
        _ => json!({ "id": "1", "kind": "short", "answer": answer["accept"] }),
    };
    asked.kind = "cloze";
    asked.set("gaps", json!([gap]));
}
