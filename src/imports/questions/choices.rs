//! What the other programs call weighted answers, as keys, options and mistakes of ours.
//!
//! A weight is a share of the marks in hundredths: 100 is right, 50 is half right, −50 takes away. Our marks know right
//! and wrong; where they differ, it is told.

use serde_json::{Value as Json, json};

use super::super::made::Making;
use super::asked::{Asked, line, paragraph};
use crate::items::Numeral;

/// One of the answers that an author foresaw.
#[derive(Clone, Debug, Default)]
pub(super) struct Foreseen {
    /// What it shows.
    pub(super) blocks: Vec<Json>,
    /// What it is, letter by letter, for answers that are written.
    pub(super) text: String,
    /// Its share of the marks.
    pub(super) weight: f64,
    /// How far from it is still right, for numbers.
    pub(super) tolerance: String,
    /// Words for who gives it.
    pub(super) feedback: String,
}

/// As near to full marks as the rounding of thirds and sixths comes.
const FULL: f64 = 99.99;
const ALMOST_NONE: f64 = 0.01;

/// An option: `{ "id": "a", "text": … }`, with blocks where words are not enough.
pub(super) fn option(id: &str, blocks: &[Json], feedback: &str) -> Json {
    let mut option = match blocks {
        [block] if block["p"].is_string() => json!({ "id": id, "text": block["p"] }),
        [] => json!({ "id": id, "text": "" }),
        _ => json!({ "id": id, "blocks": blocks }),
    };
    if !feedback.is_empty() {
        option["feedback"] = json!(feedback);
    }
    option
}

/// `a` to `z`, then `o27`.
pub(super) fn letter(place: usize) -> String {
    let letter = u8::try_from(place).ok().filter(|place| *place < 26).map(|place| char::from(b'a' + place));
    letter.map_or_else(|| format!("o{}", place + 1), String::from)
}

/// A word on answers that were half right and are now wrong.
fn tell_partial(making: &mut Making, asked: &Asked, answers: &[Foreseen]) {
    let partial = answers.iter().filter(|answer| answer.weight > ALMOST_NONE && answer.weight < FULL).count();
    if partial > 0 {
        let what = if partial == 1 { "An answer that was" } else { "Answers that were" };
        making.lose(
            "partial-credit",
            &asked.place,
            format!("{what} worth a part of the marks counts as wrong."),
        );
    }
}

/// One or several of some options.
pub(super) fn choose(
    making: &mut Making,
    asked: &mut Asked,
    answers: &[Foreseen],
    single: bool,
    keep_order: bool,
) {
    let best = answers.iter().map(|answer| answer.weight).fold(0.0, f64::max);
    let is_right = |answer: &Foreseen| {
        if single {
            answer.weight > 0.0 && answer.weight >= best - ALMOST_NONE
        } else {
            answer.weight > ALMOST_NONE
        }
    };
    let mut keys = Vec::new();
    let mut options = Vec::new();
    for (place, answer) in answers.iter().enumerate() {
        let id = letter(place);
        if is_right(answer) {
            if single && !keys.is_empty() {
                let message =
                    "Several answers are right and one is to be chosen; only the first of them is kept.";
                making.lose("several-right", &asked.place, message);
                continue;
            }
            keys.push(id.clone());
        }
        // Words for a right answer are shown with the whole question, those for a wrong one beside it.
        let feedback = if is_right(answer) && single { "" } else { answer.feedback.as_str() };
        options.push(option(&id, &answer.blocks, feedback));
    }
    if single {
        tell_partial(making, asked, answers);
        let right = answers.iter().find(|answer| is_right(answer)).map(|answer| answer.feedback.clone());
        asked.right = asked.right.take().or(right.filter(|words| !words.is_empty()));
        asked.kind = "single";
        asked.set("answer", json!(keys.first()));
    } else {
        tell_uneven(making, asked, answers);
        asked.kind = "multiple";
        asked.set("answer", json!(keys));
    }
    asked.set("options", Json::Array(options));
    if keep_order {
        asked.set("keepOrder", json!(true));
    }
}

