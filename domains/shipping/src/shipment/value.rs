//! The words of a shipment: purpose, lines, scans, reasons, and where it stands.

use kernel::id::{ClaimId, MerchantId, OrderId, ShipmentId, SkuId};
use kernel::{MallId, Quantity, Text};
use serde::{Deserialize, Serialize};

/// What the carrier calls one scan.
pub type ScanId = Text<80>;

/// Why the goods travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Purpose {
    /// To the shopper.
    Outbound,
    /// Back to the merchant (회수).
    ReturnPickup {
        /// The claim that asked for it.
        claim: ClaimId,
    },
}

/// Pieces of one order line in a shipment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShipmentLine {
    /// The order line.
    pub line: u16,
    /// What is in it.
    pub sku: SkuId,
    /// How many pieces.
    pub quantity: Quantity,
}

/// What every shipment event says first, so that a reader needs no other event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The shipment.
    pub shipment: ShipmentId,
    /// The order it belongs to.
    pub order: OrderId,
    /// The delivery group (배송 묶음) within the order.
    pub group: u16,
    /// Who sends it, or gets it back.
    pub merchant: MerchantId,
    /// The mall of the order.
    pub mall: MallId,
    /// Why the goods travel.
    pub purpose: Purpose,
    /// What is in it.
    pub lines: Vec<ShipmentLine>,
}

/// What a carrier's scan says, in one vocabulary for all carriers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScanStatus {
    /// Taken over by the carrier.
    PickedUp,
    /// Between two places.
    InTransit,
    /// On the last mile.
    OutForDelivery,
    /// Handed over.
    Delivered,
    /// Later than promised: a note, the shipment stays where it is.
    Delayed,
    /// Nobody was there, or the address is wrong.
    DeliveryFailed,
    /// The carrier can't find it.
    Lost,
    /// Back where it came from.
    ReturnedToSender,
}

/// Where a shipment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Never requested.
    Absent,
    /// The merchant is asked to send it.
    Requested,
    /// The merchant has seen it (발주확인).
    Accepted,
    /// It has a tracking number (송장 등록).
    Dispatched,
    /// With the carrier.
    InTransit,
    /// On the last mile.
    OutForDelivery,
    /// The carrier tried in vain.
    DeliveryFailed,
    /// The carrier can't find it.
    Lost,
    /// Back where it came from.
    ReturnedToSender,
    /// Handed over; for a return pick-up, at the merchant.
    Delivered,
    /// Called off before dispatch.
    Cancelled,
}

/// Why a shipment is called off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    /// The order, or these pieces of it, were cancelled.
    OrderCancelled,
    /// The claim that asked for the pick-up was withdrawn or refused.
    ClaimEnded,
    /// The merchant can't send it.
    OutOfStock,
    /// It is planned anew as other shipments.
    Replanned,
    /// An operator stopped it.
    Operator,
}

/// Why a dispatch is late (발송지연).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DelayReason {
    /// The goods are on their way to the merchant.
    OutOfStock,
    /// Made when ordered.
    MadeToOrder,
    /// The shopper asked for a later date.
    ShopperRequest,
    /// Holidays.
    Holiday,
    /// More orders than hands.
    HighDemand,
    /// Anything else; the text says what.
    Other,
}
