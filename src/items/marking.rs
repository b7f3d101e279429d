//! Marks a response: the same rules as on the tablet, held to the same cases in `tests/fixtures/marking.json`.
//!
//! The rules stand in `docs/pack-format.md`, "Marking". A response is whatever JSON came in; what is not of the form
//! that the type wants scores 0.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::block::Numeral;
use super::number::{self, Reading};
use super::question::{Gap, Mistake, NumberKey, OptionBlock, Question, ShortKey};
use super::rational::Rational;
use super::text::{self, Strictness};
use super::variant::Variant;

/// What a response is worth.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Mark {
    /// From 0 to 1.
    pub score: f64,
    /// Whether the score is 1.
    pub right: bool,
    /// The name of the mistake, where one was recognised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub misconception: Option<String>,
    /// What the author says to this very response; nothing means `feedback.right` or `feedback.wrong` of the variant, or
    /// the general words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback: Option<String>,
}

/// Marks `response`. A variant that went without its key marks everything as 0.
pub fn mark(variant: &Variant, response: &Value) -> Mark {
    let outcome = match &variant.question {
        Question::Single { options, answer } => single(options, answer.as_deref(), response),
        Question::Multiple { options, answer } => multiple(options, answer.as_deref(), response),
        Question::TrueFalse { answer } => whole(answer.is_some() && response.as_bool() == *answer),
        Question::Number { unit, answer, mistakes } => {
            written_number(unit.as_deref(), answer.as_ref(), mistakes, response)
        }
        Question::Short { answer, mistakes } => short(answer.as_ref(), mistakes, response),
        Question::Cloze { gaps } => cloze(gaps, response),
        Question::Match { left, right, answer } => {
            let picked = |pairs: &BTreeMap<&str, &str>, id: &str| find(right, pairs.get(id).copied()?);
            pairs(left, answer.as_ref(), response, picked)
        }
        Question::Order { answer, .. } => order(answer.as_deref(), response),
        Question::Sort { options, answer, .. } => {
            let placed =
                |pairs: &BTreeMap<&str, &str>, id: &str| pairs.get(id).and_then(|_| find(options, id));
            pairs(options, answer.as_ref(), response, placed)
        }
        Question::Hotspot { areas, answer, .. } => plain(picks(answer.as_deref(), areas.len(), response)),
        Question::TapWord { words, answer, .. } => plain(picks(answer.as_deref(), words.len(), response)),
        Question::NumberLine { answer, .. } => {
            let key = answer.as_ref().map(|key| (&key.value, key.tolerance.as_ref()));
            whole(key.is_some_and(|(value, tolerance)| near(value, tolerance, false, None, response)))
        }
    };
    outcome.unwrap_or_default()
}

/// A mark, or nothing where the response is ill-formed or there is no key.
type Outcome = Option<Mark>;

#[expect(clippy::unnecessary_wraps, reason = "every marking ends in an outcome")]
fn whole(right: bool) -> Outcome {
    Some(Mark { score: f64::from(u8::from(right)), right, ..Mark::default() })
}

fn plain(score: Option<f64>) -> Outcome {
    Some(said(score?, None))
}

/// A mark with the words of the option that was picked wrongly.
#[expect(clippy::float_cmp, reason = "n ÷ n is exactly 1")]
fn said(score: f64, option: Option<&OptionBlock>) -> Mark {
    let right = score == 1.0;
    let option = option.filter(|_| !right);
    Mark {
        score,
        right,
        misconception: option.and_then(|o| o.misconception.clone()),
        feedback: option.and_then(|o| o.feedback.clone()),
    }
}

fn find<'a>(options: &'a [OptionBlock], id: &str) -> Option<&'a OptionBlock> {
    options.iter().find(|option| option.id == id)
}

const fn speaks(option: &OptionBlock) -> bool {
    option.feedback.is_some() || option.misconception.is_some()
}

