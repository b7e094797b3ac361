//! `POST /webhooks/payment`: the payment gateway tells of a capture. The signature is the caller's credential.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::signed::{Signed, told_by};
use crate::app::App;
use crate::gateways::webhook::Notice;
use crate::http::{Json, Position, Problem};

/// Who the log says has told.
const TELLER: &str = "gateway.payment";

/// A notice was heard, now or before.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticeHeard {
    /// Where what it tells stands in the log.
    position: u64,
}

/// Hear a notice of the payment gateway. The same one again changes nothing.
#[utoipa::path(
    post,
    path = "/payment",
    tag = "webhooks",
    security(()),
    params(("Jangteo-Signature" = String, Header, description = "`t=<unix seconds>,v1=<hex>`: HMAC-SHA-256 of `<t>.<body>`.")),
    request_body(content = Object, description = "`capture.booked`: key, payment, reference, amount_minor, currency, captured_at."),
    responses((status = 200, body = NoticeHeard), (status = 401, description = "`signature_invalid`")),
)]
pub async fn payment(
    State(app): State<App>,
    Signed(notice): Signed<Notice>,
) -> Result<(Position, Json<NoticeHeard>), Problem> {
    let outcome = app.hear(&told_by(TELLER, &app), notice).await?;
    Ok((Position(outcome.position), Json(NoticeHeard { position: outcome.position.0 })))
}
