//! What is wrong with an item, as data that the pack check turns into lines for the author.

use std::fmt;

use serde::Serialize;

use crate::error::Error;

/// One fault of one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemFault {
    /// The item's id, or the place in its file where it has none.
    pub item: String,
    /// What kind of fault.
    pub kind: FaultKind,
    /// A sentence for the author: where, what, and what to do.
    pub detail: String,
    /// Whether every variant has it; of a plain item always.
    pub in_all: bool,
}

impl ItemFault {
    /// A fault of `item`.
    pub fn new(item: &str, kind: FaultKind, detail: impl Into<String>) -> Self {
        Self { item: item.to_owned(), kind, detail: detail.into(), in_all: true }
    }
}

impl fmt::Display for ItemFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Item “{}”: {}", self.item, self.detail)
    }
}

impl From<ItemFault> for Error {
    /// For who meets a faulty item outside the check: a pack whose author did not look.
    fn from(fault: ItemFault) -> Self {
        Self::invalid("pack.item-faulty", fault.to_string()).with("item", fault.item)
    }
}

/// The kinds of faults; their names in JSON are stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// Not the JSON that the format page describes.
    WrongForm,
    /// A field that the format does not know.
    UnknownField,
    /// One of the twelve types is missing or misspelt.
    UnknownType,
    /// An id is missing, has wrong characters, or occurs twice.
    BadId,
    /// No key, or an empty one.
    NoKey,
    /// The key names something that the item does not have, or leaves something out.
    KeyUnknown,
    /// The key, given as the response, is not marked as right.
    KeyNotRight,
    /// Two options look the same.
    EqualOptions,
    /// A known mistake is in fact right.
    MistakeIsRight,
    /// A skill that `skills.json` does not list.
    UnknownSkill,
    /// A picture without words for those who can't see it.
    NoAlternative,
    /// A drawing or a line whose numbers can't be drawn.
    BadDrawing,
    /// Too much of something: text, options, expressions.
    TooLarge,
    /// An expression can't be read or worked out.
    BadExpression,
    /// No draw satisfies `where` and the rules of the format.
    NoVariant,
    /// Fewer than 20 different variants.
    FewVariants,
    /// `verify` is missing or does not hold.
    NotVerified,
}
