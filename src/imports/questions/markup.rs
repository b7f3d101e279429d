//! HTML inside questions as blocks: paragraphs, pictures, sounds, tables. What a block can't say is told.

use serde_json::{Value as Json, json};

use super::super::html::{Token, tokens};
use super::super::made::Making;
use super::tex::{Piece, pieces, plain, shift};
use crate::error::Result;

/// Finds the files that a text names.
pub(in super::super) trait Files {
    /// The path in the pack of a picture or a sound; `None` where there is no such file.
    ///
    /// # Errors
    /// When it can't be read.
    fn find(&mut self, making: &mut Making, address: &str) -> Result<Option<String>>;
}

/// Tags after which a new line begins.
const LINES: [&str; 16] =
    ["p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "hr", "dd"];
/// Tags whose loss is told, and what they are.
const LOST: [(&str, &str); 9] = [
    ("iframe", "a page from elsewhere"),
    ("object", "an object"),
    ("embed", "an object"),
    ("video", "a video"),
    ("script", "a program"),
    ("form", "a form"),
    ("canvas", "a drawing by a program"),
    ("svg", "a drawing"),
    ("math", "a formula in MathML, whose signs stay"),
];

/// Turns HTML into blocks. `place` is where it stands, for what is told.
///
/// # Errors
/// When a file that it names can't be read.
pub(super) fn blocks(
    making: &mut Making,
    place: &str,
    html: &str,
    files: &mut dyn Files,
) -> Result<Vec<Json>> {
    let (blocks, line, lists) = (Vec::new(), String::new(), Vec::new());
    let mut writer =
        Writer { making, place, files, blocks, line, lists, table: None, in_cell: false, skipped: 0 };
    for token in tokens(html) {
        writer.take(&token)?;
    }
    writer.end_line();
    writer.end_table();
    Ok(writer.blocks)
}

/// Plain words as blocks, a paragraph for each line.
pub(super) fn plain_blocks(text: &str) -> Vec<Json> {
    let lines = text.lines().map(|line| literal(line.trim())).filter(|line| !line.is_empty());
    lines.map(|line| json!({ "p": line })).collect()
}

/// Words that can't be taken for marks of ours.
pub(super) fn literal(text: &str) -> String {
    let stars = text.matches('*').count();
    let text = if stars > 1 { text.replace('*', "∗") } else { text.to_owned() };
    text.replace("[[", "[ [").replace("{{", "{ {")
}

struct Writer<'a, 'b, 'c> {
    making: &'a mut Making<'b>,
    place: &'a str,
    files: &'c mut dyn Files,
    blocks: Vec<Json>,
    line: String,
    /// The numbers of open lists; nothing for lists without numbers.
    lists: Vec<Option<u32>>,
    table: Option<Vec<Vec<String>>>,
    in_cell: bool,
    /// Inside a tag whose words are no words.
    skipped: usize,
}

