//! The two kinds of tables of contents: an HTML page in EPUB 3, an XML document in EPUB 2.

use std::collections::HashMap;

use super::super::html::{Token, tokens};
use super::super::names::clean_title;
use super::super::pages::resolve;
use super::super::xml::{self, Element};
use crate::error::Result;

/// Titles by the path of the file that they lead to; the first one of a file counts.
type Titles = HashMap<String, String>;

fn note(titles: &mut Titles, from: &str, address: &str, title: &str) {
    if let (Some(path), Some(title)) = (resolve(from, address), clean_title(title)) {
        titles.entry(path).or_insert(title);
    }
}

/// The links in `<nav epub:type="toc">`, or in the first `<nav>`.
pub(super) fn of_nav(path: &str, text: &str) -> Titles {
    let tokens = tokens(text);
    let is_nav = |token: &Token| matches!(token, Token::Open { name, .. } if name == "nav");
    let is_toc = |token: &Token| {
        is_nav(token) && token.attribute("epub:type").is_some_and(|kind| kind.contains("toc"))
    };
    let start = tokens.iter().position(is_toc).or_else(|| tokens.iter().position(is_nav)).unwrap_or_default();
    let mut titles = Titles::new();
    let mut open: Option<(String, String)> = None;
    for token in tokens.iter().skip(start + 1) {
        match token {
            Token::Close(name) if name == "nav" => break,
            Token::Open { name, .. } if name == "a" => {
                open = token.attribute("href").map(|address| (address.to_owned(), String::new()));
            }
            Token::Text(words) => {
                if let Some((_, title)) = &mut open {
                    title.push_str(words);
                }
            }
            Token::Close(name) if name == "a" => {
                if let Some((address, title)) = open.take() {
                    note(&mut titles, path, &address, &title);
                }
            }
            _ => {}
        }
    }
    titles
}

/// `navPoint`s with their labels.
///
/// # Errors
/// `import.xml`.
pub(super) fn of_ncx(path: &str, text: &str) -> Result<Titles> {
    let root = xml::parse(path, text)?;
    let mut titles = Titles::new();
    if let Some(map) = root.child("navmap") {
        walk(path, map, &mut titles);
    }
    Ok(titles)
}

fn walk(path: &str, element: &Element, titles: &mut Titles) {
    for point in element.all("navpoint") {
        let label = point.child("navlabel").map(Element::whole_text).unwrap_or_default();
        if let Some(address) = point.child("content").and_then(|content| content.attribute("src")) {
            note(titles, path, address, &label);
        }
        walk(path, point, titles);
    }
}
