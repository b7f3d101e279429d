//! A school server under way: its two listeners and what happens in the background.

use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::app::App;
use crate::{background, server, web};

/// Requests under way get so long to finish after a stop was asked for.
const GRACE: Duration = Duration::from_secs(5);

/// The tasks of one school server.
pub struct Running {
    listeners: [JoinHandle<()>; 2],
    folding: JoinHandle<()>,
}

impl Running {
    /// Begins to serve; ends when the app's `Stopping` says so.
    pub fn start(app: &App, listener: TcpListener, packs_listener: TcpListener) -> Self {
        let apps = web::serve(listener, server::app_router(app.clone()), app.stopping.clone());
        let packs = web::serve(packs_listener, server::packs_router(app), app.stopping.clone());
        app.library.watch();
        let mastery = (app.journal.clone(), app.mastery.clone(), app.stopping.clone());
        tokio::spawn(background::keep_difficulties_true(mastery.0, mastery.1, mastery.2));
        let (sync, library) = (app.sync.clone(), app.library.clone());
        tokio::spawn(background::keep_hub_informed(sync, library, app.stopping.clone()));
        let (sync, device, library) = (app.sync.clone(), app.device.clone(), app.library.clone());
        tokio::spawn(background::keep_boxes_alike(sync, device, library, app.stopping.clone()));
        let (backup, library) = (app.backup.clone(), app.library.clone());
        tokio::spawn(background::keep_copies(backup, library, app.stopping.clone()));
        let folding = background::keep_views_fresh(app.journal.clone(), app.stopping.clone());
        Self { listeners: [tokio::spawn(apps), tokio::spawn(packs)], folding: tokio::spawn(folding) }
    }

    /// Waits, after the stop was called, until requests are answered and the views are up to date.
    pub async fn finish(self) {
        let listeners = async {
            for listener in self.listeners {
                if let Err(error) = listener.await {
                    tracing::error!(%error, "a listener broke");
                }
            }
        };
        if tokio::time::timeout(GRACE, listeners).await.is_err() {
            tracing::warn!("some requests did not finish in time");
        }
        if let Err(error) = self.folding.await {
            tracing::error!(%error, "the views were left behind; they follow at the next start");
        }
    }
}
