//! Moodle's calculated questions as templates: every student gets other numbers, as there.

use serde_json::{Map, Value as Json, json};

use super::super::made::Making;
use super::super::xml::Element;
use super::asked::{Asked, paragraph};
use super::choices::{decimal, letter, plain_number};
use super::formula::{mark, name, put_back, take_out, translate};

/// An answer as Moodle writes it down.
pub(super) struct Formula {
    /// The formula, or a text with formulas.
    pub(super) text: String,
    /// Its share of the marks.
    pub(super) weight: f64,
    /// How far from it is still right.
    pub(super) tolerance: f64,
    /// 1 as a share of the answer, 2 as it is, 3 as a factor.
    pub(super) tolerance_kind: u32,
    /// Decimal places of the answer; nothing where it is given in significant figures.
    pub(super) places: Option<u32>,
    /// Words for who gives it.
    pub(super) feedback: String,
}

impl Formula {
    pub(super) fn read(answer: &Element, feedback: String) -> Self {
        let number = |name: &str| plain_number(answer.text_of(name)).map(|(_, value)| value);
        let whole = |name: &str| answer.text_of(name).parse::<u32>().ok();
        Self {
            text: answer.text_of("text").to_owned(),
            weight: answer.attribute("fraction").and_then(plain_number).map_or(0.0, |(_, value)| value),
            tolerance: number("tolerance").unwrap_or_default().abs(),
            tolerance_kind: whole("tolerancetype").unwrap_or(1),
            places: whole("correctanswerlength")
                .filter(|places| whole("correctanswerformat") != Some(2) && *places <= 9),
            feedback,
        }
    }

    /// The value as it is shown: rounded, unless nothing but the exact value is right.
    fn shown(&self, expression: &str) -> String {
        match self.places {
            Some(places) if self.tolerance > 0.0 => format!("{{round({expression}, {places})}}"),
            _ => format!("{{{expression}}}"),
        }
    }

    /// How far from the shown value is right: at least as far as rounding led away from the exact one.
    fn reach(&self, expression: &str) -> Option<String> {
        if self.tolerance <= 0.0 {
            return None;
        }
        let tolerance = decimal(self.tolerance);
        let share =
            if self.tolerance_kind == 2 { tolerance } else { format!("{tolerance} * abs({expression})") };
        Some(match self.places {
            Some(places) => format!("max({share}, abs(round({expression}, {places}) - {expression}))"),
            None => share,
        })
    }
}

/// The numbers that are drawn, and what they are called in texts.
pub(super) struct Wildcards {
    params: Map<String, Json>,
    lets: Map<String, Json>,
    /// Their names there.
    pub(super) names: Vec<String>,
}

impl Wildcards {
    /// Reads the definitions of a question; `None` where one can't be kept.
    pub(super) fn read(making: &mut Making, place: &str, question: &Element) -> Option<Self> {
        let mut wildcards = Self { params: Map::new(), lets: Map::new(), names: Vec::new() };
        for definition in question.child("dataset_definitions")?.all("dataset_definition") {
            let text = |field: &str| definition.child(field).map_or("", |field| field.text_of("text"));
            let number = |field: &str| plain_number(text(field)).map(|(_, value)| value);
            let (low, high) = (number("minimum")?, number("maximum")?);
            let decimals: u32 =
                text("decimals").parse().ok().filter(|decimals| *decimals <= 6).unwrap_or_default();
            let scale = 10_f64.powi(i32::try_from(decimals).unwrap_or_default());
            let whole = |value: f64| decimal((value * scale).round()).parse::<i64>().ok();
            let (low, high) = (whole(low.min(high))?, whole(low.max(high))?);
            let known = name(text("name"))?;
            if text("distribution") == "loguniform" {
                making.lose(
                    "distribution",
                    place,
                    "Small numbers came more often than large ones; now all come alike.",
                );
            }
            let drawn = if decimals == 0 { known.clone() } else { format!("{known}_whole") };
            wildcards.params.insert(drawn.clone(), json!({ "int": [low, high] }));
            if decimals > 0 {
                wildcards.lets.insert(known, json!(format!("{drawn} / {}", 10_u64.pow(decimals))));
            }
            wildcards.names.push(text("name").to_owned());
        }
        Some(wildcards).filter(|wildcards| !wildcards.names.is_empty())
    }

    /// Makes a template of a question whose texts have marks for `expressions`.
    fn apply(self, asked: &mut Asked, mut lets: Map<String, Json>, expressions: &[String], verify: &str) {
        let mut texts = [
            Json::Array(std::mem::take(&mut asked.stem)),
            Json::Array(std::mem::take(&mut asked.solution)),
            json!(asked.hints),
        ];
        for value in texts.iter_mut().chain(asked.body.values_mut()) {
            put_back(value, expressions);
        }
        let [stem, solution, hints] = texts;
        let list = |value: Json| if let Json::Array(values) = value { values } else { Vec::new() };
        (asked.stem, asked.solution) = (list(stem), list(solution));
        asked.hints = list(hints).into_iter().filter_map(|hint| hint.as_str().map(str::to_owned)).collect();
        for words in [&mut asked.right, &mut asked.wrong].into_iter().flatten() {
            *words = words.replace('{', "{{");
        }
        lets.extend(self.lets);
        asked.set("params", Json::Object(self.params));
        if !lets.is_empty() {
            asked.set("let", Json::Object(lets));
        }
        asked.set("verify", json!(verify));
    }
}

