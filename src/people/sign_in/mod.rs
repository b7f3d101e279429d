//! How students sign in (by face and pictures, by badge, by their teacher), and the tickets that outlive it.

mod asks;
mod badges;
mod family;
pub(super) mod routes;
mod rules;

pub use asks::Asking;
pub(super) use asks::Asks;
pub(super) use rules::Secret;

use super::directory::Student;
use super::sessions::Device;
use super::throttle::{Counted, Counter, Ruling};
use super::{People, Person, one_at_a_time, student_unknown};
use crate::error::{Error, Kind, Result};
use crate::ids::{ClientId, StudentId};
use bytes::Bytes;
use rules::Badge;

/// A badge as it is printed.
pub(super) struct PrintedBadge {
    pub(super) pictures: [&'static str; 3],
    pub(super) code: String,
    pub(super) qr: String,
}

impl People {
    /// The student of a ticket; none when it is not one of this school. Needs no session: a tablet sends what it kept
    /// under the student who answered, also after somebody else signed in.
    pub fn student_of(&self, ticket: &str) -> Option<StudentId> {
        self.secret().student_of(ticket)
    }

    /// The ticket of a student.
    pub fn ticket(&self, student: StudentId) -> String {
        self.secret().ticket(student)
    }

    /// Signs somebody in without asking for anything, and answers the session's token; `former` is the session that the
    /// browser held until now. For this process only, where a sample school is shown: no route may lead here in a
    /// real one.
    ///
    /// # Errors
    /// When there is no randomness.
    pub async fn let_in(
        &self,
        who: Person,
        client: Option<ClientId>,
        former: Option<[u8; 32]>,
    ) -> Result<[u8; 32]> {
        self.begin_session(who, Device { client, former }).await
    }

    /// The pictures of a student.
    pub(super) fn pictures(&self, student: &Student) -> [&'static str; 3] {
        self.secret().pictures(student.id, student.badge)
    }

    /// The badge of a student.
    pub(super) fn print_badge(&self, student: &Student) -> Result<PrintedBadge> {
        let code = self.secret().badge(student.id, student.badge);
        Ok(PrintedBadge { pictures: self.pictures(student), qr: badges::draw(&code)?, code })
    }

    async fn sign_in_by_pictures(
        &self,
        id: StudentId,
        pictures: &[String],
        client: ClientId,
        former: Device,
    ) -> Result<[u8; 32]> {
        self.check_pictures(id, pictures, client).await?;
        self.begin_session(Person::Student(id), Device { client: Some(client), ..former }).await
    }

    /// Takes in a second student on the tablet of a classmate who is signed in: they show their own pictures as everybody
    /// does, and from then on both count as there. The session stays the first one's.
    async fn join(
        &self,
        host: StudentId,
        partner: StudentId,
        pictures: &[String],
        client: ClientId,
    ) -> Result<Student> {
        if host == partner {
            let message = "You are here already. Choose the face of your partner.";
            return Err(Error::invalid("people.partner-self", message));
        }
        let directory = self.directory();
        let classes = directory.classes_of_student(host);
        if !classes.iter().any(|class| class.students.contains(&partner)) {
            return Err(student_unknown());
        }
        let found = directory.student(partner).cloned().ok_or_else(student_unknown)?;
        self.check_pictures(partner, pictures, client).await?;
        self.note_arrival(partner).await;
        Ok(found)
    }

    /// Whether these are the pictures of a student; wrong ones count on the tablet and on all.
    async fn check_pictures(&self, id: StudentId, pictures: &[String], client: ClientId) -> Result<()> {
        let directory = self.directory();
        let student = directory.student(id).ok_or_else(student_unknown)?;
        let (here, anywhere) = counted(student, client);
        for counted in [here, anywhere] {
            if self.throttle.rule(counted, self.now()) == Ruling::Stop {
                return Err(ask_teacher());
            }
        }
        if *pictures != self.pictures(student) {
            let rulings = [
                self.throttle.count(here, self.now()).await,
                self.throttle.count(anywhere, self.now()).await,
            ];
            let left =
                rulings.into_iter().map(|ruling| if let Ruling::Go { left } = ruling { left } else { 0 });
            return Err(match left.min() {
                None | Some(0) => ask_teacher(),
                Some(left) => {
                    Error::invalid("people.pictures-wrong", "These are not your pictures. Try again.")
                        .with("left", left)
                }
            });
        }
        self.throttle.clear(here).await;
        self.throttle.clear(anywhere).await;
        Ok(())
    }

    async fn sign_in_by_badge(
        &self,
        badge: Badge,
        client: ClientId,
        former: Device,
    ) -> Result<(StudentId, [u8; 32])> {
        let directory = self.directory();
        let student = directory.student(badge.student);
        let student = student
            .filter(|student| badge.is_true(&self.secret(), student.badge))
            .ok_or_else(badge_unknown)?;
        self.clear_pictures(student.id, client).await;
        let device = Device { client: Some(client), ..former };
        Ok((student.id, self.begin_session(Person::Student(student.id), device).await?))
    }

    /// The badge on a photo; one photo at a time, as each takes tens of megabytes.
    async fn read_photo(&self, photo: Bytes) -> Result<Badge> {
        one_at_a_time(&self.photos, move || badges::read_photo(&photo)).await
    }

    /// The student is who they say: their wrong tries are forgotten.
    async fn clear_pictures(&self, id: StudentId, client: ClientId) {
        let directory = self.directory();
        let Some(student) = directory.student(id) else { return };
        let (here, anywhere) = counted(student, client);
        self.throttle.clear(here).await;
        self.throttle.clear(anywhere).await;
    }
}

/// What wrong pictures count on: the student on this tablet, and on all. A new badge starts anew.
fn counted(student: &Student, client: ClientId) -> (Counted, Counted) {
    let badge = student.badge.to_be_bytes();
    (
        Counted::new(Counter::PicturesHere, &[&student.id.0, &badge, &client.0]),
        Counted::new(Counter::PicturesAnywhere, &[&student.id.0, &badge]),
    )
}

fn ask_teacher() -> Error {
    Error::new(Kind::TooMany, "people.ask-teacher", "Ask your teacher to let you in.")
}

fn badge_unknown() -> Error {
    let message = "This badge does not work any more. Ask your teacher for a new one.";
    Error::invalid("people.badge-unknown", message)
}
