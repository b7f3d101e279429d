//! A whole school server in this process, without a socket: the real app, the real databases in a temporary directory.
//!
//! `TestBox::open` gives a box that nobody has set up. The people of a small school are there when they are first asked
//! for: `head`, `teacher` (of `Class 4`), `assistant` (there too), `other_teacher` (of `Class 5`), `technician`,
//! `student("Amina")` (in `Class 4`). Each is a [`Browser`] with its own cookies.
#![allow(
    clippy::allow_attributes,
    reason = "what is unused differs between the test binaries that share this"
)]
#![allow(dead_code, reason = "every test binary uses another part")]

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Method, Request, Response, StatusCode, header};
use schoolhouse::app::{App, Start};
use schoolhouse::clock::{Clock, Hands};
use schoolhouse::files::DataDir;
use schoolhouse::ids::to_hex;
use schoolhouse::people::Person;
use schoolhouse::server;
use schoolhouse::web::Stop;
use serde_json::{Value, json};
use tower::ServiceExt;

/// 23 November 2026, in the morning.
pub(crate) const MORNING: u64 = 1_795_420_800_000;
/// What the head of the test school types.
pub(crate) const PASSWORD: &str = "mango tree 7";

/// A box with a clock that stands still until its hands are moved.
pub(crate) struct TestBox {
    pub(crate) app: App,
    pub(crate) hands: Arc<Hands>,
    /// Shared with the browsers, so that they find the box again after a restart.
    router: Arc<Mutex<Option<Router>>>,
    directory: tempfile::TempDir,
    sticks: Vec<PathBuf>,
    stop: Stop,
    people: tokio::sync::Mutex<BTreeMap<String, Browser>>,
}

impl TestBox {
    /// A new box that nobody has set up.
    pub(crate) fn open() -> Self {
        Self::open_with_sticks(Vec::new())
    }

    /// A new box that looks into those folders as if they were USB sticks.
    pub(crate) fn open_with_sticks(sticks: Vec<PathBuf>) -> Self {
        Self::open_in(tempfile::tempdir().unwrap(), sticks, MORNING, Arc::default())
    }

    fn open_in(
        directory: tempfile::TempDir,
        sticks: Vec<PathBuf>,
        wall: u64,
        router: Arc<Mutex<Option<Router>>>,
    ) -> Self {
        let data = DataDir::open(directory.path()).unwrap();
        let (clock, hands) = Clock::by_hand(wall);
        let (stop, stopping) = Stop::new();
        let app = App::open(Start {
            data,
            clock,
            port: 8080,
            packs_port: 8081,
            stick_folders: sticks.clone(),
            stopping,
            ip: Ipv4Addr::LOCALHOST.into(),
            sample: false,
            offer: schoolhouse::people::Offer { school: "Hill".into(), language: "es".into() },
            window: schoolhouse::db::Options::WINDOW,
        })
        .unwrap();
        *router.lock().unwrap() = Some(server::app_router(app.clone()));
        Self { app, hands, router, directory, sticks, stop, people: tokio::sync::Mutex::default() }
    }

    /// Stops the program and starts it again on the same data. The browsers keep their cookies and find it again.
    pub(crate) async fn restart(self) -> Self {
        let wall = self.app.journal.clock().now().wall;
        self.restart_at(wall).await
    }

    /// The same on a board whose clock says `wall` when it wakes.
    pub(crate) async fn restart_at(self, wall: u64) -> Self {
        let Self { app, router, directory, sticks, people, stop, .. } = self;
        stop.call();
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
        Self { people, ..Self::open_in(directory, sticks, wall, router) }
    }

    /// The directory of everything that survives.
    pub(crate) fn data(&self) -> &Path {
        self.directory.path()
    }

    /// Tells the program that it is about to stop.
    pub(crate) fn stop(&self) {
        self.stop.call();
    }

