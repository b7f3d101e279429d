//! A folder of files as a course: each file a lesson in its natural order, each folder a unit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::app::{App, entrances};
use super::captions;
use super::kind::{Kind, kind_of};
use super::made::Making;
use super::media::poster;
use super::names::{natural, title_of_folder};
use super::one;
use super::pages::Pages;
use super::source::Source;
use crate::error::Result;
use crate::packs::Lesson;

/// What lies in a folder, once it is clear what belongs to what.
struct Sorted {
    kinds: BTreeMap<String, Kind>,
    /// Folders that are web pages as a whole, each with its stroke.
    apps: Vec<String>,
    /// Files that come along with others.
    taken: BTreeSet<String>,
}

/// Makes units of all files.
///
/// # Errors
/// When a file can't be read, or is refused.
pub(super) fn lay(making: &mut Making, source: &Arc<Source>, title: &str) -> Result<()> {
    let Sorted { kinds, apps, taken } = sort(source)?;
    let mut pages = Pages::default();
    let mut lessons: BTreeMap<String, Vec<Lesson>> = BTreeMap::new();
    for (path, kind) in &kinds {
        if matches!(kind, Kind::Page | Kind::Plain) {
            pages.expect(making, path);
        }
    }
    let mut order: Vec<&String> = kinds.keys().collect();
    order.sort_by(|a, b| natural(a, b));
    // Pages and questions first: the pictures that they bring along are no lessons of their own.
    let names_others = |kind: &Kind| matches!(kind, Kind::Page | Kind::Plain | Kind::Quiz(_) | Kind::Sheet);
    for is_first in [true, false] {
        for path in &order {
            let Some(kind) = kinds.get(*path).filter(|kind| names_others(kind) == is_first) else { continue };
            if !taken.contains(*path) && pages.home_of(path).is_none() {
                lessons.insert((*path).clone(), one::lay(making, &mut pages, source, path, kind)?);
            }
        }
    }
    for under in apps {
        let app = App::of_folder(source, &under, entrances(source, &under));
        let name = under.trim_end_matches('/');
        let known = app.known()?;
        let title = known.title.unwrap_or_else(|| title_of_folder(name));
        let activities = app.lay(making, &title_of_folder(name))?;
        let made = vec![making.lesson(&title, activities)];
        lessons.insert(name.to_owned(), made);
    }
    let mut units: Vec<(String, Vec<Lesson>)> = Vec::new();
    let mut order: Vec<(String, Vec<Lesson>)> = lessons.into_iter().collect();
    order.sort_by(|(a, _), (b, _)| {
        folder_of(a).is_some().cmp(&folder_of(b).is_some()).then_with(|| natural(a, b))
    });
    for (path, made) in order {
        let folder = folder_of(&path).unwrap_or_default().to_owned();
        match units.iter_mut().find(|(known, _)| *known == folder) {
            Some((_, lessons)) => lessons.extend(made),
            None => units.push((folder, made)),
        }
    }
    for (folder, lessons) in units {
        let steps: Vec<String> = folder.split('/').map(title_of_folder).collect();
        making.unit(&if folder.is_empty() { title.to_owned() } else { steps.join(" · ") }, lessons);
    }
    Ok(())
}

fn folder_of(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}

fn sort(source: &Source) -> Result<Sorted> {
    let paths: Vec<String> = source.files().map(|(path, _)| path.to_owned()).collect();
    let mut apps: Vec<String> = Vec::new();
    for path in &paths {
        let (folder, name) =
            path.rsplit_once('/').map_or(("", path.as_str()), |(folder, name)| (folder, name));
        let is_index =
            matches!(name.to_ascii_lowercase().as_str(), "index.html" | "index.htm" | "index.xhtml");
        if is_index && !folder.is_empty() {
            apps.push(format!("{folder}/"));
        }
    }
    apps.sort_by_key(String::len);
    let mut outer: Vec<String> = Vec::new();
    for app in apps {
        if !outer.iter().any(|known| app.starts_with(known.as_str())) {
            outer.push(app);
        }
    }
    let mut kinds = BTreeMap::new();
    for path in paths.into_iter().filter(|path| !outer.iter().any(|app| path.starts_with(app.as_str()))) {
        let kind = kind_of(source, &path)?;
        kinds.insert(path, kind);
    }
    let mut taken = BTreeSet::new();
    for (path, kind) in &kinds {
        if matches!(kind, Kind::Video(_) | Kind::Audio(_)) {
            taken.extend(captions::beside(source, path)?.into_iter().map(|beside| beside.path));
        }
        if matches!(kind, Kind::Video(_)) {
            taken.extend(poster(source, path)?.map(|(path, _)| path));
        }
    }
    Ok(Sorted { kinds, apps: outer, taken })
}
