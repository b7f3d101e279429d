//! XML as small trees. Entities that a document declares itself are refused, and nothing outside it is ever read.

use std::io::{BufRead, ErrorKind};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::html;
use crate::error::{Error, Result};

/// Elements in elements.
const DEEPEST: usize = 100;
/// Bytes of text of one element that are held; of more only the place is known.
const LONGEST_TEXT: usize = 256 << 10;
/// Bytes of one tag, or of one text between two tags, the base64 of a picture included; they are in memory at once.
pub(super) const LARGEST_PART: u64 = 24 << 20;
/// Bytes of all text that is held of one document, or of one question.
const MOST_TEXT: usize = 32 << 20;
/// Elements of one document, or of one question.
const MOST_ELEMENTS: usize = 100_000;

/// An element and what is in it. Names are lower case and without their prefix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name.
    pub(super) name: String,
    /// Its attributes, in the order of the file.
    pub(super) attributes: Vec<(String, String)>,
    /// The elements in it.
    pub(super) children: Vec<Element>,
    /// Its own text, without that of its children.
    pub(super) text: String,
    /// Where that text lies in the file, from and to; for data that is better left where it is.
    pub(super) span: Option<(u64, u64)>,
}

impl Element {
    /// An attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The first element of a name in it.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All elements of a name in it.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of a child, trimmed; empty where there is none.
    pub(super) fn text_of(&self, name: &str) -> &str {
        self.child(name).map_or("", |child| child.text.trim())
    }

    /// All text in it, children's too, in reading order as far as it is known.
    pub(super) fn whole_text(&self) -> String {
        let inner: Vec<String> = self.children.iter().map(Self::whole_text).collect();
        [self.text.clone(), inner.join(" ")].join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The first element of a name anywhere in it.
    pub(super) fn find(&self, name: &str) -> Option<&Self> {
        if self.name == name { Some(self) } else { self.children.iter().find_map(|child| child.find(name)) }
    }
}

/// Something is wrong with a document.
pub(super) fn misread(place: &str, trouble: impl std::fmt::Display) -> Error {
    let sentence =
        format!("{place} can't be read as XML: {trouble}. Export it again, or ask whoever made it.");
    Error::invalid("import.xml", sentence).with("file", place)
}

/// Reads a whole document; answers with its root.
///
/// # Errors
/// `import.xml`, with what is wrong.
pub(super) fn parse(place: &str, text: &str) -> Result<Element> {
    let mut trees = Trees::new(place, text.as_bytes());
    while let Some(step) = trees.step()? {
        if step == Step::Closed(0) {
            return Ok(trees.take());
        }
    }
    Err(misread(place, "it has no content"))
}

/// The name of the first element, in lower case; `!doctype` where only that is clear.
pub(super) fn root_of(text: &str) -> Option<String> {
    let mut rest = text;
    loop {
        rest = rest.trim_start().strip_prefix('<')?;
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->")?.1;
        } else if rest.starts_with('?') {
            rest = rest.split_once("?>")?.1;
        } else if rest.starts_with('!') {
            let kind = rest.get(..9).unwrap_or_default().to_lowercase();
            let of =
                rest.get(9..).unwrap_or_default().trim_start().get(..4).unwrap_or_default().to_lowercase();
            if kind == "!doctype " && of == "html" {
                return Some("html".to_owned());
            }
            // What a document declares itself stands in brackets.
            let (front, after) = rest.split_once('>')?;
            rest = if front.contains('[') { rest.split_once(']')?.1.split_once('>')?.1 } else { after };
        } else {
            let name = rest.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
            let local = name.rsplit(':').next()?.to_lowercase();
            let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
            return (!local.is_empty() && local.chars().all(fits)).then_some(local);
        }
    }
}

/// What came next in a document: an element at a depth, where 0 is the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It began.
    Opened(usize),
    /// It ended; [`Trees::take`] gives it.
    Closed(usize),
}

/// Builds elements while it reads, so that a large document can be taken in part by part.
pub(super) struct Trees<'a, R> {
    place: &'a str,
    reader: Reader<Metered<R>>,
    buffer: Vec<u8>,
    /// From the root to where it reads; before the root stands what holds it.
    open: Vec<Element>,
    elements: usize,
    /// Bytes of text that are held.
    held: usize,
    /// An element that is empty was opened; it closes next.
    closes: bool,
}

impl<'a, R: BufRead> Trees<'a, R> {
    /// `place` names the document in sentences.
    pub(super) fn new(place: &'a str, from: R) -> Self {
        let reader = Reader::from_reader(Metered { inner: from, left: LARGEST_PART });
        let open = vec![Element::default()];
        Self { place, reader, buffer: Vec::new(), open, elements: 0, held: 0, closes: false }
    }

