//! A second reader of the template language, written by another method than the one in `src/items`: the shunting yard
//! turns a source into a row of steps, and a stack of plain fractions works them off. It shares no code with the
//! product, so a key that both agree on is not wrong for a shared reason.

use std::collections::HashMap;
use std::fmt;

/// A value; `Bad` is what a division by zero leaves, and it spoils whatever needs it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Fraction(i128, i128),
    Text(String),
    Truth(bool),
    Bad,
}

impl Value {
    fn fraction(top: i128, bottom: i128) -> Self {
        let (mut a, mut b) = (top.abs(), bottom.abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        match (bottom, a) {
            (0, _) => Self::Bad,
            (_, 0) => Self::Fraction(0, 1),
            _ => Self::Fraction(top * bottom.signum() / a, bottom.abs() / a),
        }
    }

    /// A value as the product prints it: digits become a number, anything else a text.
    pub(crate) fn of_param(text: &str, is_text: bool) -> Self {
        if is_text {
            return Self::Text(text.to_owned());
        }
        if let Some((top, bottom)) = text.split_once('/') {
            return Self::fraction(top.parse().unwrap(), bottom.parse().unwrap());
        }
        let (whole, places) = text.split_once('.').unwrap_or((text, ""));
        let digits: i128 = format!("{whole}{places}").parse().unwrap();
        Self::fraction(digits, 10_i128.pow(u32::try_from(places.len()).unwrap()))
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{text}"),
            Self::Truth(truth) => write!(f, "{truth}"),
            Self::Bad => write!(f, "(division by zero)"),
            Self::Fraction(top, 1) => write!(f, "{top}"),
            Self::Fraction(top, bottom) => {
                // Long division by hand: a finite decimal ends with a rest of zero.
                let mut rest = top.abs() % bottom;
                let mut places = String::new();
                while rest != 0 && places.len() < 18 {
                    places.push(char::from(b'0' + u8::try_from(rest * 10 / bottom).unwrap()));
                    rest = rest * 10 % bottom;
                }
                let sign = if *top < 0 { "-" } else { "" };
                match rest {
                    0 => write!(f, "{sign}{}.{places}", top.abs() / bottom),
                    _ => write!(f, "{top}/{bottom}"),
                }
            }
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Push(Value),
    Name(String),
    /// An operator or function and how many values it takes off the stack.
    Apply(&'static str, usize),
}

/// A source as a row of steps.
pub(crate) struct Steps(Vec<Step>);

const WORDS: [&str; 20] = [
    "min", "max", "abs", "gcd", "lcm", "floor", "ceil", "round", "div", "mod", "digit", "pow", "if", "frac",
    "mixed", "words", "text", "and", "or", "not",
];
const SIGNS: [&str; 13] = ["==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "(", ")"];

/// What waits in the yard.
enum Waiting {
    Operator(&'static str),
    /// A bracket; with the function in front of it and the commas seen so far.
    Bracket(Option<&'static str>, usize),
}

fn rank(operator: &str) -> u8 {
    match operator {
        "or" => 1,
        "and" => 2,
        "not" => 3,
        "==" | "!=" | "<" | "<=" | ">" | ">=" => 4,
        "+" | "-" => 5,
        "*" | "/" | "%" => 6,
        _ => 7,
    }
}

impl Steps {
    pub(crate) fn read(source: &str) -> Self {
        let mut steps = Vec::new();
        let mut yard: Vec<Waiting> = Vec::new();
        let mut rest = source.trim_start();
        let mut value_stands_before = false;
        while let Some(first) = rest.chars().next() {
            let length;
            if first.is_ascii_digit() {
                length = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
                steps.push(Step::Push(Value::of_param(&rest[..length], false)));
                value_stands_before = true;
            } else if first == '\'' {
                length = rest[1..].find('\'').expect("closed text") + 2;
                steps.push(Step::Push(Value::Text(rest[1..length - 1].to_owned())));
                value_stands_before = true;
            } else if first.is_alphabetic() || first == '_' {
                length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                let word = &rest[..length];
                let known = WORDS.iter().find(|known| **known == word).copied();
                match known {
                    Some(operator @ ("and" | "or")) => {
                        send(&mut yard, &mut steps, rank(operator));
                        yard.push(Waiting::Operator(operator));
                        value_stands_before = false;
                    }
                    Some("not") => yard.push(Waiting::Operator("not")),
                    Some(function) if rest[length..].trim_start().starts_with('(') => {
                        let bracket = rest[length..].find('(').unwrap();
                        yard.push(Waiting::Bracket(Some(function), 0));
                        rest = rest[length + bracket + 1..].trim_start();
                        value_stands_before = false;
                        continue;
                    }
                    _ => {
                        steps.push(match word {
                            "true" | "false" => Step::Push(Value::Truth(word == "true")),
                            _ => Step::Name(word.to_owned()),
                        });
                        value_stands_before = true;
                    }
                }
            } else if first == ',' {
                length = 1;
                send(&mut yard, &mut steps, 0);
                if let Some(Waiting::Bracket(_, commas)) = yard.last_mut() {
                    *commas += 1;
                }
                value_stands_before = false;
            } else {
                let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign)).expect("a known sign");
                length = sign.len();
                match *sign {
                    "(" => {
                        yard.push(Waiting::Bracket(None, 0));
                        value_stands_before = false;
                    }
                    ")" => {
                        send(&mut yard, &mut steps, 0);
                        if let Some(Waiting::Bracket(Some(function), commas)) = yard.pop() {
                            steps.push(Step::Apply(function, commas + 1));
                        }
                        value_stands_before = true;
                    }
                    "-" if !value_stands_before => yard.push(Waiting::Operator("negative")),
                    sign => {
                        send(&mut yard, &mut steps, rank(sign));
                        yard.push(Waiting::Operator(sign));
                        value_stands_before = false;
                    }
                }
            }
            rest = rest[length..].trim_start();
        }
        send(&mut yard, &mut steps, 0);
        Self(steps)
    }

    pub(crate) fn work_off(&self, names: &HashMap<String, Value>) -> Value {
        let mut stack: Vec<Value> = Vec::new();
        for step in &self.0 {
            let value = match step {
                Step::Push(value) => value.clone(),
                Step::Name(name) => names.get(name).unwrap_or_else(|| panic!("no name {name}")).clone(),
                Step::Apply(operator, count) => apply(operator, &stack.split_off(stack.len() - count)),
            };
            stack.push(value);
        }
        assert_eq!(stack.len(), 1, "one value is left");
        stack.pop().unwrap()
    }

    /// The names that it uses.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|step| if let Step::Name(name) = step { Some(name.as_str()) } else { None })
    }
}

/// Sends waiting operators of at least `rank` on to the steps, back to the last bracket.
fn send(yard: &mut Vec<Waiting>, steps: &mut Vec<Step>, least: u8) {
    while let Some(Waiting::Operator(operator)) = yard.last() {
        if rank(operator) < least {
            break;
        }
        steps.push(Step::Apply(operator, if matches!(*operator, "not" | "negative") { 1 } else { 2 }));
        yard.pop();
    }
}

fn apply(operator: &str, values: &[Value]) -> Value {
    use Value::{Bad, Fraction, Text, Truth};
    let numbers: Vec<(i128, i128)> =
        values.iter().filter_map(|v| if let Fraction(a, b) = v { Some((*a, *b)) } else { None }).collect();
    let whole = |i: usize| {
        assert_eq!(numbers[i].1, 1, "{operator} on whole numbers");
        numbers[i].0
    };
    match (operator, values) {
        ("if", [Truth(true), value, _] | [Truth(false), _, value]) => value.clone(),
        ("and", [Truth(false), _]) => Truth(false),
        ("or", [Truth(true), _]) => Truth(true),
        _ if values.contains(&Bad) => Bad,
        ("and" | "or", [_, Truth(second)]) => Truth(*second),
        ("not", [Truth(truth)]) => Truth(!truth),
        ("==", [a, b]) => Truth(a == b),
        ("!=", [a, b]) => Truth(a != b),
        ("text", [value]) => Text(value.to_string()),
        ("words", _) => Text(words(whole(0))),
        ("frac", _) => Text(format!("{}/{}", whole(0), whole(1))),
        ("mixed", _) => {
            let (n, d) = (whole(0), whole(1));
            let sign = if n < 0 { "-" } else { "" };
            let rest = if n % d == 0 { String::new() } else { format!("{}/{d}", n.abs() % d) };
            let lead = if n.abs() >= d || n == 0 { (n.abs() / d).to_string() } else { String::new() };
            Text(format!("{sign}{}", format!("{lead} {rest}").trim()))
        }
        ("min", _) => least(&numbers, 1),
        ("max", _) => least(&numbers, -1),
        _ => arithmetic(operator, &numbers),
    }
}

fn least(numbers: &[(i128, i128)], direction: i128) -> Value {
    let (top, bottom) = *numbers.iter().min_by_key(|(a, b)| direction * a * 1_000_000 / b).unwrap();
    Value::Fraction(top, bottom)
}

fn arithmetic(operator: &str, numbers: &[(i128, i128)]) -> Value {
    let (a, b) = numbers[0];
    let (c, d) = numbers.get(1).copied().unwrap_or((0, 1));
    let floor = |top: i128, bottom: i128| {
        if bottom == 0 { None } else { Some((top * bottom.signum()).div_euclid(bottom.abs())) }
    };
    let left_over = |whole: i128| Value::fraction(a * d - whole * c * b, b * d);
    let power = |exponent: i128| 10_i128.pow(u32::try_from(exponent.abs()).unwrap());
    match operator {
        "negative" => Value::Fraction(-a, b),
        "+" => Value::fraction(a * d + c * b, b * d),
        "-" => Value::fraction(a * d - c * b, b * d),
        "*" => Value::fraction(a * c, b * d),
        "/" => Value::fraction(a * d, b * c),
        "%" | "mod" => floor(a * d, b * c).map_or(Value::Bad, left_over),
        "div" => floor(a * d, b * c).map_or(Value::Bad, |whole| Value::Fraction(whole, 1)),
        "<" => Value::Truth(a * d < c * b),
        "<=" => Value::Truth(a * d <= c * b),
        ">" => Value::Truth(a * d > c * b),
        ">=" => Value::Truth(a * d >= c * b),
        "abs" => Value::Fraction(a.abs(), b),
        "floor" => Value::Fraction(a.div_euclid(b), 1),
        "ceil" => Value::Fraction(-(-a).div_euclid(b), 1),
        "round" if c >= 0 => {
            let scaled = (2 * a.abs() * power(c) + b) / (2 * b);
            Value::fraction(a.signum() * scaled, power(c))
        }
        "round" => {
            let scaled = (2 * a.abs() + b * power(c)) / (2 * b * power(c));
            Value::fraction(a.signum() * scaled * power(c), 1)
        }
        "digit" if c >= 0 => Value::Fraction(a.abs() / b / power(c) % 10, 1),
        "digit" => Value::Fraction(a.abs() * power(c) / b % 10, 1),
        "pow" => {
            let exponent = u32::try_from(c.abs()).unwrap();
            let (top, bottom) = (a.pow(exponent), b.pow(exponent));
            if c < 0 { Value::fraction(bottom, top) } else { Value::fraction(top, bottom) }
        }
        "gcd" => Value::Fraction(
            (1..=a.abs().max(c.abs()).max(1)).rev().find(|k| a % k == 0 && c % k == 0).unwrap(),
            1,
        ),
        "lcm" => Value::Fraction((1..=c.abs()).map(|k| k * a.abs()).find(|m| m % c == 0).unwrap(), 1),
        other => panic!("{other} is not an operation"),
    }
}

/// Number words by taking names off the front of a list, largest first.
fn words(n: i128) -> String {
    const NAMES: [(i128, &str); 31] = [
        (1_000_000, "million"),
        (1_000, "thousand"),
        (100, "hundred"),
        (90, "ninety"),
        (80, "eighty"),
        (70, "seventy"),
        (60, "sixty"),
        (50, "fifty"),
        (40, "forty"),
        (30, "thirty"),
        (20, "twenty"),
        (19, "nineteen"),
        (18, "eighteen"),
        (17, "seventeen"),
        (16, "sixteen"),
        (15, "fifteen"),
        (14, "fourteen"),
        (13, "thirteen"),
        (12, "twelve"),
        (11, "eleven"),
        (10, "ten"),
        (9, "nine"),
        (8, "eight"),
        (7, "seven"),
        (6, "six"),
        (5, "five"),
        (4, "four"),
        (3, "three"),
        (2, "two"),
        (1, "one"),
        (0, "zero"),
    ];
    if n < 0 {
        return format!("minus {}", words(-n));
    }
    let (value, name) = *NAMES.iter().find(|(value, _)| *value <= n).unwrap();
    let rest = if value == 0 { 0 } else { n % value };
    match (value, rest) {
        (20..=90, 1..) => format!("{name}-{}", words(rest)),
        (1_000.., 100..) => format!("{} {name} {}", words(n / value), words(rest)),
        (100.., 1..) => format!("{} {name} and {}", words(n / value), words(rest)),
        (100.., _) => format!("{} {name}", words(n / value)),
        _ => name.to_owned(),
    }
}

#[test]
fn works_out_what_the_format_page_says() {
    let names =
        HashMap::from([("n".to_owned(), Value::Fraction(4271, 1)), ("z".to_owned(), Value::Fraction(0, 1))]);
    for (source, result) in [
        ("2 + 3 * 4 - -1", "15"),
        ("digit(n, 2)", "2"),
        ("frac(6, 8)", "6/8"),
        ("mixed(11, 4)", "2 3/4"),
        ("1 / 3", "1/3"),
        ("3 / 4", "0.75"),
        ("-7 % 3", "2"),
        ("round(n / 100, 0) * 100", "4300"),
        ("if(z == 0, 'none', n / z)", "none"),
        ("z != 0 and n / z > 1 or not n < 3", "true"),
        ("words(n)", "four thousand two hundred and seventy-one"),
        ("words(1007)", "one thousand and seven"),
        ("min(3, max(1, 2), abs(0 - 9))", "2"),
        ("gcd(12, 18) + lcm(4, 6)", "18"),
        ("n / z", "(division by zero)"),
    ] {
        assert_eq!(Steps::read(source).work_off(&names).to_string(), result, "{source}");
    }
}
