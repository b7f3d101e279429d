//! English number words, for templates such as "Write {words(n)} with digits".

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const SCALES: [(u64, &str); 3] = [(1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand")];

/// The largest number that has words here, with either sign.
pub(super) const LARGEST: u64 = 999_999_999_999;

/// The words as schools in Africa, Asia and Britain say them: `two hundred and five`, `minus twenty-one`.
/// `None` beyond [`LARGEST`].
pub(super) fn number_words(value: i128) -> Option<String> {
    let size = u64::try_from(value.unsigned_abs()).ok().filter(|&size| size <= LARGEST)?;
    let words = if size == 0 { SMALL[0].to_owned() } else { parts(size).join(" ") };
    Some(if value < 0 { format!("minus {words}") } else { words })
}

fn parts(size: u64) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = size;
    for (scale, name) in SCALES {
        if rest >= scale {
            parts.push(format!("{} {name}", below_thousand(rest / scale)));
            rest %= scale;
        }
    }
    if rest > 0 {
        let and = if !parts.is_empty() && rest < 100 { "and " } else { "" };
        parts.push(format!("{and}{}", below_thousand(rest)));
    }
    parts
}

fn below_thousand(value: u64) -> String {
    let (hundreds, rest) = (value / 100, value % 100);
    match (hundreds, rest) {
        (0, rest) => below_hundred(rest),
        (hundreds, 0) => format!("{} hundred", below_hundred(hundreds)),
        (hundreds, rest) => format!("{} hundred and {}", below_hundred(hundreds), below_hundred(rest)),
    }
}

fn below_hundred(value: u64) -> String {
    let at = |table: &[&str], index: u64| {
        usize::try_from(index).ok().and_then(|i| table.get(i).copied()).unwrap_or_default().to_owned()
    };
    match (value / 10, value % 10) {
        (0 | 1, _) => at(&SMALL, value),
        (tens, 0) => at(&TENS, tens),
        (tens, ones) => format!("{}-{}", at(&TENS, tens), at(&SMALL, ones)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_numbers_as_in_class() {
        for (value, words) in [
            (0, "zero"),
            (13, "thirteen"),
            (21, "twenty-one"),
            (40, "forty"),
            (100, "one hundred"),
            (205, "two hundred and five"),
            (1_000, "one thousand"),
            (1_007, "one thousand and seven"),
            (4_271, "four thousand two hundred and seventy-one"),
            (1_000_010, "one million and ten"),
            (-5, "minus five"),
            (2_000_300_000, "two billion three hundred thousand"),
        ] {
            assert_eq!(number_words(value).as_deref(), Some(words));
        }
        assert_eq!(number_words(i128::MIN), None);
    }
}
