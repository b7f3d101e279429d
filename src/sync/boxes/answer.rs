//! The other side of a round: what a box answers to another box of its school. A hub does the same for many schools (`hub/`).

use std::collections::BTreeSet;

use crate::error::{Error, Kind, Result};
use crate::sync::exchange::frames;
use crate::sync::exchange::messages::{self, Acks, End, Hello, Keys, Link, Links};
use crate::sync::{Life, Outcome, Sync};

/// An answer carries about so much: a second on a school's own Wi-Fi.
const MOST: usize = 1 << 20;

impl Sync {
    /// One request of another box of the school, answered.
    ///
    /// # Errors
    /// `sync.cut-short`, `sync.greeting-wrong`, `sync.box-foreign`, `sync.counter-old`; when the journal or the disk refuses. What was
    /// taken in stays.
    pub async fn answer(&self, body: &[u8]) -> Result<Vec<u8>> {
        let read = frames::read(body)?;
        let wrong =
            || Error::invalid("sync.greeting-wrong", "This request is not signed by the box that it names.");
        let greeting = read.first().filter(|frame| frame.kind == frames::HELLO).ok_or_else(wrong)?;
        let hello = messages::read_hello(greeting.content).ok_or_else(wrong)?;
        let trusted = self.trusted().await?;
        if !trusted.contains(&hello.key) {
            let sentence = "That box does not belong to this school. Add the boxes to each other again.";
            return Err(Error::new(Kind::Forbidden, "sync.box-foreign", sentence));
        }
        self.boxes.count(&hello)?;
        self.merge(&read, &trusted, &mut Outcome::default()).await?;
        // What came may have named another box.
        let trusted = self.trusted().await?;
        let content = self.content_for(&hello, trusted).await?;
        let signature = messages::sign_answer(&self.identity, greeting.content, &content);
        let mut answer = content;
        frames::write(&mut answer, frames::END, &signature);
        Ok(answer)
    }

    async fn content_for(&self, hello: &Hello, trusted: BTreeSet<[u8; 32]>) -> Result<Vec<u8>> {
        if !self.talks.lock().await.values().any(|state| state.waits) {
            self.seal().await?;
        }
        let marks = self.chains.marks()?;
        let mut content = Vec::new();
        write_cbor(&mut content, frames::ACK, &Acks { ends: marks.iter().map(End::of).collect() });
        let keys = trusted.into_iter().map(Into::into).collect();
        write_cbor(&mut content, frames::KEYS, &Keys { keys });
        if let Some(asked) = hello.chain {
            let links = self.links((asked.stream, asked.epoch))?;
            write_cbor(&mut content, frames::CHAIN, &Links { links });
        }
        for mark in &marks {
            let known = hello.have.iter().find(|end| end.life() == mark.life);
            let mut next = known.map_or(1, |end| end.next);
            while content.len() < MOST
                && let Some(segment) = self.chains.at(mark.life, next)?
            {
                frames::write(&mut content, frames::SEGMENT, segment.bytes());
                next = segment.head().next();
            }
        }
        Ok(content)
    }

    /// Every segment of one chain, by its hash.
    fn links(&self, life: Life) -> Result<Vec<Link>> {
        let (mut links, mut next) = (Vec::new(), 1);
        while let Some(segment) = self.chains.at(life, next)? {
            next = segment.head().next();
            let hash = *segment.hash().first_chunk().unwrap_or(&[0; messages::SHORT]);
            links.push(Link { next, hash });
        }
        Ok(links)
    }
}

fn write_cbor<T: minicbor::Encode<()>>(to: &mut Vec<u8>, kind: u8, message: &T) {
    frames::write(to, kind, &minicbor::to_vec(message).unwrap_or_default());
}
