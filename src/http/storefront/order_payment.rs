//! What paying came to, as a shopper reads it. Never here: paying.

use axum::http::StatusCode;
use eventstore::Outcome;
use kernel::id::PaymentId;
use payment::DeclineReason;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::gateways::payment::Authentication;
use crate::http::{FieldError, Json, Position, Problem};
use crate::service::payments::Paying;

/// What paying came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderPayment {
    /// The payment.
    payment: Uuid,
    /// What became of it.
    status: PaymentStatus,
    /// Where to deposit the money.
    account: Option<String>,
    /// Where the shopper shows that it is them, and is sent back from.
    #[schema(example = "https://hooks.stripe.com/redirect/authenticate/src_1")]
    redirect_url: Option<String>,
    /// What the gateway's client library asks with, where the shopper shows it on the shop's own page. Keep it nowhere.
    client_secret: Option<String>,
    /// The position in the log.
    position: u64,
}

/// What became of a payment.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum PaymentStatus {
    /// The money is taken.
    Captured,
    /// The shopper has to deposit first.
    AwaitingDeposit,
    /// The shopper has to show that it is them first. Once they are back, `…/payment/return` tells what came of it.
    AwaitingAuthentication,
    /// The gateway gave no answer; it is asked again until it does. The same request again tells what is known then.
    Unknown,
}

/// A payment with its answer.
pub(super) type Answer = (StatusCode, Position, Json<OrderPayment>);

/// What a shopper is told.
pub(super) fn answer((payment, paying): (PaymentId, Paying)) -> Result<Answer, Problem> {
    let (code, status, outcome) = match &paying {
        Paying::Captured(outcome) => (StatusCode::OK, PaymentStatus::Captured, outcome),
        Paying::AwaitingDeposit(_, outcome) => {
            (StatusCode::ACCEPTED, PaymentStatus::AwaitingDeposit, outcome)
        }
        Paying::AwaitingAuthentication(_, outcome) => {
            (StatusCode::ACCEPTED, PaymentStatus::AwaitingAuthentication, outcome)
        }
        Paying::Unknown(outcome) => (StatusCode::ACCEPTED, PaymentStatus::Unknown, outcome),
        Paying::TooLate(_) => return Err(too_late()),
        Paying::Declined(reason, _) => return Err(declined(*reason)),
    };
    let Outcome { position, .. } = *outcome;
    let (account, redirect_url, client_secret) = ways_on(paying);
    let body = OrderPayment {
        payment: payment.0,
        status,
        account,
        redirect_url,
        client_secret,
        position: position.0,
    };
    Ok((code, Position(position), Json(body)))
}

/// What the shopper goes on with: an account, a page, or a secret for the gateway's library.
fn ways_on(paying: Paying) -> (Option<String>, Option<String>, Option<String>) {
    match paying {
        Paying::AwaitingDeposit(account, _) => (Some(account), None, None),
        Paying::AwaitingAuthentication(Authentication::Page { url }, _) => (None, Some(url), None),
        Paying::AwaitingAuthentication(Authentication::Library { secret }, _) => (None, None, Some(secret)),
        Paying::Captured(_) | Paying::TooLate(_) | Paying::Declined(..) | Paying::Unknown(_) => {
            (None, None, None)
        }
    }
}

fn too_late() -> Problem {
    let detail = "The time to pay was over and the order is gone; what was taken goes back by itself.";
    Problem::new(StatusCode::CONFLICT, "paid_too_late", detail)
}

fn declined(reason: DeclineReason) -> Problem {
    let (code, detail) = match reason {
        DeclineReason::InsufficientFunds => ("insufficient_funds", "There is not enough money or credit."),
        DeclineReason::LimitExceeded => ("limit_exceeded", "A limit of the card or account is reached."),
        DeclineReason::CardRefused => ("card_refused", "The issuer refused without saying why."),
        DeclineReason::CardExpired => ("card_expired", "The card has expired."),
        DeclineReason::AuthenticationFailed => {
            ("authentication_failed", "The authentication did not succeed.")
        }
        DeclineReason::FraudSuspected => ("fraud_suspected", "The gateway did not let it through."),
        DeclineReason::GatewayError => ("gateway_error", "The gateway failed and took nothing."),
    };
    let error = FieldError { field: "/instrument".to_owned(), code, detail: detail.to_owned() };
    let detail = "Nothing was taken; try again, or pay by other means.";
    Problem::new(StatusCode::PAYMENT_REQUIRED, "payment_declined", detail).with_error(error)
}
