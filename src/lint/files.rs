//! Every file of a pack, each looked at in the way of its kind, one after the other.

use super::findings::Findings;
use super::pack::{Pack, Seen, ending};
use super::probe::{Bytes, captions, pdf};
use super::script::{self, Trouble};
use super::{html, media, page, pictures, questions, style, web};
use crate::error::Result;
use crate::packs::{Step, Watch};

/// Texts are read whole up to this size. Larger ones are no pages: what could hide in them is said to be unknown.
const LARGEST_TEXT: u64 = 16 << 20;
/// What a question costs beside a byte of other text: each template is drawn a thousand times.
const WORK_OF_QUESTIONS: u64 = 500;
/// Of media only the heads are read.
const WORK_OF_FILE: u64 = 64 << 10;

/// Looks at all files. `seeds` is how often templates are drawn.
pub(super) fn look(
    pack: &Pack,
    seeds: u64,
    (seen, findings): (&mut Seen, &mut Findings),
    watch: &dyn Watch,
) -> Result<()> {
    let work = |path: &str, size: u64| {
        if is_questions(path) { size * WORK_OF_QUESTIONS } else { size.min(WORK_OF_FILE) }
    };
    let all: u64 = pack.sizes.iter().map(|(path, size)| work(path, *size)).sum();
    let bytes = pack.contents.bytes;
    // The work that is done, told as that share of all bytes.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share for a bar"
    )]
    let tell = |done: u64, share_of_more: f64, more: u64| {
        let share = (done as f64 + share_of_more * more as f64) / all.max(1) as f64;
        watch.at(Step::Checking, (bytes as f64 * share) as u64, bytes)
    };
    let mut done = 0;
    for (path, size) in &pack.sizes {
        let more = work(path, *size);
        tell(done, 0.0, more)?;
        if is_questions(path) {
            questions::look((pack, path, seeds), seen, findings, &|share| tell(done, share, more))?;
        } else if !path.starts_with("LICENSES/") {
            file(pack, path, *size, seen, findings)?;
        }
        done += more;
    }
    watch.at(Step::Checking, bytes, bytes)
}

pub(super) fn is_questions(path: &str) -> bool {
    path.starts_with("items/") && ending(path) == "json"
}

fn file(pack: &Pack, path: &str, size: u64, seen: &mut Seen, findings: &mut Findings) -> Result<()> {
    match ending(path).as_str() {
        "md" | "html" | "htm" | "xhtml" | "svg" | "css" | "js" | "mjs" | "vtt" => {
            match pack.text(path, LARGEST_TEXT)? {
                Some(text) => text_file(pack, path, &text, seen, findings),
                None => findings.say("E-107", path, "is too large a text to be looked at; split it."),
            }
        }
        "pdf" => {
            let found = pdf::probe(&mut Bytes::of(pack.tree, path, size))?;
            let trouble = match found {
                None => "is no PDF that can be read; export it again.",
                Some(found) if found.locked => "is locked; export it again without a password.",
                Some(found) if found.scripts => "holds scripts; export it again without.",
                Some(_) => return Ok(()),
            };
            findings.say("E-108", path, trouble);
        }
        "png" | "jpg" | "jpeg" | "gif" | "webp" => pictures::look(pack, path, size, findings)?,
        "swf" | "jar" | "class" => {
            findings.say("E-107", path, "is for Flash or Java, which no tablet runs; take it out.");
        }
        "json" | "txt" | "xml" | "opf" | "ncx" | "smil" | "csv" | "ttf" | "otf" | "woff" | "woff2"
        | "wasm" | "minisig" | "map" => {}
        other if media::is_played(other) => media::look(pack, path, size, seen, findings)?,
        _ => seen.strange.push(path.to_owned()),
    }
    Ok(())
}

fn text_file(pack: &Pack, path: &str, text: &str, seen: &mut Seen, findings: &mut Findings) {
    match ending(path).as_str() {
        "md" => {
            if path.starts_with("pages/") {
                web::look_at_page(pack, path, &page::of_markdown(path, text), seen, findings);
            }
        }
        "svg" => pictures::look_at_drawing(pack, path, text, seen, findings),
        "css" => {
            let style = style::read(path, text);
            for leads in &style.loads {
                web::look_at_load(pack, path, leads, seen, findings);
            }
            web::look_at_colours(path, &style.faint, findings);
        }
        "js" | "mjs" => web::look_at_troubles(path, &script::look(text), findings),
        "vtt" => {
            if let Err(trouble) = captions::check(text) {
                findings.say("E-106", path, format!("{trouble}, so no words are shown; mend it."));
            }
            let language = pack.language_of_captions(path).unwrap_or(&pack.manifest.language);
            web::look_at_words(language, path, &caption_words(text), findings);
        }
        _ => web::look_at_page(pack, path, &html::read(path, text), seen, findings),
    }
}

/// What is said in captions; each line stands for itself.
fn caption_words(text: &str) -> Vec<page::Prose> {
    let is_word =
        |line: &&str| !line.contains("-->") && !line.starts_with("WEBVTT") && !line.trim().is_empty();
    let prose = |line: &str| page::Prose { text: line.to_owned(), ..page::Prose::default() };
    text.lines().filter(is_word).map(prose).collect()
}

/// A sentence for each thing that a script should not do.
pub(super) fn of_trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Asks(address) => {
            format!("asks {address}, which no tablet of the school can reach; put it into the pack.")
        }
        Trouble::Unpacks => {
            "unpacks a text and runs it, so nobody can look at what it does; use the plain script.".to_owned()
        }
    }
}
