//! What the library's screen gets; `docs/api.md` tells how it is used.

use serde::Serialize;
use utoipa::ToSchema;

use super::jobs::JobState;
use super::rules::{Consent, Relation};
use super::sticks::StickKind;
use crate::imports::{Found, Loss};
use crate::lint::{Finding, Grade};
use crate::packs::{Audience, Direction};

/// Everything that the library's screen shows.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Library)]
pub struct LibraryPage {
    /// What is plugged in, the folders of the configuration, and what was sent.
    pub sticks: Vec<StickPart>,
    /// What lies there and can be added, as people look through it.
    pub offers: Vec<OfferPart>,
    /// What is being done, and what was done last, the oldest first.
    pub jobs: Vec<JobPart>,
    /// Files on their way from phones and laptops.
    pub uploads: Vec<UploadPart>,
    /// The school's courses, in the order of their titles.
    pub packs: Vec<PackPart>,
    /// How full the box is.
    pub disk: DiskPart,
}

/// A place that is looked into.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LibraryStick)]
pub struct StickPart {
    /// Until it is pulled out.
    pub id: String,
    /// What kind of place.
    pub kind: StickKind,
    /// Its label; empty for uploads.
    pub name: String,
    /// Whether packs can be copied to it.
    pub writable: bool,
    /// It is still looked at.
    pub looking: bool,
    /// It holds more than is shown.
    pub full: bool,
    /// Files that can't be shown, the first fifty.
    pub unknown: Vec<UnknownPart>,
}

/// A file that can't be shown.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UnknownFile)]
pub struct UnknownPart {
    /// From the stick's first folder on.
    pub path: String,
    /// What it is and why, in English.
    pub why: String,
}

/// Something that can be added.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LibraryOffer)]
pub struct OfferPart {
    /// The same for the same file, also after its stick was away.
    pub id: String,
    /// The stick's id.
    pub stick: String,
    /// Where on it.
    pub path: String,
    /// What it is.
    pub kind: Found,
    /// In the reader's language, where there is one.
    pub title: String,
    /// In the reader's language; null where nothing is known.
    #[schema(required)]
    pub summary: Option<String>,
    /// Where its picture is, on this origin.
    #[schema(required)]
    pub picture: Option<String>,
    /// Of the lessons; null as long as it is not known.
    #[schema(required)]
    pub language: Option<String>,
    /// Which way that language is written.
    #[schema(required)]
    pub direction: Option<Direction>,
    /// Whom it is for.
    #[schema(required)]
    pub audience: Option<Audience>,
    /// School years.
    pub grades: Vec<u8>,
    /// Bytes of it.
    pub bytes: u64,
    /// Bytes of it that the box does not have yet: what an update reads.
    pub lacking: u64,
    /// How many lessons it has.
    #[schema(required)]
    pub lessons: Option<u64>,
    /// SPDX name.
    #[schema(required)]
    pub licence: Option<String>,
    /// Who stands for it, by its own word.
    #[schema(required)]
    pub publisher: Option<String>,
    /// Who signed it; null until that was looked at.
    #[schema(required)]
    pub signer: Option<SignerPart>,
    /// The pack's id.
    #[schema(required)]
    pub course: Option<String>,
    /// Semver.
    #[schema(required)]
    pub version: Option<String>,
    /// How it stands to what is installed.
    pub relation: Relation,
    /// The version that is installed.
    #[schema(required)]
    pub installed: Option<String>,
    /// What the lint says; null until it was looked at closely.
    #[schema(required)]
    pub verdict: Option<VerdictPart>,
    /// Packs that it needs and that are not there.
    pub needs: Vec<NeedPart>,
    /// What of the original can't be kept.
    pub losses: Vec<Loss>,
    /// What must be said yes to, as far as it is known.
    pub asks: Vec<Consent>,
    /// Why it can't be added, whatever anybody says.
    #[schema(required)]
    pub problem: Option<ProblemPart>,
}

/// Who signed a pack.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LibrarySigner)]
pub struct SignerPart {
    /// How far that can be told.
    pub state: SignedBy,
    /// The name of a signer whom the box knows.
    #[schema(required)]
    pub name: Option<String>,
}

