//! A claim as operators see it.

use chrono::{DateTime, Utc};
use projections::claims::{ClaimLine, ClaimView};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A claim as it stands. Amounts are minor units of its currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct ManagedClaim {
    /// The claim.
    claim: Uuid,
    /// The order it is about.
    order: Uuid,
    /// The order's mall.
    mall: String,
    /// The shopper.
    member: Uuid,
    /// ISO 4217.
    currency: String,
    /// `cancel` or `return`.
    kind: String,
    /// Why it was made.
    reason: String,
    /// Who answers for it: `buyer`, `merchant`, `platform` or `carrier`.
    fault: String,
    /// Who asked, by role.
    requested_by: String,
    /// How far it has come.
    phase: String,
    /// What is to go back in the end: an estimate until the refund starts.
    total_minor: i64,
    /// What went back.
    refunded_minor: i64,
    /// Why it was refused.
    refusal: Option<String>,
    /// Why it waits, who must act and by when.
    hold: Option<ManagedClaimHold>,
    /// When it was made.
    requested_at: DateTime<Utc>,
    /// When it ended.
    closed_at: Option<DateTime<Utc>>,
    /// The claimed pieces.
    lines: Vec<ManagedClaimLine>,
    /// The claim's version, for `If-Match`.
    version: i64,
}

/// Why a claim waits (보류).
#[derive(Debug, Serialize, ToSchema)]
pub struct ManagedClaimHold {
    /// Why.
    reason: String,
    /// Who must act, by role.
    duty: Option<String>,
    /// By when.
    due: Option<DateTime<Utc>>,
}

/// A run of claimed pieces of one line.
#[derive(Debug, Serialize, ToSchema)]
pub struct ManagedClaimLine {
    /// The line's number in the order.
    line: u16,
    /// What was bought.
    sku: Uuid,
    /// From whom.
    merchant: Uuid,
    /// How many pieces.
    quantity: u32,
    /// What was paid for them.
    paid_minor: i64,
}

impl From<ClaimView> for ManagedClaim {
    fn from(view: ClaimView) -> Self {
        let (duty, due) = (view.hold_duty, view.hold_due);
        Self {
            claim: view.claim,
            order: view.order,
            mall: view.mall,
            member: view.member,
            currency: view.currency,
            kind: view.kind,
            reason: view.reason,
            fault: view.fault,
            requested_by: view.requested_by,
            phase: view.phase,
            total_minor: view.total_minor,
            refunded_minor: view.refunded_minor,
            refusal: view.refusal,
            hold: view.hold_reason.map(|reason| ManagedClaimHold { reason, duty, due }),
            requested_at: view.requested_at,
            closed_at: view.closed_at,
            lines: view.lines.0.into_iter().map(ManagedClaimLine::from).collect(),
            version: view.position,
        }
    }
}

impl From<ClaimLine> for ManagedClaimLine {
    fn from(line: ClaimLine) -> Self {
        Self {
            line: line.line_no,
            sku: line.sku.0,
            merchant: line.merchant.0,
            quantity: line.quantity,
            paid_minor: line.amount_minor.minor(),
        }
    }
}
