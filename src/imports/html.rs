//! HTML as people and their editors write it: tags, words and entities, forgiving of everything.

/// A piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Words, with their entities resolved.
    Text(String),
    /// A tag that opens; names are lower case.
    Open {
        /// Its name.
        name: String,
        /// Its attributes.
        attributes: Vec<(String, String)>,
    },
    /// A tag that closes.
    Close(String),
}

impl Token {
    /// An attribute of a tag that opens.
    pub(super) fn attribute(&self, wanted: &str) -> Option<&str> {
        let Self::Open { attributes, .. } = self else { return None };
        attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
    }
}

/// Elements whose content is no HTML.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// Splits HTML into its pieces. Comments, declarations and what stands in scripts and style sheets are left out.
pub(super) fn tokens(html: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = html;
    // Behind the last `>` nothing is a tag, and nothing is searched for one.
    let behind = html.len() - html.rfind('>').map_or(0, |last| last + 1);
    while !rest.is_empty() {
        let Some(open) = rest.find('<').filter(|_| rest.len() > behind) else {
            push_text(&mut tokens, rest);
            break;
        };
        push_text(&mut tokens, &rest[..open]);
        rest = &rest[open..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            rest = rest.split_once('>').map_or("", |(_, after)| after);
        } else if let Some((token, after)) = read_tag(rest) {
            rest = after;
            let raw = match &token {
                Token::Open { name, .. } => RAW.into_iter().find(|raw| raw == name),
                _ => None,
            };
            tokens.push(token);
            if let Some(name) = raw {
                let end = find_close(rest, name).unwrap_or(rest.len());
                if matches!(name, "title" | "textarea") {
                    push_text(&mut tokens, &rest[..end]);
                }
                rest = &rest[end..];
            }
        } else {
            push_text(&mut tokens, "<");
            rest = &rest[1..];
        }
    }
    tokens
}

fn push_text(tokens: &mut Vec<Token>, text: &str) {
    if text.is_empty() {
        return;
    }
    let words = unescape(text);
    match tokens.last_mut() {
        Some(Token::Text(before)) => before.push_str(&words),
        _ => tokens.push(Token::Text(words)),
    }
}

/// Where `</name` stands, in any case.
fn find_close(html: &str, name: &str) -> Option<usize> {
    html.match_indices("</").map(|(at, _)| at).find(|at| {
        html.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
    })
}

/// Reads a tag from its `<` on; `None` where it is only a sign, as in `a < b`.
fn read_tag(html: &str) -> Option<(Token, &str)> {
    let inner = html.strip_prefix('<')?;
    let (is_close, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = inner.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
    let name = inner[..end].to_ascii_lowercase();
    // A prefix, as in `m:math`, says nothing that is needed here.
    let name = name.rsplit(':').next().unwrap_or_default().to_owned();
    let (attributes, rest) = read_attributes(&inner[end..])?;
    Some((if is_close { Token::Close(name) } else { Token::Open { name, attributes } }, rest))
}

type Attributes = Vec<(String, String)>;

/// Reads attributes up to the `>` and over it.
fn read_attributes(html: &str) -> Option<(Attributes, &str)> {
    let mut attributes = Vec::new();
    let mut rest = html;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return Some((attributes, after));
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))?;
        // A stray sign is passed over, so that every turn takes something away.
        let end = if end == 0 { rest.chars().next()?.len_utf8() } else { end };
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            (value, rest) = match quote {
                Some(quote) => after[1..].split_once(quote)?,
                None => after.split_at(after.find(|c: char| c.is_whitespace() || c == '>')?),
            };
        }
        attributes.push((name, unescape(value)));
    }
}

/// Resolves entities.
pub(super) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.char_indices().take(12).find(|(_, c)| *c == ';').map(|(end, _)| end);
        if let Some((meaning, end)) = end.and_then(|end| Some((entity(rest.get(1..end)?)?, end))) {
            plain.push_str(&meaning);
            rest = &rest[end + 1..];
        } else {
            plain.push('&');
            rest = &rest[1..];
        }
    }
    plain.push_str(rest);
    plain
}

