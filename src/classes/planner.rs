//! What a room allows: groups, stations and rounds in which every student practises long enough, or why there are none.
//!
//! Everybody visits every station once: as many groups as stations, and as many rounds. At the tablets students work alone
//! or in pairs. The teacher's station counts as practice, too; work on paper without the teacher does not, because nobody
//! says there what is right.

/// Every student practises for so many minutes: with a tablet, alone or in a pair, or with the teacher.
const LEAST_PRACTICE: u32 = 10;
/// In a shorter round a group has hardly sat down.
const SHORTEST_ROUND: u32 = 5;
/// Until all sit and know what to do, in minutes.
const START: u32 = 2;
/// From one station to the next, in minutes.
const CHANGE: u32 = 1;
/// More groups than that nobody can keep an eye on.
const MOST_GROUPS: u32 = 4;
/// Students at one tablet.
const AT_A_TABLET: u32 = 2;

/// What there is for a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Room {
    /// Students who come.
    pub(super) students: u32,
    /// Tablets that work.
    pub(super) tablets: u32,
    /// With a projector the teacher's station is as large as the room: everybody sees it from where they sit.
    pub(super) projector: bool,
    /// Places at a table; the teacher's and those on paper are alike.
    pub(super) seats: u32,
    /// From the first word to the last.
    pub(super) minutes: u32,
    /// How many skills the lesson is about: each wants a group of its own, as far as there is room.
    pub(super) skills: u32,
}

/// Which stations a lesson wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Tablets, the teacher, and paper where there are more groups.
    Stations,
    /// Groups take turns at the tablets while the others work on paper.
    Turns,
}

/// What is done at a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Practice on tablets.
    Tablets,
    /// With the teacher.
    Teacher,
    /// On paper, with each other.
    Paper,
}

impl Place {
    /// Whether what is done here counts as practice.
    fn is_active(self) -> bool {
        self != Self::Paper
    }
}

/// A plan that works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rotation {
    /// How many students each group has, the larger ones first.
    pub(super) groups: Vec<u32>,
    /// What there is in the room, and for how many students.
    pub(super) stations: Vec<(Place, u32)>,
    /// For each round its minutes, and for each group the number of its station.
    pub(super) rounds: Vec<(u32, Vec<usize>)>,
    /// Minutes before the first round.
    pub(super) start: u32,
    /// Minutes between two rounds.
    pub(super) change: u32,
    /// Minutes of practice that every student has at least.
    pub(super) practice: u32,
}

/// Why a plan is not possible: a code for the sentence, and its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Obstacle {
    /// `plan.no-students`, `plan.few-tablets`, `plan.few-seats` or `plan.short`.
    pub(super) code: &'static str,
    /// By name.
    pub(super) numbers: Vec<(&'static str, u32)>,
}

/// A rotation of that shape in that room.
///
/// Of several, the one with the fewest groups, because its rounds are longest; but with a group for each skill, where that
/// works.
///
/// # Errors
/// Everything that stands in the way, with what would be enough.
pub(super) fn plan(room: Room, shape: Shape) -> Result<Rotation, Vec<Obstacle>> {
    if room.students == 0 {
        return Err(vec![Obstacle { code: "plan.no-students", numbers: Vec::new() }]);
    }
    let fewest = fewest_groups(room, shape);
    let wanted = match shape {
        Shape::Stations => room.skills.clamp(fewest, most_groups(room)),
        Shape::Turns => fewest,
    };
    let counts = (wanted..=most_groups(room)).chain((fewest..wanted).rev());
    counts
        .map(|groups| Draft { room, shape, groups })
        .find(Draft::works)
        .map_or_else(|| Err(obstacles(room, shape)), |draft| Ok(draft.rotation()))
}

/// With stations one group is with the tablets and one with the teacher, unless a student is alone.
fn fewest_groups(room: Room, shape: Shape) -> u32 {
    match shape {
        Shape::Stations => room.students.min(2),
        Shape::Turns => 1,
    }
}

fn most_groups(room: Room) -> u32 {
    room.students.min(MOST_GROUPS)
}

/// A rotation with so many groups, before anybody knows whether it works.
#[derive(Clone, Copy)]
struct Draft {
    room: Room,
    shape: Shape,
    groups: u32,
}

impl Draft {
    fn works(&self) -> bool {
        self.fits_tablets() && self.fits_seats() && self.is_long_enough()
    }

    /// The largest group.
    fn largest(&self) -> u32 {
        self.room.students.div_ceil(self.groups)
    }

    fn fits_tablets(&self) -> bool {
        self.largest() <= self.room.tablets.saturating_mul(AT_A_TABLET)
    }

    fn fits_seats(&self) -> bool {
        self.places().iter().all(|place| self.largest() <= self.capacity(*place) || *place == Place::Tablets)
    }

    fn is_long_enough(&self) -> bool {
        self.round() >= self.shortest_round()
    }

