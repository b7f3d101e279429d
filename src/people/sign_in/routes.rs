//! Signing in and out.

use std::sync::Arc;

use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, FromRef, FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asks::Answered;
use super::badge_unknown;
use super::badges::LARGEST_PHOTO;
use super::rules::Badge;
use crate::error::{Error, Kind, Result};
use crate::ids::{AskId, ClassId, ClientId, StudentId};
use crate::people::routes::{Me, Signed, device};
use crate::people::{Class, Directory, People, Person, Student, class_unknown};
use crate::web::{
    Caller, Gate, Json, MaybeCaller, OpenApiRouter, Path, Problem, Query, Role, SessionCookie, routes,
};

pub(in crate::people) fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
{
    let photo =
        OpenApiRouter::new().routes(routes!(sign_in_by_badge)).layer(DefaultBodyLimit::max(LARGEST_PHOTO));
    OpenApiRouter::new()
        .routes(routes!(show_classes))
        .routes(routes!(show_class))
        .routes(routes!(sign_in_by_pictures))
        .routes(routes!(join_partner))
        .merge(photo)
        .routes(routes!(ask))
        .routes(routes!(hear_answer))
        .routes(routes!(answer_ask))
        .routes(routes!(sign_in_staff))
        .routes(routes!(sign_out))
        .routes(routes!(show_me))
}

/// A class that students choose on a tablet.
#[derive(Serialize, ToSchema)]
#[schema(as = SignInClass)]
struct Door {
    id: ClassId,
    name: String,
    /// How many there are.
    students: usize,
}

/// The classes, by name.
#[derive(Serialize, ToSchema)]
#[schema(as = SignInClasses)]
struct Doors {
    classes: Vec<Door>,
    /// The students of the only class, where there is one alone: a fresh tablet then needs no second call.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    only: Option<Faces>,
}

/// A student who is chosen on a tablet.
#[derive(Serialize, ToSchema)]
struct Face {
    id: StudentId,
    name: String,
    avatar: String,
}

/// The students of a class, by name.
#[derive(Serialize, ToSchema)]
#[schema(as = ClassFaces)]
struct Faces {
    id: ClassId,
    name: String,
    students: Vec<Face>,
}

impl Faces {
    fn of(directory: &Directory, class: &Class) -> Self {
        let face = |student: &Student| Face {
            id: student.id,
            name: student.name.clone(),
            avatar: student.avatar.clone(),
        };
        let students = directory.students_of(class).into_iter().map(face).collect();
        Self { id: class.id, name: class.name.clone(), students }
    }
}

/// A student with their three pictures.
#[derive(Deserialize, ToSchema)]
struct PicturesSignIn {
    student: StudentId,
    /// Three of the twelve, in order.
    pictures: Vec<String>,
    /// The name that the browser keeps for itself.
    #[schema(value_type = String)]
    client: ClientId,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OfClient {
    /// The name that the browser keeps for itself.
    #[param(value_type = String)]
    client: ClientId,
}

/// A badge whose code the browser could read by itself.
#[derive(Deserialize, ToSchema)]
struct BadgeCode {
    /// What the badge's QR code says.
    code: String,
}

/// Who asks to be let in, on which tablet.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewAsk)]
struct AskBody {
    student: StudentId,
    #[schema(value_type = String)]
    client: ClientId,
}

/// The request that was made.
#[derive(Serialize, ToSchema)]
#[schema(as = Asked)]
struct AskAnswer {
    ask: AskId,
}

/// How a request to be let in stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum AskState {
    Waiting,
    Allowed,
    Refused,
    Gone,
}

/// A request to be let in, as it stands now.
#[derive(Serialize, ToSchema)]
#[schema(as = AskNow)]
struct AskStateAnswer {
    state: AskState,
    /// Told once, with the cookie, when allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    me: Option<Me>,
}

/// The teacher's word.
#[derive(Deserialize, ToSchema)]
struct Allow {
    allow: bool,
}

/// A member of the staff with their password.
#[derive(Deserialize, ToSchema)]
struct StaffSignIn {
    name: String,
    password: String,
    /// The name that the browser keeps for itself, if it has one: wrong tries are counted on it.
    #[schema(value_type = Option<String>)]
    client: Option<ClientId>,
}

/// The classes, for the first page of a tablet.
#[utoipa::path(get, path = "/api/v1/sign-in/classes", tag = "sign-in", responses((status = 200, body = Doors)))]
async fn show_classes(State(people): State<Arc<People>>) -> Json<Doors> {
    let directory = people.directory();
    let door =
        |class: &Class| Door { id: class.id, name: class.name.clone(), students: class.students.len() };
    let classes = directory.classes_by_name();
    let only = match classes[..] {
        [only] => Some(Faces::of(&directory, only)),
        _ => None,
    };
    Json(Doors { classes: classes.into_iter().map(door).collect(), only })
}

/// The students of a class, for a tablet to choose from.
#[utoipa::path(get, path = "/api/v1/sign-in/classes/{class}", tag = "sign-in", params(("class" = ClassId, Path)),
    responses((status = 200, body = Faces), (status = "4XX", body = Problem)))]
async fn show_class(State(people): State<Arc<People>>, Path(class): Path<ClassId>) -> Result<Json<Faces>> {
    let directory = people.directory();
    let class = directory.class(class).ok_or_else(class_unknown)?;
    Ok(Json(Faces::of(&directory, class)))
}

/// Signs a student in by their three pictures.
#[utoipa::path(post, path = "/api/v1/sign-in/pictures", tag = "sign-in", request_body = PicturesSignIn,
    responses((status = 200, body = Me), (status = "4XX", body = Problem)))]
