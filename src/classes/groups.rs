//! Groups by what their students share: the gap that each of them still has.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::ids::StudentId;
use crate::mastery::Band;

/// More groups than that nobody can keep an eye on.
pub const MOST_GROUPS: usize = 4;

/// How much a student still needs a skill, from little to much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Known, but not surely.
    Little = 1,
    /// More often right than wrong.
    Medium = 2,
    /// More often wrong than right.
    Much = 3,
}

impl Need {
    /// Of who is so far with a skill; none where it is not begun, or known.
    pub fn of(band: Band) -> Option<Self> {
        match band {
            Band::Starting => Some(Self::Much),
            Band::GettingThere => Some(Self::Medium),
            Band::Nearly => Some(Self::Little),
            Band::NotSeen | Band::Secure | Band::Kept | Band::ReviewDue => None,
        }
    }
}

/// A group that is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggested {
    /// The skill that most of them need most; nothing when none of them needs any.
    pub gap: Option<String>,
    /// How many of them need it.
    pub sharing: usize,
    /// Who is in it, in the order in which they were told.
    pub students: Vec<StudentId>,
}

/// At most `most` groups of students who share a gap, no more than [`MOST_GROUPS`], whose sizes differ by at most two.
/// The same students and needs give the same groups, whatever their order of arrival in the maps.
pub fn suggest(students: &[(StudentId, BTreeMap<String, Need>)], most: usize) -> Vec<Suggested> {
    let count = most.clamp(1, MOST_GROUPS).min(students.len());
    if count == 0 {
        return Vec::new();
    }
    let gaps = chosen_gaps(students, count);
    let mut members: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); count];
    for (placed, at) in by_urgency(students, &gaps).into_iter().enumerate() {
        let waiting = students.len() - placed;
        let group = (0..count)
            .filter(|group| has_room(&members, *group, students.len(), waiting))
            .max_by_key(|group| {
                (need(&students[at].1, gaps[*group].as_ref()), Reverse((members[*group].len(), *group)))
            });
        if let Some(group) = group {
            members[group].insert(at);
        }
    }
    members.into_iter().map(|members| named(students, &members)).collect()
}

/// One gap for each group: those that are needed most by most; again from the first where there are fewer gaps than groups.
fn chosen_gaps(students: &[(StudentId, BTreeMap<String, Need>)], count: usize) -> Vec<Option<String>> {
    let mut sums: BTreeMap<&str, u32> = BTreeMap::new();
    for (skill, need) in students.iter().flat_map(|(_, needs)| needs) {
        *sums.entry(skill).or_default() += *need as u32;
    }
    let mut gaps: Vec<_> = sums.into_iter().collect();
    gaps.sort_by_key(|(skill, sum)| (Reverse(*sum), *skill));
    gaps.truncate(count);
    (0..count).map(|at| gaps.get(at % gaps.len().max(1)).map(|(skill, _)| (*skill).to_owned())).collect()
}

/// The students for whom it matters most to which group they go come first.
fn by_urgency(students: &[(StudentId, BTreeMap<String, Need>)], gaps: &[Option<String>]) -> Vec<usize> {
    let urgency = |at: &usize| {
        let mut needs: Vec<u32> = gaps.iter().map(|gap| need(&students[*at].1, gap.as_ref())).collect();
        needs.sort_unstable_by_key(|need| Reverse(*need));
        let (first, second) = (needs[0], needs.get(1).copied().unwrap_or(0));
        (Reverse(first - second), Reverse(first), *at)
    };
    let mut order: Vec<usize> = (0..students.len()).collect();
    order.sort_by_key(urgency);
    order
}

fn need(needs: &BTreeMap<String, Need>, gap: Option<&String>) -> u32 {
    gap.and_then(|gap| needs.get(gap)).map_or(0, |need| *need as u32)
}

/// Whether a group may take one more of the `waiting` students: it must not grow too large, and enough must be left for the
/// others to grow large enough.
fn has_room(members: &[BTreeSet<usize>], group: usize, all: usize, waiting: usize) -> bool {
    let even = all / members.len();
    let least = even.saturating_sub(1);
    let lacking: usize = members
        .iter()
        .enumerate()
        .map(|(at, members)| least.saturating_sub(members.len() + usize::from(at == group)))
        .sum();
    members[group].len() <= even && lacking < waiting
}

