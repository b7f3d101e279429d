//! The form of a backup file: whatever goes through it is packed, cut into pieces and locked, each piece with its number, so that none can
//! be left out, exchanged or put behind the end.

use std::io::{Error, ErrorKind, Read, Result, Write};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

const MAGIC: &[u8; 4] = b"SHB1";
/// Bytes of a piece before it is locked.
const PIECE: usize = 1 << 20;
/// What locking adds.
const TAG: usize = 16;
/// Chance at the beginning of each nonce; the number of the piece follows.
const CHANCE: usize = 16;
const LAST: &[u8] = b"last";
const MORE: &[u8] = b"more";

/// Writes a backup.
pub(super) struct Sealing<W: Write>(DeflateEncoder<Pieces<W>>);

struct Pieces<W> {
    to: W,
    cipher: XChaCha20Poly1305,
    chance: [u8; CHANCE],
    number: u64,
    waiting: Vec<u8>,
}

impl<W: Write> Sealing<W> {
    /// Begins a file. `chance` must never come twice with one key.
    pub(super) fn begin(mut to: W, key: &[u8; 32], chance: [u8; CHANCE]) -> Result<Self> {
        to.write_all(MAGIC)?;
        to.write_all(&chance)?;
        let cipher = XChaCha20Poly1305::new(key.into());
        let pieces = Pieces { to, cipher, chance, number: 0, waiting: Vec::with_capacity(PIECE) };
        Ok(Self(DeflateEncoder::new(pieces, Compression::fast())))
    }

