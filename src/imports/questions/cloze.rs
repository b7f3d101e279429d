//! Texts with gaps: Moodle's embedded answers, its words to drag and to select, and the gap-fill plugin.

use serde_json::{Value as Json, json};

use super::super::html::unescape;
use super::super::made::Making;
use super::asked::{Asked, line};
use super::choices::{Foreseen, letter, option, plain_number, write_number};
use super::markup::plain_blocks;

/// Stand around the number of a gap until the text is made of blocks.
const OPEN: char = '\u{e030}';
const CLOSE: char = '\u{e031}';

/// How an embedded answer is given; all its names in Moodle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Words,
    WordsWithCase,
    Number,
    Choice,
    Several,
}

const WAYS: [(&str, Way); 27] = [
    ("SHORTANSWER", Way::Words),
    ("SA", Way::Words),
    ("MW", Way::Words),
    ("SHORTANSWER_C", Way::WordsWithCase),
    ("SAC", Way::WordsWithCase),
    ("MWC", Way::WordsWithCase),
    ("NUMERICAL", Way::Number),
    ("NM", Way::Number),
    ("MULTICHOICE", Way::Choice),
    ("MC", Way::Choice),
    ("MULTICHOICE_S", Way::Choice),
    ("MCS", Way::Choice),
    ("MULTICHOICE_V", Way::Choice),
    ("MCV", Way::Choice),
    ("MULTICHOICE_H", Way::Choice),
    ("MCH", Way::Choice),
    ("MULTICHOICE_VS", Way::Choice),
    ("MCVS", Way::Choice),
    ("MULTICHOICE_HS", Way::Choice),
    ("MCHS", Way::Choice),
    ("MULTIRESPONSE", Way::Several),
    ("MR", Way::Several),
    ("MULTIRESPONSE_H", Way::Several),
    ("MRH", Way::Several),
    ("MRS", Way::Several),
    ("MRHS", Way::Several),
    ("MULTIRESPONSE_S", Way::Several),
];

/// A gap as Moodle embeds it: `{2:SHORTANSWER:=Berlin~%50%Bonn#Once it was.}`
#[derive(Clone, Debug)]
struct Embedded {
    way: Way,
    /// How much it counts beside the others.
    weight: u32,
    answers: Vec<Foreseen>,
}

/// Takes the embedded answers out of a text; what is left has marks in their places.
fn take_out(html: &str) -> (String, Vec<Embedded>) {
    let (mut text, mut gaps) = (String::new(), Vec::new());
    let mut rest = html;
    while let Some(at) = rest.find('{') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((gap, length)) = embedded(rest) {
            gaps.push(gap);
            text.push_str(&mark(gaps.len()));
            rest = &rest[length..];
        } else {
            text.push('{');
            rest = &rest[1..];
        }
    }
    text.push_str(rest);
    (text, gaps)
}

/// Reads one embedded answer from its brace on; answers also how long it is.
fn embedded(text: &str) -> Option<(Embedded, usize)> {
    let inner = text.strip_prefix('{')?;
    let (weight, inner_rest) = inner.split_once(':')?;
    let weight = weight.trim();
    if weight.len() > 3 || !weight.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (way, answers) = inner_rest.split_once(':')?;
    let way = WAYS.iter().find(|(name, _)| *name == way.trim())?.1;
    let mut end = None;
    let mut is_escaped = false;
    for (at, c) in answers.char_indices() {
        match c {
            '}' if !is_escaped => {
                end = Some(at);
                break;
            }
            _ => is_escaped = c == '\\' && !is_escaped,
        }
    }
    let end = end?;
    let length = text.len() - answers.len() + end + 1;
    let answers = split(&answers[..end], '~').iter().map(|answer| foresee(answer)).collect();
    Some((Embedded { way, weight: weight.parse().unwrap_or(1), answers }, length))
}