#[expect(clippy::cast_precision_loss, reason = "counts of options are small")]
fn share(part: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { part as f64 / all as f64 }
}

fn single(options: &[OptionBlock], key: Option<&str>, response: &Value) -> Outcome {
    let picked = response.as_str()?;
    let right = key? == picked;
    Some(said(f64::from(u8::from(right)), find(options, picked)))
}

fn multiple(options: &[OptionBlock], key: Option<&[String]>, response: &Value) -> Outcome {
    let score = picks(key, options.len(), response)?;
    let wrong =
        response.as_array()?.iter().filter_map(Value::as_str).filter(|id| !key.is_some_and(|k| has(k, id)));
    let words = wrong.filter_map(|id| find(options, id)).find(|option| speaks(option));
    Some(said(score, words))
}

fn has(ids: &[String], id: &str) -> bool {
    ids.iter().any(|one| one == id)
}

/// (right − wrong) ÷ keys, not below 0; 0 for picking everything where not everything is right.
fn picks(key: Option<&[String]>, all: usize, response: &Value) -> Option<f64> {
    let (key, picked) = (key?, response.as_array()?);
    let right: BTreeSet<&str> = picked.iter().filter_map(Value::as_str).filter(|id| has(key, id)).collect();
    let distinct: BTreeSet<&str> = picked.iter().filter_map(Value::as_str).collect();
    if distinct.len() >= all && key.len() < all {
        return Some(0.0);
    }
    let wrong = picked.len() - right.len();
    Some(share(right.len().saturating_sub(wrong), key.len()))
}

/// The share of neighbouring pairs of the key that stand in order.
fn order(key: Option<&[String]>, response: &Value) -> Outcome {
    let (key, given) = (key?, response.as_array()?);
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (place, id) in given.iter().enumerate() {
        let id = id.as_str().filter(|id| has(key, id))?;
        if places.insert(id, place).is_some() {
            return None;
        }
    }
    let in_order = |pair: &&[String]| match pair {
        [first, second] => match (places.get(first.as_str()), places.get(second.as_str())) {
            (Some(first), Some(second)) => first < second,
            _ => false,
        },
        _ => false,
    };
    let right = key.windows(2).filter(in_order).count();
    Some(said(share(right, key.len().saturating_sub(1)), None))
}

/// The texts of an object; what is no text is left out and thus wrong.
fn texts(response: &Value) -> Option<BTreeMap<&str, &str>> {
    let texts =
        response.as_object()?.iter().map(|(id, value)| (id.as_str(), value.as_str().unwrap_or_default()));
    Some(texts.collect())
}

/// Match and sort: the share of pairs that are right, and the words of the first that is wrong in the order of `asked`.
fn pairs<'a>(
    asked: &[OptionBlock],
    key: Option<&BTreeMap<String, String>>,
    response: &Value,
    words_for: impl Fn(&BTreeMap<&str, &str>, &str) -> Option<&'a OptionBlock>,
) -> Outcome {
    let (key, given) = (key?, texts(response)?);
    let is_right = |id: &str| key.get(id).is_some_and(|partner| given.get(id) == Some(&partner.as_str()));
    let right = key.keys().filter(|id| is_right(id)).count();
    let foreign = given.keys().filter(|id| !key.contains_key(**id)).count();
    let wrong = asked.iter().filter(|option| !is_right(&option.id));
    let words = wrong.filter_map(|option| words_for(&given, &option.id)).find(|option| speaks(option));
    Some(said(share(right, key.len() + foreign), words))
}

fn cloze(gaps: &[Gap], response: &Value) -> Outcome {
    let given = texts(response)?;
    let foreign = given.keys().filter(|id| !gaps.iter().any(|gap| gap.id() == **id)).count();
    let right = gaps.iter().filter(|gap| given.get(gap.id()).is_some_and(|text| fills(gap, text))).count();
    let words = gaps.iter().find_map(|gap| match gap {
        Gap::Choice { id, options, answer: Some(key) } => {
            let picked = given.get(id.as_str()).filter(|picked| *picked != key)?;
            find(options, picked).filter(|option| speaks(option))
        }
        _ => None,
    });
    Some(said(share(right, gaps.len() + foreign), words))
}