    /// So long a round must be that the active ones of them are practice enough.
    fn shortest_round(&self) -> u32 {
        let active = self.places().iter().filter(|place| place.is_active()).count();
        LEAST_PRACTICE.div_ceil(u32::try_from(active).unwrap_or(1).max(1)).max(SHORTEST_ROUND)
    }

    fn round(&self) -> u32 {
        self.room.minutes.saturating_sub(self.without_work()) / self.groups
    }

    /// Minutes in which nobody works.
    fn without_work(&self) -> u32 {
        START + CHANGE * (self.groups - 1)
    }

    /// One station for each group.
    fn places(&self) -> Vec<Place> {
        let first = match self.shape {
            Shape::Stations => [Place::Tablets, Place::Teacher].as_slice(),
            Shape::Turns => [Place::Tablets].as_slice(),
        };
        (0..self.groups)
            .map(|at| usize::try_from(at).ok().and_then(|at| first.get(at).copied()).unwrap_or(Place::Paper))
            .collect()
    }

    fn capacity(&self, place: Place) -> u32 {
        match place {
            Place::Tablets => self.room.tablets.saturating_mul(AT_A_TABLET),
            Place::Teacher if self.room.projector => self.room.students.max(self.room.seats),
            Place::Teacher | Place::Paper => self.room.seats,
        }
    }

    fn rotation(&self) -> Rotation {
        let Self { room, groups, .. } = *self;
        let places = self.places();
        let count = places.len();
        let active = places.iter().filter(|place| place.is_active()).count();
        Rotation {
            groups: (0..groups)
                .map(|at| room.students / groups + u32::from(at < room.students % groups))
                .collect(),
            stations: places.iter().map(|place| (*place, self.capacity(*place))).collect(),
            // Each group goes on to the next station: in every round no two are at the same one.
            rounds: (0..count)
                .map(|round| (self.round(), (0..count).map(|group| (group + round) % count).collect()))
                .collect(),
            start: START,
            change: CHANGE,
            practice: self.round().saturating_mul(u32::try_from(active).unwrap_or(1)),
        }
    }
}