/// Splits at a sign that no backslash stands before.
fn split(text: &str, sign: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut is_escaped) = (0, false);
    for (at, c) in text.char_indices() {
        if c == sign && !is_escaped {
            parts.push(&text[start..at]);
            start = at + c.len_utf8();
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    parts.push(&text[start..]);
    parts
}

/// `%50%Bonn#Once it was.`
fn foresee(answer: &str) -> Foreseen {
    let answer = answer.trim();
    let (weight, rest) = match answer.strip_prefix('=') {
        Some(rest) => (100.0, rest),
        None => match answer.strip_prefix('%').and_then(|rest| rest.split_once('%')) {
            Some((weight, rest)) => (weight.trim().parse().unwrap_or(0.0), rest),
            None => (0.0, answer),
        },
    };
    let mut parts = split(rest, '#').into_iter();
    let text = plain(parts.next().unwrap_or_default());
    let feedback = plain(parts.next().unwrap_or_default());
    let (text, tolerance) = match text.rsplit_once(':') {
        Some((value, tolerance)) if plain_number(value).is_some() && plain_number(tolerance).is_some() => {
            (value.to_owned(), tolerance.to_owned())
        }
        _ => (text, String::new()),
    };
    Foreseen { blocks: plain_blocks(&text), text, weight, tolerance, feedback }
}

/// Words without escapes, entities and tags.
fn plain(text: &str) -> String {
    let mut bare = String::new();
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match letters.peek() {
            Some(next) if c == '\\' && !next.is_alphanumeric() => {
                bare.push(*next);
                letters.next();
            }
            _ => bare.push(c),
        }
    }
    let words = super::super::html::tokens(&bare).into_iter().filter_map(|token| match token {
        super::super::html::Token::Text(text) => Some(text),
        _ => None,
    });
    unescape(words.collect::<String>().trim())
}

/// A question with embedded answers. `to_blocks` makes blocks of its text. `None` where it can't be asked.
///
/// # Errors
/// What `to_blocks` says.
pub(super) fn embed(
    making: &mut Making,
    asked: &mut Asked,
    html: &str,
    to_blocks: &mut dyn FnMut(&mut Making, &str) -> crate::error::Result<Vec<Json>>,
) -> crate::error::Result<bool> {
    let (text, embedded) = take_out(html);
    let blocks = to_blocks(making, &text)?;
    if embedded.is_empty() {
        making.lose("question", &asked.place, "It was left out: it has no gap.");
        return Ok(false);
    }
    if embedded.iter().any(|gap| gap.way == Way::Several) {
        let message = "A gap with several right answers can't be kept, so the question was left out.";
        making.lose("question-type", &asked.place, message);
        return Ok(false);
    }
    if let [Embedded { way: Way::Number, answers, .. }] = embedded.as_slice()
        && answers.iter().any(|answer| !answer.tolerance.is_empty())
    {
        // Alone it can keep what a gap could not: how near is near enough.
        write_number(making, asked, answers, None);
        asked.stem = blocks.iter().map(|block| with_marks(block, "____")).collect();
        return Ok(true);
    }
    let first = embedded.first().map_or(1, |gap| gap.weight);
    if embedded.iter().any(|gap| gap.weight != first) {
        making.lose(
            "weights",
            &asked.place,
            "Its gaps were worth more or less than each other; now each is worth the same.",
        );
    }
    let gaps = embedded.iter().enumerate().map(|(place, gap)| keep(making, asked, place + 1, gap)).collect();
    fill(making, asked, blocks, gaps);
    Ok(true)
}

fn keep(making: &mut Making, asked: &mut Asked, number: usize, gap: &Embedded) -> Json {
    let id = number.to_string();
    let mut one = Asked { place: format!("{}, gap {number}", asked.place), ..Asked::default() };
    let has_words = gap.answers.iter().any(|answer| !answer.feedback.is_empty());
    if has_words && gap.way != Way::Choice {
        making.lose("feedback", &one.place, "The words for single answers of a written gap are left out.");
    }
    match gap.way {
        Way::Choice | Way::Several => {
            super::choices::choose(making, &mut one, &gap.answers, true, false);
            json!({ "id": id, "kind": "choice", "options": one.field("options"), "answer": one.field("answer") })
        }
        Way::Number => {
            write_number(making, &mut one, &gap.answers, None);
            let tolerance = one.body.get("answer").and_then(|answer| answer["tolerance"].as_str());
            if let Some(tolerance) = tolerance {
                let message =
                    format!("A gap takes the exact number only; it was right up to {tolerance} beside it.");
                making.lose("tolerance", &one.place, message);
            }
            json!({ "id": id, "kind": "number", "answer": one.body.get("answer").map(|answer| answer["value"].clone()) })
        }
        Way::Words | Way::WordsWithCase => {
            super::choices::write_words(making, &mut one, &gap.answers, false);
            if gap.way == Way::WordsWithCase {
                making.lose("case", &one.place, "Capitals and small letters count as the same in a gap.");
            }
            json!({ "id": id, "kind": "short", "answer": one.field("answer")["accept"] })
        }
    }
}

