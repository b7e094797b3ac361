//! The bodies of the plain facts: paid, ended, moved, held.

use kernel::id::{MemberId, MerchantId, OrderId, PaymentId, ShipmentId, SkuId};
use kernel::{Amount, Currency, MallId, Quantity, Timestamp};
use serde::{Deserialize, Serialize};

use crate::value::{CancelReason, LineNo, Redeemed};

/// The order was paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paid {
    /// The order.
    pub order: OrderId,
    /// Where it was placed.
    pub mall: MallId,
    /// Who bought.
    pub member: MemberId,
    /// The payment.
    pub payment: PaymentId,
    /// The currency of `total`.
    pub currency: Currency,
    /// What was paid.
    #[serde(rename = "total_minor")]
    pub total: Amount,
    /// What it redeems, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redeemed: Option<Redeemed>,
    /// Until when (exclusive) its recipient can accept it, where it is a gift: nothing is sent before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accept_by: Option<Timestamp>,
    /// When.
    pub at: Timestamp,
}

/// The order was not paid in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expired {
    /// The order.
    pub order: OrderId,
    /// The payment that did not come.
    pub payment: PaymentId,
    /// What it redeems, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redeemed: Option<Redeemed>,
    /// When.
    pub at: Timestamp,
}

/// The order came to nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    /// The order.
    pub order: OrderId,
    /// The payment named at placement.
    pub payment: PaymentId,
    /// Why.
    pub reason: CancelReason,
    /// What it redeems, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redeemed: Option<Redeemed>,
    /// When.
    pub at: Timestamp,
}

/// The buckets that pieces were taken from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Taken {
    /// Pieces from `ordered`.
    pub ordered: u32,
    /// Pieces from `preparing`.
    pub preparing: u32,
    /// Pieces from `shipped`.
    pub shipped: u32,
    /// Pieces from `delivered`.
    pub delivered: u32,
    /// Pieces from `confirmed`; only a return that a merchant or an operator opens (직권 반품) takes any.
    #[serde(skip_serializing_if = "is_none_taken")]
    pub confirmed: u32,
}

impl Taken {
    /// All pieces taken.
    pub const fn pieces(self) -> u32 {
        let not_left = self.ordered.saturating_add(self.preparing);
        let arrived = self.delivered.saturating_add(self.confirmed);
        not_left.saturating_add(self.shipped).saturating_add(arrived)
    }
}

/// An event written before confirmed pieces could be claimed keeps its bytes.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
const fn is_none_taken(pieces: &u32) -> bool {
    *pieces == 0
}

/// Pieces of a line that moved on with a shipment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedLine {
    /// The line.
    pub line: LineNo,
    /// Who sells it.
    pub merchant: MerchantId,
    /// The variant.
    pub sku: SkuId,
    /// How many pieces.
    pub quantity: Quantity,
    /// Where they were before.
    pub from: Taken,
}

/// A merchant accepted a shipment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinesPrepared {
    /// The order.
    pub order: OrderId,
    /// The shipment.
    pub shipment: ShipmentId,
    /// Its pieces.
    pub lines: Vec<MovedLine>,
    /// When.
    pub at: Timestamp,
}

/// A shipment left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinesShipped {
    /// The order.
    pub order: OrderId,
    /// The shipment.
    pub shipment: ShipmentId,
    /// Its pieces.
    pub lines: Vec<MovedLine>,
    /// When.
    pub at: Timestamp,
}

/// A shipment arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinesDelivered {
    /// The order.
    pub order: OrderId,
    /// The shipment.
    pub shipment: ShipmentId,
    /// Its pieces.
    pub lines: Vec<MovedLine>,
    /// How many days from `at` they confirm themselves.
    pub confirm_after_days: u16,
    /// When.
    pub at: Timestamp,
}

/// A shipment was lost or came back to its sender: its pieces are with the merchant again, to be sent or cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinesLost {
    /// The order.
    pub order: OrderId,
    /// The shipment.
    pub shipment: ShipmentId,
    /// Its pieces.
    pub lines: Vec<MovedLine>,
    /// When.
    pub at: Timestamp,
}

/// The automatic confirmation was held (구매확정보류).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmationHeld {
    /// The order.
    pub order: OrderId,
    /// Until when (exclusive); nothing is until released.
    pub until: Option<Timestamp>,
    /// When.
    pub at: Timestamp,
}

/// The hold was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldReleased {
    /// The order.
    pub order: OrderId,
    /// When.
    pub at: Timestamp,
}

/// Every piece of the order is final, and not all were cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// The order.
    pub order: OrderId,
    /// When.
    pub at: Timestamp,
}
