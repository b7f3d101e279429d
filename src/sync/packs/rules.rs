//! Which packs a box brings to itself.

use std::cmp::Ordering;

/// What a box has, or had, of a pack that is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// It never had it.
    Never,
    /// Somebody took it off the box.
    Removed,
    /// It has another edition; the offered one is older, of the same number, or newer.
    Other(Ordering),
    /// It has these very bytes.
    Same,
}

/// Whether a pack is brought without anybody asking for it: one that was never here, and what is newer than what is here. What somebody
/// took off the box stays away until somebody adds it again.
pub(super) fn is_wanted(held: Held) -> bool {
    matches!(held, Held::Never | Held::Other(Ordering::Greater))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_or_newer_is_brought_and_what_was_removed_stays_away() {
        for (held, wanted) in [
            (Held::Never, true),
            (Held::Removed, false),
            (Held::Other(Ordering::Greater), true),
            (Held::Other(Ordering::Equal), false),
            (Held::Other(Ordering::Less), false),
            (Held::Same, false),
        ] {
            assert_eq!(is_wanted(held), wanted, "{held:?}");
        }
    }
}
