//! Questions: keys that work, templates that always give a good one, pictures with words, stems that are read aloud.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::findings::Findings;
use super::pack::{Pack, Seen};
use super::page::Prose;
use super::{language, privacy, reading};
use crate::error::Result;
use crate::items::{Block, FaultKind, Item, ItemFault, Question, Variant, item_faults};

/// Files of questions are at most as large as any document.
const LARGEST_FILE: u64 = 4 << 20;
/// Variants of a template that are looked at for their words and pictures.
const LOOKED_AT: u64 = 100;
/// Up to this grade children are read to.
const READ_TO_GRADE: u8 = 3;

/// Ids that are named of those that nobody reads aloud.
const SILENT_SHOWN: usize = 5;

/// What is kept of a question for what can be said only of all together.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) id: String,
    /// Its type.
    pub(super) kind: String,
    pub(super) is_template: bool,
    pub(super) skills: BTreeSet<String>,
    /// How hard it is thought to be; 0 is medium.
    pub(super) mean: f64,
    /// The difficulty is a word: nobody measured it.
    pub(super) is_guess: bool,
    pub(super) key: super::bias::Key,
}

/// What the questions of one file have in common, or lack together.
#[derive(Default)]
struct OfFile {
    prose: Vec<Prose>,
    /// Ids of questions that nobody reads aloud.
    silent: Vec<String>,
}

/// Looks at a file of questions; templates are drawn with `seeds` seeds. `goes_on` hears which share of the file is done,
/// from 0 to 1, before each question.
pub(super) fn look(
    (pack, path, seeds): (&Pack, &str, u64),
    seen: &mut Seen,
    findings: &mut Findings,
    goes_on: &dyn Fn(f64) -> Result<()>,
) -> Result<()> {
    let Some(text) = pack.text(path, LARGEST_FILE)? else { return Ok(()) };
    let file: Json = serde_json::from_str(&text).unwrap_or_default();
    let items = file["items"].as_array().map_or(&[][..], Vec::as_slice);
    let skills: BTreeSet<String> = pack.skills.iter().map(|skill| skill.id.clone()).collect();
    let mut of_file = OfFile::default();
    for (number, written) in items.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a share for a bar")]
        goes_on(number as f64 / items.len() as f64)?;
        let place = format!("{path}: {}", written["id"].as_str().unwrap_or("?"));
        note_paths(written, seen);
        match Item::read(written.clone()) {
            Err(fault) => say_fault(&place, &fault, written, findings),
            Ok(item) => {
                for fault in item_faults(&item, &skills, seeds) {
                    say_fault(&place, &fault, written, findings);
                }
                let drawn = 0..if item.is_template() { LOOKED_AT.min(seeds) } else { 1 };
                let variants: Vec<Variant> = drawn.filter_map(|seed| item.variant(seed).ok()).collect();
                for variant in &variants {
                    media(pack, &place, variant, seen, findings);
                }
                note(pack, written, &variants, &mut of_file, seen);
            }
        }
    }
    conclude(pack, path, &of_file, seen, findings);
    Ok(())
}

/// Keeps what is said of all questions together.
fn note(pack: &Pack, written: &Json, variants: &[Variant], of_file: &mut OfFile, seen: &mut Seen) {
    let Some(first) = variants.first() else { return };
    if is_silent(pack, variants) {
        of_file.silent.push(first.id.clone());
    }
    of_file.prose.extend(words(first));
    seen.asked.push(Asked {
        id: first.id.clone(),
        kind: written["type"].as_str().unwrap_or_default().to_owned(),
        is_template: written.get("params").is_some(),
        skills: first.common.skills.iter().map(|skill| skill.id.clone()).collect(),
        mean: first.common.difficulty.mean,
        is_guess: written["difficulty"].is_string(),
        key: super::bias::key(written, first),
    });
}

fn conclude(pack: &Pack, path: &str, of_file: &OfFile, seen: &mut Seen, findings: &mut Findings) {
    if !of_file.silent.is_empty() {
        let shown: Vec<&str> = of_file.silent.iter().take(SILENT_SHOWN).map(String::as_str).collect();
        let more = if of_file.silent.len() > SILENT_SHOWN { "…" } else { "" };
        let message = format!(
            "not read aloud: {}{more}, {} in all; the pack is for children who begin to read, so record them as `audio`.",
            shown.join(", "),
            of_file.silent.len()
        );
        findings.say("W-206", path, message);
    }
    language::look_at_prose(&pack.manifest.language, path, &of_file.prose, findings);
    privacy::look_at_prose(path, &of_file.prose, findings);
    if pack.is_for_students() {
        reading::look(pack, path, &of_file.prose, seen, findings);
    }
}

