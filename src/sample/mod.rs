//! A throw-away school to look around in: three classes, forty students, and weeks of answers in a real journal.
//!
//! It is an ordinary school on ordinary paths: people are added and answers are marked as everywhere else. The first page
//! opens one beside a box that is not set up ([`Door`]); `schoolhouse demo` serves one by itself.

mod door;
mod names;
pub mod routes;
mod work;

pub use door::{Door, throw_away};

use crate::app::App;
use crate::error::{Error, Result};
use crate::ids::{ClassId, StudentId};
use crate::people::{NewStudent, SetUp};
use names::{CLASSES, HEAD, SCHOOL};

/// The head's password, for those who want to see the sign-in; everybody else comes in without one.
pub const PASSWORD: &str = "sample school";

/// Makes the school in an app that has none.
///
/// # Errors
/// When the disk refuses, or a school is there already.
pub async fn fill(app: &App) -> Result<()> {
    let school = SetUp {
        school: SCHOOL.to_owned(),
        name: HEAD.to_owned(),
        password: PASSWORD.to_owned(),
        language: "en".to_owned(),
    };
    let head = app.people.found(school).await?;
    let mut students = Vec::new();
    for (name, class_list) in CLASSES {
        let class = app.people.add_class(head, name).await?.id;
        let rows =
            class_list.iter().map(|name| NewStudent { name: (*name).to_owned(), ..NewStudent::default() });
        app.people.import_students(class, rows.collect()).await?;
        students.extend(students_of(app, class)?);
    }
    work::let_work(app, &students).await
}

fn students_of(app: &App, class: ClassId) -> Result<Vec<StudentId>> {
    let directory = app.people.directory();
    let class = directory.class(class).ok_or_else(|| Error::internal("The sample class is missing."))?;
    Ok(directory.students_of(class).into_iter().map(|student| student.id).collect())
}