/// How far it can be told who signed a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum SignedBy {
    /// Somebody whose key the box has.
    Known,
    /// Somebody else.
    Unknown,
    /// There is no signature.
    Nobody,
    /// There is one that does not fit.
    Wrong,
}

/// What the lint says of a pack.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OfferVerdict)]
pub struct VerdictPart {
    /// The worst of all findings decides.
    pub grade: Grade,
    /// The gravest first; the first of many.
    pub findings: Vec<Finding>,
    /// How many there are in all.
    pub count: usize,
}

/// A pack that another one needs.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PackNeeded)]
pub struct NeedPart {
    /// The pack's id.
    pub course: String,
    /// The oldest version that will do.
    pub from: String,
    /// The offer that would help.
    #[schema(required)]
    pub offer: Option<String>,
}

/// Why something can't be done.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LibraryProblem)]
pub struct ProblemPart {
    /// Stable; screens translate it.
    pub code: String,
    /// In English.
    pub detail: String,
    /// Values for the translated sentence.
    pub params: std::collections::BTreeMap<String, String>,
}

/// What somebody asked for.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LibraryJob)]
pub struct JobPart {
    /// Until the program is started again.
    pub id: String,
    /// What is done.
    pub kind: JobKind,
    /// How far it is.
    pub state: JobState,
    /// Of what is added: the offer's id.
    #[schema(required)]
    pub offer: Option<String>,
    /// The pack's id, once it is known.
    #[schema(required)]
    pub course: Option<String>,
    /// What it is about, in the reader's language.
    pub title: String,
    /// Of what is copied to a stick: its name.
    #[schema(required)]
    pub stick: Option<String>,
    /// Bytes that are done.
    pub done: u64,
    /// Bytes of this step; 0 as long as they are not known.
    pub of: u64,
    /// What must be said yes to.
    pub asks: Vec<Consent>,
    /// What was found on the way.
    #[schema(required)]
    pub verdict: Option<VerdictPart>,
    /// The version that was added, or the file that was written.
    #[schema(required)]
    pub result: Option<String>,
    /// Why it failed, or waits.
    #[schema(required)]
    pub problem: Option<ProblemPart>,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum JobKind {
    /// Something becomes a course of the school.
    Install,
    /// A course is copied to a stick.
    Export,
    /// A course is taken off the box.
    Remove,
}

/// A file on its way.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LibraryUpload)]
pub struct UploadPart {
    /// To go on with.
    pub id: String,
    /// As its sender calls it.
    pub name: String,
    /// Bytes of it.
    pub bytes: u64,
    /// How many of them are here.
    pub received: u64,
}

/// A course of the school.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LibraryPack)]
pub struct PackPart {
    /// The pack's id.
    pub id: String,
    /// Semver.
    pub version: String,
    /// In the reader's language, where there is one.
    pub title: String,
    /// In the reader's language, where there is one.
    pub summary: String,
    /// A picture, on the packs origin.
    #[schema(required)]
    pub cover: Option<String>,
    /// Of the lessons.
    pub language: String,
    /// Whom it is for.
    pub audience: Audience,
    /// How many lessons it has.
    pub lessons: usize,
    /// Bytes of its file.
    pub bytes: u64,
    /// It came with the program.
    pub built_in: bool,
    /// When it was added, in milliseconds since 1970; null where nobody wrote it down.
    #[schema(required)]
    pub since: Option<u64>,
    /// Who added it.
    #[schema(required)]
    pub by: Option<String>,
    /// What the lint said then.
    #[schema(required)]
    pub grade: Option<Grade>,
    /// Who signed it.
    pub signer: SignerPart,
    /// Students who worked in it in the last four weeks.
    pub recent: u32,
    /// Students who ever did.
    pub ever: u32,
    /// Titles of courses that need it.
    pub needed_by: Vec<String>,
}

/// How full the box is, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = LibraryDisk)]
pub struct DiskPart {
    /// What is free.
    pub free: u64,
    /// What there is.
    pub total: u64,
    /// What stays free for answers.
    pub kept: u64,
}