fn tell_uneven(making: &mut Making, asked: &Asked, answers: &[Foreseen]) {
    let rights: Vec<f64> =
        answers.iter().map(|answer| answer.weight).filter(|weight| *weight > ALMOST_NONE).collect();
    let first = rights.first().copied().unwrap_or_default();
    if rights.iter().any(|weight| (weight - first).abs() > 1.0) {
        making.lose(
            "weights",
            &asked.place,
            "Its right answers were worth more or less than each other; now each is worth the same.",
        );
    }
}

/// Words to write.
pub(super) fn write_words(making: &mut Making, asked: &mut Asked, answers: &[Foreseen], case_matters: bool) {
    let best = answers.iter().map(|answer| answer.weight).fold(0.0, f64::max);
    let (mut accept, mut mistakes) = (Vec::new(), Vec::new());
    for answer in answers {
        let text = answer.text.trim();
        let is_right = answer.weight > 0.0 && answer.weight >= best - ALMOST_NONE;
        if text == "*" {
            asked.wrong = asked.wrong.take().or_else(|| Some(answer.feedback.clone()));
            continue;
        }
        let plain = text.replace("\\*", "\u{e000}");
        if plain.contains('*') {
            let message = format!(
                "The pattern “{text}” stands for many answers; only answers that are written out can be kept."
            );
            making.lose("pattern", &asked.place, message);
            continue;
        }
        let text = plain.replace('\u{e000}', "*");
        if is_right {
            asked.right = asked
                .right
                .take()
                .or_else(|| Some(answer.feedback.clone()).filter(|words| !words.is_empty()));
            accept.push(text);
        } else if !answer.feedback.is_empty() {
            mistakes.push(json!({ "value": text, "feedback": answer.feedback }));
        }
    }
    tell_partial(making, asked, answers);
    asked.kind = "short";
    let mut key = json!({ "accept": accept });
    if case_matters {
        key["caseMatters"] = json!(true);
    }
    asked.set("answer", key);
    if !mistakes.is_empty() {
        asked.set("mistakes", Json::Array(mistakes));
    }
}

/// A number to write.
pub(super) fn write_number(making: &mut Making, asked: &mut Asked, answers: &[Foreseen], unit: Option<&str>) {
    let best = answers.iter().map(|answer| answer.weight).fold(0.0, f64::max);
    let mut key: Option<(f64, f64)> = None;
    let mut mistakes = Vec::new();
    asked.kind = "number";
    for answer in answers {
        let text = answer.text.trim();
        let value = plain_number(text);
        let Some((plain, value)) = value else {
            if matches!(text, "" | "*") {
                asked.wrong = asked.wrong.take().or_else(|| Some(answer.feedback.clone()));
            } else {
                making.lose("number", &asked.place, format!("“{text}” is not a number that can be kept."));
            }
            continue;
        };
        let tolerance = plain_number(&answer.tolerance).filter(|(_, tolerance)| *tolerance > 0.0);
        let is_right = answer.weight > 0.0 && answer.weight >= best - ALMOST_NONE;
        match (is_right, key) {
            (true, None) => {
                key = Some((value, tolerance.as_ref().map_or(0.0, |(_, tolerance)| *tolerance)));
                let mut written = json!({ "value": plain });
                if let Some((tolerance, _)) = tolerance {
                    written["tolerance"] = json!(tolerance);
                }
                asked.set("answer", written);
                asked.right = asked
                    .right
                    .take()
                    .or_else(|| Some(answer.feedback.clone()).filter(|words| !words.is_empty()));
            }
            (true, Some((first, _))) if (first - value).abs() > f64::EPSILON => {
                let message = format!(
                    "A number item has one right answer, so {plain}, which was right, too, is left out."
                );
                making.lose("several-right", &asked.place, message);
            }
            (true, Some(_)) => {}
            (false, _) if answer.feedback.is_empty() => {}
            (false, _) => mistakes.push((value, json!({ "value": plain, "feedback": answer.feedback }))),
        }
    }
    tell_partial(making, asked, answers);
    let is_wrong = |value: f64| key.is_none_or(|(key, tolerance)| (value - key).abs() > tolerance + 1e-9);
    let mistakes: Vec<Json> =
        mistakes.into_iter().filter(|(value, _)| is_wrong(*value)).map(|(_, m)| m).collect();
    if !mistakes.is_empty() {
        asked.set("mistakes", Json::Array(mistakes));
    }
    if let Some(unit) = unit.map(str::trim).filter(|unit| !unit.is_empty()) {
        asked.set("unit", json!(unit));
    }
}

