//! What stands against adding something: what somebody must say yes to, and what nobody can.

use super::Library;
use super::rules::Consent;
use super::work::refused;
use crate::error::{Error, Result};
use crate::lint::{Grade, Severity, Verdict};
use crate::packs::{Manifest, Signer, Terms};

/// How something stands, as far as it is known; what is not known yet is not asked yet.
#[derive(Default)]
pub(super) struct Standing {
    /// What must be said yes to, whatever was said already.
    pub(super) asked: Vec<Consent>,
    /// Why it can't be added, whatever anybody says.
    pub(super) refusal: Option<Error>,
}

impl Library {
    /// Weighs a pack.
    ///
    /// # Errors
    /// When the journal can't be read.
    pub(super) fn weigh(
        &self,
        manifest: Option<&Manifest>,
        signer: Option<&Signer>,
        verdict: Option<&Verdict>,
    ) -> Result<Standing> {
        let mut standing = Standing::default();
        match signer {
            None | Some(Signer::Known { .. }) => {}
            Some(Signer::Wrong { key }) => standing.refusal = Some(wrong_signature(key)),
            Some(Signer::Nobody | Signer::Unknown { .. }) => standing.asked.push(Consent::Unsigned),
        }
        if let Some(verdict) = verdict {
            if verdict.grade == Grade::Refused {
                standing.refusal.get_or_insert_with(|| refused(verdict));
            } else if verdict.findings.iter().any(|finding| finding.severity == Severity::Error) {
                standing.asked.push(Consent::Errors);
            }
        }
        if let Some(manifest) = manifest {
            let unknown = Terms { publisher_changed: signer.is_none(), ..Terms::default() };
            let signer = signer.unwrap_or(&Signer::Nobody);
            for objection in self.installer.objections(manifest, signer, &unknown)? {
                match objection.code {
                    "pack.older" => standing.asked.push(Consent::Older),
                    "pack.publisher-changed" => standing.asked.push(Consent::Publisher),
                    "pack.needs-packs" => standing.asked.push(Consent::Incomplete),
                    _ => standing.refusal = standing.refusal.or(Some(objection)),
                }
            }
        }
        Ok(standing)
    }
}

fn wrong_signature(key: &str) -> Error {
    let sentence = format!(
        "Something in this pack was changed after it was signed with the key {key}. Ask its publisher for a new one."
    );
    Error::invalid("pack.signature-wrong", sentence).with("key", key)
}
