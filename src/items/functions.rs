//! The functions of the template language. Each is named, and says how it is called, in one table.

use super::expression::{ExpressionError, Value};
use super::rational::{Rational, gcd};
use super::words::number_words;

/// Largest exponent of `pow`, and most places of `round` and `digit`, with either sign.
const MOST_PLACES: i128 = 30;

/// A function of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Min,
    Max,
    Abs,
    Gcd,
    Lcm,
    Floor,
    Ceil,
    Round,
    Div,
    Mod,
    Digit,
    Pow,
    If,
    Frac,
    Mixed,
    Words,
    Text,
}

/// Name, usage, fewest and most values.
const TABLE: [(Function, &str, &str, usize, usize); 17] = [
    (Function::Min, "min", "min(a, b, …)", 1, 20),
    (Function::Max, "max", "max(a, b, …)", 1, 20),
    (Function::Abs, "abs", "abs(a)", 1, 1),
    (Function::Gcd, "gcd", "gcd(a, b, …)", 1, 20),
    (Function::Lcm, "lcm", "lcm(a, b, …)", 1, 20),
    (Function::Floor, "floor", "floor(a)", 1, 1),
    (Function::Ceil, "ceil", "ceil(a)", 1, 1),
    (Function::Round, "round", "round(a, places)", 1, 2),
    (Function::Div, "div", "div(a, b)", 2, 2),
    (Function::Mod, "mod", "mod(a, b)", 2, 2),
    (Function::Digit, "digit", "digit(n, place)", 2, 2),
    (Function::Pow, "pow", "pow(base, exponent)", 2, 2),
    (Function::If, "if", "if(condition, a, b)", 3, 3),
    (Function::Frac, "frac", "frac(n, d)", 2, 2),
    (Function::Mixed, "mixed", "mixed(n, d)", 2, 2),
    (Function::Words, "words", "words(n)", 1, 1),
    (Function::Text, "text", "text(x)", 1, 1),
];

impl Function {
    pub(super) fn named(name: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    fn row(self) -> (&'static str, usize, usize) {
        TABLE.iter().find(|row| row.0 == self).map_or(("", 0, 0), |row| (row.2, row.3, row.4))
    }

    /// How it is called, for messages.
    pub(super) fn usage(self) -> &'static str {
        self.row().0
    }

    pub(super) fn takes(self, count: usize) -> bool {
        let (_, fewest, most) = self.row();
        (fewest..=most).contains(&count)
    }

    /// Works it out. `if` never comes here: it must not work out the side that it does not take.
    pub(super) fn apply(self, values: &[Value]) -> Result<Value, ExpressionError> {
        let number = |i: usize| values.get(i).map_or_else(|| Err(self.wrong()), |v| self.number(v));
        let whole = |i: usize| number(i)?.as_whole().ok_or_else(|| self.wrong());
        let numeric = match self {
            Self::If => return Err(self.wrong()),
            Self::Text => {
                return values.first().map(|v| Value::Text(v.to_string())).ok_or_else(|| self.wrong());
            }
            Self::Words => {
                return number_words(whole(0)?).map(Value::Text).ok_or(ExpressionError::TooLarge);
            }
            Self::Frac => {
                return positive(whole(1)?, self).and_then(|d| Ok(Value::Text(format!("{}/{d}", whole(0)?))));
            }
            Self::Mixed => return mixed(whole(0)?, positive(whole(1)?, self)?),
            Self::Min => self.fold(values, Rational::min),
            Self::Max => self.fold(values, Rational::max),
            Self::Gcd => {
                return self
                    .fold_whole(values, |a, b| i128::try_from(if a == 0 { b } else { gcd(a, b) }).ok());
            }
            Self::Lcm => return self.fold_whole(values, lcm),
            Self::Abs => number(0)?.magnitude().ok_or(ExpressionError::TooLarge),
            Self::Floor => Ok(Rational::whole(number(0)?.floor())),
            Self::Ceil => ceil(number(0)?),
            Self::Round => round(number(0)?, if values.len() > 1 { places(whole(1)?)? } else { 0 }),
            Self::Div => quotient(number(0)?, number(1)?),
            Self::Mod => remainder(number(0)?, number(1)?),
            Self::Digit => digit(number(0)?, places(whole(1)?)?),
            Self::Pow => power(number(0)?, places(whole(1)?)?),
        };
        numeric.map(Value::Number)
    }

    fn wrong(self) -> ExpressionError {
        let kind = match self {
            Self::Gcd | Self::Lcm | Self::Words => "whole numbers",
            Self::Frac | Self::Mixed => "whole numbers, the second above zero",
            Self::Digit | Self::Pow | Self::Round => "a number and a whole number",
            _ => "numbers",
        };
        ExpressionError::WrongKind(format!("`{}` works on {kind}", self.usage()))
    }

