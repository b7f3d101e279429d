//! How people sign in, and the tickets that outlive it.

pub(super) mod routes;
mod rules;

pub(super) use rules::Secret;

use super::People;
use crate::ids::StudentId;

impl People {
    /// The student of a ticket; none when it is not one of this school. Needs no session: a tablet sends what it kept
    /// under the student who answered, also after somebody else signed in.
    pub fn student_of(&self, ticket: &str) -> Option<StudentId> {
        self.secret.student_of(ticket)
    }

    /// The ticket of a student.
    pub fn ticket(&self, student: StudentId) -> String {
        self.secret.ticket(student)
    }
}
