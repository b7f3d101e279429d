//! The question sheet: a table with one question in each row, for people who know a spreadsheet. Its columns are in
//! `docs/pack-author.md`.

use std::io::Cursor;

use super::super::licence::Licence;
use super::super::made::{Known, Making};
use super::super::names::{clean_title, language_tag, shorten};
use super::bank::Bank;
use super::markup::Files;
use super::sheet_row::Row;
use crate::error::{Error, Result};

/// Rows after which a sheet is no longer one pack.
const MOST_ROWS: usize = 5_000;

/// What a text looks like that may be a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Looks {
    /// A table of questions.
    Questions,
    /// Another table.
    Table,
    /// No table.
    Other,
}

/// What a column holds, and the names that people give it; in small letters and without anything between them.
pub(super) const COLUMNS: [(&str, &[&str]); 19] = [
    ("id", &["id", "number", "no", "nr"]),
    ("type", &["type", "kind", "questiontype"]),
    ("skill", &["skill", "topic", "category", "lesson", "chapter"]),
    ("tags", &["tags", "tag"]),
    ("question", &["question", "questions", "stem", "questiontext"]),
    ("answer", &["answer", "answers", "rightanswer", "correctanswer", "right", "correct", "key"]),
    ("wrong", &["wrong", "wronganswer", "distractor", "option", "choice"]),
    ("feedback", &["feedback", "wrongfeedback", "feedbackwrong", "ifwrong"]),
    ("praise", &["praise", "rightfeedback", "feedbackright", "ifright"]),
    ("hint", &["hint", "hints", "help"]),
    ("solution", &["solution", "explanation", "why"]),
    ("difficulty", &["difficulty", "level"]),
    ("picture", &["picture", "image", "photo"]),
    ("alt", &["alt", "alttext", "picturewords", "picturetext", "picturedescription"]),
    ("audio", &["audio", "sound"]),
    ("unit", &["unit"]),
    ("tolerance", &["tolerance", "plusminus", "margin"]),
    ("seconds", &["seconds", "time"]),
    ("note", &["note", "notes", "comment", "comments"]),
];

/// The rows of a table, each with its number in the spreadsheet.
pub(in super::super) type Rows = Vec<(usize, Vec<String>)>;

/// Tells what a text looks like, from its first lines.
pub(in super::super) fn looks_like(text: &str) -> Looks {
    let head: String = text.lines().take(60).collect::<Vec<_>>().join("\n");
    if [b',', b';', b'\t'].iter().any(|sign| header(&rows(&head, *sign)).is_some()) {
        return Looks::Questions;
    }
    for (sign, fewest) in [(b',', 3), (b';', 3), (b'\t', 2)] {
        let rows = rows(&head, sign);
        let columns = rows.first().map_or(0, |(_, cells)| cells.len());
        if rows.len() >= 3 && columns >= fewest && rows.iter().all(|(_, cells)| cells.len() == columns) {
            return Looks::Table;
        }
    }
    Looks::Other
}

/// Reads the rows of a text; the sign that parts its columns is the one with which it has the columns that it needs.
///
/// # Errors
/// `import.sheet` when no sign gives any.
pub(in super::super) fn read_text(text: &str) -> Result<Rows> {
    let found = [b',', b';', b'\t'].iter().map(|sign| rows(text, *sign)).find(|rows| header(rows).is_some());
    found.ok_or_else(no_header)
}

pub(in super::super) fn no_header() -> Error {
    let sentence =
        "The sheet has no row with the headings question and answer. Write them into its first row.";
    Error::invalid("import.sheet", sentence)
}

fn rows(text: &str, sign: u8) -> Rows {
    let mut reader = csv::ReaderBuilder::new();
    reader.delimiter(sign).has_headers(false).flexible(true);
    let mut reader = reader.from_reader(Cursor::new(text.as_bytes()));
    let mut rows = Rows::new();
    // A cell may have several lines; to people it is still one row.
    let mut inner_lines = 0;
    for record in reader.records() {
        // What the reader can't take, such as a quote that never ends, ends the table.
        let Ok(record) = record else { break };
        let line = record.position().map_or(0, csv::Position::line);
        let number = usize::try_from(line).unwrap_or_default().saturating_sub(inner_lines);
        inner_lines += record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        rows.push((number, record.iter().map(|cell| cell.trim().to_owned()).collect()));
    }
    rows
}

