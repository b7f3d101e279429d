//! What the check of a composed draft finds, told at the places of the draft.

use std::cmp::Reverse;

use super::compose::Composed;
use super::draft::{Draft, DraftPart, PageBlock};
use super::rules;
use super::screens::{OwnFinding, OwnPlace};
use crate::error::Result;
use crate::lint::{Finding, Grade, Severity, lint};
use crate::packs::Unwatched;

/// Letters and digits of an id of a draft.
const ID: usize = 8;

/// Judges a draft by the pack that it becomes: what there is to mend, the gravest first, and the grade.
///
/// # Errors
/// When a file can't be read.
pub(super) fn judge(draft: &Draft, composed: &Composed) -> Result<(Vec<OwnFinding>, Grade)> {
    let mut findings = composed.unfinished.clone();
    let verdict = lint(&composed.tree, &Unwatched)?;
    findings.extend(
        verdict.findings.iter().filter(|finding| is_for_authors(finding)).map(|finding| tell(draft, finding)),
    );
    findings.sort_by_key(|finding| Reverse(finding.severity));
    let grade = match findings.first().map(|finding| finding.severity) {
        None | Some(Severity::Info) => Grade::A,
        Some(Severity::Warning) => Grade::B,
        Some(Severity::Error) => Grade::C,
        Some(Severity::Fatal) => Grade::Refused,
    };
    Ok((findings, grade))
}

/// Numbers mend nothing. Keys were looked at question by question already, with more to say; and of fields that the box
/// fills in from another one, that one is told.
fn is_for_authors(finding: &Finding) -> bool {
    let is_told = matches!(finding.code, "E-102" | "W-212");
    let is_made = finding.code == "W-213" && finding.message.starts_with("`ageMin");
    finding.severity != Severity::Info && !is_told && !is_made
}

fn tell(draft: &Draft, finding: &Finding) -> OwnFinding {
    let place = place_of(draft, finding);
    OwnFinding {
        code: finding.code,
        severity: finding.severity,
        place,
        message: speak(draft, &finding.message),
    }
}

/// Where in the draft the cause of a finding is.
fn place_of(draft: &Draft, finding: &Finding) -> OwnPlace {
    let (path, item) = match finding.place.split_once(": ") {
        Some((path, item)) => (path, Some(item.to_owned())),
        None => (finding.place.as_str(), None),
    };
    let mut place = if path.starts_with("media/") {
        use_of(draft, path)
    } else if let Some(name) = path.strip_prefix("pages/").or_else(|| path.strip_prefix("items/")) {
        of_name(name)
    } else {
        of_words(draft, path, finding)
    };
    if item.is_some() {
        place.item = item;
    } else if path.starts_with("items/") && place.item.is_none() {
        place.item = item_of_words(draft, &finding.message);
    }
    if finding.code == "E-106" && place.field.is_none() {
        place.field = field("alt");
    }
    place
}

/// `LESSON-PART.json`, `LESSON-PART-words.md`, `LESSON-room.md`
fn of_name(name: &str) -> OwnPlace {
    let stem = name.split('.').next().unwrap_or_default();
    let mut parts = stem.split('-');
    let lesson = parts.next().map(str::to_owned);
    match (parts.next(), parts.next()) {
        (Some("room"), _) => OwnPlace { lesson, field: field("forTheRoom"), ..OwnPlace::default() },
        (part, words) => OwnPlace {
            lesson,
            part: part.map(str::to_owned),
            item: None,
            field: words.and_then(|_| field("transcript")),
        },
    }
}

