//! What can be wrong with one variant: keys, options, ids, pictures, drawings.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::block::{Block, Drawing};
use super::fault::FaultKind;
use super::marking::mark;
use super::question::{Gap, Line, OptionBlock, Question};
use super::rational::Rational;
use super::rules::{equal_options, right_mistake};
use super::variant::Variant;

/// Most ticks of a line that a tablet can show.
const MOST_TICKS: i128 = 200;

type Found = Vec<(FaultKind, String)>;

/// The faults of one variant.
pub(super) fn variant_faults(variant: &Variant, skills: &BTreeSet<String>) -> Found {
    let mut found = Found::new();
    if variant.common.skills.is_empty() {
        found.push((FaultKind::UnknownSkill, "`skills` is empty; name at least one skill".to_owned()));
    }
    for skill in &variant.common.skills {
        if !skills.contains(&skill.id) {
            found.push((FaultKind::UnknownSkill, format!("skills.json has no skill “{}”", skill.id)));
        }
        if !(skill.weight > 0.0 && skill.weight <= 1.0) {
            found.push((
                FaultKind::WrongForm,
                format!("the weight of “{}” is not above 0 and up to 1", skill.id),
            ));
        }
    }
    if variant.common.stem.is_empty() {
        found.push((FaultKind::WrongForm, "`stem` is empty; ask something".to_owned()));
    }
    found.extend(id_faults(&variant.question));
    found.extend(key_faults(variant));
    if let Some((one, other)) = equal_options(&variant.question) {
        found.push((FaultKind::EqualOptions, format!("the options “{one}” and “{other}” look the same")));
    }
    if let Some(value) = right_mistake(variant) {
        found.push((FaultKind::MistakeIsRight, format!("the mistake “{value}” would be marked as right")));
    }
    if found.is_empty() {
        found.extend(mark_fault(variant));
    }
    found.extend(blocks(variant).filter_map(block_fault));
    found.extend(picture_fault(&variant.question));
    found
}

fn blocks(variant: &Variant) -> impl Iterator<Item = &Block> {
    let options = variant.question.lists().into_iter().flatten().flat_map(|option| &option.blocks);
    variant.common.stem.iter().chain(&variant.common.solution).chain(options)
}

/// Whether the question or one of its options has to be heard.
pub fn must_be_heard(variant: &Variant) -> bool {
    let options = variant.question.lists().into_iter().flatten().flat_map(|option| &option.blocks);
    variant.common.stem.iter().chain(options).any(|block| matches!(block, Block::Audio(_)))
}

fn block_fault(block: &Block) -> Option<(FaultKind, String)> {
    match block {
        Block::Image(image) if image.alt.trim().is_empty() != image.decorative => {
            let detail = format!(
                "the picture {} needs `alt`, or \"decorative\": true with \"alt\": \"\"",
                image.image
            );
            Some((FaultKind::NoAlternative, detail))
        }
        Block::Drawing(drawing) => drawing_fault(drawing).map(|detail| (FaultKind::BadDrawing, detail)),
        _ => None,
    }
}

fn drawing_fault(drawing: &Drawing) -> Option<String> {
    let (fits, limit) = match drawing {
        Drawing::BaseTen { value } => (value.0 <= 999, "`value` of base-ten is 0 to 999"),
        Drawing::TenFrame { value } => (value.0 <= 20, "`value` of ten-frame is 0 to 20"),
        Drawing::Array { rows, columns } => (
            (1..=20).contains(&rows.0) && (1..=20).contains(&columns.0),
            "`rows` and `columns` of array are 1 to 20",
        ),
        Drawing::FractionBar { parts, shaded } | Drawing::FractionCircle { parts, shaded } => (
            (1..=24).contains(&parts.0) && shaded.0 <= parts.0,
            "`parts` is 1 to 24 and `shaded` not more than `parts`",
        ),
        Drawing::NumberLine { from, to, step, mark } => {
            let line = Line { from: from.clone(), to: to.clone(), step: step.clone(), labels: None };
            let inside = mark.as_ref().is_none_or(|mark| (from.value()..=to.value()).contains(&mark.value()));
            return line_fault(&line)
                .or_else(|| (!inside).then(|| "`mark` lies outside the number line".to_owned()));
        }
    };
    (!fits).then(|| limit.to_owned())
}

fn line_fault(line: &Line) -> Option<String> {
    let (from, to, step) = (line.from.value(), line.to.value(), line.step.value());
    if from >= to || step <= Rational::ZERO {
        return Some("a number line goes from a smaller to a larger number in steps above 0".to_owned());
    }
    let steps = to.minus(from).and_then(|length| length.over(step));
    match steps {
        Some(steps) if steps.as_whole().is_none() => {
            Some("the steps of a number line do not end at `to`".to_owned())
        }
        Some(steps) if steps.floor() <= MOST_TICKS => None,
        _ => Some(format!("a number line has at most {MOST_TICKS} steps")),
    }
}

