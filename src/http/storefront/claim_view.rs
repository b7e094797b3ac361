//! A claim as its shopper sees it.

use chrono::{DateTime, Utc};
use projections::claims::query::ClaimView;
use projections::claims::row::ClaimLine;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A claim, in short.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimSummary {
    /// The claim.
    claim: Uuid,
    /// The order it is about.
    order: Uuid,
    /// `cancel` or `return`.
    kind: String,
    /// Why it was made.
    reason: String,
    /// How far it has come: `requested`, `approved`, `accepted`, `pickup_requested`, `collected`, `inspected_pass`,
    /// `inspected_fail`, `refunding`, `completed`, `rejected` or `withdrawn`.
    phase: String,
    /// The currency of every amount.
    currency: String,
    /// What goes back in the end.
    total_minor: i64,
    /// What went back already.
    refunded_minor: i64,
    /// When it was made.
    requested_at: DateTime<Utc>,
    /// When it ended.
    closed_at: Option<DateTime<Utc>>,
}

/// A claim with its reckoning, which is an estimate until the refund starts.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ShopperClaim {
    /// The claim, in short.
    #[serde(flatten)]
    summary: ClaimSummary,
    /// Who answers for it: `buyer`, `merchant`, `platform` or `carrier`.
    fault: String,
    /// Paid for the claimed pieces.
    goods_minor: i64,
    /// Delivery fees that go back.
    shipping_minor: i64,
    /// What the way back costs.
    return_fee_minor: i64,
    /// Delivery fees due after all, since what stays no longer earns free delivery.
    shipping_deducted_minor: i64,
    /// Fees that the refund doesn't cover.
    unpaid_fee_minor: i64,
    /// The pick-up's parcel.
    pickup: Option<Uuid>,
    /// Why it was refused.
    refusal: Option<String>,
    /// Why it waits (보류), if it does.
    hold: Option<ClaimHold>,
    /// The claimed pieces.
    lines: Vec<ClaimPieces>,
}

/// Why a claim waits.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ClaimHold {
    /// Why.
    reason: String,
    /// Who must act: `shopper`, `merchant` or `operator`.
    duty: Option<String>,
    /// By when.
    due: Option<DateTime<Utc>>,
}

/// Claimed pieces of a line.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ClaimPieces {
    /// The line's number.
    line: u16,
    /// The variant.
    sku: Uuid,
    /// How many pieces.
    quantity: u32,
    /// What was paid for them.
    amount_minor: i64,
}

impl From<ClaimView> for ClaimSummary {
    fn from(view: ClaimView) -> Self {
        Self::from(&view)
    }
}

impl From<&ClaimView> for ClaimSummary {
    fn from(view: &ClaimView) -> Self {
        Self {
            claim: view.claim,
            order: view.order,
            kind: view.kind.clone(),
            reason: view.reason.clone(),
            phase: view.phase.clone(),
            currency: view.currency.clone(),
            total_minor: view.total_minor,
            refunded_minor: view.refunded_minor,
            requested_at: view.requested_at,
            closed_at: view.closed_at,
        }
    }
}

impl From<ClaimView> for ShopperClaim {
    fn from(view: ClaimView) -> Self {
        let (duty, due) = (view.hold_duty.clone(), view.hold_due);
        Self {
            summary: ClaimSummary::from(&view),
            fault: view.fault,
            goods_minor: view.goods_minor,
            shipping_minor: view.shipping_minor,
            return_fee_minor: view.return_fee_minor,
            shipping_deducted_minor: view.shipping_deducted_minor,
            unpaid_fee_minor: view.unpaid_fee_minor,
            pickup: view.pickup,
            refusal: view.refusal,
            hold: view.hold_reason.map(|reason| ClaimHold { reason, duty, due }),
            lines: view.lines.0.iter().map(Into::into).collect(),
        }
    }
}

impl From<&ClaimLine> for ClaimPieces {
    fn from(line: &ClaimLine) -> Self {
        let amount_minor = line.amount_minor.minor();
        Self { line: line.line_no, sku: line.sku.0, quantity: line.quantity, amount_minor }
    }
}
