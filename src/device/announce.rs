//! Says on the network that the box is here, and hears who else is: mDNS and DNS-SD.
//!
//! Announces two services and answers to a name of its own, `school.local`, never to the machine's host name: that one
//! belongs to the system's own responder. When another box has the name, the next one is taken (`school-2.local`).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use mdns_sd::{DaemonEvent, ResolvedService, ServiceDaemon, ServiceEvent, ServiceInfo};

use crate::error::{Error, Result};

/// What is announced.
#[derive(Clone, Debug)]
pub struct Announcement {
    /// The name to answer to, without `.local`.
    pub name: String,
    /// The box's stream, in hexadecimal: tells boxes of one school apart.
    pub box_id: String,
    /// What people call the school; empty before it is set up.
    pub school: String,
    /// The app's port.
    pub port: u16,
    /// The packs' port.
    pub packs_port: u16,
}

/// For browsers of services in general, and for other boxes.
const SERVICES: [&str; 2] = ["_http._tcp.local.", BOXES];
/// What only boxes of ours announce.
const BOXES: &str = "_schoolhouse._tcp.local.";
/// How long a goodbye may take before we leave without one.
const GOODBYE: Duration = Duration::from_secs(1);

/// Another box on the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// Its stream, in hexadecimal.
    pub box_id: String,
    /// What its school is called; empty before it is set up.
    pub school: String,
    /// Where it answers, as `http://192.168.1.7:8080`.
    pub url: String,
}

/// Boxes by the full names of their services.
type Neighbours = Arc<Mutex<BTreeMap<String, Neighbour>>>;

/// A running announcement; says goodbye when it is dropped.
pub struct Announced {
    daemon: ServiceDaemon,
    full_names: Vec<String>,
    name: Arc<Mutex<String>>,
    neighbours: Neighbours,
}

impl Announced {
    /// Begins to announce on all interfaces, also on those that come later.
    ///
    /// # Errors
    /// When the network can't be listened to (another program may hold the mDNS port for itself).
    pub fn start(what: &Announcement) -> Result<Self> {
        let daemon = ServiceDaemon::new().map_err(|e| cannot(&e))?;
        let host = format!("{}.local.", what.name);
        let name = Arc::new(Mutex::new(host.trim_end_matches('.').to_owned()));
        follow_name_changes(&daemon, host.clone(), name.clone())?;
        let neighbours = Neighbours::default();
        follow_neighbours(&daemon, what.box_id.clone(), neighbours.clone())?;
        let mut full_names = Vec::new();
        for service in SERVICES {
            let instance = instance_name(what);
            let text = properties(what);
            let info = ServiceInfo::new(service, &instance, &host, "", what.port, &text[..])
                .map_err(|e| cannot(&e))?;
            let info = info.enable_addr_auto();
            full_names.push(info.get_fullname().to_owned());
            daemon.register(info).map_err(|e| cannot(&e))?;
        }
        Ok(Self { daemon, full_names, name, neighbours })
    }

    /// The other boxes that are on the network now.
    pub fn neighbours(&self) -> Vec<Neighbour> {
        self.neighbours.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    /// The name that the box answers to now, such as `school-2.local`.
    pub fn name(&self) -> String {
        self.name.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Announced {
    fn drop(&mut self) {
        let goodbyes: Vec<_> =
            self.full_names.iter().filter_map(|name| self.daemon.unregister(name).ok()).collect();
        for goodbye in goodbyes {
            // A network that is gone hears no goodbye; the records expire by themselves.
            let _ = goodbye.recv_timeout(GOODBYE);
        }
        if let Ok(stopped) = self.daemon.shutdown() {
            let _ = stopped.recv_timeout(GOODBYE);
        }
    }
}

/// The TXT record: what another program needs to know before it connects.
fn properties(what: &Announcement) -> Vec<(&'static str, String)> {
    vec![
        ("box", what.box_id.clone()),
        ("name", what.school.clone()),
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("path", "/api/v1".to_owned()),
        ("packs", what.packs_port.to_string()),
    ]
}

fn instance_name(what: &Announcement) -> String {
    let school = if what.school.is_empty() { "Schoolhouse" } else { &what.school };
    // An instance name holds at most 63 bytes; the end of the box's id keeps two schools of one name apart.
    let mut short: String = school.chars().take(40).collect();
    while short.len() > 50 {
        short.pop();
    }
    format!("{short} {}", &what.box_id[..4.min(what.box_id.len())])
}

fn follow_name_changes(daemon: &ServiceDaemon, asked: String, name: Arc<Mutex<String>>) -> Result<()> {
    let events = daemon.monitor().map_err(|e| cannot(&e))?;
    std::thread::Builder::new().name("mdns-names".into()).spawn(move || {
        // Ends when the daemon stops and the channel closes.
        while let Ok(event) = events.recv() {
            if let DaemonEvent::NameChange(change) = event
                && change.original == asked
            {
                let new_name = change.new_name.trim_end_matches('.').to_owned();
                tracing::warn!(name = new_name, "another box has our name; taking the next");
                *name.lock().unwrap_or_else(PoisonError::into_inner) = new_name;
            }
        }
    })?;
    Ok(())
}

fn follow_neighbours(daemon: &ServiceDaemon, own: String, neighbours: Neighbours) -> Result<()> {
    let events = daemon.browse(BOXES).map_err(|e| cannot(&e))?;
    std::thread::Builder::new().name("mdns-boxes".into()).spawn(move || {
        // Ends when the daemon stops and the channel closes.
        while let Ok(event) = events.recv() {
            let mut known = neighbours.lock().unwrap_or_else(PoisonError::into_inner);
            match event {
                ServiceEvent::ServiceResolved(service) => {
                    if let Some(found) = neighbour(&service).filter(|found| found.box_id != own) {
                        known.insert(service.get_fullname().to_owned(), found);
                    }
                }
                ServiceEvent::ServiceRemoved(_, name) => drop(known.remove(&name)),
                _ => {}
            }
        }
    })?;
    Ok(())
}

/// What a service of ours says of its box; nothing where it has no address that a program can go to.
fn neighbour(service: &ResolvedService) -> Option<Neighbour> {
    let text = |name: &str| service.get_property_val_str(name).unwrap_or_default().to_owned();
    // The least one, so that the same box does not move from one address of its to the other.
    let address = service.get_addresses_v4().into_iter().min()?;
    let url = format!("http://{address}:{}", service.get_port());
    Some(Neighbour { box_id: text("box"), school: text("name"), url })
}

fn cannot(error: &mdns_sd::Error) -> Error {
    Error::internal("The box can't announce itself on the network; it can still be reached by its address.")
        .caused_by(error.to_string())
}
