//! A school day: each class works with the tablets, some stay at home, the power fails, the teachers write down what they
//! saw.

use std::path::Path;

use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::board::{Board, Method};
use super::dice::Dice;
use super::ledger::{Ledger, Written};
use super::school::Class;
use super::student::Student;
use crate::error::{Error, Result};
use crate::ids::{StudentId, to_hex};

/// School begins at eight, in milliseconds since midnight.
const EIGHT: u64 = 8 * 60 * 60 * 1_000;
/// A student's turn on a tablet, in milliseconds.
const TURN: u64 = 10 * 60 * 1_000;
/// Questions of a test on paper, and how many of a class are asked aloud.
const ON_PAPER: u16 = 10;
const ASKED_ALOUD: usize = 6;
/// Every so many days a class writes a test.
const TEST_EVERY: usize = 5;

/// What a year is made of, beside the school itself.
pub(super) struct Days<'a> {
    pub(super) data: &'a Path,
    /// Of each class.
    pub(super) tablets: usize,
    pub(super) questions: usize,
    pub(super) ledger: Ledger,
    pub(super) figures: Figures,
    pub(super) dice: Dice,
}

/// What is counted on the way.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    /// Days that were.
    pub days: usize,
    /// Times the power failed.
    pub cuts: usize,
    /// Days in which somebody was not there, over all students.
    pub absences: usize,
    /// Questions that the box chose, and the sum of the chances to be right in them.
    pub asked: (u32, f64),
}

impl Days<'_> {
    /// One day, which begins at `midnight`. The box may be another one in the evening.
    pub(super) async fn pass(
        &mut self,
        mut board: Board,
        classes: &mut [Class],
        (number, midnight): (usize, u64),
    ) -> Result<Board> {
        self.figures.days += 1;
        let here: Vec<Vec<usize>> = classes.iter_mut().map(|class| self.come(class)).collect();
        let turns = here.iter().map(|here| here.len().div_ceil(self.tablets)).max().unwrap_or(0);
        let cut_in = self.dice.below(turns);
        for turn in 0..turns {
            let now = midnight + EIGHT + turn as u64 * TURN;
            board.hands.set_wall(now);
            if turn == cut_in {
                // A sitting is some ten requests.
                board.cut_after(self.dice.below(classes.len() * self.tablets * 10) as u64);
            }
            self.sit(&board, classes, &here, turn).await?;
            if board.is_dark() {
                board = self.power_back(board, now).await?;
            }
            board.cut_after(u64::MAX);
            board.keep_fresh().await?;
        }
        if (number + 1).is_multiple_of(TEST_EVERY) {
            for class in classes {
                self.write_down(&board, class, number).await?;
            }
        }
        Ok(board)
    }

    /// The places of those who come.
    fn come(&mut self, class: &mut Class) -> Vec<usize> {
        let all = class.students.len();
        let here = class.students.iter_mut().map(Student::comes).enumerate();
        let here: Vec<usize> = here.filter_map(|(place, comes)| comes.then_some(place)).collect();
        self.figures.absences += all - here.len();
        here
    }

    /// In every class those whose turn it is sit at its tablets, all at once.
    async fn sit(
        &mut self,
        board: &Board,
        classes: &mut [Class],
        here: &[Vec<usize>],
        turn: usize,
    ) -> Result<()> {
        let mut sitting = JoinSet::new();
        for (number, (class, here)) in classes.iter_mut().zip(here).enumerate() {
            let places: Vec<usize> = here.chunks(self.tablets).nth(turn).unwrap_or_default().to_vec();
            let mut students: Vec<(usize, Student)> =
                places.iter().rev().map(|place| (*place, class.students.remove(*place))).collect();
            students.reverse();
            let tablets = class.tablets.drain(..students.len()).collect::<Vec<_>>();
            for ((place, mut student), mut tablet) in students.into_iter().zip(tablets) {
                let (wifi, app, questions) = (board.wifi(), board.app.clone(), self.questions);
                sitting.spawn(async move {
                    let sat = tablet.sit(&wifi, &app, &mut student, questions).await;
                    ((number, place), student, tablet, sat)
                });
            }
        }
        let mut back = Vec::new();
        while let Some(done) = sitting.join_next().await {
            back.push(done.map_err(|e| Error::internal("A tablet broke.").caused_by(e))?);
        }
        // Whoever is ready first depends on the machine; the next turn must not.
        back.sort_by_key(|(place, ..)| *place);
        for ((number, place), student, tablet, sat) in back {
            let sat = sat?;
            self.ledger.given.extend(sat.given);
            self.figures.asked.0 += sat.chances.1;
            self.figures.asked.1 += sat.chances.0;
            classes[number].students.insert(place, student);
            classes[number].tablets.push(tablet);
        }
        Ok(())
    }

    /// The power comes back; every other time the board has forgotten the date.
    async fn power_back(&mut self, board: Board, now: u64) -> Result<Board> {
        self.figures.cuts += 1;
        board.go_dark().await?;
        let wall = if self.figures.cuts.is_multiple_of(2) { 0 } else { now };
        Board::wake(self.data, wall)
    }

    /// The teacher types a test on paper in, and what some said when they were asked.
    async fn write_down(&mut self, board: &Board, class: &mut Class, day: usize) -> Result<()> {
        let skill = class.skills[day / TEST_EVERY % class.skills.len()].clone();
        let all = class.students.len();
        let paper: Vec<(StudentId, u16)> =
            class.students.iter_mut().map(|student| (student.id, student.write(&skill, ON_PAPER))).collect();
        self.note(board, class, ("paper", &skill), &paper).await?;
        let first = self.dice.below(all);
        let aloud: Vec<(StudentId, u16)> = (0..ASKED_ALOUD.min(all))
            .map(|place| {
                let student = &mut class.students[(first + place) % all];
                (student.id, 1 + student.write(&skill, 3))
            })
            .collect();
        self.note(board, class, ("oral", &skill), &aloud).await
    }

    async fn note(
        &mut self,
        board: &Board,
        class: &mut Class,
        (way, skill): (&str, &str),
        scores: &[(StudentId, u16)],
    ) -> Result<()> {
        let check = to_hex(&[self.dice.roll().to_be_bytes(), self.dice.roll().to_be_bytes()].concat());
        let mut about = json!({ "skill": skill });
        if way == "paper" {
            about["questions"] = json!(ON_PAPER);
        }
        let rows: Vec<Value> = scores
            .iter()
            .map(|(student, value)| json!({ "student": student, "skill": skill, "value": value }))
            .collect();
        let at = board.app.journal.clock().now().wall;
        let body = json!({ "way": way, "title": "", "at": at, "skills": [about], "scores": rows });
        let path = format!("/api/v1/classes/{}/checks/{check}", class.id);
        class.teacher.ask(&board.wifi(), Method::PUT, &path, Some(&body)).await?;
        let written = |(student, value): &(StudentId, u16)| Written {
            class: class.id.clone(),
            check: check.clone(),
            student: *student,
            value: *value,
        };
        self.ledger.written.extend(scores.iter().map(written));
        Ok(())
    }
}
