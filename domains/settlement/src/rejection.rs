//! How a statement says no. Never here: what broke (errors are not refusals).

use kernel::id::{PayoutId, StatementId};
use kernel::{RejectionKind, Timestamp};

use crate::ledger::EntryError;
use crate::policy::{CARRIES_MAX, ITEMS_MAX, PAYOUT_ATTEMPTS_MAX};
use crate::value::ItemKey;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// Nothing was ever settled here.
    #[error("there is no such statement")]
    NoSuchStatement,
    /// Another merchant, mall, currency or period than the statement's.
    #[error("the statement is for another merchant, mall, currency or period")]
    AnotherHeading,
    /// An accrual of nothing, or a claim that leaves nothing.
    #[error("name at least one line")]
    NoLines,
    /// More lines than one command may name.
    #[error("at most {limit} lines at once: {found} were given")]
    TooManyLines {
        /// How many were given.
        found: usize,
        /// How many may be.
        limit: usize,
    },
    /// One key twice in one command.
    #[error("item `{0}` is named twice")]
    ItemNamedTwice(ItemKey),
    /// Discounts and points take more than there is.
    #[error("discounts and points on item `{0}` exceed what was sold")]
    LineNotCovered(ItemKey),
    /// The item belongs to a later period.
    #[error("item `{0}` fell due after the statement's period: accrue it to the next statement")]
    AfterPeriod(ItemKey),
    /// Not a sale, or its parts don't add up.
    #[error("item `{0}` takes back something that is no sale, or whose parts don't add up")]
    NotReversible(ItemKey),
    /// More pieces than the original has left.
    #[error("item `{0}` takes back more pieces than were sold")]
    TooManyPieces(ItemKey),
    /// No room left.
    #[error("a statement holds at most {ITEMS_MAX} items: settle this merchant in a shorter cycle")]
    StatementFull,
    /// Items came too late; those that are not on the statement yet.
    #[error("the statement is closed: {} items belong to the next period", .missing.len())]
    StatementClosed {
        /// The keys that the statement doesn't hold.
        missing: Vec<ItemKey>,
    },
    /// A balance came too late.
    #[error("the statement is closed: carry the balance into the next one")]
    ClosedToCarry,
    /// The same former statement with another balance.
    #[error("another balance was already carried in from statement {0}")]
    CarryDiffers(StatementId),
    /// Its own balance.
    #[error("a statement can't take over its own balance")]
    CarryFromItself,
    /// Too many former statements.
    #[error("a statement takes over at most {CARRIES_MAX} balances")]
    TooManyCarries,
    /// Too early to close.
    #[error("the period isn't over until {0}")]
    PeriodNotOver(Timestamp),
    /// Close it first.
    #[error("the statement is still open: close it first")]
    NotClosed,
    /// Confirm it first.
    #[error("the statement isn't confirmed yet")]
    NotConfirmed,
    /// One payout at a time.
    #[error("payout {0} was already requested for the statement")]
    PayoutAlreadyRequested(PayoutId),
    /// The bank was never asked.
    #[error("no payout was requested for the statement")]
    NoPayoutRequested,
    /// An answer to a payout that isn't the current one.
    #[error("the answer is to another payout: the statement waits on {0}")]
    AnotherPayout(PayoutId),
    /// The bank said that it failed.
    #[error("payout {0} failed already: reconcile it with the bank")]
    PayoutFailedAlready(PayoutId),
    /// The bank said that it paid.
    #[error("payout {0} was made already")]
    PaidAlready(PayoutId),
    /// A retry while the bank may still pay could pay twice.
    #[error("payout {0} is still with the bank: wait for its answer")]
    PayoutStillPending(PayoutId),
    /// A retry needs a new payout.
    #[error("payout {0} was tried before: a retry needs a new one")]
    PayoutTriedBefore(PayoutId),
    /// No more retries.
    #[error("a payout is tried at most {PAYOUT_ATTEMPTS_MAX} times: pay by hand")]
    TooManyAttempts,
    /// It ended without a payout.
    #[error("the statement's balance was carried over: there is nothing to pay")]
    CarriedOverAlready,
    /// The amounts make no ledger entry.
    #[error("the amounts can't be booked: {0}")]
    NotBookable(#[from] EntryError),
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchStatement => "no_such_statement",
            Self::AnotherHeading => "another_heading",
            Self::NoLines => "no_lines",
            Self::TooManyLines { .. } => "too_many_lines",
            Self::ItemNamedTwice(_) => "item_named_twice",
            Self::LineNotCovered(_) => "line_not_covered",
            Self::AfterPeriod(_) => "after_period",
            Self::NotReversible(_) => "not_reversible",
            Self::TooManyPieces(_) => "too_many_pieces",
            Self::StatementFull => "statement_full",
            Self::StatementClosed { .. } => "statement_closed",
            Self::ClosedToCarry => "closed_to_carry",
            Self::CarryDiffers(_) => "carry_differs",
            Self::CarryFromItself => "carry_from_itself",
            Self::TooManyCarries => "too_many_carries",
            Self::PeriodNotOver(_) => "period_not_over",
            Self::NotClosed => "not_closed",
            Self::NotConfirmed => "not_confirmed",
            Self::PayoutAlreadyRequested(_) => "payout_already_requested",
            Self::NoPayoutRequested => "no_payout_requested",
            Self::AnotherPayout(_) => "another_payout",
            Self::PayoutFailedAlready(_) => "payout_failed_already",
            Self::PaidAlready(_) => "paid_already",
            Self::PayoutStillPending(_) => "payout_still_pending",
            Self::PayoutTriedBefore(_) => "payout_tried_before",
            Self::TooManyAttempts => "too_many_attempts",
            Self::CarriedOverAlready => "carried_over_already",
            Self::NotBookable(_) => "not_bookable",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::NoSuchStatement => RejectionKind::NotFound,
            Self::NoLines
            | Self::TooManyLines { .. }
            | Self::ItemNamedTwice(_)
            | Self::LineNotCovered(_)
            | Self::AfterPeriod(_)
            | Self::NotReversible(_)
            | Self::TooManyPieces(_)
            | Self::CarryFromItself
            | Self::NotBookable(_) => RejectionKind::Invalid,
            Self::AnotherHeading
            | Self::StatementFull
            | Self::StatementClosed { .. }
            | Self::ClosedToCarry
            | Self::CarryDiffers(_)
            | Self::TooManyCarries
            | Self::PeriodNotOver(_)
            | Self::NotClosed
            | Self::NotConfirmed
            | Self::PayoutAlreadyRequested(_)
            | Self::NoPayoutRequested
            | Self::AnotherPayout(_)
            | Self::PayoutFailedAlready(_)
            | Self::PaidAlready(_)
            | Self::PayoutStillPending(_)
            | Self::PayoutTriedBefore(_)
            | Self::TooManyAttempts
            | Self::CarriedOverAlready => RejectionKind::Conflict,
        }
    }
}
