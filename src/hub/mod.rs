//! The district's side of sync: it takes in what the boxes of many schools send, keeps it whole, passes it on to the other boxes of
//! the same school, and sums answers up. It can read no name: what stays in a school is locked in the segments.

mod days;
mod packs;
mod routes;
mod rules;
mod store;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

pub use packs::PackRow;
pub use routes::router;
pub use store::SchoolRow;

use crate::clock::Clock;
use crate::db::{Db, Options, Urgency};
use crate::error::{Error, Kind, Result};
use crate::files::secret;
use crate::ids::{SchoolId, StreamId, random_bytes};
use crate::journal::Identity;
use crate::sync::exchange::frames::{self, Frame};
use crate::sync::exchange::messages::{self, Acks, End, Hello, Keys, Links, Time};
use crate::sync::segment::Segment;
use crate::sync::{introduced, stick};
use store::Incoming;

/// An answer carries about so much down: ten seconds at 200 kbit/s.
const DOWN: usize = 256 * 1024;
/// A code that nobody used is void after a month.
const CODE_HOLDS: u64 = 30 * 24 * 60 * 60 * 1_000;
/// Digits of a code: typed once, by a technician.
const CODE_DIGITS: u32 = 9;

/// A district's hub.
pub struct Hub {
    db: Arc<Db>,
    identity: Identity,
    clock: Clock,
    /// Where the packs lie.
    folder: PathBuf,
}

/// What became of one box's file on a stick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The box.
    pub name: String,
    /// Why it was not taken in.
    pub problem: Option<String>,
}

/// What a box gets when it is let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    /// The school's id here.
    pub school: SchoolId,
    /// The school's name here.
    pub name: String,
    /// The hub's public key.
    pub hub: [u8; 32],
}

impl Hub {
    /// Opens the hub's data in a folder, or begins it. Several programs may have it open.
    ///
    /// # Errors
    /// When the folder can't be read or written.
    pub fn open(folder: &Path, clock: Clock) -> Result<Self> {
        let db = Db::open(&Options::hub(folder.join("hub.db")), Box::new(()))?;
        let identity = Identity::from_seed(&secret(&folder.join("hub.key"))?);
        Ok(Self { db: Arc::new(db), identity, clock, folder: folder.to_owned() })
    }

    /// The hub's public key.
    pub fn key(&self) -> [u8; 32] {
        self.identity.key.verifying_key().to_bytes()
    }

