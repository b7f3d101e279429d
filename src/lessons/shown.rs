//! What is watched, heard, read or used as it is: where it lies on the packs origin.

use super::media;
use super::screens::{ActivityPage, CaptionsPart, ChapterPart};
use crate::error::Result;
use crate::packs::{Activity, Course, Packs};

/// Fills in what an activity shows that asks nothing. Reads the disk when a transcript is not at hand.
///
/// # Errors
/// When the transcript can't be read.
pub(super) fn fill(
    page: &mut ActivityPage,
    course: &Course,
    activity: &Activity,
    packs: &Packs,
) -> Result<()> {
    let address = |path: &String| course.address(path);
    page.file = activity.file.as_ref().or(activity.page.as_ref()).map(address);
    page.poster = activity.poster.as_ref().map(address);
    let chapter = |chapter: &crate::packs::Chapter| ChapterPart {
        title: chapter.title.clone(),
        file: course.address(&chapter.file),
    };
    page.chapters = activity.chapters.iter().map(chapter).collect();
    let captions = |captions: &crate::packs::Captions| CaptionsPart {
        language: captions.language.clone(),
        file: course.address(&captions.file),
    };
    page.captions = activity.captions.iter().map(captions).collect();
    page.media = page.poster.iter().cloned().collect();
    if let Some(path) = &activity.transcript {
        let html = packs.page_html(&course.id, path)?;
        page.media.extend(media::in_html(&html, &course.hash));
        page.transcript = Some((*html).to_owned());
    }
    Ok(())
}
