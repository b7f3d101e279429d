//! Templates: draws numbers from a seed, fills them in, and draws again where the rules of the format say so.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

use super::evaluate::Scope;
use super::expression::{Expression, ExpressionError, Value, is_name};
use super::fault::FaultKind;
use super::form::Form;
use super::number::read_plain;
use super::rational::Rational;
use super::rules::{equal_options, right_mistake};
use super::seed::SplitMix64;
use super::variant::{COMMON_FIELDS, Variant};

/// How often a variant is drawn before the template counts as unsatisfiable.
const MOST_DRAWS: u32 = 1_000;
/// Most names in `params` and in `let`, and most conditions in `where`.
const MOST_NAMES: usize = 40;
/// The ends of `int` lie within this, so that sums and products stay far below 128 bits.
const LARGEST_END: i64 = 1_000_000_000_000;

/// The fields that make an item a template.
pub(super) const TEMPLATE_FIELDS: [&str; 4] = ["params", "let", "where", "verify"];

/// The name of the key in `verify`.
const KEY: &str = "answer";

/// What is wrong with a template: the kind of fault and a sentence.
pub(super) type Refusal = (FaultKind, String);

/// A parsed template.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Template {
    params: BTreeMap<String, Param>,
    /// In the order in which they can be worked out.
    lets: Vec<(String, Expression)>,
    conditions: Vec<Expression>,
    verify: Expression,
    body: Form,
}

/// Where a param's value comes from.
#[derive(Debug, Clone, PartialEq)]
enum Param {
    Int { low: i64, step: i64, count: u64 },
    Pick(Vec<Value>),
}

/// Why a draw is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Discarded {
    Where,
    DivisionByZero,
    EqualOptions,
    MistakeIsRight,
    NotVerified,
}

/// A variant as drawn, before its options are shuffled.
pub(super) struct Draw {
    pub(super) variant: Variant,
    pub(super) scope: Scope,
    /// Whether a draw that `where` let through failed `verify`.
    pub(super) failed_verify: bool,
}

impl Template {
    /// Takes the template out of an item's fields.
    pub(super) fn read(mut map: Map<String, Json>) -> Result<Self, Refusal> {
        let params = read_params(map.remove("params").unwrap_or_default())?;
        let lets = read_lets(map.remove("let"), &params)?;
        let known: BTreeSet<&str> =
            params.keys().map(String::as_str).chain(lets.iter().map(|(name, _)| name.as_str())).collect();
        let conditions = read_conditions(map.remove("where"), &known)?;
        let verify = match map.remove("verify") {
            Some(Json::String(source)) => {
                let mut known = known.clone();
                known.insert(KEY);
                parse("verify", &source, &known)?
            }
            Some(_) => return Err(form("`verify` is one condition in quotes")),
            None => {
                let advice = "a template needs `verify`: a condition over its params that is true of every right \
                              variant, written in another way than the key";
                return Err((FaultKind::NotVerified, advice.to_owned()));
            }
        };
        let body = read_body(map)?;
        let mut used = BTreeSet::new();
        body.collect_names(&mut used);
        check_names("a text", used, &known)?;
        Ok(Self { params, lets, conditions, verify, body })
    }

    /// Draws until a variant may be shown.
    pub(super) fn draw(&self, random: &mut SplitMix64, seed: u64) -> Result<Draw, Refusal> {
        let mut failed_verify = false;
        let mut last = Discarded::Where;
        for _ in 0..MOST_DRAWS {
            match self.attempt(random, seed)? {
                Ok((variant, scope)) => return Ok(Draw { variant, scope, failed_verify }),
                Err(why) => {
                    failed_verify |= why == Discarded::NotVerified;
                    last = why;
                }
            }
        }
        let why = match last {
            Discarded::Where => "`where` never holds: loosen it or widen the params",
            Discarded::DivisionByZero => "it divides by zero: keep zero out of the params",
            Discarded::EqualOptions => "two options show the same: change them or add a condition to `where`",
            Discarded::MistakeIsRight => {
                "a mistake has the value of the key: change it or add a condition to `where`"
            }
            Discarded::NotVerified => "`verify` does not hold: the key or `verify` is wrong",
        };
        let kind = if last == Discarded::NotVerified { FaultKind::NotVerified } else { FaultKind::NoVariant };
        Err((kind, format!("none of {MOST_DRAWS} draws can be shown; in the last one {why}")))
    }

