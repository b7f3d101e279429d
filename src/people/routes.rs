//! The routes of people, and what all of them share: who is calling, and `Me`.

use std::sync::Arc;

use axum::extract::FromRef;
use axum::http::HeaderMap;
use serde::Serialize;
use utoipa::ToSchema;

use super::directory::Class;
use super::sessions::Device;
use super::{People, Person, Role, roster, school, sign_in, staff};
use crate::error::{Error, Result};
use crate::ids::{ClassId, ClientId, StaffId, StudentId};
use crate::web::{Caller, Gate, Json, OpenApiRouter, SessionCookie, Sessions};

/// Everything about the school, its people, and signing in.
pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Gate: FromRef<S>,
    Arc<People>: FromRef<S>,
{
    OpenApiRouter::new()
        .merge(school::routes::routes())
        .merge(sign_in::routes::routes())
        .merge(roster::routes::routes())
        .merge(staff::routes::routes())
}

impl Sessions for People {
    fn caller(&self, token: &[u8; 32]) -> Option<Caller> {
        let (person, role, session) = self.who_calls(token)?;
        let id = match person {
            Person::Student(id) => id.0,
            Person::Staff(id) => id.0,
        };
        Some(Caller { role, id, session })
    }
}

impl From<&Caller> for Person {
    fn from(caller: &Caller) -> Self {
        if caller.role == Role::Student {
            Self::Student(StudentId(caller.id))
        } else {
            Self::Staff(StaffId(caller.id))
        }
    }
}

/// Who is signed in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    role: Role,
    id: String,
    name: String,
    language: String,
    /// Students: their drawing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    avatar: Option<String>,
    /// Students: their class, if they are in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    class: Option<ClassName>,
    /// Students: the right to append evidence for this student, also after signing out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    ticket: Option<String>,
    /// Staff: the classes that they may see.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    classes: Option<Vec<ClassName>>,
}

/// A class by its name.
#[derive(Serialize, ToSchema)]
pub struct ClassName {
    id: ClassId,
    name: String,
}

impl From<&Class> for ClassName {
    fn from(class: &Class) -> Self {
        Self { id: class.id, name: class.name.clone() }
    }
}

impl Me {
    /// What the screens must know of a person who is signed in.
    ///
    /// # Errors
    /// `people.sign-in-needed` when the person is gone.
    pub fn of(people: &People, person: Person) -> Result<Self> {
        let directory = people.directory();
        let school_language = directory.school().map_or("en", |school| school.language.as_str());
        match person {
            Person::Student(id) => {
                let student = directory.student(id).ok_or_else(Error::sign_in_needed)?;
                let language =
                    if student.language.is_empty() { school_language } else { student.language.as_str() };
                Ok(Self {
                    role: Role::Student,
                    id: id.to_string(),
                    name: student.name.clone(),
                    language: language.to_owned(),
                    avatar: Some(student.avatar.clone()),
                    class: directory.classes_of_student(id).first().map(|class| ClassName::from(*class)),
                    ticket: Some(people.ticket(id)),
                    classes: None,
                })
            }
            Person::Staff(id) => {
                let member = directory.staff_member(id).ok_or_else(Error::sign_in_needed)?;
                let classes = directory.classes_of_staff(id, member.role);
                Ok(Self {
                    role: member.role,
                    id: id.to_string(),
                    name: member.name.clone(),
                    language: school_language.to_owned(),
                    avatar: None,
                    class: None,
                    ticket: None,
                    classes: Some(classes.into_iter().map(ClassName::from).collect()),
                })
            }
        }
    }
}

/// Somebody who just signed in.
pub(super) struct Signed {
    pub(super) person: Person,
    pub(super) token: [u8; 32],
}

impl Signed {
    /// `Me`, with the cookie.
    pub(super) fn answer(self, people: &People, gate: &Gate) -> Result<(HeaderMap, Json<Me>)> {
        Ok((SessionCookie::set(gate, &self.token), Json(Me::of(people, self.person)?)))
    }
}

/// The device that a request comes from.
pub(super) fn device(client: Option<ClientId>, former: Option<&Caller>) -> Device {
    Device { client, former: former.map(|caller| caller.session) }
}
