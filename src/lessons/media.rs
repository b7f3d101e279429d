//! Which pictures and sounds a screen will ask for, so that a tablet can fetch them while it has a network.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::packs::Course;

/// The addresses on the packs origin in a page that the box made.
pub(super) fn in_html(html: &str, hash: &str) -> Vec<String> {
    let start = format!("src=\"/{hash}/");
    let found: BTreeSet<&str> =
        html.match_indices(&start).filter_map(|(at, _)| html.get(at..)?.split('"').nth(1)).collect();
    found.into_iter().map(str::to_owned).collect()
}

/// The addresses on the packs origin of all that the questions show and play.
pub fn in_items<'a>(items: impl Iterator<Item = &'a Value>, course: &Course) -> Vec<String> {
    let mut paths = BTreeSet::new();
    items.for_each(|item| collect(item, &mut paths));
    paths.into_iter().map(|path| course.address(path)).collect()
}

fn collect<'a>(value: &'a Value, paths: &mut BTreeSet<&'a str>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, paths)),
        Value::Object(fields) => {
            for (name, value) in fields {
                match (name.as_str(), value) {
                    ("image" | "audio", Value::String(path)) => {
                        paths.insert(path);
                    }
                    // The stem read aloud, by language.
                    ("audio", Value::Object(languages)) => {
                        paths.extend(languages.values().filter_map(Value::as_str));
                    }
                    _ => collect(value, paths),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_are_found_wherever_they_stand() {
        let item = serde_json::json!({
            "image": "media/face.svg", "audio": { "en": "media/q.mp3", "fr": "media/q-fr.mp3" },
            "stem": [{ "p": "media/no.svg" }, { "image": "media/ten.svg", "alt": "" }],
            "options": [{ "id": "a", "blocks": [{ "audio": "media/a.mp3", "transcript": "a" }] }]
        });
        let mut paths = BTreeSet::new();
        collect(&item, &mut paths);
        let paths: Vec<_> = paths.into_iter().collect();
        assert_eq!(
            paths,
            ["media/a.mp3", "media/face.svg", "media/q-fr.mp3", "media/q.mp3", "media/ten.svg"]
        );

        let html = r#"<img src="/abc/media/x.svg" alt="/abc/"><a href="https://example.org/abc/">"#;
        assert_eq!(in_html(html, "abc"), ["/abc/media/x.svg"]);
    }
}
