//! JavaScript: what it loads from elsewhere, and whether it runs what can't be looked at. Looked through as text: a
//! program can hide what it does from any check, and the rules of the packs' origin hold all the same; this finds what is
//! there by habit.

/// What a script does that it should not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It asks another computer.
    Asks(String),
    /// It unpacks a text and runs it.
    Unpacks,
}

/// Ways to load something, followed by the address in quotes.
const LOADS: [&str; 13] = [
    "fetch(",
    "import ",
    "import(",
    "from ",
    "importScripts(",
    "new WebSocket(",
    "new EventSource(",
    "new Worker(",
    ".src=",
    "location.href=",
    "location=",
    "$.getJSON(",
    ".load(",
];
/// What packers call to make a program of a text.
const RUNS: [&str; 3] = ["eval(", "Function(", "document.write("];
/// What packers call to make the text.
const UNPACKS: [&str; 6] = [
    "function(p,a,c,k,e",
    "atob(",
    "unescape(",
    "decodeURIComponent(",
    "String.fromCharCode(",
    "responseText",
];
/// The text is made close to where it is run.
const NEAR: usize = 60;
/// Characters of an address that are shown.
const SHOWN: usize = 80;

/// Looks through a script; each address once.
pub(super) fn look(script: &str) -> Vec<Trouble> {
    // Blanks differ from one program to the next.
    let tight: String = squeeze(script);
    let mut found = Vec::new();
    for load in LOADS {
        for (at, _) in tight.match_indices(load) {
            found.extend(address(&tight[at + load.len()..]).map(Trouble::Asks));
        }
    }
    for (at, _) in tight.match_indices(".open(") {
        // The address is the second of its parts: `open("GET", "http://…")`.
        let second = tight[at + 6..].split_once(',').map(|(_, rest)| rest);
        found.extend(second.and_then(address).map(Trouble::Asks));
    }
    let unpacks = RUNS.iter().any(|run| {
        tight.match_indices(run).any(|(at, _)| {
            let near: String = tight[at + run.len()..].chars().take(NEAR).collect();
            UNPACKS.iter().any(|unpack| near.contains(unpack))
        })
    });
    found.extend(unpacks.then_some(Trouble::Unpacks));
    let mut seen = Vec::new();
    found.retain(|trouble| {
        let is_new = !seen.contains(trouble);
        seen.push(trouble.clone());
        is_new
    });
    found
}

/// The address of another computer that begins here, in quotes.
fn address(text: &str) -> Option<String> {
    let text = text.trim_start();
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let inside: String = text[1..].chars().take_while(|c| *c != quote).take(SHOWN).collect();
    let lower = inside.to_ascii_lowercase();
    let leaves =
        ["http://", "https://", "ws://", "wss://", "//"].iter().any(|start| lower.starts_with(start));
    leaves.then_some(inside)
}

/// Takes out blanks beside signs, so that `fetch ( "x"` is `fetch("x"`.
fn squeeze(script: &str) -> String {
    let mut tight = String::with_capacity(script.len());
    let mut blank = false;
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    for c in script.chars() {
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        if blank && tight.chars().next_back().is_some_and(is_word) && is_word(c) {
            tight.push(' ');
        }
        // `import "x"` has a blank, and `import"x"` gets one.
        if matches!(c, '"' | '\'') && (tight.ends_with("import") || tight.ends_with("from")) {
            tight.push(' ');
        }
        blank = false;
        tight.push(c);
    }
    tight
}
