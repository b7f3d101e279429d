//! Randomness from a seed alone, so that the same seed gives the same question on every box, for ever.

/// SplitMix64 (Steele, Lea, Flood 2014; constants of the authors' public-domain code).
#[derive(Debug, Clone)]
pub(super) struct SplitMix64 {
    state: u64,
}

impl SplitMix64 {
    /// Started with the seed and the item's id, so that two items with one seed draw different numbers.
    pub(super) fn new(seed: u64, item: &str) -> Self {
        Self { state: seed ^ fnv1a(item.as_bytes()) }
    }

    pub(super) const fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `count`; 0 where `count` is 0. The bias of the remainder is below 2^-40 for every count here.
    pub(super) const fn below(&mut self, count: u64) -> u64 {
        let next = self.next();
        if count == 0 { 0 } else { next % count }
    }

    /// Fisher–Yates from the last place down.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let place = self.below(last as u64 + 1);
            list.swap(last, usize::try_from(place).unwrap_or(last));
        }
    }
}

/// FNV-1a in 64 bits (Fowler, Noll, Vo).
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_the_published_vectors() {
        // First outputs of splitmix64.c for the state 1234567, and FNV-1a of "" and "foobar" from the authors' test suite.
        let mut random = SplitMix64 { state: 1_234_567 };
        let first: Vec<u64> = (0..3).map(|_| random.next()).collect();
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
