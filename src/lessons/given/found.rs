//! What a gift is in the courses of today: found by old names, too, and shown to students and teachers.

use std::sync::Arc;

use super::super::{State, lesson_state, rules, standing};
use super::screens::{Gift, GiftCard, GiftRow};
use super::store::Held;
use crate::evidence::Progress;
use crate::packs::{Course, Lesson};

/// A course for students, or one lesson of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'a> {
    course: &'a Course,
    lesson: Option<&'a Lesson>,
}

impl PartialEq for Found<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.names() == other.names()
    }
}

impl<'a> Found<'a> {
    /// What a gift is, when its course is on the box, is for students and has the lesson.
    pub(super) fn among(courses: &'a [Arc<Course>], gift: &Gift) -> Option<Self> {
        let named = courses.iter().find(|course| course.id == gift.course);
        let course = named.or_else(|| courses.iter().find(|course| course.stands_for(&gift.course)))?;
        Self::of(course, gift)
    }

    /// What a gift is in its course.
    pub(super) fn of(course: &'a Course, gift: &Gift) -> Option<Self> {
        let lesson = match &gift.lesson {
            None => None,
            Some(id) => Some(course.lesson_now(id)?),
        };
        course.is_for_students().then_some(Self { course, lesson })
    }

    /// The gift under the names of today.
    pub(super) fn gift(self) -> Gift {
        Gift { course: self.course.id.clone(), lesson: self.lesson.map(|lesson| lesson.id.clone()) }
    }

    fn names(&self) -> (&str, Option<&str>) {
        (&self.course.id, self.lesson.map(|lesson| lesson.id.as_str()))
    }

    /// How far a student is with it.
    pub(super) fn state(self, progress: &Progress) -> State {
        rules::state_of_all(self.parts(progress).into_iter())
    }

    /// How far a student is with each of its parts: lessons of the course, or activities of the lesson.
    fn parts(self, progress: &Progress) -> Vec<State> {
        let Self { course, lesson } = self;
        match lesson {
            None => course.lessons().map(|one| lesson_state(course, one, progress)).collect(),
            Some(lesson) => {
                lesson.activities.iter().map(|one| standing(course, lesson, one, progress).state).collect()
            }
        }
    }

    fn picture(self) -> Option<String> {
        let own = self.lesson.and_then(|lesson| lesson.picture.as_deref());
        own.or(self.course.cover.as_deref()).map(|path| self.course.address(path))
    }

    /// As a student sees it.
    pub(super) fn card(self, progress: &Progress, language: &str) -> GiftCard {
        let parts = self.parts(progress);
        let open = parts.iter().position(|state| *state != State::Done).unwrap_or(0);
        let Gift { course, lesson } = self.gift();
        GiftCard {
            course,
            title: self.course.title(language).to_owned(),
            lesson,
            lesson_title: self.lesson.map(|lesson| lesson.title.clone()),
            activity: self.lesson.and_then(|lesson| lesson.activities.get(open)).map(|one| one.id.clone()),
            language: self.course.language.clone(),
            picture: self.picture(),
            state: self.state(progress),
            done: parts.iter().filter(|state| **state == State::Done).count(),
            of: parts.len(),
        }
    }

    /// As the teachers of a class see it whose students are in these `states`; `by` is the name of the giver.
    pub(super) fn row(self, held: &Held, by: Option<String>, states: &[State], language: &str) -> GiftRow {
        let Gift { course, lesson } = self.gift();
        GiftRow {
            course,
            title: self.course.title(language).to_owned(),
            lesson,
            lesson_title: self.lesson.map(|lesson| lesson.title.clone()),
            language: self.course.language.clone(),
            picture: self.picture(),
            at: held.at.wall(),
            by,
            students: states.len(),
            begun: states.iter().filter(|state| **state != State::New).count(),
            done: states.iter().filter(|state| **state == State::Done).count(),
        }
    }
}
