//! A year from the first day to the last, and the reckoning after it.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::board::{Board, Wifi};
use super::day::{Days, Figures};
use super::dice::Dice;
use super::ledger::{Ledger, Lost};
use super::privacy::{Asked, look_around};
use super::school::{School, Staff};
use super::second::{carry_over, skills_shown};
use super::tablet::Tablet;
use crate::error::{Error, Result};

/// Monday, 11 January 2027, in milliseconds since 1970.
pub(super) const FIRST_DAY: u64 = 1_799_625_600_000;
pub(super) const DAY: u64 = 24 * 60 * 60 * 1_000;
/// Weeks of a term, and of the holidays behind it.
const TERM: usize = 13;
const HOLIDAYS: usize = 4;
/// How hard questions are is learned every so many days.
const CALIBRATE_EVERY: usize = 10;
/// Below that true chance, "secure" is wrong (`docs/mastery.md`).
const TOO_LOW: f64 = 0.7;

/// What kind of school, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The same seed gives the same people, days and luck.
    pub seed: u64,
    /// Students of the school.
    pub students: usize,
    /// Classes, each with a teacher.
    pub classes: usize,
    /// School days, five a week.
    pub days: usize,
    /// Tablets of each class, which its students use one after the other.
    pub tablets: usize,
    /// Questions that a student answers on a day.
    pub questions: usize,
}

/// How the year ended.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What happened.
    pub figures: Figures,
    /// Answers that students gave.
    pub given: usize,
    /// Scores that teachers wrote down.
    pub written: usize,
    /// Of the answers.
    pub lost: Lost,
    /// Scores that a teacher's page does not show as they were written.
    pub scores_lost: usize,
    /// Whether the box shows the same after it was switched off, and again after all views were made anew.
    pub same_anew: bool,
    /// Whether another box that took over the journal shows the same.
    pub same_elsewhere: bool,
    /// What people tried to see that is none of their business.
    pub privacy: Asked,
    /// Skills of students that the box calls secure, and those of them that are not.
    pub secure: (usize, usize),
}

impl Outcome {
    /// Whether everything is as it must be.
    pub fn is_sound(&self) -> bool {
        self.lost == Lost::default()
            && self.scores_lost == 0
            && self.same_anew
            && self.same_elsewhere
            && self.privacy.shown.is_empty()
    }
}

/// Lets a year pass in an empty directory. `tell` hears of each day that is over.
///
/// # Errors
/// When the box fails where it must not; what is merely wrong stands in the outcome.
pub async fn simulate(plan: Plan, directory: &Path, tell: impl Fn(usize)) -> Result<Outcome> {
    if plan.students < plan.classes || plan.classes == 0 || plan.tablets == 0 {
        let sentence = "A school needs a class, a tablet, and a student for each class. Give larger numbers.";
        return Err(Error::invalid("simulation.too-small", sentence));
    }
    let data = directory.join("box");
    let mut dice = Dice::new(plan.seed);
    let mut board = Board::wake(&data, FIRST_DAY)?;
    let mut school = School::found(&board, plan.classes, plan.students, &mut dice).await?;
    for (number, class) in (1_u64..).zip(&mut school.classes) {
        let tablet = |place: u64| Tablet::new(number * 1_000 + place, dice.of(number));
        class.tablets = (0..plan.tablets as u64).map(tablet).collect();
    }
    let mut days = Days {
        data: &data,
        tablets: plan.tablets,
        questions: plan.questions,
        ledger: Ledger::default(),
        figures: Figures::default(),
        dice: dice.of(0),
    };
    for day in 0..plan.days {
        let midnight = FIRST_DAY + calendar_day(day) * DAY;
        board = days.pass(board, &mut school.classes, (day, midnight)).await?;
        if (day + 1).is_multiple_of(CALIBRATE_EVERY) {
            board.app.mastery.calibrate().await?;
        }
        tell(day + 1);
    }
    let evening = FIRST_DAY + calendar_day(plan.days) * DAY;
    board.hands.set_wall(evening);
    for tablet in school.classes.iter_mut().flat_map(|class| &mut class.tablets) {
        tablet.deliver(&board.wifi(), &board.app).await?;
        if !tablet.is_empty() {
            return Err(Error::internal("A tablet still holds answers in the evening of the last day."));
        }
    }
    let Days { ledger, figures, .. } = days;
    Reckoning { board, school, ledger, figures, directory: directory.to_owned(), evening }.reckon().await
}

