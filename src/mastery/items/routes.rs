//! How questions do, over HTTP: for teachers and the head, who choose courses and can tell an author.

use std::sync::Arc;

use axum::extract::{FromRef, State};

use super::ItemAnalysis;
use crate::error::Result;
use crate::lessons::reader;
use crate::mastery::Mastery;
use crate::people::People;
use crate::web::{Caller, Gate, Json, OpenApiRouter, Path, Problem, Role, routes};

pub(in crate::mastery) fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
    Arc<Mastery>: FromRef<S>,
{
    OpenApiRouter::new().routes(routes!(show_items))
}

/// How a course's questions do: too hard, telling nothing, or with a wrong key (teachers and the head).
#[utoipa::path(get, path = "/api/v1/courses/{course}/items", tag = "mastery", params(("course" = String, Path)),
    responses((status = 200, body = ItemAnalysis), (status = "4XX", body = Problem)))]
async fn show_items(
    State(mastery): State<Arc<Mastery>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(course): Path<String>,
) -> Result<Json<ItemAnalysis>> {
    caller.staff(&[Role::Teacher, Role::Head])?;
    let (_, language) = reader(&caller, &people);
    Ok(Json(mastery.items(&course, &language).await?))
}