/// The place of the header among the rows, and what each of its columns holds: the name, and a number where it has one.
fn header(rows: &Rows) -> Option<(usize, Vec<Column>)> {
    for (place, (_, cells)) in rows.iter().enumerate().take(40) {
        let first = cells.first().map(String::as_str).unwrap_or_default();
        if first.starts_with('#')
            || first.to_lowercase().starts_with("sep=")
            || cells.iter().all(String::is_empty)
        {
            continue;
        }
        let columns: Vec<Column> = cells.iter().map(|cell| column(cell)).collect();
        let has = |name: &str| columns.iter().any(|column| column.name == Some(name));
        return (has("question") && has("answer")).then_some((place, columns));
    }
    None
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// One of the names of [`COLUMNS`].
    pub(super) name: Option<&'static str>,
    /// The 2 of *wrong 2*; 0 where there is none.
    pub(super) number: u32,
    /// As it is written.
    pub(super) written: String,
}

fn column(cell: &str) -> Column {
    let plain: String = cell.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let bare = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = plain[bare.len()..].parse().unwrap_or_default();
    let known = |name: &str| COLUMNS.iter().find(|(_, names)| names.contains(&name)).map(|(name, _)| *name);
    let name = known(&plain).or_else(|| known(bare));
    Column { name, number, written: cell.to_owned() }
}

/// What the rows before the header say: `#title`, `#language`, `#licence` and others, each with its value beside it.
pub(in super::super) fn known(rows: &Rows) -> Known {
    let mut known = Known::default();
    for (_, cells) in rows.iter().take(40) {
        let Some(name) = cells.first().and_then(|first| first.strip_prefix('#')) else { continue };
        let values: Vec<&str> =
            cells.iter().skip(1).map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        let all = values.join(", ");
        match name.trim().trim_end_matches(':').to_lowercase().as_str() {
            "title" => known.title = clean_title(&all),
            "summary" => known.summary = shorten(&all, 400),
            "language" => known.language = language_tag(&all),
            "licence" | "license" => {
                known.licence = Some(Licence::find(&all)).filter(|licence| licence.address.is_some());
            }
            "author" | "authors" => {
                known.authors = values.iter().filter_map(|name| shorten(name, 120)).collect();
            }
            "publisher" => known.publisher = shorten(&all, 120),
            "subject" | "subjects" => {
                known.subjects = values.iter().map(|name| name.to_lowercase()).collect();
            }
            "contact" => known.contact = shorten(&all, 200),
            "grade" | "grades" => known.grades = numbers(&all).take(13).collect(),
            "age" | "ages" => {
                let from = numbers(&all).min();
                known.ages = from.zip(numbers(&all).max());
            }
            _ => {}
        }
    }
    known
}

fn numbers(text: &str) -> impl Iterator<Item = u8> + '_ {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok())
}

/// Makes questions of the rows. `topic` is what those are about that name no skill.
///
/// # Errors
/// `import.sheet`, or that a picture can't be read.
pub(in super::super) fn read(
    making: &mut Making,
    rows: &Rows,
    topic: &str,
    files: &mut dyn Files,
) -> Result<Bank> {
    let (place, columns) = header(rows).ok_or_else(no_header)?;
    for column in columns.iter().filter(|column| column.name.is_none() && !column.written.is_empty()) {
        let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
        let message =
            format!("This column is not known and was left out; the known ones are {}.", names.join(", "));
        making.lose("column", &format!("column {}", column.written), message);
    }
    let mut bank = Bank::default();
    let mut last_skill = topic.to_owned();
    for (number, cells) in rows.iter().skip(place + 1) {
        let is_empty = cells.iter().all(String::is_empty);
        if is_empty || cells.first().is_some_and(|cell| cell.starts_with('#')) {
            continue;
        }
        if bank.asked.len() >= MOST_ROWS {
            making.lose(
                "too-many",
                &format!("row {number}"),
                format!("A sheet has at most {MOST_ROWS} questions; the rest was left out."),
            );
            break;
        }
        let row = Row { number: *number, columns: &columns, cells };
        let skill = row.cell("skill");
        // People write a topic once and leave it empty below.
        if !skill.is_empty() {
            last_skill = clean_title(skill).unwrap_or(last_skill);
        }
        match row.read(making, &last_skill, files)? {
            Ok(asked) => bank.asked.push(asked),
            Err(trouble) => {
                let place = match trouble.column {
                    Some(column) => format!("row {number}, column {column}"),
                    None => format!("row {number}"),
                };
                making.lose("row", &place, format!("{} The row was left out.", trouble.message));
            }
        }
    }
    Ok(bank)
}

/// A sheet to begin with; `schoolhouse pack from --example` prints it.
pub(in super::super) const EXAMPLE: &str = include_str!("example.csv");
