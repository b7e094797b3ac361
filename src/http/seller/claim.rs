//! A claim as a merchant sees it: the pieces that it sold, and the money as far as that concerns nobody else.

use chrono::{DateTime, Utc};
use kernel::id::MerchantId;
use projections::claims::{ClaimLine, ClaimView};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A claim (클레임) on what you sold. Amounts are minor units of `currency`.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnClaim {
    /// The claim.
    pub claim: Uuid,
    /// The order it is about.
    pub order: Uuid,
    /// The order's mall.
    pub mall: String,
    /// ISO 4217.
    pub currency: String,
    /// `cancel` or `return`.
    pub kind: String,
    /// Why it was made.
    pub reason: String,
    /// Who answers for it: `buyer`, `merchant`, `platform` or `carrier`.
    pub fault: String,
    /// Who asked: `shopper`, `merchant`, `operator` or `system`.
    pub requested_by: String,
    /// How far it has come: `requested`, `approved`, `accepted`, `pickup_requested`, `collected`, `inspected_pass`,
    /// `inspected_fail`, `refunding`, `completed`, `rejected` or `withdrawn`.
    pub phase: String,
    /// What was paid for your claimed pieces.
    pub goods_minor: i64,
    /// What goes back in all; none where the claim concerns other merchants, too.
    pub refund: Option<OwnClaimRefund>,
    /// The shipment that brings the goods back.
    pub pickup: Option<Uuid>,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// Why it waits (보류), if it does.
    pub hold: Option<OwnClaimHold>,
    /// When it was made.
    pub requested_at: DateTime<Utc>,
    /// When it ended.
    pub closed_at: Option<DateTime<Utc>>,
    /// Your claimed pieces.
    pub lines: Vec<OwnClaimLine>,
}

/// What goes back to the shopper: an estimate until the refund starts.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnClaimRefund {
    /// Delivery fees that go back.
    pub shipping_minor: i64,
    /// What the way back costs the buyer.
    pub return_fee_minor: i64,
    /// Delivery fees due after all.
    pub shipping_deducted_minor: i64,
    /// What goes back in the end.
    pub total_minor: i64,
    /// Fees that the refund doesn't cover.
    pub unpaid_fee_minor: i64,
    /// What went back so far.
    pub refunded_minor: i64,
}

/// Why a claim waits.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnClaimHold {
    /// Why.
    pub reason: String,
    /// Who must act.
    pub duty: String,
    /// By when.
    pub due: DateTime<Utc>,
}

/// A run of claimed pieces of one line.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnClaimLine {
    /// The order line.
    pub line: u16,
    /// The variant.
    pub sku: Uuid,
    /// How many pieces.
    pub quantity: u32,
    /// What was paid for just these.
    pub amount_minor: i64,
}

impl OwnClaim {
    /// A merchant's part of a claim; none where it has none.
    pub(super) fn of(view: ClaimView, merchant: MerchantId) -> Option<Self> {
        let lines: Vec<&ClaimLine> = view.lines.0.iter().filter(|line| line.merchant == merchant).collect();
        let goods_minor = lines.iter().map(|line| line.amount_minor).sum::<kernel::Amount>().minor();
        // A merchant's list holds its own lines only: that there are others shows in the sum.
        let is_sole = lines.len() == view.lines.0.len() && goods_minor == view.goods_minor;
        let lines: Vec<_> = lines.into_iter().map(OwnClaimLine::from).collect();
        (!lines.is_empty()).then(|| Self {
            claim: view.claim,
            order: view.order,
            goods_minor,
            refund: is_sole.then(|| refund(&view)),
            hold: hold(&view),
            mall: view.mall,
            currency: view.currency,
            kind: view.kind,
            reason: view.reason,
            fault: view.fault,
            requested_by: view.requested_by,
            phase: view.phase,
            pickup: view.pickup,
            refusal: view.refusal,
            requested_at: view.requested_at,
            closed_at: view.closed_at,
            lines,
        })
    }
}

const fn refund(view: &ClaimView) -> OwnClaimRefund {
    OwnClaimRefund {
        shipping_minor: view.shipping_minor,
        return_fee_minor: view.return_fee_minor,
        shipping_deducted_minor: view.shipping_deducted_minor,
        total_minor: view.total_minor,
        unpaid_fee_minor: view.unpaid_fee_minor,
        refunded_minor: view.refunded_minor,
    }
}

fn hold(view: &ClaimView) -> Option<OwnClaimHold> {
    Some(OwnClaimHold {
        reason: view.hold_reason.clone()?,
        duty: view.hold_duty.clone()?,
        due: view.hold_due?,
    })
}

impl From<&ClaimLine> for OwnClaimLine {
    fn from(line: &ClaimLine) -> Self {
        Self {
            line: line.line_no,
            sku: line.sku.0,
            quantity: line.quantity,
            amount_minor: line.amount_minor.minor(),
        }
    }
}
