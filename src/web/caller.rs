//! Who is calling.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::ids::{StaffId, StudentId, from_hex, to_hex};

/// What a person is in the school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Learns; sees only their own.
    Student,
    /// Helps in the classes they belong to: signs students in, watches.
    Assistant,
    /// Teaches the classes they belong to.
    Teacher,
    /// Leads the school: all classes, all staff.
    Head,
    /// Looks after the box: no student data at all.
    Technician,
}

/// A person with a live session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// What they are.
    pub role: Role,
    /// 16 bytes that name them: a student's or a staff member's id.
    pub id: [u8; 16],
    /// The token's hash: names the session.
    pub session: [u8; 32],
}

impl Caller {
    /// The student who calls.
    ///
    /// # Errors
    /// Forbidden for anybody else.
    pub fn student(&self) -> Result<StudentId> {
        if self.role == Role::Student { Ok(StudentId(self.id)) } else { Err(Error::forbidden()) }
    }

    /// The staff member who calls, if in one of `roles`.
    ///
    /// # Errors
    /// Forbidden for anybody else.
    pub fn staff(&self, roles: &[Role]) -> Result<StaffId> {
        if self.role != Role::Student && roles.contains(&self.role) {
            Ok(StaffId(self.id))
        } else {
            Err(Error::forbidden())
        }
    }
}

/// Knows the live sessions.
pub trait Sessions: Send + Sync {
    /// Whose session a token opens. Called for every request: answers from memory.
    fn caller(&self, token: &[u8; 32]) -> Option<Caller>;
}

/// The way to the sessions, and the cookie's name; part of every server's state.
#[derive(Clone)]
pub struct Gate {
    /// Who knows the sessions.
    pub sessions: Arc<dyn Sessions>,
    /// Named after the port, because cookies do not tell the ports of one host apart.
    pub cookie: Arc<str>,
}

/// The session cookie as it is set and cleared.
pub struct SessionCookie;

impl SessionCookie {
    /// The header that hands a token to the browser. No `Secure`: the school's Wi-Fi is plain HTTP.
    pub fn set(gate: &Gate, token: &[u8; 32]) -> HeaderMap {
        Self::header(&format!(
            "{}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age=15552000",
            gate.cookie,
            to_hex(token)
        ))
    }

    /// The header that takes it back.
    pub fn clear(gate: &Gate) -> HeaderMap {
        Self::header(&format!("{}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0", gate.cookie))
    }

    fn header(text: &str) -> HeaderMap {
        HeaderValue::from_str(text)
            .map(|value| [(header::SET_COOKIE, value)].into_iter().collect())
            .unwrap_or_default()
    }
}

fn find_token(headers: &HeaderMap, cookie: &str) -> Option<[u8; 32]> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == cookie)
        .and_then(|(_, value)| from_hex(value))
}

impl<S: Send + Sync> FromRequestParts<S> for Caller
where
    Gate: FromRef<S>,
{
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        MaybeCaller::from_request_parts(parts, state).await?.0.ok_or_else(Error::sign_in_needed)
    }
}

/// Who is calling, if anybody is signed in.
pub struct MaybeCaller(pub Option<Caller>);

impl<S: Send + Sync> FromRequestParts<S> for MaybeCaller
where
    Gate: FromRef<S>,
{
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let gate = Gate::from_ref(state);
        Ok(Self(find_token(&parts.headers, &gate.cookie).and_then(|token| gate.sessions.caller(&token))))
    }
}
