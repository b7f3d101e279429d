//! An item as it stands in a pack: plain, or a template that gives another variant for every seed.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::expression::Value;
use super::fault::{FaultKind, ItemFault};
use super::question::{Gap, Question};
use super::seed::SplitMix64;
use super::template::{TEMPLATE_FIELDS, Template};
use super::variant::{COMMON_FIELDS, Variant};

/// Most bytes of text in an item, names of fields included.
const LONGEST: usize = 60_000;
/// Most characters of one text.
const LONGEST_TEXT: usize = 10_000;

/// The twelve types and the fields that each has beside the common ones.
const TYPES: [(&str, &[&str]); 12] = [
    ("single", &["options", "answer"]),
    ("multiple", &["options", "answer"]),
    ("truefalse", &["answer"]),
    ("number", &["answer", "unit", "mistakes"]),
    ("short", &["answer", "mistakes"]),
    ("cloze", &["gaps"]),
    ("match", &["left", "right", "answer"]),
    ("order", &["options", "answer"]),
    ("sort", &["bins", "options", "answer"]),
    ("hotspot", &["image", "alt", "areas", "answer"]),
    ("numberline", &["line", "answer"]),
    ("tapword", &["words", "answer"]),
];

/// An item that was read from its pack.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    id: String,
    keep_order: bool,
    source: Source,
}

#[derive(Debug, Clone, PartialEq)]
enum Source {
    Plain(Box<Variant>),
    Template(Box<Template>),
}

/// A variant and the numbers that it was made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// What is shown.
    pub variant: Variant,
    /// The values of `params`; empty for a plain item.
    pub params: BTreeMap<String, Value>,
    /// Whether `verify` failed for a draw on the way. Such a draw is never shown, but it is a fault of the item.
    pub failed_verify: bool,
}

impl Item {
    /// Reads an item as it stands in `items/*.json`. Fields that the format does not know are refused by name.
    ///
    /// # Errors
    /// The first thing that is wrong, as a sentence for the author.
    pub fn read(written: Json) -> Result<Self, ItemFault> {
        let Json::Object(mut map) = written else {
            return Err(ItemFault::new("?", FaultKind::WrongForm, "an item is an object in braces"));
        };
        let id = read_id(&map)?;
        let fault = |kind, detail: String| ItemFault::new(&id, kind, detail);
        check_size(&map).map_err(|detail| fault(FaultKind::TooLarge, detail))?;
        check_fields(&map).map_err(|(kind, detail)| fault(kind, detail))?;
        let keep_order = match map.remove("keepOrder") {
            None => false,
            Some(Json::Bool(keep)) => keep,
            Some(_) => return Err(fault(FaultKind::WrongForm, "`keepOrder` is true or false".to_owned())),
        };
        let source = if map.contains_key("params") {
            let template = Template::read(map).map_err(|(kind, detail)| fault(kind, detail))?;
            Source::Template(Box::new(template))
        } else {
            let variant = Variant::from_map(map).map_err(|detail| fault(FaultKind::WrongForm, detail))?;
            Source::Plain(Box::new(variant))
        };
        Ok(Self { id, keep_order, source })
    }

    /// Its id, unique in the pack.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether it gives another variant for every seed.
    pub const fn is_template(&self) -> bool {
        matches!(self.source, Source::Template(_))
    }

    /// The variant of a seed; the same for ever. Of a plain item only the order of options depends on the seed.
    ///
    /// # Errors
    /// When the template can't give one; a pack that passed the check gives one for practically every seed.
    pub fn variant(&self, seed: u64) -> Result<Variant, ItemFault> {
        self.draw(seed).map(|drawn| drawn.variant)
    }

    /// The variant of a seed with the numbers that it was made from.
    pub fn draw(&self, seed: u64) -> Result<Drawn, ItemFault> {
        let mut random = SplitMix64::new(seed, &self.id);
        let mut drawn = match &self.source {
            Source::Plain(variant) => Drawn {
                variant: Variant { seed, ..(**variant).clone() },
                params: BTreeMap::new(),
                failed_verify: false,
            },
            Source::Template(template) => {
                let draw = template.draw(&mut random, seed).map_err(|(kind, detail)| {
                    ItemFault::new(&self.id, kind, format!("{detail} (seed {seed})"))
                })?;
                let params = draw.scope.into_iter().filter(|(name, _)| template.is_param(name)).collect();
                Drawn { variant: draw.variant, params, failed_verify: draw.failed_verify }
            }
        };
        if !self.keep_order {
            shuffle(&mut drawn.variant.question, &mut random);
        }
        Ok(drawn)
    }
}

