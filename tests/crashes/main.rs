//! A process that ends at any point of the sagas' runner, and another that takes up what it left: whatever the point,
//! the log tells the same story as where nobody ended.
//!
//! Each run is a market of its own: the log in memory, a database copied from one that is made once, a clock that is
//! moved, the application's own services behind the sagas.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    reason = "a test stops at the first surprise"
)]

mod acts;
#[path = "../support/asks.rs"]
mod asks;
mod database;
mod everywhere;
#[path = "../support/gifts.rs"]
mod gifts;
mod interleavings;
mod journeys;
mod killer;
mod leap;
mod mood;
mod story;
mod world;

#[path = "../journey/market.rs"]
mod market;
