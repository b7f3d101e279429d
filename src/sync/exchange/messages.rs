//! What stands in the frames, as CBOR; new fields go at the end.

use ed25519_dalek::{Signature, Signer, VerifyingKey};
use minicbor::{Decode, Encode};

use crate::ids::StreamId;
use crate::journal::Identity;
use crate::sync::chains::{Life, Mark};

/// The version of the exchange.
pub const PROTOCOL: u32 = 1;
const SIGNATURE: usize = 64;
/// So much of a hash tells chains apart.
pub const SHORT: usize = 8;

/// The first frame of a request.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Hello {
    /// [`PROTOCOL`].
    #[n(0)]
    pub protocol: u32,
    /// The box's public key.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub key: [u8; 32],
    /// Greater in each request, so that nobody can send an old one again.
    #[n(2)]
    pub counter: u64,
    /// How far the box is with each stream that it carries.
    #[n(3)]
    pub have: Vec<End>,
    /// Milliseconds since 1970, as the box guesses.
    #[n(4)]
    pub wall: u64,
    /// The version of the program.
    #[n(5)]
    pub version: String,
    /// Free space of the box, in megabytes.
    #[n(6)]
    pub free: u64,
    /// A stream whose segments the box wants to have named.
    #[n(7)]
    pub chain: Option<LifeName>,
    /// The number of the catalogue that the box has; 0 for none.
    #[n(8)]
    #[cbor(default)]
    pub catalogue: u64,
}

/// A stream in one life of its box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LifeName {
    /// Whose.
    #[n(0)]
    pub stream: StreamId,
    /// Which life.
    #[n(1)]
    pub epoch: u64,
}

/// How far a stream is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct End {
    /// Whose.
    #[n(0)]
    pub stream: StreamId,
    /// Which life.
    #[n(1)]
    pub epoch: u64,
    /// The number that comes next.
    #[n(2)]
    pub next: u64,
    /// The first bytes of the hash of the last segment.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub hash: [u8; SHORT],
}

impl End {
    /// What a chain's mark is on the wire.
    pub fn of(mark: &Mark) -> Self {
        let (stream, epoch) = mark.life;
        let mut hash = [0; SHORT];
        hash.copy_from_slice(&mark.hash[..SHORT]);
        Self { stream, epoch, next: mark.next, hash }
    }

    /// Whose it is.
    pub const fn life(&self) -> Life {
        (self.stream, self.epoch)
    }
}

/// How far the hub is with every stream of the school.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Acks {
    /// Each stream.
    #[n(0)]
    pub ends: Vec<End>,
}

/// A pack that a school gets.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, serde::Serialize, serde::Deserialize)]
pub struct Offer {
    /// Its id, as `org.hillschool.water`.
    #[n(0)]
    pub id: String,
    /// Its version.
    #[n(1)]
    pub version: String,
    /// What it is called, in its own language.
    #[n(2)]
    pub title: String,
    /// Of its file, which is fetched under this name.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub sha256: [u8; 32],
    /// Bytes of its file.
    #[n(4)]
    pub bytes: u64,
}

/// All packs that a school gets. The answer that it comes in is signed by the hub.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, serde::Serialize, serde::Deserialize)]
pub struct Catalogue {
    /// Greater after each change; a box takes none with a smaller one.
    #[n(0)]
    pub version: u64,
    /// Each pack, in its newest version.
    #[n(1)]
    pub packs: Vec<Offer>,
}

/// The hub's date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Time {
    /// Milliseconds since 1970 when it answered.
    #[n(0)]
    pub wall: u64,
}

/// One segment of a chain, as far as it is told without sending it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Link {
    /// The number that comes after its last.
    #[n(0)]
    pub next: u64,
    /// The first bytes of its hash.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub hash: [u8; SHORT],
}

/// The segments that the hub has of one stream, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Links {
    /// Each segment.
    #[n(0)]
    pub links: Vec<Link>,
}

