//! What a file says about its own licence, in the words of a manifest.

/// A licence as a manifest tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Licence {
    /// SPDX name; `unknown` where the file says nothing that is understood.
    pub(super) name: String,
    /// Whether what it covers may be sold.
    pub(super) commercial: bool,
    /// Whether what it covers may be changed.
    pub(super) derivatives: bool,
    /// Where its text stands.
    pub(super) address: Option<String>,
}

impl Licence {
    /// Nothing is known, so nothing is allowed beyond showing it.
    pub(super) fn unknown() -> Self {
        Self { name: "unknown".to_owned(), commercial: false, derivatives: false, address: None }
    }

    /// Finds a Creative Commons licence in what a file says, as an address, an SPDX name or in the usual short form.
    pub(super) fn find(text: &str) -> Self {
        let plain = text.to_lowercase();
        if let Some((_, rest)) = plain.split_once("creativecommons.org/") {
            return Self::of_address(rest).unwrap_or_else(Self::unknown);
        }
        let words: Vec<&str> = plain
            .split(|c: char| c.is_whitespace() || matches!(c, '-' | '(' | ')' | ',' | ';'))
            .filter(|word| !word.is_empty())
            .collect();
        let place = words.iter().position(|word| matches!(*word, "cc" | "cc0"));
        let Some((first, rest)) = place.and_then(|place| words.get(place..)?.split_first()) else {
            return Self::unknown();
        };
        if *first == "cc0" || rest.first() == Some(&"zero") {
            return Self::of_parts(&["zero"], "1.0");
        }
        let parts: Vec<&str> =
            rest.iter().copied().take_while(|word| matches!(*word, "by" | "nc" | "nd" | "sa")).collect();
        let version = rest.get(parts.len()).copied().unwrap_or("4.0");
        if parts.first() == Some(&"by") { Self::of_parts(&parts, version) } else { Self::unknown() }
    }

    /// `licenses/by-sa/4.0/` or `publicdomain/zero/1.0/`
    fn of_address(rest: &str) -> Option<Self> {
        let mut steps = rest.split('/');
        let (kind, parts, version) = (steps.next()?, steps.next()?, steps.next().unwrap_or_default());
        let parts: Vec<&str> = parts.split('-').collect();
        match kind {
            "licenses" if parts.first() == Some(&"by") => Some(Self::of_parts(&parts, version)),
            "publicdomain" if parts == ["zero"] => Some(Self::of_parts(&parts, version)),
            _ => None,
        }
    }

    fn of_parts(parts: &[&str], version: &str) -> Self {
        let version: String = version.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let version = if matches!(version.as_str(), "1.0" | "2.0" | "2.5" | "3.0" | "4.0") {
            version
        } else {
            "4.0".to_owned()
        };
        if parts == ["zero"] {
            return Self {
                name: "CC0-1.0".to_owned(),
                commercial: true,
                derivatives: true,
                address: Some("https://creativecommons.org/publicdomain/zero/1.0/".to_owned()),
            };
        }
        Self {
            name: format!("CC-{}-{version}", parts.join("-").to_uppercase()),
            commercial: !parts.contains(&"nc"),
            derivatives: !parts.contains(&"nd"),
            address: Some(format!("https://creativecommons.org/licenses/{}/{version}/", parts.join("-"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Licence;

    #[test]
    fn licences_are_found_in_what_files_say() {
        for (text, name, commercial, derivatives) in [
            ("This book is CC BY-SA 4.0, by the authors", "CC-BY-SA-4.0", true, true),
            ("https://creativecommons.org/licenses/by-nc-nd/3.0/", "CC-BY-NC-ND-3.0", false, false),
            ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0", true, true),
            ("CC-BY-4.0", "CC-BY-4.0", true, true),
            ("cc by", "CC-BY-4.0", true, true),
            ("CC0", "CC0-1.0", true, true),
            ("All rights reserved.", "unknown", false, false),
            ("https://creativecommons.org/about", "unknown", false, false),
            ("cc the head teacher", "unknown", false, false),
        ] {
            let found = Licence::find(text);
            assert_eq!(
                (found.name.as_str(), found.commercial, found.derivatives),
                (name, commercial, derivatives),
                "{text}"
            );
        }
    }
}
