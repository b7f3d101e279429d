//! What is shown of a text that was found: the part around what was looked for, in pieces, so that a screen can mark the
//! hits without any markup coming from the box.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

use super::rules::Term;
use super::words::{Cut, Word, words};

/// Characters of a text that are shown.
const ROOM: usize = 150;
/// Of these, characters before the first hit: enough to see what it is about.
const LEAD: usize = 40;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = TextPiece)]
pub struct Piece {
    /// Never empty.
    pub text: String,
    /// Whether it is what was looked for.
    pub hit: bool,
}

/// The whole text.
pub(super) fn whole(text: &str, terms: &[Term]) -> Vec<Piece> {
    let words = words(text);
    pieces(text, 0, text.len(), &hits(&words, terms))
}

/// The part of the text in which most of the terms are near each other; its beginning when none is there.
pub(super) fn around(text: &str, terms: &[Term]) -> Vec<Piece> {
    let words = words(text);
    let hits = hits(&words, terms);
    let first = densest(text, &hits).map_or(0, |hit| hit.start);
    let (start, end) = cut(text, &words, first);
    let mut shown = pieces(text, start, end, &hits);
    if let Some(piece) = shown.first_mut().filter(|_| start > 0) {
        let cut_off = Piece { text: format!("… {}", piece.text), hit: false };
        if piece.hit { shown.insert(0, Piece { text: "… ".into(), hit: false }) } else { *piece = cut_off }
    }
    if end < text.len() {
        match shown.last_mut().filter(|piece| !piece.hit) {
            Some(piece) => piece.text.push_str(" …"),
            None => shown.push(Piece { text: " …".into(), hit: false }),
        }
    }
    shown
}

/// A word of the text that was looked for.
#[derive(Clone, Copy)]
struct Hit {
    start: usize,
    end: usize,
    term: usize,
}

fn hits(words: &[Word], terms: &[Term]) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let rest = || words.iter().skip(place);
        let found = terms.iter().enumerate().find_map(|(number, term)| {
            let count = term.matches(rest().map(|word| word.folded.as_str()));
            (count > 0).then_some((number, term, count))
        });
        let Some((number, term, count)) = found else { continue };
        let last = rest().nth(count - 1).map_or(word.end, |last| last.end);
        // Of a pair that only begins with a single character that was looked for, that character is the hit.
        let next = words.get(place + 1).filter(|_| word.cut == Cut::Pair && term.begins);
        let end = next.map_or(last, |next| next.start.clamp(word.start, last));
        hits.push(Hit { start: word.start, end, term: number });
    }
    hits
}

/// The hit from which on most different terms come within the room.
fn densest<'a>(text: &str, hits: &'a [Hit]) -> Option<&'a Hit> {
    let different = |place: usize| {
        let from = hits.get(place).map_or(0, |hit| hit.start);
        let within = hits.iter().skip(place).take_while(|hit| {
            text.get(from..hit.end).is_some_and(|part| part.chars().count() <= ROOM - LEAD)
        });
        within.map(|hit| hit.term).collect::<BTreeSet<_>>().len()
    };
    // The first of equals: `max_by_key` takes the last.
    let best = (0..hits.len()).rev().max_by_key(|place| different(*place))?;
    hits.get(best)
}

/// From where to where a text is shown whose first hit begins at the byte `first`: from word to word.
fn cut(text: &str, words: &[Word], first: usize) -> (usize, usize) {
    let (before, after) = text.split_at_checked(first).unwrap_or(("", text));
    let room_before = if text.chars().count() <= ROOM { ROOM } else { LEAD };
    let earliest = before.char_indices().rev().take(room_before).last().map_or(first, |(at, _)| at);
    let start = if earliest == 0 {
        0
    } else {
        words.iter().map(|word| word.start).find(|start| *start >= earliest).unwrap_or(first)
    };
    let shown_before = text.get(start..first).map_or(0, |part| part.chars().count());
    let latest = after.char_indices().nth(ROOM - shown_before).map(|(at, _)| first + at);
    let end = latest.map_or(text.len(), |latest| {
        let ends = words.iter().filter(|word| word.start >= first).map(|word| word.end);
        ends.take_while(|end| *end <= latest).last().unwrap_or(latest)
    });
    (start, end)
}