/// Names of characters that stand in school texts, each before its character; all others are written as numbers or as
/// themselves.
const ENTITIES: &str = "\
    amp & lt < gt > quot \" apos ' ndash – mdash — lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ laquo « \
    raquo » hellip … bull • middot · iexcl ¡ iquest ¿ deg ° micro µ para ¶ sect § copy © reg ® trade ™ \
    euro € pound £ yen ¥ cent ¢ times × divide ÷ plusmn ± minus − ne ≠ le ≤ ge ≥ asymp ≈ equiv ≡ infin ∞ \
    radic √ frac12 ½ frac14 ¼ frac34 ¾ sup1 ¹ sup2 ² sup3 ³ sum ∑ pi π Pi Π alpha α beta β gamma γ delta δ \
    Delta Δ theta θ lambda λ mu μ rho ρ sigma σ phi φ omega ω Omega Ω larr ← rarr → uarr ↑ darr ↓ harr ↔ \
    ang ∠ agrave à aacute á acirc â auml ä ccedil ç egrave è eacute é ecirc ê euml ë iacute í ntilde ñ \
    oacute ó ocirc ô ouml ö uacute ú uuml ü szlig ß ugrave ù ucirc û icirc î iuml ï \
    aring å aelig æ oelig œ Agrave À Aacute Á Acirc Â Auml Ä Ccedil Ç Egrave È Eacute É Ecirc Ê Iacute Í \
    Ntilde Ñ Oacute Ó Ouml Ö Uacute Ú Uuml Ü frasl ⁄ prime ′ Prime ″ permil ‰ sub ⊂ cup ∪ cap ∩ isin ∈ \
";

/// The same of characters that can't be seen.
const UNSEEN: [(&str, char); 9] = [
    ("nbsp", '\u{a0}'),
    ("shy", '\u{ad}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
];

/// What an entity stands for: `eacute`, `#233`, `#xe9`.
pub(super) fn entity(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control() || c.is_whitespace()).map(String::from);
    }
    if let Some((_, unseen)) = UNSEEN.iter().find(|(known, _)| *known == name) {
        return Some(unseen.to_string());
    }
    let mut words = ENTITIES.split_ascii_whitespace();
    while let (Some(known), Some(meaning)) = (words.next(), words.next()) {
        if known == name {
            return Some(meaning.to_owned());
        }
    }
    None
}

/// The title and the language that a page gives itself.
pub(super) fn title_and_language(html: &str) -> (Option<String>, Option<String>) {
    let (titles, language) = titles_and_language(html);
    (titles.into_iter().next(), language)
}

/// All titles of a page, the first of each kind, and its language.
pub(super) fn titles_and_language(html: &str) -> (Vec<String>, Option<String>) {
    let tokens = tokens(html);
    let language = tokens.iter().find_map(|token| match token {
        Token::Open { name, .. } if name == "html" => token.attribute("lang").or(token.attribute("xml:lang")),
        _ => None,
    });
    let words = |wanted: &str| {
        let is_wanted = |token: &Token| matches!(token, Token::Open { name, .. } if name == wanted);
        let place = tokens.iter().position(is_wanted)?;
        let inner =
            tokens.iter().skip(place + 1).take_while(|token| **token != Token::Close(wanted.to_owned()));
        let text: String = inner
            .filter_map(|t| if let Token::Text(text) = t { Some(text.as_str()) } else { None })
            .collect();
        super::names::clean_title(&text)
    };
    let titles = ["title", "h1", "h2"].into_iter().filter_map(words).collect();
    (titles, language.and_then(super::names::language_tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_told_apart() {
        let text = |text: &str| Token::Text(text.to_owned());
        let open = |name: &str, attributes: &[(&str, &str)]| Token::Open {
            name: name.to_owned(),
            attributes: attributes.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(),
        };
        let close = |name: &str| Token::Close(name.to_owned());
        for (html, wanted) in [
            ("3 < 4 &amp; <b>5</B>", vec![text("3 < 4 & "), open("b", &[]), text("5"), close("b")]),
            (
                "<img src=a.png alt='a \"b\"'/>x",
                vec![open("img", &[("src", "a.png"), ("alt", "a \"b\"")]), text("x")],
            ),
            (
                "<!-- <b> -->a<!x><script>if (a<b) </b></script>c",
                vec![text("a"), open("script", &[]), close("script"), text("c")],
            ),
            ("&eacute;&#233;&#xe9;&nope;&", vec![text("ééé&nope;&")]),
            ("<p", vec![text("<p")]),
            ("<a ==>x", vec![open("a", &[("=", "")]), text("x")]),
        ] {
            assert_eq!(tokens(html), wanted, "{html}");
        }
    }
}
