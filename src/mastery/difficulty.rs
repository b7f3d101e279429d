//! How hard skills and items are.

use std::collections::HashMap;

use super::rules::Estimate;
use crate::evidence::Hardness;

impl Estimate {
    /// From thousandths, as entries hold it.
    pub(super) fn of(Hardness { mean, variance }: Hardness) -> Self {
        Self { mean: f64::from(mean) / 1e3, variance: f64::from(variance) / 1e3 }
    }

    /// As entries hold it; beyond ten logits nothing is told apart any more.
    pub(super) fn in_thousandths(self) -> Hardness {
        #[expect(clippy::cast_possible_truncation, reason = "clamped just before")]
        let whole = |value: f64| (value * 1e3).round().clamp(-1e4, 1e4) as i32;
        Hardness { mean: whole(self.mean), variance: whole(self.variance).unsigned_abs().max(1) }
    }
}

/// How hard what was asked is taken to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hard {
    /// The skill.
    pub skill: Estimate,
    /// The item, beside its skill.
    pub item: Estimate,
}

/// What is believed about the difficulty of skills and items, by name; greater is harder.
#[derive(Clone, Debug, Default)]
pub struct Difficulties {
    skills: HashMap<String, Estimate>,
    items: HashMap<String, Estimate>,
}

impl Difficulties {
    /// With what a pack or an earlier calibration says.
    pub fn new(skills: HashMap<String, Estimate>, items: HashMap<String, Estimate>) -> Self {
        Self { skills, items }
    }

    /// A skill's difficulty; that of the unknown where nothing was said.
    pub fn skill(&self, name: &str) -> Estimate {
        self.skills.get(name).copied().unwrap_or(Estimate::DIFFICULTY)
    }

    /// A skill's difficulty, where something was said of it.
    pub(super) fn known_skill(&self, name: &str) -> Option<Estimate> {
        self.skills.get(name).copied()
    }

    /// An item's, where something was said of it.
    pub(super) fn known_item(&self, name: &str) -> Option<Estimate> {
        self.items.get(name).copied()
    }

    /// An item's difficulty beside its skill's; nothing to be uncertain about where there is no single item.
    pub fn item(&self, name: Option<&str>) -> Estimate {
        name.map_or(Estimate::NO_ITEM, |name| self.items.get(name).copied().unwrap_or(Estimate::DIFFICULTY))
    }

    /// Both together.
    pub fn hard(&self, skill: &str, item: Option<&str>) -> Hard {
        Hard { skill: self.skill(skill), item: self.item(item) }
    }

    /// Keeps what was learned about a skill and an item.
    pub fn learn(&mut self, skill: (&str, Estimate), item: (Option<&str>, Estimate)) {
        self.skills.insert(skill.0.to_owned(), skill.1);
        if let Some(name) = item.0 {
            self.items.insert(name.to_owned(), item.1);
        }
    }
}
