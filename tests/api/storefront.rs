//! The storefront API.

mod callers;
mod cart;
mod catalogue;
mod checkout;
mod claims;
mod coupon_lists;
mod coupons;
mod delivery;
mod edges;
mod gift_endings;
mod gifts;
mod house;
mod large_orders;
#[path = "../journey/market.rs"]
mod market;
mod members;
mod orders;
mod paying;
mod points;
mod purchase_limits;
mod receipts;
mod redeeming;
mod sessions;
mod stripe;
