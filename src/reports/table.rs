//! The gradebook as a table that any spreadsheet opens.

use crate::error::{Error, Result};
use crate::mastery::{Band, SkillNow};

/// One line for each student and skill in which something was seen.
///
/// # Errors
/// When the table can't be written.
pub(super) fn gradebook(rows: &[(String, Vec<SkillNow>)]) -> Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let unwritten = |error: csv::Error| Error::internal("The table could not be written.").caused_by(error);
    table
        .write_record(["student", "course", "skill", "name", "band", "said_by_teacher", "level"])
        .map_err(unwritten)?;
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
    table
        .into_inner()
        .map_err(|e| Error::internal("The table could not be written.").caused_by(e.to_string()))
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

/// A spreadsheet takes a cell that begins so for a formula; nobody's name may become one.
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
