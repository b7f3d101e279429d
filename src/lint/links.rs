//! What leads nowhere and what nothing leads to: pages without a way on, files that nobody sees, the same file twice.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use sha2::{Digest, Sha256};

use super::findings::Findings;
use super::pack::{Pack, Seen, ending, home};
use crate::error::Result;

/// Files that a pack may have although nothing shows them.
const DOCUMENTS: [&str; 8] = [
    "mimetype",
    "pack.json",
    "files.json",
    "skills.json",
    "outline.json",
    "lint.json",
    "README.md",
    "CHANGELOG.md",
];

/// Bytes by which files of one size are compared first.
const COMPARED_FIRST: u64 = 64 << 10;

/// Notes every file that the documents of the pack name.
pub(super) fn note_documents(pack: &Pack, seen: &mut Seen) {
    let manifest = &pack.manifest;
    let mut name = |path: &str| {
        seen.named.insert(path.to_owned());
    };
    name(&manifest.licence_text);
    manifest.cover.iter().for_each(|path| name(path));
    pack.skills.iter().filter_map(|skill| skill.off_tablet.as_ref()).for_each(|path| name(path));
    for lesson in pack.lessons() {
        [&lesson.picture, &lesson.teacher_notes, &lesson.off_tablet]
            .into_iter()
            .flatten()
            .for_each(|path| name(path));
    }
    for (_, activity) in pack.activities() {
        let single =
            [&activity.page, &activity.file, &activity.transcript, &activity.poster].into_iter().flatten();
        let captions = activity.captions.iter().map(|captions| &captions.file);
        let chapters = activity.chapters.iter().map(|chapter| &chapter.file);
        single.chain(captions).chain(chapters).for_each(|path| name(path));
    }
}

/// Looks at all files once everything that names them was seen. `shown` are those that the documents name.
pub(super) fn conclude(
    pack: &Pack,
    shown: &BTreeSet<String>,
    seen: &Seen,
    findings: &mut Findings,
) -> Result<()> {
    orphans(pack, seen, findings);
    dead_ends(pack, shown, seen, findings);
    doubles(pack, findings)
}

fn orphans(pack: &Pack, seen: &Seen, findings: &mut Findings) {
    let homes: BTreeSet<&str> = seen.named.iter().filter_map(|path| home(path)).collect();
    let mut told = BTreeSet::new();
    for path in pack.sizes.keys() {
        let is_quiet = DOCUMENTS.contains(&path.as_str())
            || ["LICENSES/", "sig/", "i18n/", "items/"].iter().any(|start| path.starts_with(start));
        let fits = |(start, end): &(String, String)| {
            path.len() >= start.len() + end.len()
                && path.starts_with(start.as_str())
                && path.ends_with(end.as_str())
        };
        if is_quiet || seen.named.contains(path) {
            continue;
        }
        match home(path) {
            Some(home) if homes.contains(home) => {}
            Some(home) => {
                if told.insert(home) {
                    findings.say("W-208", home, "is shown by no activity; add one, or take the folder out.");
                }
            }
            None if seen.patterns.iter().any(fits) => {}
            None => findings.say("W-208", path, "is shown by nothing; take the file out, or show it."),
        }
    }
}

/// Pages that a student gets to by a link and can leave only by the way that they came.
fn dead_ends(pack: &Pack, shown: &BTreeSet<String>, seen: &Seen, findings: &mut Findings) {
    for path in &seen.linked {
        let is_page = matches!(ending(path).as_str(), "md" | "html" | "htm" | "xhtml");
        if is_page && pack.has(path) && !shown.contains(path) && !seen.leading.contains(path) {
            findings.say(
                "W-208",
                path,
                "leads nowhere: no activity shows it, and no link goes on from it; add a link.",
            );
        }
    }
}

/// The same bytes under two names in `media/`. Most files differ in size, most others in their first bytes; what is left
/// is read whole, unless an archive knows its sums.
fn doubles(pack: &Pack, findings: &mut Findings) -> Result<()> {
    let mut by_size: BTreeMap<u64, Vec<&String>> = BTreeMap::new();
    for (path, size) in pack.sizes.iter().filter(|(path, _)| path.starts_with("media/")) {
        by_size.entry(*size).or_default().push(path);
    }
    for paths in by_size.values().filter(|paths| paths.len() > 1) {
        let by_start = group(paths, |path| match pack.tree.known_digest(path) {
            Some(digest) => Ok(digest),
            None => digest(&mut pack.tree.open(path)?.take(COMPARED_FIRST)),
        })?;
        for paths in by_start.values().filter(|paths| paths.len() > 1) {
            let by_content = group(paths, |path| match pack.tree.known_digest(path) {
                Some(digest) => Ok(digest),
                None => digest(&mut *pack.tree.open(path)?),
            })?;
            for paths in by_content.values() {
                for path in paths.iter().skip(1) {
                    let message = format!("is the same file as {}; keep one of them.", paths[0]);
                    findings.say("W-208", path, message);
                }
            }
        }
    }
    Ok(())
}

fn group<'a>(
    paths: &[&'a String],
    key: impl Fn(&str) -> Result<[u8; 16]>,
) -> Result<BTreeMap<[u8; 16], Vec<&'a String>>> {
    let mut groups: BTreeMap<[u8; 16], Vec<&String>> = BTreeMap::new();
    for path in paths {
        groups.entry(key(path)?).or_default().push(path);
    }
    Ok(groups)
}

/// The first half of the SHA-256 of all that comes.
fn digest(from: &mut dyn Read) -> Result<[u8; 16]> {
    let mut hash = Sha256::new();
    let mut part = vec![0; 64 << 10];
    loop {
        let got = from.read(&mut part)?;
        if got == 0 {
            let whole: [u8; 32] = hash.finalize().into();
            return Ok(whole.first_chunk().copied().unwrap_or_default());
        }
        hash.update(&part[..got]);
    }
}