async fn sign_in_by_pictures(
    State(people): State<Arc<People>>,
    State(gate): State<Gate>,
    MaybeCaller(former): MaybeCaller,
    Json(body): Json<PicturesSignIn>,
) -> Result<(HeaderMap, Json<Me>)> {
    let device = device(Some(body.client), former.as_ref());
    let token = people.sign_in_by_pictures(body.student, &body.pictures, body.client, device).await?;
    Signed { person: Person::Student(body.student), token }.answer(&people, &gate)
}

/// Who works on the tablet beside the student who is signed in there.
#[derive(Serialize, ToSchema)]
#[schema(as = Partner)]
struct PartnerAnswer {
    id: StudentId,
    name: String,
    avatar: String,
    /// The right to append evidence for this student, and nothing else.
    ticket: String,
}

/// Takes in a classmate on the same tablet by their own pictures (the student who is signed in).
#[utoipa::path(post, path = "/api/v1/partner", tag = "sign-in", request_body = PicturesSignIn,
    responses((status = 200, body = PartnerAnswer), (status = "4XX", body = Problem)))]
async fn join_partner(
    State(people): State<Arc<People>>,
    caller: Caller,
    Json(body): Json<PicturesSignIn>,
) -> Result<Json<PartnerAnswer>> {
    let host = caller.student()?;
    let Student { id, name, avatar, .. } =
        people.join(host, body.student, &body.pictures, body.client).await?;
    Ok(Json(PartnerAnswer { id, name, avatar, ticket: people.ticket(id) }))
}

/// Signs a student in by their badge: a photo of it, or the text of its QR code.
#[utoipa::path(post, path = "/api/v1/sign-in/badge", tag = "sign-in", params(OfClient),
    request_body(content(
        (BadgeCode = "application/json"), ("image/jpeg"), ("image/png"))),
    responses((status = 200, body = Me), (status = "4XX", body = Problem)))]
async fn sign_in_by_badge(
    State(people): State<Arc<People>>,
    State(gate): State<Gate>,
    MaybeCaller(former): MaybeCaller,
    Query(OfClient { client }): Query<OfClient>,
    request: Request,
) -> Result<(HeaderMap, Json<Me>)> {
    // Taken before the photo is read into memory.
    let _place = people.photos_coming.try_acquire().map_err(|_| too_many_photos())?;
    let is_json = request
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    let body = Bytes::from_request(request, &()).await.map_err(|rejection| photo_refused(&rejection))?;
    let badge = if is_json {
        let BadgeCode { code } = serde_json::from_slice(&body)
            .map_err(|e| Error::invalid("request.unreadable", "The request needs a code.").caused_by(e))?;
        Badge::read(&code).ok_or_else(badge_unknown)?
    } else {
        people.read_photo(body).await?
    };
    let device = device(Some(client), former.as_ref());
    let (student, token) = people.sign_in_by_badge(badge, client, device).await?;
    Signed { person: Person::Student(student), token }.answer(&people, &gate)
}

fn too_many_photos() -> Error {
    Error::new(Kind::Unavailable, "box.busy", "The box is busy. Try again in a moment.")
}

fn photo_refused(rejection: &BytesRejection) -> Error {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Error::new(Kind::TooLarge, "request.too-large", "The photo is larger than 12 MB.");
    }
    Error::invalid("request.unreadable", "The photo did not arrive whole. Try again.")
}

/// Asks the teacher to be let in.
#[utoipa::path(post, path = "/api/v1/sign-in/asks", tag = "sign-in", request_body = AskBody,
    responses((status = 200, body = AskAnswer), (status = "4XX", body = Problem)))]
async fn ask(State(people): State<Arc<People>>, Json(body): Json<AskBody>) -> Result<Json<AskAnswer>> {
    Ok(Json(AskAnswer { ask: people.ask(body.student, body.client)? }))
}

/// How a request to be let in stands; signs in when it was allowed.
#[utoipa::path(get, path = "/api/v1/sign-in/asks/{ask}", tag = "sign-in", params(("ask" = AskId, Path)),
    responses((status = 200, body = AskStateAnswer), (status = "4XX", body = Problem)))]
async fn hear_answer(
    State(people): State<Arc<People>>,
    State(gate): State<Gate>,
    MaybeCaller(former): MaybeCaller,
    Path(ask): Path<AskId>,
) -> Result<(HeaderMap, Json<AskStateAnswer>)> {
    let state = match people.hear_answer(ask, device(None, former.as_ref())).await? {
        Answered::Waiting => AskState::Waiting,
        Answered::Refused => AskState::Refused,
        Answered::Gone => AskState::Gone,
        Answered::Allowed(student, token) => {
            let me = Some(Me::of(&people, Person::Student(student))?);
            let answer = AskStateAnswer { state: AskState::Allowed, me };
            return Ok((SessionCookie::set(&gate, &token), Json(answer)));
        }
    };
    Ok((HeaderMap::new(), Json(AskStateAnswer { state, me: None })))
}

/// Lets a student in who asks, or not (staff of their class).
#[utoipa::path(post, path = "/api/v1/asks/{ask}", tag = "sign-in", params(("ask" = AskId, Path)),
    request_body = Allow, responses((status = 204), (status = "4XX", body = Problem)))]
async fn answer_ask(
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(ask): Path<AskId>,
    Json(Allow { allow }): Json<Allow>,
) -> Result<StatusCode> {
    caller.staff(&[Role::Assistant, Role::Teacher, Role::Head])?;
    people.answer_ask(Person::from(&caller), ask, allow)?;
    Ok(StatusCode::NO_CONTENT)
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