    /// A code that lets one box in, for the school of that name; the school is added where it is new.
    ///
    /// # Errors
    /// `sync.school-unnamed`; when the database refuses.
    pub async fn invite(&self, name: &str) -> Result<String> {
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(Error::invalid("sync.school-unnamed", "Give the school's name."));
        }
        let code = u64::from_be_bytes(random_bytes()?) % 10_u64.pow(CODE_DIGITS);
        let code = format!("{code:09}");
        let (hash, now, fresh) = (hash_of(&code), self.now(), SchoolId::random()?);
        let write = self.db.write(Urgency::Now, move |connection| {
            let known = store::school_named(connection, &name)?;
            if known.is_none() {
                store::add_school(connection, fresh, &name, now)?;
            }
            let school = known.unwrap_or(fresh);
            store::add_code(connection, hash, school, now.saturating_add(CODE_HOLDS))
        });
        write.await?;
        Ok(code)
    }

    /// Lets a box in that shows a code.
    ///
    /// # Errors
    /// `sync.code-unknown`; when the database refuses.
    pub async fn admit(&self, code: &str, key: [u8; 32], name: &str) -> Result<Admission> {
        let digits: String = code.chars().filter(char::is_ascii_digit).collect();
        let (hash, now, name) = (hash_of(&digits), self.now(), name.to_owned());
        let write = self.db.write(Urgency::Now, move |connection| {
            let found = store::take_code(connection, hash, now)?;
            if let Some((school, _)) = &found {
                store::add_box(connection, *school, key, &name, now)?;
            }
            Ok(found)
        });
        let (school, name) = write.await?.ok_or_else(store::code_unknown)?;
        Ok(Admission { school, name, hub: self.key() })
    }

    /// Takes in nothing more from a box that was lost or stolen.
    ///
    /// # Errors
    /// `sync.box-unknown`; when the database refuses.
    pub async fn revoke(&self, stream: StreamId) -> Result<()> {
        let now = self.now();
        let found =
            self.db.write(Urgency::Now, move |connection| store::revoke(connection, stream, now)).await?;
        if found { Ok(()) } else { Err(box_unknown()) }
    }

    /// All schools.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn schools(&self) -> Result<Vec<SchoolRow>> {
        self.db.read(store::schools).await
    }

    /// One request of a box, answered.
    ///
    /// # Errors
    /// `sync.cut-short`, `sync.greeting-wrong`, `sync.box-unknown`, `sync.box-revoked`, `sync.counter-old`; when the database
    /// refuses. Then nothing was taken in.
    pub async fn exchange(&self, body: &[u8]) -> Result<Vec<u8>> {
        self.exchange_by(body, true).await
    }

    async fn exchange_by(&self, body: &[u8], is_line: bool) -> Result<Vec<u8>> {
        let read = frames::read(body)?;
        let greeting = read.first().filter(|frame| frame.kind == frames::HELLO).ok_or_else(greeting_wrong)?;
        let hello = messages::read_hello(greeting.content).ok_or_else(greeting_wrong)?;
        let stream = Identity::stream_of(&hello.key);
        let known = self.db.read(move |connection| store::find_box(connection, stream)).await?;
        let known = known.ok_or_else(box_unknown)?;
        if known.is_revoked {
            return Err(Error::new(
                Kind::Forbidden,
                "sync.box-revoked",
                "The district takes nothing more from this box. Ask the district for a new code.",
            ));
        }
        // A stick may be overtaken by a line; what it brings a second time changes nothing, and its answer is for the box alone.
        if is_line && hello.counter <= known.counter {
            let sentence = "This request came before. The box counts on from the hub's number.";
            return Err(Error::conflict("sync.counter-old", sentence).with("counter", known.counter));
        }
        self.take(known.school, &hello, &read).await?;
        let content = self.answer(known.school, &hello).await?;
        Ok(self.signed(greeting.content, content))
    }

    /// Takes in what a stick brings, and writes the answers on it.
    ///
    /// # Errors
    /// `sync.stick-fault`; when the database refuses. What was taken in stays.
    pub async fn visit(&self, stick: &Path) -> Result<Vec<Visit>> {
        let mut visits = Vec::new();
        for brought in stick::brought(&self.identity, stick)? {
            let problem = match self.exchange_by(&brought.body, false).await {
                Ok(answer) => {
                    let read = frames::read(&brought.body)?;
                    let greeting = read.first().map(|frame| frame.content).unwrap_or_default();
                    stick::bring(stick, greeting, &answer, self.now())?;
                    stick::take_off(&brought)?;
                    None
                }
                // It stays on the stick: it may be for another hub, or the box is to be let in again.
                Err(error) if matches!(error.kind, Kind::Invalid | Kind::Forbidden) => Some(error.message),
                Err(error) => return Err(error),
            };
            visits.push(Visit { name: brought.name, problem });
        }
        Ok(visits)
    }

    async fn take(&self, school: SchoolId, hello: &Hello, read: &[Frame<'_>]) -> Result<()> {
        let keys: BTreeSet<[u8; 32]> =
            self.db.read(move |connection| store::keys(connection, school)).await?.into_iter().collect();
        let own = self.stream_for(school);
        let mut incoming = Vec::new();
        for frame in read.iter().filter(|frame| frame.kind == frames::SEGMENT) {
            // A damaged one is left out: the answer tells how far we are, and it comes again.
            let Ok(segment) = Segment::read(frame.content.to_vec()) else { continue };
            let head = segment.head().clone();
            if !keys.contains(&head.key) && head.key != own.key.verifying_key().to_bytes() {
                continue;
            }
            let entries = segment.open_entries();
            let introduced = entries.as_deref().map(introduced).unwrap_or_default();
            let days = entries.map(|entries| days::days_of(&entries)).map_err(|error| error.to_string());
            let (hash, bytes) = (segment.hash(), frame.content.to_vec());
            incoming.push(Incoming { head, hash, bytes, days, introduced });
        }
        let (stream, now) = (Identity::stream_of(&hello.key), self.now());
        let (counter, version, free) = (hello.counter, hello.version.clone(), hello.free);
        let write = self.db.write(Urgency::Soon, move |connection| {
            store::greet(connection, school, stream, (counter, &version, free), now)?;
            incoming.iter().try_for_each(|incoming| store::apply(connection, school, incoming, now))
        });
        write.await
    }

    async fn answer(&self, school: SchoolId, hello: &Hello) -> Result<Vec<u8>> {
        let have: Vec<End> = hello.have.clone();
        let asked = hello.chain;
        let read = self.db.read(move |connection| {
            let marks = store::marks(connection, school)?;
            let (mut down, mut room) = (Vec::new(), DOWN);
            for mark in &marks {
                let end = have.iter().find(|end| end.life() == mark.life);
                let from = end.map_or(1, |end| end.next);
                if from >= mark.next || room == 0 {
                    continue;
                }
                for segment in store::segments_from(connection, school, mark.life, from, room)? {
                    room = room.saturating_sub(segment.len());
                    down.push(segment);
                }
            }
            let links = match asked {
                Some(asked) => Some(store::links(connection, school, (asked.stream, asked.epoch))?),
                None => None,
            };
            Ok((marks, down, links, store::keys(connection, school)?))
        });
        let (marks, down, links, keys) = read.await?;
        let mut content = Vec::new();
        let acks = Acks { ends: marks.iter().map(End::of).collect() };
        write_cbor(&mut content, frames::ACK, &acks);
        write_cbor(&mut content, frames::TIME, &Time { wall: self.now() });
        let own = self.stream_for(school).key.verifying_key().to_bytes();
        let keys = keys.into_iter().chain([own]).map(Into::into).collect();
        write_cbor(&mut content, frames::KEYS, &Keys { keys });
        if let Some(links) = links {
            write_cbor(&mut content, frames::CHAIN, &Links { links });
        }
        if let Some(catalogue) = self.catalogue(school, hello.catalogue).await? {
            write_cbor(&mut content, frames::CATALOGUE, &catalogue);
        }
        for segment in &down {
            frames::write(&mut content, frames::SEGMENT, segment);
        }
        Ok(content)
    }

    fn signed(&self, greeting: &[u8], content: Vec<u8>) -> Vec<u8> {
        let signature = messages::sign_answer(&self.identity, greeting, &content);
        let mut answer = content;
        frames::write(&mut answer, frames::END, &signature);
        answer
    }

    /// The hub's own stream for a school: the hub is one more box of it.
    fn stream_for(&self, school: SchoolId) -> Identity {
        let mut hash = Sha256::new();
        hash.update(b"schoolhouse hub stream 1");
        hash.update(self.identity.key.to_bytes());
        hash.update(school.0);
        Identity::from_seed(&hash.finalize().into())
    }

    fn now(&self) -> u64 {
        self.clock.now().wall
    }
}

fn write_cbor<T: minicbor::Encode<()>>(to: &mut Vec<u8>, kind: u8, message: &T) {
    frames::write(to, kind, &minicbor::to_vec(message).unwrap_or_default());
}

fn hash_of(code: &str) -> [u8; 32] {
    Sha256::digest([b"schoolhouse code 1".as_slice(), code.as_bytes()].concat()).into()
}

fn greeting_wrong() -> Error {
    Error::invalid("sync.greeting-wrong", "This request is not signed by the box that it names.")
}

fn box_unknown() -> Error {
    let sentence = "The district does not know this box. Add it with a code from the district.";
    Error::new(Kind::Forbidden, "sync.box-unknown", sentence)
}
