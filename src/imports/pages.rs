//! Pages in Markdown, and plain text: their pictures come along, and links between them keep leading where they led.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::kind::{Kind, kind_of};
use super::made::{Making, Part};
use super::names::{clean_title, title_of_file};
use super::source::Source;
use super::text::decode;
use crate::error::Result;
use crate::packs::{Activity, ActivityKind};

/// As large as a page of a pack may be, with room for links that grow.
const LARGEST: u64 = 400_000;

/// Pages that come into the pack together, and what they have brought along so far.
#[derive(Default)]
pub(super) struct Pages {
    /// Where each page goes, by where it lies.
    homes: BTreeMap<String, String>,
    /// Where each picture went.
    pictures: BTreeMap<String, String>,
}

/// Whether a text is Markdown, and not just words.
pub(super) fn is_marked(text: &str) -> bool {
    let is_heading = |line: &str| {
        let rest = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ')
    };
    let is_rule =
        |line: &str| line.len() > 2 && line.bytes().all(|b| matches!(b, b'=' | b'|' | b'-' | b':' | b' '));
    text.contains("](") || text.contains("**") || text.contains("```") || {
        let mut lines = text.lines().map(str::trim_end);
        lines.any(|line| is_heading(line) || is_rule(line) && line.contains(['=', '|']))
    }
}

/// The first heading, or the title that stands in front of the page.
pub(super) fn title_of(text: &str) -> Option<String> {
    let (front, body) = split_front(text);
    let titled = front.lines().find_map(|line| line.strip_prefix("title:"));
    if let Some(title) = titled.and_then(|title| clean_title(title.trim().trim_matches(['"', '\'']))) {
        return Some(title);
    }
    let mut words = String::new();
    let mut in_heading = false;
    for event in Parser::new(body) {
        match event {
            Event::Start(Tag::Heading { .. }) => in_heading = true,
            Event::End(TagEnd::Heading(_)) if !words.trim().is_empty() => return clean_title(&words),
            Event::Text(text) | Event::Code(text) if in_heading => words.push_str(&text),
            _ => {}
        }
    }
    None
}

/// Parts lines between two `---` at the front, as many programs write them, from the page.
fn split_front(text: &str) -> (&str, &str) {
    let inner = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n"));
    let split = inner.and_then(|inner| {
        let end = inner
            .match_indices("\n---")
            .map(|(at, _)| at)
            .find(|at| inner[at + 4..].starts_with(['\n', '\r']) || inner[at + 4..].is_empty())?;
        Some((&inner[..end], inner[end + 4..].trim_start_matches(['\r', '\n'])))
    });
    split
        .filter(|(front, _)| {
            front
                .lines()
                .all(|line| line.is_empty() || line.contains(':') || line.starts_with([' ', '-', '#']))
        })
        .unwrap_or(("", text))
}

impl Pages {
    /// Gives a page its place before any is written, so that pages can lead to each other.
    pub(super) fn expect(&mut self, making: &mut Making, path: &str) {
        let home = making.name("pages", path, "md");
        self.homes.insert(path.to_owned(), home);
    }

    /// Where a picture or a sound went that came along with something else.
    pub(super) fn home_of(&self, path: &str) -> Option<&str> {
        self.pictures.get(path).map(String::as_str)
    }

    /// Notes where a picture or a sound went.
    pub(super) fn take(&mut self, path: String, home: String) {
        self.pictures.insert(path, home);
    }

    /// Lays a page into the pack, with its pictures.
    ///
    /// # Errors
    /// When it can't be read.
    pub(super) fn lay(
        &mut self,
        making: &mut Making,
        source: &Arc<Source>,
        path: &str,
        is_plain: bool,
    ) -> Result<Option<Activity>> {
        if !self.homes.contains_key(path) {
            self.expect(making, path);
        }
        let home = self.homes.get(path).cloned().unwrap_or_default();
        let Some(text) = decode(&source.read(path, LARGEST)?) else {
            making.lose("encoding", path, "Its letters can't be read. Save it as UTF-8.");
            return Ok(None);
        };
        let title = if is_plain { None } else { title_of(&text.text) };
        let title = title.unwrap_or_else(|| title_of_file(path));
        let written =
            if is_plain { Some(mark(&text.text)) } else { self.rewrite(making, source, path, &text.text)? };
        let part = match written {
            None if text.is_utf8 => Part::Original(source.clone(), path.to_owned()),
            None => Part::Text(text.text.into_bytes()),
            Some(written) => Part::Text(written.into_bytes()),
        };
        making.lay(home.clone(), part)?;
        let mut page = Activity::new(ActivityKind::Page, "read", &title);
        page.page = Some(home);
        Ok(Some(page))
    }

