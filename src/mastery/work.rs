//! How a class works, as far as ratings and practice follow it. Whoever plans lessons knows; this folder asks.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use super::band::{Band, Strictness};
use super::school::Mastery;
use crate::error::Result;
use crate::ids::{ClassId, StudentId};

/// How a class works now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClassWork {
    /// How sure a skill must be before it counts as secure.
    pub strictness: Strictness,
    /// Who has a list of skills in common.
    pub lists: Lists,
    /// Courses that the class was given, the newest first.
    pub courses: Vec<String>,
}

/// Who has a list of skills in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Lists {
    /// The whole class.
    Whole,
    /// Each group, where a plan says who is in which; else whoever shares a gap.
    Groups(Option<Vec<Vec<StudentId>>>),
    /// Nobody: each student has their own.
    #[default]
    Own,
    /// Nobody: each student chooses from all that there is.
    Free,
}

/// How far each student of a class is with what they have begun, by `<pack>/<skill>`.
pub type Gaps = Vec<(StudentId, BTreeMap<String, Band>)>;

/// What is on its way.
pub type Awaited<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Knows how classes work.
pub trait Ways: Send + Sync {
    /// How a class works now.
    fn work(&self, class: ClassId) -> Awaited<'_, Result<ClassWork>>;

    /// Groups of students who share a gap, for a class without a plan.
    fn groups(&self, gaps: &Gaps) -> Vec<Vec<StudentId>>;
}

impl Mastery {
    /// How sure a class wants to be before a skill counts as secure.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn strictness(&self, class: ClassId) -> Result<Strictness> {
        Ok(self.ways.work(class).await?.strictness)
    }

    /// The same for a student's own pages: what the first of their classes wants.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn own_strictness(&self, student: StudentId) -> Result<Strictness> {
        Ok(self.work_of(student).await?.strictness)
    }

    /// How the first class of a student works, by its name.
    pub(super) async fn work_of(&self, student: StudentId) -> Result<ClassWork> {
        match self.first_class(student) {
            Some(class) => self.ways.work(class).await,
            None => Ok(ClassWork::default()),
        }
    }

    pub(super) fn first_class(&self, student: StudentId) -> Option<ClassId> {
        self.people.directory().classes_of_student(student).first().map(|class| class.id)
    }
}
