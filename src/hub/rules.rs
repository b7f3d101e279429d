//! What a hub decides: whether a segment comes next.

/// How a segment fits the end of its chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// It comes next.
    Next,
    /// It is here already.
    Known,
    /// Something before it is missing.
    Gap,
    /// It begins where the chain ends, and belongs to another chain: its box went back in time.
    Other,
}

/// What a segment says of its place: its first number, the one after its last, and the hash of the one before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) first: u64,
    pub(super) next: u64,
    pub(super) before: [u8; 32],
}

/// How a segment fits a chain that goes on with the number `next` and ends with the hash `last`.
pub(super) fn fit(next: u64, last: &[u8; 32], place: &Place) -> Fit {
    if place.next <= next {
        Fit::Known
    } else if place.first > next {
        Fit::Gap
    } else if place.first == next && place.before == *last {
        Fit::Next
    } else {
        Fit::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_comes_next_and_belongs_to_the_chain_is_taken() {
        for (first, count, before, wanted) in [
            (11, 5, 5, Fit::Next),
            (11, 5, 6, Fit::Other),
            (6, 5, 4, Fit::Known),
            (1, 2, 0, Fit::Known),
            (12, 5, 5, Fit::Gap),
            (9, 5, 3, Fit::Other),
        ] {
            let place = Place { first, next: first + count, before: [before; 32] };
            assert_eq!(fit(11, &[5; 32], &place), wanted, "{first} and {count}");
        }
    }
}
