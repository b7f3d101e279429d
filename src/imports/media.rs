//! Video, sound, pictures and PDF: one file, one activity, its bytes as they are.

use std::sync::Arc;

use super::captions::{self, Beside, WebVtt};
use super::kind::{Kind, kind_of};
use super::made::{Making, Part};
use super::names::title_of_file;
use super::source::Source;
use crate::error::Result;
use crate::packs::{Activity, ActivityKind, Captions};

/// Lays a video or a sound into the pack, with its captions and the picture of its name.
///
/// # Errors
/// When it can't be read.
pub(super) fn lay_played(
    making: &mut Making,
    source: &Arc<Source>,
    path: &str,
    kind: ActivityKind,
    ending: &str,
) -> Result<Activity> {
    let mut played = lay_file(making, source, path, kind, ending)?;
    let home = played.file.clone().unwrap_or_default();
    let stem = home.strip_suffix(&format!(".{ending}")).unwrap_or(&home).to_owned();
    for Beside { path, language } in captions::beside(source, path)? {
        let language = language.unwrap_or_else(|| making.language.clone());
        let to = format!("{stem}.{language}.vtt");
        let part = match captions::read(source, &path)? {
            _ if making.has(&to) => {
                making.lose(
                    "captions",
                    &path,
                    "There are captions in the same language already; these are left out.",
                );
                continue;
            }
            Some(WebVtt::Already) => Part::Original(source.clone(), path),
            Some(WebVtt::Made(text)) => Part::Text(text.into_bytes()),
            None => {
                making.lose(
                    "captions",
                    &path,
                    "These captions can't be read. Save them as WebVTT or SRT, in UTF-8.",
                );
                continue;
            }
        };
        making.lay(to.clone(), part)?;
        played.captions.push(Captions { language, file: to });
    }
    if kind == ActivityKind::Video
        && let Some((poster, ending)) = poster(source, path)?
    {
        let to = making.name("media", &poster, ending);
        making.lay(to.clone(), Part::Original(source.clone(), poster))?;
        played.poster = Some(to);
    }
    Ok(played)
}

/// Lays a file into the pack that is shown as it is.
///
/// # Errors
/// When its name can't be made fit.
pub(super) fn lay_file(
    making: &mut Making,
    source: &Arc<Source>,
    path: &str,
    kind: ActivityKind,
    ending: &str,
) -> Result<Activity> {
    let to = making.name("media", path, ending);
    making.lay(to.clone(), Part::Original(source.clone(), path.to_owned()))?;
    let id = match kind {
        ActivityKind::Video => "watch",
        ActivityKind::Audio => "listen",
        ActivityKind::Document => "read",
        _ => "look",
    };
    let mut shown = Activity::new(kind, id, &title_of_file(path));
    shown.file = Some(to);
    Ok(shown)
}

/// The picture of the same name: what a video shows before it plays.
pub(super) fn poster(source: &Source, video: &str) -> Result<Option<(String, &'static str)>> {
    let whole = video.rsplit_once('.').map_or(video, |(whole, _)| whole);
    for ending in ["jpg", "jpeg", "png", "webp", "JPG", "JPEG", "PNG"] {
        let path = format!("{whole}.{ending}");
        if source.size(&path).is_some()
            && let Kind::Picture(ending) = kind_of(source, &path)?
        {
            return Ok(Some((path, ending)));
        }
    }
    Ok(None)
}