/// A number as a key is written, and its value: `1e3` becomes `1000`.
pub(super) fn plain_number(text: &str) -> Option<(String, f64)> {
    let text = text.trim().replace('−', "-");
    let text = text.strip_prefix('+').unwrap_or(&text).replace(',', ".");
    let value: f64 = text.parse().ok().filter(|value: &f64| value.is_finite() && value.abs() < 1e15)?;
    Some((decimal(value), value))
}

/// A value with at most ten places, which take away what binary fractions add.
pub(super) fn decimal(value: f64) -> String {
    let text = format!("{value:.10}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let text = if matches!(text, "-0" | "") { "0" } else { text };
    debug_assert!(Numeral::read(text).is_some(), "a decimal is a number");
    text.to_owned()
}

/// Partners to find. Where several share a partner, it is things to sort.
pub(super) fn pair(asked: &mut Asked, pairs: &[(Vec<Json>, Vec<Json>)], keep_order: bool) {
    let mut partners: Vec<&Vec<Json>> = Vec::new();
    let (mut left, mut key) = (Vec::new(), serde_json::Map::new());
    let mut is_shared = false;
    for (question, partner) in pairs {
        let known = partners.iter().position(|known| *known == partner);
        let place = known.unwrap_or_else(|| {
            partners.push(partner);
            partners.len() - 1
        });
        if question.is_empty() {
            continue;
        }
        let id = format!("l{}", left.len() + 1);
        let partner = format!("r{}", place + 1);
        is_shared |= key.values().any(|taken| taken == &json!(partner));
        left.push(option(&id, question, ""));
        key.insert(id, json!(partner));
    }
    let right: Vec<Json> = partners
        .iter()
        .enumerate()
        .map(|(place, blocks)| option(&format!("r{}", place + 1), blocks, ""))
        .collect();
    asked.kind = if is_shared { "sort" } else { "match" };
    asked.set(if is_shared { "options" } else { "left" }, Json::Array(left));
    asked.set(if is_shared { "bins" } else { "right" }, Json::Array(right));
    asked.set("answer", Json::Object(key));
    if keep_order {
        asked.set("keepOrder", json!(true));
    }
}

/// Things to put into the order in which they stand.
pub(super) fn arrange(asked: &mut Asked, things: &[Vec<Json>]) {
    let ids: Vec<String> = (0..things.len()).map(letter).collect();
    let options = things.iter().zip(&ids).map(|(blocks, id)| option(id, blocks, ""));
    asked.kind = "order";
    asked.set("options", Json::Array(options.collect()));
    asked.set("answer", json!(ids));
}

/// A statement that is true or not.
pub(super) fn decide(asked: &mut Asked, truth: bool, if_right: &str, if_wrong: &str) {
    asked.kind = "truefalse";
    asked.set("answer", json!(truth));
    let words = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    asked.right = words(if_right).or(asked.right.take());
    asked.wrong = words(if_wrong).or(asked.wrong.take());
}

/// A stem with a gap in its last words, for questions that have their answer in the middle of a sentence.
pub(super) fn gap_stem(before: &[Json], after: &[Json]) -> Vec<Json> {
    let mut stem: Vec<Json> = before.to_vec();
    let first = stem.pop().filter(|block| block["p"].is_string());
    let words = format!(
        "{} {{{{1}}}} {}",
        first.as_ref().map(|block| line(std::slice::from_ref(block))).unwrap_or_default(),
        line(after)
    );
    let words = words.trim().replace("{{1}} .", "{{1}}.").replace("{{1}} ,", "{{1}},");
    stem.push(json!({ "cloze": words }));
    stem
}

/// Words that are shown in place of a gap that can't be one.
pub(super) fn blank_stem(before: &[Json], after: &[Json]) -> Vec<Json> {
    let words = format!("{} ____ {}", line(before), line(after));
    vec![paragraph(words.trim())]
}
