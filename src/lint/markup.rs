//! HTML, XHTML and SVG, cut into tags and texts. Forgiving as a browser is: whatever comes, something sensible goes out.
//! Trees are not built; what the lint asks can be told from tags in their order.

use std::borrow::Cow;

/// A piece of markup.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// `<a href=…>`; names in lower case, without a prefix such as `svg:`.
    Open(Tag<'a>),
    /// `</a>`.
    Close(String),
    /// What stands between tags, as it is written; also the inside of `script` and `style`.
    Text(&'a str),
}

/// An opening tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// In lower case.
    pub(super) name: String,
    /// It ends in itself, as in XML: `<br/>`.
    pub(super) is_whole: bool,
    attributes: Vec<(String, Cow<'a, str>)>,
}

/// Attributes of one tag that are looked at.
const MOST_ATTRIBUTES: usize = 200;

impl Tag<'_> {
    /// The value of an attribute; empty where it has none.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_ref())
    }

    /// Names and values.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(name, value)| (name.as_str(), value.as_ref()))
    }
}

/// Cuts markup into pieces.
pub(super) struct Pieces<'a> {
    rest: &'a str,
    /// The element whose inside is no markup.
    raw: Option<&'static str>,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text, raw: None }
    }

    /// Takes everything before a place, and leaves the rest.
    fn take(&mut self, end: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if let Some(name) = self.raw.take() {
                let end = find_close(self.rest, name).unwrap_or(self.rest.len());
                if end > 0 {
                    return Some(Piece::Text(self.take(end)));
                }
            }
            let Some(open) = self.rest.find('<') else {
                let end = self.rest.len();
                return Some(Piece::Text(self.take(end)));
            };
            if open > 0 {
                return Some(Piece::Text(self.take(open)));
            }
            if let Some(inside) = self.rest.strip_prefix("<!--") {
                self.rest = inside.find("-->").map_or("", |end| &inside[end + 3..]);
            } else if let Some(inside) = self.rest.strip_prefix("<![CDATA[") {
                let end = inside.find("]]>").unwrap_or(inside.len());
                self.rest = inside.get(end + 3..).unwrap_or_default();
                return Some(Piece::Text(&inside[..end]));
            } else if let Some(inside) = self.rest.strip_prefix("</") {
                let end = inside.find('>').unwrap_or(inside.len());
                let name = plain_name(inside[..end].trim());
                self.rest = inside.get(end + 1..).unwrap_or_default();
                return Some(Piece::Close(name));
            } else if self.rest.starts_with(['<'])
                && self.rest[1..].starts_with(|c: char| c.is_ascii_alphabetic())
            {
                let (tag, length) = read_tag(&self.rest[1..]);
                self.rest = self.rest.get(1 + length..).unwrap_or_default();
                self.raw = ["script", "style"].into_iter().find(|raw| *raw == tag.name && !tag.is_whole);
                return Some(Piece::Open(tag));
            } else if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
                self.rest = self.rest.find('>').map_or("", |end| &self.rest[end + 1..]);
            } else {
                // A plain sign.
                return Some(Piece::Text(self.take(1)));
            }
        }
    }
}

/// Where `</name` begins.
fn find_close(text: &str, name: &str) -> Option<usize> {
    let fits = |at: usize| {
        text.as_bytes()
            .get(at + 2..at + 2 + name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    };
    text.match_indices("</").map(|(at, _)| at).find(|at| fits(*at))
}

/// Without its prefix, in lower case; `xlink:href` is `href` to whoever asks.
fn plain_name(name: &str) -> String {
    let name = name.rsplit_once(':').map_or(name, |(_, name)| name);
    name.chars().take(100).collect::<String>().to_ascii_lowercase()
}

/// Reads a tag from its name on; answers with how long it is, its end included.
fn read_tag(text: &str) -> (Tag<'_>, usize) {
    let bytes = text.as_bytes();
    let is_blank = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_whitespace);
    let until = |from: usize, stop: &dyn Fn(u8) -> bool| {
        bytes.iter().skip(from).position(|byte| stop(*byte)).map_or(bytes.len(), |found| from + found)
    };
    let ends_name = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'=');
    let mut at = until(0, &ends_name);
    let mut tag = Tag { name: plain_name(&text[..at]), is_whole: false, attributes: Vec::new() };
    loop {
        while is_blank(at) {
            at += 1;
        }
        match bytes.get(at) {
            None => return (tag, at),
            Some(b'>') => return (tag, at + 1),
            Some(b'/') => {
                at += 1;
                tag.is_whole = bytes.get(at) == Some(&b'>');
                continue;
            }
            Some(_) => {}
        }
        // A name has at least one letter, so that this always goes on.
        let end = until(at + 1, &ends_name);
        let name = plain_name(text.get(at..end).unwrap_or_default());
        at = end;
        while is_blank(at) {
            at += 1;
        }
        let mut value = Cow::Borrowed("");
        if bytes.get(at) == Some(&b'=') {
            at += 1;
            while is_blank(at) {
                at += 1;
            }
            let (start, end, next) = if let Some(quote @ (b'"' | b'\'')) = bytes.get(at) {
                let end = until(at + 1, &|byte| byte == *quote);
                (at + 1, end, end + 1)
            } else {
                let end = until(at, &|byte: u8| byte.is_ascii_whitespace() || byte == b'>');
                (at, end, end)
            };
            value = unescape(text.get(start..end).unwrap_or_default());
            at = next;
        }
        if tag.attributes.len() < MOST_ATTRIBUTES {
            tag.attributes.push((name, value));
        }
    }
}

/// The longest reference is `&#x10ffff;`.
const LONGEST_REFERENCE: usize = 12;

/// Replaces references to characters: the five of XML, the blank of HTML, and all numbers.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut parts = text.split('&');
    plain.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let end = part.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';');
        if let Some((letter, rest)) = end.and_then(|end| Some((character(&part[..end])?, &part[end + 1..]))) {
            plain.push(letter);
            plain.push_str(rest);
        } else {
            plain.push('&');
            plain.push_str(part);
        }
    }
    Cow::Owned(plain)
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let number = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
            None => number.parse(),
        };
        return number.ok().and_then(char::from_u32);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "colon" => ':',
        "Tab" => '\t',
        "NewLine" => '\n',
        _ => return None,
    })
}
