//! The students' screens over HTTP. Staff may look; nothing is recorded of them.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::given::routes as given;
use super::{ActivityPage, CoursePage, Guides, Home, LessonNotes, Lessons, Reader, Review};
use crate::error::Result;
use crate::evidence::Spot;
use crate::ids::StudentId;
use crate::journal::Journal;
use crate::people::People;
use crate::web::{Caller, Gate, Json, OpenApiRouter, Path, Problem, Query, Role, routes};

/// The routes of this folder.
pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<Journal>: FromRef<S>,
    Arc<People>: FromRef<S>,
    Arc<Lessons>: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(home))
        .routes(routes!(guides))
        .routes(routes!(course))
        .routes(routes!(activity))
        .routes(routes!(keep_position))
        .routes(routes!(review))
        .routes(routes!(notes))
        .merge(given::routes())
}

/// The caller as a reader, with the language of their screens.
pub fn reader(caller: &Caller, people: &People) -> (Reader, String) {
    let directory = people.directory();
    let school = directory.school().map_or("en", |school| school.language.as_str());
    if caller.role != Role::Student {
        return (Reader::Staff, school.to_owned());
    }
    let id = StudentId(caller.id);
    let own = directory.student(id).map(|student| student.language.as_str()).filter(|own| !own.is_empty());
    (Reader::Student(id), own.unwrap_or(school).to_owned())
}

/// The first screen: where to go on, and all courses.
#[utoipa::path(get, path = "/api/v1/home", tag = "learning",
    responses((status = 200, body = Home), (status = "4XX", body = Problem)))]
async fn home(
    State(lessons): State<Arc<Lessons>>,
    State(people): State<Arc<People>>,
    caller: Caller,
) -> Result<Json<Home>> {
    let (reader, language) = reader(&caller, &people);
    Ok(Json(lessons.home(reader, &language).await?))
}

/// The guides: courses that are for teachers.
#[utoipa::path(get, path = "/api/v1/guides", tag = "learning",
    responses((status = 200, body = Guides), (status = "4XX", body = Problem)))]
async fn guides(
    State(lessons): State<Arc<Lessons>>,
    State(people): State<Arc<People>>,
    caller: Caller,
) -> Result<Json<Guides>> {
    caller.staff(&[Role::Assistant, Role::Teacher, Role::Head])?;
    let (_, language) = reader(&caller, &people);
    Ok(Json(Guides { guides: lessons.guides(&language) }))
}

/// A course with all its lessons, and how far the student is.
#[utoipa::path(get, path = "/api/v1/courses/{course}", tag = "learning",
    params(("course" = String, Path, description = "The pack's id")),
    responses((status = 200, body = CoursePage), (status = "4XX", body = Problem)))]
async fn course(
    State(lessons): State<Arc<Lessons>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(course): Path<String>,
) -> Result<Json<CoursePage>> {
    let (reader, language) = reader(&caller, &people);
    Ok(Json(lessons.course(reader, &language, &course).await?))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Again {
    /// Asks for the next run, with other numbers, when the last one is finished.
    #[serde(default)]
    again: bool,
}

type ActivityPath = Path<(String, String, String)>;

fn spot(Path((course, lesson, activity)): ActivityPath) -> Spot {
    Spot { course, lesson, activity, run: 1 }
}

/// An activity, ready to be done without a network. In a running check the questions come without their keys.
#[utoipa::path(get, path = "/api/v1/courses/{course}/lessons/{lesson}/activities/{activity}", tag = "learning",
    params(("course" = String, Path), ("lesson" = String, Path), ("activity" = String, Path), Again),
    responses((status = 200, body = ActivityPage), (status = "4XX", body = Problem)))]
async fn activity(
    State(lessons): State<Arc<Lessons>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    path: ActivityPath,
    Query(Again { again }): Query<Again>,
) -> Result<Json<ActivityPage>> {
    let (reader, language) = reader(&caller, &people);
    Ok(Json(lessons.activity(reader, &language, spot(path), again).await?))
}

/// Where a student stopped.
#[derive(Deserialize, ToSchema)]
struct Position {
    /// A second of a video or a sound, a page of a document from 1, a chapter from 0.
    position: u32,
}

/// Keeps where a student stopped, so that it goes on there on any tablet.
#[utoipa::path(put, path = "/api/v1/courses/{course}/lessons/{lesson}/activities/{activity}/position", tag = "learning",
    params(("course" = String, Path), ("lesson" = String, Path), ("activity" = String, Path)),
    request_body = Position,
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn keep_position(
    State(lessons): State<Arc<Lessons>>,
    State(journal): State<Arc<Journal>>,
    caller: Caller,
    path: ActivityPath,
    Json(Position { position }): Json<Position>,
) -> Result<StatusCode> {
    let now = journal.clock().now().wall;
    lessons.keep_position(caller.student()?, spot(path), position, now).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct WhichRun {
    /// The last finished run without it.
    run: Option<u32>,
}

/// A finished run with the student's own answers and the keys.
#[utoipa::path(get, path = "/api/v1/courses/{course}/lessons/{lesson}/activities/{activity}/review", tag = "learning",
    params(("course" = String, Path), ("lesson" = String, Path), ("activity" = String, Path), WhichRun),
    responses((status = 200, body = Review), (status = "4XX", body = Problem)))]
async fn review(
    State(lessons): State<Arc<Lessons>>,
    caller: Caller,
    path: ActivityPath,
    Query(WhichRun { run }): Query<WhichRun>,
) -> Result<Json<Review>> {
    Ok(Json(lessons.review(caller.student()?, spot(path), run).await?))
}

/// What only teachers read of a lesson: the author's notes, and what the class does without tablets.
#[utoipa::path(get, path = "/api/v1/courses/{course}/lessons/{lesson}/notes", tag = "learning",
    params(("course" = String, Path), ("lesson" = String, Path)),
    responses((status = 200, body = LessonNotes), (status = "4XX", body = Problem)))]
async fn notes(
    State(lessons): State<Arc<Lessons>>,
    caller: Caller,
    Path((course, lesson)): Path<(String, String)>,
) -> Result<Json<LessonNotes>> {
    caller.staff(&[Role::Assistant, Role::Teacher, Role::Head])?;
    Ok(Json(lessons.notes(&course, &lesson).await?))
}
