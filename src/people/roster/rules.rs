//! Lists of students as people paste them: what the lines say, and what is wrong with them.

use std::collections::HashMap;

use crate::ids::StudentId;
use crate::people::rules::{LANGUAGES, NameProblem, clean_name, fold_name};

/// Longer lists are pasted in parts.
pub(super) const MOST_ROWS: usize = 500;
/// The longest number that a school gives, in characters.
const LONGEST_SCHOOL_ID: usize = 30;

/// The words of headers, in the languages of the screens.
const HEADERS: &[(Column, &[&str])] = &[
    (
        Column::Name,
        &[
            "name",
            "student",
            "student name",
            "full name",
            "pupil",
            "nom",
            "nom complet",
            "élève",
            "eleve",
            "nombre completo",
            "alumno",
            "estudiante",
            "الاسم",
            "اسم",
            "اسم الطالب",
        ],
    ),
    (
        Column::Given,
        &["first name", "given name", "firstname", "prénom", "prenom", "nombre", "nombres", "الاسم الأول"],
    ),
    (
        Column::Family,
        &[
            "last name",
            "surname",
            "family name",
            "lastname",
            "nom de famille",
            "apellido",
            "apellidos",
            "اسم العائلة",
        ],
    ),
    (
        Column::SchoolId,
        &[
            "id",
            "school id",
            "schoolid",
            "student id",
            "number",
            "no",
            "no.",
            "matricule",
            "numéro",
            "numero",
            "número",
            "matrícula",
            "matricula",
            "رقم",
            "الرقم",
        ],
    ),
    (Column::Language, &["language", "lang", "langue", "idioma", "lengua", "اللغة", "لغة"]),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Name,
    Given,
    Family,
    SchoolId,
    Language,
    Other,
}

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowProblem {
    Name(NameProblem),
    NameTwice,
    AlreadyInClass,
    SchoolIdWrong,
    SchoolIdTwice,
    LanguageUnknown,
}

impl RowProblem {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Name(problem) => problem.code(),
            Self::NameTwice => "people.name-twice",
            Self::AlreadyInClass => "people.already-in-class",
            Self::SchoolIdWrong => "people.school-id-wrong",
            Self::SchoolIdTwice => "people.school-id-twice",
            Self::LanguageUnknown => "people.language-unknown",
        }
    }

    pub(super) fn sentence(self) -> &'static str {
        match self {
            Self::Name(problem) => problem.sentence(),
            Self::NameTwice => "The list has this name twice. Add a second name or a letter.",
            Self::AlreadyInClass => "A student of this name or number is in the class already.",
            Self::SchoolIdWrong => "A school number has at most 30 characters.",
            Self::SchoolIdTwice => "The list has this school number twice.",
            Self::LanguageUnknown => "The screens do not speak this language.",
        }
    }
}

/// One line of a list.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Row {
    /// Where it stood, from 1.
    pub(super) line: u64,
    pub(super) name: String,
    /// The number that the school gave; empty for none.
    pub(super) school_id: String,
    /// Empty for the school's.
    pub(super) language: String,
}

/// Somebody who is at the school already.
pub(super) struct Known {
    pub(super) id: StudentId,
    pub(super) name: String,
    pub(super) school_id: String,
    pub(super) in_this_class: bool,
    pub(super) in_some_class: bool,
}

