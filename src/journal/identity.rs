//! Who this box is: an Ed25519 key, from which the name of its stream derives, so that nobody else can claim it.

use ed25519_dalek::SigningKey;
use sha2::{Digest, Sha256};

use crate::error::Result;
use crate::files::DataDir;
use crate::ids::StreamId;

/// The box's key and the name that follows from it.
pub struct Identity {
    /// Signs what leaves the box.
    pub key: SigningKey,
    /// The first half of the SHA-256 of the public key.
    pub stream: StreamId,
}

impl Identity {
    /// Reads the key from the data directory, making one on first start.
    ///
    /// # Errors
    /// When the key file can't be read or made.
    pub fn load(data: &DataDir) -> Result<Self> {
        Ok(Self::from_seed(&data.secret("box.key")?))
    }

    /// The identity that a secret seed gives.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        let key = SigningKey::from_bytes(seed);
        let stream = Self::stream_of(key.verifying_key().as_bytes());
        Self { key, stream }
    }

    /// The name of the stream that belongs to a public key: the first half of its SHA-256.
    pub fn stream_of(key: &[u8; 32]) -> StreamId {
        let hash = Sha256::digest(key);
        let mut stream = [0; 16];
        stream.copy_from_slice(&hash[..16]);
        StreamId(stream)
    }
}
