//! The APIs, spoken to as their callers do: over HTTP only, on a whole installation per test.

#![cfg_attr(
    test,
    expect(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        dead_code,
        unreachable_pub,
        reason = "a test stops at the first surprise, and not every test needs every part of the support"
    )
)]

mod client;
mod market;
mod staff;
mod trade;

mod admin;
mod description;
mod finance;
mod seller;
mod storefront;
mod webhooks;
mod wrong_callers;

#[path = "../support/world.rs"]
mod world;