/// Reads a pasted list (one name a line) or the text of a spreadsheet.
pub(super) fn read_list(text: &str) -> Vec<Row> {
    let text = text.trim_start_matches('\u{FEFF}');
    let mut lines = match find_delimiter(text) {
        Some(delimiter) => split_cells(text, delimiter),
        None => whole_lines(text),
    };
    lines.retain(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
    let mut columns = lines.first().map(|(_, cells)| read_header(cells)).unwrap_or_default();
    if columns.contains(&Column::Name) || columns.contains(&Column::Given) {
        lines.remove(0);
    } else {
        columns = guess_columns(&lines);
        if columns.is_empty() {
            lines = whole_lines(text);
            columns = vec![Column::Name];
        }
    }
    lines.iter().map(|(line, cells)| read_row(*line, cells, &columns)).collect()
}

type Line = (u64, Vec<String>);

/// The sign that most lines hold, if more than half of them do.
fn find_delimiter(text: &str) -> Option<u8> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let count = |sign: u8| lines.iter().filter(|line| line.as_bytes().contains(&sign)).count();
    // The last of equals is taken: a tab is never part of a name.
    let sign = [b',', b';', b'\t'].into_iter().max_by_key(|sign| count(*sign))?;
    (count(sign) * 2 > lines.len()).then_some(sign)
}

fn split_cells(text: &str, delimiter: u8) -> Vec<Line> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    reader
        .records()
        .filter_map(Result::ok)
        .map(|record| {
            let line = record.position().map_or(0, csv::Position::line);
            (line, record.iter().map(str::to_owned).collect())
        })
        .collect()
}

fn whole_lines(text: &str) -> Vec<Line> {
    let lines = (1..).zip(text.lines()).map(|(number, line)| (number, vec![line.trim().to_owned()]));
    lines.filter(|(_, cells)| !cells[0].is_empty()).collect()
}

fn read_header(cells: &[String]) -> Vec<Column> {
    let column = |cell: &String| {
        let word = fold_name(cell);
        HEADERS
            .iter()
            .find(|(_, words)| words.contains(&word.as_str()))
            .map_or(Column::Other, |found| found.0)
    };
    cells.iter().map(column).collect()
}

/// Columns of a list without a header; none when its commas belong to the names ("Banda, Amina").
fn guess_columns(lines: &[Line]) -> Vec<Column> {
    let width = lines.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let all = |column: usize, test: fn(&str) -> bool| {
        lines.iter().all(|(_, cells)| cells.get(column).is_none_or(|cell| cell.is_empty() || test(cell)))
    };
    let mut columns: Vec<Column> = (0..width)
        .map(|column| {
            if all(column, |cell| read_language(cell).is_some()) {
                Column::Language
            } else if all(column, |cell| cell.contains(|c: char| c.is_ascii_digit())) {
                Column::SchoolId
            } else {
                Column::Other
            }
        })
        .collect();
    let names: Vec<usize> = (0..width).filter(|column| columns[*column] == Column::Other).collect();
    match names[..] {
        [name] => columns[name] = Column::Name,
        _ => return Vec::new(),
    }
    // The numbers of the lines are no numbers of students.
    let counts = |column: usize| {
        (1_usize..)
            .zip(lines)
            .all(|(n, (_, cells))| cells.get(column).is_some_and(|cell| *cell == n.to_string()))
    };
    if columns[0] == Column::SchoolId && counts(0) {
        columns[0] = Column::Other;
    }
    columns
}

fn read_row(line: u64, cells: &[String], columns: &[Column]) -> Row {
    let find = |wanted: Column| {
        let found = columns.iter().zip(cells).find(|(column, _)| **column == wanted);
        found.map(|(_, cell)| cell.as_str()).unwrap_or_default()
    };
    let name = [find(Column::Given), find(Column::Name), find(Column::Family)].join(" ");
    let language = find(Column::Language);
    Row {
        line,
        name: without_bullet(name.trim()).to_owned(),
        school_id: find(Column::SchoolId).to_owned(),
        language: read_language(language).map_or(language, |code| code).to_owned(),
    }
}

/// "1. Amina", "2) Joseph", "- Amina": what people write before names in a list.
fn without_bullet(text: &str) -> &str {
    let counted = text.trim_start_matches(|c: char| c.is_numeric());
    let rest = match counted.strip_prefix(['.', ')']) {
        Some(rest) if counted.len() < text.len() => rest,
        _ => text.strip_prefix(['-', '*', '•', '–']).unwrap_or(text),
    };
    rest.trim_start()
}

