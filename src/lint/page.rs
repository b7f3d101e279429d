//! A page, whatever it is written in, as what people read on it, see on it and are led to by it.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::address::{Leads, follow};
use super::script::Trouble;

/// Words that belong together: a paragraph, an entry of a list, a heading, a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Prose {
    /// Without marks.
    pub(super) text: String,
    /// Written in sentences; a heading or a cell need not be.
    pub(super) in_sentences: bool,
    /// Parts of it are set apart by direction (`bdi`, `dir`).
    pub(super) is_isolated: bool,
}

/// A picture on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// Where it lies.
    pub(super) leads: Leads,
    /// Words in its place; `None` where the page has none, empty where it says that there is nothing to say.
    pub(super) alt: Option<String>,
}

/// What a page fetches to show itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Load {
    /// A script.
    Script,
    /// A style sheet, a font.
    Style,
    /// A picture.
    Picture,
    /// Sound or video: fetched when it plays.
    Played,
    /// Another page in it.
    Frame,
}

/// A page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// The language that it says itself, BCP 47.
    pub(super) language: Option<String>,
    /// What people read.
    pub(super) prose: Vec<Prose>,
    /// Pictures, in their order.
    pub(super) pictures: Vec<Shown>,
    /// Where links lead.
    pub(super) links: Vec<Leads>,
    /// What it fetches.
    pub(super) loads: Vec<(Load, Leads)>,
    /// Sound and video without a track of words.
    pub(super) unworded: usize,
    /// Where forms are sent.
    pub(super) forms: Vec<Leads>,
    /// Flash, Java and other things that no tablet runs.
    pub(super) dead_tech: Vec<String>,
    /// What its scripts do that they should not.
    pub(super) troubles: Vec<Trouble>,
    /// It has scripts of any form.
    pub(super) runs: bool,
    /// Colours that are hard to tell apart.
    pub(super) faint: Vec<String>,
}

/// Reads a Markdown page that lies at `path`.
pub(super) fn of_markdown(path: &str, text: &str) -> Page {
    let mut page = Page::default();
    let mut prose = Prose::default();
    let mut alt: Option<String> = None;
    let mut is_code = false;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                let leads = follow(path, &dest_url);
                page.loads.push((Load::Picture, leads.clone()));
                page.pictures.push(Shown { leads, alt: None });
                alt = Some(String::new());
            }
            Event::End(TagEnd::Image) => {
                // Empty words in Markdown are forgotten ones: it can't say that a picture is decoration.
                let words = alt.take().filter(|words| !words.trim().is_empty());
                if let Some(picture) = page.pictures.last_mut() {
                    picture.alt = words;
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => page.links.push(follow(path, &dest_url)),
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Text(words) | Event::Code(words) => match &mut alt {
                Some(alt) => alt.push_str(&words),
                None if !is_code => prose.text.push_str(&words),
                None => {}
            },
            Event::SoftBreak | Event::HardBreak => alt.as_mut().unwrap_or(&mut prose.text).push(' '),
            Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                prose.in_sentences = true;
                end(&mut page, &mut prose);
            }
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::List(_) | Tag::Item)
            | Event::End(TagEnd::Heading(_) | TagEnd::TableCell) => end(&mut page, &mut prose),
            _ => {}
        }
    }
    end(&mut page, &mut prose);
    page
}

/// Puts finished prose on the page.
pub(super) fn end(page: &mut Page, prose: &mut Prose) {
    let done = std::mem::take(prose);
    if !done.text.trim().is_empty() {
        page.prose.push(done);
    }
}
