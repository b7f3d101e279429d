//! What can be found in a course, and the words of each.
//!
//! Of a question only what a student sees before answering is read, field by field: a field that is not named here is
//! not found. Where the order of what is shown could tell the key, as of pairs or of things to put in order, it is lost.

use std::collections::BTreeSet;

use serde_json::Value;

use super::ResultKind;
use crate::error::{Error, Result};
use crate::packs::{Activity, ActivityKind, Course, Lesson, Packs};

/// Something that can be found, by its place in its course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Resource {
    pub(super) kind: ResultKind,
    /// Whether only staff may find it.
    pub(super) staff: bool,
    /// The lesson's id.
    pub(super) lesson: Option<String>,
    /// The activity's id.
    pub(super) activity: Option<String>,
    /// Of a skill and of a question its id, of a note the path of its page, of a chapter its number from 0.
    pub(super) part: Option<String>,
}

/// The words of a resource.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// What it is called on a screen.
    pub(super) title: String,
    /// Whether it is called so itself, and not by the name of what it belongs to.
    pub(super) own_title: bool,
    /// The rest, on one line.
    pub(super) text: String,
}

/// What kind of result an activity is.
const fn kind_of(activity: ActivityKind) -> ResultKind {
    match activity {
        ActivityKind::Page | ActivityKind::Example => ResultKind::Page,
        ActivityKind::Practice | ActivityKind::Check => ResultKind::Practice,
        ActivityKind::Video => ResultKind::Video,
        ActivityKind::Audio => ResultKind::Audio,
        ActivityKind::Document => ResultKind::Document,
        ActivityKind::Book => ResultKind::Book,
        ActivityKind::App => ResultKind::App,
        ActivityKind::Picture => ResultKind::Picture,
    }
}

/// Everything in a course that can be found: by kind, and in the order in which it is learned, so that the index can be
/// written from its beginning to its end.
pub(super) fn resources(course: &Course) -> Vec<Resource> {
    let mut gatherer = Gatherer {
        staff: !course.is_for_students(),
        found: Vec::new(),
        notes: BTreeSet::new(),
        questions: BTreeSet::new(),
    };
    gatherer.add(ResultKind::Course, None, None, None);
    for lesson in course.lessons() {
        gatherer.lesson(lesson);
    }
    for skill in &course.skills {
        let taught = course.lessons().find(|lesson| lesson.skills.contains(&skill.id));
        gatherer.add(ResultKind::Skill, taught, None, Some(skill.id.clone()));
        gatherer.note(taught, skill.off_tablet.as_ref());
    }
    gatherer.found.sort_by_key(|resource| (resource.kind, resource.staff));
    gatherer.found
}

struct Gatherer<'a> {
    staff: bool,
    found: Vec<Resource>,
    /// What is named in several places is found at the first one.
    notes: BTreeSet<&'a str>,
    questions: BTreeSet<&'a str>,
}

impl<'a> Gatherer<'a> {
    fn add(
        &mut self,
        kind: ResultKind,
        lesson: Option<&Lesson>,
        activity: Option<&Activity>,
        part: Option<String>,
    ) {
        self.found.push(Resource {
            kind,
            staff: self.staff || kind == ResultKind::Note,
            lesson: lesson.map(|lesson| lesson.id.clone()),
            activity: activity.map(|activity| activity.id.clone()),
            part,
        });
    }

    fn lesson(&mut self, lesson: &'a Lesson) {
        self.add(ResultKind::Lesson, Some(lesson), None, None);
        for activity in &lesson.activities {
            let kind = kind_of(activity.kind);
            self.add(kind, Some(lesson), Some(activity), None);
            for number in 0..activity.chapters.len() {
                self.add(kind, Some(lesson), Some(activity), Some(number.to_string()));
            }
            for asked in &activity.items {
                if self.questions.insert(&asked.item) {
                    self.add(ResultKind::Question, Some(lesson), Some(activity), Some(asked.item.clone()));
                }
            }
        }
        self.note(Some(lesson), lesson.teacher_notes.as_ref());
        self.note(Some(lesson), lesson.off_tablet.as_ref());
    }

    fn note(&mut self, lesson: Option<&Lesson>, path: Option<&'a String>) {
        if let Some(path) = path.filter(|path| self.notes.insert(path)) {
            self.add(ResultKind::Note, lesson, None, Some(path.clone()));
        }
    }
}

