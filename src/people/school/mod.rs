//! The school itself: setting it up, its name and language.

pub(super) mod routes;
mod store;

use std::sync::PoisonError;

use super::directory::{School, Staff};
use super::rules;
use super::sessions::Device;
use super::staff::put_staff;
use super::throttle::{Counted, Counter};
use super::{People, Person, Role, name};
use crate::db::{Db, Urgency};
use crate::error::{Error, Result};
use crate::ids::{SchoolId, StaffId, random_bytes};
use crate::journal::Value;

/// The code that whoever stands beside the box reads from its screen, kept until the school is set up.
pub(super) fn load_setup_code(local: &Db, set_up: bool) -> Result<Option<String>> {
    if set_up {
        return Ok(None);
    }
    let fresh = write_setup_code(random_bytes()?);
    local.write_blocking(Urgency::Now, move |connection| store::setup_code(connection, fresh)).map(Some)
}

/// Eight digits in two groups, as `4821-9930`.
fn write_setup_code(random: [u8; 8]) -> String {
    let number = u64::from_be_bytes(random) % 100_000_000;
    format!("{:04}-{:04}", number / 10_000, number % 10_000)
}

/// What the first person tells of the school.
pub struct SetUp {
    /// The school's name.
    pub school: String,
    /// The head's own name; they sign in with it from now on.
    pub name: String,
    /// The head's password.
    pub password: String,
    /// The language of the school's screens.
    pub language: String,
}

impl People {
    /// The code to set the school up with; none when that is done. For the box's own screen only.
    pub fn setup_code(&self) -> Option<String> {
        // A school may also come from another box.
        if self.directory().school().is_some() {
            return None;
        }
        self.setup_code.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sets the school up and signs its head in.
    ///
    /// # Errors
    /// `school.already-set-up`, `school.code-wrong`, `people.too-many-tries`, and what is wrong with names and password.
    pub(super) async fn set_up(
        &self,
        typed: &str,
        wanted: SetUp,
        device: Device,
    ) -> Result<(StaffId, [u8; 32])> {
        self.demand_setup_code(typed).await?;
        let head = self.found(wanted).await?;
        Ok((head, self.begin_session(Person::Staff(head), device).await?))
    }

    /// Whether whoever asks stands beside the box.
    ///
    /// # Errors
    /// `school.already-set-up`, `school.code-wrong`, `people.too-many-tries`.
    pub async fn demand_setup_code(&self, typed: &str) -> Result<()> {
        let code = self.setup_code().ok_or_else(already_set_up)?;
        let counted = Counted::new(Counter::SetUp, &[]);
        self.refuse_hasty(&[counted])?;
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        if digits(typed) != digits(&code) {
            self.throttle.count(counted, self.now()).await;
            let message = "The code is wrong. Read it again from the screen of the box.";
            return Err(Error::invalid("school.code-wrong", message));
        }
        Ok(())
    }

    /// Sets the school up without a code: for whoever may start a command on the box itself. Answers with its head.
    ///
    /// # Errors
    /// `school.already-set-up`, and what is wrong with names and password.
    pub async fn found(&self, wanted: SetUp) -> Result<StaffId> {
        let school = SchoolId::random()?;
        let fields: [(&str, Value); 3] = [
            ("name", school_name(&wanted.school)?.into()),
            ("language", language(&wanted.language)?.into()),
            ("set-up", i64::try_from(self.now()).unwrap_or(i64::MAX).max(1).into()),
        ];
        let head = Staff {
            id: StaffId::random()?,
            name: name(&wanted.name)?,
            role: Role::Head,
            password: self.hash_password(&wanted.password).await?,
        };
        let id = head.id;
        self.journal
            .write(Urgency::Now, move |stage| {
                if super::store::is_set_up(stage.connection())? {
                    return Err(already_set_up());
                }
                stage.set("school", &school.0, &fields)?;
                put_staff(stage, &head)
            })
            .await?;
        self.forget_setup_code().await;
        Ok(id)
    }

    /// Whether this is a throw-away sample school.
    pub fn is_sample(&self) -> bool {
        self.facts.sample
    }

    async fn forget_setup_code(&self) {
        *self.setup_code.lock().unwrap_or_else(PoisonError::into_inner) = None;
        if let Err(error) = self.local.write(Urgency::Now, store::forget_setup_code).await {
            tracing::warn!(%error, "the code for the set-up is still kept; it no longer works");
        }
    }

    /// Changes the school's name and language.
    pub(super) async fn change_school(
        &self,
        new_name: Option<&str>,
        new_language: Option<&str>,
    ) -> Result<()> {
        let directory = self.directory();
        let School { id, .. } = directory
            .school()
            .ok_or_else(|| Error::not_found("school.not-set-up", "The school is not set up yet."))?;
        let mut fields: Vec<(&str, Value)> = Vec::new();
        if let Some(text) = new_name {
            fields.push(("name", school_name(text)?.into()));
        }
        if let Some(code) = new_language {
            fields.push(("language", language(code)?.into()));
        }
        let id = *id;
        self.journal.write(Urgency::Now, move |stage| stage.set("school", &id.0, &fields)).await
    }
}

fn school_name(text: &str) -> Result<String> {
    name(text).map_err(|mut error| {
        if error.code == "people.name-missing" {
            error.code = "school.name-missing";
            error.message = "The school needs a name.".into();
        }
        error
    })
}

/// A language that the screens speak.
pub(super) fn language(code: &str) -> Result<String> {
    if rules::is_language(code) {
        return Ok(code.to_owned());
    }
    let message = format!("The screens speak {}.", rules::LANGUAGES.join(", "));
    Err(Error::invalid("people.language-unknown", message))
}

fn already_set_up() -> Error {
    Error::conflict("school.already-set-up", "This school is set up already. Sign in instead.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setup_code_has_eight_digits() {
        assert_eq!(write_setup_code([0; 8]), "0000-0000");
        assert_eq!(write_setup_code((7_u64 * 100_000_000 + 48_219_930).to_be_bytes()), "4821-9930");
    }
}
