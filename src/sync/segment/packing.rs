//! Columns in as few bytes as possible: LZMA without context bits, which learns anew at each column what its bytes are like.
//!
//! On a day of a class it takes 8 % less than zstd at its best, and the crate is Rust alone (`docs/decisions/0015-segments.md`).

use std::io::{Read, Write};

use lzma_rust2::{EncodeMode, LzmaOptions, LzmaReader, LzmaWriter, MfType};

use super::numbers::{Reader, write_number};
use crate::error::{Error, Result};

/// No segment that we seal unpacks to more.
const LARGEST: usize = 12 << 20;
/// How far back a match may lie; the memory that a reader needs.
const WINDOW: u32 = 256 << 10;

fn options() -> LzmaOptions {
    LzmaOptions {
        dict_size: WINDOW,
        lc: 0,
        lp: 0,
        pb: 0,
        mode: EncodeMode::Normal,
        nice_len: LzmaOptions::NICE_LEN_MAX,
        mf: MfType::Bt4,
        depth_limit: 0,
        preset_dict: None,
    }
}

/// Packs bytes: their length, then raw LZMA with an empty context (lc, lp and pb 0) and no mark at its end.
pub(super) fn pack(bytes: &[u8]) -> Result<Vec<u8>> {
    let failed = |e: std::io::Error| Error::internal("A segment can't be packed.").caused_by(e);
    let mut packed = Vec::new();
    write_number(&mut packed, bytes.len() as u64);
    let mut writer = LzmaWriter::new_no_header(packed, &options(), false).map_err(failed)?;
    writer.write_all(bytes).map_err(failed)?;
    writer.finish().map_err(failed)
}

/// The reverse of [`pack`]; nothing where the bytes are damaged.
pub(super) fn unpack(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut from = Reader::new(bytes);
    let length = from.count(LARGEST).ok()?;
    let mut reader = LzmaReader::new(from.rest(), length as u64, 0, 0, 0, WINDOW, None).ok()?;
    let mut unpacked = Vec::new();
    reader.by_ref().take(LARGEST as u64).read_to_end(&mut unpacked).ok()?;
    (unpacked.len() == length).then_some(unpacked)
}
