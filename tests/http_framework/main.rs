//! The HTTP framework, driven through a tiny house of its own: every way in which a request can fail, and the few in
//! which it can't. Never here: an endpoint of the product.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    unreachable_pub,
    reason = "a test stops at the first surprise"
)]

mod bodies;
mod callers;
mod description;
mod house;
mod limits;
mod lists;
mod positions;
mod traces;
mod unanswered;
mod versions;
mod writes;
