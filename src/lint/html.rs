//! HTML and XHTML as a [`Page`], and SVG.

use super::address::{Leads, follow};
use super::markup::{Piece, Pieces, Tag, unescape};
use super::page::{Load, Page, Prose, Shown, end};
use super::{script, style};

/// Tags between which words belong together no longer.
const BLOCKS: [&str; 38] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "label",
    "li",
    "main",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "td",
    "th",
    "title",
    "ul",
];
/// Those that hold sentences.
const SENTENCES: [&str; 5] = ["p", "li", "dd", "blockquote", "div"];
/// Media types and endings of what browsers no longer run.
const DEAD_TECH: [&str; 7] =
    ["shockwave", "java-applet", "x-silverlight", ".swf", ".jar", ".class", "x-java"];

/// Reads a page of HTML or XHTML that lies at `path`.
pub(super) fn read(path: &str, text: &str) -> Page {
    let mut reader = Reader {
        base: path.to_owned(),
        page: Page::default(),
        prose: Prose::default(),
        inside: Inside::Page,
    };
    for piece in Pieces::new(text) {
        match piece {
            Piece::Open(tag) => reader.open(&tag),
            Piece::Close(name) => reader.close(&name),
            Piece::Text(text) => reader.text(text),
        }
    }
    end(&mut reader.page, &mut reader.prose);
    reader.page
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Page,
    Script,
    /// Of data, templates, shaders.
    Quiet,
    Style,
    /// Sound or video without words so far.
    Played,
}

struct Reader {
    base: String,
    page: Page,
    prose: Prose,
    inside: Inside,
}

impl Reader {
    fn load(&mut self, load: Load, address: Option<&str>) {
        if let Some(address) = address {
            self.page.loads.push((load, follow(&self.base, address)));
        }
    }

