//! `schoolhouse serve`: the school server, until it is told to stop.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::{print, runtime};
use crate::app::{App, Start};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Options;
use crate::device::{Announcement, own_addresses};
use crate::error::{Error, Result};
use crate::files::DataDir;
use crate::people::Offer;
use crate::running::Running;
use crate::sample;
use crate::web::{Stop, Stopping};

/// The app's port where it may be had, and where it may not.
const PORTS: [u16; 2] = [80, 8080];
/// Serves until SIGTERM or SIGINT.
///
/// # Errors
/// When the data can't be opened or no port can be had.
pub(super) fn run(config: &Config) -> Result<()> {
    runtime()?.block_on(serve(config, false))
}

/// Serves the school in the data directory, or a sample school that it fills first.
///
/// # Errors
/// When the data can't be opened or no port can be had.
pub(super) async fn serve(config: &Config, sample: bool) -> Result<()> {
    let signals = StopSignals::listen()?;
    let listener = listen(config.listen, &PORTS).await?;
    let own = listener.local_addr()?;
    let port = own.port();
    let packs_listener = listen(config.packs_listen, &[port.saturating_add(1), 0]).await?;
    let packs_port = packs_listener.local_addr()?.port();
    let (stop, stopping) = Stop::new();
    let start = Start {
        data: DataDir::open(&config.data)?,
        clock: Clock::system(),
        ip: own.ip(),
        port,
        packs_port,
        stick_folders: config.stick_folders.clone(),
        stopping: stopping.clone(),
        sample,
        offer: Offer { school: config.school.clone(), language: config.language.clone() },
        window: Options::WINDOW,
    };
    let app = App::open(start)?;
    if sample {
        sample::fill(&app).await?;
    }
    let announced = announce(config, &app, port, packs_port);
    let watchdog = tokio::spawn(keep_watchdog_quiet(stopping));
    let running = Running::start(&app, listener, packs_listener);
    welcome(config, port, announced.as_deref(), app.people.setup_code());
    // Outside systemd there is nobody to tell.
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Ready]);

    signals.wait().await;
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Stopping]);
    app.device.say_goodbye();
    stop.call();
    running.finish().await;
    watchdog.abort();
    app.backup.say_stopped();
    Ok(())
}

/// What tells the server to stop. Listened to from before it says where it is, so that no word comes too early.
pub(super) struct StopSignals {
    terminate: Signal,
    interrupt: Signal,
}

impl StopSignals {
    pub(super) fn listen() -> Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    pub(super) async fn wait(mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// The address that was chosen, or the first of `ports` that may be had on all interfaces.
pub(super) async fn listen(chosen: Option<SocketAddr>, ports: &[u16]) -> Result<TcpListener> {
    if let Some(address) = chosen {
        return TcpListener::bind(address).await.map_err(|e| {
            Error::invalid(
                "box.port-taken",
                format!("Cannot listen on {address}. Is another server running there?"),
            )
            .caused_by(e)
        });
    }
    let everywhere: [IpAddr; 2] = [Ipv6Addr::UNSPECIFIED.into(), Ipv4Addr::UNSPECIFIED.into()];
    for port in ports {
        for ip in everywhere {
            if let Ok(listener) = TcpListener::bind((ip, *port)).await {
                return Ok(listener);
            }
        }
    }
    Err(Error::invalid("box.port-taken", "No port is free. Choose one with --listen 0.0.0.0:PORT."))
}

/// Answers with the name that the box got, if it announces itself.
fn announce(config: &Config, app: &App, port: u16, packs_port: u16) -> Option<String> {
    let name = config.mdns_name.clone()?;
    let school = app.people.directory().school().map(|school| school.name.clone()).unwrap_or_default();
    let box_id = app.journal.stream().to_string();
    let what = Announcement { name, box_id, school, port, packs_port };
    app.device.announce(&what).map_err(|error| tracing::warn!(%error, "not announced")).ok()
}

/// systemd restarts a server that stops answering; half the time it allows is the usual pace.
async fn keep_watchdog_quiet(stopping: Stopping) {
    let Some(limit) = sd_notify::watchdog_enabled() else { return };
    let mut timer = tokio::time::interval(limit / 2);
    loop {
        tokio::select! {
            () = stopping.wait() => return,
            _ = timer.tick() => {
                let _ = sd_notify::notify(&[sd_notify::NotifyState::Watchdog]);
            }
        }
    }
}

/// Tells the person at the terminal where to go.
fn welcome(config: &Config, port: u16, announced: Option<&str>, setup_code: Option<String>) {
    let address = url(config, port);
    // Whoever scans it on the day of the set-up need not type the code.
    let door =
        setup_code.as_ref().map_or_else(|| address.clone(), |code| format!("{address}/set-up?code={code}"));
    if let Ok(qr) = fast_qr::QRBuilder::new(door).build() {
        print(&qr.to_str());
    }
    if let Some(code) = setup_code {
        print(&format!("Set-up code: {code}"));
    }
    print(&format!("Schoolhouse is open at {address}"));
    if let Some(name) = announced {
        print(&format!("                    or http://{name}{}", port_suffix(port)));
    }
}

fn url(config: &Config, port: u16) -> String {
    let chosen = config.listen.map(|address| address.ip()).filter(|ip| !ip.is_unspecified());
    let ip = chosen.or_else(|| own_addresses().first().copied()).unwrap_or(Ipv4Addr::LOCALHOST.into());
    match ip {
        IpAddr::V4(ip) => format!("http://{ip}{}", port_suffix(port)),
        IpAddr::V6(ip) => format!("http://[{ip}]{}", port_suffix(port)),
    }
}

fn port_suffix(port: u16) -> String {
    if port == 80 { String::new() } else { format!(":{port}") }
}
