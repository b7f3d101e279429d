//! What must not be in a variant that is shown: options that look the same, and mistakes that are right.

use serde_json::Value;

use super::marking::mark;
use super::question::Question;
use super::variant::Variant;

/// The ids of two options of one list that show the same, if there are any.
pub(super) fn equal_options(question: &Question) -> Option<(&str, &str)> {
    question.lists().into_iter().find_map(|list| {
        list.iter().enumerate().find_map(|(place, option)| {
            let twin = list.iter().take(place).find(|other| other.blocks == option.blocks)?;
            Some((twin.id.as_str(), option.id.as_str()))
        })
    })
}

/// A mistake that would be marked as right, if there is one.
pub(super) fn right_mistake(variant: &Variant) -> Option<String> {
    let values: Vec<String> = match &variant.question {
        Question::Number { mistakes, .. } => mistakes.iter().map(|m| m.value.to_string()).collect(),
        Question::Short { mistakes, .. } => mistakes.iter().map(|m| m.value.clone()).collect(),
        _ => return None,
    };
    values.into_iter().find(|value| mark(variant, &Value::from(value.as_str())).right)
}
