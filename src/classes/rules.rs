//! What a plan may look like, and where a lesson that runs by it stands.

use std::collections::BTreeSet;

use super::body::{Plan, Round, StationKind};
use crate::error::{Error, Result};

const LONGEST_TITLE: usize = 120;
const LONGEST_TEXT: usize = 4_000;
const MOST_PARTS: usize = 8;
const MOST_ROUNDS: usize = 12;
const LONGEST_ROUND: u32 = 180;
const LONGEST_CHANGE: u32 = 600;
/// One touch more on "add minutes" than anybody needs.
const MOST_ADDED: u32 = 60;
const MINUTE: i64 = 60_000;

/// Refuses a plan that no screen could show or no lesson could follow.
///
/// # Errors
/// `plan.title-missing`, `plan.text-long`, `plan.student-twice`, `plan.unfit`.
pub(super) fn check(plan: &Plan) -> Result<()> {
    if plan.title.trim().is_empty() {
        return Err(Error::invalid("plan.title-missing", "Give the plan a title."));
    }
    let texts = plan.stations.iter().map(|station| &station.text).chain([&plan.teacher.text]);
    if plan.title.chars().count() > LONGEST_TITLE
        || texts.into_iter().any(|text| text.chars().count() > LONGEST_TEXT)
        || plan.groups.iter().any(|group| group.name.chars().count() > LONGEST_TITLE)
    {
        return Err(Error::invalid("plan.text-long", "A text of the plan is too long. Make it shorter."));
    }
    let mut seen = BTreeSet::new();
    if !plan.groups.iter().flat_map(|group| &group.students).all(|student| seen.insert(*student)) {
        return Err(Error::invalid(
            "plan.student-twice",
            "A student is in two groups. Take them out of one.",
        ));
    }
    let fits = |round: &Round| {
        (1..=LONGEST_ROUND).contains(&round.minutes)
            && round.places.len() == plan.groups.len()
            && round
                .places
                .iter()
                .all(|place| usize::try_from(*place).is_ok_and(|at| at < plan.stations.len()))
    };
    if (1..=MOST_PARTS).contains(&plan.groups.len())
        && (1..=MOST_PARTS).contains(&plan.stations.len())
        && (1..=MOST_ROUNDS).contains(&plan.rounds.len())
        && plan.rounds.iter().all(fits)
        && plan.change <= LONGEST_CHANGE
    {
        return Ok(());
    }
    Err(Error::invalid(
        "plan.unfit",
        "The groups, stations and rounds of the plan do not fit together. Make a new plan.",
    ))
}

/// One skill as its course knows it, and those that come before it.
pub(super) struct Before<'a> {
    pub(super) skill: &'a str,
    pub(super) needs: &'a [String],
}

/// Whether the two parts of a plan are about different things: neither about one skill, nor is one needed for the other.
pub(super) fn are_apart(tablet: Option<&str>, teacher: Option<&str>, skills: &[Before]) -> bool {
    let (Some(tablet), Some(teacher)) = (tablet, teacher) else { return false };
    !(leads_to(tablet, teacher, skills) || leads_to(teacher, tablet, skills))
}

/// Whether `from` is `to`, or comes before it at however many steps.
fn leads_to(from: &str, to: &str, skills: &[Before]) -> bool {
    let mut seen = BTreeSet::from([to]);
    let mut open = vec![to];
    while let Some(skill) = open.pop() {
        if skill == from {
            return true;
        }
        let needs = skills.iter().filter(|one| one.skill == skill).flat_map(|one| one.needs);
        open.extend(needs.map(String::as_str).filter(|need| seen.insert(need)));
    }
    false
}

/// Where a lesson stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stand {
    /// The round, from 0.
    pub(super) round: usize,
    /// Milliseconds since it began; below 0 until it begins.
    pub(super) spent: i64,
    /// Milliseconds that it lasts.
    pub(super) length: i64,
}

/// A round that is not over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// The round, from 0.
    pub(super) round: usize,
    /// Milliseconds until it begins; below 0 when it began.
    pub(super) begins: i64,
    /// Milliseconds until it ends.
    pub(super) ends: i64,
}