    fn attempt(
        &self,
        random: &mut SplitMix64,
        seed: u64,
    ) -> Result<Result<(Variant, Scope), Discarded>, Refusal> {
        let scope = match self.draw_scope(random) {
            Ok(Some(scope)) => scope,
            Ok(None) => return Ok(Err(Discarded::Where)),
            Err(ExpressionError::DivisionByZero) => return Ok(Err(Discarded::DivisionByZero)),
            Err(error) => return Err(expression("`let` or `where`", &error)),
        };
        let looks_at_key = self.verify.names().contains(KEY);
        if !looks_at_key && !self.is_verified(&scope)? {
            return Ok(Err(Discarded::NotVerified));
        }
        let filled = match self.body.fill(&scope) {
            Ok(Json::Object(map)) => map,
            Ok(_) => return Err(form("an item is an object")),
            Err(ExpressionError::DivisionByZero) => return Ok(Err(Discarded::DivisionByZero)),
            Err(error) => return Err(expression("a text", &error)),
        };
        let mut variant = Variant::from_map(filled).map_err(|e| form(&e))?;
        variant.seed = seed;
        if looks_at_key {
            let key = variant.question.key_number().ok_or_else(|| {
                form("`verify` speaks of `answer`, and the key of this question is no number")
            })?;
            let mut with_key = scope.clone();
            with_key.insert(KEY.to_owned(), Value::Number(key));
            if !self.is_verified(&with_key)? {
                return Ok(Err(Discarded::NotVerified));
            }
        }
        if equal_options(&variant.question).is_some() {
            return Ok(Err(Discarded::EqualOptions));
        }
        if right_mistake(&variant).is_some() {
            return Ok(Err(Discarded::MistakeIsRight));
        }
        Ok(Ok((variant, scope)))
    }

    fn is_verified(&self, scope: &Scope) -> Result<bool, Refusal> {
        match self.verify.holds(scope) {
            Err(ExpressionError::DivisionByZero) => Ok(false),
            held => held.map_err(|error| expression("`verify`", &error)),
        }
    }

    /// Params, then `let`; nothing where `where` does not hold.
    fn draw_scope(&self, random: &mut SplitMix64) -> Result<Option<Scope>, ExpressionError> {
        // All params are drawn before anything is worked out, so that a draw uses up the same numbers always.
        let mut scope: Scope =
            self.params.iter().map(|(name, param)| (name.clone(), param.draw(random))).collect();
        for (name, expression) in &self.lets {
            let value = expression.evaluate(&scope)?;
            scope.insert(name.clone(), value);
        }
        for condition in &self.conditions {
            if !condition.holds(&scope)? {
                return Ok(None);
            }
        }
        Ok(Some(scope))
    }

    /// The names of the params, apart from those of `let`.
    pub(super) fn is_param(&self, name: &str) -> bool {
        self.params.contains_key(name)
    }
}

impl Param {
    fn draw(&self, random: &mut SplitMix64) -> Value {
        match self {
            Self::Int { low, step, count } => {
                let steps = i128::from(random.below(*count));
                Value::Number(Rational::whole(i128::from(*low) + i128::from(*step) * steps))
            }
            Self::Pick(values) => {
                let place = usize::try_from(random.below(values.len() as u64)).unwrap_or(0);
                values.get(place).cloned().unwrap_or(Value::Number(Rational::ZERO))
            }
        }
    }

    fn read(name: &str, written: &Json) -> Result<Self, Refusal> {
        let wrong = || {
            form(&format!(
                "param “{name}”: write {{ \"int\": [low, high] }}, optionally with \"step\", or {{ \"pick\": [ … ] }} of numbers or texts"
            ))
        };
        let map = written.as_object().ok_or_else(wrong)?;
        match (map.get("int"), map.get("step"), map.get("pick")) {
            (Some(Json::Array(ends)), step, None) if map.len() == 1 + usize::from(step.is_some()) => {
                let step = step.map_or(Some(1), Json::as_i64).filter(|&step| step > 0).ok_or_else(wrong)?;
                let [low, high] = ends.as_slice() else { return Err(wrong()) };
                let (low, high) = (low.as_i64().ok_or_else(wrong)?, high.as_i64().ok_or_else(wrong)?);
                if low > high || low < -LARGEST_END || high > LARGEST_END {
                    return Err(wrong());
                }
                let count = u64::try_from((high - low) / step + 1).map_err(|_| wrong())?;
                Ok(Self::Int { low, step, count })
            }
            (None, None, Some(Json::Array(values))) if map.len() == 1 && !values.is_empty() => {
                values.iter().map(picked).collect::<Option<_>>().map(Self::Pick).ok_or_else(wrong)
            }
            _ => Err(wrong()),
        }
    }
}

fn picked(value: &Json) -> Option<Value> {
    match value {
        Json::String(text) => Some(Value::Text(text.clone())),
        Json::Number(number) => read_plain(&number.to_string()).map(Value::Number),
        _ => None,
    }
}

fn form(message: &str) -> Refusal {
    (FaultKind::WrongForm, message.to_owned())
}

