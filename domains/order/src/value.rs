//! The small words of an order: numbers of lines and groups, reasons, kinds, who confirmed.
//!
//! Never here: rules. A value that exists is valid.

mod fee;
mod gift;
mod line;
mod redeemed;

use std::fmt;

use kernel::{Price, Quantity, Text};
use serde::{Deserialize, Serialize};

pub use fee::ClaimFee;
pub use gift::{Gift, GiftEnding};
pub use line::{DeliveryGroup, OrderLine};
pub use redeemed::{CouponShare, LimitedPieces, Redeemed, UsedCoupon};

/// Whether a price is zero.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
pub(crate) fn is_free(price: &Price) -> bool {
    *price == Price::ZERO
}

/// A line's number within its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LineNo(pub u16);

/// A delivery group's (배송 묶음) number within its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GroupNo(pub u16);

impl fmt::Display for LineNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for GroupNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How the shopper came to a line; a commission may depend on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Source {
    /// Straight to the product.
    Direct,
    /// From a search.
    Search,
    /// From an exhibition (기획전).
    Exhibition {
        /// The exhibition's id, as the display context writes it.
        id: Text<64>,
    },
    /// From a recommendation.
    Recommendation,
}

/// So many pieces of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineQuantity {
    /// The line.
    pub line: LineNo,
    /// How many pieces of it.
    pub quantity: Quantity,
}

/// Why an order was cancelled as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    /// The shopper did not want it any more before paying.
    Shopper,
    /// The payment failed for good.
    PaymentFailed,
    /// An operator stopped it before it was paid.
    Operator,
    /// It was paid, and claims then cancelled every piece. Never asked for: it follows.
    EveryPieceCancelled,
}

/// Who confirmed a purchase (구매확정).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConfirmedBy {
    /// The shopper.
    Shopper,
    /// Time: some days after delivery.
    System,
    /// An operator, for the shopper.
    Operator,
}

/// What a claim (클레임) asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimKind {
    /// Cancel (취소): pieces that have not left.
    Cancel,
    /// Return (반품): delivered pieces.
    Return,
    /// Exchange (교환): delivered pieces.
    Exchange,
}

/// Which side of the purchase confirmation (구매확정) a claim takes its pieces from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimablePieces {
    /// Those not confirmed: the shopper may still decide about them.
    #[default]
    Unconfirmed,
    /// Those confirmed: only a return by the merchant or an operator (직권 반품) takes them.
    Confirmed,
}

/// How a claim ended without effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimOutcome {
    /// The merchant or an operator said no.
    Refused,
    /// The shopper took it back.
    Withdrawn,
}
