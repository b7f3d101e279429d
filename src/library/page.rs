//! Draws the library's page from what is known at this moment.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::Library;
use super::asks::Standing;
use super::facts::{Trouble, is_pack};
use super::jobs::{Job, JobState, Name, Task};
use super::rules::{Accepted, Relation, natural, unanswered};
use super::screens::{
    JobKind, JobPart, LibraryPage, NeedPart, OfferPart, PackPart, ProblemPart, SignedBy, SignerPart,
    StickPart, UnknownPart, UploadPart, VerdictPart,
};
use super::state::{Checked, Offer, Spot, State};
use crate::error::{Error, Result};
use crate::evidence::CourseUse;
use crate::lint::{Grade, Verdict};
use crate::packs::{Dependency, Installed, Manifest, Signer, nearest, will_do};

/// Findings on the page itself; all of them are told when somebody asks.
const FINDINGS_TOLD: usize = 20;
/// Steps of a job's progress that are worth a new page.
const STEPS: u64 = 500;
/// Free bytes are worth a new page when they change by so much.
const DISK_STEP: u64 = 32 << 20;

impl Library {
    /// Names the page as it would be now: the same name, the same page. Costs next to nothing.
    ///
    /// # Errors
    /// When the disk can't be asked.
    pub fn tag(&self, language: &str) -> Result<String> {
        let mut hash = DefaultHasher::new();
        (language, self.disk()?.free / DISK_STEP, self.journal.clock().now().boot).hash(&mut hash);
        for course in self.packs.courses() {
            course.hash.hash(&mut hash);
        }
        for upload in self.uploads.under_way() {
            (upload.id, upload.received).hash(&mut hash);
        }
        let state = self.state();
        // After a restart the numbers begin anew.
        (state.revision, std::ptr::from_ref(self).addr(), std::process::id()).hash(&mut hash);
        for job in state.jobs.iter().filter(|job| job.state.is_under_way()) {
            let (step, done, of) = job.progress.get();
            (step.is_under_way(), step == JobState::Checking, done.saturating_mul(STEPS) / of.max(1))
                .hash(&mut hash);
        }
        Ok(format!("\"{:016x}\"", hash.finish()))
    }

    /// The page.
    ///
    /// # Errors
    /// When the disk or the database refuses.
    pub async fn page(self: &Arc<Self>, language: &str) -> Result<LibraryPage> {
        let used = self.used().await?;
        let (library, language) = (self.clone(), language.to_owned());
        let drawing = tokio::task::spawn_blocking(move || library.draw(&used, &language));
        drawing.await.map_err(|e| Error::internal("The library's page broke off.").caused_by(e))?
    }

    fn draw(&self, used: &BTreeMap<String, CourseUse>, language: &str) -> Result<LibraryPage> {
        let disk = self.disk()?;
        let installed = self.packs.installed();
        let uploads = self.uploads.under_way().into_iter().map(|upload| UploadPart {
            id: upload.id,
            name: upload.name,
            bytes: upload.bytes,
            received: upload.received,
        });
        let state = self.state();
        let offers: Vec<OfferPart> = state
            .shown()
            .into_iter()
            .map(|(_, offer, spot)| self.offer_part(&state, offer, spot, &installed, language))
            .collect();
        Ok(LibraryPage {
            sticks: sticks(&state),
            jobs: state.jobs.iter().map(|job| job_part(&state, job, language)).collect(),
            uploads: uploads.collect(),
            packs: self.pack_parts(&installed, used, language)?,
            offers,
            disk,
        })
    }