fn expression(place: &str, error: &ExpressionError) -> Refusal {
    (FaultKind::BadExpression, format!("in {place}: {error}"))
}

fn read_params(written: Json) -> Result<BTreeMap<String, Param>, Refusal> {
    let Json::Object(map) = written else { return Err(form("`params` is an object of names")) };
    if map.is_empty() || map.len() > MOST_NAMES {
        return Err(form(&format!(
            "`params` holds 1 to {MOST_NAMES} names; an item without params needs no `params`"
        )));
    }
    map.iter()
        .map(|(name, written)| {
            check_name("params", name)?;
            Ok((name.clone(), Param::read(name, written)?))
        })
        .collect()
}

fn check_name(place: &str, name: &str) -> Result<(), Refusal> {
    if name == KEY {
        return Err(form(&format!("“{KEY}” in `{place}` is the name of the key; give it another one")));
    }
    if is_name(name) {
        return Ok(());
    }
    Err((
        FaultKind::BadExpression,
        format!(
            "“{name}” in `{place}` can't be a name: use letters, digits and _, and no word of the language"
        ),
    ))
}

fn check_names<'a>(
    place: &str,
    used: impl IntoIterator<Item = &'a str>,
    known: &BTreeSet<&str>,
) -> Result<(), Refusal> {
    match used.into_iter().find(|name| !known.contains(name)) {
        Some(name) => Err(expression(place, &ExpressionError::UnknownName(name.to_owned()))),
        None => Ok(()),
    }
}

fn parse(place: &str, source: &str, known: &BTreeSet<&str>) -> Result<Expression, Refusal> {
    let place = format!("`{place}`");
    let parsed = Expression::parse(source).map_err(|e| expression(&place, &e))?;
    check_names(&place, parsed.names().iter().map(String::as_str), known)?;
    Ok(parsed)
}

fn read_conditions(written: Option<Json>, known: &BTreeSet<&str>) -> Result<Vec<Expression>, Refusal> {
    let wrong = || form(&format!("`where` is a list of at most {MOST_NAMES} conditions in quotes"));
    match written {
        None => Ok(Vec::new()),
        Some(Json::Array(list)) if list.len() <= MOST_NAMES => {
            list.iter().map(|source| parse("where", source.as_str().ok_or_else(wrong)?, known)).collect()
        }
        Some(_) => Err(wrong()),
    }
}

/// Parses `let` and puts it into an order in which every name stands before its uses.
fn read_lets(
    written: Option<Json>,
    params: &BTreeMap<String, Param>,
) -> Result<Vec<(String, Expression)>, Refusal> {
    let wrong =
        || form(&format!("`let` is an object of at most {MOST_NAMES} names and expressions in quotes"));
    let map = match written {
        None => return Ok(Vec::new()),
        Some(Json::Object(map)) if map.len() <= MOST_NAMES => map,
        Some(_) => return Err(wrong()),
    };
    let mut known: BTreeSet<&str> = params.keys().chain(map.keys()).map(String::as_str).collect();
    let mut waiting = Vec::new();
    for (name, source) in &map {
        check_name("let", name)?;
        if params.contains_key(name) {
            return Err(form(&format!("“{name}” stands in `params` and in `let`; give one another name")));
        }
        let parsed = parse(&format!("let: {name}"), source.as_str().ok_or_else(wrong)?, &known)?;
        waiting.push((name.clone(), parsed));
    }
    known.retain(|name| params.contains_key(*name));
    let mut known: BTreeSet<String> = known.into_iter().map(str::to_owned).collect();
    let mut ordered = Vec::new();
    while !waiting.is_empty() {
        let (ready, blocked): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|(_, parsed)| parsed.names().is_subset(&known));
        if ready.is_empty() {
            let names: Vec<&str> = blocked.iter().map(|(name, _)| name.as_str()).collect();
            let circle = format!("`let` goes round in a circle: {}", names.join(", "));
            return Err((FaultKind::BadExpression, circle));
        }
        known.extend(ready.iter().map(|(name, _)| name.clone()));
        ordered.extend(ready);
        waiting = blocked;
    }
    Ok(ordered)
}

/// Everything else of the item; what names and weighs it is never filled in.
fn read_body(map: Map<String, Json>) -> Result<Form, Refusal> {
    let fixed = &COMMON_FIELDS[..6];
    let fields = map.into_iter().map(|(name, value)| {
        let form = if fixed.contains(&name.as_str()) {
            Form::Fixed(value)
        } else {
            Form::parse(value, false).map_err(|e| expression(&format!("`{name}`"), &e))?
        };
        Ok((vec![super::form::Piece::Text(name)], form))
    });
    Ok(Form::Object(fields.collect::<Result<_, Refusal>>()?))
}
