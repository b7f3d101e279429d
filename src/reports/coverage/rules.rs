//! Which skills are taught, practised and assessed, and by which course.

use std::collections::BTreeSet;

/// A course as far as coverage looks at it. Skills are named by their ids in the course.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    /// In the author's order.
    pub(super) skills: Vec<Mapped>,
    pub(super) lessons: Vec<Offered>,
    pub(super) items: Vec<Asked>,
}

/// A skill of a course's map.
#[derive(Clone, Debug, Default)]
pub(super) struct Mapped {
    pub(super) id: String,
    /// Where it stands in frameworks; two skills that share a place are one to a syllabus.
    pub(super) places: Vec<String>,
    /// Whether it has a page for the room.
    pub(super) has_page: bool,
}

/// What a lesson offers.
#[derive(Clone, Debug, Default)]
pub(super) struct Offered {
    pub(super) skills: Vec<String>,
    /// Pages, films, sounds and whatever else teaches.
    pub(super) resources: usize,
    /// The items of each of its checks.
    pub(super) checks: Vec<Vec<String>>,
}

/// An item, and what it is about.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    pub(super) id: String,
    pub(super) skills: Vec<String>,
}

/// What one course has for a skill.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// Pages, films and other resources of lessons about it, and pages for the room.
    pub(super) taught: usize,
    /// Items.
    pub(super) practised: usize,
    /// Checks that ask about it.
    pub(super) assessed: usize,
}

/// A skill of a course, and which courses have what for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Covered {
    /// Of which course, by its number.
    pub(super) course: usize,
    /// Which of its skills, by its number.
    pub(super) skill: usize,
    /// Courses by their numbers, the skill's own first; only those that have something.
    pub(super) by: Vec<(usize, Count)>,
    /// Checks in the room.
    pub(super) checks: usize,
    /// How many of the three are missing: taught, practised, assessed.
    pub(super) gaps: usize,
}

/// What a course has for each of its skills.
fn counts(shape: &Shape) -> Vec<Count> {
    let count = |skill: &Mapped| {
        let lessons = || shape.lessons.iter().filter(|lesson| lesson.skills.contains(&skill.id));
        let own: BTreeSet<&str> = shape
            .items
            .iter()
            .filter(|item| item.skills.contains(&skill.id))
            .map(|item| item.id.as_str())
            .collect();
        let asks = |check: &&Vec<String>| check.iter().any(|item| own.contains(item.as_str()));
        Count {
            taught: lessons().map(|lesson| lesson.resources).sum::<usize>() + usize::from(skill.has_page),
            practised: own.len(),
            assessed: shape.lessons.iter().flat_map(|lesson| &lesson.checks).filter(asks).count(),
        }
    };
    shape.skills.iter().map(count).collect()
}

/// Items that are about no skill of their course.
pub(super) fn unaligned(shape: &Shape) -> usize {
    let is_known = |id: &String| shape.skills.iter().any(|skill| skill.id == *id);
    shape.items.iter().filter(|item| !item.skills.iter().any(is_known)).count()
}