    fn pack_parts(
        &self,
        installed: &[Installed],
        used: &BTreeMap<String, CourseUse>,
        language: &str,
    ) -> Result<Vec<PackPart>> {
        let acquired = self.installer.acquired()?;
        let directory = self.people.directory();
        let title_of = |id: &String| {
            let found = installed.iter().find(|pack| pack.course.id == *id);
            found.map_or_else(|| id.clone(), |pack| pack.course.title(language).to_owned())
        };
        let part = |Installed { course, manifest, needed_by, bytes, built_in }: &Installed| {
            let used = used.get(&course.id).copied().unwrap_or_default();
            let acquired = acquired.get(&course.id);
            let by = acquired.and_then(|acquired| directory.staff_member(acquired.by?));
            PackPart {
                id: course.id.clone(),
                version: course.version.clone(),
                title: course.title(language).to_owned(),
                summary: course.summary(language).to_owned(),
                cover: course.cover.as_ref().map(|cover| course.address(cover)),
                language: course.language.clone(),
                audience: manifest.audience,
                lessons: course.lessons().count(),
                bytes: *bytes,
                built_in: *built_in,
                since: acquired.filter(|_| !built_in).map(|acquired| acquired.at),
                by: by.map(|member| member.name.clone()),
                grade: acquired.and_then(|acquired| acquired.grade).and_then(grade_of),
                signer: SignerPart::from(acquired.map_or(&Signer::Nobody, |acquired| &acquired.signer)),
                recent: used.recent,
                ever: used.ever,
                needed_by: needed_by.iter().map(title_of).collect(),
            }
        };
        let mut parts: Vec<PackPart> = installed.iter().map(part).collect();
        parts.sort_by(|a, b| natural(&a.title, &b.title));
        Ok(parts)
    }

    fn offer_part(
        &self,
        state: &State,
        offer: &Offer,
        spot: &Spot,
        installed: &[Installed],
        language: &str,
    ) -> OfferPart {
        let facts = &offer.facts;
        let checked: Arc<Checked> = state.checked.get(&facts.identity).cloned().unwrap_or_default();
        let manifest = facts.manifest.as_ref().or(checked.manifest.as_ref()).map(|manifest| &**manifest);
        let words = |manifest: &Manifest| nearest(&manifest.title, language, &manifest.language).to_owned();
        let has_picture = facts.picture.is_some() || checked.picture.is_some();
        let known = manifest.and_then(|manifest| {
            let is_it = |pack: &&Installed| pack.course.id == manifest.id;
            installed.iter().find(is_it).map(|pack| pack.course.version.clone())
        });
        let signer = facts.signer.as_ref().or(checked.signer.as_ref());
        let Standing { asked, refusal } = self
            .weigh(manifest, signer, checked.verdict.as_deref())
            .unwrap_or_else(|error| Standing { refusal: Some(error), ..Standing::default() });
        let trouble = facts.trouble.clone().or_else(|| checked.trouble.clone());
        let problem = trouble.or(refusal.map(Trouble::from)).as_ref().map(ProblemPart::from);
        OfferPart {
            id: facts.identity.to_string(),
            stick: spot.stick.clone(),
            path: spot.shown.clone(),
            kind: facts.what.found,
            title: manifest
                .map(words)
                .filter(|title| !title.is_empty())
                .unwrap_or_else(|| facts.what.title.clone()),
            summary: manifest
                .map(|manifest| nearest(&manifest.summary, language, &manifest.language).to_owned())
                .filter(|summary| !summary.is_empty()),
            picture: has_picture.then(|| format!("/api/v1/library/offers/{}/picture", facts.identity)),
            language: manifest
                .map(|manifest| manifest.language.clone())
                .or_else(|| facts.what.language.clone()),
            direction: manifest.map(|manifest| manifest.direction),
            audience: manifest.map(|manifest| manifest.audience),
            grades: manifest.map_or_else(Vec::new, |manifest| manifest.grades.clone()),
            bytes: facts.bytes,
            lacking: facts.lacking,
            lessons: manifest.and_then(|manifest| manifest.contents).map(|contents| contents.lessons),
            licence: manifest.map(|manifest| manifest.licence.clone()).filter(|licence| !licence.is_empty()),
            publisher: manifest.map(|manifest| manifest.publisher.clone()).filter(|name| !name.is_empty()),
            signer: signer.map(SignerPart::from),
            course: manifest.map(|manifest| manifest.id.clone()),
            version: manifest.filter(|_| is_pack(&facts.what)).map(|manifest| manifest.version.clone()),
            relation: manifest.map_or(Relation::New, |manifest| self.relation_of(manifest)),
            installed: known,
            verdict: checked.verdict.as_ref().map(|verdict| verdict_part(verdict, FINDINGS_TOLD)),
            needs: manifest.map_or_else(Vec::new, |manifest| needs(state, manifest, installed)),
            losses: checked.losses.clone(),
            asks: unanswered(&asked, Accepted::default()),
            problem,
        }
    }
}

