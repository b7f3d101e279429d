//! What the journal says of lessons in the room: plans, how one runs, how a class works. Numbers are for ever; new fields are
//! optional and come last.
//!
//! A plan travels to the screens as it stands in the journal.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{ClassId, PlanId, StaffId, StudentId};
use crate::journal::{Draft, EntryKind};

/// The body of a `LESSON` entry.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) enum LessonEntry {
    /// A plan was written, changed or thrown away.
    #[n(0)]
    Plan(#[n(0)] PlanEntry),
    /// A lesson began, went on or ended.
    #[n(1)]
    Run(#[n(0)] RunEntry),
    /// How a class works was set.
    #[n(2)]
    Way(#[n(0)] WayEntry),
}

impl LessonEntry {
    pub(super) fn draft(&self) -> Draft {
        Draft::new(EntryKind::LESSON, self)
    }
}

/// All of a plan, as it is from now on.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) struct PlanEntry {
    #[n(0)]
    pub(super) plan: PlanId,
    #[n(1)]
    pub(super) class: ClassId,
    /// Nothing once it is thrown away.
    #[n(2)]
    pub(super) content: Option<Plan>,
    #[n(3)]
    pub(super) by: Option<StaffId>,
}

/// Where a lesson stands at the moment of the entry; from there on it follows its plan by itself.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) struct RunEntry {
    #[n(0)]
    pub(super) plan: PlanId,
    #[n(1)]
    pub(super) class: ClassId,
    /// From 0.
    #[n(2)]
    pub(super) round: u32,
    /// Milliseconds since the round began; below 0 until it begins.
    #[n(3)]
    pub(super) spent: i64,
    /// Milliseconds that this round lasts in all.
    #[n(4)]
    pub(super) length: i64,
    /// When the lesson began, in milliseconds since 1970.
    #[n(5)]
    pub(super) began: u64,
    #[n(6)]
    pub(super) ended: bool,
    #[n(7)]
    pub(super) by: Option<StaffId>,
}

/// How a class works from now on.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) struct WayEntry {
    #[n(0)]
    pub(super) class: ClassId,
    #[n(1)]
    pub(super) way: ClassWay,
    #[n(2)]
    pub(super) by: Option<StaffId>,
}

/// A plan of a lesson, without its names.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PlanContent)]
pub struct Plan {
    /// A few words.
    #[n(0)]
    pub title: String,
    /// What kind of lesson it is.
    #[n(1)]
    pub model: Model,
    /// What is done on tablets.
    #[n(2)]
    pub tablet: TabletPart,
    /// What the teacher does.
    #[n(3)]
    pub teacher: TeacherPart,
    /// Who works together.
    #[n(4)]
    pub groups: Vec<Group>,
    /// Where there is work.
    #[n(5)]
    pub stations: Vec<Station>,
    /// Who is where, and for how long.
    #[n(6)]
    pub rounds: Vec<Round>,
    /// Seconds from one round to the next.
    #[n(7)]
    pub change: u32,
}

/// The seven blended models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[cbor(index_only)]
#[schema(as = LessonModel)]
pub enum Model {
    /// Groups rotate through stations, one of which has the tablets.
    #[n(0)]
    StationRotation,
    /// Groups take turns at the tablets.
    #[n(1)]
    LabRotation,
    /// Each student has stations of their own.
    #[n(2)]
    IndividualRotation,
    /// New things before the lesson, practice in it.
    #[n(3)]
    Flipped,
    /// Tablets are the backbone; the teacher helps where it is needed.
    #[n(4)]
    Flex,
    /// A course that the school could not give by itself.
    #[n(5)]
    ALaCarte,
    /// Mostly away; days at school are for what needs people.
    #[n(6)]
    EnrichedVirtual,
}

/// What is done on tablets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize, ToSchema)]
pub struct TabletPart {
    /// The course's id; given to the class when the lesson begins.
    #[n(0)]
    pub course: Option<String>,
    /// The lesson's id; the whole course without it.
    #[n(1)]
    pub lesson: Option<String>,
    /// The skill's id in that course.
    #[n(2)]
    pub skill: Option<String>,
}

/// What the teacher does with a group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize, ToSchema)]
pub struct TeacherPart {
    /// In the teacher's words; may be empty.
    #[n(0)]
    pub text: String,
    /// The skill's id in the course of the tablet part.
    #[n(1)]
    pub skill: Option<String>,
}

/// Students who work together.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize, ToSchema)]
#[schema(as = PlanGroup)]
pub struct Group {
    /// Empty where the drawing says it all.
    #[n(0)]
    pub name: String,
    /// The drawing that stands for it, one of those that students sign in with, as `sun`.
    #[n(1)]
    pub drawing: String,
    /// Who is in it.
    #[n(2)]
    pub students: Vec<StudentId>,
    /// What they all still need, by its id in the course of the tablet part.
    #[n(3)]
    pub gap: Option<String>,
}

/// What is done at a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[cbor(index_only)]
pub enum StationKind {
    /// Practice on tablets.
    #[n(0)]
    Tablets,
    /// With the teacher.
    #[n(1)]
    Teacher,
    /// On paper, with each other.
    #[n(2)]
    Paper,
}

/// A place in the room where there is work.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize, ToSchema)]
pub struct Station {
    /// What is done there.
    #[n(0)]
    pub kind: StationKind,
    /// What is on its card besides; may be empty.
    #[n(1)]
    pub text: String,
    /// Students who find a place.
    #[n(2)]
    pub seats: u32,
}

/// One time at the stations.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize, ToSchema)]
#[schema(as = PlanRound)]
pub struct Round {
    /// How long it lasts.
    #[n(0)]
    pub minutes: u32,
    /// For each group the number of its station, from 0.
    #[n(1)]
    pub places: Vec<u32>,
}

/// How a class works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize, ToSchema)]
pub struct ClassWay {
    /// Who chooses what is practised.
    #[n(0)]
    pub way: Way,
    /// How sure a skill must be before it counts as secure.
    #[n(1)]
    pub strictness: ClassStrictness,
}

/// Who chooses what is practised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[cbor(index_only)]
#[schema(as = WayOfClass)]
pub enum Way {
    /// All do the same.
    #[n(0)]
    Whole,
    /// Each group has its own.
    #[n(1)]
    Groups,
    /// Each student has their own list.
    #[default]
    #[n(2)]
    OwnPlaylist,
    /// Each student chooses.
    #[n(3)]
    FreeChoice,
}

/// How sure a skill must be before it counts as secure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[cbor(index_only)]
pub enum ClassStrictness {
    /// Passes sooner.
    #[n(0)]
    Relaxed,
    /// As a rule.
    #[default]
    #[n(1)]
    Standard,
    /// Passes later.
    #[n(2)]
    Strict,
}
