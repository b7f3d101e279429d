//! What a report says: decisions on values alone.

/// A class of skills is named from the weakest on; so many fit a page.
pub(super) const NEXT_STEPS: usize = 3;

/// In a smaller class a share tells of single children.
pub(super) const SMALLEST_TOLD: usize = 5;

/// How far somebody is, as reports compare it: from not seen (0) to secure (4).
pub(super) type Step = u8;
/// From here on a skill counts as secure.
pub(super) const SECURE: Step = 4;

/// What became of one skill between two days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Growth {
    pub(super) before: Step,
    pub(super) now: Step,
}

impl Growth {
    /// Steps up; a step back counts below zero.
    pub(super) fn steps(self) -> i8 {
        i8::try_from(self.now).unwrap_or(0) - i8::try_from(self.before).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_counted_in_steps_and_may_be_a_step_back() {
        assert_eq!(Growth { before: 1, now: 4 }.steps(), 3);
        assert_eq!(Growth { before: 4, now: 3 }.steps(), -1);
    }
}
