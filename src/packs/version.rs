//! Versions of packs and of the program, ordered as semver.org says.

/// A version as semver orders it; build metadata is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    numbers: [u64; 3],
    /// Parts of a pre-release; none is newest.
    before: Vec<String>,
}

impl Version {
    /// The version in `text`, when it is semver.
    pub fn parse(text: &str) -> Option<Self> {
        let (core, _build) = text.split_once('+').unwrap_or((text, ""));
        let (core, before) = core.split_once('-').map_or((core, None), |(core, before)| (core, Some(before)));
        let mut numbers = [0; 3];
        let mut parts = core.split('.');
        for number in &mut numbers {
            let part = parts.next()?;
            let plain = part.bytes().all(|b| b.is_ascii_digit()) && (part == "0" || !part.starts_with('0'));
            *number = part.parse().ok().filter(|_| plain)?;
        }
        let before: Vec<String> = before.map_or_else(Vec::new, |b| b.split('.').map(str::to_owned).collect());
        let is_name =
            |part: &String| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        (parts.next().is_none() && before.iter().all(is_name)).then_some(Self { numbers, before })
    }

    /// The second number: it is raised when there is more, or other content.
    pub fn minor(&self) -> u64 {
        self.numbers[1]
    }

    /// The first number: it is raised when something is gone that others may count on.
    pub fn major(&self) -> u64 {
        self.numbers[0]
    }

    /// The version of this program.
    pub fn of_app() -> Self {
        Self::parse(env!("CARGO_PKG_VERSION")).unwrap_or(Self { numbers: [0; 3], before: Vec::new() })
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [major, minor, patch] = self.numbers;
        write!(f, "{major}.{minor}.{patch}")?;
        if self.before.is_empty() { Ok(()) } else { write!(f, "-{}", self.before.join(".")) }
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Version {
    /// As semver.org, rule 11.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        use std::cmp::Ordering::Equal;
        let part = |part: &str| part.parse::<u64>().map_or((true, 0), |number| (false, number));
        self.numbers
            .cmp(&other.numbers)
            .then_with(|| self.before.is_empty().cmp(&other.before.is_empty()))
            .then_with(|| {
                let by_part = self.before.iter().zip(&other.before).map(|(a, b)| {
                    part(a).cmp(&part(b)).then_with(|| if part(a).0 { a.cmp(b) } else { Equal })
                });
                by_part.fold(Equal, std::cmp::Ordering::then)
            })
            .then_with(|| self.before.len().cmp(&other.before.len()))
    }
}
