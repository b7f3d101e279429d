//! The small language of templates: parses an expression such as `if(d > 0, n / 2, 10 * t)`.
//!
//! What it means is worked out in [`super::evaluate`]. Grammar, loosest first: `or`, `and`, `not`, one comparison,
//! `+ -`, `* / %`, sign, then numbers, `'texts'`, names, calls and brackets. Length, nesting and size are bounded,
//! so that a hostile pack gets a sentence and not the stack.

use std::collections::BTreeSet;
use std::fmt;

use super::functions::Function;
use super::rational::Rational;

/// Most characters of an expression.
const LONGEST: usize = 1_000;
/// Most brackets, calls and signs inside each other.
const DEEPEST: usize = 32;
/// Most parts (numbers, names, operations) of an expression.
const LARGEST: usize = 300;

/// What an expression comes to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// An exact number.
    Number(Rational),
    /// A text.
    Text(String),
    /// True or false.
    Truth(bool),
}

impl fmt::Display for Value {
    /// As it stands in a filled-in text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
            Self::Truth(truth) => truth.fmt(f),
        }
    }
}

/// Why an expression can't be read or worked out. The texts are for pack authors.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum ExpressionError {
    /// The text is no expression.
    #[error("{0}")]
    Syntax(String),
    /// A name that is neither in `params` nor in `let`.
    #[error("there is no “{0}” in `params` or `let`")]
    UnknownName(String),
    /// A text where a number belongs, a fraction where a whole number belongs.
    #[error("{0}")]
    WrongKind(String),
    /// A draw that divides by zero is drawn again.
    #[error("division by zero")]
    DivisionByZero,
    /// The result leaves 128 bits or a function's limit.
    #[error("a number becomes too large")]
    TooLarge,
}

/// Operations with a left and a right side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Plus,
    Minus,
    Times,
    Over,
    Remainder,
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
}

/// An expression as a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Value(Value),
    Name(String),
    Negative(Box<Self>),
    Not(Box<Self>),
    Pair(Operation, Box<Self>, Box<Self>),
    Call(Function, Vec<Self>),
}

/// A parsed expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expression {
    pub(super) root: Node,
    names: BTreeSet<String>,
}

impl Expression {
    /// Parses `source`.
    pub(super) fn parse(source: &str) -> Result<Self, ExpressionError> {
        if source.chars().nth(LONGEST).is_some() {
            return Err(syntax(format!("an expression has at most {LONGEST} characters")));
        }
        let mut parser = Parser { source, at: 0, depth: 0, size: 0, names: BTreeSet::new() };
        let root = parser.either()?;
        parser.skip_blanks();
        match parser.peek() {
            None => Ok(Self { root, names: parser.names }),
            Some(c) => Err(parser.fault(&format!("“{c}” was not expected"))),
        }
    }

    /// The names that it uses.
    pub(super) const fn names(&self) -> &BTreeSet<String> {
        &self.names
    }
}

/// Whether a text can be the name of a param or a `let`: letters, digits, `_`, not starting with a digit, and no
/// word of the language.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(starts_name)
        && text.chars().all(continues_name)
        && !matches!(text, "and" | "or" | "not" | "true" | "false")
        && Function::named(text).is_none()
}

fn starts_name(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn continues_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

const fn syntax(message: String) -> ExpressionError {
    ExpressionError::Syntax(message)
}

struct Parser<'a> {
    source: &'a str,
    at: usize,
    depth: usize,
    size: usize,
    names: BTreeSet<String>,
}

const COMPARISONS: [(&str, Operation); 6] = [
    ("==", Operation::Equal),
    ("!=", Operation::Unequal),
    ("<=", Operation::LessOrEqual),
    (">=", Operation::GreaterOrEqual),
    ("<", Operation::Less),
    (">", Operation::Greater),
];

