//! What a pack must be so that nothing in it leads nowhere.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::content::{Content, Question};
use super::format::Words;
use super::media::ending;
use super::outline::{Activity, ActivityKind, Lesson};
use super::version::Version;

/// Bytes of the longest path.
const LONGEST_PATH: usize = 200;
/// Folders in folders, at most.
const DEEPEST_PATH: usize = 16;
const LONGEST_TITLE: usize = 80;
const LONGEST_SUMMARY: usize = 400;
/// A question asked more often than this in one activity is a mistake of typing.
const MOST_OFTEN: u32 = 100;

/// More faults of one code than this help nobody; a pack can be made that has millions.
const MOST_OF_A_CODE: usize = 1_000;

/// Something that is wrong with a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Stable: `F-…` is fatal, `E-…` an error.
    pub code: &'static str,
    /// The file that it is in.
    pub path: String,
    /// What is wrong and what to do, in one sentence.
    pub message: String,
}

impl Fault {
    /// Whether nobody can accept it.
    pub fn is_fatal(&self) -> bool {
        self.code.starts_with('F')
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}: {}", self.code, self.path, self.message)
    }
}

/// The trouble with a path that is meant to do harm, or was made on a computer that parts names otherwise.
pub(super) const LEADS_OUT: &str = "leads out of the pack";

/// Why `path` can't be the path of a file in a pack; `None` when it can.
pub fn path_trouble(path: &str) -> Option<&'static str> {
    // Books and apps bring their names along, and name their own files by them.
    let brings_names = ["books/", "apps/"].iter().any(|home| path.starts_with(home));
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let is_brought = |c: char| brings_names && (c == ' ' || "!#$%&'()+,;=@[]^`{}~".contains(c));
    let strange = |c: char| !(is_plain(c) || is_brought(c));
    if path.split('/').any(|part| part == "..") || path.starts_with('/') || path.contains(['\\', ':']) {
        Some(LEADS_OUT)
    } else if path.is_empty() || path.split('/').any(|part| part.is_empty() || part.starts_with('.')) {
        Some("has an empty part, or one that starts with a dot")
    } else if path.len() > LONGEST_PATH || path.split('/').count() > DEEPEST_PATH {
        Some("is too long")
    } else if path.nfc().any(strange) {
        Some("may be made of letters, digits, - _ and . only")
    } else {
        None
    }
}

/// Two paths with the same key would be one file on some computers.
pub fn path_key(path: &str) -> String {
    path.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// Whether anybody in the school's network may fetch a file. Questions hold their keys, so they go out only through the
/// app, one variant at a time; so do pages in Markdown, which hold teachers' notes.
pub(super) fn is_public(path: &str) -> bool {
    ["media/", "books/", "apps/"].iter().any(|home| path.starts_with(home))
        || (path.starts_with("pages/") && ending(path) == "html")
}

/// Everything that is wrong with a pack, as far as it matters for using it.
pub(super) fn faults(content: &Content) -> Vec<Fault> {
    let skills = content.skills.skills.iter().map(|skill| skill.id.as_str()).collect();
    let questions = content.questions.iter().map(|question| (question.id.as_str(), question)).collect();
    let mut found = Finder { content, skills, questions, counts: BTreeMap::new(), faults: Vec::new() };
    found.manifest();
    found.skills();
    found.outline();
    found.questions();
    for link in &content.links {
        found.file(&link.from, &link.to);
    }
    found.faults
}

struct Finder<'a> {
    content: &'a Content,
    skills: BTreeSet<&'a str>,
    questions: BTreeMap<&'a str, &'a Question>,
    counts: BTreeMap<&'static str, usize>,
    faults: Vec<Fault>,
}

