//! `POST /webhooks/stripe`: Stripe tells of a capture or a refund. The signature is the caller's credential.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;

use super::signed::{signed, told_by};
use crate::app::App;
use crate::gateways::stripe::{SIGNATURE_HEADER, Told, read};
use crate::gateways::webhook::Notice;
use crate::http::Problem;

/// Who the log says has told.
const TELLER: &str = "gateway.stripe";

/// A body with Stripe's good signature; any other is refused before it is read.
#[derive(Debug)]
pub struct SignedByStripe(Bytes);

impl FromRequest<App> for SignedByStripe {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let secret = app.stripe_webhook_secret.as_ref().ok_or_else(Problem::not_found)?;
        let (_, bytes) = signed(request, app, SIGNATURE_HEADER, secret.as_bytes()).await?;
        Ok(Self(bytes))
    }
}

/// Hear an event of Stripe. The same one again changes nothing; one that is not ours is taken and forgotten.
#[utoipa::path(
    post,
    path = "/stripe",
    tag = "webhooks",
    security(()),
    params(("Stripe-Signature" = String, Header, description = "`t=<unix seconds>,v1=<hex>`: HMAC-SHA-256 of `<t>.<body>`.")),
    request_body(content = Object, description = "`payment_intent.succeeded`, `.payment_failed`, `.canceled`; `refund.created`, `.updated`, `.failed`; others are not heard."),
    responses(
        (status = 204, description = "Heard, now or before."),
        (status = 401, description = "`signature_invalid`"),
        (status = 404, description = "`not_found`: the installation is not paid by Stripe"),
        (status = 422, description = "`invalid_body`"),
    ),
)]
pub async fn stripe(
    State(app): State<App>,
    SignedByStripe(body): SignedByStripe,
) -> Result<StatusCode, Problem> {
    let told = read(&body).map_err(|error| {
        let detail = "The event is not one of the version that this installation speaks.";
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_body", detail).because(error)
    })?;
    let context = told_by(TELLER, &app);
    match told {
        Told::Captured(booked) => drop(app.hear(&context, Notice::CaptureBooked(booked)).await?),
        Told::Declined { payment, key, reason } => {
            app.hear_decline(&context, payment, (key, reason)).await?;
        }
        Told::Refunded { payment, refund, answer } => {
            app.hear_refund(&context, payment, (refund, answer)).await?;
        }
        Told::Nothing => {}
    }
    Ok(StatusCode::NO_CONTENT)
}