/// The documents of the pack name lessons, parts and skills in their findings.
fn of_words(draft: &Draft, path: &str, finding: &Finding) -> OwnPlace {
    let message = &finding.message;
    let mut place = OwnPlace::default();
    let names = |id: &str| message.match_indices(id).any(|(at, _)| is_whole(message, at));
    if let Some(lesson) = draft.lessons.iter().find(|lesson| names(&lesson.id)) {
        place.lesson = Some(lesson.id.clone());
        let part = lesson.parts.iter().find(|part| names(part.id()));
        place.part = part.map(|part| part.id().to_owned());
        place.field = match (finding.code, part) {
            ("E-106", Some(DraftPart::Video { .. } | DraftPart::Audio { .. })) => field("transcript"),
            ("W-210", None) if message.contains("minutes") => field("minutes"),
            ("W-210", None) if message.contains("offTablet") => field("forTheRoom"),
            ("W-210", None) => field("parts"),
            _ => None,
        };
    } else if path == "skills.json" {
        place.field = field("skills");
    } else if path == "pack.json" {
        let word = message.split('`').nth(1).unwrap_or_default();
        place.field = match word {
            "subjects" => field("subject"),
            "grades" | "title" | "summary" | "language" => field(word),
            _ => None,
        };
    }
    place
}

/// The first place that shows a file.
fn use_of(draft: &Draft, path: &str) -> OwnPlace {
    for lesson in &draft.lessons {
        for part in &lesson.parts {
            let place = |item: Option<&str>, at: &str| OwnPlace {
                lesson: Some(lesson.id.clone()),
                part: Some(part.id().to_owned()),
                item: item.map(str::to_owned),
                field: (!at.is_empty()).then(|| at.to_owned()),
            };
            match part {
                DraftPart::Page { blocks, .. } => {
                    let shows =
                        |block: &PageBlock| matches!(block, PageBlock::Photo(photo) if photo.photo == path);
                    if blocks.iter().any(shows) {
                        return place(None, "blocks");
                    }
                }
                DraftPart::Video { file, captions, .. } | DraftPart::Audio { file, captions, .. } => {
                    if file.as_deref() == Some(path) {
                        return place(None, "file");
                    }
                    if captions.as_deref() == Some(path) {
                        return place(None, "captions");
                    }
                }
                DraftPart::Picture { file, .. } => {
                    if file.as_deref() == Some(path) {
                        return place(None, "file");
                    }
                }
                DraftPart::Questions { items, .. } => {
                    if let Some(item) = items.iter().find(|item| rules::files_of_item(item).contains(&path)) {
                        return place(item["id"].as_str(), "");
                    }
                }
            }
        }
    }
    OwnPlace::default()
}

/// The question that a finding on a whole file of questions is about: it names it, its picture or its skill.
fn item_of_words(draft: &Draft, message: &str) -> Option<String> {
    let items: Vec<_> = rules::items_of(draft).collect();
    let id_of = |item: &serde_json::Value| item["id"].as_str().map(str::to_owned);
    let named = items.iter().find(|item| item["id"].as_str().is_some_and(|id| message.contains(id)));
    let showing =
        || items.iter().find(|item| rules::files_of_item(item).iter().any(|path| message.contains(path)));
    let skilled = || {
        items.iter().find(|item| {
            super::questions::skills_of(item).iter().any(|id| id.len() == ID && message.contains(id))
        })
    };
    named.or_else(showing).or_else(skilled).and_then(|item| id_of(item))
}

/// A message with the words that people know in place of ids.
fn speak(draft: &Draft, message: &str) -> String {
    let mut said = message.to_owned();
    for lesson in &draft.lessons {
        for part in &lesson.parts {
            let both = format!("{}/{}", lesson.id, part.id());
            said = said.replace(&both, &format!("“{}”", part.title().trim()));
        }
        said = said.replace(&lesson.id, &format!("“{}”", lesson.title.trim()));
    }
    for skill in &draft.skills {
        said = said.replace(&skill.id, &format!("“{}”", skill.name.trim()));
    }
    let mut letters = said.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", letters.as_str())
}

/// Whether what stands at a place is a word of its own.
fn is_whole(text: &str, at: usize) -> bool {
    let is_letter = |c: char| c.is_ascii_alphanumeric();
    let before = text.get(..at).is_some_and(|before| before.ends_with(is_letter));
    let after = text.get(at + ID..).is_some_and(|after| after.starts_with(is_letter));
    !before && !after
}

#[expect(clippy::unnecessary_wraps, reason = "a place has fields or none")]
fn field(name: &str) -> Option<String> {
    Some(name.to_owned())
}