impl Slot {
    fn stand(self) -> Stand {
        Stand { round: self.round, spent: -self.begins, length: self.ends - self.begins }
    }
}

/// The rounds that are not over `since` milliseconds after a lesson stood at `stand`; none when the lesson is over.
pub(super) fn timetable(plan: &Plan, stand: Stand, since: i64) -> Vec<Slot> {
    let change = i64::from(plan.change) * 1_000;
    let mut begins = -stand.spent.saturating_add(since);
    let mut slots = Vec::new();
    for (round, planned) in plan.rounds.iter().enumerate().skip(stand.round) {
        let length = if round == stand.round { stand.length } else { i64::from(planned.minutes) * MINUTE };
        let ends = begins.saturating_add(length);
        if ends > 0 {
            slots.push(Slot { round, begins, ends });
        }
        begins = ends.saturating_add(change);
    }
    slots
}

/// How a lesson begins.
pub(super) fn first(plan: &Plan) -> Stand {
    Stand {
        round: 0,
        spent: 0,
        length: plan.rounds.first().map_or(0, |round| i64::from(round.minutes) * MINUTE),
    }
}

/// The next round: its change begins now, or the round itself where its change has begun. Nothing after the last round.
pub(super) fn next(plan: &Plan, slots: &[Slot]) -> Option<Stand> {
    let (now, after) = slots.split_first()?;
    if now.begins > 0 {
        return Some(Stand { spent: 0, ..now.stand() });
    }
    let next = after.first()?;
    Some(Stand { spent: -i64::from(plan.change) * 1_000, ..next.stand() })
}

/// The round that runs, or the one that begins next, made longer.
///
/// # Errors
/// `lesson.over`; `plan.unfit` for a strange number.
pub(super) fn extended(slots: &[Slot], minutes: u32) -> Result<Stand> {
    if !(1..=MOST_ADDED).contains(&minutes) {
        return Err(Error::invalid("lesson.minutes-wrong", "Add between 1 and 60 minutes."));
    }
    let stand = slots.first().ok_or_else(over)?.stand();
    Ok(Stand { length: stand.length + i64::from(minutes) * MINUTE, ..stand })
}

/// There is nothing to go on with.
pub(super) fn over() -> Error {
    Error::conflict("lesson.over", "This lesson is over. Start it again if you want.")
}

/// Which groups are at the tablets in a round.
pub(super) fn at_tablets(plan: &Plan, round: usize) -> Vec<usize> {
    let Some(round) = plan.rounds.get(round) else { return Vec::new() };
    let is_tablets = |place: &u32| {
        let station = usize::try_from(*place).ok().and_then(|at| plan.stations.get(at));
        station.is_some_and(|station| station.kind == StationKind::Tablets)
    };
    round.places.iter().enumerate().filter(|(_, place)| is_tablets(place)).map(|(group, _)| group).collect()
}

#[cfg(test)]
mod tests {
    use super::super::body::{Group, Model, Station, TabletPart, TeacherPart};
    use super::*;
    use crate::ids::StudentId;

    /// Three rounds of 12 minutes with a minute between them.
    fn plan() -> Plan {
        let station = |kind| Station { kind, text: String::new(), seats: 16 };
        let group = |number: u8| Group {
            name: String::new(),
            drawing: "sun".into(),
            students: vec![StudentId([number; 16])],
            gap: None,
        };
        Plan {
            title: "Tens".into(),
            model: Model::StationRotation,
            tablet: TabletPart::default(),
            teacher: TeacherPart::default(),
            groups: vec![group(1), group(2), group(3)],
            stations: [StationKind::Tablets, StationKind::Teacher, StationKind::Paper].map(station).to_vec(),
            rounds: (0..3)
                .map(|round| Round { minutes: 12, places: (0..3).map(|group| (group + round) % 3).collect() })
                .collect(),
            change: 60,
        }
    }

    fn slots(stand: Stand, since: i64) -> Vec<(usize, i64, i64)> {
        let seconds = |slot: Slot| (slot.round, slot.begins / 1_000, slot.ends / 1_000);
        timetable(&plan(), stand, since * 1_000).into_iter().map(seconds).collect()
    }

