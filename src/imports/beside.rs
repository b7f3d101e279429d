//! Pictures and sounds that lie beside a file of questions and are named in it.

use std::sync::Arc;

use super::kind::{Kind, kind_of};
use super::made::{Making, Part};
use super::pages::{Pages, resolve};
use super::questions::markup::Files;
use super::source::Source;
use crate::error::Result;

/// The files around one file.
pub(super) struct Beside<'a> {
    /// Where they lie.
    pub(super) source: &'a Arc<Source>,
    /// The file that names them.
    pub(super) path: &'a str,
    /// What came along already.
    pub(super) pages: &'a mut Pages,
}

impl Files for Beside<'_> {
    fn find(&mut self, making: &mut Making, address: &str) -> Result<Option<String>> {
        let address = address.replace('\\', "/");
        let leads_away = address.contains(':') || address.starts_with('/') || address.is_empty();
        let Some(path) = resolve(self.path, &address).filter(|_| !leads_away) else { return Ok(None) };
        if let Some(home) = self.pages.home_of(&path) {
            return Ok(Some(home.to_owned()));
        }
        if self.source.size(&path).is_none() {
            return Ok(None);
        }
        let (Kind::Picture(ending) | Kind::Audio(ending)) = kind_of(self.source, &path)? else {
            return Ok(None);
        };
        let home = making.name("media", &path, ending);
        making.lay(home.clone(), Part::Original(self.source.clone(), path.clone()))?;
        self.pages.take(path, home.clone());
        Ok(Some(home))
    }
}
