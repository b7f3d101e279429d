//! Markdown pages as HTML that is safe inside the app's own pages.
//!
//! Nothing of a page becomes markup but what Markdown and tables can say: raw HTML is dropped, and an address is
//! either a file of the pack or a plain web address. Pages come from people whom nobody in the school knows.

use std::fmt::Write;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use super::cards::Cards;
use super::course::Course;
use super::media::ending;

/// Makes a page of `course` from the Markdown in `text`; `path` is where the page lies in the pack.
///
/// - A picture of the pack becomes `<img src="/<hash>/media/…">`; any other picture becomes its description.
/// - A link to another page becomes `<a role="link" tabindex="0" data-page="pages/…">`, with `data-lesson` and
///   `data-activity` when an activity shows that page.
/// - A link to a web address opens beside the app; all other links become their words.
/// - Headings are one level lower, because the screen gives the page its first one: `#` becomes `<h2>`.
/// - A block quote that starts with `**Try it:**` becomes `<blockquote class="try-it">`.
/// - Cards to cut out become `<div class="cards-to-cut" data-on-a-sheet="4">` with a `<section class="card-to-cut">` each.
pub(super) fn to_html(course: &Course, path: &str, text: &str) -> String {
    let events: Vec<Event> = Parser::new_ext(text, Options::ENABLE_TABLES).collect();
    let mut safe = Vec::with_capacity(events.len());
    let mut cards = Cards::default();
    let mut place = 0;
    while let Some(event) = events.get(place) {
        let (before, taken) = cards.before(&events[place..]);
        if !before.is_empty() {
            safe.push(markup(before));
        }
        if taken > 0 {
            place += taken;
            continue;
        }
        place += 1;
        match event {
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::Start(Tag::HtmlBlock)
            | Event::End(TagEnd::HtmlBlock) => {}
            Event::Start(Tag::Image { dest_url, .. }) => {
                let (words, end) = description(&events, place);
                place = end;
                safe.push(picture(course, path, dest_url, words));
            }
            Event::Start(Tag::Link { dest_url, .. }) => safe.push(markup(open_link(course, path, dest_url))),
            Event::End(TagEnd::Link) => safe.push(markup("</a>".to_owned())),
            Event::Start(Tag::BlockQuote(_)) if is_try_it(&events, place) => {
                safe.push(markup("<blockquote class=\"try-it\">\n".to_owned()));
            }
            // Alignment would become a style attribute, and left is not left everywhere.
            Event::Start(Tag::Table(columns)) => {
                let plain = vec![pulldown_cmark::Alignment::None; columns.len()];
                safe.push(Event::Start(Tag::Table(plain)));
            }
            Event::Start(Tag::Heading { level, .. }) => {
                let (id, classes, attrs) = (None, Vec::new(), Vec::new());
                safe.push(Event::Start(Tag::Heading { level: below(*level), id, classes, attrs }));
            }
            Event::End(TagEnd::Heading(level)) => safe.push(Event::End(TagEnd::Heading(below(*level)))),
            other => safe.push(other.clone()),
        }
    }
    safe.push(markup(cards.end()));
    let mut page = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut page, safe.into_iter());
    page
}

/// The files of the pack that the Markdown in `text` names.
pub(super) fn references(path: &str, text: &str) -> Vec<String> {
    let address = |event| match event {
        Event::Start(Tag::Image { dest_url, .. } | Tag::Link { dest_url, .. }) => Some(dest_url),
        _ => None,
    };
    let inside = |address: CowStr| {
        let leads_away = address.contains(':') || address.starts_with('#') || address.is_empty();
        (!leads_away).then(|| resolve(path, &address).unwrap_or_else(|| address.into_string()))
    };
    Parser::new_ext(text, Options::ENABLE_TABLES).filter_map(address).filter_map(inside).collect()
}

/// Where `address`, written in the page `from`, leads inside the pack; `None` when it leads out of it.
pub(super) fn resolve(from: &str, address: &str) -> Option<String> {
    let address = address.split(['#', '?']).next().unwrap_or_default();
    if address.is_empty() || address.starts_with('/') || address.contains([':', '\\', '%']) {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            "" => return None,
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// The level below; nothing lies below the sixth.
fn below(level: HeadingLevel) -> HeadingLevel {
    HeadingLevel::try_from(level as usize + 1).unwrap_or(HeadingLevel::H6)
}

fn markup<'a>(text: String) -> Event<'a> {
    Event::InlineHtml(CowStr::from(text))
}

/// The words between the start of a picture and its end, and the place after that end.
fn description(events: &[Event], mut place: usize) -> (String, usize) {
    let mut words = String::new();
    let mut depth = 1;
    while let Some(event) = events.get(place) {
        place += 1;
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => depth -= 1,
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    (words, place)
}

fn picture<'a>(course: &Course, page: &str, address: &str, words: String) -> Event<'a> {
    match resolve(page, address).filter(|path| path.starts_with("media/")) {
        Some(path) => markup(format!(
            "<img src=\"{}\" alt=\"{}\" loading=\"lazy\">",
            escape(&course.address(&path)),
            escape(&words)
        )),
        None => Event::Text(CowStr::from(words)),
    }
}

fn open_link(course: &Course, page: &str, address: &str) -> String {
    if let Some(path) = resolve(page, address).filter(|path| is_page(path)) {
        let mut tag = format!("<a role=\"link\" tabindex=\"0\" data-page=\"{}\"", escape(&path));
        let shown = course.activities().find(|(_, activity)| activity.page.as_ref() == Some(&path));
        if let Some((lesson, activity)) = shown {
            // Writing to a string can't fail.
            let _ = write!(
                tag,
                " data-lesson=\"{}\" data-activity=\"{}\"",
                escape(&lesson.id),
                escape(&activity.id)
            );
        }
        return tag + ">";
    }
    if is_web_address(address) {
        return format!("<a href=\"{}\" target=\"_blank\" rel=\"noopener noreferrer\">", escape(address));
    }
    // An anchor without an address is only its words.
    "<a>".to_owned()
}

fn is_page(path: &str) -> bool {
    path.starts_with("pages/") && matches!(ending(path), "md" | "html")
}

fn is_web_address(address: &str) -> bool {
    let scheme = address.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}

fn is_try_it(events: &[Event], place: usize) -> bool {
    matches!(
        events.get(place..place + 3),
        Some([Event::Start(Tag::Paragraph), Event::Start(Tag::Strong), Event::Text(text)]) if &**text == "Try it:"
    )
}

/// Text as it may stand between the quotes of an attribute.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
