//! Reads numbers as students write them, in any script and by any country's custom.
//!
//! The rules stand in `docs/pack-format.md`, "Marking"; the tablet has a twin of this file, and
//! `tests/fixtures/marking.json` holds both to the same answers.

use super::digits::ascii_digit;
use super::rational::{Rational, gcd};

/// Most digits that a number may have; with 18 every value and every sum of three fits into 128 bits.
const MOST_DIGITS: usize = 18;

/// Most characters that are looked at: 18 digits, their marks, and blanks to spare.
const LONGEST: usize = 100;

/// One value that a written number can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    /// The value.
    pub value: Rational,
    /// Whole, or a fraction in lowest terms whose part beside a whole is below one: the form that `simplest` wants.
    pub simplest: bool,
}

/// A number as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// What it can mean: one value, or two where `1,234` may be a decimal or more than a thousand.
    /// The first takes the mark as a decimal mark.
    pub readings: Vec<Reading>,
    /// Whether it ended with a percent sign; the values are already divided by a hundred.
    pub percent: bool,
}

/// Reads a number; `None` when the text is none.
pub(super) fn read(text: &str) -> Option<Written> {
    if text.chars().nth(LONGEST).is_some() {
        return None;
    }
    let plain: String = text.chars().filter(|&c| !directs_writing(c)).map(plain_form).collect();
    let mut body = plain.trim();
    if body.chars().filter(char::is_ascii_digit).count() > MOST_DIGITS {
        return None;
    }
    let negative = body.starts_with('-');
    if let Some(rest) = body.strip_prefix(['-', '+']) {
        body = rest.trim_start();
    }
    let percent = body.ends_with('%');
    if let Some(rest) = body.strip_suffix('%') {
        body = rest.trim_end();
    }
    let mut readings = if holds_stroke(body) { vec![read_fraction(body)?] } else { read_decimal(body)? };
    for reading in &mut readings {
        if negative {
            reading.value = reading.value.negated()?;
        }
        if percent {
            reading.value = reading.value.over(Rational::whole(100))?;
        }
    }
    Some(Written { readings, percent })
}

/// Reads a number of a key: plain ASCII without group marks (`1234`, `-3`, `0.75`, `3/4`, `2 3/4`, `75%`).
pub(super) fn read_plain(text: &str) -> Option<Rational> {
    let allowed = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '/' | ' ' | '%');
    let grouped = text.matches('.').count() > 1 || (text.contains(' ') && !text.contains('/'));
    if !text.chars().all(allowed) || grouped || text.starts_with(' ') || text.ends_with(' ') {
        return None;
    }
    read(text)?.readings.first().map(|reading| reading.value)
}

/// Marks of writing direction that an Arabic or Hebrew keyboard leaves in a text.
fn directs_writing(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// One plain character for each of the many that mean the same in a number.
fn plain_form(c: char) -> char {
    match c {
        '−' | '–' | '‐' | '‑' | '－' => '-',
        '＋' => '+',
        '，' | '،' => ',',
        '．' => '.',
        '／' | '⁄' | '∕' => '/',
        '％' | '٪' => '%',
        '’' => '\'',
        c if c.is_whitespace() => ' ',
        c => ascii_digit(c),
    }
}

fn holds_stroke(body: &str) -> bool {
    body.contains('/') || body.chars().any(|c| ready_made(c).is_some())
}

/// The numerator and denominator of a character such as ½.
fn ready_made(c: char) -> Option<(i128, i128)> {
    Some(match c {
        '¼' => (1, 4),
        '½' => (1, 2),
        '¾' => (3, 4),
        '⅐' => (1, 7),
        '⅑' => (1, 9),
        '⅒' => (1, 10),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    })
}

/// `3/4`, `2 3/4`, `½`, `2½`.
fn read_fraction(body: &str) -> Option<Reading> {
    if let Some(last) = body.chars().next_back()
        && let Some((top, bottom)) = ready_made(last)
    {
        let whole = body[..body.len() - last.len_utf8()].trim_end();
        let whole = if whole.is_empty() { None } else { Some(digits(whole)?) };
        return fraction(whole, top, bottom);
    }
    let (above, below) = body.split_once('/')?;
    let (above, bottom) = (above.trim_end(), digits(below.trim_start())?);
    match above.split_once(' ') {
        Some((whole, top)) => fraction(Some(digits(whole)?), digits(top.trim_start())?, bottom),
        None => fraction(None, digits(above)?, bottom),
    }
}

fn fraction(whole: Option<i128>, top: i128, bottom: i128) -> Option<Reading> {
    let part = Rational::new(top, bottom)?;
    let lowest = gcd(top.unsigned_abs(), bottom.unsigned_abs()) == 1;
    Some(Reading {
        value: part.plus(Rational::whole(whole.unwrap_or(0)))?,
        simplest: lowest && (whole.is_none() || top < bottom),
    })
}

/// Digits and nothing else.
fn digits(text: &str) -> Option<i128> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

const fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',' | '٫' | '٬' | ' ' | '\'')
}

