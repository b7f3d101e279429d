//! The code on a report card, with which parents see the page of their child and nothing else.

use super::super::People;
use super::super::directory::Student;
use super::super::throttle::{Counted, Counter};
use crate::error::{Error, Result};
use crate::ids::StudentId;

impl People {
    /// The code for a student's parents, nine digits; a new badge makes it void. `None` for a student who is gone.
    pub fn family_code(&self, student: StudentId) -> Option<String> {
        let directory = self.directory();
        let student = directory.student(student)?;
        Some(self.secret().family(student.id, student.badge))
    }

    /// The student of a code. Wrong tries of all parents together are counted: with nine digits, one try a minute finds
    /// a student of a school of three hundred in years.
    ///
    /// # Errors
    /// `people.code-unknown`, `people.too-many-tries`.
    pub async fn student_of_family(&self, code: &str) -> Result<Student> {
        let counted = Counted::new(Counter::Family, &[]);
        self.refuse_hasty(&[counted])?;
        let typed: String =
            code.chars().filter_map(|one| one.to_digit(10)).map(|digit| digit.to_string()).collect();
        let directory = self.directory();
        let is_it = |student: &&Student| digits(&self.secret().family(student.id, student.badge)) == typed;
        if let Some(student) = directory.students().find(is_it) {
            return Ok(student.clone());
        }
        self.throttle.count(counted, self.now()).await;
        Err(Error::invalid(
            "people.code-unknown",
            "No child has this code. Look at the report card again, or ask the school for a new one.",
        ))
    }
}

fn digits(code: &str) -> String {
    code.chars().filter(char::is_ascii_digit).collect()
}
