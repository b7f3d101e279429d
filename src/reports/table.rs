//! What is told of a class as tables that any spreadsheet opens.

use csv::Writer;

use super::coverage::{Coverage, CoverageBy};
use crate::clock;
use crate::error::{Error, Result};
use crate::evidence::{RoomScore, Way};
use crate::mastery::{Band, ItemAnalysis, SkillNow};

/// One line for each student and skill in which something was seen.
///
/// # Errors
/// When the table can't be written.
pub(super) fn gradebook(rows: &[(String, Vec<SkillNow>)]) -> Result<Vec<u8>> {
    let mut table = begin(&["student", "course", "skill", "name", "band", "said_by_teacher", "level"])?;
    for (student, skills) in rows {
        for one in skills.iter().filter(|one| one.band != Band::NotSeen) {
            let (level, said) = (one.level.to_string(), if one.said { "yes" } else { "" });
            let record = [
                &safe(student),
                &one.course,
                &one.skill.id,
                &safe(&one.skill.name),
                word(one.band),
                said,
                &level,
            ];
            table.write_record(record).map_err(unwritten)?;
        }
    }
    finish(table)
}

/// One line for each score of a check in the room, with the student's name.
///
/// # Errors
/// When the table can't be written.
pub(super) fn checks(rows: &[(String, RoomScore)]) -> Result<Vec<u8>> {
    let mut table = begin(&["student", "check", "kind", "date", "skill", "name", "score", "out_of", "by"])?;
    for (student, score) in rows {
        let record = [
            &safe(student),
            &safe(&score.title),
            kind(score.way),
            &clock::date(score.at),
            &safe(&score.skill),
            &safe(score.name.as_deref().unwrap_or_default()),
            &score.value.to_string(),
            &score.of.to_string(),
            &safe(score.by.as_deref().unwrap_or_default()),
        ];
        table.write_record(record).map_err(unwritten)?;
    }
    finish(table)
}

/// One line for each skill, gaps first.
///
/// # Errors
/// When the table can't be written.
pub(super) fn coverage_table(coverage: &Coverage) -> Result<Vec<u8>> {
    let mut table = begin(&[
        "course",
        "skill",
        "name",
        "gaps",
        "taught",
        "practised",
        "assessed",
        "taught_by",
        "practised_by",
        "assessed_by",
        "checks",
        "students_seen",
        "students",
    ])?;
    for row in &coverage.skills {
        let sum = |of: fn(&CoverageBy) -> usize| row.by.iter().map(of).sum::<usize>().to_string();
        let names = |of: fn(&CoverageBy) -> usize| {
            let having = row.by.iter().filter(|by| of(by) > 0).map(|by| by.course.as_str());
            having.collect::<Vec<_>>().join(" ")
        };
        let record = [
            row.course.clone(),
            row.skill.id.clone(),
            safe(&row.skill.name),
            row.gaps.to_string(),
            sum(|by| by.taught),
            sum(|by| by.practised),
            sum(|by| by.assessed),
            names(|by| by.taught),
            names(|by| by.practised),
            names(|by| by.assessed),
            row.checks.to_string(),
            row.seen.to_string(),
            coverage.students.to_string(),
        ];
        table.write_record(record).map_err(unwritten)?;
    }
    finish(table)
}

/// One line for each question of a course that somebody answered, those that need a look first.
///
/// # Errors
/// When the table can't be written.
pub(super) fn items(analysis: &ItemAnalysis) -> Result<Vec<u8>> {
    let mut table =
        begin(&["course", "item", "skills", "verdict", "answers", "right", "discrimination", "likely"])?;
    for item in &analysis.items {
        let record = [
            analysis.course.clone(),
            safe(&item.id),
            item.skills.join(" "),
            item.verdict.word().to_owned(),
            item.answers.to_string(),
            item.right.to_string(),
            item.discrimination.map(|r| r.to_string()).unwrap_or_default(),
            safe(item.likely.as_deref().unwrap_or_default()),
        ];
        table.write_record(record).map_err(unwritten)?;
    }
    finish(table)
}

fn begin(columns: &[&str]) -> Result<Writer<Vec<u8>>> {
    let mut table = Writer::from_writer(Vec::new());
    table.write_record(columns).map_err(unwritten)?;
    Ok(table)
}

fn finish(table: Writer<Vec<u8>>) -> Result<Vec<u8>> {
    table
        .into_inner()
        .map_err(|e| Error::internal("The table could not be written.").caused_by(e.to_string()))
}

fn unwritten(error: csv::Error) -> Error {
    Error::internal("The table could not be written.").caused_by(error)
}

/// The words of the API, which programs read; screens have their own.
fn word(band: Band) -> &'static str {
    match band {
        Band::NotSeen => "notSeen",
        Band::Starting => "starting",
        Band::GettingThere => "gettingThere",
        Band::Nearly => "nearly",
        Band::Secure => "secure",
        Band::Kept => "kept",
        Band::ReviewDue => "reviewDue",
    }
}

fn kind(way: Way) -> &'static str {
    match way {
        Way::Paper => "paper",
        Way::Oral => "oral",
        Way::Observed => "observed",
        Way::Product => "product",
        Way::Cards => "cards",
    }
}

/// A spreadsheet takes a cell that begins so for a formula; nobody's name may become one.
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CheckId, StudentId};

    #[test]
    fn no_cell_of_a_check_becomes_a_formula() {
        let score = RoomScore {
            student: StudentId([1; 16]),
            check: CheckId([2; 16]),
            title: "=HYPERLINK(\"x\"), week 2".into(),
            way: Way::Paper,
            at: 1_795_420_800_000,
            skill: "org.example/tens".into(),
            name: Some("+Tens".into()),
            value: 7,
            of: 10,
            by: Some("@Tembo".into()),
        };
        let gone = RoomScore {
            title: String::new(),
            way: Way::Oral,
            value: 2,
            of: 4,
            name: None,
            by: None,
            ..score.clone()
        };
        let table = checks(&[("-Amina".into(), score), ("Brian".into(), gone)]).unwrap();
        let lines = [
            "student,check,kind,date,skill,name,score,out_of,by",
            "'-Amina,\"'=HYPERLINK(\"\"x\"\"), week 2\",paper,2026-11-23,org.example/tens,'+Tens,7,10,'@Tembo",
            "Brian,,oral,2026-11-23,org.example/tens,,2,4,",
        ];
        assert_eq!(String::from_utf8(table).unwrap().lines().collect::<Vec<_>>(), lines);
    }
}
