//! A whole school server in this process, without a socket: the real app, the real databases in a temporary directory.
//!
//! `TestBox::open` gives a box that nobody has set up. The people of a small school are there when they are first asked
//! for: `head`, `teacher` (of `Class 4`), `assistant` (there too), `other_teacher` (of `Class 5`), `technician`,
//! `student("Amina")` (in `Class 4`). Each is a [`Browser`] with its own cookies.
#![allow(dead_code, reason = "every test binary uses another part")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use schoolhouse::app::{App, Start};
use schoolhouse::clock::{Clock, Hands};
use schoolhouse::files::DataDir;
use schoolhouse::server;
use schoolhouse::web::Stop;
use serde_json::{Value, json};
use tower::ServiceExt;

/// 23 November 2026, in the morning.
pub const MORNING: u64 = 1_795_420_800_000;
/// What the head of the test school types.
pub const PASSWORD: &str = "mango tree 7";

/// A box with a clock that stands still until its hands are moved.
pub struct TestBox {
    pub app: App,
    pub hands: Arc<Hands>,
    /// Shared with the browsers, so that they find the box again after a restart.
    router: Arc<Mutex<Option<Router>>>,
    directory: tempfile::TempDir,
    _stop: Stop,
    people: tokio::sync::Mutex<BTreeMap<String, Browser>>,
}

impl TestBox {
    /// A new box that nobody has set up.
    pub fn open() -> Self {
        Self::open_in(tempfile::tempdir().unwrap(), MORNING, Arc::default())
    }

    fn open_in(directory: tempfile::TempDir, wall: u64, router: Arc<Mutex<Option<Router>>>) -> Self {
        let data = DataDir::open(directory.path()).unwrap();
        let (clock, hands) = Clock::by_hand(0, wall);
        let (stop, stopping) = Stop::new();
        let app = App::open(Start { data, clock, port: 8080, packs_port: 8081, stopping }).unwrap();
        *router.lock().unwrap() = Some(server::app_router(app.clone()));
        Self { app, hands, router, directory, _stop: stop, people: tokio::sync::Mutex::default() }
    }

    /// Stops the program and starts it again on the same data. The browsers keep their cookies and find it again.
    pub async fn restart(self) -> Self {
        let wall = self.app.journal.clock().now().wall;
        let Self { app, router, directory, people, .. } = self;
        *router.lock().unwrap() = None;
        let former = Arc::downgrade(&app.journal);
        drop(app);
        for _ in 0..500 {
            if former.strong_count() == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(former.strong_count(), 0, "something still holds the former program");
        Self { people, ..Self::open_in(directory, wall, router) }
    }

    /// A browser in which nobody is signed in.
    pub fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: Arc::default() }
    }

    /// The head, who sets the school up.
    pub async fn head(&self) -> Browser {
        let mut people = self.people.lock().await;
        if let Some(head) = people.get("head") {
            return head.clone();
        }
        let head = self.browser();
        let code = self.app.people.setup_code().unwrap();
        let school = json!({ "code": code, "school": "Hill School", "name": "Ms Banda", "password": PASSWORD, "language": "en" });
        head.post("/api/v1/setup", school).await.expect(200);
        people.insert("head".into(), head.clone());
        head
    }

    /// A member of the staff of that role and name, who signed in with [`PASSWORD`]; added when there is none.
    pub async fn staff(&self, role: &str, name: &str) -> Browser {
        let head = self.head().await;
        let mut people = self.people.lock().await;
        let key = format!("{role} {name}");
        if let Some(found) = people.get(&key) {
            return found.clone();
        }
        let new = json!({ "name": name, "role": role, "password": PASSWORD });
        head.post("/api/v1/staff", new).await.expect(200);
        let browser = self.browser();
        browser
            .post("/api/v1/sign-in/staff", json!({ "name": name, "password": PASSWORD }))
            .await
            .expect(200);
        people.insert(key, browser.clone());
        browser
    }

    /// Looks after the box.
    pub async fn technician(&self) -> Browser {
        self.staff("technician", "Mr Phiri").await
    }
}

/// One browser, with its cookies; a clone is another window of it.
#[derive(Clone)]
pub struct Browser {
    router: Arc<Mutex<Option<Router>>>,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Browser {
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Bytes::new()).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send_json(Method::POST, path, Some(body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send_json(Method::PATCH, path, Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send_json(Method::DELETE, path, None).await
    }

    /// A body that is no JSON, such as a photo or a pack.
    pub async fn upload(&self, path: &str, content_type: &str, body: impl Into<Bytes>) -> Answer {
        self.send(Method::POST, path, Some(content_type), body.into()).await
    }

    pub async fn send_json(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let bytes = body.as_ref().map(|body| Bytes::from(body.to_string())).unwrap_or_default();
        self.send(method, path, body.map(|_| "application/json"), bytes).await
    }

    /// Sends a request as the screens do: with the header that foreign pages can't send.
    pub async fn send(&self, method: Method, path: &str, content_type: Option<&str>, body: Bytes) -> Answer {
        let cookies: Vec<String> =
            self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder()
            .method(method.clone())
            .uri(path)
            .header(header::HOST, "school.local:8080")
            .header("Schoolhouse-Request", "1");
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if let Some(content_type) = content_type {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        let request = request.body(Body::from(body)).unwrap();
        let router = self.router.lock().unwrap().clone().unwrap();
        let response = router.oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        self.keep_cookies(&parts.headers);
        let body = to_bytes(body, 64 << 20).await.unwrap();
        Answer { asked: format!("{method} {path}"), status: parts.status, headers: parts.headers, body }
    }

    fn keep_cookies(&self, headers: &HeaderMap) {
        let mut cookies = self.cookies.lock().unwrap();
        for cookie in headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// What came back.
pub struct Answer {
    /// The request, for messages.
    asked: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    /// The JSON in it.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// The JSON of an answer with that status; anything else fails the test and shows the answer.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        let text = String::from_utf8_lossy(&self.body);
        assert_eq!(self.status.as_u16(), status, "{} gave {text}", self.asked);
        self.json()
    }

    /// A refusal with that status and code; answers the values for its sentence.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        let asked = self.asked.clone();
        let problem = self.expect(status);
        assert_eq!(problem["code"], code, "{asked} gave {problem}");
        problem["params"].clone()
    }
}
