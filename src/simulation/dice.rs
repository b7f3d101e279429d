//! Chance that falls the same way in every run.

/// A sequence of numbers that looks random and follows from its seed; SplitMix64 (Steele, Lea and Flood 2014).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The sequence of a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A sequence of its own for some part of the whole, so that parts may run in any order.
    #[must_use]
    pub fn of(&mut self, part: u64) -> Self {
        Self(self.roll() ^ part.wrapping_mul(0xd6e8_feb8_6659_fd93))
    }

    /// All 64 bits.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to below 1.
    pub fn chance(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits")]
        let chance = (self.roll() >> 11) as f64 / (1_u64 << 53) as f64;
        chance
    }

    /// From 0 to below `count`; 0 where `count` is 0.
    pub fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.roll() % (count.max(1) as u64)).unwrap_or(0)
    }

    /// Normal, with mean 0 and spread 1, nearly: the sum of twelve.
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.chance()).sum::<f64>() - 6.0
    }
}