/// Reads the words of a resource, with a course's title in `language` where there is one; `None` when it is in another
/// version of the course only.
///
/// # Errors
/// When the pack can't be read.
pub(super) fn read(
    packs: &Packs,
    course: &Course,
    resource: &Resource,
    language: &str,
) -> Result<Option<Told>> {
    let lesson = resource.lesson.as_deref().and_then(|id| course.lesson(id));
    let activity = resource.activity.as_deref().zip(lesson);
    let activity = activity.and_then(|(id, lesson)| lesson.activities.iter().find(|one| one.id == id));
    let part = resource.part.as_deref();
    let told = match (resource.kind, lesson, activity, part) {
        (ResultKind::Course, ..) => Some(of_course(course, language)),
        (ResultKind::Skill, _, _, Some(id)) => course.skill(id).map(|skill| told(&skill.name, &skill.can)),
        (ResultKind::Lesson, Some(lesson), ..) => Some(of_lesson(course, lesson)),
        (ResultKind::Note, lesson, _, Some(path)) => {
            let title = lesson.map_or_else(|| course.title(language), |lesson| &lesson.title);
            Some(Told { own_title: false, ..told(title, &packs.page_words(&course.id, path)?) })
        }
        (ResultKind::Question, _, Some(activity), Some(item)) => {
            let text = of_question(&packs.item(&course.id, item)?);
            Some(Told { own_title: false, ..told(&activity.title, &text) })
        }
        (_, _, Some(activity), Some(chapter)) => {
            let chapter = chapter.parse().ok().and_then(|number: usize| activity.chapters.get(number));
            let read = |chapter: &crate::packs::Chapter| {
                Ok::<_, Error>(told(&chapter.title, &packs.page_words(&course.id, &chapter.file)?))
            };
            chapter.map(read).transpose()?
        }
        (_, _, Some(activity), None) => Some(told(&activity.title, &of_activity(packs, course, activity)?)),
        _ => None,
    };
    Ok(told)
}

/// The words of something whose text has lines; a first line that only repeats the title is left out.
fn told(title: &str, lines: &str) -> Told {
    let lines =
        lines.strip_prefix(title).filter(|rest| rest.is_empty() || rest.starts_with('\n')).unwrap_or(lines);
    Told { title: title.to_owned(), own_title: true, text: on_one_line(lines.lines()) }
}

/// Lines with a point in the middle where they end without a sign of their own.
fn on_one_line<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for line in lines.filter(|line| !line.is_empty()) {
        if text.ends_with(char::is_alphanumeric) {
            text.push_str(" ·");
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(line);
    }
    text
}

/// Titles and summaries of all languages are found; the one of the reader is shown.
fn of_course(course: &Course, language: &str) -> Told {
    let (titles, summaries) = course.words();
    let (title, summary) = (course.title(language), course.summary(language));
    let others = titles.into_iter().filter(|other| *other != title);
    let rest = summaries.into_iter().filter(|other| *other != summary);
    let text = on_one_line(std::iter::once(summary).chain(others).chain(rest));
    Told { title: title.to_owned(), own_title: true, text }
}

fn of_lesson(course: &Course, lesson: &Lesson) -> Told {
    let unit = course.units.iter().find(|unit| unit.lessons.iter().any(|one| one.id == lesson.id));
    let skills = lesson.skills.iter().filter_map(|id| course.skill(id)).map(|skill| skill.can.as_str());
    let lines: Vec<&str> = unit.map(|unit| unit.title.as_str()).into_iter().chain(skills).collect();
    told(&lesson.title, &lines.join("\n"))
}

fn of_activity(packs: &Packs, course: &Course, activity: &Activity) -> Result<String> {
    let captions = activity.captions.iter().map(|captions| &captions.file);
    let paths = activity.page.iter().chain(&activity.transcript).chain(captions);
    let mut lines: Vec<String> = activity.alt.iter().cloned().collect();
    for path in paths {
        lines.push(packs.page_words(&course.id, path)?);
    }
    Ok(lines.join("\n"))
}

/// The stem and what there is to choose from, one line for each.
fn of_question(item: &Value) -> String {
    let mut lines: Vec<String> = blocks(&item["stem"]);
    lines.extend(item["alt"].as_str().map(clean));
    lines.push(texts(&item["words"], "text").join(" "));
    let gaps = item["gaps"].as_array().into_iter().flatten().map(|gap| &gap["options"]);
    let lists = ["options", "left", "right", "bins"].map(|list| &item[list]);
    let mut choices: Vec<String> = gaps.chain(lists).flat_map(options).collect();
    choices.extend(texts(&item["areas"], "label"));
    // By the alphabet, because the author's order may be the key.
    choices.sort_unstable();
    choices.dedup();
    lines.extend(choices);
    lines.retain(|line| line.contains(char::is_alphanumeric));
    lines.join("\n")
}

fn options(list: &Value) -> Vec<String> {
    let of = |option: &Value| {
        let text = option["text"].as_str().map(clean);
        text.into_iter().chain(blocks(&option["blocks"])).collect::<Vec<_>>().join(" ")
    };
    list.as_array().into_iter().flatten().map(of).collect()
}

fn texts(list: &Value, field: &str) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(|one| one[field].as_str()).map(clean).collect()
}

/// What is read of blocks; drawings have no words, and what is heard may be the key.
fn blocks(blocks: &Value) -> Vec<String> {
    let of = |block: &Value| -> Option<String> {
        let line = block
            .as_str()
            .or_else(|| ["p", "math", "cloze", "alt"].iter().find_map(|field| block[*field].as_str()));
        if let Some(line) = line {
            return Some(clean(line));
        }
        let cells = block["table"].as_array()?.iter().filter_map(Value::as_array).flatten();
        Some(cells.filter_map(Value::as_str).map(clean).collect::<Vec<_>>().join(" "))
    };
    blocks.as_array().into_iter().flatten().filter_map(of).collect()
}

