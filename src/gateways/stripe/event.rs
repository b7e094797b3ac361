//! What Stripe's webhooks tell, as far as it is ours: what carries none of our names belongs to somebody else who uses the
//! same account. Never here: whether it is genuine (its signature is checked first, in [`crate::gateways::webhook`]'s form).

use kernel::id::{PaymentId, RefundId};
use kernel::{Amount, Currency};
use payment::DeclineReason;
use serde::Deserialize;
use serde_json::Value;

use super::super::payment::RefundAnswer;
use super::super::webhook::CaptureBooked;
use super::intent::{self, Intent};
use super::refund::Refund;

/// The header that carries the signature.
pub const SIGNATURE_HEADER: &str = "Stripe-Signature";

/// What an event tells us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Money was taken.
    Captured(CaptureBooked),
    /// Nothing was taken.
    Declined {
        /// The payment.
        payment: PaymentId,
        /// The idempotency key of the attempt.
        key: String,
        /// Why.
        reason: DeclineReason,
    },
    /// A refund has its outcome.
    Refunded {
        /// The payment.
        payment: PaymentId,
        /// The refund.
        refund: RefundId,
        /// The outcome.
        answer: RefundAnswer,
    },
    /// Nothing that is ours, or nothing that has an outcome.
    Nothing,
}

#[derive(Debug, Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    created: i64,
    data: Data,
}

#[derive(Debug, Deserialize)]
struct Data {
    object: Value,
}

/// Why an event can't be read.
#[derive(Debug, thiserror::Error)]
#[error("an event that can't be read: {0}")]
pub struct Unreadable(String);

impl From<serde_json::Error> for Unreadable {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

/// Reads an event.
pub fn read(body: &[u8]) -> Result<Told, Unreadable> {
    let Event { kind, created, data: Data { object } } = serde_json::from_slice(body)?;
    match kind.as_str() {
        "payment_intent.succeeded" => captured(serde_json::from_value(object)?, created),
        "payment_intent.payment_failed" | "payment_intent.canceled" => {
            Ok(declined(serde_json::from_value(object)?))
        }
        "refund.created" | "refund.updated" | "refund.failed" | "charge.refund.updated" => {
            Ok(refunded(serde_json::from_value(object)?))
        }
        _ => Ok(Told::Nothing),
    }
}

fn captured(intent: Intent, created: i64) -> Result<Told, Unreadable> {
    let amount = Amount::from_minor(intent.taken_minor());
    let (Some(key), Some(payment)) = (intent.metadata.key, intent.metadata.payment) else {
        return Ok(Told::Nothing);
    };
    let currency: Currency =
        intent.currency.to_uppercase().parse().map_err(|error| Unreadable(format!("{error}")))?;
    let captured_at = intent::instant(created).map_err(|error| Unreadable(error.to_string()))?;
    Ok(Told::Captured(CaptureBooked { key, payment, reference: intent.id, amount, currency, captured_at }))
}

fn declined(intent: Intent) -> Told {
    let reason =
        intent.last_payment_error.map_or(DeclineReason::AuthenticationFailed, |error| error.reason());
    match (intent.metadata.payment, intent.metadata.key) {
        (Some(payment), Some(key)) => Told::Declined { payment, key, reason },
        _ => Told::Nothing,
    }
}

fn refunded(refund: Refund) -> Told {
    let (payment, name) = (refund.metadata.payment, refund.metadata.refund);
    match (payment, name, refund.answer()) {
        (Some(payment), Some(refund), Ok(answer)) => Told::Refunded { payment, refund, answer },
        _ => Told::Nothing,
    }
}
