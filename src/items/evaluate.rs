//! Works out an expression with the numbers of one draw.

use std::collections::BTreeMap;

use super::expression::{Expression, ExpressionError, Node, Operation, Value};
use super::functions::{Function, remainder};
use super::rational::Rational;

/// The names that an expression can use, and what they stand for.
pub(super) type Scope = BTreeMap<String, Value>;

impl Expression {
    /// What it comes to.
    pub(super) fn evaluate(&self, scope: &Scope) -> Result<Value, ExpressionError> {
        work_out(&self.root, scope)
    }

    /// What a condition comes to; anything but true and false is an error.
    pub(super) fn holds(&self, scope: &Scope) -> Result<bool, ExpressionError> {
        truth(&self.evaluate(scope)?)
    }
}

fn work_out(node: &Node, scope: &Scope) -> Result<Value, ExpressionError> {
    match node {
        Node::Value(value) => Ok(value.clone()),
        Node::Name(name) => {
            scope.get(name).cloned().ok_or_else(|| ExpressionError::UnknownName(name.clone()))
        }
        Node::Negative(inner) => {
            let number = number(&work_out(inner, scope)?)?;
            number.negated().map(Value::Number).ok_or(ExpressionError::TooLarge)
        }
        Node::Not(inner) => Ok(Value::Truth(!truth(&work_out(inner, scope)?)?)),
        Node::Pair(operation, left, right) => pair(*operation, left, right, scope),
        Node::Call(Function::If, arguments) => {
            let [condition, then, otherwise] = arguments.as_slice() else {
                return Err(ExpressionError::WrongKind("write `if(condition, a, b)`".to_owned()));
            };
            work_out(if truth(&work_out(condition, scope)?)? { then } else { otherwise }, scope)
        }
        Node::Call(function, arguments) => {
            let values: Vec<Value> =
                arguments.iter().map(|a| work_out(a, scope)).collect::<Result<_, _>>()?;
            function.apply(&values)
        }
    }
}

fn pair(operation: Operation, left: &Node, right: &Node, scope: &Scope) -> Result<Value, ExpressionError> {
    let first = work_out(left, scope)?;
    // `b != 0 and a / b > 1` must not divide where b is zero.
    match operation {
        Operation::And if !truth(&first)? => return Ok(Value::Truth(false)),
        Operation::Or if truth(&first)? => return Ok(Value::Truth(true)),
        _ => {}
    }
    let second = work_out(right, scope)?;
    match operation {
        Operation::And | Operation::Or => truth(&second).map(Value::Truth),
        Operation::Equal => same(&first, &second).map(Value::Truth),
        Operation::Unequal => same(&first, &second).map(|same| Value::Truth(!same)),
        _ => calculate(operation, number(&first)?, number(&second)?),
    }
}

fn calculate(operation: Operation, a: Rational, b: Rational) -> Result<Value, ExpressionError> {
    let result = match operation {
        Operation::Plus => a.plus(b),
        Operation::Minus => a.minus(b),
        Operation::Times => a.times(b),
        Operation::Over if b == Rational::ZERO => return Err(ExpressionError::DivisionByZero),
        Operation::Over => a.over(b),
        Operation::Remainder => Some(remainder(a, b)?),
        Operation::Less => return Ok(Value::Truth(a < b)),
        Operation::LessOrEqual => return Ok(Value::Truth(a <= b)),
        Operation::Greater => return Ok(Value::Truth(a > b)),
        Operation::GreaterOrEqual => return Ok(Value::Truth(a >= b)),
        Operation::Equal | Operation::Unequal | Operation::And | Operation::Or => None,
    };
    result.map(Value::Number).ok_or(ExpressionError::TooLarge)
}

/// Comparing a number with a text is a slip of the author (`'3' == 3`), not merely false.
fn same(a: &Value, b: &Value) -> Result<bool, ExpressionError> {
    if std::mem::discriminant(a) == std::mem::discriminant(b) {
        return Ok(a == b);
    }
    Err(ExpressionError::WrongKind(format!("“{a}” and “{b}” are of different kinds and can't be compared")))
}

fn number(value: &Value) -> Result<Rational, ExpressionError> {
    match value {
        Value::Number(number) => Ok(*number),
        other => Err(ExpressionError::WrongKind(format!("“{other}” stands where a number belongs"))),
    }
}

