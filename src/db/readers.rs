//! A few read-only connections that share the data with the writer.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::{Options, open_connection};
use crate::error::{Error, Result};

pub(super) struct Readers {
    idle: Arc<Mutex<Vec<Connection>>>,
    turn: Arc<Semaphore>,
    count: usize,
}

impl Readers {
    pub(super) fn open(options: &Options) -> Result<Self> {
        let idle =
            (0..options.readers).map(|_| open_connection(options, true)).collect::<Result<Vec<_>>>()?;
        Ok(Self {
            idle: Arc::new(Mutex::new(idle)),
            turn: Arc::new(Semaphore::new(options.readers)),
            count: options.readers,
        })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let turn = self.turn.clone().acquire_owned().await.map_err(|_| super::stopped())?;
        let idle = self.idle.clone();
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            read_with(&idle, work)
        })
        .await
        .map_err(|e| Error::internal("A read was broken off.").caused_by(e))?
    }

    pub(super) fn read_blocking<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        loop {
            if let Ok(_turn) = self.turn.try_acquire() {
                return read_with(&self.idle, work);
            }
            std::thread::yield_now();
        }
    }
}

fn read_with<T>(idle: &Mutex<Vec<Connection>>, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
    let lent = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let connection =
        Lent { idle, connection: Some(lent.ok_or_else(|| Error::internal("No reader was free."))?) };
    let Some(open) = &connection.connection else { return Err(Error::internal("No reader was free.")) };
    // A transaction gives one consistent picture; readers write nothing, so its end can't fail in a way that matters.
    let picture = open.unchecked_transaction()?;
    let result = work(&picture);
    drop(picture);
    result
}

/// Gives the connection back, also when the work panics.
struct Lent<'a> {
    idle: &'a Mutex<Vec<Connection>>,
    connection: Option<Connection>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        }
    }
}
