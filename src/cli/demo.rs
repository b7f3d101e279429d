//! `schoolhouse demo`: a throw-away school with three classes and forty students, to look around in.

use std::path::PathBuf;

use super::{print, runtime, serve};
use crate::config::Config;
use crate::error::Result;
use crate::ids::{random_bytes, to_hex};
use crate::sample;

/// Serves a sample school until SIGTERM or SIGINT, and leaves nothing behind.
///
/// # Errors
/// When there is no room or no port.
pub(super) fn run(config: &Config) -> Result<()> {
    let directory = temporary_directory()?;
    let mut config = config.clone();
    config.data.clone_from(&directory);
    let served = runtime()?.block_on(serve::serve(&config, true));
    sample::throw_away(&directory);
    served
}

fn temporary_directory() -> Result<PathBuf> {
    let name = format!("schoolhouse-demo-{}", to_hex(&random_bytes::<8>()?));
    let directory = std::env::temp_dir().join(name);
    print(&format!(
        "A sample school; it is gone when you stop it. Password of Ms Banda: {}",
        sample::PASSWORD
    ));
    Ok(directory)
}
