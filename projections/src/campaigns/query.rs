//! Questions about campaigns and coupons. Whose a campaign is stands in the answer: the caller checks.

mod campaign;
mod coupon;

pub use campaign::{CampaignState, CampaignView, Search, campaign, search, to_take};
pub use coupon::{CouponState, CouponView, of_campaign, of_member};