    /// A browser in which nobody is signed in.
    pub(crate) fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: Arc::default() }
    }

    /// A browser in which that person has just signed in without being asked for anything; `me` is their `Me`.
    pub(crate) async fn let_in(&self, me: &Value) -> Browser {
        let id = me["id"].as_str().unwrap();
        let who = match me["role"].as_str().unwrap() {
            "student" => Person::Student(id.parse().unwrap()),
            _ => Person::Staff(id.parse().unwrap()),
        };
        let token = self.app.people.let_in(who, None, None).await.unwrap();
        let browser = self.browser();
        browser.cookies.lock().unwrap().insert(self.app.gate.cookie.to_string(), to_hex(&token));
        browser
    }

    /// The head, who sets the school up.
    pub(crate) async fn head(&self) -> Browser {
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
    pub(crate) async fn staff(&self, role: &str, name: &str) -> Browser {
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
    pub(crate) async fn technician(&self) -> Browser {
        self.staff("technician", "Mr Phiri").await
    }

    /// Teaches `Class 4`.
    pub(crate) async fn teacher(&self) -> Browser {
        let teacher = self.staff("teacher", "Ms Tembo").await;
        self.class_of(&teacher, "Class 4").await;
        teacher
    }

    /// Teaches `Class 5` and has nothing to do with `Class 4`.
    pub(crate) async fn other_teacher(&self) -> Browser {
        let teacher = self.staff("teacher", "Mr Okello").await;
        self.class_of(&teacher, "Class 5").await;
        teacher
    }

    /// Helps in `Class 4`.
    pub(crate) async fn assistant(&self) -> Browser {
        let assistant = self.staff("assistant", "Ms Njeri").await;
        let (teacher, class) = (self.teacher().await, self.class_4().await);
        let ids = [teacher.me().await["id"].clone(), assistant.me().await["id"].clone()];
        teacher.patch(&format!("/api/v1/classes/{class}"), json!({ "staff": ids })).await.expect(200);
        assistant
    }

    /// The id of `Class 4`.
    pub(crate) async fn class_4(&self) -> String {
        let teacher = self.teacher().await;
        self.class_of(&teacher, "Class 4").await
    }

    /// The id of the caller's class of that name; added when there is none.
    pub(crate) async fn class_of(&self, teacher: &Browser, name: &str) -> String {
        let classes = teacher.get("/api/v1/classes").await.expect(200);
        let found =
            classes["classes"].as_array().unwrap().iter().find(|class| class["name"] == name).cloned();
        let class = match found {
            Some(class) => class,
            None => teacher.post("/api/v1/classes", json!({ "name": name })).await.expect(200),
        };
        class["id"].as_str().unwrap().to_owned()
    }

    /// The student of that name in `Class 4`, as their teacher sees them; added when there is none.
    pub(crate) async fn student_row(&self, name: &str) -> Value {
        let (teacher, class) = (self.teacher().await, self.class_4().await);
        let students = format!("/api/v1/classes/{class}/students");
        let list = teacher.get(&students).await.expect(200);
        let found =
            list["students"].as_array().unwrap().iter().find(|student| student["name"] == name).cloned();
        match found {
            Some(student) => student,
            None => teacher.post(&students, json!({ "name": name })).await.expect(200),
        }
    }

    /// The student of that name in `Class 4`, signed in by their pictures on a tablet of their own; the same browser
    /// each time.
    pub(crate) async fn student(&self, name: &str) -> Browser {
        let row = self.student_row(name).await;
        let mut people = self.people.lock().await;
        let key = format!("student {name}");
        if let Some(found) = people.get(&key) {
            return found.clone();
        }
        let browser = self.browser();
        browser.sign_in(&row, &format!("{:016x}", people.len() + 1)).await.expect(200);
        people.insert(key, browser.clone());
        browser
    }
}

/// One browser, with its cookies; a clone is another window of it.
#[derive(Clone)]
pub(crate) struct Browser {
    router: Arc<Mutex<Option<Router>>>,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Browser {
    /// Who is signed in.
    pub(crate) async fn me(&self) -> Value {
        self.get("/api/v1/me").await.expect(200)
    }

    /// Signs a student in by their pictures; `student` is a row of the teacher's list.
    pub(crate) async fn sign_in(&self, student: &Value, client: &str) -> Answer {
        let body = json!({ "student": student["id"], "pictures": student["pictures"], "client": client });
        self.post("/api/v1/sign-in/pictures", body).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Bytes::new()).await
    }

    /// Asks for what is known already under `tag`.
    pub(crate) async fn get_known(&self, path: &str, tag: &str) -> Answer {
        let more = [(header::IF_NONE_MATCH, tag)];
        let response = self.begin_with(Method::GET, path, &more, Bytes::new()).await;
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 64 << 20).await.unwrap();
        Answer { asked: format!("GET {path}"), status: parts.status, headers: parts.headers, body }
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send_json(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send_json(Method::PATCH, path, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send_json(Method::DELETE, path, None).await
    }

    /// A body that is no JSON, such as a photo or a pack.
    pub(crate) async fn upload(&self, path: &str, content_type: &str, body: impl Into<Bytes>) -> Answer {
        self.send(Method::POST, path, Some(content_type), body.into()).await
    }

    pub(crate) async fn send_json(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let bytes = body.as_ref().map(|body| Bytes::from(body.to_string())).unwrap_or_default();
        self.send(method, path, body.map(|_| "application/json"), bytes).await
    }

    /// Sends a request as the screens do: with the header that foreign pages can't send.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        content_type: Option<&str>,
        body: Bytes,
    ) -> Answer {
        let response = self.begin(method.clone(), path, content_type, body).await;
        let (parts, body) = response.into_parts();
        // A stream of events has no end.
        let is_stream =
            parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
        let body = if is_stream { Bytes::new() } else { to_bytes(body, 64 << 20).await.unwrap() };
        Answer { asked: format!("{method} {path}"), status: parts.status, headers: parts.headers, body }
    }

    /// An answer whose body is still to come, such as a stream of events.
    pub(crate) async fn stream(&self, path: &str) -> Response<Body> {
        self.begin(Method::GET, path, None, Bytes::new()).await
    }

    async fn begin(
        &self,
        method: Method,
        path: &str,
        content_type: Option<&str>,
        body: Bytes,
    ) -> Response<Body> {
        let more: Vec<_> = content_type.map(|kind| (header::CONTENT_TYPE, kind)).into_iter().collect();
        self.begin_with(method, path, &more, body).await
    }

    async fn begin_with(
        &self,
        method: Method,
        path: &str,
        more: &[(header::HeaderName, &str)],
        body: Bytes,
    ) -> Response<Body> {
        let cookies: Vec<String> =
            self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "school.local:8080")
            .header("Schoolhouse-Request", "1");
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        for (name, value) in more {
            request = request.header(name, *value);
        }
        let request = request.body(Body::from(body)).unwrap();
        let router = self.router.lock().unwrap().clone().unwrap();
        let response = router.oneshot(request).await.unwrap();
        self.keep_cookies(response.headers());
        response
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
pub(crate) struct Answer {
    /// The request, for messages.
    asked: String,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    /// The JSON in it.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// The JSON of an answer with that status; anything else fails the test and shows the answer.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Value {
        let text = String::from_utf8_lossy(&self.body);
        assert_eq!(self.status.as_u16(), status, "{} gave {text}", self.asked);
        self.json()
    }

    /// A refusal with that status and code; answers the values for its sentence.
    #[track_caller]
    pub(crate) fn refused(self, status: u16, code: &str) -> Value {
        let asked = self.asked.clone();
        let problem = self.expect(status);
        assert_eq!(problem["code"], code, "{asked} gave {problem}");
        problem["params"].clone()
    }
}
