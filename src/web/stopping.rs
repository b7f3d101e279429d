//! The word that the server is about to stop, for whatever would otherwise go on for ever.

use tokio::sync::watch;

/// Tells everybody who holds a [`Stopping`] to come to an end. Dropping it tells them too.
pub struct Stop(watch::Sender<bool>);

/// Waits for the stop; a cheap clone.
#[derive(Clone)]
pub struct Stopping(watch::Receiver<bool>);

impl Stop {
    /// A stop that is not called yet, and the way to wait for it.
    pub fn new() -> (Self, Stopping) {
        let (send, receive) = watch::channel(false);
        (Self(send), Stopping(receive))
    }

    /// Tells everybody.
    pub fn call(&self) {
        self.0.send_replace(true);
    }
}

impl Stopping {
    /// Whether the stop was called, for long work that looks up now and then.
    pub fn is_called(&self) -> bool {
        *self.0.borrow() || self.0.has_changed().is_err()
    }

    /// Returns when the stop was called.
    pub async fn wait(&self) {
        // An error means that the other end is gone, and with it the server.
        let _ = self.0.clone().wait_for(|called| *called).await;
    }
}
