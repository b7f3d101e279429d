//! The boxes of one school: how a new one is let in, with a word from both sides, and how they find each other's answers.

mod answer;
pub(super) mod routes;
mod store;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use minicbor::{Decode, Encode};
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

pub use store::{BoxesView, introduced};

use super::exchange::enrolment::{Enrolled, Enrolment};
use super::exchange::messages::Hello;
use super::line::check_address;
use super::segment::SchoolKey;
use super::{Link, Sync, SyncReport, envelope};
use crate::db::Urgency;
use crate::device::{Device, Neighbour};
use crate::error::{Error, Kind, Result};
use crate::files::write_atomically;
use crate::ids::{SchoolId, StreamId, from_hex, random_bytes, to_hex};
use crate::journal::Identity;
use store::BoxEntry;

/// A code holds while somebody walks to the other box and types it.
const CODE_HOLDS: u64 = 15 * 60 * 1_000;
/// Then somebody is guessing.
const MOST_TRIES: u32 = 5;
/// Where boxes answered last, for networks on which they do not hear each other announce themselves. It may be lost.
const FILE: &str = "boxes.json";
/// As the codes of a hub, so that one field takes both.
const CODES: u64 = 1_000_000_000;

/// A box that was found on the network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FoundBox)]
pub struct Found {
    /// The name of its stream.
    #[serde(rename = "box")]
    #[schema(value_type = String)]
    pub stream: StreamId,
    /// What its school is called; empty before it is set up.
    pub school: String,
    /// Where it answers, as `http://192.168.1.7:8080`.
    pub url: String,
}

impl Found {
    fn of(Neighbour { box_id, school, url }: Neighbour) -> Option<Self> {
        Some(Self { stream: box_id.parse().ok()?, school, url })
    }
}

/// Another box of the school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KnownBox {
    /// The name of its stream.
    #[serde(rename = "box")]
    #[schema(value_type = String)]
    pub stream: StreamId,
    /// When the two last told each other everything, in milliseconds since 1970; nothing since this box was started.
    #[schema(required)]
    pub last: Option<u64>,
    /// Why the last try after that did not end well; a code.
    #[schema(required)]
    pub problem: Option<String>,
}

/// What is known of other boxes since the start.
#[derive(Default)]
pub(super) struct Heard(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    invitation: Option<Invitation>,
    /// The last number of each box's greetings.
    counters: BTreeMap<[u8; 32], u64>,
    contacts: BTreeMap<StreamId, Contact>,
}

struct Invitation {
    hash: [u8; 32],
    /// On the board's steady clock.
    until: u64,
    tries: u32,
}

#[derive(Clone, Default)]
struct Contact {
    last: Option<u64>,
    problem: Option<String>,
}

/// The school's secrets, for a new box of it.
#[derive(Encode, Decode)]
struct Welcome {
    /// What locks the private part of segments.
    #[cbor(n(0), with = "minicbor::bytes")]
    key: [u8; 32],
    /// What pictures, badges and tickets follow from.
    #[cbor(n(1), with = "minicbor::bytes")]
    secret: [u8; 32],
    /// The hub that the school belongs to, as its file.
    #[n(2)]
    hub: Option<String>,
}

