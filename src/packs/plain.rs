//! The words of a page without its markup, for those who look for them: of Markdown, of HTML and of captions.
//!
//! One line for each paragraph, heading, cell or caption, and no blank lines.

use pulldown_cmark::{Event, Options, Parser, TagEnd};

use super::media::ending;

/// The words in a file of a pack, judged by its ending; none of a file that is not for reading.
pub(super) fn words(path: &str, text: &str) -> String {
    let plain = match ending(path) {
        "md" => of_markdown(text),
        "html" | "htm" | "xhtml" => of_html(text),
        "vtt" => of_captions(text),
        _ => return String::new(),
    };
    let lines = plain.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Without raw HTML, which is dropped from a page, too. The description of a picture counts as words.
fn of_markdown(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Text(words) | Event::Code(words) => plain.push_str(&words),
            Event::SoftBreak | Event::HardBreak => plain.push(' '),
            Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link | TagEnd::Image) => {}
            Event::End(_) => plain.push('\n'),
            _ => {}
        }
    }
    plain
}

/// Elements whose content nobody reads.
const UNREAD: [&str; 5] = ["head", "script", "style", "template", "svg"];
/// Elements that stand in the middle of a line.
const INLINE: [&str; 25] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rt",
    "ruby", "s", "small", "span", "strong", "sub", "sup", "u", "wbr",
];

fn of_html(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        add_unescaped(before, &mut plain);
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let is_tag = tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let Some((inside, after)) = tag.split_once('>').filter(|_| is_tag) else {
            plain.push('<');
            rest = tag;
            continue;
        };
        let name = inside.trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = name.get(..end).unwrap_or_default().to_ascii_lowercase();
        if !INLINE.contains(&name.as_str()) {
            plain.push('\n');
        }
        let opens = !inside.starts_with('/') && !inside.ends_with('/');
        rest = if opens && UNREAD.contains(&name.as_str()) { after_element(after, &name) } else { after };
    }
    add_unescaped(rest, &mut plain);
    plain
}

/// What follows the end of an element.
fn after_element<'a>(text: &'a str, name: &str) -> &'a str {
    let ends = text.match_indices("</").find(|(at, _)| {
        text.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
    });
    let after = ends.and_then(|(at, _)| text.get(at..)?.split_once('>'));
    after.map_or("", |(_, after)| after)
}

/// The characters that are written by name in texts; the others stand as they are.
const NAMED: [(&str, char); 9] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("shy", '\u{ad}'),
    ("ndash", '–'),
    ("hellip", '…'),
];
const LONGEST_NAME: usize = 10;

fn add_unescaped(text: &str, plain: &mut String) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let named = after.split_once(';').filter(|(name, _)| name.len() <= LONGEST_NAME);
        if let Some((c, after)) = named.and_then(|(name, after)| Some((character(name)?, after))) {
            plain.push(c);
            rest = after;
        } else {
            plain.push('&');
            rest = after;
        }
    }
    plain.push_str(rest);
}

fn character(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
    };
    let hexadecimal = number.strip_prefix(['x', 'X']);
    let code = hexadecimal.map_or_else(|| number.parse(), |digits| u32::from_str_radix(digits, 16)).ok()?;
    char::from_u32(code)
}

/// What is said, without times, notes and marks (`WebVTT`).
fn of_captions(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for block in text.replace("\r\n", "\n").split("\n\n") {
        let mut lines = block.lines();
        // A name may stand before the times; a block without times is a head, a note or a style.
        if lines.by_ref().take(2).any(|line| line.contains("-->")) {
            lines.for_each(|line| plain.extend([line, "\n"]));
        }
    }
    of_html(&plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_read_is_left() {
        for (path, text, expected) in [
            (
                "pages/a.md",
                "# Make a **bundle**\n\nTen\nsticks. <b>Tie</b> [them](x.md)!\n\n![A bundle](m.svg)\n\n<script>no</script>\n",
                "Make a bundle\nTen sticks. Tie them!\nA bundle",
            ),
            ("pages/a.md", "| a | b |\n|---|---|\n| 1 | 2 |\n\n- one\n- two", "a\nb\n1\n2\none\ntwo"),
            (
                "pages/a.html",
                "<!doctype html><html><head><title>T</title><style>p{}</style></head><body><h1>Fish &amp; chips</h1><p>So<b>me</b> <!-- <p>no</p> -->text</p><SCRIPT>var a = '<p>no';</SCRIPT>3 < 4 &#x41;&bogus;<br/>end",
                "Fish & chips\nSome text\n3 < 4 A&bogus;\nend",
            ),
            ("books/a/1.xhtml", "<?xml version=\"1.0\"?><p>One</p><p>Two", "One\nTwo"),
            ("pages/a.html", "<p unclosed", "<p unclosed"),
            (
                "media/a.vtt",
                "WEBVTT\r\n\r\nNOTE no\r\n\r\n1\r\n00:00.000 --> 00:02.000\r\n<v Amina>Good <i>morning</i>\r\n\r\n00:03.000 --> 00:04.000\r\nAll of you",
                "Good morning\nAll of you",
            ),
            ("media/a.pdf", "%PDF", ""),
        ] {
            assert_eq!(words(path, text), expected, "{text}");
        }
    }
}
