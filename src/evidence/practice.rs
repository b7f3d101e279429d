//! What the box asks by itself, item by item: practice of skills, showing what one knows, placement.
//!
//! Such answers stand in lessons that no pack has: their names begin with `~`, which no id of a pack does. The activity is
//! then the skill, the strand, or [`ALL`].

use crate::packs::Course;

/// Practice of the items that suit best, with feedback.
pub const PRACTICE: &str = "~practice";
/// A few questions on one skill without feedback, to skip its lessons.
pub const SHOW: &str = "~show";
/// Some questions over a strand without feedback, to find where to begin.
pub const PLACEMENT: &str = "~placement";
/// The activity that goes over all skills of a course.
pub const ALL: &str = "~all";
/// Nobody answers more in one sitting; a greater number is not from our pages.
const MOST_PLACES: u32 = 2_000;

/// Whether a lesson is one of the box itself.
pub fn is_own(lesson: &str) -> bool {
    lesson.starts_with('~')
}

/// Whether the box asks by itself in an activity, and if so, whether without feedback.
pub fn asks(course: &Course, lesson: &str, activity: &str) -> Option<bool> {
    let is_skill = || course.skill(activity).is_some();
    let is_strand = || course.skills.iter().any(|skill| skill.strand == activity && !activity.is_empty());
    match lesson {
        PRACTICE if activity == ALL || is_skill() => Some(false),
        SHOW if is_skill() => Some(true),
        PLACEMENT if activity == ALL || is_strand() => Some(true),
        _ => None,
    }
}

/// Whether a sitting may be as long as that.
pub(super) fn may_ask_at(place: u32) -> bool {
    place < MOST_PLACES
}
