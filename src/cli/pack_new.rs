//! `schoolhouse pack new`: a small whole pack to write on from.

use std::fs;
use std::path::Path;

use crate::error::{Error, Result};

/// The files of the new pack: `{…}` are filled in.
const FILES: [(&str, &str); 8] = [
    ("pack.json", include_str!("pack_new/pack.json")),
    ("skills.json", include_str!("pack_new/skills.json")),
    ("outline.json", include_str!("pack_new/outline.json")),
    ("items/first.json", include_str!("pack_new/first.json")),
    ("pages/read.md", include_str!("pack_new/read.md")),
    ("pages/off-tablet/ten.md", include_str!("pack_new/off-tablet.md")),
    ("pages/teacher/ten.md", include_str!("pack_new/teacher.md")),
    ("LICENSES/CC-BY-4.0.txt", include_str!("../../content-packs/numbers/LICENSES/CC-BY-4.0.txt")),
];

/// Makes the folder of a new pack.
///
/// # Errors
/// `pack.folder-taken` when something is there already; that it can't be written.
pub(super) fn make(folder: &Path, id: &str, title: &str, language: &str, today: &str) -> Result<()> {
    if folder.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        let sentence = format!("There is something in {} already. Name a new folder.", folder.display());
        return Err(Error::conflict("pack.folder-taken", sentence));
    }
    for (path, text) in FILES {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
        let text = text
            .replace("{id}", &quoted(id))
            .replace("{title}", &quoted(title))
            .replace("{language}", &quoted(language))
            .replace("{today}", &quoted(today));
        fs::write(path, text)?;
    }
    Ok(())
}
