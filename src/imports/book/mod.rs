//! Books in EPUB 2 and 3: their chapters in reading order, under the titles of their own table of contents. Nothing in
//! them is changed; how they are shown, without their scripts, is the business of who serves them.

mod contents;
mod package;

use std::collections::HashMap;
use std::sync::Arc;

use super::html;
use super::kind::{Kind, kind_of};
use super::made::{Known, Making};
use super::source::Source;
use super::text::decode;
use super::whole::lay_whole;
use super::words::{Words, words};
use super::xml;
use crate::error::{Error, Result};
use crate::packs::{Activity, ActivityKind, Chapter};
use package::Package;

/// Documents that say what is in a book.
const LARGEST_DOCUMENT: u64 = 4 << 20;

/// A book that was opened.
pub(super) struct Book {
    source: Arc<Source>,
    package: Package,
    /// Letters of its own that it hides, so that nobody takes them out of it.
    hides_fonts: bool,
}

/// Whether a source looks like a book.
pub(super) fn is_book(source: &Source) -> bool {
    source.size("META-INF/container.xml").is_some()
}

/// A document of the book as text.
fn read(source: &Source, path: &str) -> Result<String> {
    let bytes = source.read(path, LARGEST_DOCUMENT)?;
    decode(&bytes).map(|text| text.text).ok_or_else(|| xml::misread(path, "its letters can't be read"))
}

impl Book {
    /// Opens a book.
    ///
    /// # Errors
    /// `import.locked` for a book with copy protection, `import.xml`, `import.book` where it does not say what is in it.
    pub(super) fn open(source: &Arc<Source>) -> Result<Self> {
        let hides_fonts = refuse_locked(source)?;
        let container = xml::parse("META-INF/container.xml", &read(source, "META-INF/container.xml")?)?;
        let root = container.find("rootfile").and_then(|root| root.attribute("full-path"));
        let root = root.map(super::pages::percent_decode).filter(|path| source.size(path).is_some());
        let Some(root) = root else { return Err(broken("it does not say where its list of chapters is")) };
        let package = Package::read(&root, &read(source, &root)?)?;
        Ok(Self { source: source.clone(), package, hides_fonts })
    }

    /// What the book says about itself.
    pub(super) fn known(&self) -> &Known {
        &self.package.known
    }

    /// Lays the whole book into the pack.
    ///
    /// # Errors
    /// `import.name`, `import.book`, or that it can't be read.
    pub(super) fn lay(&self, making: &mut Making, name: &str) -> Result<Activity> {
        let home = making.folder("books", self.package.known.title.as_deref().unwrap_or(name));
        lay_whole(making, &self.source, "", &home)?;
        let titles = self.titles()?;
        let mut chapters = Vec::new();
        for path in &self.package.spine {
            if self.source.size(path).is_none() {
                making.lose("chapter", path, "The book names this chapter and does not have it.");
                continue;
            }
            let title = match titles.get(path) {
                Some(title) => title.clone(),
                None => self.own_title(path, chapters.len() + 1, words(&making.language))?,
            };
            chapters.push(Chapter { title, file: format!("{home}/{path}") });
        }
        if chapters.is_empty() {
            return Err(broken("it has no chapters"));
        }
        if self.hides_fonts {
            making.lose(
                "font",
                "META-INF/encryption.xml",
                "Its own letters (fonts) are scrambled; those of the tablet stand in.",
            );
        }
        let cover = self.package.cover.as_ref().filter(|cover| self.source.size(cover).is_some());
        if let Some(cover) = cover
            && matches!(kind_of(&self.source, cover)?, Kind::Picture(_))
            && making.cover.is_none()
        {
            making.cover = Some(format!("{home}/{cover}"));
        }
        let mut book =
            Activity::new(ActivityKind::Book, "read", self.package.known.title.as_deref().unwrap_or(name));
        book.chapters = chapters;
        Ok(book)
    }

    /// Titles of the table of contents, by the file that they lead to.
    fn titles(&self) -> Result<HashMap<String, String>> {
        if let Some(path) = self.package.nav.as_ref().filter(|path| self.source.size(path).is_some()) {
            let titles = contents::of_nav(path, &read(&self.source, path)?);
            if !titles.is_empty() {
                return Ok(titles);
            }
        }
        match self.package.ncx.as_ref().filter(|path| self.source.size(path).is_some()) {
            // A table that can't be read costs titles, not the book.
            Some(path) => Ok(contents::of_ncx(path, &read(&self.source, path)?).unwrap_or_default()),
            None => Ok(HashMap::new()),
        }
    }

    /// The title that a chapter gives itself. That of the whole book is only the title of its first part, though many
    /// books write it over each.
    fn own_title(&self, path: &str, number: usize, words: &Words) -> Result<String> {
        if self.package.nav.as_deref() == Some(path) {
            return Ok(words.contents.to_owned());
        }
        let head = self.source.head(path)?;
        let titles = super::text::decode_head(&head).map(|text| html::titles_and_language(&text.text).0);
        let of_book = self.package.known.title.as_ref();
        let mut titles = titles.unwrap_or_default().into_iter();
        let own = titles.find(|title| number == 1 || Some(title) != of_book);
        Ok(own.unwrap_or_else(|| format!("{} {number}", words.part)))
    }
}

/// Refuses a book that is locked for one reader; answers whether its fonts are scrambled, which is no lock.
fn refuse_locked(source: &Source) -> Result<bool> {
    /// <https://www.w3.org/TR/epub-33/#sec-font-obfuscation>, and the older way of Adobe.
    const FONTS: [&str; 2] = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];
    let mut is_locked =
        ["META-INF/license.lcpl", "META-INF/sinf.xml"].iter().any(|path| source.size(path).is_some());
    let mut hides_fonts = false;
    if source.size("META-INF/encryption.xml").is_some() {
        let list = xml::parse("META-INF/encryption.xml", &read(source, "META-INF/encryption.xml")?)?;
        for data in list.all("encrypteddata") {
            let method = data.child("encryptionmethod").and_then(|method| method.attribute("algorithm"));
            let is_font = method.is_some_and(|method| FONTS.contains(&method));
            hides_fonts |= is_font;
            is_locked |= !is_font;
        }
    }
    if is_locked {
        let sentence = "This book is locked with copy protection (DRM): only the device of whoever bought it can open it. Ask the publisher for a copy without it.";
        return Err(Error::invalid("import.locked", sentence));
    }
    Ok(hides_fonts)
}

fn broken(trouble: &str) -> Error {
    let sentence =
        format!("This book can't be opened: {trouble}. Ask whoever gave it to you for a whole one.");
    Error::invalid("import.book", sentence).with("trouble", trouble)
}