/// The code of a fault. Structure (`packs/`) has said already which ids and skills are unknown.
fn say_fault(place: &str, fault: &ItemFault, written: &Json, findings: &mut Findings) {
    let has_skills = written["skills"].as_array().is_some_and(|skills| !skills.is_empty());
    let is_own_id = written["id"]
        .as_str()
        .is_none_or(|id| id.contains(|c: char| !matches!(c, 'a'..='z' | '0'..='9' | '-')));
    let code = match fault.kind {
        FaultKind::UnknownSkill if has_skills => return,
        FaultKind::BadId if is_own_id => return,
        FaultKind::UnknownSkill => "E-103",
        FaultKind::NoAlternative => "E-106",
        FaultKind::FewVariants => "W-212",
        _ if fault.in_all => "E-102",
        _ => "W-212",
    };
    findings.say(code, place, format!("{}.", fault.detail.trim_end_matches('.')));
}

/// Pictures and sounds of one variant: there, and with words.
fn media(pack: &Pack, place: &str, variant: &Variant, seen: &mut Seen, findings: &mut Findings) {
    let mut lost = Vec::new();
    let mut name = |path: &str, seen: &mut Seen| {
        if !pack.has(path) {
            lost.push(path.to_owned());
        }
        seen.named.insert(path.to_owned());
    };
    for block in blocks(variant) {
        match block {
            Block::Image(image) => {
                name(&image.image, seen);
                if !image.decorative {
                    seen.picture(&image.image, &image.alt);
                }
            }
            Block::Audio(audio) => {
                name(&audio.audio, seen);
                if audio.transcript.as_deref().unwrap_or_default().trim().is_empty() {
                    let message =
                        format!("the sound {} has no `transcript`; write what is said.", audio.audio);
                    findings.say_once("E-106", place, message);
                }
            }
            _ => {}
        }
    }
    if let Question::Hotspot { image, alt, .. } = &variant.question {
        name(image, seen);
        seen.picture(image, alt);
    }
    for path in variant.common.audio.values() {
        name(path, seen);
        seen.prompts.insert(path.clone());
    }
    // What is named without gaps was looked for with the structure.
    for path in lost.into_iter().filter(|path| !seen.plain.contains(path)) {
        findings.say_once(
            "E-101",
            place,
            format!(
                "shows {path} in some variants, which is not in the pack; add the file or mend the name."
            ),
        );
    }
}

fn blocks(variant: &Variant) -> impl Iterator<Item = &Block> {
    let options = variant.question.lists().into_iter().flatten().flat_map(|option| &option.blocks);
    variant.common.stem.iter().chain(&variant.common.solution).chain(options)
}

/// Paths as they are written, with a template's gaps or without. A name may also be drawn from a list.
fn note_paths(written: &Json, seen: &mut Seen) {
    match written {
        Json::Array(values) => values.iter().for_each(|value| note_paths(value, seen)),
        Json::Object(fields) => {
            for (name, value) in fields {
                if let ("image" | "audio", Some(path)) = (name.as_str(), value.as_str())
                    && !path.contains('{')
                {
                    seen.plain.insert(path.to_owned());
                }
                note_paths(value, seen);
            }
        }
        Json::String(text) if text.starts_with("media/") => match (text.find('{'), text.rfind('}')) {
            (Some(start), Some(end)) if start < end => {
                seen.patterns.push((text[..start].to_owned(), text[end + 1..].to_owned()));
            }
            _ => {
                seen.named.insert(text.clone());
            }
        },
        _ => {}
    }
}

/// Children who can't read yet must hear the question. A template whose words vary can't be recorded.
fn is_silent(pack: &Pack, variants: &[Variant]) -> bool {
    let is_for_small = pack.manifest.grades.iter().max().is_some_and(|grade| *grade <= READ_TO_GRADE);
    let Some(first) = variants.first().filter(|_| pack.is_for_students() && is_for_small) else {
        return false;
    };
    let varies = variants.iter().any(|variant| variant.common.stem != first.common.stem);
    let is_heard = !first.common.audio.is_empty()
        || first.common.stem.iter().any(|block| matches!(block, Block::Audio(_)));
    !varies && !is_heard
}

/// What a student reads of a question.
fn words(variant: &Variant) -> Vec<Prose> {
    let common = &variant.common;
    let prose = |text: &str, in_sentences| Prose { text: plain(text), in_sentences, is_isolated: false };
    let stem = common.stem.iter().chain(&common.solution).filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(prose(&paragraph.p, true)),
        _ => None,
    });
    let options = variant.question.lists().into_iter().flatten().flat_map(|option| {
        option.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(prose(&paragraph.p, false)),
            _ => None,
        })
    });
    stem.chain(common.hints.iter().map(|hint| prose(hint, true))).chain(options).collect()
}

/// Without the marks of bold, italic and fractions.
fn plain(text: &str) -> String {
    text.replace(['*', '[', ']'], "")
}
