//! What the settings mean: each line checked on its own, a wrong one told and replaced by its default.

use super::text::{Line, plain};
use crate::error::Error;

/// The Wi-Fi's password until the school chooses one. It keeps strangers out no better than none, but tablets that refuse
/// open networks join.
const PASSWORD: &str = "schoolhouse";
/// The Wi-Fi's name until the school has one.
const WIFI: &str = "Schoolhouse";
/// The middle one of the three that do not disturb each other.
const CHANNEL: u8 = 6;

/// What the cable is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cable {
    /// The box is a guest in the school's own network.
    Guest,
    /// The box gives addresses to an access point and its tablets.
    Tablets,
}

/// The settings of a card, complete.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Settings {
    /// The school's name, offered at the set-up.
    pub school: Option<String>,
    /// The language of the screens, offered at the set-up.
    pub language: Option<String>,
    /// The Wi-Fi's name: 1 to 32 bytes.
    pub wifi: String,
    /// The Wi-Fi's password; none makes it open.
    pub password: Option<String>,
    /// Two capital letters: which powers and channels are legal.
    pub country: Option<String>,
    /// 1 to 11.
    pub channel: u8,
    /// What the cable is for.
    pub cable: Cable,
}

/// The settings of these lines, and what is wrong with them. `languages` are those of the screens.
pub(super) fn settings(lines: &[Line], unreadable: &[usize], languages: &[&str]) -> (Settings, Vec<Error>) {
    let mut notes: Vec<Error> = unreadable
        .iter()
        .map(|number| {
            let what =
                format!("Line {number} can't be read. Write a name, = and a value, such as: country = KE");
            Error::invalid("card.line-unreadable", what)
        })
        .collect();
    let mut settings = Settings {
        school: None,
        language: None,
        wifi: String::new(),
        password: Some(PASSWORD.to_owned()),
        country: None,
        channel: CHANNEL,
        cable: Cable::Guest,
    };
    for line in lines.iter().filter(|line| !line.value.is_empty()) {
        if let Err((code, what)) = settings.take(line, languages) {
            notes.push(Error::invalid(code, format!("Line {}: {what}", line.number)));
        }
    }
    if settings.wifi.is_empty() {
        settings.wifi = settings.school.as_deref().map_or(WIFI, |school| cut(school, 32)).to_owned();
    }
    (settings, notes)
}

