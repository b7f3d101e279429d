//! A slow card: syncs that take as long as a good SD card's, for servers on a machine whose disk answers at once.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A good card's sync, in microseconds (measured on cards: 2.4 to 4.3 ms; `docs/decisions/0002-sqlite-settings.md`).
const SYNC: u32 = 4_000;

/// A library to load before the C library: the same syncs, later.
pub(crate) fn make(scratch: &Path) -> Option<PathBuf> {
    let (source, library) = (scratch.join("card.c"), scratch.join("card.so"));
    let text = format!(
        "#define _GNU_SOURCE\n#include <dlfcn.h>\n#include <unistd.h>\n\
         int fdatasync(int f) {{ usleep({SYNC}); return ((int (*)(int))dlsym(RTLD_NEXT, \"fdatasync\"))(f); }}\n\
         int fsync(int f) {{ usleep({SYNC}); return ((int (*)(int))dlsym(RTLD_NEXT, \"fsync\"))(f); }}\n"
    );
    std::fs::write(&source, text).ok()?;
    let made = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&library)
        .arg(&source)
        .arg("-ldl")
        .status();
    made.ok()?.success().then_some(library)
}
