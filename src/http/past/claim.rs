//! A claim (클레임) as its own history has it.

use chrono::{DateTime, Utc};
use claim::Claim;
use claim::state::{Case, Phase};
use kernel::Decider;
use kernel::id::MerchantId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Past, Viewer};

/// A claim. Amounts are minor units of its currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimAsItWas {
    /// The claim.
    claim: Uuid,
    /// The order it is about.
    order: Uuid,
    /// The order's mall.
    mall: String,
    /// ISO 4217.
    currency: String,
    /// `cancel` or `return`.
    #[schema(value_type = String)]
    kind: claim::value::Kind,
    /// Why it was made.
    #[schema(value_type = String)]
    reason: claim::value::Reason,
    /// Who answers for it: `buyer`, `merchant`, `platform` or `carrier`.
    #[schema(value_type = String)]
    fault: claim::value::Fault,
    /// How far it had come: `requested`, `approved`, `accepted`, `pickup_requested`, `collected`, `inspected_pass`,
    /// `inspected_fail`, `refunding`, `completed`, `rejected` or `withdrawn`.
    phase: &'static str,
    /// What goes back in all: an estimate until the refund starts. None for a merchant who is not the only one.
    total_minor: Option<i64>,
    /// Why it waited (보류), if it did.
    hold: Option<HoldAsItWas>,
    /// The pick-ups asked for.
    pickups: Vec<Uuid>,
    /// When it was made.
    requested_at: DateTime<Utc>,
    /// The claimed pieces; a merchant's own.
    lines: Vec<ClaimLineAsItWas>,
}

/// Why a claim waited.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoldAsItWas {
    /// Why.
    #[schema(value_type = String)]
    reason: claim::value::HoldReason,
    /// Who had to act.
    #[schema(value_type = String)]
    duty: claim::value::Party,
    /// By when.
    due: DateTime<Utc>,
}

/// Claimed pieces of a line.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimLineAsItWas {
    /// The line's number in the order.
    line: u16,
    /// The variant.
    sku: Uuid,
    /// From whom.
    merchant: Uuid,
    /// How many pieces.
    quantity: u32,
    /// What was paid for them.
    paid_minor: i64,
}

impl Past for Claim {
    type View = ClaimAsItWas;

    fn view(state: &<Self as Decider>::State, viewer: Viewer) -> Option<ClaimAsItWas> {
        let case = state.case()?;
        let merchants = state.merchants();
        let own: Option<MerchantId> = match viewer {
            Viewer::Shopper(member) if member != case.subject().member => return None,
            Viewer::Merchant(merchant) if !merchants.contains(&merchant) => return None,
            Viewer::Merchant(merchant) => Some(merchant),
            Viewer::Shopper(_) | Viewer::Staff => None,
        };
        Some(shown(case, own, merchants.len() == 1))
    }
}

fn shown(case: &Case, own: Option<MerchantId>, alone: bool) -> ClaimAsItWas {
    let subject = case.subject();
    let claimed = case.claimed().into_iter().filter(|line| own.is_none_or(|own| own == line.merchant));
    let lines = claimed.map(|line| ClaimLineAsItWas {
        line: line.line,
        sku: line.sku.0,
        merchant: line.merchant.0,
        quantity: line.quantity.get(),
        paid_minor: line.amount.minor(),
    });
    ClaimAsItWas {
        claim: subject.claim.0,
        order: subject.order.0,
        mall: subject.mall.to_string(),
        currency: subject.currency.to_string(),
        kind: subject.kind,
        reason: subject.reason,
        fault: subject.fault,
        phase: Phase::name(case.phase()),
        total_minor: (own.is_none() || alone).then(|| case.quote().total.minor()),
        hold: case.hold().map(|hold| HoldAsItWas { reason: hold.reason, duty: hold.duty, due: hold.due }),
        pickups: case.pickups().iter().map(|pickup| pickup.0).collect(),
        requested_at: case.request().at,
        lines: lines.collect(),
    }
}
