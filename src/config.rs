//! Configuration: defaults, then `schoolhouse.toml` in the data directory, then `SCHOOLHOUSE_…` variables, then flags.
//!
//! Everything is read and checked once, at start. Unknown names are refused, with the name that was probably meant.

use std::collections::BTreeMap;
use std::fmt;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// One setting: its name in the file, what it is for, and its default as text.
struct Setting {
    name: &'static str,
    about: &'static str,
    default: &'static str,
}

/// All settings. A school can choose each of them sensibly, or leave all alone.
const SETTINGS: [Setting; 10] = [
    Setting { name: "data", about: "directory of everything that must survive", default: "schoolhouse-data" },
    Setting {
        name: "listen",
        about: "address of the app; empty: port 80 where allowed, else 8080",
        default: "",
    },
    Setting {
        name: "packs_listen",
        about: "address of the packs; empty: the port after the app's",
        default: "",
    },
    Setting { name: "mdns", about: "announce the box on the network", default: "true" },
    Setting { name: "mdns_name", about: "name to answer to, without .local", default: "school" },
    Setting {
        name: "stick_folders",
        about: "folders to look into as if they were USB sticks, with : between them",
        default: "",
    },
    Setting { name: "school", about: "name that the first page offers at the set-up", default: "" },
    Setting { name: "language", about: "language that the first page offers at the set-up", default: "" },
    Setting { name: "log", about: "what to log: error, warn, info, debug, or a filter", default: "info" },
    Setting { name: "log_format", about: "text or json", default: "text" },
];

/// The file's name in the data directory.
const FILE: &str = "schoolhouse.toml";
/// What every variable starts with.
const PREFIX: &str = "SCHOOLHOUSE_";

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Origin {
    Default,
    File,
    Variable,
    Flag,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Default => "default",
            Self::File => FILE,
            Self::Variable => "environment",
            Self::Flag => "flag",
        })
    }
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// The checked configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// Directory of everything that must survive.
    pub data: PathBuf,
    /// Address of the app, when it was chosen.
    pub listen: Option<SocketAddr>,
    /// Address of the packs, when it was chosen.
    pub packs_listen: Option<SocketAddr>,
    /// The name to announce, unless announcing is off.
    pub mdns_name: Option<String>,
    /// Folders that are looked into as if they were USB sticks.
    pub stick_folders: Vec<PathBuf>,
    /// The school's name that the first page offers at the set-up; may be empty.
    pub school: String,
    /// The language that the first page offers at the set-up; may be empty.
    pub language: String,
    /// What to log.
    pub log: String,
    /// How log lines look.
    pub log_format: LogFormat,
    origins: BTreeMap<&'static str, (String, Origin)>,
}

impl Config {
    /// Merges all sources. `flags` and `variables` are (name, value) pairs; variables without our prefix are ignored.
    ///
    /// # Errors
    /// Names the setting, where it was found, and what it may be.
    pub fn load(
        flags: &[(&'static str, String)],
        variables: impl Iterator<Item = (String, String)>,
    ) -> Result<Self> {
        let mut values: BTreeMap<&'static str, (String, Origin)> = SETTINGS
            .iter()
            .map(|setting| (setting.name, (setting.default.to_owned(), Origin::Default)))
            .collect();
        let variables = own_variables(variables)?;
        // The directory decides which file is read, so it can't stand in the file.
        let data =
            flags.iter().chain(&variables).find(|(name, _)| *name == "data").map(|(_, value)| value.clone());
        let data = data.unwrap_or_else(|| values["data"].0.clone());
        for (name, value) in read_file(&Path::new(&data).join(FILE))? {
            values.insert(name, (value, Origin::File));
        }
        for (name, value) in variables {
            values.insert(name, (value, Origin::Variable));
        }
        for (name, value) in flags {
            values.insert(name, (value.clone(), Origin::Flag));
        }
        Self::check(values)
    }

    fn check(origins: BTreeMap<&'static str, (String, Origin)>) -> Result<Self> {
        let text = |name: &str| origins.get(name).map_or("", |(value, _)| value.as_str());
        let wrong = |name: &str, wanted: &str| {
            let origin = origins.get(name).map_or(&Origin::Default, |(_, origin)| origin);
            Error::invalid(
                "config.wrong",
                format!("The setting {name} ({origin}) is “{}”. It must be {wanted}.", text(name)),
            )
        };
        let address = |name: &str| match text(name) {
            "" => Ok(None),
            given => given
                .parse()
                .map(Some)
                .map_err(|_| wrong(name, "an address with a port, such as 0.0.0.0:8080")),
        };
        let announce = match text("mdns") {
            "true" => true,
            "false" => false,
            _ => return Err(wrong("mdns", "true or false")),
        };
        let name = text("mdns_name");
        let is_label = (1..=40).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !is_label {
            return Err(wrong("mdns_name", "small letters, digits and -, without .local"));
        }
        let log_format = match text("log_format") {
            "text" => LogFormat::Text,
            "json" => LogFormat::Json,
            _ => return Err(wrong("log_format", "text or json")),
        };
        Ok(Self {
            data: PathBuf::from(text("data")),
            listen: address("listen")?,
            packs_listen: address("packs_listen")?,
            mdns_name: announce.then(|| name.to_owned()),
            stick_folders: text("stick_folders")
                .split(':')
                .filter(|folder| !folder.is_empty())
                .map(PathBuf::from)
                .collect(),
            school: text("school").to_owned(),
            language: text("language").to_owned(),
            log: text("log").to_owned(),
            log_format,
            origins,
        })
    }
}

/// The merged configuration as a file would have it, with the origin of each value.
impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for setting in &SETTINGS {
            if let Some((value, origin)) = self.origins.get(setting.name) {
                writeln!(f, "# {}\n{} = {value:?}  # {origin}", setting.about, setting.name)?;
            }
        }
        Ok(())
    }
}

