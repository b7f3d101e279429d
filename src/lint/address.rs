//! Where an address in a page leads: to a file of the pack, out into the network, or nowhere.

use std::borrow::Cow;

/// Where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Leads {
    /// To the file at this path, if there is one.
    Inside(String),
    /// To another computer.
    Outside(String),
    /// To itself, or to what is written in the address: `#part`, `data:…`, `blob:…`.
    Itself,
    /// To a program that no tablet of the school has: `mailto:`, `tel:`.
    Program(String),
    /// It would run a script.
    Script,
}

/// Follows `address` as it is written in the file at `from`.
pub(super) fn follow(from: &str, address: &str) -> Leads {
    // Browsers pass over blanks at both ends, and over line ends anywhere.
    let plain: String = address.trim().chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    if plain.is_empty() || plain.starts_with(['#', '?']) {
        return Leads::Itself;
    }
    if plain.starts_with("//") || plain.starts_with("\\\\") {
        return Leads::Outside(plain);
    }
    if let Some(scheme) = scheme(&plain) {
        return match scheme.as_str() {
            "http" | "https" | "ws" | "wss" | "ftp" => Leads::Outside(plain),
            "data" | "blob" | "about" => Leads::Itself,
            "javascript" | "vbscript" => Leads::Script,
            _ => Leads::Program(plain),
        };
    }
    let path = plain.split(['#', '?']).next().unwrap_or_default();
    let path = decode(path);
    let mut parts: Vec<&str> = if path.starts_with('/') { Vec::new() } else { from.split('/').collect() };
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Leads::Inside(plain.clone());
                }
            }
            name => parts.push(name),
        }
    }
    // An address from the root of the server misses the pack's own folder there.
    let start = if path.starts_with('/') { "/" } else { "" };
    Leads::Inside(format!("{start}{}", parts.join("/")))
}

/// The part before the colon, where it is one.
fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    fits.then(|| scheme.to_ascii_lowercase())
}

/// Percent signs are decoded once.
fn decode(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let bytes = path.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (digit(bytes.get(at + 1)), digit(bytes.get(at + 2))) {
            (Some(high), Some(low)) if *byte == b'%' => {
                plain.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 3;
            }
            _ => {
                plain.push(*byte);
                at += 1;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&plain).into_owned())
}