    /// What comes next; `None` at the end.
    ///
    /// # Errors
    /// `import.xml`.
    pub(super) fn step(&mut self) -> Result<Option<Step>> {
        if std::mem::take(&mut self.closes) {
            return self.close().map(Some);
        }
        let place = self.place;
        loop {
            self.buffer.clear();
            self.reader.get_mut().left = LARGEST_PART;
            let from = self.reader.buffer_position();
            let event = self.reader.read_event_into(&mut self.buffer).map_err(|e| unread(place, e))?;
            match event {
                Event::Start(tag) => {
                    let element = read_tag(place, &tag)?;
                    return self.begin(element).map(Some);
                }
                Event::Empty(tag) => {
                    let element = read_tag(place, &tag)?;
                    self.closes = true;
                    return self.begin(element).map(Some);
                }
                Event::End(_) => return self.close().map(Some),
                Event::Text(text) => {
                    let span = (from, from + text.len() as u64);
                    self.held += add(&mut self.open, &text, Some(span));
                }
                Event::CData(text) => {
                    self.held += add(&mut self.open, &text, None);
                }
                Event::GeneralRef(name) => {
                    let meaning = html::entity(&name).unwrap_or_else(|| format!("&{};", &*name));
                    self.held += add(&mut self.open, &meaning, None);
                }
                Event::DocType(kind) if kind.contains("<!ENTITY") => {
                    let trouble = "it declares words of its own (entities), which is not safe to read";
                    return Err(misread(place, trouble));
                }
                Event::Eof if self.open.len() == 1 => return Ok(None),
                Event::Eof => return Err(misread(place, "it ends in the middle")),
                _ => {}
            }
        }
    }

    /// The element that ended last, out of the tree.
    pub(super) fn take(&mut self) -> Element {
        (self.elements, self.held) = (0, 0);
        self.open.last_mut().and_then(|open| open.children.pop()).unwrap_or_default()
    }

    /// The element that ended last.
    pub(super) fn closed(&self) -> Option<&Element> {
        self.open.last().and_then(|open| open.children.last())
    }

    fn begin(&mut self, element: Element) -> Result<Step> {
        self.elements += 1;
        if self.open.len() > DEEPEST || self.elements > MOST_ELEMENTS || self.held > MOST_TEXT {
            return Err(misread(self.place, "it has too many parts inside each other"));
        }
        self.open.push(element);
        Ok(Step::Opened(self.open.len() - 2))
    }

    fn close(&mut self) -> Result<Step> {
        let element = self.open.pop().unwrap_or_default();
        let Some(parent) = self.open.last_mut() else {
            return Err(misread(self.place, "a part ends that did not begin"));
        };
        parent.children.push(element);
        Ok(Step::Closed(self.open.len() - 1))
    }
}

/// Adds words to the open element; answers how many bytes of them are held.
fn add(open: &mut [Element], words: &str, span: Option<(u64, u64)>) -> usize {
    let Some(open) = open.last_mut() else { return 0 };
    open.span = span.filter(|_| open.text.is_empty());
    let room = LONGEST_TEXT.saturating_sub(open.text.len());
    let end = (0..=room.min(words.len())).rev().find(|end| words.is_char_boundary(*end)).unwrap_or_default();
    open.text.push_str(&words[..end]);
    end
}

/// Ends with an error when one part is too large to be held.
struct Metered<R> {
    inner: R,
    left: u64,
}

impl<R: BufRead> std::io::Read for Metered<R> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let got = self.inner.read(to)?;
        self.left = self.left.saturating_sub(got as u64);
        Ok(got)
    }
}

impl<R: BufRead> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.left == 0 { Err(ErrorKind::FileTooLarge.into()) } else { self.inner.fill_buf() }
    }

    fn consume(&mut self, bytes: usize) {
        self.left = self.left.saturating_sub(bytes as u64);
        self.inner.consume(bytes);
    }
}

/// A fault of the document, or of the stick that it lies on.
fn unread(place: &str, error: quick_xml::Error) -> Error {
    match error {
        quick_xml::Error::Io(inner) if inner.kind() == ErrorKind::FileTooLarge => {
            misread(place, format!("one of its parts is larger than {} MB", LARGEST_PART >> 20))
        }
        quick_xml::Error::Io(inner) if inner.kind() != ErrorKind::InvalidData => {
            std::io::Error::new(inner.kind(), inner).into()
        }
        quick_xml::Error::Io(_) | quick_xml::Error::Encoding(_) => {
            misread(place, "it is not written in UTF-8")
        }
        other => misread(place, other),
    }
}

fn read_tag(place: &str, tag: &BytesStart) -> Result<Element> {
    let name = tag.local_name().as_ref().to_lowercase();
    let mut element = Element { name, ..Element::default() };
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|e| misread(place, e))?;
        let name = attribute.key.local_name().as_ref().to_lowercase();
        element.attributes.push((name, html::unescape(&attribute.value)));
    }
    Ok(element)
}
