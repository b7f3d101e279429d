//! Staff, as the head keeps them.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Changes;
use crate::error::Result;
use crate::ids::StaffId;
use crate::people::{People, Staff};
use crate::web::{Caller, Gate, Json, OpenApiRouter, Path, Problem, Role, routes};

pub(in crate::people) fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(list_staff, add_staff))
        .routes(routes!(change_staff))
        .routes(routes!(change_own_password))
}

/// A member of the staff.
#[derive(Serialize, ToSchema)]
#[schema(as = Staff)]
struct StaffAnswer {
    id: StaffId,
    name: String,
    role: Role,
}

impl From<&Staff> for StaffAnswer {
    fn from(member: &Staff) -> Self {
        Self { id: member.id, name: member.name.clone(), role: member.role }
    }
}

/// The staff, by name.
#[derive(Serialize, ToSchema)]
struct StaffList {
    staff: Vec<StaffAnswer>,
}

/// A member of the staff to add.
#[derive(Deserialize, ToSchema)]
struct NewStaff {
    name: String,
    role: Role,
    /// 8 to 200 characters.
    password: String,
}

/// What to change of a member of the staff; what is left out stays.
#[derive(Deserialize, ToSchema)]
struct StaffChanges {
    name: Option<String>,
    role: Option<Role>,
    password: Option<String>,
    /// True for somebody who leaves; there is no way back.
    #[serde(default)]
    gone: bool,
}

/// The caller's old and new password.
#[derive(Deserialize, ToSchema)]
struct PasswordChange {
    old: String,
    new: String,
}

/// All staff (head, technician).
#[utoipa::path(get, path = "/api/v1/staff", tag = "staff",
    responses((status = 200, body = StaffList), (status = "4XX", body = Problem)))]
async fn list_staff(State(people): State<Arc<People>>, caller: Caller) -> Result<Json<StaffList>> {
    caller.staff(&[Role::Head, Role::Technician])?;
    let staff = people.directory().staff_by_name().into_iter().map(StaffAnswer::from).collect();
    Ok(Json(StaffList { staff }))
}

/// Adds a staff member (head).
#[utoipa::path(post, path = "/api/v1/staff", tag = "staff", request_body = NewStaff,
    responses((status = 200, body = StaffAnswer), (status = "4XX", body = Problem)))]
async fn add_staff(
    State(people): State<Arc<People>>,
    caller: Caller,
    Json(new): Json<NewStaff>,
) -> Result<Json<StaffAnswer>> {
    caller.staff(&[Role::Head])?;
    let member = people.add_staff(&new.name, new.role, &new.password).await?;
    Ok(Json(StaffAnswer::from(&member)))
}

/// Changes a staff member (head). A new password signs them out everywhere.
#[utoipa::path(patch, path = "/api/v1/staff/{id}", tag = "staff", params(("id" = StaffId, Path)),
    request_body = StaffChanges,
    responses((status = 200, body = StaffAnswer), (status = "4XX", body = Problem)))]
async fn change_staff(
    State(people): State<Arc<People>>,
    caller: Caller,
    Path(id): Path<StaffId>,
    Json(changes): Json<StaffChanges>,
) -> Result<Json<StaffAnswer>> {
    caller.staff(&[Role::Head])?;
    let StaffChanges { name, role, password, gone } = changes;
    let member = people.change_staff(id, Changes { name, role, password, gone }).await?;
    Ok(Json(StaffAnswer::from(&member)))
}

/// Changes the caller's own password (staff) and signs their other devices out.
#[utoipa::path(post, path = "/api/v1/me/password", tag = "staff", request_body = PasswordChange,
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn change_own_password(
    State(people): State<Arc<People>>,
    caller: Caller,
    Json(change): Json<PasswordChange>,
) -> Result<StatusCode> {
    let id = caller.staff(&[Role::Assistant, Role::Teacher, Role::Head, Role::Technician])?;
    people.change_own_password(id, caller.session, &change.old, &change.new).await?;
    Ok(StatusCode::NO_CONTENT)
}
