//! How a stock says no. Codes are stable and unique within the product context.

use kernel::RejectionKind;
use kernel::id::OrderId;

/// A refusal, as a sentence that a person can act on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// The SKU isn't counted.
    #[error("no stock is kept for this SKU")]
    NotFound,
    /// The SKU is counted for another product or merchant.
    #[error("the stock of this SKU belongs to another product or merchant")]
    AlreadyOpened,
    /// Fewer pieces can be sold than are wanted.
    #[error("{requested} pieces are wanted, {available} are available")]
    SoldOut {
        /// The number wanted.
        requested: u32,
        /// The number that can be sold.
        available: u32,
    },
    /// Fewer pieces are kept for the order than are named.
    #[error("{reserved} pieces are reserved for order {order}, not {requested}")]
    NotReserved {
        /// The order.
        order: OrderId,
        /// The number named.
        requested: u32,
        /// The number kept.
        reserved: u32,
    },
    /// A correction would take pieces that are kept for orders, or that aren't there.
    #[error("the count can fall by at most {available}, the rest is reserved: not by {fall}")]
    BelowReserved {
        /// By how much it should fall.
        fall: u64,
        /// By how much it can.
        available: u32,
    },
    /// More pieces than a stock may hold.
    #[error("a stock holds at most {max} pieces")]
    OverLimit {
        /// The limit.
        max: u32,
    },
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "stock_not_found",
            Self::AlreadyOpened => "stock_already_opened",
            Self::SoldOut { .. } => "sold_out",
            Self::NotReserved { .. } => "stock_not_reserved",
            Self::BelowReserved { .. } => "stock_below_reserved",
            Self::OverLimit { .. } => "stock_over_limit",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::NotFound => RejectionKind::NotFound,
            Self::AlreadyOpened
            | Self::SoldOut { .. }
            | Self::NotReserved { .. }
            | Self::BelowReserved { .. } => RejectionKind::Conflict,
            Self::OverLimit { .. } => RejectionKind::Invalid,
        }
    }
}
