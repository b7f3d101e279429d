//! Questions: what an item of a pack means, how a template becomes a variant with its own numbers, and how a response is
//! marked.
//!
//! Everything here is pure: values in, values out. The only randomness is the seed, so a box can show a question again
//! exactly as a student saw it from (item id, version, seed). The format is `docs/pack-format.md`; the tablet has a twin
//! of the marking.

mod block;
mod check;
mod digits;
mod evaluate;
mod expression;
mod fault;
mod form;
mod functions;
mod inspect;
mod item;
mod marking;
mod number;
mod question;
mod rational;
mod rules;
mod seed;
mod template;
mod text;
mod variant;
mod words;

#[cfg(test)]
mod tests;

pub use block::{Block, Count, Drawing, Numeral};
pub use check::{SEEDS, item_faults};
pub use digits::ascii_digit;
pub use expression::Value;
pub use fault::{FaultKind, ItemFault};
pub use inspect::{must_be_heard, right_response};
pub use item::{Drawn, Item};
pub use marking::{Mark, mark};
pub use question::{
    Area, Gap, Line, Mistake, NumberKey, OptionBlock, PlaceKey, Question, Shape, ShortKey, Word,
};
pub use rational::Rational;
pub use variant::{Common, Difficulty, Feedback, Print, SkillWeight, Variant};
