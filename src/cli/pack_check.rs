//! `schoolhouse pack check`: the verdict on a pack, for people and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::print;
use super::progress::Bar;
use crate::error::{Error, Result};
use crate::lint::{CODES, Code, Finding, Grade, LookedOver, Severity, Verdict, look_over};

/// Prints the verdict on a folder or a file.
///
/// # Errors
/// `pack.faults` for grade C and for what is refused, so that the program ends with 1; when the pack can't be read.
pub(super) fn run(path: &Path, as_json: bool) -> Result<()> {
    let looked = look_over(path, &Bar::new())?;
    let report = if as_json { in_json(&looked) } else { in_words(&looked) };
    print(report.trim_end());
    match looked.verdict.grade {
        Grade::A | Grade::B => Ok(()),
        Grade::C | Grade::Refused => {
            let sentence = format!(
                "{} is not good enough yet. Mend what is listed above and try again.",
                path.display()
            );
            Err(Error::invalid("pack.faults", sentence))
        }
    }
}

/// What an author must know before a file is made of a folder: all that is wrong, unless there is nothing.
///
/// # Errors
/// `pack.faults` when no box would take it; when it can't be read.
pub(super) fn demand_usable(folder: &Path) -> Result<()> {
    let looked = look_over(folder, &Bar::new())?;
    if looked.verdict.grade != Grade::A {
        print(in_words(&looked).trim_end());
    }
    if looked.verdict.grade == Grade::Refused {
        let sentence =
            format!("{} can't be built. Mend what is listed above and try again.", folder.display());
        return Err(Error::invalid("pack.faults", sentence));
    }
    Ok(())
}

/// The pack, what was found by code, the grade at the end, where a terminal shows it.
pub(super) fn in_words(looked: &LookedOver) -> String {
    let mut report = String::new();
    // Writing to a string can't fail.
    if let Some((manifest, _)) = &looked.pack {
        let _ = writeln!(report, "{} {}\n", manifest.id, manifest.version);
    }
    let mut last = "";
    for finding in &looked.verdict.findings {
        if finding.code != last {
            last = finding.code;
            let _ = match known(last).filter(|_| finding.severity != Severity::Info) {
                Some(code) => writeln!(report, "{last}  {}. {}", capital(code.what), code.advice),
                None => writeln!(
                    report,
                    "{last}  {}.",
                    known(last).map_or_else(String::new, |code| capital(code.what))
                ),
            };
        }
        let _ = match finding.place.as_str() {
            "" | "pack" => writeln!(report, "       {}", finding.message),
            place => writeln!(report, "       {place}: {}", finding.message),
        };
    }
    let _ = writeln!(report, "\n{}", in_words_of(&looked.verdict));
    report
}

fn known(code: &str) -> Option<&'static Code> {
    CODES.iter().find(|known| known.code == code)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The grade, in a sentence.
pub(super) fn in_words_of(verdict: &Verdict) -> String {
    let count = |severity| verdict.findings.iter().filter(|finding| finding.severity == severity).count();
    let plural = |count: usize, what: &str| match count {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    };
    let warnings = plural(count(Severity::Warning), "warning");
    match verdict.grade {
        Grade::A => "Grade A: nothing to mend.".to_owned(),
        Grade::B => format!("Grade B: {warnings}. It can be used as it is."),
        Grade::C => {
            format!(
                "Grade C: {}, {warnings}. A teacher may still accept it.",
                plural(count(Severity::Error), "error")
            )
        }
        Grade::Refused => {
            format!("Refused: {}. No box takes it.", plural(count(Severity::Fatal), "fatal fault"))
        }
    }
}

/// The same for programs: `{ "id", "version", "contents", "grade", "findings", "codes" }`, with what each code means.
pub(super) fn in_json(looked: &LookedOver) -> String {
    let findings: &[Finding] = &looked.verdict.findings;
    let codes: BTreeMap<&str, Value> = findings
        .iter()
        .filter_map(|finding| known(finding.code))
        .map(|code| (code.code, json!({ "what": code.what, "advice": code.advice })))
        .collect();
    let mut report = json!({ "grade": looked.verdict.grade, "findings": findings, "codes": codes });
    if let Some((manifest, contents)) = &looked.pack {
        report["id"] = json!(manifest.id);
        report["version"] = json!(manifest.version);
        report["contents"] = json!(contents);
    }
    format!("{report:#}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_says_what_where_and_what_to_do() {
        let finding = |code: &'static str, severity, place: &str, message: &str| Finding {
            code,
            severity,
            place: place.to_owned(),
            message: message.to_owned(),
        };
        let verdict = Verdict {
            grade: Grade::C,
            findings: vec![
                finding(
                    "E-101",
                    Severity::Error,
                    "outline.json",
                    "names media/a.svg, which is not in the pack; add the file or mend the name.",
                ),
                finding(
                    "E-101",
                    Severity::Error,
                    "pages/a.html",
                    "shows b.png, which is not in the pack; add the file or mend the name.",
                ),
                finding(
                    "W-210",
                    Severity::Warning,
                    "outline.json",
                    "the lesson one takes 50 minutes; split it into lessons of at most 40.",
                ),
                finding(
                    "I-303",
                    Severity::Info,
                    "pack",
                    "1 lessons, 2 activities, 3 questions, 4 templates, 5 skills.",
                ),
            ],
        };
        let looked = LookedOver { verdict, pack: None };
        insta::assert_snapshot!(in_words(&looked), @r"
        E-101  Something is named that is not in the pack. Add the file or mend the name.
               outline.json: names media/a.svg, which is not in the pack; add the file or mend the name.
               pages/a.html: shows b.png, which is not in the pack; add the file or mend the name.
        W-210  A lesson without a part for the room, without a check, or too long. Add it; split the lesson.
               outline.json: the lesson one takes 50 minutes; split it into lessons of at most 40.
        I-303  How much there is of everything.
               1 lessons, 2 activities, 3 questions, 4 templates, 5 skills.

        Grade C: 2 errors, 1 warning. A teacher may still accept it.
        ");
        let report: Value = serde_json::from_str(&in_json(&looked)).unwrap();
        assert_eq!(report["grade"], "C");
        assert_eq!(report["findings"][1]["place"], "pages/a.html");
        assert_eq!(report["codes"]["W-210"]["advice"], "Add it; split the lesson.");
    }
}