    fn number(self, value: &Value) -> Result<Rational, ExpressionError> {
        if let Value::Number(number) = value { Ok(*number) } else { Err(self.wrong()) }
    }

    fn fold(
        self,
        values: &[Value],
        choose: fn(Rational, Rational) -> Rational,
    ) -> Result<Rational, ExpressionError> {
        let mut chosen: Option<Rational> = None;
        for value in values {
            let number = self.number(value)?;
            chosen = Some(chosen.map_or(number, |so_far| choose(so_far, number)));
        }
        chosen.ok_or_else(|| self.wrong())
    }

    fn fold_whole(
        self,
        values: &[Value],
        combine: fn(u128, u128) -> Option<i128>,
    ) -> Result<Value, ExpressionError> {
        let mut so_far: Option<u128> = None;
        for value in values {
            let size = self.number(value)?.as_whole().ok_or_else(|| self.wrong())?.unsigned_abs();
            so_far = Some(match so_far {
                None => size,
                Some(before) => combine(before, size).ok_or(ExpressionError::TooLarge)?.unsigned_abs(),
            });
        }
        let result = so_far.and_then(|size| i128::try_from(size).ok()).ok_or(ExpressionError::TooLarge)?;
        Ok(Value::Number(Rational::whole(result)))
    }
}

fn lcm(a: u128, b: u128) -> Option<i128> {
    i128::try_from((a / gcd(a, b)).checked_mul(b)?).ok()
}

/// `a − b × floor(a ÷ b)`: what is left, with the sign of `b`.
pub(super) fn remainder(a: Rational, b: Rational) -> Result<Rational, ExpressionError> {
    let taken = quotient(a, b)?.times(b).and_then(|taken| a.minus(taken));
    taken.ok_or(ExpressionError::TooLarge)
}

fn quotient(a: Rational, b: Rational) -> Result<Rational, ExpressionError> {
    if b == Rational::ZERO {
        return Err(ExpressionError::DivisionByZero);
    }
    a.over(b).map(|exact| Rational::whole(exact.floor())).ok_or(ExpressionError::TooLarge)
}

fn ceil(a: Rational) -> Result<Rational, ExpressionError> {
    a.negated().and_then(|n| Rational::whole(n.floor()).negated()).ok_or(ExpressionError::TooLarge)
}

/// Half goes away from zero, as school teaches it.
fn round(a: Rational, places: i32) -> Result<Rational, ExpressionError> {
    let rounded = || {
        let scale = Rational::power_of_ten(places)?;
        let half = Rational::new(1, 2)?;
        let size = Rational::whole(a.magnitude()?.times(scale)?.plus(half)?.floor()).over(scale)?;
        if a < Rational::ZERO { size.negated() } else { Some(size) }
    };
    rounded().ok_or(ExpressionError::TooLarge)
}

/// The digit `place` places left of the ones (right of the point where negative), whatever the sign.
fn digit(a: Rational, place: i32) -> Result<Rational, ExpressionError> {
    let found = || {
        let shifted = a.magnitude()?.over(Rational::power_of_ten(place)?)?;
        Some(Rational::whole(shifted.floor().rem_euclid(10)))
    };
    found().ok_or(ExpressionError::TooLarge)
}

fn power(base: Rational, exponent: i32) -> Result<Rational, ExpressionError> {
    if base == Rational::ZERO && exponent < 0 {
        return Err(ExpressionError::DivisionByZero);
    }
    let mut result = Rational::whole(1);
    for _ in 0..exponent.unsigned_abs() {
        result = result.times(base).ok_or(ExpressionError::TooLarge)?;
    }
    if exponent < 0 { Rational::whole(1).over(result).ok_or(ExpressionError::TooLarge) } else { Ok(result) }
}

fn places(value: i128) -> Result<i32, ExpressionError> {
    if (-MOST_PLACES..=MOST_PLACES).contains(&value) {
        return i32::try_from(value).map_err(|_| ExpressionError::TooLarge);
    }
    Err(ExpressionError::TooLarge)
}

fn positive(value: i128, function: Function) -> Result<i128, ExpressionError> {
    match value {
        0 => Err(ExpressionError::DivisionByZero),
        value if value < 0 => Err(function.wrong()),
        value => Ok(value),
    }
}

/// `11/4` as `2 3/4`, `8/4` as `2`, `3/4` as it is; not reduced.
fn mixed(n: i128, d: i128) -> Result<Value, ExpressionError> {
    let size = n.checked_abs().ok_or(ExpressionError::TooLarge)?;
    let sign = if n < 0 { "-" } else { "" };
    let (whole, rest) = (size / d, size % d);
    Ok(Value::Text(match (whole, rest) {
        (whole, 0) => format!("{sign}{whole}"),
        (0, rest) => format!("{sign}{rest}/{d}"),
        (whole, rest) => format!("{sign}{whole} {rest}/{d}"),
    }))
}