/// Without marks for bold and fractions; where a template has numbers, and a text its gaps, there are points.
fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut depth = 0_u32;
    for c in text.chars() {
        match c {
            '{' => {
                if depth == 0 {
                    clean.push('…');
                }
                depth += 1;
            }
            '}' => depth = depth.saturating_sub(1),
            '*' | '[' | ']' => {}
            _ if depth == 0 => clean.push(c),
            _ => {}
        }
    }
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_question_is_found_by_what_is_shown_and_by_nothing_else() {
        let common = json!({
            "id": "x", "hints": ["SECRET hint"], "solution": ["SECRET solution", { "p": "SECRET" }],
            "feedback": { "right": "SECRET", "wrong": "SECRET" }, "audio": { "en": "media/SECRET.mp3" },
            "skills": ["SECRET"], "params": { "n": { "pick": ["SECRET"] } }, "verify": "SECRET"
        });
        let option = |id: &str, text: &str| json!({ "id": id, "text": text, "feedback": "SECRET", "misconception": "SECRET" });
        for (own, expected) in [
            (
                json!({ "type": "single", "stem": ["Which is **more**?", { "math": "[[3/4]] _ {n + 1}" }],
                    "options": [option("b", "zebra {n}"), { "id": "a", "blocks": [{ "image": "m.svg", "alt": "an apple" }] }], "answer": "SECRET" }),
                "Which is more?\n3/4 _ …\nan apple\nzebra …",
            ),
            (
                json!({ "type": "cloze", "stem": [{ "cloze": "One {{1}} and {{2}}." }], "gaps": [
                    { "id": "1", "kind": "short", "answer": ["SECRET"] },
                    { "id": "2", "kind": "choice", "answer": "SECRET", "options": [option("a", "ten")] }] }),
                "One … and ….\nten",
            ),
            (
                json!({ "type": "match", "stem": ["Match"], "left": [option("1", "dog"), option("2", "cow")],
                    "right": [option("a", "woof"), option("b", "moo")], "answer": { "1": "SECRET" } }),
                "Match\ncow\ndog\nmoo\nwoof",
            ),
            (
                json!({ "type": "order", "stem": ["In order"], "options": [option("a", "egg"), option("b", "chick"), option("c", "hen")], "answer": ["SECRET"] }),
                "In order\nchick\negg\nhen",
            ),
            (
                json!({ "type": "hotspot", "stem": ["Touch it"], "image": "media/SECRET.svg", "alt": "A face", "areas": [{ "id": "SECRET", "label": "the nose" }], "answer": ["SECRET"] }),
                "Touch it\nA face\nthe nose",
            ),
            (
                json!({ "type": "tapword", "stem": [{ "audio": "m.mp3", "transcript": "SECRET" }, { "table": [["a", "b"]] }, { "drawing": "SECRET" }],
                    "words": [{ "id": "SECRET", "text": "the" }, { "id": "w2", "text": "cat" }], "answer": ["SECRET"] }),
                "a b\nthe cat",
            ),
            (
                json!({ "type": "number", "stem": [{ "math": "{a} + {b} = _" }], "answer": { "value": "SECRET" }, "mistakes": [{ "value": "SECRET" }], "unit": "cm" }),
                "",
            ),
            (
                json!({ "type": "short", "stem": ["Write it"], "answer": { "accept": ["SECRET"] }, "mistakes": [{ "value": "SECRET" }] }),
                "Write it",
            ),
            (json!({ "type": "truefalse", "stem": ["It is"], "answer": true }), "It is"),
            (
                json!({ "type": "sort", "stem": ["Sort"], "bins": [option("in", "alive")], "options": [option("a", "a tree")], "answer": { "a": "SECRET" } }),
                "Sort\na tree\nalive",
            ),
            (
                json!({ "type": "numberline", "stem": ["Where?"], "line": { "from": 0, "to": 10 }, "answer": { "value": "SECRET" } }),
                "Where?",
            ),
            (
                json!({ "type": "multiple", "stem": ["All"], "options": [option("a", "x")], "answer": ["SECRET"] }),
                "All\nx",
            ),
        ] {
            let mut item = common.clone();
            for (name, value) in own.as_object().unwrap() {
                item[name] = value.clone();
            }
            assert_eq!(of_question(&item), expected, "{own}");
        }
    }

    #[test]
    fn lines_become_one_and_the_title_is_not_said_twice() {
        let told = told("Bundles", "Bundles\nTen sticks\nTie them.\nDone");
        assert_eq!((told.title.as_str(), told.text.as_str()), ("Bundles", "Ten sticks · Tie them. Done"));
        assert_eq!(super::told("Bundle", "Bundles\nTen").text, "Bundles · Ten");
    }
}