impl Finder<'_> {
    fn say(&mut self, code: &'static str, path: &str, message: impl Into<String>) {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= MOST_OF_A_CODE {
            self.faults.push(Fault { code, path: path.to_owned(), message: message.into() });
        }
    }

    fn manifest(&mut self) {
        const HERE: &str = "pack.json";
        let manifest = &self.content.manifest;
        if !is_pack_id(&manifest.id) {
            let message = format!(
                "`id` is \"{}\"; write a reversed domain name such as org.example.fractions, or a UUID.",
                manifest.id
            );
            self.say("F-001", HERE, message);
        }
        if Version::parse(&manifest.version).is_none() {
            let message =
                format!("`version` is \"{}\"; write three numbers such as 1.0.0.", manifest.version);
            self.say("F-001", HERE, message);
        }
        if Version::parse(&manifest.needs.min_app).is_none() {
            self.say("F-001", HERE, "`needs.minApp` must be a version of Schoolhouse such as 0.1.0.");
        }
        self.words("title", &manifest.title, LONGEST_TITLE);
        self.words("summary", &manifest.summary, LONGEST_SUMMARY);
        for (field, value) in [
            ("language", &manifest.language),
            ("publisher", &manifest.publisher),
            ("released", &manifest.released),
        ] {
            if value.trim().is_empty() {
                self.say("F-001", HERE, format!("`{field}` is empty; fill it in."));
            }
        }
        if !self.content.manifest.licence.eq_ignore_ascii_case("unknown") {
            self.file(HERE, &manifest.licence_text);
        }
        if let Some(cover) = &manifest.cover {
            self.file(HERE, cover);
        }
    }

    fn words(&mut self, field: &str, words: &Words, longest: usize) {
        if words.is_empty() {
            self.say("F-001", "pack.json", format!("`{field}` needs words in at least one language."));
        }
        for (language, text) in words {
            let length = text.chars().count();
            if length == 0 || length > longest {
                let message = format!(
                    "`{field}` in {language} has {length} characters; write between 1 and {longest}."
                );
                self.say("F-001", "pack.json", message);
            }
        }
    }

    fn file(&mut self, from: &str, path: &str) {
        if !self.content.paths.contains(path) {
            self.say(
                "E-101",
                from,
                format!("names {path}, which is not in the pack; add the file or mend the name."),
            );
        }
    }

    fn skills(&mut self) {
        const HERE: &str = "skills.json";
        let skills = &self.content.skills.skills;
        self.ids(HERE, "skill", skills.iter().map(|skill| skill.id.as_str()));
        for skill in skills {
            for first in &skill.prerequisites {
                self.skill(HERE, first);
            }
            if let Some(page) = &skill.off_tablet {
                self.file(HERE, page);
            }
        }
        let before = skills.iter().map(|skill| (skill.id.as_str(), skill.prerequisites.as_slice()));
        if let Some(circle) = find_circle(&before.collect()) {
            let message = format!(
                "the prerequisites go round in a circle: {}; take one of them out.",
                circle.join(" → ")
            );
            self.say("F-008", HERE, message);
        }
    }

    fn skill(&mut self, from: &str, id: &str) {
        if !self.skills.contains(id) {
            self.say("E-103", from, format!("names the skill {id}, which is not in skills.json."));
        }
    }

    fn ids<'b>(&mut self, path: &str, what: &str, ids: impl Iterator<Item = &'b str>) {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !is_id(id) {
                let message =
                    format!("the id \"{id}\" of a {what} must be lower case letters, digits and -.");
                self.say("F-001", path, message);
            }
            if !seen.insert(id) {
                self.say("F-007", path, format!("the id {id} of a {what} occurs twice; give each its own."));
            }
        }
    }

    fn outline(&mut self) {
        const HERE: &str = "outline.json";
        let units = &self.content.outline.units;
        self.ids(HERE, "unit", units.iter().map(|unit| unit.id.as_str()));
        let lessons: Vec<&Lesson> = units.iter().flat_map(|unit| &unit.lessons).collect();
        self.ids(HERE, "lesson", lessons.iter().map(|lesson| lesson.id.as_str()));
        for lesson in lessons {
            self.ids(HERE, "activity", lesson.activities.iter().map(|activity| activity.id.as_str()));
            for path in [&lesson.picture, &lesson.teacher_notes, &lesson.off_tablet].into_iter().flatten() {
                self.file(HERE, path);
            }
            for skill in &lesson.skills {
                self.skill(HERE, skill);
            }
            for activity in &lesson.activities {
                self.activity(lesson, activity);
            }
        }
    }

    fn activity(&mut self, lesson: &Lesson, activity: &Activity) {
        const HERE: &str = "outline.json";
        let name = format!("{}/{}", lesson.id, activity.id);
        self.parts_of_activity(&name, activity);
        let named = [&activity.page, &activity.file, &activity.transcript, &activity.poster];
        let captions = activity.captions.iter().map(|captions| &captions.file);
        let chapters = activity.chapters.iter().map(|chapter| &chapter.file);
        for path in named.into_iter().flatten().chain(captions).chain(chapters) {
            self.file(HERE, path);
        }
        for reference in &activity.items {
            let item = &reference.item;
            let Some(question) = self.questions.get(item.as_str()) else {
                self.say("E-101", HERE, format!("{name} asks {item}, which is in no file under items/."));
                continue;
            };
            let may_repeat = question.is_template || reference.count == 1;
            if reference.count == 0 || reference.count > MOST_OFTEN || !may_repeat {
                let message = format!(
                    "{name} asks {item} {} times; a question is asked once, a template up to {MOST_OFTEN} times.",
                    reference.count
                );
                self.say("F-001", HERE, message);
            }
        }
    }

    /// Each kind of activity has the parts that it needs, and no others.
    fn parts_of_activity(&mut self, name: &str, activity: &Activity) {
        use ActivityKind::{App, Audio, Book, Document, Example, Page, Picture, Video};
        let kind = activity.kind;
        let is_played = matches!(kind, Video | Audio);
        let parts = [
            ("page", activity.page.is_some(), matches!(kind, Page | Example), true),
            ("items", !activity.items.is_empty(), kind.asks(), true),
            ("file", activity.file.is_some(), kind.shows_file(), true),
            ("chapters", !activity.chapters.is_empty(), kind == Book, true),
            ("captions", !activity.captions.is_empty(), is_played, false),
            ("transcript", activity.transcript.is_some(), is_played, false),
            ("poster", activity.poster.is_some(), kind == Video, false),
            ("alt", activity.alt.is_some(), kind == Picture, false),
        ];
        for (part, is_there, may, must) in parts {
            if is_there && !may {
                self.say(
                    "F-001",
                    "outline.json",
                    format!("{name} is of a kind that can't have `{part}`; take it out."),
                );
            } else if !is_there && may && must {
                self.say(
                    "F-001",
                    "outline.json",
                    format!("{name} is of a kind that needs `{part}`; add it."),
                );
            }
        }
        let home = match kind {
            Book => "books/",
            App => "apps/",
            Video | Audio | Document | Picture => "media/",
            _ => return,
        };
        let shown = activity.file.iter().chain(activity.chapters.iter().map(|chapter| &chapter.file));
        for path in shown.filter(|path| !path.starts_with(home)) {
            self.say(
                "F-001",
                "outline.json",
                format!("{name} shows {path}; lay what it shows below {home}."),
            );
        }
    }

    fn questions(&mut self) {
        let mut seen = BTreeSet::new();
        for question in &self.content.questions {
            self.ids(&question.path, "question", std::iter::once(question.id.as_str()));
            if !seen.insert(&question.id) {
                let message =
                    format!("the id {} of a question occurs twice; give each its own.", question.id);
                self.say("F-007", &question.path, message);
            }
            for skill in &question.skills {
                self.skill(&question.path, skill);
            }
            for media in &question.media {
                self.file(&question.path, media);
            }
        }
    }
}

