//! Bytes of an archive on their way to a tablet.
//!
//! A step that is in memory goes out at once; one that is not is read on a thread of its own, few at a time. So one
//! student's cold video never holds up the others' pages (measured: 0.3 ms instead of seconds).

use std::fs::File;
use std::future::Future;
use std::io::{ErrorKind, IoSliceMut, Read, Result};
use std::os::unix::fs::FileExt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use rustix::io::{ReadWriteFlags, preadv2};

use super::lanes::Lanes;
use crate::packs::index::Place;
use crate::packs::packed::Packed;
use crate::packs::unpack::Unpacker;
use crate::packs::warm::STEP;

/// What goes out for one request.
pub(super) struct Flow {
    source: Source,
    /// Bytes of the file that are still to come.
    left: u64,
    /// What is still to go out before and after them.
    head: &'static [u8],
    tail: Option<[u8; 8]>,
    is_long: bool,
}

/// Where the bytes come from.
enum Source {
    /// As they lie in the archive, from a place on.
    Raw(Arc<Packed>, u64),
    /// As they lie in a file of its own, from a place on.
    Loose(Arc<File>, u64),
    /// Inflated on the way.
    Inflated(Box<Unpacker<Arc<File>>>),
}

impl Flow {
    fn new(source: Source, left: u64) -> Self {
        Self { source, left, head: &[], tail: None, is_long: left > STEP as u64 }
    }

    /// `length` bytes of the archive from `start` on.
    pub(super) fn raw(packed: Arc<Packed>, start: u64, length: u64) -> Self {
        Self::new(Source::Raw(packed, start), length)
    }

    /// `length` bytes of a file that is no archive from `start` on.
    pub(super) fn loose(file: Arc<File>, start: u64, length: u64) -> Self {
        Self::new(Source::Loose(file, start), length)
    }

    /// A deflated file as it lies, between what makes it gzip.
    pub(super) fn framed(packed: Arc<Packed>, place: Place, head: &'static [u8], tail: [u8; 8]) -> Self {
        Self { head, tail: Some(tail), ..Self::raw(packed, place.start, place.packed) }
    }

    /// A deflated file, inflated.
    pub(super) fn inflated(packed: &Packed, place: Place) -> Self {
        Self::new(Source::Inflated(Box::new(Unpacker::new(packed.file.clone(), place))), place.size)
    }

    /// Bytes that are still to go out.
    pub(super) fn length(&self) -> u64 {
        self.left + self.head.len() as u64 + self.tail.map_or(0, |tail| tail.len() as u64)
    }

    /// Bytes of the file in the next step. Those of a long answer end where parts of the archive end, so that what was
    /// read in one step is found in one.
    fn step(&self) -> usize {
        let border = match self.source {
            Source::Raw(_, start) if self.left > STEP as u64 => STEP as u64 - start % STEP as u64,
            _ => STEP as u64,
        };
        let room = (STEP - self.head.len()) as u64;
        usize::try_from(self.left.min(border).min(room)).unwrap_or(0)
    }

    /// The next step if it is in memory.
    fn at_hand(&mut self, lanes: &Arc<Lanes>) -> Option<Bytes> {
        let (step, is_rest) = (self.step(), self.left == 0);
        let Source::Raw(packed, start) = &self.source else { return None };
        if !is_rest && !packed.warm.has(*start, step as u64) {
            return None;
        }
        let mut room = lanes.room();
        let got = self.fill(&mut room.bytes, |packed, to, start| {
            // Any failure counts as a miss: some file systems can't tell.
            let got = preadv2(&*packed.file, &mut [IoSliceMut::new(to)], start, ReadWriteFlags::NOWAIT)
                .unwrap_or(0);
            if got < to.len() {
                packed.warm.forget(start + got as u64, (to.len() - got) as u64);
            }
            if got == 0 { Err(ErrorKind::WouldBlock.into()) } else { Ok(got) }
        });
        got.ok().map(|got| room.send(got))
    }

