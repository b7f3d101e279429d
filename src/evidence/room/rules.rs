//! What can be written down of a check, what it counts as, and which words in the journal come of writing it.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::super::body::{Scored, WHOLE, Way};
use crate::error::{Error, Result};
use crate::ids::{CheckId, ScoreId, StaffId, StudentId};

/// A test on paper has at most so many questions on one skill.
const MOST_QUESTIONS: u16 = 100;
/// A question with fewer than two options is none.
const MOST_GUESS: u16 = 500;
/// A test may be about so many skills: more columns are no help on a telephone.
pub(super) const MOST_SKILLS: usize = 8;
/// In characters.
const LONGEST_TITLE: usize = 80;
/// In characters.
const LONGEST_REASON: usize = 200;
/// What the levels of an oral or observed check count as, in thousandths, from "not yet" to "surely".
const LEVELS: [u16; 4] = [100, 400, 700, 950];
/// The highest level of a rubric.
const MOST_RUBRIC: u16 = 4;
/// The first moment of the year 2000: what is said to be older comes from a wrong clock.
const EARLIEST: u64 = 946_684_800_000;
/// A day, in milliseconds. Telephones and boxes need not agree on the hour.
const DAY: u64 = 24 * 60 * 60 * 1_000;

/// One skill of a check, and how much it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Task {
    /// `<pack>/<skill>`.
    pub(super) skill: String,
    /// Of how many questions; nothing for the usual number of the way.
    pub(super) questions: Option<u16>,
    /// The chance to be right by guessing, in thousandths.
    pub(super) guess: u16,
}

/// What the scores of a check have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) way: Way,
    pub(super) title: String,
    /// When it happened, in milliseconds since 1970.
    pub(super) at: u64,
    pub(super) tasks: Vec<Task>,
}

/// A skill that nothing on this box knows.
pub(super) fn skill_unknown() -> Error {
    let sentence = "There is no such skill in this check. Choose one from the courses on this box.";
    Error::invalid("room.skill-unknown", sentence)
}

/// A student and a skill.
pub(super) type Cell = (StudentId, String);

/// The name of a score: the same whenever, wherever and by whomever it is written, so that writing again never doubles.
///
/// The first 16 bytes of the SHA-256 of the check's 16 bytes, the student's 16 bytes and the skill. This can never change.
pub(super) fn score_id(check: CheckId, student: StudentId, skill: &str) -> ScoreId {
    let mut hash = Sha256::new();
    hash.update(check.0);
    hash.update(student.0);
    hash.update(skill.as_bytes());
    let digest = hash.finalize();
    let mut id = [0; 16];
    id.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    ScoreId(id)
}

/// Of how many questions a check of that way says as much, where nobody counts them.
pub(super) fn usual_questions(way: Way) -> Option<u16> {
    match way {
        Way::Paper => None,
        Way::Oral | Way::Observed => Some(3),
        Way::Product => Some(2),
        Way::Cards => Some(1),
    }
}

/// The least and the greatest value that can be written down: right answers, a level, or right and wrong.
pub(super) fn range(way: Way, questions: u16) -> (u16, u16) {
    match way {
        Way::Paper => (0, questions),
        Way::Oral | Way::Observed => (1, 4),
        Way::Product => (0, MOST_RUBRIC),
        Way::Cards => (0, 1),
    }
}

/// What a value counts as, in thousandths.
///
/// # Errors
/// `room.value-wrong`.
pub(super) fn score_of(way: Way, questions: u16, value: u16) -> Result<u16> {
    let (least, most) = range(way, questions);
    if value < least || value > most {
        let sentence =
            format!("A score here goes from {least} to {most}; {value} does not. Correct it and save again.");
        return Err(Error::invalid("room.value-wrong", sentence).with("least", least).with("most", most));
    }
    Ok(match way {
        Way::Paper => share(value, questions),
        Way::Oral | Way::Observed => LEVELS[usize::from(value - 1)],
        Way::Product => share(value, MOST_RUBRIC),
        Way::Cards => value * WHOLE,
    })
}