impl Heard {
    /// Takes a greeting's number.
    ///
    /// # Errors
    /// `sync.counter-old`.
    pub(super) fn count(&self, hello: &Hello) -> Result<()> {
        let mut inner = self.lock();
        let known = inner.counters.entry(hello.key).or_default();
        if hello.counter <= *known {
            let sentence = "This request came before. The box counts on from this number.";
            return Err(Error::conflict("sync.counter-old", sentence).with("counter", *known));
        }
        *known = hello.counter;
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sync {
    /// The keys whose segments are taken in: of this box, and of the others of its school.
    pub(super) async fn trusted(&self) -> Result<BTreeSet<[u8; 32]>> {
        let boxes = self.journal.read(store::boxes).await?;
        Ok(boxes.into_iter().map(|(_, key)| key).chain([self.key()]).collect())
    }

    /// The other boxes of the school.
    ///
    /// # Errors
    /// When the journal can't be read.
    pub async fn boxes(&self) -> Result<Vec<KnownBox>> {
        let boxes = self.journal.read(store::boxes).await?;
        let inner = self.boxes.lock();
        let known = boxes.into_iter().filter(|(stream, _)| *stream != self.identity.stream);
        let known = known.map(|(stream, _)| {
            let Contact { last, problem } = inner.contacts.get(&stream).cloned().unwrap_or_default();
            KnownBox { stream, last, problem }
        });
        Ok(known.collect())
    }

    /// A code that lets one box into this school, within a quarter of an hour. A former one is void.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn invite_box(&self) -> Result<String> {
        let code = format!("{:09}", u64::from_be_bytes(random_bytes()?) % CODES);
        let until = self.journal.clock().now().mono.saturating_add(CODE_HOLDS);
        self.boxes.lock().invitation = Some(Invitation { hash: hash_of(&code), until, tries: 0 });
        Ok(code)
    }

    /// Lets a box into this school that shows the code, and hands it the school's secrets; `secret` is the one of badges and tickets.
    ///
    /// # Errors
    /// `sync.greeting-wrong`, `sync.code-unknown`; when the journal refuses.
    pub async fn admit_box(&self, asked: &Enrolment, secret: [u8; 32], school: &str) -> Result<Enrolled> {
        let key = asked.proven_key().ok_or_else(|| {
            Error::invalid("sync.greeting-wrong", "This request is not signed by the box that it names.")
        })?;
        self.take_code(&asked.code)?;
        let hub = self.link()?.and_then(|link| serde_json::to_string(&link).ok());
        let welcome = Welcome { key: *self.school().secret(), secret, hub };
        let welcome = minicbor::to_vec(welcome).unwrap_or_default();
        let welcome = envelope::close(envelope::WELCOME, &key, &welcome)?;
        self.write_boxes([self.key(), key].map(|key| BoxEntry { key, removed: false })).await?;
        tracing::info!(stream = %Identity::stream_of(&key), "another box belongs to the school now");
        Ok(Enrolled {
            school: self.school_id(),
            name: school.to_owned(),
            hub: to_hex(&self.key()),
            welcome: Some(to_hex(&welcome)),
        })
    }

    /// Makes this box, to which nobody belongs yet, one more of the school whose box answers at `url`, and takes in what that one has.
    /// Answers the secret of badges and tickets.
    ///
    /// # Errors
    /// `sync.address-wrong`, `sync.code-unknown`, `sync.no-box`, those of the line; when the journal or the disk refuses.
    pub async fn join_school(&self, url: &str, code: &str) -> Result<[u8; 32]> {
        let url = url.trim().trim_end_matches('/').to_owned();
        check_address(&url)?;
        let digits: String = code.chars().filter(char::is_ascii_digit).collect();
        let Enrolled { name, hub, welcome, .. } =
            self.ask_to_be_let_in(&url, &Enrolment::of(&self.identity, &digits, "")).await?;
        let no_box = || {
            let sentence = "What answered is no box of a school. Check the address.";
            Error::new(Kind::Unavailable, "sync.no-box", sentence)
        };
        let other: [u8; 32] = from_hex(&hub).ok_or_else(no_box)?;
        let welcome = welcome.as_deref().and_then(bytes_of_hex).ok_or_else(no_box)?;
        let welcome = envelope::open(envelope::WELCOME, &self.identity, &welcome).ok_or_else(no_box)?;
        let Welcome { key, secret, hub } = minicbor::decode(&welcome).map_err(|_| no_box())?;
        self.adopt(key, secret, hub.as_deref()).await?;
        self.write_boxes([other, self.key()].map(|key| BoxEntry { key, removed: false })).await?;
        let report = self.exchange_with(&Link::new(&url, self.school_id(), &name, &other)).await?;
        tracing::info!(entries = report.entries, "this box belongs to a school now");
        Ok(secret)
    }

    /// Takes over the secrets of a school. What was sealed with another key is sealed anew, in a new life.
    async fn adopt(&self, key: [u8; 32], secret: [u8; 32], hub: Option<&str>) -> Result<()> {
        let folder = self.data.path();
        write_atomically(&folder.join("school.secret"), &secret, 0o600)?;
        write_atomically(&folder.join("school.key"), &key, 0o600)?;
        *self.school.write().unwrap_or_else(PoisonError::into_inner) = SchoolKey::new(key);
        let life = (self.journal.stream(), self.journal.epoch().await?);
        if self.chains.mark(life)?.next > 1 {
            self.journal.begin_epoch(1).await?;
        }
        let link: Option<Link> = hub.and_then(|hub| serde_json::from_str(hub).ok());
        match link {
            Some(link) => self.set_link(&link).await,
            None => Ok(()),
        }
    }

    /// Takes in nothing more from a box that was lost, stolen or given away.
    ///
    /// # Errors
    /// `sync.box-unknown`; when the journal refuses.
    pub async fn remove_box(&self, stream: StreamId) -> Result<()> {
        let boxes = self.journal.read(store::boxes).await?;
        let known = boxes.into_iter().find(|(known, _)| *known == stream && stream != self.identity.stream);
        let (_, key) = known.ok_or_else(|| {
            Error::not_found(
                "sync.box-unknown",
                "No such box belongs to this school. Look at the list again.",
            )
        })?;
        self.write_boxes([BoxEntry { key, removed: true }]).await
    }

    /// What hears this box on the network, and is no box of its school yet.
    ///
    /// # Errors
    /// When the journal can't be read.
    pub async fn found(&self, device: &Device) -> Result<Vec<Found>> {
        let boxes = self.journal.read(store::boxes).await?;
        let found = device.neighbours().into_iter().filter_map(Found::of);
        Ok(found.filter(|found| boxes.iter().all(|(stream, _)| *stream != found.stream)).collect())
    }

    /// Exchanges with every box of the school that is on the network, or answered where it was last; answers with how many did.
    ///
    /// # Errors
    /// `sync.under-way`; when the journal can't be read. That a box does not answer is kept with it.
    pub async fn exchange_with_boxes(&self, device: &Device) -> Result<usize> {
        let boxes = self.journal.read(store::boxes).await?;
        let mut addresses = self.addresses();
        addresses
            .extend(device.neighbours().into_iter().filter_map(Found::of).map(|one| (one.stream, one.url)));
        let mut count = 0;
        for (stream, key) in boxes.into_iter().filter(|(stream, _)| *stream != self.identity.stream) {
            let Some(url) = addresses.get(&stream) else { continue };
            match self.exchange_with(&Link::new(url, self.school_id(), "", &key)).await {
                Ok(_) => count += 1,
                Err(error) if error.code == "sync.under-way" => return Err(error),
                Err(error) => tracing::debug!(%error, "another box did not answer well"),
            }
        }
        Ok(count)
    }

    /// Where the other boxes answered last.
    pub(super) fn addresses(&self) -> BTreeMap<StreamId, String> {
        let read = std::fs::read(self.data.path().join(FILE)).ok();
        let kept: Option<BTreeMap<String, String>> =
            read.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let named = kept.unwrap_or_default().into_iter();
        named.filter_map(|(stream, url)| Some((stream.parse().ok()?, url))).collect()
    }

    fn keep_address(&self, stream: StreamId, url: &str) -> Result<()> {
        let mut addresses = self.addresses();
        if addresses.insert(stream, url.to_owned()).as_deref() == Some(url) {
            return Ok(());
        }
        let named: BTreeMap<String, String> =
            addresses.into_iter().map(|(stream, url)| (stream.to_string(), url)).collect();
        let bytes = serde_json::to_vec(&named).unwrap_or_default();
        write_atomically(&self.data.path().join(FILE), &bytes, 0o600)
    }

    async fn exchange_with(&self, link: &Link) -> Result<SyncReport> {
        let Ok(_running) = self.running.try_lock() else { return Err(crate::sync::service::under_way()) };
        let mut report = SyncReport::default();
        let ended = self.rounds(link, &mut report).await;
        report.at = self.journal.clock().now().wall;
        let stream = Identity::stream_of(&link.hub()?);
        if ended.is_ok() {
            self.keep_address(stream, &link.url)?;
        }
        let mut inner = self.boxes.lock();
        let contact = inner.contacts.entry(stream).or_default();
        match ended {
            Ok(()) => *contact = Contact { last: Some(report.at), problem: None },
            Err(error) => {
                contact.problem = Some(error.code.to_owned());
                return Err(error);
            }
        }
        Ok(report)
    }

    fn take_code(&self, typed: &str) -> Result<()> {
        let unknown = || {
            let sentence = "This code is not known, or is too old. Make a new one on the other box.";
            Error::invalid("sync.code-unknown", sentence)
        };
        let now = self.journal.clock().now().mono;
        let mut inner = self.boxes.lock();
        let invitation = inner.invitation.as_mut().ok_or_else(unknown)?;
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        invitation.tries += 1;
        let is_it = invitation.hash == hash_of(&digits) && now <= invitation.until;
        if is_it || invitation.tries >= MOST_TRIES || now > invitation.until {
            inner.invitation = None;
        }
        if is_it { Ok(()) } else { Err(unknown()) }
    }

    async fn write_boxes<const COUNT: usize>(&self, entries: [BoxEntry; COUNT]) -> Result<()> {
        let write = move |stage: &mut crate::journal::Stage| {
            entries.into_iter().try_for_each(|entry| stage.append(entry.draft()).map(drop))
        };
        self.journal.write(Urgency::Now, write).await
    }

    /// A name for the school that follows from its key, where no hub gave one.
    fn school_id(&self) -> SchoolId {
        let hash = Sha256::digest([b"schoolhouse school 1".as_slice(), self.school().secret()].concat());
        SchoolId(*hash.first_chunk().unwrap_or(&[0; 16]))
    }
}

/// The body of the entry by which a box belongs to the school.
#[cfg(test)]
pub(super) fn told_of(key: [u8; 32]) -> impl minicbor::Encode<()> {
    BoxEntry { key, removed: false }
}

fn hash_of(code: &str) -> [u8; 32] {
    Sha256::digest([b"schoolhouse box code 1".as_slice(), code.as_bytes()].concat()).into()
}

fn bytes_of_hex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
