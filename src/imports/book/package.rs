//! The package document of a book: what is known of it, what is in it, and in which order it is read.

use std::collections::BTreeMap;

use super::super::html;
use super::super::licence::Licence;
use super::super::made::Known;
use super::super::names::{clean_title, language_tag, shorten};
use super::super::pages::resolve;
use super::super::xml::{self, Element};
use crate::error::Result;

/// Chapters, parts and pictures.
#[derive(Debug, Default)]
pub(super) struct Package {
    /// What it says about itself.
    pub(super) known: Known,
    /// Paths of its parts in reading order.
    pub(super) spine: Vec<String>,
    /// Path of the table of contents of EPUB 3.
    pub(super) nav: Option<String>,
    /// Path of the table of contents of EPUB 2.
    pub(super) ncx: Option<String>,
    /// Path of the picture on its cover.
    pub(super) cover: Option<String>,
}

/// One file of the manifest.
struct Item<'a> {
    path: String,
    media_type: &'a str,
    properties: &'a str,
    fallback: Option<&'a str>,
}

/// What a browser can show as a chapter.
fn is_shown(media_type: &str) -> bool {
    matches!(media_type, "application/xhtml+xml" | "text/html" | "image/svg+xml" | "application/xml" | "")
}

impl Package {
    /// Reads the document that lies at `path`.
    ///
    /// # Errors
    /// `import.xml`.
    pub(super) fn read(path: &str, text: &str) -> Result<Self> {
        let root = xml::parse(path, text)?;
        let mut items = BTreeMap::new();
        for item in root.child("manifest").into_iter().flat_map(|manifest| manifest.all("item")) {
            let (Some(id), Some(href)) = (item.attribute("id"), item.attribute("href")) else { continue };
            let Some(path) = resolve(path, href) else { continue };
            let media_type = item.attribute("media-type").unwrap_or_default();
            let properties = item.attribute("properties").unwrap_or_default();
            items.insert(id, Item { path, media_type, properties, fallback: item.attribute("fallback") });
        }
        let has = |item: &&Item, property: &str| item.properties.split(' ').any(|known| known == property);
        let metadata = root.child("metadata").cloned().unwrap_or_default();
        let spine = root.child("spine");
        let ncx = spine.and_then(|spine| spine.attribute("toc")).and_then(|id| items.get(id));
        let ncx = ncx.or_else(|| items.values().find(|item| item.media_type == "application/x-dtbncx+xml"));
        let cover = items.values().find(|item| has(item, "cover-image"));
        let cover = cover.or_else(|| items.get(meta(&metadata, "cover")?));
        let mut known = known(&metadata);
        known.right_to_left = match spine.and_then(|spine| spine.attribute("page-progression-direction")) {
            Some("rtl") => Some(true),
            _ => None,
        };
        Ok(Self {
            nav: items.values().find(|item| has(item, "nav")).map(|item| item.path.clone()),
            ncx: ncx.map(|item| item.path.clone()),
            cover: cover.map(|item| item.path.clone()),
            spine: spine.map(|spine| reading_order(spine, &items)).unwrap_or_default(),
            known,
        })
    }
}

/// The parts that are read one after the other; what is only looked up from them is left to their links.
fn reading_order(spine: &Element, items: &BTreeMap<&str, Item>) -> Vec<String> {
    let linear = spine.all("itemref").filter(|part| part.attribute("linear") != Some("no"));
    let mut paths: Vec<String> = Vec::new();
    for id in linear.filter_map(|part| part.attribute("idref")) {
        let mut item = items.get(id);
        // A part of a strange kind names another one that stands in for it; a circle of them ends.
        for _ in 0..8 {
            match item {
                Some(found) if !is_shown(found.media_type) => {
                    item = found.fallback.and_then(|id| items.get(id));
                }
                _ => break,
            }
        }
        if let Some(item) = item.filter(|item| is_shown(item.media_type))
            && !paths.contains(&item.path)
        {
            paths.push(item.path.clone());
        }
    }
    paths
}

/// `<meta name="cover" content="…">` of EPUB 2
fn meta<'a>(metadata: &'a Element, name: &'a str) -> Option<&'a str> {
    metadata.all("meta").find(|meta| meta.attribute("name") == Some(name))?.attribute("content")
}

fn known(metadata: &Element) -> Known {
    // The first books put all of it one level deeper.
    let all = |name: &str| -> Vec<String> {
        let deeper = metadata.child("dc-metadata").into_iter().flat_map(|inner| inner.all(name));
        let words = metadata.all(name).chain(deeper).map(Element::whole_text);
        words.filter(|text| !text.is_empty()).collect()
    };
    let property = |name: &str| {
        let found = metadata.all("meta").find(|meta| meta.attribute("property") == Some(name));
        found.map(Element::whole_text)
    };
    let link = metadata.all("link").find(|link| {
        link.attribute("rel")
            .is_some_and(|rel| rel.split(' ').any(|rel| matches!(rel, "license" | "cc:license")))
    });
    let mut rights = all("rights");
    rights.extend(property("dcterms:license"));
    rights.extend(link.and_then(|link| link.attribute("href")).map(str::to_owned));
    let mut licences = rights.iter().map(|text| Licence::find(text));
    let licence = licences.find(|licence| licence.address.is_some());
    let summary = all("description").first().map(|text| {
        let words = html::tokens(text).into_iter().filter_map(|token| match token {
            html::Token::Text(text) => Some(text),
            _ => None,
        });
        words.collect::<Vec<_>>().join(" ")
    });
    Known {
        title: all("title").first().and_then(|title| clean_title(title)),
        summary,
        language: all("language").first().and_then(|text| language_tag(text)),
        authors: all("creator"),
        publisher: all("publisher").first().and_then(|name| shorten(name, 120)),
        licence,
        rights: rights.first().and_then(|text| shorten(text, 400)),
        subjects: all("subject").into_iter().take(8).collect(),
        identity: all("identifier").first().cloned(),
        ..Known::default()
    }
}