/// The code of a language, by its code or its own name.
fn read_language(text: &str) -> Option<&'static str> {
    let own_names = ["english", "español", "français", "العربية"];
    let folded = fold_name(text);
    let at = LANGUAGES.iter().zip(own_names).position(|(code, own)| folded == *code || folded == own)?;
    LANGUAGES.get(at).copied()
}

/// The number of a student as it is kept; none when it can't be one.
pub(super) fn clean_school_id(text: &str) -> Option<String> {
    match clean_name(text) {
        Ok(id) if id.chars().count() <= LONGEST_SCHOOL_ID => Some(id),
        Err(NameProblem::Missing) => Some(String::new()),
        Ok(_) | Err(_) => None,
    }
}

/// A row that was looked at: cleaned, with what is wrong, and the student that it means if they are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Checked {
    pub(super) row: Row,
    pub(super) problem: Option<RowProblem>,
    pub(super) existing: Option<StudentId>,
}

/// Looks at the rows of a list together.
pub(super) fn check_rows(rows: Vec<Row>, known: &[Known]) -> Vec<Checked> {
    let mut checked: Vec<Checked> = rows.into_iter().map(|row| check_row(row, known)).collect();
    let mut ids: HashMap<String, usize> = HashMap::new();
    let mut names: HashMap<String, Vec<usize>> = HashMap::new();
    for at in 0..checked.len() {
        let row = &checked[at].row;
        let (id, name) = (fold_name(&row.school_id), fold_name(&row.name));
        // Two students may have one name if the school's numbers tell them apart.
        let same_name = names.get(&name).is_some_and(|others| {
            others.iter().any(|other| row.school_id.is_empty() || checked[*other].row.school_id.is_empty())
        });
        let found = if !id.is_empty() && ids.contains_key(&id) {
            Some(RowProblem::SchoolIdTwice)
        } else {
            same_name.then_some(RowProblem::NameTwice)
        };
        if checked[at].problem.is_none() {
            checked[at].problem = found;
            names.entry(name).or_default().push(at);
            if !id.is_empty() {
                ids.insert(id, at);
            }
        }
    }
    checked
}

fn check_row(mut row: Row, known: &[Known]) -> Checked {
    let mut problem = None;
    match clean_name(&row.name) {
        Ok(name) => row.name = name,
        Err(found) => problem = Some(RowProblem::Name(found)),
    }
    match clean_school_id(&row.school_id) {
        Some(id) => row.school_id = id,
        None => problem = problem.or(Some(RowProblem::SchoolIdWrong)),
    }
    if !row.language.is_empty() && !LANGUAGES.contains(&row.language.as_str()) {
        problem = problem.or(Some(RowProblem::LanguageUnknown));
    }
    let meant = find_known(&row, known);
    if meant.is_some_and(|known| known.in_this_class) {
        problem = problem.or(Some(RowProblem::AlreadyInClass));
    }
    let existing = meant.filter(|_| problem.is_none()).map(|known| known.id);
    Checked { row, problem, existing }
}