/// Puts options into an order of the seed. Things to order never start in the right order.
fn shuffle(question: &mut Question, random: &mut SplitMix64) {
    match question {
        Question::Single { options, .. }
        | Question::Multiple { options, .. }
        | Question::Sort { options, .. } => {
            random.shuffle(options);
        }
        Question::Match { right, .. } => random.shuffle(right),
        Question::Order { options, answer } => {
            let solved = |options: &[super::OptionBlock]| {
                answer.as_ref().is_some_and(|key| key.iter().eq(options.iter().map(|option| &option.id)))
            };
            random.shuffle(options);
            if options.len() > 1 && solved(options) {
                options.rotate_left(1);
            }
        }
        Question::Cloze { gaps } => {
            gaps.iter_mut().filter_map(Gap::options_mut).for_each(|o| random.shuffle(o));
        }
        _ => {}
    }
}

fn read_id(map: &Map<String, Json>) -> Result<String, ItemFault> {
    let id = map.get("id").and_then(Json::as_str).unwrap_or_default();
    let fits = matches!(id.len(), 1..=100)
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if fits {
        return Ok(id.to_owned());
    }
    let shown = if id.is_empty() { "?" } else { id };
    let shown: String = shown.chars().take(60).collect();
    let advice = "`id` is missing or has other characters than a–z, 0–9 and -";
    Err(ItemFault::new(&shown, FaultKind::BadId, advice))
}

fn check_size(map: &Map<String, Json>) -> Result<(), String> {
    fn measure(value: &Json, total: &mut usize) -> Result<(), String> {
        match value {
            Json::String(text) => {
                *total += text.len() + 8;
                if text.chars().nth(LONGEST_TEXT).is_some() {
                    return Err(format!("a text has more than {LONGEST_TEXT} characters; put it on a page"));
                }
            }
            Json::Array(values) => values.iter().try_for_each(|value| measure(value, total))?,
            Json::Object(map) => map.iter().try_for_each(|(name, value)| {
                *total += name.len() + 8;
                measure(value, total)
            })?,
            _ => *total += 8,
        }
        Ok(())
    }
    let mut total = 0;
    map.values().try_for_each(|value| measure(value, &mut total))?;
    if total > LONGEST {
        return Err(format!("it has more than {LONGEST} bytes of text; split it into several items"));
    }
    Ok(())
}

fn check_fields(map: &Map<String, Json>) -> Result<(), (FaultKind, String)> {
    let kind = map.get("type").and_then(Json::as_str).unwrap_or_default();
    let Some((_, own)) = TYPES.iter().find(|(name, _)| *name == kind) else {
        let names: Vec<&str> = TYPES.iter().map(|(name, _)| *name).collect();
        let kind: String = kind.chars().take(60).collect();
        return Err((FaultKind::UnknownType, format!("the type “{kind}” is none of {}", names.join(", "))));
    };
    let shuffled = ["options", "right", "gaps"].iter().any(|list| own.contains(list));
    let extra: &[&str] = if shuffled { &["keepOrder"] } else { &[] };
    let known: Vec<&str> =
        COMMON_FIELDS.iter().chain(*own).chain(&TEMPLATE_FIELDS).chain(extra).copied().collect();
    if let Some(name) = map.keys().find(|name| !known.contains(&name.as_str())) {
        let near = known.iter().find(|field| is_near(name, field));
        let hint = near.map_or_else(
            || format!("it has: {}", known.join(", ")),
            |field| format!("did you mean `{field}`?"),
        );
        let name: String = name.chars().take(60).collect();
        return Err((FaultKind::UnknownField, format!("`{name}` is no field of a {kind} item; {hint}")));
    }
    if let Some(field) = TEMPLATE_FIELDS.iter().find(|field| map.contains_key(**field))
        && !map.contains_key("params")
    {
        return Err((FaultKind::WrongForm, format!("`{field}` needs `params`: only templates have it")));
    }
    for field in ["skills", "difficulty", "stem"].iter().chain(own.iter().filter(|field| !is_optional(field)))
    {
        if !map.contains_key(*field) {
            let kind = if *field == "answer" { FaultKind::NoKey } else { FaultKind::WrongForm };
            return Err((kind, format!("`{field}` is missing")));
        }
    }
    Ok(())
}

fn is_optional(field: &str) -> bool {
    matches!(field, "unit" | "mistakes")
}

/// Whether two names differ by capitals, by one letter, or by two that changed places: the usual slips.
fn is_near(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let (short, long) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
    let front = short.bytes().zip(long.bytes()).take_while(|(x, y)| x == y).count();
    let rest = |text: &str, skip: usize| text.as_bytes().get(skip..).unwrap_or_default().to_vec();
    let (s, l) = (rest(short, front), rest(long, front));
    let swapped = s.len() == l.len() && s.len() >= 2 && s[0] == l[1] && s[1] == l[0] && s[2..] == l[2..];
    let one_more = l.len() == s.len() + 1 && l[1..] == s[..];
    let one_other = s.len() == l.len() && s.get(1..) == l.get(1..);
    swapped || one_more || one_other
}