    fn open(&mut self, tag: &Tag) {
        if BLOCKS.contains(&tag.name.as_str()) {
            end(&mut self.page, &mut self.prose);
        }
        self.attributes(tag);
        match tag.name.as_str() {
            "a" | "area" => {
                self.page.links.extend(tag.get("href").map(|address| follow(&self.base, address)));
            }
            "base" => {
                if let Some(Leads::Inside(path)) = tag.get("href").map(|address| follow(&self.base, address))
                {
                    self.base = path + "/";
                } else {
                    self.load(Load::Frame, tag.get("href"));
                }
            }
            "link" => {
                let rel = tag.get("rel").unwrap_or_default().to_ascii_lowercase();
                if ["stylesheet", "icon", "preload", "modulepreload"].iter().any(|kind| rel.contains(kind)) {
                    self.load(Load::Style, tag.get("href"));
                }
            }
            "meta" if tag.get("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh")) => {
                let to =
                    tag.get("content").and_then(|content| content.split_once('=')).map(|(_, to)| to.trim());
                self.page.links.extend(to.map(|to| follow(&self.base, to.trim_matches(['"', '\'']))));
            }
            "script" => self.script(tag),
            "style" if !tag.is_whole => self.inside = Inside::Style,
            "img" | "image" | "input" => self.picture(tag),
            "use" => self.load(Load::Picture, tag.get("href")),
            "video" | "audio" => self.played(tag),
            "source" => self.load(Load::Played, tag.get("src")),
            "track" => {
                self.load(Load::Played, tag.get("src"));
                if self.inside == Inside::Played {
                    self.inside = Inside::Page;
                }
            }
            "iframe" | "frame" => self.load(Load::Frame, tag.get("src")),
            "embed" | "object" | "applet" | "param" => self.object(tag),
            "form" => self.page.forms.extend(tag.get("action").map(|address| follow(&self.base, address))),
            "bdi" => self.prose.is_isolated = true,
            "html" => {
                self.page.language = tag.get("lang").filter(|lang| !lang.is_empty()).map(str::to_owned);
            }
            _ => {}
        }
    }

    /// What any tag may have.
    fn attributes(&mut self, tag: &Tag) {
        for (name, value) in tag.attributes() {
            match name {
                "style" => self.style(value),
                "dir" if tag.name != "html" && tag.name != "body" => self.prose.is_isolated = true,
                _ if name.starts_with("on") && name.len() > 3 => {
                    self.page.runs = true;
                    self.page.troubles.extend(script::look(value));
                }
                _ => {}
            }
        }
        self.page.runs |= tag.get("href").is_some_and(|address| follow(&self.base, address) == Leads::Script);
    }

    fn script(&mut self, tag: &Tag) {
        let kind = tag.get("type").unwrap_or_default().to_ascii_lowercase();
        let is_program =
            kind.is_empty() || kind == "module" || kind.contains("javascript") || kind.contains("ecmascript");
        self.page.runs |= is_program;
        self.load(Load::Script, tag.get("src").or(tag.get("href")));
        if !tag.is_whole {
            self.inside = if is_program { Inside::Script } else { Inside::Quiet };
        }
    }

    fn picture(&mut self, tag: &Tag) {
        let is_image = match tag.name.as_str() {
            "input" => tag.get("type").is_some_and(|kind| kind.eq_ignore_ascii_case("image")),
            _ => true,
        };
        if !is_image {
            return;
        }
        let sources = tag
            .get("srcset")
            .into_iter()
            .flat_map(|set| set.split(','))
            .filter_map(|one| one.split_whitespace().next());
        let own = tag.get("src").or(tag.get("href"));
        for address in own.into_iter().chain(sources) {
            self.load(Load::Picture, Some(address));
        }
        // A picture in a drawing has its words in the drawing's title.
        let (Some(address), true) = (own, tag.name != "image") else { return };
        let is_hidden = tag.get("aria-hidden") == Some("true")
            || matches!(tag.get("role"), Some("presentation" | "none"));
        let alt = tag.get("alt").or(tag.get("aria-label")).map(str::to_owned);
        let alt = if is_hidden { Some(String::new()) } else { alt };
        self.page.pictures.push(Shown { leads: follow(&self.base, address), alt });
    }

    fn played(&mut self, tag: &Tag) {
        self.load(Load::Played, tag.get("src"));
        self.load(Load::Picture, tag.get("poster"));
        let is_quiet = tag.get("aria-describedby").is_some();
        match (tag.is_whole, is_quiet) {
            (_, true) => {}
            (true, false) => self.page.unworded += 1,
            (false, false) => self.inside = Inside::Played,
        }
    }

    fn object(&mut self, tag: &Tag) {
        let address = tag.get("data").or(tag.get("src")).or(tag.get("archive")).or(tag.get("value"));
        let said = format!("{} {}", address.unwrap_or_default(), tag.get("type").unwrap_or_default())
            .to_ascii_lowercase();
        if tag.name == "applet"
            || DEAD_TECH.iter().any(|dead| said.trim().ends_with(dead) || said.contains(dead))
        {
            self.page.dead_tech.push(address.unwrap_or(&tag.name).to_owned());
        } else if tag.name != "param" {
            self.load(Load::Frame, tag.get("data").or(tag.get("src")));
        }
    }

    fn close(&mut self, name: &str) {
        if self.inside == Inside::Played && matches!(name, "video" | "audio") {
            self.page.unworded += 1;
        }
        if matches!(name, "script" | "style" | "video" | "audio") {
            self.inside = Inside::Page;
        }
        if BLOCKS.contains(&name) {
            self.prose.in_sentences = SENTENCES.contains(&name);
            end(&mut self.page, &mut self.prose);
        }
    }

    fn text(&mut self, text: &str) {
        match self.inside {
            Inside::Page | Inside::Played => {
                // Line ends of the file are blanks of the text.
                for word in unescape(text).split_inclusive(char::is_whitespace) {
                    let blank = word.ends_with(char::is_whitespace);
                    self.prose.text.push_str(word.trim_end());
                    if blank && !self.prose.text.is_empty() && !self.prose.text.ends_with(' ') {
                        self.prose.text.push(' ');
                    }
                }
            }
            Inside::Script => self.page.troubles.extend(script::look(text)),
            Inside::Style => self.style(text),
            Inside::Quiet => {}
        }
    }

    fn style(&mut self, css: &str) {
        let style = style::read(&self.base, css);
        self.page.loads.extend(style.loads.into_iter().map(|leads| (Load::Style, leads)));
        self.page.faint.extend(style.faint);
    }
}

/// What there is to say about a drawing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Drawing {
    /// Scripts, handlers, pages in it.
    pub(super) runs: bool,
    /// What it fetches.
    pub(super) loads: Vec<Leads>,
    /// The words that are written in it.
    pub(super) words: Vec<String>,
}

/// Reads an SVG drawing that lies at `path`.
pub(super) fn read_drawing(path: &str, text: &str) -> Drawing {
    let page = read(path, text);
    let mut drawing = Drawing { runs: page.runs, ..Drawing::default() };
    drawing.loads = page.loads.into_iter().map(|(_, leads)| leads).collect();
    let mut in_text = 0_u32;
    for piece in Pieces::new(text) {
        match piece {
            Piece::Open(tag) if tag.name == "text" && !tag.is_whole => in_text += 1,
            Piece::Open(tag) if tag.name == "foreignobject" => drawing.runs = true,
            Piece::Close(name) if name == "text" => in_text = in_text.saturating_sub(1),
            Piece::Text(text) if in_text > 0 => drawing.words.extend(words(&unescape(text))),
            _ => {}
        }
    }
    drawing.loads.retain(|leads| *leads != Leads::Itself);
    drawing
}

/// Words of two letters or more: a letter beside a line is a label, a number is a number in any language.
fn words(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().nth(1).is_some());
    parts.map(str::to_lowercase).collect::<Vec<_>>().into_iter()
}
