//! A statement (정산서) as its own history has it.

use chrono::{DateTime, Utc};
use kernel::Decider;
use serde::Serialize;
use settlement::Statement;
use settlement::state::Standing;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Past, Viewer};

/// A statement. Amounts are minor units of its currency; while it was open they are the sums by then.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementAsItWas {
    /// The statement.
    statement: Uuid,
    /// Who is owed.
    merchant: Uuid,
    /// The mall.
    mall: String,
    /// ISO 4217.
    currency: String,
    /// The first instant of its period.
    period_from: DateTime<Utc>,
    /// The first instant after its period.
    period_until: DateTime<Utc>,
    /// `open`, `closed`, `confirmed`, `payout_requested`, `payout_failed`, `paid` or `carried_over`.
    phase: &'static str,
    /// How many items it had.
    items: u32,
    /// Prices before any discount.
    sale_minor: i64,
    /// Discounts at the merchant's expense.
    discount_merchant_minor: i64,
    /// Discounts at the platform's expense.
    discount_platform_minor: i64,
    /// Points, which the platform pays for.
    points_minor: i64,
    /// Delivery fees.
    shipping_minor: i64,
    /// The platform's commission, VAT included.
    commission_minor: i64,
    /// The VAT inside the commission.
    commission_vat_minor: i64,
    /// What the merchant was owed for its items.
    net_minor: i64,
    /// What it took over from former statements.
    carried_in_minor: i64,
    /// What the merchant was owed in all; negative where the merchant owed.
    due_minor: i64,
    /// Its hash, once closed.
    sha256: Option<String>,
}

impl Past for Statement {
    type View = StatementAsItWas;

    fn view(state: &<Self as Decider>::State, viewer: Viewer) -> Option<StatementAsItWas> {
        let standing = state.standing()?;
        let may_see = match viewer {
            Viewer::Staff => true,
            Viewer::Merchant(own) => own == standing.merchant(),
            Viewer::Shopper(_) => false,
        };
        may_see.then(|| shown(standing))
    }
}

fn shown(standing: &Standing) -> StatementAsItWas {
    let (heading, totals) = (standing.heading(), standing.totals());
    StatementAsItWas {
        statement: standing.statement().0,
        merchant: heading.merchant.0,
        mall: heading.mall.to_string(),
        currency: heading.currency.to_string(),
        period_from: heading.period.from(),
        period_until: heading.period.until(),
        phase: standing.phase().name(),
        items: totals.items,
        sale_minor: totals.parts.sale.minor(),
        discount_merchant_minor: totals.parts.discount_merchant.minor(),
        discount_platform_minor: totals.parts.discount_platform.minor(),
        points_minor: totals.parts.points.minor(),
        shipping_minor: totals.parts.shipping.minor(),
        commission_minor: totals.parts.commission.minor(),
        commission_vat_minor: totals.parts.commission_vat.minor(),
        net_minor: totals.net.minor(),
        carried_in_minor: standing.carried_in().minor(),
        due_minor: standing.due().minor(),
        sha256: standing.hash().map(str::to_owned),
    }
}
