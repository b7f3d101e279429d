//! The same school on another box, and on this one made anew: what they show must be the same.

use super::board::{Board, Wifi};
use super::school::School;
use crate::error::Result;
use crate::journal::{self, Entry};

/// What a box shows of the skills of every class, as text to compare.
pub(super) async fn skills_shown(wifi: &Wifi, school: &mut School) -> Result<String> {
    let mut shown = String::new();
    for class in &school.classes {
        for page in
            [format!("skills?course={}", class.course), "gradebook.csv".to_owned(), "checks".to_owned()]
        {
            let path = format!("/api/v1/classes/{}/{page}", class.id);
            // Two boxes may tell the time of asking apart, and nothing else.
            let page = without_now(school.head.see(wifi, &path).await?);
            shown.push_str(&page.to_string());
            shown.push('\n');
        }
    }
    Ok(shown)
}

fn without_now(mut page: serde_json::Value) -> serde_json::Value {
    if let Some(page) = page.as_object_mut() {
        page.remove("now");
    }
    page
}

/// Brings all entries of a box to a new one, as a stick would, some at a time.
pub(super) async fn carry_over(from: &Board, to: &Board) -> Result<u64> {
    const AT_ONCE: usize = 500;
    let entries = from
        .app
        .journal
        .read(|connection| {
            let mut all: Vec<Entry> = Vec::new();
            journal::each(connection, |entry| all.push(entry.clone()))?;
            Ok(all)
        })
        .await?;
    let carried = entries.len() as u64;
    for some in entries.chunks(AT_ONCE) {
        to.app.journal.merge(some.to_vec()).await?;
    }
    Ok(carried)
}
