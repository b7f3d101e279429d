//! What each student of a class works on, in which order. Values in, values out.

use super::band::Band;
use super::screens::WhyNext;
use super::work::Lists;
use crate::ids::StudentId;

/// More lists than these nobody can teach to.
const MOST_LISTS: usize = 6;
/// A skill stays on a common list while one in so many students needs it; so few can be helped beside the others.
const ONE_IN: usize = 3;

/// How far a student is with one skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) band: Band,
    /// Whether what comes first is there.
    pub(super) is_ready: bool,
    /// Whether it is taken for known since the student found out where to start.
    pub(super) is_presumed: bool,
}

impl Step {
    fn is_needed(self) -> bool {
        self.band < Band::Secure && !self.is_presumed
    }
}

/// A student and how far they are with each skill, in the order of the courses and their authors.
pub(super) type Row = (StudentId, Vec<Step>);

/// What somebody works on, by the places of the skills in a [`Row`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Playlist {
    pub(super) skills: Vec<usize>,
    /// Why the first one comes first; nothing where there is none.
    pub(super) why: Option<WhyNext>,
}

/// The playlist of one student among `class`; `groups` are those of a class that works in groups.
pub(super) fn playlist(
    lists: &Lists,
    groups: &[Vec<StudentId>],
    class: &[Row],
    student: StudentId,
) -> Playlist {
    let own = class.iter().find(|(id, _)| *id == student).map_or(&[][..], |(_, steps)| steps);
    let shared = match lists {
        Lists::Whole => common(class.iter(), WhyNext::Class),
        Lists::Groups(_) => {
            let with = group_of(groups, class, student);
            common(class.iter().filter(|(id, _)| with.contains(id)), WhyNext::Group)
        }
        Lists::Own => return own_list(own),
        Lists::Free => return catalogue(own),
    };
    // Where nothing is left to do together, everybody goes on by themselves.
    shared.unwrap_or_else(|| own_list(own))
}

/// The skills that enough of some students still need, in the author's order: what comes first in it comes first.
fn common<'a>(students: impl Iterator<Item = &'a Row>, why: WhyNext) -> Option<Playlist> {
    let rows: Vec<&[Step]> = students.map(|(_, steps)| steps.as_slice()).collect();
    let skills = rows.first()?.len();
    let needing = |skill: usize| {
        rows.iter().filter(|steps| steps.get(skill).is_some_and(|step| step.is_needed())).count()
    };
    let mut list: Vec<usize> = (0..skills).filter(|skill| needing(*skill) * ONE_IN >= rows.len()).collect();
    if list.is_empty() {
        list = (0..skills).filter(|skill| needing(*skill) > 0).collect();
    }
    (!list.is_empty()).then_some(Playlist { skills: list, why: Some(why) })
}

/// Whom a student works with. Whoever is in no group joins the smallest; groups beyond the sixth join the first ones.
fn group_of(groups: &[Vec<StudentId>], class: &[Row], student: StudentId) -> Vec<StudentId> {
    let here = |id: &StudentId| class.iter().any(|(known, _)| known == id);
    let mut joined: Vec<Vec<StudentId>> = vec![Vec::new(); groups.len().clamp(1, MOST_LISTS)];
    for (at, group) in groups.iter().enumerate() {
        joined[at % MOST_LISTS].extend(group.iter().copied().filter(here));
    }
    for (id, _) in class {
        if !joined.iter().any(|group| group.contains(id))
            && let Some(smallest) = joined.iter_mut().min_by_key(|group| group.len())
        {
            smallest.push(*id);
        }
    }
    joined.into_iter().find(|group| group.contains(&student)).unwrap_or_default()
}

/// Why a student would go on with a skill, the best reason first: a review that is due, what is nearest to its goal, what
/// was begun, what is ready to begin.
fn reason(step: Step) -> Option<(u8, WhyNext)> {
    match step.band {
        Band::ReviewDue => Some((0, WhyNext::Review)),
        Band::Nearly => Some((1, WhyNext::Nearly)),
        Band::Starting | Band::GettingThere => Some((2, WhyNext::Begun)),
        Band::NotSeen if step.is_presumed => Some((4, WhyNext::Ready)),
        Band::NotSeen => Some((3, WhyNext::Ready)),
        Band::Secure | Band::Kept => None,
    }
}

