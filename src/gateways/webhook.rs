//! What a payment gateway's webhook says and how it is signed. Both sides use this file: the sandbox to send, the
//! endpoint to receive. Never here: sending, receiving, or what follows from a notice.
//!
//! The header `Jangteo-Signature: t=<unix seconds>,v1=<hex>` signs `<t>.<body>` by HMAC-SHA-256. The instant is inside
//! what is signed, so that a notice overheard can't be played back for ever; several `v1` may stand side by side while
//! a secret is being changed.

use chrono::TimeDelta;
use hmac::{Hmac, KeyInit, Mac};
use kernel::id::PaymentId;
use kernel::{Amount, Currency, Timestamp};
use payment::value::GatewayReference;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// The header that carries the signature.
pub const SIGNATURE_HEADER: &str = "Jangteo-Signature";
/// Where payment webhooks are sent, below the base URL.
pub const PAYMENT_PATH: &str = "/webhooks/payment";

/// What a payment gateway tells unasked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", deny_unknown_fields)]
pub enum Notice {
    /// Money was taken.
    #[serde(rename = "capture.booked")]
    CaptureBooked(CaptureBooked),
}

/// A capture that is in the gateway's books.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaptureBooked {
    /// The idempotency key it was asked under.
    pub key: String,
    /// The payment.
    pub payment: PaymentId,
    /// The gateway's name for it.
    pub reference: GatewayReference,
    /// How much, in minor units.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// ISO 4217.
    pub currency: Currency,
    /// When.
    pub captured_at: Timestamp,
}

/// Why a notice is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// The header is not of the form `t=<unix seconds>,v1=<hex>`.
    #[error("the signature header is malformed")]
    Malformed,
    /// It was signed too long ago, or too far ahead.
    #[error("the signature's time is out of tolerance")]
    Stale,
    /// It was not made with this secret over this body.
    #[error("the signature does not match")]
    Mismatch,
}

/// The header's value for a body sent at an instant.
pub fn sign(secret: &[u8], body: &[u8], at: Timestamp) -> String {
    let seconds = at.timestamp();
    let code = mac(secret, seconds, body).map(|mac| mac.finalize().into_bytes());
    format!("t={seconds},v1={}", code.map(hex::encode).unwrap_or_default())
}

/// Whether a body was signed with the secret, no further from `now` than the tolerance.
pub fn verify(
    secret: &[u8],
    header: &str,
    body: &[u8],
    now: Timestamp,
    tolerance: TimeDelta,
) -> Result<(), SignatureError> {
    let (seconds, codes) = parse(header).ok_or(SignatureError::Malformed)?;
    if now.timestamp().abs_diff(seconds) > tolerance.num_seconds().unsigned_abs() {
        return Err(SignatureError::Stale);
    }
    let matches =
        |code: &Vec<u8>| mac(secret, seconds, body).is_some_and(|mac| mac.verify_slice(code).is_ok());
    if codes.iter().any(matches) { Ok(()) } else { Err(SignatureError::Mismatch) }
}

/// The instant and the codes of a header; other schemes than `v1` are skipped.
fn parse(header: &str) -> Option<(i64, Vec<Vec<u8>>)> {
    let fields: Vec<_> = header.split(',').filter_map(|field| field.trim().split_once('=')).collect();
    let seconds = fields.iter().find(|(name, _)| *name == "t")?.1.parse().ok()?;
    let codes: Vec<_> = fields
        .iter()
        .filter(|(name, _)| *name == "v1")
        .filter_map(|(_, code)| hex::decode(code).ok())
        .collect();
    (!codes.is_empty()).then_some((seconds, codes))
}

/// HMAC takes a secret of any length, so there is always a code.
fn mac(secret: &[u8], seconds: i64, body: &[u8]) -> Option<Hmac<Sha256>> {
    let mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
    Some(mac.chain_update(seconds.to_string()).chain_update(b".").chain_update(body))
}

#[cfg(test)]
mod tests;
