//! Looking around: opening a sample school, and walking into it.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Door;
use super::names::{FIRST_CLASS, HEAD};
use crate::error::{Error, Kind, Result};
use crate::people::{Me, People, Person};
use crate::web::{Gate, Json, MaybeCaller, OpenApiRouter, Problem, SessionCookie, routes};

/// The routes of this folder.
pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
    Arc<Door>: FromRef<S>,
{
    OpenApiRouter::new().routes(routes!(open_sample)).routes(routes!(enter_sample))
}

/// Where the sample school is.
#[derive(Serialize, ToSchema)]
#[schema(as = SampleSchool)]
struct SampleAnswer {
    /// Its port on the same host.
    port: u16,
    /// The class to look at.
    students: String,
    /// Whom a visitor enters as.
    teacher: String,
}

/// Opens a throw-away school with forty students beside a box that is not set up.
#[utoipa::path(post, path = "/api/v1/sample", tag = "school", responses(
    (status = 200, body = SampleAnswer),
    (status = 409, body = Problem, description = "`school.already-set-up`"),
))]
async fn open_sample(
    State(people): State<Arc<People>>,
    State(door): State<Arc<Door>>,
) -> Result<Json<SampleAnswer>> {
    if people.directory().school().is_some() {
        let message = "The school is set up. The sample school was for looking around before.";
        return Err(Error::new(Kind::Conflict, "school.already-set-up", message));
    }
    let port = door.open().await?;
    Ok(Json(SampleAnswer { port, students: FIRST_CLASS.to_owned(), teacher: HEAD.to_owned() }))
}

/// As whom to walk in.
#[derive(Deserialize, ToSchema)]
#[schema(as = EnterSample)]
struct EnterBody {
    r#as: Visitor,
}

/// What a visitor wants to be.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Visitor {
    Teacher,
    Student,
}

/// Walks into a sample school, without a password.
#[utoipa::path(post, path = "/api/v1/sample/enter", tag = "school", request_body = EnterBody, responses(
    (status = 200, body = Me),
    (status = 404, body = Problem, description = "This is no sample school"),
))]
async fn enter_sample(
    State(people): State<Arc<People>>,
    State(gate): State<Gate>,
    MaybeCaller(former): MaybeCaller,
    Json(body): Json<EnterBody>,
) -> Result<(HeaderMap, Json<Me>)> {
    if !people.is_sample() {
        return Err(Error::not_found("request.no-such-page", "There is no such page."));
    }
    let person = find(&people, body.r#as).ok_or_else(|| Error::internal("The sample school is empty."))?;
    let token = people.let_in(person, None, former.map(|caller| caller.session)).await?;
    Ok((SessionCookie::set(&gate, &token), Json(Me::of(&people, person)?)))
}

fn find(people: &People, visitor: Visitor) -> Option<Person> {
    let directory = people.directory();
    match visitor {
        Visitor::Teacher => directory.staff_by_name().first().map(|member| Person::Staff(member.id)),
        Visitor::Student => {
            let class = directory.classes_by_name().into_iter().find(|class| class.name == FIRST_CLASS)?;
            directory.students_of(class).first().map(|student| Person::Student(student.id))
        }
    }
}
