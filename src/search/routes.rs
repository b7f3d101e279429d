//! The search over HTTP.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{MOST_RESULTS, Question, ResultKind, Search, SearchAnswer, Seeker};
use crate::error::Result;
use crate::lessons::{Reader, reader};
use crate::people::People;
use crate::web::{Caller, Gate, Json, OpenApiRouter, Problem, Query, routes};

/// Results of an answer when nothing else is asked for.
const USUAL_RESULTS: usize = 20;
/// Characters of a question that are looked at.
const LONGEST: usize = 200;

/// The routes of this folder.
pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
    Arc<Search>: FromRef<S>,
{
    OpenApiRouter::new().routes(routes!(search))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// What to look for, as it was typed; without it only the choices are told.
    #[serde(default)]
    q: String,
    /// Courses in this language only.
    language: Option<String>,
    /// Courses for this school year only.
    grade: Option<u8>,
    /// Results of this kind only.
    kind: Option<ResultKind>,
    /// At most so many results; 20 when nothing is said, 100 at most.
    limit: Option<usize>,
}

/// Looks for courses, lessons, pages, questions and whatever else is installed. Students find what students may see.
#[utoipa::path(get, path = "/api/v1/search", tag = "learning", params(Asked),
    responses((status = 200, body = SearchAnswer), (status = "4XX", body = Problem)))]
async fn search(
    State(search): State<Arc<Search>>,
    State(people): State<Arc<People>>,
    caller: Caller,
    Query(Asked { q, language, grade, kind, limit }): Query<Asked>,
) -> Result<Json<SearchAnswer>> {
    let (who, screens) = reader(&caller, &people);
    let question = Question {
        text: q.chars().take(LONGEST).collect(),
        seeker: if who == Reader::Staff { Seeker::Staff } else { Seeker::Student },
        screens,
        language,
        grade,
        kind,
        limit: limit.unwrap_or(USUAL_RESULTS).min(MOST_RESULTS),
    };
    Ok(Json(search.find(question).await?))
}
