//! How a box is let in by a hub or by another box of its school: it shows a code and proves that its key is its own.

use ed25519_dalek::{Signature, Signer, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::ids::{SchoolId, from_hex, to_hex};
use crate::journal::Identity;

/// What a box sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// The code that the district gave out.
    pub code: String,
    /// The box's name, for the district's list.
    pub name: String,
    /// The box's public key, in hexadecimal digits.
    pub key: String,
    /// Over `SHE1`, code and name, each with its length as four bytes before it.
    pub signature: String,
}

/// What the hub answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// The school's id there.
    pub school: SchoolId,
    /// The school's name there.
    pub name: String,
    /// The public key of the hub, or of the box that lets another one in, in hexadecimal digits.
    pub hub: String,
    /// From a box: the school's secrets in an envelope for the new one, in hexadecimal digits. A hub has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub welcome: Option<String>,
}

impl Enrolment {
    /// Of this box.
    pub fn of(identity: &Identity, code: &str, name: &str) -> Self {
        let signature = identity.key.sign(&signed(code, name));
        Self {
            code: code.to_owned(),
            name: name.to_owned(),
            key: to_hex(identity.key.verifying_key().as_bytes()),
            signature: to_hex(&signature.to_bytes()),
        }
    }

    /// The key, if it signed this.
    pub fn proven_key(&self) -> Option<[u8; 32]> {
        let bytes: [u8; 32] = from_hex(&self.key)?;
        let signature: [u8; 64] = from_hex(&self.signature)?;
        let key = VerifyingKey::from_bytes(&bytes).ok()?;
        let is_own =
            key.verify_strict(&signed(&self.code, &self.name), &Signature::from_bytes(&signature)).is_ok();
        is_own.then_some(bytes)
    }
}

fn signed(code: &str, name: &str) -> Vec<u8> {
    let mut bytes = b"SHE1".to_vec();
    for part in [code, name] {
        bytes.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    bytes
}