fn picture_fault(question: &Question) -> Option<(FaultKind, String)> {
    match question {
        Question::Hotspot { alt, .. } if alt.trim().is_empty() => {
            Some((FaultKind::NoAlternative, "`alt` of the picture is empty".to_owned()))
        }
        Question::Hotspot { areas, .. } => areas
            .iter()
            .find(|a| {
                a.w.0 == 0
                    || a.h.0 == 0
                    || a.x.0.saturating_add(a.w.0) > 100
                    || a.y.0.saturating_add(a.h.0) > 100
                    || a.label.trim().is_empty()
            })
            .map(|a| {
                (
                    FaultKind::BadDrawing,
                    format!("the area “{}” needs a label and a place inside the picture", a.id),
                )
            }),
        Question::NumberLine { line, answer } => {
            let outside = answer
                .as_ref()
                .is_some_and(|key| !(line.from.value()..=line.to.value()).contains(&key.value.value()));
            let fault =
                line_fault(line).or_else(|| outside.then(|| "the key lies outside the line".to_owned()));
            fault.map(|detail| (FaultKind::BadDrawing, detail))
        }
        _ => None,
    }
}

fn option_ids(list: &[OptionBlock]) -> Vec<&str> {
    list.iter().map(|option| option.id.as_str()).collect()
}

/// Ids that stand twice in one list, and lists that are empty.
fn id_faults(question: &Question) -> Found {
    let mut lists: Vec<Vec<&str>> = question.lists().into_iter().map(option_ids).collect();
    match question {
        Question::Cloze { gaps } => lists.push(gaps.iter().map(Gap::id).collect()),
        Question::Hotspot { areas, .. } => lists.push(areas.iter().map(|area| area.id.as_str()).collect()),
        Question::TapWord { words, .. } => lists.push(words.iter().map(|word| word.id.as_str()).collect()),
        _ => {}
    }
    let mut found = Found::new();
    for list in lists {
        if list.is_empty() {
            found.push((FaultKind::WrongForm, "a list of options, gaps, areas or words is empty".to_owned()));
        }
        if list.len() > 50 {
            found.push((FaultKind::TooLarge, "a list has more than 50 entries".to_owned()));
        }
        let mut seen = BTreeSet::new();
        if let Some(twice) = list.into_iter().find(|id| id.is_empty() || !seen.insert(*id)) {
            found.push((FaultKind::BadId, format!("the id “{twice}” is empty or stands twice in one list")));
        }
    }
    found
}

/// Keys that are missing, empty, or name what is not there.
fn key_faults(variant: &Variant) -> Found {
    let no_key = || vec![(FaultKind::NoKey, "the key is missing or empty".to_owned())];
    match &variant.question {
        Question::Single { options, answer } => match answer {
            Some(key) => unknown_keys([key.as_str()], &option_ids(options)),
            None => no_key(),
        },
        Question::Multiple { options, answer } => picks_faults(answer.as_deref(), &option_ids(options)),
        Question::Hotspot { areas, answer, .. } => {
            picks_faults(answer.as_deref(), &areas.iter().map(|area| area.id.as_str()).collect::<Vec<_>>())
        }
        Question::TapWord { words, answer, .. } => {
            picks_faults(answer.as_deref(), &words.iter().map(|word| word.id.as_str()).collect::<Vec<_>>())
        }
        Question::Order { options, answer } => {
            let mut found = picks_faults(answer.as_deref(), &option_ids(options));
            if found.is_empty()
                && answer.as_ref().is_some_and(|key| key.len() != options.len() || key.len() < 2)
            {
                found
                    .push((FaultKind::KeyUnknown, "the key orders all options, and at least two".to_owned()));
            }
            found
        }
        Question::Match { left, right, answer } => pair_faults(answer.as_ref(), left, right),
        Question::Sort { bins, options, answer } => pair_faults(answer.as_ref(), options, bins),
        Question::TrueFalse { answer: None }
        | Question::Number { answer: None, .. }
        | Question::Short { answer: None, .. }
        | Question::NumberLine { answer: None, .. } => no_key(),
        Question::Short { answer: Some(key), .. } if key.accept.is_empty() => no_key(),
        Question::Cloze { gaps } => cloze_faults(gaps, &variant.common.stem),
        _ => Found::new(),
    }
}

