//! The log from the command line, on real servers: what `jangteo verify` finds in one that was tampered with, and how
//! `jangteo log` shows it.

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

#[path = "../support/asks.rs"]
mod asks;
mod command;
mod guarded;
mod journal;
mod look;
#[path = "../api/market.rs"]
mod market;
mod server;
mod tampering;
#[path = "../api/trade.rs"]
mod trade;
#[path = "../support/world.rs"]
mod world;
