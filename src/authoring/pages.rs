//! Pages of an own course as Markdown. What a teacher types is plain: no sign in it turns into a mark.

use super::draft::PageBlock;

/// A page to read.
pub(super) fn page(title: &str, blocks: &[PageBlock]) -> String {
    let mut page = format!("# {}\n", plain_line(title));
    for block in blocks {
        page.push('\n');
        match block {
            PageBlock::Heading(block) => page.extend(["## ", &plain_line(&block.heading), "\n"]),
            PageBlock::Text(block) => page.push_str(&paragraphs(&block.text)),
            PageBlock::List(block) => {
                for point in block.list.iter().filter(|point| !point.trim().is_empty()) {
                    page.extend(["- ", &plain_line(point), "\n"]);
                }
            }
            PageBlock::Photo(block) => {
                page.extend(["![", &plain_line(&block.alt), "](../", &block.photo, ")\n"]);
            }
        }
    }
    page
}

/// A page of words alone.
pub(super) fn words(title: &str, texts: &[&str]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| paragraphs(text)).collect();
    format!("# {}\n\n{}", plain_line(title), texts.join("\n"))
}

/// Whether somebody sees anything on it.
pub(super) fn is_blank(block: &PageBlock) -> bool {
    match block {
        PageBlock::Heading(block) => block.heading.trim().is_empty(),
        PageBlock::Text(block) => block.text.trim().is_empty(),
        PageBlock::List(block) => block.list.iter().all(|point| point.trim().is_empty()),
        PageBlock::Photo(_) => false,
    }
}

/// Paragraphs, parted by empty lines; a new line within one stays a new line.
fn paragraphs(text: &str) -> String {
    let mut written = String::new();
    let mut is_open = false;
    for line in text.lines() {
        let line = plain_line(line);
        if line.is_empty() {
            is_open = false;
            continue;
        }
        if is_open {
            // A line that ends with a stroke is broken there.
            written.push_str("\\\n");
        } else if !written.is_empty() {
            written.push_str("\n\n");
        }
        written.push_str(&line);
        is_open = true;
    }
    if !written.is_empty() {
        written.push('\n');
    }
    written
}

/// One line in which every sign of Markdown stands for itself.
fn plain_line(text: &str) -> String {
    let mut line = String::new();
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        // CommonMark, 2.4: every sign of ASCII may be escaped, and is then itself.
        if c.is_ascii_punctuation() && !matches!(c, ',' | '\'' | '"' | '?' | ';' | ':' | '%' | '/') {
            line.push('\\');
        }
        line.push(c);
    }
    // `1.` and `1)` begin a list; the sign is escaped already. Times such as 10:30 and links stay as they are.
    line
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;
    use crate::authoring::draft::{HeadingBlock, ListBlock, PhotoBlock, TextBlock};

    fn shown(markdown: &str) -> String {
        let events = Parser::new_ext(markdown, Options::ENABLE_TABLES);
        let mut shown = String::new();
        for event in events {
            match event {
                Event::Text(text) => shown.push_str(&text),
                Event::HardBreak => shown.push('/'),
                Event::Start(tag) => {
                    let mark = match tag {
                        Tag::Heading { .. } => "H",
                        Tag::Paragraph => "P",
                        Tag::Item => "I",
                        Tag::Image { .. } => "M",
                        Tag::List(_) => continue,
                        other => panic!("{other:?} was not typed"),
                    };
                    shown.extend(["[", mark, "]"]);
                }
                Event::End(_) => {}
                other => panic!("{other:?} was not typed"),
            }
        }
        shown
    }

    #[test]
    fn what_is_typed_is_what_is_shown() {
        let text = "1. 3 * 4 * 5 < 6_7_8\n# <b>no</b> & &amp; `x` [y](z)\n\n> **Try** ~~it~~ | a | - b\n- c\n\\ ***\n---\n===";
        let blocks = [
            PageBlock::Heading(HeadingBlock { heading: "A #1 \n heading".into() }),
            PageBlock::Text(TextBlock { text: text.into() }),
            PageBlock::List(ListBlock { list: vec!["1) one".into(), " ".into(), "+ two".into()] }),
            PageBlock::Photo(PhotoBlock { photo: "media/x.jpg".into(), alt: "a ] b".into() }),
        ];
        assert_eq!(
            shown(&page("Wells *2*", &blocks)),
            "[H]Wells *2*[H]A #1 heading[P]1. 3 * 4 * 5 < 6_7_8/# <b>no</b> & &amp; `x` [y](z)\
             [P]> **Try** ~~it~~ | a | - b/- c/\\ ***/---/===[I]1) one[I]+ two[P][M]a ] b"
        );
    }
}