impl Parser<'_> {
    fn rest(&self) -> &str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn fault(&self, what: &str) -> ExpressionError {
        let place = self.source.get(..self.at).unwrap_or_default().chars().count() + 1;
        syntax(format!("{what} at character {place} of “{}”", self.source))
    }

    /// Takes a sign such as `<=` if it stands next.
    fn take(&mut self, sign: &str) -> bool {
        self.skip_blanks();
        let found = self.rest().starts_with(sign);
        if found {
            self.at += sign.len();
        }
        found
    }

    /// Takes a word such as `and` if it stands next, whole.
    fn take_word(&mut self, word: &str) -> bool {
        self.skip_blanks();
        let found = self.rest().strip_prefix(word).is_some_and(|rest| !rest.starts_with(continues_name));
        if found {
            self.at += word.len();
        }
        found
    }

    fn node(&mut self, node: Node) -> Result<Node, ExpressionError> {
        self.size += 1;
        if self.size > LARGEST {
            return Err(syntax(format!(
                "an expression has at most {LARGEST} parts; use `let` for some of them"
            )));
        }
        Ok(node)
    }

    fn nested(
        &mut self,
        inner: impl FnOnce(&mut Self) -> Result<Node, ExpressionError>,
    ) -> Result<Node, ExpressionError> {
        if self.depth >= DEEPEST {
            return Err(self.fault(&format!("more than {DEEPEST} brackets inside each other")));
        }
        self.depth += 1;
        let node = inner(self);
        self.depth -= 1;
        node
    }

    fn pair(&mut self, operation: Operation, left: Node, right: Node) -> Result<Node, ExpressionError> {
        self.node(Node::Pair(operation, Box::new(left), Box::new(right)))
    }

    fn either(&mut self) -> Result<Node, ExpressionError> {
        let mut left = self.both()?;
        while self.take_word("or") {
            let right = self.both()?;
            left = self.pair(Operation::Or, left, right)?;
        }
        Ok(left)
    }

    fn both(&mut self) -> Result<Node, ExpressionError> {
        let mut left = self.negation()?;
        while self.take_word("and") {
            let right = self.negation()?;
            left = self.pair(Operation::And, left, right)?;
        }
        Ok(left)
    }

    fn negation(&mut self) -> Result<Node, ExpressionError> {
        if self.take_word("not") {
            let inner = self.nested(Self::negation)?;
            return self.node(Node::Not(Box::new(inner)));
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Result<Node, ExpressionError> {
        let left = self.sum()?;
        let Some(operation) = self.take_comparison() else { return Ok(left) };
        let right = self.sum()?;
        if self.take_comparison().is_some() {
            return Err(self.fault("join two comparisons by `and`, as in `a < b and b < c`: a third side"));
        }
        self.pair(operation, left, right)
    }

    fn take_comparison(&mut self) -> Option<Operation> {
        COMPARISONS.iter().find(|(sign, _)| self.take(sign)).map(|&(_, operation)| operation)
    }

    fn sum(&mut self) -> Result<Node, ExpressionError> {
        let mut left = self.product()?;
        loop {
            let operation = match () {
                () if self.take("+") => Operation::Plus,
                () if self.take("-") => Operation::Minus,
                () => return Ok(left),
            };
            let right = self.product()?;
            left = self.pair(operation, left, right)?;
        }
    }

    fn product(&mut self) -> Result<Node, ExpressionError> {
        let mut left = self.signed()?;
        loop {
            let operation = match () {
                () if self.take("*") => Operation::Times,
                () if self.take("/") => Operation::Over,
                () if self.take("%") => Operation::Remainder,
                () => return Ok(left),
            };
            let right = self.signed()?;
            left = self.pair(operation, left, right)?;
        }
    }

    fn signed(&mut self) -> Result<Node, ExpressionError> {
        if self.take("-") {
            let inner = self.nested(Self::signed)?;
            return self.node(Node::Negative(Box::new(inner)));
        }
        self.primary()
    }

    fn primary(&mut self) -> Result<Node, ExpressionError> {
        self.skip_blanks();
        match self.peek() {
            Some('(') => {
                self.at += 1;
                let inner = self.nested(Self::either)?;
                if self.take(")") { Ok(inner) } else { Err(self.fault("a closing bracket is missing")) }
            }
            Some('\'') => self.text(),
            Some(c) if c.is_ascii_digit() => self.number(),
            Some(c) if starts_name(c) => self.word(),
            Some('=') => Err(self.fault("two equal signs `==` compare; one alone")),
            Some(c) => Err(self.fault(&format!("“{c}” was not expected"))),
            None => Err(self.fault("something is missing")),
        }
    }

    fn text(&mut self) -> Result<Node, ExpressionError> {
        let inside = &self.rest()[1..];
        let Some(length) = inside.find('\'') else {
            return Err(self.fault("the closing ' of a text is missing; it opens"));
        };
        let text = inside[..length].to_owned();
        self.at += length + 2;
        self.node(Node::Value(Value::Text(text)))
    }

    fn number(&mut self) -> Result<Node, ExpressionError> {
        let rest = self.rest();
        let whole = leading_digits(rest);
        let places = match rest[whole.len()..].strip_prefix('.') {
            Some(after) => leading_digits(after),
            None => "",
        };
        let length = whole.len() + if places.is_empty() { 0 } else { places.len() + 1 };
        let value = format!("{whole}{places}").parse().ok().map(Rational::whole).and_then(|digits| {
            let places = i32::try_from(places.len()).ok()?;
            digits.times(Rational::power_of_ten(-places)?)
        });
        let value = value.ok_or(ExpressionError::TooLarge)?;
        self.at += length;
        self.node(Node::Value(Value::Number(value)))
    }

    fn word(&mut self) -> Result<Node, ExpressionError> {
        let rest = self.rest();
        let word = rest.split(|c| !continues_name(c)).next().unwrap_or_default().to_owned();
        let start = self.at;
        self.at += word.len();
        if self.take("(") {
            let Some(function) = Function::named(&word) else {
                self.at = start;
                return Err(self.fault(&format!("there is no function “{word}”; it stands")));
            };
            return self.call(function);
        }
        match word.as_str() {
            "true" | "false" => self.node(Node::Value(Value::Truth(word == "true"))),
            "and" | "or" | "not" => {
                self.at = start;
                Err(self.fault(&format!("`{word}` was not expected")))
            }
            _ => {
                self.names.insert(word.clone());
                self.node(Node::Name(word))
            }
        }
    }

    fn call(&mut self, function: Function) -> Result<Node, ExpressionError> {
        let mut arguments = Vec::new();
        if !self.take(")") {
            loop {
                arguments.push(self.nested(Self::either)?);
                if self.take(")") {
                    break;
                }
                if !self.take(",") {
                    return Err(self.fault("a comma or a closing bracket is missing"));
                }
            }
        }
        if !function.takes(arguments.len()) {
            let given = arguments.len();
            return Err(self.fault(&format!("write `{}`; {given} values are given", function.usage())));
        }
        self.node(Node::Call(function, arguments))
    }
}

fn leading_digits(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_wrong_and_where() {
        for (source, part) in [
            ("", "something is missing"),
            ("1 +", "something is missing"),
            ("(1", "closing bracket"),
            ("1)", "“)” was not expected at character 2"),
            ("a = b", "“=” was not expected"),
            ("a < b < c", "join two comparisons"),
            ("'abc", "closing '"),
            ("sqrt(4)", "no function “sqrt”"),
            ("min()", "min"),
            ("if(a, b)", "if(condition"),
            ("1 and", "something is missing"),
            ("2 3", "“3” was not expected"),
            ("and", "`and` was not expected"),
            ("99999999999999999999999999999999999999999999", "too large"),
            ("a $ b", "“$”"),
        ] {
            let error = Expression::parse(source).unwrap_err().to_string();
            assert!(error.contains(part), "{source}: {error}");
        }
    }

    #[test]
    fn hostile_sources_are_refused() {
        for source in [
            "(".repeat(900),
            "-".repeat(900) + "1",
            "not ".repeat(200) + "true",
            "1+".repeat(400) + "1",
            "abs(".repeat(200) + "1" + &")".repeat(200),
            "9".repeat(999),
            "a".repeat(10_000),
            "1".to_owned() + &"^".repeat(100),
        ] {
            assert!(Expression::parse(&source).is_err(), "{}…", &source[..10]);
        }
    }

    #[test]
    fn knows_its_names() {
        let expression = Expression::parse("if(a > b_2, 'c', words(d)) == e").unwrap();
        assert_eq!(expression.names().iter().map(String::as_str).collect::<Vec<_>>(), ["a", "b_2", "d", "e"]);
        assert!(is_name("n1") && is_name("año") && is_name("left"));
        assert!(!is_name("1n") && !is_name("min") && !is_name("and") && !is_name("") && !is_name("a-b"));
    }
}
