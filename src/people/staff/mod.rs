//! Staff: who they are, and their passwords.

mod password;
pub(super) mod routes;

use super::directory::Staff;
use super::rules;
use super::sessions::{Device, Hash};
use super::throttle::{Counted, Counter, Ruling};
use super::{People, Person, Role, name, one_at_a_time, store};
use crate::db::Urgency;
use crate::error::{Error, Kind, Result};
use crate::ids::{StaffId, random_bytes};
use crate::journal::{Stage, Value};

/// What a head may change of a staff member.
#[derive(Default)]
pub(super) struct Changes {
    pub(super) name: Option<String>,
    pub(super) role: Option<Role>,
    pub(super) password: Option<String>,
    pub(super) gone: bool,
}

impl People {
    /// Signs a staff member in; answers who it is and the session's token.
    ///
    /// # Errors
    /// `people.password-wrong`, also for unknown names; `people.too-many-tries`.
    pub(super) async fn sign_in_staff(
        &self,
        name: &str,
        password: &str,
        device: Device,
    ) -> Result<(StaffId, [u8; 32])> {
        let folded = rules::fold_name(name);
        let mut counted = vec![Counted::new(Counter::Account, &[folded.as_bytes()])];
        counted.extend(device.client.map(|client| Counted::new(Counter::Device, &[&client.0])));
        self.count_try(&counted).await?;
        let directory = self.directory();
        let namesakes: Vec<&Staff> =
            directory.staff.values().filter(|member| rules::fold_name(&member.name) == folded).collect();
        let hashes = namesakes.iter().map(|member| member.password.clone()).collect();
        let found = self.match_password(password, hashes).await?.and_then(|at| namesakes.get(at));
        let found = found.ok_or_else(password_wrong)?;
        for counted in counted {
            self.throttle.clear(counted).await;
        }
        Ok((found.id, self.begin_session(Person::Staff(found.id), device).await?))
    }

    /// Adds a staff member.
    pub(super) async fn add_staff(&self, name_text: &str, role: Role, password: &str) -> Result<Staff> {
        let name = name(name_text)?;
        self.refuse_namesake(&name, None)?;
        refuse_student_role(role)?;
        let password = self.hash_password(password).await?;
        let id = StaffId::random()?;
        let member = Staff { id, name, role, password };
        let new = member.clone();
        self.journal.write(Urgency::Now, move |stage| put_staff(stage, &new)).await?;
        Ok(member)
    }

    /// Changes a staff member.
    pub(super) async fn change_staff(&self, id: StaffId, changes: Changes) -> Result<Staff> {
        let directory = self.directory();
        let member = directory.staff_member(id).ok_or_else(staff_unknown)?;
        let mut fields: Vec<(&str, Value)> = Vec::new();
        if let Some(text) = changes.name {
            let name = name(&text)?;
            self.refuse_namesake(&name, Some(id))?;
            fields.push(("name", name.into()));
        }
        if let Some(role) = changes.role {
            refuse_student_role(role)?;
            fields.push(("role", rules::role_name(role).into()));
        }
        let signs_out = changes.gone || changes.password.is_some();
        if let Some(password) = changes.password {
            fields.push(("password", self.hash_password(&password).await?.into()));
        }
        if changes.gone {
            fields.push(("gone", true.into()));
        }
        let loses_head = member.role == Role::Head
            && (changes.gone || changes.role.is_some_and(|role| role != Role::Head));
        self.journal
            .write(Urgency::Now, move |stage| {
                if loses_head && store::other_heads(stage.connection(), id)? == 0 {
                    return Err(last_head());
                }
                stage.set("staff", &id.0, &fields)
            })
            .await?;
        if signs_out {
            self.end_sessions_of(Person::Staff(id), None).await;
        }
        Ok(self.directory().staff_member(id).unwrap_or(member).clone())
    }

