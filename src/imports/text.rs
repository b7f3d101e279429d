//! Text of any usual encoding, and whether something is text at all.

use super::source::HEAD;

/// What the bytes 0x80 to 0x9f mean in Windows-1252; 0 where they mean nothing.
/// From <https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT>.
const UPPER: [u16; 32] = [
    0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
    0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
    0x0153, 0, 0x017e, 0x0178,
];

/// Text, and whether it lies there as UTF-8.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Text {
    /// The text, without a mark of its encoding at the front.
    pub(super) text: String,
    /// The bytes themselves are this text.
    pub(super) is_utf8: bool,
}

/// As [`decode`], of the first bytes of a file, which may end in the middle of a letter.
pub(super) fn decode_head(head: &[u8]) -> Option<Text> {
    if head.len() < HEAD {
        return decode(head);
    }
    let end = head.iter().rposition(|byte| *byte == b'\n').unwrap_or(head.len());
    let lines = head.get(..end)?;
    match std::str::from_utf8(lines) {
        Err(error) if error.error_len().is_none() => decode(lines.get(..error.valid_up_to())?),
        _ => decode(lines),
    }
}

/// Reads UTF-8, UTF-16 and Windows-1252; `None` when the bytes are no text.
pub(super) fn decode(bytes: &[u8]) -> Option<Text> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return Some(Text { text: demand_text(std::str::from_utf8(rest).ok()?.to_owned())?, is_utf8: false });
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest, u16::from_be_bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        if !text.contains('\0') {
            return Some(Text { text: demand_text(text.to_owned())?, is_utf8: true });
        }
        // Plain letters in UTF-16 are every other byte a zero.
        let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
        let (even, odd) = (zeros(0), zeros(1));
        return match () {
            () if odd * 4 > bytes.len() && even == 0 => utf16(bytes, u16::from_le_bytes),
            () if even * 4 > bytes.len() && odd == 0 => utf16(bytes, u16::from_be_bytes),
            () => None,
        };
    }
    let letters = bytes.iter().map(|byte| match byte {
        0x80..=0x9f => UPPER.get(usize::from(byte - 0x80)).and_then(|code| char::from_u32(u32::from(*code))),
        other => Some(char::from(*other)),
    });
    let text: String = letters.map(|letter| letter.filter(|c| *c != '\0')).collect::<Option<_>>()?;
    Some(Text { text: demand_text(text)?, is_utf8: false })
}

fn utf16(bytes: &[u8], read: fn([u8; 2]) -> u16) -> Option<Text> {
    let units = bytes.chunks_exact(2).filter_map(|pair| Some(read([*pair.first()?, *pair.get(1)?])));
    let letters: Vec<_> = char::decode_utf16(units).collect();
    let last = letters.len().saturating_sub(1);
    let whole = letters.into_iter().enumerate();
    let text = whole.filter(|(place, letter)| letter.is_ok() || *place != last).map(|(_, letter)| letter);
    let text: String = text.collect::<Result<_, _>>().ok()?;
    Some(Text { text: demand_text(text)?, is_utf8: false })
}

/// No text has control characters, but for those that part lines and columns.
fn demand_text(text: String) -> Option<String> {
    let is_strange = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r' | '\x0c') || c == '\x7f';
    (!text.contains(is_strange)).then_some(text)
}

/// Decodes base64, passing over white space; `None` when it is none.
pub(super) fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for letter in text.iter().filter(|letter| !letter.is_ascii_whitespace()) {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => continue,
            _ => return None,
        };
        held = (held << 6 | u32::from(value)) & 0xff_ffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).unwrap_or_default());
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_its_encoding() {
        let read = |bytes: &[u8]| decode(bytes).map(|text| text.text);
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let cases: [(Vec<u8>, Option<&str>); 9] = [
            ("école".into(), Some("école")),
            (b"\xef\xbb\xbf\xc3\xa9".to_vec(), Some("é")),
            ([b"\xff\xfe".to_vec(), wide("الماء")].concat(), Some("الماء")),
            (wide("plain letters"), Some("plain letters")),
            (b"\x93\xe9cole\x94 \x80".to_vec(), Some("“école” €")),
            (b"\x81\xff".to_vec(), None),
            (b"a\0\x01b".to_vec(), None),
            (b"caf\xe9".to_vec(), Some("café")),
            (b"\xff\xfe\x00\xd8".to_vec(), Some("")),
        ];
        for (bytes, text) in cases {
            assert_eq!(read(&bytes).as_deref(), text, "{bytes:?}");
        }
    }

    #[test]
    fn a_head_may_end_anywhere() {
        let long = "école ".repeat(HEAD);
        let head = decode_head(&long.as_bytes()[..HEAD]).unwrap();
        assert!(head.is_utf8 && long.starts_with(&head.text) && head.text.len() > HEAD - 4);
    }

    #[test]
    fn base64_is_decoded_over_the_ends_of_lines() {
        assert_eq!(base64(b"R29h\ndHM=").as_deref(), Some(b"Goats".as_slice()));
        assert_eq!(base64(b"R29h!"), None);
    }
}
