//! One round with a hub or another box, without the line between them: what to send, and what an answer changes here.

use std::collections::{BTreeMap, BTreeSet};

use tokio::sync::{MappedMutexGuard, MutexGuard};

use super::exchange::frames::{self, Frame};
use super::exchange::messages::{self, Acks, End, Hello, Keys, LifeName, Links, PROTOCOL, SHORT, Time};
use super::recover::difference;
use super::segment::Segment;
use super::{Life, Link, Mark, Sync};
use crate::db::Urgency;
use crate::error::{Error, Result};
use crate::journal::{self, Anchor, Draft, Entry, EntryKind, TimeSource};

/// A first request on an unknown line; twice as much after each that went well, half after each that did not.
const FIRST_BODY: usize = 64 * 1024;
const LARGEST_BODY: usize = 1024 * 1024;
const SMALLEST_BODY: usize = 16 * 1024;
/// A date that is off by less is good enough.
const GOOD_TIME: u64 = 5_000;
/// A date from the hub may be off by the way of the answer.
const HUB_ERROR: u64 = 2_000;

/// What is known of a partner between rounds. It may be lost: then the first request asks.
#[derive(Default)]
pub(super) struct State {
    acks: Option<BTreeMap<Life, End>>,
    counter: u64,
    /// A stream of ours of which the hub holds something else.
    differs: Option<Life>,
    /// Whether what the hub holds under our numbers is on its way; nothing is sealed before it is here.
    pub(super) waits: bool,
    body: Option<usize>,
    /// How far the box's date was from the hub's, when that was last written down.
    off: Option<i64>,
}

impl State {
    /// The number up to which the hub has a stream.
    pub(super) fn acked(&self, life: Life) -> Option<u64> {
        self.acks.as_ref().map(|acks| acks.get(&life).map_or(1, |end| end.next))
    }
}

/// A request that is ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its body.
    pub body: Vec<u8>,
    /// Entries of all streams in it.
    pub entries: u64,
    greeting: Vec<u8>,
}

impl Request {
    /// A request that was sent some time ago, by the greeting that its answer brings back.
    pub(super) fn answered(greeting: &[u8]) -> Self {
        Self { body: Vec::new(), entries: 0, greeting: greeting.to_vec() }
    }
}

/// What a round changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Whether another round is needed now.
    pub more: bool,
    /// Entries that came.
    pub received: u64,
    /// Whether this box began a new life, because its number was used twice.
    pub renewed: bool,
}

impl Sync {
    /// The next request. Seals what was written since the last one.
    ///
    /// # Errors
    /// When the journal or the disk refuses.
    pub async fn request(&self, link: &Link) -> Result<Request> {
        let most = self.talk(link).await?.body.unwrap_or(FIRST_BODY);
        self.request_up_to(link, most).await
    }

    /// As [`Sync::request`], with all that the hub does not have, for a stick.
    pub(super) async fn whole_request(&self, link: &Link) -> Result<Request> {
        // Who never heard from the hub sends everything.
        self.talk(link).await?.acks.get_or_insert_default();
        self.request_up_to(link, usize::MAX).await
    }

