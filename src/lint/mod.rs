//! Is a pack good enough for a class? One verdict for authors, teachers and tests.
//!
//! Codes are stable: `F-…` stops an installation, `E-…` is something that a teacher may accept, `W-…` makes a pack less
//! good, `I-…` tells a number. `docs/pack-format.md` lists them.

use serde::Serialize;
use utoipa::ToSchema;

use crate::error::Result;
use crate::items::{SEEDS, faults_in_tree};
use crate::packs::{Tree, Watch, check};

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

/// Looks a pack over, in a folder or an archive that holds together.
///
/// # Errors
/// When a file can't be read; what `watch` says.
pub fn lint(tree: &dyn Tree, _watch: &dyn Watch) -> Result<Verdict> {
    let checked = check(tree)?;
    let severity = |code: &str| if code.starts_with('F') { Severity::Fatal } else { Severity::Error };
    let mut findings: Vec<Finding> = checked
        .faults
        .into_iter()
        .map(|fault| Finding {
            code: fault.code,
            severity: severity(fault.code),
            place: fault.path,
            message: fault.message,
        })
        .collect();
    if findings.is_empty() && checked.contents.items + checked.contents.templates > 0 {
        findings = faults_in_tree(tree, SEEDS)?
            .iter()
            .map(|fault| Finding {
                code: "E-102",
                severity: Severity::Error,
                place: fault.item.clone(),
                message: fault.to_string(),
            })
            .collect();
    }
    let grade = match findings.iter().map(|finding| finding.severity).max() {
        None | Some(Severity::Info) => Grade::A,
        Some(Severity::Warning) => Grade::B,
        Some(Severity::Error) => Grade::C,
        Some(Severity::Fatal) => Grade::Refused,
    };
    Ok(Verdict { grade, findings })
}