/// Says that a question uses what our templates don't have.
fn refuse(making: &mut Making, asked: &Asked) -> bool {
    let message = "Its formula or its numbers use what our templates do not have, so it was left out.";
    making.lose("formula", &asked.place, message);
    false
}

/// A number to work out. Its stem has marks for `expressions` already.
pub(super) fn number(
    making: &mut Making,
    asked: &mut Asked,
    wildcards: Wildcards,
    answers: &[Formula],
    expressions: &[String],
    unit: Option<&str>,
) -> bool {
    let best = answers.iter().map(|answer| answer.weight).fold(0.0, f64::max);
    let key = answers.iter().find(|answer| answer.weight > 0.0 && answer.weight >= best);
    let Some((key, formula)) = key.and_then(|key| Some((key, translate(&key.text, &mut Vec::new())?))) else {
        return refuse(making, asked);
    };
    if key.tolerance_kind == 3 {
        making.lose(
            "tolerance",
            &asked.place,
            "It was right up to a factor; now it is right up to the same share of the answer.",
        );
    }
    let mut mistakes = Vec::new();
    for answer in answers.iter().filter(|answer| answer.weight < best) {
        if answer.text.trim() == "*" {
            asked.wrong = asked.wrong.take().or_else(|| Some(answer.feedback.clone()));
        } else if answer.weight > 0.0 {
            making.lose(
                "partial-credit",
                &asked.place,
                "An answer that was worth a part of the marks counts as wrong.",
            );
        }
        let known = translate(&answer.text, &mut Vec::new()).filter(|_| !answer.feedback.is_empty());
        mistakes.extend(known.map(
            |wrong| json!({ "value": answer.shown(&wrong), "feedback": answer.feedback.replace('{', "{{") }),
        ));
    }
    asked.kind = "number";
    asked.right = asked.right.take().or_else(|| Some(key.feedback.clone()).filter(|words| !words.is_empty()));
    if let Some(unit) = unit.filter(|unit| !unit.is_empty()) {
        asked.set("unit", json!(unit));
    }
    let mut answer = json!({ "value": key.shown("exact") });
    let mut verify = format!("answer == {formula}");
    if let Some(reach) = key.reach("exact") {
        answer["tolerance"] = json!(format!("{{{reach}}}"));
        let by_formula = key.reach(&format!("({formula})")).unwrap_or_default();
        verify = format!("abs(answer - ({formula})) <= {by_formula}");
    }
    let mut lets = Map::new();
    lets.insert("exact".to_owned(), json!(formula));
    wildcards.apply(asked, lets, expressions, &verify);
    // Only now: these are expressions already.
    asked.set("answer", answer);
    if !mistakes.is_empty() {
        asked.set("mistakes", Json::Array(mistakes));
    }
    true
}

/// One of several numbers that are worked out.
pub(super) fn choice(
    making: &mut Making,
    asked: &mut Asked,
    wildcards: Wildcards,
    answers: &[Formula],
    mut expressions: Vec<String>,
) -> bool {
    let mut options = Vec::new();
    let mut key = None;
    for (place, answer) in answers.iter().enumerate() {
        let from = expressions.len();
        let Some(text) = take_out(&answer.text, &wildcards.names, &mut expressions) else {
            return refuse(making, asked);
        };
        let is_right = answer.weight >= 99.99;
        let alone = mark(from) == text.trim();
        if is_right && (key.is_some() || !alone) {
            return refuse(making, asked);
        }
        if let (true, Some(exact)) = (is_right, expressions.get(from)) {
            key = Some((letter(place), exact.clone(), answer.places));
        }
        // Every formula of an option is rounded alike.
        for expression in expressions.iter_mut().skip(from) {
            if let Some(places) = answer.places {
                *expression = format!("round({expression}, {places})");
            }
        }
        let mut option = json!({ "id": letter(place), "blocks": [paragraph(&text)] });
        if !answer.feedback.is_empty() && !is_right {
            option["feedback"] = json!(answer.feedback);
        }
        options.push(option);
    }
    let Some((key, exact, places)) = key else { return refuse(making, asked) };
    let half = places.map_or(0.0, |places| 0.5 * 10_f64.powi(-i32::try_from(places).unwrap_or(0)));
    let verify = format!("abs(answer - ({exact})) <= {}", decimal(half));
    asked.kind = "single";
    asked.set("options", Json::Array(options));
    wildcards.apply(asked, Map::new(), &expressions, &verify);
    asked.set("answer", json!(key));
    true
}
