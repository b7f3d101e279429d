//! Pictures: size, what a camera left in them, scripts and words in drawings.

use super::address::Leads;
use super::findings::Findings;
use super::pack::{Pack, Seen};
use super::probe::{Bytes, exif, image};
use super::{html, privacy, web};
use crate::error::Result;

/// Bytes of the largest picture: half a second for one tablet of forty on a plain access point.
const LARGEST: u64 = 400 << 10;
/// Pixels of the longest side: twice what the tablets have.
const LONGEST_SIDE: u64 = 1600;
/// Letters of words that stand for a picture with text in it: shorter ones can't say what is written there.
const SHORTEST_ALT: usize = 20;

/// Looks at a picture of pixels.
pub(super) fn look(pack: &Pack, path: &str, size: u64, findings: &mut Findings) -> Result<()> {
    let mut bytes = Bytes::of(pack.tree, path, size);
    let Some(picture) = image::probe(&mut bytes)? else {
        findings.say(
            "E-101",
            path,
            "is no picture that a tablet can show; save it as PNG, JPEG, GIF or WebP.",
        );
        return Ok(());
    };
    if size > LARGEST {
        let message = format!("has {} KB; save it smaller than {} KB.", size >> 10, LARGEST >> 10);
        findings.say("W-201", path, message);
    }
    if picture.width.max(picture.height) > LONGEST_SIDE {
        let message = format!(
            "has {} × {} pixels; no tablet shows more than {LONGEST_SIDE} on a side.",
            picture.width, picture.height
        );
        findings.say("W-201", path, message);
    }
    privacy::look_at_photo(path, exif::probe(&mut bytes)?, findings);
    Ok(())
}

/// Looks at a drawing.
pub(super) fn look_at_drawing(pack: &Pack, path: &str, text: &str, seen: &mut Seen, findings: &mut Findings) {
    let drawing = html::read_drawing(path, text);
    // An app may run what it likes, in drawings, too.
    if drawing.runs && !path.starts_with("apps/") {
        findings.say("E-108", path, "holds a script or a page; save it as a plain drawing.");
    }
    if text.len() as u64 > LARGEST {
        findings.say("W-201", path, format!("has {} KB; simplify it, or save it as PNG.", text.len() >> 10));
    }
    for leads in &drawing.loads {
        match leads {
            Leads::Program(_) | Leads::Script => {}
            leads => web::look_at_load(pack, path, leads, seen, findings),
        }
    }
    if !drawing.words.is_empty() {
        seen.words.insert(path.to_owned(), drawing.words);
    }
}

/// Once all words that stand for pictures are known: words inside a drawing must be among them, or told at length.
pub(super) fn conclude(seen: &Seen, findings: &mut Findings) {
    for (path, words) in &seen.words {
        let Some(alt) = seen.alts.get(path) else { continue };
        let said = alt.to_lowercase();
        let is_said = words.iter().all(|word| said.contains(word.as_str()));
        if alt.chars().count() <= SHORTEST_ALT && !is_said {
            let message = format!(
                "has words in it (“{}”), and “{alt}” does not say them; write them into `alt`, or below the picture.",
                words.join(" ")
            );
            findings.say("W-205", path, message);
        }
    }
}
