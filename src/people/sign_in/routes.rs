//! Signing in and out.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::Result;
use crate::ids::ClientId;
use crate::people::routes::{Me, Signed, device};
use crate::people::{People, Person};
use crate::web::{Caller, Gate, Json, MaybeCaller, Problem, SessionCookie};

pub(in crate::people) fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
{
    OpenApiRouter::new().routes(routes!(sign_in_staff)).routes(routes!(sign_out)).routes(routes!(show_me))
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct StaffSignIn {
    name: String,
    password: String,
    /// The name that the browser keeps for itself, if it has one: wrong tries are counted on it.
    #[schema(value_type = Option<String>)]
    client: Option<ClientId>,
}

/// Signs a staff member in.
#[utoipa::path(post, path = "/api/v1/sign-in/staff", tag = "sign-in", request_body = StaffSignIn,
    responses((status = 200, body = Me), (status = "4XX", body = Problem)))]
async fn sign_in_staff(
    State(people): State<Arc<People>>,
    State(gate): State<Gate>,
    MaybeCaller(former): MaybeCaller,
    Json(body): Json<StaffSignIn>,
) -> Result<(HeaderMap, Json<Me>)> {
    let device = device(body.client, former.as_ref());
    let (id, token) = people.sign_in_staff(&body.name, &body.password, device).await?;
    Signed { person: Person::Staff(id), token }.answer(&people, &gate)
}

/// Signs out; also where nobody is signed in.
#[utoipa::path(post, path = "/api/v1/sign-out", tag = "sign-in", responses((status = 204)))]
async fn sign_out(
    State(people): State<Arc<People>>,
    State(gate): State<Gate>,
    MaybeCaller(caller): MaybeCaller,
) -> (StatusCode, HeaderMap) {
    if let Some(caller) = caller {
        people.end_session(caller.session).await;
    }
    (StatusCode::NO_CONTENT, SessionCookie::clear(&gate))
}

/// Who is signed in.
#[utoipa::path(get, path = "/api/v1/me", tag = "sign-in",
    responses((status = 200, body = Me), (status = 401, body = Problem)))]
async fn show_me(State(people): State<Arc<People>>, caller: Caller) -> Result<Json<Me>> {
    Ok(Json(Me::of(&people, Person::from(&caller))?))
}
