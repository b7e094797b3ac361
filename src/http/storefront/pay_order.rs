//! `POST /storefront/v1/orders/{order}/payment`: paying.

use axum::extract::State;
use axum::http::StatusCode;
use eventstore::Outcome;
use kernel::Text;
use kernel::id::{OrderId, PaymentId};
use payment::DeclineReason;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::{FieldError, Json, Path, Position, Problem, Shopper, Write};
use crate::service::payments::Paying;
use crate::service::purchases::Own;

/// What the shopper pays with.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PayOrder {
    /// A token of the gateway's client library, never a card number.
    #[schema(value_type = String, max_length = 120, example = "ok")]
    instrument: Text<120>,
}

/// What paying came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderPayment {
    /// The payment.
    payment: Uuid,
    /// What became of it.
    status: PaymentStatus,
    /// Where to deposit the money.
    account: Option<String>,
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
    /// The gateway gave no answer; it is asked again until it does. The same request again tells what is known then.
    Unknown,
}

/// Pay an order.
#[utoipa::path(
    post,
    path = "/orders/{order}/payment",
    security(("access_token" = [])),
    params(("order" = Uuid, Path)),
    request_body = PayOrder,
    responses(
        (status = 200, body = OrderPayment, description = "The money is taken."),
        (status = 202, body = OrderPayment, description = "The shopper has to deposit, or the outcome is not known."),
        (status = 402, description = "`payment_declined`: nothing was taken; the reason is in `errors`"),
        (status = 409, description = "`not_pending_payment`, `capture_in_flight`, `paid_too_late`"),
    ),
)]
pub async fn pay_order(
    State(app): State<App>,
    shopper: Shopper,
    Path(order): Path<OrderId>,
    write: Write<PayOrder>,
) -> Result<(StatusCode, Position, Json<OrderPayment>), Problem> {
    let context = write.intent(shopper.actor(), app.clock.now());
    let own = Own { member: shopper.member, id: order, seen: None };
    let (payment, paying) = app.pay_own_order(&context, own, write.body.instrument.into()).await?;
    match paying {
        Paying::Captured(outcome) => {
            Ok(answer(StatusCode::OK, payment, (PaymentStatus::Captured, None), &outcome))
        }
        Paying::AwaitingDeposit(account, outcome) => {
            let awaiting = (PaymentStatus::AwaitingDeposit, Some(account));
            Ok(answer(StatusCode::ACCEPTED, payment, awaiting, &outcome))
        }
        Paying::Unknown(outcome) => {
            Ok(answer(StatusCode::ACCEPTED, payment, (PaymentStatus::Unknown, None), &outcome))
        }
        Paying::TooLate(_) => Err(too_late()),
        Paying::Declined(reason, _) => Err(declined(reason)),
    }
}

fn answer(
    code: StatusCode,
    payment: PaymentId,
    (status, account): (PaymentStatus, Option<String>),
    outcome: &Outcome,
) -> (StatusCode, Position, Json<OrderPayment>) {
    let position = outcome.position;
    let body = OrderPayment { payment: payment.0, status, account, position: position.0 };
    (code, Position(position), Json(body))
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
