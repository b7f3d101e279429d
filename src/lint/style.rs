//! CSS: what it loads, and which colours it declares together.

use super::address::{Leads, follow};
use super::colour::{self, LEAST_CONTRAST};

/// What a style sheet says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// What `url(…)` and `@import` name, as far as it leads anywhere.
    pub(super) loads: Vec<Leads>,
    /// Pairs of text and ground that are hard to tell apart, with the contrast.
    pub(super) faint: Vec<String>,
}

/// Addresses of one sheet that are looked at.
const MOST: usize = 2_000;

/// Reads a style sheet, or the inside of a `style` attribute, that stands in the file at `from`.
pub(super) fn read(from: &str, css: &str) -> Style {
    let css = without_comments(css);
    let mut style = Style::default();
    let urls = css.split("url(").skip(1).filter_map(|rest| rest.split_once(')')).map(|(address, _)| address);
    let imports = css.split("@import").skip(1).filter_map(quoted);
    for address in urls.chain(imports).take(MOST) {
        let leads = follow(from, address.trim().trim_matches(['"', '\'']));
        if leads != Leads::Itself {
            style.loads.push(leads);
        }
    }
    // Rules in rules (`@media`) end with the brace of the inner one: what stands before it is a block.
    for block in css.split('}').map(|block| block.rsplit('{').next().unwrap_or_default()) {
        style.faint.extend(faint_pair(block));
    }
    style
}

/// `@import "a.css"`; the other form has `url(`.
fn quoted(rest: &str) -> Option<&str> {
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest[1..].split_once(quote).map(|(address, _)| address)
}

fn faint_pair(block: &str) -> Option<String> {
    let (mut text, mut ground) = (None, None);
    for declaration in block.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let value = value.trim().trim_end_matches("!important").trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "color" => text = colour::read(value).map(|colour| (colour, value)),
            "background-color" | "background" => ground = colour::read(value).map(|colour| (colour, value)),
            _ => {}
        }
    }
    let ((text, text_name), (ground, ground_name)) = (text?, ground?);
    let contrast = colour::contrast(text, ground);
    (contrast < LEAST_CONTRAST)
        .then(|| format!("{text_name} on {ground_name} has a contrast of {contrast:.1}"))
}

fn without_comments(css: &str) -> String {
    let mut plain = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, inside)) = rest.split_once("/*") {
        plain.push_str(before);
        plain.push(' ');
        rest = inside.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}