/// What stands in the way of all numbers of groups, told for the one that comes nearest: with the smallest groups for
/// tablets and seats, with the fewest for the time.
fn obstacles(room: Room, shape: Shape) -> Vec<Obstacle> {
    let small = Draft { room, shape, groups: most_groups(room) };
    let mut found = Vec::new();
    if !small.fits_tablets() {
        let needed = small.largest().div_ceil(AT_A_TABLET);
        found.push(Obstacle {
            code: "plan.few-tablets",
            numbers: vec![("students", room.students), ("tablets", room.tablets), ("needed", needed)],
        });
    }
    if !small.fits_seats() {
        found.push(Obstacle {
            code: "plan.few-seats",
            numbers: vec![("seats", room.seats), ("needed", small.largest())],
        });
    }
    // Of the numbers of groups that have tablets and seats enough, or else of all.
    let all = (fewest_groups(room, shape)..=most_groups(room)).map(|groups| Draft { room, shape, groups });
    let fits = |draft: &Draft| draft.fits_tablets() && draft.fits_seats();
    let quickest = all.clone().find(fits).or_else(|| all.clone().next()).unwrap_or(small);
    if !quickest.is_long_enough() {
        let needed = quickest.shortest_round() * quickest.groups + quickest.without_work();
        found.push(Obstacle {
            code: "plan.short",
            numbers: vec![("minutes", room.minutes), ("needed", needed)],
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASS: Room = Room { students: 42, tablets: 8, projector: true, seats: 14, minutes: 40, skills: 1 };

    #[test]
    fn forty_two_students_and_eight_tablets_are_three_groups_of_fourteen() {
        let found = plan(CLASS, Shape::Stations).unwrap();
        assert_eq!(
            found,
            Rotation {
                groups: vec![14, 14, 14],
                stations: vec![(Place::Tablets, 16), (Place::Teacher, 42), (Place::Paper, 14)],
                rounds: vec![(12, vec![0, 1, 2]), (12, vec![1, 2, 0]), (12, vec![2, 0, 1])],
                start: 2,
                change: 1,
                practice: 24,
            }
        );
        let turns = plan(CLASS, Shape::Turns).unwrap();
        assert_eq!(turns.stations, [(Place::Tablets, 16), (Place::Paper, 14), (Place::Paper, 14)]);
        assert_eq!(turns.practice, 12);
    }

    #[test]
    fn each_skill_has_a_group_where_the_room_allows_it() {
        let groups = |skills, tablets, minutes| {
            plan(Room { tablets, minutes, skills, ..CLASS }, Shape::Stations).unwrap().groups
        };
        assert_eq!(groups(4, 8, 40), [11, 11, 10, 10]);
        assert_eq!(groups(9, 8, 40), [11, 11, 10, 10], "one person can't keep an eye on more than four");
        assert_eq!(groups(4, 8, 24), [14, 14, 14], "four rounds would be too short");
        assert_eq!(groups(0, 8, 40), [14, 14, 14]);
        let small = Room { students: 20, seats: 10, ..CLASS };
        assert_eq!(plan(small, Shape::Stations).unwrap().groups, [10, 10], "the fewest groups work longest");
        assert_eq!(plan(Room { students: 1, ..CLASS }, Shape::Stations).unwrap().groups, [1]);
    }

    #[test]
    fn what_can_not_be_done_is_told_with_what_would_be_enough() {
        type Told = Vec<(&'static str, Vec<(&'static str, u32)>)>;
        let table: Vec<(Room, Shape, Told)> = vec![
            (Room { students: 0, ..CLASS }, Shape::Stations, vec![("plan.no-students", vec![])]),
            (
                Room { tablets: 5, ..CLASS },
                Shape::Stations,
                vec![("plan.few-tablets", vec![("students", 42), ("tablets", 5), ("needed", 6)])],
            ),
            (
                Room { tablets: 0, ..CLASS },
                Shape::Stations,
                vec![("plan.few-tablets", vec![("students", 42), ("tablets", 0), ("needed", 6)])],
            ),
            (
                Room { seats: 10, ..CLASS },
                Shape::Stations,
                vec![("plan.few-seats", vec![("seats", 10), ("needed", 11)])],
            ),
            // Three rounds of five minutes, two changes and the start.
            (
                Room { minutes: 18, ..CLASS },
                Shape::Stations,
                vec![("plan.short", vec![("minutes", 18), ("needed", 19)])],
            ),
            (
                Room { minutes: 33, ..CLASS },
                Shape::Turns,
                vec![("plan.short", vec![("minutes", 33), ("needed", 34)])],
            ),
            (
                Room { tablets: 1, seats: 4, minutes: 5, ..CLASS },
                Shape::Stations,
                vec![
                    ("plan.few-tablets", vec![("students", 42), ("tablets", 1), ("needed", 6)]),
                    ("plan.few-seats", vec![("seats", 4), ("needed", 11)]),
                    ("plan.short", vec![("minutes", 5), ("needed", 13)]),
                ],
            ),
        ];
        for (room, shape, expected) in table {
            let found = plan(room, shape).unwrap_err();
            let found: Vec<_> = found.into_iter().map(|one| (one.code, one.numbers)).collect();
            assert_eq!(found, expected, "{room:?}");
        }
    }

    /// What must hold of every rotation.
    fn check(room: Room, shape: Shape, found: &Rotation) {
        let at = format!("{room:?} {shape:?} {found:?}");
        assert_eq!(found.groups.iter().sum::<u32>(), room.students, "everybody is in one group: {at}");
        assert!(found.groups[0] - found.groups[found.groups.len() - 1] <= 1, "groups are alike: {at}");
        let mut practice = vec![0; found.groups.len()];
        let mut visits = vec![vec![0; found.stations.len()]; found.groups.len()];
        for (minutes, places) in &found.rounds {
            let mut load = vec![0; found.stations.len()];
            for (group, station) in places.iter().enumerate() {
                load[*station] += found.groups[group];
                visits[group][*station] += 1;
                if found.stations[*station].0 != Place::Paper {
                    practice[group] += minutes;
                }
            }
            for (station, load) in load.iter().enumerate() {
                assert!(*load <= found.stations[station].1, "a station is over its capacity: {at}");
            }
        }
        assert!(visits.iter().flatten().all(|visits| *visits == 1), "everybody visits every station: {at}");
        assert!(practice.iter().all(|minutes| *minutes == found.practice), "{at}");
        assert!(found.practice >= LEAST_PRACTICE, "too little practice: {at}");
        let changes = found.change * (u32::try_from(found.rounds.len()).unwrap() - 1);
        let used = found.start + changes + found.rounds.iter().map(|(minutes, _)| minutes).sum::<u32>();
        assert!(used <= room.minutes && room.minutes - used < 4, "the minutes add up: {at}");
    }

    #[test]
    fn whatever_the_room_a_rotation_keeps_its_word_or_there_is_a_reason() {
        let mut works = 0;
        for students in [0, 1, 2, 3, 7, 12, 25, 30, 41, 42, 43, 60, 90] {
            for tablets in [0, 1, 2, 5, 8, 10, 20, 45] {
                for minutes in [0, 5, 12, 13, 19, 25, 34, 40, 45, 60, 90] {
                    for (projector, seats, skills) in
                        [(true, 14, 1), (false, 14, 3), (false, 6, 4), (true, 90, 2)]
                    {
                        let room = Room { students, tablets, projector, seats, minutes, skills };
                        for shape in [Shape::Stations, Shape::Turns] {
                            match plan(room, shape) {
                                Ok(found) => {
                                    works += 1;
                                    check(room, shape, &found);
                                }
                                Err(reasons) => assert!(!reasons.is_empty(), "no reason: {room:?} {shape:?}"),
                            }
                        }
                    }
                }
            }
        }
        assert!(works > 500, "only {works} rooms work");
    }
}
