//! What the entries of this folder hold. Numbers of fields are for ever; new fields are optional and come last.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{CheckId, ScoreId, StaffId, StudentId};

/// An activity of a course in one of its runs; a run is one time through it, with numbers of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct Spot {
    /// The pack's id, such as `org.schoolhouse.numbers`.
    #[n(0)]
    pub course: String,
    /// The lesson's id in the pack.
    #[n(1)]
    pub lesson: String,
    /// The activity's id in its lesson.
    #[n(2)]
    pub activity: String,
    /// From 1.
    #[n(3)]
    pub run: u32,
}

/// How much an item says about one skill.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SkillShare {
    /// The skill's id in the pack of the answer.
    #[n(0)]
    pub id: String,
    /// Its weight, in thousandths.
    #[n(1)]
    pub weight: u32,
}

/// The body of an `ANSWER` entry: a student's first full answer to the item at one place.
///
/// It holds all that a rating needs, so that it can be rated where the pack is not installed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Answer {
    /// Who.
    #[n(0)]
    pub student: StudentId,
    /// In which activity.
    #[n(1)]
    pub spot: Spot,
    /// Where in the activity, from 0.
    #[n(2)]
    pub place: u32,
    /// The item's id in the pack.
    #[n(3)]
    pub item: String,
    /// The item's version.
    #[n(4)]
    pub item_version: u32,
    /// With item and version it gives the question again as the student saw it.
    #[n(5)]
    pub seed: u64,
    /// JSON, as the student sent it.
    #[cbor(n(6), with = "minicbor::bytes")]
    pub response: Vec<u8>,
    /// In thousandths of the whole; the box's own mark, or the tablet's where the box could not mark.
    #[n(7)]
    pub score: u16,
    /// Whether the box marked it: it can't where the tablet still showed an older version of the item.
    #[n(8)]
    pub marked: bool,
    /// The tablet's mark in thousandths, where it differs.
    #[n(9)]
    pub tablet_score: Option<u16>,
    /// The chance to be right by guessing, in thousandths: one of so many options, else 0.
    #[n(10)]
    pub guess: u16,
    /// What the item is about.
    #[n(11)]
    pub skills: Vec<SkillShare>,
    /// Whether it was asked in a check: no hints, feedback only at the end.
    #[n(12)]
    pub check: bool,
    /// From seeing the item to answering it.
    #[n(13)]
    pub milliseconds: u32,
    /// Hints that were shown before.
    #[n(14)]
    pub hints: u16,
    /// Tries until the answer was full.
    #[n(15)]
    pub tries: u16,
    /// Milliseconds between the answer and its arrival, by the tablet's clock.
    #[n(16)]
    pub ago: u64,
    /// The version of the pack that marked it.
    #[n(17)]
    pub pack_version: String,
    /// The first eight bytes of that pack's SHA-256.
    #[cbor(n(18), with = "minicbor::bytes")]
    pub pack_hash: [u8; 8],
    /// How hard the pack says that the item is. Entries of the first version lack it.
    #[n(19)]
    pub difficulty: Option<Hardness>,
    /// Who answered together with the student, on one tablet.
    #[n(20)]
    pub partner: Option<StudentId>,
}

/// How hard an item is said to be, on the scale of the rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Hardness {
    /// 0 is medium, more is harder; in thousandths of a logit.
    #[n(0)]
    pub mean: i32,
    /// The square of how unsure that is, in thousandths.
    #[n(1)]
    pub variance: u32,
}

/// The score of an answer that is right in all its parts.
pub const WHOLE: u16 = 1_000;

impl Answer {
    /// Whether it is right in all its parts.
    pub fn is_right(&self) -> bool {
        self.score >= WHOLE
    }
}