/// `1234`, `1 234,5`, `12,34,567.0`, `.5`: splits off the decimal part, then takes the groups apart.
fn read_decimal(body: &str) -> Option<Vec<Reading>> {
    let marks: Vec<char> = body.chars().filter(|&c| is_mark(c)).collect();
    let Some(&last) = marks.last() else {
        return Some(vec![decimal(body, "")?]);
    };
    let decides = matches!(last, '.' | ',' | '٫') && marks.iter().filter(|&&c| c == last).count() == 1;
    if !decides {
        return Some(vec![decimal(&ungroup(body)?, "")?]);
    }
    let (whole, part) = body.split_once(last)?;
    let mut readings = vec![decimal(&ungroup(whole)?, part)?];
    let either = marks.len() == 1 && last != '٫' && part.len() == 3;
    if either && matches!(whole.len(), 1..=3) && !whole.starts_with('0') {
        readings.push(decimal(&format!("{whole}{part}"), "")?);
    }
    Some(readings)
}

/// The digits of a whole number without its group marks; `None` when the groups are no groups.
fn ungroup(whole: &str) -> Option<String> {
    let Some(mark) = whole.chars().find(|&c| is_mark(c)) else {
        return Some(whole.to_owned());
    };
    let groups: Vec<&str> = whole.split(mark).collect();
    let (first, rest) = groups.split_first()?;
    let (last, between) = rest.split_last()?;
    let fits = mark != '٫'
        && matches!(first.len(), 1..=3)
        && between.iter().all(|group| matches!(group.len(), 2..=3))
        && last.len() == 3;
    fits.then(|| groups.concat())
}

/// A decimal from its digits before and after the point, of which one side may be empty.
fn decimal(whole: &str, part: &str) -> Option<Reading> {
    let places = i32::try_from(part.len()).ok()?;
    let all = digits(&format!("{whole}{part}"))?;
    let value = Rational::whole(all).times(Rational::power_of_ten(-places)?)?;
    Some(Reading { value, simplest: value.as_whole().is_some() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        read(text).map_or_else(Vec::new, |w| w.readings.iter().map(|r| r.value.to_string()).collect())
    }

    #[test]
    fn reads_the_customs_of_many_countries() {
        for (text, values) in [
            ("1,234", vec!["1.234", "1234"]),
            ("1.234", vec!["1.234", "1234"]),
            ("0,234", vec!["0.234"]),
            ("12,34,567.5", vec!["1234567.5"]),
            ("1 234,5", vec!["1234.5"]),
            ("१२,३४,५६७", vec!["1234567"]),
            ("−٢ ٣/٤", vec!["-2.75"]),
            ("2½", vec!["2.5"]),
            ("٧٥٪", vec!["0.75"]),
            ("5.", vec!["5"]),
            (",5", vec!["0.5"]),
        ] {
            assert_eq!(all(text), values, "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in [
            "", ".", "-", "1,,2", "1 2", "1/0", "½½", "/", "1/", "%", "1e3", "٫", "1٫2٫3", "' '", "12'",
            "½ 2", "1½/2",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read(&"9".repeat(19)), None);
        assert_eq!(read(&" ".repeat(100_000)), None);
    }

    #[test]
    fn keys_are_plain() {
        for (text, value) in
            [("1.234", Some("1.234")), ("2 3/4", Some("2.75")), ("75%", Some("0.75")), ("-3", Some("-3"))]
        {
            assert_eq!(read_plain(text).map(|v| v.to_string()).as_deref(), value, "{text}");
        }
        for text in ["1,234", "1 234", "1.234.567", " 3", "٣", "½", "", "+3", "ten"] {
            assert_eq!(read_plain(text), None, "{text}");
        }
    }
}
