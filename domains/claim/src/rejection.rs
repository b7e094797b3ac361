//! Why a claim's command is refused, in sentences that a person can act on. Codes are part of the public API.

use kernel::id::{RefundId, ShipmentId};
use kernel::{RejectionKind, Timestamp};

use crate::policy::{MAX_FAILED_REFUNDS, MAX_GROUPS, MAX_LINES, MAX_PICKUPS, MAX_RUNS, SHOPPERS_TIME};
use crate::state::Phase;
use crate::value::{HoldReason, Kind, Party, Reason};

/// The claim says no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// Nothing was ever requested under this id.
    #[error("there is no such claim")]
    NotFound,
    /// The id is taken by another request.
    #[error("this claim was already requested with other content: use a new claim id")]
    AlreadyRequested,
    /// A request names no line.
    #[error("a claim names at least one line")]
    NoLines,
    /// Above [`MAX_LINES`].
    #[error("a claim names at most {MAX_LINES} lines, not {0}: split it")]
    TooManyLines(usize),
    /// Above [`MAX_GROUPS`].
    #[error("a claim names at most {MAX_GROUPS} delivery groups, not {0}")]
    TooManyGroups(usize),
    /// Above [`MAX_RUNS`].
    #[error("a claim names at most {MAX_RUNS} runs of pieces, not {0}: split it")]
    TooManyRuns(usize),
    /// A piece is claimed twice.
    #[error("line {0} is named with overlapping pieces: name each piece once")]
    OverlappingRuns(u16),
    /// The runs of a line don't say the same of the whole line.
    #[error("line {0} is named more than once with different facts")]
    RunsDiffer(u16),
    /// The pieces reach beyond the line.
    #[error("line {0} has fewer pieces left than are claimed")]
    MoreThanOrdered(u16),
    /// What was paid can't be below zero.
    #[error("the amounts of line {0} cannot be negative")]
    NegativeAmount(u16),
    /// The groups aren't exactly those of the lines.
    #[error("delivery group {0} is missing, named twice or without a claimed line of its merchant")]
    GroupsDiffer(u16),
    /// One merchant answers for a claim.
    #[error("a claim holds lines of one merchant: make one claim per merchant")]
    SeveralMerchants,
    /// The reason makes no sense for the kind.
    #[error("`{}` is no reason for a {}", .reason.name(), .kind.name())]
    ReasonDoesNotFit {
        /// Of the claim.
        kind: Kind,
        /// As given.
        reason: Reason,
    },
    /// The reason isn't theirs to give.
    #[error("a {} cannot give `{}` as the reason", .by.name(), .reason.name())]
    ReasonNotYours {
        /// Who asked.
        by: Party,
        /// As given.
        reason: Reason,
    },
    /// The step isn't theirs to take.
    #[error("a claim cannot be {action} by a {}", .by.name())]
    NotYours {
        /// Who asked.
        by: Party,
        /// The step, as a past participle.
        action: &'static str,
    },
    /// The other kind has this step.
    #[error("a {} cannot be {action}", .kind.name())]
    WrongKind {
        /// Of the claim.
        kind: Kind,
        /// The step, as a past participle.
        action: &'static str,
    },
    /// The step isn't drawn from this state, or not for this reason.
    #[error("a claim that is {} cannot be {action} like this", .phase.name())]
    WrongPhase {
        /// Where the claim is.
        phase: Phase,
        /// The step, as a past participle.
        action: &'static str,
    },
    /// It waits.
    #[error("the claim is on hold for `{}`: resume it first", .0.name())]
    OnHold(HoldReason),
    /// The deadline of a hold isn't after its beginning.
    #[error("a hold ends after it begins: give a later date")]
    HoldAlreadyOver,
    /// Below [`SHOPPERS_TIME`].
    #[error("give the shopper at least {} hours", SHOPPERS_TIME.num_hours())]
    HoldTooShort,
    /// The refund covers the fee.
    #[error("no return fee is unpaid: the refund covers it")]
    NothingUnpaid,
    /// Who has to act still may.
    #[error("the shopper has until {0}: wait for the end of the hold")]
    StillTime(Timestamp),
    /// The carrier has the goods.
    #[error("the goods are on their way back: wait until they arrive")]
    OnItsWay,
    /// This claim asked for no such pickup.
    #[error("shipment {0} is no pickup of this claim")]
    UnknownPickup(ShipmentId),
    /// Above [`MAX_PICKUPS`].
    #[error("{MAX_PICKUPS} pickups were tried: settle this with the shopper")]
    TooManyPickups,
    /// The inspection doesn't add up to the claimed pieces.
    #[error("the inspection must account for each claimed piece of line {0}, once")]
    InspectionDiffers(u16),
    /// Another result was recorded.
    #[error("the inspection already has another result")]
    AlreadyInspected,
    /// Another refund is under way or done.
    #[error("refund {0} already pays this claim back")]
    RefundAlreadyStarted(RefundId),
    /// The id belongs to a failed try.
    #[error("refund {0} failed before: start another one under a new id")]
    RefundFailedBefore(RefundId),
    /// Above [`MAX_FAILED_REFUNDS`].
    #[error("{MAX_FAILED_REFUNDS} refunds failed: look at the payment first")]
    TooManyFailedRefunds,
    /// This claim didn't start that refund.
    #[error("refund {0} is not the one that pays this claim back")]
    UnknownRefund(RefundId),
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "claim_not_found",
            Self::AlreadyRequested => "claim_already_requested",
            Self::NoLines => "no_lines",
            Self::TooManyLines(_) => "too_many_lines",
            Self::TooManyGroups(_) => "too_many_groups",
            Self::TooManyRuns(_) => "too_many_runs",
            Self::OverlappingRuns(_) => "overlapping_runs",
            Self::RunsDiffer(_) => "runs_differ",
            Self::MoreThanOrdered(_) => "more_than_ordered",
            Self::NegativeAmount(_) => "negative_amount",
            Self::GroupsDiffer(_) => "groups_differ",
            Self::SeveralMerchants => "several_merchants",
            Self::ReasonDoesNotFit { .. } => "reason_does_not_fit",
            Self::ReasonNotYours { .. } => "reason_not_yours",
            Self::NotYours { .. } => "not_yours",
            Self::WrongKind { .. } => "wrong_kind",
            Self::WrongPhase { .. } => "wrong_phase",
            Self::OnHold(_) => "on_hold",
            Self::HoldAlreadyOver => "hold_already_over",
            Self::HoldTooShort => "hold_too_short",
            Self::NothingUnpaid => "nothing_unpaid",
            Self::StillTime(_) => "still_time",
            Self::OnItsWay => "on_its_way",
            Self::UnknownPickup(_) => "unknown_pickup",
            Self::TooManyPickups => "too_many_pickups",
            Self::InspectionDiffers(_) => "inspection_differs",
            Self::AlreadyInspected => "already_inspected",
            Self::RefundAlreadyStarted(_) => "refund_already_started",
            Self::RefundFailedBefore(_) => "refund_failed_before",
            Self::TooManyFailedRefunds => "too_many_failed_refunds",
            Self::UnknownRefund(_) => "unknown_refund",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::NotFound => RejectionKind::NotFound,
            Self::ReasonNotYours { .. } | Self::NotYours { .. } => RejectionKind::Forbidden,
            Self::NoLines
            | Self::TooManyLines(_)
            | Self::TooManyGroups(_)
            | Self::TooManyRuns(_)
            | Self::OverlappingRuns(_)
            | Self::RunsDiffer(_)
            | Self::MoreThanOrdered(_)
            | Self::NegativeAmount(_)
            | Self::GroupsDiffer(_)
            | Self::SeveralMerchants
            | Self::ReasonDoesNotFit { .. }
            | Self::HoldAlreadyOver
            | Self::HoldTooShort
            | Self::InspectionDiffers(_) => RejectionKind::Invalid,
            Self::AlreadyRequested
            | Self::WrongKind { .. }
            | Self::WrongPhase { .. }
            | Self::OnHold(_)
            | Self::NothingUnpaid
            | Self::StillTime(_)
            | Self::OnItsWay
            | Self::UnknownPickup(_)
            | Self::TooManyPickups
            | Self::AlreadyInspected
            | Self::RefundAlreadyStarted(_)
            | Self::RefundFailedBefore(_)
            | Self::TooManyFailedRefunds
            | Self::UnknownRefund(_) => RejectionKind::Conflict,
        }
    }
}
