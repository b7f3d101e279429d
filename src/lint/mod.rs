//! Is a pack good enough for a class? One verdict for authors, teachers and tests.
//!
//! Codes are stable: `F-…` stops an installation, `E-…` is something that a teacher may accept, `W-…` makes a pack less
//! good, `I-…` tells a number. [`CODES`] lists them, and so does `docs/pack-format.md`. Each file has one subject; what
//! is found is a function of the pack alone, so the same pack gets the same verdict everywhere.

mod address;
mod alphabet;
mod bias;
mod codes;
mod colour;
mod files;
mod findings;
mod html;
mod language;
mod lessons;
mod links;
mod manifest;
mod markup;
mod media;
mod numbers;
mod pack;
mod page;
mod pictures;
mod privacy;
mod probe;
mod questions;
mod reading;
mod script;
mod style;
#[cfg(test)]
mod tests;
mod web;

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;
use utoipa::ToSchema;

use crate::error::{Error, Result};
use crate::items::SEEDS;
use crate::packs::{Checked, Contents, Manifest, Signer, Tree, Trusted, Watch, check, find_signer, open};
use findings::Findings;
use pack::{Pack, Seen};

pub use codes::{CODES, Code, REFUSALS, of_refusal};

/// How good a pack is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub enum Grade {
    /// Nothing to mend.
    A,
    /// Warnings.
    B,
    /// Errors that a teacher may accept.
    C,
    /// Can't be installed.
    #[serde(rename = "refused")]
    Refused,
}

impl Grade {
    /// As it is written down; nothing for what is never installed.
    pub fn letter(self) -> Option<char> {
        match self {
            Self::A => Some('A'),
            Self::B => Some('B'),
            Self::C => Some('C'),
            Self::Refused => None,
        }
    }
}

/// How much something matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A number worth knowing.
    Info,
    /// Makes the pack less good.
    Warning,
    /// A teacher may accept it.
    Error,
    /// Stops the installation.
    Fatal,
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Finding {
    /// Stable, such as `W-203`.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The file, and the item or lesson in it where there is one.
    pub place: String,
    /// What is wrong and what to do, in one sentence.
    pub message: String,
}

/// What there is to say about a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Verdict {
    /// The worst of all findings decides.
    pub grade: Grade,
    /// The gravest first.
    pub findings: Vec<Finding>,
}

impl Verdict {
    /// Codes of the errors that it found, each once: what somebody says yes to who accepts the pack.
    pub fn error_codes(&self) -> Vec<String> {
        let errors = self.findings.iter().filter(|finding| finding.severity == Severity::Error);
        let codes: BTreeSet<&str> = errors.map(|finding| finding.code).collect();
        codes.into_iter().map(str::to_owned).collect()
    }
}

/// A pack that somebody brought, and what there is to say about it.
#[derive(Debug)]
pub struct LookedOver {
    /// What is wrong with it.
    pub verdict: Verdict,
    /// Its `pack.json` and how much there is of everything; nothing where it can't be read so far.
    pub pack: Option<(Manifest, Contents)>,
}

/// Looks over what lies at `path`, a folder or a file: whatever is wrong with the pack becomes part of the verdict.
///
/// # Errors
/// When there is nothing at `path`, when the disk or stick can't be read; what `watch` says.
pub fn look_over(path: &Path, watch: &dyn Watch) -> Result<LookedOver> {
    let looked = open(path).and_then(|tree| {
        let checked = check(&*tree)?;
        let described = (checked.manifest.clone(), checked.contents);
        Ok((lint_checked(&*tree, checked, watch, SEEDS)?, described))
    });
    match looked {
        Ok((verdict, described)) => Ok(LookedOver { verdict, pack: Some(described) }),
        Err(error) => {
            let name = path
                .file_name()
                .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into());
            Ok(LookedOver { verdict: refused(&name, error)?, pack: None })
        }
    }
}

/// The verdict on a pack that was refused before it could be looked at.
///
/// # Errors
/// The error itself, where it says nothing about the pack.
pub fn refused(place: &str, error: Error) -> Result<Verdict> {
    let Some(code) = of_refusal(error.code) else { return Err(error) };
    let mut findings = Findings::default();
    let of = error.params.iter().find(|(name, _)| *name == "file").map(|(_, file)| file.clone());
    findings.say(code, of.as_deref().unwrap_or(place), format!("{} [{}]", error.message, error.code));
    Ok(findings.judge())
}

/// Looks a pack over, in a folder or an archive that holds together. What is wrong with it becomes part of the verdict.
///
/// # Errors
/// When a file can't be read; what `watch` says.
pub fn lint(tree: &dyn Tree, watch: &dyn Watch) -> Result<Verdict> {
    lint_with(tree, watch, SEEDS)
}

/// As [`lint`], with each template drawn from `seeds` seeds.
fn lint_with(tree: &dyn Tree, watch: &dyn Watch, seeds: u64) -> Result<Verdict> {
    match check(tree) {
        Ok(checked) => lint_checked(tree, checked, watch, seeds),
        Err(error) => refused("pack", error),
    }
}

fn lint_checked(tree: &dyn Tree, checked: Checked, watch: &dyn Watch, seeds: u64) -> Result<Verdict> {
    let mut findings = Findings::default();
    for fault in &checked.faults {
        findings.say(fault.code, &fault.path, fault.message.clone());
    }
    // Whether a key is trusted is the school's own decision; here it counts whether the signature fits the pack.
    if let Signer::Wrong { key } = find_signer(tree, &Trusted::default())? {
        let message = "does not fit the pack: something was changed after it was signed; sign it again.";
        findings.say("F-006", &format!("sig/{key}.minisig"), message);
    }
    let pack = Pack::new(tree, checked);
    let mut seen = Seen::default();
    manifest::look(&pack, &mut findings);
    language::look_at_manifest(&pack, &mut findings);
    privacy::look_at_manifest(&pack, &mut findings);
    links::note_documents(&pack, &mut seen);
    media::look_at_activities(&pack, &mut seen, &mut findings);
    let shown = seen.named.clone();
    files::look(&pack, seeds, (&mut seen, &mut findings), watch)?;
    lessons::look(&pack, &seen.asked, &mut findings);
    bias::look(&seen.asked, &mut findings);
    reading::conclude(&pack, &seen, &mut findings);
    pictures::conclude(&seen, &mut findings);
    media::conclude(&seen, &mut findings);
    links::conclude(&pack, &shown, &seen, &mut findings)?;
    numbers::tell(&pack, &seen, &mut findings);
    Ok(findings.judge())
}
