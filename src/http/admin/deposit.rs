//! `POST /admin/v1/sandbox/deposits`: a sandbox's shopper pays into a virtual account.

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

/// Whose virtual account is paid into.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Deposit {
    /// The payment that waits for a deposit.
    #[schema(value_type = Uuid)]
    payment: PaymentId,
}

/// A deposit at the sandbox gateway.
#[derive(Debug, Serialize, ToSchema)]
pub struct Deposited {
    /// The payment.
    payment: Uuid,
    /// The gateway's name for the capture; its webhook tells the rest.
    reference: String,
}

/// Pay into the virtual account of a payment. Asked again, it is not paid again.
#[utoipa::path(
    post,
    path = "/sandbox/deposits",
    security(("access_token" = ["support"])),
    request_body = Deposit,
    responses((status = 202, body = Deposited), (status = 404, description = "`not_a_sandbox`")),
)]
pub async fn deposit(
    State(app): State<App>,
    SupportStaff(caller): SupportStaff,
    write: Write<Deposit>,
) -> Result<(StatusCode, Json<Deposited>), Problem> {
    sandbox::clock(&app)?;
    let context = write.intent(caller.actor(), app.clock.now());
    let payment = write.body.payment;
    app.note_request(&context).await?;
    let reference = app.sandbox_gateway.deposit(payment, context.at).await.map_err(ServiceError::from)?;
    let reference = reference.ok_or_else(Problem::not_found)?.to_string();
    Ok((StatusCode::ACCEPTED, Json(Deposited { payment: payment.0, reference })))
}
