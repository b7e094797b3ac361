//! Refunds at Stripe: how one is asked for and looked for, and what its state means. Never here: a call.

use kernel::id::{PaymentId, RefundId};
use payment::value::GatewayReference;
use serde::Deserialize;

use super::super::GatewayError;
use super::super::payment::{RefundAnswer, RefundRequest};
use super::decline::refund_failure;

/// Refunds on a page: the most that Stripe hands out at once.
const PAGE: &str = "100";

/// A refund, as far as we read it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Refund {
    pub(super) id: GatewayReference,
    status: Option<Status>,
    failure_reason: Option<String>,
    #[serde(default)]
    pub(super) metadata: Names,
}

/// What we wrote on it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Names {
    /// The idempotency key.
    #[serde(default, rename = "jangteo_key")]
    pub(super) key: String,
    /// The payment.
    #[serde(rename = "jangteo_payment")]
    pub(super) payment: Option<PaymentId>,
    /// The refund.
    #[serde(rename = "jangteo_refund")]
    pub(super) refund: Option<RefundId>,
}

/// A page of refunds.
#[derive(Debug, Deserialize)]
pub(super) struct Refunds {
    pub(super) data: Vec<Refund>,
    pub(super) has_more: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Succeeded,
    Failed,
    Canceled,
    #[serde(other)]
    Other,
}

impl Refund {
    /// What became of it. One that Stripe still works on has no outcome yet: it is asked again.
    pub(super) fn answer(self) -> Result<RefundAnswer, GatewayError> {
        match self.status {
            Some(Status::Succeeded) => Ok(RefundAnswer::Refunded { reference: self.id }),
            Some(Status::Failed | Status::Canceled) => {
                Ok(RefundAnswer::Refused { reason: refund_failure(self.failure_reason.as_deref()) })
            }
            Some(Status::Other) | None => Err(GatewayError::Timeout),
        }
    }
}

/// The form that asks for a refund.
pub(super) fn to_ask(request: &RefundRequest) -> Vec<(&'static str, String)> {
    vec![
        ("payment_intent", request.capture.to_string()),
        ("amount", request.amount.amount.minor().to_string()),
        ("metadata[jangteo_key]", request.key.clone()),
        ("metadata[jangteo_payment]", request.payment.to_string()),
        ("metadata[jangteo_refund]", request.refund.to_string()),
    ]
}

/// The query for a page of an intent's refunds.
pub(super) fn page_of(intent: &GatewayReference, after: Option<&str>) -> Vec<(&'static str, String)> {
    let page = [("payment_intent", intent.to_string()), ("limit", PAGE.to_owned())];
    page.into_iter().chain(after.map(|after| ("starting_after", after.to_owned()))).collect()
}
