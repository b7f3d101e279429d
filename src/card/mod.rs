//! The settings file on the card's boot partition, which any computer can edit, and what the card's system runs with.
//!
//! Nothing in it can keep a box from starting: a wrong line is told, and its default is used.

mod rules;
mod text;
mod written;

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::files::write_atomically;

/// What editors make of the file's name, the likeliest to be edited first: the card comes with the last one.
const NAMES: [&str; 4] =
    ["schoolhouse.toml.txt", "schoolhouse.txt.txt", "schoolhouse.toml", "schoolhouse.txt"];
/// Who holds this much text does not hold settings.
const LARGEST: u64 = 64 * 1024;

/// Reads the settings file in `from` and writes what the Wi-Fi, the network and the program start with below `to`, which is
/// `/run` on a card. Answers with what was wrong in the file, each with its line and what to do.
///
/// `languages` are those of the screens.
///
/// # Errors
/// When `to` can't be written to.
pub fn apply(from: &Path, to: &Path, languages: &[&str]) -> Result<Vec<Error>> {
    let (bytes, mut notes) = find(from);
    let (lines, unreadable) = text::read(&bytes);
    let (settings, wrong) = rules::settings(&lines, &unreadable, languages);
    notes.extend(wrong);
    let card = to.join("schoolhouse-card");
    let network = to.join("systemd/network");
    for folder in [&card, &network] {
        fs::create_dir_all(folder)?;
    }
    // The password is in it.
    write_atomically(&card.join("hostapd.conf"), written::hostapd(&settings).as_bytes(), 0o600)?;
    write_atomically(&card.join("box.env"), written::environment(&settings).as_bytes(), 0o644)?;
    let mut told = String::new();
    for note in &notes {
        told.push_str(&note.message);
        told.push('\n');
    }
    write_atomically(&card.join("notes.txt"), told.as_bytes(), 0o644)?;
    let cable = network.join("25-cable.network");
    match written::cable(&settings) {
        Some(text) => write_atomically(&cable, text.as_bytes(), 0o644)?,
        None if cable.exists() => fs::remove_file(&cable)?,
        None => {}
    }
    Ok(notes)
}

/// The file's bytes, whatever its name became. Without one the box has defaults.
fn find(folder: &Path) -> (Vec<u8>, Vec<Error>) {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(std::result::Result::ok);
    let mut found: Vec<(usize, PathBuf)> = entries
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().to_lowercase();
            NAMES.iter().position(|known| *known == name).map(|place| (place, entry.path()))
        })
        .collect();
    found.sort();
    let mut notes = Vec::new();
    let Some((_, path)) = found.first() else {
        let what = "There is no schoolhouse.txt on the card. The Wi-Fi has its first name and password.";
        return (Vec::new(), vec![Error::invalid("card.settings-missing", what)]);
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if found.len() > 1 {
        let what =
            format!("There is more than one settings file on the card. {name} is used; delete the others.");
        notes.push(Error::invalid("card.settings-twice", what));
    }
    let fits = fs::metadata(path).is_ok_and(|file| file.len() <= LARGEST);
    match fs::read(path) {
        Ok(bytes) if fits => (bytes, notes),
        _ => {
            let what = format!("{name} can't be read. Write it anew, as plain text.");
            notes.push(Error::invalid("card.settings-unreadable", what));
            (Vec::new(), notes)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(notes: &[Error]) -> Vec<&str> {
        notes.iter().map(|note| note.code).collect()
    }

    #[test]
    fn a_file_that_an_editor_renamed_counts_and_the_wifi_follows_it() {
        let (card, run) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let wifi = || fs::read_to_string(run.path().join("schoolhouse-card/hostapd.conf")).unwrap();
        let notes = apply(card.path(), run.path(), &["en"]).unwrap();
        assert_eq!(codes(&notes), ["card.settings-missing"]);
        assert!(wifi().contains("wpa_passphrase=schoolhouse\n"));

        fs::write(card.path().join("schoolhouse.txt"), "password = first-one").unwrap();
        assert!(apply(card.path(), run.path(), &["en"]).unwrap().is_empty());
        assert!(wifi().contains("wpa_passphrase=first-one\n"));

        fs::write(card.path().join("Schoolhouse.toml.TXT"), "password = second-one\ncable = tablets")
            .unwrap();
        let notes = apply(card.path(), run.path(), &["en"]).unwrap();
        assert_eq!(codes(&notes), ["card.settings-twice"]);
        assert!(wifi().contains("wpa_passphrase=second-one\n"));
        let cable = run.path().join("systemd/network/25-cable.network");
        assert!(fs::read_to_string(&cable).unwrap().contains("Bridge=tablets"));

        fs::write(card.path().join("Schoolhouse.toml.TXT"), vec![b'x'; 70_000]).unwrap();
        let notes = apply(card.path(), run.path(), &["en"]).unwrap();
        assert_eq!(codes(&notes), ["card.settings-twice", "card.settings-unreadable"]);
        assert!(!cable.exists(), "what an earlier file asked for is gone");
        let told = fs::read_to_string(run.path().join("schoolhouse-card/notes.txt")).unwrap();
        assert!(told.contains("as plain text"));
    }
}
