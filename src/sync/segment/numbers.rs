//! Numbers in few bytes, and a reader that hostile bytes can't lead astray.

/// Why bytes are no segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Damaged;

pub(super) type Read<T> = std::result::Result<T, Damaged>;

/// Seven bits a byte, the low ones first; the last byte has its high bit clear (LEB128).
pub(super) fn write_number(to: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        to.push(u8::try_from(number & 0x7f).unwrap_or_default() | 0x80);
        number >>= 7;
    }
    to.push(u8::try_from(number).unwrap_or_default());
}

/// How many bytes [`write_number`] takes.
pub(super) fn length_of(number: u64) -> usize {
    let bits = (u64::BITS - number.leading_zeros()).max(1);
    bits.div_ceil(7) as usize
}

/// Small numbers of either sign as small numbers: 0, -1, 1, -2, …
pub(super) fn folded(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

/// The reverse of [`folded`].
pub(super) fn unfolded(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

/// Reads bytes from the front.
#[derive(Clone)]
pub(super) struct Reader<'a> {
    left: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { left: bytes }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    /// All that is left.
    pub(super) fn rest(self) -> &'a [u8] {
        self.left
    }

    pub(super) fn bytes(&mut self, count: usize) -> Read<&'a [u8]> {
        let (taken, left) = self.left.split_at_checked(count).ok_or(Damaged)?;
        self.left = left;
        Ok(taken)
    }

    pub(super) fn byte(&mut self) -> Read<u8> {
        self.bytes(1)?.first().copied().ok_or(Damaged)
    }

    pub(super) fn number(&mut self) -> Read<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return Err(Damaged);
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Damaged)
    }

    /// A count or length, which can't be more than `most`.
    pub(super) fn count(&mut self, most: usize) -> Read<usize> {
        usize::try_from(self.number()?).ok().filter(|count| *count <= most).ok_or(Damaged)
    }

    /// Bytes with their length before them.
    pub(super) fn counted(&mut self) -> Read<&'a [u8]> {
        let count = self.count(self.left.len())?;
        self.bytes(count)
    }
}

/// Writes bytes with their length before them.
pub(super) fn write_counted(to: &mut Vec<u8>, bytes: &[u8]) {
    write_number(to, bytes.len() as u64);
    to.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_in_the_bytes_that_were_promised() {
        for number in [0, 1, 127, 128, 300, 16_383, 16_384, u64::from(u32::MAX), u64::MAX - 1, u64::MAX] {
            let mut bytes = Vec::new();
            write_number(&mut bytes, number);
            assert_eq!(bytes.len(), length_of(number), "{number}");
            assert_eq!(Reader::new(&bytes).number(), Ok(number));
        }
        for number in [0, -1, 1, 63, -64, i64::MAX, i64::MIN] {
            assert_eq!(unfolded(folded(number)), number);
        }
        assert_eq!(folded(-64), 127);
    }

    #[test]
    fn bytes_that_end_early_or_run_over_are_damaged() {
        for bytes in
            [&[][..], &[0x80], &[0xff; 10], &[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02]]
        {
            assert_eq!(Reader::new(bytes).number(), Err(Damaged), "{bytes:?}");
        }
        assert_eq!(Reader::new(&[5, 1, 2]).counted(), Err(Damaged));
    }
}
