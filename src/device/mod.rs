//! This box as a machine: how it is found on the network, what is plugged in, and what it says about itself.
//!
//! Knows no student and never will: a technician sees all of this folder's answers.

mod addresses;
mod announce;
mod mounts;
pub mod routes;

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

pub use addresses::own_addresses;
pub use announce::{Announced, Announcement, Neighbour};
pub use mounts::{Mount, Mounts};

use crate::error::Result;

/// The box that this program runs on.
pub struct Device {
    data: PathBuf,
    port: u16,
    started_at: u64,
    announced: Mutex<Option<Announced>>,
}

impl Device {
    /// The box whose app answers on `port` and whose data lies in `data`; `now` in milliseconds since 1970.
    pub fn new(data: PathBuf, port: u16, now: u64) -> Self {
        Self { data, port, started_at: now, announced: Mutex::new(None) }
    }

    /// Announces the box on the network until [`Device::say_goodbye`]. Answers with the name it got.
    ///
    /// # Errors
    /// When the network can't be listened to.
    pub fn announce(&self, what: &Announcement) -> Result<String> {
        let announced = Announced::start(what)?;
        let name = announced.name();
        *self.announced.lock().unwrap_or_else(PoisonError::into_inner) = Some(announced);
        Ok(name)
    }

    /// Tells the network that the box is leaving.
    pub fn say_goodbye(&self) {
        drop(self.announced.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    /// The names that the box answers to; empty when it does not announce itself.
    fn names(&self) -> Vec<String> {
        self.announced.lock().unwrap_or_else(PoisonError::into_inner).iter().map(Announced::name).collect()
    }

    /// The other boxes on the network, as far as this one announces itself and listens.
    pub fn neighbours(&self) -> Vec<Neighbour> {
        let announced = self.announced.lock().unwrap_or_else(PoisonError::into_inner);
        announced.as_ref().map(Announced::neighbours).unwrap_or_default()
    }

    /// Free and total bytes of the disk that holds the data.
    fn disk(&self) -> Result<(u64, u64)> {
        let disk = rustix::fs::statvfs(&self.data).map_err(std::io::Error::from)?;
        Ok((disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize))
    }

    /// Where tablets reach the app, as people type it.
    pub fn urls(&self) -> Vec<String> {
        own_addresses()
            .into_iter()
            .map(|ip| if ip.is_ipv6() { format!("[{ip}]") } else { ip.to_string() })
            .map(|host| {
                if self.port == 80 {
                    format!("http://{host}")
                } else {
                    format!("http://{host}:{}", self.port)
                }
            })
            .collect()
    }
}
