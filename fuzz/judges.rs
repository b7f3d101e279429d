//! What is done with the bytes of a fuzzer, and with those of its corpus in `cargo test`.
#![allow(clippy::allow_attributes, reason = "each target uses another part")]
#![allow(dead_code, reason = "each target uses another part")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use schoolhouse::error::{Error, Result};
use schoolhouse::packs::{Manifest, Tree, check, open_source};

/// An archive is refused, or all that it says of its files is true.
pub(crate) fn archive(bytes: &[u8]) {
    let Ok(tree) = open_source(bytes.to_vec()) else { return };
    for path in tree.paths().expect("its paths") {
        let size = tree.size(&path).expect("a size");
        assert_eq!(tree.read(&path, size).expect("a file that was judged").len() as u64, size, "{path}");
    }
    let _ = check(&*tree);
}

/// A manifest is refused, or it is written and read again to the same.
pub(crate) fn manifest(bytes: &[u8]) {
    let Ok(manifest) = Manifest::read(bytes) else { return };
    let written = serde_json::to_string(&manifest).expect("JSON");
    let again = Manifest::read(written.as_bytes()).expect("what was written");
    assert_eq!(serde_json::to_string(&again).expect("JSON"), written);
}

/// Documents are refused, or looked over to the end. Each begins with a line `=== ` and its path.
pub(crate) fn documents(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let documents = text.split("=== ").skip(1).filter_map(|document| document.split_once('\n'));
    let tree = Documents(documents.map(|(path, text)| (path.to_owned(), text.to_owned())).collect());
    if let Ok(checked) = check(&tree) {
        let first: Vec<String> = checked.faults.iter().map(ToString::to_string).collect();
        let again = check(&tree).expect("the same as before");
        let second: Vec<String> = again.faults.iter().map(ToString::to_string).collect();
        assert_eq!(first, second, "two verdicts on one pack");
    }
}

struct Documents(BTreeMap<String, String>);

impl Tree for Documents {
    fn paths(&self) -> Result<Vec<String>> {
        Ok(self.0.keys().cloned().collect())
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>> {
        let missing = || Error::not_found("pack.file-missing", path);
        self.0
            .get(path)
            .map(|text| Box::new(Cursor::new(text.as_bytes())) as Box<dyn Read>)
            .ok_or_else(missing)
    }
}