fn own_list(steps: &[Step]) -> Playlist {
    let open = steps.iter().enumerate().filter(|(_, step)| step.is_ready);
    let mut ranked: Vec<(u8, WhyNext, usize)> =
        open.filter_map(|(at, step)| reason(*step).map(|(rank, why)| (rank, why, at))).collect();
    ranked.sort_by_key(|(rank, _, at)| (*rank, *at));
    Playlist {
        why: ranked.first().map(|(_, why, _)| *why),
        skills: ranked.iter().map(|(_, _, at)| *at).collect(),
    }
}

/// All that there is, with what suits best at its head.
fn catalogue(steps: &[Step]) -> Playlist {
    let mut list = own_list(steps);
    let rest: Vec<usize> = (0..steps.len()).filter(|at| !list.skills.contains(at)).collect();
    list.skills.extend(rest);
    list
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const SKILLS: usize = 12;

    /// A class of twelve: the student of number n is secure in the first n skills, halfway in the next, and has seen no more.
    fn class() -> Vec<Row> {
        let step = |student: usize, skill: usize| Step {
            band: match skill {
                skill if skill < student => Band::Secure,
                skill if skill == student => Band::GettingThere,
                _ => Band::NotSeen,
            },
            is_ready: skill <= student,
            is_presumed: false,
        };
        (0..12)
            .map(|student| (id(student), (0..SKILLS).map(|skill| step(student, skill)).collect()))
            .collect()
    }

    fn id(number: usize) -> StudentId {
        StudentId([u8::try_from(number).unwrap(); 16])
    }

    fn groups(of: usize) -> Vec<Vec<StudentId>> {
        (0..of).map(|group| (0..12).filter(|student| student % of == group).map(id).collect()).collect()
    }

    fn of_all(lists: &Lists, groups: &[Vec<StudentId>]) -> Vec<Playlist> {
        let class = class();
        class.iter().map(|(student, _)| playlist(lists, groups, &class, *student)).collect()
    }

    fn different(playlists: &[Playlist]) -> usize {
        playlists.iter().map(|playlist| playlist.skills.clone()).collect::<BTreeSet<_>>().len()
    }

    #[test]
    fn the_four_ways_give_one_list_a_few_one_each_and_the_catalogue() {
        let whole = of_all(&Lists::Whole, &[]);
        assert_eq!(different(&whole), 1);
        // A third of the class still needs the fourth skill; fewer need the ones before.
        assert_eq!((whole[0].skills[0], whole[0].why), (3, Some(WhyNext::Class)));
        for (made, told) in [(3, 3), (6, 6), (8, 6)] {
            let lists = of_all(&Lists::Groups(None), &groups(made));
            assert!(different(&lists) <= told, "{made} groups, {} lists", different(&lists));
            assert!(different(&lists) > 1 && lists.iter().all(|list| list.why == Some(WhyNext::Group)));
        }
        let own = of_all(&Lists::Own, &[]);
        assert_eq!(different(&own), 12);
        for (student, list) in own.iter().enumerate() {
            assert_eq!((list.skills[0], list.why), (student, Some(WhyNext::Begun)));
        }
        for list in of_all(&Lists::Free, &[]) {
            let all: BTreeSet<usize> = list.skills.iter().copied().collect();
            assert_eq!(all.len(), SKILLS, "whatever there is may be chosen");
        }
    }

    #[test]
    fn who_is_in_no_group_joins_the_smallest_and_who_left_the_class_counts_no_more() {
        let made = vec![(0..7).map(id).collect(), vec![id(7), id(8), id(99)]];
        let class = class();
        let with = group_of(&made, &class, id(11));
        assert_eq!(with, [7, 8, 9, 10, 11].map(id));
        assert_eq!(group_of(&[], &class, id(3)).len(), 12, "without any group the class is one");
    }

    #[test]
    fn when_nothing_is_left_to_do_together_each_goes_on_alone() {
        let done = Step { band: Band::Secure, is_ready: true, is_presumed: false };
        let due = Step { band: Band::ReviewDue, ..done };
        let class = vec![(id(0), vec![done, due]), (id(1), vec![done, done])];
        let of = |student| playlist(&Lists::Whole, &[], &class, id(student));
        assert_eq!((of(0).skills, of(0).why), (vec![1], Some(WhyNext::Review)));
        assert_eq!((of(1).skills, of(1).why), (vec![], None));
    }
}
