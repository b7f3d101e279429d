//! Interactive pages: a web page with all that it needs, as a zip or as a folder.

use std::sync::Arc;

use super::html::{Token, title_and_language, tokens};
use super::made::{Known, Making, Part};
use super::names::title_of_file;
use super::source::Source;
use super::text::decode;
use super::whole::lay_whole;
use crate::error::Result;
use crate::packs::{Activity, ActivityKind};

const LARGEST_PAGE: u64 = 4 << 20;

/// A web page and what belongs to it.
pub(super) struct App {
    source: Arc<Source>,
    /// The folder that belongs to it, with its stroke; `None` for a page that came alone.
    under: Option<String>,
    /// The pages that are entered by, below that folder.
    entrances: Vec<String>,
}

/// The pages that lead into a folder: its index, or all that lie at its top.
pub(super) fn entrances(source: &Source, under: &str) -> Vec<String> {
    let is_page = |path: &&str| {
        let name = path.to_ascii_lowercase();
        !path.contains('/')
            && (matches!(name.rsplit_once('.').map(|(_, ending)| ending), Some("html" | "htm" | "xhtml")))
    };
    let pages = source.files().filter_map(|(path, _)| path.strip_prefix(under)).filter(is_page);
    let pages: Vec<String> = pages.map(str::to_owned).collect();
    let index = ["index.html", "index.htm", "index.xhtml"];
    match pages.iter().find(|page| index.contains(&page.to_ascii_lowercase().as_str())) {
        Some(index) => vec![index.clone()],
        None => pages,
    }
}

impl App {
    /// A folder of a source, or all of it, with its entrances.
    pub(super) fn of_folder(source: &Arc<Source>, under: &str, entrances: Vec<String>) -> Self {
        Self { source: source.clone(), under: Some(under.to_owned()), entrances }
    }

    /// One page alone.
    pub(super) fn of_page(source: &Arc<Source>, path: &str) -> Self {
        Self { source: source.clone(), under: None, entrances: vec![path.to_owned()] }
    }

    fn read(&self, page: &str) -> Result<Option<String>> {
        let path = format!("{}{page}", self.under.as_deref().unwrap_or_default());
        if self.source.size(&path).is_none_or(|size| size > LARGEST_PAGE) {
            return Ok(None);
        }
        Ok(decode(&self.source.read(&path, LARGEST_PAGE)?).map(|text| text.text))
    }

    /// What its first page says about it.
    ///
    /// # Errors
    /// When it can't be read.
    pub(super) fn known(&self) -> Result<Known> {
        let first = self.entrances.first().map(|page| self.read(page)).transpose()?.flatten();
        let (title, language) = first.map_or((None, None), |html| title_and_language(&html));
        Ok(Known { title, language, ..Known::default() })
    }

    /// Lays it into the pack.
    ///
    /// # Errors
    /// `import.name`, or that it can't be read.
    pub(super) fn lay(&self, making: &mut Making, name: &str) -> Result<Vec<Activity>> {
        let home = making.folder("apps", name);
        match &self.under {
            Some(under) => lay_whole(making, &self.source, under, &home)?,
            None => {
                for page in &self.entrances {
                    making.lay(
                        format!("{home}/index.html"),
                        Part::Original(self.source.clone(), page.clone()),
                    )?;
                }
            }
        }
        let mut activities = Vec::new();
        for page in &self.entrances {
            let html = self.read(page)?.unwrap_or_default();
            self.tell_what_is_missing(making, page, &html);
            let title = title_and_language(&html).0.unwrap_or_else(|| title_of_file(page));
            let mut app = Activity::new(ActivityKind::App, "app", &title);
            let file = if self.under.is_some() { page.as_str() } else { "index.html" };
            app.file = Some(format!("{home}/{file}"));
            activities.push(app);
        }
        Ok(activities)
    }

    fn tell_what_is_missing(&self, making: &mut Making, page: &str, html: &str) {
        let tokens = tokens(html);
        let needs = |token: &Token| match token {
            Token::Open { name, .. } if name == "link" => token.attribute("href").map(str::to_owned),
            Token::Open { name, .. } if name != "a" => token.attribute("src").map(str::to_owned),
            _ => None,
        };
        let needed: Vec<String> = tokens.iter().filter_map(needs).collect();
        let is_remote = |address: &String| {
            address.starts_with("http:") || address.starts_with("https:") || address.starts_with("//")
        };
        if needed.iter().any(is_remote) {
            making.lose(
                "remote",
                page,
                "It takes parts of itself from the internet; they will be missing where there is none.",
            );
        }
        let is_beside =
            |address: &String| !address.is_empty() && !address.contains(':') && !address.starts_with("//");
        if self.under.is_none() && needed.iter().any(is_beside) {
            making.lose(
                "beside",
                page,
                "It needs files that lie beside it. Bring the whole folder, or a zip of it.",
            );
        }
    }
}
