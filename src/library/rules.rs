//! What may be added, what must be asked before, how much room there is, and in which order people look for things.

use std::cmp::Ordering;

use serde::Serialize;
use utoipa::ToSchema;

/// Answers need room in any case: of every ten bytes of the disk one stays free, and at least so many.
const KEPT_AT_LEAST: u64 = 200_000_000;

/// Bytes of a disk of `total` bytes that no pack may take: they are for answers.
pub(super) fn kept(total: u64) -> u64 {
    (total / 10).max(KEPT_AT_LEAST)
}

/// Bytes that are missing when `needed` more shall be written; 0 when there is room.
pub(super) fn missing(free: u64, total: u64, needed: u64) -> u64 {
    needed.saturating_add(kept(total)).saturating_sub(free)
}

/// How an offer stands to what is installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// The school does not have it.
    New,
    /// Newer than the installed version.
    Update,
    /// The installed version itself.
    Installed,
    /// The installed version by its number, with other files.
    Changed,
    /// Older than the installed version.
    Older,
}

/// Compares an offered version with the installed one: `order` is offered against installed, none when nothing is
/// installed.
pub(super) fn relation(order: Option<Ordering>, has_same_files: bool) -> Relation {
    match order {
        None => Relation::New,
        Some(Ordering::Greater) => Relation::Update,
        Some(Ordering::Less) => Relation::Older,
        Some(Ordering::Equal) if has_same_files => Relation::Installed,
        Some(Ordering::Equal) => Relation::Changed,
    }
}

/// Something that a person must say yes to before a pack is put in its place, in the order in which it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Consent {
    /// No publisher whom the box knows has signed it: somebody must know where it is from.
    Unsigned,
    /// The version that is there was signed by somebody else, or came with the program.
    Publisher,
    /// It has errors.
    Errors,
    /// It takes the place of a newer version.
    Older,
    /// Packs that it needs are not there.
    Incomplete,
}

impl Consent {
    /// All of them.
    const ALL: [Self; 5] = [Self::Unsigned, Self::Publisher, Self::Errors, Self::Older, Self::Incomplete];

    /// As it is sent.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Unsigned => "unsigned",
            Self::Publisher => "publisher",
            Self::Errors => "errors",
            Self::Older => "older",
            Self::Incomplete => "incomplete",
        }
    }
}

/// What a person said yes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own that somebody answered")]
pub struct Accepted {
    /// "I know where this is from."
    pub unsigned: bool,
    /// It comes from somebody else than the version that is there.
    pub publisher: bool,
    /// It has errors, and shall be added all the same.
    pub errors: bool,
    /// It shall take the place of a newer version.
    pub older: bool,
    /// It shall stand without packs that it needs.
    pub incomplete: bool,
}

impl Accepted {
    fn covers(self, consent: Consent) -> bool {
        match consent {
            Consent::Unsigned => self.unsigned,
            Consent::Publisher => self.publisher,
            Consent::Errors => self.errors,
            Consent::Older => self.older,
            Consent::Incomplete => self.incomplete,
        }
    }

    /// Both together.
    pub(super) fn and(self, more: Self) -> Self {
        Self {
            unsigned: self.unsigned || more.unsigned,
            publisher: self.publisher || more.publisher,
            errors: self.errors || more.errors,
            older: self.older || more.older,
            incomplete: self.incomplete || more.incomplete,
        }
    }
}

/// What of `asked` nobody said yes to yet, in the order in which it is asked.
pub(super) fn unanswered(asked: &[Consent], accepted: Accepted) -> Vec<Consent> {
    let is_open = |consent: &Consent| asked.contains(consent) && !accepted.covers(*consent);
    Consent::ALL.into_iter().filter(is_open).collect()
}

/// The date of a moment in milliseconds since 1970, as `2026-11-25`. After "chrono-compatible low-level date algorithms"
/// by Howard Hinnant (`civil_from_days`).
pub(super) fn date(milliseconds: u64) -> String {
    let days = milliseconds / 86_400_000 + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    format!("{:04}-{month:02}-{day:02}", year + era * 400 + u64::from(month <= 2))
}

/// Whether a folder belongs to a system and holds nothing that anybody meant to bring.
pub(super) fn is_systems_own(name: &str) -> bool {
    const FOLDERS: [&str; 9] = [
        "$recycle.bin",
        "android",
        "config.msi",
        "found.000",
        "lost+found",
        "lost.dir",
        "recycler",
        "system volume information",
        "windows",
    ];
    name.starts_with('.') || FOLDERS.contains(&name.to_lowercase().as_str())
}

