//! Envelopes: what lies on a stick is for one receiver alone, because a stick gets lost.
//!
//! HPKE (RFC 9180) with X25519, HKDF-SHA256 and ChaCha20-Poly1305. The receiver's X25519 key is its Ed25519 key as Curve25519 knows it, so
//! that one key names, signs and receives; who sent is in the signed greeting inside.

use ed25519_dalek::VerifyingKey;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable, single_shot_open, single_shot_seal};

use crate::error::{Error, Result};
use crate::journal::Identity;

const MAGIC: &[u8; 4] = b"SHE1";
/// What an envelope is for; one for another purpose does not open.
pub(super) const STICK: &[u8] = b"schoolhouse stick 1";
/// The school's secrets, for a new box of it.
pub(super) const WELCOME: &[u8] = b"schoolhouse welcome 1";
const SENT_KEY: usize = 32;

/// Puts bytes into an envelope for whoever has that Ed25519 key.
///
/// # Errors
/// When the key is none.
pub(super) fn close(purpose: &[u8], receiver: &[u8; 32], bytes: &[u8]) -> Result<Vec<u8>> {
    let failed = || Error::internal("What is for another box alone could not be locked. Add the box again.");
    let key = VerifyingKey::from_bytes(receiver).map_err(|_| failed())?.to_montgomery().to_bytes();
    let key = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&key).map_err(|_| failed())?;
    let (sent, locked) = single_shot_seal::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &key,
        purpose,
        bytes,
        MAGIC,
    )
    .map_err(|_| failed())?;
    Ok([MAGIC.as_slice(), &sent.to_bytes(), &locked].concat())
}

/// Opens an envelope for this receiver; nothing where it is for another one, or was cut or changed.
pub(super) fn open(purpose: &[u8], receiver: &Identity, envelope: &[u8]) -> Option<Vec<u8>> {
    let rest = envelope.strip_prefix(MAGIC)?;
    let (sent, locked) = rest.split_at_checked(SENT_KEY)?;
    let key = <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(&receiver.key.to_scalar_bytes()).ok()?;
    let sent = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(sent).ok()?;
    single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &key,
        &sent,
        purpose,
        locked,
        MAGIC,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_receiver_opens_an_envelope_that_is_whole() {
        let (hub, other) = (Identity::from_seed(&[1; 32]), Identity::from_seed(&[2; 32]));
        let envelope = close(STICK, hub.key.verifying_key().as_bytes(), b"answers of class 4").unwrap();
        assert_eq!(open(STICK, &hub, &envelope).as_deref(), Some(&b"answers of class 4"[..]));
        assert_eq!(open(STICK, &other, &envelope), None);
        assert_eq!(open(WELCOME, &hub, &envelope), None);
        for at in [0, 10, envelope.len() - 1] {
            let mut changed = envelope.clone();
            changed[at] ^= 1;
            assert_eq!(open(STICK, &hub, &changed), None, "byte {at}");
            assert_eq!(open(STICK, &hub, &envelope[..at]), None, "cut at {at}");
        }
        assert!(!envelope.windows(7).any(|part| part == b"answers"));
    }
}
