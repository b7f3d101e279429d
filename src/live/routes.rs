//! The lesson over HTTP: the whole, what changes as it changes, and what tablets tell of themselves.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use serde::Serialize;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::{HandState, Live, LiveClass, MoveHand, Presence};
use crate::error::{Error, Kind, Result};
use crate::ids::{ClassId, StudentId};
use crate::people::{People, Person};
use crate::web::{Caller, Gate, Json, OpenApiRouter, Path, Place, Problem, Role, Stopping, routes};

/// Proxies and old phones drop a connection on which nothing comes.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// States change by the clock too; a second is what a person takes for now.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// Answers that come close together become one look.
const GATHER: Duration = Duration::from_millis(100);
/// Events that wait for a slow screen; it misses nothing, for the next look compares with what it was sent.
const ROOM: usize = 8;
/// A browser that lost the stream comes back after so long.
const COME_BACK: Duration = Duration::from_secs(3);

/// The routes of this folder.
pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Stopping: FromRef<S>,
    Arc<People>: FromRef<S>,
    Arc<Live>: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(snapshot))
        .routes(routes!(events))
        .routes(routes!(presence))
        .routes(routes!(hand, move_hand))
        .routes(routes!(was_there))
}

/// Looks at one class for one person, who must be allowed to each time.
struct Watch {
    live: Arc<Live>,
    people: Arc<People>,
    caller: Caller,
    class: ClassId,
}

impl Watch {
    async fn look(&self) -> Result<LiveClass> {
        if !self.people.is_signed_in(&self.caller) {
            return Err(Error::sign_in_needed());
        }
        let class = self.people.class_seen_by(Person::from(&self.caller), self.class)?;
        let directory = self.people.directory();
        let language = directory.school().map_or("en", |school| school.language.as_str());
        self.live.snapshot(&class, language).await
    }
}

/// A class at work, as of now.
#[utoipa::path(get, path = "/api/v1/classes/{class}/live", tag = "live", params(("class" = ClassId, Path)),
    responses((status = 200, body = LiveClass), (status = "4XX", body = Problem)))]
async fn snapshot(
    State(live): State<Arc<Live>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
) -> Result<Json<LiveClass>> {
    Ok(Json(Watch { live, people, caller, class }.look().await?))
}

/// A class at work, as it changes.
///
/// Events: `snapshot` (`Live`) first and whenever the class itself changes, `student` (`LiveStudent`) for each row that
/// changed, `asks` (a list of `Ask`) for those who ask to be let in, `visits` (a list of student ids) for whom to visit first.
#[utoipa::path(get, path = "/api/v1/classes/{class}/live/events", tag = "live", params(("class" = ClassId, Path)),
    responses((status = 200, body = String, content_type = "text/event-stream", description = "Server-sent events"), (status = "4XX", body = Problem)))]
