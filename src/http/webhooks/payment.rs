//! `POST /webhooks/payment`: the payment gateway tells of a capture. The signature is the caller's credential.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use chrono::TimeDelta;
use eventstore::Context;
use kernel::Actor;
use kernel::id::CommandId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::{App, webhook_secret};
use crate::gateways::webhook::{Notice, SIGNATURE_HEADER, verify};
use crate::http::{Json, Position, Problem, json, trace};
use crate::ids;

/// How old a notice may be.
const TOLERANCE: TimeDelta = TimeDelta::minutes(5);
/// The same in a sandbox, whose clock may be moved between a booking and its notice.
const SANDBOX_TOLERANCE: TimeDelta = TimeDelta::days(3_660);
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
    request: Request,
) -> Result<(Position, Json<NoticeHeard>), Problem> {
    let (parts, body) = request.into_parts();
    let notice = genuine(&app, &parts.headers, body).await?;
    let outcome = app.hear(&context(&app), notice).await?;
    Ok((Position(outcome.position), Json(NoticeHeard { position: outcome.position.0 })))
}

/// The notice, if it was signed with our secret just now.
async fn genuine(app: &App, headers: &HeaderMap, body: Body) -> Result<Notice, Problem> {
    let bytes = json::read(body).await?;
    let signature = headers.get(SIGNATURE_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let tolerance = if app.virtual_clock.is_some() { SANDBOX_TOLERANCE } else { TOLERANCE };
    let secret = webhook_secret(&app.secrets);
    verify(&secret, signature, &bytes, app.clock.now(), tolerance).map_err(|error| {
        let detail = "The notice is not signed as it should be, or was signed long ago.";
        Problem::new(StatusCode::UNAUTHORIZED, "signature_invalid", detail).because(error)
    })?;
    json::parse(headers, &bytes)
}

/// The command's name follows from what is told; this one is never remembered.
fn context(app: &App) -> Context {
    Context {
        command_id: CommandId(ids::fresh()),
        correlation_id: trace::current().correlation(),
        causation: None,
        actor: Actor::system(TELLER),
        at: app.clock.now(),
        request: None,
    }
}
