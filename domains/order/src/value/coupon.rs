//! What a coupon took off which lines of an order.

use kernel::Amount;
use kernel::id::{CampaignId, CouponId};
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
