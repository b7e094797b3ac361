//! What an order redeems: what a coupon took off which lines, whose coupons and points they are, and what of it counts
//! towards limits of its member.

use kernel::id::{CampaignId, CouponId, MemberId, ProductId};
use kernel::{Amount, MallId, Quantity};
use serde::{Deserialize, Serialize};

use super::LineNo;

/// A coupon of an order, and its share of the lines' discounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsedCoupon {
    /// The coupon.
    pub coupon: CouponId,
    /// The campaign that it comes from.
    pub campaign: CampaignId,
    /// What it took off, by line; no line that it took nothing off.
    pub shares: Vec<CouponShare>,
}

/// What a coupon took off a line, by who bears it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CouponShare {
    /// The line.
    pub line: LineNo,
    /// The line's merchant's part.
    #[serde(rename = "discount_merchant_minor")]
    pub discount_merchant: Amount,
    /// The platform's part.
    #[serde(rename = "discount_platform_minor")]
    pub discount_platform: Amount,
}

impl UsedCoupon {
    /// All that it took off.
    pub fn discount(&self) -> Amount {
        self.shares.iter().map(|share| share.discount_merchant + share.discount_platform).sum()
    }
}

/// The coupons, points and limited pieces that an order holds, uses or lets go of: enough for their own aggregates, which
/// see no order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redeemed {
    /// Whose.
    pub member: MemberId,
    /// Where.
    pub mall: MallId,
    /// Which coupons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coupons: Vec<CouponId>,
    /// How many points.
    #[serde(rename = "points_minor", default)]
    pub points: Amount,
    /// The pieces that no longer count towards their products' limits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limited: Vec<LimitedPieces>,
}

/// Pieces of a product whose limit per member they count towards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitedPieces {
    /// The product.
    pub product: ProductId,
    /// How many pieces.
    pub quantity: Quantity,
}
