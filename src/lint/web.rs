//! Pages in Markdown and HTML: do they show what they name, need nothing from elsewhere, and can everybody read them?

use std::collections::BTreeSet;

use super::address::Leads;
use super::findings::Findings;
use super::pack::{Pack, Seen, ending};
use super::page::{Load, Page, Prose};
use super::script::Trouble;
use super::{files, language, privacy, reading};

/// Bytes of everything that a page needs before it can be seen: at 40 tablets on one access point of some 20 Mbit/s a
/// megabyte for each takes a quarter of a minute.
const LARGEST_VIEW: u64 = 1 << 20;
/// Findings of one kind on one page: the first few tell what is wrong with it.
const MOST_OF_PAGE: usize = 5;

/// Looks at a page.
pub(super) fn look_at_page(pack: &Pack, path: &str, page: &Page, seen: &mut Seen, findings: &mut Findings) {
    // Dead links of Markdown are found with the structure of the pack.
    let is_markdown = ending(path) == "md";
    links(pack, path, page, is_markdown, seen, findings);
    let mut fetched = BTreeSet::new();
    for (load, leads) in &page.loads {
        if is_markdown && matches!(leads, Leads::Inside(_)) {
            seen.name(leads);
        } else {
            look_at_load(pack, path, leads, seen, findings);
        }
        if let (Load::Script | Load::Style | Load::Picture, Leads::Inside(file)) = (load, leads) {
            fetched.insert(file.as_str());
        }
    }
    let weight: u64 = fetched.iter().chain([&path]).filter_map(|file| pack.sizes.get(*file)).sum();
    if weight > LARGEST_VIEW {
        let message = format!(
            "needs {:.1} MB before it is seen, and should need less than 1; make its pictures smaller.",
            megabytes(weight)
        );
        findings.say("W-201", path, message);
    }
    for shown in &page.pictures {
        match (&shown.alt, &shown.leads) {
            (None, leads) => {
                let message =
                    format!("shows {} without words; write what a child must know of it.", name(leads));
                findings.say("E-106", path, message);
            }
            (Some(alt), Leads::Inside(file)) if !alt.trim().is_empty() => seen.picture(file, alt),
            _ => {}
        }
    }
    if page.unworded > 0 {
        findings.say("E-106", path, "plays sound or video without words; add a <track> with captions.");
    }
    for leads in page.forms.iter().filter(|leads| matches!(leads, Leads::Outside(_) | Leads::Program(_))) {
        findings.say(
            "E-107",
            path,
            format!("sends a form to {}, which no tablet of the school can reach; take it out.", name(leads)),
        );
    }
    for dead in page.dead_tech.iter().take(MOST_OF_PAGE) {
        findings.say("E-107", path, format!("shows {dead}, which is for Flash or Java; take it out."));
    }
    look_at_troubles(path, &page.troubles, findings);
    look_at_colours(path, &page.faint, findings);
    let language = page.language.as_ref().unwrap_or(&pack.manifest.language);
    look_at_words(language, path, &page.prose, findings);
    if pack.is_read_by_students(path) {
        reading::look(pack, path, &page.prose, seen, findings);
    }
}

fn links(pack: &Pack, path: &str, page: &Page, is_markdown: bool, seen: &mut Seen, findings: &mut Findings) {
    let mut leads_on = page.runs;
    let mut outside: Vec<&str> = Vec::new();
    for leads in &page.links {
        match leads {
            Leads::Inside(to) => {
                leads_on |= to != path;
                seen.linked.insert(to.clone());
                seen.named.insert(to.clone());
                if !is_markdown && !pack.has(to) {
                    findings.say_once(
                        "E-101",
                        path,
                        format!("leads to {to}, which is not in the pack; add the file or mend the link."),
                    );
                }
            }
            Leads::Outside(address) | Leads::Program(address) => outside.push(address),
            Leads::Itself | Leads::Script => {}
        }
    }
    if leads_on {
        seen.leading.insert(path.to_owned());
    }
    outside.dedup();
    for address in outside.iter().take(MOST_OF_PAGE) {
        findings.say(
            "W-208",
            path,
            format!("leads to {address}, which no tablet of the school can reach; take the link out."),
        );
    }
    if let Some(more) = outside.len().checked_sub(MOST_OF_PAGE).filter(|more| *more > 0) {
        findings.say("W-208", path, format!("leads to {more} more addresses outside of the pack."));
    }
}

/// Something that a page or a style sheet fetches.
pub(super) fn look_at_load(pack: &Pack, path: &str, leads: &Leads, seen: &mut Seen, findings: &mut Findings) {
    match leads {
        Leads::Inside(file) => {
            seen.name(leads);
            if !pack.has(file) {
                findings.say_once(
                    "E-101",
                    path,
                    format!("shows {file}, which is not in the pack; add the file or mend the name."),
                );
            }
        }
        Leads::Outside(address) => {
            let message =
                format!("loads {address}, which no tablet of the school can reach; put it into the pack.");
            findings.say_once("E-107", path, message);
        }
        _ => {}
    }
}

/// What scripts do that they should not.
pub(super) fn look_at_troubles(path: &str, troubles: &[Trouble], findings: &mut Findings) {
    for trouble in troubles.iter().take(MOST_OF_PAGE) {
        findings.say_once("E-107", path, files::of_trouble(trouble));
    }
}

/// Colours that are hard to tell apart.
pub(super) fn look_at_colours(path: &str, faint: &[String], findings: &mut Findings) {
    for pair in faint.iter().take(MOST_OF_PAGE) {
        findings.say_once(
            "W-205",
            path,
            format!("{pair}, less than 4.5; darken the text or lighten the ground."),
        );
    }
}

/// Words, whatever they stand on.
pub(super) fn look_at_words(language: &str, path: &str, prose: &[Prose], findings: &mut Findings) {
    language::look_at_prose(language, path, prose, findings);
    privacy::look_at_prose(path, prose, findings);
}

fn name(leads: &Leads) -> &str {
    match leads {
        Leads::Inside(name) | Leads::Outside(name) | Leads::Program(name) => name,
        Leads::Itself | Leads::Script => "a picture",
    }
}

#[expect(clippy::cast_precision_loss, reason = "a size for people")]
pub(super) fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