/// The value that was written down, from what it counts as.
pub(super) fn value_of(way: Way, questions: u16, score: u16) -> u16 {
    match way {
        Way::Paper => part(score, questions),
        Way::Oral | Way::Observed => {
            let below = LEVELS.iter().filter(|level| **level <= score).count();
            u16::try_from(below).unwrap_or(1).max(1)
        }
        Way::Product => part(score, MOST_RUBRIC),
        Way::Cards => part(score, 1),
    }
}

/// The most that a score of a way can be, as it is typed in.
pub(super) fn most_of(way: Way, questions: u16) -> u16 {
    match way {
        Way::Paper => questions,
        Way::Oral | Way::Observed => u16::try_from(LEVELS.len()).unwrap_or(1),
        Way::Product => MOST_RUBRIC,
        Way::Cards => 1,
    }
}

/// `value` of `of` in thousandths, to the nearest.
fn share(value: u16, of: u16) -> u16 {
    let share = (u32::from(value) * u32::from(WHOLE) + u32::from(of) / 2) / u32::from(of.max(1));
    u16::try_from(share).unwrap_or(WHOLE)
}

fn part(score: u16, of: u16) -> u16 {
    let half = u32::from(WHOLE) / 2;
    u16::try_from((u32::from(score) * u32::from(of) + half) / u32::from(WHOLE)).unwrap_or(of)
}

