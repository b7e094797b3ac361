//! Why something asked of a member's points is refused.

use kernel::id::OrderId;
use kernel::{Amount, RejectionKind};

use super::{LotId, RestoreId, policy};

/// A refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// The points are another member's or another mall's.
    #[error("these are the points of another member or another mall")]
    OtherAccount,
    /// The points would end before they begin.
    #[error("points must end later than they are earned")]
    ExpiryPassed,
    /// The lot's id is in use.
    #[error("lot {lot} was earned otherwise: earn under a new lot id")]
    LotDiffers {
        /// The lot.
        lot: LotId,
    },
    /// Too many lots have points.
    #[error("points of at most {} lots are kept: use some first", policy::LOTS_MAX)]
    TooManyLots,
    /// Too many points.
    #[error("at most {} points are kept: use some first", policy::BALANCE_MAX)]
    BalanceTooHigh,
    /// Fewer points can be used than are wanted.
    #[error("{asked} points are wanted, {usable} can be used")]
    Insufficient {
        /// The number wanted.
        asked: Amount,
        /// The number that can be used.
        usable: Amount,
    },
    /// The order has another number of points held.
    #[error("{held} points are held for order {order} already: release them first")]
    HeldOtherwise {
        /// The order.
        order: OrderId,
        /// The number held.
        held: Amount,
    },
    /// Too many orders have points held.
    #[error("points are held for at most {} orders at a time: pay or cancel one first", policy::HOLDS_MAX)]
    TooManyHolds,
    /// The order has no points held.
    #[error("no points are held for order {order}")]
    NotHeld {
        /// The order.
        order: OrderId,
    },
    /// The order has spent its points.
    #[error("the points of order {order} are spent: restore them instead")]
    AlreadyUsed {
        /// The order.
        order: OrderId,
    },
    /// The order has spent no points, or so long ago that it is forgotten.
    #[error("no points are known to be spent on order {order}")]
    NotUsed {
        /// The order.
        order: OrderId,
    },
    /// More points should come back than are still spent.
    #[error("{used} points are still spent on the order, not {asked}")]
    RestoreExceedsUsed {
        /// The number named.
        asked: Amount,
        /// The number still spent.
        used: Amount,
    },
    /// The restore's id is in use.
    #[error("restore {restore} gave back otherwise: restore under a new id")]
    RestoreDiffers {
        /// The restore.
        restore: RestoreId,
    },
    /// Too many restores of one order.
    #[error("an order's points are given back in at most {} parts", policy::RESTORES_PER_ORDER_MAX)]
    TooManyRestores,
    /// There is no such earning, or so old that it is forgotten.
    #[error("lot {lot} is not known")]
    LotNotFound {
        /// The lot.
        lot: LotId,
    },
    /// Another number was taken back for the same reason.
    #[error("another number of points of lot {lot} was taken back for this reason: name another reason")]
    RevokedOtherwise {
        /// The lot.
        lot: LotId,
    },
    /// More points should be taken back than were earned.
    #[error("{earned} points of the earning were not taken back yet, not {asked}")]
    RevokeExceedsEarned {
        /// The number named.
        asked: Amount,
        /// The number earned, less what was taken back before.
        earned: Amount,
    },
    /// Too many reasons to take one earning back.
    #[error("an earning is taken back for at most {} reasons", policy::REVOCATIONS_PER_LOT_MAX)]
    TooManyRevocations,
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::OtherAccount => "points_other_account",
            Self::ExpiryPassed => "points_expiry_passed",
            Self::LotDiffers { .. } => "points_lot_differs",
            Self::TooManyLots => "points_too_many_lots",
            Self::BalanceTooHigh => "points_balance_too_high",
            Self::Insufficient { .. } => "points_insufficient",
            Self::HeldOtherwise { .. } => "points_held_otherwise",
            Self::TooManyHolds => "points_too_many_holds",
            Self::NotHeld { .. } => "points_not_held",
            Self::AlreadyUsed { .. } => "points_already_used",
            Self::NotUsed { .. } => "points_not_used",
            Self::RestoreExceedsUsed { .. } => "points_restore_exceeds_used",
            Self::RestoreDiffers { .. } => "points_restore_differs",
            Self::TooManyRestores => "points_too_many_restores",
            Self::LotNotFound { .. } => "points_lot_not_found",
            Self::RevokedOtherwise { .. } => "points_revoked_otherwise",
            Self::RevokeExceedsEarned { .. } => "points_revoke_exceeds_earned",
            Self::TooManyRevocations => "points_too_many_revocations",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::LotNotFound { .. } => RejectionKind::NotFound,
            Self::OtherAccount => RejectionKind::Forbidden,
            Self::ExpiryPassed => RejectionKind::Invalid,
            Self::LotDiffers { .. }
            | Self::TooManyLots
            | Self::BalanceTooHigh
            | Self::Insufficient { .. }
            | Self::HeldOtherwise { .. }
            | Self::TooManyHolds
            | Self::NotHeld { .. }
            | Self::AlreadyUsed { .. }
            | Self::NotUsed { .. }
            | Self::RestoreExceedsUsed { .. }
            | Self::RestoreDiffers { .. }
            | Self::TooManyRestores
            | Self::RevokedOtherwise { .. }
            | Self::RevokeExceedsEarned { .. }
            | Self::TooManyRevocations => RejectionKind::Conflict,
        }
    }
}
