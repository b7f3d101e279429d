//! Questions of a draft: what the box adds to them, and what is wrong with one.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::screens::{OwnFinding, OwnPlace, TriedPart};
use crate::error::{Error, Result};
use crate::items::{Block, FaultKind, Item, ItemFault, OptionBlock, SEEDS, Variant, item_faults};
use crate::lint::Severity;

/// A question with what its author need not think of.
pub(super) fn complete(written: &Value, version: u32) -> Value {
    let mut item = written.clone();
    if item.get("difficulty").is_none_or(Value::is_null) {
        item["difficulty"] = json!("medium");
    }
    if item.get("skills").is_none_or(Value::is_null) {
        item["skills"] = json!([]);
    }
    item["version"] = json!(version);
    item
}

/// The skills that a question names.
pub(super) fn skills_of(written: &Value) -> Vec<&str> {
    let skills = written["skills"].as_array().map_or(&[][..], Vec::as_slice);
    skills.iter().filter_map(|skill| skill.as_str().or_else(|| skill["id"].as_str())).collect()
}

/// What is wrong with a question by itself: its place is left open. What the pack's own check finds about skills and
/// pictures is left to it.
pub(super) fn faults(item: &Value) -> Vec<OwnFinding> {
    let read = match Item::read(item.clone()) {
        Ok(read) => read,
        Err(fault) => return vec![finding(&fault)],
    };
    let skills: BTreeSet<String> = skills_of(item).into_iter().map(str::to_owned).collect();
    let left_to_check = |kind| matches!(kind, FaultKind::UnknownSkill | FaultKind::NoAlternative);
    let faults = item_faults(&read, &skills, SEEDS);
    let mut found: Vec<OwnFinding> =
        faults.iter().filter(|fault| !left_to_check(fault.kind)).map(finding).collect();
    if let Ok(variant) = read.variant(0) {
        found.extend(blanks(&variant));
    }
    found
}

/// Whether a question is one, whatever is wrong with it.
pub(super) fn can_be_read(item: &Value) -> bool {
    Item::read(item.clone()).is_ok()
}

/// A question as a student would meet it, from an item that may lack anything.
///
/// # Errors
/// `authoring.draft-wrong` when it is no question at all.
pub(super) fn attempt(item: &Value, seed: u64) -> Result<TriedPart> {
    if !item.is_object() {
        let sentence = "This is no question: it must be written in braces.";
        return Err(Error::invalid("authoring.draft-wrong", sentence).with("place", "item"));
    }
    let mut item = complete(item, 1);
    if item["id"].as_str().is_none_or(str::is_empty) {
        item["id"] = json!("question");
    }
    let mut findings = faults(&item);
    let variant = Item::read(item.clone()).ok().and_then(|read| read.variant(seed).ok());
    let shown = match &variant {
        Some(variant) => {
            let value = serde_json::to_value(variant);
            Some(value.map_err(|e| Error::internal("A question could not be shown.").caused_by(e))?)
        }
        None => None,
    };
    let id = item["id"].as_str().map(str::to_owned);
    for finding in &mut findings {
        finding.place.item.clone_from(&id);
    }
    Ok(TriedPart { variant: shown, findings })
}

fn finding(fault: &ItemFault) -> OwnFinding {
    let (code, severity) = match fault.kind {
        FaultKind::WrongForm => ("item-wrong-form", Severity::Error),
        FaultKind::UnknownField => ("item-unknown-field", Severity::Error),
        FaultKind::UnknownType => ("item-unknown-type", Severity::Error),
        FaultKind::BadId => ("item-bad-id", Severity::Error),
        FaultKind::NoKey => ("item-no-key", Severity::Error),
        FaultKind::KeyUnknown => ("item-key-unknown", Severity::Error),
        FaultKind::KeyNotRight => ("item-key-not-right", Severity::Error),
        FaultKind::EqualOptions => ("item-equal-options", Severity::Error),
        FaultKind::MistakeIsRight => ("item-mistake-is-right", Severity::Error),
        FaultKind::UnknownSkill => ("E-103", Severity::Error),
        FaultKind::NoAlternative => ("E-106", Severity::Error),
        FaultKind::BadDrawing => ("item-bad-drawing", Severity::Error),
        FaultKind::TooLarge => ("item-too-large", Severity::Error),
        FaultKind::BadExpression => ("item-bad-expression", Severity::Error),
        FaultKind::NoVariant => ("item-no-variant", Severity::Error),
        FaultKind::FewVariants => ("item-few-variants", Severity::Warning),
        FaultKind::NotVerified => ("item-not-verified", Severity::Error),
    };
    let severity = if fault.in_all { severity } else { Severity::Warning };
    OwnFinding { code, severity, place: OwnPlace::default(), message: sentence(&fault.detail) }
}

/// What the format allows and no student could answer: nothing is asked, or an option shows nothing.
fn blanks(variant: &Variant) -> Vec<OwnFinding> {
    let say = |code, field: &str, message: &str| OwnFinding {
        code,
        severity: Severity::Error,
        place: OwnPlace { field: Some(field.to_owned()), ..OwnPlace::default() },
        message: message.to_owned(),
    };
    let mut found = Vec::new();
    if variant.common.stem.iter().all(is_blank) {
        found.push(say("item-stem-missing", "stem", "The question is empty; ask something."));
    }
    let shows_nothing = |option: &OptionBlock| option.blocks.iter().all(is_blank);
    if variant.question.lists().into_iter().flatten().any(shows_nothing) {
        found.push(say(
            "item-option-missing",
            "options",
            "One of the answers to choose from is empty; fill it in.",
        ));
    }
    found
}

fn is_blank(block: &Block) -> bool {
    matches!(block, Block::Paragraph(paragraph) if paragraph.p.trim().is_empty())
}

/// The detail of a fault, as a sentence.
fn sentence(detail: &str) -> String {
    let mut letters = detail.trim_end_matches('.').chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}
