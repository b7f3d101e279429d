//! HTTP for everyone: errors as problem+json, who is calling, the guard against foreign pages.
//!
//! Knows HTTP and nothing of schools: who a session belongs to is asked through [`Gate`].

mod api;
mod caller;
mod connections;
#[cfg(debug_assertions)]
mod document;
mod foreign;
mod json;
mod places;
mod problem;
mod stopping;
pub mod ui;

pub use api::OpenApiRouter;
pub(crate) use api::routes;
pub use caller::{Caller, Gate, MaybeCaller, Role, SessionCookie, Sessions};
pub use connections::serve;
#[cfg(debug_assertions)]
pub use document::complete;
pub use foreign::refuse_foreign;
pub use json::{Json, Path, Query, Raw};
pub use places::{Place, Places};
pub use problem::Problem;
pub use stopping::{Stop, Stopping};

/// The port of the packs origin, on the same host as the app.
#[derive(Clone, Copy, Debug)]
pub struct PacksPort(pub u16);