    /// What is known of a partner in sync.
    async fn talk(&self, link: &Link) -> Result<MappedMutexGuard<'_, State>> {
        let partner = link.hub()?;
        Ok(MutexGuard::map(self.talks.lock().await, |talks| talks.entry(partner).or_default()))
    }

    async fn request_up_to(&self, link: &Link, most: usize) -> Result<Request> {
        let waits = self.talks.lock().await.values().any(|state| state.waits);
        if !waits {
            self.seal().await?;
        }
        let marks = self.chains.marks()?;
        let mut state = self.talk(link).await?;
        let wall = self.journal.clock().now().wall;
        state.counter = wall.max(state.counter.saturating_add(1));
        let chain = state.differs.map(|(stream, epoch)| LifeName { stream, epoch });
        let hello = Hello {
            protocol: PROTOCOL,
            key: self.key(),
            counter: state.counter,
            have: marks.iter().map(End::of).collect(),
            wall,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            free: self.free_megabytes(),
            chain,
            catalogue: self.catalogue_of(link).version,
        };
        let greeting = messages::sign_hello(&self.identity, &hello);
        let mut body = Vec::new();
        frames::write(&mut body, frames::HELLO, &greeting);
        let entries =
            if state.differs.is_none() { self.add_segments(&mut body, &marks, &state, most)? } else { 0 };
        frames::write(&mut body, frames::END, &[]);
        Ok(Request { body, entries, greeting })
    }

    /// Adds what the hub does not have, our own first, as far as there is room.
    fn add_segments(&self, body: &mut Vec<u8>, marks: &[Mark], state: &State, most: usize) -> Result<u64> {
        let own = self.identity.stream;
        let (first, others): (Vec<&Mark>, Vec<&Mark>) = marks.iter().partition(|mark| mark.life.0 == own);
        let mut entries = 0;
        for mark in first.into_iter().chain(others) {
            let Some(mut next) = state.acked(mark.life) else { return Ok(0) };
            while let Some(segment) = self.chains.at(mark.life, next)? {
                let length = frames::length_of(segment.bytes().len());
                if entries > 0 && body.len() + length > most {
                    return Ok(entries);
                }
                frames::write(body, frames::SEGMENT, segment.bytes());
                entries += u64::from(segment.head().count);
                next = segment.head().next();
            }
        }
        Ok(entries)
    }

    /// Takes in the hub's answer to a request.
    ///
    /// # Errors
    /// `sync.cut-short`, `sync.answer-foreign`; when the journal or the disk refuses. What was taken in stays, and the next round goes
    /// on from there.
    pub async fn take(&self, link: &Link, request: &Request, answer: &[u8]) -> Result<Outcome> {
        self.take_at(link, request, answer, true).await
    }

    /// As [`Sync::take`], of an answer that was days on its way: its date says nothing any more.
    pub(super) async fn take_late(&self, link: &Link, request: &Request, answer: &[u8]) -> Result<Outcome> {
        self.take_at(link, request, answer, false).await
    }

    async fn take_at(
        &self,
        link: &Link,
        request: &Request,
        answer: &[u8],
        is_fresh: bool,
    ) -> Result<Outcome> {
        let read = frames::read(answer)?;
        let end = read.last().ok_or_else(foreign)?;
        let signed = answer.get(..end.start).unwrap_or_default();
        if !messages::is_answer(&link.hub()?, &request.greeting, signed, end.content) {
            return Err(foreign());
        }
        let found = |kind: u8| read.iter().find(|frame| frame.kind == kind);
        let acks: Acks = decode(found(frames::ACK))?;
        let keys: Keys = decode(found(frames::KEYS))?;
        let mut outcome = Outcome::default();
        // Another box of the school says no date: it may know less than this one.
        if let Some(time) = found(frames::TIME).filter(|_| is_fresh) {
            self.keep_time(link, decode(Some(time))?).await?;
        }
        let trusted = keys.keys.iter().map(|key| **key).chain(self.trusted().await?).collect();
        self.merge(&read, &trusted, &mut outcome).await?;
        if let Some(catalogue) = found(frames::CATALOGUE) {
            self.keep_catalogue(link, decode(Some(catalogue))?)?;
        }
        let is_cut = match found(frames::CHAIN) {
            Some(links) => self.cut(link, &decode(Some(links))?).await?,
            None => false,
        };
        let marks = self.chains.marks()?;
        let differs = self.differing(&acks)?;
        let mut state = self.talk(link).await?;
        state.body = Some((state.body.unwrap_or(FIRST_BODY) * 2).min(LARGEST_BODY));
        let acks: BTreeMap<Life, End> = acks.ends.into_iter().map(|end| (end.life(), end)).collect();
        // Who takes nothing of what it was sent does not take it the next time either.
        let moves = state.acks.as_ref() != Some(&acks);
        let is_ahead = |mark: &Mark| acks.get(&mark.life).map_or(1, |end| end.next) < mark.next;
        let lacks = acks.iter().any(|(life, end)| {
            let here = marks.iter().find(|mark| mark.life == *life).map_or(1, |mark| mark.next);
            here < end.next
        });
        outcome.more = differs.is_some()
            || is_cut
            || outcome.renewed
            || lacks && outcome.received > 0
            || moves && marks.iter().any(is_ahead);
        state.acks = Some(acks);
        state.waits = is_cut;
        state.differs = differs.filter(|_| !is_cut);
        Ok(outcome)
    }

    /// What a failed request teaches: the counter that the hub wants, or that the line bears less.
    ///
    /// # Errors
    /// When the partner has no key.
    pub async fn fail(&self, link: &Link, error: &Error) -> Result<()> {
        let mut state = self.talk(link).await?;
        let wanted = error.params.iter().find(|(name, _)| *name == "counter");
        match wanted.and_then(|(_, value)| value.parse().ok()) {
            Some(counter) => state.counter = state.counter.max(counter),
            None => state.body = Some((state.body.unwrap_or(FIRST_BODY) / 2).max(SMALLEST_BODY)),
        }
        Ok(())
    }

    /// Keeps and merges the segments of an answer.
    pub(super) async fn merge(
        &self,
        read: &[Frame<'_>],
        keys: &BTreeSet<[u8; 32]>,
        outcome: &mut Outcome,
    ) -> Result<()> {
        let _turn = self.merging.lock().await;
        let school = self.school();
        for frame in read.iter().filter(|frame| frame.kind == frames::SEGMENT) {
            let segment = Segment::read(frame.content.to_vec())?;
            let head = segment.head();
            let life = (head.stream(), head.epoch);
            let mark = self.chains.mark(life)?;
            if !keys.contains(&head.key) || head.first != mark.next || head.before != mark.hash {
                continue;
            }
            let entries = match segment.entries(&school) {
                Ok(entries) => entries,
                // It stays at the hub until this box has the school's key.
                Err(error) if error.code == "sync.key-foreign" => {
                    tracing::warn!(stream = %head.stream(), "a box of the school has another key");
                    continue;
                }
                Err(error) => return Err(error),
            };
            outcome.renewed |= self.make_way(life, &entries).await?;
            outcome.received += u64::from(head.count);
            self.journal.merge(entries).await?;
            self.chains.keep(&segment)?;
        }
        Ok(())
    }

    /// Begins a new life where entries of our present one came that are not those that are here.
    async fn make_way(&self, life: Life, entries: &[Entry]) -> Result<bool> {
        if life != (self.journal.stream(), self.journal.epoch().await?) {
            return Ok(false);
        }
        let Some(first) = entries.first().map(|entry| entry.position.seq) else { return Ok(false) };
        let count = entries.len();
        let here =
            self.journal.read(move |connection| journal::run_from(connection, life, first, count)).await?;
        let Some(differs) = difference(entries, &here) else { return Ok(false) };
        let from = first + differs as u64;
        tracing::warn!(from, "the hub holds other entries under this box's numbers; it begins a new life");
        self.journal.begin_epoch(from).await?;
        Ok(true)
    }

    /// A stream of ours of which the hub holds something else than we do.
    fn differing(&self, acks: &Acks) -> Result<Option<Life>> {
        let own = acks.ends.iter().filter(|end| end.stream == self.identity.stream);
        for end in own {
            let mark = self.chains.mark(end.life())?;
            let here = match end.next {
                next if next == mark.next => Some(End::of(&mark).hash),
                next => self.hash_before(end.life(), next)?,
            };
            if end.next > 1 && mark.next > 1 && here != Some(end.hash) {
                return Ok(Some(end.life()));
            }
        }
        Ok(None)
    }

    /// The hash of the segment that ends just before a number.
    fn hash_before(&self, life: Life, next: u64) -> Result<Option<[u8; SHORT]>> {
        let segment = self.chains.at(life, next.saturating_sub(1))?;
        let segment = segment.filter(|segment| segment.head().next() == next);
        Ok(segment.and_then(|segment| segment.hash().first_chunk::<SHORT>().copied()))
    }

    /// Takes our chain back to where the hub's begins to differ; what the hub has from there on comes next.
    async fn cut(&self, link: &Link, links: &Links) -> Result<bool> {
        let Some(life) = self.talk(link).await?.differs.take() else { return Ok(false) };
        let mut common = 1;
        for known in &links.links {
            if self.hash_before(life, known.next)? != Some(known.hash) {
                break;
            }
            common = known.next;
        }
        self.chains.cut(life, common)?;
        Ok(true)
    }

    /// Writes the hub's date down, where ours was off.
    async fn keep_time(&self, link: &Link, time: Time) -> Result<()> {
        let now = self.journal.clock().now().wall;
        let off = time.wall.cast_signed().saturating_sub(now.cast_signed());
        let mut state = self.talk(link).await?;
        if state.off.is_some_and(|known| known.abs_diff(off) < GOOD_TIME) {
            return Ok(());
        }
        state.off = Some(off);
        let anchor = Anchor { wall: time.wall, error: HUB_ERROR, source: TimeSource::Hub };
        let draft = Draft::new(EntryKind::ANCHOR, &anchor);
        self.journal.write(Urgency::Soon, move |stage| stage.append(draft)).await?;
        Ok(())
    }

    fn free_megabytes(&self) -> u64 {
        rustix::fs::statvfs(self.data.path())
            .map_or(0, |disk| disk.f_bavail.saturating_mul(disk.f_frsize) >> 20)
    }
}

fn decode<T: for<'b> minicbor::Decode<'b, ()>>(frame: Option<&Frame<'_>>) -> Result<T> {
    frame.and_then(|frame| minicbor::decode(frame.content).ok()).ok_or_else(foreign)
}

fn foreign() -> Error {
    Error::invalid(
        "sync.answer-foreign",
        "The answer does not come from this school's hub. Check the hub's address.",
    )
}
