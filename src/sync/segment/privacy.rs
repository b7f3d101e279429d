//! What stays in the school: names, notes and everything else that a hub need not know is locked with a key that only the
//! school's boxes have. A hub keeps it and passes it on, and can read none of it.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// The key of a school; every box of it has the same.
#[derive(Clone)]
pub struct SchoolKey([u8; 32]);

const NONCE: usize = 24;

impl SchoolKey {
    /// From its 32 secret bytes.
    pub const fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    /// Its secret bytes, for another box of the school.
    pub const fn secret(&self) -> &[u8; 32] {
        &self.0
    }

    /// Locks bytes; `head` is the segment's own and can't be exchanged. The nonce follows from all of it, so that the same segment gives
    /// the same bytes, and two different ones never share a nonce.
    pub(super) fn lock(&self, head: &[u8], bytes: &[u8]) -> Result<Vec<u8>> {
        let nonce = self.nonce_for(head, bytes);
        let sealed = self.cipher().encrypt(&nonce, Payload { msg: bytes, aad: head });
        let sealed = sealed.map_err(|_| Error::internal("What stays in the school could not be locked."))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// The reverse of [`SchoolKey::lock`]; nothing with another key, or where the bytes were changed.
    pub(super) fn unlock(&self, head: &[u8], bytes: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = bytes.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        self.cipher().decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: head }).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }

    fn nonce_for(&self, head: &[u8], bytes: &[u8]) -> XNonce {
        let mut hash = Sha256::new();
        hash.update(b"schoolhouse private nonce 1");
        hash.update(self.0);
        hash.update((head.len() as u64).to_be_bytes());
        hash.update(head);
        hash.update(bytes);
        let digest: [u8; 32] = hash.finalize().into();
        let mut nonce = [0; NONCE];
        nonce.copy_from_slice(&digest[..NONCE]);
        XNonce::from(nonce)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_schools_key_opens_what_it_locked_and_only_under_its_head() {
        let key = SchoolKey::new([1; 32]);
        let locked = key.lock(b"head", b"Amina Phiri").unwrap();
        assert_eq!(key.unlock(b"head", &locked).as_deref(), Some(&b"Amina Phiri"[..]));
        assert_eq!(key.lock(b"head", b"Amina Phiri").unwrap(), locked, "the same again");
        assert_ne!(&key.lock(b"head", b"Brian Mwale").unwrap()[..NONCE], &locked[..NONCE]);
        assert_eq!(key.unlock(b"other", &locked), None);
        assert_eq!(SchoolKey::new([2; 32]).unlock(b"head", &locked), None);
        assert_eq!(key.unlock(b"head", &locked[1..]), None);
        assert!(!locked.windows(5).any(|part| part == b"Amina"));
    }
}
