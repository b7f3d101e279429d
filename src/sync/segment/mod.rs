//! Segments: sealed runs of one stream's entries, signed and chained. Sync moves segments and nothing else.
//!
//! A segment is a file that anybody can check: it carries the public key from which the name of its stream follows, and the hash of
//! the segment before it. What is in it byte by byte stands in `docs/sync-protocol.md`.

mod bodies;
mod cbor;
mod column;
mod entries;
mod numbers;
mod packing;
mod privacy;

use std::ops::Range;

use ed25519_dalek::{Signature, Signer, VerifyingKey};
use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::ids::StreamId;
use crate::journal::{Entry, Identity, Position};
pub use privacy::SchoolKey;

/// The first bytes of a segment.
const MAGIC: &[u8; 4] = b"SHS1";
/// A cut on a slow line costs at most one segment, and one of this size takes three seconds at 40 kbit/s.
pub const FULL: usize = 16 * 1024;
/// Most entries in one.
pub const MOST_ENTRIES: usize = 4_096;
/// A single entry may be larger than a usual segment.
const LARGEST: usize = 4 << 20;
const SIGNATURE: usize = 64;

/// The SHA-256 of a whole segment, as `sha256sum` tells it.
pub type Hash = [u8; 32];

/// What a segment says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Head {
    /// The public key of the box that sealed it.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub key: [u8; 32],
    /// Which life of that box.
    #[n(1)]
    pub epoch: u64,
    /// The number of its first entry.
    #[n(2)]
    pub first: u64,
    /// How many entries are in it.
    #[n(3)]
    pub count: u32,
    /// The hash of the segment before it in the same epoch; zeros before the first.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub before: Hash,
}

impl Head {
    /// The stream that follows from the key.
    pub fn stream(&self) -> StreamId {
        Identity::stream_of(&self.key)
    }

    /// The number that the next segment begins with.
    pub fn next(&self) -> u64 {
        self.first.saturating_add(u64::from(self.count))
    }
}

/// A segment whose signature was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    head: Head,
    parts: Parts,
    bytes: Vec<u8>,
}

/// Where its parts lie in its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Parts {
    head: Range<usize>,
    open: Range<usize>,
    private: Range<usize>,
}

impl Segment {
    /// Seals as many of the entries as fit, at least one. They belong to this box's stream and follow each other.
    ///
    /// # Errors
    /// When the entries are none, or not of one stream; when packing fails.
    pub fn seal(identity: &Identity, school: &SchoolKey, before: Hash, entries: &[Entry]) -> Result<Self> {
        let mut count = entries.len().min(MOST_ENTRIES);
        loop {
            let some = entries.get(..count).unwrap_or_default();
            let segment = Self::seal_all(identity, school, before, some)?;
            if segment.bytes.len() <= FULL || count <= 1 {
                return Ok(segment);
            }
            // By the share that fits, with a little room; a few rounds at most.
            count = (count * FULL * 9 / 10 / segment.bytes.len()).clamp(1, count - 1);
        }
    }

    fn seal_all(identity: &Identity, school: &SchoolKey, before: Hash, entries: &[Entry]) -> Result<Self> {
        let wrong = || Error::internal("Entries to seal are not of one stream.");
        let first = entries.first().ok_or_else(wrong)?.position;
        let follows = |(number, entry): (usize, &Entry)| {
            entry.position == Position { seq: first.seq + number as u64, ..first }
        };
        if first.stream != identity.stream || !entries.iter().enumerate().all(follows) {
            return Err(wrong());
        }
        let head = Head {
            key: identity.key.verifying_key().to_bytes(),
            epoch: first.epoch,
            first: first.seq,
            count: u32::try_from(entries.len()).map_err(|_| wrong())?,
            before,
        };
        let written = minicbor::to_vec(&head).unwrap_or_default();
        let columns = entries::write(entries);
        let private = match columns.private.as_slice() {
            [] => Vec::new(),
            private => school.lock(&written, &packing::pack(private)?)?,
        };
        let mut bytes = MAGIC.to_vec();
        let parts = Parts {
            head: write_part(&mut bytes, &written),
            open: write_part(&mut bytes, &packing::pack(&columns.open)?),
            private: write_part(&mut bytes, &private),
        };
        let signature = identity.key.sign(&bytes);
        bytes.extend_from_slice(&signature.to_bytes());
        Ok(Self { head, parts, bytes })
    }

