//! What one student has done, in memory.
//!
//! It is a join: taking in an entry twice, or entries in another order, gives the same. So it can be read from the views,
//! from entries that are not folded yet and from the journal's tail in any overlap.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::body::{Answer, Open, Read, Spot, WHOLE};
use super::practice;
use crate::ids::StudentId;
use crate::journal::{Entry, EntryKind, Hlc, Position};
use crate::packs::Course;

/// Where an entry stands among all entries of all boxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// First by the clock,
    pub hlc: Hlc,
    /// then by its place in its stream.
    pub position: Position,
}

impl Stamp {
    /// The stamp of an entry.
    pub fn of(entry: &Entry) -> Self {
        Self { hlc: entry.hlc, position: entry.position }
    }
}

/// The answer that counts at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// In thousandths.
    pub score: u16,
    /// The entry that holds the answer.
    pub stamp: Stamp,
}

/// One time through an activity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The answers, by place.
    pub marks: BTreeMap<u32, Mark>,
    /// When it was last opened.
    pub opened: Option<Hlc>,
    /// When it was last read to the end.
    pub read: Option<Hlc>,
}

impl Run {
    /// How many places are answered, of the first `of` places.
    pub fn done(&self, of: u32) -> u32 {
        u32::try_from(self.marks.range(..of).count()).unwrap_or(u32::MAX)
    }

    /// How many of them are right in all their parts.
    pub fn right(&self, of: u32) -> u32 {
        let right = self.marks.range(..of).filter(|(_, mark)| mark.score >= WHOLE).count();
        u32::try_from(right).unwrap_or(u32::MAX)
    }

    fn answer(&mut self, place: u32, mark: Mark) {
        let kept = self.marks.entry(place).or_insert(mark);
        if mark.stamp < kept.stamp {
            *kept = mark;
        }
    }

    /// Takes in what is known of the same run under another name.
    fn join(&mut self, other: &Self) {
        other.marks.iter().for_each(|(place, mark)| self.answer(*place, *mark));
        self.opened = self.opened.max(other.opened);
        self.read = self.read.max(other.read);
    }

    /// When something last happened in it.
    pub fn touched(&self) -> Hlc {
        let answered = self.marks.values().map(|mark| mark.stamp.hlc).max();
        answered.max(self.opened).max(self.read).unwrap_or_default()
    }
}

/// All runs of one activity, by number.
pub type Runs = BTreeMap<u32, Run>;

/// What one student has done in all courses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    courses: BTreeMap<String, BTreeMap<String, BTreeMap<String, Runs>>>,
}

/// What an entry adds to somebody's progress.
pub enum Step {
    /// A place was answered.
    Answered(Spot, u32, Mark),
    /// An activity was opened.
    Opened(Spot, Hlc),
    /// A page was read to its end.
    Read(Spot, Hlc),
}

/// Whose progress an entry changes and how; `None` for entries of other kinds.
pub(super) fn step_of(entry: &Entry) -> Option<(StudentId, Step)> {
    match entry.kind {
        EntryKind::ANSWER => entry.read().map(|answer: Answer| {
            let mark = Mark { score: answer.score, stamp: Stamp::of(entry) };
            (answer.student, Step::Answered(answer.spot, answer.place, mark))
        }),
        EntryKind::OPEN => entry.read().map(|open: Open| (open.student, Step::Opened(open.spot, entry.hlc))),
        EntryKind::READ => entry.read().map(|read: Read| (read.student, Step::Read(read.spot, entry.hlc))),
        _ => None,
    }
}

impl Progress {
    /// All runs of an activity of a course, under all names that it has had; `None` when it was never opened.
    pub fn runs(&self, course: &Course, lesson: &str, activity: &str) -> Option<Cow<'_, Runs>> {
        let mut found: Option<Cow<Runs>> = None;
        for (course, lesson, activity) in course.names_of(lesson, activity) {
            let Some(runs) = self.named(course, lesson, activity) else { continue };
            match &mut found {
                None => found = Some(Cow::Borrowed(runs)),
                Some(all) => {
                    let all = all.to_mut();
                    for (number, run) in runs {
                        all.entry(*number).or_default().join(run);
                    }
                }
            }
        }
        found
    }

    /// One run, under exactly these names.
    pub fn run(&self, spot: &Spot) -> Option<&Run> {
        self.named(&spot.course, &spot.lesson, &spot.activity)?.get(&spot.run)
    }

    fn named(&self, course: &str, lesson: &str, activity: &str) -> Option<&Runs> {
        self.courses.get(course)?.get(lesson)?.get(activity)
    }

    /// Where the student was last in lessons of the courses that `wanted` says yes to.
    pub fn last(&self, wanted: impl Fn(&str) -> bool) -> Option<Spot> {
        let runs = self.courses.iter().filter(|(course, _)| wanted(course)).flat_map(|(course, lessons)| {
            let of_packs = lessons.iter().filter(|(lesson, _)| !practice::is_own(lesson));
            of_packs.flat_map(move |(lesson, activities)| {
                activities.iter().flat_map(move |(activity, runs)| {
                    runs.iter().map(move |(number, run)| (run.touched(), (course, lesson, activity, *number)))
                })
            })
        });
        runs.max().map(|(_, (course, lesson, activity, run))| Spot {
            course: course.clone(),
            lesson: lesson.clone(),
            activity: activity.clone(),
            run,
        })
    }

    fn run_mut(&mut self, spot: Spot) -> &mut Run {
        let lessons = self.courses.entry(spot.course).or_default();
        lessons.entry(spot.lesson).or_default().entry(spot.activity).or_default().entry(spot.run).or_default()
    }

    pub(super) fn add(&mut self, step: Step) {
        match step {
            Step::Answered(spot, place, mark) => self.run_mut(spot).answer(place, mark),
            Step::Opened(spot, hlc) => {
                let run = self.run_mut(spot);
                run.opened = run.opened.max(Some(hlc));
            }
            Step::Read(spot, hlc) => {
                let run = self.run_mut(spot);
                run.read = run.read.max(Some(hlc));
            }
        }
    }
}
