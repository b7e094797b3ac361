//! The order's tests, one binary: given/when/then by topic, golden events, and the laws.
//!
//! Each module says `cfg(test)`, so that clippy knows its helpers for tests too: these may panic.

#[cfg(test)]
#[path = "suite/check.rs"]
mod check;
#[cfg(test)]
#[path = "suite/given.rs"]
mod given;
#[cfg(test)]
#[path = "suite/market.rs"]
mod market;
#[cfg(test)]
#[path = "suite/offer.rs"]
mod offer;

#[cfg(test)]
#[path = "suite/allowance.rs"]
mod allowance;
#[cfg(test)]
#[path = "suite/campaign.rs"]
mod campaign;
#[cfg(test)]
#[path = "suite/campaign_code.rs"]
mod campaign_code;
#[cfg(test)]
#[path = "suite/campaign_laws.rs"]
mod campaign_laws;
#[cfg(test)]
#[path = "suite/campaign_plan.rs"]
mod campaign_plan;
#[cfg(test)]
#[path = "suite/cart.rs"]
mod cart;
#[path = "suite/cart_purchase.rs"]
mod cart_purchase;
#[cfg(test)]
#[path = "suite/claim.rs"]
mod claim;
#[cfg(test)]
#[path = "suite/confirm.rs"]
mod confirm;
#[cfg(test)]
#[path = "suite/coupon.rs"]
mod coupon;
#[cfg(test)]
#[path = "suite/coupon_laws.rs"]
mod coupon_laws;
#[cfg(test)]
#[path = "suite/forced.rs"]
mod forced;
#[cfg(test)]
#[path = "suite/fulfil.rs"]
mod fulfil;
#[cfg(test)]
#[path = "suite/gift.rs"]
mod gift;
#[cfg(test)]
#[path = "suite/golden.rs"]
mod golden;
#[cfg(test)]
#[path = "suite/laws.rs"]
mod laws;
#[cfg(test)]
#[path = "suite/pay.rs"]
mod pay;
#[cfg(test)]
#[path = "suite/place.rs"]
mod place;
#[cfg(test)]
#[path = "suite/purchase_limit.rs"]
mod purchase_limit;
#[cfg(test)]
#[path = "suite/quote.rs"]
mod quote;
#[cfg(test)]
#[path = "suite/quote_coupons.rs"]
mod quote_coupons;
#[cfg(test)]
#[path = "suite/quote_laws.rs"]
mod quote_laws;
#[cfg(test)]
#[path = "suite/redeemed.rs"]
mod redeemed;
#[cfg(test)]
#[path = "suite/stored.rs"]
mod stored;
#[cfg(test)]
#[path = "suite/tax.rs"]
mod tax;
