//! The questions of the courses, read once and kept at hand while a class works with them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::body::Spot;
use super::rules;
use crate::error::{Error, Result};
use crate::ids::StudentId;
use crate::items::{Drawn, Item, Variant};
use crate::packs::{Activity, Course, Packs};

/// The questions of some forty lessons, about 5 KB each.
const ROOM: usize = 500;

/// Questions of the installed courses.
pub struct Questions {
    packs: Arc<Packs>,
    /// By the pack's hash and the item's id.
    at_hand: Mutex<HashMap<(String, String), Arc<Item>>>,
}

impl Questions {
    pub(super) fn new(packs: Arc<Packs>) -> Self {
        Self { packs, at_hand: Mutex::default() }
    }

    /// Versions of a course for students of which somebody may have a page open: the newest, then those that it replaced.
    pub(super) fn versions(&self, id: &str) -> Vec<Arc<Course>> {
        let versions = self.packs.course(id).into_iter().chain(self.packs.former(id));
        versions.filter(|course| course.is_for_students()).collect()
    }

    /// The question that a seed makes of an item. Reads the disk when the item is not at hand.
    ///
    /// # Errors
    /// `pack.item-unknown`, `pack.item-wrong`, or that the disk can't be read.
    pub fn variant(&self, course: &Course, item: &str, seed: u64) -> Result<Variant> {
        let made = self.item(course, item)?.variant(seed);
        made.map_err(|fault| wrong(course, item).caused_by(fault.to_string()))
    }

    /// The questions of a run, by place, for one student: the same on every tablet. A template that is asked several
    /// times gives other numbers each time, where it has them. Reads the disk when items are not at hand.
    ///
    /// # Errors
    /// As [`Questions::variant`].
    pub fn of_run(
        &self,
        course: &Course,
        activity: &Activity,
        student: StudentId,
        spot: &Spot,
    ) -> Result<Vec<Variant>> {
        let mut drawn: Vec<Drawn> = Vec::new();
        let asked = activity.items.iter().map(|item| (item.item.as_str(), item.count));
        for (place, id) in (0..).zip(rules::places(asked)) {
            let item = self.item(course, id)?;
            let draw = |attempt| {
                let seed = rules::seed_for(student, spot, place, attempt);
                item.draw(seed).map_err(|fault| wrong(course, id).caused_by(fault.to_string()))
            };
            let is_new = |draw: &Drawn| {
                !item.is_template()
                    || drawn.iter().all(|other| other.variant.id != id || other.params != draw.params)
            };
            let mut next = draw(0)?;
            for attempt in 1..rules::ATTEMPTS {
                if is_new(&next) {
                    break;
                }
                next = draw(attempt)?;
            }
            drawn.push(next);
        }
        Ok(drawn.into_iter().map(|drawn| drawn.variant).collect())
    }

    fn item(&self, course: &Course, id: &str) -> Result<Arc<Item>> {
        let key = (course.hash.clone(), id.to_owned());
        let found = self.at_hand.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(item) = found {
            return Ok(item);
        }
        let written = self.packs.item_of(course, id)?;
        let item = Item::read(written).map_err(|fault| wrong(course, id).caused_by(fault.to_string()))?;
        let item = Arc::new(item);
        let mut at_hand = self.at_hand.lock().unwrap_or_else(PoisonError::into_inner);
        if at_hand.len() >= ROOM {
            // Starting anew now and then costs less than remembering who was used when.
            at_hand.clear();
        }
        at_hand.insert(key, item.clone());
        Ok(item)
    }
}

fn wrong(course: &Course, item: &str) -> Error {
    let sentence = format!(
        "The question {item} of the course {} can't be shown. Choose something else, and tell your teacher.",
        course.id
    );
    Error::not_found("pack.item-wrong", sentence).with("item", item)
}
