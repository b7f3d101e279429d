//! A template's body with its `{expression}` marks parsed once, ready to be filled in for every draw.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use super::evaluate::Scope;
use super::expression::{Expression, ExpressionError};

/// JSON with places to fill in.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    /// Stays as it is.
    Fixed(Json),
    /// A string with places.
    Text(Vec<Piece>),
    List(Vec<Form>),
    Object(Vec<(Vec<Piece>, Form)>),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Text(String),
    Value(Expression),
}

impl Form {
    /// Parses every string in `value`. The text of `cloze` blocks keeps its `{{gap}}` marks.
    pub(super) fn parse(value: Json, cloze: bool) -> Result<Self, ExpressionError> {
        Ok(match value {
            Json::String(text) => match pieces(&text, cloze)?.as_slice() {
                [] => Self::Fixed(Json::from("")),
                [Piece::Text(text)] => Self::Fixed(Json::from(text.as_str())),
                pieces => Self::Text(pieces.to_vec()),
            },
            Json::Array(values) => Self::List(
                values.into_iter().map(|value| Self::parse(value, cloze)).collect::<Result<_, _>>()?,
            ),
            Json::Object(map) => {
                let fields = map.into_iter().map(|(name, value)| {
                    let cloze = name == "cloze";
                    Ok((pieces(&name, false)?, Self::parse(value, cloze)?))
                });
                Self::Object(fields.collect::<Result<_, ExpressionError>>()?)
            }
            other => Self::Fixed(other),
        })
    }

    /// Fills in the values of one draw.
    pub(super) fn fill(&self, scope: &Scope) -> Result<Json, ExpressionError> {
        Ok(match self {
            Self::Fixed(value) => value.clone(),
            Self::Text(pieces) => Json::String(join(pieces, scope)?),
            Self::List(forms) => {
                Json::Array(forms.iter().map(|form| form.fill(scope)).collect::<Result<_, _>>()?)
            }
            Self::Object(fields) => {
                let mut map = Map::new();
                for (name, form) in fields {
                    map.insert(join(name, scope)?, form.fill(scope)?);
                }
                Json::Object(map)
            }
        })
    }

    /// Adds the names that its places use.
    pub(super) fn collect_names<'a>(&'a self, names: &mut BTreeSet<&'a str>) {
        match self {
            Self::Fixed(_) => {}
            Self::Text(pieces) => collect(pieces, names),
            Self::List(forms) => forms.iter().for_each(|form| form.collect_names(names)),
            Self::Object(fields) => fields.iter().for_each(|(name, form)| {
                collect(name, names);
                form.collect_names(names);
            }),
        }
    }
}

fn collect<'a>(pieces: &'a [Piece], names: &mut BTreeSet<&'a str>) {
    for piece in pieces {
        if let Piece::Value(expression) = piece {
            names.extend(expression.names().iter().map(String::as_str));
        }
    }
}

fn join(pieces: &[Piece], scope: &Scope) -> Result<String, ExpressionError> {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(part) => text.push_str(part),
            Piece::Value(expression) => text.push_str(&expression.evaluate(scope)?.to_string()),
        }
    }
    Ok(text)
}

/// Takes a string apart: `{{` stands for `{`, or in a cloze opens a gap that stays; `{…}` is an expression.
fn pieces(text: &str, cloze: bool) -> Result<Vec<Piece>, ExpressionError> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        plain.push_str(&rest[..open]);
        rest = &rest[open..];
        if cloze && rest.starts_with("{{") {
            let length = rest.find("}}").map_or(2, |end| end + 2);
            plain.push_str(&rest[..length]);
            rest = &rest[length..];
        } else if let Some(after) = rest.strip_prefix("{{") {
            plain.push('{');
            rest = after;
        } else {
            let length = expression_length(&rest[1..]).ok_or_else(|| {
                ExpressionError::Syntax(format!("“{{” without “}}” in “{text}”; write “{{{{” for a brace"))
            })?;
            if !plain.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
            }
            pieces.push(Piece::Value(Expression::parse(&rest[1..=length])?));
            rest = &rest[length + 2..];
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    Ok(pieces)
}

/// Bytes before the closing brace, which may not be inside a 'text'.
fn expression_length(source: &str) -> Option<usize> {
    let mut quoted = false;
    for (at, c) in source.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '}' if !quoted => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::expression::Value;
    use super::super::rational::Rational;
    use super::*;

    fn fill(value: Json) -> Result<Json, ExpressionError> {
        let scope = [("n".to_owned(), Value::Number(Rational::whole(7)))].into();
        Form::parse(value, false)?.fill(&scope)
    }

    #[test]
    fn fills_every_string_and_leaves_the_rest() {
        let written = json!({ "p": "{n} and {n + 1}, {{n} }", "cloze": "{{1}} is {n}, {{n}}", "k{n}": [1, true, "{if(n > 1, '}', '{')}"] });
        let filled = json!({ "p": "7 and 8, {n} }", "cloze": "{{1}} is 7, {{n}}", "k7": [1, true, "}"] });
        assert_eq!(fill(written).unwrap(), filled);
    }

    #[test]
    fn says_what_is_open() {
        for (text, part) in
            [("{n", "without “}”"), ("{}", "something is missing"), ("{m}", "no “m”"), ("{'}", "without “}”")]
        {
            let error = fill(json!(text)).unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