    /// Gives a staff member a new password on their own wish; their other devices are signed out.
    pub(super) async fn change_own_password(
        &self,
        id: StaffId,
        session: Hash,
        old: &str,
        new: &str,
    ) -> Result<()> {
        let directory = self.directory();
        let member = directory.staff_member(id).ok_or_else(Error::sign_in_needed)?;
        let counted = Counted::new(Counter::Account, &[rules::fold_name(&member.name).as_bytes()]);
        self.count_try(&[counted]).await?;
        if self.match_password(old, vec![member.password.clone()]).await?.is_none() {
            return Err(password_wrong());
        }
        self.throttle.clear(counted).await;
        let hash = self.hash_password(new).await?;
        self.journal
            .write(Urgency::Now, move |stage| stage.set("staff", &id.0, &[("password", hash.into())]))
            .await?;
        self.end_sessions_of(Person::Staff(id), Some(session)).await;
        Ok(())
    }

    /// Hashes a password that is to be kept.
    pub(super) async fn hash_password(&self, password: &str) -> Result<String> {
        if !rules::is_password_long_enough(password) {
            return Err(Error::invalid("people.password-short", "A password has 8 to 200 characters.")
                .with("least", rules::SHORTEST_PASSWORD));
        }
        let (password, salt) = (password.to_owned(), random_bytes()?);
        one_at_a_time(&self.hashing, move || password::hash(&password, salt)).await
    }

    async fn match_password(&self, password: &str, hashes: Vec<String>) -> Result<Option<usize>> {
        if password.len() > rules::LONGEST_PASSWORD {
            return Ok(None);
        }
        let password = password.to_owned();
        one_at_a_time(&self.hashing, move || password::matches(&password, &hashes)).await
    }

    /// Counts a try as wrong before it is looked at, since looking takes long: of many tries sent at once no more are
    /// looked at than of those sent one by one. A right one clears the count.
    async fn count_try(&self, counted: &[Counted]) -> Result<()> {
        self.refuse_hasty(counted)?;
        for counted in counted {
            self.throttle.count(*counted, self.now()).await;
        }
        Ok(())
    }

    pub(super) fn refuse_hasty(&self, counted: &[Counted]) -> Result<()> {
        let now = self.now();
        for counted in counted {
            if let Ruling::Wait(wait) = self.throttle.rule(*counted, now) {
                let message = "Too many wrong tries. Wait a little, then try again.";
                return Err(Error::new(Kind::TooMany, "people.too-many-tries", message)
                    .with("seconds", wait.as_millis().div_ceil(1_000)));
            }
        }
        Ok(())
    }

    /// Staff sign in by name, so two may not share one.
    fn refuse_namesake(&self, name: &str, except: Option<StaffId>) -> Result<()> {
        let folded = rules::fold_name(name);
        let directory = self.directory();
        let mut others = directory.staff.values().filter(|member| Some(member.id) != except);
        if others.any(|member| rules::fold_name(&member.name) == folded) {
            let message = "Somebody on the staff has this name already. Add a second name or a letter.";
            return Err(Error::conflict("people.name-taken", message));
        }
        Ok(())
    }
}

/// Writes down a new staff member.
pub(super) fn put_staff(stage: &mut Stage, member: &Staff) -> Result<()> {
    let fields = [
        ("name", member.name.clone().into()),
        ("role", rules::role_name(member.role).into()),
        ("password", member.password.clone().into()),
    ];
    stage.set("staff", &member.id.0, &fields)
}

fn refuse_student_role(role: Role) -> Result<()> {
    if role == Role::Student {
        let message = "Staff are assistant, teacher, head or technician.";
        return Err(Error::invalid("people.role-unknown", message));
    }
    Ok(())
}

fn password_wrong() -> Error {
    Error::invalid("people.password-wrong", "The name or the password is wrong.")
}

fn staff_unknown() -> Error {
    Error::not_found("people.staff-unknown", "There is no such person on the staff.")
}

fn last_head() -> Error {
    Error::conflict("people.last-head", "A school needs a head. Make somebody else head first.")
}
