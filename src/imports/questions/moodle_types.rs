//! What each type of Moodle's questions becomes. The table stands in `docs/imports.md`.

use super::super::made::Making;
use super::super::xml::Element;
use super::asked::{Asked, line};
use super::calculated::{Formula, Wildcards, choice, number};
use super::choices::{Foreseen, arrange, choose, decide, pair, plain_number, write_number, write_words};
use super::cloze::{embed, mark, select, write_gaps};
use super::formula::take_out;
use super::markup::plain_blocks;
use super::moodle::MoodleFiles;
use crate::error::Result;

/// Types that can't be kept, and why.
const LOST: [(&str, &str); 13] = [
    ("essay", "An essay is marked by a person; the box marks only what has a key"),
    ("random", "It has no question of its own and draws from others"),
    ("randomsamatch", "It has no pairs of its own and draws them from other questions"),
    ("ddimageortext", "Things to drag onto a picture can't be kept"),
    ("ddmarker", "Marks to drag onto a picture can't be kept"),
    ("recordrtc", "A recording is marked by a person; the box marks only what has a key"),
    ("poodllrecording", "A recording is marked by a person; the box marks only what has a key"),
    ("coderunner", "It runs programs"),
    ("stack", "It needs a program that does algebra"),
    ("formulas", "It needs a plugin that works out several formulas"),
    ("pmatch", "It judges whole sentences by patterns, which can't be kept"),
    ("regexp", "It judges answers by patterns, which can't be kept"),
    ("geogebra", "It needs GeoGebra"),
];

/// Makes an item of a question; answers whether it can be asked.
///
/// # Errors
/// When a file in it can't be read.
pub(super) fn ask(
    making: &mut Making,
    files: &mut MoodleFiles,
    asked: &mut Asked,
    question: &Element,
    kind: &str,
) -> Result<bool> {
    if let Some((_, why)) = LOST.iter().find(|(lost, _)| *lost == kind) {
        making.lose("question-type", &asked.place, format!("{why}, so it was left out."));
        return Ok(false);
    }
    match kind {
        "cloze" | "multianswer" => return with_embedded(making, files, asked, question),
        "ddwtos" | "gapselect" => return words_to_place(making, files, asked, question),
        "gapfill" => return gap_fill(making, files, asked, question),
        "calculated" | "calculatedsimple" | "calculatedmulti" => {
            return calculated(making, files, asked, question, kind);
        }
        _ => {}
    }
    asked.stem = files.rich(making, question.child("questiontext"))?;
    let shuffles = !matches!(question.text_of("shuffleanswers"), "0" | "false");
    match kind {
        "multichoice" => {
            let answers = foresee(making, files, question)?;
            let single = !matches!(question.text_of("single"), "0" | "false");
            choose(making, asked, &answers, single, !shuffles);
        }
        "multichoiceset" | "oumultiresponse" => {
            let answers = foresee(making, files, question)?;
            choose(making, asked, &answers, false, !shuffles);
            if kind == "multichoiceset" {
                making.lose(
                    "weights",
                    &asked.place,
                    "It was all or nothing; now a part that is right gets a part of the marks.",
                );
            }
        }
        "truefalse" => {
            let answers = foresee(making, files, question)?;
            let truth =
                answers.iter().any(|answer| answer.weight > 0.0 && answer.text.eq_ignore_ascii_case("true"));
            let words = |right: bool| {
                answers
                    .iter()
                    .find(|answer| (answer.weight > 0.0) == right)
                    .map_or("", |answer| &answer.feedback)
            };
            decide(asked, truth, words(true), words(false));
        }
        "shortanswer" => {
            let answers = foresee(making, files, question)?;
            write_words(making, asked, &answers, matches!(question.text_of("usecase"), "1" | "true"));
        }
        "numerical" => {
            let answers = foresee(making, files, question)?;
            let unit = unit_of(making, asked, question);
            write_number(making, asked, &answers, unit.as_deref());
        }
        "matching" | "match" | "ddmatch" => {
            let mut pairs = Vec::new();
            for part in question.all("subquestion") {
                let left = files.rich(making, Some(part))?;
                let right = part.child("answer");
                let right = if kind == "ddmatch" {
                    files.rich(making, right)?
                } else {
                    plain_blocks(right.map_or("", |right| right.text_of("text")))
                };
                pairs.push((left, right));
            }
            pair(asked, &pairs, !shuffles);
        }
        "ordering" => {
            let mut things = Vec::new();
            for answer in question.all("answer") {
                things.push(files.rich(making, Some(answer))?);
            }
            arrange(asked, &things);
            making.lose(
                "weights",
                &asked.place,
                "How much a nearly right order counts is now the same for all such questions.",
            );
        }
        other => {
            let message =
                format!("Questions of the type {other} need a plugin of Moodle, so it was left out.");
            making.lose("question-type", &asked.place, message);
            return Ok(false);
        }
    }
    Ok(true)
}

/// The answers of a question, with their shares, tolerances and words.
fn foresee(making: &mut Making, files: &mut MoodleFiles, question: &Element) -> Result<Vec<Foreseen>> {
    let mut answers = Vec::new();
    for answer in question.all("answer") {
        let weight = answer.attribute("fraction").and_then(plain_number).map_or(0.0, |(_, value)| value);
        let text = answer.text_of("text").to_owned();
        let blocks = files.rich(making, Some(answer))?;
        let feedback = files.words(making, answer.child("feedback"))?;
        answers.push(Foreseen {
            blocks,
            text,
            weight,
            tolerance: answer.text_of("tolerance").to_owned(),
            feedback,
        });
    }
    Ok(answers)
}

