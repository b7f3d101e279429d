//! What the parts of a pack were called in older versions, so that results keep their place.
//!
//! Entries in the journal are never rewritten: whoever reads them asks here what an old name means now. A name that the
//! pack has means itself, whatever the list says.

use std::collections::{BTreeMap, HashMap};

use super::format::{Manifest, Renamed};
use super::outline::Unit;

/// The names that parts of a course had before.
#[derive(Debug, Default)]
pub(super) struct Names {
    renamed: Renamed,
    /// Ids of packs whose place it takes.
    pub(super) replaces: Vec<String>,
    /// The older names of each activity, `lesson/activity`, by the one that it has.
    formerly: HashMap<String, Vec<(String, String)>>,
}

impl Names {
    /// As the manifest lists them, for a course of these units.
    pub(super) fn of(manifest: &Manifest, units: &[Unit]) -> Self {
        let lessons = || units.iter().flat_map(|unit| &unit.lessons);
        let is_there = |name: &str| {
            let (lesson, activity) = split(name);
            lessons().any(|known| known.id == lesson && known.activities.iter().any(|one| one.id == activity))
        };
        let renamed = manifest.renamed.clone();
        let mut formerly: HashMap<String, Vec<(String, String)>> = HashMap::new();
        for old in renamed.activities.keys() {
            if let Some(now) = follow(&renamed.activities, old, is_there).filter(|now| now != old) {
                let (lesson, activity) = split(old);
                formerly.entry(now.to_owned()).or_default().push((lesson.to_owned(), activity.to_owned()));
            }
        }
        Self { renamed, replaces: manifest.replaces.clone(), formerly }
    }

    /// Lesson and activity that were called so before; `is_there` tells whether the course has an activity of a name.
    pub(super) fn activity<'a>(
        &'a self,
        lesson: &str,
        activity: &str,
        is_there: impl Fn(&str, &str) -> bool,
    ) -> Option<(&'a str, &'a str)> {
        let is_there = |name: &str| {
            let (lesson, activity) = split(name);
            is_there(lesson, activity)
        };
        let old = format!("{lesson}/{activity}");
        let (old, _) = self.renamed.activities.get_key_value(&old)?;
        follow(&self.renamed.activities, old, is_there).map(split)
    }

    /// All names that an activity had before.
    pub(super) fn of_activity(&self, lesson: &str, activity: &str) -> &[(String, String)] {
        if self.formerly.is_empty() {
            return &[];
        }
        self.formerly.get(&format!("{lesson}/{activity}")).map_or(&[], Vec::as_slice)
    }

    /// The skill that was called so before.
    pub(super) fn skill<'a>(&'a self, old: &'a str, is_there: impl Fn(&str) -> bool) -> Option<&'a str> {
        follow(&self.renamed.skills, old, is_there)
    }

    /// The item that was called so before.
    pub(super) fn item<'a>(&'a self, old: &'a str, is_there: impl Fn(&str) -> bool) -> Option<&'a str> {
        follow(&self.renamed.items, old, is_there)
    }
}

/// From name to name until one is there. A circle ends with nothing: its names are all gone.
fn follow<'a>(
    renamed: &'a BTreeMap<String, Option<String>>,
    old: &'a str,
    is_there: impl Fn(&str) -> bool,
) -> Option<&'a str> {
    let mut name = old;
    for _ in 0..=renamed.len() {
        if is_there(name) {
            return Some(name);
        }
        name = renamed.get(name)?.as_deref()?;
    }
    None
}

fn split(name: &str) -> (&str, &str) {
    name.split_once('/').unwrap_or((name, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_followed_over_all_versions_until_one_is_there() {
        let list = [
            ("one", Some("two")),
            ("two", Some("three")),
            ("gone", None),
            ("lost", Some("nowhere")),
            ("back", Some("forth")),
            ("forth", Some("back")),
            ("left", Some("right")),
            ("right", Some("left")),
        ];
        let list = list.map(|(old, now)| (old.to_owned(), now.map(str::to_owned))).into();
        let there = ["three", "left", "right"];
        for (old, now) in [
            ("one", Some("three")),
            ("two", Some("three")),
            ("three", Some("three")),
            ("gone", None),
            ("lost", None),
            ("back", None),
            ("unheard", None),
            // Two that changed places would each be the other's: what has a name keeps it.
            ("left", Some("left")),
        ] {
            assert_eq!(follow(&list, old, |name| there.contains(&name)), now, "{old}");
        }
    }
}
