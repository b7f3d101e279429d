//! Formulas in TeX, as far as school sums need them, in plain characters and our fractions.

/// Commands that stand for one character, or for nothing.
const SIGNS: [(&str, &str); 34] = [
    ("times", "×"),
    ("div", "÷"),
    ("cdot", "·"),
    ("pm", "±"),
    ("leq", "≤"),
    ("le", "≤"),
    ("geq", "≥"),
    ("ge", "≥"),
    ("neq", "≠"),
    ("ne", "≠"),
    ("approx", "≈"),
    ("infty", "∞"),
    ("pi", "π"),
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("Delta", "Δ"),
    ("theta", "θ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("phi", "φ"),
    ("omega", "ω"),
    ("Omega", "Ω"),
    ("angle", "∠"),
    ("circ", "°"),
    ("degree", "°"),
    ("to", "→"),
    ("rightarrow", "→"),
    ("ldots", "…"),
    ("left", ""),
    ("right", ""),
];

const OVER: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ";
const UNDER: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙᵢ";
const PLAIN: &str = "0123456789+-=()ni";

/// A piece of text, or a formula between `\( \)`, `\[ \]` or `$$ $$`.
pub(super) enum Piece<'a> {
    /// Words.
    Words(&'a str),
    /// A formula without its brackets.
    Formula(&'a str),
}

/// Splits a text at its formulas.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    const BRACKETS: [(&str, &str); 3] = [("\\(", "\\)"), ("\\[", "\\]"), ("$$", "$$")];
    let mut pieces = Vec::new();
    let mut rest = text;
    loop {
        let opens = BRACKETS.iter().filter_map(|(open, close)| Some((rest.find(open)?, open, close)));
        let found = opens.min_by_key(|(at, ..)| *at).and_then(|(at, open, close)| {
            let (inner, after) = rest[at + open.len()..].split_once(close)?;
            Some((at, inner, after))
        });
        let Some((at, inner, after)) = found else {
            pieces.push(Piece::Words(rest));
            return pieces;
        };
        pieces.push(Piece::Words(&rest[..at]));
        pieces.push(Piece::Formula(inner));
        rest = after;
    }
}

/// A formula in plain characters; `None` where that can't be done.
pub(super) fn plain(formula: &str) -> Option<String> {
    let mut text = String::new();
    let mut rest = formula.trim();
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix('\\') {
            let end = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
            let (name, after) = after.split_at(end);
            (text, rest) = command(text, name, after)?;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            '^' | '_' => {
                let (inner, after) = argument(rest)?;
                rest = after;
                let inner = plain(inner)?;
                text += if inner == "°" { "°".to_owned() } else { shift(&inner, c == '^')? }.as_str();
            }
            '{' | '}' => {}
            '~' => text.push(' '),
            other => text.push(other),
        }
    }
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn command<'a>(mut text: String, name: &str, after: &'a str) -> Option<(String, &'a str)> {
    let rest = match name {
        "frac" | "dfrac" | "tfrac" => {
            let (top, after) = argument(after)?;
            let (bottom, after) = argument(after)?;
            let (top, bottom) = (plain(top)?, plain(bottom)?);
            // Our stacked fractions hold one word above and one below.
            let is_simple = |part: &str| !part.is_empty() && !part.contains([' ', '/', '[']);
            if is_simple(&top) && is_simple(&bottom) {
                text.extend(["[[", top.as_str(), "/", bottom.as_str(), "]]"]);
            } else if top.contains("[[") || bottom.contains("[[") {
                return None;
            } else {
                text.extend(["(", top.as_str(), ")/(", bottom.as_str(), ")"]);
            }
            after
        }
        "sqrt" => {
            let (inner, after) = argument(after)?;
            let inner = plain(inner)?;
            let is_short = inner.chars().count() == 1 || inner.bytes().all(|b| b.is_ascii_digit());
            let (open, close) = if is_short { ("", "") } else { ("(", ")") };
            text.extend(["√", open, inner.as_str(), close]);
            after
        }
        "text" | "mathrm" | "textrm" | "mathbf" | "textbf" => {
            let (inner, after) = argument(after)?;
            text += inner;
            after
        }
        // `\,` and its like are spaces; `\%` is the sign itself.
        "" => {
            let sign = after.chars().next()?;
            match sign {
                ',' | ';' | ':' | '!' | ' ' => text.push(' '),
                '%' | '#' | '&' | '$' | '{' | '}' | '_' => text.push(sign),
                _ => return None,
            }
            &after[sign.len_utf8()..]
        }
        name => {
            text += SIGNS.iter().find(|(known, _)| *known == name)?.1;
            after
        }
    };
    Some((text, rest))
}

/// What a command is about: `{…}` or one character.
fn argument(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let Some(inner) = text.strip_prefix('{') else {
        let end = match text.strip_prefix('\\') {
            Some(name) => 1 + name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len()),
            None => text.chars().next()?.len_utf8(),
        };
        return Some(text.split_at(end));
    };
    let mut depth = 1;
    for (at, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&inner[..at], &inner[at + 1..]));
        }
    }
    None
}

/// Raises or lowers digits and signs; `None` where there is no such character.
pub(super) fn shift(text: &str, up: bool) -> Option<String> {
    let to = if up { OVER } else { UNDER };
    let one = |c: char| to.chars().nth(PLAIN.chars().position(|plain| plain == c)?);
    text.replace('−', "-").chars().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn school_sums_are_written_plainly() {
        for (tex, wanted) in [
            ("\\frac{3}{4} + \\frac12", Some("[[3/4]] + [[1/2]]")),
            ("x^2 \\times 10^{-3}", Some("x² × 10⁻³")),
            ("\\sqrt{16} = 4\\,\\text{cm}", Some("√16 = 4 cm")),
            ("\\frac{a + b}{2} \\leq 90^\\circ", Some("(a + b)/(2) ≤ 90°")),
            ("H_2O", Some("H₂O")),
            ("\\int_0^1 x", None),
            ("x^{abc}", None),
            ("\\frac{1", None),
            ("50\\%", Some("50%")),
        ] {
            assert_eq!(plain(tex).as_deref(), wanted, "{tex}");
        }
    }
}
