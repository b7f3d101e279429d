//! Which questions stand on a sheet: the same for the same number, and two forms that weigh the same.

use crate::error::{Error, Result};

const MOST_QUESTIONS: usize = 40;
const MOST_SKILLS: usize = 6;

/// Refuses a sheet that is none.
///
/// # Errors
/// `sheet.count-wrong`.
pub(super) fn check(count: usize, forms: usize, skills: usize) -> Result<()> {
    if (1..=MOST_QUESTIONS).contains(&count)
        && (1..=2).contains(&forms)
        && (1..=MOST_SKILLS).contains(&skills)
    {
        return Ok(());
    }
    Err(Error::invalid(
        "sheet.count-wrong",
        "A sheet has 1 to 40 questions about 1 to 6 skills, in one form or two.",
    ))
}

/// An item that can be asked on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) item: String,
    /// The number of its skill, from 0.
    pub(super) skill: usize,
    /// In thousandths of a logit.
    pub(super) difficulty: i32,
    /// Whether it has other numbers each time.
    pub(super) is_template: bool,
}

/// One place on a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) skill: usize,
    /// One item for all forms, or one for each.
    pub(super) items: Vec<String>,
    /// For each of `items`, in thousandths of a logit.
    pub(super) difficulty: Vec<i32>,
}

impl Slot {
    /// How much harder it is on form B than on form A.
    fn lean(&self) -> i32 {
        match self.difficulty[..] {
            [a, b] => b - a,
            _ => 0,
        }
    }

    fn turned(mut self) -> Self {
        self.items.reverse();
        self.difficulty.reverse();
        self
    }
}

/// The places of a sheet, the easy ones first; each skill has as many as the others, as far as the course has questions.
///
/// A template serves both forms, with other numbers. Of other items two neighbours in difficulty make a place, one for each
/// form, turned so that neither form grows harder than the other; the last one, without a neighbour, stands on both.
pub(super) fn choose(choices: &[Choice], skills: usize, count: usize, forms: usize, seed: u32) -> Vec<Slot> {
    let mut dice = Dice::new(u64::from(seed));
    let mut chosen = Vec::new();
    for skill in 0..skills {
        let share = count / skills + usize::from(skill < count % skills);
        let own: Vec<&Choice> = choices.iter().filter(|choice| choice.skill == skill).collect();
        let mut slots = slots_of(&own, forms);
        dice.shuffle(&mut slots);
        let again: Vec<Slot> = slots
            .iter()
            .filter(|slot| own.iter().any(|one| one.is_template && slot.items == [one.item.clone()]))
            .cloned()
            .collect();
        let missing = share.saturating_sub(slots.len());
        slots.extend(again.into_iter().cycle().take(missing));
        slots.truncate(share);
        chosen.extend(slots);
    }
    chosen.sort_by_key(|slot| {
        (
            slot.difficulty.iter().sum::<i32>() / i32::try_from(slot.difficulty.len()).unwrap_or(1),
            slot.items.clone(),
        )
    });
    let mut lean = 0_i32;
    let mut level: Vec<Slot> = Vec::with_capacity(chosen.len());
    for slot in chosen {
        let slot = if (lean + slot.lean()).abs() > (lean - slot.lean()).abs() { slot.turned() } else { slot };
        lean += slot.lean();
        level.push(slot);
    }
    level
}

fn slots_of(own: &[&Choice], forms: usize) -> Vec<Slot> {
    let alone = |choice: &Choice| Slot {
        skill: choice.skill,
        items: vec![choice.item.clone()],
        difficulty: vec![choice.difficulty],
    };
    if forms == 1 {
        return own.iter().map(|choice| alone(choice)).collect();
    }
    let (templates, mut fixed): (Vec<&Choice>, Vec<&Choice>) =
        own.iter().copied().partition(|choice| choice.is_template);
    fixed.sort_by_key(|choice| (choice.difficulty, choice.item.clone()));
    let pair = |pair: &[&Choice]| match pair {
        [a, b] => Slot {
            skill: a.skill,
            items: vec![a.item.clone(), b.item.clone()],
            difficulty: vec![a.difficulty, b.difficulty],
        },
        _ => alone(pair[0]),
    };
    templates.into_iter().map(alone).chain(fixed.chunks(2).map(pair)).collect()
}

