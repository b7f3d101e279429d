//! Moodle's formulas in our language of expressions, where it has the same words.

use serde_json::Value as Json;

/// Functions that both have, under their names there and here.
const FUNCTIONS: [(&str, &str); 8] = [
    ("abs", "abs"),
    ("ceil", "ceil"),
    ("floor", "floor"),
    ("fmod", "mod"),
    ("max", "max"),
    ("min", "min"),
    ("pow", "pow"),
    ("round", "round"),
];

/// The name that a wildcard gets: no word of our language, and none that Moodle's names could clash with.
pub(super) fn name(wildcard: &str) -> Option<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    (!wildcard.is_empty() && wildcard.len() <= 30 && wildcard.chars().all(fits))
        .then(|| format!("v_{wildcard}"))
}

/// Translates `{a} * pow({b}, 2)`; `None` where it uses what we don't have. `names` collects its wildcards.
pub(super) fn translate(formula: &str, names: &mut Vec<String>) -> Option<String> {
    let mut text = String::new();
    let mut rest = formula.trim();
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '{' => {
                let (wildcard, _) = rest[1..].split_once('}')?;
                let known = name(wildcard)?;
                text.push_str(&known);
                if !names.contains(&known) {
                    names.push(known);
                }
                wildcard.len() + 2
            }
            'a'..='z' | 'A'..='Z' => {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
                let word = rest[..end].to_ascii_lowercase();
                text.push_str(FUNCTIONS.iter().find(|(known, _)| *known == word)?.1);
                end
            }
            '0'..='9' | '.' => {
                let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
                // `1e3` is one number there and three things here.
                if rest[end..].starts_with(['e', 'E']) {
                    return None;
                }
                let number = rest[..end].trim_end_matches('.');
                text.push_str(if number.starts_with('.') { "0" } else { "" });
                text.push_str(number);
                end
            }
            '+' | '-' | '/' | '(' | ')' | ',' | '%' => {
                text.push(c);
                1
            }
            // Two stars raise to a power in some versions.
            '*' if rest.starts_with("**") => return None,
            '*' => {
                text.push('*');
                1
            }
            c if c.is_whitespace() => {
                text.push(' ');
                c.len_utf8()
            }
            _ => return None,
        };
        rest = &rest[taken..];
    }
    (!text.trim().is_empty()).then(|| text.trim().to_owned())
}

/// Stand around the number of an expression until the text is made of blocks.
const OPEN: char = '\u{e040}';
const CLOSE: char = '\u{e041}';

/// The mark of one of the expressions.
pub(super) fn mark(number: usize) -> String {
    format!("{OPEN}{number}{CLOSE}")
}

/// Takes wildcards `{a}` and formulas `{={a}+{b}}` out of a text and leaves marks in their places; what they mean is
/// added to `expressions`. `None` where one can't be translated.
pub(super) fn take_out(words: &str, wildcards: &[String], expressions: &mut Vec<String>) -> Option<String> {
    let mut text = String::new();
    let mut rest = words;
    while let Some(at) = rest.find('{') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let wildcard = rest[1..].split_once('}').map(|(inner, _)| inner);
        let wildcard = wildcard.filter(|inner| wildcards.iter().any(|known| known == inner));
        let (expression, length) = if let Some(formula) = rest.strip_prefix("{=") {
            let end = closing(formula)?;
            (translate(&formula[..end], &mut Vec::new())?, end + 3)
        } else if let Some(wildcard) = wildcard {
            (name(wildcard)?, wildcard.len() + 2)
        } else {
            text.push('{');
            rest = &rest[1..];
            continue;
        };
        expressions.push(expression);
        text.push_str(&mark(expressions.len() - 1));
        rest = &rest[length..];
    }
    text.push_str(rest);
    Some(text)
}

/// Puts expressions into the places of their marks, in every text; any other brace stays a brace.
pub(super) fn put_back(value: &mut Json, expressions: &[String]) {
    match value {
        Json::String(text) => {
            let mut filled = String::new();
            for (place, part) in text.replace('{', "{{").split(OPEN).enumerate() {
                let found = part.split_once(CLOSE).filter(|_| place > 0);
                let expression = found.and_then(|(number, _)| expressions.get(number.parse::<usize>().ok()?));
                match (found, expression) {
                    (Some((_, after)), Some(expression)) => {
                        filled.extend(["{", expression.as_str(), "}", after]);
                    }
                    _ => filled.push_str(part),
                }
            }
            *text = filled;
        }
        Json::Array(values) => values.iter_mut().for_each(|value| put_back(value, expressions)),
        Json::Object(fields) => fields.values_mut().for_each(|value| put_back(value, expressions)),
        _ => {}
    }
}

/// Where the brace closes that was open before.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_translated_or_refused() {
        for (formula, wanted) in [
            ("{a} * pow({b}, 2)", Some("v_a * pow(v_b, 2)")),
            (".5*{x1}+3.", Some("0.5*v_x1+3")),
            ("fmod({a},{b})", Some("mod(v_a,v_b)")),
            ("sin({a})", None),
            ("2e3", None),
            ("{a}**2", None),
            ("{a b}", None),
            ("{a} > 3 ? 1 : 2", None),
        ] {
            assert_eq!(translate(formula, &mut Vec::new()).as_deref(), wanted, "{formula}");
        }
        let (wildcards, mut found) = (["a".to_owned()], Vec::new());
        let text = take_out("{a} and {={a}+1} {b} {", &wildcards, &mut found).unwrap();
        let mut block = serde_json::json!([{ "p": text }]);
        put_back(&mut block, &found);
        assert_eq!(block, serde_json::json!([{ "p": "{v_a} and {v_a+1} {{b} {{" }]));
    }
}