/// The day of the calendar on which a school day falls, from the first.
pub(super) fn calendar_day(school_day: usize) -> u64 {
    let week = school_day / 5;
    let week = week + week / TERM * HOLIDAYS;
    (week * 7 + school_day % 5) as u64
}

/// The box in the evening of the last day, and what there is to hold it against.
struct Reckoning {
    board: Board,
    school: School,
    ledger: Ledger,
    figures: Figures,
    directory: PathBuf,
    evening: u64,
}

impl Reckoning {
    async fn reckon(mut self) -> Result<Outcome> {
        let lost = self.ledger.hold_against(&self.board.app).await?;
        let wifi = self.board.wifi();
        let scores_lost = scores_lost(&wifi, &mut self.school, &self.ledger).await?;
        let names = self.names();
        let privacy = look_around(&wifi, &mut self.school, &names).await?;
        let secure = secure(&wifi, &mut self.school).await?;
        let shown = skills_shown(&wifi, &mut self.school).await?;
        drop(wifi);
        self.board.go_dark().await?;
        let board = Board::wake(&self.directory.join("box"), self.evening)?;
        let mut same_anew = skills_shown(&board.wifi(), &mut self.school).await? == shown;
        let views = board.app.journal.dump_views()?;
        board.app.journal.rebuild()?;
        same_anew &= board.app.journal.dump_views()? == views;
        same_anew &= skills_shown(&board.wifi(), &mut self.school).await? == shown;

        let other = Board::wake(&self.directory.join("other"), self.evening)?;
        carry_over(&board, &other).await?;
        self.school.head = Staff::head();
        let same_elsewhere = skills_shown(&other.wifi(), &mut self.school).await? == shown;
        Ok(Outcome {
            figures: self.figures,
            given: self.ledger.given.len(),
            written: self.ledger.written.len(),
            lost,
            scores_lost,
            same_anew,
            same_elsewhere,
            privacy,
            secure,
        })
    }

    fn names(&self) -> Vec<(String, String)> {
        let directory = self.board.app.people.directory();
        directory.students().map(|student| (student.id.to_string(), student.name.clone())).collect()
    }
}

/// How many scores the teachers' pages do not show as they were written.
async fn scores_lost(wifi: &Wifi, school: &mut School, ledger: &Ledger) -> Result<usize> {
    let mut lost = 0;
    let mut page = (String::new(), serde_json::Value::Null);
    for written in &ledger.written {
        if page.0 != written.check {
            let path = format!("/api/v1/classes/{}/checks/{}", written.class, written.check);
            page = (written.check.clone(), school.head.see(wifi, &path).await?);
        }
        let students = page.1["students"].as_array().into_iter().flatten();
        let its = students.filter(|row| row["student"] == json!(written.student));
        let values = its.flat_map(|row| row["scores"].as_array().into_iter().flatten());
        lost += usize::from(!values.map(|score| &score["value"]).eq([&json!(written.value)]));
    }
    Ok(lost)
}

/// Cells of the grids that say secure, and those whose student is right less often than that.
async fn secure(wifi: &Wifi, school: &mut School) -> Result<(usize, usize)> {
    let (mut secure, mut wrong) = (0, 0);
    for class in &mut school.classes {
        let path = format!("/api/v1/classes/{}/skills?course={}", class.id, class.course);
        let grid = school.head.see(wifi, &path).await?;
        for row in grid["students"].as_array().into_iter().flatten() {
            let student = class.students.iter_mut().find(|student| row["id"] == json!(student.id));
            let Some(student) = student else { continue };
            let cells = row["cells"].as_array().into_iter().flatten();
            for (cell, skill) in cells.zip(grid["skills"].as_array().into_iter().flatten()) {
                if ["secure", "kept", "reviewDue"].iter().any(|band| cell["band"] == *band) {
                    secure += 1;
                    wrong += usize::from(student.can(skill["id"].as_str().unwrap_or_default()) < TOO_LOW);
                }
            }
        }
    }
    Ok((secure, wrong))
}
