//! Stripe's reasons in our words. A code that is not named here is a refusal without saying more.

use payment::{DeclineReason, RefundFailureReason};

use super::api::Refusal;

impl Refusal {
    /// Why no money was taken.
    pub(super) fn reason(&self) -> DeclineReason {
        let issuer = self.decline_code.as_deref().and_then(said);
        issuer.or_else(|| self.code.as_deref().and_then(said)).unwrap_or(DeclineReason::CardRefused)
    }

    /// Why no money went back.
    pub(super) fn refund_reason(&self) -> RefundFailureReason {
        match self.code.as_deref() {
            Some("charge_expired_for_refund" | "refund_window_closed") => RefundFailureReason::PeriodOver,
            _ => RefundFailureReason::Refused,
        }
    }
}

/// A decline code, or an error's code.
fn said(code: &str) -> Option<DeclineReason> {
    Some(match code {
        "insufficient_funds" => DeclineReason::InsufficientFunds,
        "card_velocity_exceeded" | "withdrawal_count_limit_exceeded" | "amount_too_large" => {
            DeclineReason::LimitExceeded
        }
        "expired_card" => DeclineReason::CardExpired,
        "authentication_required"
        | "authentication_not_handled"
        | "payment_intent_authentication_failure"
        | "offline_pin_required"
        | "online_or_offline_pin_required" => DeclineReason::AuthenticationFailed,
        "fraudulent" | "lost_card" | "merchant_blacklist" | "pickup_card" | "stolen_card" => {
            DeclineReason::FraudSuspected
        }
        "issuer_not_available" | "processing_error" | "reenter_transaction" | "try_again_later" => {
            DeclineReason::GatewayError
        }
        _ => return None,
    })
}

/// Why a refund failed after it was taken on.
pub(super) fn refund_failure(said: Option<&str>) -> RefundFailureReason {
    match said {
        Some("expired_or_canceled_card" | "lost_or_stolen_card") => RefundFailureReason::AccountClosed,
        _ => RefundFailureReason::Refused,
    }
}
