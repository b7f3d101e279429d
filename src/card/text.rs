//! The settings file as people save it: any editor's encoding and line ends, `=` or `:`, quotes or none, comments.

/// A line that sets something.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// As an editor counts, from 1.
    pub number: usize,
    /// In small letters, without blanks, dashes and underscores.
    pub key: String,
    /// Without its quotes and comment.
    pub value: String,
}

/// Splits a file into lines that set something, and the numbers of those that can't be read.
pub(super) fn read(bytes: &[u8]) -> (Vec<Line>, Vec<usize>) {
    let text = decode(bytes).replace("\r\n", "\n").replace('\r', "\n");
    let mut lines = Vec::new();
    let mut unreadable = Vec::new();
    for (number, line) in (1..).zip(text.split('\n').map(str::trim)) {
        // Sections are what other programs want; here they change nothing.
        let says_nothing = line.is_empty() || line.starts_with(['#', ';', '[']) || line.starts_with("//");
        if says_nothing {
            continue;
        }
        match line.split_once(['=', ':']) {
            Some((key, value)) if !plain(key).is_empty() => {
                lines.push(Line { number, key: plain(key), value: bare(value) });
            }
            _ => unreadable.push(number),
        }
    }
    (lines, unreadable)
}

/// UTF-8, UTF-16 with its mark (Notepad calls it Unicode), else the letters of western Windows.
fn decode(bytes: &[u8]) -> String {
    let wide = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| read([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => String::from_utf8(bytes.to_vec())
            .unwrap_or_else(|_| bytes.iter().map(|b| char::from(*b)).collect()),
    }
}

/// `Wi-Fi name`, `wifi_name` and `WIFINAME` are one.
pub(super) fn plain(key: &str) -> String {
    key.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A value without its quotes, also those that word processors make, and without a comment after it.
fn bare(value: &str) -> String {
    let value = value.trim();
    let closing: &[char] = match value.chars().next() {
        Some('"' | '“' | '”' | '„' | '«' | '»') => &['"', '“', '”', '«', '»'],
        Some('\'' | '‘' | '’') => &['\'', '‘', '’'],
        _ => &[],
    };
    let inside = value.chars().next().map_or("", |first| &value[first.len_utf8()..]);
    // The last quote before a comment: a name may hold an apostrophe.
    let quoted = inside.split(" #").next().unwrap_or_default().trim_end();
    if let Some(last) = quoted.chars().next_back().filter(|last| closing.contains(last)) {
        return quoted[..quoted.len() - last.len_utf8()].to_owned();
    }
    if let Some(end) = inside.rfind(|letter| closing.contains(&letter)) {
        return inside[..end].to_owned();
    }
    let without_comment =
        if value.starts_with('#') { "" } else { value.split(" #").next().unwrap_or_default() };
    without_comment.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(bytes: &[u8]) -> Vec<(String, String)> {
        read(bytes).0.into_iter().map(|line| (line.key, line.value)).collect()
    }

    #[test]
    fn a_line_is_read_however_it_was_typed() {
        for (line, key, value) in [
            ("school = Hill School", "school", "Hill School"),
            ("School Name : \"Hill School\"", "schoolname", "Hill School"),
            ("Wi-Fi_name=“Hill School”", "wifiname", "Hill School"),
            ("  SSID='Hill'  # on the wall", "ssid", "Hill"),
            ("school = St. Mary's", "school", "St. Mary's"),
            ("school = 'St. Mary's'", "school", "St. Mary's"),
            ("school = École des Hauts", "school", "École des Hauts"),
            ("password = a#b=c:d", "password", "a#b=c:d"),
            ("password = \"ends in #\"", "password", "ends in #"),
            ("password = secret99 # not this", "password", "secret99"),
            ("password = \"one # two three\"", "password", "one # two three"),
            ("password = \"half", "password", "\"half"),
            ("password =", "password", ""),
            ("password = # none", "password", ""),
            ("hub = https://hub.example/a", "hub", "https://hub.example/a"),
        ] {
            assert_eq!(pairs(line.as_bytes()), [(key.to_owned(), value.to_owned())], "{line}");
        }
    }

    #[test]
    fn every_editor_s_file_is_read() {
        let wanted =
            [("school".to_owned(), "Escola São João".to_owned()), ("country".to_owned(), "MZ".to_owned())];
        let text = "# settings\r\n[box]\r\nschool = Escola São João\r\n\r\ncountry = MZ";
        let wide = |to_bytes: fn(u16) -> [u8; 2], mark: [u8; 2]| {
            mark.into_iter().chain(text.encode_utf16().flat_map(to_bytes)).collect::<Vec<u8>>()
        };
        let western: Vec<u8> = text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
        for bytes in [
            text.as_bytes().to_vec(),
            text.replace("\r\n", "\n").into_bytes(),
            text.replace("\r\n", "\r").into_bytes(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            wide(u16::to_le_bytes, [0xff, 0xfe]),
            wide(u16::to_be_bytes, [0xfe, 0xff]),
            western,
        ] {
            assert_eq!(pairs(&bytes), wanted, "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_setting_is_told_by_its_line() {
        let (lines, unreadable) = read(b"school = Hill\n\nhello\n= 7\n// a comment\n; another\n");
        assert_eq!(lines.len(), 1);
        assert_eq!(unreadable, [3, 4]);
        assert_eq!(read(&[0xff, 0xfe, 0x41]), (Vec::new(), Vec::new()));
    }
}
