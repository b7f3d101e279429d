//! One question on its way from another program into a pack.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::super::made::Making;
use crate::items::{FaultKind, Item, SEEDS, item_faults};

/// Tags that become skills beside the topic.
const MOST_TAGS: usize = 4;
/// How much an answer says about a skill that is only a tag.
const WEIGHT_OF_TAG: f64 = 0.5;

/// Stands in for the skills of an item while it is judged.
const A_SKILL: &str = "skill";

/// A question.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    /// Where it stands in the file, for people: `question 3, “Goats”`.
    pub(super) place: String,
    /// What its author calls it; becomes its id.
    pub(super) name: String,
    /// What it is about: the skill that it shows, and the lesson that it is in.
    pub(super) topic: String,
    /// What else it is about, or how hard it is.
    pub(super) tags: Vec<String>,
    /// One of the twelve types.
    pub(super) kind: &'static str,
    /// The fields of that type.
    pub(super) body: Map<String, Json>,
    /// The question itself.
    pub(super) stem: Vec<Json>,
    /// Shown one by one.
    pub(super) hints: Vec<String>,
    /// Shown after an answer.
    pub(super) solution: Vec<Json>,
    /// Words after a right answer.
    pub(super) right: Option<String>,
    /// Words after any other.
    pub(super) wrong: Option<String>,
    /// `easy`, `medium` or `hard`; medium where nobody says.
    pub(super) difficulty: Option<String>,
    /// A typical time.
    pub(super) seconds: Option<u32>,
}

/// A text between the questions.
#[derive(Clone, Debug)]
pub(super) struct Note {
    /// What it is about.
    pub(super) topic: String,
    /// Its words and pictures.
    pub(super) blocks: Vec<Json>,
}

impl Asked {
    /// Sets a field of its type.
    pub(super) fn set(&mut self, name: &str, value: Json) {
        self.body.insert(name.to_owned(), value);
    }

    /// A field of its type; null where it has none.
    pub(super) fn field(&self, name: &str) -> &Json {
        self.body.get(name).unwrap_or(&Json::Null)
    }

    /// The item, with an id that is free; `None` with a note where it can't be asked.
    pub(super) fn into_item(mut self, making: &mut Making) -> Option<(String, Json)> {
        let is_word = |tag: &String| matches!(tag.as_str(), "easy" | "medium" | "hard");
        let said = self.tags.iter().find(|tag| is_word(tag)).cloned();
        self.tags.retain(|tag| !is_word(tag));
        self.difficulty = self.difficulty.take().or(said);
        let mut item = Map::new();
        let id = making.item_id(&self.name);
        item.insert("id".to_owned(), json!(id));
        item.insert("type".to_owned(), json!(self.kind));
        item.insert("skills".to_owned(), json!([A_SKILL]));
        item.insert("difficulty".to_owned(), json!(self.difficulty.as_deref().unwrap_or("medium")));
        item.insert("stem".to_owned(), Json::Array(self.stem));
        item.append(&mut self.body);
        if let Some(seconds) = self.seconds {
            item.insert("seconds".to_owned(), json!(seconds));
        }
        if !self.hints.is_empty() {
            item.insert("hints".to_owned(), json!(self.hints));
        }
        if !self.solution.is_empty() {
            item.insert("solution".to_owned(), Json::Array(self.solution));
        }
        let mut feedback = Map::new();
        for (name, words) in [("right", self.right), ("wrong", self.wrong)] {
            feedback
                .extend(words.filter(|words| !words.is_empty()).map(|words| (name.to_owned(), json!(words))));
        }
        if !feedback.is_empty() {
            item.insert("feedback".to_owned(), Json::Object(feedback));
        }
        let mut item = Json::Object(item);
        if let Some(trouble) = trouble(&item) {
            making.lose("question", &self.place, format!("It was left out: {trouble}."));
            return None;
        }
        // Only now, so that no skill is made that nothing asks for.
        let mut skills = vec![json!(making.skill(&self.topic))];
        for tag in self.tags.iter().filter(|tag| **tag != self.topic).take(MOST_TAGS) {
            let id = making.skill(tag);
            skills.push(json!({ "id": id, "weight": WEIGHT_OF_TAG }));
        }
        item["skills"] = Json::Array(skills);
        Some((id, item))
    }
}

/// What is wrong with an item. A picture without words is not: it is told as a loss, and the pack's check says it again.
fn trouble(item: &Json) -> Option<String> {
    let skills = BTreeSet::from([A_SKILL.to_owned()]);
    let faults = match Item::read(item.clone()) {
        Ok(read) => item_faults(&read, &skills, SEEDS),
        Err(fault) => vec![fault],
    };
    let grave = faults.into_iter().find(|fault| fault.kind != FaultKind::NoAlternative)?;
    Some(grave.detail.trim_end_matches('.').to_owned())
}

/// A paragraph.
pub(super) fn paragraph(text: &str) -> Json {
    json!({ "p": text })
}

/// Blocks as the words of one line, for places where only words may stand.
pub(super) fn line(blocks: &[Json]) -> String {
    let words: Vec<String> = blocks
        .iter()
        .filter_map(|block| {
            let text = ["p", "math", "cloze"].iter().find_map(|name| block[*name].as_str());
            let cells = || {
                let rows = block["table"].as_array()?.iter();
                let cells = rows.filter_map(|row| row.as_array()).flatten().filter_map(Json::as_str);
                Some(cells.collect::<Vec<_>>().join(" "))
            };
            text.map(str::to_owned).or_else(cells)
        })
        .collect();
    words.join(" ")
}