async fn events(
    State(live): State<Arc<Live>>,
    State(people): State<Arc<People>>,
    State(stopping): State<Stopping>,
    caller: Caller,
    Path(class): Path<ClassId>,
) -> Result<impl IntoResponse> {
    let place = live.watchers.take(caller.id).ok_or_else(too_many_watchers)?;
    let watch = Watch { live, people, caller, class };
    // The first look decides whether this person may look at all.
    let first = watch.look().await?;
    let (send, receive) = mpsc::channel(ROOM);
    tokio::spawn(keep_telling(watch, first, send, stopping, place));
    Ok(Sse::new(ReceiverStream::new(receive)).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

fn too_many_watchers() -> Error {
    Error::new(
        Kind::TooMany,
        "live.too-many-watchers",
        "Too many screens watch lessons already. Close one of them.",
    )
}

/// Until the screen is closed, the box stops, or the person may not look any more.
async fn keep_telling(
    watch: Watch,
    first: LiveClass,
    to: mpsc::Sender<Result<Event, Infallible>>,
    stopping: Stopping,
    _place: Place<[u8; 16]>,
) {
    let mut entries = watch.live.journal.subscribe();
    let mut signs = watch.live.signs.subscribe();
    let mut asks = watch.people.ask_changes();
    let mut shown = first;
    let mut news = vec![event("snapshot", &shown).retry(COME_BACK)];
    loop {
        for one in news {
            if to.send(Ok(one)).await.is_err() {
                return;
            }
        }
        tokio::select! {
            () = stopping.wait() => return,
            () = to.closed() => return,
            // Which entries came does not matter, nor whether some were missed: the next look sees them all.
            _ = entries.recv() => tokio::time::sleep(GATHER).await,
            _ = signs.changed() => tokio::time::sleep(GATHER).await,
            _ = asks.recv() => {}
            () = tokio::time::sleep(LOOK_AGAIN) => {}
        }
        let Ok(seen) = watch.look().await else { return };
        news = changes(&shown, &seen);
        shown = seen;
    }
}

/// What to send to a screen that shows `shown` when `seen` is true.
fn changes(shown: &LiveClass, seen: &LiveClass) -> Vec<Event> {
    let ids = |class: &LiveClass| class.students.iter().map(|student| student.id).collect::<Vec<_>>();
    if shown.class != seen.class || ids(shown) != ids(seen) {
        return vec![event("snapshot", seen)];
    }
    let rows = shown.students.iter().zip(&seen.students);
    let mut news: Vec<Event> =
        rows.filter(|(old, new)| old != new).map(|(_, new)| event("student", new)).collect();
    if shown.asks != seen.asks {
        news.push(event("asks", &seen.asks));
    }
    if shown.visits != seen.visits {
        news.push(event("visits", &seen.visits));
    }
    news
}

fn event<T: Serialize>(name: &str, data: &T) -> Event {
    // Rows are made of texts and numbers; they always become JSON.
    Event::default().event(name).data(serde_json::to_string(data).unwrap_or_default())
}

/// What a student's tablet tells of itself, every 15 seconds while an activity is on its screen. Not recorded.
#[utoipa::path(post, path = "/api/v1/presence", tag = "live", request_body = Presence,
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn presence(
    State(live): State<Arc<Live>>,
    caller: Caller,
    Json(presence): Json<Presence>,
) -> Result<StatusCode> {
    live.hear(caller.student()?, presence).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether the student's hand is up.
#[utoipa::path(get, path = "/api/v1/help", tag = "live",
    responses((status = 200, body = HandState), (status = "4XX", body = Problem)))]
async fn hand(State(live): State<Arc<Live>>, caller: Caller) -> Result<Json<HandState>> {
    Ok(Json(live.hand(caller.student()?).await?))
}

/// The student asks for help, or takes that back.
#[utoipa::path(post, path = "/api/v1/help", tag = "live", request_body = MoveHand,
    responses((status = 200, body = HandState), (status = "4XX", body = Problem)))]
async fn move_hand(
    State(live): State<Arc<Live>>,
    caller: Caller,
    Json(hand): Json<MoveHand>,
) -> Result<Json<HandState>> {
    Ok(Json(live.move_hand(caller.student()?, hand).await?))
}

/// Somebody was with a student (staff of the class).
///
/// The hand goes down, and the name leaves the list until something new happens.
#[utoipa::path(post, path = "/api/v1/classes/{class}/help/{student}", tag = "live",
    params(("class" = ClassId, Path), ("student" = StudentId, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn was_there(
    State(live): State<Arc<Live>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path((class, student)): Path<(ClassId, StudentId)>,
) -> Result<StatusCode> {
    let by = caller.staff(&[Role::Assistant, Role::Teacher, Role::Head])?;
    let class = people.class_seen_by(Person::Staff(by), class)?;
    if !class.students.contains(&student) {
        return Err(Error::not_found("people.student-unknown", "There is no such student in this class."));
    }
    live.was_there(student, by).await?;
    Ok(StatusCode::NO_CONTENT)
}
