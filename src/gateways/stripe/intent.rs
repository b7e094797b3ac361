//! Payment intents: how one is opened and confirmed, and what its state means for a capture. Never here: a call.

use chrono::DateTime;
use kernel::Timestamp;
use payment::DeclineReason;
use payment::value::GatewayReference;
use serde::Deserialize;

use super::super::GatewayError;
use super::super::payment::{Authentication, CaptureAnswer, CaptureRequest};
use super::api::Refusal;

/// A payment intent, as far as we read it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Intent {
    pub(super) id: GatewayReference,
    status: Status,
    created: i64,
    pub(super) amount: i64,
    pub(super) amount_received: Option<i64>,
    pub(super) currency: String,
    client_secret: Option<String>,
    next_action: Option<NextAction>,
    pub(super) last_payment_error: Option<Refusal>,
    latest_charge: Option<Charge>,
    #[serde(default)]
    pub(super) metadata: Names,
}

/// What we wrote on it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Names {
    /// The idempotency key of the attempt.
    #[serde(rename = "jangteo_key")]
    pub(super) key: Option<String>,
    /// The payment.
    #[serde(rename = "jangteo_payment")]
    pub(super) payment: Option<kernel::id::PaymentId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    RequiresPaymentMethod,
    RequiresConfirmation,
    RequiresAction,
    Processing,
    RequiresCapture,
    Canceled,
    Succeeded,
    #[serde(other)]
    Other,
}

#[derive(Debug, Clone, Deserialize)]
struct NextAction {
    redirect_to_url: Option<Redirect>,
}

#[derive(Debug, Clone, Deserialize)]
struct Redirect {
    url: String,
}

/// The charge: whole where Stripe hands it out so, else its name.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Charge {
    Whole { created: i64 },
    Named(#[expect(dead_code, reason = "only that it is no object matters")] String),
}

impl Intent {
    /// What became of the capture; none while nothing was asked of it yet.
    pub(super) fn answer(self) -> Result<Option<CaptureAnswer>, GatewayError> {
        match self.status {
            Status::Succeeded => {
                let captured_at = self.captured_at()?;
                Ok(Some(CaptureAnswer::Captured { reference: self.id, captured_at }))
            }
            Status::RequiresAction => self.authentication().map(Some),
            Status::RequiresPaymentMethod => {
                Ok(self.last_payment_error.map(|error| CaptureAnswer::Declined { reason: error.reason() }))
            }
            Status::Canceled => {
                Ok(Some(CaptureAnswer::Declined { reason: DeclineReason::AuthenticationFailed }))
            }
            Status::RequiresConfirmation => Ok(None),
            Status::Processing | Status::RequiresCapture | Status::Other => Err(GatewayError::Timeout),
        }
    }

    /// How much was taken, in minor units.
    pub(super) fn taken_minor(&self) -> i64 {
        self.amount_received.filter(|received| *received > 0).unwrap_or(self.amount)
    }

    fn captured_at(&self) -> Result<Timestamp, GatewayError> {
        let seconds = match self.latest_charge {
            Some(Charge::Whole { created }) => created,
            Some(Charge::Named(_)) | None => self.created,
        };
        instant(seconds)
    }

    fn authentication(self) -> Result<CaptureAnswer, GatewayError> {
        let page = self.next_action.and_then(|action| action.redirect_to_url);
        let by = match (page, self.client_secret) {
            (Some(Redirect { url }), _) => Authentication::Page { url },
            (None, Some(secret)) => Authentication::Library { secret },
            (None, None) => return Err(GatewayError::Timeout),
        };
        Ok(CaptureAnswer::AuthenticationRequired { by })
    }
}

/// Asks for an intent with its charge in it.
pub(super) fn whole() -> [(&'static str, String); 1] {
    [("expand[]", "latest_charge".to_owned())]
}

/// An instant as Stripe writes it.
pub(super) fn instant(seconds: i64) -> Result<Timestamp, GatewayError> {
    DateTime::from_timestamp(seconds, 0)
        .ok_or_else(|| GatewayError::Unavailable("Stripe names an instant that is none".to_owned()))
}

/// The form that opens an intent: nothing is taken by it.
pub(super) fn to_open(request: &CaptureRequest) -> Vec<(&'static str, String)> {
    vec![
        ("amount", request.amount.amount.minor().to_string()),
        ("currency", request.amount.currency.code().to_lowercase()),
        ("payment_method", request.instrument.clone()),
        ("payment_method_types[]", "card".to_owned()),
        ("metadata[jangteo_key]", request.key.clone()),
        ("metadata[jangteo_payment]", request.payment.to_string()),
    ]
}

/// The form that has the money taken. With an address to come back to, the shopper can be sent to a page; without one the
/// shop's own page asks them, by Stripe's library.
pub(super) fn to_confirm(request: &CaptureRequest) -> Vec<(&'static str, String)> {
    let back = request.return_url.iter().map(|url| ("return_url", url.clone()));
    whole().into_iter().chain(back).collect()
}