/// A short text as it is kept: one space between words, nothing that can't be seen.
fn clean(text: &str) -> String {
    let seen: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The reason that a teacher gives for a band.
///
/// # Errors
/// `room.reason-long`.
pub(super) fn reason(text: &str) -> Result<String> {
    let reason = clean(text);
    if reason.chars().count() > LONGEST_REASON {
        let sentence = format!("A reason has at most {LONGEST_REASON} characters. Say it more shortly.");
        return Err(Error::invalid("room.reason-long", sentence).with("most", LONGEST_REASON));
    }
    Ok(reason)
}

/// Whether that is a band which a teacher can set.
///
/// # Errors
/// `room.band-wrong`.
pub(super) fn check_band(band: Option<u8>) -> Result<()> {
    if band.is_some_and(|band| !(1..=4).contains(&band)) {
        let sentence =
            "A band goes from 1 (starting) to 4 (secure). Choose one of these, or none to take it back.";
        return Err(Error::invalid("room.band-wrong", sentence));
    }
    Ok(())
}

impl Sheet {
    /// The same with a clean title, if all of it can be kept. `now` is in milliseconds since 1970.
    ///
    /// # Errors
    /// `room.title-long`, `room.date-wrong`, `room.skills-wrong`, `room.questions-wrong`, `room.guess-wrong`.
    pub(super) fn checked(self, now: u64) -> Result<Self> {
        let title = clean(&self.title);
        if title.chars().count() > LONGEST_TITLE {
            let sentence = format!("A title has at most {LONGEST_TITLE} characters. Give it a shorter one.");
            return Err(Error::invalid("room.title-long", sentence).with("most", LONGEST_TITLE));
        }
        if !(EARLIEST..=now.saturating_add(DAY)).contains(&self.at) {
            let sentence =
                "The date must lie between the year 2000 and today. Choose the day on which it was done.";
            return Err(Error::invalid("room.date-wrong", sentence));
        }
        if self.tasks.is_empty() || self.tasks.len() > MOST_SKILLS {
            let sentence = format!("A check is about one to {MOST_SKILLS} skills. Choose which.");
            return Err(Error::invalid("room.skills-wrong", sentence).with("most", MOST_SKILLS));
        }
        self.tasks.iter().try_for_each(|task| task.check(self.way))?;
        Ok(Self { title, ..self })
    }

    fn task(&self, skill: &str) -> Option<&Task> {
        self.tasks.iter().find(|task| task.skill == skill)
    }
}

impl Task {
    fn check(&self, way: Way) -> Result<()> {
        match (usual_questions(way), self.questions) {
            (Some(usual), Some(questions)) if usual != questions => {
                let sentence =
                    format!("A check of this kind always counts as {usual} questions. Leave the number out.");
                return Err(Error::invalid("room.questions-wrong", sentence).with("most", usual));
            }
            (None, questions) if !questions.is_some_and(|number| (1..=MOST_QUESTIONS).contains(&number)) => {
                let sentence =
                    format!("A test has 1 to {MOST_QUESTIONS} questions on a skill. Say how many.");
                return Err(Error::invalid("room.questions-wrong", sentence).with("most", MOST_QUESTIONS));
            }
            _ => {}
        }
        let may_be_guessed = matches!(way, Way::Paper | Way::Cards);
        if self.guess > MOST_GUESS || (self.guess > 0 && !may_be_guessed) {
            let sentence = "The chance to guess is 0 where students write or speak, and at most 500 of a thousand where they choose. Correct it and save again.";
            return Err(Error::invalid("room.guess-wrong", sentence));
        }
        Ok(())
    }

    fn questions(&self, way: Way) -> u16 {
        usual_questions(way).or(self.questions).unwrap_or(1)
    }
}

/// What must be appended so that a check reads as `sheet` says and the cells as in `wanted` (nothing takes a score back).
/// `known` are the newest words on the check's scores, those taken back included. What was written before follows the
/// sheet's title, date and number of questions; what reads so already is left alone.
///
/// # Errors
/// `room.way-fixed`, `room.value-wrong`; `room.skill-unknown` for a cell that the sheet does not explain.
pub(super) fn plan(
    check: CheckId,
    known: &[Scored],
    sheet: &Sheet,
    wanted: &BTreeMap<Cell, Option<u16>>,
    by: StaffId,
) -> Result<Vec<Scored>> {
    if known.iter().any(|scored| !scored.withdrawn && scored.way != sheet.way) {
        let sentence = "This check was begun in another way. Begin a new one for this way.";
        return Err(Error::conflict("room.way-fixed", sentence));
    }
    let mut words = Vec::new();
    let mut cells: BTreeMap<Cell, Option<&Scored>> = wanted.keys().map(|cell| (cell.clone(), None)).collect();
    cells.extend(known.iter().map(|scored| ((scored.student, scored.skill.clone()), Some(scored))));
    for ((student, skill), former) in cells {
        let live = former.filter(|scored| !scored.withdrawn);
        let value = match wanted.get(&(student, skill.clone())) {
            Some(value) => *value,
            None => live.map(|scored| value_of(scored.way, scored.questions, scored.score)),
        };
        let Some(value) = value else {
            words.extend(live.map(|scored| Scored { withdrawn: true, by, ..scored.clone() }));
            continue;
        };
        let (questions, guess) = match (sheet.task(&skill), live) {
            (Some(task), _) => (task.questions(sheet.way), task.guess),
            (None, Some(live)) => (live.questions, live.guess),
            (None, None) => return Err(skill_unknown()),
        };
        let word = Scored {
            id: score_id(check, student, &skill),
            check,
            student,
            skill,
            way: sheet.way,
            score: score_of(sheet.way, questions, value)?,
            questions,
            guess,
            at: sheet.at,
            by,
            title: sheet.title.clone(),
            withdrawn: false,
        };
        if live.is_none_or(|live| *live != Scored { by: live.by, ..word.clone() }) {
            words.push(word);
        }
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHECK: CheckId = CheckId([1; 16]);
    const AMINA: StudentId = StudentId([2; 16]);
    const BRIAN: StudentId = StudentId([3; 16]);
    const BY: StaffId = StaffId([4; 16]);
    const OTHER: StaffId = StaffId([5; 16]);
    const NOW: u64 = 1_795_420_800_000;

    fn task(questions: Option<u16>, guess: u16) -> Task {
        Task { skill: "p/tens".into(), questions, guess }
    }

    fn sheet(way: Way, questions: Option<u16>) -> Sheet {
        Sheet { way, title: "Week 3".into(), at: NOW, tasks: vec![task(questions, 0)] }
    }

    fn wanted(cells: &[(StudentId, Option<u16>)]) -> BTreeMap<Cell, Option<u16>> {
        cells.iter().map(|(student, value)| ((*student, "p/tens".to_owned()), *value)).collect()
    }

    #[test]
    fn each_way_counts_as_agreed_and_reads_back_as_it_was_written() {
        for (way, questions, value, score) in [
            (Way::Paper, 10, 0, 0),
            (Way::Paper, 10, 7, 700),
            (Way::Paper, 3, 2, 667),
            (Way::Paper, 7, 1, 143),
            (Way::Paper, 1, 1, 1_000),
            (Way::Oral, 3, 1, 100),
            (Way::Oral, 3, 2, 400),
            (Way::Observed, 3, 3, 700),
            (Way::Observed, 3, 4, 950),
            (Way::Product, 2, 0, 0),
            (Way::Product, 2, 3, 750),
            (Way::Product, 2, 4, 1_000),
            (Way::Cards, 1, 0, 0),
            (Way::Cards, 1, 1, 1_000),
        ] {
            assert_eq!(score_of(way, questions, value).unwrap(), score, "{way:?} {value} of {questions}");
            assert_eq!(value_of(way, questions, score), value, "{way:?} {score}");
        }
        for questions in 1..=MOST_QUESTIONS {
            for value in 0..=questions {
                let score = score_of(Way::Paper, questions, value).unwrap();
                assert_eq!(value_of(Way::Paper, questions, score), value, "{value} of {questions}");
            }
        }
        for (way, value) in
            [(Way::Paper, 11), (Way::Oral, 0), (Way::Observed, 5), (Way::Product, 5), (Way::Cards, 2)]
        {
            assert_eq!(score_of(way, 10, value).unwrap_err().code, "room.value-wrong", "{way:?} {value}");
        }
    }

    #[test]
    fn what_cannot_be_kept_is_told() {
        let code = |sheet: Sheet| sheet.checked(NOW).map_err(|error| error.code).err().unwrap_or("");
        let paper = sheet(Way::Paper, Some(10));
        let with = |tasks| Sheet { tasks, ..paper.clone() };
        for (what, given, expected) in [
            ("a sheet", paper.clone(), ""),
            ("tomorrow", Sheet { at: NOW + DAY, ..paper.clone() }, ""),
            ("long ago", Sheet { at: EARLIEST, ..paper.clone() }, ""),
            ("the future", Sheet { at: NOW + DAY + 1, ..paper.clone() }, "room.date-wrong"),
            ("seconds", Sheet { at: NOW / 1_000, ..paper.clone() }, "room.date-wrong"),
            ("a long title", Sheet { title: "x".repeat(81), ..paper.clone() }, "room.title-long"),
            ("no skill", with(vec![]), "room.skills-wrong"),
            ("nine skills", with(vec![task(Some(1), 0); 9]), "room.skills-wrong"),
            ("no questions", with(vec![task(Some(0), 0)]), "room.questions-wrong"),
            ("nobody counted", with(vec![task(None, 0)]), "room.questions-wrong"),
            ("101 questions", with(vec![task(Some(101), 0)]), "room.questions-wrong"),
            ("a sure guess", with(vec![task(Some(9), 501)]), "room.guess-wrong"),
            ("two options", with(vec![task(Some(9), 500)]), ""),
            ("oral", sheet(Way::Oral, None), ""),
            ("oral of ten", sheet(Way::Oral, Some(10)), "room.questions-wrong"),
            (
                "oral and guessed",
                Sheet { tasks: vec![task(None, 1)], ..sheet(Way::Oral, None) },
                "room.guess-wrong",
            ),
        ] {
            assert_eq!(code(given), expected, "{what}");
        }
        let spaced = Sheet { title: "  Week\t3 \n".into(), ..paper };
        assert_eq!(spaced.checked(NOW).unwrap().title, "Week 3");
    }

    #[test]
    fn only_what_changes_is_written_and_the_rest_follows_the_sheet() {
        let ten = sheet(Way::Paper, Some(10));
        let first = plan(CHECK, &[], &ten, &wanted(&[(AMINA, Some(7)), (BRIAN, Some(0))]), BY).unwrap();
        let scores: Vec<_> = first.iter().map(|word| (word.student, word.score, word.by)).collect();
        assert_eq!(scores, [(AMINA, 700, BY), (BRIAN, 0, BY)]);
        assert_ne!(first[0].id, first[1].id);

        let again = |sheet: &Sheet, cells: &[(StudentId, Option<u16>)]| {
            let words = plan(CHECK, &first, sheet, &wanted(cells), OTHER).unwrap();
            let told = |word: &Scored| (word.student, word.score, word.questions, word.withdrawn, word.by);
            words.iter().map(told).collect::<Vec<_>>()
        };
        assert_eq!(again(&ten, &[]), []);
        assert_eq!(again(&ten, &[(AMINA, Some(7))]), [], "it reads so already, whoever says so");
        assert_eq!(again(&ten, &[(AMINA, Some(8))]), [(AMINA, 800, 10, false, OTHER)]);
        assert_eq!(again(&ten, &[(AMINA, None)]), [(AMINA, 700, 10, true, OTHER)]);
        let longer = sheet(Way::Paper, Some(14));
        let both = [(AMINA, 500, 14, false, OTHER), (BRIAN, 0, 14, false, OTHER)];
        assert_eq!(again(&longer, &[]), both, "seven right of fourteen");
        let older =
            plan(CHECK, &first, &Sheet { at: NOW - DAY, ..ten.clone() }, &wanted(&[]), OTHER).unwrap();
        assert!(older.len() == 2 && older.iter().all(|word| word.at == NOW - DAY));

        let code = |sheet: &Sheet| plan(CHECK, &first, sheet, &wanted(&[]), BY).unwrap_err().code;
        assert_eq!(code(&sheet(Way::Paper, Some(5))), "room.value-wrong", "seven of five");
        assert_eq!(code(&sheet(Way::Oral, None)), "room.way-fixed");
        let ones = BTreeMap::from([((AMINA, "p/ones".to_owned()), Some(1))]);
        assert_eq!(plan(CHECK, &first, &ten, &ones, BY).unwrap_err().code, "room.skill-unknown");
    }

    #[test]
    fn a_score_taken_back_stays_so_until_it_is_written_again() {
        let ten = sheet(Way::Paper, Some(10));
        let mut known = plan(CHECK, &[], &ten, &wanted(&[(AMINA, Some(7))]), BY).unwrap();
        known[0].withdrawn = true;
        let write = |cells: &[_], sheet: &Sheet| plan(CHECK, &known, sheet, &wanted(cells), BY).unwrap();
        assert_eq!(write(&[(AMINA, None), (BRIAN, None)], &ten), []);
        assert_eq!(write(&[], &Sheet { at: NOW - DAY, ..ten.clone() }), []);
        let back = write(&[(AMINA, Some(7))], &ten);
        assert_eq!((back.len(), back[0].withdrawn, back[0].id), (1, false, known[0].id));
        assert_eq!(
            write(&[(AMINA, Some(2))], &sheet(Way::Oral, None)).len(),
            1,
            "nothing of it holds the way"
        );
    }

    #[test]
    fn names_of_scores_are_written_in_stone() {
        assert_eq!(score_id(CHECK, AMINA, "p/tens").to_string(), "3f2d2ecc0677d7ab74aa3b5890264d2f");
    }
}
