//! What of a draft can be kept at all, and how editions are counted. What a draft still lacks is no business of this file.

use serde_json::Value;

use super::draft::{Draft, DraftLesson, DraftPart, PageBlock};
use crate::error::{Error, Kind, Result};
use crate::ids::{SchoolId, to_hex};

/// Own courses of one school.
pub(super) const MOST_COURSES: usize = 500;
const MOST_LESSONS: usize = 100;
const MOST_PARTS: usize = 100;
const MOST_ITEMS: usize = 500;
const MOST_SKILLS: usize = 100;
const MOST_BLOCKS: usize = 500;
/// School years that are told apart.
const MOST_GRADES: usize = 20;
/// Letters of a tag by BCP 47, as far as anybody writes one.
const LONGEST_TAG: usize = 35;
/// Letters and digits of an id.
const ID: usize = 8;

/// Refuses what can't be kept: more than the box can handle, ids that are none, and files that are not of this course.
///
/// # Errors
/// `authoring.too-much`, `authoring.draft-wrong`, each with its `place`.
pub(super) fn refuse(draft: &Draft) -> Result<()> {
    if !is_language(&draft.language) {
        return Err(wrong("language", "must be a language tag such as en or pt-BR"));
    }
    bounded("grades", draft.grades.len(), MOST_GRADES)?;
    bounded("skills", draft.skills.len(), MOST_SKILLS)?;
    bounded("lessons", draft.lessons.len(), MOST_LESSONS)?;
    let skills = draft.skills.iter().map(|skill| skill.id.as_str());
    refuse_ids("skills", skills)?;
    refuse_ids("lessons", draft.lessons.iter().map(|lesson| lesson.id.as_str()))?;
    refuse_ids("parts", draft.lessons.iter().flat_map(|lesson| &lesson.parts).map(DraftPart::id))?;
    let items: Vec<&Value> = items_of(draft).collect();
    bounded("items", items.len(), MOST_ITEMS)?;
    if items.iter().any(|item| !item.is_object()) {
        return Err(wrong("items", "must be questions, each in braces"));
    }
    refuse_ids("items", items.iter().map(|item| item["id"].as_str().unwrap_or_default()))?;
    draft.lessons.iter().try_for_each(refuse_lesson)
}

fn refuse_lesson(lesson: &DraftLesson) -> Result<()> {
    bounded("parts", lesson.parts.len(), MOST_PARTS)?;
    for part in &lesson.parts {
        match part {
            DraftPart::Page { blocks, .. } => {
                bounded("blocks", blocks.len(), MOST_BLOCKS)?;
                for block in blocks {
                    if let PageBlock::Photo(photo) = block {
                        refuse_file("photo", &photo.photo)?;
                    }
                }
            }
            DraftPart::Video { file, captions, .. } | DraftPart::Audio { file, captions, .. } => {
                file.iter().try_for_each(|file| refuse_file("file", file))?;
                captions.iter().try_for_each(|file| refuse_file("captions", file))?;
            }
            DraftPart::Picture { file, .. } => file.iter().try_for_each(|file| refuse_file("file", file))?,
            DraftPart::Questions { items, .. } => {
                items.iter().flat_map(files_of_item).try_for_each(|file| refuse_file("items", file))?;
            }
        }
    }
    Ok(())
}

/// All questions of a draft.
pub(super) fn items_of(draft: &Draft) -> impl Iterator<Item = &Value> {
    draft.lessons.iter().flat_map(|lesson| &lesson.parts).flat_map(DraftPart::items)
}

