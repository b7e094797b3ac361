//! What each instrument makes the sandbox gateway do. The table in the parent's documentation says the same in words.
//! Never here: books, webhooks.

use payment::DeclineReason;

/// The instrument that opens an account to deposit to.
pub(super) const VIRTUAL_ACCOUNT: &str = "virtual_account";
/// The instrument whose shopper has to show that it is them.
pub(super) const AUTHENTICATION: &str = "authentication";

/// What the gateway does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Books,
    Declines(DeclineReason),
    TimesOutBefore,
    TimesOutAfter,
    Late,
    TellsTwice,
    AwaitsDeposit,
    AwaitsAuthentication,
    RefusesRefunds,
    RefundTimesOutAfter,
}

impl Script {
    /// The script of an instrument; a token that the gateway doesn't know is a card that its issuer refuses.
    pub(super) fn of(instrument: &str) -> Self {
        match instrument {
            "ok" => Self::Books,
            "decline_insufficient_funds" => Self::Declines(DeclineReason::InsufficientFunds),
            "decline_expired_card" => Self::Declines(DeclineReason::CardExpired),
            "timeout_before" => Self::TimesOutBefore,
            "timeout_after" => Self::TimesOutAfter,
            "late" => Self::Late,
            "webhook_twice" => Self::TellsTwice,
            VIRTUAL_ACCOUNT => Self::AwaitsDeposit,
            AUTHENTICATION => Self::AwaitsAuthentication,
            "refund_refuse" => Self::RefusesRefunds,
            "refund_timeout_after" => Self::RefundTimesOutAfter,
            _ => Self::Declines(DeclineReason::CardRefused),
        }
    }

    /// Whether a capture is booked as soon as it is asked for.
    pub(super) const fn books_at_once(self) -> bool {
        match self {
            Self::Books
            | Self::TimesOutAfter
            | Self::TellsTwice
            | Self::RefusesRefunds
            | Self::RefundTimesOutAfter => true,
            Self::Declines(_)
            | Self::TimesOutBefore
            | Self::Late
            | Self::AwaitsDeposit
            | Self::AwaitsAuthentication => false,
        }
    }

    /// Whether whoever asks first never hears what was done.
    pub(super) const fn loses_first_answer(self) -> bool {
        matches!(self, Self::TimesOutBefore | Self::TimesOutAfter | Self::Late)
    }

    /// How often a booking is told.
    pub(super) const fn notices(self) -> i16 {
        if matches!(self, Self::TellsTwice) { 2 } else { 1 }
    }
}