fn named(students: &[(StudentId, BTreeMap<String, Need>)], members: &BTreeSet<usize>) -> Suggested {
    let mut sums: BTreeMap<&str, (u32, usize)> = BTreeMap::new();
    for (skill, need) in members.iter().flat_map(|at| &students[*at].1) {
        let (sum, sharing) = sums.entry(skill).or_default();
        *sum += *need as u32;
        *sharing += 1;
    }
    let gap = sums.into_iter().max_by_key(|(skill, (sum, _))| (*sum, Reverse(*skill)));
    Suggested {
        gap: gap.map(|(skill, _)| skill.to_owned()),
        sharing: gap.map_or(0, |(_, (_, sharing))| sharing),
        students: members.iter().map(|at| students[*at].0).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn student(number: u8, needs: &[(&str, Need)]) -> (StudentId, BTreeMap<String, Need>) {
        (StudentId([number; 16]), needs.iter().map(|(skill, need)| ((*skill).to_owned(), *need)).collect())
    }

    fn numbers(group: &Suggested) -> Vec<u8> {
        group.students.iter().map(|student| student.0[0]).collect()
    }

    /// By hand: tens is needed with 3+3+2+1+1+1 = 11, halves with 3+3+2+1 = 9, clock with 2+1 = 3; two groups work on the
    /// first two. It matters most for 1, 2 (tens) and 4, 5 (halves), then for 3 (tens by 2, halves by 1) and 6 (the other way
    /// round), then for 7 and 9 (tens by 1). Tens has five then and is full, and 8, who needs neither, joins halves.
    #[test]
    fn groups_share_a_gap_as_worked_out_by_hand() {
        use Need::{Little, Medium, Much};
        let class = [
            student(1, &[("tens", Much)]),
            student(2, &[("tens", Much)]),
            student(3, &[("tens", Medium), ("halves", Little)]),
            student(4, &[("halves", Much)]),
            student(5, &[("halves", Much), ("clock", Little)]),
            student(6, &[("halves", Medium), ("tens", Little)]),
            student(7, &[("tens", Little)]),
            student(8, &[("clock", Medium)]),
            student(9, &[("tens", Little)]),
        ];
        let found = suggest(&class, 2);
        assert_eq!(found.len(), 2);
        assert_eq!(
            (found[0].gap.as_deref(), found[0].sharing, numbers(&found[0])),
            (Some("tens"), 5, vec![1, 2, 3, 7, 9])
        );
        assert_eq!(
            (found[1].gap.as_deref(), found[1].sharing, numbers(&found[1])),
            (Some("halves"), 3, vec![4, 5, 6, 8])
        );
    }

    #[test]
    fn a_class_with_one_gap_or_none_is_still_grouped() {
        let same: Vec<_> = (0..10).map(|number| student(number, &[("tens", Need::Much)])).collect();
        let found = suggest(&same, 4);
        assert!(found.iter().all(|group| group.gap.as_deref() == Some("tens")));
        let fine: Vec<_> = (0..10).map(|number| student(number, &[])).collect();
        assert!(suggest(&fine, 3).iter().all(|group| group.gap.is_none() && group.students.len() >= 3));
        assert_eq!(suggest(&[], 3), []);
        assert_eq!(suggest(&fine[..2], 4).len(), 2);
    }

    #[test]
    fn sizes_differ_by_at_most_two_and_everybody_is_in_one_group() {
        // A plain generator: the same classes in each run.
        let mut state: u32 = 7;
        let mut next = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % below
        };
        for size in 1..=60 {
            for most in 1..=6 {
                let class: Vec<_> = (0..size)
                    .map(|number| {
                        let mut needs = Vec::new();
                        for skill in ["a", "b", "c", "d", "e"] {
                            match next(6) {
                                0 => needs.push((skill, Need::Much)),
                                1 => needs.push((skill, Need::Medium)),
                                2 => needs.push((skill, Need::Little)),
                                _ => {}
                            }
                        }
                        student(number, &needs)
                    })
                    .collect();
                let found = suggest(&class, most);
                assert!(found.len() <= MOST_GROUPS.min(most));
                let sizes: Vec<usize> = found.iter().map(|group| group.students.len()).collect();
                assert!(
                    sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 2,
                    "{size} {most} {sizes:?}"
                );
                let mut all: Vec<u8> = found.iter().flat_map(numbers).collect();
                all.sort_unstable();
                assert_eq!(all, (0..size).collect::<Vec<u8>>());
            }
        }
    }
}
