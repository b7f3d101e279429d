//! Digits of every script, as numbers and short answers need them.

/// The zero of every row of ten decimal digits (general category Nd) in Unicode 17, in rising order; the other
/// nine follow their zero. Source: `DerivedGeneralCategory.txt` of the Unicode Character Database.
const ZEROS: [u32; 77] = [
    0x0030, 0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66,
    0x0de6, 0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50,
    0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30,
    0x10d40, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x116d0,
    0x116da, 0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50, 0x11d50, 0x11da0, 0x11de0, 0x11f50, 0x16130,
    0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140,
    0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

/// The ASCII digit of the same value, or the character itself when it is no decimal digit.
pub fn ascii_digit(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let code = u32::from(c);
    let row = ZEROS.partition_point(|&zero| zero <= code);
    // The row of ASCII starts below every other character, so `row` is at least 1 here.
    let value = code - ZEROS[row.saturating_sub(1)];
    char::from_digit(value, 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_digits_of_many_scripts_and_nothing_else() {
        assert_eq!("٣۳३৩๓３𞥓".chars().map(ascii_digit).collect::<String>(), "3333333");
        assert_eq!("a²½Ⅳ٫०९:".chars().map(ascii_digit).collect::<String>(), "a²½Ⅳ٫09:");
        assert!(ZEROS.is_sorted());
    }
}
