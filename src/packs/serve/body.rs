//! Bytes of an archive on their way to a tablet.
//!
//! A step that is in memory already goes out at once; one that is not is read on a thread of its own, few at a time. So
//! one student's cold video never holds up the others' pages (measured: 0.3 ms instead of seconds).

use std::fs::File;
use std::future::Future;
use std::io::{IoSliceMut, Read, Result};
use std::os::unix::fs::FileExt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http_body::{Body, Frame, SizeHint};
use rustix::io::{ReadWriteFlags, preadv2};
use tokio::sync::Semaphore;

use crate::packs::index::Place;
use crate::packs::unpack::Unpacker;

/// Bytes of one step.
const STEP: u64 = 128 << 10;

/// Where the bytes come from.
pub(super) enum Flow {
    /// As they lie in the archive.
    Raw { file: Arc<File>, start: u64, left: u64 },
    /// Inflated on the way.
    Inflated { from: Box<Unpacker<Arc<File>>>, left: u64 },
}

impl Flow {
    pub(super) fn raw(file: Arc<File>, start: u64, length: u64) -> Self {
        Self::Raw { file, start, left: length }
    }

    pub(super) fn inflated(file: Arc<File>, place: Place) -> Self {
        Self::Inflated { from: Box::new(Unpacker::new(file, place)), left: place.size }
    }

    fn is_over(&self) -> bool {
        let (Self::Raw { left, .. } | Self::Inflated { left, .. }) = self;
        *left == 0
    }

    fn step(&self) -> usize {
        let (Self::Raw { left, .. } | Self::Inflated { left, .. }) = self;
        usize::try_from((*left).min(STEP)).unwrap_or(0)
    }

    /// The next step if it is in memory. Any failure counts as a miss: some file systems can't tell.
    fn at_hand(&mut self) -> Option<Bytes> {
        let step = self.step();
        let Self::Raw { file, start, left } = self else { return None };
        let mut bytes = BytesMut::zeroed(step);
        let got =
            preadv2(&*file, &mut [IoSliceMut::new(&mut bytes)], *start, ReadWriteFlags::NOWAIT).unwrap_or(0);
        bytes.truncate(got);
        *start += got as u64;
        *left -= got as u64;
        (got > 0).then(|| bytes.freeze())
    }

    /// The next step, however long the disk takes.
    fn read(&mut self) -> Result<Bytes> {
        let mut bytes = BytesMut::zeroed(self.step());
        match self {
            Self::Raw { file, start, left } => {
                file.read_exact_at(&mut bytes, *start)?;
                *start += bytes.len() as u64;
                *left -= bytes.len() as u64;
            }
            Self::Inflated { from, left } => {
                from.read_exact(&mut bytes)?;
                *left -= bytes.len() as u64;
            }
        }
        Ok(bytes.freeze())
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
    head: Option<Bytes>,
    tail: Option<Bytes>,
    left: u64,
    lanes: Arc<Semaphore>,
}

impl PackBody {
    /// `frame` goes before and after what flows; `length` is all of it.
    pub(super) fn new(flow: Flow, frame: Option<(Bytes, Bytes)>, length: u64, lanes: Arc<Semaphore>) -> Self {
        let (head, tail) = frame.unzip();
        Self { stage: Stage::Flowing(flow), head, tail, left: length, lanes }
    }

    fn give(&mut self, bytes: Bytes) -> Poll<Option<Result<Frame<Bytes>>>> {
        self.left = self.left.saturating_sub(bytes.len() as u64);
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }

    fn start_reading(&self, mut flow: Flow) -> Reading {
        let lanes = self.lanes.clone();
        Box::pin(async move {
            let turn = lanes.acquire_owned().await.map_err(std::io::Error::other)?;
            let read = move || {
                let _turn = turn;
                flow.read().map(|bytes| (flow, bytes))
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
        if let Some(head) = this.head.take() {
            return this.give(head);
        }
        loop {
            match std::mem::replace(&mut this.stage, Stage::Over) {
                Stage::Flowing(flow) if flow.is_over() => {
                    return match this.tail.take() {
                        Some(tail) => this.give(tail),
                        None => Poll::Ready(None),
                    };
                }
                Stage::Flowing(mut flow) => match flow.at_hand() {
                    Some(bytes) => {
                        this.stage = Stage::Flowing(flow);
                        return this.give(bytes);
                    }
                    None => this.stage = Stage::Reading(this.start_reading(flow)),
                },
                Stage::Reading(mut reading) => {
                    let Poll::Ready(read) = reading.as_mut().poll(context) else {
                        this.stage = Stage::Reading(reading);
                        return Poll::Pending;
                    };
                    match read {
                        Ok((flow, bytes)) => {
                            this.stage = Stage::Flowing(flow);
                            return this.give(bytes);
                        }
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

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
