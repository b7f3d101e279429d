//! What an H.264 film says of itself in its sequence parameter set (ITU-T H.264, 7.3.2.1.1).

use super::bits::Bits;

/// Profiles whose parameter set says more about colour and depth.
const WITH_CHROMA: [u32; 12] = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134];
/// The largest parameter set that is looked at; real ones have some 30 bytes.
const LARGEST: usize = 4096;

/// The settings that decide whether a tablet can play it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lint) struct Avc {
    /// 66 baseline, 77 main, 100 high, …
    pub(in crate::lint) profile: u32,
    /// Ten times the level: 31 is 3.1.
    pub(in crate::lint) level: u32,
    /// Bits of a sample.
    pub(in crate::lint) depth: u32,
    /// Lines may come as two fields.
    pub(in crate::lint) interlaced: bool,
}

impl Avc {
    /// Reads a NAL unit with a sequence parameter set.
    pub(super) fn read(unit: &[u8]) -> Option<Self> {
        let plain = without_escapes(unit.get(1..unit.len().min(LARGEST))?);
        let mut bits = Bits::new(&plain);
        let profile = bits.number(8)?;
        bits.number(8)?;
        let level = bits.number(8)?;
        bits.golomb()?;
        let mut depth = 8;
        if WITH_CHROMA.contains(&profile) {
            let chroma = bits.golomb()?;
            if chroma == 3 {
                bits.one()?;
            }
            depth = 8_u32.checked_add(bits.golomb()?.max(bits.golomb()?))?;
            bits.one()?;
            if bits.one()? {
                skip_scaling(&mut bits, if chroma == 3 { 12 } else { 8 })?;
            }
        }
        bits.golomb()?;
        match bits.golomb()? {
            0 => {
                bits.golomb()?;
            }
            1 => {
                bits.one()?;
                bits.signed_golomb()?;
                bits.signed_golomb()?;
                for _ in 0..bits.golomb()?.min(255) {
                    bits.signed_golomb()?;
                }
            }
            _ => {}
        }
        bits.golomb()?;
        bits.one()?;
        bits.golomb()?;
        bits.golomb()?;
        let interlaced = !bits.one()?;
        Some(Self { profile, level, depth, interlaced })
    }
}

/// Two zeros and a three hide a start code (ITU-T H.264, 7.4.1): the three is taken out.
fn without_escapes(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut zeros = 0;
    for byte in bytes {
        if zeros >= 2 && *byte == 3 {
            zeros = 0;
            continue;
        }
        zeros = if *byte == 0 { zeros + 1 } else { 0 };
        plain.push(*byte);
    }
    plain
}

fn skip_scaling(bits: &mut Bits, lists: u32) -> Option<()> {
    for list in 0..lists {
        if bits.one()? {
            let (mut last, mut next) = (8_i64, 8_i64);
            for _ in 0..if list < 6 { 16 } else { 64 } {
                if next != 0 {
                    next = (last + bits.signed_golomb()?).rem_euclid(256);
                }
                last = if next == 0 { last } else { next };
            }
        }
    }
    Some(())
}
