//! Accepts connections and serves them, with bounds that one wild page or one stranger on the Wi-Fi can't break.

use std::net::IpAddr;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::Stopping;
use super::places::{Place, Places};

/// Forty tablets with the six connections of a browser each, and some; both ports together stay below the thousand files
/// that Linux lets a program open.
const MOST: usize = 384;
/// A whole class may share one address; a stranger must not take all connections from one.
const MOST_FROM_ONE: usize = 256;
/// The head of the next request must be here after so long, also on a connection that rests between two.
const HEAD_WITHIN: Duration = Duration::from_secs(60);
/// The head of a request in bytes, with all cookies; ours have less than one thousand.
const LARGEST_HEAD: usize = 32 << 10;
/// When no file can be opened for a connection, the next try waits for others to close.
const REST: Duration = Duration::from_millis(200);

/// Serves `router` until the stop, then finishes the requests under way.
pub async fn serve(listener: TcpListener, router: Router, stopping: Stopping) {
    let places = Places::new(MOST, MOST_FROM_ONE);
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            () = stopping.wait() => break,
            Some(_) = connections.join_next() => continue,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                let Some(place) = places.take(peer.ip().to_canonical()) else {
                    tracing::debug!("a connection too many was closed");
                    continue;
                };
                connections.spawn(serve_connection(stream, router.clone(), stopping.clone(), place));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(REST).await;
            }
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

async fn serve_connection(stream: TcpStream, router: Router, stopping: Stopping, _place: Place<IpAddr>) {
    // Answers are written whole; waiting for more to send would only delay them.
    let _ = stream.set_nodelay(true);
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN).max_buf_size(LARGEST_HEAD);
    let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        // Broken connections are the other end's business.
        _ = connection.as_mut() => return,
        () = stopping.wait() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}
