//! The whole journey through the services, on real servers: from a merchant's application to the payout.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    dead_code,
    unreachable_pub,
    reason = "a test stops at the first surprise, and not every test needs every part of the support"
)]

#[path = "../support/asks.rs"]
mod asks;
mod lost;
mod market;
mod order;
mod overlap;
mod overtaken;
mod tenders;
mod two_groups;
#[path = "../support/world.rs"]
mod world;
