//! The rows of the claim tables. A field is a column of the same name; amounts are minor units.

use chrono::{DateTime, Utc};
use claim::refund::RefundQuote;
use claim::value::{Fault, HoldReason, Kind, Party, Reason, Refusal};
use kernel::id::{ClaimId, MemberId, MerchantId, OrderId, PaymentId, RefundId, ShipmentId, SkuId};
use kernel::{Amount, Currency, MallId};
use serde::{Deserialize, Serialize};

use crate::touched::{Beginning, Change, replace};

/// What an event does to the claim tables.
#[derive(Debug)]
pub enum Row {
    /// A claim begins.
    Requested(Box<Claim>, Vec<ClaimLine>),
    /// It changes.
    Changed(ClaimChange),
}

/// A claim as requested.
#[derive(Debug, Serialize)]
pub struct Claim {
    pub(super) order_id: OrderId,
    pub(super) payment: PaymentId,
    pub(super) mall: MallId,
    pub(super) member: MemberId,
    pub(super) currency: Currency,
    pub(super) kind: Kind,
    pub(super) reason: Reason,
    pub(super) fault: Fault,
    pub(super) requested_by: Party,
    pub(super) accepted: bool,
    pub(super) requested_at: DateTime<Utc>,
    #[serde(flatten)]
    pub(super) change: ClaimChange,
}

/// What changes in a claim; `None` stays as it was.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimChange {
    pub(super) claim: ClaimId,
    pub(super) phase: Option<&'static str>,
    #[serde(flatten)]
    pub(super) quote: Option<Quote>,
    pub(super) refund: Option<RefundId>,
    pub(super) refunded_minor: Option<Amount>,
    pub(super) pickup: Option<ShipmentId>,
    pub(super) refusal: Option<Refusal>,
    pub(super) closed_at: Option<DateTime<Utc>>,
    #[serde(flatten)]
    pub(super) hold: HoldChange,
    pub(super) position: i64,
}

/// What is to go back: an estimate until the refund starts.
#[derive(Debug, Clone, Copy, Serialize)]
#[expect(clippy::struct_field_names, reason = "a field is a column of the same name")]
pub(super) struct Quote {
    pub(super) goods_minor: Amount,
    pub(super) shipping_minor: Amount,
    pub(super) return_fee_minor: Amount,
    pub(super) shipping_deducted_minor: Amount,
    pub(super) total_minor: Amount,
    pub(super) unpaid_fee_minor: Amount,
}

/// Whether a claim begins or ceases to wait: its three columns change together.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(super) struct HoldChange {
    #[serde(rename = "hold_changes")]
    pub(super) changes: bool,
    #[serde(rename = "hold_reason")]
    pub(super) reason: Option<HoldReason>,
    #[serde(rename = "hold_duty")]
    pub(super) duty: Option<Party>,
    #[serde(rename = "hold_due")]
    pub(super) due: Option<DateTime<Utc>>,
}

/// A run of claimed pieces of one line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ClaimLine {
    /// The claim.
    pub claim: ClaimId,
    /// The line's number in the order.
    pub line_no: u16,
    /// The first of the pieces, counted from 0 within the line.
    pub first_piece: u32,
    /// Its delivery group's number in the order.
    pub group_no: u16,
    /// What was bought.
    pub sku: SkuId,
    /// From whom.
    pub merchant: MerchantId,
    /// How many pieces.
    pub quantity: u32,
    /// What was paid for just these pieces.
    pub amount_minor: Amount,
}

/// That a claim concerns a merchant.
#[derive(Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Concerned {
    pub(super) merchant: MerchantId,
    pub(super) requested_at: DateTime<Utc>,
    pub(super) claim: ClaimId,
}

impl From<&RefundQuote> for Quote {
    fn from(quote: &RefundQuote) -> Self {
        Self {
            goods_minor: quote.goods,
            shipping_minor: quote.shipping,
            return_fee_minor: quote.return_fee,
            shipping_deducted_minor: quote.shipping_deducted,
            total_minor: quote.total,
            unpaid_fee_minor: quote.unpaid_fee,
        }
    }
}

impl HoldChange {
    /// It no longer waits, whether it did or not.
    pub(super) const fn over() -> Self {
        Self { changes: true, reason: None, duty: None, due: None }
    }
}

impl ClaimChange {
    /// A claim that is as it was, at a new position.
    pub(super) const fn none(claim: ClaimId, position: i64) -> Self {
        let hold = HoldChange { changes: false, ..HoldChange::over() };
        Self {
            claim,
            phase: None,
            quote: None,
            refund: None,
            refunded_minor: None,
            pickup: None,
            refusal: None,
            closed_at: None,
            hold,
            position,
        }
    }
}

impl Change for ClaimChange {
    type Key = ClaimId;

    fn key(&self) -> ClaimId {
        self.claim
    }

    fn then(&mut self, later: Self) {
        replace(&mut self.phase, later.phase);
        replace(&mut self.quote, later.quote);
        replace(&mut self.refund, later.refund);
        replace(&mut self.refunded_minor, later.refunded_minor);
        replace(&mut self.pickup, later.pickup);
        replace(&mut self.refusal, later.refusal);
        replace(&mut self.closed_at, later.closed_at);
        if later.hold.changes {
            self.hold = later.hold;
        }
        self.position = later.position;
    }
}

impl Beginning<ClaimChange> for Claim {
    fn key(&self) -> ClaimId {
        self.change.claim
    }

    fn absorb(&mut self, change: ClaimChange) {
        self.change.then(change);
    }
}