fn known(name: &str) -> Option<&'static str> {
    SETTINGS.iter().map(|setting| setting.name).find(|known| *known == name)
}

fn unknown(name: &str, place: &str) -> Error {
    let nearest = SETTINGS
        .iter()
        .map(|setting| setting.name)
        .min_by_key(|known| distance(known, name))
        .unwrap_or_default();
    Error::invalid(
        "config.unknown",
        format!("{place} has a setting “{name}” that does not exist. Did you mean “{nearest}”?"),
    )
}

fn own_variables(variables: impl Iterator<Item = (String, String)>) -> Result<Vec<(&'static str, String)>> {
    variables
        .filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?.to_lowercase(), value)))
        .map(|(name, value)| {
            known(&name).map(|name| (name, value)).ok_or_else(|| unknown(&name, "The environment"))
        })
        .collect()
}

fn read_file(path: &Path) -> Result<Vec<(&'static str, String)>> {
    let place = path.display().to_string();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        // Where there is no directory, the one who makes it says so.
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(Vec::new()),
        Err(e) => {
            return Err(Error::invalid("config.unreadable", format!("{place} can't be read.")).caused_by(e));
        }
    };
    // Windows editors put a byte order mark in front.
    let table: toml::Table = text
        .trim_start_matches('\u{feff}')
        .parse()
        .map_err(|e| Error::invalid("config.unreadable", format!("{place} can't be read: {e}")))?;
    table
        .into_iter()
        .map(|(name, value)| {
            let known = known(&name).filter(|name| *name != "data").ok_or_else(|| unknown(&name, &place))?;
            match value {
                toml::Value::String(text) => Ok((known, text)),
                toml::Value::Boolean(yes) => Ok((known, yes.to_string())),
                _ => Err(Error::invalid(
                    "config.wrong",
                    format!("The setting {known} in {place} must be text."),
                )),
            }
        })
        .collect()
}

/// How many letters must change to make one word the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: &str, variables: &[(&str, &str)], flags: &[(&'static str, &str)]) -> Result<Config> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(FILE), file).unwrap();
        let mut all: Vec<_> = flags.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        all.push(("data", dir.path().display().to_string()));
        Config::load(&all, variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn the_nearer_source_wins() {
        let file = "\u{feff}mdns_name = \"hill\"\r\nlog = \"warn\"\r\n";
        let config =
            load(file, &[("SCHOOLHOUSE_LOG", "debug"), ("HOME", "/")], &[("listen", "127.0.0.1:9000")])
                .unwrap();
        assert_eq!(config.mdns_name.as_deref(), Some("hill"));
        assert_eq!(config.log, "debug");
        assert_eq!(config.listen, Some("127.0.0.1:9000".parse().unwrap()));
        assert!(config.to_string().contains("log = \"debug\"  # environment"));
        let config = load("stick_folders = \"/srv/share:/srv/packs:\"", &[], &[]).unwrap();
        assert_eq!(config.stick_folders, [Path::new("/srv/share"), Path::new("/srv/packs")]);
    }

    #[test]
    fn mistakes_are_told_with_what_to_write_instead() {
        for (file, variables, wanted) in [
            ("lissten = \"x\"", &[][..], "Did you mean “listen”?"),
            ("data = \"x\"", &[], "does not exist"),
            ("listen = \"8080\"", &[], "an address with a port"),
            ("mdns = \"perhaps\"", &[], "true or false"),
            ("mdns_name = \"My School\"", &[], "small letters"),
            ("mdns = ", &[], "can't be read"),
            ("", &[("SCHOOLHOUSE_LOGS", "x")], "Did you mean “log”?"),
        ] {
            let error = load(file, variables, &[]).unwrap_err().to_string();
            assert!(error.contains(wanted), "{file:?} gave {error}");
        }
    }
}
