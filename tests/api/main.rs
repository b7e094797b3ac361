//! The APIs, spoken to as their callers do: over HTTP only, on a whole installation per test.

#![cfg_attr(
    test,
    expect(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        dead_code,
        unreachable_pub,
        reason = "a test stops at the first surprise, and not every test needs every part of the support"
    )
)]

mod admin;
#[path = "../support/asks.rs"]
mod asks;
mod client;
#[path = "../support/cutter.rs"]
mod cutter;
mod description;
#[path = "../support/stripe.rs"]
mod double;
mod finance;
#[path = "../support/gifts.rs"]
mod gifts;
mod guest_keys;
mod limits;
mod market;
mod operator_command;
mod passwords;
mod past;
mod seller;
mod staff;
mod storefront;
mod surprise;
mod trade;
mod versions;
mod webhooks;
#[path = "../support/world.rs"]
mod world;
mod wrong_callers;
