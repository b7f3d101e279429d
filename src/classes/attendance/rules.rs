//! Whether somebody was there, and how a register is written.

use super::Presence;
use crate::error::{Error, Result};

/// A year and a little more.
pub(super) const MOST_DAYS: usize = 400;

/// What counts of what is known: the teacher's word before the tablet's.
pub(super) fn judge(by_hand: Option<Presence>, signed_in: bool) -> Option<Presence> {
    by_hand.or(signed_in.then_some(Presence::Present))
}

/// A day as `2026-11-25`.
///
/// # Errors
/// `attendance.day-wrong`.
pub(super) fn check_day(day: &str) -> Result<()> {
    let parts: Vec<&str> = day.split('-').collect();
    let number = |at: usize, digits: usize| {
        let part =
            parts.get(at).filter(|part| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))?;
        part.parse::<u32>().ok()
    };
    match (parts.len(), number(0, 4), number(1, 2), number(2, 2)) {
        (3, Some(_), Some(1..=12), Some(1..=31)) => Ok(()),
        _ => Err(Error::invalid("attendance.day-wrong", "Write the day as in 2026-11-25.")),
    }
}

/// A row of the register.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) number: String,
    /// One for each day.
    pub(super) states: Vec<Option<Presence>>,
}

/// The register as a table for spreadsheets: RFC 4180, with a mark by which they see that it is UTF-8.
pub(super) fn to_csv(days: &[String], lines: &[Line]) -> String {
    let mut head = vec!["name".to_owned(), "number".to_owned()];
    head.extend(days.iter().cloned());
    head.extend(Presence::ALL.map(|state| state.word().to_owned()));
    let mut text = String::from("\u{FEFF}");
    write_row(&mut text, &head);
    for line in lines {
        let mut row = vec![line.name.clone(), line.number.clone()];
        row.extend(line.states.iter().map(|state| state.map_or("", Presence::word).to_owned()));
        let count = |state| line.states.iter().filter(|one| **one == Some(state)).count();
        row.extend(Presence::ALL.map(|state| count(state).to_string()));
        write_row(&mut text, &row);
    }
    text
}

fn write_row(text: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    text.push_str(&cells.join(","));
    text.push_str("\r\n");
}

/// A cell that no spreadsheet takes for a formula.
fn quoted(cell: &str) -> String {
    let tame =
        if cell.starts_with(['=', '+', '-', '@', '\t']) { format!("'{cell}") } else { cell.to_owned() };
    if tame.contains([',', '"', '\r', '\n']) { format!("\"{}\"", tame.replace('"', "\"\"")) } else { tame }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Presence::{Absent, Excused, Late, Present};

    #[test]
    fn the_teachers_word_comes_before_the_tablets() {
        assert_eq!(judge(None, true), Some(Present));
        assert_eq!(judge(None, false), None);
        assert_eq!(judge(Some(Absent), true), Some(Absent));
        assert_eq!(judge(Some(Late), false), Some(Late));
    }

    #[test]
    fn days_are_days() {
        for day in ["2026-11-25", "2026-02-29"] {
            assert!(check_day(day).is_ok(), "{day}");
        }
        for day in
            ["", "2026-13-01", "2026-00-10", "2026-1-2", "26-11-25", "2026-11-25-1", "2026-11-+5", "today"]
        {
            assert_eq!(check_day(day).unwrap_err().code, "attendance.day-wrong", "{day}");
        }
    }

    #[test]
    fn a_register_is_the_one_that_was_written_by_hand() {
        let line = |name: &str, number: &str, states: &[Option<Presence>]| Line {
            name: name.into(),
            number: number.into(),
            states: states.to_vec(),
        };
        let days = ["2026-11-24", "2026-11-25", "2026-11-26"].map(str::to_owned);
        let lines = [
            line("Amina Phiri", "17", &[Some(Present), Some(Late), Some(Present)]),
            line("Banda, Chisomo \"CB\"", "", &[Some(Absent), None, Some(Excused)]),
            line("=1+1", "-3", &[None, None, None]),
            line("ليلى حسن", "4", &[Some(Present), Some(Present), Some(Absent)]),
        ];
        assert_eq!(to_csv(&days, &lines), include_str!("../../../tests/fixtures/attendance.csv"));
    }
}
