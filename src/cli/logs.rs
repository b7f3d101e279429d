//! Starts the log: to standard error, where journald and terminals expect it.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};
use crate::error::{Error, Result};

/// Starts the log as configured.
///
/// # Errors
/// When the filter can't be read.
pub(super) fn start(config: &Config) -> Result<()> {
    // mdns-sd tells every oddity of the network at warning level.
    let filter = format!("{},mdns_sd=error", config.log);
    let filter = EnvFilter::try_new(filter).map_err(|e| {
        Error::invalid(
            "config.wrong",
            format!("The setting log is “{}”, which can't be read: {e}", config.log),
        )
    })?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Text => log.with_ansi(std::io::stderr().is_terminal()).with_target(false).init(),
        LogFormat::Json => log.json().init(),
    }
    Ok(())
}