fn fills(gap: &Gap, text: &str) -> bool {
    match gap {
        Gap::Number { answer, .. } => {
            answer.as_ref().is_some_and(|key| near(key, None, false, None, &Value::from(text)))
        }
        Gap::Short { answer, .. } => {
            answer.as_ref().is_some_and(|accept| is_among(accept, text, Strictness::default()))
        }
        Gap::Choice { answer, .. } => answer.as_deref() == Some(text),
    }
}

fn is_among(accept: &[String], given: &str, strictness: Strictness) -> bool {
    let Some(given) = text::fold(given, strictness) else { return false };
    accept.iter().any(|one| text::fold(one, strictness).as_ref() == Some(&given))
}

fn short(key: Option<&ShortKey>, mistakes: &[Mistake<String>], response: &Value) -> Outcome {
    let (key, given) = (key?, response.as_str()?);
    let strictness = Strictness { case_matters: key.case_matters, accents_matter: key.accents_matter };
    if is_among(&key.accept, given, strictness) {
        return whole(true);
    }
    let known =
        |mistake: &&Mistake<String>| is_among(std::slice::from_ref(&mistake.value), given, strictness);
    Some(recognised(mistakes.iter().find(known)))
}

fn recognised<T>(mistake: Option<&Mistake<T>>) -> Mark {
    Mark {
        misconception: mistake.and_then(|m| m.misconception.clone()),
        feedback: mistake.and_then(|m| m.feedback.clone()),
        ..Mark::default()
    }
}

fn written_number(
    unit: Option<&str>,
    key: Option<&NumberKey>,
    mistakes: &[Mistake<Numeral>],
    response: &Value,
) -> Outcome {
    let key = key?;
    if near(&key.value, key.tolerance.as_ref(), key.simplest, unit, response) {
        return whole(true);
    }
    let known = |mistake: &&Mistake<Numeral>| near(&mistake.value, None, false, unit, response);
    Some(recognised(mistakes.iter().find(known)))
}

/// Whether `|response − key| ≤ tolerance` for one of the values that the response can mean.
fn near(
    key: &Numeral,
    tolerance: Option<&Numeral>,
    simplest: bool,
    unit: Option<&str>,
    response: &Value,
) -> bool {
    let Some(text) = response.as_str() else { return false };
    let bare = unit.and_then(|unit| text.trim_end().strip_suffix(unit)).unwrap_or(text);
    let Some(written) = number::read(bare) else { return false };
    if written.percent && !key.is_percent() {
        return false;
    }
    let tolerance = tolerance.map_or(Rational::ZERO, Numeral::value);
    let (Some(low), Some(high)) = (key.value().minus(tolerance), key.value().plus(tolerance)) else {
        return false;
    };
    let fits = |r: &Reading| low <= r.value && r.value <= high && (!simplest || r.simplest);
    written.readings.iter().any(fits)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Case {
        name: String,
        item: Variant,
        response: Value,
        score: f64,
        right: bool,
        misconception: Option<String>,
        feedback: Option<String>,
    }

    #[test]
    fn every_case_of_the_table() {
        let cases: Vec<Case> =
            serde_json::from_str(include_str!("../../tests/fixtures/marking.json")).unwrap();
        assert!(cases.len() >= 120);
        let wrong: Vec<String> = cases
            .into_iter()
            .filter_map(|case| {
                let wanted = Mark {
                    score: case.score,
                    right: case.right,
                    misconception: case.misconception,
                    feedback: case.feedback,
                };
                let given = mark(&case.item, &case.response);
                (given != wanted).then(|| format!("{}: wanted {wanted:?}, got {given:?}", case.name))
            })
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
