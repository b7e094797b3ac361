//! `GET /storefront/v1/members/me`: a member's own account.

use axum::extract::State;
use axum::response::Response;
use member::member::Standing;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::{IfNoneMatch, Problem, Shopper};

/// A member's own account.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnAccountView {
    /// Whose.
    member: Uuid,
    /// `registered`, `active` or `dormant`.
    standing: &'static str,
    /// `basic`, `silver`, `gold` or `vip`.
    grade: &'static str,
    /// The e-mail address.
    email: String,
    /// The name.
    name: String,
    /// The phone number.
    phone: Option<String>,
}

/// Show my account.
#[utoipa::path(
    get,
    path = "/members/me",
    security(("access_token" = [])),
    responses((status = 200, body = OwnAccountView), (status = 304, description = "Unchanged.")),
)]
pub async fn show_own_account(
    State(app): State<App>,
    shopper: Shopper,
    known: IfNoneMatch,
) -> Result<Response, Problem> {
    let account = app.own_account(shopper.member).await?;
    let body = OwnAccountView {
        member: shopper.member.0,
        standing: word(account.standing),
        grade: account.grade.name(),
        email: account.profile.email,
        name: account.profile.name,
        phone: account.profile.phone,
    };
    Ok(known.reply(account.version, body))
}

const fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Registered => "registered",
        Standing::Active => "active",
        Standing::Dormant => "dormant",
    }
}
