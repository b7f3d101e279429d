//! Ratings over HTTP: the staff of a class see its grid and each story, a student the own map.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use serde::Deserialize;
use utoipa::IntoParams;

use super::school::Mastery;
use super::screens::{Choices, SkillGrid, SkillMap, SkillStory};
use super::sitting::{At, Wanted};
use super::{items, placement};
use crate::error::Result;
use crate::evidence::practice;
use crate::ids::{ClassId, StudentId};
use crate::lessons::{ActivityPage, reader};
use crate::people::{People, Person};
use crate::web::{Caller, Gate, Json, OpenApiRouter, Path, Problem, Query, routes};

/// The routes of this folder.
pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
    Arc<Mastery>: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(skill_grid))
        .routes(routes!(skill_story))
        .routes(routes!(skill_map))
        .routes(routes!(three_choices))
        .routes(routes!(practise))
        .routes(routes!(show_what_i_know))
        .merge(placement::routes())
        .merge(items::routes())
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct WhichCourse {
    /// The pack's id; without it the course in which most was seen.
    course: Option<String>,
}

/// How far each student of a class is with each skill of a course (the class's staff).
#[utoipa::path(get, path = "/api/v1/classes/{class}/skills", tag = "mastery",
    params(("class" = ClassId, Path), WhichCourse),
    responses((status = 200, body = SkillGrid), (status = "4XX", body = Problem)))]
async fn skill_grid(
    State(mastery): State<Arc<Mastery>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(class): Path<ClassId>,
    Query(WhichCourse { course }): Query<WhichCourse>,
) -> Result<Json<SkillGrid>> {
    let class = people.class_seen_by(Person::from(&caller), class)?;
    let (_, language) = reader(&caller, &people);
    let grid = mastery.grid(&class, course.as_deref(), &language);
    Ok(Json(grid.await?))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct InClass {
    /// The class in which it is looked at; without it the first of the student's.
    class: Option<ClassId>,
}

/// Why a student's skill is called what it is called (the student's staff, and the student).
#[utoipa::path(get, path = "/api/v1/students/{student}/skills/{course}/{skill}", tag = "mastery",
    params(("student" = StudentId, Path), ("course" = String, Path), ("skill" = String, Path), InClass),
    responses((status = 200, body = SkillStory), (status = "4XX", body = Problem)))]
async fn skill_story(
    State(mastery): State<Arc<Mastery>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path((student, course, skill)): Path<(StudentId, String, String)>,
    Query(InClass { class }): Query<InClass>,
) -> Result<Json<SkillStory>> {
    let student = people.student_seen_by(Person::from(&caller), student)?;
    if let Some(class) = class {
        people.class_seen_by(Person::from(&caller), class)?;
    }
    Ok(Json(mastery.story(student.id, &course, &skill, class).await?))
}

/// A student's own skills, and what comes next (the student).
#[utoipa::path(get, path = "/api/v1/skill-map", tag = "mastery",
    responses((status = 200, body = SkillMap), (status = "4XX", body = Problem)))]
async fn skill_map(
    State(mastery): State<Arc<Mastery>>,
    State(people): State<Arc<People>>,
    caller: Caller,
) -> Result<Json<SkillMap>> {
    let student = caller.student()?;
    let (_, language) = reader(&caller, &people);
    Ok(Json(mastery.map(student, &language).await?))
}

/// Three ways to go on (the student).
#[utoipa::path(get, path = "/api/v1/choices", tag = "mastery",
    responses((status = 200, body = Choices), (status = "4XX", body = Problem)))]
async fn three_choices(
    State(mastery): State<Arc<Mastery>>,
    State(people): State<Arc<People>>,
    caller: Caller,
) -> Result<Json<Choices>> {
    let student = caller.student()?;
    let (_, language) = reader(&caller, &people);
    Ok(Json(mastery.choices(student, &language).await?))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct WhichSitting {
    /// The sitting to go on with; with `place`.
    run: Option<u32>,
    /// The next question in it, from 0.
    place: Option<u32>,
    /// Whether to begin a new sitting.
    #[serde(default)]
    again: bool,
}

impl WhichSitting {
    pub(super) fn of(self, course: String, lesson: &'static str, activity: String) -> Wanted {
        let at = self.run.zip(self.place).map(|(run, place)| At { run, place });
        Wanted { course, lesson, activity, at, again: self.again }
    }
}

/// Questions that suit the student best, from a place of a sitting on: of one skill, or with `~all` of all (the student).
#[utoipa::path(get, path = "/api/v1/courses/{course}/practice/{skill}", tag = "mastery",
    params(("course" = String, Path), ("skill" = String, Path), WhichSitting),
    responses((status = 200, body = ActivityPage), (status = "4XX", body = Problem)))]
async fn practise(
    State(mastery): State<Arc<Mastery>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path((course, skill)): Path<(String, String)>,
    Query(which): Query<WhichSitting>,
) -> Result<Json<ActivityPage>> {
    let student = caller.student()?;
    let (_, language) = reader(&caller, &people);
    let wanted = which.of(course, practice::PRACTICE, skill);
    Ok(Json(mastery.sitting(student, &language, wanted).await?))
}

/// A few questions without feedback, to show what one knows of a skill (the student).
#[utoipa::path(get, path = "/api/v1/courses/{course}/show/{skill}", tag = "mastery",
    params(("course" = String, Path), ("skill" = String, Path), WhichSitting),
    responses((status = 200, body = ActivityPage), (status = "4XX", body = Problem)))]
async fn show_what_i_know(
    State(mastery): State<Arc<Mastery>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path((course, skill)): Path<(String, String)>,
    Query(which): Query<WhichSitting>,
) -> Result<Json<ActivityPage>> {
    let student = caller.student()?;
    let (_, language) = reader(&caller, &people);
    let wanted = which.of(course, practice::SHOW, skill);
    Ok(Json(mastery.sitting(student, &language, wanted).await?))
}
