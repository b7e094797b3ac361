//! The binary as an operator runs it: processes of its own, spoken to over HTTP and by signals, their lines read.

#![cfg_attr(
    test,
    expect(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::float_cmp,
        unreachable_pub,
        reason = "a test stops at the first surprise, and what Prometheus writes as a float was counted"
    )
)]

mod collector;
mod coupon_rush;
mod double_submit;
mod figures;
mod health;
mod house;
mod lines;
mod process;
mod rebuilds;
mod secrecy;
mod shopper;
mod stops;
mod traces;