fn pieces(text: &str, start: usize, end: usize, hits: &[Hit]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut add = |from: usize, to: usize, hit: bool| {
        let Some(part) = text.get(from..to).filter(|part| !part.is_empty()) else { return };
        match pieces.last_mut().filter(|last| last.hit == hit) {
            Some(last) => last.text.push_str(part),
            None => pieces.push(Piece { text: part.to_owned(), hit }),
        }
    };
    let mut at = start;
    for hit in hits.iter().filter(|hit| hit.start >= start && hit.end <= end) {
        add(at, hit.start, false);
        // Pairs of a script without spaces overlap.
        add(at.max(hit.start), hit.end, true);
        at = at.max(hit.end);
    }
    add(at, end, false);
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::rules::terms;
    use super::*;

    /// Hits in brackets.
    fn shown(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text.clone() })
            .collect()
    }

    #[test]
    fn hits_are_marked_as_they_stand_in_the_text() {
        for (text, question, expected) in [
            ("Tens and ones", "ten", "[Tens] and ones"),
            ("Tens and ones", "ones tens", "[Tens] and [ones]"),
            ("Les Élèves", "eleve", "Les [Élèves]"),
            ("l’Eau pure", "eau", "l’[Eau] pure"),
            ("水循环和水", "水循环", "[水循环]和水"),
            ("水循环和水", "水", "[水]循环和[水]"),
            ("เด็กไปโรงเรียน", "โรงเรียน", "เด็กไป[โรงเรียน]"),
            ("ทะเลและเมฆ", "น้ำทะเล", "ทะเลและเมฆ"),
            ("水水水", "水水", "[水水水]"),
            ("مقدّمة في الكسور", "كسور", "مقدّمة في [الكسور]"),
            ("<b>bold</b>", "bold", "<b>[bold]</b>"),
            ("", "bold", ""),
        ] {
            assert_eq!(shown(&whole(text, &terms(question))), expected, "{text} {question}");
        }
        let mut meant = terms("fractoin");
        meant[0].meant = vec!["fractions".into()];
        assert_eq!(shown(&whole("Compare fractions", &meant)), "Compare [fractions]");
    }

    #[test]
    fn a_long_text_is_shown_where_most_words_come_together() {
        let text = format!(
            "Ten {} Here ten sticks make a bundle of ten. {}",
            "sand ".repeat(60),
            "rain ".repeat(60)
        );
        let part = shown(&around(&text, &terms("ten sticks bundle")));
        assert!(part.starts_with("… sand"), "{part}");
        assert!(part.contains("Here [ten] [sticks] make a [bundle] of [ten]."), "{part}");
        assert!(part.ends_with("rain …"), "{part}");
        let unmarked = shown(&around(&text, &terms("snow")));
        assert!(unmarked.starts_with("Ten sand") && unmarked.ends_with(" …"), "{unmarked}");
        assert_eq!(shown(&around("A short one.", &terms("short"))), "A [short] one.");
        let chinese = "水".repeat(400) + "循环" + &"和".repeat(400);
        let part = shown(&around(&chinese, &terms("循环")));
        assert!(part.contains("水[循环]和") && part.chars().count() < ROOM + 10, "{part}");
    }

    proptest! {
        #[test]
        fn the_pieces_together_are_the_text(text in "\\PC{0,300}", question in "\\PC{0,20}") {
            let terms = terms(&question);
            let all: String = whole(&text, &terms).iter().map(|piece| piece.text.as_str()).collect();
            prop_assert_eq!(&all, &text);
            let part: String = around(&text, &terms).iter().map(|piece| piece.text.as_str()).collect();
            let inside = part.strip_prefix("… ").unwrap_or(&part);
            let inside = inside.strip_suffix(" …").unwrap_or(inside);
            prop_assert!(text.contains(inside), "{part:?}");
            prop_assert!(part.chars().count() <= ROOM + 4);
        }
    }
}