/// The skills of the courses that are asked for, by all courses, gaps first. `checks` tells how often a skill, by the
/// numbers of its course and its own, was checked in the room.
pub(super) fn cover(
    shapes: &[Shape],
    is_asked: impl Fn(usize) -> bool,
    checks: impl Fn(usize, usize) -> usize,
) -> Vec<Covered> {
    let counts: Vec<Vec<Count>> = shapes.iter().map(counts).collect();
    let by = |course: usize, skill: usize| {
        let places = &shapes[course].skills[skill].places;
        let is_same = |other: &Mapped| other.places.iter().any(|place| places.contains(place));
        let of_other = |(number, shape): (usize, &Shape)| {
            let same = shape.skills.iter().zip(&counts[number]).filter(|(other, _)| is_same(other));
            let add = |sum: Count, (_, count): (_, &Count)| Count {
                taught: sum.taught + count.taught,
                practised: sum.practised + count.practised,
                assessed: sum.assessed + count.assessed,
            };
            (number, same.fold(Count::default(), add))
        };
        let others = shapes.iter().enumerate().filter(|(number, _)| *number != course).map(of_other);
        let own = (course, counts[course][skill]);
        let has_any = |(_, count): &(usize, Count)| *count != Count::default();
        std::iter::once(own).chain(others).filter(has_any).collect::<Vec<_>>()
    };
    let asked = (0..shapes.len()).filter(|course| is_asked(*course));
    let skills = asked.flat_map(|course| (0..shapes[course].skills.len()).map(move |skill| (course, skill)));
    let row = |(course, skill)| {
        let (by, checks) = (by(course, skill), checks(course, skill));
        let lacks = |what: fn(&Count) -> usize| by.iter().all(|(_, count)| what(count) == 0);
        let gaps = [
            lacks(|count| count.taught),
            lacks(|count| count.practised),
            lacks(|count| count.assessed) && checks == 0,
        ];
        let gaps = gaps.into_iter().filter(|is_gap| *is_gap).count();
        Covered { course, skill, by, checks, gaps }
    };
    let mut rows: Vec<Covered> = skills.map(row).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.gaps));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    fn skill(id: &str, places: &str, has_page: bool) -> Mapped {
        Mapped { id: id.into(), places: words(places), has_page }
    }

    fn lesson(skills: &str, resources: usize, checks: &[&str]) -> Offered {
        Offered {
            skills: words(skills),
            resources,
            checks: checks.iter().map(|items| words(items)).collect(),
        }
    }

    fn item(id: &str, skills: &str) -> Asked {
        Asked { id: id.into(), skills: words(skills) }
    }

    /// Two courses: one of numbers, and one that has more for what stands at 4.2 in the syllabus.
    fn courses() -> [Shape; 2] {
        let numbers = Shape {
            skills: vec![
                skill("add", "4.1", false),
                skill("halves", "4.2", false),
                skill("clock", "", true),
                skill("money", "", false),
            ],
            lessons: vec![
                lesson("add", 2, &["a1 a2", "h1"]),
                lesson("add halves", 1, &["a1"]),
                lesson("money", 0, &[]),
            ],
            items: vec![
                item("a1", "add"),
                item("a2", "add halves"),
                item("h1", "halves"),
                item("c1", "clock"),
                item("lost", ""),
                item("strange", "elsewhere"),
            ],
        };
        let fractions = Shape {
            skills: vec![skill("half", "4.2 5.1", false), skill("third", "5.2", false)],
            lessons: vec![lesson("half", 3, &["x"])],
            items: vec![item("x", "half")],
        };
        [numbers, fractions]
    }

    fn count(taught: usize, practised: usize, assessed: usize) -> Count {
        Count { taught, practised, assessed }
    }

    #[test]
    fn each_skill_is_taught_practised_and_assessed_as_counted_by_hand_and_gaps_come_first() {
        // Money was tested on paper, which leaves two gaps of three.
        let checked = |course, skill| usize::from((course, skill) == (0, 3)) * 2;
        let rows = cover(&courses(), |course| course == 0, checked);
        let row = |skill, by: &[(usize, Count)], checks, gaps| Covered {
            course: 0,
            skill,
            by: by.to_vec(),
            checks,
            gaps,
        };
        let wanted = [
            row(3, &[], 2, 2),
            row(2, &[(0, count(1, 1, 0))], 0, 1),
            row(0, &[(0, count(3, 2, 2))], 0, 0),
            row(1, &[(0, count(1, 2, 2)), (1, count(3, 1, 1))], 0, 0),
        ];
        assert_eq!(rows, wanted);
        let all = cover(&courses(), |_| true, |_, _| 0);
        let order: Vec<(usize, usize, usize)> =
            all.iter().map(|row| (row.gaps, row.course, row.skill)).collect();
        assert_eq!(order, [(3, 0, 3), (3, 1, 1), (1, 0, 2), (0, 0, 0), (0, 0, 1), (0, 1, 0)]);
    }

    #[test]
    fn items_that_are_about_no_skill_of_their_course_are_counted() {
        assert_eq!(courses().map(|shape| unaligned(&shape)), [2, 0]);
    }
}