/// From what the numbers of a place on a form are drawn; below 2^53.
pub(super) fn seed_of(sheet: u32, form: usize, place: usize, attempt: u32) -> u64 {
    let number = |value: usize| u64::try_from(value).unwrap_or(u64::MAX);
    let mut dice =
        Dice::new(u64::from(sheet) << 20 ^ number(form) << 16 ^ number(place) << 8 ^ u64::from(attempt));
    dice.next() >> 11
}

/// A sequence that looks random and is the same everywhere; splitmix64 (Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let below = u64::try_from(last + 1).unwrap_or(u64::MAX);
            let other = usize::try_from(self.next() % below).unwrap_or(0);
            list.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bank(fixed: i32, templates: i32) -> Vec<Choice> {
        let choice = |number: i32, is_template| Choice {
            item: format!("{}{number:02}", if is_template { 't' } else { 'f' }),
            skill: usize::from(number % 3 == 0),
            difficulty: number * 90 - 800,
            is_template,
        };
        (0..fixed).map(|n| choice(n, false)).chain((0..templates).map(|n| choice(n, true))).collect()
    }

    fn mean(slots: &[Slot], form: usize) -> f64 {
        let of = |slot: &Slot| f64::from(slot.difficulty[form.min(slot.difficulty.len() - 1)]);
        slots.iter().map(of).sum::<f64>() / slots.iter().map(|_| 1.0).sum::<f64>()
    }

    #[test]
    fn the_same_number_gives_the_same_sheet_and_another_number_another() {
        let bank = bank(20, 4);
        assert_eq!(choose(&bank, 2, 10, 2, 7), choose(&bank, 2, 10, 2, 7));
        assert_ne!(choose(&bank, 2, 10, 2, 7), choose(&bank, 2, 10, 2, 8));
        assert_ne!(seed_of(7, 0, 3, 0), seed_of(7, 1, 3, 0));
        assert!(seed_of(u32::MAX, 1, 39, 11) < 1 << 53);
    }

    #[test]
    fn two_forms_weigh_the_same_and_ask_as_much_of_each_skill() {
        for seed in 0..200 {
            let slots = choose(&bank(20, 4), 2, 10, 2, seed);
            assert_eq!(slots.len(), 10);
            assert_eq!(slots.iter().filter(|slot| slot.skill == 1).count(), 5, "sheet {seed}");
            let apart = (mean(&slots, 0) - mean(&slots, 1)).abs();
            assert!(apart <= 100.0, "sheet {seed}: {apart} thousandths of a logit");
            let mut items: Vec<&String> = slots.iter().flat_map(|slot| &slot.items).collect();
            items.sort();
            items.dedup();
            assert_eq!(
                items.len(),
                slots.iter().map(|slot| slot.items.len()).sum::<usize>(),
                "no item twice"
            );
        }
    }

    #[test]
    fn a_small_bank_gives_what_it_has_and_templates_again() {
        let names = |slots: Vec<Slot>| slots.into_iter().flat_map(|slot| slot.items).collect::<Vec<_>>();
        assert_eq!(choose(&bank(2, 0), 2, 10, 1, 1).len(), 2);
        assert_eq!(names(choose(&bank(0, 1), 2, 4, 1, 1)), ["t00", "t00"]);
        assert!(choose(&[], 1, 5, 2, 1).is_empty());
    }

    #[test]
    fn a_sheet_that_is_none_is_refused() {
        for (count, forms, skills) in [(0, 1, 1), (41, 1, 1), (10, 3, 1), (10, 1, 0), (10, 1, 7)] {
            assert_eq!(check(count, forms, skills).unwrap_err().code, "sheet.count-wrong");
        }
        assert!(check(40, 2, 6).is_ok());
    }
}