fn truth(value: &Value) -> Result<bool, ExpressionError> {
    match value {
        Value::Truth(truth) => Ok(*truth),
        other => Err(ExpressionError::WrongKind(format!("“{other}” stands where a condition belongs"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope() -> Scope {
        [("n", 47), ("z", 0), ("t", 4)]
            .map(|(name, value)| (name.to_owned(), Value::Number(Rational::whole(value))))
            .into_iter()
            .chain([("who".to_owned(), Value::Text("Mei".to_owned()))])
            .collect()
    }

    fn say(source: &str) -> String {
        match Expression::parse(source).and_then(|e| e.evaluate(&scope())) {
            Ok(value) => value.to_string(),
            Err(error) => format!("! {error}"),
        }
    }

    #[test]
    fn works_out_what_a_teacher_expects() {
        for (source, result) in [
            ("2 + 3 * 4", "14"),
            ("(2 + 3) * 4", "20"),
            ("2 - 3 - 4", "-5"),
            ("12 / 4 / 3", "1"),
            ("--3 - -2", "5"),
            ("1 / 3 + 1 / 6", "0.5"),
            ("1 / 3", "1/3"),
            ("0.1 + 0.2 == 0.3", "true"),
            ("n % 10", "7"),
            ("-7 % 3", "2"),
            ("mod(7.5, 2)", "1.5"),
            ("div(-7, 2)", "-4"),
            ("floor(-1.5)", "-2"),
            ("ceil(-1.5)", "-1"),
            ("ceil(2)", "2"),
            ("round(2.5)", "3"),
            ("round(-2.5, 0)", "-3"),
            ("round(3.14159, 2)", "3.14"),
            ("round(n, -1)", "50"),
            ("digit(4271, 2)", "2"),
            ("digit(4271, 9)", "0"),
            ("digit(3.14, -1)", "1"),
            ("digit(-47, 0)", "7"),
            ("pow(2, 10)", "1024"),
            ("pow(2, -2)", "0.25"),
            ("pow(0, 0)", "1"),
            ("gcd(12, 18)", "6"),
            ("gcd(0, 5)", "5"),
            ("gcd(0, 0)", "0"),
            ("lcm(0, 4)", "0"),
            ("lcm(4, 6, 10)", "60"),
            ("min(3, 1, 2)", "1"),
            ("max(3, 1 / 2)", "3"),
            ("abs(-3/4)", "0.75"),
            ("frac(6, 8)", "6/8"),
            ("mixed(11, 4)", "2 3/4"),
            ("mixed(-14, 8)", "-1 6/8"),
            ("mixed(3, 4)", "3/4"),
            ("mixed(8, 4)", "2"),
            ("words(21)", "twenty-one"),
            ("text(1 / 4)", "0.25"),
            ("if(n > 40, 'big', 'small')", "big"),
            ("if(z == 0, 0, n / z)", "0"),
            ("z != 0 and n / z > 1", "false"),
            ("z == 0 or n / z > 1", "true"),
            ("not n == 47", "false"),
            ("not (n < t) and t <= 4", "true"),
            ("who == 'Mei'", "true"),
            ("(n > 1) == true", "true"),
        ] {
            assert_eq!(say(source), result, "{source}");
        }
    }

    #[test]
    fn says_why_it_can_not() {
        for (source, part) in [
            ("n / z", "division by zero"),
            ("n % z", "division by zero"),
            ("frac(1, z)", "division by zero"),
            ("pow(0, -1)", "division by zero"),
            ("m + 1", "no “m”"),
            ("who + 1", "“Mei” stands where a number belongs"),
            ("who == 3", "different kinds"),
            ("n and t", "where a condition belongs"),
            ("gcd(1.5, 2)", "whole numbers"),
            ("words(0.5)", "whole numbers"),
            ("frac(1, -2)", "above zero"),
            ("pow(10, 9999)", "too large"),
            ("pow(99, 30)", "too large"),
            ("pow(10, 30) * pow(10, 30)", "too large"),
            ("round(1, 400)", "too large"),
            ("words(pow(10, 20))", "too large"),
            ("lcm(pow(10, 30), pow(7, 30))", "too large"),
        ] {
            assert!(say(source).starts_with('!') && say(source).contains(part), "{source}: {}", say(source));
        }
    }
}