impl Writer<'_, '_, '_> {
    fn take(&mut self, token: &Token) -> Result<()> {
        match token {
            Token::Text(text) if self.skipped == 0 => self.words(text),
            Token::Text(_) => {}
            Token::Open { name, .. } => self.open(name, token)?,
            Token::Close(name) => self.close(name),
        }
        Ok(())
    }

    fn words(&mut self, text: &str) {
        for piece in pieces(text) {
            match piece {
                Piece::Words(words) => {
                    let spaced: String =
                        words.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
                    self.line.push_str(&literal(&spaced));
                }
                Piece::Formula(formula) => {
                    let plain = plain(formula).unwrap_or_else(|| {
                        let message = format!("The formula {formula} stays as it is written in TeX.");
                        self.making.lose("formula", self.place, message);
                        literal(formula)
                    });
                    self.line.push_str(&plain);
                }
            }
        }
    }

    fn open(&mut self, name: &str, token: &Token) -> Result<()> {
        match name {
            "b" | "strong" => self.line.push('\u{e001}'),
            "i" | "em" => self.line.push('\u{e002}'),
            "sup" | "sub" => self.line.push('\u{e003}'),
            "img" => self.picture(token)?,
            "audio" => self.sound(token)?,
            "source" if token.attribute("type").is_some_and(|kind| kind.starts_with("audio")) => {
                self.sound(token)?;
            }
            "a" => {
                let address = token.attribute("href").unwrap_or_default();
                if !address.is_empty() {
                    self.making.lose(
                        "link",
                        self.place,
                        format!("The link to {address} is lost; its words stay."),
                    );
                }
            }
            "ul" => self.lists.push(None),
            "ol" => self.lists.push(Some(0)),
            "table" => {
                self.end_line();
                self.table.get_or_insert_default();
            }
            "tr" => {
                self.end_cell();
                if let Some(rows) = &mut self.table {
                    rows.push(Vec::new());
                }
            }
            "td" | "th" => {
                self.end_cell();
                self.in_cell = true;
            }
            "style" | "script" | "object" | "iframe" | "svg" => self.skipped += 1,
            _ => {}
        }
        if let Some((_, what)) = LOST.iter().find(|(lost, _)| *lost == name) {
            self.making.lose("markup", self.place, format!("It held {what}, which is left out."));
        }
        if LINES.contains(&name) && self.table.is_none() {
            self.end_line();
        } else if LINES.contains(&name) {
            self.line.push(' ');
        }
        if name == "li" {
            let mark = match self.lists.last_mut() {
                Some(Some(number)) => {
                    *number += 1;
                    format!("{number}. ")
                }
                _ => "• ".to_owned(),
            };
            self.line.push_str(&mark);
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        match name {
            "b" | "strong" => self.wrap('\u{e001}', "**"),
            "i" | "em" => self.wrap('\u{e002}', "*"),
            "sup" | "sub" => self.shift(name == "sup"),
            "ul" | "ol" => drop(self.lists.pop()),
            "td" | "th" | "tr" => self.end_cell(),
            "table" => self.end_table(),
            "style" | "script" | "object" | "iframe" | "svg" => self.skipped = self.skipped.saturating_sub(1),
            _ => {}
        }
        if LINES.contains(&name) && self.table.is_none() {
            self.end_line();
        }
    }

    /// Puts marks around what stands since a tag opened; blanks stay outside, or the marks would not be seen as such.
    fn wrap(&mut self, sign: char, mark: &str) {
        let Some(at) = self.line.rfind(sign) else { return };
        let inner = self.line.split_off(at);
        let inner = inner.trim_start_matches(sign);
        let words = inner.trim();
        let (before, after) = (inner.starts_with(' '), inner.ends_with(' '));
        self.line.push_str(if before { " " } else { "" });
        if words.contains('*') || words.is_empty() {
            self.line.push_str(words);
        } else {
            self.line.extend([mark, words, mark]);
        }
        self.line.push_str(if after && !words.is_empty() { " " } else { "" });
    }

    fn shift(&mut self, up: bool) {
        let Some(at) = self.line.rfind('\u{e003}') else { return };
        let inner = self.line.split_off(at);
        let inner = inner.trim_start_matches('\u{e003}').trim();
        let is_word = inner.chars().all(char::is_alphabetic);
        let shifted = shift(inner, up).unwrap_or_else(|| match (is_word, up) {
            (true, _) => inner.to_owned(),
            (false, true) => format!("^({inner})"),
            (false, false) => format!("_({inner})"),
        });
        self.line.push_str(&shifted);
    }

    fn picture(&mut self, token: &Token) -> Result<()> {
        let address = token.attribute("src").unwrap_or_default();
        let alt = token.attribute("alt").unwrap_or_default().trim();
        let Some(path) = self.files.find(self.making, address)? else {
            self.tell_lost("picture", address);
            self.line.push_str(&literal(alt));
            return Ok(());
        };
        if alt.is_empty() {
            let message = "Its picture has no words for those who can't see it.";
            self.making.lose("picture-words", self.place, message);
        }
        self.end_line();
        self.blocks.push(json!({ "image": path, "alt": alt }));
        Ok(())
    }

    fn sound(&mut self, token: &Token) -> Result<()> {
        let Some(address) = token.attribute("src") else { return Ok(()) };
        if let Some(path) = self.files.find(self.making, address)? {
            self.end_line();
            self.blocks.push(json!({ "audio": path }));
        } else {
            self.tell_lost("sound", address);
        }
        Ok(())
    }

    fn tell_lost(&mut self, what: &'static str, address: &str) {
        let name: String = address.chars().take(60).collect();
        self.making.lose(what, self.place, format!("The {what} {name} did not come along."));
    }

    fn end_line(&mut self) {
        let words = tidy(&std::mem::take(&mut self.line));
        if !words.is_empty() && words != "•" {
            self.blocks.push(json!({ "p": words }));
        }
    }

    /// Ends a cell, which often has no tag that closes it.
    fn end_cell(&mut self) {
        if !std::mem::take(&mut self.in_cell) {
            return;
        }
        let words = std::mem::take(&mut self.line);
        if let Some(row) = self.table.as_mut().and_then(|rows| rows.last_mut()) {
            row.push(tidy(&words));
        }
    }

    fn end_table(&mut self) {
        self.end_cell();
        let rows: Vec<Vec<String>> =
            self.table.take().unwrap_or_default().into_iter().filter(|row| !row.is_empty()).collect();
        if !rows.is_empty() {
            self.blocks.push(json!({ "table": rows }));
        }
    }
}

/// One line without double blanks and without the signs of tags that were never closed.
fn tidy(words: &str) -> String {
    let words = words.replace(['\u{e001}', '\u{e002}', '\u{e003}'], "");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::super::About;
    use super::*;

    /// For texts that came without any files.
    pub(in super::super) struct NoFiles;

    impl Files for NoFiles {
        fn find(&mut self, _: &mut Making, _: &str) -> Result<Option<String>> {
            Ok(None)
        }
    }

    #[test]
    fn html_becomes_blocks_and_losses() {
        let about =
            About { publisher: "Hill School".into(), language: "en".into(), today: "2026-11-25".into() };
        for (html, wanted) in [
            (
                "<p>Which is <b>more </b>than 3 * 4 * 5?</p><p>&nbsp;</p>",
                json!([{ "p": "Which is **more** than 3 ∗ 4 ∗ 5?" }]),
            ),
            ("x<sup>2</sup>, 1<sup>st</sup>, a<sub>n+1</sub>", json!([{ "p": "x², 1st, aₙ₊₁" }])),
            (
                "<ul><li>one<li>two</ul><ol><li>three</ol>",
                json!([{ "p": "• one" }, { "p": "• two" }, { "p": "1. three" }]),
            ),
            (
                "<table><tr><th>a<th>b</tr><tr><td>1</td><td><b>2</b></td></tr></table>",
                json!([{ "table": [["a", "b"], ["1", "**2**"]] }]),
            ),
            ("A<br>B<style>p{}</style><script>x()</script>", json!([{ "p": "A" }, { "p": "B" }])),
            ("\\(\\frac12\\) of [[x]]", json!([{ "p": "[[1/2]] of [ [x]]" }])),
            ("<b>open <i>both</b> never", json!([{ "p": "**open both** never" }])),
        ] {
            let mut making = Making::new(&about, None);
            let made = blocks(&mut making, "question 1", html, &mut NoFiles).unwrap();
            assert_eq!(Json::Array(made), wanted, "{html}");
        }
    }
}