    #[test]
    fn a_lesson_follows_its_plan_by_itself() {
        let start = first(&plan());
        assert_eq!(slots(start, 0), [(0, 0, 720), (1, 780, 1_500), (2, 1_560, 2_280)]);
        assert_eq!(slots(start, 719), [(0, -719, 1), (1, 61, 781), (2, 841, 1_561)]);
        // In the change the next round is the first that is not over.
        assert_eq!(slots(start, 720), [(1, 60, 780), (2, 840, 1_560)]);
        assert_eq!(slots(start, 2_279), [(2, -719, 1)]);
        assert_eq!(slots(start, 2_280), []);
    }

    #[test]
    fn next_goes_through_the_change_and_a_second_time_ends_it() {
        let plan = plan();
        let at = |since: i64| timetable(&plan, first(&plan), since * 1_000);
        let changing = next(&plan, &at(300)).unwrap();
        assert_eq!(changing, Stand { round: 1, spent: -60_000, length: 720_000 });
        assert_eq!(slots(changing, 0)[0], (1, 60, 780));
        let begun = next(&plan, &timetable(&plan, changing, 20_000)).unwrap();
        assert_eq!(slots(begun, 0), [(1, 0, 720), (2, 780, 1_500)]);
        assert_eq!(next(&plan, &at(2_000)), None, "after the last round there is none");
        assert_eq!(next(&plan, &[]), None);
    }

    #[test]
    fn minutes_are_added_to_the_round_that_runs_and_move_the_others() {
        let now = timetable(&plan(), first(&plan()), 700_000);
        let longer = extended(&now, 3).unwrap();
        assert_eq!(slots(longer, 0), [(0, -700, 200), (1, 260, 980), (2, 1_040, 1_760)]);
        assert_eq!(extended(&now, 0).unwrap_err().code, "lesson.minutes-wrong");
        assert_eq!(extended(&[], 3).unwrap_err().code, "lesson.over");
    }

    #[test]
    fn the_groups_at_the_tablets_change_with_the_rounds() {
        let groups: Vec<_> = (0..4).map(|round| at_tablets(&plan(), round)).collect();
        assert_eq!(groups, [vec![0], vec![2], vec![1], vec![]]);
    }

    #[test]
    fn parts_belong_together_when_one_skill_leads_to_the_other() {
        let needs = [vec![], vec!["count".to_owned()], vec!["tens".to_owned()], vec!["count".to_owned()]];
        let skills: Vec<Before> = ["count", "tens", "hundreds", "clock"]
            .into_iter()
            .zip(&needs)
            .map(|(skill, needs)| Before { skill, needs })
            .collect();
        for (tablet, teacher, apart) in [
            (Some("tens"), Some("tens"), false),
            (Some("count"), Some("hundreds"), false),
            (Some("hundreds"), Some("count"), false),
            (Some("clock"), Some("hundreds"), true),
            (Some("tens"), Some("of-another-course"), true),
            (None, Some("tens"), false),
            (Some("tens"), None, false),
        ] {
            assert_eq!(are_apart(tablet, teacher, &skills), apart, "{tablet:?} {teacher:?}");
        }
    }

    #[test]
    fn a_plan_that_no_lesson_could_follow_is_refused() {
        type Spoil = fn(&mut Plan);
        assert!(check(&plan()).is_ok());
        let table: [(Spoil, &str); 9] = [
            (|plan| plan.title = "  ".into(), "plan.title-missing"),
            (|plan| plan.title = "x".repeat(121), "plan.text-long"),
            (|plan| plan.teacher.text = "x".repeat(4_001), "plan.text-long"),
            (|plan| plan.groups[1].students = plan.groups[0].students.clone(), "plan.student-twice"),
            (|plan| plan.rounds[0].minutes = 0, "plan.unfit"),
            (|plan| plan.rounds[1].places[0] = 3, "plan.unfit"),
            (|plan| plan.rounds[1].places.truncate(2), "plan.unfit"),
            (|plan| plan.rounds.clear(), "plan.unfit"),
            (|plan| plan.stations.clear(), "plan.unfit"),
        ];
        for (spoil, code) in table {
            let mut spoiled = plan();
            spoil(&mut spoiled);
            assert_eq!(check(&spoiled).unwrap_err().code, code);
        }
    }
}