/// The order in which people count: `lesson 2` before `lesson 10`, capitals beside small letters.
pub(super) fn natural(one: &str, other: &str) -> Ordering {
    let (mut a, mut b) = (one.chars().peekable(), other.chars().peekable());
    loop {
        let (Some(x), Some(y)) = (a.peek().copied(), b.peek().copied()) else {
            return a.peek().is_some().cmp(&b.peek().is_some()).then_with(|| one.cmp(other));
        };
        let order = if x.is_ascii_digit() && y.is_ascii_digit() {
            number(&mut a).cmp(&number(&mut b))
        } else {
            a.next();
            b.next();
            x.to_lowercase().cmp(y.to_lowercase())
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// Length and digits of a number without the zeros before it: in this order numbers of any length compare.
fn number(letters: &mut std::iter::Peekable<std::str::Chars>) -> (usize, String) {
    let mut digits = String::new();
    while let Some(digit) = letters.next_if(char::is_ascii_digit) {
        if !digits.is_empty() || digit != '0' {
            digits.push(digit);
        }
    }
    (digits.len(), digits)
}

/// A name for a file that somebody sends: its last part, without anything that could lead elsewhere or hide it.
pub(super) fn file_name(sent: &str) -> String {
    const LONGEST: usize = 120;
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control()).collect();
    let plain = plain.trim().trim_start_matches('.');
    let (stem, ending) = match plain.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= 12 => (stem, format!(".{ending}")),
        _ => (plain, String::new()),
    };
    let stem = if stem.is_empty() { "file" } else { stem };
    let room = LONGEST - ending.len();
    let end = stem.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= room).last();
    format!("{}{ending}", &stem[..end.unwrap_or(0)])
}

#[cfg(test)]
mod tests {
    use super::*;

    const MB: u64 = 1_000_000;
    const GB: u64 = 1 << 30;

    #[test]
    fn room_for_answers_is_never_given_away() {
        for (free, total, needed, wanted) in [
            (20 * GB, 32 * GB, GB, 0),
            (4 * GB, 32 * GB, GB, 32 * GB / 10 + GB - 4 * GB),
            (250 * MB, 1_000 * MB, 50 * MB, 0),
            (250 * MB, 1_000 * MB, 51 * MB, MB),
            (0, 32 * GB, u64::MAX, u64::MAX),
        ] {
            assert_eq!(missing(free, total, needed), wanted, "{free} of {total} for {needed}");
        }
    }

    #[test]
    fn an_offer_stands_to_what_is_there() {
        use Ordering::{Equal, Greater, Less};
        for (order, same, wanted) in [
            (None, false, Relation::New),
            (Some(Greater), false, Relation::Update),
            (Some(Equal), true, Relation::Installed),
            (Some(Equal), false, Relation::Changed),
            (Some(Less), false, Relation::Older),
        ] {
            assert_eq!(relation(order, same), wanted);
        }
    }

    #[test]
    fn nobody_is_asked_twice_or_for_nothing() {
        let asked = [Consent::Older, Consent::Errors, Consent::Unsigned];
        assert_eq!(unanswered(&[], Accepted::default()), []);
        assert_eq!(
            unanswered(&asked, Accepted::default()),
            [Consent::Unsigned, Consent::Errors, Consent::Older]
        );
        let unsigned = Accepted { unsigned: true, ..Accepted::default() };
        assert_eq!(unanswered(&asked, unsigned), [Consent::Errors, Consent::Older]);
        let rest = Accepted { errors: true, older: true, ..Accepted::default() };
        assert_eq!(unanswered(&asked, unsigned.and(rest)), []);
        for consent in Consent::ALL {
            assert_eq!(serde_json::to_value(consent).unwrap(), consent.name());
        }
    }

    #[test]
    fn days_have_dates() {
        for (milliseconds, wanted) in [
            (0, "1970-01-01"),
            (951_782_399_999, "2000-02-28"),
            (951_782_400_000, "2000-02-29"),
            (951_868_800_000, "2000-03-01"),
            (1_795_420_800_000, "2026-11-23"),
        ] {
            assert_eq!(date(milliseconds), wanted);
        }
    }

    #[test]
    fn things_lie_in_the_order_in_which_people_count() {
        let mut names =
            ["Lesson 10", "lesson 9", "Lesson 2", "lesson 02b", "Äpfel", "apple", "7", "10", "lesson"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(
            names,
            ["7", "10", "apple", "lesson", "Lesson 2", "lesson 02b", "lesson 9", "Lesson 10", "Äpfel"]
        );
    }

    #[test]
    fn a_sent_name_leads_nowhere_and_keeps_its_ending() {
        for (sent, wanted) in [
            ("Fractions 1.mp4", "Fractions 1.mp4"),
            ("C:\\Users\\me\\video.MP4", "video.MP4"),
            ("../../etc/passwd", "passwd"),
            ("..", "file"),
            (".hidden.schoolpack", "hidden.schoolpack"),
            ("\u{7}a\nb.pdf", "ab.pdf"),
            ("", "file"),
            (".pdf", "pdf"),
            ("كتاب.epub", "كتاب.epub"),
        ] {
            assert_eq!(file_name(sent), wanted, "{sent:?}");
        }
        let long = file_name(&format!("{}.schoolpack.001", "é".repeat(200)));
        assert!(long.ends_with(".001") && long.len() <= 120, "{long}");
    }

    proptest::proptest! {
        #[test]
        fn the_order_is_one(a in "[a-c0-2]{0,6}", b in "[a-c0-2]{0,6}", c in "[a-c0-2]{0,6}") {
            proptest::prop_assert_eq!(natural(&a, &b), natural(&b, &a).reverse());
            if natural(&a, &b).is_le() && natural(&b, &c).is_le() {
                proptest::prop_assert!(natural(&a, &c).is_le());
            }
            proptest::prop_assert_eq!(natural(&a, &b).is_eq(), a == b);
        }
    }
}