/// How a teacher found out what a student can do, without a tablet. What each kind counts for is in `docs/mastery.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize, ToSchema)]
#[cbor(index_only)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// A test on paper: so many questions, so many right.
    #[n(0)]
    Paper,
    /// Asked in words; one of four levels.
    #[n(1)]
    Oral,
    /// Seen at work; one of four levels.
    #[n(2)]
    Observed,
    /// What a group made, by a rubric of levels 0 to 4.
    #[n(3)]
    Product,
    /// Response cards held up: one question, right or wrong.
    #[n(4)]
    Cards,
}

/// The body of a `SCORED` entry: what a student showed in the room. Of several with one id the newest counts, so that a
/// score is changed or taken back by writing it again.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Scored {
    /// Names this score.
    #[n(0)]
    pub id: ScoreId,
    /// Scores that were written down together, as of one test, share it.
    #[n(1)]
    pub check: CheckId,
    /// Who.
    #[n(2)]
    pub student: StudentId,
    /// `<pack>/<skill>`.
    #[n(3)]
    pub skill: String,
    /// How it was seen.
    #[n(4)]
    pub way: Way,
    /// The share that was right, in thousandths.
    #[n(5)]
    pub score: u16,
    /// Of how many questions.
    #[n(6)]
    pub questions: u16,
    /// The chance to be right by guessing, in thousandths.
    #[n(7)]
    pub guess: u16,
    /// When it happened, in milliseconds since 1970.
    #[n(8)]
    pub at: u64,
    /// Who wrote it down.
    #[n(9)]
    pub by: StaffId,
    /// What the test or task is called; may be empty.
    #[n(10)]
    pub title: String,
    /// Whether it was taken back.
    #[n(11)]
    pub withdrawn: bool,
}

/// The body of a `BAND` entry: a teacher knows better, or no longer says so. The newest word on a student's skill counts.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BandSet {
    /// Who.
    #[n(0)]
    pub student: StudentId,
    /// `<pack>/<skill>`.
    #[n(1)]
    pub skill: String,
    /// The band from 1 (starting) to 4 (secure); nothing takes the word back.
    #[n(2)]
    pub band: Option<u8>,
    /// Who says so.
    #[n(3)]
    pub by: StaffId,
    /// Why; may be empty.
    #[n(4)]
    pub why: String,
}

/// The body of a `DIFFICULTY` entry: how hard skills and items are, from this moment on.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Calibration {
    /// By `<pack>/<skill>`.
    #[n(0)]
    pub skills: Vec<Calibrated>,
    /// By `<pack>/<item>@<version>`.
    #[n(1)]
    pub items: Vec<Calibrated>,
}

/// One name in a calibration.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Calibrated {
    /// Of what.
    #[n(0)]
    pub name: String,
    /// How hard it is.
    #[n(1)]
    pub difficulty: Hardness,
    /// How many answers that rests on.
    #[n(2)]
    pub answers: u32,
}

/// The body of an `OPEN` entry: a student opened an activity.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Open {
    /// Who.
    #[n(0)]
    pub student: StudentId,
    /// What.
    #[n(1)]
    pub spot: Spot,
    /// Milliseconds before its arrival, by the tablet's clock.
    #[n(2)]
    pub ago: u64,
}

/// The body of a `READ` entry: a student read a page to its end.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Read {
    /// Who.
    #[n(0)]
    pub student: StudentId,
    /// What.
    #[n(1)]
    pub spot: Spot,
    /// How long the page was open.
    #[n(2)]
    pub milliseconds: u32,
    /// Milliseconds before its arrival, by the tablet's clock.
    #[n(3)]
    pub ago: u64,
}

/// The body of a `NOTE` entry that keeps what a tablet sent and the box could not understand.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Note {
    /// Why, such as `evidence.item-unknown`.
    #[n(0)]
    pub code: String,
    /// Whose it is, where the ticket told.
    #[n(1)]
    pub student: Option<StudentId>,
    /// What came, as JSON without the ticket; the beginning of it where it was long.
    #[n(2)]
    pub text: String,
}
