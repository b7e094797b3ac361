//! What limits how much of a product may be bought, as a quote's line and a refusal show it.

use order::purchase_limit::{Limited, OverLimit};
use order::quote::Quote;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The limits of a product and what is left of them; all its variants count together.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PurchaseLimitView {
    /// The most pieces of one order.
    max_per_order: Option<u32>,
    /// The most pieces of one member.
    max_per_member: Option<u32>,
    /// Within so many days up to now; null is ever.
    member_days: Option<u16>,
    /// What you have bought that counts.
    bought: u32,
    /// How many pieces you may buy now.
    allowed: Option<u32>,
}

/// A product of which more is wanted than may be bought.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OverLimitView {
    /// The product.
    product: Uuid,
    /// How many pieces are wanted, of all its variants.
    wanted: u32,
    /// Its limits.
    #[serde(flatten)]
    limit: PurchaseLimitView,
}

impl From<Limited> for PurchaseLimitView {
    fn from(limited: Limited) -> Self {
        let Limited { limit, bought } = limited;
        Self {
            max_per_order: limit.per_order.map(Into::into),
            max_per_member: limit.per_member.map(|limit| limit.pieces.into()),
            member_days: limit.per_member.and_then(|limit| limit.days),
            bought,
            allowed: limited.allowed(),
        }
    }
}

/// What a quote holds more of than may be bought.
pub(super) fn over_limits(quote: &Quote) -> Vec<OverLimitView> {
    let view = |over: &OverLimit| {
        let limit = quote.limits.get(&over.product).copied().unwrap_or_default().into();
        OverLimitView { product: over.product.0, wanted: over.wanted, limit }
    };
    quote.over_limits.iter().map(view).collect()
}
