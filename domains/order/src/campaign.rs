//! A campaign (쿠폰 캠페인): what its coupons are good for, how many there are, and how many were handed out.
//!
//! Never here: who has a coupon, or what became of it. The count is all that grows, so that a thousand shoppers at once
//! cost no more than one. That nobody gets the same coupon twice is the coupon's own stream's doing: a coupon's id is
//! derived from campaign, member and number, and the coupon is issued in the same append that counts it here.
//!
//! Pausing or ending a campaign stops handing out and nothing else: coupons that were issued stay usable until they end.

pub mod code;
pub mod command;
pub mod decide;
pub mod event;
pub mod policy;
pub mod rejection;
pub mod state;
pub mod value;

pub use code::CodeClaim;
pub use command::Command;
pub use decide::Campaign;
pub use event::Event;
pub use rejection::Rejection;
pub use state::{Phase, State};
pub use value::{Benefit, Distribution, Funding, Issuance, Limits, Owner, Period, Plan, Scope, Terms};
