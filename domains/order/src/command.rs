//! What can be asked of an order. Time and ids are made at the edge and travel in here.

use std::collections::BTreeSet;

use kernel::id::{ClaimId, MemberId, OrderId, PaymentId, ProductId, ShipmentId};
use kernel::{Amount, Currency, MallId, Rate, Sealed, Timestamp};
use serde::{Deserialize, Serialize};

use crate::value::{
    CancelReason, ClaimFee, ClaimKind, ClaimOutcome, ClaimablePieces, ConfirmedBy, DeliveryGroup, Gift,
    LineQuantity, OrderLine, UsedCoupon,
};

/// An imperative to one order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "a command lives for one decision, and most are placements")]
pub enum Command {
    /// Place the order.
    Place(Place),
    /// Its payment was captured.
    MarkPaid(MarkPaid),
    /// Its time to pay is over.
    Expire(Expire),
    /// Stop it before it is paid.
    Cancel(Cancel),
    /// A gift's recipient says where it goes.
    AcceptGift(AcceptGift),
    /// A gift's recipient doesn't want it.
    DeclineGift(DeclineGift),
    /// A gift's time to be accepted is over.
    LapseGift(LapseGift),
    /// A merchant accepted a shipment (발주확인).
    Prepare(Prepare),
    /// A shipment left.
    Ship(Ship),
    /// A shipment arrived.
    Deliver(Deliver),
    /// A shipment that left won't arrive.
    Lose(Lose),
    /// Confirm the purchase (구매확정).
    Confirm(Confirm),
    /// Hold the automatic confirmation (구매확정보류).
    HoldConfirmation(HoldConfirmation),
    /// Take the hold back.
    ReleaseHold(ReleaseHold),
    /// Reserve pieces for a claim.
    OpenClaim(OpenClaim),
    /// A claim's money is to go back.
    StartClaimRefund(StartClaimRefund),
    /// The claim came to nothing.
    CloseClaim(CloseClaim),
    /// The claim is done.
    CompleteClaim(CompleteClaim),
}

/// Places an order: all its lines, or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The order's id, made at the edge.
    pub order: OrderId,
    /// Where it is placed.
    pub mall: MallId,
    /// The currency of every amount in it.
    pub currency: Currency,
    /// Who buys.
    pub member: MemberId,
    /// Name, phone and address of who receives it, sealed; none of a gift.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<Sealed>,
    /// The gift that it is, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gift: Option<Gift>,
    /// A word to the carrier, sealed.
    pub memo: Option<Sealed>,
    /// 1 to [`LINES_MAX`](crate::policy::LINES_MAX) lines.
    pub lines: Vec<OrderLine>,
    /// The groups that partition the lines.
    pub groups: Vec<DeliveryGroup>,
    /// The coupons whose discounts are in the lines, with their shares of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coupons: Vec<UsedCoupon>,
    /// The products in it that limit what a member may buy, each of a line.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub limited: BTreeSet<ProductId>,
    /// The rate of the value added tax inside taxable prices and fees; none where no tax is stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_rate: Option<Rate>,
    /// The payment that will pay for it.
    pub payment: PaymentId,
    /// What the shopper saw as the sum to pay.
    #[serde(rename = "total_minor")]
    pub total: Amount,
    /// Until when it must be paid; after `at`.
    pub payment_due: Timestamp,
    /// How many days after delivery it confirms itself.
    pub confirm_after_days: u16,
    /// When.
    pub at: Timestamp,
}

/// Says that the payment was captured. The same payment again changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkPaid {
    /// The payment named at placement.
    pub payment: PaymentId,
    /// When.
    pub at: Timestamp,
}

/// Ends an order that was not paid in time; `at` may not be before its `payment_due`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expire {
    /// When.
    pub at: Timestamp,
}

/// Stops an order that is not paid yet, or a gift that its recipient hasn't accepted. Any other paid one is cancelled by
/// claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cancel {
    /// Why.
    pub reason: CancelReason,
    /// When.
    pub at: Timestamp,
}

/// Accepts a gift: it goes there. The same again changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptGift {
    /// Name, phone and address of who receives it, sealed.
    pub recipient: Sealed,
    /// A word to the carrier, sealed.
    pub memo: Option<Sealed>,
    /// When; before the time to accept is over.
    pub at: Timestamp,
}

/// Declines a gift that was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclineGift {
    /// When.
    pub at: Timestamp,
}

/// Ends a gift that was not accepted in time; `at` may not be before its `accept_by`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LapseGift {
    /// When.
    pub at: Timestamp,
}

/// A merchant accepted a shipment. The same shipment again changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prepare {
    /// The shipment.
    pub shipment: ShipmentId,
    /// Its pieces.
    pub lines: Vec<LineQuantity>,
    /// When.
    pub at: Timestamp,
}

/// A shipment left, whether or not it was seen being prepared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ship {
    /// The shipment.
    pub shipment: ShipmentId,
    /// Its pieces.
    pub lines: Vec<LineQuantity>,
    /// When.
    pub at: Timestamp,
}

/// A shipment arrived, whether or not it was seen leaving.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deliver {
    /// The shipment.
    pub shipment: ShipmentId,
    /// Its pieces.
    pub lines: Vec<LineQuantity>,
    /// When.
    pub at: Timestamp,
}

/// A shipment was lost or came back to its sender: its pieces are as if they had never left. It may arrive after all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lose {
    /// The shipment.
    pub shipment: ShipmentId,
    /// Its pieces.
    pub lines: Vec<LineQuantity>,
    /// When.
    pub at: Timestamp,
}

/// Confirms delivered pieces that no claim holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirm {
    /// Which pieces; `None` is everything delivered and not claimed.
    pub lines: Option<Vec<LineQuantity>>,
    /// Who confirms.
    pub by: ConfirmedBy,
    /// When.
    pub at: Timestamp,
}

/// Keeps the order from confirming itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoldConfirmation {
    /// Until when (exclusive); `None` is until released.
    pub until: Option<Timestamp>,
    /// When.
    pub at: Timestamp,
}

/// Lets the order confirm itself again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseHold {
    /// When.
    pub at: Timestamp,
}

/// Reserves pieces for a claim (클레임), so that two claims can't both take the last one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenClaim {
    /// The claim.
    pub claim: ClaimId,
    /// What it asks for, which says which pieces it can take.
    pub kind: ClaimKind,
    /// Whether it takes pieces that are still the shopper's to decide about, or confirmed ones; never both.
    #[serde(default)]
    pub pieces: ClaimablePieces,
    /// Which pieces.
    pub lines: Vec<LineQuantity>,
    /// When.
    pub at: Timestamp,
}

/// Says that a claim's money is to go back: from now on its pieces count as gone, and its delivery fees are these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartClaimRefund {
    /// The claim.
    pub claim: ClaimId,
    /// The delivery fees that move with it, once for each group at most.
    pub fees: Vec<ClaimFee>,
    /// When.
    pub at: Timestamp,
}

/// Gives a claim's pieces back as they were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CloseClaim {
    /// The claim.
    pub claim: ClaimId,
    /// How it ended.
    pub outcome: ClaimOutcome,
    /// When.
    pub at: Timestamp,
}

/// Moves a claim's pieces to where it asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompleteClaim {
    /// The claim.
    pub claim: ClaimId,
    /// When.
    pub at: Timestamp,
}