/// The files that a question shows and plays, as it names them. Where the author chose none yet, the name is empty and is
/// left out.
pub(super) fn files_of_item(item: &Value) -> Vec<&str> {
    fn look<'i>(value: &'i Value, found: &mut Vec<&'i str>) {
        match value {
            Value::Array(values) => values.iter().for_each(|value| look(value, found)),
            Value::Object(fields) => {
                for (name, value) in fields {
                    match (name.as_str(), value) {
                        ("image" | "audio", Value::String(path)) => found.push(path),
                        ("audio", Value::Object(languages)) => {
                            found.extend(languages.values().filter_map(Value::as_str));
                        }
                        _ => look(value, found),
                    }
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    look(item, &mut found);
    found.retain(|path| !path.is_empty());
    found
}

/// Every file that a draft names.
pub(super) fn files_of(draft: &Draft) -> Vec<&str> {
    let mut found = Vec::new();
    for part in draft.lessons.iter().flat_map(|lesson| &lesson.parts) {
        match part {
            DraftPart::Page { blocks, .. } => found.extend(blocks.iter().filter_map(|block| match block {
                PageBlock::Photo(photo) => Some(photo.photo.as_str()),
                _ => None,
            })),
            DraftPart::Video { file, captions, .. } | DraftPart::Audio { file, captions, .. } => {
                found.extend(file.iter().chain(captions).map(String::as_str));
            }
            DraftPart::Picture { file, .. } => found.extend(file.as_deref()),
            DraftPart::Questions { items, .. } => found.extend(items.iter().flat_map(files_of_item)),
        }
    }
    found
}

/// A letter and seven letters or digits, as the tablets make them.
pub(super) fn is_id(text: &str) -> bool {
    text.len() == ID
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

fn is_language(text: &str) -> bool {
    let is_part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.len() <= LONGEST_TAG
        && text.split('-').all(is_part)
        && text.split('-').next().is_some_and(|first| {
            (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_lowercase())
        })
}

/// The name in the folder of a file that a draft names; none where it is no name that the box gives.
pub(super) fn media_name(path: &str) -> Option<&str> {
    let name = path.strip_prefix("media/")?;
    let (stem, ending) = name.split_once('.')?;
    let is_stem = stem.len() == 32 && stem.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let is_ending = (2..=4).contains(&ending.len())
        && ending.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    (is_stem && is_ending).then_some(name)
}

/// The version after `last` (major and minor): what stays the same in kind, with more or other content.
pub(super) fn next_version(last: Option<(u64, u64)>) -> String {
    match last {
        None => "1.0.0".to_owned(),
        Some((major, minor)) => format!("{major}.{}.0", minor.saturating_add(1)),
    }
}

/// The id of the pack that a school's own course becomes: no other school has it.
pub(super) fn pack_id(school: SchoolId, own: &str) -> String {
    format!("school.{}.{own}", to_hex(&school.0[..8]))
}

fn refuse_file(place: &'static str, path: &str) -> Result<()> {
    if media_name(path).is_some() {
        return Ok(());
    }
    Err(wrong(place, "must name a file that was added to this course, as the box named it"))
}

fn refuse_ids<'i>(place: &'static str, ids: impl Iterator<Item = &'i str>) -> Result<()> {
    let mut seen = std::collections::BTreeSet::new();
    for id in ids {
        if !is_id(id) {
            return Err(wrong(
                place,
                "must each have an id of a small letter and seven small letters or digits",
            ));
        }
        if !seen.insert(id) {
            return Err(wrong(place, "must each have an id of their own"));
        }
    }
    Ok(())
}

fn bounded(place: &'static str, count: usize, most: usize) -> Result<()> {
    if count <= most {
        return Ok(());
    }
    let sentence = format!(
        "This course is too large: it has {count} {place}, at most {most} are kept. Begin a second course."
    );
    Err(too_much(sentence, place))
}

/// More than is kept of one course.
pub(super) fn too_much(sentence: impl Into<String>, place: &'static str) -> Error {
    Error::new(Kind::TooLarge, "authoring.too-much", sentence).with("place", place)
}

fn wrong(place: &'static str, trouble: &str) -> Error {
    let sentence = format!("This can't be kept: {place} {trouble}.");
    Error::invalid("authoring.draft-wrong", sentence).with("place", place)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ids_languages_and_files_are_what_tablets_and_boxes_make() {
        assert!(is_id("a1b2c3d4"));
        for wrong in ["", "1abcdefg", "abcdefg", "abcdefghi", "abcdEfgh", "abc-efgh", "abcdefgé"] {
            assert!(!is_id(wrong), "{wrong}");
        }
        for right in ["en", "pt-BR", "zh-Hant-TW", "nya"] {
            assert!(is_language(right), "{right}");
        }
        for wrong in ["", "e", "EN", "en_GB", "en-", "../en", "english"] {
            assert!(!is_language(wrong), "{wrong}");
        }
        let name = "0123456789abcdef0123456789abcdef.jpg";
        assert_eq!(media_name(&format!("media/{name}")), Some(name));
        for wrong in ["", name, "media/x.jpg", "media/../x.jpg", "media//etc/passwd"] {
            assert_eq!(media_name(wrong), None, "{wrong}");
        }
        assert_eq!(media_name(&format!("media/{name}/../../../x")), None);
    }

    #[test]
    fn the_files_of_a_question_are_found_wherever_they_stand() {
        let item = json!({
            "stem": [{ "image": "media/a" }, { "audio": "media/b", "transcript": "x" }, { "image": "" }],
            "options": [{ "id": "a", "blocks": [{ "image": "media/c", "alt": "x" }] }],
            "image": "media/d", "audio": { "en": "media/e" },
        });
        let mut found = files_of_item(&item);
        found.sort_unstable();
        assert_eq!(found, ["media/a", "media/b", "media/c", "media/d", "media/e"]);
    }

    #[test]
    fn each_edition_is_the_next_minor_version() {
        assert_eq!(next_version(None), "1.0.0");
        assert_eq!(next_version(Some((1, 0))), "1.1.0");
        assert_eq!(next_version(Some((3, 9))), "3.10.0");
    }
}
