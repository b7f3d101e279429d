//! CBOR taken apart: where one item ends, and what its head says. Nothing is interpreted, so any body of an entry comes back as it was.

use super::numbers::{Damaged, Read};

/// The head of one item, as far as taking apart needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// A whole number from 0 on, in the fewest bytes.
    Number(u64),
    /// Any other single item: text, bytes, a negative number, true, null …
    Leaf,
    /// An array or map with so many items in it; a map's keys and values count each.
    Items(u64),
}

/// Reads the head of the first item: what it is, and how many bytes belong to it (of a text or of bytes the content too; of an
/// array or map only the head).
pub(super) fn head(bytes: &[u8]) -> Read<(Head, usize)> {
    let first = *bytes.first().ok_or(Damaged)?;
    let (major, low) = (first >> 5, first & 0x1f);
    let (value, length): (u64, usize) = match low {
        0..=23 => (u64::from(low), 1),
        24 => (argument(bytes, 1)?, 2),
        25 => (argument(bytes, 2)?, 3),
        26 => (argument(bytes, 4)?, 5),
        27 => (argument(bytes, 8)?, 9),
        // Lengths that are told at the end: our entries have none.
        _ => return Err(Damaged),
    };
    let with_content = || {
        let content = usize::try_from(value).map_err(|_| Damaged)?;
        length.checked_add(content).filter(|whole| *whole <= bytes.len()).ok_or(Damaged)
    };
    Ok(match major {
        0 if is_shortest(value, low) => (Head::Number(value), length),
        0 | 1 | 7 => (Head::Leaf, length),
        2 | 3 => (Head::Leaf, with_content()?),
        4 => (Head::Items(value), length),
        5 => (Head::Items(value.checked_mul(2).ok_or(Damaged)?), length),
        // A tag belongs to what follows, and our entries have none.
        _ => return Err(Damaged),
    })
}

fn argument(bytes: &[u8], length: usize) -> Read<u64> {
    let bytes = bytes.get(1..=length).ok_or(Damaged)?;
    Ok(bytes.iter().fold(0, |number, byte| (number << 8) | u64::from(*byte)))
}

fn is_shortest(value: u64, low: u8) -> bool {
    low == match value {
        0..=23 => return low < 24,
        24..=0xff => 24,
        0x100..=0xffff => 25,
        0x1_0000..=0xffff_ffff => 26,
        _ => 27,
    }
}

/// Writes a whole number from 0 on in the fewest bytes.
pub(super) fn write_number(to: &mut Vec<u8>, value: u64) {
    let bytes = value.to_be_bytes();
    let (low, from) = match value {
        0..=23 => return to.push(u8::try_from(value).unwrap_or_default()),
        24..=0xff => (24, 7),
        0x100..=0xffff => (25, 6),
        0x1_0000..=0xffff_ffff => (26, 4),
        _ => (27, 0),
    };
    to.push(low);
    to.extend_from_slice(bytes.get(from..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read_as_rfc_8949_writes_them() {
        for (bytes, wanted) in [
            (&[0x17][..], Ok((Head::Number(23), 1))),
            (&[0x18, 0x18], Ok((Head::Number(24), 2))),
            // 23 in two bytes is read, but not as a number that could be written shorter.
            (&[0x18, 0x17], Ok((Head::Leaf, 2))),
            (&[0x1b, 0, 0, 0, 1, 0, 0, 0, 0], Ok((Head::Number(1 << 32), 9))),
            (&[0x20], Ok((Head::Leaf, 1))),
            (&[0x63, b'a', b'b', b'c', 0], Ok((Head::Leaf, 4))),
            (&[0x63, b'a', b'b'], Err(Damaged)),
            (&[0x83, 1, 2, 3], Ok((Head::Items(3), 1))),
            (&[0xa2, 1, 2, 3, 4], Ok((Head::Items(4), 1))),
            (&[0xf6], Ok((Head::Leaf, 1))),
            (&[0x9f], Err(Damaged)),
            (&[0xc1, 0], Err(Damaged)),
            (&[0x19, 1], Err(Damaged)),
            (&[], Err(Damaged)),
        ] {
            assert_eq!(head(bytes), wanted, "{bytes:02x?}");
        }
    }

    #[test]
    fn numbers_are_written_as_they_are_read() {
        for value in [0, 23, 24, 255, 256, 65_535, 65_536, u64::from(u32::MAX), 1 << 32, u64::MAX] {
            let mut bytes = Vec::new();
            write_number(&mut bytes, value);
            assert_eq!(head(&bytes), Ok((Head::Number(value), bytes.len())), "{value}");
        }
    }
}