fn is_id(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=64).contains(&text.len()) && text.bytes().all(plain)
}

/// A reversed domain name of at least two parts, or a UUID.
fn is_pack_id(text: &str) -> bool {
    let is_uuid = text.len() == 36
        && text.char_indices().all(|(place, c)| match place {
            8 | 13 | 18 | 23 => c == '-',
            _ => matches!(c, '0'..='9' | 'a'..='f'),
        });
    let is_name = text.len() <= 200 && text.contains('.') && text.split('.').all(is_id);
    is_uuid || is_name
}

/// The names along a circle, if `before` has one.
fn find_circle<'a>(before: &BTreeMap<&'a str, &'a [String]>) -> Option<Vec<&'a str>> {
    let (mut done, mut on_way) = (BTreeSet::new(), BTreeSet::new());
    for start in before.keys() {
        // Depth first without recursion, because the file may nest as deep as it likes.
        let mut way: Vec<(&str, usize)> = vec![(start, 0)];
        while let Some((name, next)) = way.pop() {
            if done.contains(name) {
                continue;
            }
            let Some(first) = before.get(name).and_then(|firsts| firsts.get(next)) else {
                done.insert(name);
                on_way.remove(name);
                continue;
            };
            way.push((name, next + 1));
            on_way.insert(name);
            if on_way.contains(&**first) {
                let mut circle: Vec<&str> =
                    way.iter().map(|(name, _)| *name).skip_while(|name| name != first).collect();
                circle.push(first);
                return Some(circle);
            }
            way.push((first, 0));
        }
    }
    None
}