    /// Reads a segment and checks its signature. Whether its key is one that may send is for others to ask.
    ///
    /// # Errors
    /// `sync.segment-damaged` when it is none, was cut or was changed.
    pub fn read(bytes: Vec<u8>) -> Result<Self> {
        let (head, parts) = Self::parts(&bytes).ok_or_else(damaged)?;
        Ok(Self { head, parts, bytes })
    }

    fn parts(bytes: &[u8]) -> Option<(Head, Parts)> {
        let signed = bytes.len().checked_sub(SIGNATURE).filter(|_| bytes.len() <= LARGEST)?;
        let (content, signature) = bytes.split_at(signed);
        content.starts_with(MAGIC).then_some(())?;
        let (head, at) = read_part(content, MAGIC.len())?;
        let (open, at) = read_part(content, at)?;
        let (private, end) = read_part(content, at)?;
        let parts = Parts { head, open, private };
        let head: Head = minicbor::decode(content.get(parts.head.clone())?).ok()?;
        let key = VerifyingKey::from_bytes(&head.key).ok()?;
        let signature = Signature::from_bytes(signature.try_into().ok()?);
        let is_whole = end == signed && head.first > 0 && (1..=MOST_ENTRIES).contains(&(head.count as usize));
        (is_whole && key.verify_strict(content, &signature).is_ok()).then_some((head, parts))
    }

    /// What it says of itself.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// All of it, as it is stored and sent.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Names it in the chain.
    pub fn hash(&self) -> Hash {
        Sha256::digest(&self.bytes).into()
    }

    /// The entries in it, for a box of its school.
    ///
    /// # Errors
    /// `sync.segment-damaged` when its box sealed what is no list of entries; `sync.key-foreign` when it is of another school.
    pub fn entries(&self, school: &SchoolKey) -> Result<Vec<Entry>> {
        let part = |range: &Range<usize>| self.bytes.get(range.clone()).unwrap_or_default();
        let private = match part(&self.parts.private) {
            [] => Vec::new(),
            locked => {
                let packed = school.unlock(part(&self.parts.head), locked).ok_or_else(foreign)?;
                packing::unpack(&packed).ok_or_else(damaged)?
            }
        };
        self.read_entries(Some(&private))
    }

    /// The entries in it as a hub sees them: what stays in the school has no body.
    ///
    /// # Errors
    /// `sync.segment-damaged` when its box sealed what is no list of entries.
    pub fn open_entries(&self) -> Result<Vec<Entry>> {
        self.read_entries(None)
    }

    fn read_entries(&self, private: Option<&[u8]>) -> Result<Vec<Entry>> {
        let packed = self.bytes.get(self.parts.open.clone()).ok_or_else(damaged)?;
        let open = packing::unpack(packed).ok_or_else(damaged)?;
        let Head { epoch, first, count, .. } = self.head;
        let first = Position { stream: self.head.stream(), epoch, seq: first };
        entries::read(&open, private, first, count as usize).map_err(|_| damaged())
    }
}

fn foreign() -> Error {
    Error::invalid(
        "sync.key-foreign",
        "This comes from a box that has another school's key. Add the box to the school anew.",
    )
}

fn damaged() -> Error {
    Error::invalid("sync.segment-damaged", "Some of what was sent is damaged. It will be sent again.")
}

fn write_part(to: &mut Vec<u8>, part: &[u8]) -> Range<usize> {
    to.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
    let start = to.len();
    to.extend_from_slice(part);
    start..to.len()
}

/// The part that begins at `at`, and where the next one begins.
fn read_part(from: &[u8], at: usize) -> Option<(Range<usize>, usize)> {
    let length = from.get(at..)?.first_chunk::<4>()?;
    let start = at.checked_add(4)?;
    let end = start.checked_add(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    (end <= from.len()).then_some((start..end, end))
}

#[cfg(test)]
mod tests;
