//! What the screens get of coverage.

use serde::Serialize;
use utoipa::ToSchema;

use crate::ids::ClassId;
use crate::mastery::SkillHead;

/// Which skills are taught, practised and assessed by the courses on the box.
#[derive(Debug, Serialize, ToSchema)]
pub struct Coverage {
    /// Whose checks in the room count.
    pub class: ClassId,
    /// Students of the class.
    pub students: usize,
    /// The courses that there are, by title.
    pub courses: Vec<CoverageCourse>,
    /// The skills of the course that was asked for, or of all; gaps first.
    pub skills: Vec<CoverageSkill>,
}

/// A course for students.
#[derive(Debug, Serialize, ToSchema)]
pub struct CoverageCourse {
    /// The course's id.
    pub id: String,
    /// Its title in the reader's language, where there is one.
    pub title: String,
    /// Skills of its map.
    pub skills: usize,
    /// Its items.
    pub items: usize,
    /// Those of them that are about no skill of its map.
    pub unaligned: usize,
}

/// A skill, and who has what for it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CoverageSkill {
    /// The skill.
    pub skill: SkillHead,
    /// The course whose skill it is.
    pub course: String,
    /// Courses that have something for it: its own, and those with a skill at the same place of a syllabus.
    pub by: Vec<CoverageBy>,
    /// Checks in the room of this class that were about it.
    pub checks: usize,
    /// Students of the class of whom something was seen in it.
    pub seen: usize,
    /// How many of the three are missing: taught, practised, assessed.
    pub gaps: usize,
}

/// What a course has for a skill.
#[derive(Debug, Serialize, ToSchema)]
pub struct CoverageBy {
    /// The course's id.
    pub course: String,
    /// Pages, films and other resources of lessons about it, and pages for the room.
    pub taught: usize,
    /// Items.
    pub practised: usize,
    /// Checks in lessons that ask about it.
    pub assessed: usize,
}
