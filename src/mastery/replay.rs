//! Answers from a table, one after the other: what the rating expects before each, and what it learns from it.

use std::collections::HashMap;
use std::io::Read;

use super::difficulty::Difficulties;
use super::rules::Observation;
use super::student::Student;
use crate::error::{Error, Result};

/// Columns of the table, by their names in its first line. `item` may be empty or left out.
const NEEDED: [&str; 3] = ["student", "skill", "score"];

/// A replay that learns difficulties as it goes.
#[derive(Debug, Default)]
pub struct Replay {
    students: HashMap<String, Student>,
    difficulties: Difficulties,
}

/// Where the columns stand.
struct Columns {
    student: usize,
    skill: usize,
    score: usize,
    item: Option<usize>,
}

impl Replay {
    /// Reads a table in order (CSV with the columns `student,skill,item,score`, a score from 0 to 1, each row an answer in
    /// practice) and tells `each` the score that was expected of every row before it was looked at.
    ///
    /// # Errors
    /// `mastery.table-wrong` with the line where it is; what `each` returns.
    pub fn run(&mut self, table: impl Read, mut each: impl FnMut(f64) -> Result<()>) -> Result<()> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(table);
        let columns = Columns::find(reader.headers().map_err(unreadable)?)?;
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).map_err(unreadable)? {
            let line = record.position().map_or(0, csv::Position::line);
            let text = |column: usize, name: &str| {
                let text = record.get(column).unwrap_or_default();
                if text.is_empty() {
                    return Err(wrong(&format!(
                        "Line {line} has no {name}. Fill it in, or leave the line out."
                    )));
                }
                Ok(text)
            };
            let (student, skill) = (text(columns.student, "student")?, text(columns.skill, "skill")?);
            let score = read_score(text(columns.score, "score")?, line)?;
            let item = columns.item.and_then(|column| record.get(column)).filter(|item| !item.is_empty());
            each(self.take(student, skill, item, score))?;
        }
        Ok(())
    }

    /// Keeps what was learned about difficulties and forgets the students: those of the next table are others, even where
    /// they are numbered alike.
    pub fn forget_students(&mut self) {
        self.students.clear();
    }

    fn take(&mut self, student: &str, skill: &str, item: Option<&str>, score: f64) -> f64 {
        let student = self.students.entry(student.to_owned()).or_default();
        let hard = self.difficulties.hard(skill, item);
        let outcome = student.take(skill, item, &Observation::practice(score), hard);
        self.difficulties.learn((skill, outcome.skill), (item, outcome.item));
        outcome.predicted
    }
}

impl Columns {
    fn find(headers: &csv::StringRecord) -> Result<Self> {
        let place =
            |name: &str| headers.iter().position(|header| header.trim_start_matches('\u{feff}') == name);
        if let Some(missing) = NEEDED.iter().find(|name| place(name).is_none()) {
            return Err(wrong(&format!(
                "The first line must name the columns student, skill, item and score; there is no {missing}."
            )));
        }
        let at = |name| place(name).unwrap_or_default();
        Ok(Self { student: at("student"), skill: at("skill"), score: at("score"), item: place("item") })
    }
}

fn read_score(text: &str, line: u64) -> Result<f64> {
    let score = text.parse().ok().filter(|score: &f64| (0.0..=1.0).contains(score));
    score.ok_or_else(|| {
        wrong(&format!(
            "Line {line}: the score {text:?} is no number from 0 to 1. Write 1 for right and 0 for wrong."
        ))
    })
}

fn wrong(sentence: &str) -> Error {
    Error::invalid("mastery.table-wrong", sentence)
}

fn unreadable(error: csv::Error) -> Error {
    wrong("The table can't be read as text with commas. Save it as CSV in UTF-8.").caused_by(error)
}
