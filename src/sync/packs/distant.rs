//! A pack where it lies, at a hub or on another box: read by ranges, in pieces that grow while much is read without a jump.

use std::io::{Error, ErrorKind, Result};
use std::sync::{Arc, Mutex, PoisonError};

use crate::packs::Source;
use crate::sync::line::Line;

/// At least so much is read at once: a head, and the small file behind it.
const LEAST: u64 = 2 << 10;
/// Whoever wants so much at once wants more.
const MUCH: u64 = 128 << 10;
/// Ten seconds of a good line; what a cut costs at most.
const LARGEST: u64 = 1 << 20;

/// The bytes of a pack behind a line.
pub(super) struct Distant {
    pub(super) line: Arc<Line>,
    /// Where it is, the nearest place first.
    pub(super) urls: Vec<String>,
    pub(super) bytes: u64,
    pub(super) sha256: [u8; 32],
    pub(super) piece: Mutex<Piece>,
}

/// What was read last.
#[derive(Default)]
pub(super) struct Piece {
    start: u64,
    bytes: Vec<u8>,
    /// The place that answered last.
    from: usize,
}

impl Piece {
    fn end(&self) -> u64 {
        self.start + self.bytes.len() as u64
    }
}

impl Distant {
    fn fetch(&self, piece: &mut Piece, at: u64, wanted: u64) -> Result<()> {
        let goes_on = at == piece.end() && wanted >= MUCH;
        let length = if goes_on { piece.bytes.len() as u64 * 2 } else { wanted };
        let length = length.clamp(LEAST, LARGEST);
        let length = length.min(self.bytes - at);
        let mut failed = None;
        for way in 0..self.urls.len() {
            let from = (piece.from + way) % self.urls.len();
            match self.line.get_part(&self.urls[from], at, length) {
                Ok(bytes) if bytes.len() as u64 == length => {
                    *piece = Piece { start: at, bytes, from };
                    return Ok(());
                }
                Ok(_) => failed = Some("another number of bytes came".to_owned()),
                Err(error) => failed = Some(error.to_string()),
            }
        }
        Err(Error::new(ErrorKind::ConnectionAborted, failed.unwrap_or_default()))
    }
}

impl Source for Distant {
    fn length(&self) -> Result<u64> {
        Ok(self.bytes)
    }

    fn read_at(&self, to: &mut [u8], at: u64) -> Result<usize> {
        if at >= self.bytes || to.is_empty() {
            return Ok(0);
        }
        let mut piece = self.piece.lock().unwrap_or_else(PoisonError::into_inner);
        if !(piece.start..piece.end()).contains(&at) {
            self.fetch(&mut piece, at, to.len() as u64)?;
        }
        let from = usize::try_from(at - piece.start).unwrap_or(usize::MAX);
        let rest = piece.bytes.get(from..).unwrap_or_default();
        let got = rest.len().min(to.len());
        to[..got].copy_from_slice(&rest[..got]);
        Ok(got)
    }

    fn sha256(&self) -> Option<[u8; 32]> {
        Some(self.sha256)
    }
}
