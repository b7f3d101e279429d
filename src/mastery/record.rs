//! One student's evidence as ratings: which observations a piece of evidence is, and a record that follows the journal.

use std::collections::{HashSet, VecDeque};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::Arc;

use super::band::Band;
use super::difficulty::{Difficulties, Hard};
use super::rules::{Estimate, Observation};
use super::standing::{Learner, Seen, Word};
use crate::evidence::{Answer, Name, Picture, Piece, Scored, WHOLE, Way, What, When, in_order, practice};
use crate::ids::StudentId;
use crate::journal::Entry;
use crate::packs::Packs;

/// Two who answer together: half of it is said of each.
const SHARED: f64 = 0.5;

/// What entries are rated with, the same for all students: how skills are called today, and how hard they are.
#[derive(Clone)]
pub(super) struct Ground {
    pub(super) packs: Arc<Packs>,
    pub(super) difficulties: Arc<Difficulties>,
}

impl Ground {
    /// `<pack>/<skill>` as the skill is called now, for one that a pack calls, or called, `skill`.
    pub(super) fn skill(&self, pack: &str, skill: &str) -> String {
        let course = self.packs.course(pack);
        let now = course.as_ref().and_then(|course| Some((course, course.skill(skill)?)));
        now.map_or_else(|| format!("{pack}/{skill}"), |(course, skill)| format!("{}/{}", course.id, skill.id))
    }

    /// As [`Ground::skill`], for a whole name.
    fn whole(&self, name: &str) -> String {
        name.split_once('/').map_or_else(|| name.to_owned(), |(pack, skill)| self.skill(pack, skill))
    }
}

/// All that was seen of one student, as ratings.
#[derive(Clone)]
pub struct Record {
    ground: Ground,
    student: StudentId,
    learner: Learner,
    /// What is in it, by hash: of several pieces with one name only one counts.
    names: HashSet<u64>,
    last: Option<When>,
    /// Names of the items that were answered last, the newest last.
    recent: VecDeque<String>,
    /// Courses in which the student found out where to start.
    placed: HashSet<String>,
}

/// So many are remembered.
const RECENT: usize = 10;

impl Record {
    /// From all evidence about a student, in any order.
    pub(super) fn of(ground: Ground, student: StudentId, pieces: Vec<Piece>) -> Self {
        let mut record = Self {
            ground,
            student,
            learner: Learner::default(),
            names: HashSet::new(),
            last: None,
            recent: VecDeque::new(),
            placed: HashSet::new(),
        };
        for piece in in_order(pieces) {
            record.add(&piece);
        }
        record
    }

    /// The student's ratings.
    pub fn learner(&self) -> &Learner {
        &self.learner
    }

    /// How hard things are taken to be in it.
    pub fn difficulties(&self) -> &Difficulties {
        &self.ground.difficulties
    }

    /// Names of the items that were answered last, `<pack>/<item>@<version>`, the newest last.
    pub fn recent(&self) -> Vec<String> {
        self.recent.iter().cloned().collect()
    }

    /// Whether the student found out where to start in a course.
    pub(super) fn was_placed(&self, course: &str) -> bool {
        self.placed.contains(course)
    }

    fn add(&mut self, piece: &Piece) {
        self.names.insert(hash_of(&piece.name()));
        self.last = Some(piece.when);
        let at = piece.when.at;
        match &piece.what {
            What::Answer(answer) => self.add_answer(at, answer),
            What::Scored(scored) => self.add_scored(at, scored),
            What::Band(set) => {
                let skill = self.ground.whole(&set.skill);
                let band = set.band.and_then(Band::of_word);
                let word = band.map(|band| Word { band, at, by: set.by, why: set.why.clone() });
                self.learner.set(&skill, word);
            }
        }
    }

    fn add_answer(&mut self, at: u64, answer: &Answer) {
        let all = answer.skills.iter().map(|share| f64::from(share.weight)).sum::<f64>();
        let pack = &answer.spot.course;
        if answer.spot.lesson == practice::PLACEMENT {
            let course = self.ground.packs.course(pack);
            self.placed.insert(course.map_or_else(|| pack.clone(), |course| course.id.clone()));
        }
        let item = item_name(answer);
        let item_is = self.ground.difficulties.known_item(&item).or(answer.difficulty.map(Estimate::of));
        let together = if answer.partner.is_some() { SHARED } else { 1.0 };
        for share in &answer.skills {
            let skill = self.ground.skill(pack, &share.id);
            let hard = Hard {
                skill: self.ground.difficulties.skill(&skill),
                item: item_is.unwrap_or(Estimate::DIFFICULTY),
            };
            let observation = Observation {
                score: score_of(answer.score),
                questions: 1.0,
                weight: together * f64::from(share.weight) / all,
                guess: f64::from(answer.guess) / f64::from(WHOLE),
                feedback: feedback_of(answer),
            };
            self.learner.take(&Seen { at, skill: &skill, item: Some(&item), way: None, observation, hard });
        }
        self.recent.push_back(item);
        if self.recent.len() > RECENT {
            self.recent.pop_front();
        }
    }

    fn add_scored(&mut self, at: u64, scored: &Scored) {
        if scored.withdrawn {
            return;
        }
        let skill = self.ground.whole(&scored.skill);
        let hard = Hard { skill: self.ground.difficulties.skill(&skill), item: Estimate::NO_ITEM };
        let observation = observation_of(scored);
        self.learner.take(&Seen { at, skill: &skill, item: None, way: Some(scored.way), observation, hard });
    }
}

/// What a score from the room counts for; the table is in `docs/mastery.md`.
pub(super) fn observation_of(scored: &Scored) -> Observation {
    let (questions, weight) = match scored.way {
        Way::Paper => (f64::from(scored.questions), 0.7),
        Way::Oral | Way::Observed => (3.0, 1.0),
        Way::Product => (2.0, 0.3),
        Way::Cards => (1.0, 0.7),
    };
    Observation {
        score: score_of(scored.score),
        questions,
        weight,
        guess: f64::from(scored.guess) / f64::from(WHOLE),
        feedback: false,
    }
}

/// `<pack>/<item>@<version>`.
pub(super) fn item_name(answer: &Answer) -> String {
    format!("{}/{}@{}", answer.spot.course, answer.item, answer.item_version)
}

/// In a check nobody is told what was right until the end, so nothing is learned from the answer itself.
pub(super) fn feedback_of(answer: &Answer) -> bool {
    !answer.check
}

/// From thousandths.
pub(super) fn score_of(thousandths: u16) -> f64 {
    f64::from(thousandths) / f64::from(WHOLE)
}

fn hash_of(name: &Name) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(name)
}

impl Picture for Record {
    type Step = Piece;

    fn steps(entry: &Entry) -> Vec<(StudentId, Piece)> {
        let Some(piece) = Piece::of(entry) else { return Vec::new() };
        piece.students().map(|student| (student, piece.clone())).collect()
    }

    /// What comes late, or under a name that is there, changes what was made of later pieces.
    fn take(&mut self, piece: Piece) -> bool {
        debug_assert!(piece.students().any(|student| student == self.student), "somebody else's evidence");
        let is_next = self.last.is_none_or(|last| piece.when > last);
        let is_new = !self.names.contains(&hash_of(&piece.name()));
        if is_next && is_new {
            self.add(&piece);
        }
        is_next && is_new
    }
}
