//! What logging in takes, on every surface. Never here: who may, or what a session shows.

use axum::http::StatusCode;
use kernel::Actor;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::credential::{Address, Password};
use crate::http::{Attempt, Json, Problem, Write};
use crate::service::sessions::{Kind, Tokens};

/// Who logs in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogIn {
    /// The e-mail address.
    #[schema(value_type = String, format = Email, example = "minji@example.com")]
    email: Address,
    /// The password.
    #[schema(value_type = String, format = Password)]
    password: Password,
}

impl LogIn {
    /// Opens a session for an account of this kind; tries that fail are counted.
    pub async fn answer<Session: From<Tokens>>(
        app: &App,
        kind: Kind,
        attempt: Attempt,
        write: Write<Self>,
    ) -> Result<(StatusCode, Json<Session>), Problem> {
        let guest = app.email_hash(&write.body.email)?;
        let attempt = attempt.at(&guest)?;
        let write = write.of_guest(guest);
        let context = write.intent(Actor::Guest, app.clock.now());
        let Self { email, password } = write.body;
        let outcome = app.log_in(&context, kind, &email, password).await;
        let tokens = attempt.came_to(outcome.map_err(Problem::from))?;
        Ok((StatusCode::CREATED, Json(tokens.into())))
    }
}