    /// Ends it, and answers what was written to.
    pub(super) fn end(self) -> Result<W> {
        let mut pieces = self.0.finish()?;
        pieces.seal(LAST)?;
        Ok(pieces.to)
    }
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

impl<W: Write> Pieces<W> {
    fn seal(&mut self, what: &[u8]) -> Result<()> {
        let nonce = nonce(&self.chance, self.number);
        let locked = self.cipher.encrypt(&nonce, Payload { msg: &self.waiting, aad: what });
        let locked = locked.map_err(|_| Error::other("a piece could not be locked"))?;
        self.to.write_all(&locked)?;
        self.waiting.clear();
        self.number += 1;
        Ok(())
    }
}

impl<W: Write> Write for Pieces<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        // A full piece waits until it is known that it is not the last.
        if self.waiting.len() == PIECE {
            self.seal(MORE)?;
        }
        let count = bytes.len().min(PIECE - self.waiting.len());
        self.waiting.extend_from_slice(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// Reads a backup.
pub(super) struct Opening<R: Read>(DeflateDecoder<Opened<R>>);

struct Opened<R> {
    from: R,
    cipher: XChaCha20Poly1305,
    chance: [u8; CHANCE],
    number: u64,
    /// Locked bytes that were read ahead, to know the last piece.
    ahead: Vec<u8>,
    open: Vec<u8>,
    at: usize,
    is_over: bool,
}

impl<R: Read> Opening<R> {
    /// Begins to read; `InvalidData` where it is no backup or another key's.
    pub(super) fn begin(mut from: R, key: &[u8; 32]) -> Result<Self> {
        let mut head = [0; MAGIC.len() + CHANCE];
        from.read_exact(&mut head)?;
        let (magic, chance) = head.split_at(MAGIC.len());
        let chance = chance.try_into().map_err(|_| damaged())?;
        if magic != MAGIC {
            return Err(damaged());
        }
        let cipher = XChaCha20Poly1305::new(key.into());
        let mut opened = Opened {
            from,
            cipher,
            chance,
            number: 0,
            ahead: Vec::new(),
            open: Vec::new(),
            at: 0,
            is_over: false,
        };
        opened.fill()?;
        opened.next()?;
        Ok(Self(DeflateDecoder::new(opened)))
    }
}

impl<R: Read> Read for Opening<R> {
    fn read(&mut self, to: &mut [u8]) -> Result<usize> {
        self.0.read(to)
    }
}

impl<R: Read> Opened<R> {
    /// Reads ahead until there is more than a piece, or the file ends.
    fn fill(&mut self) -> Result<()> {
        let wanted = PIECE + TAG + 1 - self.ahead.len();
        self.from.by_ref().take(wanted as u64).read_to_end(&mut self.ahead)?;
        Ok(())
    }

    fn next(&mut self) -> Result<()> {
        let is_last = self.ahead.len() <= PIECE + TAG;
        let rest = self.ahead.split_off(self.ahead.len().min(PIECE + TAG));
        let nonce = nonce(&self.chance, self.number);
        let what = if is_last { LAST } else { MORE };
        let open = self.cipher.decrypt(&nonce, Payload { msg: &self.ahead, aad: what });
        self.open = open.map_err(|_| damaged())?;
        (self.at, self.is_over, self.ahead) = (0, is_last, rest);
        self.number += 1;
        self.fill()
    }
}

impl<R: Read> Read for Opened<R> {
    fn read(&mut self, to: &mut [u8]) -> Result<usize> {
        while self.at == self.open.len() {
            if self.is_over {
                return Ok(0);
            }
            self.next()?;
        }
        let count = to.len().min(self.open.len() - self.at);
        to[..count].copy_from_slice(&self.open[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

fn nonce(chance: &[u8; CHANCE], number: u64) -> XNonce {
    let mut nonce = [0; CHANCE + 8];
    nonce[..CHANCE].copy_from_slice(chance);
    nonce[CHANCE..].copy_from_slice(&number.to_be_bytes());
    XNonce::from(nonce)
}

fn damaged() -> Error {
    Error::new(ErrorKind::InvalidData, "it is no backup, was changed, or the recovery code is another one")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(content: &[u8]) -> Vec<u8> {
        let mut sealing = Sealing::begin(Vec::new(), &[7; 32], [1; CHANCE]).unwrap();
        sealing.write_all(content).unwrap();
        sealing.end().unwrap()
    }

    fn opened(bytes: &[u8], key: u8) -> Result<Vec<u8>> {
        let mut content = Vec::new();
        Opening::begin(bytes, &[key; 32])?.read_to_end(&mut content)?;
        Ok(content)
    }

    /// Bytes that can't be packed.
    fn noise(count: usize) -> Vec<u8> {
        let mut state = 1_u64;
        let next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40).to_le_bytes()[0]
        };
        std::iter::repeat_with(next).take(count).collect()
    }

    #[test]
    fn what_was_sealed_opens_with_its_key_alone_and_only_whole() {
        for count in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE] {
            let content = noise(count);
            let bytes = sealed(&content);
            assert_eq!(opened(&bytes, 7).unwrap(), content, "{count} bytes");
            assert!(opened(&bytes, 8).is_err());
            for cut in [bytes.len() - 1, bytes.len() / 2, 19, 0] {
                assert!(opened(&bytes[..cut], 7).is_err(), "{count} bytes, cut at {cut}");
            }
            let mut longer = bytes.clone();
            longer.push(0);
            assert!(opened(&longer, 7).is_err());
            for at in [0, 10, 30, bytes.len() - 1] {
                let mut changed = bytes.clone();
                changed[at.min(bytes.len() - 1)] ^= 1;
                assert!(opened(&changed, 7).is_err(), "{count} bytes, byte {at}");
            }
        }
    }

    #[test]
    fn pieces_can_not_change_places() {
        let bytes = sealed(&noise(3 * PIECE));
        let (head, whole) = (MAGIC.len() + CHANCE, PIECE + TAG);
        let mut changed = bytes.clone();
        let (first, second) = changed[head..head + 2 * whole].split_at_mut(whole);
        first.swap_with_slice(second);
        assert!(opened(&changed, 7).is_err());
        let without = [&bytes[..head], &bytes[head + whole..]].concat();
        assert!(opened(&without, 7).is_err());
    }
}
