//! `POST /admin/v1/sandbox/authentications`: a sandbox's shopper shows that it is them, or fails to.

use axum::extract::State;
use axum::http::StatusCode;
use kernel::id::PaymentId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::sandbox;
use crate::app::App;
use crate::http::{Json, Problem, SupportStaff, Write};
use crate::service::ServiceError;

/// Whose payment waits for the shopper.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Authenticate {
    /// The payment that waits until the shopper has shown that it is them.
    #[schema(value_type = Uuid)]
    payment: PaymentId,
    /// Whether they do.
    succeeds: bool,
}

/// A shopper's word at the sandbox gateway.
#[derive(Debug, Serialize, ToSchema)]
pub struct Authenticated {
    /// The payment.
    payment: Uuid,
    /// The gateway's name for the capture; its webhook or a look-up tells the rest.
    reference: String,
}

/// Show at the sandbox gateway that it is them, or fail to. Asked again, nothing changes.
#[utoipa::path(
    post,
    path = "/sandbox/authentications",
    security(("access_token" = ["support"])),
    request_body = Authenticate,
    responses((status = 202, body = Authenticated), (status = 404, description = "`not_a_sandbox`")),
)]
pub async fn authenticate(
    State(app): State<App>,
    SupportStaff(caller): SupportStaff,
    write: Write<Authenticate>,
) -> Result<(StatusCode, Json<Authenticated>), Problem> {
    sandbox::clock(&app)?;
    let context = write.intent(caller.actor(), app.clock.now());
    let Authenticate { payment, succeeds } = write.body;
    app.note_request(&context).await?;
    let reference = app.sandbox_gateway.authenticate(payment, succeeds, context.at).await;
    let reference = reference.map_err(ServiceError::from)?;
    let reference = reference.ok_or_else(Problem::not_found)?.to_string();
    Ok((StatusCode::ACCEPTED, Json(Authenticated { payment: payment.0, reference })))
}