    /// The next step, however long the disk takes.
    fn read(&mut self, lanes: &Arc<Lanes>) -> Result<Bytes> {
        let mut room = lanes.room();
        let got = self.fill(&mut room.bytes, |packed, to, start| {
            packed.file.read_exact_at(to, start)?;
            packed.warm.note(start, to.len() as u64);
            Ok(to.len())
        })?;
        Ok(room.send(got))
    }

    /// Fills the room for a step, with what `get` gives of the archive; nothing has changed when that fails.
    fn fill(
        &mut self,
        to: &mut [u8],
        get: impl FnOnce(&Packed, &mut [u8], u64) -> Result<usize>,
    ) -> Result<usize> {
        let (step, head) = (self.step(), self.head.len());
        to[..head].copy_from_slice(self.head);
        let part = &mut to[head..head + step];
        let got = match &mut self.source {
            _ if step == 0 => 0,
            Source::Raw(packed, start) => {
                let got = get(packed, part, *start)?;
                *start += got as u64;
                got
            }
            Source::Loose(file, start) => {
                file.read_exact_at(part, *start)?;
                *start += step as u64;
                step
            }
            Source::Inflated(from) => {
                from.read_exact(part)?;
                step
            }
        };
        self.head = &[];
        self.left -= got as u64;
        let end = head + got;
        let tail = self.tail.take_if(|tail| self.left == 0 && end + tail.len() <= to.len());
        let tail = tail.as_ref().map_or(&[][..], |tail| tail);
        to[end..end + tail.len()].copy_from_slice(tail);
        Ok(end + tail.len())
    }
}

type Reading = Pin<Box<dyn Future<Output = Result<(Flow, Bytes)>> + Send>>;

enum Stage {
    Flowing(Flow),
    Reading(Reading),
    Over,
}

/// The body of one answer. A read that fails ends this answer early, and nothing else.
pub(super) struct PackBody {
    stage: Stage,
    left: u64,
    lanes: Arc<Lanes>,
}

impl PackBody {
    pub(super) fn new(flow: Flow, lanes: Arc<Lanes>) -> Self {
        Self { left: flow.length(), stage: Stage::Flowing(flow), lanes }
    }

    fn give(&mut self, flow: Flow, bytes: Bytes) -> Poll<Option<Result<Frame<Bytes>>>> {
        self.stage = Stage::Flowing(flow);
        self.left = self.left.saturating_sub(bytes.len() as u64);
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }

    fn start_reading(&self, mut flow: Flow) -> Reading {
        let lanes = self.lanes.clone();
        Box::pin(async move {
            let lane = lanes.take(flow.is_long).await.map_err(std::io::Error::other)?;
            let read = move || {
                let _lane = lane;
                flow.read(&lanes).map(|bytes| (flow, bytes))
            };
            tokio::task::spawn_blocking(read).await.map_err(std::io::Error::other)?
        })
    }
}

impl Body for PackBody {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<Option<Result<Frame<Bytes>>>> {
        let this = &mut *self;
        loop {
            match std::mem::replace(&mut this.stage, Stage::Over) {
                Stage::Flowing(flow) if flow.length() == 0 => return Poll::Ready(None),
                Stage::Flowing(mut flow) => match flow.at_hand(&this.lanes) {
                    Some(bytes) => return this.give(flow, bytes),
                    None => this.stage = Stage::Reading(this.start_reading(flow)),
                },
                Stage::Reading(mut reading) => {
                    let Poll::Ready(read) = reading.as_mut().poll(context) else {
                        this.stage = Stage::Reading(reading);
                        return Poll::Pending;
                    };
                    match read {
                        Ok((flow, bytes)) => return this.give(flow, bytes),
                        Err(error) => {
                            tracing::error!(%error, "a file of a pack can't be read");
                            return Poll::Ready(Some(Err(error)));
                        }
                    }
                }
                Stage::Over => return Poll::Ready(None),
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

#[cfg(test)]
mod tests;