fn unknown_keys<'a>(keys: impl IntoIterator<Item = &'a str>, ids: &[&str]) -> Found {
    let unknown = keys.into_iter().filter(|key| !ids.contains(key));
    unknown
        .map(|key| (FaultKind::KeyUnknown, format!("the key names “{key}”, which the item does not have")))
        .collect()
}

fn picks_faults(key: Option<&[String]>, ids: &[&str]) -> Found {
    match key {
        None | Some([]) => vec![(FaultKind::NoKey, "the key is missing or empty".to_owned())],
        Some(key) => unknown_keys(key.iter().map(String::as_str), ids),
    }
}

fn pair_faults(
    key: Option<&BTreeMap<String, String>>,
    asked: &[OptionBlock],
    partners: &[OptionBlock],
) -> Found {
    let Some(key) = key.filter(|key| !key.is_empty()) else { return picks_faults(None, &[]) };
    let mut found = unknown_keys(key.keys().map(String::as_str), &option_ids(asked));
    found.extend(unknown_keys(key.values().map(String::as_str), &option_ids(partners)));
    for option in asked.iter().filter(|option| !key.contains_key(&option.id)) {
        found.push((FaultKind::KeyUnknown, format!("the key says nothing about “{}”", option.id)));
    }
    found
}

fn cloze_faults(gaps: &[Gap], stem: &[Block]) -> Found {
    let marks: Vec<&str> = stem.iter().flat_map(Block::gap_ids).collect();
    let mut found = Found::new();
    for gap in gaps {
        let id = gap.id();
        if marks.iter().filter(|mark| **mark == id).count() != 1 {
            found.push((
                FaultKind::KeyUnknown,
                format!("the stem needs the mark {{{{{id}}}}} once, in a `cloze` block"),
            ));
        }
        found.extend(match gap {
            Gap::Choice { options, answer: Some(key), .. } => {
                unknown_keys([key.as_str()], &option_ids(options))
            }
            Gap::Number { answer: Some(_), .. } => Found::new(),
            Gap::Short { answer: Some(accept), .. } if !accept.is_empty() => Found::new(),
            _ => vec![(FaultKind::NoKey, format!("the gap “{id}” has no key"))],
        });
    }
    for mark in marks.iter().filter(|mark| !gaps.iter().any(|gap| gap.id() == **mark)) {
        found.push((
            FaultKind::KeyUnknown,
            format!("the stem has a mark {{{{{mark}}}}} and `gaps` has no such gap"),
        ));
    }
    found
}

/// The key, given as a response, must be right; so must each accepted text of a short item.
fn mark_fault(variant: &Variant) -> Option<(FaultKind, String)> {
    let wrong =
        responses_of_key(&variant.question).into_iter().find(|response| !mark(variant, response).right)?;
    let detail = format!("the key {wrong} is not marked as right when a student gives it");
    Some((FaultKind::KeyNotRight, detail))
}

/// The response that the key makes; `null` on a variant without its key.
pub fn right_response(question: &Question) -> Json {
    responses_of_key(question).into_iter().next().unwrap_or_default()
}

/// Every response that the key itself makes.
pub(super) fn responses_of_key(question: &Question) -> Vec<Json> {
    match question {
        Question::Single { answer, .. } => vec![Json::from(answer.clone())],
        Question::TrueFalse { answer } => vec![Json::from(*answer)],
        Question::Number { answer, .. } => {
            answer.iter().map(|key| Json::from(key.value.to_string())).collect()
        }
        Question::NumberLine { answer, .. } => {
            answer.iter().map(|key| Json::from(key.value.to_string())).collect()
        }
        Question::Short { answer, .. } => {
            answer.iter().flat_map(|key| &key.accept).map(|text| Json::from(text.as_str())).collect()
        }
        Question::Multiple { answer, .. }
        | Question::Order { answer, .. }
        | Question::Hotspot { answer, .. }
        | Question::TapWord { answer, .. } => vec![Json::from(answer.clone())],
        Question::Match { answer, .. } | Question::Sort { answer, .. } => {
            let pairs =
                answer.iter().flatten().map(|(id, partner)| (id.clone(), Json::from(partner.as_str())));
            vec![Json::Object(pairs.collect())]
        }
        Question::Cloze { gaps } => {
            let filled = gaps.iter().map(|gap| (gap.id().to_owned(), gap_key(gap)));
            vec![Json::Object(filled.collect())]
        }
    }
}

fn gap_key(gap: &Gap) -> Json {
    match gap {
        Gap::Number { answer, .. } => answer.as_ref().map_or(Json::Null, |key| Json::from(key.to_string())),
        Gap::Short { answer, .. } => Json::from(answer.iter().flatten().next().cloned()),
        Gap::Choice { answer, .. } => Json::from(answer.clone()),
    }
}
