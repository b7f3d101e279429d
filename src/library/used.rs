//! Who works in what the school has.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Library;
use crate::error::Result;
use crate::evidence::CourseUse;

/// Counting who works in what reads all that was ever answered; a count may be so old, in milliseconds.
const COUNTED_ANEW: u64 = 5 * 60 * 1_000;
/// "Lately" is four weeks, in milliseconds: holidays do not make a course unused.
const LATELY: u64 = 28 * 24 * 60 * 60 * 1_000;

/// Who works in what, as it was counted last.
pub(super) struct Used {
    /// Milliseconds since the boot.
    counted_at: u64,
    by_course: Arc<BTreeMap<String, CourseUse>>,
}

impl Library {
    /// How many students work in each course.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn used(&self) -> Result<Arc<BTreeMap<String, CourseUse>>> {
        // Held while counting, so that several screens cost one count.
        let mut used = self.used.lock().await;
        let now = self.journal.clock().now();
        if let Some(known) =
            used.as_ref().filter(|known| now.mono.saturating_sub(known.counted_at) < COUNTED_ANEW)
        {
            return Ok(known.by_course.clone());
        }
        let by_course = Arc::new(self.evidence.use_of_courses(now.wall.saturating_sub(LATELY)).await?);
        *used = Some(Used { counted_at: now.mono, by_course: by_course.clone() });
        Ok(by_course)
    }
}
