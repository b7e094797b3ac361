//! The purchase limits of a product as they are sent and shown.

use kernel::Quantity;
use product::product::value::{MemberMaximum, PurchaseLimits};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How many pieces of a product may be bought, all its variants together; what is left out isn't limited.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PurchaseLimitsNamed {
    /// The most pieces of one order.
    #[schema(value_type = Option<u32>, minimum = 1, maximum = 999)]
    max_per_order: Option<Quantity>,
    /// The most pieces of one member.
    max_per_member: Option<MemberMaximumNamed>,
}

/// The most pieces that one member may buy.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberMaximumNamed {
    /// So many.
    #[schema(value_type = u32, minimum = 1, maximum = 999)]
    pieces: Quantity,
    /// Within so many days up to now; left out or null is ever.
    #[schema(minimum = 1, maximum = 3650)]
    days: Option<u16>,
}

impl From<PurchaseLimitsNamed> for PurchaseLimits {
    fn from(named: PurchaseLimitsNamed) -> Self {
        let of_member = |MemberMaximumNamed { pieces, days }| MemberMaximum { pieces, days };
        Self { max_per_order: named.max_per_order, max_per_member: named.max_per_member.map(of_member) }
    }
}

impl From<PurchaseLimits> for PurchaseLimitsNamed {
    fn from(limits: PurchaseLimits) -> Self {
        let of_member = |MemberMaximum { pieces, days }| MemberMaximumNamed { pieces, days };
        Self { max_per_order: limits.max_per_order, max_per_member: limits.max_per_member.map(of_member) }
    }
}