type Refusal = (&'static str, String);

impl Settings {
    fn take(&mut self, line: &Line, languages: &[&str]) -> Result<(), Refusal> {
        let value = line.value.as_str();
        match line.key.as_str() {
            "school" | "schoolname" | "name" => self.school = Some(school(value)?),
            "language" => self.language = Some(language(value, languages)?),
            "wifi" | "wifiname" | "ssid" => self.wifi = wifi(value)?,
            "password" | "wifipassword" => self.password = password(value)?,
            "country" => self.country = Some(country(value)?),
            "channel" => self.channel = channel(value)?,
            "cable" => self.cable = cable(value)?,
            "hub" | "hubaddress" => {
                let what =
                    "a hub asks for the code that the district gave out. Add the box to it on the page Box.";
                return Err(("card.hub-elsewhere", what.to_owned()));
            }
            _ => {
                let known = "school, language, wifi, password, country, channel and cable";
                return Err((
                    "card.name-unknown",
                    format!("there is no setting “{}”. There are {known}.", line.key),
                ));
            }
        }
        Ok(())
    }
}

fn school(value: &str) -> Result<String, Refusal> {
    if value.chars().count() > 60 || value.chars().any(char::is_control) {
        return Err(("card.school-long", "the school's name has at most 60 letters.".to_owned()));
    }
    Ok(value.to_owned())
}

fn language(value: &str, languages: &[&str]) -> Result<String, Refusal> {
    let wanted = plain(value);
    let found = languages.iter().find(|language| **language == wanted);
    found.map(|language| (*language).to_owned()).ok_or_else(|| {
        (
            "card.language-unknown",
            format!("the screens do not speak “{value}”. Write one of {}.", languages.join(", ")),
        )
    })
}

fn wifi(value: &str) -> Result<String, Refusal> {
    if value.len() > 32 || value.chars().any(char::is_control) {
        let what =
            "a Wi-Fi's name has at most 32 letters, and fewer in other scripts. The school's name is used.";
        return Err(("card.wifi-long", what.to_owned()));
    }
    Ok(value.to_owned())
}

fn password(value: &str) -> Result<Option<String>, Refusal> {
    if plain(value) == "open" {
        return Ok(None);
    }
    let typeable = value.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if !typeable || !(8..=63).contains(&value.len()) {
        let what = format!(
            "a Wi-Fi's password has 8 to 63 English letters, digits or signs. Until it is changed the password is \
             {PASSWORD}. For a Wi-Fi without a password write: password = open"
        );
        return Err(("card.password-unfit", what));
    }
    Ok(Some(value.to_owned()))
}

fn country(value: &str) -> Result<String, Refusal> {
    let letters = value.to_ascii_uppercase();
    if letters.len() == 2 && letters.bytes().all(|byte| byte.is_ascii_uppercase()) {
        // Some write the top-level domain; hostapd knows the standard's letters only.
        return Ok(if letters == "UK" { "GB".to_owned() } else { letters });
    }
    let what = format!("“{value}” is no country's two letters, such as KE for Kenya or PE for Peru.");
    Err(("card.country-unknown", what))
}

fn channel(value: &str) -> Result<u8, Refusal> {
    value.parse().ok().filter(|channel| (1..=11).contains(channel)).ok_or_else(|| {
        ("card.channel-unknown", format!("the channel is 1, 6 or 11, not “{value}”. {CHANNEL} is used."))
    })
}

fn cable(value: &str) -> Result<Cable, Refusal> {
    match plain(value).as_str() {
        "guest" => Ok(Cable::Guest),
        "tablets" => Ok(Cable::Tablets),
        _ => {
            let what = format!(
                "the cable is for “guest” (the box is a guest in the school's network) or for “tablets” (an access point \
                 hangs on it), not for “{value}”. guest is used."
            );
            Err(("card.cable-unknown", what))
        }
    }
}

/// The beginning of a text in at most so many bytes, without half a letter.
fn cut(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::text::read;

    fn of(text: &str) -> (Settings, Vec<&'static str>) {
        let (lines, unreadable) = read(text.as_bytes());
        let (settings, notes) = settings(&lines, &unreadable, &["en", "es"]);
        (settings, notes.iter().map(|note| note.code).collect())
    }

    #[test]
    fn an_empty_file_gives_a_wifi_that_tablets_can_join() {
        let (settings, notes) = of("# school =\nschool =\n");
        assert_eq!(notes, [""; 0]);
        assert_eq!(
            (settings.wifi.as_str(), settings.password.as_deref()),
            ("Schoolhouse", Some("schoolhouse"))
        );
        assert_eq!((settings.channel, settings.cable, settings.country), (6, Cable::Guest, None));
    }

    #[test]
    fn a_whole_file_is_taken() {
        let (settings, notes) =
            of("School name: Hill School\nlanguage = ES\nWi-Fi = Hill\npassword = learn together\n\
                                    country = ke\nchannel = 11\ncable = Tablets\n");
        assert_eq!(notes, [""; 0]);
        let wanted = Settings {
            school: Some("Hill School".into()),
            language: Some("es".into()),
            wifi: "Hill".into(),
            password: Some("learn together".into()),
            country: Some("KE".into()),
            channel: 11,
            cable: Cable::Tablets,
        };
        assert_eq!(settings, wanted);
    }

    #[test]
    fn the_wifi_is_named_after_the_school_without_half_a_letter() {
        assert_eq!(of("school = Hill School").0.wifi, "Hill School");
        assert_eq!(of("school = مدرسة التل الابتدائية").0.wifi, "مدرسة التل الابتد");
    }

    #[test]
    fn a_wrong_line_is_told_and_the_others_count() {
        for (line, code) in [
            ("password = short", "card.password-unfit"),
            ("password = contraseña", "card.password-unfit"),
            ("country = Kenya", "card.country-unknown"),
            ("language = klingon", "card.language-unknown"),
            ("wifi = The Hill School of the Valley of Rain", "card.wifi-long"),
            ("channel = 14", "card.channel-unknown"),
            ("cable = yes", "card.cable-unknown"),
            ("hub = https://hub.example", "card.hub-elsewhere"),
            ("colour = red", "card.name-unknown"),
            ("good morning", "card.line-unreadable"),
        ] {
            let (settings, notes) = of(&format!("{line}\nschool = Hill\n"));
            assert_eq!(notes, [code], "{line}");
            assert_eq!(settings.school.as_deref(), Some("Hill"));
            assert_eq!(settings.password.as_deref(), Some("schoolhouse"), "never open by a slip: {line}");
        }
        assert_eq!(of("password = open").0.password, None);
    }
}