fn sticks(state: &State) -> Vec<StickPart> {
    let part = |looked: &super::state::Looked| StickPart {
        id: looked.stick.id.clone(),
        kind: looked.stick.kind,
        name: looked.stick.name.clone(),
        writable: looked.stick.writable,
        looking: !looked.was_seen,
        full: looked.is_full,
        unknown: looked
            .unknown
            .iter()
            .map(|file| UnknownPart { path: file.shown.clone(), why: file.why.clone() })
            .collect(),
    };
    state.sticks.iter().map(part).collect()
}

fn job_part(state: &State, job: &Job, language: &str) -> JobPart {
    let (step, done, of) = job.progress.get();
    let (kind, offer, course, stick) = match &job.task {
        Task::Install(identity) => (JobKind::Install, Some(identity.to_string()), None, None),
        Task::Shelve { course, .. } | Task::Fetch { course, .. } => {
            (JobKind::Install, None, Some(course.clone()), None)
        }
        Task::Export { course, stick } => (JobKind::Export, None, Some(course.clone()), Some(stick)),
        Task::Remove { course } => (JobKind::Remove, None, Some(course.clone()), None),
    };
    let (title, of_name) = match &job.name {
        Name::Plain(title) => (title.clone(), None),
        Name::Of(manifest) => {
            (nearest(&manifest.title, language, &manifest.language).to_owned(), Some(manifest.id.clone()))
        }
    };
    let outcome = job.outcome.as_ref();
    JobPart {
        id: job.id.clone(),
        kind,
        state: if job.state.is_under_way() { step } else { job.state },
        offer,
        course: outcome.map(|outcome| outcome.course.clone()).or(course).or(of_name),
        title,
        stick: stick.map(|id| state.stick(id).map_or_else(String::new, |looked| looked.stick.name.clone())),
        done,
        of,
        asks: if job.state == JobState::Asking { job.wanted.clone() } else { Vec::new() },
        verdict: job.verdict.as_ref().map(|verdict| verdict_part(verdict, FINDINGS_TOLD)),
        result: outcome.map(|outcome| outcome.file.clone().unwrap_or_else(|| outcome.version.clone())),
        problem: job.trouble.as_ref().map(ProblemPart::from),
    }
}

/// A verdict with so many of its findings.
pub(super) fn verdict_part(verdict: &Verdict, told: usize) -> VerdictPart {
    VerdictPart {
        grade: verdict.grade,
        findings: verdict.findings.iter().take(told).cloned().collect(),
        count: verdict.findings.len(),
    }
}

impl From<&Signer> for SignerPart {
    fn from(signer: &Signer) -> Self {
        let (state, name) = match signer {
            Signer::Known { publisher, .. } => (SignedBy::Known, Some(publisher.clone())),
            Signer::Unknown { .. } => (SignedBy::Unknown, None),
            Signer::Nobody => (SignedBy::Nobody, None),
            Signer::Wrong { .. } => (SignedBy::Wrong, None),
        };
        Self { state, name }
    }
}

impl From<&Trouble> for ProblemPart {
    fn from(trouble: &Trouble) -> Self {
        Self {
            code: trouble.code.to_owned(),
            detail: trouble.message.clone(),
            params: trouble.params.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        }
    }
}

/// The grade as it was written down.
fn grade_of(letter: char) -> Option<Grade> {
    match letter {
        'A' => Some(Grade::A),
        'B' => Some(Grade::B),
        'C' => Some(Grade::C),
        _ => None,
    }
}

/// The packs that `manifest` needs and that are not there in a version that will do.
fn needs(state: &State, manifest: &Manifest, installed: &[Installed]) -> Vec<NeedPart> {
    let is_missing = |needed: &&Dependency| !installed.iter().any(|pack| will_do(needed, &pack.manifest));
    let offer_of = |needed: &Dependency| {
        let does =
            |offer: &&Offer| offer.facts.manifest.as_ref().is_some_and(|offered| will_do(needed, offered));
        state.offers.values().find(does).map(|offer| offer.facts.identity.to_string())
    };
    let part = |needed: &Dependency| NeedPart {
        course: needed.id.clone(),
        from: needed.from.clone(),
        offer: offer_of(needed),
    };
    manifest.depends_on.iter().filter(is_missing).map(part).collect()
}