/// Words that go into gaps: of each gap the right one, and all that may be chosen for it.
pub(super) fn select(making: &mut Making, asked: &mut Asked, blocks: &[Json], choices: &[(String, String)]) {
    // Which choice belongs into which gap stands in the marks themselves.
    let marks: Vec<usize> =
        blocks.iter().flat_map(|block| numbers(&line(std::slice::from_ref(block)))).collect();
    let mut gaps = Vec::new();
    for (place, number) in marks.iter().enumerate() {
        let Some((_, group)) = number.checked_sub(1).and_then(|at| choices.get(at)) else { continue };
        let of_group = choices.iter().enumerate().filter(|(_, (_, other))| other == group);
        let mut options: Vec<Json> = Vec::new();
        let mut key = String::new();
        let right = number.checked_sub(1).and_then(|at| choices.get(at)).map(|(words, _)| words);
        for (at, (words, _)) in of_group {
            // A word that may be used twice stands twice in the list.
            if options.iter().any(|known| known["text"] == json!(super::markup::literal(words))) {
                continue;
            }
            if Some(words) == right {
                key = letter(at);
            }
            options.push(option(&letter(at), &plain_blocks(words), ""));
        }
        gaps.push(
            json!({ "id": (place + 1).to_string(), "kind": "choice", "options": options, "answer": key }),
        );
    }
    let mut next = 0;
    let blocks = blocks.iter().map(|block| renumber(block, &mut next)).collect();
    fill(making, asked, blocks, gaps);
}

/// Marks the place of a gap in a text that is still HTML.
pub(super) fn mark(number: usize) -> String {
    format!("{OPEN}{number}{CLOSE}")
}

/// Gaps to write into, in the places of marks.
pub(super) fn write_gaps(making: &mut Making, asked: &mut Asked, blocks: Vec<Json>, keys: &[Vec<String>]) {
    let gap = |(place, accept): (usize, &Vec<String>)| json!({ "id": (place + 1).to_string(), "kind": "short", "answer": accept });
    let gaps = keys.iter().enumerate().map(gap).collect();
    fill(making, asked, blocks, gaps);
}

/// The numbers of the marks in a text.
fn numbers(text: &str) -> Vec<usize> {
    text.split(OPEN).skip(1).filter_map(|rest| rest.split_once(CLOSE)?.0.parse().ok()).collect()
}

/// Gives the marks of a block running numbers.
fn renumber(block: &Json, next: &mut usize) -> Json {
    let Some(text) = block["p"].as_str() else { return block.clone() };
    let mut words = String::new();
    for (place, part) in text.split(OPEN).enumerate() {
        match part.split_once(CLOSE) {
            Some((_, after)) if place > 0 => {
                *next += 1;
                words.push_str(&mark(*next));
                words.push_str(after);
            }
            _ => words.push_str(part),
        }
    }
    json!({ "p": words })
}

/// A block with other words in the places of its gaps.
fn with_marks(block: &Json, words: &str) -> Json {
    let Some(text) = block["p"].as_str() else { return block.clone() };
    let mut plain = String::new();
    for (place, part) in text.split(OPEN).enumerate() {
        match part.split_once(CLOSE) {
            Some((_, after)) if place > 0 => {
                plain.push_str(words);
                plain.push_str(after);
            }
            _ => plain.push_str(part),
        }
    }
    json!({ "p": plain })
}

/// Puts gaps into the places of their marks.
fn fill(making: &mut Making, asked: &mut Asked, blocks: Vec<Json>, gaps: Vec<Json>) {
    let mut stem = Vec::new();
    for block in blocks {
        let lines: Vec<String> = match (block["p"].as_str(), block["table"].as_array()) {
            (Some(text), _) if text.contains(OPEN) => vec![text.to_owned()],
            (_, Some(rows)) if block.to_string().contains(OPEN) => {
                making.lose("markup", &asked.place, "A table with gaps became lines, one for each row.");
                let cells = |row: &Json| {
                    row.as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(Json::as_str)
                        .collect::<Vec<_>>()
                        .join(" · ")
                };
                rows.iter().map(cells).collect()
            }
            _ => {
                stem.push(block);
                continue;
            }
        };
        for line in lines {
            stem.push(json!({ "cloze": line.replace(OPEN, "{{").replace(CLOSE, "}}") }));
        }
    }
    asked.kind = "cloze";
    asked.stem = stem;
    asked.set("gaps", Json::Array(gaps));
}