    /// The page with addresses as they are in the pack; `None` where they are right already.
    fn rewrite(
        &mut self,
        making: &mut Making,
        source: &Arc<Source>,
        path: &str,
        text: &str,
    ) -> Result<Option<String>> {
        let (_, body) = split_front(text);
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        let mut has_html = false;
        for found in addresses(body) {
            let leads_away =
                found.address.contains(':') || found.address.starts_with('#') || found.address.is_empty();
            let new = match (leads_away, found.is_picture) {
                (true, false) => continue,
                (true, true) => None,
                (false, true) => self.picture(making, source, path, &found.address)?,
                (false, false) => resolve(path, &found.address)
                    .and_then(|page| self.homes.get(&page))
                    .and_then(|home| home.strip_prefix("pages/"))
                    .map(str::to_owned),
            };
            if new.is_none() {
                let (code, what) =
                    if found.is_picture { ("picture", "picture") } else { ("link", "page or file") };
                let message =
                    format!("The {what} {} is not part of what was brought; its words stay.", found.address);
                making.lose(code, path, message);
            }
            let (open, close) = match new {
                Some(new) => (if found.is_picture { "![" } else { "[" }, format!("]({new})")),
                None => ("", String::new()),
            };
            edits.push((found.whole.start..found.inner.start, open.to_owned()));
            edits.push((found.inner.end..found.whole.end, close));
        }
        for event in Parser::new_ext(body, Options::ENABLE_TABLES) {
            has_html |= matches!(&event, Event::Html(html) | Event::InlineHtml(html) if !html.trim_start().starts_with("<!--"));
        }
        if has_html {
            making.lose("markup", path, "It has HTML between its words, which is left out.");
        }
        if edits.is_empty() && body.len() == text.len() {
            return Ok(None);
        }
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        let mut written = String::with_capacity(body.len() + 64);
        let mut place = 0;
        for (range, new) in edits {
            if range.start < place {
                continue;
            }
            written.push_str(&body[place..range.start]);
            written.push_str(&new);
            place = range.end;
        }
        written.push_str(&body[place..]);
        Ok(Some(written))
    }

    /// Where a picture is from a page's point of view, once it lies in the pack.
    fn picture(
        &mut self,
        making: &mut Making,
        source: &Arc<Source>,
        page: &str,
        address: &str,
    ) -> Result<Option<String>> {
        let Some(path) = resolve(page, address).filter(|path| source.size(path).is_some()) else {
            return Ok(None);
        };
        if let Some(home) = self.pictures.get(&path) {
            return Ok(Some(format!("../{home}")));
        }
        let Kind::Picture(ending) = kind_of(source, &path)? else { return Ok(None) };
        let home = making.name("media", &path, ending);
        making.lay(home.clone(), Part::Original(source.clone(), path.clone()))?;
        self.pictures.insert(path, home.clone());
        Ok(Some(format!("../{home}")))
    }
}

/// A link or a picture in a page: its address, where it stands, and where the words between its brackets stand.
struct Lead {
    address: String,
    is_picture: bool,
    whole: Range<usize>,
    inner: Range<usize>,
}

fn addresses(text: &str) -> Vec<Lead> {
    let mut found = Vec::new();
    let mut open: Vec<Lead> = Vec::new();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        let is_end = matches!(event, Event::End(TagEnd::Link | TagEnd::Image));
        // The words inside reach from the first piece to the last.
        if !is_end && let Some(last) = open.last_mut() {
            let inner = if last.inner.is_empty() {
                range.clone()
            } else {
                last.inner.start..last.inner.end.max(range.end)
            };
            last.inner = inner;
        }
        match event {
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => {
                let whole = range.clone();
                open.push(Lead {
                    address: String::new(),
                    is_picture: false,
                    whole,
                    inner: range.start..range.start,
                });
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let inner = range.start + 1..range.start + 1;
                open.push(Lead { address: dest_url.into_string(), is_picture: false, whole: range, inner });
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                let inner = range.start + 2..range.start + 2;
                open.push(Lead { address: dest_url.into_string(), is_picture: true, whole: range, inner });
            }
            Event::End(TagEnd::Link | TagEnd::Image) => found.extend(open.pop()),
            _ => {}
        }
    }
    found
}

/// Where an address in a page leads among the files; `None` where it leads out of them.
pub(super) fn resolve(page: &str, address: &str) -> Option<String> {
    let address = address.split(['#', '?']).next().unwrap_or_default();
    let address = percent_decode(address);
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// `chapter%201.xhtml` → `chapter 1.xhtml`
pub(super) fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let value = digits.filter(|two| *first == b'%' && two.bytes().all(|b| b.is_ascii_hexdigit()));
        if let Some(byte) = value.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Plain words as Markdown that shows them as they are, line by line.
pub(super) fn mark(text: &str) -> String {
    let mut page = String::with_capacity(text.len() + text.len() / 8);
    let mut is_open = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            page.push_str(if is_open { "\n\n" } else { "" });
            is_open = false;
            continue;
        }
        page.push_str(if is_open { "\\\n" } else { "" });
        page.push_str(&escape(line));
        is_open = true;
    }
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

fn escape(line: &str) -> String {
    let mut safe = String::with_capacity(line.len() + 8);
    let number = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (place, c) in line.char_indices() {
        let is_first = place == 0 && matches!(c, '+' | '-' | '=')
            || place == number && place > 0 && matches!(c, '.' | ')');
        if is_first || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '|' | '~') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::html::push_html;

    use super::*;

    #[test]
    fn plain_words_are_shown_as_they_are() {
        let text = "# 1 *goat* & <b>\n- two\n3. three_x_\n\n    indented\n===\n";
        let mut html = String::new();
        push_html(&mut html, Parser::new_ext(&mark(text), Options::ENABLE_TABLES));
        assert_eq!(
            html,
            "<p># 1 *goat* &amp; &lt;b&gt;<br />\n- two<br />\n3. three_x_</p>\n<p>indented<br />\n===</p>\n"
        );
    }

    #[test]
    fn markdown_is_told_from_words() {
        for (text, marked) in [
            ("# Goats\n\nThey eat.", true),
            ("Goats\n=====\n", true),
            ("See [this](a.md).", true),
            ("| a | b |\n|---|---|\n", true),
            ("Goats eat.\n- much\n----\n#tag", false),
        ] {
            assert_eq!(is_marked(text), marked, "{text}");
        }
        assert_eq!(
            title_of("---\ntitle: \"The goat\"\ntags: [a]\n---\n# Other").as_deref(),
            Some("The goat")
        );
        assert_eq!(title_of("Words\n\n## The *big* `goat`\n# Other").as_deref(), Some("The big goat"));
    }
}
