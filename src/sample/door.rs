//! Opens a sample school beside a box that is not set up, on ports of its own: what happens there stays there.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::Mutex;

use super::fill;
use crate::app::{App, Start};
use crate::clock::Clock;
use crate::db::Options;
use crate::error::{Error, Result};
use crate::files::DataDir;
use crate::ids::{random_bytes, to_hex};
use crate::people::Offer;
use crate::running::Running;
use crate::web::{Stop, Stopping};

/// A sample school closes after so long; whoever still looks around opens the next one.
const OPEN_FOR: Duration = Duration::from_secs(2 * 60 * 60);

/// The way into the sample school.
pub struct Door {
    ip: IpAddr,
    directory: PathBuf,
    stopping: Stopping,
    open: Mutex<Option<OpenSample>>,
}

struct OpenSample {
    port: u16,
    closed: tokio::task::JoinHandle<()>,
}

impl Door {
    /// A door that opens on `ip`; samples lie under `directory` while they are open.
    pub fn new(ip: IpAddr, directory: PathBuf, stopping: Stopping) -> Self {
        Self { ip, directory, stopping, open: Mutex::new(None) }
    }

    /// Opens the sample school if it is not open, and answers with its port.
    ///
    /// # Errors
    /// When there is no port or no room.
    pub async fn open(&self) -> Result<u16> {
        let mut open = self.open.lock().await;
        if let Some(sample) = open.as_ref().filter(|sample| !sample.closed.is_finished()) {
            return Ok(sample.port);
        }
        let listener = TcpListener::bind((self.ip, 0)).await?;
        let packs_listener = TcpListener::bind((self.ip, 0)).await?;
        let (port, packs_port) = (listener.local_addr()?.port(), packs_listener.local_addr()?.port());
        let directory = self.directory.join(format!("sample-{}", to_hex(&random_bytes::<8>()?)));
        let (stop, stopping) = Stop::new();
        let start = Start {
            data: DataDir::open(&directory)?,
            clock: Clock::system(),
            ip: self.ip,
            port,
            packs_port,
            stick_folders: Vec::new(),
            stopping,
            sample: true,
            offer: Offer::default(),
            window: Options::WINDOW,
        };
        let app = tokio::task::spawn_blocking(|| App::open(start))
            .await
            .map_err(|e| Error::internal("The sample school did not open.").caused_by(e))??;
        fill(&app).await?;
        let running = Running::start(&app, listener, packs_listener);
        drop(app);
        let box_stops = self.stopping.clone();
        let closed = tokio::spawn(async move {
            let _ = tokio::time::timeout(OPEN_FOR, box_stops.wait()).await;
            stop.call();
            running.finish().await;
            throw_away(&directory);
        });
        *open = Some(OpenSample { port, closed });
        Ok(port)
    }
}

/// Removes a sample's directory. What can't be removed now is in the way of nothing.
pub fn throw_away(directory: &std::path::Path) {
    if let Err(error) = std::fs::remove_dir_all(directory) {
        tracing::warn!(%error, "the sample school could not be removed");
    }
}
