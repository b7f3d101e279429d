//! What is found, collected: sorted, and never so much that a hostile pack could fill the memory with it.

use std::collections::BTreeMap;

use super::codes::severity;
use super::{Finding, Grade, Severity, Verdict};

/// An author mends the first of a kind and looks again; a report with more of one code is not read.
const MOST_OF_ONE_CODE: usize = 100;
/// Characters of a place or a message: names come from strangers.
const LONGEST: usize = 400;

/// Findings as they come.
#[derive(Debug, Default)]
pub(super) struct Findings {
    found: Vec<Finding>,
    counts: BTreeMap<&'static str, usize>,
}

impl Findings {
    /// Takes one down.
    pub(super) fn say(&mut self, code: &'static str, place: &str, message: impl Into<String>) {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= MOST_OF_ONE_CODE {
            let (place, message) = (shorten(place), shorten(&message.into()));
            self.found.push(Finding { code, severity: severity(code), place, message });
        }
    }

    /// Takes one down unless the same was said already: of many variants of one question, say.
    pub(super) fn say_once(&mut self, code: &'static str, place: &str, message: impl Into<String>) {
        let message = message.into();
        let is_known =
            |found: &Finding| found.code == code && found.place == place && found.message == message;
        if !self.found.iter().any(is_known) {
            self.say(code, place, message);
        }
    }

    /// The verdict: the gravest first, then by code and place.
    pub(super) fn judge(mut self) -> Verdict {
        for (code, count) in self.counts {
            if let Some(more) = count.checked_sub(MOST_OF_ONE_CODE).filter(|more| *more > 0) {
                let message = format!("and {more} more of this kind.");
                self.found.push(Finding { code, severity: severity(code), place: String::new(), message });
            }
        }
        // What is left out of a kind stands at its end, and has no place.
        self.found.sort_by(|a, b| {
            let key = |one: &Finding| (std::cmp::Reverse(one.severity), one.code, one.place.is_empty());
            key(a).cmp(&key(b)).then_with(|| a.place.cmp(&b.place))
        });
        let grade = match self.found.first().map(|finding| finding.severity) {
            None | Some(Severity::Info) => Grade::A,
            Some(Severity::Warning) => Grade::B,
            Some(Severity::Error) => Grade::C,
            Some(Severity::Fatal) => Grade::Refused,
        };
        Verdict { grade, findings: self.found }
    }
}

fn shorten(text: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    match text.char_indices().nth(LONGEST) {
        None => text.chars().map(plain).collect(),
        Some((end, _)) => text[..end].chars().map(plain).chain(['…']).collect(),
    }
}