/// The unit in which the answer is given; others can't be.
fn unit_of(making: &mut Making, asked: &Asked, question: &Element) -> Option<String> {
    let units: Vec<&Element> = question.child("units")?.all("unit").collect();
    let is_base = |unit: &&&Element| {
        plain_number(unit.text_of("multiplier")).is_some_and(|(_, value)| (value - 1.0).abs() < 1e-9)
    };
    let base = units.iter().find(is_base).map(|unit| unit.text_of("unit_name").to_owned());
    if units.len() > 1 {
        let message = "The answer could be given in several units; now it is given in one.";
        making.lose("units", &asked.place, message);
    }
    base.filter(|unit| !unit.is_empty())
}

fn text_of(question: &Element) -> (&str, &str) {
    let element = question.child("questiontext");
    let text = element.map_or("", |element| element.text_of("text"));
    (text, element.and_then(|element| element.attribute("format")).unwrap_or("html"))
}

fn with_embedded(
    making: &mut Making,
    files: &mut MoodleFiles,
    asked: &mut Asked,
    question: &Element,
) -> Result<bool> {
    let (text, format) = text_of(question);
    embed(making, asked, text, &mut |making, text| files.rich_text(making, text, format))
}

/// `[[1]]` in the text is the place of the first choice.
fn words_to_place(
    making: &mut Making,
    files: &mut MoodleFiles,
    asked: &mut Asked,
    question: &Element,
) -> Result<bool> {
    let (text, format) = text_of(question);
    let mut choices = Vec::new();
    for choice in question.all("dragbox").chain(question.all("selectoption")) {
        let words = line(&files.rich_text(making, choice.text_of("text"), "html")?);
        choices.push((words, choice.text_of("group").to_owned()));
    }
    let mut marked = text.to_owned();
    for number in 1..=choices.len() {
        marked = marked.replace(&format!("[[{number}]]"), &mark(number));
    }
    let blocks = files.rich_text(making, &marked, format)?;
    select(making, asked, &blocks, &choices);
    Ok(true)
}

/// `[cat|kitten]` in the text is a gap with its answers.
fn gap_fill(
    making: &mut Making,
    files: &mut MoodleFiles,
    asked: &mut Asked,
    question: &Element,
) -> Result<bool> {
    let (text, format) = text_of(question);
    let signs = question.child("delimitchars").map_or("", |signs| {
        if signs.text.trim().is_empty() { signs.text_of("text") } else { signs.text.trim() }
    });
    let mut signs = signs.chars();
    let (open, close) = (signs.next().unwrap_or('['), signs.next().unwrap_or(']'));
    let (mut marked, mut keys) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        marked.push_str(before);
        let Some((inner, after)) = after.split_once(close) else {
            marked.push(open);
            rest = after;
            continue;
        };
        keys.push(inner.split('|').map(|key| super::super::html::unescape(key.trim())).collect());
        marked += &mark(keys.len());
        rest = after;
    }
    marked.push_str(rest);
    let blocks = files.rich_text(making, &marked, format)?;
    write_gaps(making, asked, blocks, &keys);
    if question
        .all("answer")
        .any(|answer| answer.attribute("fraction").is_some_and(|share| share.starts_with('0')))
    {
        making.lose(
            "distractors",
            &asked.place,
            "Wrong words that could be dragged are left out; the gaps are written into.",
        );
    }
    Ok(!keys.is_empty())
}

fn calculated(
    making: &mut Making,
    files: &mut MoodleFiles,
    asked: &mut Asked,
    question: &Element,
    kind: &str,
) -> Result<bool> {
    let Some(wildcards) = Wildcards::read(making, &asked.place, question) else {
        making.lose("formula", &asked.place, "Its numbers are not defined in the file, so it was left out.");
        return Ok(false);
    };
    let (text, format) = text_of(question);
    let mut expressions = Vec::new();
    let Some(marked) = take_out(text, &wildcards.names, &mut expressions) else {
        making.lose(
            "formula",
            &asked.place,
            "A formula in its text uses what our templates do not have, so it was left out.",
        );
        return Ok(false);
    };
    asked.stem = files.rich_text(making, &marked, format)?;
    let mut answers = Vec::new();
    for answer in question.all("answer") {
        let feedback = files.words(making, answer.child("feedback"))?;
        answers.push(Formula::read(answer, feedback));
    }
    // The general words may name the numbers, too.
    let solution = question.child("generalfeedback").map_or("", |words| words.text_of("text"));
    asked.solution = match take_out(solution, &wildcards.names, &mut expressions) {
        Some(marked) => files.rich_text(making, &marked, "html")?,
        None => Vec::new(),
    };
    if kind == "calculatedmulti" {
        if matches!(question.text_of("single"), "0" | "false") {
            making.lose(
                "formula",
                &asked.place,
                "Several right options that are worked out can't be kept, so it was left out.",
            );
            return Ok(false);
        }
        return Ok(choice(making, asked, wildcards, &answers, expressions));
    }
    let unit = unit_of(making, asked, question);
    Ok(number(making, asked, wildcards, &answers, &expressions, unit.as_deref()))
}