/// The public keys of the school's boxes and of the hub's own stream for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Keys {
    /// Each key; one that was revoked is not among them.
    #[n(0)]
    pub keys: Vec<minicbor::bytes::ByteArray<32>>,
}

/// Signs a greeting: its bytes, then the signature over `SHH1` and them.
pub fn sign_hello(identity: &Identity, hello: &Hello) -> Vec<u8> {
    let mut bytes = minicbor::to_vec(hello).unwrap_or_default();
    let signature = identity.key.sign(&[b"SHH1", bytes.as_slice()].concat());
    bytes.extend_from_slice(&signature.to_bytes());
    bytes
}

/// Reads a greeting whose signature is that of the key in it. Whether the key is known is for others to ask.
pub fn read_hello(content: &[u8]) -> Option<Hello> {
    let (bytes, signature) = content.split_at_checked(content.len().checked_sub(SIGNATURE)?)?;
    let hello: Hello = minicbor::decode(bytes).ok()?;
    let is_own = is_signed(&hello.key, &[b"SHH1", bytes].concat(), signature);
    is_own.then_some(hello)
}

/// Signs an answer to a greeting, so that no other answer can be put in its place.
pub fn sign_answer(identity: &Identity, hello: &[u8], answer: &[u8]) -> [u8; SIGNATURE] {
    identity.key.sign(&answer_to(hello, answer)).to_bytes()
}

/// Whether an answer comes from the hub, and belongs to this greeting.
pub fn is_answer(hub: &[u8; 32], hello: &[u8], answer: &[u8], signature: &[u8]) -> bool {
    is_signed(hub, &answer_to(hello, answer), signature)
}

fn answer_to(hello: &[u8], answer: &[u8]) -> Vec<u8> {
    let greeting = hello.get(hello.len().saturating_sub(SIGNATURE)..).unwrap_or_default();
    [b"SHR1", greeting, answer].concat()
}

fn is_signed(key: &[u8; 32], content: &[u8], signature: &[u8]) -> bool {
    let key = VerifyingKey::from_bytes(key);
    let signature = signature.try_into().map(|bytes: [u8; SIGNATURE]| Signature::from_bytes(&bytes));
    matches!((key, signature), (Ok(key), Ok(signature)) if key.verify_strict(content, &signature).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hello(identity: &Identity) -> Hello {
        Hello {
            protocol: PROTOCOL,
            key: identity.key.verifying_key().to_bytes(),
            counter: 5,
            have: vec![End { stream: identity.stream, epoch: 1, next: 9, hash: [3; SHORT] }],
            wall: 1_790_000_000_000,
            version: "0.1.0".to_owned(),
            free: 9_000,
            chain: None,
            catalogue: 0,
        }
    }

    #[test]
    fn a_greeting_is_its_boxs_own_and_an_answer_belongs_to_one_greeting() {
        let (here, hub) = (Identity::from_seed(&[1; 32]), Identity::from_seed(&[2; 32]));
        let hub_key = hub.key.verifying_key().to_bytes();
        let greeting = sign_hello(&here, &hello(&here));
        assert_eq!(read_hello(&greeting), Some(hello(&here)));
        assert_eq!(read_hello(&sign_hello(&hub, &hello(&here))), None, "signed by another box");
        for at in 0..greeting.len() {
            let mut changed = greeting.clone();
            changed[at] ^= 1;
            assert_eq!(read_hello(&changed), None, "byte {at}");
        }
        let signature = sign_answer(&hub, &greeting, b"answer");
        assert!(is_answer(&hub_key, &greeting, b"answer", &signature));
        assert!(!is_answer(&hub_key, &greeting, b"another", &signature));
        assert!(!is_answer(&here.key.verifying_key().to_bytes(), &greeting, b"answer", &signature));
        let later = sign_hello(&here, &Hello { counter: 6, ..hello(&here) });
        assert!(!is_answer(&hub_key, &later, b"answer", &signature), "an old answer");
    }
}
