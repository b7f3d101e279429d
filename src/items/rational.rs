//! Exact fractions: what templates count with and what number answers are compared as.
//!
//! Every operation is checked. A result that does not fit into 128 bits is `None`, never a wrapped
//! number and never a panic, so an author's `pow(99, 64)` becomes a sentence.

use std::cmp::Ordering;
use std::fmt;

/// Most decimal places that are printed; a value that needs more is printed as a fraction.
const MOST_PLACES: u32 = 18;

/// An exact fraction in lowest terms with a denominator above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rational {
    top: i128,
    bottom: i128,
}

impl Rational {
    /// Zero.
    pub const ZERO: Self = Self { top: 0, bottom: 1 };

    /// `top / bottom` in lowest terms; `None` when `bottom` is zero or a sign cannot be turned.
    pub fn new(top: i128, bottom: i128) -> Option<Self> {
        if bottom == 0 {
            return None;
        }
        let shared = i128::try_from(gcd(top.unsigned_abs(), bottom.unsigned_abs())).ok()?;
        let (top, bottom) = (top / shared, bottom / shared);
        if bottom < 0 {
            return Some(Self { top: top.checked_neg()?, bottom: bottom.checked_neg()? });
        }
        Some(Self { top, bottom })
    }

    /// A whole number.
    pub const fn whole(value: i128) -> Self {
        Self { top: value, bottom: 1 }
    }

    /// The numerator; it carries the sign.
    pub const fn top(self) -> i128 {
        self.top
    }

    /// The denominator, above zero.
    pub const fn bottom(self) -> i128 {
        self.bottom
    }

    /// The value when it is whole.
    pub fn as_whole(self) -> Option<i128> {
        (self.bottom == 1).then_some(self.top)
    }

    /// `self + other`.
    pub fn plus(self, other: Self) -> Option<Self> {
        let top = self.top.checked_mul(other.bottom)?.checked_add(other.top.checked_mul(self.bottom)?)?;
        Self::new(top, self.bottom.checked_mul(other.bottom)?)
    }

    /// `self − other`.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated()?)
    }

    /// `self × other`.
    pub fn times(self, other: Self) -> Option<Self> {
        // Shortening crosswise first keeps products such as (1/3) × 3 far from the limit.
        let (a, b) = (Self::new(self.top, other.bottom)?, Self::new(other.top, self.bottom)?);
        Self::new(a.top.checked_mul(b.top)?, a.bottom.checked_mul(b.bottom)?)
    }

    /// `self ÷ other`; `None` also when `other` is zero, which callers that care look at first.
    pub fn over(self, other: Self) -> Option<Self> {
        self.times(Self::new(other.bottom, other.top)?)
    }

    /// `−self`.
    pub fn negated(self) -> Option<Self> {
        Some(Self { top: self.top.checked_neg()?, bottom: self.bottom })
    }

    /// The value without its sign.
    pub fn magnitude(self) -> Option<Self> {
        Some(Self { top: self.top.checked_abs()?, bottom: self.bottom })
    }

    /// The greatest whole number that is not above the value.
    pub fn floor(self) -> i128 {
        self.top.div_euclid(self.bottom)
    }

    /// Ten to the power of `places`, which may be negative.
    pub fn power_of_ten(places: i32) -> Option<Self> {
        let power = 10_i128.checked_pow(places.unsigned_abs())?;
        if places < 0 { Self::new(1, power) } else { Some(Self::whole(power)) }
    }
}

/// Greatest common divisor by Euclid; 1 where both are zero, so that it can always divide.
pub(super) fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

impl Ord for Rational {
    /// Compares whole parts, then the turned-round rests, as a continued fraction does: exact for every
    /// pair, where multiplying crosswise would leave 128 bits.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut a, mut b) = ((self.top, self.bottom), (other.top, other.bottom));
        let mut turned = false;
        loop {
            let (whole_a, whole_b) = (a.0.div_euclid(a.1), b.0.div_euclid(b.1));
            let (rest_a, rest_b) = (a.0.rem_euclid(a.1), b.0.rem_euclid(b.1));
            let order = match (whole_a.cmp(&whole_b), rest_a, rest_b) {
                (Ordering::Equal, 0, 0) => Ordering::Equal,
                (Ordering::Equal, 0, _) => Ordering::Less,
                (Ordering::Equal, _, 0) => Ordering::Greater,
                (Ordering::Equal, _, _) => {
                    (a, b) = ((a.1, rest_a), (b.1, rest_b));
                    turned = !turned;
                    continue;
                }
                (order, _, _) => order,
            };
            return if turned { order.reverse() } else { order };
        }
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Rational {
    /// A whole number, else a finite decimal where one exists, else a fraction: `12`, `-0.75`, `1/3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.bottom == 1 {
            return write!(f, "{}", self.top);
        }
        let Some((digits, places)) = self.as_decimal() else {
            return write!(f, "{}/{}", self.top, self.bottom);
        };
        let sign = if self.top < 0 { "-" } else { "" };
        let width = places as usize + 1;
        let padded = format!("{digits:0>width$}");
        let (whole, part) = padded.split_at(padded.len() - places as usize);
        write!(f, "{sign}{whole}.{part}")
    }
}

impl Rational {
    /// The digits without point or sign, and how many of them stand after the point.
    fn as_decimal(self) -> Option<(u128, u32)> {
        let mut scale: i128 = 1;
        for places in 0..=MOST_PLACES {
            if scale % self.bottom == 0 {
                return Some((self.top.checked_mul(scale / self.bottom)?.unsigned_abs(), places));
            }
            scale *= 10;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn r(top: i128, bottom: i128) -> Rational {
        Rational::new(top, bottom).unwrap()
    }

    #[test]
    fn prints_as_a_teacher_would_write_it() {
        for (value, text) in [
            (r(12, 1), "12"),
            (r(-3, 1), "-3"),
            (r(3, 4), "0.75"),
            (r(-1, 20), "-0.05"),
            (r(1, 3), "1/3"),
            (r(-14, 6), "-7/3"),
            (r(0, -5), "0"),
            (r(5, -10), "-0.5"),
        ] {
            assert_eq!(value.to_string(), text);
        }
    }

    #[test]
    fn compares_beyond_128_bits() {
        let huge = i128::MAX;
        assert!(r(huge, huge - 1) > r(huge - 1, huge - 2).negated().unwrap());
        assert!(r(huge, huge - 1) < r(huge - 1, huge - 2));
        assert!(r(-7, 2) < r(-10, 3));
        assert_eq!(r(6, 8).cmp(&r(3, 4)), Ordering::Equal);
    }

    #[test]
    fn refuses_what_does_not_fit() {
        let huge = Rational::whole(i128::MAX);
        assert_eq!(huge.plus(Rational::whole(1)), None);
        assert_eq!(huge.times(Rational::whole(2)), None);
        assert_eq!(Rational::whole(i128::MIN).negated(), None);
        assert_eq!(Rational::new(1, i128::MIN), None);
        assert_eq!(Rational::whole(1).over(Rational::ZERO), None);
        assert_eq!(r(1, 3).times(Rational::whole(3)), Some(Rational::whole(1)));
    }
}
