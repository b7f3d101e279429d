//! `pack.json` of a course that was written here.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::draft::{Draft, DraftPart, PageBlock};
use super::rules;
use crate::imports::direction_of;

/// Years of age of a child in the first grade, at its beginning and, after a repeated year, at its end.
const AGE_OF_GRADE: (u8, u8) = (5, 7);

/// What a pack says that is not in its draft.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    /// The pack's id.
    pub(super) id: String,
    /// Semver.
    pub(super) version: String,
    /// The school's name.
    pub(super) school: String,
    /// Who wrote it, by name.
    pub(super) authors: Vec<String>,
    /// The day, `2026-11-25`.
    pub(super) released: String,
}

impl Facts {
    /// How to name whoever wrote it.
    pub(super) fn credit(&self, title: &str) -> String {
        let names = self.authors.iter().chain([&self.school]).map(String::as_str);
        [title].into_iter().chain(names).collect::<Vec<_>>().join(", ")
    }
}

/// The manifest of a draft.
pub(super) fn manifest(
    draft: &Draft,
    facts: &Facts,
    (title, summary): (&str, &str),
    licence_text: &str,
) -> Value {
    let (language, licence) = (&draft.language, draft.licence);
    let mut manifest = json!({
        "format": 1, "id": facts.id, "version": facts.version,
        "title": { language: title }, "summary": { language: summary },
        "language": language, "direction": direction_of(language), "audioLanguages": [],
        "audience": "students",
        "publisher": facts.school, "authors": facts.authors, "contact": facts.school,
        "licence": licence.name(), "licenceText": licence_text,
        "attribution": format!("{}, {}", facts.credit(title), licence.name()),
        "commercialUse": licence.is_commercial(), "derivatives": true,
        "subjects": draft.subject.iter().collect::<Vec<_>>(), "grades": draft.grades,
        "needs": { "minApp": env!("CARGO_PKG_VERSION"), "features": [] },
        "accessibility": accessibility(draft),
        // Whoever wrote it for their class has looked at it; who can be seen on photos only they know.
        "safety": { "reviewedForAge": true, "externalLinks": false },
        "provenance": {
            "source": format!("written at {}", facts.school),
            "importer": null, "date": facts.released, "changes": [],
        },
        "released": facts.released,
    });
    if let (Some(lowest), Some(highest)) = (draft.grades.iter().min(), draft.grades.iter().max()) {
        manifest["ageMin"] = json!(lowest.saturating_add(AGE_OF_GRADE.0));
        manifest["ageMax"] = json!(highest.saturating_add(AGE_OF_GRADE.1));
    }
    if let Some(cover) = first_picture(draft) {
        manifest["cover"] = json!(cover);
    }
    if draft.lessons.iter().flat_map(|lesson| &lesson.parts).any(|part| {
        matches!(part, DraftPart::Audio { file: Some(_), .. } | DraftPart::Video { file: Some(_), .. })
    }) {
        manifest["audioLanguages"] = json!([language]);
    }
    manifest
}

/// In the words of schema.org.
fn accessibility(draft: &Draft) -> Value {
    let (mut modes, mut features) = (BTreeSet::from(["textual", "visual"]), BTreeSet::new());
    let mut has_film = false;
    for part in draft.lessons.iter().flat_map(|lesson| &lesson.parts) {
        if let DraftPart::Video { captions, transcript, .. } | DraftPart::Audio { captions, transcript, .. } =
            part
        {
            modes.insert("auditory");
            has_film |= matches!(part, DraftPart::Video { .. });
            features.extend(captions.is_some().then_some("captions"));
            features.extend((!transcript.trim().is_empty()).then_some("transcript"));
        }
    }
    if rules::files_of(draft).iter().any(|path| is_picture(path)) {
        features.insert("alternativeText");
    }
    let features: Vec<&str> = if features.is_empty() { vec!["none"] } else { features.into_iter().collect() };
    // Whether a video flashes, nobody has looked.
    json!({ "accessMode": modes, "accessibilityFeature": features, "hazards": [if has_film { "unknown" } else { "none" }] })
}

/// A photo that stands for the course.
fn first_picture(draft: &Draft) -> Option<&str> {
    draft.lessons.iter().flat_map(|lesson| &lesson.parts).find_map(|part| match part {
        DraftPart::Page { blocks, .. } => blocks.iter().find_map(|block| match block {
            PageBlock::Photo(photo) => Some(photo.photo.as_str()),
            _ => None,
        }),
        DraftPart::Picture { file, .. } => file.as_deref(),
        _ => None,
    })
}

fn is_picture(path: &str) -> bool {
    ["jpg", "png", "gif", "webp", "svg"].iter().any(|ending| path.ends_with(&format!(".{ending}")))
}
