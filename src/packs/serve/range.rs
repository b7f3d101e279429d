//! What a request asks for: a part, a coding, only what is new (RFC 9110, sections 12 to 14).

use axum::http::{HeaderMap, HeaderValue, header};

/// Which bytes are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// All. Also what is answered to a range that can't be read, and to several at once.
    Whole,
    /// `length` bytes from `start`; at least one.
    Part { start: u64, length: u64 },
    /// Only bytes after the end.
    Beyond,
}

/// The part of a file of `size` bytes that is asked for; with `If-Range`, only when the tag is still `tag`.
pub(super) fn asked(headers: &HeaderMap, tag: &str, size: u64) -> Asked {
    let same = headers.get(header::IF_RANGE).is_none_or(|known| known.as_bytes() == tag.as_bytes());
    match headers.get(header::RANGE).and_then(|range| range.to_str().ok()) {
        Some(range) if same => parse(range, size),
        _ => Asked::Whole,
    }
}

fn parse(range: &str, size: u64) -> Asked {
    let Some((from, to)) = range.trim().strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Asked::Whole;
    };
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| text.parse().unwrap_or(u64::MAX))
    };
    let (start, end) = match (number(from.trim()), number(to.trim())) {
        (Some(from), Some(to)) if from > to => return Asked::Whole,
        (Some(from), Some(to)) => (from, to.saturating_add(1).min(size)),
        (Some(from), None) if to.trim().is_empty() => (from, size),
        (None, Some(last)) if from.trim().is_empty() => (size.saturating_sub(last), size),
        _ => return Asked::Whole,
    };
    if start >= end { Asked::Beyond } else { Asked::Part { start, length: end - start } }
}

/// Whether gzip may be sent.
pub(super) fn accepts_gzip(headers: &HeaderMap) -> bool {
    let mut any = false;
    let values = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    for coding in values.flat_map(|value| value.split(',')) {
        let mut parts = coding.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let weight = parts
            .find_map(|part| part.strip_prefix(['q', 'Q'])?.strip_prefix('='))
            .map_or(Ok(1.0), str::parse::<f32>);
        let wanted = weight.is_ok_and(|weight| weight > 0.0);
        if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") {
            return wanted;
        }
        any |= name == "*" && wanted;
    }
    any
}

/// Whether `If-None-Match` names `tag`.
pub(super) fn names_tag(header: Option<&HeaderValue>, tag: &str) -> bool {
    header.and_then(|value| value.to_str().ok()).is_some_and(|tags| {
        tags.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_is_asked_for_is_a_part_of_the_file(
            range in "(bytes|items|BYTES)?=?[ 0-9,-]{0,24}|\\PC{0,30}",
            size in prop_oneof![0..100_u64, any::<u64>()],
        ) {
            if let Asked::Part { start, length } = parse(&range, size) {
                prop_assert!(length > 0);
                prop_assert!(start.checked_add(length).is_some_and(|end| end <= size), "{range} of {size}");
            }
        }

        #[test]
        fn a_range_that_is_inside_is_given_as_asked(first in 0..1_000_u64, more in 0..1_000_u64, rest in 0..1_000_u64) {
            let (last, size) = (first + more, first + more + rest + 1);
            let part = Asked::Part { start: first, length: more + 1 };
            prop_assert_eq!(parse(&format!("bytes={first}-{last}"), size), part);
            let part = Asked::Part { start: first, length: size - first };
            prop_assert_eq!(parse(&format!("bytes={first}-"), size), part);
            let part = Asked::Part { start: rest, length: size - rest };
            prop_assert_eq!(parse(&format!("bytes=-{}", size - rest), size), part);
        }
    }
}
