//! Setting the school up, and its name.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::SetUp;
use crate::error::Result;
use crate::people::routes::{Me, Signed, device};
use crate::people::{People, Person, rules};
use crate::web::{Caller, Gate, Json, MaybeCaller, OpenApiRouter, Problem, Role, routes};

pub(in crate::people) fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
{
    OpenApiRouter::new().routes(routes!(show_school, change_school)).routes(routes!(set_up))
}

/// The school, as anybody on its Wi-Fi may see it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = School)]
struct SchoolAnswer {
    /// Whether the school was set up. Until then `name` and `language` are what the first page offers.
    set_up: bool,
    name: String,
    language: String,
    /// The languages of the screens.
    languages: Vec<String>,
    version: String,
    /// The name of this box's stream.
    #[serde(rename = "box")]
    stream: String,
    /// The port of the packs origin on the same host.
    packs_port: u16,
    /// Whether this is a throw-away sample school.
    sample: bool,
}

impl SchoolAnswer {
    fn of(people: &People) -> Self {
        let directory = people.directory();
        let school = directory.school();
        let offer = &people.facts.offer;
        let offered = rules::LANGUAGES.into_iter().find(|language| *language == offer.language);
        Self {
            set_up: school.is_some(),
            name: school.map_or(&offer.school, |school| &school.name).clone(),
            language: school.map_or(offered.unwrap_or("en"), |school| &school.language).to_owned(),
            languages: rules::LANGUAGES.map(str::to_owned).to_vec(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            stream: people.journal.stream().to_string(),
            packs_port: people.facts.packs_port,
            sample: people.facts.sample,
        }
    }
}

/// What it takes to set the school up.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SetUp)]
struct SetUpBody {
    /// From the screen of the box.
    code: String,
    school: String,
    /// The head's own name; they sign in with it from now on.
    name: String,
    password: String,
    language: String,
}

/// What to change of the school; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SchoolChanges {
    name: Option<String>,
    language: Option<String>,
}

/// What anybody may know of the school.
#[utoipa::path(get, path = "/api/v1/school", tag = "school", responses((status = 200, body = SchoolAnswer)))]
async fn show_school(State(people): State<Arc<People>>) -> Json<SchoolAnswer> {
    Json(SchoolAnswer::of(&people))
}

/// Changes the school's name and language (head).
#[utoipa::path(patch, path = "/api/v1/school", tag = "school", request_body = SchoolChanges,
    responses((status = 200, body = SchoolAnswer), (status = "4XX", body = Problem)))]
async fn change_school(
    State(people): State<Arc<People>>,
    caller: Caller,
    Json(changes): Json<SchoolChanges>,
) -> Result<Json<SchoolAnswer>> {
    caller.staff(&[Role::Head])?;
    people.change_school(changes.name.as_deref(), changes.language.as_deref()).await?;
    Ok(Json(SchoolAnswer::of(&people)))
}

/// Sets the school up, once, and signs its head in.
#[utoipa::path(post, path = "/api/v1/setup", tag = "school", request_body = SetUpBody,
    responses((status = 200, body = Me), (status = "4XX", body = Problem)))]
async fn set_up(
    State(people): State<Arc<People>>,
    State(gate): State<Gate>,
    MaybeCaller(former): MaybeCaller,
    Json(body): Json<SetUpBody>,
) -> Result<(HeaderMap, Json<Me>)> {
    let SetUpBody { code, school, name, password, language } = body;
    let wanted = SetUp { school, name, password, language };
    let (head, token) = people.set_up(&code, wanted, device(None, former.as_ref())).await?;
    Signed { person: Person::Staff(head), token }.answer(&people, &gate)
}
