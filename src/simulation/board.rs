//! The box of a simulated school: the whole program on a clock that is moved by hand, asked without a socket, and now and
//! then without power.

use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
pub(super) use axum::http::Method;
use axum::http::{Request, header};
use serde_json::Value;
use tokio::sync::watch;
use tower::ServiceExt;

use crate::app::{App, Start};
use crate::clock::{Clock, Hands};
use crate::error::{Error, Result};
use crate::files::DataDir;
use crate::people::Offer;
use crate::server;
use crate::web::Stop;

/// No answer of the box is longer.
const LONGEST_ANSWER: usize = 64 << 20;
/// A box that lost its power lets go of its files within so many milliseconds.
const LETS_GO_WITHIN: u64 = 20_000;

/// A box that has power.
pub(super) struct Board {
    pub(super) app: App,
    pub(super) hands: Arc<Hands>,
    router: Router,
    dark: watch::Sender<bool>,
    cut_at: Arc<AtomicU64>,
    /// Dropped only with the box: nobody tells a box that its power is going to fail.
    _stop: Stop,
}

impl Board {
    /// Switches a box on whose clock says `wall`, in milliseconds since 1970.
    pub(super) fn wake(data: &Path, wall: u64) -> Result<Self> {
        let (clock, hands) = Clock::by_hand(wall);
        let (stop, stopping) = Stop::new();
        let app = App::open(Start {
            data: DataDir::open(data)?,
            clock,
            ip: Ipv4Addr::LOCALHOST.into(),
            port: 8080,
            packs_port: 8081,
            stick_folders: Vec::new(),
            stopping,
            sample: false,
            offer: Offer::default(),
            // Time is made up here, and waiting would be real.
            window: Duration::ZERO,
        })?;
        let router = server::app_router(app.clone());
        let (dark, _) = watch::channel(false);
        Ok(Self { app, hands, router, dark, cut_at: Arc::new(AtomicU64::new(u64::MAX)), _stop: stop })
    }

    /// The Wi-Fi of this box.
    pub(super) fn wifi(&self) -> Wifi {
        Wifi { router: self.router.clone(), dark: self.dark.clone(), cut_at: self.cut_at.clone() }
    }

    /// Lets the power fail after so many requests from now.
    pub(super) fn cut_after(&self, requests: u64) {
        self.cut_at.store(requests, Ordering::SeqCst);
    }

    /// Whether the power has failed.
    pub(super) fn is_dark(&self) -> bool {
        *self.dark.borrow()
    }

    /// What the program does by the clock: the views follow the journal.
    pub(super) async fn keep_fresh(&self) -> Result<()> {
        if self.app.journal.is_fold_due() {
            self.app.journal.fold(crate::db::Urgency::Soon).await?;
        }
        Ok(())
    }

    /// Takes the power away: what is under way is dropped, nothing is brought to an end.
    pub(super) async fn go_dark(self) -> Result<()> {
        self.dark.send_replace(true);
        let journal = Arc::downgrade(&self.app.journal);
        drop(self);
        for _ in 0..LETS_GO_WITHIN / 10 {
            if journal.strong_count() == 0 {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Err(Error::internal("Something of the box still runs after its power was cut."))
    }
}

/// The way of a tablet or a phone to the box.
#[derive(Clone)]
pub(super) struct Wifi {
    router: Router,
    dark: watch::Sender<bool>,
    cut_at: Arc<AtomicU64>,
}

/// What came back.
pub(super) struct Answer {
    /// HTTP's number.
    pub(super) status: u16,
    /// JSON, or text in quotes where it was none.
    pub(super) body: Value,
    /// The session that the box gave.
    cookie: Option<String>,
}

impl Wifi {
    /// Asks the box; nothing comes back when it has no power before the answer.
    pub(super) async fn ask(
        &self,
        method: Method,
        path: &str,
        session: &mut Option<String>,
        body: Option<&Value>,
    ) -> Option<Answer> {
        let mut dark = self.dark.subscribe();
        let left =
            self.cut_at.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| Some(left.saturating_sub(1)));
        if left == Ok(0) {
            // Others are in the middle of theirs.
            self.dark.send_replace(true);
        }
        let answer = tokio::select! {
            answer = send(self.router.clone(), method, path, session.as_deref(), body) => answer,
            _ = dark.wait_for(|dark| *dark) => None,
        }?;
        if let Some(cookie) = &answer.cookie {
            *session = Some(cookie.clone());
        }
        Some(answer)
    }

    /// Asks for something.
    pub(super) async fn get(&self, path: &str, session: &mut Option<String>) -> Option<Answer> {
        self.ask(Method::GET, path, session, None).await
    }

    /// Brings something.
    pub(super) async fn post(
        &self,
        path: &str,
        session: &mut Option<String>,
        body: &Value,
    ) -> Option<Answer> {
        self.ask(Method::POST, path, session, Some(body)).await
    }
}

impl Answer {
    /// The body of an answer that must have come.
    ///
    /// # Errors
    /// When the box refused.
    pub(super) fn expect(self, what: &str) -> Result<Value> {
        if self.status / 100 == 2 {
            return Ok(self.body);
        }
        Err(Error::internal(format!("{what}: the box answered {} {}", self.status, self.body)))
    }
}

async fn send(
    router: Router,
    method: Method,
    path: &str,
    session: Option<&str>,
    body: Option<&Value>,
) -> Option<Answer> {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "school.local:8080")
        .header("Schoolhouse-Request", "1");
    if let Some(session) = session {
        request = request.header(header::COOKIE, session);
    }
    if body.is_some() {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    let response = router.oneshot(request.body(body).ok()?).await.ok()?;
    let (parts, body) = response.into_parts();
    let set = parts.headers.get(header::SET_COOKIE).and_then(|cookie| cookie.to_str().ok());
    let cookie = set.and_then(|cookie| cookie.split(';').next()).map(str::to_owned);
    let body = to_bytes(body, LONGEST_ANSWER).await.ok()?;
    let text = || Value::from(String::from_utf8_lossy(&body).into_owned());
    let body = serde_json::from_slice(&body).unwrap_or_else(|_| text());
    Some(Answer { status: parts.status.as_u16(), body, cookie })
}
