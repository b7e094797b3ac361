//! `POST /storefront/v1/members`: signing up.

use axum::extract::State;
use axum::http::StatusCode;
use kernel::id::MemberId;
use kernel::{Actor, Text};
use member::Member;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::credential::{Address, Password};
use crate::http::{Json, Position, Problem, Version, Write, Written};
use crate::service::personal::Profile;
use crate::service::sessions::Login;

/// Who signs up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterMember {
    /// The e-mail address to log in with; one account each.
    #[schema(value_type = String, format = Email, example = "minji@example.com")]
    email: Address,
    /// 8 to 128 characters.
    #[schema(value_type = String, format = Password)]
    password: Password,
    /// The name, at most 80 characters.
    #[schema(value_type = String, max_length = 80)]
    name: Text<80>,
    /// The phone number, at most 40 characters.
    #[schema(value_type = Option<String>, max_length = 40)]
    phone: Option<Text<40>>,
}

/// Sign up.
#[utoipa::path(
    post,
    path = "/members",
    security(()),
    request_body = RegisterMember,
    responses((status = 201, body = Written), (status = 409, description = "`email_taken`")),
)]
pub async fn register_member(
    State(app): State<App>,
    write: Write<RegisterMember>,
) -> Result<(StatusCode, (Position, Version, Json<Written>)), Problem> {
    let guest = app.email_hash(&write.body.email)?;
    let write = write.of_guest(guest);
    let context = write.intent(Actor::Guest, app.clock.now());
    let member = MemberId(write.derive(&Actor::Guest, "member"));
    let RegisterMember { email, password, name, phone } = write.body;
    let phone = phone.map(String::from);
    let profile = Profile { email: email.as_str().to_owned(), name: name.into(), phone };
    let login = Login { address: email, password: Some(password) };
    let outcome = app.register(&context, member, profile, login).await?;
    Ok((StatusCode::CREATED, Written::reply::<Member>(&member, member.0, &outcome)))
}