/// The student that a row means: the one with the school's number; else, by name, one in this class who may be the
/// same, or the only one of that name who is in no class.
fn find_known<'a>(row: &Row, known: &'a [Known]) -> Option<&'a Known> {
    let (id, name) = (fold_name(&row.school_id), fold_name(&row.name));
    if !id.is_empty()
        && let Some(found) = known.iter().find(|known| fold_name(&known.school_id) == id)
    {
        return Some(found);
    }
    let may_be = |known: &&Known| {
        fold_name(&known.name) == name && (row.school_id.is_empty() || known.school_id.is_empty())
    };
    if let Some(found) = known.iter().find(|known| known.in_this_class && may_be(known)) {
        return Some(found);
    }
    let mut free = known.iter().filter(|known| !known.in_some_class && may_be(known));
    free.next().filter(|_| free.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let show = |row: Row| format!("{} {}|{}|{}", row.line, row.name, row.school_id, row.language);
        read_list(text).into_iter().map(show).collect()
    }

    #[test]
    fn lists_are_read_as_people_write_them() {
        let table: &[(&str, &[&str])] = &[
            ("Amina\n\n Joseph Banda \r\n", &["1 Amina||", "3 Joseph Banda||"]),
            ("1. Amina\n2) Joseph\n- Zoé\n3rd Mary", &["1 Amina||", "2 Joseph||", "3 Zoé||", "4 3rd Mary||"]),
            (
                "\u{FEFF}Name,School ID,Language\nAmina,A7,fr\n\"Banda, Joseph\",,",
                &["2 Amina|A7|fr", "3 Banda, Joseph||"],
            ),
            ("Prénom;Nom;Matricule\nAmina;Banda;7", &["2 Amina Banda|7|"]),
            ("الاسم\tرقم\nأمينة\t٧", &["2 أمينة|٧|"]),
            ("Amina\tA7\tFrançais\nJoseph\tA8\t", &["1 Amina|A7|fr", "2 Joseph|A8|"]),
            ("Banda, Amina\nPhiri, Joseph", &["1 Banda, Amina||", "2 Phiri, Joseph||"]),
            ("1,Amina\n2,Joseph", &["1 Amina||", "2 Joseph||"]),
            ("417,Amina\n333,Joseph", &["1 Amina|417|", "2 Joseph|333|"]),
            ("Name;Language\nAmina;Klingon", &["2 Amina||Klingon"]),
            ("Name,Id\n,A9\n", &["2 |A9|"]),
            ("", &[]),
            ("\n \n", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(read(text), *expected, "{text:?}");
        }
    }

    #[test]
    fn each_bad_row_is_named_and_students_who_are_here_are_found() {
        let known = |n: u8, name: &str, school_id: &str, in_this_class, in_some_class| Known {
            id: StudentId([n; 16]),
            name: name.into(),
            school_id: school_id.into(),
            in_this_class,
            in_some_class,
        };
        let known = [
            known(1, "Amina", "", true, true),
            known(2, "Joseph", "A2", true, true),
            known(3, "Mary", "", false, false),
            known(4, "Zoé", "A4", false, true),
        ];
        let row = |name: &str, school_id: &str, language: &str| Row {
            line: 1,
            name: name.into(),
            school_id: school_id.into(),
            language: language.into(),
        };
        let long = "x".repeat(31);
        let table = [
            (row("amina ", "", ""), Some(RowProblem::AlreadyInClass), None),
            (row("Joseph", "A3", ""), None, None),
            (row("Joe", "a2", ""), Some(RowProblem::AlreadyInClass), None),
            (row("MARY", "", "ar"), None, Some(3)),
            (row("Zoe", "A4", ""), None, Some(4)),
            (row("Zoé", "", ""), None, None),
            (row("zoé", "", ""), Some(RowProblem::NameTwice), None),
            (row("Zoé", "A9", ""), Some(RowProblem::NameTwice), None),
            (row("Peter", "B1", ""), None, None),
            (row("Peter", "B2", ""), None, None),
            (row("Paul", "B2", ""), Some(RowProblem::SchoolIdTwice), None),
            (row(" ", "B3", ""), Some(RowProblem::Name(NameProblem::Missing)), None),
            (row("Ruth", &long, ""), Some(RowProblem::SchoolIdWrong), None),
            (row("Ruth", "", "xx"), Some(RowProblem::LanguageUnknown), None),
        ];
        let checked = check_rows(table.iter().map(|(row, ..)| row.clone()).collect(), &known);
        for (checked, (row, problem, existing)) in checked.iter().zip(&table) {
            assert_eq!(checked.problem, *problem, "{row:?}");
            assert_eq!(checked.existing, existing.map(|n| StudentId([n; 16])), "{row:?}");
        }
    }
}
